//! Mechanisms 3.2: paid hours and earnings, reported by the month and laid on days.

use super::days::{monday, month_last};
use super::facts::{Job, Report, Spell};
use super::fraction::{Fraction, ZERO};
use super::job::Stretch;
use super::money::{ONE, exact, half_away};
use super::outcome::{Good, Person};
use super::{Law, Misreading, Situation};
use crate::support::day::Day;
use crate::support::programme::{Contract, Outcome, Payroll, Spread, Tally, Weekly};

/// What one or several reports of one job, month and kind say together.
pub struct Sum<'a> {
    /// As a spell of the month.
    pub spell: Spell<'a>,
    pub hours: Fraction,
    pub earnings: Fraction,
}

/// What is laid on days: a month's hours and earnings, or the weekly hours of a spell.
#[derive(Clone, Copy, Debug)]
pub struct Laid {
    pub spread: Spread,
    pub month: Day,
    pub hours: Fraction,
    pub earnings: Fraction,
}

fn terms(contract: &Contract) -> Payroll {
    contract.payroll.expect("an outcome from the payroll needs the terms of it")
}

/// The sums of a participant's reports that are looked at, in the order of their ids.
pub fn sums<'a>(law: &Law, person: &Person<'_, 'a>, looked_at: impl Fn(&Report<'a>) -> bool) -> Vec<Sum<'a>> {
    let own = person.facts.reports.iter().filter(|report| report.participant == person.participant.id);
    let mut sums: Vec<Sum<'a>> = Vec::new();
    for report in own.filter(|report| looked_at(report)) {
        let alike = |sum: &&mut Sum| {
            let kind = sum.spell.kind == report.kind || law.reads(Misreading::ReportsOfAllKindsAddUp);
            kind && sum.spell.job == report.job && sum.spell.first == report.month
        };
        let apart = law.reads(Misreading::ReportsNotSummed);
        match sums.iter_mut().find(alike).filter(|_| !apart) {
            Some(_) if law.reads(Misreading::FirstReportOfAMonthCounts) => {}
            Some(sum) => {
                law.saw(Situation::ReportsSummed);
                sum.hours = sum.hours.plus(report.hours);
                sum.earnings = sum.earnings.plus(report.earnings);
            }
            None => sums.push(Sum { spell: month_of(report), hours: report.hours, earnings: report.earnings }),
        }
    }
    for sum in &mut sums {
        sum.spell.hours = weekly(law, terms(person.contract).weekly, sum.hours, sum.spell.first);
    }
    let kinds = |one: &Sum| {
        sums.iter().any(|other| {
            let (one, other) = (&one.spell, &other.spell);
            one.job == other.job && one.first == other.first && one.kind != other.kind
        })
    };
    law.saw_if(sums.iter().any(kinds), Situation::ReportsOfTwoKinds);
    sums
}

/// A report as a spell of its month.
fn month_of<'a>(report: &Report<'a>) -> Spell<'a> {
    Spell {
        id: report.id,
        participant: report.participant,
        job: report.job.clone(),
        kind: report.kind,
        first: report.month,
        last: Some(month_last(report.month)),
        hours: 0,
        proven: report.proven,
        recorded_on: report.recorded_on,
    }
}

/// hours × 12 ÷ 52 or hours × 7 ÷ days of the month, rounded to two decimals, half away from zero; in 10⁻¹².
fn weekly(law: &Law, how: Weekly, hours: Fraction, month: Day) -> i128 {
    let how = match how {
        Weekly::Average if law.reads(Misreading::WeeklyAlwaysByTheDaysOfTheMonth) => Weekly::CalendarDays,
        Weekly::CalendarDays if law.reads(Misreading::WeeklyAlwaysAverage) => Weekly::Average,
        how => how,
    };
    let (times, over) = match how {
        Weekly::Average => (12, 52),
        Weekly::CalendarDays => (7, days_of(month)),
    };
    let exactly = hours.times(whole(times)).over(whole(over));
    law.saw_if(
        (exactly.times(whole(200))).divisor == 1 && exactly.times(whole(100)).divisor == 2,
        Situation::WeeklyHoursTie,
    );
    let hundredths = exactly.times(whole(100));
    if law.reads(Misreading::WeeklyHoursNotRounded) {
        return hundredths.number * ONE / 100 / hundredths.divisor;
    }
    if law.reads(Misreading::WeeklyHoursCut) {
        return hundredths.number / hundredths.divisor * (ONE / 100);
    }
    law.saw_if(hundredths.divisor != 1, Situation::WeeklyHoursRounded);
    half_away(hundredths.number, hundredths.divisor) * (ONE / 100)
}

fn days_of(month: Day) -> i64 {
    month_last(month).0 - month.0 + 1
}

fn whole(number: i64) -> Fraction {
    Fraction::of(&number.to_string())
}

/// The months that an outcome looks at in place of spells: proven ones alone where evidence is required.
pub fn looked_at<'a>(law: &Law, person: &Person<'_, 'a>, outcome: &Outcome) -> Vec<Sum<'a>> {
    let proven = |report: &Report| {
        let passed_over = outcome.evidence_required && !report.proven;
        law.saw_if(passed_over, Situation::ReportUnproven);
        !passed_over || law.reads(Misreading::EvidenceIgnored) || law.reads(Misreading::OneProofForTheMonth)
    };
    let mut sums = sums(law, person, proven);
    if outcome.evidence_required && law.reads(Misreading::OneProofForTheMonth) {
        let some_proof = |sum: &Sum| {
            person.facts.reports.iter().any(|report| {
                report.proven
                    && (report.participant, report.month, report.kind)
                        == (sum.spell.participant, sum.spell.first, sum.spell.kind)
                    && report.job == sum.spell.job
            })
        };
        sums.retain(some_proof);
        sums.iter_mut().for_each(|sum| sum.spell.proven = true);
    }
    sums
}

/// The months as stretches of work.
pub fn stretches<'f, 'a>(law: &Law, contract: &Contract, sums: &'f [Sum<'a>]) -> Vec<Stretch<'f, 'a>> {
    let stretch = |sum: &'f Sum<'a>| {
        let (first, last) = (sum.spell.first, month_last(sum.spell.first));
        let laid = Laid { spread: terms(contract).spread, month: first, hours: sum.hours, earnings: sum.earnings };
        Stretch { spell: &sum.spell, first, last, laid: Some(laid) }
    };
    let mut stretches: Vec<Stretch> = sums.iter().map(stretch).collect();
    if law.reads(Misreading::ReportsFollowOneAnother) {
        let rivals = stretches.clone();
        let same = |a: &Stretch, b: &Stretch| a.spell.job == b.spell.job && a.first == b.first;
        let stronger = |a: &Stretch, b: &Stretch| (-a.spell.hours, a.spell.id) < (-b.spell.hours, b.spell.id);
        stretches.retain(|one| !rivals.iter().any(|other| same(one, other) && stronger(other, one)));
    }
    stretches
}

/// What of a tally lies on a day of a stretch.
pub fn on_day(law: &Law, stretch: &Stretch, tally: Tally, day: Day) -> Fraction {
    let weekly = || Fraction::of(&super::money::plain_text(stretch.spell.hours)).over(whole(7));
    let Some(laid) = stretch.laid else {
        // 3.3: weekly hours ÷ 7 for each qualifying day; earnings come from the payroll only.
        return match tally {
            Tally::Hours if law.reads(Misreading::HoursOfSpellsOnWeekdays) => on_weekdays(weekly(), day),
            Tally::Hours => weekly(),
            Tally::Earnings => ZERO,
        };
    };
    let month = match tally {
        Tally::Hours if law.reads(Misreading::HoursOfThePayrollByTheWeek) => return weekly(),
        Tally::Hours => laid.hours,
        Tally::Earnings => laid.earnings,
    };
    let spread = if law.reads(Misreading::SpreadAlwaysMonthEnd) { Spread::MonthEnd } else { laid.spread };
    let spread = match spread {
        Spread::MonthEnd if law.reads(Misreading::MonthEndSpreadEvenly) => Spread::CalendarDays,
        Spread::Weekdays if law.reads(Misreading::WeekdaysAreAllDays) => Spread::CalendarDays,
        spread => spread,
    };
    match spread {
        Spread::MonthEnd if law.reads(Misreading::LaidOnTheFirstDay) => if_so(month, day == laid.month),
        Spread::MonthEnd => if_so(month, day == month_last(laid.month)),
        Spread::CalendarDays => month.over(whole(days_of(laid.month))),
        Spread::Weekdays => if_so(month.over(whole(weekdays_of(law, laid.month))), is_weekday(law, day)),
    }
}

fn if_so(amount: Fraction, so: bool) -> Fraction {
    if so { amount } else { ZERO }
}

fn on_weekdays(weekly_seventh: Fraction, day: Day) -> Fraction {
    let fifth = weekly_seventh.times(whole(7)).over(whole(5));
    if_so(fifth, day.0 - monday(day).0 < 5)
}

fn is_weekday(law: &Law, day: Day) -> bool {
    let in_week = day.0 - monday(day).0;
    in_week < 5 || (in_week == 5 && law.reads(Misreading::SaturdaysArePaid))
}

fn weekdays_of(law: &Law, month: Day) -> i64 {
    (0..days_of(month)).filter(|n| is_weekday(law, month.plus(*n))).count() as i64
}

/// Mechanisms 3.1: whether another report shows that the job was there before the enrolment: its month ends before it.
pub fn is_old(law: &Law, person: &Person, sum: &Sum) -> bool {
    let enrolled_on = person.participant.enrolled_on;
    let straddles = sum.spell.first < enrolled_on && enrolled_on <= month_last(sum.spell.first);
    law.saw_if(straddles, Situation::ReportStraddlesEnrolment);
    let last = if law.reads(Misreading::OldReportByItsFirstDay) { sum.spell.first } else { month_last(sum.spell.first) };
    last < enrolled_on
}

/// The misreading that what lies on the month's other days is counted with the first day that qualifies after them, or with the last
/// one of the month.
pub fn nothing_is_lost(law: &Law, stretches: &[Stretch], days: &mut [Good]) {
    if !law.reads(Misreading::MonthCountsWhole) {
        return;
    }
    days.iter_mut().for_each(|good| (good.worked, good.earned) = (ZERO, ZERO));
    for stretch in stretches {
        let Some(laid) = stretch.laid else { continue };
        if let Some(good) = days.iter_mut().rev().find(|good| stretch.first <= good.day && good.day <= stretch.last) {
            good.worked = good.worked.plus(laid.hours);
            good.earned = good.earned.plus(laid.earnings);
        }
    }
}

/// What of a tally lies on a qualifying day.
pub fn of(good: &Good, tally: Tally) -> Fraction {
    match tally {
        Tally::Hours => good.worked,
        Tally::Earnings => good.earned,
    }
}

/// Of a report's field that may be empty.
pub fn amount(text: &str) -> Fraction {
    if text.is_empty() { ZERO } else { Fraction::of(text) }
}

/// Whether a job is at the same company or employer as another.
pub fn same_place(a: &Job, b: &Job) -> bool {
    match (a, b) {
        (Job::Placement { company: a, .. }, Job::Placement { company: b, .. }) => a == b,
        (Job::Outside { employer: a }, Job::Outside { employer: b }) => a == b,
        _ => false,
    }
}

#[test]
fn weekly_hours_and_what_lies_on_days() {
    let law = Law::of(Misreading::None);
    let (april, february) = (Day::from_civil(2019, 4, 1), Day::from_civil(2019, 2, 1));
    let hundredths = |how, hours: &str, month| weekly(&law, how, Fraction::of(hours), month) / (ONE / 100);
    // 130 × 12 ÷ 52 = 30; 43.355 × 3 ÷ 13 = 10.005; 80 × 7 ÷ 28 = 20; 85.71 × 7 ÷ 30 = 19.999.
    assert_eq!((hundredths(Weekly::Average, "130", april), hundredths(Weekly::Average, "43.355", april)), (3000, 1001));
    assert_eq!(hundredths(Weekly::CalendarDays, "80", february), 2000);
    assert_eq!(hundredths(Weekly::CalendarDays, "85.71", april), 2000);
    // April 2019 begins on a Monday: 22 weekdays.
    assert_eq!((weekdays_of(&law, april), weekdays_of(&law, february)), (22, 20));
    assert_eq!(exact("0.01"), ONE / 100);
}
