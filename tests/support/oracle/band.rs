//! Mechanisms 5.3: the price that bands give a value.

use super::fraction::{Fraction, ZERO};
use super::{Law, Misreading, Situation};
use crate::support::programme::{Band, Price, Pricing};

/// The edges of a band: where it begins and ends, and whether the edge itself lies in it.
struct Edges {
    lower: Option<(Fraction, bool)>,
    upper: Option<(Fraction, bool)>,
}

impl Edges {
    fn of(law: &Law, band: &Band) -> Edges {
        let edge = |inside: &Option<String>, outside: &Option<String>| {
            let inside = inside.as_deref().map(|text| (Fraction::of(text), true));
            inside.or(outside.as_deref().map(|text| (Fraction::of(text), false)))
        };
        let (mut lower, mut upper) = (edge(&band.from, &band.above), edge(&band.up_to, &band.below));
        if law.reads(Misreading::LowerEdgeOutside) {
            lower = lower.map(|(at, _)| (at, false));
        }
        if law.reads(Misreading::UpperEdgeInside) {
            upper = upper.map(|(at, _)| (at, true));
        }
        Edges { lower, upper }
    }

    /// Whether v is not below the band.
    fn reached(&self, v: Fraction) -> bool {
        self.lower.is_none_or(|(at, inside)| v > at || (inside && v == at))
    }

    fn hold(&self, v: Fraction) -> bool {
        self.reached(v) && self.upper.is_none_or(|(at, inside)| v < at || (inside && v == at))
    }
}

fn number(text: &Option<String>) -> Fraction {
    text.as_deref().map_or(ZERO, Fraction::of)
}

/// What the bands say of a value.
pub struct Said {
    /// At least 0.
    pub price: Fraction,
    /// Where a single `each` priced it.
    pub rate: Option<String>,
    /// The band says that the payee owes it.
    pub owed_back: bool,
}

/// The price of the value v.
pub fn price(law: &Law, price: &Price, v: Fraction) -> Said {
    let mut owed_back = false;
    let (found, rate) = match price {
        Price::Each(each) => (Fraction::of(each).times(v), Some(Fraction::of(each).shown(12))),
        Price::Bands { pricing, bands } => {
            look(law, bands, v);
            let pricing = pricing.unwrap_or(Pricing::Level);
            let found = match pricing {
                Pricing::Marginal if !law.reads(Misreading::MarginalAsWhole) => marginal(law, bands, v),
                _ => bands.iter().find(|band| Edges::of(law, band).hold(v)).map_or(ZERO, |band| {
                    owed_back = band.owed_back && !law.reads(Misreading::OwedByOfBandsIgnored);
                    let level = pricing == Pricing::Level || law.reads(Misreading::WholeAsLevel);
                    if level { of_level(law, band, v) } else { number(&band.amount).plus(number(&band.each).times(v)) }
                }),
            };
            (found, single_each(pricing, bands))
        }
        Price::Amount(_) | Price::Card(_) => panic!("a measured charge has bands, or an `each`"),
    };
    law.saw_if(found < ZERO, Situation::PriceBelowZero);
    let least = if law.reads(Misreading::PriceBelowZeroIsOwed) { found } else { found.max(ZERO) };
    law.saw_if(owed_back && least > ZERO, Situation::OwedBackByABand);
    Said { price: least, rate, owed_back }
}

/// `each` on a charge is short for one `whole` band without edges, so that band shows its rate too.
fn single_each(pricing: Pricing, bands: &[Band]) -> Option<String> {
    let [band] = bands else { return None };
    let edges = [&band.from, &band.above, &band.below, &band.up_to];
    // Nor is it short for one that says `owed_by`: the charge would say that.
    let plain = number(&band.amount) == ZERO && !band.owed_back;
    let alone = edges.iter().all(|edge| edge.is_none()) && plain;
    (pricing == Pricing::Whole && alone).then(|| number(&band.each).shown(12))
}

/// What the band that v lies in says: from its amount so much for each above its lower edge, or a straight line.
fn of_level(law: &Law, band: &Band, v: Fraction) -> Fraction {
    let (lower, upper) = (band.from.as_ref().or(band.above.as_ref()), band.below.as_ref().or(band.up_to.as_ref()));
    let (amount, each) = (number(&band.amount), number(&band.each));
    if let Some(to) = &band.to_amount {
        law.saw(Situation::StraightLine);
        if law.reads(Misreading::LineIsAStep) {
            return amount;
        }
        let (lower, upper) = (Fraction::of(lower.unwrap()), Fraction::of(upper.unwrap()));
        let along = v.minus(lower).over(upper.minus(lower));
        return amount.plus(Fraction::of(to).minus(amount).times(along));
    }
    let counted = match (lower, upper) {
        (Some(lower), _) if !law.reads(Misreading::LevelCountsFromZero) => v.minus(Fraction::of(lower)),
        // Counted down from the only edge.
        (None, Some(upper)) => {
            law.saw_if(each != ZERO, Situation::CountedDown);
            Fraction::of(upper).minus(v)
        }
        _ => v,
    };
    amount.plus(each.times(counted))
}

/// Each band prices the part of v that lies in it, and adds its amount once v has reached its lower edge.
fn marginal(law: &Law, bands: &[Band], v: Fraction) -> Fraction {
    let mut sum = ZERO;
    let mut crossed = 0;
    for band in bands {
        let edges = Edges::of(law, band);
        let lower = edges.lower.map_or(ZERO, |(at, _)| at);
        // A first band without a lower edge begins at 0.
        let reached = if edges.lower.is_some() { edges.reached(v) } else { v >= ZERO };
        let top = edges.upper.map_or(v, |(at, _)| at.min(v));
        let part = top.minus(lower).max(ZERO);
        crossed += usize::from(part != ZERO);
        sum = sum.plus(number(&band.each).times(part));
        if reached && (!law.reads(Misreading::AmountOfTheLastBandOnly) || edges.hold(v)) {
            sum = sum.plus(number(&band.amount));
        }
    }
    law.saw_if(crossed > 1, Situation::MarginalCrossed);
    sum
}

/// Notes where v lies.
fn look(law: &Law, bands: &[Band], v: Fraction) {
    let at = |text: &String| Fraction::of(text) == v;
    let edges = bands.iter().flat_map(|band| [&band.from, &band.above, &band.below, &band.up_to]);
    law.saw_if(edges.flatten().any(at), Situation::ValueOnAnEdge);
    law.saw_if(!bands.iter().any(|band| Edges::of(law, band).hold(v)), Situation::ValueInAHole);
}
