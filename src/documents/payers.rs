//! Who pays which part of a charge, and at most how much in all (rule 11.2, mechanisms 8.2).

use super::share::{split, split_within};
use crate::contract::Contract;
use crate::measure::id::Id;
use crate::measure::money::Money;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// The payers of a contract, by their places, and the shares of each charge.
#[derive(Clone, Debug)]
pub struct Payers<'c> {
    contract: &'c Contract,
    all: Shares,
    /// Of the charges that have payers of their own.
    own: BTreeMap<&'c str, Shares>,
}

/// Payers in the order in which ties are broken, with their shares.
#[derive(Clone, Debug, Default)]
struct Shares {
    payers: Vec<usize>,
    shares: Vec<Decimal>,
}

impl<'c> Payers<'c> {
    /// The payers of a contract.
    #[must_use]
    pub fn new(contract: &'c Contract) -> Payers<'c> {
        let place = |id: &Id| contract.payers.iter().position(|payer| payer.id == *id);
        let own = contract.charges.iter().filter_map(|charge| {
            let named = charge.payers.as_ref()?.iter().filter_map(|payer| Some((place(&payer.id)?, payer.share)));
            let (payers, shares) = named.unzip();
            Some((charge.id.as_str(), Shares { payers, shares }))
        });
        let shares = contract.payers.iter().map(|payer| payer.share).collect();
        Payers { contract, all: Shares { payers: (0..contract.payers.len()).collect(), shares }, own: own.collect() }
    }

    /// Whether a payer pays at most so much: then who pays what of a key depends on all others.
    #[must_use]
    pub fn capped(&self) -> bool {
        self.contract.payers.iter().any(|payer| payer.at_most.is_some())
    }

    /// What each payer still pays, before anything is split; none = all that comes.
    #[must_use]
    pub fn rooms(&self) -> Vec<Option<Money>> {
        self.contract.payers.iter().map(|payer| payer.at_most).collect()
    }

    /// Each payer's part of an amount under a charge, by share.
    #[must_use]
    pub fn parts(&self, charge: &str, amount: Money) -> Vec<Money> {
        let of = self.of(charge);
        self.placed(of, split(amount, &of.shares))
    }

    /// The same as far as there is room; what is taken of it is taken from the rooms, and what is given back given to them.
    pub fn parts_within(&self, charge: &str, amount: Money, rooms: &mut [Option<Money>]) -> Vec<Money> {
        let of = self.of(charge);
        let own: Vec<Option<Money>> = of.payers.iter().map(|place| rooms.get(*place).copied().flatten()).collect();
        let parts = self.placed(of, split_within(amount, &of.shares, &own));
        for (room, part) in rooms.iter_mut().zip(&parts) {
            *room = room.map(|room| room - *part);
        }
        parts
    }

    /// Whether a charge has a single payer, who pays all of it.
    #[must_use]
    pub fn alone(&self, charge: &str) -> bool {
        let of = self.of(charge);
        of.payers.len() == 1 && !self.capped_of(of)
    }

    /// A payer's share of a charge; none where it says nothing, for someone there pays at most so much.
    #[must_use]
    pub fn share(&self, charge: &str, payer: usize) -> Option<Decimal> {
        let of = self.of(charge);
        let at = of.payers.iter().position(|place| *place == payer)?;
        of.shares.get(at).copied().filter(|_| !self.capped_of(of))
    }

    fn capped_of(&self, of: &Shares) -> bool {
        of.payers.iter().any(|place| self.contract.payers.get(*place).is_some_and(|payer| payer.at_most.is_some()))
    }

    fn of(&self, charge: &str) -> &Shares {
        self.own.get(charge).unwrap_or(&self.all)
    }

    /// Parts by the places of all payers.
    fn placed(&self, of: &Shares, parts: Vec<Money>) -> Vec<Money> {
        let mut placed = vec![Money::ZERO; self.contract.payers.len()];
        for (place, part) in of.payers.iter().zip(parts) {
            if let Some(slot) = placed.get_mut(*place) {
                *slot = part;
            }
        }
        placed
    }
}
