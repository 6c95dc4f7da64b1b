//! The goals and what they ask (goals 2).

use super::parts::together;
use crate::figure::goal::{Basis, ByGoal, Goal, GoalMet, Requirement};
use crate::formats::reader::{Fields, Reader};

pub(super) fn goal<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Goal {
    let goal = Goal {
        id: reader.required(fields, "id", Reader::id).unwrap_or_default(),
        title: reader.optional(fields, "title", Reader::string),
        clause: reader.optional(fields, "clause", Reader::string),
        needs: reader.optional(fields, "needs", Reader::count),
        requirements: reader
            .required(fields, "requirement", |r, node, path| r.tables(node, path, requirement))
            .unwrap_or_default(),
    };
    reader.finish(fields, &[]);
    goal
}

fn requirement<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> Requirement {
    let id = reader.required(fields, "id", Reader::id).unwrap_or_default();
    let (title, clause) =
        (reader.optional(fields, "title", Reader::string), reader.optional(fields, "clause", Reader::string));
    let (has_figure, has_goal) = (fields.has("figure"), fields.has("goal"));
    if has_figure && has_goal {
        let message = "the result comes from a `figure` or from a `goal`, not from both";
        together(reader, fields, "goal", message, "keep one of them; a goal in a goal is a requirement of its own");
    } else if has_goal && fields.has("at_least") {
        let message = "a requirement with a `goal` is met as that goal is: it has no target of its own";
        together(reader, fields, "at_least", message, "leave `at_least` out");
    }
    let figure = reader.optional(fields, "figure", Reader::id);
    let goal = reader.optional(fields, "goal", Reader::id);
    let at_least = reader.optional(fields, "at_least", Reader::ratio);
    reader.finish(fields, &[]);
    let from = match (figure, goal) {
        (Some(figure), _) => Basis::Figure(figure),
        (None, Some(goal)) => Basis::Goal(goal),
        (None, None) => Basis::Entries,
    };
    let at_least = at_least.filter(|_| !matches!(from, Basis::Goal(_)));
    Requirement { id, title, clause, from, at_least }
}

const BY: [(&str, ByGoal); 3] = [("met", ByGoal::Met), ("degree", ByGoal::Degree), ("requirements", ByGoal::Requirements)];

/// A figure that asks for a goal (goals 3).
pub(super) fn met<'a>(reader: &mut Reader<'a>, fields: &mut Fields<'a>) -> GoalMet {
    GoalMet {
        goal: reader.optional(fields, "goal", Reader::id).unwrap_or_default(),
        by: reader.optional(fields, "by", |r, node, path| r.word(node, path, &BY)).unwrap_or(ByGoal::Met),
    }
}
