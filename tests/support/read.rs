//! Reads a programme folder into plain values. For valid folders only: anything odd panics.

mod charge;
mod csv_file;
mod facts;
mod figure;
mod gate;
mod goal;
mod output;
mod payer;
mod saving;

pub use output::{documents, output};

use super::day::Day;
use super::programme::*;
use csv_file::Row;
use payer::{address, vat};
use std::fs;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

pub fn programme(folder: &Path) -> Programme {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder.join("contracts")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    facts::facts(folder, files.iter().map(|file| contract_file(file)).collect())
}

fn contract_file(file: &Path) -> Contract {
    let text = fs::read_to_string(file).unwrap();
    let json = file.extension().is_some_and(|ending| ending == "json");
    // Both spellings have the same keys; a TOML date and a JSON text are read alike below.
    let table: Table = if json { serde_json::from_str(&text).unwrap() } else { text.parse().unwrap() };
    contract(&Keys(&table))
}

/// A table of a contract, read key by key.
struct Keys<'a>(&'a Table);

impl<'a> Keys<'a> {
    fn text(&self, key: &str) -> Option<String> {
        self.0.get(key).map(plain)
    }

    fn need(&self, key: &str) -> String {
        self.text(key).unwrap_or_else(|| panic!("no {key} in {:?}", self.0))
    }

    fn is(&self, key: &str, value: &str) -> bool {
        self.text(key).is_some_and(|text| text == value)
    }

    fn count(&self, key: &str) -> Option<i64> {
        self.text(key).map(|text| text.parse().unwrap())
    }

    fn day(&self, key: &str) -> Option<Day> {
        self.text(key).map(|text| Day::parse(&text).unwrap())
    }

    fn days(&self, key: &str) -> Vec<Day> {
        self.texts(key).unwrap().iter().map(|text| Day::parse(text).unwrap()).collect()
    }

    fn texts(&self, key: &str) -> Option<Vec<String>> {
        Some(self.0.get(key)?.as_array().unwrap().iter().map(plain).collect())
    }

    fn table(&self, key: &str) -> Option<Keys<'a>> {
        self.0.get(key).map(|value| Keys(value.as_table().unwrap()))
    }

    fn tables(&self, key: &str) -> Vec<Keys<'a>> {
        let tables = self.0.get(key).map_or(&[][..], |value| value.as_array().unwrap().as_slice());
        tables.iter().map(|value| Keys(value.as_table().unwrap())).collect()
    }

    fn length(&self) -> Length {
        let lengths = [
            self.count("days").map(Length::Days),
            self.count("weeks").map(Length::Weeks),
            self.count("months").map(Length::Months),
        ];
        lengths.into_iter().flatten().next().unwrap()
    }
}

fn plain(value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Integer(number) => number.to_string(),
        Value::Boolean(yes) => yes.to_string(),
        Value::Datetime(date) => date.to_string(),
        other => panic!("not a value of a contract: {other:?}"),
    }
}

fn contract(keys: &Keys) -> Contract {
    Contract {
        id: keys.need("id"),
        agreed_on: keys.day("agreed_on"),
        title: keys.text("title"),
        currency: keys.need("currency"),
        starts: keys.day("starts").unwrap(),
        ends: keys.day("ends").unwrap(),
        rounding: keys.text("rounding").map(|text| rounding(&text)),
        kinds: keys.texts("kinds").unwrap_or_default(),
        settlement: settlement(&keys.table("settlement").unwrap()),
        cohort: keys.table("cohort").map(|keys| Cohort {
            target_groups: keys.texts("target_groups"),
            enrol_from: keys.day("enrol_from"),
            enrol_until: keys.day("enrol_until"),
            max_participants: keys.count("max_participants"),
        }),
        payroll: keys.table("payroll").map(|keys| payroll(&keys)),
        saving: keys.table("saving").map(|keys| saving::saving(&keys)),
        payers: keys.tables("payer").iter().map(payer::payer).collect(),
        payee: keys.table("payee").map(|keys| Payee {
            id: keys.need("id"),
            name: keys.text("name"),
            cvr: keys.text("cvr"),
            address: keys.table("address").map(|keys| address(&keys)),
        }),
        outcomes: keys.tables("outcome").iter().map(outcome).collect(),
        figures: keys.tables("figure").iter().map(figure::figure).collect(),
        indices: keys.tables("index").iter().map(charge::index).collect(),
        gates: keys.tables("gate").iter().map(gate::gate).collect(),
        goals: keys.tables("goal").iter().map(goal::goal).collect(),
        charges: keys.tables("charge").iter().map(charge::charge).collect(),
        limits: keys.tables("limit").iter().map(limit).collect(),
        invoicing: keys.table("invoicing").map(|keys| payer::invoicing(&keys)),
    }
}

fn rounding(text: &str) -> Rounding {
    match text {
        "half-away-from-zero" => Rounding::HalfAwayFromZero,
        "half-even" => Rounding::HalfEven,
        "up" => Rounding::Up,
        "down" => Rounding::Down,
        other => panic!("rounding {other}"),
    }
}

fn settlement(keys: &Keys) -> Settlement {
    Settlement {
        every: every(&keys.need("every")),
        reporting_days: keys.count("reporting_days").unwrap(),
        tail_periods: keys.count("tail_periods"),
        payment_days: keys.count("payment_days"),
        confirm_days: keys.count("confirm_days"),
    }
}

fn payroll(keys: &Keys) -> Payroll {
    let weekly = match keys.need("weekly").as_str() {
        "average" => Weekly::Average,
        "calendar-days" => Weekly::CalendarDays,
        other => panic!("weekly {other}"),
    };
    let spread = match keys.need("spread").as_str() {
        "month-end" => Spread::MonthEnd,
        "calendar-days" => Spread::CalendarDays,
        "weekdays" => Spread::Weekdays,
        other => panic!("spread {other}"),
    };
    Payroll { weekly, spread }
}

fn every(text: &str) -> Every {
    match text {
        "month" => Every::Month,
        "quarter" => Every::Quarter,
        "half-year" => Every::HalfYear,
        "year" => Every::Year,
        other => panic!("every {other}"),
    }
}

fn outcome(keys: &Keys) -> Outcome {
    Outcome {
        id: keys.need("id"),
        kinds: keys.texts("kinds").unwrap(),
        payroll: keys.is("source", "payroll"),
        min_weekly_hours: keys.text("min_weekly_hours"),
        participating: keys.is("companies", "participating"),
        per_company: keys.is("per", "company"),
        evidence_required: keys.is("evidence", "required"),
        except_kinds: keys.texts("except_kinds"),
        skip_days: keys.count("skip_days"),
        same_employer: keys.is("same_employer", "true"),
        max_gap_days: keys.count("max_gap_days"),
        max_gap_total: keys.count("max_gap_total"),
        new_jobs: match keys.text("new_jobs_only").as_deref() {
            None | Some("false") => NewJobs::OrOld,
            Some("true") => NewJobs::Only,
            Some("or-more-hours") => NewJobs::OrMoreHours,
            Some(other) => panic!("new_jobs_only {other}"),
        },
        window: keys.table("window").map(|keys| window(&keys)),
    }
}

fn window(keys: &Keys) -> Window {
    Window { from: anchor(keys), length: keys.length() }
}

fn anchor(keys: &Keys) -> Anchor {
    match keys.need("from").as_str() {
        "enrolment" => Anchor::Enrolment,
        "placement" => Anchor::Placement,
        "first-day" => Anchor::FirstDay,
        "charge" => Anchor::Charge { charge: keys.need("charge"), step: keys.count("step") },
        other => panic!("from {other}"),
    }
}

/// The dates of a charge: named, by the calendar, or so long after an anchor.
fn dates(keys: &Keys) -> Dates {
    if let Some(text) = keys.text("every") {
        return Dates::Every(every(&text));
    }
    let Some(Value::Table(after)) = keys.0.get("on") else { return Dates::On(keys.days("on")) };
    let after = Keys(after);
    let length = ["days", "weeks", "months"].iter().any(|key| after.0.contains_key(*key));
    Dates::After { from: anchor(&after), length: length.then(|| after.length()) }
}

fn limit(keys: &Keys) -> Limit {
    let units = match keys.0.get("units") {
        Some(Value::Table(table)) => Some(Units::Share { share: Keys(table).need("share"), of: Keys(table).need("of") }),
        _ => keys.count("units").map(Units::Keys),
    };
    Limit {
        id: keys.need("id"),
        scope: match keys.need("scope").as_str() {
            "participant" => Scope::Participant,
            "company" => Scope::Company,
            "contract" => Scope::Contract,
            other => panic!("scope {other}"),
        },
        window: match keys.need("window").as_str() {
            "total" => LimitWindow::Total,
            "calendar-year" => LimitWindow::CalendarYear,
            "settlement-period" => LimitWindow::SettlementPeriod,
            other => panic!("window {other}"),
        },
        amount: match units {
            Some(_) => String::new(),
            None => keys.text("floor").unwrap_or_else(|| keys.need("amount")),
        },
        floor: keys.text("floor").is_some(),
        charges: keys.texts("charges"),
        units,
    }
}
