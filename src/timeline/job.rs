//! The spells of one job follow one another (rule 3.5).

use crate::facts::roster::{Known, KnownSpell};
use crate::measure::day::{Day, Span};
use std::cmp::Reverse;

/// What becomes of a known spell before anything asks what it counts for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Fate {
    /// The spell's place in [`Known::spells`].
    pub spell: usize,
    /// The days that are left of it.
    pub days: Option<Span>,
    /// Why days were taken from it, if any were.
    pub cut: Option<Cut>,
}

/// Why a spell is shorter than reported.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Cut {
    /// It is open and lasts no longer than `confirm_days` after its row was recorded (rule 6.1).
    Unconfirmed,
    /// The spell at this place of [`Known::spells`] follows it in the same job.
    Followed(usize),
    /// The spell at this place begins on the same day in the same job and counts instead.
    SetAside(usize),
}

/// The fate of each known spell: `confirm_days` shortens open spells first, a spell that it leaves no day does not begin;
/// then, of the spells of one job that begin on the same day, the one with the most weekly hours counts (ties: the lower
/// id), and each ends at the latest on the day before the next one begins (rule 3.5).
#[must_use]
pub fn fates(known: &Known<'_>, confirm_days: Option<u32>) -> Vec<Fate> {
    let mut fates: Vec<Fate> =
        known.spells.iter().enumerate().map(|(at, spell)| reported(at, spell, confirm_days)).collect();
    fates.sort_by_key(|fate| {
        let spell = known.spells.get(fate.spell)?;
        Some((spell.job, fate.days?.first, Reverse(spell.terms.weekly_hours), spell.number))
    });
    let job = |fate: &Fate| known.spells.get(fate.spell).map(|spell| spell.job);
    fates.chunk_by_mut(|a, b| job(a) == job(b)).for_each(follow);
    fates
}

/// The spells of one job, by first day and precedence.
fn follow(spells: &mut [Fate]) {
    let mut head: Option<(Day, usize)> = None;
    for fate in spells.iter_mut() {
        let Some(days) = fate.days else { continue };
        match head {
            Some((first, spell)) if first == days.first => (fate.days, fate.cut) = (None, Some(Cut::SetAside(spell))),
            _ => head = Some((days.first, fate.spell)),
        }
    }
    let mut next: Option<(Day, usize)> = None;
    for fate in spells.iter_mut().rev() {
        let Some(days) = fate.days else { continue };
        if let Some((begin, spell)) = next
            && days.last >= begin
        {
            (fate.days, fate.cut) = (Span::new(days.first, begin.previous()), Some(Cut::Followed(spell)));
        }
        next = Some((days.first, fate.spell));
    }
}

/// The spell as reported; an open one no longer than `confirm_days` after its row was recorded (rule 6.1).
fn reported(at: usize, spell: &KnownSpell<'_>, confirm_days: Option<u32>) -> Fate {
    let terms = spell.terms;
    let (last, cut) = match (terms.last_day, confirm_days) {
        (Some(last), _) => (last, None),
        (None, Some(days)) => (spell.row.recorded_on.plus_days(i64::from(days)), Some(Cut::Unconfirmed)),
        (None, None) => (Day::FAR, None),
    };
    Fate { spell: at, days: Span::new(terms.first_day, last), cut }
}
