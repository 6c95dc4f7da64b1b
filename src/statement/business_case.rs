//! The business case: what was saved against what was paid, quarter by quarter (saving 6).

use super::account::Point;
use crate::contract::{Contract, SettlementPeriod};
use crate::entitlement::census;
use crate::facts::Facts;
use crate::facts::roster::Roster;
use crate::measure::day::{Day, Span};
use crate::measure::grid::{Cell, Grid};
use crate::measure::money::Total;

/// What was saved and paid up to a settlement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BusinessCase {
    /// The calendar's quarters from the contract's first day to the last settled one.
    pub quarters: Vec<Quarter>,
}

/// What was saved and paid up to the end of a quarter.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Quarter {
    /// Which.
    pub quarter: Cell,
    /// Its last day, or the last settled one.
    pub last: Day,
    /// The weeks avoided in it.
    pub weeks: i64,
    /// What was saved in all so far; `None` = that is not known.
    pub saved: Option<Total>,
    /// What was paid in all so far.
    pub paid: Total,
}

impl BusinessCase {
    /// What is known on a settlement's cut-off, with what the settlements up to it came to; none where nothing says how savings
    /// are reckoned.
    #[must_use]
    pub fn new(
        contract: &Contract,
        facts: &Facts,
        roster: &Roster<'_>,
        period: SettlementPeriod,
        points: &[Point],
    ) -> Option<BusinessCase> {
        let adds = census::savings(contract, facts, roster, period.cut_off)?;
        let (mut quarters, mut quarter) = (Vec::new(), Grid::Quarter.cell(contract.starts));
        while quarter.first() <= period.days.last {
            let last = quarter.last().min(period.days.last);
            let so_far = Span { first: Day::from_number(i32::MIN), last };
            let sum = adds.saved(census::SAVINGS, so_far);
            let saved = sum.and_then(|sum| sum.money(contract.currency, contract.rounding));
            let paid = points.iter().filter(|point| point.period.days.last <= last);
            quarters.push(Quarter {
                quarter,
                last,
                weeks: adds.weeks(census::SAVINGS, Span { first: quarter.first(), last }),
                saved: saved.map(Total::from),
                paid: paid.fold(Total::default(), |sum, point| sum + point.total()),
            });
            quarter = quarter.next();
        }
        Some(BusinessCase { quarters })
    }

    /// The last day of the first quarter in which all that was paid was something, and saved.
    #[must_use]
    pub fn payback(&self) -> Option<Day> {
        let paid_back = |quarter: &&Quarter| {
            quarter.paid > Total::default() && quarter.balance().is_some_and(|balance| balance >= Total::default())
        };
        self.quarters.iter().find(paid_back).map(|quarter| quarter.last)
    }

    /// Each quarter with the one before it.
    pub fn pairs(&self) -> impl Iterator<Item = (&Quarter, Option<&Quarter>)> {
        let before = std::iter::once(None).chain(self.quarters.iter().map(Some));
        self.quarters.iter().zip(before)
    }
}

impl Quarter {
    /// What was saved in it.
    #[must_use]
    pub fn saving(&self, before: Option<&Quarter>) -> Option<Total> {
        let before = before.map_or(Some(Total::default()), |before| before.saved)?;
        Some(less(self.saved?, before))
    }

    /// What was paid in it.
    #[must_use]
    pub fn payment(&self, before: Option<&Quarter>) -> Total {
        less(self.paid, before.map(|before| before.paid).unwrap_or_default())
    }

    /// What was saved less what was paid, so far.
    #[must_use]
    pub fn balance(&self) -> Option<Total> {
        Some(less(self.saved?, self.paid))
    }
}

fn less(a: Total, b: Total) -> Total {
    Total::from_minor(a.minor().saturating_sub(b.minor()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quarter(last: &str, saved: Option<i128>, paid: i128) -> Quarter {
        let last = Day::parse(last).unwrap();
        let quarter = Grid::Quarter.cell(last);
        Quarter { quarter, last, weeks: 0, saved: saved.map(Total::from_minor), paid: Total::from_minor(paid) }
    }

    #[test]
    fn it_is_paid_back_once_what_was_saved_covers_what_was_paid() {
        let case = |quarters: &[Quarter]| BusinessCase { quarters: quarters.to_vec() }.payback().map(|day| day.to_string());
        let first = quarter("2024-03-31", Some(0), 0);
        let second = quarter("2024-06-30", Some(99), 100);
        let third = quarter("2024-09-30", Some(200), 200);
        assert_eq!(case(&[first, second]), None, "where nothing is paid there is nothing to pay back");
        assert_eq!(case(&[first, second, third]).as_deref(), Some("2024-09-30"));
        assert_eq!(case(&[first, second, Quarter { saved: None, ..third }]), None);
        assert_eq!(third.saving(Some(&second)), Some(Total::from_minor(101)));
        assert_eq!(third.payment(Some(&second)), Total::from_minor(100));
    }
}
