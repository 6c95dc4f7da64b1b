//! Goals, and what figures ask of them and of places, as the library's values.

use super::{count, id, p};
use effekt::figure::goal::{Basis, ByGoal, Goal, GoalMet, Requirement};
use effekt::figure::places::{Per, Seats};
use effekt::measure::ratio::Ratio;

pub fn goal(terms: &p::Goal) -> Goal {
    Goal {
        id: id(&terms.id),
        title: terms.title.clone(),
        clause: terms.clause.clone(),
        needs: terms.needs.map(count),
        requirements: terms.requirements.iter().map(requirement).collect(),
    }
}

fn requirement(terms: &p::Requirement) -> Requirement {
    Requirement {
        id: id(&terms.id),
        title: terms.title.clone(),
        clause: terms.clause.clone(),
        from: match &terms.from {
            p::ShownBy::Entries => Basis::Entries,
            p::ShownBy::Figure(figure) => Basis::Figure(id(figure)),
            p::ShownBy::Goal(goal) => Basis::Goal(id(goal)),
        },
        at_least: terms.at_least.as_deref().map(|text| Ratio::parse(text).unwrap()),
    }
}

pub fn asked(goal: &str, by: p::GoalBy) -> GoalMet {
    let by = match by {
        p::GoalBy::Met => ByGoal::Met,
        p::GoalBy::Degree => ByGoal::Degree,
        p::GoalBy::Requirements => ByGoal::Requirements,
    };
    GoalMet { goal: id(goal), by }
}

pub fn seats(of: p::Seats) -> Seats {
    match of {
        p::Seats::Available => Seats::Available,
        p::Seats::Centres => Seats::Centres,
        p::Seats::Occupied => Seats::Occupied,
    }
}

pub fn per(by: p::PlacesBy) -> Per {
    match by {
        p::PlacesBy::Days => Per::Days,
        p::PlacesBy::Months => Per::Months,
        p::PlacesBy::LastDay => Per::LastDay,
    }
}
