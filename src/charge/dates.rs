//! Dates on which something falls due (mechanisms 3.5, 5.2).

use super::entitlement::Unit;
use crate::facts::Participant;
use crate::measure::day::{Day, Span};
use crate::measure::grid::Every;
use crate::measure::id::Id;
use crate::timeline::outcome::{Anchor, Length};

/// Named dates, those of the calendar, or one of each participant's own.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Dates {
    /// These; they may lie in the tail, since cohorts are often measured after the term.
    On(Vec<Day>),
    /// The last day of each month, quarter, half-year or year that lies in the term, and the contract's last day.
    Every(Every),
    /// So long after something of the participant (mechanisms 3.5).
    After(After),
}

/// A day of the participant's own: so long after its anchor.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct After {
    /// What it is counted from; never the first day that qualifies.
    pub from: Anchor,
    /// How long after it; 0 days are the anchor itself.
    pub length: Length,
}

/// What dates of the participant's own are counted from.
#[derive(Clone, Copy, Debug)]
pub struct Life<'a> {
    /// The participant.
    pub terms: &'a Participant,
    /// Its first placement.
    pub placed_on: Option<Day>,
    /// The day on which it reached the step that the dates follow.
    pub reached_on: Option<Day>,
}

impl Life<'_> {
    fn anchor(&self, from: &Anchor) -> Option<Day> {
        match from {
            Anchor::Enrolment => Some(self.terms.enrolled_on),
            Anchor::Placement => self.placed_on,
            Anchor::Charge { .. } => self.reached_on,
            Anchor::FirstDay => None,
        }
    }
}

impl Dates {
    /// The dates up to and including `last`, in their order.
    #[must_use]
    pub fn until(&self, term: Span, last: Day) -> Vec<Day> {
        let mut dates = match self {
            Dates::On(dates) => dates.clone(),
            Dates::After(_) => Vec::new(),
            Dates::Every(every) => {
                let next = |date: &Day| (*date < term.last).then(|| every.last_day(date.next()).min(term.last));
                let first = (term.first <= term.last).then(|| every.last_day(term.first).min(term.last));
                std::iter::successors(first, next).take_while(|date| *date <= last).collect()
            }
        };
        dates.retain(|date| *date <= last);
        dates.sort_unstable();
        dates
    }

    /// The dates of a participant up to and including `last`, in their order, and what they are called: a date of its own is a
    /// step, so that another anchor moves one key (mechanisms 3.5). None lies before it enrolled.
    #[must_use]
    pub fn of(&self, term: Span, last: Day, life: &Life<'_>) -> Vec<(Unit, Day)> {
        let mut dates: Vec<(Unit, Day)> = match self {
            Dates::On(_) | Dates::Every(_) => self.until(term, last).into_iter().map(|on| (Unit::Date(on), on)).collect(),
            Dates::After(after) => {
                let on = life.anchor(&after.from).map(|anchor| after.length.after(anchor));
                on.filter(|on| *on <= last).map(|on| (Unit::Step(1), on)).into_iter().collect()
            }
        };
        dates.retain(|(_, on)| life.terms.enrolled_on <= *on);
        dates
    }

    /// Whether each participant has its own.
    #[must_use]
    pub const fn are_own(&self) -> bool {
        matches!(self, Dates::After(_))
    }

    /// The charge and step from which they count, if they do (mechanisms 3.5).
    #[must_use]
    pub fn follows(&self) -> Option<(&Id, u32)> {
        match self {
            Dates::After(After { from: Anchor::Charge { charge, step }, .. }) => Some((charge, *step)),
            _ => None,
        }
    }

    /// What its units are called: the date itself, or the one step of a date of the participant's own.
    #[must_use]
    pub fn unit(&self, number: i32) -> Option<Unit> {
        match self {
            Dates::On(_) | Dates::Every(_) => Some(Unit::Date(Day::from_number(number))),
            Dates::After(_) => Some(Unit::Step(u32::try_from(number).ok()?)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn the_calendars_dates_end_with_the_contract() {
        let term = Span { first: day("2018-02-15"), last: day("2019-05-10") };
        let until = |every, last| Dates::Every(every).until(term, day(last)).iter().map(Day::to_string).collect::<Vec<_>>();
        assert_eq!(until(Every::Year, "2020-01-01"), ["2018-12-31", "2019-05-10"]);
        assert_eq!(until(Every::HalfYear, "2019-05-09"), ["2018-06-30", "2018-12-31"]);
        assert_eq!(until(Every::Month, "2018-03-30"), ["2018-02-28"]);
        assert_eq!(until(Every::Quarter, "2018-03-31"), ["2018-03-31"]);
    }

    #[test]
    fn a_participant_has_dates_from_enrolment_on_and_dates_of_its_own() {
        let term = Span { first: day("2018-01-01"), last: day("2018-12-31") };
        let terms = Participant {
            target_group: Id::name("youth"),
            enrolled_on: day("2018-08-31"),
            eligible_until: None,
            traits: Vec::new(),
        };
        let life = Life { terms: &terms, placed_on: Some(day("2018-09-15")), reached_on: None };
        let of = |dates: Dates| {
            let dates = dates.of(term, day("2019-12-31"), &life).into_iter();
            dates.map(|(unit, on)| format!("{unit} {on}")).collect::<Vec<_>>()
        };
        let after = |from, length| Dates::After(After { from, length });
        assert_eq!(of(Dates::Every(Every::HalfYear)), ["2018-12-31 2018-12-31"]);
        assert_eq!(of(Dates::On(vec![day("2018-08-31"), day("2018-08-30")])), ["2018-08-31 2018-08-31"]);
        assert_eq!(of(after(Anchor::Enrolment, Length::Months(6))), ["step-01 2019-02-28"]);
        assert_eq!(of(after(Anchor::Placement, Length::Days(0))), ["step-01 2018-09-15"]);
        let follows = Anchor::Charge { charge: Id::name("job"), step: 1 };
        assert!(of(after(follows, Length::Days(0))).is_empty());
    }

    #[test]
    fn named_dates_may_lie_after_the_term() {
        let term = Span { first: day("2018-01-01"), last: day("2018-12-31") };
        let dates = Dates::On(vec![day("2019-06-30"), day("2018-06-30"), day("2020-06-30")]);
        assert_eq!(dates.until(term, day("2019-12-31")), [day("2018-06-30"), day("2019-06-30")]);
    }
}
