//! Prints a programme as the files of a programme folder: contracts as TOML or, as another spelling, JSON;
//! facts as CSV.

use super::day::Day;
use super::programme::*;
use std::fmt::Write as _;
use std::path::Path;

/// The texts of a programme folder. A contract comes with its file name.
#[derive(Clone, Debug)]
pub struct Texts {
    pub contracts: Vec<(String, String)>,
    pub participants: String,
    pub companies: String,
    pub placements: String,
    pub spells: String,
    pub measurements: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    Toml,
    Json,
}

pub fn programme(programme: &Programme, spelling: Spelling) -> Texts {
    let contract = |(n, contract): (usize, &Contract)| match spelling {
        Spelling::Toml => (format!("c{n}.toml"), toml(contract)),
        Spelling::Json => (format!("c{n}.json"), json(contract)),
    };
    Texts {
        contracts: programme.contracts.iter().enumerate().map(contract).collect(),
        participants: participants(&programme.participants),
        companies: companies(&programme.companies),
        placements: placements(&programme.placements),
        spells: spells(&programme.spells),
        measurements: measurements(&programme.measurements),
    }
}

impl Texts {
    /// Writes the folder; `folder` must exist.
    pub fn write(&self, folder: &Path) {
        std::fs::create_dir_all(folder.join("contracts")).unwrap();
        for (name, text) in &self.contracts {
            std::fs::write(folder.join("contracts").join(name), text).unwrap();
        }
        // Nobody need say that nothing was measured.
        if self.measurements.lines().count() > 1 {
            std::fs::write(folder.join("measurements.csv"), &self.measurements).unwrap();
        }
        let facts = [
            ("participants.csv", &self.participants),
            ("companies.csv", &self.companies),
            ("placements.csv", &self.placements),
            ("spells.csv", &self.spells),
        ];
        for (name, text) in facts {
            std::fs::write(folder.join(name), text).unwrap();
        }
    }
}

/// A contract as a tree of keys, before it is spelled out.
enum Node {
    Text(String),
    Number(i64),
    Yes,
    Date(Day),
    List(Vec<Node>),
    Inline(Vec<Key>),
    Table(Vec<Key>),
    Tables(Vec<Vec<Key>>),
}

type Key = (&'static str, Node);

pub fn toml(contract: &Contract) -> String {
    let mut text = String::new();
    toml_table("", &tree(contract), &mut text);
    text
}

pub fn json(contract: &Contract) -> String {
    json_table(&tree(contract)) + "\n"
}

fn toml_table(path: &str, keys: &[Key], text: &mut String) {
    for (key, node) in keys {
        if !matches!(node, Node::Table(_) | Node::Tables(_)) {
            writeln!(text, "{key} = {}", toml_value(node)).unwrap();
        }
    }
    for (key, node) in keys {
        let path = if path.is_empty() { (*key).to_string() } else { format!("{path}.{key}") };
        match node {
            Node::Table(keys) => {
                writeln!(text, "\n[{path}]").unwrap();
                toml_table(&path, keys, text);
            }
            Node::Tables(tables) => {
                for keys in tables {
                    writeln!(text, "\n[[{path}]]").unwrap();
                    toml_table(&path, keys, text);
                }
            }
            _ => {}
        }
    }
}

fn toml_value(node: &Node) -> String {
    match node {
        Node::Text(text) => quoted(text),
        Node::Number(number) => number.to_string(),
        Node::Yes => "true".into(),
        Node::Date(day) => day.to_string(),
        Node::List(nodes) => format!("[{}]", nodes.iter().map(toml_value).collect::<Vec<_>>().join(", ")),
        Node::Inline(keys) => {
            let keys: Vec<_> = keys.iter().map(|(key, node)| format!("{key} = {}", toml_value(node))).collect();
            format!("{{ {} }}", keys.join(", "))
        }
        Node::Table(_) | Node::Tables(_) => unreachable!("tables have their own headings"),
    }
}

fn json_table(keys: &[Key]) -> String {
    let keys: Vec<_> = keys.iter().map(|(key, node)| format!("{}: {}", quoted(key), json_value(node))).collect();
    format!("{{{}}}", keys.join(", "))
}

fn json_value(node: &Node) -> String {
    let list = |values: Vec<String>| format!("[{}]", values.join(", "));
    match node {
        Node::Text(text) => quoted(text),
        Node::Number(number) => number.to_string(),
        Node::Yes => "true".into(),
        Node::Date(day) => quoted(&day.to_string()),
        Node::List(nodes) => list(nodes.iter().map(json_value).collect()),
        Node::Inline(keys) | Node::Table(keys) => json_table(keys),
        Node::Tables(tables) => list(tables.iter().map(|keys| json_table(keys)).collect()),
    }
}

/// TOML and JSON quote the texts of the tests in the same way.
fn quoted(text: &str) -> String {
    assert!(text.chars().all(|c| !c.is_control()), "no control characters in the tests' contracts");
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A whole number stands bare, as people write it; with a point or leading zeros it must be quoted.
fn decimal(text: &str) -> Node {
    match text.parse::<i64>() {
        Ok(number) if number.to_string() == text => Node::Number(number),
        _ => Node::Text(text.into()),
    }
}

fn texts(list: &[String]) -> Node {
    Node::List(list.iter().map(|text| Node::Text(text.clone())).collect())
}

/// The keys that are there, in order.
fn keys<const N: usize>(keys: [(&'static str, Option<Node>); N]) -> Vec<Key> {
    keys.into_iter().filter_map(|(key, node)| Some((key, node?))).collect()
}

fn text(text: &str) -> Option<Node> {
    Some(Node::Text(text.into()))
}

fn maybe(text: Option<&String>) -> Option<Node> {
    text.map(|text| Node::Text(text.clone()))
}

fn count(number: Option<i64>) -> Option<Node> {
    number.map(Node::Number)
}

fn flag(yes: bool) -> Option<Node> {
    yes.then_some(Node::Yes)
}

fn tree(contract: &Contract) -> Vec<Key> {
    let tables = |tables: Vec<Vec<Key>>| (!tables.is_empty()).then_some(Node::Tables(tables));
    keys([
        ("id", text(&contract.id)),
        ("agreed_on", contract.agreed_on.map(Node::Date)),
        ("title", maybe(contract.title.as_ref())),
        ("currency", text(&contract.currency)),
        ("starts", Some(Node::Date(contract.starts))),
        ("ends", Some(Node::Date(contract.ends))),
        ("rounding", contract.rounding.map(rounding)),
        ("kinds", (!contract.kinds.is_empty()).then(|| texts(&contract.kinds))),
        ("settlement", Some(Node::Table(settlement(&contract.settlement)))),
        ("cohort", contract.cohort.as_ref().map(|cohort| Node::Table(cohort_keys(cohort)))),
        ("payer", tables(contract.payers.iter().map(payer).collect())),
        ("payee", contract.payee.as_ref().map(|payee| Node::Table(payee_keys(payee)))),
        ("outcome", tables(contract.outcomes.iter().map(outcome).collect())),
        ("figure", tables(contract.figures.iter().map(figure).collect())),
        ("index", tables(contract.indices.iter().map(index).collect())),
        ("charge", tables(contract.charges.iter().map(charge).collect())),
        ("limit", tables(contract.limits.iter().map(limit).collect())),
        ("invoicing", contract.invoicing.as_ref().map(|terms| Node::Table(invoicing(terms)))),
    ])
}

fn rounding(rounding: Rounding) -> Node {
    let word = match rounding {
        Rounding::HalfAwayFromZero => "half-away-from-zero",
        Rounding::HalfEven => "half-even",
        Rounding::Up => "up",
        Rounding::Down => "down",
    };
    Node::Text(word.into())
}

fn round(round: &Round) -> Node {
    Node::Inline(keys([("to", round.to.as_deref().map(decimal)), ("mode", round.mode.map(rounding))]))
}

fn every(every: Every) -> &'static str {
    match every {
        Every::Month => "month",
        Every::Quarter => "quarter",
        Every::HalfYear => "half-year",
        Every::Year => "year",
    }
}

fn index(index: &Index) -> Vec<Key> {
    keys([
        ("id", text(&index.id)),
        ("metric", text(&index.metric)),
        ("base", text(&index.base)),
        ("every", text(every(index.every))),
        ("lag_months", count(index.lag_months)),
    ])
}

fn settlement(settlement: &Settlement) -> Vec<Key> {
    keys([
        ("every", text(every(settlement.every))),
        ("reporting_days", Some(Node::Number(settlement.reporting_days))),
        ("tail_periods", count(settlement.tail_periods)),
        ("payment_days", count(settlement.payment_days)),
        ("confirm_days", count(settlement.confirm_days)),
    ])
}

fn cohort_keys(cohort: &Cohort) -> Vec<Key> {
    keys([
        ("target_groups", cohort.target_groups.as_deref().map(texts)),
        ("enrol_from", cohort.enrol_from.map(Node::Date)),
        ("enrol_until", cohort.enrol_until.map(Node::Date)),
        ("max_participants", count(cohort.max_participants)),
    ])
}

fn payer(payer: &Payer) -> Vec<Key> {
    keys([
        ("id", text(&payer.id)),
        ("name", maybe(payer.name.as_ref())),
        ("cvr", maybe(payer.cvr.as_ref())),
        ("gln", maybe(payer.gln.as_ref())),
        ("share", payer.share.as_deref().map(decimal)),
        ("at_most", payer.at_most.as_deref().map(decimal)),
        ("reference", maybe(payer.reference.as_ref())),
        ("address", payer.address.as_ref().map(address)),
    ])
}

fn address(address: &Address) -> Node {
    let Address { street, postcode, city } = address;
    Node::Inline(keys([("street", text(street)), ("postcode", text(postcode)), ("city", text(city))]))
}

fn invoicing(terms: &Invoicing) -> Vec<Key> {
    let detail = terms.detail.map(|detail| match detail {
        Detail::Charge => "charge",
        Detail::Company => "company",
        Detail::Participant => "participant",
    });
    let due = terms.due.map(|due| match due {
        Due::Stays => "stays",
        Due::Next => "next-banking-day",
        Due::Previous => "previous-banking-day",
    });
    keys([
        ("series", text(&terms.series)),
        ("detail", detail.and_then(text)),
        ("corrections", terms.own_documents.then_some("own-documents").and_then(text)),
        ("vat", terms.vat.as_ref().map(vat)),
        ("due", due.and_then(text)),
    ])
}

fn vat(vat: &Vat) -> Node {
    Node::Inline(match vat {
        Vat::Standard { percent } => keys([("treatment", text("standard")), ("percent", Some(decimal(percent)))]),
        Vat::Exempt { reason, code } => {
            keys([("treatment", text("exempt")), ("reason", text(reason)), ("code", maybe(code.as_ref()))])
        }
        Vat::OutsideScope { reason } => keys([("treatment", text("outside-scope")), ("reason", text(reason))]),
    })
}

fn payee_keys(payee: &Payee) -> Vec<Key> {
    keys([
        ("id", text(&payee.id)),
        ("name", maybe(payee.name.as_ref())),
        ("cvr", maybe(payee.cvr.as_ref())),
        ("address", payee.address.as_ref().map(address)),
    ])
}

fn length(length: Length) -> Key {
    match length {
        Length::Days(n) => ("days", Node::Number(n)),
        Length::Weeks(n) => ("weeks", Node::Number(n)),
        Length::Months(n) => ("months", Node::Number(n)),
    }
}

fn outcome(outcome: &Outcome) -> Vec<Key> {
    let word = |yes: bool, word: &str| yes.then(|| Node::Text(word.into()));
    let new_jobs = match outcome.new_jobs {
        NewJobs::OrOld => None,
        NewJobs::Only => Some(Node::Yes),
        NewJobs::OrMoreHours => text("or-more-hours"),
    };
    keys([
        ("id", text(&outcome.id)),
        ("kinds", Some(texts(&outcome.kinds))),
        ("min_weekly_hours", outcome.min_weekly_hours.as_deref().map(decimal)),
        ("companies", word(outcome.participating, "participating")),
        ("per", word(outcome.per_company, "company")),
        ("evidence", word(outcome.evidence_required, "required")),
        ("except_kinds", outcome.except_kinds.as_deref().map(texts)),
        ("skip_days", count(outcome.skip_days)),
        ("same_employer", flag(outcome.same_employer)),
        ("max_gap_days", count(outcome.max_gap_days)),
        ("max_gap_total", count(outcome.max_gap_total)),
        ("new_jobs_only", new_jobs),
        ("window", outcome.window.as_ref().map(window)),
    ])
}

fn window(window: &Window) -> Node {
    let mut all = anchor(&window.from);
    all.push(length(window.length));
    Node::Inline(all)
}

fn anchor(from: &Anchor) -> Vec<Key> {
    let (from, charge, step) = match from {
        Anchor::Enrolment => ("enrolment", None, None),
        Anchor::Placement => ("placement", None, None),
        Anchor::FirstDay => ("first-day", None, None),
        Anchor::Charge { charge, step } => ("charge", text(charge), *step),
    };
    keys([("from", text(from)), ("charge", charge), ("step", count(step))])
}

fn charge(charge: &Charge) -> Vec<Key> {
    let (kind, special) = match &charge.what {
        What::Fixed { dates: at, per } => {
            let per = match per {
                Per::Contract => None,
                Per::Company => text("company"),
                Per::Participant => text("participant"),
            };
            let (key, at) = dates(at);
            ("fixed", keys([(key, Some(at)), ("per", per)]))
        }
        What::Milestone(milestone) => ("milestone", milestone_keys(milestone)),
        What::Period { outcome, unit, min_days, prorate, max_units } => {
            let outcome = ("outcome", text(outcome));
            let (min_days, max_units) = (("min_days", count(*min_days)), ("max_units", count(*max_units)));
            ("period", keys([outcome, ("unit", Some(unit_node(*unit))), min_days, ("prorate", flag(*prorate)), max_units]))
        }
        What::Measured { figure, times, dates: at, per_participant, cumulative } => {
            let (key, at) = dates(at);
            let times = (!times.is_empty()).then(|| texts(times));
            let (per, cumulative) = (of_participants(*per_participant), flag(*cumulative));
            let own =
                [("figure", text(figure)), (key, Some(at)), ("times", times), ("per", per), ("cumulative", cumulative)];
            ("measured", keys(own))
        }
    };
    let mut all = keys([("id", text(&charge.id)), ("type", text(kind)), ("clause", maybe(charge.clause.as_ref()))]);
    all.extend(special);
    all.extend((!charge.requires.is_empty()).then(|| ("requires", texts(&charge.requires))));
    all.extend(maybe(charge.variant.as_ref()).map(|variant| ("variant", variant)));
    all.extend(owed_by(charge.owed_back).map(|payee| ("owed_by", payee)));
    all.extend(charge.vat.as_ref().map(|treatment| ("vat", vat(treatment))));
    all.extend(charge.round.as_ref().map(|terms| ("round", round(terms))));
    all.extend(charge.delay.map(|terms| ("delay", Node::Inline(vec![delay(terms)]))));
    if !charge.payers.is_empty() {
        let payer = |payer: &ChargePayer| keys([("id", text(&payer.id)), ("share", Some(decimal(&payer.share)))]);
        all.push(("payers", Node::List(charge.payers.iter().map(|one| Node::Inline(payer(one))).collect())));
    }
    match &charge.price {
        Price::Amount(amount) => all.push(("amount", decimal(amount))),
        Price::Card(rates) => all.push(("rate", Node::Tables(rates.iter().map(rate).collect()))),
        Price::Each(each) => all.push(("each", decimal(each))),
        Price::Bands { pricing, bands } => {
            let pricing = pricing.map(|pricing| match pricing {
                Pricing::Level => "level",
                Pricing::Marginal => "marginal",
                Pricing::Whole => "whole",
            });
            all.extend(keys([("pricing", pricing.and_then(text))]));
            all.push(("band", Node::Tables(bands.iter().map(band).collect())));
        }
    }
    if !charge.adjust.is_empty() {
        all.push(("adjust", Node::Tables(charge.adjust.iter().map(adjust).collect())));
    }
    all
}

fn delay(delay: Delay) -> Key {
    match delay {
        Delay::Of(span) => length(span),
        Delay::Weekdays(days) => ("weekdays", Node::Number(days)),
        Delay::BankDays(days) => ("bank_days", Node::Number(days)),
    }
}

fn adjust(adjust: &Adjust) -> Vec<Key> {
    // A ratio stands in quotes.
    let by = adjust.by.as_ref().map(|by| match by {
        By::Factor(factor) => ("factor", Node::Text(factor.clone())),
        By::Index(index) => ("index", Node::Text(index.clone())),
    });
    let mut all: Vec<Key> = by.into_iter().collect();
    all.extend(when(&adjust.when));
    all.extend(adjust.round.as_ref().map(|terms| ("round", round(terms))));
    all
}

fn dates(dates: &Dates) -> (&'static str, Node) {
    match dates {
        Dates::On(on) => ("on", days(on)),
        Dates::Every(length) => ("every", Node::Text(every(*length).into())),
        Dates::After { from, length: after } => {
            let mut all = anchor(from);
            all.extend(after.map(length));
            ("on", Node::Inline(all))
        }
    }
}

fn of_participants(per_participant: bool) -> Option<Node> {
    per_participant.then_some("participant").and_then(text)
}

fn figure_window(window: FigureWindow) -> Option<Node> {
    match window {
        FigureWindow::Total => None,
        FigureWindow::CalendarYear => text("calendar-year"),
        FigureWindow::SinceLast => text("since-last"),
    }
}

/// The keys that choose among participants.
fn among(among: &Among) -> Vec<Key> {
    let enrolled = among.enrolled.map(|(from, until)| valid(from, until));
    keys([
        ("target_groups", among.target_groups.as_deref().map(texts)),
        ("traits", among.traits.as_deref().map(texts)),
        ("enrolled", enrolled),
    ])
}

fn count_keys(of: &Counted) -> Vec<Key> {
    let (count_of, charge, step) = match of {
        Counted::Participants => ("participants", None, None),
        Counted::Companies => ("companies", None, None),
        Counted::Reached { charge, step } => ("reached", text(charge), *step),
        Counted::Units { charge } => ("units", text(charge), None),
    };
    keys([("count", text(count_of)), ("charge", charge), ("step", count(step))])
}

fn owed_by(back: bool) -> Option<Node> {
    back.then_some("payee").and_then(text)
}

fn days(days: &[Day]) -> Node {
    Node::List(days.iter().map(|day| Node::Date(*day)).collect())
}

fn figure(figure: &Figure) -> Vec<Key> {
    let mut all = keys([("id", text(&figure.id))]);
    match &figure.form {
        Form::Metric { metric, cohort, window, per_participant } => {
            let (window, per) = (figure_window(*window), of_participants(*per_participant));
            let cohort = maybe(cohort.as_ref());
            all.extend(keys([("metric", text(metric)), ("cohort", cohort), ("window", window), ("per", per)]));
        }
        Form::Count { of, among: who, window } => {
            all.extend(count_keys(of));
            all.extend(among(who));
            all.extend(keys([("window", figure_window(*window))]));
        }
        Form::Tally { outcome, among: who, window, per_participant } => {
            all.extend(keys([("tally", text("days")), ("outcome", text(outcome))]));
            all.extend(among(who));
            all.extend(keys([("window", figure_window(*window)), ("per", of_participants(*per_participant))]));
        }
        Form::Value(value) => all.extend(keys([("value", text(value))])),
        Form::Compare { of, with, by } => {
            let by = match by {
                Comparison::Difference => "difference",
                Comparison::Ratio => "ratio",
                Comparison::Percent => "percent",
                Comparison::PercentChange => "percent-change",
                Comparison::PercentFall => "percent-fall",
            };
            all.extend(keys([("compare", text(of)), ("with", text(with)), ("by", text(by))]));
        }
        Form::Sum(parts) => {
            let weight = |weight: &Option<String>| weight.as_deref().map(decimal);
            let part = |(figure, of): &(String, Option<String>)| {
                Node::Inline(keys([("figure", text(figure)), ("weight", weight(of))]))
            };
            all.extend(keys([("sum", Some(Node::List(parts.iter().map(part).collect())))]));
        }
    }
    all.extend(keys([("decimals", count(figure.decimals.map(i64::from)))]));
    all
}

fn band(band: &Band) -> Vec<Key> {
    let number = |text: &Option<String>| text.as_deref().map(decimal);
    keys([
        ("from", number(&band.from)),
        ("above", number(&band.above)),
        ("below", number(&band.below)),
        ("up_to", number(&band.up_to)),
        ("amount", number(&band.amount)),
        ("each", number(&band.each)),
        ("to_amount", number(&band.to_amount)),
        ("owed_by", owed_by(band.owed_back)),
    ])
}

fn milestone_keys(milestone: &Milestone) -> Vec<Key> {
    let mode = match milestone.mode {
        Mode::Continuous => "continuous",
        Mode::Cumulative => "cumulative",
        Mode::OnDay => "on-day",
    };
    let then = milestone.then.map(|then| {
        let every = Node::Inline(vec![length(then.every)]);
        Node::Inline(vec![("every", every), ("times", Node::Number(then.times))])
    });
    keys([
        ("outcome", text(&milestone.outcome)),
        ("mode", text(mode)),
        ("after", Some(Node::Inline(vec![length(milestone.after)]))),
        ("then", then),
        ("min_days", count(milestone.min_days)),
        ("within", milestone.within.map(|within| Node::Inline(vec![length(within)]))),
        ("repeat", count(milestone.repeat)),
    ])
}

fn unit_node(unit: Unit) -> Node {
    let name = match unit {
        Unit::Day => "day",
        Unit::Week => "week",
        Unit::Month => "month",
        Unit::Quarter => "quarter",
        Unit::HalfYear => "half-year",
        Unit::Year => "year",
        Unit::Weeks(n) => return Node::Inline(vec![("weeks", Node::Number(n))]),
    };
    Node::Text(name.into())
}

fn rate(rate: &Rate) -> Vec<Key> {
    let mut all = when(&rate.when);
    all.push(("amount", decimal(&rate.amount)));
    all
}

fn valid(from: Option<Day>, until: Option<Day>) -> Node {
    Node::Inline(keys([("from", from.map(Node::Date)), ("until", until.map(Node::Date))]))
}

fn when(rate: &When) -> Vec<Key> {
    let hours = rate.hours.as_ref().map(|(from, below)| {
        Node::Inline(keys([("from", from.as_deref().map(decimal)), ("below", below.as_deref().map(decimal))]))
    });
    let elapsed =
        rate.elapsed.map(|(from, below)| Node::Inline(keys([("from_month", count(from)), ("below_month", count(below))])));
    let steps = rate
        .steps
        .map(|(from, below)| Node::Inline(keys([("from", Some(Node::Number(from))), ("below", Some(Node::Number(below)))])));
    let valid = rate.valid.map(|(from, until)| valid(from, until));
    keys([
        ("kinds", rate.kinds.as_deref().map(texts)),
        ("target_groups", rate.target_groups.as_deref().map(texts)),
        ("traits", rate.traits.as_deref().map(texts)),
        ("hours", hours),
        ("elapsed", elapsed),
        ("steps", steps),
        ("valid", valid),
    ])
}

fn limit(limit: &Limit) -> Vec<Key> {
    let scope = match limit.scope {
        Scope::Participant => "participant",
        Scope::Company => "company",
        Scope::Contract => "contract",
    };
    let window = match limit.window {
        LimitWindow::Total => "total",
        LimitWindow::CalendarYear => "calendar-year",
        LimitWindow::SettlementPeriod => "settlement-period",
    };
    keys([
        ("id", text(&limit.id)),
        ("scope", text(scope)),
        ("window", text(window)),
        (if limit.floor { "floor" } else { "amount" }, limit.units.is_none().then(|| decimal(&limit.amount))),
        ("units", limit.units.as_ref().map(units)),
        ("charges", limit.charges.as_deref().map(texts)),
    ])
}

fn units(units: &Units) -> Node {
    match units {
        Units::Keys(most) => Node::Number(*most),
        Units::Share { share, of } => Node::Inline(keys([("share", text(share)), ("of", text(of))])),
    }
}

fn csv(header: &str, lines: impl Iterator<Item = Vec<String>>) -> String {
    let mut text = format!("{header}\n");
    for fields in lines {
        let fields: Vec<String> = fields.iter().map(|field| csv_field(field)).collect();
        text.push_str(&fields.join(","));
        text.push('\n');
    }
    text
}

fn csv_field(field: &str) -> String {
    if field.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field.into() }
}

/// A whole row: contract and id, the row's own fields, and the three columns of the record.
fn row<const N: usize>(record: &Record, fields: [&String; N]) -> Vec<String> {
    let mut row = vec![record.contract.clone(), record.id.clone()];
    row.extend(fields.into_iter().cloned());
    row.extend([record.recorded_on.clone(), record.revision.clone(), record.void.clone()]);
    row
}

/// The column `traits` is left out where it is empty.
pub fn participants(rows: &[ParticipantRow]) -> String {
    if rows.iter().all(|r| r.traits.is_empty()) {
        return csv(
            "contract,participant,target_group,enrolled_on,eligible_until,recorded_on,revision,void",
            rows.iter().map(|r| row(&r.record, [&r.target_group, &r.enrolled_on, &r.eligible_until])),
        );
    }
    csv(
        "contract,participant,target_group,enrolled_on,eligible_until,traits,recorded_on,revision,void",
        rows.iter().map(|r| row(&r.record, [&r.target_group, &r.enrolled_on, &r.eligible_until, &r.traits])),
    )
}

pub fn companies(rows: &[CompanyRow]) -> String {
    csv(
        "contract,company,cvr,name,joined_on,left_on,recorded_on,revision,void",
        rows.iter().map(|r| row(&r.record, [&r.cvr, &r.name, &r.joined_on, &r.left_on])),
    )
}

pub fn placements(rows: &[PlacementRow]) -> String {
    csv(
        "contract,placement,participant,company,placed_on,recorded_on,revision,void",
        rows.iter().map(|r| row(&r.record, [&r.participant, &r.company, &r.placed_on])),
    )
}

pub fn spells(rows: &[SpellRow]) -> String {
    let fields = |r: &SpellRow| {
        let job = [&r.placement, &r.participant, &r.employer];
        let rest = [&r.kind, &r.first_day, &r.last_day, &r.weekly_hours, &r.evidence];
        row(&r.record, [job[0], job[1], job[2], rest[0], rest[1], rest[2], rest[3], rest[4]])
    };
    csv(
        "contract,spell,placement,participant,employer,kind,first_day,last_day,weekly_hours,evidence,recorded_on,\
         revision,void",
        rows.iter().map(fields),
    )
}

/// The column `participant` is left out where it is empty.
pub fn measurements(rows: &[MeasurementRow]) -> String {
    if rows.iter().any(|r| !r.participant.is_empty()) {
        let fields = |r: &MeasurementRow| {
            let of = [&r.metric, &r.cohort, &r.participant];
            row(&r.record, [of[0], of[1], of[2], &r.first_day, &r.last_day, &r.value, &r.source])
        };
        return csv(
            "contract,measurement,metric,cohort,participant,first_day,last_day,value,source,recorded_on,revision,void",
            rows.iter().map(fields),
        );
    }
    csv(
        "contract,measurement,metric,cohort,first_day,last_day,value,source,recorded_on,revision,void",
        rows.iter().map(|r| row(&r.record, [&r.metric, &r.cohort, &r.first_day, &r.last_day, &r.value, &r.source])),
    )
}
