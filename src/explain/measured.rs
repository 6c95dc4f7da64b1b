//! Measured charges, date by date: the bands read on fractions of their own (mechanisms 5.3).

use super::delay::earned_on;
use super::figures::{Case, Lookup};
use super::fraction::Fraction;
use super::market::{Market, held_on};
use super::reckoning::{BandTold, FigureTold, MeasuredSheet, Verdict};
use super::sheet::{Owed, Sheet, by, mode, multiple, turned};
use super::tied::Tied;
use crate::charge::band::{Band, Edge, Pricing, Rise};
use crate::charge::{OwedBy, Unit};
use crate::measure::day::Day;
use crate::measure::money::Money;
use rust_decimal::Decimal;

/// The dates of a measured charge up to `until`.
pub(super) fn sheets(case: Case<'_>, number: u16, until: Day) -> Vec<Sheet> {
    let sheet = |date: Day| {
        let (told, owed) = worth(case, date);
        let (unit, tied, earned_on) = (Unit::Date(date), Tied::default(), earned_on(case.charge, date));
        let (verdict, owed) = by(until, earned_on, (told.verdict, owed));
        Sheet { charge: number, line: None, company: None, unit, earned_on, own_day: date, verdict, owed, tied }
    };
    let dates = case.terms.dates.until(case.contract.term(), until).into_iter();
    dates.map(sheet).collect()
}

/// The arithmetic of one date, in full.
pub(super) fn told(case: Case<'_>, date: Day) -> MeasuredSheet {
    worth(case, date).0
}

/// The arithmetic of one date, and what is owed.
pub(super) fn worth(case: Case<'_>, date: Day) -> (MeasuredSheet, Option<Owed>) {
    let names = std::iter::once(&case.terms.figure).chain(&case.terms.times);
    let mut lookup = Lookup::new(case, date);
    let figures: Vec<FigureTold> = names.map(|id| lookup.look_up(id)).collect();
    let values: Option<Vec<Fraction>> = figures.iter().map(|told| told.value).collect();
    let mut sheet = MeasuredSheet {
        date,
        figures,
        pricing: case.terms.scale.pricing,
        bands: Vec::new(),
        price: None,
        product: None,
        adjusted: Vec::new(),
        exact: None,
        verdict: Verdict::NotKnown,
    };
    if case.granted.is_none() && case.contract.rests_on_granted(case.charge) {
        return (MeasuredSheet { figures: Vec::new(), verdict: Verdict::AtItsTurn, ..sheet }, None);
    }
    let Some((value, times)) = values.as_deref().and_then(<[Fraction]>::split_first) else { return (sheet, None) };
    sheet.bands = bands(&case.terms.scale.bands, case.terms.scale.pricing, *value);
    sheet.verdict = Verdict::InNoBand;
    if sheet.bands.is_empty() {
        return (sheet, None);
    }
    sheet.price = sheet.bands.iter().map(|band| band.price).try_fold(Fraction::over(1), |sum, price| sum.and(price?));
    let positive = |price: Fraction| if price.is_below_0() { Fraction::over(1) } else { price };
    let market = Market { contract: case.contract, facts: case.facts, cut_off: case.cut_off };
    let product = sheet.price.and_then(|price| times.iter().try_fold(positive(price), |so_far, by| so_far.times(*by)));
    sheet.product = product.map(positive);
    if sheet.product.is_some_and(|product| product.is_0()) {
        sheet.verdict = Verdict::PriceOf0;
        return (sheet, None);
    }
    let adjusted = sheet.product.map(|product| market.adjust(product, &held_on(case.charge, date)));
    let adjusted = match adjusted.transpose() {
        Ok(adjusted) => adjusted,
        Err(waits) => {
            sheet.verdict = waits.into();
            return (sheet, None);
        }
    };
    sheet.exact = adjusted.as_ref().map(|adjusted| adjusted.exact);
    sheet.adjusted = adjusted.map(|adjusted| adjusted.told).unwrap_or_default();
    let owed;
    (sheet.verdict, owed) = settle(case, sheet.exact, *value, owed_by(case, &sheet.bands));
    // What multiplied it is not in the rate (mechanisms 5.5).
    let owed = owed.map(|owed| Owed { rate: owed.rate.filter(|_| sheet.adjusted.is_empty()), ..owed });
    (sheet, owed)
}

/// What is owed of the exact amount, or why nothing is.
fn settle(case: Case<'_>, exact: Option<Fraction>, value: Fraction, owed_by: OwedBy) -> (Verdict, Option<Owed>) {
    let (rounding, to) = (mode(case.contract, case.charge), multiple(case.charge));
    let amount = exact.and_then(|exact| exact.amount(case.contract.currency, rounding, to.unwrap_or(Money::from_minor(1))));
    let to = to.map(|to| to.display(case.contract.currency));
    let (Some(exact), Some(amount)) = (exact, amount) else { return (Verdict::TooLarge, None) };
    if amount.is_zero() {
        return (Verdict::RoundsToNothing { exact, rounding, to }, None);
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
    let verdict = Verdict::Owed { exact, rounding, to, amount: size, quantity, owed_by };
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
