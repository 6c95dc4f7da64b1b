//! A page of plain text: days, amounts and numbers as they are written in a language, lines that wrap.

use super::words::{Lang, Phrase, say};
use crate::facts::spell::STANDARD_KINDS;
use crate::measure::cpr;
use crate::measure::day::{Day, Span};
use crate::measure::money::{Currency, Shown};
use crate::timeline::outcome::Length;
use chrono::Weekday;
use rust_decimal::Decimal;

/// Lines are broken before this column where a blank allows it.
const WIDTH: usize = 110;

/// A blank at which no line is broken.
const HARD: char = '\u{a0}';

/// A text that is being written.
pub(super) struct Page {
    pub lang: Lang,
    /// Whether every unit is told in full.
    pub in_full: bool,
    currency: Currency,
    text: String,
}

impl Page {
    pub fn new(lang: Lang, currency: Currency, in_full: bool) -> Page {
        Page { lang, in_full, currency, text: String::new() }
    }

    /// The text; CPR numbers, should there be any, are blotted out (rule 3.7).
    pub fn done(self) -> String {
        cpr::redact(&self.text.replace(HARD, " "))
    }

    /// A phrase, filled in.
    pub fn say(&self, phrase: Phrase, fill: &[&str]) -> String {
        say(phrase.text(self.lang), fill)
    }

    /// An empty line.
    pub fn gap(&mut self) {
        self.text.push('\n');
    }

    /// A phrase on lines of its own.
    pub fn put(&mut self, indent: usize, phrase: Phrase, fill: &[&str]) {
        let text = self.say(phrase, fill);
        self.line(indent, &text);
    }

    /// A line, broken where it is too long; what follows is indented further.
    pub fn line(&mut self, indent: usize, text: &str) {
        // `kr.` ends a sentence by itself.
        let text = &text.replace("kr..", "kr.");
        let mut column = indent;
        self.text.push_str(&" ".repeat(indent));
        for (at, word) in text.split(' ').enumerate() {
            let wide = word.chars().count();
            if at > 0 && column + 1 + wide > WIDTH {
                column = indent + 4;
                self.text.push('\n');
                self.text.push_str(&" ".repeat(column));
            } else if at > 0 {
                column += 1;
                self.text.push(' ');
            }
            column += wide;
            self.text.push_str(word);
        }
        self.text.push('\n');
    }

    /// A line of the same sign under the line before.
    pub fn rule(&mut self, sign: &str) {
        let last = self.text.trim_end_matches('\n').rsplit('\n').next().unwrap_or_default().chars().count();
        self.text.push_str(&sign.repeat(last));
        self.gap();
    }

    /// `2018-02-05 (Mon)`.
    pub fn day(&self, day: Day) -> String {
        let name = match day.weekday() {
            Weekday::Mon => Phrase::Monday,
            Weekday::Tue => Phrase::Tuesday,
            Weekday::Wed => Phrase::Wednesday,
            Weekday::Thu => Phrase::Thursday,
            Weekday::Fri => Phrase::Friday,
            Weekday::Sat => Phrase::Saturday,
            Weekday::Sun => Phrase::Sunday,
        };
        format!("{day}{HARD}({})", name.text(self.lang))
    }

    /// `2018-02-05 (Mon) to 2018-02-11 (Sun)`, or the one day.
    pub fn span(&self, days: Span) -> String {
        if days.first == days.last {
            return self.day(days.first);
        }
        self.say(Phrase::To, &[&self.day(days.first), &self.day(days.last)])
    }

    /// `1 day`, `14 days`.
    pub fn days(&self, count: i64) -> String {
        self.many(count, Phrase::OneDay, Phrase::Days)
    }

    fn many(&self, count: i64, one: Phrase, many: Phrase) -> String {
        if count == 1 { self.say(one, &[]) } else { self.say(many, &[&count.to_string()]) }
    }

    /// A length of time, in weeks where it is whole weeks.
    pub fn length(&self, length: Length) -> String {
        match length {
            Length::Months(n) => self.many(i64::from(n), Phrase::OneMonth, Phrase::Months),
            Length::Days(n) if n > 0 && n % 7 == 0 => {
                let weeks = self.many(i64::from(n / 7), Phrase::OneWeek, Phrase::Weeks);
                format!("{weeks} ({})", self.days(i64::from(n)))
            }
            Length::Days(n) => self.days(i64::from(n)),
        }
    }

    /// `1,500.00 DKK`, in Danish `1.500,00 kr.`.
    pub fn money(&self, amount: &Shown) -> String {
        self.with_currency(&amount.to_string())
    }

    /// An exact amount, with all its decimals.
    pub fn exact(&self, amount: &dyn std::fmt::Display) -> String {
        self.with_currency(&amount.to_string())
    }

    fn with_currency(&self, number: &str) -> String {
        let number = &self.padded(number);
        match (self.lang, self.currency.code()) {
            (Lang::Da, "DKK") => format!("{}{HARD}kr.", self.digits(number)),
            (_, code) => format!("{}{HARD}{code}", self.digits(number)),
        }
    }

    /// A number with at least the currency's decimals.
    fn padded(&self, number: &str) -> String {
        let decimals = self.currency.decimals() as usize;
        match number.split_once('.') {
            Some((whole, part)) => format!("{whole}.{part:0<decimals$}"),
            None if decimals > 0 => format!("{number}.{}", "0".repeat(decimals)),
            None => number.to_owned(),
        }
    }

    /// A number with the language's point and separators.
    pub fn number(&self, number: Decimal) -> String {
        self.digits(&number.normalize().to_string())
    }

    /// Hours a week.
    pub fn hours(&self, hours: Decimal) -> String {
        if hours == Decimal::ONE { self.say(Phrase::OneHour, &[]) } else { self.say(Phrase::Hours, &[&self.number(hours)]) }
    }

    /// Digits, perhaps with a sign and a point, as the language writes them: `-1,500.50`, `-1.500,50`.
    pub fn digits(&self, number: &str) -> String {
        let (group, point) = match self.lang {
            Lang::En => (',', '.'),
            Lang::Da => ('.', ','),
        };
        let (whole, part) = number.split_once('.').map_or((number, None), |(whole, part)| (whole, Some(part)));
        let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |whole| ("-", whole));
        let mut text = sign.to_owned();
        for (at, digit) in whole.chars().enumerate() {
            if at > 0 && (whole.len() - at).is_multiple_of(3) {
                text.push(group);
            }
            text.push(digit);
        }
        if let Some(part) = part {
            text.push(point);
            text.push_str(part);
        }
        text
    }

    /// The name of a kind of employment; the contract's own kinds have theirs.
    pub fn kind(&self, kind: &str) -> String {
        let names = [
            Phrase::Ordinary,
            Phrase::FlexJob,
            Phrase::WageSubsidy,
            Phrase::Apprenticeship,
            Phrase::Internship,
            Phrase::Education,
            Phrase::SelfEmployed,
        ];
        let name = STANDARD_KINDS.iter().zip(names).find(|(known, _)| **known == kind);
        name.map_or(kind.to_owned(), |(_, name)| self.say(name, &[]))
    }

    /// `a, b`.
    pub fn list<T: AsRef<str>>(&self, items: &[T]) -> String {
        items.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_language_writes_them() {
        let page = |lang| Page::new(lang, Currency::DKK, false);
        for (number, en, da) in [
            ("0", "0", "0"),
            ("-1500.50", "-1,500.50", "-1.500,50"),
            ("999", "999", "999"),
            ("1234567", "1,234,567", "1.234.567"),
        ] {
            assert_eq!(page(Lang::En).digits(number), en);
            assert_eq!(page(Lang::Da).digits(number), da);
        }
        assert_eq!(page(Lang::En).exact(&"1500.5"), "1,500.50\u{a0}DKK");
        assert_eq!(page(Lang::Da).exact(&"0.00133333…"), "0,00133333…\u{a0}kr.");
        assert_eq!(page(Lang::Da).length(Length::Days(91)), "13 uger (91 dage)");
        assert_eq!(page(Lang::En).length(Length::Days(1)), "1 day");
    }

    #[test]
    fn long_lines_are_broken_between_words_and_cpr_numbers_blotted_out() {
        let mut page = Page::new(Lang::En, Currency::DKK, false);
        page.line(2, &"word ".repeat(40));
        page.line(0, "a 010190-1234 b");
        let text = page.done();
        assert!(text.lines().count() > 2 && text.lines().all(|line| line.chars().count() <= WIDTH), "{text}");
        assert!(text.ends_with("a [CPR] b\n"), "{text}");
    }
}
