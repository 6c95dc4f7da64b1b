//! Everything that stands on the support of the tests, in one program: the random programmes, the oracle and what reads and prints
//! them are much to compile, and so are compiled once.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

mod compared;
mod corrections;
mod coverage;
mod document_laws;
mod documents_twin;
mod explain;
mod files;
mod fixtures;
mod forecasting;
#[cfg(feature = "cli")]
#[path = "common/invoice.rs"]
mod invoice;
mod laws;
mod misreadings;
mod oracle_cases;
mod oracle_laws;
mod small_scopes;
mod support;
mod twin;
