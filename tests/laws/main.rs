//! Laws.

#[path = "../support/mod.rs"]
mod support;

mod corrections;
mod rewrite;
mod sums;
mod trial;
