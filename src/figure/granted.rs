//! What is granted so far: the one figure that looks at money (mechanisms 4.1, 11).

use super::{Asked, Figure, Form, Seen, Window};
use crate::measure::day::Day;
use crate::measure::id::Id;
use crate::measure::money::{Currency, Money, Total};
use crate::measure::ratio::Ratio;
use std::collections::BTreeMap;

/// The sum granted under charges, of what stands before the asker in the order of rule 9.2.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Granted {
    /// The charges. One of them may be the asker's own: its earlier dates stand before it.
    pub charges: Vec<Id>,
    /// In which days the day earned has to lie.
    pub window: Window,
}

impl Granted {
    /// The sum of what has been granted, 0 if that is nothing. `None` = it does not fit 128 bits.
    #[must_use]
    pub fn value(&self, grants: &Grants, asked: Asked) -> Option<Seen> {
        let days = self.window.days(asked);
        let granted = self.charges.iter().filter_map(|charge| grants.of.get(charge)).flatten();
        let granted = granted.filter(|(day, _)| days.contains(**day));
        let sum = granted.fold(Total::default(), |sum, (_, amount)| sum + *amount);
        let value = Ratio::new(sum.minor(), 10_i128.checked_pow(grants.decimals)?)?;
        Some(Seen { value, measurement: None })
    }
}

/// What has been granted so far under the charges that figures name, by the day earned.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Grants {
    of: BTreeMap<Id, BTreeMap<Day, Total>>,
    decimals: u32,
}

impl Grants {
    /// Nothing has been granted yet.
    #[must_use]
    pub fn new(figures: &[Figure], currency: Currency) -> Grants {
        let named = figures.iter().filter_map(|figure| match &figure.form {
            Form::Granted(granted) => Some(&granted.charges),
            _ => None,
        });
        Grants { of: named.flatten().map(|id| (id.clone(), BTreeMap::new())).collect(), decimals: currency.decimals() }
    }

    /// Notes what was granted, where a figure names the charge.
    pub fn note(&mut self, charge: &Id, earned_on: Day, amount: Money) {
        if let Some(days) = self.of.get_mut(charge) {
            *days.entry(earned_on).or_default() += amount;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    #[test]
    fn what_is_granted_on_days_of_the_window_is_added_up() {
        let sum = |charges: &[&str], window| {
            let form = Form::Granted(Granted { charges: charges.iter().map(|id| Id::name(id)).collect(), window });
            Figure { id: Id::name("x"), form, decimals: None }
        };
        let figures = [sum(&["a", "b"], Window::Total), sum(&["a"], Window::CalendarYear), sum(&["b"], Window::SinceLast)];
        let mut grants = Grants::new(&figures, Currency::DKK);
        let mut note = |charge: &str, on, minor| grants.note(&Id::name(charge), day(on), Money::from_minor(minor));
        note("a", "2018-12-31", 10_050);
        note("a", "2019-01-01", 200);
        note("a", "2019-06-30", -1);
        note("b", "2019-06-30", 7);
        note("b", "2019-07-01", 1_000_000);
        note("c", "2019-06-30", 5);
        let asked = Asked { on: day("2019-06-30"), since: day("2019-06-30"), known_on: day("2030-01-01"), whole: false };
        let value = |figure: &Figure| match &figure.form {
            Form::Granted(granted) => granted.value(&grants, asked).unwrap().value.to_string(),
            _ => String::new(),
        };
        assert_eq!(figures.each_ref().map(value), ["102.56", "1.99", "0.07"]);
    }
}
