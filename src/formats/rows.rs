//! The fields of a row, and what each kind of fact makes of them (rules 3.1, 3.4, 3.8).

use super::header::{Column, Header, digits, empty, filled};
use super::hints;
use super::source::small;
use crate::contract::Contract;
use crate::documents::Payment;
use crate::facts::spell::STANDARD_KINDS;
use crate::facts::{Company, Fact, Job, Measurement, Participant, Placement, Spell};
use crate::measure::day::{Day, Span};
use crate::measure::diagnostic::{Code, Diagnostic, Place, quote};
use crate::measure::id::Id;
use crate::measure::money::{Exact, Rounding};
use crate::measure::number::{self, BadNumber};
use csv::StringRecord;
use rust_decimal::Decimal;

/// A kind of fact as its file writes it. The first column is `contract`, the second the id; the last three are
/// `recorded_on`, `revision` and `void`.
pub(super) trait FromRow: Fact + Sized {
    const COLUMNS: &'static [Column];
    /// Whether a programme may do without the file.
    const OPTIONAL: bool = false;

    /// Reads what only this kind of fact has; `None` if a fault was reported.
    fn read(cells: &mut Cells<'_>) -> Option<Self>;
}

/// One row being read.
pub(super) struct Cells<'a> {
    file: &'static str,
    pub header: &'a Header,
    pub row: &'a StringRecord,
    pub line: u32,
    pub contract: Option<&'a Id>,
    /// The contract itself, if it could be read.
    pub terms: Option<&'a Contract>,
    /// The kinds that its contract lists, if they are known.
    pub kinds: Option<&'a [Id]>,
    /// Whether no error has been found in it.
    pub sound: bool,
    found: &'a mut Vec<Diagnostic>,
    /// The fields that hold a CPR number: of them nothing else is said.
    cpr: Vec<usize>,
}

impl<'a> Cells<'a> {
    pub fn new(
        file: &'static str,
        header: &'a Header,
        row: &'a StringRecord,
        line: u32,
        found: &'a mut Vec<Diagnostic>,
    ) -> Cells<'a> {
        Cells { file, header, row, line, contract: None, terms: None, kinds: None, sound: true, found, cpr: Vec::new() }
    }

    /// Reports something about a field of the row, by its place from 0.
    pub fn report_field(&mut self, code: Code, nth: usize, message: &str, help: &str) {
        if self.cpr.contains(&nth) {
            self.sound = false;
            return;
        }
        if code == Code::CprNumber {
            self.cpr.push(nth);
        }
        let place = Place {
            file: self.file.to_owned(),
            line: Some(self.line),
            column: Some(small(nth + 1)),
            field: self.header.name(nth).map(str::to_owned),
            span: None,
        };
        let mut diagnostic = Diagnostic::new(code, place, message).help(help);
        diagnostic.contract = self.contract.cloned();
        self.sound &= !diagnostic.is_error();
        self.found.push(diagnostic);
    }

    /// Reports something about a column.
    pub fn report(&mut self, code: Code, column: usize, message: &str, help: &str) {
        let nth = self.header.place(column).unwrap_or_default();
        self.report_field(code, nth, message, help);
    }

    /// What stands in a column; `None` if nothing does.
    pub fn maybe(&self, column: usize) -> Option<&'a str> {
        self.header.place(column).and_then(|nth| self.row.get(nth)).filter(|text| !text.is_empty())
    }

    /// What stands in a column that has to be filled in.
    pub fn filled(&mut self, column: usize) -> Option<&'a str> {
        let text = self.maybe(column);
        if text.is_none() {
            self.sound = false;
            if self.header.place(column).is_some() {
                let name = self.header.columns.get(column).map_or("", |column| column.name);
                self.report(Code::EmptyField, column, &format!("`{name}` is empty"), "fill it in");
            }
        }
        text
    }

    pub fn id(&mut self, column: usize) -> Option<Id> {
        let text = self.filled(column)?;
        self.as_id(column, text)
    }

    fn as_id(&mut self, column: usize, text: &str) -> Option<Id> {
        match Id::new(text) {
            Ok(id) => Some(id),
            Err(wrong) => {
                let help = hints::id_like(text);
                self.report(Code::FactName, column, &format!("{} cannot be an id: {wrong}", quote(text)), &help);
                None
            }
        }
    }

    /// Ids divided by blanks, sorted, each once; none if the field is empty.
    pub fn ids(&mut self, column: usize) -> Option<Vec<Id>> {
        let mut ids = Vec::new();
        for text in self.maybe(column).unwrap_or_default().split(' ').filter(|text| !text.is_empty()) {
            ids.push(self.as_id(column, text)?);
        }
        ids.sort();
        ids.dedup();
        Some(ids)
    }

    fn name(&mut self, column: usize) -> Option<Id> {
        let text = self.filled(column)?;
        match hints::bad_name(text) {
            None => Some(Id::name(text)),
            Some(wrong) => {
                let message = format!("{} cannot be a name: {wrong}", quote(text));
                self.report(
                    Code::FactName,
                    column,
                    &message,
                    "names are compared letter by letter: write it the same everywhere",
                );
                None
            }
        }
    }

    pub fn day(&mut self, column: usize) -> Option<Day> {
        let text = self.filled(column)?;
        let day = Day::parse(text);
        if day.is_none() {
            let help = match (Day::parse(text.trim()), hints::other_date(text)) {
                (Some(_), _) => "remove the blanks around it".to_owned(),
                (_, Some(day)) => format!("write `{day}`"),
                _ => "write year-month-day, such as `2017-12-31`".to_owned(),
            };
            self.report(
                Code::FactDate,
                column,
                &format!("{} is not a day of the calendar, written year-month-day", quote(text)),
                &help,
            );
        }
        day
    }

    /// A day that need not be there.
    pub fn maybe_day(&mut self, column: usize) -> Option<Day> {
        self.maybe(column)?;
        self.day(column)
    }

    fn decimal(&mut self, column: usize) -> Option<Decimal> {
        self.number(column, number::parse)
    }

    /// A number by its grammar.
    pub fn number(&mut self, column: usize, parse: fn(&str) -> Result<Decimal, BadNumber>) -> Option<Decimal> {
        let text = self.filled(column)?;
        match parse(text) {
            Ok(number) => Some(number),
            Err(wrong) => {
                let help = hints::other_number(text)
                    .map_or("write digits, with a point before decimals: `37.5`".to_owned(), |plain| {
                        format!("write `{plain}`")
                    });
                self.report(Code::FactNumber, column, &format!("{} cannot be read: {wrong}", quote(text)), &help);
                None
            }
        }
    }

    /// Rule 3.1: digits, empty = 0.
    pub fn revision(&mut self, column: usize) -> Option<u64> {
        let Some(text) = self.maybe(column) else { return Some(0) };
        let revision = Some(text).filter(|text| text.bytes().all(|b| b.is_ascii_digit())).and_then(|text| text.parse().ok());
        if revision.is_none() {
            let message = format!("{} is not a revision", quote(text));
            self.report(
                Code::FactNumber,
                column,
                &message,
                "a revision is a whole number, such as 1 or 2; empty stands for 0",
            );
        }
        revision
    }

    pub fn void(&mut self, column: usize) -> Option<bool> {
        match self.maybe(column) {
            None | Some("false") => Some(false),
            Some("true") => Some(true),
            Some(text) => {
                let lower = text.trim().to_ascii_lowercase();
                let help = match lower.as_str() {
                    "true" | "false" => format!("write `{lower}` in small letters and without blanks"),
                    _ => "write `true` if the row withdraws the fact, and else nothing".to_owned(),
                };
                self.report(Code::NotVoid, column, &format!("`void` cannot be {}", quote(text)), &help);
                None
            }
        }
    }

    /// Free text, of which the engine makes nothing.
    pub fn text(&mut self, column: usize) -> Option<Box<str>> {
        let text = self.maybe(column)?;
        if text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r')) {
            self.report(Code::ControlCharacter, column, &format!("{} holds a control character", quote(text)), "remove it");
        }
        Some(text.into())
    }

    /// A last day that comes before its first one (rule 12.1).
    pub fn in_order(&mut self, first: (usize, Option<Day>), last: (usize, Option<Day>)) {
        if let (Some(from), Some(until)) = (first.1, last.1)
            && until < from
        {
            let name = |column: usize| self.header.columns.get(column).map_or("", |column| column.name);
            let message = format!("`{}` is {until}, before `{}`, which is {from}", name(last.0), name(first.0));
            let help = "both days count: the last one is the first one or later";
            self.report(Code::LastBeforeFirst, last.0, &message, help);
        }
    }
}

impl FromRow for Participant {
    const COLUMNS: &'static [Column] = &[
        filled("contract"),
        filled("participant"),
        filled("target_group"),
        filled("enrolled_on"),
        empty("eligible_until"),
        empty("traits"),
        filled("recorded_on"),
        empty("revision"),
        empty("void"),
    ];

    fn read(cells: &mut Cells<'_>) -> Option<Participant> {
        let target_group = cells.name(2);
        let enrolled_on = cells.day(3);
        let eligible_until = cells.maybe_day(4);
        cells.in_order((3, enrolled_on), (4, eligible_until));
        let traits = cells.ids(5);
        Some(Participant { target_group: target_group?, enrolled_on: enrolled_on?, eligible_until, traits: traits? })
    }
}

impl FromRow for Company {
    const COLUMNS: &'static [Column] = &[
        filled("contract"),
        filled("company"),
        digits(empty("cvr")),
        empty("name"),
        empty("joined_on"),
        empty("left_on"),
        filled("recorded_on"),
        empty("revision"),
        empty("void"),
    ];

    fn read(cells: &mut Cells<'_>) -> Option<Company> {
        let (cvr, name) = (cells.text(2), cells.text(3));
        let joined_on = cells.maybe_day(4);
        let left_on = cells.maybe_day(5);
        cells.in_order((4, joined_on), (5, left_on));
        if cells.maybe(4).is_none() && left_on.is_some() && !cells.header.faulty {
            let help = "fill in `joined_on`; until then the company is not in the programme";
            cells.report(Code::LeftNotJoined, 5, "the company has left without having joined", help);
        }
        Some(Company { cvr, name, joined_on, left_on })
    }
}

impl FromRow for Placement {
    const COLUMNS: &'static [Column] = &[
        filled("contract"),
        filled("placement"),
        filled("participant"),
        filled("company"),
        filled("placed_on"),
        filled("recorded_on"),
        empty("revision"),
        empty("void"),
    ];

    fn read(cells: &mut Cells<'_>) -> Option<Placement> {
        let (participant, company, placed_on) = (cells.id(2), cells.id(3), cells.day(4));
        Some(Placement { participant: participant?, company: company?, placed_on: placed_on? })
    }
}

impl FromRow for Spell {
    const COLUMNS: &'static [Column] = &[
        filled("contract"),
        filled("spell"),
        empty("placement"),
        empty("participant"),
        empty("employer"),
        filled("kind"),
        filled("first_day"),
        empty("last_day"),
        digits(filled("weekly_hours")),
        empty("evidence"),
        filled("recorded_on"),
        empty("revision"),
        empty("void"),
    ];

    fn read(cells: &mut Cells<'_>) -> Option<Spell> {
        let job = job(cells, Self::NAME);
        let kind = kind(cells);
        let first_day = cells.day(6);
        let last_day = cells.maybe_day(7);
        cells.in_order((6, first_day), (7, last_day));
        let weekly_hours = cells.decimal(8);
        if let Some(hours) = weekly_hours.filter(|hours| *hours > Decimal::from(168)) {
            let help = "a week has 168 hours; write hours a week, not a month";
            cells.report(Code::HoursAboveWeek, 8, &format!("`weekly_hours` is {hours}"), help);
        }
        let evidence = cells.text(9);
        let (job, kind, first_day, weekly_hours) = (job?, kind?, first_day?, weekly_hours?);
        Some(Spell { job, kind, first_day, last_day, weekly_hours, evidence })
    }
}

impl FromRow for Measurement {
    const COLUMNS: &'static [Column] = &[
        filled("contract"),
        filled("measurement"),
        filled("metric"),
        empty("cohort"),
        empty("participant"),
        filled("first_day"),
        filled("last_day"),
        digits(filled("value")),
        empty("source"),
        filled("recorded_on"),
        empty("revision"),
        empty("void"),
    ];
    const OPTIONAL: bool = true;

    fn read(cells: &mut Cells<'_>) -> Option<Measurement> {
        let metric = cells.id(2);
        let mut named = |column| cells.maybe(column).map(|_| cells.id(column));
        let (cohort, participant) = (named(3), named(4));
        let (first, last) = (cells.day(5), cells.day(6));
        cells.in_order((5, first), (6, last));
        let value = cells.number(7, number::parse_value);
        let source = cells.text(8);
        // What is named has to be readable.
        let (cohort, participant) =
            (cohort.map_or(Some(None), |id| id.map(Some))?, participant.map_or(Some(None), |id| id.map(Some))?);
        Some(Measurement { metric: metric?, cohort, participant, days: Span::new(first?, last?)?, value: value?, source })
    }
}

impl FromRow for Payment {
    const COLUMNS: &'static [Column] = &[
        filled("contract"),
        filled("payment"),
        filled("document"),
        digits(filled("amount")),
        filled("paid_on"),
        filled("recorded_on"),
        empty("revision"),
        empty("void"),
    ];
    const OPTIONAL: bool = true;

    fn read(cells: &mut Cells<'_>) -> Option<Payment> {
        let (document, amount, paid_on) = (cells.id(2), cells.decimal(3), cells.day(4));
        // Without the contract neither the currency nor the numbers of its documents are known.
        let terms = cells.terms?;
        if let Some(number) = &document {
            in_series(cells, terms, number.as_str());
        }
        let (code, decimals) = (terms.currency.code(), terms.currency.decimals());
        if amount.is_some_and(|amount| amount.scale() > decimals) {
            let message = format!("`amount` has more than the {decimals} decimals of {code}");
            cells.report(Code::PaymentDecimals, 3, &message, "write what was paid, no finer than it can be paid");
        }
        let amount = Exact::of(amount?).round(terms.currency, Rounding::HalfAwayFromZero);
        Some(Payment { document: document?, amount, paid_on: paid_on? })
    }
}

/// Whether a number is one that the contract's documents could have.
fn in_series(cells: &mut Cells<'_>, terms: &Contract, number: &str) {
    let Some(invoicing) = terms.all().find_map(|version| version.invoicing.as_ref()) else {
        let message = format!("the payment is of {}, but the contract has no documents", quote(number));
        cells.report(Code::UnknownDocument, 2, &message, "add `[invoicing]` to the contract, or remove the row");
        return;
    };
    if !terms.all().filter_map(|version| version.invoicing.as_ref()).any(|invoicing| invoicing.can_number(number)) {
        let message = format!("{} is not a number of the contract's documents", quote(number));
        let help = format!("they are numbered `{}0001` and so on: write it as it stands on the document", invoicing.series);
        cells.report(Code::UnknownDocument, 2, &message, &help);
    }
}

/// A placement, or a participant and an employer (rule 3.4).
pub(super) fn job(cells: &mut Cells<'_>, what: &str) -> Option<Job> {
    const PLACEMENT: usize = 2;
    const PARTICIPANT: usize = 3;
    const EMPLOYER: usize = 4;
    let given = (cells.maybe(PLACEMENT).is_some(), cells.maybe(PARTICIPANT).is_some(), cells.maybe(EMPLOYER).is_some());
    let (column, message) = match given {
        (true, false, false) => return cells.id(PLACEMENT).map(Job::Placement),
        (false, true, true) => {
            let (participant, employer) = (cells.id(PARTICIPANT), cells.name(EMPLOYER));
            return Some(Job::Outside { participant: participant?, employer: employer? });
        }
        _ if cells.header.faulty => {
            cells.sound = false;
            return None;
        }
        (false, false, false) => (PLACEMENT, "names neither a placement nor a participant and an employer"),
        (false, true, false) => (EMPLOYER, "names a participant without an employer"),
        (false, false, true) => (PARTICIPANT, "names an employer without a participant"),
        (true, true, _) => (PARTICIPANT, "names both a placement and a participant"),
        (true, false, true) => (EMPLOYER, "names both a placement and an employer"),
    };
    let help = "a job in a placement names the placement alone; a job outside the programme names participant and employer";
    cells.report(Code::WhichJob, column, &format!("the {what} {message}"), help);
    None
}

pub(super) fn kind(cells: &mut Cells<'_>) -> Option<Id> {
    let text = cells.filled(5)?;
    let own = cells.kinds.unwrap_or_default();
    // Where the contract's kinds could not be read, any other name may be one of them.
    let unknown = cells.contract.is_none() || cells.kinds.is_none();
    if unknown || STANDARD_KINDS.contains(&text) || own.iter().any(|kind| kind.as_str() == text) {
        return Some(Id::name(text));
    }
    let known = || STANDARD_KINDS.into_iter().chain(own.iter().map(Id::as_str));
    let help = hints::did_you_mean(text, known())
        .unwrap_or_else(|| format!("it may be {}, or one that the contract lists in `kinds`", hints::listed(known(), "or")));
    cells.report(Code::UnknownKind, 5, &format!("{} is not a kind of spell in this contract", quote(text)), &help);
    None
}
