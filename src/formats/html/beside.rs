//! What is told beside the settlement and is no part of it: indicators that nobody pays for (goals 5).

use super::writer::Writer;
use crate::statement::Beside;
use rust_decimal::Decimal;

/// An indicator in the table.
pub(super) struct Row {
    pub name: String,
    pub about: String,
    pub days: String,
    pub value: String,
    pub change: String,
    pub asked: String,
    pub said: String,
    pub source: String,
}

/// The indicators, one a row.
pub(super) fn rows(w: &Writer<'_>, told: &[Beside<'_>]) -> Vec<Row> {
    told.iter().map(|one| row(w, one)).collect()
}

fn row(w: &Writer<'_>, told: &Beside<'_>) -> Row {
    let one = told.indicator;
    let about = match one.about.as_str() {
        "citizens" => w.t.about_citizens,
        "companies" => w.t.about_companies,
        "job-centre" => w.t.about_job_centre,
        other => other,
    };
    let number = |number: Decimal| w.pen.digits(&number.to_string());
    Row {
        name: one.name.to_string(),
        about: about.to_owned(),
        days: w.pen.dates(one.days),
        value: one.value.map(number).unwrap_or_default(),
        change: told.change.map(|change| signed(change, number)).unwrap_or_default(),
        asked: one.respondents.map(|count| w.pen.digits(&count.to_string())).unwrap_or_default(),
        said: one.text.as_deref().unwrap_or_default().to_owned(),
        source: one.source.to_string(),
    }
}

/// A change with its sign, also above 0.
fn signed(change: Decimal, number: impl Fn(Decimal) -> String) -> String {
    if change > Decimal::ZERO { format!("+{}", number(change)) } else { number(change) }
}
