//! Floor 2, timeline: from the facts as known to the days that qualify (rule 6).

pub mod outcome;
