//! Random programmes, all of them valid, that go looking for edges.

mod adjusting;
mod amend;
mod changing;
mod charges;
mod composed;
mod contract;
mod counting;
mod facts;
mod figures;
mod gates;
mod genes;
mod goals;
mod granting;
mod history;
mod invoicing;
mod ladders;
mod owing;
mod payers;
mod payrolling;
mod places;
mod saving;
mod told;
mod versions;

pub use amend::amended;

use super::day::Day;
use super::oracle;
use super::print::{self, Spelling, Texts};
use super::programme::{Contract, Programme};
use genes::{Genes, Strand, long_strand, strand, strands, there};
use proptest::prelude::*;

/// A programme and the day as of which it is settled.
#[derive(Clone, PartialEq)]
pub struct Settled {
    pub programme: Programme,
    pub as_of: String,
}

/// A programme that is settled early, then amended, then settled on with the first output as ledger.
#[derive(Clone, Debug)]
pub struct Resettled {
    pub first: Settled,
    pub then: Settled,
}

/// What one contract and its facts are made from.
#[derive(Clone, Debug)]
struct Parts {
    frame: Strand,
    outcomes: Vec<Strand>,
    charges: Vec<Strand>,
    ladder: Strand,
    limits: Vec<Strand>,
    companies: Vec<Strand>,
    participants: Vec<Strand>,
    placements: Vec<Strand>,
    spells: Vec<Strand>,
    measured: Vec<Strand>,
    measurements: Vec<Strand>,
}

fn parts() -> impl Strategy<Value = Parts> {
    // Two contracts in five pay for what a figure says.
    parts_with(prop_oneof![3 => strands(0, 0), 2 => strands(1, 3)])
}

fn parts_with(measured: impl Strategy<Value = Vec<Strand>>) -> impl Strategy<Value = Parts> {
    let contract = (strands(1, 2), strands(2, 4), strands(0, 3), strand());
    let people = prop_oneof![4 => strands(1, 3), 1 => strands(3, 6)];
    let facts = (strands(1, 3), people, strands(2, 5), strands(3, 9));
    (strand(), contract, facts, (measured, strands(2, 7))).prop_map(|(frame, contract, facts, (measured, measurements))| {
        let (outcomes, charges, limits, ladder) = contract;
        let (companies, participants, placements, spells) = facts;
        Parts {
            frame,
            outcomes,
            charges: there(charges, 1),
            ladder,
            limits: there(limits, 0),
            companies: there(companies, 0),
            participants: there(participants, 1),
            placements: there(placements, 0),
            spells: there(spells, 0),
            measured: there(measured, 0),
            measurements: there(measurements, 0),
        }
    })
}

/// Mostly one contract, sometimes two.
fn programme_parts() -> impl Strategy<Value = Vec<Parts>> {
    prop_oneof![
        9 => prop::collection::vec(parts(), 1),
        1 => prop::collection::vec(parts(), 2),
    ]
}

pub fn settled() -> impl Strategy<Value = Settled> {
    (programme_parts(), strand()).prop_map(|(parts, end)| make(&parts, &end))
}

/// As `settled`, with figures in every contract.
pub fn measured() -> impl Strategy<Value = Settled> {
    (prop::collection::vec(parts_with(strands(1, 3)), 1), strand()).prop_map(|(parts, end)| make(&parts, &end))
}

pub fn resettled() -> impl Strategy<Value = Resettled> {
    (programme_parts(), strand(), strand()).prop_map(|(parts, end, amendment)| {
        let later = make(&parts, &end);
        amended(&later, &mut Genes::of(&amendment))
    })
}

/// With adjustments, roundings, delays, traits and indices.
pub fn adjusted() -> impl Strategy<Value = Settled> {
    (settled(), long_strand()).prop_map(|(settled, terms)| adjusting::adjusted(settled, &mut Genes::of(&terms)))
}

/// As `resettled`, with the same adjustments before and after.
pub fn readjusted() -> impl Strategy<Value = Resettled> {
    (adjusted(), strand()).prop_map(|(later, amendment)| amended(&later, &mut Genes::of(&amendment)))
}

/// With gates before charges; some of them with adjustments.
pub fn gated() -> impl Strategy<Value = Settled> {
    let settled = prop_oneof![3 => settled().boxed(), 2 => measured().boxed(), 2 => adjusted().boxed()];
    (settled, long_strand()).prop_map(|(settled, terms)| gates::gated(settled, &mut Genes::of(&terms)))
}

/// The same without what adjusts, which may be more digits than files are let have.
pub fn gated_alone() -> impl Strategy<Value = Settled> {
    let settled = prop_oneof![1 => settled().boxed(), 1 => measured().boxed()];
    (settled, long_strand()).prop_map(|(settled, terms)| gates::gated(settled, &mut Genes::of(&terms)))
}

/// As `resettled`, with the same gates before and after.
pub fn regated() -> impl Strategy<Value = Resettled> {
    (gated(), strand()).prop_map(|(later, amendment)| amended(&later, &mut Genes::of(&amendment)))
}

/// Paid by what payrolls say.
pub fn payrolled() -> impl Strategy<Value = Settled> {
    (settled(), long_strand()).prop_map(|(settled, terms)| payrolling::payrolled(settled, &mut Genes::of(&terms)))
}

/// As `resettled`, with the same payrolls before and after.
pub fn repayrolled() -> impl Strategy<Value = Resettled> {
    (payrolled(), strand()).prop_map(|(later, amendment)| amended(&later, &mut Genes::of(&amendment)))
}

/// With counts, tallies, what adds up over the dates, dates of single participants and limits of units; at times with adjustments too.
pub fn counted() -> impl Strategy<Value = Settled> {
    (settled(), long_strand(), long_strand()).prop_map(|(settled, counts, terms)| {
        let counted = counting::counted(settled, &mut Genes::of(&counts));
        let mut genes = Genes::of(&terms);
        if genes.chance(25) { adjusting::adjusted(counted, &mut genes) } else { counted }
    })
}

/// With counts behind and before gates, and what is owed back of single participants unless something was reached.
pub fn counted_and_gated() -> impl Strategy<Value = Settled> {
    (plainly_counted(), long_strand()).prop_map(|(settled, terms)| gates::gated(settled, &mut Genes::of(&terms)))
}

/// As `resettled`, with the same counts and gates before and after.
pub fn recounted_and_regated() -> impl Strategy<Value = Resettled> {
    (counted_and_gated(), strand()).prop_map(|(later, amendment)| amended(&later, &mut Genes::of(&amendment)))
}

/// The same without adjustments.
pub fn plainly_counted() -> impl Strategy<Value = Settled> {
    (settled(), long_strand()).prop_map(|(settled, counts)| counting::counted(settled, &mut Genes::of(&counts)))
}

/// As `resettled`, with the same counts before and after.
pub fn recounted() -> impl Strategy<Value = Resettled> {
    (counted(), strand()).prop_map(|(later, amendment)| amended(&later, &mut Genes::of(&amendment)))
}

/// With benefits, and charges that pay for what weeks without them save.
pub fn saving() -> impl Strategy<Value = Settled> {
    let settled = prop_oneof![5 => settled().boxed(), 1 => measured().boxed(), 1 => adjusted().boxed()];
    (settled, long_strand(), long_strand())
        .prop_map(|(settled, terms, rows)| saving::saving(settled, &mut Genes::of(&terms), &mut Genes::of(&rows)))
}

/// The same without adjustments, which may be more digits than files are let have.
pub fn plainly_saving() -> impl Strategy<Value = Settled> {
    (settled(), long_strand(), long_strand(), strand()).prop_map(|(settled, terms, rows, digits)| {
        let saving = saving::saving(settled, &mut Genes::of(&terms), &mut Genes::of(&rows));
        saving::short(saving, &mut Genes::of(&digits))
    })
}

/// As `resettled`, with the same table before and after, and at times a benefit back-dated.
pub fn resaved() -> impl Strategy<Value = Resettled> {
    (saving(), strand(), strand()).prop_map(|(later, amendment, benefit)| {
        saving::back_dated(amended(&later, &mut Genes::of(&amendment)), &mut Genes::of(&benefit))
    })
}

/// With offers of places, and charges that pay for what is made of them.
pub fn placed() -> impl Strategy<Value = Settled> {
    let settled = prop_oneof![5 => settled().boxed(), 1 => measured().boxed(), 1 => adjusted().boxed()];
    (settled, long_strand(), long_strand())
        .prop_map(|(settled, terms, rows)| places::placed(settled, &mut Genes::of(&terms), &mut Genes::of(&rows)))
}

/// As `resettled`, with the same figures before and after, and at times an offer back-dated.
pub fn replaced() -> impl Strategy<Value = Resettled> {
    (placed(), strand(), strand()).prop_map(|(later, amendment, offer)| {
        places::back_dated(amended(&later, &mut Genes::of(&amendment)), &mut Genes::of(&offer))
    })
}

/// With goals, what was shown of them, and charges and gates that ask for them.
pub fn aimed() -> impl Strategy<Value = Settled> {
    let settled = prop_oneof![5 => settled().boxed(), 1 => measured().boxed(), 1 => adjusted().boxed()];
    (settled, long_strand(), long_strand())
        .prop_map(|(settled, terms, rows)| goals::aimed(settled, &mut Genes::of(&terms), &mut Genes::of(&rows)))
}

/// As `resettled`, with the same goals before and after, and at times an entry back-dated.
pub fn reaimed() -> impl Strategy<Value = Resettled> {
    (aimed(), strand(), strand()).prop_map(|(later, amendment, entry)| {
        goals::back_dated(amended(&later, &mut Genes::of(&amendment)), &mut Genes::of(&entry))
    })
}

/// Of contracts in several versions.
pub fn versioned() -> impl Strategy<Value = Settled> {
    let settled = prop_oneof![4 => settled().boxed(), 2 => adjusted().boxed(), 1 => gated().boxed()];
    (settled, long_strand()).prop_map(|(settled, terms)| versions::versioned(settled, &mut Genes::of(&terms)))
}

/// Of contracts in several versions: settled early, when later ones were not yet agreed, and then on.
pub fn reversioned() -> impl Strategy<Value = Resettled> {
    (versioned(), strand()).prop_map(|(later, early)| amend::as_it_was(&later, &mut Genes::of(&early)))
}

/// With what the payee owes, and floors.
pub fn owing() -> impl Strategy<Value = Settled> {
    let settled =
        prop_oneof![4 => settled().boxed(), 3 => measured().boxed(), 2 => adjusted().boxed(), 1 => versioned().boxed()];
    (settled, strand()).prop_map(|(settled, terms)| owing::owing(settled, &mut Genes::of(&terms)))
}

/// The same of what the command accepts: where much is adjusted, a price may be too long to be exact (mechanisms 2.4).
pub fn plainly_owing() -> impl Strategy<Value = Settled> {
    (prop_oneof![settled().boxed(), measured().boxed()], strand())
        .prop_map(|(settled, terms)| owing::owing(settled, &mut Genes::of(&terms)))
}

/// As `resettled` and `reversioned`, with the same terms before and after.
pub fn reowing() -> impl Strategy<Value = Resettled> {
    let owed = |settled: BoxedStrategy<Settled>| {
        (settled, strand()).prop_map(|(settled, terms)| owing::owing(settled, &mut Genes::of(&terms)))
    };
    let amended = (owed(settled().boxed()), strand()).prop_map(|(later, early)| amended(&later, &mut Genes::of(&early)));
    let as_it_was =
        (owed(versioned().boxed()), strand()).prop_map(|(later, early)| amend::as_it_was(&later, &mut Genes::of(&early)));
    prop_oneof![2 => amended, 1 => as_it_was]
}

/// With charges that rest on what was granted so far.
pub fn granting() -> impl Strategy<Value = Settled> {
    let granting = |settled: BoxedStrategy<Settled>| {
        (settled, strand()).prop_map(|(settled, terms)| granting::granting(settled, &mut Genes::of(&terms)))
    };
    let some = granting(prop_oneof![2 => settled().boxed(), 2 => plainly_owing().boxed(), 1 => adjusted().boxed()].boxed());
    let versions = (granting(plainly_owing().boxed()), long_strand())
        .prop_map(|(settled, terms)| versions::versioned(settled, &mut Genes::of(&terms)));
    prop_oneof![5 => some, 1 => versions]
}

/// As `granting`, of what the command accepts.
pub fn plainly_granting() -> impl Strategy<Value = Settled> {
    (prop_oneof![settled().boxed(), plainly_owing().boxed()], strand())
        .prop_map(|(settled, terms)| granting::granting(settled, &mut Genes::of(&terms)))
}

/// As `resettled`, with the same charges before and after.
pub fn regranting() -> impl Strategy<Value = Resettled> {
    (plainly_granting(), strand()).prop_map(|(later, early)| amended(&later, &mut Genes::of(&early)))
}

/// As `shared`, with what the payee owes.
pub fn owing_shared() -> impl Strategy<Value = Settled> {
    (shared(), strand()).prop_map(|(settled, terms)| owing::owing(settled, &mut Genes::of(&terms)))
}

/// As `reshared`, with what the payee owes.
pub fn reowing_shared() -> impl Strategy<Value = Resettled> {
    (owing_shared(), strand()).prop_map(|(later, early)| amend::as_it_was(&later, &mut Genes::of(&early)))
}

/// With terms of documents, payers of single charges, and payers that pay at most so much.
pub fn shared() -> impl Strategy<Value = Settled> {
    (invoiced(), long_strand()).prop_map(|(settled, terms)| payers::shared(settled, &mut Genes::of(&terms)))
}

/// As `shared`, often in several versions: settled early, and then on.
pub fn reshared() -> impl Strategy<Value = Resettled> {
    (shared(), long_strand(), strand()).prop_map(|(settled, terms, early)| {
        let mut genes = Genes::of(&terms);
        let later = if genes.chance(60) { versions::versioned(settled, &mut genes) } else { settled };
        amend::as_it_was(&later, &mut Genes::of(&early))
    })
}

/// With terms of documents: half of them as `settled`, half of a kind whose facts change all the time.
pub fn invoiced() -> impl Strategy<Value = Settled> {
    let changing = (strand(), strands(1, 4)).prop_map(|(frame, people)| changing::make(&frame, &people));
    (prop_oneof![1 => changing, 1 => settled()], strand())
        .prop_map(|(settled, terms)| invoicing::invoiced(settled, &mut Genes::of(&terms)))
}

/// As `resettled`, with the same terms of documents before and after, but for shares that are sometimes amended.
pub fn reinvoiced() -> impl Strategy<Value = Resettled> {
    (resettled(), strand()).prop_map(|(Resettled { first, mut then }, terms)| {
        let mut genes = Genes::of(&terms);
        let first = invoicing::invoiced(first, &mut genes);
        invoicing::carry_over(&first.programme, &mut then.programme, &mut genes);
        Resettled { first, then }
    })
}

fn make(parts: &[Parts], end: &Strand) -> Settled {
    let mut programme = Programme::default();
    let mut cut_offs: Vec<Day> = Vec::new();
    for (number, parts) in parts.iter().enumerate() {
        let made = contract::make(parts, number);
        cut_offs.append(&mut made.cut_offs.clone());
        facts::make(parts, &made, &mut programme);
        figures::measurements(&parts.measurements, &made, &mut programme);
        programme.contracts.push(made.contract);
    }
    let mut genes = Genes::of(end);
    let last = *cut_offs.iter().max().unwrap();
    let as_of = match genes.below(10) {
        0..=5 => last.plus(40),
        9 => last,
        6 => last.before(),
        7 => genes.of_list(&cut_offs),
        8 => genes.of_list(&cut_offs).before(),
        _ => Day(genes.between(cut_offs.iter().min().unwrap().0, last.0)),
    };
    history::spoil_later_rows(&mut genes, &mut programme, as_of);
    history::turn(&mut genes, &mut programme);
    Settled { programme, as_of: as_of.to_string() }
}

impl std::fmt::Debug for Settled {
    /// As the files that a person would read.
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let texts = print::programme(&self.programme, Spelling::Toml);
        writeln!(out, "--as-of {}", self.as_of)?;
        for (name, text) in &texts.contracts {
            writeln!(out, "--- contracts/{name}\n{text}")?;
        }
        let Texts { participants, companies, placements, spells, reports, measurements, .. } = &texts;
        let Texts { suspensions, checks, benefits, .. } = &texts;
        writeln!(out, "--- participants.csv\n{participants}--- companies.csv\n{companies}")?;
        writeln!(out, "--- placements.csv\n{placements}--- spells.csv\n{spells}--- hours.csv\n{reports}")?;
        writeln!(out, "--- measurements.csv\n{measurements}")?;
        writeln!(out, "--- suspensions.csv\n{suspensions}--- validation.csv\n{checks}--- benefits.csv\n{benefits}")?;
        let Texts { offers, shown, indicators, .. } = &texts;
        writeln!(out, "--- places.csv\n{offers}--- goals.csv\n{shown}--- indicators.csv\n{indicators}")
    }
}

/// The last day and the cut-off of each period, as the oracle draws the calendar.
fn cut_offs(contract: &Contract) -> Vec<(Day, Day)> {
    oracle::calendar_of(contract)
}
