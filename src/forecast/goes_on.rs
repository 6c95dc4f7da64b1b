//! Facts as they would be if every open spell went on, and facts as known on a day.

use crate::contract::Contract;
use crate::facts::{Fact, Facts, History, Row, Spell};
use crate::measure::day::Day;

/// The rows that were recorded on or before a day (rule 3.9).
pub(super) fn known(facts: &Facts, as_of: Day) -> Facts {
    Facts {
        participants: until(&facts.participants, as_of),
        companies: until(&facts.companies, as_of),
        placements: until(&facts.placements, as_of),
        spells: until(&facts.spells, as_of),
        reports: until(&facts.reports, as_of),
        measurements: until(&facts.measurements, as_of),
        suspensions: until(&facts.suspensions, as_of),
        validations: until(&facts.validations, as_of),
        benefits: until(&facts.benefits, as_of),
        offers: until(&facts.offers, as_of),
        shown: until(&facts.shown, as_of),
        indicators: until(&facts.indicators, as_of),
    }
}

fn until<T: Fact + Clone>(history: &History<T>, as_of: Day) -> History<T> {
    let rows = history.rows().iter().filter(|row| row.recorded_on <= as_of).cloned().collect();
    History::new(rows).unwrap_or_default()
}

/// The same facts, and a row for each open spell that has it last to the end of the contract, recorded the day after.
pub(super) fn goes_on(contract: &Contract, mut facts: Facts, as_of: Day) -> Facts {
    let last = contract.ends.max(as_of);
    let open = |nth: usize| {
        let (row, spell) = facts.spells.known(nth, as_of)?;
        let goes_on = spell.last_day.is_none() && !has_ended(contract, row, as_of);
        let spell = Spell { last_day: Some(last.max(spell.first_day)), ..spell.clone() };
        goes_on.then(|| Row { recorded_on: as_of.next(), revision: 0, fact: Some(spell), ..row.clone() })
    };
    let more: Vec<Row<Spell>> = (0..facts.spells.len()).filter_map(open).collect();
    let rows = facts.spells.rows().iter().cloned().chain(more).collect();
    facts.spells = History::new(rows).unwrap_or_default();
    facts
}

/// Whether an open spell ended before a day because nobody confirmed it (rule 6.1).
fn has_ended(contract: &Contract, row: &Row<Spell>, day: Day) -> bool {
    contract.settlement.confirm_days.is_some_and(|days| row.recorded_on.plus_days(i64::from(days)) < day)
}
