//! The house stays as it was planned: floors, sizes, words, the roll of mechanisms, and the book.
//!
//! `EFFEKT_BLESS=1 cargo test --all-features --test tidy` makes the pages and figures anew that are taken from the project; look
//! at the difference before you commit it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]
#![cfg(feature = "cli")]

mod book;
mod files;
mod floors;
mod mechanisms;
mod papers;
mod roll;
mod rules;
mod rust;
mod sizes;
mod words;
