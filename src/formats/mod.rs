//! Formats

pub mod digest;
pub mod ledger_files;
pub mod output;
mod row;
