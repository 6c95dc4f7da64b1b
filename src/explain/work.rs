//! What an outcome looks at on a day: spells, or reports of paid hours added up by job, month and kind (rules 6.1 to 6.3,
//! mechanisms 3.2).

use super::fraction::Fraction;
use super::own::{Own, reported};
use crate::facts::roster::KnownJob;
use crate::measure::day::Span;
use crate::measure::id::Id;
use crate::timeline::outcome::Outcome;
use crate::timeline::payroll::{Payroll, Weekly};
use rust_decimal::Decimal;

/// A spell, or the reports of one job, month and kind.
#[derive(Debug)]
pub(super) struct Work<'a> {
    /// The ids of its rows.
    pub ids: Vec<String>,
    /// The number of the first of them.
    pub number: u32,
    pub kind: &'a Id,
    pub job: KnownJob<'a>,
    /// The days that it was reported for.
    pub days: Span,
    /// Hours a week.
    pub hours: Decimal,
    pub evidence: bool,
    /// The hours and earnings of the month, of reports.
    pub month: Option<(Decimal, Decimal)>,
}

/// Everything that an outcome looks at; spells in the order of the known ones.
pub(super) fn looked_at<'a>(own: &Own<'a>, outcome: &Outcome) -> Vec<Work<'a>> {
    let Some(payroll) = outcome.payroll else {
        let spells = own.known.spells.iter().map(|spell| Work {
            ids: vec![spell.row.id.to_string()],
            number: spell.number,
            kind: &spell.terms.kind,
            job: spell.job,
            days: reported(spell.terms),
            hours: spell.terms.weekly_hours,
            evidence: spell.terms.evidence.is_some(),
            month: None,
        });
        return spells.collect();
    };
    let mut all: Vec<Work<'a>> = Vec::new();
    for report in &own.known.reports {
        let terms = report.terms;
        let evidence = terms.evidence.is_some();
        let same = |work: &&mut Work<'a>| {
            // Where proof is asked for, what has none stands apart.
            let proof = !outcome.evidence_required || work.evidence == evidence;
            proof && (work.job, work.kind, work.days) == (report.job, &terms.kind, terms.month)
        };
        let (hours, earnings) = (terms.hours.unwrap_or_default(), terms.earnings.unwrap_or_default());
        match all.iter_mut().find(same) {
            Some(work) => {
                work.ids.push(report.row.id.to_string());
                work.month = work.month.map(|(sum, earned)| (sum + hours, earned + earnings));
            }
            None => all.push(Work {
                ids: vec![report.row.id.to_string()],
                number: report.number,
                kind: &terms.kind,
                job: report.job,
                days: terms.month,
                hours: Decimal::ZERO,
                evidence,
                month: Some((hours, earnings)),
            }),
        }
    }
    for work in &mut all {
        work.hours = weekly(payroll, work.days, work.month.unwrap_or_default().0);
    }
    all
}

/// Hours a week of the hours of a month: × 12 ÷ 52 or × 7 ÷ days, to two decimals (mechanisms 3.2).
pub(super) fn weekly(payroll: Payroll, month: Span, hours: Decimal) -> Decimal {
    let (times, over) = match payroll.weekly {
        Weekly::Average => (12, 52),
        Weekly::CalendarDays => (7, month.days()),
    };
    let all = Fraction::of(hours).times(Fraction::of(Decimal::from(times)));
    all.and_then(|all| all.by(Fraction::of(Decimal::from(over)))).map_or(Decimal::ZERO, |weekly| weekly.rounded(2))
}
