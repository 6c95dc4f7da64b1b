//! Bands: what a figure's value is worth (mechanisms 5.3).

use super::owed_by::OwedBy;
use crate::measure::ratio::Ratio;
use rust_decimal::Decimal;
use serde::Serialize;

/// The bands of a measured charge, in rising order, and how they price a value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Scale {
    /// How the bands are read.
    pub pricing: Pricing,
    /// The bands; none overlaps another.
    pub bands: Vec<Band>,
}

/// How bands are read.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Pricing {
    /// The band that the value lies in says the price.
    #[default]
    Level,
    /// The band that the value lies in prices all of it.
    Whole,
    /// Each band prices the part of the value that lies in it.
    Marginal,
}

/// A stretch of values and its price.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Band {
    /// Where it begins; `None` = it has no lower end.
    pub lower: Option<Edge>,
    /// Where it ends; `None` = it has no upper end.
    pub upper: Option<Edge>,
    /// What is paid in it, whatever the value.
    pub amount: Decimal,
    /// What is paid beside it by the value.
    pub rise: Rise,
    /// Who owes it; in no marginal band the payee (mechanisms 5.3).
    pub owed_by: OwedBy,
}

/// One end of a band.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Edge {
    /// The value.
    pub at: Decimal,
    /// Whether that value itself lies in the band: `from` and `up_to`, not `above` and `below`.
    pub within: bool,
}

/// How the price changes within a band.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rise {
    /// It does not.
    None,
    /// By so much for each 1 of the value.
    Each(Decimal),
    /// In a straight line to this amount at the upper end.
    To(Decimal),
}

impl Scale {
    /// One price for each 1 of the value, whatever it is: `each` on the charge itself.
    #[must_use]
    pub fn each(price: Decimal) -> Scale {
        let band =
            Band { lower: None, upper: None, amount: Decimal::ZERO, rise: Rise::Each(price), owed_by: OwedBy::Payers };
        Scale { pricing: Pricing::Whole, bands: vec![band] }
    }

    /// The one price for each 1 of the value, where that is all there is: what `each` on the charge itself is short for.
    #[must_use]
    pub fn single(&self) -> Option<Decimal> {
        match self.bands.as_slice() {
            [Band { lower: None, upper: None, amount, rise: Rise::Each(each), owed_by: OwedBy::Payers }]
                if amount.is_zero() && self.pricing == Pricing::Whole =>
            {
                Some(*each)
            }
            _ => None,
        }
    }

    /// Who owes the price of a value.
    #[must_use]
    pub fn owed_by(&self, value: Ratio) -> OwedBy {
        let band = self.bands.iter().find(|band| band.holds(value));
        band.filter(|_| self.pricing != Pricing::Marginal).map(|band| band.owed_by).unwrap_or_default()
    }

    /// The size of the price of a value; 0 in no band. `None` where it does not fit 128 bits, which no contract that was checked needs.
    ///
    /// ```
    /// use effekt::charge::{OwedBy, band::{Band, Edge, Pricing, Rise, Scale}};
    /// use effekt::measure::{number, ratio::Ratio};
    /// let edge = |at: i64, within| Some(Edge { at: at.into(), within });
    /// let decimal = |text| number::parse(text).unwrap();
    /// let (rise, owed_by) = (Rise::To(decimal("0.12")), OwedBy::Payers);
    /// let band = Band { lower: edge(60, true), upper: edge(65, false), amount: decimal("0.075"), rise, owed_by };
    /// let scale = Scale { pricing: Pricing::Level, bands: vec![band] };
    /// let price = |value| scale.price(Ratio::parse(value).unwrap()).unwrap().to_string();
    /// assert_eq!(["59.9", "60", "62", "65"].map(price), ["0", "0.075", "0.093", "0"]);
    /// ```
    #[must_use]
    pub fn price(&self, value: Ratio) -> Option<Ratio> {
        let band = self.bands.iter().find(|band| band.holds(value));
        match self.pricing {
            Pricing::Level => band.map_or(Some(Ratio::ZERO), |band| band.level(value)),
            Pricing::Whole => band.map_or(Some(Ratio::ZERO), |band| band.whole(value)),
            Pricing::Marginal => {
                let mut parts = self.bands.iter().map(|band| band.part(value));
                parts.try_fold(Ratio::ZERO, |sum, part| sum.plus(part?))
            }
        }
    }
}

impl Band {
    /// Whether a value lies in it.
    #[must_use]
    pub fn holds(&self, value: Ratio) -> bool {
        self.begins_by(value)
            && self.upper.is_none_or(|edge| {
                let at = Ratio::of(edge.at);
                if edge.within { value <= at } else { value < at }
            })
    }

    /// Whether a value has reached its lower end.
    fn begins_by(&self, value: Ratio) -> bool {
        self.lower.is_none_or(|edge| {
            let at = Ratio::of(edge.at);
            if edge.within { at <= value } else { at < value }
        })
    }

    /// `amount` and what rises from the lower end; with an upper end alone what falls towards it, with neither from 0.
    fn level(&self, value: Ratio) -> Option<Ratio> {
        let amount = Ratio::of(self.amount);
        let at = |edge: Option<Edge>| edge.map(|edge| Ratio::of(edge.at));
        let way = match (at(self.lower), at(self.upper)) {
            (Some(lower), _) => value.minus(lower)?,
            (None, Some(upper)) => upper.minus(value)?,
            (None, None) => value,
        };
        match self.rise {
            Rise::None => Some(amount),
            Rise::Each(each) => amount.plus(Ratio::of(each).times(way)?),
            Rise::To(to) => {
                let width = at(self.upper)?.minus(at(self.lower)?)?;
                amount.plus(Ratio::of(to).minus(amount)?.times(way)?.divided(width)?)
            }
        }
    }

    /// `amount` and `each` for the whole of the value.
    fn whole(&self, value: Ratio) -> Option<Ratio> {
        Ratio::of(self.amount).plus(Ratio::of(self.by_each()).times(value)?)
    }

    /// What the part of the value that lies in the band is worth; a first band without a lower end begins at 0.
    fn part(&self, value: Ratio) -> Option<Ratio> {
        let lower = self.lower.map_or(Ratio::ZERO, |edge| Ratio::of(edge.at));
        if !self.begins_by(value) || value < lower {
            return Some(Ratio::ZERO);
        }
        let upper = self.upper.map_or(value, |edge| Ratio::of(edge.at).min(value));
        Ratio::of(self.amount).plus(Ratio::of(self.by_each()).times(upper.minus(lower)?)?)
    }

    fn by_each(&self) -> Decimal {
        match self.rise {
            Rise::Each(each) => each,
            Rise::None | Rise::To(_) => Decimal::ZERO,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::number;

    fn decimal(text: &str) -> Decimal {
        number::parse(text).unwrap()
    }

    fn edge(at: &str, within: bool) -> Option<Edge> {
        Some(Edge { at: decimal(at), within })
    }

    fn price(scale: &Scale, value: &str) -> String {
        scale.price(Ratio::of(number::parse_signed(value).unwrap())).unwrap().to_string()
    }

    fn each(price: &str) -> Rise {
        Rise::Each(decimal(price))
    }

    fn band(lower: Option<Edge>, upper: Option<Edge>, amount: &str, rise: Rise) -> Band {
        Band { lower, upper, amount: decimal(amount), rise, owed_by: OwedBy::Payers }
    }

    #[test]
    fn a_level_is_that_of_the_band_on_both_sides_of_each_edge() {
        let bands = vec![
            band(None, edge("10", false), "1", Rise::None),
            band(edge("10", true), edge("20", true), "2", Rise::To(decimal("4"))),
            band(edge("20", false), edge("30", false), "5", each("0.5")),
            band(edge("40", true), None, "9", Rise::None),
        ];
        let scale = Scale { pricing: Pricing::Level, bands };
        let cases = [
            ("-3", "1"),
            ("9.999999", "1"),
            ("10", "2"),
            ("15", "3"),
            ("20", "4"),
            ("20.5", "5.25"),
            ("29", "9.5"),
            ("30", "0"),
            ("39.999999", "0"),
            ("40", "9"),
            ("1000", "9"),
        ];
        for (value, wanted) in cases {
            assert_eq!(price(&scale, value), wanted, "{value}");
        }
    }

    #[test]
    fn a_level_counts_from_the_edge_that_there_is() {
        let level = |lower, upper| Scale { pricing: Pricing::Level, bands: vec![band(lower, upper, "1", each("2"))] };
        assert_eq!(price(&level(edge("5", true), None), "8"), "7");
        assert_eq!(price(&level(None, edge("5", false)), "3"), "5", "down from the upper edge");
        assert_eq!(price(&level(None, None), "3"), "7", "up from 0");
    }

    #[test]
    fn a_whole_is_priced_by_the_band_it_lies_in() {
        let bands =
            vec![band(None, edge("1000", true), "0", each("2000")), band(edge("1000", false), None, "100", each("2600"))];
        let scale = Scale { pricing: Pricing::Whole, bands };
        assert_eq!(price(&scale, "1000"), "2000000");
        assert_eq!(price(&scale, "1200"), "3120100");
        assert_eq!(price(&scale, "-1"), "-2000");
        assert_eq!(price(&Scale::each(decimal("660")), "126"), "83160");
    }

    #[test]
    fn a_margin_prices_each_part_and_adds_what_is_reached() {
        let bands = vec![
            band(None, edge("100", true), "0", each("1")),
            band(edge("100", false), edge("200", true), "50", each("2")),
            band(edge("300", true), edge("400", true), "7", each("3")),
        ];
        let scale = Scale { pricing: Pricing::Marginal, bands };
        let cases = [
            ("-5", "0"),
            ("0", "0"),
            ("99.5", "99.5"),
            ("100", "100"),
            ("100.5", "151"),
            ("200", "350"),
            ("250", "350"),
            ("300", "357"),
            ("310", "387"),
            ("400", "657"),
            ("1000", "657"),
        ];
        for (value, wanted) in cases {
            assert_eq!(price(&scale, value), wanted, "{value}");
        }
    }

    #[test]
    fn a_band_says_who_owes_and_no_marginal_one_does() {
        let level = |lower, upper| band(lower, upper, "3300000", Rise::None);
        let bands = vec![
            Band { owed_by: OwedBy::Payee, ..level(None, edge("18.6", false)) },
            level(edge("18.6", true), edge("41.3", true)),
        ];
        let scale = Scale { pricing: Pricing::Level, bands };
        let owed_by = |scale: &Scale, value: &str| scale.owed_by(Ratio::of(decimal(value)));
        assert_eq!(owed_by(&scale, "18.599"), OwedBy::Payee);
        assert_eq!(owed_by(&scale, "18.6"), OwedBy::Payers);
        assert_eq!(owed_by(&scale, "50"), OwedBy::Payers, "in no band");
        assert_eq!(owed_by(&Scale { pricing: Pricing::Marginal, ..scale }, "1"), OwedBy::Payers);
    }

    #[test]
    fn what_does_not_fit_is_none() {
        let huge = Ratio::new(i128::MAX, 1).unwrap();
        assert_eq!(Scale::each(decimal("2")).price(huge), None);
    }
}
