//! One participant as known on a cut-off, looked at day by day (rules 3.5 to 6.4).

use super::market::Market;
use crate::contract::Contract;
use crate::facts::roster::{Known, Roster};
use crate::facts::{Facts, Job, Spell};
use crate::measure::day::{Day, Span};
use crate::measure::id::Id;
use crate::timeline::job::{Cut, Fate, fates};

/// What is known of a participant, and what waits.
#[derive(Debug)]
pub(super) struct Own<'a> {
    pub contract: &'a Contract,
    pub market: Market<'a>,
    pub known: Known<'a>,
    /// The fate of each known spell, in the order of [`Known::spells`].
    pub fates: Vec<Fate>,
    pub waiting: Vec<Waiting<'a>>,
}

/// A spell or report of the participant that waits for another fact (rule 3.6).
#[derive(Clone, Copy, Debug)]
pub(super) struct Waiting<'a> {
    /// Its own id.
    pub waits: &'a Id,
    /// Whether it is a report of paid hours.
    pub is_report: bool,
    /// The days that it was reported for.
    pub days: Span,
    pub fact: &'static str,
    pub id: &'a str,
}

impl<'a> Own<'a> {
    /// Takes what is known of the participant on the cut-off; `None` if it is not known itself.
    pub fn new(
        contract: &'a Contract,
        facts: &'a Facts,
        roster: &Roster<'a>,
        number: usize,
        cut_off: Day,
    ) -> Option<Own<'a>> {
        let known = roster.known(number, cut_off)?;
        let mut fates = fates(&known, contract.settlement.confirm_days);
        fates.sort_by_key(|fate| fate.spell);
        let spells = roster.spells_of(number).iter().filter_map(|nth| {
            let (row, terms) = facts.spells.known(*nth as usize, cut_off)?;
            let (fact, id) = waits(facts, &known, &terms.job, cut_off)?;
            Some(Waiting { waits: &row.id, is_report: false, days: reported(terms), fact, id })
        });
        let reports = roster.reports_of(number).iter().filter_map(|nth| {
            let (row, terms) = facts.reports.known(*nth as usize, cut_off)?;
            let (fact, id) = waits(facts, &known, &terms.job, cut_off)?;
            Some(Waiting { waits: &row.id, is_report: true, days: terms.month, fact, id })
        });
        let waiting = spells.chain(reports).collect();
        let market = Market { contract, facts, cut_off };
        Some(Own { contract, market, known, fates, waiting })
    }

    /// The id of a known spell.
    pub fn spell(&self, nth: usize) -> String {
        self.known.spells.get(nth).map(|spell| spell.row.id.to_string()).unwrap_or_default()
    }

    /// Whether a known spell is shortened or set aside on a day that it was reported for, and why.
    pub fn taken(&self, nth: usize, day: Day) -> Option<Cut> {
        let (fate, spell) = (self.fates.get(nth)?, self.known.spells.get(nth)?);
        if fate.days.is_some_and(|days| days.contains(day)) {
            return None;
        }
        match fate.cut? {
            // Shortened twice: first by the end of its confirmation, then by the next spell.
            Cut::Followed(by) if self.known.spells.get(by).is_some_and(|next| day < next.terms.first_day) => {
                spell.terms.last_day.is_none().then_some(Cut::Unconfirmed)
            }
            cut => Some(cut),
        }
    }
}

/// The days that a spell was reported for.
pub(super) fn reported(terms: &Spell) -> Span {
    Span { first: terms.first_day, last: terms.last_day.unwrap_or(Day::FAR) }
}

/// What the job of a spell or report waits for, if it is the participant's and waits.
fn waits<'a>(facts: &'a Facts, known: &Known<'a>, job: &'a Job, cut_off: Day) -> Option<(&'static str, &'a str)> {
    let Job::Placement(placement) = job else { return None };
    if known.placements.iter().any(|known| known.id == placement) {
        return None;
    }
    let placed = facts.placements.find(placement.as_str()).and_then(|nth| facts.placements.known(nth, cut_off));
    match placed {
        None => Some(("placement", placement.as_str())),
        Some((_, placed)) if placed.participant == *known.id => Some(("company", placed.company.as_str())),
        Some(_) => None,
    }
}
