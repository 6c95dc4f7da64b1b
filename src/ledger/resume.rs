//! Going on from a ledger: its settlements are taken as made, the next one posts the difference to what is owed, and where a
//! replay from the facts would have settled otherwise a warning says so (rule 10.4).

use super::account::{Account, Posted};
use super::earlier::{Ledger, Made, Name};
use super::settlement::Settlement;
use super::stray::Stray;
use crate::charge::{Charge, Dates, Fixed, Measured, Mechanism, Quantity, Unit};
use crate::entitlement::Plan;
use crate::measure::day::Day;
use crate::measure::diagnostic::{Code, Diagnostic, Place};
use crate::measure::grid::{Cell, Grid};
use crate::measure::money::{Currency, Money, Total};
use crate::measure::number;
use crate::measure::ratio::Ratio;
use crate::timeline::outcome::Per;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What a ledger has posted, sorted to the members it belongs to.
#[derive(Debug, Default)]
pub struct Taken {
    /// For each participant, by number, then the contract itself.
    pub accounts: BTreeMap<usize, Account>,
    /// What belongs to nobody any more, where the sum is not zero, in the order in which it is posted back.
    pub strays: Vec<Stray>,
}

/// Sorts the sums of a ledger's postings to their members. The contract itself has the number after the last participant.
#[must_use]
pub fn take(plan: &Plan<'_>, ledger: &Ledger) -> Taken {
    let mut sums: BTreeMap<(Name, Name, Name), (Made, Money, u32)> = BTreeMap::new();
    for made in &ledger.postings {
        let key = sums.entry((made.charge, made.subject, made.unit)).or_insert((*made, Money::ZERO, made.settlement));
        key.0 = *made;
        key.1 += made.amount;
    }
    let mut members: BTreeMap<usize, Vec<Posted>> = BTreeMap::new();
    let mut strays = Vec::new();
    for (made, sum, since) in sums.into_values() {
        match known(plan, ledger, &made) {
            Some((member, posted)) => members.entry(member).or_default().push(Posted { sum, since, ..posted }),
            None if sum.is_zero() => {}
            None => strays.push(stray(plan, ledger, &made, sum, since)),
        }
    }
    strays.sort_by(|a, b| a.order().cmp(&b.order()));
    let accounts = members.into_iter().map(|(member, mut keys)| {
        keys.sort_unstable_by_key(|key| (key.charge, key.company, key.unit));
        (member, Account::from_ledger(keys))
    });
    Taken { accounts: accounts.collect(), strays }
}

/// The charge of a posting and its place in the contract.
fn charge_of<'a>(plan: &Plan<'a>, ledger: &Ledger, made: &Made) -> Option<(u16, &'a Charge)> {
    let clause = plan.clauses.iter().find(|clause| clause.charge.id == *ledger.text(made.charge))?;
    Some((clause.number, clause.charge))
}

/// The posting as today's contract and facts know it, with the number of its member.
fn known(plan: &Plan<'_>, ledger: &Ledger, made: &Made) -> Option<(usize, Posted)> {
    let (number, charge) = charge_of(plan, ledger, made)?;
    let facts = plan.facts;
    let (subject, text) = (ledger.text(made.subject), ledger.text(made.unit));
    let company_number = |id: &str| facts.companies.find(id).and_then(|number| u32::try_from(number).ok());
    let (member, company, unit) = if charge.is_the_contracts() {
        let company = if subject == "-" { None } else { Some(company_number(subject)?) };
        (facts.participants.len(), company, text)
    } else {
        let outcome = charge.mechanism.outcome().map(|id| plan.contract.outcome(id));
        let per_company = match outcome {
            Some(outcome) => outcome?.per == Per::Company,
            None => false,
        };
        let (company, unit) = match text.split_once('/') {
            Some((company, unit)) if per_company => (Some(company_number(company)?), unit),
            None if !per_company => (None, text),
            _ => return None,
        };
        (facts.participants.find(subject)?, company, unit)
    };
    let unit = parse_unit(&charge.mechanism, unit)?;
    let rate = Some(ledger.text(made.rate))
        .filter(|rate| !rate.is_empty())
        .map(number::parse)
        .transpose()
        .ok()?
        .map(|rate| rate.normalize());
    let quantity = parse_quantity(&charge.mechanism, unit, number::parse_signed(ledger.text(made.quantity)).ok()?)?;
    let posted = Posted {
        charge: number,
        company,
        unit,
        sum: Money::ZERO,
        since: made.settlement,
        earned_on: made.earned_on,
        quantity,
        rate,
    };
    Some((member, posted))
}

/// The unit that a charge of this kind writes so.
#[must_use]
pub fn parse_unit(mechanism: &Mechanism, text: &str) -> Option<Unit> {
    let unit = match mechanism {
        Mechanism::Fixed(Fixed { dates: Dates::On(_) | Dates::Every(_), .. })
        | Mechanism::Measured(Measured { dates: Dates::On(_) | Dates::Every(_), .. }) => Unit::Date(Day::parse(text)?),
        Mechanism::Fixed(_) | Mechanism::Measured(_) | Mechanism::Milestone(_) => {
            Unit::Step(text.strip_prefix("step-")?.parse().ok()?)
        }
        Mechanism::Period(period) => Unit::Cell(parse_cell(period.unit, text)?),
    };
    (unit.to_string() == text).then_some(unit)
}

fn parse_cell(grid: Grid, text: &str) -> Option<Cell> {
    let day = match grid {
        Grid::Day => Day::parse(text)?,
        Grid::Month => Day::parse(&format!("{text}-01"))?,
        Grid::Quarter => first_of(text, "-Q", 3)?,
        Grid::HalfYear => first_of(text, "-H", 6)?,
        Grid::Year => Day::from_ymd(text.parse().ok()?, 1, 1)?,
        // Which days it has is not known, and not asked.
        Grid::Parts { .. } => {
            let number = text.strip_prefix("part-")?.parse::<i32>().ok()?.checked_sub(1)?;
            return Some(Cell { grid, number });
        }
        Grid::Week => {
            let (year, week) = text.split_once("-W")?;
            // 4 January lies in week 1.
            let in_week_1 = Day::from_ymd(year.parse().ok()?, 1, 4)?;
            in_week_1.plus_days(7 * (i64::from(week.parse::<u8>().ok()?) - 1))
        }
    };
    Some(grid.cell(day))
}

/// The first day of a quarter or half-year.
fn first_of(text: &str, mark: &str, months: u32) -> Option<Day> {
    let (year, nth) = text.split_once(mark)?;
    Day::from_ymd(year.parse().ok()?, nth.parse::<u32>().ok()?.checked_sub(1)?.checked_mul(months)?.checked_add(1)?, 1)
}

/// The quantity that is written so: a figure's value, the whole, so many days of the unit, or a tally.
fn parse_quantity(mechanism: &Mechanism, unit: Unit, written: Decimal) -> Option<Quantity> {
    if matches!(mechanism, Mechanism::Measured(_)) {
        return Some(Quantity::of(Ratio::of(written)));
    }
    let of = match unit {
        Unit::Cell(cell) => u16::try_from(cell.days()).ok()?,
        Unit::Date(_) | Unit::Step(_) => 1,
    };
    let mut all = (1..=of).map(|days| Quantity::Days { days, of });
    if written == Decimal::ONE {
        return Some(Quantity::WHOLE);
    }
    let days = all.find(|quantity| quantity.decimal() == written.normalize());
    // What is no part of the unit's days was tallied, by this version of the contract or by an earlier one.
    days.or_else(|| matches!(unit, Unit::Cell(_)).then(|| Quantity::of(Ratio::of(written))))
}

fn stray(plan: &Plan<'_>, ledger: &Ledger, made: &Made, sum: Money, since: u32) -> Stray {
    Stray {
        place: charge_of(plan, ledger, made).map(|(place, _)| place),
        charge: ledger.text(made.charge).to_owned(),
        subject: ledger.text(made.subject).to_owned(),
        unit: ledger.text(made.unit).to_owned(),
        earned_on: made.earned_on,
        quantity: number::parse_signed(ledger.text(made.quantity)).unwrap_or_default(),
        rate: number::parse(ledger.text(made.rate)).ok(),
        sum,
        since,
    }
}

/// Where a replay of a settlement would differ from the ledger, and by how much: one warning for each charge and subject
/// (rule 10.4).
#[must_use]
pub fn differences(plan: &Plan<'_>, ledger: &Ledger, replayed: &Settlement<'_>) -> Vec<Diagnostic> {
    let settlement = replayed.period.number;
    let mut sums: BTreeMap<(String, String), BTreeMap<String, (Money, Money)>> = BTreeMap::new();
    let mut note = |charge: &str, subject: &str, unit: String, made: Money, would: Money| {
        let key = sums.entry((charge.to_owned(), subject.to_owned())).or_default().entry(unit).or_default();
        *key = (key.0 + made, key.1 + would);
    };
    let (mut made, mut would) = (ledger.of(settlement).peekable(), replayed.postings().peekable());
    // Both stand in the order of rule 9.2, so what is alike is passed over in step.
    while let (Some(a), Some(b)) = (made.peek(), would.peek()) {
        let alike = ledger.text(a.charge) == b.charge && ledger.text(a.subject) == b.subject && a.amount == b.amount;
        if !(alike && ledger.text(a.unit) == b.unit.to_string()) {
            break;
        }
        made.next();
        would.next();
    }
    made.for_each(|made| {
        note(
            ledger.text(made.charge),
            ledger.text(made.subject),
            ledger.text(made.unit).to_owned(),
            made.amount,
            Money::ZERO,
        )
    });
    would.for_each(|would| note(would.charge, would.subject, would.unit.to_string(), Money::ZERO, would.amount));
    let currency = plan.contract.currency;
    let differ = |units: BTreeMap<String, (Money, Money)>| {
        units.into_iter().filter(|(_, (made, would))| made != would).collect::<Vec<_>>()
    };
    let warnings = sums.into_iter().map(|(key, units)| (key, differ(units))).filter(|(_, units)| !units.is_empty());
    warnings.map(|((charge, subject), units)| warning(plan, settlement, &charge, &subject, &units, currency)).collect()
}

fn warning(
    plan: &Plan<'_>,
    settlement: u32,
    charge: &str,
    subject: &str,
    units: &[(String, (Money, Money))],
    currency: Currency,
) -> Diagnostic {
    let sum = |of: fn(&(Money, Money)) -> Money| {
        units.iter().map(|(_, amounts)| of(amounts)).sum::<Total>().display(currency).to_string()
    };
    let which = match units {
        [(only, _)] => format!("`{only}`"),
        [(first, _), .., (last, _)] => format!("{} units from `{first}` to `{last}`", units.len()),
        [] => String::new(),
    };
    let (made, would) = (sum(|amounts| amounts.0), sum(|amounts| amounts.1));
    let message = format!(
        "settlement {settlement} posted {made} for charge `{charge}`, subject `{subject}`, {which}; today's contract and rows would have posted {would}"
    );
    let place = Place { file: "postings.csv".to_owned(), field: Some("amount".to_owned()), ..Place::default() };
    Diagnostic::new(Code::LedgerDiffers, place, message)
        .help("a row was back-dated into a closed cut-off, or the contract was edited; the next settlement posts the difference")
        .of(&plan.contract.id)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charge::period::{Pay, Period};
    use crate::measure::id::Id;

    fn charge(unit: Grid) -> Mechanism {
        Mechanism::Period(Period { outcome: Id::name("work"), unit, pay: Pay::Prorated, max_units: None })
    }

    #[test]
    fn units_and_their_quantities_are_read_back() {
        let day = |text: &str| Day::parse(text).unwrap();
        for (grid, from, name) in [
            (Grid::Day, "2018-02-05", "2018-02-05"),
            (Grid::Week, "2018-02-12", "2018-W07"),
            (Grid::Month, "2018-02-01", "2018-02"),
            (Grid::Quarter, "2018-10-01", "2018-Q4"),
            (Grid::HalfYear, "2018-07-01", "2018-H2"),
            (Grid::Year, "2018-01-01", "2018"),
            (Grid::pieces(4).counted_from(day("2018-01-03")), "2018-01-31", "part-002"),
        ] {
            let (cell, mechanism) = (grid.cell(day(from)), charge(grid.named()));
            let read = parse_unit(&mechanism, name).unwrap();
            assert_eq!((cell.to_string(), read.to_string(), read.number()), (name.into(), name.into(), cell.number));
            let of = u16::try_from(cell.days()).unwrap();
            for days in [1, of.div_ceil(2), of] {
                let written = Quantity::Days { days, of }.decimal();
                assert_eq!(parse_quantity(&mechanism, read, written).map(Quantity::decimal), Some(written), "{name}");
            }
        }
        let weeks = charge(Grid::Week);
        assert!(parse_unit(&weeks, "part-001").is_none() && parse_unit(&weeks, "2018-Q1").is_none());
    }
}
