//! What weeks without benefit save, gone through day by day (saving 3 to 5).

use super::fraction::Fraction;
use super::own::Own;
use super::saved::{CostTold, WeekTold};
use crate::facts::benefit::Pay;
use crate::facts::roster::KnownBenefit;
use crate::figure::refund::Valid;
use crate::figure::{Reckoned, Saved};
use crate::measure::day::{Day, Span};
use crate::measure::grid::Grid;
use crate::timeline::outcome::Length;
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// The days of a week so far.
#[derive(Default)]
struct Days<'o> {
    benefit: bool,
    kinds: BTreeSet<&'o str>,
    said: Option<u32>,
}

/// Where both clocks stand.
#[derive(Default)]
struct Clocks {
    actual: Option<u32>,
    /// The Mondays of self-supporting weeks since the last week that was counted for the first time.
    quiet: Option<Vec<Day>>,
    /// From the first avoided week on; within it what is known.
    unavoided: Option<Option<u32>>,
}

/// The weeks that a participant avoids, each with what it adds to a figure of that kind.
pub(super) fn weeks(own: &Own<'_>, of: Saved) -> Vec<WeekTold> {
    let Some(terms) = &own.contract.saving else { return Vec::new() };
    let known = &own.known;
    let own_days = |day: Day| {
        let end = match terms.during {
            Length::Days(days) => known.terms.enrolled_on.plus_days(i64::from(days)),
            Length::Months(months) => known.terms.enrolled_on.plus_months(months),
        };
        let eligible = known.terms.eligible_until.is_none_or(|until| day <= until);
        known.terms.enrolled_on <= day && day < end && own.contract.term().contains(day) && eligible
    };
    let counted = |kind: &str| terms.costs.iter().any(|cost| cost.refunded && cost.kinds.iter().any(|one| *one == *kind));
    let mut firsts: Vec<Day> = known.benefits.iter().map(|benefit| benefit.terms.first_day).collect();
    for fate in &own.fates {
        let kind = known.spells.get(fate.spell).map(|spell| spell.terms.kind.as_str());
        firsts.extend(fate.days.filter(|_| kind.is_some_and(counted)).map(|days| days.first));
    }
    let Some(first) = firsts.into_iter().min().filter(|_| !known.benefits.is_empty()) else { return Vec::new() };
    let (mut weeks, mut clocks, mut days) = (Vec::new(), Clocks::default(), Days::default());
    let mut day = Grid::Week.cell(first).first();
    while day <= own.contract.ends {
        take(own, day, &mut days);
        if Grid::Week.cell(day).last() == day {
            let week = Grid::Week.cell(day).span();
            let whole = own_days(week.first) && own_days(week.last);
            let had = known.benefits.iter().filter(|benefit| benefit.terms.first_day < week.first);
            let last = had.reduce(later).filter(|_| whole && !days.benefit);
            clocks.unavoided = match clocks.unavoided {
                Some(number) => Some(number.map(|number| number + 1)),
                None => last.map(|_| clocks.actual.map(|number| number + 1)),
            };
            let is_counted = days.benefit || days.kinds.iter().any(|kind| counted(kind));
            clocks.turn(terms, week, &days, is_counted);
            if let Some(last) = last {
                weeks.push(told(own, (terms, of), (week, &days.kinds), last, &clocks));
            }
            days = Days::default();
        }
        day = day.next();
    }
    weeks
}

/// Takes a day in.
fn take<'o>(own: &'o Own<'_>, day: Day, days: &mut Days<'o>) {
    for benefit in &own.known.benefits {
        let terms = benefit.terms;
        days.benefit |= terms.first_day <= day && terms.last_day.is_none_or(|last| day <= last);
        if terms.first_day == day && terms.clock.is_some() {
            days.said = terms.clock;
        }
    }
    for fate in own.fates.iter().filter(|fate| fate.days.is_some_and(|span| span.contains(day))) {
        days.kinds.extend(own.known.spells.get(fate.spell).map(|spell| spell.terms.kind.as_str()));
    }
}

/// The one of two benefits that ends later, of two that end on one day the one that begins later, else the first id.
fn later<'k, 'a>(one: &'k KnownBenefit<'a>, next: &'k KnownBenefit<'a>) -> &'k KnownBenefit<'a> {
    let rank = |benefit: &KnownBenefit<'_>| (benefit.terms.last_day.unwrap_or(Day::FAR), benefit.terms.first_day);
    if rank(next) > rank(one) { next } else { one }
}

impl Clocks {
    /// The actual clock at the end of a week.
    fn turn(&mut self, terms: &Reckoned, week: Span, days: &Days<'_>, is_counted: bool) {
        if days.said.is_some() {
            self.actual = days.said;
        }
        if is_counted {
            self.actual = self.actual.map(|number| number + 1);
            self.quiet.get_or_insert_default();
            return;
        }
        let supported = days.kinds.iter().any(|kind| terms.supported_kinds.iter().any(|one| *one == **kind));
        let (Some(reset), Some(quiet), false) = (terms.reset, &mut self.quiet, supported) else { return };
        quiet.push(week.first);
        let near = quiet.iter().filter(|monday| monday.plus_months(reset.within_months) > week.last).count();
        if near >= reset.weeks as usize {
            (self.actual, self.quiet) = (Some(0), None);
        }
    }
}

/// What a week comes to.
fn told(
    own: &Own<'_>,
    (terms, of): (&Reckoned, Saved),
    (week, kinds): (Span, &BTreeSet<&str>),
    last: &KnownBenefit<'_>,
    clocks: &Clocks,
) -> WeekTold {
    let monday = week.first;
    let rate = terms.rates.iter().find(|rate| rate.benefit == last.terms.kind && holds(rate.valid, monday));
    let pay = if terms.own_amounts { last.terms.amount } else { rate.map(|rate| rate.pay) };
    let weekly = pay.and_then(|pay| a_week(terms, pay));
    let number = clocks.unavoided.flatten();
    let share = number.and_then(|number| refunded(terms, number, monday));
    let costs = kinds.iter().filter(|kind| terms.costs.iter().any(|cost| cost.kinds.iter().any(|one| *one == ***kind)));
    let costs: Vec<CostTold> = costs.map(|kind| cost(terms, kind, clocks.actual, monday)).collect();
    let one = Fraction::of(Decimal::ONE);
    let net_of = |weekly: Option<Fraction>, share: Option<Fraction>| weekly?.times(one.less(share?)?);
    let gross = net_of(weekly, share);
    let paid = costs.iter().try_fold(Fraction::over(1), |sum, cost| sum.and(net_of(cost.weekly, cost.share)?));
    let adds = match of {
        Saved::Weeks => Some(one),
        Saved::Gross => gross,
        Saved::Net => gross.zip(paid).and_then(|(gross, paid)| gross.less(paid)),
    };
    let costs = if of == Saved::Net { costs } else { Vec::new() };
    let (weekly, number, share) = if of == Saved::Weeks { (None, None, None) } else { (weekly, number, share) };
    WeekTold {
        participant: own.known.id.to_string(),
        days: week,
        last: last.id.to_string(),
        benefit: last.terms.kind.to_string(),
        weekly,
        number,
        share,
        costs,
        adds,
    }
}

fn cost(terms: &Reckoned, kind: &str, actual: Option<u32>, monday: Day) -> CostTold {
    let fits = terms.costs.iter().find(|cost| cost.kinds.iter().any(|one| *one == *kind) && holds(cost.valid, monday));
    let share = fits.and_then(|cost| match cost.refunded {
        true => refunded(terms, actual?, monday),
        false => Some(Fraction::of(Decimal::ZERO)),
    });
    CostTold { kind: kind.to_owned(), weekly: fits.and_then(|cost| a_week(terms, cost.pay)), share }
}

fn holds(valid: Option<Valid>, day: Day) -> bool {
    valid.is_none_or(|valid| valid.from <= day && valid.until.is_none_or(|until| day <= until))
}

/// What an amount is a week.
fn a_week(terms: &Reckoned, pay: Pay) -> Option<Fraction> {
    match pay {
        Pay::Weekly(amount) => Some(Fraction::of(amount)),
        Pay::Monthly(amount) => Fraction::of(amount).times(Fraction::of_ratio(terms.months_to_weeks?)?),
    }
}

/// What the state refunds in the week of that number.
fn refunded(terms: &Reckoned, number: u32, monday: Day) -> Option<Fraction> {
    let fits = terms
        .refund
        .iter()
        .find(|step| number >= step.from && step.below.is_none_or(|below| number < below) && holds(step.valid, monday));
    fits.and_then(|step| Fraction::of_ratio(step.share))
}
