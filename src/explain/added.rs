//! What is counted or tallied, as a plain value (mechanisms 4.1).

use serde::Serialize;

/// What is counted or tallied (mechanisms 4.1).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum AddedTold {
    /// Participants that enrolled.
    Participants,
    /// Companies that joined.
    Companies,
    /// Participants that reached a charge, or a step of it.
    Reached(String),
    /// Steps, units or dates of a charge.
    Units(String),
    /// Days that count for an outcome.
    Days(String),
    /// Those of the participant.
    OwnDays(String),
}
