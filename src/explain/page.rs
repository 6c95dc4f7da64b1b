//! A page of plain text: lines that wrap.

use super::pen::Pen;
use super::words::Phrase;
use crate::measure::cpr;
use std::ops::Deref;

/// Lines are broken before this column where a blank allows it.
const WIDTH: usize = 110;

/// One line of an explanation.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    /// How far it is indented.
    pub indent: usize,
    /// What it says. Blanks at which no line is to be broken are hard ones.
    pub text: String,
}

/// A text that is being written with a pen.
pub(super) struct Page {
    pen: Pen,
    /// Whether every unit is told in full.
    pub in_full: bool,
    lines: Vec<Line>,
}

impl Deref for Page {
    type Target = Pen;

    fn deref(&self) -> &Pen {
        &self.pen
    }
}

impl Page {
    pub fn new(pen: Pen, in_full: bool) -> Page {
        Page { pen, in_full, lines: Vec::new() }
    }

    /// The text; CPR numbers, should there be any, are blotted out (rule 3.7).
    pub fn done(self) -> String {
        let text: String = self.lines.iter().map(|line| broken(line) + "\n").collect();
        cpr::redact(&text.replace(Pen::HARD, " "))
    }

    /// The lines, not broken, with an arrow for `->`; CPR numbers are blotted out here too.
    pub fn lines(self) -> Vec<Line> {
        self.lines.into_iter().map(|line| Line { text: cpr::redact(&line.text.replace("->", "\u{2192}")), ..line }).collect()
    }

    /// An empty line.
    pub fn gap(&mut self) {
        self.line(0, "");
    }

    /// A phrase on lines of its own.
    pub fn put(&mut self, indent: usize, phrase: Phrase, fill: &[&str]) {
        let text = self.say(phrase, fill);
        self.line(indent, &text);
    }

    /// A line.
    pub fn line(&mut self, indent: usize, text: &str) {
        // `kr.` ends a sentence by itself.
        self.lines.push(Line { indent, text: text.replace("kr..", "kr.") });
    }

    /// A line of the same sign under the line before.
    pub fn rule(&mut self, sign: &str) {
        let above = self.lines.last().map(broken).unwrap_or_default();
        let last = above.rsplit('\n').next().unwrap_or_default().chars().count();
        self.line(0, &sign.repeat(last));
    }
}

/// The line, broken where it is too long; what follows is indented further.
fn broken(line: &Line) -> String {
    let mut column = line.indent;
    let mut text = " ".repeat(line.indent);
    for (at, word) in line.text.split(' ').enumerate() {
        let wide = word.chars().count();
        if at > 0 && column + 1 + wide > WIDTH {
            column = line.indent + 4;
            text.push('\n');
            text.push_str(&" ".repeat(column));
        } else if at > 0 {
            column += 1;
            text.push(' ');
        }
        column += wide;
        text.push_str(word);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::pen::Dates;
    use crate::explain::words::Lang;
    use crate::measure::money::Currency;

    #[test]
    fn long_lines_are_broken_between_words_and_cpr_numbers_blotted_out() {
        let mut page = Page::new(Pen { lang: Lang::En, currency: Currency::DKK, dates: Dates::Plain }, false);
        page.line(2, &"word ".repeat(40));
        page.line(0, "a 010190-1234 b");
        let text = page.done();
        assert!(text.lines().count() > 2 && text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        assert!(text.ends_with("a [CPR] b\n"), "{text}");
    }
}
