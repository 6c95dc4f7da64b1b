//! A file of the programme folder: its name and its bytes.

use crate::measure::diagnostic::{Code, Diagnostic, Place};
use std::borrow::Cow;
use std::ops::Range;

/// A file as it came from the disk.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// Its name as the programme folder gives it: `spells.csv`, `contracts/herning.toml`.
    pub name: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

/// Why a file is not UTF-8 text, and where.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NotText {
    /// The first wrong byte, from 0; `None` where the whole file is written otherwise.
    pub at: Option<usize>,
    /// What the encoding seems to be, and what to do.
    pub message: String,
}

const BOM: &[u8] = b"\xef\xbb\xbf";

impl Source {
    /// A file of that name.
    #[must_use]
    pub fn new(name: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Source {
        Source { name: name.into(), bytes: bytes.into() }
    }

    /// Its text, without the byte-order mark that spreadsheets put before it. Spans in diagnostics count from here.
    ///
    /// # Errors
    /// [`NotText`]: it is not UTF-8.
    pub fn text(&self) -> Result<&str, NotText> {
        let bytes = self.bytes.strip_prefix(BOM).unwrap_or(&self.bytes);
        match std::str::from_utf8(bytes) {
            Ok(_) if zeros(bytes) => Err(not_text(bytes, 0)),
            Ok(text) => Ok(text),
            Err(error) => Err(not_text(bytes, error.valid_up_to())),
        }
    }

    /// What is said of it where it is not UTF-8, at the first wrong byte.
    pub(super) fn not_utf8(&self, wrong: &NotText, help: &str) -> Diagnostic {
        let (text, mut place) = (self.lossy(), Place::file(&self.name));
        if let Some(at) = wrong.at {
            let (line, column) = Lines::of(&text).locate(&text, at);
            (place.line, place.column, place.span) = (Some(line), Some(column), Some((at, at)));
        }
        Diagnostic::new(Code::NotUtf8, place, &wrong.message).help(help)
    }

    /// Its text with a replacement character for whatever is not UTF-8; only to be shown.
    #[must_use]
    pub fn lossy(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(self.bytes.strip_prefix(BOM).unwrap_or(&self.bytes))
    }
}

/// Whether every other byte is zero, as in Latin letters in UTF-16.
fn zeros(bytes: &[u8]) -> bool {
    bytes.iter().take(8).filter(|byte| **byte == 0).count() >= 2
}

fn not_text(bytes: &[u8], at: usize) -> NotText {
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) || zeros(bytes) {
        let message = "the file is written in UTF-16 (“Unicode text”), not in UTF-8".to_owned();
        return NotText { at: None, message };
    }
    let byte = bytes.get(at).copied().unwrap_or_default();
    let seems = match byte {
        0xc6 | 0xd8 | 0xc5 | 0xe6 | 0xf8 | 0xe5 => {
            format!(": the byte {byte:02X} stands for `{}` in Windows' own encoding (Latin-1)", char::from(byte))
        }
        _ => format!(": the byte {byte:02X} cannot stand there"),
    };
    NotText { at: Some(at), message: format!("the file is not UTF-8 text{seems}") }
}

/// The text with line feeds for lone carriage returns, byte for byte, if those alone divide its lines (an old spreadsheet's
/// way).
pub(crate) fn with_line_feeds(text: Cow<'_, str>) -> Cow<'_, str> {
    if text.contains('\r') && !text.contains('\n') { Cow::Owned(text.replace('\r', "\n")) } else { text }
}

/// A count as diagnostics hold it.
pub(crate) fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

/// Where the lines of a text begin.
#[derive(Clone, Debug)]
pub struct Lines {
    starts: Vec<usize>,
}

impl Lines {
    /// Finds the lines.
    #[must_use]
    pub fn of(text: &str) -> Lines {
        let after_breaks = text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Lines { starts: std::iter::once(0).chain(after_breaks).collect() }
    }

    /// The line and the character in it of a byte of `text`, both from 1.
    #[must_use]
    pub fn locate(&self, text: &str, byte: usize) -> (u32, u32) {
        let line = self.starts.partition_point(|start| *start <= byte);
        let start = self.starts.get(line.saturating_sub(1)).copied().unwrap_or(0);
        let before = text.get(start..byte).unwrap_or_default();
        (small(line), small(before.chars().count() + 1))
    }

    /// The bytes of a line (from 1), without its line break.
    #[must_use]
    pub fn range(&self, text: &str, line: u32) -> Option<Range<usize>> {
        let nth = usize::try_from(line).ok()?.checked_sub(1)?;
        let start = *self.starts.get(nth)?;
        let end = self.starts.get(nth + 1).copied().unwrap_or(text.len());
        let content = text.get(start..end)?.trim_end_matches(['\n', '\r']);
        Some(start..start + content.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_utf8_is_named_with_its_line() {
        assert_eq!(Source::new("a", "\u{feff}ø\r\n").text().unwrap(), "ø\r\n");
        let latin1 = Source::new("a", *b"id\nS\xf8nder").text().unwrap_err();
        assert_eq!(latin1.at, Some(4));
        assert!(latin1.message.contains("`ø`"), "{}", latin1.message);
        let utf16: Vec<u8> = "id,x\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(Source::new("a", [b"\xff\xfe".as_slice(), &utf16].concat()).text().unwrap_err().message.contains("UTF-16"));
    }

    #[test]
    fn lines_and_characters_count_from_one() {
        let text = "a\r\nbøc\n\nd";
        let lines = Lines::of(text);
        assert_eq!(lines.locate(text, 0), (1, 1));
        assert_eq!(lines.locate(text, text.find('c').unwrap()), (2, 3));
        assert_eq!(lines.locate(text, text.len()), (4, 2));
        assert_eq!(lines.range(text, 1), Some(0..1));
        assert_eq!(lines.range(text, 4), Some(9..10));
        assert_eq!(lines.range(text, 5), None);
    }
}
