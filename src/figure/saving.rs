//! Savings: what a municipality does not pay in weeks without benefit (saving 3 to 5).

use super::reckoned::Reckoned;
use super::refund::{self, Clock, Week};
use super::{Among, Window};
use crate::facts::benefit::Benefit;
use crate::facts::roster::{Known, KnownBenefit};
use crate::measure::day::{Day, Span};
use crate::measure::grid::Grid;
use crate::measure::id::Id;
use crate::measure::ratio::Ratio;
use crate::timeline::job::Fate;
use serde::Serialize;
use std::cmp::Reverse;

/// What the weeks save in which participants have no benefit, on the days of a window.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Saving {
    /// What of it.
    pub of: Saved,
    /// Of whom.
    pub among: Among,
    /// The days on which a week's Sunday lies.
    pub window: Window,
    /// Whether it is each participant's own (mechanisms 4.3).
    pub per_participant: bool,
}

/// What of a saving is added up (saving 5).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Saved {
    /// What benefits would have cost less the state's refund.
    Gross,
    /// The same less what is paid in their place.
    Net,
    /// The weeks.
    Weeks,
}

/// A week in which a participant has no benefit and would have had one (saving 3).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Avoided<'a> {
    /// Its days, Monday to Sunday.
    pub days: Span,
    /// The benefit that it had last.
    pub last: &'a Id,
    /// The kind of that benefit.
    pub benefit: &'a Id,
    /// Where the clock would stand after it, if that is known (saving 4).
    pub clock: Option<u32>,
    /// What is not paid, or what is missing to know it.
    pub gross: Result<Ratio, Missing<'a>>,
    /// What is paid in its place, or what is missing to know it.
    pub costs: Result<Ratio, Missing<'a>>,
}

/// Why a week's saving is not known (saving 5).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Missing<'a> {
    /// No rate of a benefit.
    Rate(&'a Id),
    /// No amount in the row of a benefit.
    Amount(&'a Id),
    /// Nothing says where the clock stands.
    Clock,
    /// No share for the week of that number.
    Share(u32),
    /// No cost of a kind of spell.
    Cost(&'a Id),
    /// The numbers are too large to be exact.
    Exact,
}

impl<'a> Avoided<'a> {
    /// What the week adds to a figure; `Err` = that is not known.
    ///
    /// # Errors
    /// Says what is missing.
    pub fn adds(&self, of: Saved) -> Result<Ratio, Missing<'a>> {
        match of {
            Saved::Weeks => Ok(Ratio::ONE),
            Saved::Gross => self.gross,
            Saved::Net => self.gross?.minus(self.costs?).ok_or(Missing::Exact),
        }
    }
}

/// The weeks that a participant avoids, in their order (saving 3 to 5).
#[must_use]
pub fn avoided<'a>(terms: &Reckoned, known: &Known<'a>, fates: &[Fate], term: Span) -> Vec<Avoided<'a>> {
    let days = terms.days(known.terms.enrolled_on).and_then(|days| days.overlap(term));
    let days = days.zip(known.terms.eligible_days()).and_then(|(days, eligible)| days.overlap(eligible));
    let (Some(days), false) = (days, known.benefits.is_empty()) else { return Vec::new() };
    let course = Course { terms, known, fates };
    let Some(mut monday) = course.first_counted() else { return Vec::new() };
    let mut clock = Clock::new(terms.reset);
    let (mut counterfactual, mut begun, mut weeks) = (None, false, Vec::new());
    while monday.plus_days(6) <= days.last {
        let week = Span { first: monday, last: monday.plus_days(6) };
        let last = course.last_benefit(week).filter(|_| days.first <= monday);
        begun |= last.is_some();
        if begun {
            counterfactual = counterfactual.map(|weeks: u32| weeks.saturating_add(1));
        }
        let actual = clock.pass(monday, course.said(week), course.kind_of(week));
        if let Some(last) = last {
            weeks.push(course.saves(week, last, counterfactual, actual));
        }
        if !begun {
            counterfactual = actual;
        }
        monday = week.last.next();
    }
    weeks
}

/// What one participant's weeks are looked up in.
struct Course<'c, 'a> {
    terms: &'c Reckoned,
    known: &'c Known<'a>,
    fates: &'c [Fate],
}

impl<'a> Course<'_, 'a> {
    /// The kinds of spell that a week has, each once.
    fn kinds(&self, week: Span) -> Vec<&'a Id> {
        let here = self.fates.iter().filter(|fate| fate.days.is_some_and(|days| days.overlap(week).is_some()));
        let mut kinds: Vec<&Id> =
            here.filter_map(|fate| self.known.spells.get(fate.spell)).map(|spell| &spell.terms.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        kinds
    }

    fn has_benefit(&self, week: Span) -> bool {
        self.known.benefits.iter().any(|benefit| benefit.terms.days().overlap(week).is_some())
    }

    /// The Monday of the first week that is counted.
    fn first_counted(&self) -> Option<Day> {
        let benefits = self.known.benefits.iter().map(|benefit| benefit.terms.first_day);
        let counts =
            |fate: &&Fate| self.known.spells.get(fate.spell).is_some_and(|spell| self.terms.counts(&spell.terms.kind));
        let spells = self.fates.iter().filter(counts).filter_map(|fate| fate.days).map(|days| days.first);
        benefits.chain(spells).min().map(|first| Grid::Week.cell(first).first())
    }

    /// What a row that begins in a week says was counted before it.
    fn said(&self, week: Span) -> Option<u32> {
        let begun = self.known.benefits.iter().filter(|benefit| week.contains(benefit.terms.first_day));
        let said = begun.filter_map(|benefit| Some((benefit.terms.first_day, benefit.id, benefit.terms.clock?)));
        said.max().map(|(_, _, weeks)| weeks)
    }

    /// What a week is to the clock.
    fn kind_of(&self, week: Span) -> Week {
        let kinds = self.kinds(week);
        if self.has_benefit(week) || kinds.iter().any(|kind| self.terms.counts(kind)) {
            Week::Counted
        } else if kinds.iter().any(|kind| self.terms.supported_kinds.contains(kind)) {
            Week::Supported
        } else {
            Week::SelfSupporting
        }
    }

    /// The last benefit before a week without any.
    fn last_benefit(&self, week: Span) -> Option<&KnownBenefit<'a>> {
        let before = self.known.benefits.iter().filter(|benefit| benefit.terms.first_day < week.first);
        let last = before.max_by_key(|benefit| (benefit.terms.days().last, benefit.terms.first_day, Reverse(benefit.id)));
        last.filter(|_| !self.has_benefit(week))
    }

    /// What a week saves.
    fn saves(&self, week: Span, last: &KnownBenefit<'a>, clock: Option<u32>, actual: Option<u32>) -> Avoided<'a> {
        let terms: &'a Benefit = last.terms;
        let (id, benefit, monday) = (last.id, &terms.kind, week.first);
        let pays = if self.terms.own_amounts {
            terms.amount.and_then(|pay| self.terms.weekly(pay)).ok_or(Missing::Amount(id))
        } else {
            self.terms.rate(benefit, monday).ok_or(Missing::Rate(benefit))
        };
        let gross = pays.and_then(|pays| pays.times(self.municipal(clock, monday)?).ok_or(Missing::Exact));
        let costs = self
            .kinds(week)
            .into_iter()
            .filter(|kind| self.terms.costs(kind))
            .try_fold(Ratio::ZERO, |sum, kind| sum.plus(self.costs(kind, actual, monday)?).ok_or(Missing::Exact));
        Avoided { days: week, last: id, benefit, clock, gross, costs }
    }

    /// What a kind of spell costs the municipality.
    fn costs(&self, kind: &'a Id, actual: Option<u32>, monday: Day) -> Result<Ratio, Missing<'a>> {
        let cost = self.terms.cost(kind, monday).ok_or(Missing::Cost(kind))?;
        let weekly = self.terms.weekly(cost.pay).ok_or(Missing::Cost(kind))?;
        let share = if cost.refunded { self.municipal(actual, monday)? } else { Ratio::ONE };
        weekly.times(share).ok_or(Missing::Exact)
    }

    /// What the state leaves to the municipality in the week that a clock counts.
    fn municipal(&self, clock: Option<u32>, monday: Day) -> Result<Ratio, Missing<'a>> {
        let number = clock.ok_or(Missing::Clock)?;
        let share = refund::share(&self.terms.refund, number, monday).ok_or(Missing::Share(number))?;
        Ratio::ONE.minus(share).ok_or(Missing::Exact)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::benefit::Pay;
    use crate::facts::roster::Roster;
    use crate::facts::{Facts, History, Participant, Row};
    use crate::figure::reckoned::Rate;
    use crate::figure::refund::Step;
    use crate::measure::money::{Currency, Rounding};
    use crate::timeline::outcome::Length;
    use rust_decimal::Decimal;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    /// The Danish staircase, and one benefit.
    fn terms(pay: Pay) -> Reckoned {
        let step = |from, below, share| Step {
            from,
            below,
            valid: None,
            share: Ratio::parse(share).unwrap(),
            source: String::new(),
        };
        Reckoned {
            during: Length::Months(36),
            months_to_weeks: Ratio::parse("12/52").ok(),
            own_amounts: false,
            supported_kinds: Vec::new(),
            reset: None,
            refund: vec![
                step(1, Some(5), "0.8"),
                step(5, Some(27), "0.4"),
                step(27, Some(53), "0.3"),
                step(53, None, "0.2"),
            ],
            rates: vec![Rate { benefit: Id::name("benefit"), valid: None, pay, source: String::new() }],
            costs: Vec::new(),
        }
    }

    /// What the weeks of 2024 save, of somebody who had benefit up to the year's end before, when so many weeks were counted.
    fn year(terms: &Reckoned, counted: u32) -> Vec<Ratio> {
        let on = day("2024-01-08");
        let person = Participant {
            target_group: Id::name("adult"),
            enrolled_on: day("2024-01-01"),
            eligible_until: None,
            traits: Vec::new(),
        };
        let benefit = Benefit {
            participant: Id::name("p"),
            kind: Id::name("benefit"),
            first_day: day("2023-12-31"),
            last_day: Some(day("2023-12-31")),
            amount: None,
            clock: Some(counted - 1),
        };
        let facts = Facts {
            participants: History::new(vec![Row::new(Id::name("p"), on, person)]).unwrap(),
            benefits: History::new(vec![Row::new(Id::name("b"), on, benefit)]).unwrap(),
            ..Facts::default()
        };
        let known = Roster::new(&facts).known(0, on).unwrap();
        let weeks = avoided(terms, &known, &[], Span { first: day("2024-01-01"), last: day("2024-12-31") });
        weeks.iter().map(|week| week.adds(Saved::Net).unwrap()).collect()
    }

    fn money(ratio: Ratio) -> String {
        ratio.money(Currency::DKK, Rounding::HalfAwayFromZero).unwrap().display(Currency::DKK).to_string()
    }

    #[test]
    fn published_weeks_come_out() {
        let (monthly, weekly) =
            (|amount: i64| Pay::Monthly(Decimal::from(amount)), |amount: i64| Pay::Weekly(Decimal::from(amount)));
        for (pay, published) in [
            (monthly(10_968), ["506.22", "1518.65", "1771.75", "2024.86"]),
            (monthly(12_326), ["568.89", "1706.68", "1991.12", "2275.57"]),
            (monthly(16_382), ["756.09", "2268.28", "2646.32", "3024.37"]),
            (weekly(4_180), ["836.00", "2508.00", "2926.00", "3344.00"]),
            (weekly(4_695), ["939.00", "2817.00", "3286.50", "3756.00"]),
        ] {
            let weeks = year(&terms(pay), 1);
            assert_eq!(weeks.len(), 52);
            // The first avoided week is number 2.
            let shown = [0, 2, 3, 24, 25, 50, 51].map(|nth: usize| money(weeks[nth]));
            let [first, second, third, last] = published;
            assert_eq!(shown, [first, first, second, second, third, third, last]);
        }
    }

    #[test]
    fn a_published_year_comes_out() {
        let sum = |weeks: Vec<Ratio>| weeks.into_iter().try_fold(Ratio::ZERO, Ratio::plus).unwrap();
        let terms = terms(Pay::Monthly(Decimal::from(12_326)));
        assert_eq!(money(sum(year(&terms, 60))), "118329.60");
        // A year from 0 is one from week 1 with a week of 20 % in place of its last, which is past the 52nd.
        let from_1 = year(&terms, 1);
        let turned = from_1.iter().take(51).copied().chain([from_1[0]]).collect();
        assert_eq!(money(sum(turned)), "91591.66");
    }

    #[test]
    fn what_is_missing_is_named_and_not_guessed() {
        let mut terms = terms(Pay::Monthly(Decimal::from(12_326)));
        terms.months_to_weeks = None;
        let benefit = Id::name("benefit");
        assert_eq!(terms.rate(&benefit, day("2024-01-01")), None);
        terms.rates.clear();
        assert_eq!(terms.rate(&benefit, day("2024-01-01")), None);
    }
}
