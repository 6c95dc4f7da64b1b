//! A citizen in the programme.

use super::record::Fact;
use crate::measure::day::{Day, Span};
use crate::measure::id::Id;

/// A participant, under a pseudonym (rule 3.4).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Participant {
    /// The target group when enrolled; decides on eligibility (rule 5.1) and may decide on the rate (rule 8.1).
    pub target_group: Id,
    /// The first day that counts.
    pub enrolled_on: Day,
    /// The last day that counts (rule 5.2); `None` = no end.
    pub eligible_until: Option<Day>,
    /// What else a rate may depend on (mechanisms 5.1), in the order of the ids, none twice.
    pub traits: Vec<Id>,
}

impl Fact for Participant {
    const FILE: &'static str = "participants.csv";
    const NAME: &'static str = "participant";
}

impl Participant {
    /// The days that count, from enrolment up to and including the end of eligibility (rule 5.2).
    #[must_use]
    pub fn eligible_days(&self) -> Option<Span> {
        Span::new(self.enrolled_on, self.eligible_until.unwrap_or(Day::FAR))
    }
}
