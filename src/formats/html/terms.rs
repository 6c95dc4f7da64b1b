//! The contract in short: which days count, what is paid, and at which rates.

use super::writer::Writer;
use super::{bands, gates};
use crate::charge::dates::After;
use crate::charge::fixed::FixedPer;
use crate::charge::milestone::Mode;
use crate::charge::period::Pay;
use crate::charge::{Charge, Dates, Fixed, Measured, Mechanism, Milestone, Period, RateRow};
use crate::contract::Contract;
use crate::measure::grid::Grid;
use crate::timeline::Outcome;
use crate::timeline::outcome::{Anchor, Companies, Length, NewJobs, Per};
use crate::timeline::payroll::{Spread, Tallied, Weekly};
use crate::timeline::tally::Needed;

/// What the contract pays for.
pub(super) struct Terms {
    pub outcomes: Vec<(String, String)>,
    /// The gates, each with what it asks.
    pub gates: Vec<(String, String)>,
    pub charges: Vec<Paid>,
}

/// A charge and its rates.
pub(super) struct Paid {
    /// As files name it, if documents do not.
    pub id: Option<String>,
    pub name: String,
    pub clause: Option<String>,
    pub what: String,
    pub rates: Vec<(String, String)>,
    /// How several rows are read together.
    pub reading: &'static str,
}

impl Terms {
    pub fn new(w: &Writer<'_>, contract: &Contract) -> Terms {
        let rates = |charge: &Charge| match &charge.mechanism {
            Mechanism::Measured(terms) => bands::bands(w, &terms.scale),
            _ => charge.rates.rows.iter().map(|row| rate(w, charge, row)).collect(),
        };
        let reading = |charge: &Charge| match &charge.mechanism {
            Mechanism::Measured(terms) => bands::reading(w, terms.scale.pricing),
            _ => w.t.first_row_counts,
        };
        let paid = |charge: &Charge| Paid {
            id: charge.text.as_ref().map(|_| charge.id.to_string()),
            name: w.charge(charge.id.as_str()),
            clause: charge.clause.clone(),
            what: sentence(w, charge.id.as_str()),
            rates: rates(charge),
            reading: reading(charge),
        };
        Terms {
            outcomes: contract.outcomes.iter().map(|o| (o.id.to_string(), outcome(w, o))).collect(),
            gates: contract.gates.iter().map(|gate| (gate.id.to_string(), gates::sentence(w, gate))).collect(),
            charges: contract.charges.iter().map(paid).collect(),
        }
    }
}

/// What a charge is paid for, in a sentence without its full stop; nothing if the contract does not know it.
pub(super) fn sentence(w: &Writer<'_>, charge: &str) -> String {
    let Some(charge) = w.contract.charges.iter().find(|known| known.id == *charge) else { return String::new() };
    let mut text = match &charge.mechanism {
        Mechanism::Fixed(terms) => fixed(w, terms),
        Mechanism::Measured(terms) => measured(w, terms),
        Mechanism::Milestone(terms) => milestone(w, terms),
        Mechanism::Period(terms) => period(w, terms),
    };
    text = bands::owed(w, charge.owed_by, text);
    if let Some(delay) = charge.delay {
        text = w.say(w.t.delayed, &[&text, &w.pen.delay(delay)]);
    }
    if !charge.requires.is_empty() {
        let names: Vec<String> = charge.requires.iter().map(|named| w.say(w.t.quoted, &[&named.to_string()])).collect();
        text = w.say(w.t.requires, &[&text, &w.all_of(&names)]);
    }
    match &charge.variant {
        Some(variant) => w.say(w.t.variant, &[&text, variant.as_str()]),
        None => text,
    }
}

fn fixed(w: &Writer<'_>, terms: &Fixed) -> String {
    let text = match (&terms.dates, terms.per) {
        (Dates::On(dates), per) => {
            let dates: Vec<String> = dates.iter().map(|day| w.pen.date(*day)).collect();
            w.say(if per == FixedPer::Company { w.t.fixed_company } else { w.t.fixed_on }, &[&w.all_of(&dates)])
        }
        (Dates::Every(every), per) => {
            let text = w.say(w.t.fixed_every, &[w.every(*every)]);
            if per == FixedPer::Company { w.say(w.t.for_each_company, &[&text]) } else { text }
        }
        (Dates::After(after), _) => w.say(w.t.fixed_after, &[&own_date(w, after)]),
    };
    if terms.per == FixedPer::Participant { w.say(w.t.for_each_participant, &[&text]) } else { text }
}

/// A date of the participant's own: `6 months after the enrolment`.
fn own_date(w: &Writer<'_>, after: &After) -> String {
    let anchor = match &after.from {
        Anchor::Enrolment | Anchor::FirstDay => w.t.from_enrolment.to_owned(),
        Anchor::Placement => w.t.from_placement.to_owned(),
        Anchor::Charge { charge, step } => w.say(w.t.day_reached, &[&format!("{charge}/step-{step:02}")]),
    };
    match after.length {
        Length::Days(0) | Length::Months(0) => w.say(w.t.on_the_day, &[&anchor]),
        length => w.say(w.t.so_long_after, &[&w.pen.length(length), &anchor]),
    }
}

fn measured(w: &Writer<'_>, terms: &Measured) -> String {
    let figure = w.say(w.t.quoted, &[terms.figure.as_str()]);
    let mut text = match &terms.dates {
        Dates::On(dates) => {
            let dates: Vec<String> = dates.iter().map(|day| w.pen.date(*day)).collect();
            w.say(w.t.measured_on, &[&figure, &w.all_of(&dates)])
        }
        Dates::Every(every) => w.say(w.t.measured_every, &[&figure, w.every(*every)]),
        Dates::After(after) => w.say(w.t.measured_after, &[&figure, &own_date(w, after)]),
    };
    if terms.per_participant {
        text = w.say(w.t.for_each_participant, &[&text]);
    }
    let times: Vec<String> = terms.times.iter().map(|id| w.say(w.t.quoted, &[id.as_str()])).collect();
    if !times.is_empty() {
        text = w.say(w.t.multiplied, &[&text, &w.all_of(&times)]);
    }
    if terms.cumulative { w.say(w.t.less_before, &[&text]) } else { text }
}

fn milestone(w: &Writer<'_>, terms: &Milestone) -> String {
    let (outcome, after) = (w.say(w.t.quoted, &[terms.outcome.as_str()]), w.pen.needed(terms.after));
    let mut text = match (terms.mode, terms.min_days) {
        (Mode::Continuous, _) => w.say(w.t.lasting, &[&outcome, &after]),
        (Mode::Cumulative, _) if matches!(terms.after, Needed::Sum(..)) => w.say(w.t.summing_up, &[&outcome, &after]),
        (Mode::Cumulative, None) => w.say(w.t.counting_up, &[&outcome, &after]),
        (Mode::Cumulative, Some(days)) => w.say(w.t.counting_months, &[&outcome, &after, &w.pen.days(i64::from(days))]),
        (Mode::OnDay, _) => w.say(w.t.on_day, &[&outcome, &after, &anchor_of(w, &terms.outcome)]),
    };
    if let Some(within) = terms.within {
        text = w.say(w.t.looked_at, &[&text, &w.pen.length(within)]);
    }
    if terms.repeat > 0 {
        text = w.say(w.t.counted_anew, &[&text, &terms.repeat.to_string()]);
    }
    match terms.then {
        Some(then) => w.say(w.t.and_again, &[&text, &w.pen.length(then.every), &then.times.to_string()]),
        None => text,
    }
}

fn period(w: &Writer<'_>, terms: &Period) -> String {
    let (unit, many) = match terms.unit {
        Grid::Day => (w.t.unit_day.to_owned(), w.t.units_days),
        Grid::Week => (w.t.unit_week.to_owned(), w.t.units_weeks),
        Grid::Month => (w.t.unit_month.to_owned(), w.t.units_months),
        Grid::Quarter => (w.t.each_quarter.to_owned(), w.t.units_other),
        Grid::HalfYear => (w.t.each_half_year.to_owned(), w.t.units_other),
        Grid::Year => (w.t.each_year.to_owned(), w.t.units_other),
        Grid::Parts { weeks, .. } => {
            let length = w.pen.length(Length::Days(u32::from(weeks) * 7));
            (w.say(w.t.unit_weeks, &[&length]), w.t.units_other)
        }
    };
    let outcome = w.say(w.t.quoted, &[terms.outcome.as_str()]);
    let text = match terms.pay {
        Pay::Full { min_days } => w.say(w.t.each_unit, &[&unit, &w.pen.days(i64::from(min_days)), &outcome]),
        Pay::Prorated => w.say(w.t.each_prorated, &[&unit, &outcome]),
        Pay::By(Tallied::Hours) => w.say(w.t.each_by_hours, &[&unit, &outcome]),
        Pay::By(Tallied::Earnings) => w.say(w.t.each_by_earnings, &[&unit, &outcome]),
    };
    match terms.max_units {
        Some(most) => w.say(w.t.at_most_units, &[&text, &w.say(many, &[&most.to_string()])]),
        None => text,
    }
}

/// Which days count for an outcome, in a sentence.
fn outcome(w: &Writer<'_>, o: &Outcome) -> String {
    let kinds: Vec<String> = o.kinds.iter().map(|kind| w.pen.kind(kind.as_str())).collect();
    let mut text = w.say(w.t.a_day_counts, &[&w.one_of(&kinds)]);
    if !o.min_weekly_hours.is_zero() {
        text = w.say(w.t.with_hours, &[&text, &w.pen.number(o.min_weekly_hours)]);
    }
    if o.companies == Companies::Participating {
        text = w.say(w.t.at_companies, &[&text]);
    }
    text = match o.new_jobs_only {
        NewJobs::Any => text,
        NewJobs::Only => w.say(w.t.in_new_jobs, &[&text]),
        NewJobs::OrMoreHours => w.say(w.t.in_jobs_with_more_hours, &[&text]),
    };
    if let Some(payroll) = o.payroll {
        let weekly = match payroll.weekly {
            Weekly::Average => w.t.weekly_average,
            Weekly::CalendarDays => w.t.weekly_calendar_days,
        };
        let spread = match payroll.spread {
            Spread::MonthEnd => w.t.spread_month_end,
            Spread::CalendarDays => w.t.spread_calendar_days,
            Spread::Weekdays => w.t.spread_weekdays,
        };
        text = w.say(w.t.by_payroll, &[&text, weekly, spread]);
    }
    if o.evidence_required {
        text = w.say(w.t.with_evidence, &[&text]);
    }
    if !o.except_kinds.is_empty() {
        let kinds: Vec<String> = o.except_kinds.iter().map(|kind| w.pen.kind(kind.as_str())).collect();
        text = w.say(w.t.except_kinds, &[&text, &w.one_of(&kinds)]);
    }
    if let Some(window) = &o.window {
        text = w.say(w.t.in_window, &[&text, &w.pen.length(window.length), &anchor(w, &window.from)]);
    }
    if o.skip_days > 0 {
        text = w.say(w.t.skipping, &[&text, &w.pen.length(Length::Days(o.skip_days))]);
    }
    if o.max_gap_days > 0 {
        let longest = w.pen.length(Length::Days(o.max_gap_days));
        text = match o.max_gap_total {
            Some(most) => w.say(w.t.with_gaps_total, &[&text, &longest, &most.to_string()]),
            None => w.say(w.t.with_gaps, &[&text, &longest]),
        };
    }
    if o.per == Per::Company {
        text = w.say(w.t.each_company, &[&text]);
    }
    if o.same_employer {
        text = w.say(w.t.each_place, &[&text]);
    }
    format!("{text}.")
}

fn anchor(w: &Writer<'_>, from: &Anchor) -> String {
    match from {
        Anchor::Enrolment => w.t.from_enrolment.to_owned(),
        Anchor::Placement => w.t.from_placement.to_owned(),
        Anchor::FirstDay => w.t.from_first_day.to_owned(),
        Anchor::Charge { charge, step: 1 } => w.say(w.t.from_charge, &[charge.as_str()]),
        Anchor::Charge { charge, step } => w.say(w.t.from_charge, &[&format!("{charge}/step-{step:02}")]),
    }
}

/// The anchor of an outcome's window, or the day of enrolment (rule 8.1).
fn anchor_of(w: &Writer<'_>, outcome: &crate::measure::id::Id) -> String {
    let window = w.contract.outcome(outcome).and_then(|outcome| outcome.window.as_ref());
    anchor(w, window.map_or(&Anchor::Enrolment, |window| &window.from))
}

/// The amount of a row and its conditions.
fn rate(w: &Writer<'_>, charge: &Charge, rate: &RateRow) -> (String, String) {
    let row = &rate.when;
    let mut conditions: Vec<String> = Vec::new();
    if let Some(kinds) = &row.kinds {
        let kinds: Vec<String> = kinds.iter().map(|kind| w.pen.kind(kind.as_str())).collect();
        conditions.push(w.one_of(&kinds));
    }
    if let Some(groups) = &row.target_groups {
        let groups: Vec<String> = groups.iter().map(ToString::to_string).collect();
        conditions.push(w.say(w.t.if_group, &[&w.one_of(&groups)]));
    }
    if let Some(traits) = &row.traits {
        let traits: Vec<String> = traits.iter().map(ToString::to_string).collect();
        conditions.push(w.say(w.t.if_traits, &[&w.all_of(&traits)]));
    }
    if let Some(band) = row.hours {
        conditions.push(w.say(w.t.if_hours, &[&w.pen.number(band.from), &w.pen.number(band.below)]));
    }
    if let Some(band) = row.elapsed {
        let from = charge.mechanism.outcome().map(|id| anchor_of(w, id)).unwrap_or_default();
        let months = [band.from_month, band.below_month].map(|month| month.to_string());
        let [first, below] = &months;
        conditions.push(w.say(w.t.if_elapsed, &[first, below, &from]));
    }
    if let Some(band) = row.steps {
        conditions.push(w.say(w.t.if_steps, &[&band.from.to_string(), &band.below.to_string()]));
    }
    if let Some(valid) = row.valid {
        conditions.push(w.say(w.t.if_valid, &[&w.pen.dates(valid)]));
    }
    let conditions = if conditions.is_empty() { w.t.always.to_owned() } else { conditions.join("; ") };
    (w.pen.exact(&rate.amount), conditions)
}
