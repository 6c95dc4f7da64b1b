//! What the tests share: programmes as plain values, their printing, reading and random making, and the
//! oracle, a second reading of the rules that shares no code with the engine.
#![allow(dead_code)]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::unreachable,
    clippy::indexing_slicing,
    clippy::string_slice
)]

pub mod arbitrary;
pub mod cases;
pub mod day;
pub mod health;
pub mod oracle;
pub mod output;
pub mod print;
pub mod programme;
pub mod read;
pub mod runs;
pub mod twin;
pub mod values;
