//! Random participants, companies, placements and spells of one contract.

use super::Parts;
use super::charges::{HOURS, KINDS};
use super::contract::{GROUPS, Made};
use super::genes::Genes;
use super::history::{Entry, entries, record};
use crate::support::day::Day;
use crate::support::programme::*;

const PARTICIPANTS: [&str; 6] = ["b", "a", "B", "æ", "a.1", "a-1"];
const COMPANIES: [&str; 3] = ["a", "a-b", "a.b"];
const OTHER_COMPANIES: [&str; 3] = ["k", "K", "å"];
const EMPLOYERS: [&str; 2] = ["e", "a"];

pub fn make(parts: &Parts, made: &Made, programme: &mut Programme) {
    let people = parts.participants.iter().zip(PARTICIPANTS);
    let mut people: Vec<Person> = people.map(|(strand, id)| person(strand, id, made, programme)).collect();
    let ids = if parts.frame[31] % 3 == 2 { OTHER_COMPANIES } else { COMPANIES };
    for (strand, id) in parts.companies.iter().zip(ids) {
        company(strand, id, made, programme);
    }
    let companies = &ids[..parts.companies.len()];
    let mut jobs: Vec<(usize, String)> = Vec::new();
    if !companies.is_empty() {
        for (n, strand) in parts.placements.iter().enumerate() {
            let id = ["j", "J", "j-1", "j.1", "i"][n];
            jobs.push((placement(strand, id, companies, &people, made, programme), id.into()));
        }
    }
    for (n, strand) in parts.spells.iter().enumerate() {
        let id = ["s", "S", "s-1", "s.1", "t", "ø", "s_1", "r", "ss", "Å"][n];
        let mut genes = Genes::of(strand);
        let mut one = Terms::drawn(&mut genes, id, &jobs, &people, made);
        // Sometimes a career: the same job goes on and on, after gaps of about the allowed length.
        let parts = if genes.chance(45) { genes.between(2, 4) } else { 1 };
        for part in 1..=parts {
            if parts > 1 {
                one.last = Some(one.first.plus(short_length(&mut genes, made)));
            }
            one.enter(&mut genes, &jobs, &people, made, programme);
            if let Some(last) = one.last.filter(|_| part < parts) {
                one.id = format!("{id}.x{part}");
                one.first = last.plus(1 + gap(&mut genes, made));
            }
        }
        let whose = one.whose;
        people[whose].terms = Some(one);
    }
}

struct Person {
    id: &'static str,
    enrolled_on: Day,
    /// The spell made last.
    terms: Option<Terms>,
}

/// A spell as it is first reported.
#[derive(Clone)]
struct Terms {
    id: String,
    whose: usize,
    /// Its place among the placements, or none and an employer.
    job: Option<usize>,
    employer: String,
    kind: String,
    hours: String,
    first: Day,
    last: Option<Day>,
}

/// On the day before the term, most facts are already there.
fn early(made: &Made, genes: &mut Genes) -> Day {
    made.contract.starts.plus(-genes.between(0, 3))
}

fn person(strand: &[u16], id: &'static str, made: &Made, programme: &mut Programme) -> Person {
    let mut genes = Genes::of(strand);
    let contract = &made.contract;
    let enrolled_on = match genes.below(6) {
        0..=2 => contract.starts,
        3 => contract.starts.plus(genes.between(-5, 30)),
        4 => contract.starts.plus(genes.between(0, 10)),
        _ => contract.starts.plus(genes.between(0, 70)),
    };
    let row = ParticipantRow {
        record: Record::default(),
        target_group: genes.of_list(&GROUPS).into(),
        enrolled_on: enrolled_on.to_string(),
        eligible_until: if genes.chance(30) { after(&mut genes, enrolled_on, made).to_string() } else { String::new() },
        traits: String::new(),
    };
    let more = genes.of_list(&[0, 0, 0, 1, 0, 2]);
    let first = early(made, &mut genes);
    for (n, entry) in entries(&mut genes, first, &made.cut_offs, more).iter().enumerate() {
        let mut row = ParticipantRow { record: record(&mut genes, &contract.id, id, entry), ..row.clone() };
        if n > 0 {
            let enrolled_on = enrolled_on.plus(genes.of_list(&[0, 0, 1, -4]));
            row.enrolled_on = enrolled_on.to_string();
            let until = genes.chance(40).then(|| after(&mut genes, enrolled_on, made));
            row.eligible_until = until.map(|day| day.to_string()).unwrap_or_default();
            row.target_group = if genes.chance(30) { genes.of_list(&GROUPS).into() } else { row.target_group };
        }
        programme.participants.push(if entry.void {
            ParticipantRow { record: row.record, ..Default::default() }
        } else {
            row
        });
    }
    Person { id, enrolled_on, terms: None }
}

/// A last day on or after `first`.
fn after(genes: &mut Genes, first: Day, made: &Made) -> Day {
    let day = if genes.chance(50) { first.plus(genes.between(0, 90)) } else { genes.day_near(&made.landmarks) };
    day.max(first)
}

fn company(strand: &[u16], id: &str, made: &Made, programme: &mut Programme) {
    let mut genes = Genes::of(strand);
    let starts = made.contract.starts;
    let more = genes.of_list(&[0, 0, 0, 1, 2]);
    let first = early(made, &mut genes);
    for entry in entries(&mut genes, first, &made.cut_offs, more) {
        let joined_on = match genes.below(12) {
            0..=7 => Some(starts),
            8 => Some(starts.plus(genes.between(-30, 60))),
            9 | 10 => Some(genes.day_near(&made.landmarks)),
            _ => None,
        };
        let left_on = joined_on.filter(|_| genes.chance(35)).map(|joined_on| after(&mut genes, joined_on, made));
        let text = |day: Option<Day>| day.map(|day| day.to_string()).unwrap_or_default();
        let record = record(&mut genes, &made.contract.id, id, &entry);
        programme.companies.push(if entry.void {
            CompanyRow { record, ..Default::default() }
        } else {
            let name = genes.of_list(&["", "Kaffe, Te & \"Co\""]).into();
            CompanyRow { record, cvr: String::new(), name, joined_on: text(joined_on), left_on: text(left_on) }
        });
    }
}

/// Gives the place of the participant whose placement it is at first.
fn placement(
    strand: &[u16],
    id: &str,
    companies: &[&str],
    people: &[Person],
    made: &Made,
    programme: &mut Programme,
) -> usize {
    let mut genes = Genes::of(strand);
    let whose = genes.below(people.len());
    let company = genes.of_list(companies);
    let placed_on = match genes.below(8) {
        0..=3 => people[whose].enrolled_on,
        4..=6 => people[whose].enrolled_on.plus(genes.between(-40, 20)),
        _ => genes.day_near(&made.landmarks),
    };
    let more = genes.of_list(&[0, 0, 0, 1, 0, 2]);
    let first = early(made, &mut genes);
    for entry in entries(&mut genes, first, &made.cut_offs, more) {
        let record = record(&mut genes, &made.contract.id, id, &entry);
        let moved = genes.chance(15);
        programme.placements.push(match (entry.void, moved) {
            (true, _) => PlacementRow { record, ..Default::default() },
            (false, moved) => PlacementRow {
                record,
                participant: people[if moved { genes.below(people.len()) } else { whose }].id.into(),
                company: if moved { genes.of_list(companies) } else { company }.into(),
                placed_on: placed_on.to_string(),
            },
        });
    }
    whose
}

impl Terms {
    /// In a placement if there are any, else outside the programme; often as the participant's spell before.
    fn drawn(genes: &mut Genes, id: &str, jobs: &[(usize, String)], people: &[Person], made: &Made) -> Terms {
        let job = (!jobs.is_empty() && !genes.chance(30)).then(|| genes.below(jobs.len()));
        let whose = job.map_or_else(|| genes.below(people.len()), |job| jobs[job].0);
        let mut new = Terms {
            id: id.into(),
            whose,
            job,
            employer: genes.of_list(&EMPLOYERS).into(),
            kind: kind(genes, &made.contract),
            hours: genes.of_list(&HOURS).into(),
            first: first_day(genes, &people[whose], made),
            last: None,
        };
        new.last = last_day(genes, new.first, made);
        if let Some(old) = &people[whose].terms {
            let (job, kind, hours) = (genes.chance(40), genes.chance(50), genes.chance(50));
            new.job = if job { old.job } else { new.job };
            new.kind = if kind { old.kind.clone() } else { new.kind };
            new.hours = if hours { old.hours.clone() } else { new.hours };
        }
        new
    }

    /// Adds the spell's rows.
    fn enter(&self, genes: &mut Genes, jobs: &[(usize, String)], people: &[Person], made: &Made, programme: &mut Programme) {
        let job = self.job.map(|job| jobs[job].1.clone());
        let outside = |text: &str| if job.is_some() { String::new() } else { text.to_string() };
        let row = SpellRow {
            record: Record::default(),
            placement: job.clone().unwrap_or_default(),
            participant: outside(people[self.whose].id),
            employer: outside(&self.employer),
            kind: self.kind.clone(),
            first_day: self.first.to_string(),
            last_day: self.last.map(|day| day.to_string()).unwrap_or_default(),
            weekly_hours: self.hours.clone(),
            evidence: genes.of_list(&["", "payroll, \"June\""]).into(),
        };
        let more = genes.of_list(&[0, 0, 1, 0, 1, 0, 2, 3]);
        let recorded = self.first.plus(genes.of_list(&[0, 5, -3, -20]));
        for (n, entry) in entries(genes, recorded, &made.cut_offs, more).iter().enumerate() {
            let record = record(genes, &made.contract.id, &self.id, entry);
            let mut row = SpellRow { record, ..row.clone() };
            if n > 0 {
                change(genes, &mut row, jobs, people, made);
            }
            programme.spells.push(entered(row, entry));
        }
    }
}

/// Of a void row no more than its record is read, whatever else stands there.
fn entered(row: SpellRow, entry: &Entry) -> SpellRow {
    let kind = if entry.revision.is_empty() { "n/a" } else { "" }.to_string();
    if entry.void { SpellRow { record: row.record, kind, ..Default::default() } } else { row }
}

fn kind(genes: &mut Genes, contract: &Contract) -> String {
    let mut kinds: Vec<&str> = KINDS.to_vec();
    kinds.extend(contract.kinds.iter().map(String::as_str));
    let paid: Vec<&str> = contract.outcomes.iter().flat_map(|outcome| &outcome.kinds).map(String::as_str).collect();
    let excepted = contract.outcomes.iter().flat_map(|outcome| outcome.except_kinds.iter().flatten());
    match genes.below(20) {
        17.. => genes.of_list(&kinds).into(),
        16 => excepted.last().cloned().unwrap_or_else(|| genes.of_list(&paid).into()),
        _ => genes.of_list(&paid).into(),
    }
}

/// Of about the length that an outcome allows.
fn gap(genes: &mut Genes, made: &Made) -> i64 {
    let outcome = genes.of_list(&made.contract.outcomes);
    (outcome.max_gap_days.unwrap_or(0) + genes.of_list(&[0, 1, -1])).max(0)
}

/// At the enrolment, after a gap from the spell before, or near a landmark.
fn first_day(genes: &mut Genes, person: &Person, made: &Made) -> Day {
    let worked_until = person.terms.as_ref().and_then(|terms| terms.last).filter(|last| *last < made.contract.ends);
    match (genes.below(8), worked_until) {
        (0..=4, Some(until)) => until.plus(1 + gap(genes, made)),
        (5, Some(until)) => until.plus(genes.between(-10, 1)),
        (0..=5, _) => person.enrolled_on,
        (6, _) => person.enrolled_on.plus(genes.between(-6, 20)),
        _ => genes.day_near(&made.landmarks),
    }
}

/// Open, or as long as a milestone takes (or a day less or more), or to a landmark, or anything.
fn last_day(genes: &mut Genes, first: Day, made: &Made) -> Option<Day> {
    let longest = made.contract.ends.max(first).0 - first.0;
    let length = match genes.below(8) {
        0 | 1 => return None,
        2 | 3 => milestone_length(genes, &made.contract)? + genes.of_list(&[0, 1, -1]) - 1,
        4 => genes.between(0, 20),
        5 => genes.between(0, longest),
        6 => longest,
        _ => genes.day_near(&made.landmarks).0 - first.0,
    };
    Some(first.plus(length.max(0)))
}

/// Some days, or what is left of a milestone after a first part.
fn short_length(genes: &mut Genes, made: &Made) -> i64 {
    if genes.chance(50) {
        return genes.between(2, 25);
    }
    let length = milestone_length(genes, &made.contract).unwrap_or(7);
    (length / genes.of_list(&[1, 2]) + genes.of_list(&[-1, 0, -2])).max(0)
}

fn milestone_length(genes: &mut Genes, contract: &Contract) -> Option<i64> {
    let lengths: Vec<i64> = contract
        .charges
        .iter()
        .filter_map(|charge| match charge.what {
            What::Milestone(Milestone { after: After::Lasting(Length::Days(n)), .. }) => Some(n),
            What::Milestone(Milestone { after: After::Lasting(Length::Weeks(n)), .. }) => Some(7 * n),
            What::Milestone(Milestone { after: After::Lasting(Length::Months(n)), .. }) => Some(30 * n + 1),
            _ => None,
        })
        .collect();
    if lengths.is_empty() { Some(30) } else { Some(genes.of_list(&lengths)) }
}

/// A later row says something else than the first.
fn change(genes: &mut Genes, row: &mut SpellRow, jobs: &[(usize, String)], people: &[Person], made: &Made) {
    let first = Day::parse(&row.first_day).unwrap();
    match genes.below(8) {
        1 | 2 => row.last_day = after(genes, first, made).to_string(),
        3 => row.last_day = String::new(),
        4 => {
            let last = Day::parse(&row.last_day);
            let moved = first.plus(genes.of_list(&[7, 1, -1, -7, 14]));
            row.first_day = last.map_or(moved, |last| moved.min(last)).to_string();
        }
        5 => row.weekly_hours = genes.of_list(&HOURS).into(),
        6 => row.kind = kind(genes, &made.contract),
        7 if !jobs.is_empty() => {
            row.placement = genes.of_list(jobs).1;
            (row.participant, row.employer) = (String::new(), String::new());
        }
        7 => row.participant = people[genes.below(people.len())].id.into(),
        _ => {}
    }
}
