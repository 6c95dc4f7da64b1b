//! The command `effekt`.

use std::io::{BufWriter, IsTerminal, stderr, stdout};
use std::process::ExitCode;

/// What one core allots another one frees, all the time: the system's allocator would make them wait for each other.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let watched = stderr().is_terminal();
    let (mut out, mut err) = (BufWriter::new(stdout()), BufWriter::new(stderr()));
    ExitCode::from(effekt::cli::run(std::env::args_os(), &mut out, &mut err, watched))
}
