//! Goals, what was shown of them, and indicators.

use super::{Keys, Row};
use crate::support::programme::*;

pub fn goal(keys: &Keys) -> Goal {
    Goal {
        id: keys.need("id"),
        title: keys.text("title"),
        clause: keys.text("clause"),
        needs: keys.count("needs"),
        requirements: keys.tables("requirement").iter().map(requirement).collect(),
    }
}

fn requirement(keys: &Keys) -> Requirement {
    let from = match (keys.text("figure"), keys.text("goal")) {
        (None, None) => ShownBy::Entries,
        (Some(figure), None) => ShownBy::Figure(figure),
        (None, Some(goal)) => ShownBy::Goal(goal),
        both => panic!("a requirement has a figure or a goal: {both:?}"),
    };
    Requirement {
        id: keys.need("id"),
        title: keys.text("title"),
        clause: keys.text("clause"),
        from,
        at_least: keys.text("at_least"),
    }
}

/// What a figure asks of a goal.
pub fn asked(keys: &Keys) -> Form {
    let by = match keys.need("by").as_str() {
        "met" => GoalBy::Met,
        "degree" => GoalBy::Degree,
        "requirements" => GoalBy::Requirements,
        other => panic!("by {other}"),
    };
    Form::Goal { goal: keys.need("goal"), by }
}

pub fn shown(row: &Row, record: Record) -> ShownRow {
    ShownRow {
        record,
        goal: row.get("goal"),
        requirement: row.get("requirement"),
        shown_on: row.get("shown_on"),
        result: row.get("result"),
        evidence: row.get("evidence"),
    }
}

pub fn indicator(row: &Row, record: Record) -> IndicatorRow {
    IndicatorRow {
        record,
        name: row.get("name"),
        about: row.get("about"),
        first_day: row.get("first_day"),
        last_day: row.get("last_day"),
        value: row.get("value"),
        respondents: row.get("respondents"),
        text: row.get("text"),
        source: row.get("source"),
    }
}
