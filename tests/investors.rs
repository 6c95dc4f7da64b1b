//! The investors' side: the engine against a second implementation that was written from the book's page alone and goes day by day,
//! laws, wrong readings of the page, and the folders that were worked by hand.

#![cfg(feature = "cli")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, clippy::panic)]

#[path = "investors/command.rs"]
mod command;
#[path = "investors/laws.rs"]
mod laws;
#[path = "investors/oracle.rs"]
mod oracle;
#[path = "investors/twin.rs"]
mod twin;
#[path = "investors/world.rs"]
mod world;
