//! The book: what to read before the code.
//!
//! - [`rules`]: every rule, where it is carried out, and the folder that shows it
//! - [`pipeline`]: what happens from files to postings, in order
//! - [`invoicing`]: what a contract says so that it can be invoiced and booked
//! - [`forecasting`]: what a contract can still cost, and why the bounds hold
//! - [`comparing`]: what another contract would have cost, and settling without paying
//! - [`mechanisms`]: every way of paying that signed contracts use, by composing a few keys
//! - [`saving`]: what a municipality saves when a citizen needs no benefit, and the business case
//! - [`places`]: places at companies, how far they are filled, and what is paid by that
//! - [`goals`]: targets against results, with their evidence, and gains that are told and never paid
//! - [`investors`]: how what a fund receives is shared among those who funded it
//! - [`glossary`]: the words of Danish contracts and what they are called here
//! - [`decisions`]: why things are as they are, and what was decided where the rules are silent
//! - [`laws`]: what the tests hold the engine to
//! - [`diagnostics`]: everything that can be said about the input, by code
//! - [`changelog`]: what has changed, with a star where an amount can come out otherwise
//!
//! There is no code in here.

// The pages link to everything; without all features some of it is not there.
#![cfg_attr(not(feature = "cli"), allow(rustdoc::broken_intra_doc_links))]

#[doc = include_str!("book/rules.md")]
pub mod rules {}

#[doc = include_str!("book/pipeline.md")]
pub mod pipeline {}

#[doc = include_str!("book/invoicing.md")]
pub mod invoicing {}

#[doc = include_str!("book/forecasting.md")]
pub mod forecasting {}

#[doc = include_str!("book/comparing.md")]
pub mod comparing {}

#[doc = include_str!("book/mechanisms.md")]
pub mod mechanisms {}

#[doc = include_str!("book/saving.md")]
pub mod saving {}

#[doc = include_str!("book/places.md")]
pub mod places {}

#[doc = include_str!("book/goals.md")]
pub mod goals {}

#[doc = include_str!("book/investors.md")]
pub mod investors {}

#[doc = include_str!("book/glossary.md")]
pub mod glossary {}

#[doc = include_str!("book/decisions.md")]
pub mod decisions {}

#[doc = include_str!("book/laws.md")]
pub mod laws {}

#[doc = include_str!("book/diagnostics.md")]
pub mod diagnostics {}

#[doc = include_str!("../CHANGELOG.md")]
pub mod changelog {}
