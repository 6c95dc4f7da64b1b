//! Outcomes (rule 6).

use super::{Findings, ids_twice, unknown_kinds};
use crate::contract::terms::Contract;
use crate::measure::diagnostic::{Code, quote};
use crate::timeline::outcome::{Anchor, Length, Outcome, Per};

pub(super) fn check(contract: &Contract, found: &mut Findings) {
    ids_twice(found, "outcome", contract.outcomes.iter().map(|outcome| &outcome.id));
    for (nth, outcome) in contract.outcomes.iter().enumerate() {
        let path = format!("outcome[{nth}]");
        found.list(&format!("{path}.kinds"), &outcome.kinds, "name at least one kind of spell that counts");
        unknown_kinds(contract, &format!("{path}.kinds"), &outcome.kinds, found);
        window(&path, outcome, found);
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
        let used = unknown || contract.charges.iter().any(|charge| charge.mechanism.outcome() == Some(&outcome.id));
        if !used && !contract.charges.is_empty() {
            let message = format!("no charge uses the outcome {}", quote(outcome.id.as_str()));
            let help = "remove it, or name it as the `outcome` of a charge";
            let finding = found.say(Code::UnusedOutcome, &format!("{path}.id"), message).help(help);
            finding.rests("charge[*].outcome").rests("charge[*].type");
        }
    }
}

/// The window (rules 6.4 and 8.4).
fn window(path: &str, outcome: &Outcome, found: &mut Findings) {
    let Some(window) = outcome.window else { return };
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
