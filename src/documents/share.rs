//! An amount divided among payers without losing an øre (rule 11.2).

use crate::measure::money::Money;
use rust_decimal::Decimal;

/// Divides an amount by shares, whose sum is the whole, in minor units, by largest remainder: everybody gets the whole units of its
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
    let weight =
        |share: &Decimal| share.mantissa().saturating_mul(10_i128.saturating_pow(scale.saturating_sub(share.scale())));
    let weights: Vec<i128> = shares.iter().map(weight).collect();
    let whole = weights.iter().sum::<i128>().max(1);
    let size = i128::from(amount.minor()).saturating_abs();
    let quotas: Vec<i128> = weights.iter().map(|weight| size.saturating_mul(*weight)).collect();
    let mut parts: Vec<i128> = quotas.iter().map(|quota| quota.div_euclid(whole)).collect();
    let mut left = size - parts.iter().sum::<i128>();
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
    let signed =
        |part: i128| Money::from_minor(i64::try_from(part * i128::from(amount.minor().signum())).unwrap_or_default());
    parts.into_iter().map(signed).collect()
}

/// Divides an amount as [`split`] does, but gives nobody more than there is room for (mechanisms 8.2): what is above it is divided
/// in the same way among those that still have room, and so on. Where their shares are all 0, the first of them without a limit
/// gets it. What is owed back needs no room.
///
/// ```
/// use effekt::Money;
/// use effekt::documents::share::split_within;
/// use rust_decimal::Decimal;
/// let (share, money) = (|percent| Decimal::new(percent, 2), Money::from_minor);
/// let parts = split_within(money(274_475_000), &[share(25), share(75)], &[Some(money(68_618_700)), None]);
/// assert_eq!(parts, [money(68_618_700), money(205_856_300)]);
/// ```
#[must_use]
pub fn split_within(amount: Money, shares: &[Decimal], rooms: &[Option<Money>]) -> Vec<Money> {
    let mut parts = split(amount, shares);
    if amount < Money::ZERO {
        return parts;
    }
    // Each round fills somebody's room, so there are no more of them than payers.
    for _ in rooms {
        let mut over = Money::ZERO;
        for (part, room) in parts.iter_mut().zip(rooms) {
            let most = room.map_or(*part, |room| room.max(Money::ZERO).min(*part));
            over += *part - most;
            *part = most;
        }
        if over.is_zero() {
            break;
        }
        let open = |(part, room): (&Money, &Option<Money>)| room.is_none_or(|room| *part < room);
        let weights: Vec<Decimal> = shares
            .iter()
            .zip(parts.iter().zip(rooms))
            .map(|(share, of)| if open(of) { *share } else { Decimal::ZERO })
            .collect();
        let more = if weights.iter().any(|weight| !weight.is_zero()) {
            split(over, &weights)
        } else {
            let first = rooms.iter().position(Option::is_none).unwrap_or_default();
            (0..rooms.len()).map(|nth| if nth == first { over } else { Money::ZERO }).collect()
        };
        parts.iter_mut().zip(more).for_each(|(part, more)| *part += more);
    }
    parts
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

    #[test]
    fn what_is_owed_back_is_divided_as_what_was_charged() {
        assert_eq!(parts(-101, &["0.7", "0.3"]), [-71, -30]);
        assert_eq!(parts(-101, &["0.5", "0.5"]), [-51, -50]);
    }

    #[test]
    fn nobody_gets_more_than_there_is_room_for_and_no_unit_is_lost() {
        let within = |amount: i64, shares: &[&str], rooms: &[Option<i64>]| {
            let shares: Vec<Decimal> = shares.iter().map(|share| crate::measure::number::parse(share).unwrap()).collect();
            let rooms: Vec<Option<Money>> = rooms.iter().map(|room| room.map(Money::from_minor)).collect();
            split_within(Money::from_minor(amount), &shares, &rooms).into_iter().map(Money::minor).collect::<Vec<i64>>()
        };
        assert_eq!(within(100, &["0.5", "0.3", "0.2"], &[Some(20), None, None]), [20, 48, 32]);
        // What the first cannot pay fills the second's room too; the third pays the rest.
        assert_eq!(within(100, &["0.5", "0.3", "0.2"], &[Some(20), Some(40), None]), [20, 40, 40]);
        assert_eq!(within(100, &["0.5", "0.5", "0"], &[Some(20), Some(0), None]), [20, 0, 80]);
        assert_eq!(within(100, &["0.5", "0.5"], &[Some(50), None]), [50, 50]);
        assert_eq!(within(-101, &["0.5", "0.5"], &[Some(0), None]), [-51, -50]);
        assert_eq!(within(0, &["0.5", "0.5"], &[Some(0), None]), [0, 0]);
    }
}
