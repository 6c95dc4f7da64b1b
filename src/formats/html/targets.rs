//! Targets against results as a table (goals 4).

use super::writer::Writer;
use crate::figure::goal::State;
use crate::formats::targets::degree;
use crate::measure::ratio::Ratio;
use crate::statement::targets::{Evidence, Target};

/// A goal or a requirement in the table.
pub(super) struct Row {
    /// Whether it is a goal's own row.
    pub goal: bool,
    pub name: String,
    pub asked: String,
    pub result: String,
    pub degree: String,
    pub state: &'static str,
    pub evidence: Vec<String>,
}

/// The goals, each before its requirements.
pub(super) fn rows(w: &Writer<'_>, targets: &[Target<'_>]) -> Vec<Row> {
    targets.iter().map(|one| row(w, one)).collect()
}

fn row(w: &Writer<'_>, one: &Target<'_>) -> Row {
    let number = |number: Ratio| w.pen.digits(&number.shown(6).to_string());
    let exact = |number: Ratio| w.pen.digits(&number.to_string());
    let (id, title) = match one.requirement {
        Some(requirement) => (&requirement.id, &requirement.title),
        None => (&one.goal.id, &one.goal.title),
    };
    let of = one.goal.asked().count().to_string();
    let asked = match one.requirement {
        None => one.target.map(|needed| w.say(w.t.target_needed, &[&number(needed), &of])),
        Some(_) => one.target.map(exact),
    };
    Row {
        goal: one.requirement.is_none(),
        name: title.clone().unwrap_or_else(|| id.to_string()),
        asked: asked.unwrap_or_default(),
        result: match (one.result, one.requirement) {
            (Some(result), _) => number(result),
            (None, Some(_)) => w.t.not_known.to_owned(),
            (None, None) => String::new(),
        },
        degree: one.degree.map(|exact| w.pen.digits(&degree(exact))).unwrap_or_default(),
        state: one.state.map(|state| self::state(w, state)).unwrap_or_default(),
        evidence: one.evidence.iter().map(|one| evidence(w, one)).collect(),
    }
}

fn state(w: &Writer<'_>, state: State) -> &'static str {
    match state {
        State::Met => w.t.target_met,
        State::Partly => w.t.target_partly,
        State::NotMet => w.t.target_not_met,
        State::NotKnown => w.t.not_known,
    }
}

fn evidence(w: &Writer<'_>, one: &Evidence<'_>) -> String {
    match one {
        Evidence::Entry { id, shown_on, text } => format!("{id}, {}: {text}", w.pen.date(*shown_on)),
        Evidence::Figure { id, measurement: Some(measurement) } => {
            w.say(w.t.target_measured, &[id.as_str(), measurement.as_str()])
        }
        Evidence::Figure { id, measurement: None } => w.say(w.t.target_figure, &[id.as_str()]),
        Evidence::Goal(id) => w.say(w.t.target_goal_is, &[id.as_str()]),
    }
}
