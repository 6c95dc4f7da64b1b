//! Measured charges, date by date: the figures looked up row by row, and the bands read on fractions of their own
//! (mechanisms 4, 5.3).

use super::fraction::Fraction;
use super::reckoning::{BandTold, FigureTold, MeasuredSheet, MeasurementTold, Verdict};
use super::rows::source;
use super::sheet::{Owed, Sheet, turned};
use crate::charge::band::{Band, Edge, Pricing, Rise};
use crate::charge::{Charge, Measured, OwedBy, Unit};
use crate::contract::Contract;
use crate::facts::Facts;
use crate::figure::{Figure, Form, Metric};
use crate::measure::day::Day;
use crate::measure::id::Id;
use rust_decimal::Decimal;

/// What one date is worked out from.
#[derive(Clone, Copy)]
pub(super) struct Case<'c> {
    pub contract: &'c Contract,
    pub facts: &'c Facts,
    pub charge: &'c Charge,
    pub terms: &'c Measured,
    pub cut_off: Day,
}

/// The dates of a measured charge up to `until`.
pub(super) fn sheets(case: Case<'_>, number: u16, until: Day) -> Vec<Sheet> {
    let sheet = |date: Day| {
        let (told, owed) = worth(case, date);
        let (unit, verdict) = (Unit::Date(date), told.verdict);
        Sheet { charge: number, line: None, company: None, unit, earned_on: date, verdict, owed }
    };
    case.terms.dates.until(case.contract.term(), until).into_iter().map(sheet).collect()
}

/// The arithmetic of one date, in full.
pub(super) fn told(case: Case<'_>, date: Day) -> MeasuredSheet {
    worth(case, date).0
}

fn worth(case: Case<'_>, date: Day) -> (MeasuredSheet, Option<Owed>) {
    let names = std::iter::once(&case.terms.figure).chain(&case.terms.times);
    let figures: Vec<FigureTold> = names.map(|id| look_up(case, id, date)).collect();
    let values: Option<Vec<Fraction>> = figures.iter().map(|told| told.value).collect();
    let mut sheet = MeasuredSheet {
        date,
        figures,
        pricing: case.terms.scale.pricing,
        bands: Vec::new(),
        price: None,
        exact: None,
        verdict: Verdict::NotKnown,
    };
    let Some((value, times)) = values.as_deref().and_then(<[Fraction]>::split_first) else { return (sheet, None) };
    sheet.bands = bands(&case.terms.scale.bands, case.terms.scale.pricing, *value);
    sheet.verdict = Verdict::InNoBand;
    if sheet.bands.is_empty() {
        return (sheet, None);
    }
    sheet.price = sheet.bands.iter().map(|band| band.price).try_fold(Fraction::over(1), |sum, price| sum.and(price?));
    let positive = |price: Fraction| if price.is_below_0() { Fraction::over(1) } else { price };
    let product = sheet.price.and_then(|price| times.iter().try_fold(positive(price), |so_far, by| so_far.times(*by)));
    sheet.exact = product.map(positive);
    let owed;
    (sheet.verdict, owed) = settle(case, sheet.exact, *value, owed_by(case, &sheet.bands));
    (sheet, owed)
}

/// What is owed of the exact amount, or why nothing is.
fn settle(case: Case<'_>, exact: Option<Fraction>, value: Fraction, owed_by: OwedBy) -> (Verdict, Option<Owed>) {
    let amount = exact.and_then(|exact| exact.amount(case.contract.currency, case.contract.rounding));
    let (Some(exact), Some(amount)) = (exact, amount) else { return (Verdict::TooLarge, None) };
    if exact.is_0() {
        return (Verdict::PriceOf0, None);
    }
    let rounding = case.contract.rounding;
    if amount.is_zero() {
        return (Verdict::RoundsToNothing { exact, rounding }, None);
    }
    let single = match case.terms.scale.bands.as_slice() {
        [Band { lower: None, upper: None, amount, rise: Rise::Each(each), owed_by: OwedBy::Payers }]
            if amount.is_zero() && case.terms.scale.pricing == Pricing::Whole && case.terms.times.is_empty() =>
        {
            Some(each.normalize())
        }
        _ => None,
    };
    let quantity = value.rounded(6);
    let size = amount.display(case.contract.currency);
    let verdict = Verdict::Owed { exact, rounding, amount: size, quantity, owed_by };
    let amount = turned(owed_by, amount);
    (verdict, Some(Owed { amount, quantity, rate: single, reference: None, days: 0 }))
}

/// The payee, if the charge says so or the one band that prices the value.
fn owed_by(case: Case<'_>, bands: &[BandTold]) -> OwedBy {
    match bands {
        [only] if case.charge.owed_by == OwedBy::Payers => only.band.owed_by,
        _ => case.charge.owed_by,
    }
}

/// What a figure says on a date, and where it stands.
fn look_up(case: Case<'_>, id: &Id, date: Day) -> FigureTold {
    let figure = case.contract.figures.iter().find(|figure| figure.id == *id);
    let (value, measurement) = match figure.map(|figure: &Figure| &figure.form) {
        None => (None, None),
        Some(Form::Value(printed)) => (Fraction::of_ratio(printed.value), None),
        Some(Form::Metric(metric)) => match latest(case, metric, date) {
            Some((value, measurement)) => (Some(Fraction::of(value)), Some(measurement)),
            None => (None, None),
        },
    };
    FigureTold { figure: id.to_string(), value, measurement }
}

/// The latest measurement, by going through the rows from one to the next: a later last day is better, of equal ones a later
/// first day; of those that are alike the first stays.
fn latest(case: Case<'_>, metric: &Metric, date: Day) -> Option<(Decimal, MeasurementTold)> {
    let all = &case.facts.measurements;
    let mut best: Option<(Day, Day, Decimal, MeasurementTold)> = None;
    for nth in 0..all.len() {
        let Some((row, terms)) = all.known(nth, case.cut_off) else { continue };
        if terms.metric != metric.metric || terms.cohort != metric.cohort || date < terms.days.last {
            continue;
        }
        let (first, last) = (terms.days.first, terms.days.last);
        if best
            .as_ref()
            .is_none_or(|(best_last, best_first, ..)| last > *best_last || (last == *best_last && first > *best_first))
        {
            let told = MeasurementTold { id: row.id.to_string(), days: terms.days, row: source(row) };
            best = Some((last, first, terms.value, told));
        }
    }
    best.map(|(_, _, value, told)| (value, told))
}

/// The bands that have a say, each with its part of the price.
fn bands(bands: &[Band], pricing: Pricing, value: Fraction) -> Vec<BandTold> {
    let told = |(nth, band): (usize, &Band)| {
        let lies_in = reached(band.lower, value) && !passed(band.upper, value);
        let (counted, price) = match pricing {
            Pricing::Level if lies_in => level(band, value),
            Pricing::Whole if lies_in => (Some(value), sum(band, Some(value))),
            Pricing::Marginal => {
                let counted = part(band, value)?;
                (counted, sum(band, counted))
            }
            Pricing::Level | Pricing::Whole => return None,
        };
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Some(BandTold { number: number(nth + 1), of: number(bands.len()), band: band.clone(), counted, price })
    };
    bands.iter().enumerate().filter_map(told).collect()
}

fn reached(lower: Option<Edge>, value: Fraction) -> bool {
    lower.is_none_or(|edge| match value.against(edge.at) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => edge.within,
        std::cmp::Ordering::Greater => true,
    })
}

fn passed(upper: Option<Edge>, value: Fraction) -> bool {
    upper.is_some_and(|edge| match value.against(edge.at) {
        std::cmp::Ordering::Less => false,
        std::cmp::Ordering::Equal => !edge.within,
        std::cmp::Ordering::Greater => true,
    })
}

/// How far the value lies from the edge that it is counted from, and the price there.
fn level(band: &Band, value: Fraction) -> (Option<Fraction>, Option<Fraction>) {
    let at = |edge: Edge| Fraction::of(edge.at);
    let far = match (band.lower, band.upper) {
        (Some(lower), _) => value.less(at(lower)),
        (None, Some(upper)) => at(upper).less(value),
        (None, None) => Some(value),
    };
    let price = match (band.rise, band.lower.zip(band.upper)) {
        (Rise::To(to), Some((lower, upper))) => line(band, to, far, at(lower), at(upper)),
        _ => sum(band, far),
    };
    (far, price)
}

/// The share of the way times the difference of the two amounts.
fn line(band: &Band, to: Decimal, far: Option<Fraction>, lower: Fraction, upper: Fraction) -> Option<Fraction> {
    let rise = Fraction::of(to).less(Fraction::of(band.amount))?;
    Fraction::of(band.amount).and(rise.times(far?)?.by(upper.less(lower)?)?)
}

/// The part of the value that lies in a marginal band; nothing where it is not reached.
fn part(band: &Band, value: Fraction) -> Option<Option<Fraction>> {
    let begins = band.lower.map_or(Fraction::over(1), |edge| Fraction::of(edge.at));
    if !reached(band.lower, value) || value.less(begins).is_some_and(|far| far.is_below_0()) {
        return None;
    }
    let ends = band.upper.filter(|edge| value.against(edge.at) == std::cmp::Ordering::Greater);
    Some(ends.map_or(value, |edge| Fraction::of(edge.at)).less(begins))
}

/// `amount` and `each` for what is counted.
fn sum(band: &Band, counted: Option<Fraction>) -> Option<Fraction> {
    match band.rise {
        Rise::Each(each) => Fraction::of(band.amount).and(Fraction::of(each).times(counted?)?),
        Rise::None | Rise::To(_) => Some(Fraction::of(band.amount)),
    }
}
