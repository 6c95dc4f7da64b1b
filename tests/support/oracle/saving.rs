//! What weeks without benefit save: which weeks are avoided, and what each of them is worth. Week by week, of each day by itself.

use super::clocks::{Clocks, Counts};
use super::count::{Days, chosen};
use super::days::{add_months, monday};
use super::facts::Benefit;
use super::fraction::{Fraction, ZERO};
use super::money::decimals;
use super::outcome::Person;
use super::walk::Walk;
use super::{Law, Misreading, Situation};
use crate::support::day::Day;
use crate::support::programme::{Among, BenefitRate, Contract, Cost, Length, Pays, Refund, Saved, Saving, Valid};
use std::collections::BTreeSet;

/// A week that is avoided.
pub struct Week<'a> {
    monday: Day,
    /// The last benefit before it.
    last: Option<Benefit<'a>>,
    /// Where the clocks stand after it; nothing where that is not known.
    pub counterfactual: Option<i64>,
    pub actual: Option<i64>,
    /// The kinds of spells that it has.
    kinds: BTreeSet<&'a str>,
}

/// What is asked of a participant's weeks.
pub struct Own<'x, 'f, 'a> {
    pub law: &'x Law,
    pub contract: &'f Contract,
    pub terms: &'f Saving,
    person: &'x Person<'f, 'a>,
    rows: Vec<&'f Benefit<'a>>,
}

/// The sum over the weeks whose Sunday lies in the window; nothing where something is missing for one of them.
pub fn saved(walk: &Walk, of: Saved, among: &Among, (window, own): (Days, Option<usize>)) -> Option<Fraction> {
    let law = walk.law;
    let terms = walk.contract.saving.as_ref().expect("a table of what is saved");
    let mut people = chosen(walk, among);
    people.retain(|person| own.is_none_or(|own| own == *person) || law.reads(Misreading::SavedByEverybody));
    let (mut sum, mut known, mut weeks) = (ZERO, true, 0);
    for person in people {
        for week in walk.avoided(person).iter() {
            let by = if law.reads(Misreading::SavedOnTheMonday) { week.monday } else { week.monday.plus(6) };
            law.saw_if(
                window.from.is_some_and(|from| week.monday < from && from <= by),
                Situation::WeekBeginsBeforeTheWindow,
            );
            if !window.hold(law, by) {
                continue;
            }
            weeks += 1;
            match worth(law, (walk.contract, terms), of, week) {
                Some(worth) => sum = sum.plus(worth),
                None => known = law.reads(Misreading::MissingSavesNothing) && known,
            }
        }
    }
    law.saw_if(weeks > 0, Situation::WeekAvoided);
    law.saw_if(weeks == 0, Situation::NoWeekAvoided);
    law.saw_if(known && sum < ZERO, Situation::SavingBelowNothing);
    known.then_some(sum)
}

/// What one avoided week is worth.
fn worth(law: &Law, (contract, terms): (&Contract, &Saving), of: Saved, week: &Week) -> Option<Fraction> {
    if of == Saved::Weeks {
        law.saw(Situation::WeeksCounted);
        return Some(Fraction::of("1"));
    }
    let (benefit, refund) = (amount(law, terms, week), refund(law, terms, week.counterfactual, week.monday));
    law.saw_if(week.counterfactual.is_none(), Situation::ClockNotKnown);
    law.saw_if(week.counterfactual.is_some() && refund.is_none(), Situation::NoRefundRow);
    let (benefit, refund) = (benefit?, refund?);
    let own = if law.reads(Misreading::RefundShareIsSaved) { refund } else { Fraction::of("1").minus(refund) };
    let gross = benefit.times(own);
    let worth = match of {
        Saved::Net if !law.reads(Misreading::CostsNotSetAgainst) => gross.minus(costs(law, terms, week)?),
        _ => gross,
    };
    law.saw_if(worth < ZERO, Situation::WeekSavesLessThanNothing);
    let worth = if law.reads(Misreading::WeekSavesNothingAtLeast) { worth.max(ZERO) } else { worth };
    let minor = decimals(&contract.currency);
    Some(if law.reads(Misreading::EachWeekRounded) { worth.rounded(minor, false) } else { worth })
}

/// What the last benefit would have paid in the week.
fn amount(law: &Law, terms: &Saving, week: &Week) -> Option<Fraction> {
    let last = week.last.as_ref()?;
    if terms.amounts_of_rows && !law.reads(Misreading::AmountsOfRowsIgnored) {
        law.saw(Situation::AmountOfTheRow);
        law.saw_if(last.weekly.is_none() && last.monthly.is_none(), Situation::RowWithoutAmount);
        let monthly = || last.monthly.map(|amount| weekly(law, terms, amount));
        return last.weekly.or_else(monthly);
    }
    let on = match () {
        () if law.reads(Misreading::RateOfTheSunday) => week.monday.plus(6),
        () if law.reads(Misreading::RateOfTheLastDayOnBenefit) => last.last.unwrap_or(week.monday),
        () => week.monday,
    };
    let of_it: Vec<&BenefitRate> = terms.rates.iter().filter(|row| row.benefit == last.kind).collect();
    let rows: Vec<&BenefitRate> = of_it.iter().copied().filter(|row| holds(law, row.valid, on)).collect();
    law.saw_if(rows.is_empty() && !of_it.is_empty(), Situation::GapInARateTable);
    law.saw_if(of_it.is_empty(), Situation::TypeWithoutRate);
    law.saw_if(rows.len() > 1, Situation::SeveralRateRows);
    let row = if law.reads(Misreading::LastRowOfATable) { rows.last() } else { rows.first() };
    law.saw_if(
        last.last.is_some_and(|last| row.is_some_and(|row| !holds(law, row.valid, last))),
        Situation::RateOfALaterYear,
    );
    row.map(|row| paid(law, terms, &row.amount))
}

fn paid(law: &Law, terms: &Saving, amount: &Pays) -> Fraction {
    match amount {
        Pays::Weekly(amount) => Fraction::of(amount),
        Pays::Monthly(amount) => weekly(law, terms, Fraction::of(amount)),
    }
}

/// Monthly × `months_to_weeks`.
fn weekly(law: &Law, terms: &Saving, monthly: Fraction) -> Fraction {
    law.saw(Situation::MonthlyAmount);
    if law.reads(Misreading::AMonthIsFourWeeks) {
        return monthly.over(Fraction::of("4"));
    }
    monthly.times(Fraction::of(terms.months_to_weeks.as_deref().expect("months become weeks somehow")))
}

/// The state's share by a clock's number on a Monday.
fn refund(law: &Law, terms: &Saving, number: Option<i64>, monday: Day) -> Option<Fraction> {
    let number = number?;
    let in_weeks = |row: &&Refund| {
        let Some((from, below)) = row.weeks else { return true };
        law.saw_if(from == Some(number), Situation::FirstWeekOfAStep);
        law.saw_if(below == Some(number + 1), Situation::LastWeekOfAStep);
        law.saw_if(below == Some(5) && (number == 4 || number == 5), Situation::WeekFourOrFive);
        law.saw_if(below == Some(27) && (number == 26 || number == 27), Situation::WeekTwentySixOrSeven);
        law.saw_if(below == Some(53) && (number == 52 || number == 53), Situation::WeekFiftyTwoOrThree);
        let under =
            below.is_none_or(|below| number < below || (number == below && law.reads(Misreading::StepBelowInclusive)));
        from.is_none_or(|from| from <= number) && under
    };
    let rows = terms.refunds.iter().filter(in_weeks).filter(|row| holds(law, row.valid, monday));
    let rows: Vec<&Refund> = rows.collect();
    law.saw_if(rows.len() > 1, Situation::SeveralRefundRows);
    let row = if law.reads(Misreading::LastRowOfATable) { rows.last() } else { rows.first() };
    row.map(|row| Fraction::of(&row.share))
}

/// What the municipality pays in the week in place of a benefit.
fn costs(law: &Law, terms: &Saving, week: &Week) -> Option<Fraction> {
    let mut sum = ZERO;
    let mut kinds: Vec<&str> = week.kinds.iter().copied().filter(|kind| named(terms, kind)).collect();
    law.saw_if(kinds.len() > 1, Situation::CostsOfTwoKinds);
    law.saw_if(!kinds.is_empty(), Situation::CostsInAWeek);
    if law.reads(Misreading::CostsOfOneKind) {
        kinds.truncate(1);
    }
    for kind in kinds {
        let rows = terms.costs.iter().filter(|row| row.kinds.iter().any(|one| one == kind));
        let rows: Vec<&Cost> = rows.filter(|row| holds(law, row.valid, week.monday)).collect();
        law.saw_if(rows.is_empty(), Situation::GapInTheCosts);
        let row = if law.reads(Misreading::LastRowOfATable) { rows.last() } else { rows.first() };
        let row = row?;
        let cost = paid(law, terms, &row.amount);
        sum = sum.plus(match row.refunded && !law.reads(Misreading::CostsNeverRefunded) {
            true => cost.times(Fraction::of("1").minus(refunded(law, terms, week)?)),
            false => cost,
        });
    }
    Some(sum)
}

/// Whether a row of costs names a kind, on whatever day it holds.
fn named(terms: &Saving, kind: &str) -> bool {
    terms.costs.iter().any(|row| row.kinds.iter().any(|one| one == kind))
}

/// The state's share of a cost: by the actual clock after the week.
fn refunded(law: &Law, terms: &Saving, week: &Week) -> Option<Fraction> {
    law.saw(Situation::CostRefunded);
    let by = |number| refund(law, terms, number, week.monday);
    law.saw_if(by(week.actual) != by(week.counterfactual), Situation::ClocksSayDifferently);
    by(if law.reads(Misreading::CostsByTheCounterfactualClock) { week.counterfactual } else { week.actual })
}

/// From and until, both inclusive.
fn holds(law: &Law, valid: Valid, day: Day) -> bool {
    let Some((from, until)) = valid else { return true };
    law.saw_if(from == Some(day) || until == Some(day), Situation::TableRowOnItsBorder);
    law.saw_if(
        from.is_some_and(|from| day < from && from <= day.plus(6))
            || until.is_some_and(|until| day <= until && until < day.plus(6)),
        Situation::TableRowChangesInTheWeek,
    );
    from.is_none_or(|from| from <= day) && until.is_none_or(|until| day <= until)
}

impl<'x, 'f, 'a> Own<'x, 'f, 'a> {
    pub fn of(law: &'x Law, terms: &'f Saving, person: &'x Person<'f, 'a>) -> Own<'x, 'f, 'a> {
        let rows = person.facts.benefits.iter().filter(|row| row.participant == person.participant.id).collect();
        Own { law, contract: person.contract, terms, person, rows }
    }

    /// The weeks that the participant avoids, one after the other.
    pub fn avoided(&self) -> Vec<Week<'a>> {
        let law = self.law;
        law.saw_if(self.rows.is_empty(), Situation::NeverOnBenefit);
        let mut clocks = Clocks::default();
        let mut avoided = Vec::new();
        let mut monday = monday(self.earliest().min(self.contract.starts));
        while monday <= self.contract.ends {
            let is_avoided = self.avoids(monday);
            clocks.pass(law, self.terms, &self.counts(monday), is_avoided);
            if is_avoided {
                let last = self.last_benefit(monday).cloned();
                let kinds = self.kinds(monday);
                let (counterfactual, actual) = (clocks.counterfactual(), clocks.actual());
                avoided.push(Week { monday, last, counterfactual, actual, kinds });
            }
            monday = monday.plus(7);
        }
        avoided
    }

    /// The first day of any row or spell.
    fn earliest(&self) -> Day {
        let rows = self.rows.iter().map(|row| row.first);
        rows.chain(self.person.stretches.iter().map(|stretch| stretch.first)).min().unwrap_or(self.contract.starts)
    }

    /// What the clocks ask of a week.
    fn counts(&self, monday: Day) -> Counts {
        let kinds = self.kinds(monday);
        let refunded = |row: &&Cost| row.refunded && row.kinds.iter().any(|kind| kinds.contains(kind.as_str()));
        let supported = self.terms.supported_kinds.iter().flatten().any(|kind| kinds.contains(kind.as_str()));
        let benefit = self.has_benefit(monday);
        let costly = self.terms.costs.iter().any(|row| refunded(&row)) && !self.law.reads(Misreading::CostlyWeeksDoNotCount);
        self.law.saw_if(!benefit && costly, Situation::CountedByItsKind);
        Counts { monday, counted: benefit || costly, supported, told: self.told(monday) }
    }

    /// The clock that a row says of a week in which it begins: of several the latest first day, then the highest id.
    fn told(&self, monday: Day) -> Option<i64> {
        let rows: Vec<&&Benefit> = self
            .rows
            .iter()
            .filter(|row| row.clock.is_some() && monday <= row.first && row.first <= monday.plus(6))
            .collect();
        self.law.saw_if(!rows.is_empty(), Situation::ClockTold);
        self.law.saw_if(rows.len() > 1, Situation::ClockToldTwiceInAWeek);
        let turned = self.law.reads(Misreading::ClockOfTheFirstRowOfAWeek);
        let by = |row: &&&Benefit| if turned { Day(-row.first.0) } else { row.first };
        let first = rows.iter().map(&by).max()?;
        let mut rows: Vec<&&&Benefit> = rows.iter().filter(|row| by(row) == first).collect();
        rows.sort_by_key(|row| row.id.as_bytes());
        let lowest = self.law.reads(Misreading::ClockOfTheLowestId);
        if lowest { rows.first()?.clock } else { rows.last()?.clock }
    }

    fn has_benefit(&self, monday: Day) -> bool {
        let days = |row: &&&Benefit| (0..7).filter(|n| in_row(row, monday.plus(*n))).count();
        let with: BTreeSet<i64> = (0..7).filter(|n| self.rows.iter().any(|row| in_row(row, monday.plus(*n)))).collect();
        self.law.saw_if(with.len() == 1, Situation::BenefitOnOneDayOfTheWeek);
        self.law.saw_if(self.rows.iter().filter(|row| days(row) > 0).count() > 1, Situation::RowsOverlap);
        !with.is_empty()
    }

    /// The kinds of spells that a day of the week lies in, whatever else is asked of spells.
    fn kinds(&self, monday: Day) -> BTreeSet<&'a str> {
        let touches = |first: Day, last: Day| (0..7).map(|n| monday.plus(n)).any(|day| first <= day && day <= last);
        let stretches = self.person.stretches.iter().filter(|stretch| touches(stretch.first, stretch.last));
        stretches.map(|stretch| stretch.spell.kind).collect()
    }

    /// Whether the participant is without benefit in the week, and would not have been.
    fn avoids(&self, monday: Day) -> bool {
        let law = self.law;
        let days: Vec<Day> = (0..7).map(|n| monday.plus(n)).collect();
        let ours = days.iter().filter(|day| self.is_own(**day)).count();
        let free = days.iter().filter(|day| !self.rows.iter().any(|row| in_row(row, **day))).count();
        let before = self.last_benefit(monday).is_some();
        law.saw_if(before && free == 7 && ours == 6, Situation::WeekMissedByOneDay);
        law.saw_if(before && free == 7 && 0 < ours && ours < 7, Situation::WeekCut);
        law.saw_if(ours == 7 && free == 7 && !before, Situation::NoBenefitBefore);
        let ours = ours == 7 || (ours > 0 && law.reads(Misreading::CutWeeksCount));
        let free = free == 7 || (free > 0 && law.reads(Misreading::AvoidedByAnyDay));
        ours && free && (before || law.reads(Misreading::AvoidedBeforeAnyBenefit))
    }

    /// In `during`, in the term and in the eligible days (5.2).
    fn is_own(&self, day: Day) -> bool {
        let (law, participant) = (self.law, self.person.participant);
        let end = match self.terms.during {
            Length::Days(n) => participant.enrolled_on.plus(n),
            Length::Weeks(n) => participant.enrolled_on.plus(7 * n),
            Length::Months(n) => add_months(law, participant.enrolled_on, n),
        };
        law.saw_if(day == end || day.next() == end, Situation::EdgeOfDuring);
        law.saw_if(Some(day) == participant.eligible_until, Situation::LastEligibleDayOfAWeek);
        let during = participant.enrolled_on <= day && (day < end || law.reads(Misreading::DuringIgnored));
        let term = self.contract.starts <= day && day <= self.contract.ends;
        let eligible = participant.eligible_until.is_none_or(|until| day <= until);
        during && term && (eligible || law.reads(Misreading::EligibilityOfWeeksIgnored))
    }

    /// Of the rows that began before the week the one with the latest last day; of several the latest first day, then the lowest id.
    fn last_benefit(&self, monday: Day) -> Option<&'f Benefit<'a>> {
        let law = self.law;
        let begun: Vec<&Benefit> = self.rows.iter().copied().filter(|row| row.first < monday).collect();
        if law.reads(Misreading::FirstRowIsTheLastBenefit) {
            return begun.into_iter().min_by_key(|row| row.first);
        }
        if law.reads(Misreading::LastToBeginIsTheLastBenefit) {
            return begun.into_iter().max_by_key(|row| row.first);
        }
        // An open row would have a day in the week.
        let last = |row: &Benefit| row.last.unwrap_or(Day(i64::MAX));
        let latest = begun.iter().map(|row| last(row)).max()?;
        let with_it: Vec<&Benefit> = begun.into_iter().filter(|row| last(row) == latest).collect();
        law.saw_if(with_it.len() > 1, Situation::BenefitsEndTogether);
        let by = |row: &Benefit| if law.reads(Misreading::LongestOfTheLastBenefits) { Day(-row.first.0) } else { row.first };
        let first = with_it.iter().map(|row| by(row)).max()?;
        let mut same: Vec<&Benefit> = with_it.into_iter().filter(|row| by(row) == first).collect();
        law.saw_if(same.len() > 1, Situation::BenefitsOfTheSameDays);
        same.sort_by_key(|row| row.id.as_bytes());
        if law.reads(Misreading::HighestIdOfTheLastBenefits) { same.last().copied() } else { same.first().copied() }
    }
}

fn in_row(row: &Benefit, day: Day) -> bool {
    row.first <= day && row.last.is_none_or(|last| day <= last)
}
