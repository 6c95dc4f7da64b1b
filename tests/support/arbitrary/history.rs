//! How rows are recorded: late, again, withdrawn, re-entered; and what stands in a file besides.

use super::genes::Genes;
use crate::support::day::Day;
use crate::support::programme::*;

/// Row by row, when it is recorded and whether it withdraws the fact.
pub struct Entry {
    pub recorded_on: Day,
    pub revision: String,
    pub void: bool,
}

/// The entries of one id, oldest first. `first` is the day on which it would be recorded without delay.
pub fn entries(genes: &mut Genes, first: Day, cut_offs: &[Day], more: usize) -> Vec<Entry> {
    let mut days = vec![if genes.chance(12) { near_cut_off(genes, cut_offs) } else { first }];
    for _ in 0..more {
        let last = days[days.len() - 1];
        days.push(match genes.below(4) {
            0 => last,
            1 => last.plus(genes.between(1, 60)),
            _ => near_cut_off(genes, cut_offs),
        });
    }
    days.sort();
    // Withdrawn on one cut-off, entered again by another.
    let back = genes.chance(12) && cut_offs.len() > 1;
    if back {
        let nth = genes.below(cut_offs.len() - 1);
        days = vec![days[0].min(cut_offs[nth]), cut_offs[nth], cut_offs[nth].plus(genes.between(1, 100))];
    }
    // Of one day: 9 before 10, though `10` is the lesser text; leading zeros say nothing.
    let revisions = if genes.chance(50) { ["", "9", "10", "011", "12"] } else { ["0", "1", "2", "03", "20"] };
    let mut entries: Vec<Entry> = Vec::new();
    for recorded_on in days {
        let same_day = entries.iter().filter(|entry| entry.recorded_on == recorded_on).count();
        let void = if back { entries.len() == 1 } else { genes.chance(if entries.is_empty() { 3 } else { 15 }) };
        entries.push(Entry { recorded_on, revision: revisions[same_day].into(), void });
    }
    entries
}

fn near_cut_off(genes: &mut Genes, cut_offs: &[Day]) -> Day {
    let cut_off = genes.of_list(cut_offs);
    match genes.below(5) {
        0 | 1 => cut_off,
        2 | 3 => cut_off.next(),
        _ => cut_off.plus(genes.between(-30, 30)),
    }
}

pub fn record(genes: &mut Genes, contract: &str, id: &str, entry: &Entry) -> Record {
    Record {
        contract: contract.into(),
        id: id.into(),
        recorded_on: entry.recorded_on.to_string(),
        revision: entry.revision.clone(),
        void: if entry.void { "true" } else { genes.of_list(&["", "false"]) }.into(),
    }
}

/// 3.9: of rows recorded after the as-of day only `recorded_on` is looked at, so anything may stand in them.
pub fn spoil_later_rows(genes: &mut Genes, programme: &mut Programme, as_of: Day) {
    if !genes.chance(30) {
        return;
    }
    let later = |record: &Record| Day::parse(&record.recorded_on).unwrap() > as_of;
    for row in programme.spells.iter_mut().filter(|row| later(&row.record)) {
        row.kind = "no such kind".into();
        row.weekly_hours = "-1".into();
    }
    for row in programme.measurements.iter_mut().filter(|row| later(&row.record)) {
        row.value = "about 60".into();
    }
    for row in programme.participants.iter_mut().filter(|row| later(&row.record)) {
        row.enrolled_on = "tomorrow".into();
    }
}

/// 12.3: the order of the rows says nothing.
pub fn turn(genes: &mut Genes, programme: &mut Programme) {
    fn turned<T>(genes: &mut Genes, rows: &mut [T]) {
        if !rows.is_empty() {
            let by = genes.below(rows.len());
            rows.rotate_left(by);
        }
        if genes.chance(30) {
            rows.reverse();
        }
    }
    turned(genes, &mut programme.participants);
    turned(genes, &mut programme.companies);
    turned(genes, &mut programme.placements);
    turned(genes, &mut programme.spells);
    turned(genes, &mut programme.measurements);
    turned(genes, &mut programme.reports);
    turned(genes, &mut programme.suspensions);
    turned(genes, &mut programme.checks);
    turned(genes, &mut programme.benefits);
    turned(genes, &mut programme.offers);
    turned(genes, &mut programme.shown);
    turned(genes, &mut programme.indicators);
}
