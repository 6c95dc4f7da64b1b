//! What is received: settlements, as the fund gets them (investors 2).

use super::funding::Share;
use crate::measure::day::Day;
use crate::measure::id::Id;
use crate::measure::money::Money;

/// A settlement of a contract.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Settled {
    /// Its number.
    pub settlement: u32,
    /// Its due date.
    pub on: Day,
    /// Its total.
    pub total: Money,
}

/// What is received of a settlement.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Receipt {
    /// The contract.
    pub contract: Id,
    /// Its settlement.
    pub settlement: u32,
    /// The day on which it is received: the settlement's due date (investors 2.1).
    pub on: Day,
    /// The settlement's total.
    pub total: Money,
    /// What of it is received.
    pub amount: Money,
}

/// The receipts of a contract's settlements, which come in order from 1 (investors 2.2): the share of the running total, cut
/// towards zero, less what was received before.
///
/// ```
/// use effekt::investors::{Settled, funding::Share, receipts};
/// use effekt::{Day, Id, Money};
/// let share = Share { contract: Id::new("town").unwrap(), share: rust_decimal::Decimal::new(5, 1) };
/// let settled = |settlement, total| Settled { settlement, on: Day::FAR, total: Money::from_minor(total) };
/// let received = receipts(&share, &[settled(1, 101), settled(2, 101), settled(3, -202)]);
/// assert_eq!(received.iter().map(|receipt| receipt.amount.minor()).collect::<Vec<_>>(), [50, 51, -101]);
/// ```
#[must_use]
pub fn receipts(share: &Share, settled: &[Settled]) -> Vec<Receipt> {
    let (dividend, divisor) = (share.share.mantissa(), 10_i128.saturating_pow(share.share.scale()));
    let (mut total, mut received) = (0_i128, Money::ZERO);
    let receipt = |settled: &Settled| {
        total = total.saturating_add(i128::from(settled.total.minor()));
        // Division of whole numbers cuts towards zero.
        let so_far = Money::from_minor(i64::try_from(total.saturating_mul(dividend) / divisor).unwrap_or(i64::MAX));
        let amount = so_far - received;
        received = so_far;
        let Settled { settlement, on, total } = *settled;
        Receipt { contract: share.contract.clone(), settlement, on, total, amount }
    };
    settled.iter().map(receipt).collect()
}
