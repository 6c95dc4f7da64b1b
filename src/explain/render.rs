//! An explanation as text for people, in English or Danish: one renderer, one table of phrases.

use super::page::Page;
use super::pen::{Dates, Pen};
use super::reckoning::Reckoning;
use super::render_gate::gate;
use super::render_item as item;
use super::render_price::verdict;
use super::render_reason as reason;
use super::render_row::source;
use super::render_step;
use super::render_version as version;
use super::source::{JobTerms, KnownSpell};
use super::tree::{Chapter, Explanation, Part, Standing, Unpaid, Whom};
use super::words::{Lang, Phrase};
use crate::measure::day::Span;

/// The explanation as plain text, in lines of at most 110 characters where the words allow it.
#[must_use]
pub fn render(explanation: &Explanation, lang: Lang) -> String {
    let in_full = explanation.participant.is_some() && explanation.settlement.is_some();
    let mut page = Page::new(Pen { lang, currency: explanation.currency, dates: Dates::Plain }, in_full);
    match &explanation.title {
        Some(title) => page.put(0, Phrase::Title, &[&explanation.contract, title]),
        None => page.put(0, Phrase::TitleOnly, &[&explanation.contract]),
    }
    let as_of = page.day(explanation.as_of);
    page.put(0, Phrase::AsOf, &[&as_of, explanation.currency.code()]);
    if explanation.settlements.is_empty() {
        page.put(0, Phrase::NoSettlement, &[]);
    }
    for told in &explanation.settlements {
        chapter(&mut page, told, explanation.participant.is_none());
    }
    if let Some(told) = &explanation.unpaid {
        page.gap();
        let phrase = if explanation.participant.is_some() { Phrase::NeverPaid } else { Phrase::NothingEver };
        let (days, cut_off) = (page.span(told.days), page.day(told.cut_off));
        page.put(0, phrase, &[&days]);
        page.rule("=");
        page.put(0, Phrase::CutOff, &[&cut_off]);
        version::name(&mut page, told.version.as_ref());
        told.parts.iter().for_each(|told| unpaid_part(&mut page, told));
    }
    page.done()
}

fn chapter(page: &mut Page, chapter: &Chapter, with_total: bool) {
    page.gap();
    if let ([part], false) = (chapter.parts.as_slice(), with_total)
        && part.items.is_empty()
        && part.unpaid.is_empty()
        && part.spells.as_ref().is_none_or(Vec::is_empty)
    {
        let days = page.span(chapter.days);
        page.put(0, Phrase::QuietSettlement, &[&chapter.number.to_string(), &days]);
        version::put(page, chapter.version.as_ref());
        if let Some(told) = part.standing.as_ref().filter(|_| !part.counts()) {
            standing(page, told);
        }
        return;
    }
    let (days, cut_off, total) = (page.span(chapter.days), page.day(chapter.cut_off), page.money(&chapter.total));
    page.put(0, Phrase::Settlement, &[&chapter.number.to_string(), &days]);
    page.rule("=");
    page.put(0, Phrase::CutOff, &[&cut_off]);
    version::put(page, chapter.version.as_ref());
    if with_total {
        page.put(0, Phrase::PostedHere, &[&total]);
    }
    if chapter.parts.is_empty() {
        page.put(0, Phrase::NothingSaid, &[]);
    }
    chapter.parts.iter().for_each(|told| part(page, told));
}

fn part(page: &mut Page, part: &Part) {
    page.gap();
    let total = page.money(&part.total);
    match &part.subject {
        Whom::Contract => page.put(0, Phrase::OfContract, &[&total]),
        Whom::Company(id) => page.put(0, Phrase::OfCompany, &[id, &total]),
        Whom::Participant(id) => page.put(0, Phrase::OfParticipant, &[id, &total]),
    }
    page.rule("-");
    who_and_spells(page, part);
    part.items.iter().for_each(|told| item::item(page, told));
    if part.items.is_empty() && (part.unpaid.is_empty() || !part.counts()) && part.standing.is_some() {
        page.put(2, Phrase::NothingSaid, &[]);
    }
    if !part.unpaid.is_empty() {
        page.gap();
        page.put(2, Phrase::NotPaidTitle, &[]);
        part.unpaid.iter().for_each(|told| unpaid(page, 4, told));
    }
}

/// Whether the participant counts, and its spells where they are new.
fn who_and_spells(page: &mut Page, part: &Part) {
    let counts = part.counts();
    if let Some(told) = part.standing.as_ref().filter(|_| part.spells.is_some() || !counts) {
        standing(page, told);
    }
    match part.spells.as_deref() {
        Some([]) if counts => page.put(2, Phrase::NoSpells, &[]),
        Some([]) => {}
        Some(spells) => {
            page.put(2, Phrase::SpellsKnown, &[]);
            spells.iter().for_each(|told| spell(page, told));
        }
        None => {}
    }
}

/// What is not paid to one participant over the whole term.
fn unpaid_part(page: &mut Page, part: &Part) {
    page.gap();
    if let Whom::Participant(id) = &part.subject {
        page.put(0, Phrase::OfUnpaid, &[id]);
        page.rule("-");
    }
    who_and_spells(page, part);
    part.unpaid.iter().for_each(|told| unpaid(page, 2, told));
}

fn unpaid(page: &mut Page, indent: usize, unpaid: &Unpaid) {
    let name = item::name(page, &unpaid.charge, &unpaid.units);
    page.line(indent, &name);
    unpaid_body(page, indent + 2, unpaid);
}

/// Why it is not paid.
pub(super) fn unpaid_body(page: &mut Page, indent: usize, unpaid: &Unpaid) {
    match &unpaid.reckoning {
        Reckoning::Step(sheet) if !page.in_full && sheet.reached.is_none() => {
            render_step::not_reached(page, indent, sheet);
            reason::left_out(page, indent, &unpaid.left_out);
        }
        Reckoning::Unit(sheet) if unpaid.units.count > 1 => {
            verdict(page, indent, &sheet.verdict, sheet.count);
            reason::left_out(page, indent, &unpaid.left_out);
        }
        reckoning => item::reckoning(page, indent, reckoning, unpaid.units.count),
    }
    unpaid.gates.iter().for_each(|told| gate(page, indent, told));
}

/// Whether a participant counts, and why not.
pub(super) fn standing(page: &mut Page, standing: &Standing) {
    match standing {
        Standing::Counts { target_group, enrolled_on, eligible_until } => {
            let from = page.day(*enrolled_on);
            match eligible_until.map(|until| page.day(until)) {
                Some(until) => page.put(2, Phrase::CountsUntil, &[&from, target_group, &until]),
                None => page.put(2, Phrase::Counts, &[&from, target_group]),
            }
        }
        Standing::NotYetRecorded { recorded_on } => {
            let day = page.day(*recorded_on);
            page.put(2, Phrase::NotYetRecorded, &[&day]);
        }
        Standing::Withdrawn { line, recorded_on } => {
            let day = page.day(*recorded_on);
            page.put(2, Phrase::ParticipantWithdrawn, &[&line.to_string(), &day]);
        }
        Standing::OtherTargetGroup { target_group, allowed } => {
            let allowed = page.list(allowed);
            page.put(2, Phrase::OtherTargetGroup, &[target_group, &allowed]);
        }
        Standing::EnrolledOutside { enrolled_on, cohort } => {
            let (day, days) = (page.day(*enrolled_on), page.span(*cohort));
            page.put(2, Phrase::EnrolledOutside, &[&day, &days]);
        }
        Standing::BeyondCohort { place, most } => {
            page.put(2, Phrase::BeyondCohort, &[&place.to_string(), &most.to_string()]);
        }
    }
}

fn spell(page: &mut Page, spell: &KnownSpell) {
    let Some(terms) = &spell.terms else {
        page.put(4, Phrase::SpellWithdrawn, &[&spell.id]);
        let row = source(page, &spell.row);
        return page.line(6, &row);
    };
    let days = match terms.last_day {
        Some(last) => page.span(Span { first: terms.first_day, last }),
        None => page.say(Phrase::From, &[&page.day(terms.first_day)]),
    };
    let job = job(page, &terms.job);
    let kind = page.kind(&terms.kind);
    let hours = page.hours_of(terms);
    page.put(4, Phrase::SpellLine, &[&spell.id, &kind, &hours, &days, &job]);
    let mut row = source(page, &spell.row);
    if let Some(evidence) = &terms.evidence {
        row = format!("{row}; {}", page.say(Phrase::Evidence, &[evidence]));
    }
    page.line(6, &row);
    if let Some(why) = &spell.cut {
        let why = reason::why(page, why);
        page.put(6, Phrase::SpellCut, &[&why]);
    }
}

/// Where a spell is worked.
pub(super) fn job(page: &Page, job: &JobTerms) -> String {
    match job {
        JobTerms::Placement { id, company: Some(company), placed_on: Some(day), joined_on, left_on } => {
            let placed = page.say(Phrase::InPlacement, &[id, company, &page.day(*day)]);
            format!("{placed}; {}", item::in_programme(page, *joined_on, *left_on))
        }
        JobTerms::Placement { id, .. } => page.say(Phrase::InUnknownPlacement, &[id]),
        JobTerms::Outside { employer } => page.say(Phrase::AtEmployer, &[employer]),
    }
}
