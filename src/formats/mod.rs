//! Formats

pub mod digest;
pub mod output;
mod row;
