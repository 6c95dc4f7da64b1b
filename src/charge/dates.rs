//! Dates on which something falls due (mechanisms 3.5, 5.2).

use crate::measure::day::{Day, Span};
use crate::measure::grid::Every;

/// Named dates, or those of the calendar.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Dates {
    /// These; they may lie in the tail, since cohorts are often measured after the term.
    On(Vec<Day>),
    /// The last day of each month, quarter, half-year or year that lies in the term, and the contract's last day.
    Every(Every),
}

impl Dates {
    /// The dates up to and including `last`, in their order.
    #[must_use]
    pub fn until(&self, term: Span, last: Day) -> Vec<Day> {
        let mut dates = match self {
            Dates::On(dates) => dates.clone(),
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
    fn named_dates_may_lie_after_the_term() {
        let term = Span { first: day("2018-01-01"), last: day("2018-12-31") };
        let dates = Dates::On(vec![day("2019-06-30"), day("2018-06-30"), day("2020-06-30")]);
        assert_eq!(dates.until(term, day("2019-12-31")), [day("2018-06-30"), day("2019-06-30")]);
    }
}
