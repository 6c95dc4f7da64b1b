//! The page of one statement.

use super::beside;
use super::business::Business;
use super::changes::Changes;
use super::chart::Chart;
use super::glance::{Glance, glances};
use super::limits::{self, Rooms, Row};
use super::section::SectionView;
use super::summary::{Head, Summary};
use super::targets;
use super::terms::Terms;
use super::words::Text;
use super::writer::Writer;
use crate::explain::Lang;
use crate::explain::tree::Whom;
use crate::measure::money::Total;
use crate::statement::Statement;
use askama::Template;

#[derive(Template)]
#[template(path = "statement.html")]
struct Page {
    t: &'static Text,
    head: Head,
    summary: Summary,
    changes: Changes,
    limits: Vec<Row>,
    rooms: Vec<Rooms>,
    chart: Chart,
    business: Option<Business>,
    targets: Vec<targets::Row>,
    beside: Vec<beside::Row>,
    others: Vec<SectionView>,
    glances: Vec<Glance>,
    participants: Vec<SectionView>,
    terms: Terms,
    currency: String,
    zero: String,
    made_by: String,
    simulated: bool,
}

/// A statement as an HTML page, complete in itself; of a simulation with a mark on it.
///
/// # Errors
/// None that a template without a fault could give.
pub fn page(statement: &Statement<'_>, lang: Lang, simulated: bool) -> Result<String, askama::Error> {
    let w = &Writer::new(statement.contract, lang);
    let head = Head::new(w, statement);
    let mut participants: Vec<SectionView> = Vec::new();
    let mut others: Vec<SectionView> = Vec::new();
    for section in &statement.sections {
        let view = SectionView::new(w, statement, section);
        if matches!(section.part.subject, Whom::Participant(_)) { participants.push(view) } else { others.push(view) }
    }
    let page = Page {
        t: w.t,
        summary: Summary::new(w, statement, &head),
        head,
        changes: Changes::new(w, statement),
        limits: limits::rows(w, statement),
        rooms: limits::rooms(w, statement),
        chart: Chart::new(w, statement),
        business: statement.business_case.as_ref().map(|case| Business::new(w, case)),
        targets: targets::rows(w, &statement.targets),
        beside: beside::rows(w, &statement.beside),
        others,
        glances: glances(w, statement),
        participants,
        terms: Terms::new(w, statement.contract),
        currency: statement.contract.currency.code().to_owned(),
        zero: w.bare(Total::default()),
        made_by: w.say(w.t.made_by, &[env!("CARGO_PKG_VERSION"), &w.pen.full_date(statement.as_of)]),
        simulated,
    };
    page.render()
}
