//! All rows of a contract, and the facts as known on a day (rule 3.2).

use super::benefit::Benefit;
use super::company::Company;
use super::ids::Ids;
use super::indicator::Indicator;
use super::measurement::Measurement;
use super::offer::Offer;
use super::participant::Participant;
use super::placement::Placement;
use super::record::{Fact, Row};
use super::report::Report;
use super::shown::Shown;
use super::spell::Spell;
use super::suspension::Suspension;
use super::validation::{Checked, Validation};
use crate::measure::day::Day;
use crate::measure::diagnostic::{Code, Diagnostic};

/// The rows of one kind of fact, by id and, for each id, in the order in which they replace one another
/// (`recorded_on`, then `revision`; rule 3.1).
#[derive(Clone, Debug)]
pub struct History<T> {
    rows: Vec<Row<T>>,
    /// Where the rows of each id begin, in the order of the ids; one more entry marks the end.
    starts: Vec<u32>,
    ids: Ids,
}

impl<T> Default for History<T> {
    fn default() -> Self {
        History { rows: Vec::new(), starts: vec![0], ids: Ids::default() }
    }
}

impl<T: Fact> History<T> {
    /// Sorts rows, in whatever order they come (rule 12.3).
    ///
    /// # Errors
    /// Two rows with the same id, `recorded_on` and `revision` (rule 3.3): one diagnostic for each row too many.
    pub fn new(mut rows: Vec<Row<T>>) -> Result<History<T>, Vec<Diagnostic>> {
        // The first pass compares short keys side by side in memory; the second finds almost nothing left to do.
        rows.sort_by_cached_key(|row| (row.id.prefix(), row.recorded_on, row.revision, row.line));
        rows.sort_by(|a, b| (&a.id, a.recorded_on, a.revision, a.line).cmp(&(&b.id, b.recorded_on, b.revision, b.line)));
        let pairs = || rows.iter().zip(rows.iter().skip(1));
        let twice: Vec<Diagnostic> = pairs()
            .filter(|(a, b)| (&a.id, a.recorded_on, a.revision) == (&b.id, b.recorded_on, b.revision))
            .map(|(first, row)| {
                let message = format!(
                    "{} `{}` has two rows of {} with revision {}: this one and line {}",
                    T::NAME,
                    row.id,
                    row.recorded_on,
                    row.revision,
                    first.line
                );
                Diagnostic::new(Code::SameRowTwice, row.place("revision"), message).help(
                    "give the row that replaces the other a higher revision, or remove the one that is there by mistake",
                )
            })
            .collect();
        if !twice.is_empty() {
            return Err(twice);
        }
        let mut starts = vec![0];
        let borders = pairs().enumerate().filter(|(_, (a, b))| a.id != b.id).map(|(at, _)| at + 1);
        starts.extend(borders.filter_map(|at| u32::try_from(at).ok()));
        if !rows.is_empty() {
            starts.extend(u32::try_from(rows.len()));
        }
        let mut ids = Ids::default();
        let first_rows = starts.iter().filter_map(|start| rows.get(*start as usize));
        first_rows.for_each(|row| ids.push(&row.id));
        Ok(History { rows, starts, ids })
    }

    /// How many ids there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are no rows at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// Every row, by id and age.
    #[must_use]
    pub fn rows(&self) -> &[Row<T>] {
        &self.rows
    }

    /// The rows of the `nth` id, the oldest first. Ids are numbered in their own order.
    #[must_use]
    pub fn rows_of(&self, nth: usize) -> &[Row<T>] {
        let bound = |at: usize| self.starts.get(at).map(|start| *start as usize);
        bound(nth).zip(bound(nth + 1)).and_then(|(from, to)| self.rows.get(from..to)).unwrap_or_default()
    }

    /// The `nth` id.
    #[must_use]
    pub fn id(&self, nth: usize) -> Option<&str> {
        self.ids.get(nth)
    }

    /// The number of an id, if any row carries it.
    #[must_use]
    pub fn find(&self, id: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = usize::midpoint(low, high);
            match self.ids.get(middle)?.cmp(id) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }

    /// The last row of the `nth` id that was recorded on or before `day`, unless it is void (rule 3.2).
    #[must_use]
    pub fn known(&self, nth: usize, day: Day) -> Option<(&Row<T>, &T)> {
        let row = self.rows_of(nth).iter().rev().find(|row| row.recorded_on <= day)?;
        Some((row, row.fact.as_ref()?))
    }
}

/// The facts of one contract.
#[derive(Clone, Debug, Default)]
pub struct Facts {
    /// The citizens.
    pub participants: History<Participant>,
    /// The programme's companies.
    pub companies: History<Company>,
    /// Who is placed where.
    pub placements: History<Placement>,
    /// The spells of work.
    pub spells: History<Spell>,
    /// The reports of paid hours (mechanisms 12).
    pub reports: History<Report>,
    /// What others measured (mechanisms 12).
    pub measurements: History<Measurement>,
    /// The days on which the contract stands still (mechanisms 9.1).
    pub suspensions: History<Suspension>,
    /// What was checked in samples (mechanisms 12).
    pub validations: History<Validation>,
    /// What participants live on (saving 1).
    pub benefits: History<Benefit>,
    /// The places of company centres (places 1).
    pub offers: History<Offer>,
    /// What was shown of goals (goals 1).
    pub shown: History<Shown>,
    /// What is told and never paid; no settlement rests on it (goals 5).
    pub indicators: History<Indicator>,
}

impl Facts {
    /// Whether a day lies in a suspension that is known on a cut-off (mechanisms 9.1).
    #[must_use]
    pub fn suspended(&self, day: Day, known_on: Day) -> bool {
        let all = &self.suspensions;
        (0..all.len()).filter_map(|nth| all.known(nth, known_on)).any(|(_, terms)| terms.holds(day))
    }

    /// Whether the subject of a check is known on a cut-off; else the check waits (rule 3.6).
    #[must_use]
    pub fn knows(&self, subject: &Checked, known_on: Day) -> bool {
        match subject {
            Checked::Contract => true,
            Checked::Company(id) => known(&self.companies, id.as_str(), known_on),
            Checked::Participant(id) => known(&self.participants, id.as_str(), known_on),
        }
    }
}

fn known<T: Fact>(history: &History<T>, id: &str, known_on: Day) -> bool {
    history.find(id).is_some_and(|nth| history.known(nth, known_on).is_some())
}

impl Facts {
    /// The id of the spell or report that an entitlement rests on: reports are numbered after the spells (mechanisms 3.2).
    #[must_use]
    pub fn evidence(&self, number: u32) -> &str {
        let id = match (number as usize).checked_sub(self.spells.len()) {
            None => self.spells.id(number as usize),
            Some(report) => self.reports.id(report),
        };
        id.unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::id::Id;

    fn row(id: &str, day: &str, revision: u64, joined: Option<&str>) -> Row<Company> {
        let joined_on = joined.and_then(Day::parse);
        let company = Company { cvr: None, name: None, joined_on, left_on: None };
        Row { id: Id::name(id), recorded_on: Day::parse(day).unwrap(), revision, fact: joined.map(|_| company), line: 0 }
    }

    #[test]
    fn the_last_row_recorded_by_a_day_is_the_fact() {
        let rows = vec![
            row("b", "2018-03-01", 10, Some("2018-01-10")),
            row("a", "2018-05-01", 0, None),
            row("b", "2018-03-01", 9, Some("2018-01-09")),
            row("a", "2018-01-01", 0, Some("2018-01-01")),
        ];
        let history = History::new(rows).unwrap();
        let known = |id: &str, day: &str| {
            let (_, company) = history.known(history.find(id)?, Day::parse(day)?)?;
            company.joined_on.map(|day| day.to_string())
        };
        assert_eq!(history.len(), 2);
        assert_eq!(known("b", "2018-03-01").as_deref(), Some("2018-01-10"));
        assert_eq!(known("b", "2018-02-28"), None);
        assert_eq!(known("a", "2018-04-30").as_deref(), Some("2018-01-01"));
        assert_eq!(known("a", "2018-05-01"), None);
        assert_eq!(known("c", "2018-05-01"), None);
    }

    #[test]
    fn the_same_row_twice_is_an_error() {
        let rows = vec![row("a", "2018-01-01", 0, None), row("a", "2018-01-01", 0, None), row("a", "2018-01-01", 1, None)];
        assert_eq!(History::new(rows).unwrap_err().len(), 1);
    }
}
