//! The version of the contract that a settlement follows, in words.

use super::page::Page;
use super::tree::{Followed, NewVersion};
use super::words::Phrase;
use crate::contract::{TermChange, TermDeed};
use crate::measure::day::Day;

/// Which version is followed, and what is new in it.
pub(super) fn put(page: &mut Page, version: Option<&Followed>) {
    name(page, version);
    version.iter().flat_map(|version| &version.new).for_each(|new| changes(page, new));
}

/// Which version is followed.
pub(super) fn name(page: &mut Page, version: Option<&Followed>) {
    let Some(version) = version else { return };
    match version.agreed_on.map(|agreed_on| page.day(agreed_on)) {
        Some(day) => page.put(0, Phrase::Version, &[&day]),
        None => page.put(0, Phrase::FirstVersion, &[]),
    }
}

/// That the contract is another one since the settlement before.
pub(super) fn since(page: &mut Page, indent: usize, agreed_on: Option<Day>) {
    if let Some(day) = agreed_on.map(|agreed_on| page.day(agreed_on)) {
        page.put(indent, Phrase::VersionSince, &[&day]);
    }
}

/// What a version says otherwise than the one before, one term a line.
fn changes(page: &mut Page, new: &NewVersion) {
    let day = page.day(new.agreed_on);
    let phrase = if new.changes.is_empty() { Phrase::NewVersionSame } else { Phrase::NewVersion };
    page.put(0, phrase, &[&day]);
    for TermChange { at, deed } in &new.changes {
        let at = at.join(" ");
        let said = |text: &Option<String>| text.clone().unwrap_or_else(|| page.say(Phrase::Empty, &[]));
        match deed {
            TermDeed::Added => page.put(2, Phrase::TermAdded, &[&at]),
            TermDeed::Removed => page.put(2, Phrase::TermRemoved, &[&at]),
            TermDeed::Changed { was, now } => {
                let (was, now) = (said(was), said(now));
                page.put(2, Phrase::TermChanged, &[&at, &was, &now]);
            }
        }
    }
}
