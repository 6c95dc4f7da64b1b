//! An amount divided among payers without losing an øre (rule 11.2).

use crate::measure::money::Money;
use rust_decimal::Decimal;

/// Divides an amount by shares that sum to 1, in minor units, by largest remainder: everybody gets the whole units of its
/// exact quota, and what is left goes, a unit each, to those whose quotas were cut the most; of equals to the one named first.
/// What is owed back is divided by its size, and the sign put back: so it takes from each what as much charged it (mechanisms
/// 8.2).
///
/// ```
/// use effekt::Money;
/// use effekt::documents::share::split;
/// use rust_decimal::Decimal;
/// let third = Decimal::new(33, 2);
/// let parts = split(Money::from_minor(100), &[third, third, Decimal::new(34, 2)]);
/// assert_eq!(parts.iter().map(|part| part.minor()).collect::<Vec<_>>(), [33, 33, 34]);
/// ```
#[must_use]
pub fn split(amount: Money, shares: &[Decimal]) -> Vec<Money> {
    let scale = shares.iter().map(Decimal::scale).max().unwrap_or_default();
    let whole = 10_i128.saturating_pow(scale);
    let quota = |share: &Decimal| {
        let weight = share.mantissa().saturating_mul(10_i128.saturating_pow(scale.saturating_sub(share.scale())));
        i128::from(amount.size().minor()).saturating_mul(weight)
    };
    let quotas: Vec<i128> = shares.iter().map(quota).collect();
    let mut parts: Vec<i128> = quotas.iter().map(|quota| quota.div_euclid(whole)).collect();
    let mut left = i128::from(amount.size().minor()) - parts.iter().sum::<i128>();
    let mut by_remainder: Vec<usize> = (0..quotas.len()).collect();
    by_remainder.sort_by_key(|nth| std::cmp::Reverse(quotas.get(*nth).map(|quota| quota.rem_euclid(whole))));
    for nth in by_remainder {
        if left <= 0 {
            break;
        }
        if let Some(part) = parts.get_mut(nth) {
            *part += 1;
        }
        left -= 1;
    }
    let sign = |part: Money| if amount < Money::ZERO { -part } else { part };
    parts.into_iter().map(|part| sign(Money::from_minor(i64::try_from(part).unwrap_or_default()))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(amount: i64, shares: &[&str]) -> Vec<i64> {
        let shares: Vec<Decimal> = shares.iter().map(|share| crate::measure::number::parse(share).unwrap()).collect();
        split(Money::from_minor(amount), &shares).into_iter().map(Money::minor).collect()
    }

    #[test]
    fn the_largest_remainder_gets_the_unit_that_is_left() {
        // 0.7 × 101 = 70.7 and 0.3 × 101 = 30.3: one unit is left, 0.7 was cut more than 0.3.
        assert_eq!(parts(101, &["0.7", "0.3"]), [71, 30]);
        // Halves are equal: the first one gets it.
        assert_eq!(parts(101, &["0.5", "0.5"]), [51, 50]);
        // 33.33, 33.33, 33.34 of 100: 0.34 is the largest remainder.
        assert_eq!(parts(100, &["0.3333", "0.3333", "0.3334"]), [33, 33, 34]);
        assert_eq!(parts(0, &["0.3", "0.7"]), [0, 0]);
        assert_eq!(parts(150_000, &["1"]), [150_000]);
        assert_eq!(parts(5, &["0", "1"]), [0, 5]);
        // What is owed back takes from each what it charged.
        assert_eq!(parts(-101, &["0.5", "0.5"]), [-51, -50]);
        assert_eq!(parts(-101, &["0.7", "0.3"]), [-71, -30]);
    }
}
