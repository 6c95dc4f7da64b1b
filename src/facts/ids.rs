//! The ids of a history side by side in memory: whoever looks at them one after the other does not go through the rows.

use crate::measure::id::Id;

/// Ids by number.
#[derive(Clone, Debug, Default)]
pub(super) struct Ids {
    text: String,
    /// Where each of them ends.
    ends: Vec<u32>,
}

impl Ids {
    /// Adds the next one.
    pub(super) fn push(&mut self, id: &Id) {
        self.text.push_str(id.as_str());
        self.ends.push(u32::try_from(self.text.len()).unwrap_or(u32::MAX));
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The one with that number, if there is one.
    pub(super) fn get(&self, number: usize) -> Option<&str> {
        let from = number.checked_sub(1).map_or(Some(&0), |before| self.ends.get(before))?;
        self.text.get(*from as usize..*self.ends.get(number)? as usize)
    }
}
