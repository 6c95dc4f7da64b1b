//! The total in parts: by charge, target group, quarter, payer, participant and reason.

use super::Pair;
use super::account::{Account, in_order};
use super::reason::{Part, Reason};
use crate::explain::tree::Whom;
use crate::measure::grid::Grid;
use crate::measure::money::{Currency, Shown, Total};
use serde::Serialize;
use std::collections::BTreeMap;

/// One way of taking the total apart.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Breakdown {
    /// By what.
    pub by: By,
    /// The parts; each side of them adds up to the total's.
    pub lines: Vec<Line>,
}

/// By what the total is taken apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum By {
    /// By charge: those of the contract, then those that only the other one has.
    Charge,
    /// By target group of the participants; what is the contract's or a company's stands by itself.
    TargetGroup,
    /// By calendar quarter of the day earned.
    Quarter,
    /// By payer, as documents would divide it (rule 11.2).
    Payer,
    /// By reason why it is not the same.
    Reason,
    /// By participant; what is the contract's or a company's stands by itself.
    Participant,
}

impl By {
    /// All of them, in the order in which they are told.
    pub const ALL: [By; 6] = [By::Charge, By::TargetGroup, By::Quarter, By::Payer, By::Reason, By::Participant];

    /// Its name in a file.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            By::Charge => "charge",
            By::TargetGroup => "target-group",
            By::Quarter => "quarter",
            By::Payer => "payer",
            By::Reason => "reason",
            By::Participant => "participant",
        }
    }
}

/// What each contract pays for something, and what the other one pays more.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Line {
    /// What.
    pub of: Of,
    /// What the contract pays; none if it has no such charge or payer.
    pub a: Option<Shown>,
    /// What the other one pays.
    pub b: Option<Shown>,
    /// What the other one pays more; below 0 if it pays less.
    pub difference: Shown,
}

/// What a line is about.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Of {
    /// Everything.
    Total,
    /// What has neither participant nor company.
    Contract,
    /// What is a company's.
    Companies,
    /// A key.
    Key,
    /// A charge, target group, payer or participant.
    Name(String),
    /// A quarter.
    Quarter(String),
    /// A reason.
    Reason(Reason),
}

/// The parts while they are added up: by their places in the order of a breakdown.
pub(super) struct Sums {
    currency: Currency,
    charges: Vec<String>,
    total: [Total; 2],
    of: BTreeMap<(By, usize, Of), [Option<Total>; 2]>,
}

impl Sums {
    /// Begins with the charges of both, and with what payers pay.
    pub fn begin(accounts: [&Account<'_>; 2], currency: Currency) -> Sums {
        let has = accounts.map(Account::charges);
        let charges: Vec<String> = in_order(has.iter().flatten().copied()).into_iter().map(str::to_owned).collect();
        let mut sums = Sums { currency, charges, total: [Total::default(); 2], of: BTreeMap::new() };
        for (place, charge) in sums.charges.clone().into_iter().enumerate() {
            let zero = [0, 1].map(|nth| has.get(nth).is_some_and(|has| has.contains(&charge.as_str())));
            let zero = zero.map(|has| has.then(Total::default));
            sums.of.insert((By::Charge, place, Of::Name(charge)), zero);
        }
        let payers = in_order(accounts.iter().flat_map(|account| &account.payers).map(|(id, _)| id.as_str()));
        for (place, payer) in payers.into_iter().enumerate() {
            let paid = accounts.map(|account| account.payers.iter().find(|(id, _)| id == payer).map(|(_, sum)| *sum));
            sums.of.insert((By::Payer, place, Of::Name(payer.to_owned())), paid);
        }
        sums
    }

    /// Takes in a key.
    pub fn take(&mut self, pair: &Pair<'_>, group: Option<&str>, parts: &[Part]) {
        let paid = pair.paid().map(Total::from);
        self.total.iter_mut().zip(paid).for_each(|(sum, paid)| *sum = *sum + paid);
        let place = self.charges.iter().position(|charge| *charge == pair.key.charge).unwrap_or(self.charges.len());
        self.add(By::Charge, place, Of::Name(pair.key.charge.clone()), paid.map(Some));
        let (participant, group) = match &pair.key.whom {
            Whom::Contract => (Of::Contract, Of::Contract),
            Whom::Company(_) => (Of::Companies, Of::Companies),
            Whom::Participant(id) => (Of::Name(id.clone()), Of::Name(group.unwrap_or_default().to_owned())),
        };
        self.add(By::TargetGroup, 0, group, paid.map(Some));
        self.add(By::Participant, 0, participant, paid.map(Some));
        for (nth, (held, paid)) in pair.held.iter().zip(paid).enumerate() {
            let Some(held) = held.filter(|held| !held.paid.is_zero()) else { continue };
            let amounts = if nth == 0 { [paid, Total::default()] } else { [Total::default(), paid] };
            self.add(By::Quarter, 0, Of::Quarter(Grid::Quarter.cell(held.earned_on).to_string()), amounts.map(Some));
        }
        for part in parts {
            self.add(By::Reason, 0, Of::Reason(part.reason.clone()), part.amounts.map(Some));
        }
    }

    /// Adds to a line; a side that it does not have stays empty while nothing is paid there.
    fn add(&mut self, by: By, place: usize, of: Of, amounts: [Option<Total>; 2]) {
        let line = self.of.entry((by, place, of)).or_insert([Some(Total::default()); 2]);
        for (sum, amount) in line.iter_mut().zip(amounts) {
            let amount = amount.unwrap_or_default();
            if sum.is_some() || amount != Total::default() {
                *sum = Some(sum.unwrap_or_default() + amount);
            }
        }
    }

    /// The total and its parts.
    pub fn end(self) -> (Line, Vec<Breakdown>) {
        let currency = self.currency;
        let lines = |by: By| {
            let of = self.of.iter().filter(|((known, _, _), _)| *known == by);
            of.map(|((_, _, of), amounts)| line(of.clone(), *amounts, currency)).collect()
        };
        let breakdowns = By::ALL.map(|by| Breakdown { by, lines: lines(by) }).to_vec();
        (line(Of::Total, self.total.map(Some), currency), breakdowns)
    }
}

/// A line of two sums.
pub(super) fn line(of: Of, [a, b]: [Option<Total>; 2], currency: Currency) -> Line {
    let minor = |side: Option<Total>| side.unwrap_or_default().minor();
    let difference = Total::from_minor(minor(b).saturating_sub(minor(a))).display(currency);
    Line { of, a: a.map(|a| a.display(currency)), b: b.map(|b| b.display(currency)), difference }
}
