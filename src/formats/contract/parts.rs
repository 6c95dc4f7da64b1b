//! The calendar's terms, the cohort, the outcomes and the limits.

use super::payroll;
use crate::charge::OwedBy;
use crate::contract::{Bound, Cohort, Limit, LimitWindow, Scope, SettlementTerms, Units};
use crate::formats::reader::{Fields, Reader};
use crate::formats::tree::{Node, Value};
use crate::measure::diagnostic::Code;
use crate::measure::grid::Every;
use crate::measure::id::Id;
use crate::measure::money::{Currency, Money};
use crate::timeline::outcome::{Anchor, Companies, Length, NewJobs, Outcome, Per, Window};
use rust_decimal::Decimal;

/// How often a contract is settled, or something falls due.
pub(super) const EVERY: [(&str, Every); 4] =
    [("month", Every::Month), ("quarter", Every::Quarter), ("half-year", Every::HalfYear), ("year", Every::Year)];

/// Who owes it: the payee, where that is written (mechanisms 7.4).
pub(super) fn owed_by<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Option<OwedBy> {
    reader.word(node, path, &[("payee", OwedBy::Payee)])
}

/// Terms with nothing but their defaults.
pub(super) fn settlement_terms(every: Every) -> SettlementTerms {
    SettlementTerms { every, reporting_days: 0, tail_periods: 0, payment_days: 30, confirm_days: None }
}

pub(super) fn settlement<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> SettlementTerms {
    let mut fields = reader.fields(node, path);
    let every = reader.required(&mut fields, "every", |r, node, path| r.word(node, path, &EVERY));
    let mut terms = settlement_terms(every.unwrap_or(Every::Month));
    terms.reporting_days = reader.required(&mut fields, "reporting_days", Reader::count).unwrap_or_default();
    terms.tail_periods = reader.optional(&mut fields, "tail_periods", Reader::count).unwrap_or_default();
    terms.payment_days = reader.optional(&mut fields, "payment_days", Reader::count).unwrap_or(terms.payment_days);
    terms.confirm_days = reader.optional(&mut fields, "confirm_days", Reader::count);
    reader.finish(&fields, &[]);
    terms
}

pub(super) fn cohort<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Cohort {
    let mut fields = reader.fields(node, path);
    let cohort = Cohort {
        target_groups: reader.optional(&mut fields, "target_groups", Reader::names),
        enrol_from: reader.optional(&mut fields, "enrol_from", Reader::day),
        enrol_until: reader.optional(&mut fields, "enrol_until", Reader::day),
        max_participants: reader.optional(&mut fields, "max_participants", Reader::count),
    };
    reader.finish(&fields, &[]);
    cohort
}

pub(super) fn outcome<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>, payroll: payroll::Said) -> Outcome {
    let companies = [("any", Companies::Any), ("participating", Companies::Participating)];
    let evidence = [("any", false), ("required", true)];
    let per = [("participant", Per::Participant), ("company", Per::Company)];
    let outcome = Outcome {
        id: reader.required(fields, "id", Reader::id).unwrap_or_default(),
        kinds: reader.required(fields, "kinds", Reader::names).unwrap_or_default(),
        min_weekly_hours: reader.optional(fields, "min_weekly_hours", Reader::decimal).unwrap_or_default(),
        companies: reader.optional(fields, "companies", |r, node, path| r.word(node, path, &companies)).unwrap_or_default(),
        per: reader.optional(fields, "per", |r, node, path| r.word(node, path, &per)).unwrap_or_default(),
        max_gap_days: reader.optional(fields, "max_gap_days", Reader::count).unwrap_or_default(),
        max_gap_total: reader.optional(fields, "max_gap_total", Reader::count),
        new_jobs_only: reader.optional(fields, "new_jobs_only", new_jobs).unwrap_or_default(),
        window: reader.optional(fields, "window", window),
        payroll: payroll::source(reader, fields, payroll),
        evidence_required: reader
            .optional(fields, "evidence", |r, node, path| r.word(node, path, &evidence))
            .unwrap_or(false),
        except_kinds: reader.optional(fields, "except_kinds", some_names).unwrap_or_default(),
        skip_days: reader.optional(fields, "skip_days", Reader::count).unwrap_or_default(),
        same_employer: reader.optional(fields, "same_employer", Reader::bool).unwrap_or_default(),
    };
    reader.finish(fields, &[]);
    outcome
}

/// Names, at least one.
fn some_names<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Option<Vec<Id>> {
    let names = reader.names(node, path)?;
    if names.is_empty() {
        let key = path.rsplit('.').next().unwrap_or(path);
        reader.report(Code::EmptyList, &node.span, path, &format!("`{key}` is an empty list"), "leave the key out");
    }
    Some(names)
}

/// What a window may count from.
#[derive(Clone, Copy)]
enum From {
    Enrolment,
    Placement,
    FirstDay,
    Charge,
}

/// The keys of a window that counts from a charge.
pub(super) const WITH_CHARGE: [(&str, &str); 2] =
    [("charge", "`charge` goes with `from = \"charge\"`"), ("step", "`step` goes with `from = \"charge\"`")];

/// `true`, `false` or `"or-more-hours"` (mechanisms 3.1).
fn new_jobs<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Option<NewJobs> {
    match &node.value {
        Value::Bool(true) => Some(NewJobs::Only),
        Value::Bool(false) => Some(NewJobs::Any),
        Value::Text(text) if text == "or-more-hours" => Some(NewJobs::OrMoreHours),
        _ => reader.wrong(node, path, "`true`, `false` or \"or-more-hours\"", "write `true` and `false` without quotes"),
    }
}

fn window<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Option<Window> {
    let mut fields = reader.fields(node, path);
    let words = [
        ("enrolment", From::Enrolment),
        ("placement", From::Placement),
        ("first-day", From::FirstDay),
        ("charge", From::Charge),
    ];
    let from = reader.required(&mut fields, "from", |r, node, path| r.word(node, path, &words));
    let from = from.and_then(|from| match from {
        From::Enrolment => Some(Anchor::Enrolment),
        From::Placement => Some(Anchor::Placement),
        From::FirstDay => Some(Anchor::FirstDay),
        From::Charge => {
            let charge = reader.required(&mut fields, "charge", Reader::id);
            let step = reader.optional(&mut fields, "step", Reader::count);
            Some(Anchor::Charge { charge: charge?, step: step.unwrap_or(1) })
        }
    });
    let length = length(reader, &mut fields, &["months", "days"]);
    reader.finish(&fields, &WITH_CHARGE);
    Some(Window { from: from?, length: length? })
}

/// A length of time under exactly one of the keys `days`, `weeks` and `months`.
pub(super) fn length<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>, units: &[&'static str]) -> Option<Length> {
    let given: Vec<&'static str> = units.iter().copied().filter(|unit| fields.has(unit)).collect();
    let listed = crate::formats::hints::listed(units.iter().copied(), "or");
    let mut counts = Vec::new();
    for unit in units {
        counts.extend(reader.optional(fields, unit, Reader::count).map(|count| (*unit, count)));
    }
    match (given.as_slice(), counts.as_slice()) {
        ([], _) => {
            reader.missing(fields, units, &format!("add one of {listed}"));
            None
        }
        ([_], [("months", count)]) => Some(Length::Months(*count)),
        ([_], [("weeks", count)]) => {
            let days = count.checked_mul(7).map(Length::Days);
            if days.is_none() {
                let path = fields.path_of("weeks");
                let span = reader.tree.find(&path);
                reader.report(
                    Code::ContractNumber,
                    &span,
                    &path,
                    &format!("`{count}` weeks are too many"),
                    "write a smaller number",
                );
            }
            days
        }
        ([_], [(_, count)]) => Some(Length::Days(*count)),
        ([_], _) => None,
        _ => {
            let span = reader.tree.find(&fields.path);
            let path = fields.path.clone();
            let both = crate::formats::hints::listed(given.iter().copied(), "and");
            let key = path.rsplit('.').next().unwrap_or_default();
            let message = format!("`{key}` says both {both}");
            reader.report(Code::KeysTogether, &span, &path, &message, &format!("keep one of {listed}"));
            None
        }
    }
}

/// A limit; its amount or floor has at most the currency's decimals, as written (rule 2.3).
pub(super) fn limit<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>, currency: Option<Currency>) -> Limit {
    let scopes = [("participant", Scope::Participant), ("company", Scope::Company), ("contract", Scope::Contract)];
    let windows = [
        ("total", LimitWindow::Total),
        ("calendar-year", LimitWindow::CalendarYear),
        ("settlement-period", LimitWindow::SettlementPeriod),
    ];
    let limit = Limit {
        id: reader.required(fields, "id", Reader::id).unwrap_or_default(),
        scope: reader.required(fields, "scope", |r, node, path| r.word(node, path, &scopes)).unwrap_or(Scope::Contract),
        window: reader
            .required(fields, "window", |r, node, path| r.word(node, path, &windows))
            .unwrap_or(LimitWindow::Total),
        bound: bound(reader, fields, currency),
        charges: reader.optional(fields, "charges", Reader::ids),
    };
    reader.finish(fields, &[]);
    limit
}

/// Exactly one of `amount`, `floor` and `units`.
fn bound<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>, currency: Option<Currency>) -> Bound {
    const KEYS: [&str; 3] = ["amount", "floor", "units"];
    let given: Vec<&str> = KEYS.into_iter().filter(|key| fields.has(key)).collect();
    let amount = |r: &mut Reader<'a>, node, path: &str| amount(r, node, path, currency);
    if given.is_empty() {
        return Bound::Amount(reader.required(fields, "amount", amount).unwrap_or_default());
    }
    let most = reader.optional(fields, "amount", amount);
    let least = reader.optional(fields, "floor", amount);
    let units = reader.optional(fields, "units", units);
    if let [_, .., last] = given.as_slice() {
        let path = fields.path_of(last);
        let span = reader.tree.find(&path);
        let both = crate::formats::hints::listed(given.iter().copied(), "and");
        let message = format!("the limit says both {both}");
        reader.report(Code::KeysTogether, &span, &path, &message, "make a limit of each");
    }
    match given.first() {
        Some(&"floor") => Bound::Floor(least.unwrap_or_default()),
        Some(&"units") => Bound::Units(units.unwrap_or(Units::Number(1))),
        _ => Bound::Amount(most.unwrap_or_default()),
    }
}

/// So many keys, or a share of a figure.
fn units<'a>(reader: &mut Reader<'a>, node: &'a Node, path: &str) -> Option<Units> {
    let Value::Table(_) = node.value else { return reader.count(node, path).map(Units::Number) };
    let mut fields = reader.fields(node, path);
    let share = reader.required(&mut fields, "share", Reader::ratio);
    let of = reader.required(&mut fields, "of", Reader::id);
    reader.finish(&fields, &[]);
    Some(Units::Share { share: share?, of: of? })
}

/// What amounts are rounded to: a multiple of the minor unit (mechanisms 2.3).
pub(super) fn multiple<'a>(
    reader: &mut Reader<'a>,
    node: &'a Node,
    path: &str,
    currency: Option<Currency>,
) -> Option<Money> {
    let to = reader.decimal(node, path)?;
    let currency = currency?;
    let units = minor_units(to.normalize(), currency).filter(|units| units.minor() > 0);
    if units.is_none() {
        let message = format!("amounts in {} cannot be multiples of {}", currency.code(), reader.written(node));
        let least = Money::from_minor(1).display(currency);
        let help = format!("it is a multiple of the minor unit, such as \"{least}\" or \"1\"");
        reader.report(Code::RoundTo, &node.span, path, &message, &help);
    }
    units
}

/// An amount in the minor unit, if it is a whole number of them.
fn minor_units(amount: Decimal, currency: Currency) -> Option<Money> {
    let shift = currency.decimals().checked_sub(amount.scale())?;
    let units = amount.mantissa().saturating_mul(10_i128.saturating_pow(shift));
    i64::try_from(units).ok().map(Money::from_minor)
}

/// An amount with at most the currency's decimals, as written (rule 2.3).
pub(in crate::formats) fn amount<'a>(
    reader: &mut Reader<'a>,
    node: &'a Node,
    path: &str,
    currency: Option<Currency>,
) -> Option<Money> {
    let amount = reader.decimal(node, path)?;
    let currency = currency?;
    if amount.scale() > currency.decimals() {
        let message = format!(
            "the amount {} has more decimals than {}, which has {}",
            reader.written(node),
            currency.code(),
            currency.decimals()
        );
        let cut = amount.trunc_with_scale(currency.decimals());
        let help = if cut == amount { format!("write \"{cut}\"") } else { "round it to the currency's decimals".to_owned() };
        reader.report(Code::LimitDecimals, &node.span, path, &message, &help);
        return None;
    }
    minor_units(amount, currency)
}

/// Reports a key beside which another one may not stand.
pub(super) fn together(reader: &mut Reader<'_>, fields: &Fields<'_>, key: &str, message: &str, help: &str) {
    let path = fields.path_of(key);
    let span = reader.tree.find(&path);
    reader.report(Code::KeysTogether, &span, &path, message, help);
}
