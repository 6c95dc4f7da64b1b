//! Outcomes (rule 6).

use super::{Findings, ids_twice, listed, repeated, unknown_kinds};
use crate::charge::{Charge, Mechanism};
use crate::contract::terms::Contract;
use crate::figure::Figure;
use crate::measure::diagnostic::{Code, quote};
use crate::measure::id::Id;
use crate::timeline::outcome::{Anchor, Length, Outcome, Per};

pub(super) fn check(contract: &Contract, found: &mut Findings) {
    ids_twice(found, "outcome", contract.outcomes.iter().map(|outcome| &outcome.id));
    for (nth, outcome) in contract.outcomes.iter().enumerate() {
        let path = format!("outcome[{nth}]");
        found.list(&format!("{path}.kinds"), &outcome.kinds, "name at least one kind of spell that counts");
        unknown_kinds(contract, &format!("{path}.kinds"), &outcome.kinds, found);
        window(&path, outcome, found);
        follows(contract, &path, outcome, found);
        excepted(contract, &path, outcome, found);
        apart(contract, &path, outcome, found);
        if outcome.max_gap_total.is_some() && outcome.max_gap_days == 0 {
            let help = "say with `max_gap_days` how long a single gap may be, or remove `max_gap_total`";
            let message = "`max_gap_total` does nothing where no gap is bridged";
            found
                .say(Code::GapTotalAlone, &format!("{path}.max_gap_total"), message)
                .help(help)
                .rests(format!("{path}.max_gap_days"));
        }
        let unknown =
            contract.charges.iter().filter_map(|charge| charge.mechanism.outcome()).any(|id| contract.outcome(id).is_none());
        let tallied = |figure: &Figure| figure.form.outcome() == Some(&outcome.id);
        let used = unknown
            || contract.charges.iter().any(|charge| charge.mechanism.outcome() == Some(&outcome.id))
            || contract.figures.iter().any(tallied);
        if !used && !contract.charges.is_empty() {
            let message = format!("no charge uses the outcome {}", quote(outcome.id.as_str()));
            let help = "remove it, or name it as the `outcome` of a charge";
            let finding = found.say(Code::UnusedOutcome, &format!("{path}.id"), message).help(help);
            finding
                .rests("charge[*].outcome")
                .rests("charge[*].type")
                .rests("figure[*].outcome")
                .rests("figure[*].tally")
                .rests("figure[*].places");
        }
    }
}

/// The milestone that the window counts from (mechanisms 3.1).
fn follows(contract: &Contract, path: &str, outcome: &Outcome, found: &mut Findings) {
    milestone_step(contract, &format!("{path}.window"), "no window", outcome.follows(), found);
}

/// The milestone that a window or a date counts from.
pub(super) fn milestone_step(
    contract: &Contract,
    path: &str,
    nothing: &str,
    follows: Option<(&Id, u32)>,
    found: &mut Findings,
) {
    let Some((id, step)) = follows else { return };
    let key = format!("{path}.charge");
    let Some(charge) = contract.charges.iter().find(|charge| charge.id == *id) else {
        let message = format!("the contract has no charge {}", quote(id.as_str()));
        let help = format!("its charges are {}", listed(contract.charges.iter().map(|charge| charge.id.as_str())));
        found.say(Code::UnknownName, &key, message).help(help).rests("charge[*].id");
        return;
    };
    let Mechanism::Milestone(milestone) = &charge.mechanism else {
        let message = format!("{} is no milestone, so that {nothing} counts from it", quote(id.as_str()));
        let help = "name a milestone; one of amount 0 marks a day and pays nothing";
        found.say(Code::WindowCharge, &key, message).help(help).rests("charge[*].id").rests("charge[*].type");
        return;
    };
    let last = milestone.last_step();
    if !(1..=last).contains(&step) {
        let message = format!("{} has no step {step}", quote(id.as_str()));
        let finding = found.say(Code::UnknownName, &format!("{path}.step"), message);
        finding.help(format!("its last step is {last}")).rests("charge[*].id").rests("charge");
    }
}

/// Kinds on whose days nothing qualifies (mechanisms 3.1).
fn excepted(contract: &Contract, path: &str, outcome: &Outcome, found: &mut Findings) {
    let key = format!("{path}.except_kinds");
    unknown_kinds(contract, &key, &outcome.except_kinds, found);
    for (nth, kind) in repeated(outcome.except_kinds.iter()) {
        let message = format!("`except_kinds` names {} twice", quote(kind.as_str()));
        found.say(Code::NamedTwice, &format!("{key}[{nth}]"), message).help("remove one of the two").rests(&key);
    }
    let counted = outcome.except_kinds.iter().enumerate().filter(|(_, kind)| outcome.kinds.contains(kind));
    for (nth, kind) in counted {
        let message = format!("{} is one of the outcome's `kinds`, and excepted", quote(kind.as_str()));
        let help = "a kind either counts or keeps a day from counting: remove it from one of the two lists";
        let finding = found.say(Code::KindExcepted, &format!("{key}[{nth}]"), message).help(help);
        finding.rests(format!("{path}.kinds")).rests(&key);
    }
}

/// Places of work that are looked at apart, and days that are skipped (mechanisms 3.1).
fn apart(contract: &Contract, path: &str, outcome: &Outcome, found: &mut Findings) {
    let length = outcome.window.as_ref().map(|window| window.length.after(contract.starts).days_since(contract.starts));
    if outcome.skip_days > 0 && length.is_some_and(|days| i64::from(outcome.skip_days) >= days) {
        let message = format!("`skip_days` is {}, as long as the window: no day is left", outcome.skip_days);
        let help = "shorten `skip_days`, or lengthen the window";
        let finding = found.say(Code::SkipAll, &format!("{path}.skip_days"), message).help(help);
        finding.rests(format!("{path}.window")).rests("starts");
    }
    if !outcome.same_employer {
        return;
    }
    let key = format!("{path}.same_employer");
    if outcome.per == Per::Company {
        let message = "`same_employer` and `per = \"company\"` both look at places apart";
        let help = "keep `per = \"company\"` to pay at each company, or `same_employer` to pay once wherever it is reached";
        found.say(Code::SameEmployer, &key, message).help(help).rests(format!("{path}.per"));
    }
    let measures = |charge: &&Charge| charge.mechanism.outcome() == Some(&outcome.id) && charge.mechanism.is_period();
    if let Some(charge) = contract.charges.iter().find(measures) {
        let message = format!("{} pays for units, which are not looked at place by place", quote(charge.id.as_str()));
        let help = "only milestones may measure an outcome with `same_employer`";
        let finding = found.say(Code::SameEmployer, &key, message).help(help);
        finding.rests("charge[*].type").rests("charge[*].outcome").rests(format!("{path}.id"));
    }
}

/// The window (rules 6.4 and 8.4).
fn window(path: &str, outcome: &Outcome, found: &mut Findings) {
    let Some(window) = &outcome.window else { return };
    let (unit, count) = match window.length {
        Length::Days(days) => ("days", days),
        Length::Months(months) => ("months", months),
    };
    found.at_least_1(&format!("{path}.window.{unit}"), count);
    if outcome.per == Per::Company && window.from == Anchor::FirstDay {
        let message = "the window begins anew with the first day at each company";
        let help = "if it is to count from one day for all of a citizen's companies, write `from = \"enrolment\"` or `from = \"placement\"`";
        found.say(Code::CompanyFirstDay, &format!("{path}.window.from"), message).help(help).rests(format!("{path}.per"));
    }
}
