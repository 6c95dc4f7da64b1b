//! Figures.

use super::{Keys, goal, saving};
use crate::support::programme::*;

pub fn figure(keys: &Keys) -> Figure {
    let part = |keys: &Keys| (keys.need("figure"), keys.text("weight"));
    let form = match (keys.text("value"), keys.text("compare")) {
        (Some(value), _) => Form::Value(value),
        (None, Some(of)) => Form::Compare { of, with: keys.need("with"), by: by(&keys.need("by")) },
        (None, None) if keys.0.contains_key("sample") => Form::Sample(keys.need("sample")),
        (None, None) if keys.0.contains_key("sum") => Form::Sum(keys.tables("sum").iter().map(part).collect()),
        (None, None) if keys.0.contains_key("goal") => goal::asked(keys),
        (None, None) => counted(keys),
    };
    Figure { id: keys.need("id"), form, decimals: keys.count("decimals").map(|count| count.try_into().unwrap()) }
}

/// What is counted, tallied or measured in a window.
fn counted(keys: &Keys) -> Form {
    let window = match keys.text("window").as_deref() {
        None | Some("total") => FigureWindow::Total,
        Some("calendar-year") => FigureWindow::CalendarYear,
        Some("since-last") => FigureWindow::SinceLast,
        Some(other) => panic!("window {other}"),
    };
    let per_participant = keys.is("per", "participant");
    let among = Among {
        target_groups: keys.texts("target_groups"),
        traits: keys.texts("traits"),
        enrolled: keys.table("enrolled").map(|keys| (keys.day("from"), keys.day("until"))),
    };
    if let Some(charges) = keys.texts("granted") {
        return Form::Granted { charges, window };
    }
    if let Some(tally) = keys.text("tally") {
        assert_eq!(tally, "days");
        return Form::Tally { outcome: keys.need("outcome"), among, window, per_participant };
    }
    if let Some(of) = keys.text("saving") {
        return Form::Saving { of: saving::saved(&of), among, window, per_participant };
    }
    if let Some(of) = keys.text("places") {
        let (centre, outcome) = (keys.text("centre"), keys.text("outcome"));
        return Form::Places { of: seats(&of), by: places_by(keys.text("by").as_deref()), centre, outcome, among, window };
    }
    let Some(count) = keys.text("count") else {
        return Form::Metric { metric: keys.need("metric"), cohort: keys.text("cohort"), window, per_participant };
    };
    let of = match count.as_str() {
        "participants" => Counted::Participants,
        "companies" => Counted::Companies,
        "reached" => Counted::Reached { charge: keys.need("charge"), step: keys.count("step") },
        "units" => Counted::Units { charge: keys.need("charge") },
        other => panic!("count {other}"),
    };
    Form::Count { of, among, window }
}

fn by(text: &str) -> Comparison {
    match text {
        "difference" => Comparison::Difference,
        "ratio" => Comparison::Ratio,
        "percent" => Comparison::Percent,
        "percent-change" => Comparison::PercentChange,
        "percent-fall" => Comparison::PercentFall,
        other => panic!("by {other}"),
    }
}

fn seats(text: &str) -> Seats {
    match text {
        "available" => Seats::Available,
        "centres" => Seats::Centres,
        "occupied" => Seats::Occupied,
        other => panic!("places {other}"),
    }
}

fn places_by(text: Option<&str>) -> PlacesBy {
    match text {
        None | Some("days") => PlacesBy::Days,
        Some("months") => PlacesBy::Months,
        Some("last-day") => PlacesBy::LastDay,
        Some(other) => panic!("by {other}"),
    }
}
