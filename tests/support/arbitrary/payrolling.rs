//! Random payrolls: outcomes that look at reports of hours, thresholds and prices by the hour or the krone, and the reports.

use super::contract::landmarks;
use super::genes::Genes;
use super::history::{entries, record};
use super::{Settled, charges};
use crate::support::day::Day;
use crate::support::programme::*;

/// Months of hours: of 30, 20, 10, 5 and 37 a week by one way or the other, exactly or once rounded; ties of the rounding; next to
/// nothing.
const HOURS: [&str; 20] = [
    "130", "86.67", "43.33", "160.33", "43.355", "21.67", "85.71", "128.57", "42.86", "20", "40", "38", "30", "0", "0.5",
    "100", "132.86", "80", "6.435", "120",
];
const EARNINGS: [&str; 12] =
    ["300", "200", "2450", "2450.00", "0", "16000", "0.03", "1999.99", "300", "31", "200", "33.335"];
const FACTORS: [&str; 5] = ["1.1", "0.3", "1.25", "0.5", "1/3"];
const RATES: [&str; 8] = ["0.3", "0.30", "100", "12.5", "0.125", "7", "1", "33.333"];

/// The same programme, paid by what payrolls say.
pub fn payrolled(mut settled: Settled, genes: &mut Genes) -> Settled {
    let as_of = Day::parse(&settled.as_of).unwrap();
    let Programme { contracts, participants, placements, spells, reports, .. } = &mut settled.programme;
    for contract in contracts {
        let weekly = genes.of_list(&[Weekly::Average, Weekly::CalendarDays]);
        let spread = genes.of_list(&[Spread::MonthEnd, Spread::CalendarDays, Spread::Weekdays]);
        contract.payroll = Some(Payroll { weekly, spread });
        for outcome in &mut contract.outcomes {
            look_at_the_payroll(genes, outcome);
        }
        let outcomes = contract.outcomes.clone();
        for charge in &mut contract.charges {
            tally(genes, &outcomes, charge);
        }
        let jobs = jobs(contract, participants, placements, spells);
        if !jobs.is_empty() {
            report(genes, contract, &jobs, reports);
        }
    }
    let later = |record: &Record| Day::parse(&record.recorded_on).unwrap() > as_of;
    for row in reports.iter_mut().filter(|row| later(&row.record)) {
        // 3.9: nothing else of such a row is looked at.
        row.month = "soon".into();
    }
    settled
}

fn look_at_the_payroll(genes: &mut Genes, outcome: &mut Outcome) {
    outcome.payroll = genes.chance(80);
    if !outcome.payroll {
        return;
    }
    if outcome.min_weekly_hours.is_some() || genes.chance(25) {
        outcome.min_weekly_hours = Some(genes.of_list(&["20", "10", "30", "10.01", "37", "5", "20.01"]).into());
    }
    outcome.evidence_required |= genes.chance(12);
    // A long minimum leaves little of a month.
    outcome.skip_days = outcome.skip_days.filter(|_| genes.chance(50));
}

/// A charge of an outcome, often for hours or earnings in place of days.
fn tally(genes: &mut Genes, outcomes: &[Outcome], charge: &mut Charge) {
    let (What::Milestone(Milestone { outcome, .. }) | What::Period { outcome, .. }) = &charge.what else { return };
    let payroll = outcomes.iter().any(|one| one.id == *outcome && one.payroll);
    let of = if payroll && genes.chance(50) { Tally::Earnings } else { Tally::Hours };
    if !genes.chance(75) {
        return;
    }
    match &mut charge.what {
        What::Milestone(terms) => {
            // As many steps as before, since others may name them.
            let further = terms.then.take().map(|then| then.times).or(terms.repeat);
            let amounts = match of {
                Tally::Hours => ["130", "104", "86.67", "20", "60.5", "160", "200", "0.5"],
                Tally::Earnings => ["300", "600", "800", "2450", "500", "2750", "20", "0.03"],
            };
            terms.mode = Mode::Cumulative;
            terms.after = After::Tallied(of, genes.of_list(&amounts).into());
            (terms.min_days, terms.repeat) = (None, further);
            terms.within = genes.chance(25).then(|| match genes.below(4) {
                0 => Length::Months(genes.between(1, 3)),
                1 => Length::Weeks(genes.between(1, 9)),
                _ => Length::Days(genes.of_list(&[30, 31, 61, 10, 28, 45])),
            });
        }
        What::Period { min_days, prorate, by, .. } => {
            (*min_days, *prorate, *by) = (None, false, Some(of));
            if let Price::Amount(amount) = &mut charge.price {
                *amount = genes.of_list(&RATES).into();
            }
            if charge.adjust.is_empty() && genes.chance(25) {
                let by = Some(By::Factor(genes.of_list(&FACTORS).into()));
                charge.adjust.push(Adjust { by, when: When::default(), round: None });
            }
        }
        What::Fixed { .. } | What::Measured { .. } => {}
    }
}

/// A job that is reported: whose and where, and how its months begin.
#[derive(Clone)]
struct Reported {
    placement: String,
    participant: String,
    employer: String,
    enrolled_on: Option<Day>,
}

/// The placements of a contract, and jobs outside; those that spells name, too.
fn jobs(
    contract: &Contract,
    participants: &[ParticipantRow],
    placements: &[PlacementRow],
    spells: &[SpellRow],
) -> Vec<Reported> {
    let here = |record: &Record| record.contract == contract.id && record.void != "true";
    let enrolled = |id: &str| {
        let of = participants.iter().find(|row| here(&row.record) && row.record.id == id);
        of.and_then(|row| Day::parse(&row.enrolled_on))
    };
    let mut jobs: Vec<Reported> = Vec::new();
    for row in placements.iter().filter(|row| here(&row.record)) {
        let placement = row.record.id.clone();
        let (participant, employer) = (String::new(), String::new());
        jobs.push(Reported { placement, participant, employer, enrolled_on: enrolled(&row.participant) });
    }
    for row in spells.iter().filter(|row| here(&row.record) && !row.employer.is_empty() && !row.participant.is_empty()) {
        let (participant, employer) = (row.participant.clone(), row.employer.clone());
        let enrolled_on = enrolled(&participant);
        jobs.push(Reported { placement: String::new(), participant, employer, enrolled_on });
    }
    for row in participants.iter().filter(|row| here(&row.record)) {
        let (participant, employer) = (row.record.id.clone(), "e".to_string());
        let enrolled_on = Day::parse(&row.enrolled_on);
        jobs.push(Reported { placement: String::new(), participant, employer, enrolled_on });
    }
    jobs
}

/// The reports of one contract: of each of some jobs a chain of months, some of them told in several rows.
fn report(genes: &mut Genes, contract: &Contract, jobs: &[Reported], reports: &mut Vec<ReportRow>) {
    let cut_offs = landmarks(contract).1;
    let mut number = 0;
    for _ in 0..genes.between(2, 5) {
        let job = genes.of_list(jobs);
        let from = job.enrolled_on.unwrap_or(contract.starts).max(contract.starts);
        let mut month = month_of(from, genes.of_list(&[0, 0, 1, -1, 0, 2]));
        let (kind, hours, earnings) = (kind(genes, contract), genes.of_list(&HOURS), genes.of_list(&EARNINGS));
        for _ in 0..genes.between(1, 4) {
            for part in 0..genes.of_list(&[1, 1, 1, 2, 1, 3]) {
                number += 1;
                let mut one = ReportRow {
                    record: Record::default(),
                    placement: job.placement.clone(),
                    participant: job.participant.clone(),
                    employer: job.employer.clone(),
                    kind: kind.clone(),
                    month: month_text(month),
                    hours: hours.into(),
                    earnings: earnings.into(),
                    evidence: genes.of_list(&["", "slip 7, \"June\"", "slip"]).into(),
                };
                vary(genes, contract, &mut one, part);
                let id = format!("{}{number}", genes.of_list(&["r", "R", "r-", "h."]));
                enter(genes, contract, &cut_offs, (&id, month, &one), reports);
            }
            month = month_of(month, genes.of_list(&[1, 1, 1, 2]));
        }
    }
}

/// Another kind, other hours, or one of the two amounts missing.
fn vary(genes: &mut Genes, contract: &Contract, one: &mut ReportRow, part: usize) {
    match genes.below(10) {
        6 => one.hours = genes.of_list(&HOURS).into(),
        7 => one.earnings = genes.of_list(&EARNINGS).into(),
        8 => one.hours = String::new(),
        9 => one.earnings = String::new(),
        _ => {}
    }
    if part > 0 && genes.chance(35) {
        one.kind = kind(genes, contract);
    }
}

/// The rows of one report: mostly a few days after its month, sometimes late, revised or withdrawn.
fn enter(
    genes: &mut Genes,
    contract: &Contract,
    cut_offs: &[Day],
    (id, month, one): (&str, Day, &ReportRow),
    reports: &mut Vec<ReportRow>,
) {
    let more = genes.of_list(&[0, 0, 0, 0, 1, 0, 2]);
    let recorded = month_of(month, 1).plus(genes.of_list(&[4, 0, 9, -3, 40]));
    for (nth, entry) in entries(genes, recorded, cut_offs, more).iter().enumerate() {
        let record = record(genes, &contract.id, id, entry);
        let mut row = ReportRow { record, ..one.clone() };
        if nth > 0 {
            match genes.below(6) {
                0 | 1 => row.hours = genes.of_list(&HOURS).into(),
                2 => row.earnings = genes.of_list(&EARNINGS).into(),
                3 => row.kind = kind(genes, contract),
                4 => row.month = month_text(month_of(month, genes.of_list(&[1, -1]))),
                _ => row.evidence = genes.of_list(&["slip", ""]).into(),
            }
            if row.hours.is_empty() && row.earnings.is_empty() {
                row.hours = "0".into();
            }
        }
        let gone = ReportRow { record: row.record.clone(), month: "n/a".into(), ..ReportRow::default() };
        reports.push(if entry.void { gone } else { row });
    }
}

fn kind(genes: &mut Genes, contract: &Contract) -> String {
    let paid: Vec<&String> = contract.outcomes.iter().flat_map(|outcome| &outcome.kinds).collect();
    if genes.chance(10) { genes.of_list(&charges::KINDS).into() } else { genes.of_list(&paid).clone() }
}

/// The first day of a month so many months further on.
fn month_of(day: Day, further: i64) -> Day {
    let (year, month, _) = day.civil();
    let counted = year * 12 + month - 1 + further;
    Day::from_civil(counted.div_euclid(12), counted.rem_euclid(12) + 1, 1)
}

fn month_text(month: Day) -> String {
    month.to_string()[..7].into()
}
