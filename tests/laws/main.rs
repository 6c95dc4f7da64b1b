//! Laws.

#[path = "../support/mod.rs"]
mod support;

mod corrections;
mod facts;
mod form;
mod rewrite;
mod sums;
mod time;
mod trial;
