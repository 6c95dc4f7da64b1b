//! The command's parts.

pub mod render;
