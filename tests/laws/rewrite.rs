//! The same programme said otherwise: recorded on other days, renamed, moved in time, with terms left out.

use crate::support::day::Day;
use crate::support::programme::*;

/// Every row's record, file by file.
pub fn records(programme: &mut Programme) -> Vec<&mut Record> {
    let mut records: Vec<&mut Record> = Vec::new();
    records.extend(programme.participants.iter_mut().map(|row| &mut row.record));
    records.extend(programme.companies.iter_mut().map(|row| &mut row.record));
    records.extend(programme.placements.iter_mut().map(|row| &mut row.record));
    records.extend(programme.spells.iter_mut().map(|row| &mut row.record));
    records.extend(programme.reports.iter_mut().map(|row| &mut row.record));
    records.extend(programme.measurements.iter_mut().map(|row| &mut row.record));
    records.extend(programme.suspensions.iter_mut().map(|row| &mut row.record));
    records.extend(programme.checks.iter_mut().map(|row| &mut row.record));
    records.extend(programme.benefits.iter_mut().map(|row| &mut row.record));
    records.extend(programme.offers.iter_mut().map(|row| &mut row.record));
    records.extend(programme.shown.iter_mut().map(|row| &mut row.record));
    records.extend(programme.indicators.iter_mut().map(|row| &mut row.record));
    records
}

pub fn recorded_on(record: &Record) -> Day {
    Day::parse(&record.recorded_on).unwrap()
}

/// What makes one row of an id replace another (3.1).
pub fn age(record: &Record) -> (Day, u64) {
    (recorded_on(record), if record.revision.is_empty() { 0 } else { record.revision.parse().unwrap() })
}

/// The facts as known on a day, each with its last row alone, recorded on another day.
pub fn known_at_once(programme: &Programme, on: Day, recorded: Day) -> Programme {
    fn standing<R: Clone>(rows: &[R], record: fn(&R) -> &Record, set: fn(&mut R, Record), on: Day, recorded: Day) -> Vec<R> {
        let known = |row: &&R| recorded_on(record(row)) <= on;
        let last = |row: &&R| {
            let (one, rows) = (record(row), rows.iter().filter(known).map(record));
            rows.filter(|other| (&other.contract, &other.id) == (&one.contract, &one.id)).all(|other| age(other) <= age(one))
        };
        let mut standing: Vec<R> =
            rows.iter().filter(known).filter(last).filter(|row| record(row).void != "true").cloned().collect();
        for row in &mut standing {
            let now = Record { recorded_on: recorded.to_string(), revision: String::new(), ..record(row).clone() };
            set(row, now);
        }
        standing
    }
    Programme {
        contracts: programme.contracts.clone(),
        participants: standing(&programme.participants, |row| &row.record, |row, now| row.record = now, on, recorded),
        companies: standing(&programme.companies, |row| &row.record, |row, now| row.record = now, on, recorded),
        placements: standing(&programme.placements, |row| &row.record, |row, now| row.record = now, on, recorded),
        spells: standing(&programme.spells, |row| &row.record, |row, now| row.record = now, on, recorded),
        reports: standing(&programme.reports, |row| &row.record, |row, now| row.record = now, on, recorded),
        measurements: standing(&programme.measurements, |row| &row.record, |row, now| row.record = now, on, recorded),
        suspensions: standing(&programme.suspensions, |row| &row.record, |row, now| row.record = now, on, recorded),
        checks: standing(&programme.checks, |row| &row.record, |row, now| row.record = now, on, recorded),
        benefits: standing(&programme.benefits, |row| &row.record, |row, now| row.record = now, on, recorded),
        offers: standing(&programme.offers, |row| &row.record, |row, now| row.record = now, on, recorded),
        shown: standing(&programme.shown, |row| &row.record, |row, now| row.record = now, on, recorded),
        indicators: standing(&programme.indicators, |row| &row.record, |row, now| row.record = now, on, recorded),
    }
}

/// The first day of the first contract's term, or of the other's if it is earlier.
pub fn first_day(programme: &Programme) -> Day {
    programme.contracts.iter().map(|contract| contract.starts).min().unwrap()
}

/// The terms that look at when a row was recorded: without them only its content counts (10.3).
pub fn blind_to_recording(programme: &mut Programme) {
    for contract in &mut programme.contracts {
        contract.settlement.confirm_days = None;
        if let Some(cohort) = &mut contract.cohort {
            cohort.max_participants = None;
        }
    }
}

pub fn without_limits(programme: &mut Programme) {
    programme.contracts.iter_mut().for_each(|contract| contract.limits.clear());
}

pub fn outcomes(programme: &mut Programme) -> impl Iterator<Item = &mut Outcome> {
    programme.contracts.iter_mut().flat_map(|contract| &mut contract.outcomes)
}

pub fn charges(programme: &mut Programme) -> impl Iterator<Item = &mut Charge> {
    programme.contracts.iter_mut().flat_map(|contract| &mut contract.charges)
}

/// The rate rows of every charge that has a card.
pub fn rates(programme: &mut Programme) -> impl Iterator<Item = &mut Rate> {
    charges(programme).flat_map(|charge| match &mut charge.price {
        Price::Card(rates) => rates.iter_mut(),
        Price::Amount(_) | Price::Each(_) | Price::Bands { .. } => [].iter_mut(),
    })
}

/// The conditions of every rate row and adjustment.
pub fn conditions(programme: &mut Programme) -> Vec<&mut When> {
    let of_charge = |charge| {
        let Charge { price, adjust, .. }: &mut Charge = charge;
        let rows: Vec<&mut When> = match price {
            Price::Card(rates) => rates.iter_mut().map(|rate| &mut rate.when).collect(),
            _ => Vec::new(),
        };
        rows.into_iter().chain(adjust.iter_mut().map(|row| &mut row.when))
    };
    charges(programme).flat_map(of_charge).collect()
}

/// The texts of every amount that prices a charge.
pub fn amounts(programme: &mut Programme) -> Vec<&mut String> {
    charges(programme)
        .flat_map(|charge| match &mut charge.price {
            Price::Card(rates) => rates.iter_mut().map(|rate| &mut rate.amount).collect(),
            Price::Amount(amount) | Price::Each(amount) => vec![amount],
            Price::Bands { bands, .. } => bands.iter_mut().flat_map(band_amounts).collect(),
        })
        .collect()
}

/// The numbers of a band that are money.
fn band_amounts(band: &mut Band) -> impl Iterator<Item = &mut String> {
    [&mut band.amount, &mut band.each, &mut band.to_amount].into_iter().flatten()
}

/// Without the charges that pay for what figures say.
pub fn without_measured(programme: &mut Programme) {
    keep_charges(programme, |charge| !matches!(charge.what, What::Measured { .. }));
}

/// Without dates after the term.
pub fn measured_in_the_term(programme: &mut Programme) {
    for contract in &mut programme.contracts {
        let ends = contract.ends;
        for charge in &mut contract.charges {
            if let What::Measured { dates: Dates::On(on), .. } = &mut charge.what {
                on.retain(|date| *date <= ends);
            }
        }
    }
    keep_charges(programme, |charge| !matches!(&charge.what, What::Measured { dates: Dates::On(on), .. } if on.is_empty()));
}

/// Figures that are made of others print a number instead.
pub fn without_composed(programme: &mut Programme) {
    for figure in programme.contracts.iter_mut().flat_map(|contract| &mut contract.figures) {
        if matches!(figure.form, Form::Compare { .. } | Form::Sum(_)) {
            figure.form = Form::Value("12".into());
        }
        figure.decimals = None;
    }
}

/// Without variants, in which one charge takes from another.
pub fn without_variants(programme: &mut Programme) {
    charges(programme).for_each(|charge| charge.variant = None);
}

/// Without anything that ties a charge to another: what it requires, variants, windows from a charge.
pub fn untied(programme: &mut Programme) {
    without_variants(programme);
    charges(programme).for_each(|charge| charge.requires.clear());
    without_ladders(programme);
}

/// Without windows from a charge.
pub fn without_ladders(programme: &mut Programme) {
    for outcome in outcomes(programme) {
        outcome.window = outcome.window.take().filter(|window| !matches!(window.from, Anchor::Charge { .. }));
    }
}

/// The contract's own charges require nothing that anybody has to reach.
pub fn without_own_requirements(programme: &mut Programme) {
    let own = |charge: &&mut Charge| matches!(charge.what, What::Fixed { .. } | What::Measured { .. });
    charges(programme).filter(own).for_each(|charge| charge.requires.clear());
}

/// Keeps some charges; a limit on others alone goes with them, and what they are named for.
pub fn keep_charges(programme: &mut Programme, keep: impl Fn(&Charge) -> bool) {
    for contract in &mut programme.contracts {
        let (left, gone): (Vec<Charge>, Vec<Charge>) = std::mem::take(&mut contract.charges).into_iter().partition(&keep);
        contract.charges = left;
        contract.forget(|id| gone.iter().any(|charge| charge.id == id));
    }
}

/// Every day of a programme moved; texts that are no date stay.
pub fn move_days(programme: &mut Programme, to: &impl Fn(Day) -> Day) {
    for contract in &mut programme.contracts {
        contract.starts = to(contract.starts);
        contract.ends = to(contract.ends);
        if let Some(cohort) = &mut contract.cohort {
            cohort.enrol_from = cohort.enrol_from.map(to);
            cohort.enrol_until = cohort.enrol_until.map(to);
        }
        for charge in &mut contract.charges {
            if let What::Fixed { dates: Dates::On(on), .. } | What::Measured { dates: Dates::On(on), .. } = &mut charge.what
            {
                on.iter_mut().for_each(|day| *day = to(*day));
            }
        }
        for gate in &mut contract.gates {
            if let Some(Dates::On(on)) = &mut gate.dates {
                on.iter_mut().for_each(|day| *day = to(*day));
            }
        }
    }
    for rate in conditions(programme) {
        rate.valid = rate.valid.map(|(from, until)| (from.map(to), until.map(to)));
    }
    let move_text = |text: &mut String| {
        if let Some(day) = Day::parse(text) {
            *text = to(day).to_string();
        }
    };
    records(programme).into_iter().for_each(|record| move_text(&mut record.recorded_on));
    for row in &mut programme.participants {
        [&mut row.enrolled_on, &mut row.eligible_until].into_iter().for_each(move_text);
    }
    for row in &mut programme.companies {
        [&mut row.joined_on, &mut row.left_on].into_iter().for_each(move_text);
    }
    for row in &mut programme.placements {
        move_text(&mut row.placed_on);
    }
    for row in &mut programme.spells {
        [&mut row.first_day, &mut row.last_day].into_iter().for_each(move_text);
    }
    for row in &mut programme.measurements {
        [&mut row.first_day, &mut row.last_day].into_iter().for_each(move_text);
    }
    for row in &mut programme.suspensions {
        [&mut row.first_day, &mut row.last_day].into_iter().for_each(move_text);
    }
    for row in &mut programme.benefits {
        [&mut row.first_day, &mut row.last_day].into_iter().for_each(move_text);
    }
    for row in &mut programme.offers {
        [&mut row.first_day, &mut row.last_day].into_iter().for_each(move_text);
    }
    for row in &mut programme.shown {
        move_text(&mut row.shown_on);
    }
}

/// New names for the things that facts are about; an empty name stays empty.
pub struct Names<'n> {
    pub participant: &'n dyn Fn(&str) -> String,
    pub company: &'n dyn Fn(&str) -> String,
    pub placement: &'n dyn Fn(&str) -> String,
    pub spell: &'n dyn Fn(&str) -> String,
    pub employer: &'n dyn Fn(&str) -> String,
}

pub fn rename_facts(programme: &mut Programme, names: &Names) {
    let put = |text: &mut String, name: &dyn Fn(&str) -> String| {
        if !text.is_empty() {
            *text = name(text);
        }
    };
    for row in &mut programme.participants {
        put(&mut row.record.id, names.participant);
    }
    for row in &mut programme.companies {
        put(&mut row.record.id, names.company);
    }
    for row in &mut programme.placements {
        put(&mut row.record.id, names.placement);
        put(&mut row.participant, names.participant);
        put(&mut row.company, names.company);
    }
    for row in &mut programme.spells {
        put(&mut row.record.id, names.spell);
        put(&mut row.placement, names.placement);
        put(&mut row.participant, names.participant);
        put(&mut row.employer, names.employer);
    }
    for row in &mut programme.benefits {
        put(&mut row.participant, names.participant);
    }
    for row in &mut programme.offers {
        let mut companies: Vec<String> = row.companies.split_whitespace().map(str::to_string).collect();
        companies.iter_mut().for_each(|company| put(company, names.company));
        row.companies = companies.join(" ");
    }
    for row in &mut programme.reports {
        put(&mut row.record.id, names.spell);
        put(&mut row.placement, names.placement);
        put(&mut row.participant, names.participant);
        put(&mut row.employer, names.employer);
    }
}

/// A spell row that names its own participant and employer, standing alone.
pub fn outside_spell(contract: &str, id: &str, participant: &str, employer: &str, recorded: Day) -> SpellRow {
    SpellRow {
        record: Record { contract: contract.into(), id: id.into(), recorded_on: recorded.to_string(), ..Record::default() },
        participant: participant.into(),
        employer: employer.into(),
        weekly_hours: "37".into(),
        ..SpellRow::default()
    }
}

/// The records of each fact, the oldest row first.
pub fn histories(programme: &mut Programme) -> Vec<Vec<&mut Record>> {
    use std::collections::BTreeMap;
    let mut facts: BTreeMap<(usize, String, String), Vec<&mut Record>> = BTreeMap::new();
    let files: [Vec<&mut Record>; 12] = [
        programme.participants.iter_mut().map(|row| &mut row.record).collect(),
        programme.companies.iter_mut().map(|row| &mut row.record).collect(),
        programme.placements.iter_mut().map(|row| &mut row.record).collect(),
        programme.spells.iter_mut().map(|row| &mut row.record).collect(),
        programme.reports.iter_mut().map(|row| &mut row.record).collect(),
        programme.measurements.iter_mut().map(|row| &mut row.record).collect(),
        programme.suspensions.iter_mut().map(|row| &mut row.record).collect(),
        programme.checks.iter_mut().map(|row| &mut row.record).collect(),
        programme.benefits.iter_mut().map(|row| &mut row.record).collect(),
        programme.offers.iter_mut().map(|row| &mut row.record).collect(),
        programme.shown.iter_mut().map(|row| &mut row.record).collect(),
        programme.indicators.iter_mut().map(|row| &mut row.record).collect(),
    ];
    for (file, records) in files.into_iter().enumerate() {
        for record in records {
            facts.entry((file, record.contract.clone(), record.id.clone())).or_default().push(record);
        }
    }
    let mut histories: Vec<Vec<&mut Record>> = facts.into_values().collect();
    histories.iter_mut().for_each(|records| records.sort_by_key(|record| age(record)));
    histories
}

/// The cut-offs of a contract, in order.
pub fn cut_offs(contract: &Contract) -> Vec<Day> {
    crate::support::oracle::calendar_of(contract).into_iter().map(|(_, cut_off)| cut_off).collect()
}

/// The cut-offs of the contract that a record belongs to, of several versions those of the shortest.
pub fn cut_offs_of(contracts: &[Contract], record: &Record) -> Vec<Day> {
    let versions = contracts.iter().filter(|contract| contract.id == record.contract).map(cut_offs);
    versions.min_by_key(|cut_offs| cut_offs.last().copied()).unwrap_or_default()
}
