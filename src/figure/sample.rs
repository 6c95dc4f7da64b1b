//! Samples: how much of what was checked did not stand up (mechanisms 4.1).

use super::{Asked, Seen};
use crate::facts::Facts;
use crate::measure::id::Id;
use crate::measure::ratio::Ratio;

/// The share of a sample's checks that came out `invalid`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Sample {
    /// The sample.
    pub sample: Id,
}

impl Sample {
    /// Of the checks known on the cut-off those that are invalid ÷ all, whatever the day: a check has none of its own. Not known
    /// where nothing was checked. One that waits for its subject is as if not known (rule 3.6).
    #[must_use]
    pub fn value(&self, facts: &Facts, asked: Asked) -> Option<Seen> {
        let all = &facts.validations;
        let known = (0..all.len()).filter_map(|nth| all.known(nth, asked.known_on)).map(|(_, terms)| terms);
        let mine = known.filter(|terms| terms.sample == self.sample && facts.knows(&terms.subject, asked.known_on));
        let (mut invalid, mut checked) = (0, 0);
        for terms in mine {
            checked += 1;
            invalid += i128::from(!terms.valid);
        }
        Some(Seen { value: Ratio::new(invalid, checked)?, measurement: None })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::validation::Checked;
    use crate::facts::{History, Participant, Row, Validation};
    use crate::measure::day::Day;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    /// Id, sample, valid, recorded on, void.
    fn facts(rows: &[(&str, &str, bool, &str, bool)]) -> Facts {
        let row = |(id, sample, valid, recorded_on, void): &(&str, &str, bool, &str, bool)| {
            let subject = if id.starts_with('p') { Checked::Participant(Id::name("p-1")) } else { Checked::Contract };
            let (sample, charge) = (Id::name(sample), Id::name("fee"));
            let check = Validation { sample, charge, subject, unit: "step-01".into(), valid: *valid };
            let row = Row::new(Id::name(id), day(recorded_on), check);
            Row { fact: row.fact.filter(|_| !void), ..row }
        };
        let person = Participant {
            target_group: Id::name("x"),
            enrolled_on: day("2019-01-01"),
            eligible_until: None,
            traits: Vec::new(),
        };
        Facts {
            participants: History::new(vec![Row::new(Id::name("p-1"), day("2019-06-01"), person)]).unwrap(),
            validations: History::new(rows.iter().map(row).collect()).unwrap(),
            ..Facts::default()
        }
    }

    fn share(facts: &Facts, known_on: &str) -> Option<String> {
        let sample = Sample { sample: Id::name("audit") };
        let asked = Asked { on: day("2019-01-01"), since: day("2019-01-01"), known_on: day(known_on), whole: false };
        sample.value(facts, asked).map(|seen| seen.value.to_string())
    }

    #[test]
    fn what_is_invalid_is_divided_by_what_was_checked() {
        let facts = facts(&[
            ("a", "audit", false, "2019-02-01", false),
            ("b", "audit", true, "2019-02-01", false),
            ("c", "audit", true, "2019-03-01", false),
            ("c", "audit", true, "2019-04-01", true),
            ("d", "other", false, "2019-02-01", false),
            ("p", "audit", true, "2019-02-01", false),
        ]);
        assert_eq!(share(&facts, "2019-01-31"), None, "nothing is checked yet");
        assert_eq!(share(&facts, "2019-02-28").as_deref(), Some("0.5"), "p waits for its participant");
        assert_eq!(share(&facts, "2019-03-31").as_deref(), Some("1/3"));
        assert_eq!(share(&facts, "2019-04-30").as_deref(), Some("0.5"), "c is withdrawn");
        assert_eq!(share(&facts, "2019-06-01").as_deref(), Some("1/3"), "p is known");
    }
}
