//! `effekt explain`: shows how amounts come about.

use super::args::{ExplainArguments, Manner};
use super::failure::Failure;
use super::reading::Reading;
use super::simulated;
use super::tally::Tally;
use super::terminal::Terminal;
use crate::explain::{ExplainError, Question, explain, render};

/// Carries it out. What refuses the contract is reported and counted; warnings and notices are for `check` and `settle`
/// to tell, here the text is all there is.
///
/// # Errors
/// Wrong usage, among it a participant or a settlement that there is none of, or the machine failed.
pub fn run(arguments: &ExplainArguments, manner: &Manner, terminal: &mut Terminal<'_>) -> Result<u8, Failure> {
    let only = std::slice::from_ref(&arguments.contract);
    let reading = Reading::of(&arguments.programme, Some(arguments.as_of), only)?;
    let found = &reading.programme.diagnostics;
    let case = reading.programme.cases.iter().find(|case| !case.refused);
    let Some((case, contract)) = case.and_then(|case| Some((case, case.contract.as_ref()?))) else {
        let mut tally = Tally { refused: 1, simulated: arguments.simulate, ..Tally::default() };
        tally.add(found);
        terminal.show(found, &reading.sources, manner)?;
        terminal.count(&tally, manner)?;
        return Ok(tally.status());
    };
    let question = Question { participant: arguments.participant.as_deref(), settlement: arguments.settlement };
    let answer = explain(contract, &case.facts, arguments.as_of, question).map_err(|error| match error {
        ExplainError::Disagrees { .. } => Failure::Machine(format!("{error}; this is a fault in effekt, please report it")),
        unknown => Failure::usage(unknown),
    })?;
    let mark = if arguments.simulate { format!("{}\n\n", simulated::words(arguments.lang)) } else { String::new() };
    terminal.print(&(mark + &render(&answer, arguments.lang)))?;
    Ok(0)
}
