//! What may still be earned, as sizes.

use super::bound::{Most, more, plus, times};

/// What may still be earned: to the payee, and back to those who pay, each as a size; the largest single amount, and how many
/// amounts there can be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    /// To the payee.
    pub most: Most,
    /// By the payee.
    pub back: Most,
    /// The largest amount of one key to the payee.
    pub single: Most,
    /// The most keys.
    pub keys: Most,
}

impl Open {
    /// Nothing.
    pub const NONE: Open = Open { most: Ok(0), back: Ok(0), single: Ok(0), keys: Ok(0) };

    /// Amounts to the payee, one by one.
    pub fn of(amounts: &[Most]) -> Open {
        let keys = amounts.iter().filter(|amount| **amount != Ok(0)).count();
        Open {
            most: amounts.iter().copied().fold(Ok(0), plus),
            back: Ok(0),
            single: amounts.iter().copied().fold(Ok(0), more),
            keys: Ok(i128::try_from(keys).unwrap_or(i128::MAX)),
        }
    }

    /// Both.
    pub fn and(self, other: Open) -> Open {
        Open {
            most: plus(self.most, other.most),
            back: plus(self.back, other.back),
            single: more(self.single, other.single),
            keys: plus(self.keys, other.keys),
        }
    }

    /// The more of both.
    pub fn or(self, other: Open) -> Open {
        Open {
            most: more(self.most, other.most),
            back: more(self.back, other.back),
            single: more(self.single, other.single),
            keys: more(self.keys, other.keys),
        }
    }

    /// So many times as much; the largest single amount stays.
    pub fn times(self, count: Most) -> Open {
        let Open { most, back, keys, .. } = self;
        Open { most: times(most, count), back: times(back, count), keys: times(keys, count), ..self }
    }
}
