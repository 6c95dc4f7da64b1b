//! The facts as the library's values.

use super::{day, decimal, id, open, p, saving, told};
use effekt::facts::{Company, Fact, Facts, History, Job, Measurement, Participant, Placement, Report, Row, Spell};
use effekt::measure::grid::Grid;
use effekt::measure::number;
use effekt::{Day, Span};

pub fn facts(programme: &p::Programme, contract: &str, as_of: Day) -> Facts {
    let participant = |row: &p::ParticipantRow| Participant {
        target_group: id(&row.target_group),
        enrolled_on: day(&row.enrolled_on),
        eligible_until: open(&row.eligible_until),
        traits: row.traits.split(' ').filter(|one| !one.is_empty()).map(id).collect(),
    };
    let company = |row: &p::CompanyRow| Company {
        cvr: None,
        name: None,
        joined_on: open(&row.joined_on),
        left_on: open(&row.left_on),
    };
    let placement = |row: &p::PlacementRow| Placement {
        participant: id(&row.participant),
        company: id(&row.company),
        placed_on: day(&row.placed_on),
    };
    let job = |placement: &str, participant: &str, employer: &str| match placement {
        "" => Job::Outside { participant: id(participant), employer: id(employer) },
        placement => Job::Placement(id(placement)),
    };
    let spell = |row: &p::SpellRow| Spell {
        job: job(&row.placement, &row.participant, &row.employer),
        kind: id(&row.kind),
        first_day: day(&row.first_day),
        last_day: open(&row.last_day),
        weekly_hours: decimal(&row.weekly_hours),
        evidence: (!row.evidence.is_empty()).then(|| row.evidence.as_str().into()),
    };
    let number = |text: &str| (!text.is_empty()).then(|| decimal(text));
    let report = |row: &p::ReportRow| Report {
        job: job(&row.placement, &row.participant, &row.employer),
        kind: id(&row.kind),
        month: Grid::Month.cell(day(&format!("{}-01", row.month))).span(),
        hours: number(&row.hours),
        earnings: number(&row.earnings),
        evidence: (!row.evidence.is_empty()).then(|| row.evidence.as_str().into()),
    };
    let measurement = |row: &p::MeasurementRow| Measurement {
        metric: id(&row.metric),
        cohort: (!row.cohort.is_empty()).then(|| id(&row.cohort)),
        participant: (!row.participant.is_empty()).then(|| id(&row.participant)),
        days: Span { first: day(&row.first_day), last: day(&row.last_day) },
        value: number::parse_signed(&row.value).unwrap(),
        source: None,
    };
    Facts {
        participants: history(&programme.participants, contract, as_of, |row| &row.record, participant),
        companies: history(&programme.companies, contract, as_of, |row| &row.record, company),
        placements: history(&programme.placements, contract, as_of, |row| &row.record, placement),
        spells: history(&programme.spells, contract, as_of, |row| &row.record, spell),
        reports: history(&programme.reports, contract, as_of, |row| &row.record, report),
        measurements: history(&programme.measurements, contract, as_of, |row| &row.record, measurement),
        suspensions: history(&programme.suspensions, contract, as_of, |row| &row.record, told::suspension),
        validations: history(&programme.checks, contract, as_of, |row| &row.record, |row| told::check(programme, row)),
        benefits: history(&programme.benefits, contract, as_of, |row| &row.record, saving::benefit),
        offers: history(&programme.offers, contract, as_of, |row| &row.record, told::offer),
        shown: history(&programme.shown, contract, as_of, |row| &row.record, told::shown),
        indicators: history(&programme.indicators, contract, as_of, |row| &row.record, told::indicator),
    }
}

fn history<R, T: Fact>(
    rows: &[R],
    contract: &str,
    as_of: Day,
    record: fn(&R) -> &p::Record,
    fact: impl Fn(&R) -> T,
) -> History<T> {
    let rows = rows.iter().filter(|row| record(row).contract == contract && day(&record(row).recorded_on) <= as_of);
    let rows = rows.map(|row| Row {
        id: id(&record(row).id),
        recorded_on: day(&record(row).recorded_on),
        revision: record(row).revision.parse().unwrap_or(0),
        fact: (record(row).void != "true").then(|| fact(row)),
        line: 0,
    });
    History::new(rows.collect()).unwrap()
}
