//! Fills the waterfall (investors 2 to 4).

use super::account::Accounts;
use super::distribution::{Distribution, Entry, Kind};
use super::funding::{Funding, Guarantee, Pays, Shared, Tier};
use super::receipt::Receipt;
use crate::documents::share::split_within;
use crate::measure::day::Day;
use crate::measure::id::Id;
use crate::measure::money::Money;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// What falls on one day.
#[derive(Default)]
struct Falls<'a> {
    receipts: Vec<Receipt>,
    guarantees: Vec<&'a Guarantee>,
}

/// The distributions up to the as-of day that follow those made earlier, which stand (investors 5). `receipts` are those of all
/// settlements, also the ones distributed before.
#[must_use]
pub fn distribute(funding: &Funding, receipts: &[Receipt], earlier: &[Distribution], as_of: Day) -> Vec<Distribution> {
    let mut accounts = Accounts::new(funding);
    for made in earlier {
        made.entries.iter().for_each(|entry| accounts.take(made.on, entry.clone()));
    }
    let mut carried = earlier.last().map_or(Money::ZERO, |last| last.carried);
    let mut number = earlier.last().map_or(0, |last| last.number);
    let mut made = Vec::new();
    for (on, falls) in days(funding, receipts, earlier, as_of) {
        let alone = falls.receipts.is_empty();
        let available = falls.receipts.iter().fold(carried, |sum, receipt| sum + receipt.amount);
        let mut entries = if alone { Vec::new() } else { waterfall(&mut accounts, on, available) };
        falls.guarantees.into_iter().for_each(|guarantee| entries.extend(guaranteed(&mut accounts, on, guarantee)));
        if alone && entries.is_empty() {
            continue;
        }
        number += 1;
        let after = available.min(Money::ZERO);
        made.push(Distribution { number, on, receipts: falls.receipts, carried_before: carried, carried: after, entries });
        carried = after;
    }
    made
}

/// What is still to be distributed, by day (investors 2.3, 4).
fn days<'a>(funding: &'a Funding, receipts: &[Receipt], earlier: &[Distribution], as_of: Day) -> BTreeMap<Day, Falls<'a>> {
    let last = earlier.last().map(|last| last.on);
    let made: BTreeSet<(&Id, u32)> =
        earlier.iter().flat_map(|made| &made.receipts).map(|receipt| (&receipt.contract, receipt.settlement)).collect();
    let place = |contract: &Id| funding.contracts.iter().position(|share| share.contract == *contract);
    let mut days: BTreeMap<Day, Falls<'a>> = BTreeMap::new();
    let mut new: Vec<&Receipt> = receipts.iter().filter(|new| !made.contains(&(&new.contract, new.settlement))).collect();
    new.sort_by_key(|receipt| (place(&receipt.contract), receipt.settlement));
    for receipt in new {
        let on = last.map_or(receipt.on, |last| last.max(receipt.on));
        if on <= as_of {
            days.entry(on).or_default().receipts.push(receipt.clone());
        }
    }
    for guarantee in &funding.guarantees {
        if guarantee.on <= as_of && last.is_none_or(|last| guarantee.on > last) {
            days.entry(guarantee.on).or_default().guarantees.push(guarantee);
        }
    }
    days
}

/// Fills the tiers in order with what is available (investors 3).
fn waterfall(accounts: &mut Accounts<'_>, on: Day, available: Money) -> Vec<Entry> {
    let funding = accounts.funding;
    let mut left = available.max(Money::ZERO);
    let mut entries = Vec::new();
    for tier in &funding.tiers {
        let kind = if tier.pays == Pays::Principal { Kind::Principal } else { Kind::Return };
        let parts = parts(accounts, tier, on, left);
        for (funder, amount) in tier.to.iter().zip(parts) {
            left -= amount;
            entries.extend(give(accounts, on, Some(funder), (Some(&tier.id), kind), amount));
        }
    }
    entries.extend(give(accounts, on, funding.surplus.as_ref(), (None, Kind::Surplus), left));
    entries
}

/// Makes an entry, unless it is of nothing.
fn give(
    accounts: &mut Accounts<'_>,
    on: Day,
    funder: Option<&Id>,
    (tier, kind): (Option<&Id>, Kind),
    amount: Money,
) -> Option<Entry> {
    if amount.is_zero() {
        return None;
    }
    let mut entry = Entry { funder: funder.cloned(), tier: tier.cloned(), kind, amount, outstanding: Money::ZERO };
    accounts.take(on, entry.clone());
    entry.outstanding = funder.map_or(Money::ZERO, |funder| accounts.outstanding(funder, on));
    Some(entry)
}

/// What a tier gives to each of its funders (investors 3.3, 3.4).
fn parts(accounts: &Accounts<'_>, tier: &Tier, on: Day, left: Money) -> Vec<Money> {
    let dues: Vec<Option<Money>> = tier.to.iter().map(|funder| due(accounts, tier, funder, on)).collect();
    let weights: Vec<Decimal> = match &tier.shared {
        Shared::Due => dues.iter().map(|due| weight(due.unwrap_or_default())).collect(),
        Shared::PaidIn => tier.to.iter().map(|funder| weight(accounts.paid_in(funder, on))).collect(),
        Shared::Committed => tier.to.iter().map(|funder| weight(committed(accounts.funding, funder))).collect(),
        Shared::Weights(weights) => weights.clone(),
    };
    let room = tier.at_most.map(|most| (most - accounts.given(&tier.id, None)).max(Money::ZERO));
    let there = room.map_or(left, |room| room.min(left));
    split_due(there, &weights, &dues)
}

fn committed(funding: &Funding, funder: &Id) -> Money {
    funding.funder(funder).map_or(Money::ZERO, |funder| funder.committed)
}

fn weight(amount: Money) -> Decimal {
    Decimal::from(amount.minor())
}

/// Splits an amount by weights, to nobody more than is due to it (`None` = no bound) and nothing to those of weight 0
/// (investors 3.3, 3.4).
fn split_due(there: Money, weights: &[Decimal], dues: &[Option<Money>]) -> Vec<Money> {
    // Who is owed nothing does not take part, or it would only hand its part on.
    let takes_part =
        |(due, weight): (&Option<Money>, &Decimal)| if *due == Some(Money::ZERO) { Decimal::ZERO } else { *weight };
    let weights: Vec<Decimal> = dues.iter().zip(weights).map(takes_part).collect();
    let weighed = || dues.iter().zip(&weights).filter(|(_, weight)| !weight.is_zero()).map(|(due, _)| *due);
    // One without a bound takes all; of nobody, nothing is the sum.
    let most = weighed().try_fold(Money::ZERO, |sum, due| due.map(|due| sum + due));
    let amount = most.map_or(there, |most| most.min(there));
    if amount.is_zero() {
        return vec![Money::ZERO; dues.len()];
    }
    split_within(amount, &weights, dues)
}

/// What is due to a funder in a tier, never below 0; `None` = no bound (investors 3.2).
fn due(accounts: &Accounts<'_>, tier: &Tier, funder: &Id, on: Day) -> Option<Money> {
    let (rate, times) = match tier.pays {
        Pays::Principal => return Some(accounts.outstanding(funder, on).max(Money::ZERO)),
        Pays::Return { rate, times } => (rate, times),
    };
    let by_rate = rate.map(|rate| {
        let days = accounts.outstanding_days(funder, on);
        cut(days, rate.rate, i128::from(rate.year)) - accounts.given(&tier.id, Some(funder))
    });
    let by_times = times.map(|times| {
        let paid_in = i128::from(accounts.paid_in(funder, on).minor());
        cut(paid_in, times, 1) - accounts.got(funder, Kind::Return)
    });
    let least = match (by_rate, by_times) {
        (Some(rate), Some(times)) => rate.min(times),
        (one, other) => one.or(other)?,
    };
    Some(least.max(Money::ZERO))
}

/// So much of an amount in minor units, divided once and cut to the minor unit.
fn cut(amount: i128, part: Decimal, divisor: i128) -> Money {
    let divisor = divisor.max(1).saturating_mul(10_i128.saturating_pow(part.scale()));
    Money::from_minor(i64::try_from(amount.saturating_mul(part.mantissa()) / divisor).unwrap_or(i64::MAX))
}

/// What a guarantee pays on its day: to those it covers, and by the guarantor (investors 4).
fn guaranteed(accounts: &mut Accounts<'_>, on: Day, guarantee: &Guarantee) -> Vec<Entry> {
    let losses: Vec<Money> = guarantee.to.iter().map(|funder| accounts.outstanding(funder, on).max(Money::ZERO)).collect();
    let loss: i128 = losses.iter().map(|loss| i128::from(loss.minor())).sum();
    let pays = cut(loss, guarantee.covers, 1);
    let pays = guarantee.at_most.map_or(pays, |most| most.min(pays));
    let weights: Vec<Decimal> = losses.iter().map(|loss| weight(*loss)).collect();
    let parts = split_due(pays, &weights, &losses.into_iter().map(Some).collect::<Vec<_>>());
    let as_what = (Some(&guarantee.id), Kind::Guarantee);
    let sum = parts.iter().fold(Money::ZERO, |sum, part| sum + *part);
    let mut entries: Vec<Entry> = Vec::new();
    for (funder, part) in guarantee.to.iter().zip(parts) {
        entries.extend(give(accounts, on, Some(funder), as_what, part));
    }
    entries.extend(give(accounts, on, Some(&guarantee.by), as_what, -sum));
    entries
}
