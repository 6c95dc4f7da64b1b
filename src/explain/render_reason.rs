//! Why a day does not count, in words.

use super::page::Page;
use super::reason::{Idle, LeftOut, Reason, Why};
use super::render_row::fact;
use super::words::Phrase;
use crate::timeline::outcome::Anchor;

/// The days left out, each range with its reason.
pub(super) fn left_out(page: &mut Page, indent: usize, left_out: &[LeftOut]) {
    for range in left_out {
        let (days, count) = (page.span(range.days), page.days(range.days.days()));
        let why = in_words(page, &range.reason);
        page.put(indent, Phrase::LeftOut, &[&days, &count, &why]);
    }
}

/// Why a day does not count.
pub(super) fn in_words(page: &Page, reason: &Reason) -> String {
    match reason {
        Reason::BeforeTerm { starts } => page.say(Phrase::BeforeTerm, &[&page.day(*starts)]),
        Reason::AfterTerm { ends } => page.say(Phrase::AfterTerm, &[&page.day(*ends)]),
        Reason::BeforeEnrolment { enrolled_on } => page.say(Phrase::BeforeEnrolment, &[&page.day(*enrolled_on)]),
        Reason::AfterEligibility { until } => page.say(Phrase::AfterEligibility, &[&page.day(*until)]),
        Reason::NoSpell => page.say(Phrase::NoSpellOnDay, &[]),
        Reason::NoReport => page.say(Phrase::NoReportOnDay, &[]),
        Reason::NoneActive { spells } => idle(page, spells),
        Reason::TooFewHours { hours, minimum, spells, idle: others } => {
            let text = page.say(Phrase::TooFewHours, &[&page.list(spells), &page.hours(*hours), &page.number(*minimum)]);
            if others.is_empty() { text } else { format!("{text}; {}", idle(page, others)) }
        }
        Reason::Excepted { spell, kind } => page.say(Phrase::Excepted, &[spell, &page.kind(kind)]),
        Reason::Skipped { days } => page.say(Phrase::Skipped, &[&page.days(i64::from(*days))]),
        Reason::NoAnchor { from } => page.say(Phrase::NoAnchor, &[&anchor(page, from)]),
        Reason::BeforeWindow { from, opens } => page.say(Phrase::BeforeWindow, &[&page.day(*opens), &anchor(page, from)]),
        Reason::AfterWindow { from, opens, closes } => {
            page.say(Phrase::AfterWindow, &[&page.day(*closes), &anchor(page, from), &page.day(*opens)])
        }
    }
}

pub(super) fn anchor(page: &Page, from: &Anchor) -> String {
    let phrase = match from {
        Anchor::Charge { charge, step } => {
            return page.say(Phrase::AnchorCharge, &[&format!("{charge}/step-{step:02}")]);
        }
        Anchor::Enrolment => Phrase::AnchorEnrolment,
        Anchor::Placement => Phrase::AnchorPlacement,
        Anchor::FirstDay => Phrase::AnchorFirstDay,
    };
    page.say(phrase, &[])
}

/// Spells that do not count on a day, each with its reason.
pub(super) fn idle(page: &Page, spells: &[Idle]) -> String {
    let one = |idle: &Idle| page.say(Phrase::IdleSpell, &[&idle.spell, &why(page, &idle.why)]);
    spells.iter().map(one).collect::<Vec<String>>().join("; ")
}

/// Why a spell does not count.
pub(super) fn why(page: &Page, why: &Why) -> String {
    match why {
        Why::Kind { kind } => page.say(Phrase::WhyKind, &[&page.kind(kind)]),
        Why::BeforePlaced { placement, placed_on } => page.say(Phrase::WhyBeforePlaced, &[placement, &page.day(*placed_on)]),
        Why::NotJoined { company, joined_on: Some(day) } => page.say(Phrase::WhyNotJoinedYet, &[company, &page.day(*day)]),
        Why::NotJoined { company, joined_on: None } => page.say(Phrase::WhyNotJoined, &[company]),
        Why::CompanyLeft { company, left_on } => page.say(Phrase::WhyCompanyLeft, &[company, &page.day(*left_on)]),
        Why::OutsideJob { employer } => page.say(Phrase::WhyOutside, &[employer]),
        Why::NotNew { earlier, first_day, enrolled_on } => {
            page.say(Phrase::WhyNotNew, &[earlier, &page.day(*first_day), &page.day(*enrolled_on)])
        }
        Why::NoEvidence => page.say(Phrase::WhyNoEvidence, &[]),
        Why::Followed { by, first_day } => page.say(Phrase::WhyFollowed, &[by, &page.day(*first_day)]),
        Why::SetAside { by } => page.say(Phrase::WhySetAside, &[by]),
        Why::Unconfirmed { recorded_on, until } => {
            page.say(Phrase::WhyUnconfirmed, &[&page.day(*recorded_on), &page.day(*until)])
        }
        Why::Waits { fact: name, id } => {
            let fact = page.say(fact(name), &[id]);
            page.say(Phrase::WhyWaits, &[&fact])
        }
    }
}
