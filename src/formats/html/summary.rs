//! The head of a statement and its summary.

use super::terms;
use super::writer::Writer;
use crate::contract::invoicing::DueDay;
use crate::documents::due::due;
use crate::explain::told;
use crate::measure::day::Span;
use crate::measure::money::Total;
use crate::statement::Statement;

/// What stands above everything.
pub(super) struct Head {
    pub contract: String,
    pub title: String,
    pub number: String,
    pub period: String,
    pub payers: Vec<Party>,
    pub payee: Option<Party>,
    pub known_on: String,
    pub due_on: String,
    pub due_why: String,
}

/// A payer or the payee.
pub(super) struct Party {
    pub name: String,
    pub cvr: Option<String>,
}

/// What the settlement comes to.
pub(super) struct Summary {
    pub label: &'static str,
    pub amount: String,
    pub sentences: Vec<String>,
    /// Which version of the contract it follows, and what is new in it.
    pub version: Vec<String>,
    pub unlike: Option<String>,
    pub rows: Vec<Row>,
    pub earned: String,
    pub corrected: String,
    pub total: String,
    pub running: [(String, String); 3],
}

/// A charge of the summary.
pub(super) struct Row {
    pub name: String,
    pub clause: Option<String>,
    pub what: String,
    pub earned: String,
    pub corrected: String,
    pub total: String,
    pub empty: bool,
}

/// The days as a heading has them.
pub(super) fn full_span(w: &Writer<'_>, days: Span) -> String {
    if days.first == days.last {
        return w.pen.full_date(days.first);
    }
    w.say(w.t.to_day, &[&w.pen.full_date(days.first), &w.pen.full_date(days.last)])
}

impl Head {
    pub fn new(w: &Writer<'_>, s: &Statement<'_>) -> Head {
        let cvr = |cvr: &Option<String>| cvr.as_ref().map(|cvr| w.say(w.t.cvr, &[cvr]));
        let party = |name: &Option<String>, id: &str, number: &Option<String>| Party {
            name: name.clone().unwrap_or_else(|| id.to_owned()),
            cvr: cvr(number),
        };
        let term = s.contract.settlement.payment_days;
        let rule = s.contract.invoicing.as_ref().map(|invoicing| invoicing.due).unwrap_or_default();
        let due_on = due(s.period.cut_off, term, rule);
        let moved = due_on != due(s.period.cut_off, term, DueDay::Stays);
        Head {
            contract: s.contract.id.to_string(),
            title: s.contract.title.clone().unwrap_or_else(|| s.contract.id.to_string()),
            number: w.say(w.t.settlement_of, &[&s.period.number.to_string(), &s.settlements.to_string()]),
            period: full_span(w, s.period.days),
            payers: s.contract.payers.iter().map(|payer| party(&payer.name, payer.id.as_str(), &payer.cvr)).collect(),
            payee: s.contract.payee.as_ref().map(|payee| party(&payee.name, payee.id.as_str(), &payee.cvr)),
            known_on: w.pen.full_date(s.period.cut_off),
            due_on: w.pen.full_date(due_on),
            due_why: w.say(if moved { w.t.due_moved } else { w.t.due_after }, &[&w.pen.days(i64::from(term))]),
        }
    }
}

impl Summary {
    pub fn new(w: &Writer<'_>, s: &Statement<'_>, head: &Head) -> Summary {
        let (total, after) = (s.total(), s.before + s.total());
        let label = match total.minor().signum() {
            1 => w.t.to_pay,
            -1 => w.t.to_give_back,
            _ => w.t.nothing_due,
        };
        let size = Total::from_minor(total.minor().saturating_abs());
        Summary {
            label,
            amount: w.total(size),
            sentences: vec![owed(w, s, head, &w.total(size)), made_of(w, s), w.t.without_vat.to_owned()],
            version: s.version.iter().flat_map(|told| told::version(&w.pen, told)).map(|line| line.text).collect(),
            unlike: (s.unlike() > 0).then(|| w.say(w.t.unlike_note, &[&s.unlike().to_string()])),
            rows: rows(w, s),
            earned: w.bare(s.earned.amount),
            corrected: w.bare(s.corrected.amount),
            total: w.bare(total),
            running: [
                (w.t.paid_before.to_owned(), w.total(s.before)),
                (w.t.this_settlement.to_owned(), w.total(total)),
                (w.t.paid_in_all.to_owned(), w.total(after)),
            ],
        }
    }
}

/// Who owes what to whom.
fn owed(w: &Writer<'_>, s: &Statement<'_>, head: &Head, amount: &str) -> String {
    let payers: Vec<String> = head.payers.iter().map(|payer| payer.name.clone()).collect();
    let payee = head.payee.as_ref().map_or_else(|| w.t.the_payee.to_owned(), |payee| payee.name.clone());
    let settlement = w.settlement(s.period.number);
    let template = match (s.total().minor().signum(), payers.len()) {
        (1, 1) => w.t.owed,
        (1, _) => w.t.owed_many,
        (-1, _) => w.t.given_back,
        _ if s.earned.is_empty() && s.corrected.is_empty() => w.t.nothing_owed,
        _ => w.t.balances,
    };
    w.say(template, &[&w.all_of(&payers), &payee, amount, &settlement])
}

/// What the total is made of.
fn made_of(w: &Writer<'_>, s: &Statement<'_>) -> String {
    let earned = match s.earned.count {
        0 => w.t.none_earned.to_owned(),
        1 => w.t.one_earned.to_owned(),
        count => w.say(w.t.many_earned, &[&count.to_string()]),
    };
    let sum = w.total(s.corrected.amount);
    match s.corrected.count {
        0 => w.say(w.t.and_no_correction, &[&earned]),
        1 => w.say(w.t.and_one_correction, &[&earned, &sum]),
        count => w.say(w.t.and_corrections, &[&earned, &count.to_string(), &sum]),
    }
}

fn rows(w: &Writer<'_>, s: &Statement<'_>) -> Vec<Row> {
    let row = |sum: &crate::statement::summary::ChargeSum| {
        let count = sum.earned.count.saturating_add(sum.corrected.count);
        Row {
            name: w.charge(&sum.charge),
            clause: w.clause(&sum.charge),
            what: terms::sentence(w, &sum.charge),
            earned: w.bare(sum.earned.amount),
            corrected: w.bare(sum.corrected.amount),
            total: w.bare(sum.total()),
            empty: count == 0,
        }
    };
    s.charges.iter().map(row).collect()
}
