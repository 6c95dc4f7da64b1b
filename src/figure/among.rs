//! Cohorts: who of those that count is counted (mechanisms 4.3).

use crate::facts::Participant;
use crate::measure::day::Span;
use crate::measure::id::Id;

/// Which participants a count or tally looks at; what is not said chooses nobody out.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Among {
    /// Their target group is one of these.
    pub target_groups: Option<Vec<Id>>,
    /// They have all of these.
    pub traits: Option<Vec<Id>>,
    /// They enrolled on one of these days.
    pub enrolled: Option<Span>,
}

impl Among {
    /// Whether a participant is one of them.
    #[must_use]
    pub fn includes(&self, terms: &Participant) -> bool {
        self.target_groups.as_ref().is_none_or(|groups| groups.contains(&terms.target_group))
            && self.traits.as_ref().is_none_or(|traits| traits.iter().all(|one| terms.traits.contains(one)))
            && self.enrolled.is_none_or(|days| days.contains(terms.enrolled_on))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::measure::day::Day;

    #[test]
    fn a_cohort_asks_for_group_traits_and_days_of_enrolment() {
        let day = |text: &str| Day::parse(text).unwrap();
        let terms = Participant {
            target_group: Id::name("youth"),
            enrolled_on: day("2018-03-31"),
            eligible_until: None,
            traits: vec![Id::name("alone"), Id::name("ill")],
        };
        let names = |names: &[&str]| Some(names.iter().map(|name| Id::name(name)).collect::<Vec<_>>());
        let enrolled = |last: &str| Some(Span { first: day("2018-01-01"), last: day(last) });
        assert!(Among::default().includes(&terms));
        let among = Among {
            target_groups: names(&["adult", "youth"]),
            traits: names(&["ill", "alone"]),
            enrolled: enrolled("2018-03-31"),
        };
        assert!(among.includes(&terms));
        assert!(!Among { enrolled: enrolled("2018-03-30"), ..among.clone() }.includes(&terms));
        assert!(!Among { traits: names(&["ill", "abroad"]), ..among.clone() }.includes(&terms));
        assert!(!Among { target_groups: names(&["adult"]), ..among }.includes(&terms));
    }
}
