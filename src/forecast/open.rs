//! What may still be earned, as sizes.

use super::bound::{Most, more, plus, times};

/// What may still be earned: to the payee, and back to those who pay, each as a size; and the largest single amount.
#[derive(Clone, Copy, Debug)]
pub(super) struct Open {
    /// To the payee.
    pub most: Most,
    /// By the payee.
    pub back: Most,
    /// The largest amount of one key to the payee.
    pub single: Most,
}

impl Open {
    /// Nothing.
    pub const NONE: Open = Open { most: Ok(0), back: Ok(0), single: Ok(0) };

    /// So much to the payee, and that at most for one key.
    pub fn of(most: Most, single: Most) -> Open {
        Open { most, back: Ok(0), single }
    }

    /// Both.
    pub fn and(self, other: Open) -> Open {
        Open {
            most: plus(self.most, other.most),
            back: plus(self.back, other.back),
            single: more(self.single, other.single),
        }
    }

    /// The more of both.
    pub fn or(self, other: Open) -> Open {
        Open {
            most: more(self.most, other.most),
            back: more(self.back, other.back),
            single: more(self.single, other.single),
        }
    }

    /// So many times as much; the largest single amount stays.
    pub fn times(self, count: Most) -> Open {
        Open { most: times(self.most, count), back: times(self.back, count), ..self }
    }
}
