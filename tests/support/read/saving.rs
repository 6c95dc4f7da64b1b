//! Reads what a municipality saves.

use super::{Keys, Row};
use crate::support::programme::*;

pub fn saving(keys: &Keys) -> Saving {
    let during = keys.table("during").unwrap();
    assert!(during.is("from", "enrolment"));
    let reset =
        |keys: Keys| Reset { weeks: keys.count("weeks").unwrap(), within_months: keys.count("within_months").unwrap() };
    Saving {
        during: during.length(),
        months_to_weeks: keys.text("months_to_weeks"),
        amounts_of_rows: match keys.text("amounts").as_deref() {
            None | Some("rates") => false,
            Some("rows") => true,
            Some(other) => panic!("amounts {other}"),
        },
        supported_kinds: keys.texts("supported_kinds"),
        reset: keys.table("reset").map(reset),
        refunds: keys.tables("refund").iter().map(refund).collect(),
        rates: keys.tables("rate").iter().map(rate).collect(),
        costs: keys.tables("cost").iter().map(cost).collect(),
    }
}

fn valid(keys: &Keys) -> Valid {
    keys.table("valid").map(|keys| (keys.day("from"), keys.day("until")))
}

fn refund(keys: &Keys) -> Refund {
    Refund {
        weeks: keys.table("weeks").map(|keys| (keys.count("from"), keys.count("below"))),
        valid: valid(keys),
        share: keys.need("share"),
        source: keys.need("source"),
    }
}

fn pays(keys: &Keys) -> Pays {
    keys.text("weekly").map_or_else(|| Pays::Monthly(keys.need("monthly")), Pays::Weekly)
}

fn rate(keys: &Keys) -> BenefitRate {
    BenefitRate { benefit: keys.need("benefit"), valid: valid(keys), amount: pays(keys), source: keys.need("source") }
}

fn cost(keys: &Keys) -> Cost {
    Cost {
        kinds: keys.texts("kinds").unwrap(),
        valid: valid(keys),
        amount: pays(keys),
        refunded: match keys.need("refunded").as_str() {
            "true" => true,
            "false" => false,
            other => panic!("refunded {other}"),
        },
        source: keys.need("source"),
    }
}

pub fn saved(text: &str) -> Saved {
    match text {
        "net" => Saved::Net,
        "gross" => Saved::Gross,
        "weeks" => Saved::Weeks,
        other => panic!("saving {other}"),
    }
}

pub fn benefit(row: &Row, record: Record) -> BenefitRow {
    BenefitRow {
        record,
        participant: row.get("participant"),
        kind: row.get("type"),
        first_day: row.get("first_day"),
        last_day: row.get("last_day"),
        weekly: row.get("weekly"),
        monthly: row.get("monthly"),
        clock: row.get("clock"),
    }
}
