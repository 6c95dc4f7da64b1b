//! Floor 14, the command `effekt`: arguments, files and the terminal around the library (formats, "The command `effekt`").

mod args;
mod book;
mod check;
mod compare;
mod destination;
mod distribute;
mod earlier;
mod explain;
mod failure;
mod folder;
mod follow;
mod forecast;
mod invoice;
mod issued;
mod issuer;
mod progress;
mod reading;
pub mod render;
mod settle;
mod simulated;
mod stage;
mod statement;
mod swap;
mod tally;
mod terminal;
mod writing;

use args::{Arguments, Command, Manner};
use clap::Parser;
use failure::Failure;
use std::ffi::OsString;
use std::io::Write;
use terminal::Terminal;

/// Runs the command with its arguments, the first of which is its own name, and returns the exit status: 0 done, 1 the input has
/// errors, 2 wrong usage, 3 the machine failed. `watched` says that standard error is a screen: findings are coloured,
/// and work that takes longer shows how far it is.
pub fn run(
    arguments: impl IntoIterator<Item = OsString>,
    out: &mut (dyn Write + Send),
    err: &mut (dyn Write + Send),
    watched: bool,
) -> u8 {
    let mut terminal = Terminal { out, err, watched };
    match Arguments::try_parse_from(arguments) {
        Ok(Arguments { command, manner }) => carry_out(&command, &manner, &mut terminal).unwrap_or_else(|failure| {
            terminal.fail(&failure, &manner);
            failure.status()
        }),
        Err(answer) => {
            let text = answer.render();
            let text = if watched { text.ansi().to_string() } else { text.to_string() };
            let stream = if answer.use_stderr() { terminal.err } else { terminal.out };
            // Help that nobody reads to its end was given all the same.
            drop(stream.write_all(text.as_bytes()).and_then(|()| stream.flush()));
            u8::from(answer.use_stderr()) * 2
        }
    }
}

fn carry_out(command: &Command, manner: &Manner, terminal: &mut Terminal<'_>) -> Result<u8, Failure> {
    let mut work = || match command {
        Command::Check(arguments) => check::run(arguments, manner, terminal),
        Command::Settle(arguments) => settle::run(arguments, manner, terminal),
        Command::Invoice(arguments) => invoice::run(arguments, manner, terminal),
        Command::Statement(arguments) => statement::run(arguments, manner, terminal),
        Command::Forecast(arguments) => forecast::run(arguments, manner, terminal),
        Command::Compare(arguments) => compare::run(arguments, manner, terminal),
        Command::Distribute(arguments) => distribute::run(arguments, manner, terminal),
        Command::Explain(arguments) => explain::run(arguments, manner, terminal),
    };
    match manner.threads {
        None => work(),
        Some(threads) => {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads)).build();
            pool.map_err(|error| Failure::Machine(format!("cannot start {threads} threads: {error}")))?.install(work)
        }
    }
}
