//! The values that a figure can have, whatever is reported (the book on forecasts, "Highest").

use crate::contract::Contract;
use crate::figure::compare::By;
use crate::figure::{ByGoal, Compare, Counted, Form, GoalMet, Reckoned, Saved, Saving, Tally, Window};
use crate::measure::day::{Day, Span};
use crate::measure::grid::Grid;
use crate::measure::id::Id;
use crate::measure::ratio::Ratio;
use crate::timeline::outcome::{Length, Per};

/// No less than the one, no more than the other; `None` = nothing says so.
pub(super) type Range = (Option<Ratio>, Option<Ratio>);

/// The values that a figure can have; of everything so far, whatever its window (mechanisms 5.4), or of its window.
pub(super) fn range(contract: &Contract, id: &Id, so_far: bool) -> Range {
    let of = |id: &Id| range(contract, id, so_far);
    let Some((_, figure)) = contract.figure(id) else { return (None, None) };
    let (least, most) = match &figure.form {
        Form::Value(value) => (Some(value.value), Some(value.value)),
        Form::Sample(_) => (Some(Ratio::ZERO), Some(Ratio::ONE)),
        Form::Count(count) => {
            let of_people = matches!(count.of, Counted::Participants | Counted::Reached { .. });
            (Some(Ratio::ZERO), people(contract).filter(|_| of_people))
        }
        Form::Compare(compare) => compared(compare, of(&compare.of), of(&compare.with)),
        Form::Saving(saving) => saved(contract, saving, !so_far && saving.window == Window::CalendarYear),
        Form::Sum(sum) => {
            let add = |end: fn(Range) -> Option<Ratio>| {
                let mut parts = sum.parts.iter().map(|part| end(of(&part.figure))?.times(part.weight));
                parts.try_fold(Ratio::ZERO, |sum, part| sum.plus(part?))
            };
            (add(|range| range.0), add(|range| range.1))
        }
        Form::Tally(tally) => (Some(Ratio::ZERO), tallied(contract, tally, !so_far && tally.window == Window::CalendarYear)),
        // However many places there are, more may be offered.
        Form::Places(_) => (Some(Ratio::ZERO), None),
        Form::Goal(GoalMet { by: ByGoal::Met, .. }) => (Some(Ratio::ZERO), Some(Ratio::ONE)),
        Form::Goal(GoalMet { by: ByGoal::Requirements, goal }) => {
            let asked = contract.goals.iter().find(|known| known.id == *goal).map(|goal| goal.requirements.len());
            (Some(Ratio::ZERO), asked.and_then(|asked| i64::try_from(asked).ok()).map(whole))
        }
        Form::Goal(_) | Form::Granted(_) | Form::Metric(_) => (None, None),
    };
    let rounded = |value: Option<Ratio>| match figure.decimals {
        None => value,
        Some(decimals) => value.and_then(|value| value.rounded(decimals)),
    };
    (rounded(least), rounded(most))
}

/// How many participants can count.
fn people(contract: &Contract) -> Option<Ratio> {
    contract.cohort.max_participants.map(|most| Ratio::of(most.into()))
}

/// The same of everybody, or of one alone where the figure is each participant's own.
fn of_all(contract: &Contract, each: Ratio, per_participant: bool) -> Option<Ratio> {
    if per_participant || each.is_zero() { Some(each) } else { each.times(people(contract)?) }
}

fn whole(number: i64) -> Ratio {
    Ratio::new(number.into(), 1).unwrap_or(Ratio::ZERO)
}

/// Days that qualify: at most all those of the term or of a year, of everybody. At companies apart there is no telling.
fn tallied(contract: &Contract, tally: &Tally, of_a_year: bool) -> Option<Ratio> {
    let outcome = contract.outcome(&tally.outcome).filter(|outcome| outcome.per == Per::Participant)?;
    let days = contract.term().days();
    let days = if of_a_year { days.min(366) } else { days };
    let days = outcome.window.as_ref().map_or(days, |window| days.min(days_at_most(window.length)));
    of_all(contract, whole(days), tally.per_participant)
}

/// The days that a length has at most, wherever it begins.
fn days_at_most(length: Length) -> i64 {
    match length {
        Length::Days(days) => days.into(),
        Length::Months(months) => i64::from(months) * 31,
    }
}

/// A difference of what has ends has ends; so has a part of what is above 0 (mechanisms 4.1).
fn compared(compare: &Compare, a: Range, b: Range) -> Range {
    let minus = |a: Option<Ratio>, b: Option<Ratio>| a?.minus(b?);
    let above = |value: &Ratio| !value.is_negative() && !value.is_zero();
    let not_below = |range: Range| range.0.is_some_and(|least| !least.is_negative());
    match compare.by {
        By::Difference => (minus(a.0, b.1), minus(a.1, b.0)),
        // Of two that are not negative the part rises with the one and falls with the other.
        By::Ratio | By::Percent if not_below(a) && not_below(b) => {
            let most = a.1.zip(b.0.filter(above)).and_then(|(a, b)| compare.by.of(a, b));
            (Some(Ratio::ZERO), most)
        }
        By::Ratio | By::Percent | By::PercentChange | By::PercentFall => (None, None),
    }
}

/// What weeks without benefit can save: as many as there is room for, each at the dearest rate and the lowest refund, and the
/// least of it at the highest costs (saving 3 to 5).
fn saved(contract: &Contract, saving: &Saving, of_a_year: bool) -> Range {
    let Some(terms) = &contract.saving else { return (None, None) };
    let weeks = whole(weeks(contract, terms));
    let weeks = if of_a_year { weeks.min(whole(53)) } else { weeks };
    let all = |week: Option<Ratio>| of_all(contract, week?.times(weeks)?, saving.per_participant);
    match saving.of {
        Saved::Weeks => (Some(Ratio::ZERO), all(Some(Ratio::ONE))),
        Saved::Gross => (Some(Ratio::ZERO), all(dearest(terms))),
        Saved::Net => (all(costs(terms)).and_then(Ratio::negated), all(dearest(terms))),
    }
}

/// The most whole weeks that anybody can avoid, of those who may be enrolled.
fn weeks(contract: &Contract, terms: &Reckoned) -> i64 {
    let enrolment = contract.enrolment();
    let days = std::iter::successors(Some(enrolment.first), |day| Some(day.next())).take_while(|day| *day <= enrolment.last);
    let of = |enrolled: Day| terms.days(enrolled).and_then(|days| days.overlap(contract.term())).map_or(0, whole_weeks);
    days.map(of).max().unwrap_or(0)
}

/// The weeks of which all days lie in a span.
fn whole_weeks(days: Span) -> i64 {
    let monday = Grid::Week.cell(days.first).first();
    let monday = if monday < days.first { monday.plus_days(7) } else { monday };
    (days.last.next().days_since(monday) / 7).max(0)
}

/// What one week saves at most before costs; what rows themselves say has no end.
fn dearest(terms: &Reckoned) -> Option<Ratio> {
    if terms.own_amounts {
        return None;
    }
    let rate = terms.rates.iter().filter_map(|rate| terms.weekly(rate.pay)).max().unwrap_or(Ratio::ZERO);
    rate.times(municipal(terms)?)
}

/// The largest share that the state leaves to the municipality.
fn municipal(terms: &Reckoned) -> Option<Ratio> {
    let left = terms.refund.iter().map(|step| Ratio::ONE.minus(step.share));
    left.collect::<Option<Vec<Ratio>>>().map(|left| left.into_iter().max().unwrap_or(Ratio::ZERO))
}

/// What is paid at most in place of benefits in one week: each kind of spell once.
fn costs(terms: &Reckoned) -> Option<Ratio> {
    let mut kinds: Vec<&Id> = terms.costs.iter().flat_map(|cost| &cost.kinds).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let of = |kind: &Id| {
        let rows = terms.costs.iter().filter(|cost| cost.kinds.contains(kind));
        let rows = rows.map(|cost| {
            let share = if cost.refunded { municipal(terms)? } else { Ratio::ONE };
            terms.weekly(cost.pay).map_or(Some(Ratio::ZERO), |weekly| weekly.times(share))
        });
        rows.collect::<Option<Vec<Ratio>>>().map(|rows| rows.into_iter().max().unwrap_or(Ratio::ZERO))
    };
    kinds.into_iter().try_fold(Ratio::ZERO, |sum, kind| sum.plus(of(kind)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn days(first: &str, last: &str) -> Span {
        Span::new(Day::parse(first).unwrap(), Day::parse(last).unwrap()).unwrap()
    }

    #[test]
    fn weeks_lie_whole_in_a_span() {
        assert_eq!(whole_weeks(days("2024-01-01", "2024-01-14")), 2, "Monday to Sunday");
        assert_eq!(whole_weeks(days("2024-01-02", "2024-01-14")), 1);
        assert_eq!(whole_weeks(days("2024-01-01", "2024-01-13")), 1);
        assert_eq!(whole_weeks(days("2024-01-02", "2024-01-07")), 0);
    }

    #[test]
    fn a_part_of_something_above_0_has_ends() {
        let compare = |by| Compare { of: Id::name("a"), with: Id::name("b"), by };
        let to = |least: i64, most: i64| (Some(whole(least)), Some(whole(most)));
        assert_eq!(compared(&compare(By::Difference), to(1, 5), to(2, 3)), to(-2, 3));
        assert_eq!(compared(&compare(By::Percent), to(0, 5), to(2, 10)), to(0, 250));
        assert_eq!(compared(&compare(By::Ratio), to(0, 6), to(0, 10)), (Some(whole(0)), None), "held against 0");
        assert_eq!(compared(&compare(By::Ratio), to(-1, 6), to(2, 10)), (None, None));
        assert_eq!(
            compared(&compare(By::Ratio), to(1, 6), (None, Some(whole(10)))),
            (None, None),
            "held against less than 0"
        );
        assert_eq!(
            compared(&compare(By::Difference), (None, Some(whole(1))), to(2, 3)),
            (None, Some(Ratio::of((-1).into())))
        );
    }
}
