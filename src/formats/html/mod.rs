//! Statements as HTML pages: each is one file that loads nothing, reads well on paper and to a screen reader, and needs no script.
//! The templates lie in `templates`; what they show is made ready here.

mod bands;
mod beside;
mod business;
mod changes;
mod chart;
mod comparison;
mod course;
mod funding;
mod gates;
mod glance;
mod index;
mod limits;
mod page;
mod section;
mod summary;
mod targets;
mod terms;
mod words;
mod writer;

pub use comparison::comparison;
pub use funding::funding;
pub use index::{Listed, index};
pub use page::page;

use crate::contract::Contract;
use crate::contract::invoicing::Language;
use crate::explain::Lang;

/// What every page of a simulation says.
#[must_use]
pub const fn simulated(lang: Lang) -> &'static str {
    words::texts(lang).simulated
}

/// The language of a contract's documents; without one English.
#[must_use]
pub fn language(contract: &Contract) -> Lang {
    match contract.invoicing.as_ref().map(|invoicing| invoicing.language) {
        Some(Language::Danish) => Lang::Da,
        Some(Language::English) | None => Lang::En,
    }
}
