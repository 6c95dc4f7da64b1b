//! Chapter 8: rates.

use super::days::whole_months;
use super::facts::Participant;
use super::fraction::Fraction;
use super::money::exact;
use super::outcome::{Assessment, Good};
use super::{Law, Misreading, Situation};
use crate::support::day::Day;
use crate::support::programme::{Price, Rate, When};
use std::collections::BTreeMap;

/// A charge's rows; one `amount` is a single row without conditions.
pub struct Card<'c> {
    rows: Vec<Row<'c>>,
}

struct Row<'c> {
    amount: Fraction,
    conditions: Option<Conditions<'c>>,
}

/// The conditions of a rate row or an adjustment.
pub struct Conditions<'c> {
    when: &'c When,
    hours_from: Option<i128>,
    hours_below: Option<i128>,
}

/// A day to which a row may apply: for a fixed charge the date alone, else a qualifying day.
#[derive(Clone, Copy)]
pub struct On<'x, 'f, 'a> {
    pub day: Day,
    pub good: Option<(&'x Good<'a>, &'x Assessment<'f, 'a>)>,
    /// The step of a milestone.
    pub step: Option<i64>,
    /// Of a participant's fixed or measured charge, whose it is.
    pub participant: Option<&'x Participant<'a>>,
}

impl<'c> Card<'c> {
    pub fn of(price: &'c Price) -> Card<'c> {
        let rows = match price {
            Price::Amount(amount) => vec![Row { amount: Fraction::of(amount), conditions: None }],
            Price::Card(rates) => {
                let row = |rate: &'c Rate| Row {
                    amount: Fraction::of(&rate.amount),
                    conditions: Some(Conditions::of(&rate.when)),
                };
                rates.iter().map(row).collect()
            }
            // Bands are no rate card.
            Price::Each(_) | Price::Bands { .. } => Vec::new(),
        };
        Card { rows }
    }

    pub fn amount(&self, row: usize) -> Fraction {
        self.rows[row].amount
    }

    /// 8.1: the first row whose conditions all hold on the day. No row, no payment.
    pub fn row_on(&self, law: &Law, on: On) -> Option<usize> {
        let mut applying =
            (0..self.rows.len()).filter(|row| self.rows[*row].conditions.as_ref().is_none_or(|it| it.hold(law, on)));
        if law.reads(Misreading::LastRowApplies) { applying.last() } else { applying.next() }
    }

    /// 8.2: the row that applies to the largest number of the unit's days. Those to which none applies stand
    /// together as one candidate. Ties: a row before none, of rows the first.
    pub fn row_of_unit(&self, law: &Law, rows: &[Option<usize>]) -> Option<usize> {
        if law.reads(Misreading::RateOfTheUnitsLastDay) {
            return *rows.last()?;
        }
        if law.reads(Misreading::RateOfTheUnitsFirstDay) {
            return *rows.first()?;
        }
        let mut days: BTreeMap<Option<usize>, usize> = BTreeMap::new();
        for row in rows {
            *days.entry(*row).or_default() += 1;
        }
        if law.reads(Misreading::DaysWithoutRowDropped) {
            days.remove(&None);
        }
        let most = days.values().copied().max()?;
        let mut best: Vec<Option<usize>> = days.into_iter().filter(|(_, n)| *n == most).map(|(row, _)| row).collect();
        law.saw_if(best.len() > 1 && best[0].is_some(), Situation::RowsTie);
        law.saw_if(best.len() > 1 && best[0].is_none(), Situation::RowAndNoneTie);
        law.saw_if(rows.iter().any(|row| *row != best[0]), Situation::UnitUnderTwoRows);
        // `None` sorts before every row, but stands back in a tie.
        if best.len() > 1 && best[0].is_none() && !law.reads(Misreading::NoneBeforeARow) {
            best.remove(0);
        }
        law.saw_if(best[0].is_none() && rows.iter().any(Option::is_some), Situation::NoRowWins);
        if law.reads(Misreading::LaterRowWinsTie) { best[best.len() - 1] } else { best[0] }
    }
}

impl<'c> Conditions<'c> {
    pub fn of(when: &'c When) -> Conditions<'c> {
        let (from, below) = when.hours.as_ref().map_or((None, None), |(from, below)| (from.as_deref(), below.as_deref()));
        Conditions { when, hours_from: from.map(exact), hours_below: below.map(exact) }
    }

    pub fn hold(&self, law: &Law, on: On) -> bool {
        let rate = self.when;
        if let Some((from, until)) = rate.valid {
            law.saw_if(until == Some(on.day) || from == Some(on.day), Situation::ValidityBorder);
            let over =
                until.is_some_and(
                    |until| {
                        if law.reads(Misreading::ValidUntilExclusive) { on.day >= until } else { on.day > until }
                    },
                );
            if over || from.is_some_and(|from| on.day < from) {
                return false;
            }
        }
        let Some((good, assessment)) = on.good else { return on.participant.is_none_or(|one| self.hold_of(law, one)) };
        let kind = rate.kinds.as_ref().is_none_or(|kinds| kinds.iter().any(|kind| kind == good.kind));
        let step = rate.steps.is_none_or(|band| on.step.is_some_and(|step| step_holds(law, band, step)));
        kind && self.hold_of(law, assessment.participant)
            && step
            && self.hours_hold(law, good)
            && elapsed_holds(law, rate, good, assessment)
    }

    /// What is asked of the participant.
    fn hold_of(&self, law: &Law, participant: &Participant) -> bool {
        let groups = self.when.target_groups.as_ref();
        let group = groups.is_none_or(|groups| groups.iter().any(|group| group == participant.target_group));
        group && self.when.traits.as_deref().is_none_or(|asked| traits_hold(law, asked, &participant.traits))
    }

    /// from ≤ hours(d) < below
    fn hours_hold(&self, law: &Law, good: &Good) -> bool {
        law.saw_if(self.hours_below == Some(good.hours), Situation::HoursExactlyBelow);
        let enough = self.hours_from.is_none_or(|from| from <= good.hours);
        let few = self
            .hours_below
            .is_none_or(|below| good.hours < below || (good.hours == below && law.reads(Misreading::HoursBelowInclusive)));
        enough && few
    }
}

/// Mechanisms 5.1: the participant has all of them.
pub fn traits_hold(law: &Law, asked: &[String], has: &[&str]) -> bool {
    let count = asked.iter().filter(|one| has.contains(&one.as_str())).count();
    law.saw_if(count > 0 && count < asked.len(), Situation::TraitsInPart);
    law.saw_if(count == asked.len(), Situation::TraitsAll);
    count == asked.len() || (count > 0 && law.reads(Misreading::AnyTraitWillDo))
}

/// Mechanisms 5.1: from ≤ the milestone's step < below, the first step being 1.
fn step_holds(law: &Law, (from, below): (i64, i64), step: i64) -> bool {
    law.saw_if(step == below, Situation::StepExactlyBelow);
    let step = if law.reads(Misreading::StepsFromZero) { step - 1 } else { step };
    from <= step && (step < below || (step == below && law.reads(Misreading::StepsBelowInclusive)))
}

/// `from_month` ≤ whole months from the window's anchor or, without a window, the enrolment < `below_month`.
fn elapsed_holds(law: &Law, rate: &When, good: &Good, assessment: &Assessment) -> bool {
    let Some((from, below)) = rate.elapsed else { return true };
    let months = if law.reads(Misreading::ElapsedOf30Days) {
        (good.day.0 - assessment.elapsed_from.0) / 30
    } else {
        whole_months(law, assessment.elapsed_from, good.day)
    };
    from.is_none_or(|from| from <= months) && below.is_none_or(|below| months < below)
}
