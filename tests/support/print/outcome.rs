//! The keys of an outcome.

use super::node::{Key, Node, count, decimal, flag, keys, text, texts};
use crate::support::programme::*;

pub fn length(length: Length) -> Key {
    match length {
        Length::Days(n) => ("days", Node::Number(n)),
        Length::Weeks(n) => ("weeks", Node::Number(n)),
        Length::Months(n) => ("months", Node::Number(n)),
    }
}

pub fn outcome(outcome: &Outcome) -> Vec<Key> {
    let word = |yes: bool, word: &str| yes.then(|| Node::Text(word.into()));
    let new_jobs = match outcome.new_jobs {
        NewJobs::OrOld => None,
        NewJobs::Only => Some(Node::Yes),
        NewJobs::OrMoreHours => text("or-more-hours"),
    };
    keys([
        ("id", text(&outcome.id)),
        ("kinds", Some(texts(&outcome.kinds))),
        ("source", word(outcome.payroll, "payroll")),
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

pub fn anchor(from: &Anchor) -> Vec<Key> {
    let (from, charge, step) = match from {
        Anchor::Enrolment => ("enrolment", None, None),
        Anchor::Placement => ("placement", None, None),
        Anchor::FirstDay => ("first-day", None, None),
        Anchor::Charge { charge, step } => ("charge", text(charge), *step),
    };
    keys([("from", text(from)), ("charge", charge), ("step", count(step))])
}
