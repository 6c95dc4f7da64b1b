//! A placement ties a participant to a company of the programme.

use super::record::Fact;
use crate::measure::day::Day;
use crate::measure::id::Id;

/// One job at one company of the programme; two jobs there need two placements (rules 3.4, 3.5).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Placement {
    /// Who is placed.
    pub participant: Id,
    /// Where.
    pub company: Id,
    /// Days before this one do not count (rule 6.1).
    pub placed_on: Day,
}

impl Fact for Placement {
    const FILE: &'static str = "placements.csv";
    const NAME: &'static str = "placement";
}
