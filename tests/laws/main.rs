//! Laws.

#[path = "../support/mod.rs"]
mod support;

mod corrections;
mod explanation;
mod facts;
mod form;
mod limits;
mod money;
mod rewrite;
mod sums;
mod time;
mod trial;
