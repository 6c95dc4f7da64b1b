//! Writes what stands on a statement: names, amounts, units, sentences.

use super::words::{Text, texts};
use crate::charge::Charge;
use crate::contract::Contract;
use crate::explain::pen::{Dates, Pen};
use crate::explain::tree::{UnitKind, Units, Whom};
use crate::explain::{Lang, say};
use crate::measure::cpr;
use crate::measure::day::Day;
use crate::measure::grid::{Every, Grid};
use crate::measure::money::{Money, Shown, Total};

/// Writes about one contract in one language.
#[derive(Clone, Copy)]
pub(super) struct Writer<'a> {
    pub contract: &'a Contract,
    pub pen: Pen,
    pub t: &'static Text,
}

impl<'a> Writer<'a> {
    pub fn new(contract: &'a Contract, lang: Lang) -> Writer<'a> {
        Writer { contract, pen: Pen { lang, currency: contract.currency, dates: Dates::Written }, t: texts(lang) }
    }

    /// A phrase with its places filled in.
    pub fn say(&self, template: &str, fill: &[&str]) -> String {
        // `kr.` ends a sentence by itself.
        cpr::redact(&say(template, fill).replace("kr..", "kr."))
    }

    pub fn total(&self, total: Total) -> String {
        self.pen.money(&total.display(self.contract.currency))
    }

    pub fn money(&self, amount: Money) -> String {
        self.pen.money(&amount.display(self.contract.currency))
    }

    /// An amount of a table whose head names the currency.
    pub fn bare(&self, total: Total) -> String {
        self.bare_shown(total.display(self.contract.currency))
    }

    pub fn bare_shown(&self, amount: Shown) -> String {
        self.pen.digits(&amount.to_string())
    }

    fn find(&self, charge: &str) -> Option<&'a Charge> {
        self.contract.charges.iter().find(|known| known.id == *charge)
    }

    /// What documents call a charge, else its id.
    pub fn charge(&self, id: &str) -> String {
        self.find(id).and_then(|charge| charge.text.clone()).unwrap_or_else(|| id.to_owned())
    }

    /// The clause of the paper contract.
    pub fn clause(&self, id: &str) -> Option<String> {
        self.find(id).and_then(|charge| charge.clause.clone())
    }

    /// `settlement 5`, within a sentence.
    pub fn settlement(&self, number: u32) -> String {
        self.say(self.t.settlement_n, &[&number.to_string()]).to_lowercase()
    }

    /// `A, B and C`.
    pub fn all_of(&self, names: &[String]) -> String {
        self.joined(names, self.t.and)
    }

    /// `A, B or C`.
    pub fn one_of(&self, names: &[String]) -> String {
        self.joined(names, self.t.or)
    }

    fn joined(&self, names: &[String], last_two: &str) -> String {
        match names {
            [] => String::new(),
            [only] => only.clone(),
            [first @ .., last] => self.say(last_two, &[&first.join(", "), last]),
        }
    }

    /// `Participant p-01`.
    pub fn whom(&self, whom: &Whom) -> String {
        match whom {
            Whom::Contract => self.t.contract_itself.to_owned(),
            Whom::Company(id) => self.say(self.t.company_n, &[id]),
            Whom::Participant(id) => self.say(self.t.participant_n, &[id]),
        }
    }

    /// What a period of the calendar is called.
    pub fn every(&self, every: Every) -> &'static str {
        match every {
            Every::Month => self.t.unit_month,
            Every::Quarter => self.t.unit_quarter,
            Every::HalfYear => self.t.unit_half_year,
            Every::Year => self.t.unit_year,
        }
    }

    /// `1 participant`, `14 participants`.
    pub fn participants(&self, count: usize) -> String {
        match count {
            1 => self.t.one_participant.to_owned(),
            _ => self.say(self.t.participants_n, &[&count.to_string()]),
        }
    }

    /// What is paid for, as people name it: `weeks 7 to 13, 2018 (7 weeks)`.
    pub fn units(&self, units: &Units) -> String {
        let (t, count) = (self.t, units.count.to_string());
        let (first, last) = (units.first.as_str(), units.last.as_str());
        let text = match units.kind {
            UnitKind::Date(day) => self.pen.date(day),
            UnitKind::Step(step) => self.say(t.step_n, &[&step.to_string()]),
            UnitKind::Cell(grid) => {
                let (from, to) = (self.cell(grid, first), self.cell(grid, last));
                match grid {
                    _ if units.count == 1 => from,
                    Grid::Day => self.say(t.days_range, &[&self.say(t.to_day, &[&from, &to]), &count]),
                    Grid::Month => self.say(t.months_range, &[&from, &to, &count]),
                    Grid::Week => self.weeks(first, last, &count),
                    Grid::Quarter | Grid::HalfYear | Grid::Year | Grid::Parts { .. } => {
                        self.say(t.units_range, &[&from, &to, &count])
                    }
                }
            }
        };
        match &units.company {
            Some(company) => self.say(t.at_company, &[&text, company]),
            None => text,
        }
    }

    fn cell(&self, grid: Grid, name: &str) -> String {
        let written = match grid {
            Grid::Day => Day::parse(name).map(|day| self.pen.date(day)),
            Grid::Month => Day::parse(&format!("{name}-01")).map(|day| self.pen.month(day)),
            Grid::Week => week(name).map(|(year, week)| self.say(self.t.one_week, &[week, year])),
            Grid::Quarter | Grid::HalfYear | Grid::Year | Grid::Parts { .. } => None,
        };
        written.unwrap_or_else(|| name.to_owned())
    }

    fn weeks(&self, first: &str, last: &str, count: &str) -> String {
        match (week(first), week(last)) {
            (Some((year, from)), Some((same, to))) if year == same => self.say(self.t.weeks_range, &[from, to, year, count]),
            (Some((year, from)), Some((other, to))) => self.say(self.t.weeks_over, &[from, year, to, other, count]),
            _ => self.say(self.t.to_day, &[first, last]),
        }
    }
}

/// `2018-W07` as `2018` and `7`.
fn week(name: &str) -> Option<(&str, &str)> {
    let (year, week) = name.split_once("-W")?;
    Some((year, week.trim_start_matches('0')))
}

/// The anchor of a subject's section, which no other one has: ids hold no colon.
pub(super) fn anchor(whom: &Whom) -> String {
    match whom {
        Whom::Contract => "contract".to_owned(),
        Whom::Company(id) => format!("company:{id}"),
        Whom::Participant(id) => format!("participant:{id}"),
    }
}
