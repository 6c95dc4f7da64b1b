//! The arguments of the command (formats, "The command `effekt`").

use crate::explain::Lang;
use crate::measure::day::Day;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Settles payment-by-results contracts: reads a programme folder of contracts and reported facts, works out what the outcome
/// payers owe, and writes every payment and correction with its reason.
#[derive(Parser, Debug)]
#[command(name = "effekt", version, after_help = STATUS, disable_help_subcommand = true)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// How to show what is found.
    #[command(flatten)]
    pub manner: Manner,
}

/// What to do.
#[derive(Subcommand, Debug)]
pub enum Command {
    /// Read everything and report every error, warning and notice; nothing is written
    #[command(after_help = CHECK)]
    Check(CheckArguments),
    /// Settle every period whose cut-off is on or before a day, and write the settlements
    #[command(after_help = SETTLE)]
    Settle(SettleArguments),
    /// Settle, and make the documents of all settlements that have none yet: e-invoices, credit notes, bookkeeping
    #[command(after_help = INVOICE)]
    Invoice(InvoiceArguments),
    /// Write a page for people about each settlement: what is owed, what changed and why, and how each amount came about
    #[command(after_help = STATEMENT)]
    Statement(StatementArguments),
    /// What contracts can still cost: the lowest and the highest that can be paid in the end, and what limits leave
    #[command(after_help = FORECAST)]
    Forecast(ForecastArguments),
    /// Show what another contract would pay for the same facts, by charge, target group, quarter, payer and participant, and why
    #[command(after_help = COMPARE)]
    Compare(CompareArguments),
    /// Share what a fund receives for a programme among its funders
    #[command(after_help = DISTRIBUTE)]
    Distribute(DistributeArguments),
    /// Show step by step how the amounts of a contract come about
    #[command(after_help = EXPLAIN)]
    Explain(ExplainArguments),
}

/// How findings are shown and how many cores work; the same for every command.
#[derive(Args, Debug)]
pub struct Manner {
    /// Errors, warnings and notices as text for people, or as one JSON object a line for other systems
    #[arg(long, global = true, value_enum, default_value_t = Format::Human, value_name = "FORMAT")]
    pub format: Format,
    /// Work on this many cores (default: all). The results are the same
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub threads: Option<u16>,
    /// Show no progress and no notices; errors, warnings and the counts remain
    #[arg(long, global = true)]
    pub quiet: bool,
}

/// How findings are shown.
#[derive(Clone, Copy, PartialEq, Eq, Debug, ValueEnum)]
pub enum Format {
    /// Text for people.
    Human,
    /// One JSON object a line.
    Json,
}

/// `effekt check`.
#[derive(Args, Debug)]
pub struct CheckArguments {
    /// The programme folder: contracts/*.toml, participants.csv, companies.csv, placements.csv and spells.csv
    pub programme: PathBuf,
    /// Check the programme as it stood at the end of this day, YYYY-MM-DD (default: with everything recorded)
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Option<Day>,
    /// Read only this contract and its rows (may be given several times)
    #[arg(long = "contract", value_name = "ID")]
    pub contracts: Vec<String>,
}

/// `effekt settle`.
#[derive(Args, Debug)]
pub struct SettleArguments {
    /// The programme folder: contracts/*.toml, participants.csv, companies.csv, placements.csv and spells.csv
    pub programme: PathBuf,
    /// Settle the periods whose cut-off is on or before this day, YYYY-MM-DD; rows recorded later are not read
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Day,
    /// The folder for settlements.csv, postings.csv and settlements.json; those of an earlier run are replaced in one step
    #[arg(long, value_name = "FOLDER")]
    pub out: PathBuf,
    /// The folder of an earlier run whose settlements were carried out: they stand, and only later ones are made (may be the same
    /// as --out)
    #[arg(long, value_name = "FOLDER")]
    pub ledger: Option<PathBuf>,
    /// Read only this contract and its rows (may be given several times)
    #[arg(long = "contract", value_name = "ID")]
    pub contracts: Vec<String>,
    /// Settle without paying: every output says that it is simulated, and neither goes on from the other
    #[arg(long)]
    pub simulate: bool,
}

/// `effekt invoice`.
#[derive(Args, Debug)]
pub struct InvoiceArguments {
    /// The programme folder: contracts/*.toml, participants.csv, companies.csv, placements.csv and spells.csv
    pub programme: PathBuf,
    /// Settle and invoice the periods whose cut-off is on or before this day, YYYY-MM-DD; rows recorded later are not read
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Day,
    /// The folder for what `settle` writes, the documents and the books; those of an earlier run are replaced in one step
    #[arg(long, value_name = "FOLDER")]
    pub out: PathBuf,
    /// The folder of an earlier run of `invoice` or `settle`: its settlements and documents stand, and only later ones are made
    /// (may be the same as --out)
    #[arg(long, value_name = "FOLDER")]
    pub ledger: Option<PathBuf>,
    /// Read only this contract and its rows (may be given several times)
    #[arg(long = "contract", value_name = "ID")]
    pub contracts: Vec<String>,
    /// Not possible: a simulation is not invoiced
    #[arg(long, hide = true)]
    pub simulate: bool,
}

/// `effekt statement`.
#[derive(Args, Debug)]
pub struct StatementArguments {
    /// The programme folder: contracts/*.toml, participants.csv, companies.csv, placements.csv and spells.csv
    pub programme: PathBuf,
    /// Tell the settlements whose cut-off is on or before this day, YYYY-MM-DD; rows recorded later are not read
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Day,
    /// The folder for the pages: CONTRACT-NN.html for each settlement, and index.html; those of an earlier run are replaced
    #[arg(long, value_name = "FOLDER")]
    pub out: PathBuf,
    /// The folder of an earlier run whose settlements were carried out: they are told as they stand there
    #[arg(long, value_name = "FOLDER")]
    pub ledger: Option<PathBuf>,
    /// Read only this contract and its rows (may be given several times)
    #[arg(long = "contract", value_name = "ID")]
    pub contracts: Vec<String>,
    /// Only the settlement with this number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub settlement: Option<u32>,
    /// In English or Danish: en or da (default: the language of the contract's invoices, else English)
    #[arg(long, value_name = "LANG", value_parser = lang)]
    pub lang: Option<Lang>,
    /// Of a simulation: every page says so
    #[arg(long)]
    pub simulate: bool,
}

/// `effekt distribute`.
#[derive(Args, Debug)]
pub struct DistributeArguments {
    /// The programme folder: contracts/*.toml, participants.csv, companies.csv, placements.csv and spells.csv
    pub programme: PathBuf,
    /// Distribute what is received on or before this day, YYYY-MM-DD; rows recorded later are not read
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Day,
    /// The folder for distributions.csv, positions.csv, distributions.json and the page; those of an earlier run are replaced in one
    /// step
    #[arg(long, value_name = "FOLDER")]
    pub out: PathBuf,
    /// The funders and the order in which they get their money back (default: funding.toml of the programme folder)
    #[arg(long, value_name = "FILE")]
    pub funding: Option<PathBuf>,
    /// The folder of an earlier run whose distributions were carried out: they stand, and only later ones are made (may be the same
    /// as --out)
    #[arg(long, value_name = "FOLDER")]
    pub ledger: Option<PathBuf>,
    /// The folder of a run of `settle` or `invoice` whose settlements were carried out: they are received as they stand there
    #[arg(long, value_name = "FOLDER")]
    pub settled: Option<PathBuf>,
    /// The page in English or Danish: en or da (default: the language of the first contract's invoices, else English)
    #[arg(long, value_name = "LANG", value_parser = lang)]
    pub lang: Option<Lang>,
}

/// `effekt forecast`.
#[derive(Args, Debug)]
pub struct ForecastArguments {
    /// The programme folder: contracts/*.toml, participants.csv, companies.csv, placements.csv and spells.csv
    pub programme: PathBuf,
    /// Forecast by what is recorded on or before this day, YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Day,
    /// Forecast only this contract (may be given several times)
    #[arg(long = "contract", value_name = "ID")]
    pub contracts: Vec<String>,
    /// Days up to this one are told, YYYY-MM-DD (default: up to the end of the last period that is settled)
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub told_until: Option<Day>,
    /// The folder for forecast.csv, years.csv, payers.csv and rooms.csv; those of an earlier run are replaced (default: text on
    /// standard output)
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// The text in English or Danish: en or da
    #[arg(long, default_value = "en", value_name = "LANG", value_parser = lang)]
    pub lang: Lang,
}

/// `effekt explain`.
#[derive(Args, Debug)]
pub struct ExplainArguments {
    /// The programme folder: contracts/*.toml, participants.csv, companies.csv, placements.csv and spells.csv
    pub programme: PathBuf,
    /// Explain the settlements whose cut-off is on or before this day, YYYY-MM-DD
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Day,
    /// The contract
    #[arg(long, value_name = "ID")]
    pub contract: String,
    /// Only what concerns this participant
    #[arg(long, value_name = "ID")]
    pub participant: Option<String>,
    /// Only the settlement with this number
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub settlement: Option<u32>,
    /// In English or Danish: en or da
    #[arg(long, default_value = "en", value_name = "LANG", value_parser = lang)]
    pub lang: Lang,
    /// Of a simulation: the first line says so
    #[arg(long)]
    pub simulate: bool,
}

/// `effekt compare`.
#[derive(Args, Debug)]
pub struct CompareArguments {
    /// The programme folder: contracts/*.toml, participants.csv, companies.csv, placements.csv and spells.csv
    pub programme: PathBuf,
    /// The contract that the facts are of (A)
    #[arg(long, value_name = "ID")]
    pub contract: String,
    /// The other contract (B): one file, complete in itself, TOML or JSON; the rows of A are read under it
    #[arg(long, value_name = "FILE")]
    pub with: PathBuf,
    /// Settle both as of this day, YYYY-MM-DD, each by its own calendar; rows recorded later are not read
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub as_of: Day,
    /// A folder for the same as comparison.csv, comparison-keys.csv and comparison.html; those of an earlier run are replaced
    #[arg(long, value_name = "FOLDER")]
    pub out: Option<PathBuf>,
    /// In English or Danish: en or da
    #[arg(long, default_value = "en", value_name = "LANG", value_parser = lang)]
    pub lang: Lang,
}

fn lang(text: &str) -> Result<Lang, String> {
    match text {
        "en" => Ok(Lang::En),
        "da" => Ok(Lang::Da),
        _ => Err("the languages are en (English) and da (Danish)".to_owned()),
    }
}

fn day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "a day is written YYYY-MM-DD, such as 2018-12-31".to_owned())
}

const STATUS: &str = "\
Results go to standard output, findings to standard error; the last line counts them.

Exit status:
  0  done; there may be warnings and notices
  1  the input has errors; a contract with errors is not settled, the others are
  2  the command was not used as it should be
  3  the machine failed (disk, permissions); an output folder is as it was

Example:
  effekt settle programme --as-of 2018-12-31 --out settled-2018";

const CHECK: &str = "\
Example: read a programme before the quarter is closed, as it stood on 30 April
  effekt check programme --as-of 2018-04-30";

const SETTLE: &str = "\
Examples:
  Settle all that is due by 30 April
    effekt settle programme --as-of 2018-04-30 --out settled
  Next quarter: keep what was paid, add the new settlements
    effekt settle programme --as-of 2018-07-31 --ledger settled --out settled
  Try a contract without paying by it
    effekt settle programme --as-of 2018-04-30 --out tried --simulate";

const INVOICE: &str = "\
Examples:
  Make the documents of all that is due by 30 April
    effekt invoice programme --as-of 2018-04-30 --out invoiced
  Next quarter: what was issued stands, new numbers follow
    effekt invoice programme --as-of 2018-07-31 --ledger invoiced --out invoiced
Each document is written twice, in peppol/ and in oioubl/: send one of them.";

const STATEMENT: &str = "\
Each page is complete in itself: it loads nothing, and it can be printed, sent by mail and read without the program.

Example: the pages of the third settlement, in Danish
  effekt statement programme --as-of 2018-12-31 --out pages --settlement 3 --lang da";

const FORECAST: &str = "\
The lowest and the highest hold as long as nothing more is reported about the days up to --told-until; the wide ones hold whatever is
reported or corrected, as long as participants stay who they are. A star stands where there is no bound, and the reason below.
By charge, by the calendar year in which it is earned, and by payer; beside each highest, the limits that make it what it is.

Examples:
  What can the contract still cost, by what is known on 31 December?
    effekt forecast programme --as-of 2018-12-31 --contract vsb-herning
  The same of all contracts as tables, with the limits' rooms of each participant
    effekt forecast programme --as-of 2018-12-31 --out forecast";

const COMPARE: &str = "\
Nothing is owed by a comparison: nothing is settled, and no ledger is read or written.

Example: what would a contract that counts paid jobs only have cost?
  effekt compare programme --contract vsb-kolding --with paid-jobs-only.toml --as-of 2021-12-31 --out compared";

const DISTRIBUTE: &str = "\
A settlement is received on its due date. The page FUNDING.html says how each krone of the last distribution was shared.

Examples:
  Share what was received by the end of the year
    effekt distribute programme --as-of 2018-12-31 --out shared
  Next year: what was given stands, and so do the settlements that were carried out
    effekt distribute programme --as-of 2019-12-31 --settled invoiced --ledger shared --out shared";

const EXPLAIN: &str = "\
Example: why was anything paid for participant P-017 in the third settlement?
  effekt explain programme --as-of 2018-12-31 --contract vsb-herning --participant P-017 --settlement 3";

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_agree_with_one_another() {
        Arguments::command().debug_assert();
    }
}
