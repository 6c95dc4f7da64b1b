//! What a measured charge can come to: the best of its bands for every value that its figures can have (the book on forecasts,
//! "Highest").

use super::bound::{Most, Unbounded, plus, times};
use super::causal::covers;
use super::open::Open;
use super::person::Person;
use super::price::{Asked, adjusted, money};
use super::range::{self, Range};
use super::start::Start;
use crate::charge::band::{Edge, Rise};
use crate::charge::{Band, Clause, Dates, Measured, OwedBy, Pricing, Scale};
use crate::contract::{Bound, Contract};
use crate::measure::day::Span;
use crate::measure::ratio::Ratio;

/// What its dates may come to. With `cumulative` they add up to one price, unless limits or floors cut some of them.
pub(super) fn open(start: &Start<'_>, clause: &Clause<'_>, terms: &Measured, person: Option<&Person<'_>>) -> Open {
    let Some(own) = start.own(clause) else { return Open::NONE };
    let all = terms.dates.until(start.contract.term(), start.last);
    let dates = match &terms.dates {
        Dates::After(_) => 1,
        _ => all.iter().filter(|date| own.contains(**date)).count(),
    };
    if dates == 0 {
        return Open::NONE;
    }
    let dates = Ok(i128::try_from(dates).unwrap_or(i128::MAX));
    let price = |owed_by| price(start.contract, clause, terms, owed_by, person);
    let (most, back) = (price(OwedBy::Payers), price(OwedBy::Payee));
    if !terms.cumulative {
        return Open { most: times(most, dates), back: times(back, dates), single: most, keys: dates };
    }
    // What a gate or a limit takes of one date, the next ones do not make up for.
    let limits = || start.contract.limits.iter().filter(|limit| covers(start.contract, limit, clause.number));
    let gated = !clause.charge.requires.is_empty();
    let floored = gated || limits().any(|limit| matches!(limit.bound, Bound::Floor(_)));
    let cut = gated || limits().next().is_some();
    // Between two dates the price rises or falls by no more than all that it can be; before the first it is 0.
    let swing = plus(most, back);
    let begins = all.first().is_none_or(|first| start.earned.first <= *first && own.contains(*first));
    let (rise, fall) = if begins { (most, back) } else { (swing, swing) };
    let each = times(swing, dates);
    Open { most: if floored { each } else { rise }, back: if cut { each } else { fall }, single: swing, keys: dates }
}

/// The best price of one date by the bands that one of the two owes.
fn price(contract: &Contract, clause: &Clause<'_>, terms: &Measured, owed_by: OwedBy, person: Option<&Person<'_>>) -> Most {
    let range = range::range(contract, &terms.figure, terms.cumulative);
    let mut best = dearest(&terms.scale, owed_by, range).ok_or(Unbounded::Figure)?;
    for figure in &terms.times {
        if best.is_zero() {
            return Ok(0);
        }
        best = size(range::range(contract, figure, terms.cumulative))
            .and_then(|size| best.times(size))
            .ok_or(Unbounded::Figure)?;
    }
    let days = Span { first: contract.starts, last: crate::contract::Calendar::with_tail(contract).last };
    let of = person.map(|person| person.of);
    let asked = Asked { days, outcome: None, of, step: None, anchor: None };
    money(clause, adjusted(clause, &asked, best)?)
}

/// The largest size of a value.
fn size(range: Range) -> Option<Ratio> {
    let (least, most) = (range.0?, range.1?);
    Some(most.max(least.negated()?).max(Ratio::ZERO))
}

/// The highest price of the bands that one of the two owes, for any value of the range; none if there is none.
fn dearest(scale: &Scale, owed_by: OwedBy, range: Range) -> Option<Ratio> {
    if scale.pricing == Pricing::Marginal {
        // The price never falls as the value rises, and above the last edge only a band without one goes on.
        let last = scale.bands.iter().filter_map(|band| band.upper.or(band.lower)).map(|edge| Ratio::of(edge.at)).max();
        let goes_on = scale.bands.iter().any(|band| band.upper.is_none() && each(band) > Ratio::ZERO);
        let top = match range.1 {
            Some(most) => most,
            None if goes_on => return None,
            None => last.unwrap_or(Ratio::ZERO).plus(Ratio::ONE)?,
        };
        let price = scale.price(top)?.max(Ratio::ZERO);
        return Some(if owed_by == OwedBy::Payers { price } else { Ratio::ZERO });
    }
    let bands = scale.bands.iter().filter(|band| band.owed_by == owed_by);
    let mut prices = bands.filter_map(|band| Some(of_band(scale.pricing, band, within(band, range)?)));
    prices.try_fold(Ratio::ZERO, |best, price| Some(best.max(price?)))
}

fn each(band: &Band) -> Ratio {
    match band.rise {
        Rise::Each(each) => Ratio::of(each),
        Rise::None | Rise::To(_) => Ratio::ZERO,
    }
}

/// The values of a band that the range holds; its edges count as values. None where there are none.
fn within(band: &Band, range: Range) -> Option<Range> {
    let at = |edge: Option<Edge>| edge.map(|edge| Ratio::of(edge.at));
    let least = at(band.lower).into_iter().chain(range.0).max();
    let most = at(band.upper).into_iter().chain(range.1).min();
    let empty = least.zip(most).is_some_and(|(least, most)| most < least);
    (!empty).then_some((least, most))
}

/// The highest price of a band for the values between two ends: prices are straight lines, so it is that of an end.
fn of_band(pricing: Pricing, band: &Band, (least, most): Range) -> Option<Ratio> {
    let amount = Ratio::of(band.amount);
    let at = |edge: Option<Edge>| edge.map(|edge| Ratio::of(edge.at));
    let rise = |way: Option<Ratio>| {
        if each(band).is_zero() { Some(amount) } else { amount.plus(each(band).times(way?)?) }
    };
    let price = match (pricing, band.rise, at(band.lower), at(band.upper)) {
        (Pricing::Level, Rise::To(to), ..) => Some(amount.max(Ratio::of(to))),
        (Pricing::Level, _, Some(lower), _) => rise(most.and_then(|most| most.minus(lower))),
        (Pricing::Level, _, None, Some(upper)) => rise(least.and_then(|least| upper.minus(least))),
        _ => rise(most),
    };
    Some(price?.max(Ratio::ZERO))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::number;
    use rust_decimal::Decimal;

    fn decimal(text: &str) -> Decimal {
        number::parse(text).unwrap()
    }

    /// `from`, `below`, the amount, what rises, and who owes it.
    fn scale(pricing: Pricing, bands: &[(&str, &str, &str, Rise, OwedBy)]) -> Scale {
        let edge = |text: &str, within| (!text.is_empty()).then(|| Edge { at: decimal(text), within });
        let band = |(lower, upper, amount, rise, owed_by): &(&str, &str, &str, Rise, OwedBy)| Band {
            lower: edge(lower, true),
            upper: edge(upper, false),
            amount: decimal(amount),
            rise: *rise,
            owed_by: *owed_by,
        };
        Scale { pricing, bands: bands.iter().map(band).collect() }
    }

    fn told(scale: &Scale, owed_by: OwedBy, least: Option<&str>, most: Option<&str>) -> Option<String> {
        let value = |text: Option<&str>| text.map(|text| Ratio::of(decimal(text)));
        dearest(scale, owed_by, (value(least), value(most))).map(|price| price.to_string())
    }

    #[test]
    fn the_dearest_value_is_at_an_end_of_a_band_or_of_the_range() {
        let (payers, payee) = (OwedBy::Payers, OwedBy::Payee);
        let each = |price| Rise::Each(decimal(price));
        let bands = [
            ("", "60", "30", Rise::None, payee),
            ("60", "80", "10", Rise::To(decimal("50")), payers),
            ("80", "", "20", each("2"), payers),
        ];
        let level = scale(Pricing::Level, &bands);
        assert_eq!(told(&level, payers, Some("0"), Some("100")).as_deref(), Some("60"), "20 + 2 × 20");
        assert_eq!(told(&level, payers, Some("0"), Some("90")).as_deref(), Some("50"), "20 + 2 × 10 is less");
        assert_eq!(told(&level, payers, Some("0"), Some("70")).as_deref(), Some("50"), "the line is taken whole");
        assert_eq!(told(&level, payers, None, None), None);
        assert_eq!(told(&level, payee, None, None).as_deref(), Some("30"));
        assert_eq!(told(&level, payee, Some("61"), None).as_deref(), Some("0"));
        let down = scale(Pricing::Level, &[("", "60", "0", each("3"), payers)]);
        assert_eq!(told(&down, payers, Some("50"), None).as_deref(), Some("30"), "3 × (60 − 50)");
        assert_eq!(told(&down, payers, None, Some("50")), None);
        let whole = scale(Pricing::Whole, &[("10", "20", "1", each("3"), payers)]);
        assert_eq!(told(&whole, payers, None, None).as_deref(), Some("61"), "below 20 is at most 20");
        let parts = [("0", "10", "0", each("3"), payers), ("10", "20", "5", each("1"), payers)];
        let marginal = scale(Pricing::Marginal, &parts);
        assert_eq!(told(&marginal, payers, None, None).as_deref(), Some("45"), "30 + 5 + 10");
        assert_eq!(told(&marginal, payers, None, Some("12")).as_deref(), Some("37"));
        let open = scale(Pricing::Marginal, &[("0", "", "0", each("3"), payers)]);
        assert_eq!(told(&open, payers, Some("0"), None), None);
    }
}
