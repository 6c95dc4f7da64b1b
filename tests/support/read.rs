//! Reads a programme folder into plain values. For valid folders only: anything odd panics.

mod gate;
mod saving;

use super::day::Day;
use super::output::{DocumentPostingRow, DocumentRow, Documents, Output, PostingRow, SettlementRow};
use super::programme::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use toml::{Table, Value};

pub fn programme(folder: &Path) -> Programme {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder.join("contracts")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    Programme {
        contracts: files.iter().map(|file| contract_file(file)).collect(),
        participants: rows(&folder.join("participants.csv"), "participant", |row, record| ParticipantRow {
            record,
            target_group: row.get("target_group"),
            enrolled_on: row.get("enrolled_on"),
            eligible_until: row.get("eligible_until"),
            traits: row.get("traits"),
        }),
        companies: rows(&folder.join("companies.csv"), "company", |row, record| CompanyRow {
            record,
            cvr: row.get("cvr"),
            name: row.get("name"),
            joined_on: row.get("joined_on"),
            left_on: row.get("left_on"),
        }),
        placements: rows(&folder.join("placements.csv"), "placement", |row, record| PlacementRow {
            record,
            participant: row.get("participant"),
            company: row.get("company"),
            placed_on: row.get("placed_on"),
        }),
        spells: rows(&folder.join("spells.csv"), "spell", |row, record| SpellRow {
            record,
            placement: row.get("placement"),
            participant: row.get("participant"),
            employer: row.get("employer"),
            kind: row.get("kind"),
            first_day: row.get("first_day"),
            last_day: row.get("last_day"),
            weekly_hours: row.get("weekly_hours"),
            evidence: row.get("evidence"),
        }),
        reports: rows_if_there(&folder.join("hours.csv"), "report", |row, record| ReportRow {
            record,
            placement: row.get("placement"),
            participant: row.get("participant"),
            employer: row.get("employer"),
            kind: row.get("kind"),
            month: row.get("month"),
            hours: row.get("hours"),
            earnings: row.get("earnings"),
            evidence: row.get("evidence"),
        }),
        measurements: rows_if_there(&folder.join("measurements.csv"), "measurement", |row, record| MeasurementRow {
            record,
            metric: row.get("metric"),
            cohort: row.get("cohort"),
            participant: row.get("participant"),
            first_day: row.get("first_day"),
            last_day: row.get("last_day"),
            value: row.get("value"),
            source: row.get("source"),
        }),
        suspensions: rows_if_there(&folder.join("suspensions.csv"), "suspension", |row, record| SuspensionRow {
            record,
            first_day: row.get("first_day"),
            last_day: row.get("last_day"),
            reason: row.get("reason"),
        }),
        checks: rows_if_there(&folder.join("validation.csv"), "check", |row, record| CheckRow {
            record,
            sample: row.get("sample"),
            charge: row.get("charge"),
            subject: row.get("subject"),
            unit: row.get("unit"),
            result: row.get("result"),
        }),
        benefits: rows_if_there(&folder.join("benefits.csv"), "benefit", saving::benefit),
    }
}

/// One CSV row by column name; a column left out is empty.
struct Row(BTreeMap<String, String>);

impl Row {
    fn get(&self, column: &str) -> String {
        self.0.get(column).cloned().unwrap_or_default()
    }
}

fn csv_rows(file: &Path) -> Vec<Row> {
    let text = fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
    let text = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let columns: Vec<String> = reader.headers().unwrap().iter().map(str::to_string).collect();
    let row = |record: csv::StringRecord| columns.iter().cloned().zip(record.iter().map(str::to_string)).collect();
    reader.records().map(|record| Row(row(record.unwrap()))).collect()
}

fn rows<T>(file: &Path, id: &str, build: impl Fn(&Row, Record) -> T) -> Vec<T> {
    let record = |row: &Row| Record {
        contract: row.get("contract"),
        id: row.get(id),
        recorded_on: row.get("recorded_on"),
        revision: row.get("revision"),
        void: row.get("void"),
    };
    csv_rows(file).iter().map(|row| build(row, record(row))).collect()
}

/// The rows of a file that may be missing.
fn rows_if_there<T>(file: &Path, id: &str, build: impl Fn(&Row, Record) -> T) -> Vec<T> {
    if file.is_file() { rows(file, id, build) } else { Vec::new() }
}

/// The expected output of a case, or the folder that a run wrote.
pub fn output(folder: &Path) -> Output {
    let settlement = |row: &Row| SettlementRow {
        contract: row.get("contract"),
        settlement: row.get("settlement").parse().unwrap(),
        first_day: row.get("first_day"),
        last_day: row.get("last_day"),
        cut_off: row.get("cut_off"),
        total: row.get("total"),
    };
    let posting = |row: &Row| PostingRow {
        contract: row.get("contract"),
        settlement: row.get("settlement").parse().unwrap(),
        charge: row.get("charge"),
        subject: row.get("subject"),
        unit: row.get("unit"),
        posting: row.get("posting"),
        earned_on: row.get("earned_on"),
        quantity: row.get("quantity"),
        rate: row.get("rate"),
        amount: row.get("amount"),
        corrects: row.get("corrects"),
        cut: row.get("cut"),
        cut_by: row.get("cut_by"),
    };
    Output {
        settlements: csv_rows(&folder.join("settlements.csv")).iter().map(settlement).collect(),
        postings: csv_rows(&folder.join("postings.csv")).iter().map(posting).collect(),
    }
}

/// The documents of a case, or of the folder that a run wrote. Nothing is read of lines and companies: see `Documents`.
pub fn documents(folder: &Path) -> Documents {
    let document = |row: &Row| DocumentRow {
        contract: row.get("contract"),
        settlement: row.get("settlement").parse().unwrap(),
        document: row.get("document"),
        kind: row.get("kind"),
        payer: row.get("payer"),
        issued_on: row.get("issued_on"),
        due_on: row.get("due_on"),
        currency: row.get("currency"),
        net: row.get("net"),
        vat: row.get("vat"),
        payable: row.get("payable"),
        corrects: row.get("corrects"),
    };
    let posting = |row: &Row| DocumentPostingRow {
        contract: row.get("contract"),
        document: row.get("document"),
        payer: row.get("payer"),
        settlement: row.get("settlement").parse().unwrap(),
        charge: row.get("charge"),
        subject: row.get("subject"),
        unit: row.get("unit"),
        posting: row.get("posting"),
        earned_on: row.get("earned_on"),
        quantity: row.get("quantity"),
        rate: row.get("rate"),
        posted: row.get("posted"),
        amount: row.get("amount"),
        cut: row.get("cut"),
        cut_by: row.get("cut_by"),
        vat: row.get("vat"),
        corrects: row.get("corrects"),
    };
    Documents {
        documents: csv_rows(&folder.join("documents.csv")).iter().map(document).collect(),
        postings: csv_rows(&folder.join("document-postings.csv")).iter().map(posting).collect(),
    }
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
        payers: keys.tables("payer").iter().map(payer).collect(),
        payee: keys.table("payee").map(|keys| Payee {
            id: keys.need("id"),
            name: keys.text("name"),
            cvr: keys.text("cvr"),
            address: keys.table("address").map(|keys| address(&keys)),
        }),
        outcomes: keys.tables("outcome").iter().map(outcome).collect(),
        figures: keys.tables("figure").iter().map(figure).collect(),
        indices: keys.tables("index").iter().map(index).collect(),
        gates: keys.tables("gate").iter().map(gate::gate).collect(),
        charges: keys.tables("charge").iter().map(charge).collect(),
        limits: keys.tables("limit").iter().map(limit).collect(),
        invoicing: keys.table("invoicing").map(|keys| invoicing(&keys)),
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

fn tally(text: &str) -> Tally {
    match text {
        "hours" => Tally::Hours,
        "earnings" => Tally::Earnings,
        other => panic!("by {other}"),
    }
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

fn payer(keys: &Keys) -> Payer {
    Payer {
        id: keys.need("id"),
        name: keys.text("name"),
        cvr: keys.text("cvr"),
        gln: keys.text("gln"),
        share: keys.text("share"),
        at_most: keys.text("at_most"),
        reference: keys.text("reference"),
        address: keys.table("address").map(|keys| address(&keys)),
    }
}

fn address(keys: &Keys) -> Address {
    Address { street: keys.need("street"), postcode: keys.need("postcode"), city: keys.need("city") }
}

fn invoicing(keys: &Keys) -> Invoicing {
    Invoicing {
        series: keys.need("series"),
        detail: keys.text("detail").map(|text| match text.as_str() {
            "charge" => Detail::Charge,
            "company" => Detail::Company,
            "participant" => Detail::Participant,
            other => panic!("detail {other}"),
        }),
        own_documents: keys.is("corrections", "own-documents"),
        vat: keys.table("vat").map(|keys| vat(&keys)),
        due: keys.text("due").map(|text| match text.as_str() {
            "stays" => Due::Stays,
            "next-banking-day" => Due::Next,
            "previous-banking-day" => Due::Previous,
            other => panic!("due {other}"),
        }),
    }
}

fn vat(keys: &Keys) -> Vat {
    match keys.need("treatment").as_str() {
        "standard" => Vat::Standard { percent: keys.need("percent") },
        "exempt" => Vat::Exempt { reason: keys.need("reason"), code: keys.text("code") },
        "outside-scope" => Vat::OutsideScope { reason: keys.need("reason") },
        other => panic!("treatment {other}"),
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

fn figure(keys: &Keys) -> Figure {
    let part = |keys: &Keys| (keys.need("figure"), keys.text("weight"));
    let form = match (keys.text("value"), keys.text("compare")) {
        (Some(value), _) => Form::Value(value),
        (None, Some(of)) => Form::Compare { of, with: keys.need("with"), by: by(&keys.need("by")) },
        (None, None) if keys.0.contains_key("sample") => Form::Sample(keys.need("sample")),
        (None, None) if keys.0.contains_key("sum") => Form::Sum(keys.tables("sum").iter().map(part).collect()),
        (None, None) => counted(keys),
    };
    Figure { id: keys.need("id"), form, decimals: keys.count("decimals").map(|count| count.try_into().unwrap()) }
}

/// What is counted, tallied or measured in a window.
fn counted(keys: &Keys) -> Form {
    let window = match keys.text("window").as_deref() {
        None | Some("total") => FigureWindow::Total,
        Some("calendar-year") => FigureWindow::CalendarYear,
        Some("since-last") => FigureWindow::SinceLast,
        Some(other) => panic!("window {other}"),
    };
    let per_participant = keys.is("per", "participant");
    let among = Among {
        target_groups: keys.texts("target_groups"),
        traits: keys.texts("traits"),
        enrolled: keys.table("enrolled").map(|keys| (keys.day("from"), keys.day("until"))),
    };
    if let Some(charges) = keys.texts("granted") {
        return Form::Granted { charges, window };
    }
    if let Some(tally) = keys.text("tally") {
        assert_eq!(tally, "days");
        return Form::Tally { outcome: keys.need("outcome"), among, window, per_participant };
    }
    if let Some(of) = keys.text("saving") {
        return Form::Saving { of: saving::saved(&of), among, window, per_participant };
    }
    let Some(count) = keys.text("count") else {
        return Form::Metric { metric: keys.need("metric"), cohort: keys.text("cohort"), window, per_participant };
    };
    let of = match count.as_str() {
        "participants" => Counted::Participants,
        "companies" => Counted::Companies,
        "reached" => Counted::Reached { charge: keys.need("charge"), step: keys.count("step") },
        "units" => Counted::Units { charge: keys.need("charge") },
        other => panic!("count {other}"),
    };
    Form::Count { of, among, window }
}

fn by(text: &str) -> Comparison {
    match text {
        "difference" => Comparison::Difference,
        "ratio" => Comparison::Ratio,
        "percent" => Comparison::Percent,
        "percent-change" => Comparison::PercentChange,
        "percent-fall" => Comparison::PercentFall,
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

fn charge(keys: &Keys) -> Charge {
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

fn index(keys: &Keys) -> Index {
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
