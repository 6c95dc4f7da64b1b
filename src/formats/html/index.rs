//! The page that lists the statements.

use super::summary::full_span;
use super::words::{Text, texts};
use super::writer::Writer;
use crate::explain::Lang;
use crate::explain::pen::{Dates, Pen};
use crate::formats::output::Refused;
use crate::measure::day::Day;
use crate::measure::money::Currency;
use crate::statement::Statement;
use askama::Template;

/// A statement in the list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Listed {
    contract: String,
    title: String,
    file: String,
    settlement: String,
    period: String,
    total: String,
}

impl Listed {
    /// The statement that stands in that file.
    #[must_use]
    pub fn new(statement: &Statement<'_>, file: &str, lang: Lang) -> Listed {
        let w = Writer::new(statement.contract, lang);
        Listed {
            contract: statement.contract.id.to_string(),
            title: statement.contract.title.clone().unwrap_or_else(|| statement.contract.id.to_string()),
            file: file.to_owned(),
            settlement: w.say(w.t.settlement_n, &[&statement.period.number.to_string()]),
            period: full_span(&w, statement.period.days),
            total: w.total(statement.total()),
        }
    }
}

/// The statements of one contract.
struct Group<'l> {
    contract: &'l str,
    title: &'l str,
    listed: Vec<&'l Listed>,
}

#[derive(Template)]
#[template(path = "index.html")]
struct Index<'l> {
    t: &'static Text,
    why: String,
    groups: Vec<Group<'l>>,
    refused: &'l [Refused],
    simulated: bool,
}

/// The list of statements, in the order given, and of the contracts that have none; of a simulation with a mark on it.
///
/// # Errors
/// None that a template without a fault could give.
pub fn index(
    listed: &[Listed],
    refused: &[Refused],
    as_of: Day,
    lang: Lang,
    simulated: bool,
) -> Result<String, askama::Error> {
    let t = texts(lang);
    let day = Pen { lang, currency: Currency::DKK, dates: Dates::Written }.full_date(as_of);
    let groups = listed.chunk_by(|a, b| a.contract == b.contract).filter_map(|listed| {
        let first = listed.first()?;
        Some(Group { contract: &first.contract, title: &first.title, listed: listed.iter().collect() })
    });
    Index { t, why: crate::explain::say(t.index_why, &[&day]), groups: groups.collect(), refused, simulated }.render()
}
