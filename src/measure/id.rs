//! Identifiers (rule 3.8).

use serde::Serialize;
use std::borrow::Borrow;
use std::fmt;

/// An identifier: 1 to 64 characters of `A–Z`, `a–z`, `æøåÆØÅ`, digits, `.`, `_` and `-`, not `-` alone, compared byte by
/// byte in UTF-8 (rule 3.8).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Default)]
#[serde(transparent)]
pub struct Id(Box<str>);

/// Why a text is not an identifier.
#[derive(Clone, Copy, PartialEq, Eq, Debug, thiserror::Error)]
pub enum BadId {
    /// There is nothing there.
    #[error("an id is not empty")]
    Empty,
    /// More than 64 characters.
    #[error("an id has at most 64 characters")]
    TooLong,
    /// A blank before or after.
    #[error("an id has no blanks before or after it")]
    Blank,
    /// A character outside the set.
    #[error("an id has only letters A–Z, a–z, æøåÆØÅ, digits, `.`, `_` and `-`; {0:?} is none of them")]
    Character(char),
    /// `å` written as `a` and a combining ring.
    #[error("an id writes å as one character (Unicode form NFC), not as a and a ring")]
    Decomposed,
    /// `-` stands for the contract itself.
    #[error("`-` alone stands for the contract and is no id")]
    Dash,
}

impl Id {
    /// Reads an identifier.
    ///
    /// # Errors
    /// [`BadId`] says what is wrong with it.
    pub fn new(text: &str) -> Result<Id, BadId> {
        if text.is_empty() {
            return Err(BadId::Empty);
        }
        if text.trim() != text {
            return Err(BadId::Blank);
        }
        if let Some(wrong) = text.chars().find(|c| !Id::allows(*c)) {
            return Err(if wrong == '\u{30a}' { BadId::Decomposed } else { BadId::Character(wrong) });
        }
        match text {
            "-" => Err(BadId::Dash),
            _ if text.chars().count() > 64 => Err(BadId::TooLong),
            _ => Ok(Id(text.into())),
        }
    }

    /// Any text as a name to be compared byte by byte: an employer, a target group.
    #[must_use]
    pub fn name(text: &str) -> Id {
        Id(text.into())
    }

    /// Its first 16 bytes as a number: of two ids that differ in it, the one with the lower number comes first.
    #[must_use]
    pub fn prefix(&self) -> u128 {
        let mut first = [0; 16];
        first.iter_mut().zip(self.0.bytes()).for_each(|(to, from)| *to = from);
        u128::from_be_bytes(first)
    }

    fn allows(c: char) -> bool {
        c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | 'æ' | 'ø' | 'å' | 'Æ' | 'Ø' | 'Å')
    }

    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl Borrow<str> for Id {
    fn borrow(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", &self.0)
    }
}

impl PartialEq<str> for Id {
    fn eq(&self, other: &str) -> bool {
        &*self.0 == other
    }
}

impl PartialEq<&str> for Id {
    fn eq(&self, other: &&str) -> bool {
        &*self.0 == *other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_an_id_may_be() {
        assert!(Id::new("Ærø.2_b-1").is_ok());
        assert!(Id::new(&"å".repeat(64)).is_ok());
        assert_eq!(Id::new(&"å".repeat(65)), Err(BadId::TooLong));
        assert_eq!(Id::new("-"), Err(BadId::Dash));
        assert_eq!(Id::new("a b"), Err(BadId::Character(' ')));
        assert_eq!(Id::new("a "), Err(BadId::Blank));
        assert_eq!(Id::new("a\u{30a}"), Err(BadId::Decomposed));
        assert_eq!(Id::new(""), Err(BadId::Empty));
    }
}
