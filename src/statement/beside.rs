//! What is told beside a settlement and is no part of it: well-being and other gains that nobody pays for (goals 5).

use crate::contract::SettlementPeriod;
use crate::facts::{Facts, Indicator};
use rust_decimal::Decimal;

/// An indicator, as a statement tells it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Beside<'a> {
    /// What was measured or heard.
    pub indicator: &'a Indicator,
    /// How much its value is above the first one told of the same name and of the same people; none for that one itself.
    pub change: Option<Decimal>,
}

/// The indicators known on a settlement's cut-off whose days are over by its last one, by name, whom they are about, days and id.
#[must_use]
pub fn beside(facts: &Facts, period: SettlementPeriod) -> Vec<Beside<'_>> {
    let all = &facts.indicators;
    let known = (0..all.len()).filter_map(|nth| all.known(nth, period.cut_off));
    let mut told: Vec<_> = known.filter(|(_, terms)| terms.days.last <= period.days.last).collect();
    told.sort_by(|(a, one), (b, other)| {
        let key = |terms: &Indicator| (terms.name.clone(), terms.about.clone(), terms.days.first, terms.days.last);
        (key(one), &a.id).cmp(&(key(other), &b.id))
    });
    let mut first: Option<&Indicator> = None;
    let mut list = Vec::new();
    for (_, indicator) in told {
        let same = first.filter(|first| first.name == indicator.name && first.about == indicator.about);
        let change = same.and_then(|first| Some(indicator.value? - first.value?));
        if same.is_none_or(|same| same.value.is_none()) {
            first = Some(indicator);
        }
        list.push(Beside { indicator, change });
    }
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{History, Row};
    use crate::measure::day::{Day, Span};
    use crate::measure::id::Id;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    /// Id, name, first and last day, value, recorded on.
    type Told<'a> = (&'a str, &'a str, &'a str, &'a str, Option<&'a str>, &'a str);

    fn facts(rows: &[Told<'_>]) -> Facts {
        let row = |(id, name, first, last, value, recorded_on): &Told<'_>| {
            let indicator = Indicator {
                name: (*name).into(),
                about: Id::name("citizens"),
                days: Span::new(day(first), day(last)).unwrap(),
                value: value.map(|value| value.parse().unwrap()),
                respondents: None,
                text: None,
                source: "survey".into(),
            };
            Row::new(Id::name(id), day(recorded_on), indicator)
        };
        Facts { indicators: History::new(rows.iter().map(row).collect()).unwrap(), ..Facts::default() }
    }

    #[test]
    fn what_is_known_and_over_is_told_with_its_change() {
        let facts = facts(&[
            ("c", "trust", "2009-01-01", "2009-06-30", Some("4.1"), "2009-07-10"),
            ("a", "trust", "2008-07-01", "2008-12-31", Some("3.4"), "2009-01-10"),
            ("b", "trust", "2009-01-01", "2009-03-31", None, "2009-04-10"),
            ("d", "calm", "2009-01-01", "2009-06-30", Some("2"), "2009-08-01"),
            ("e", "calm", "2009-01-01", "2009-07-01", Some("2"), "2009-07-10"),
        ]);
        let period = SettlementPeriod {
            number: 2,
            days: Span::new(day("2009-01-01"), day("2009-06-30")).unwrap(),
            cut_off: day("2009-07-31"),
        };
        let told = beside(&facts, period);
        let values: Vec<_> = told.iter().map(|one| (one.indicator.value, one.change)).collect();
        let number = |text: &str| text.parse::<Decimal>().unwrap();
        assert_eq!(values, [(Some(number("3.4")), None), (None, None), (Some(number("4.1")), Some(number("0.7")))]);
    }
}
