//! Charges, and what adjusts them.

use super::{Keys, dates, every, rounding, vat};
use crate::support::programme::*;
use toml::Value;

pub fn charge(keys: &Keys) -> Charge {
    let what = match keys.need("type").as_str() {
        "fixed" => What::Fixed {
            dates: dates(keys),
            per: match keys.text("per").as_deref() {
                None | Some("contract") => Per::Contract,
                Some("company") => Per::Company,
                Some("participant") => Per::Participant,
                Some(other) => panic!("per {other}"),
            },
        },
        "milestone" => What::Milestone(milestone(keys)),
        "period" => What::Period {
            outcome: keys.need("outcome"),
            unit: unit(keys),
            min_days: keys.count("min_days"),
            prorate: keys.is("prorate", "true"),
            by: keys.text("by").map(|text| tally(&text)),
            max_units: keys.count("max_units"),
        },
        "measured" => What::Measured {
            figure: keys.need("figure"),
            times: keys.texts("times").unwrap_or_default(),
            dates: dates(keys),
            per_participant: keys.is("per", "participant"),
            cumulative: keys.is("cumulative", "true"),
        },
        other => panic!("type {other}"),
    };
    let price = match (keys.text("amount"), keys.text("each")) {
        (Some(amount), _) => Price::Amount(amount),
        (None, Some(each)) => Price::Each(each),
        (None, None) if matches!(what, What::Measured { .. }) => bands(keys),
        (None, None) => Price::Card(keys.tables("rate").iter().map(rate).collect()),
    };
    let payer = |keys: &Keys| ChargePayer { id: keys.need("id"), share: keys.need("share") };
    Charge {
        clause: keys.text("clause"),
        requires: keys.texts("requires").unwrap_or_default(),
        variant: keys.text("variant"),
        adjust: keys.tables("adjust").iter().map(adjust).collect(),
        round: keys.table("round").map(|keys| round(&keys)),
        delay: keys.table("delay").map(|keys| delay(&keys)),
        owed_back: keys.is("owed_by", "payee"),
        payers: keys.tables("payers").iter().map(payer).collect(),
        vat: keys.table("vat").map(|keys| vat(&keys)),
        ..Charge::of(&keys.need("id"), what, price)
    }
}

pub fn index(keys: &Keys) -> Index {
    Index {
        id: keys.need("id"),
        metric: keys.need("metric"),
        base: keys.need("base"),
        every: every(&keys.need("every")),
        lag_months: keys.count("lag_months"),
    }
}

fn adjust(keys: &Keys) -> Adjust {
    let by = match keys.text("factor") {
        Some(factor) => Some(By::Factor(factor)),
        None => keys.text("index").map(By::Index),
    };
    Adjust { by, when: when(keys), round: keys.table("round").map(|keys| round(&keys)) }
}

fn round(keys: &Keys) -> Round {
    Round { to: keys.text("to"), mode: keys.text("mode").map(|text| rounding(&text)) }
}

fn delay(keys: &Keys) -> Delay {
    match (keys.count("weekdays"), keys.count("bank_days")) {
        (Some(days), _) => Delay::Weekdays(days),
        (_, Some(days)) => Delay::BankDays(days),
        _ => Delay::Of(keys.length()),
    }
}

fn milestone(keys: &Keys) -> Milestone {
    let then = |keys: Keys| Then { every: keys.table("every").unwrap().length(), times: keys.count("times").unwrap() };
    Milestone {
        outcome: keys.need("outcome"),
        mode: match keys.need("mode").as_str() {
            "continuous" => Mode::Continuous,
            "cumulative" => Mode::Cumulative,
            "on-day" => Mode::OnDay,
            other => panic!("mode {other}"),
        },
        after: after(&keys.table("after").unwrap()),
        then: keys.table("then").map(then),
        min_days: keys.count("min_days"),
        within: keys.table("within").map(|keys| keys.length()),
        repeat: keys.count("repeat"),
    }
}

fn after(keys: &Keys) -> After {
    match (keys.text("hours"), keys.text("earnings")) {
        (Some(hours), _) => After::Tallied(Tally::Hours, hours),
        (None, Some(earnings)) => After::Tallied(Tally::Earnings, earnings),
        (None, None) => After::Lasting(keys.length()),
    }
}

fn unit(keys: &Keys) -> Unit {
    if let Some(Value::Table(unit)) = keys.0.get("unit") {
        return Unit::Weeks(Keys(unit).count("weeks").unwrap());
    }
    match keys.need("unit").as_str() {
        "day" => Unit::Day,
        "week" => Unit::Week,
        "month" => Unit::Month,
        "quarter" => Unit::Quarter,
        "half-year" => Unit::HalfYear,
        "year" => Unit::Year,
        other => panic!("unit {other}"),
    }
}

fn tally(text: &str) -> Tally {
    match text {
        "hours" => Tally::Hours,
        "earnings" => Tally::Earnings,
        other => panic!("by {other}"),
    }
}

fn bands(keys: &Keys) -> Price {
    let pricing = keys.text("pricing").map(|text| match text.as_str() {
        "level" => Pricing::Level,
        "marginal" => Pricing::Marginal,
        "whole" => Pricing::Whole,
        other => panic!("pricing {other}"),
    });
    let band = |keys: &Keys| Band {
        from: keys.text("from"),
        above: keys.text("above"),
        below: keys.text("below"),
        up_to: keys.text("up_to"),
        amount: keys.text("amount"),
        each: keys.text("each"),
        to_amount: keys.text("to_amount"),
        owed_back: keys.is("owed_by", "payee"),
    };
    Price::Bands { pricing, bands: keys.tables("band").iter().map(band).collect() }
}

fn rate(keys: &Keys) -> Rate {
    Rate { amount: keys.need("amount"), when: when(keys) }
}

fn when(keys: &Keys) -> When {
    When {
        kinds: keys.texts("kinds"),
        target_groups: keys.texts("target_groups"),
        traits: keys.texts("traits"),
        hours: keys.table("hours").map(|keys| (keys.text("from"), keys.text("below"))),
        elapsed: keys.table("elapsed").map(|keys| (keys.count("from_month"), keys.count("below_month"))),
        steps: keys.table("steps").map(|keys| (keys.count("from").unwrap(), keys.count("below").unwrap())),
        valid: keys.table("valid").map(|keys| (keys.day("from"), keys.day("until"))),
    }
}
