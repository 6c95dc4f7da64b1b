//! Measured charges, date by date: the bands read on fractions of their own (mechanisms 5.3).

use super::delay::earned_on;
use super::figures::{Case, Lookup};
use super::fraction::Fraction;
use super::market::{Market, held_on};
use super::reckoning::{BandTold, CountedFrom, FigureTold, MeasuredSheet, Risen, Verdict};
use super::sheet::{Owed, Sheet, by, mode, multiple, turned};
use super::tied::Tied;
use crate::charge::band::{Band, Edge, Pricing, Rise};
use crate::charge::{OwedBy, Unit};
use crate::measure::day::Day;
use crate::measure::money::Money;
use rust_decimal::Decimal;

/// The dates of a measured charge up to `until`.
pub(super) fn sheets(case: Case<'_>, number: u16, until: Day) -> Vec<Sheet> {
    let sheet = |(unit, date): &(Unit, Day)| {
        let (told, owed) = worth(case, *date);
        let (tied, earned_on) = (Tied::default(), earned_on(case.charge, *date));
        let (verdict, owed) = by(until, earned_on, (told.verdict, owed));
        Sheet { charge: number, line: None, company: None, unit: *unit, earned_on, own_day: *date, verdict, owed, tied }
    };
    case.dates.iter().map(sheet).collect()
}

/// The arithmetic of one date, in full.
pub(super) fn told(case: Case<'_>, date: Day, counted_from: Option<CountedFrom>) -> MeasuredSheet {
    MeasuredSheet { counted_from, ..worth(case, date).0 }
}

/// A price that is known.
#[derive(Clone, Copy)]
struct Price {
    /// Rounded, with its sign.
    amount: Money,
    value: Fraction,
    /// The rate that is shown.
    rate: Option<Decimal>,
}

/// What a date pays: its price or, with `cumulative`, what that rose by since the last date before on which it was known
/// (mechanisms 5.4).
pub(super) fn worth(case: Case<'_>, date: Day) -> (MeasuredSheet, Option<Owed>) {
    let (mut sheet, price) = price(case, date);
    let Some(Price { amount, value, rate }) = price else { return (sheet, None) };
    if !case.terms.cumulative {
        let owed = Owed { amount, quantity: value.rounded(6), rate, reference: None, days: 0 };
        return (sheet, Some(owed).filter(|owed| !owed.amount.is_zero()));
    }
    let currency = case.at.contract.currency;
    let earlier = case.dates.iter().rev().filter(|(_, before)| *before < date);
    let before =
        earlier.map(|(_, before)| (*before, self::price(case, *before).1)).find_map(|(on, price)| Some((on, price?)));
    let (paid, counted) = before.map_or((Money::ZERO, Fraction::over(1)), |(_, price)| (price.amount, price.value));
    let rest = amount - paid;
    let before = before.map(|(on, price)| (on, price.amount.display(currency)));
    sheet.risen = Some(Risen { price: amount.display(currency), before, amount: rest.display(currency) });
    if rest.is_zero() {
        if matches!(sheet.verdict, Verdict::Owed { .. }) {
            sheet.verdict = Verdict::NothingMore;
        }
        return (sheet, None);
    }
    let quantity = value.less(counted).unwrap_or(value).rounded(6);
    (sheet, Some(Owed { amount: rest, quantity, rate, reference: None, days: 0 }))
}

/// The price of a date, if it is known: of everything so far where the charge is cumulative.
fn price(case: Case<'_>, date: Day) -> (MeasuredSheet, Option<Price>) {
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
        counted_from: None,
        risen: None,
        verdict: Verdict::NotKnown,
    };
    if case.granted.is_none() && case.at.contract.rests_on_granted(case.charge) {
        return (MeasuredSheet { figures: Vec::new(), verdict: Verdict::AtItsTurn, ..sheet }, None);
    }
    let Some((value, times)) = values.as_deref().and_then(<[Fraction]>::split_first) else { return (sheet, None) };
    let held = held_on(case.charge, date, case.at.mine.map(|(terms, ..)| terms));
    let rate = single(case).filter(|_| !held.any());
    let nothing = Price { amount: Money::ZERO, value: *value, rate };
    let market = Market { contract: case.at.contract, facts: case.at.facts, cut_off: case.at.cut_off };
    // An index that is not known leaves even nothing unknown.
    let known = || market.adjust(Fraction::over(1), &held).is_ok();
    sheet.bands = bands(&case.terms.scale.bands, case.terms.scale.pricing, *value);
    sheet.verdict = Verdict::InNoBand;
    if sheet.bands.is_empty() {
        return (sheet, known().then_some(nothing));
    }
    sheet.price = sheet.bands.iter().map(|band| band.price).try_fold(Fraction::over(1), |sum, price| sum.and(price?));
    let positive = |price: Fraction| if price.is_below_0() { Fraction::over(1) } else { price };
    let product = sheet.price.and_then(|price| times.iter().try_fold(positive(price), |so_far, by| so_far.times(*by)));
    sheet.product = product.map(positive);
    if sheet.product.is_some_and(|product| product.is_0()) {
        sheet.verdict = Verdict::PriceOf0;
        return (sheet, known().then_some(nothing));
    }
    let adjusted = sheet.product.map(|product| market.adjust(product, &held));
    let adjusted = match adjusted.transpose() {
        Ok(adjusted) => adjusted,
        Err(waits) => {
            sheet.verdict = waits.into();
            return (sheet, None);
        }
    };
    sheet.exact = adjusted.as_ref().map(|adjusted| adjusted.exact);
    sheet.adjusted = adjusted.map(|adjusted| adjusted.told).unwrap_or_default();
    let amount;
    (sheet.verdict, amount) = settle(case, sheet.exact, *value, owed_by(case, &sheet.bands));
    // What multiplied it is not in the rate (mechanisms 5.5).
    (sheet, amount.map(|amount| Price { amount, ..nothing }))
}

/// The exact amount rounded, or why nothing is owed.
fn settle(case: Case<'_>, exact: Option<Fraction>, value: Fraction, owed_by: OwedBy) -> (Verdict, Option<Money>) {
    let (contract, charge) = (case.at.contract, case.charge);
    let (rounding, to) = (mode(contract, charge), multiple(charge));
    let amount = exact.and_then(|exact| exact.amount(contract.currency, rounding, to.unwrap_or(Money::from_minor(1))));
    let to = to.map(|to| to.display(contract.currency));
    let (Some(exact), Some(amount)) = (exact, amount) else { return (Verdict::TooLarge, None) };
    if amount.is_zero() {
        return (Verdict::RoundsToNothing { exact, rounding, to }, Some(Money::ZERO));
    }
    let (quantity, size) = (value.rounded(6), amount.display(contract.currency));
    let verdict = Verdict::Owed { exact, rounding, to, amount: size, quantity, owed_by };
    (verdict, Some(turned(owed_by, amount)))
}

/// The one price for each 1 of the value, where that is all there is.
fn single(case: Case<'_>) -> Option<Decimal> {
    match case.terms.scale.bands.as_slice() {
        [Band { lower: None, upper: None, amount, rise: Rise::Each(each), owed_by: OwedBy::Payers }]
            if amount.is_zero() && case.terms.scale.pricing == Pricing::Whole && case.terms.times.is_empty() =>
        {
            Some(each.normalize())
        }
        _ => None,
    }
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
