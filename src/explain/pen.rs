//! Days, amounts and numbers as they are written in a language.

use super::source::SpellTerms;
use super::words::{Lang, Phrase, say};
use crate::charge::Delay;
use crate::facts::spell::STANDARD_KINDS;
use crate::measure::day::{Day, Span};
use crate::measure::money::{Currency, Shown};
use crate::timeline::outcome::Length;
use crate::timeline::payroll::Tallied;
use crate::timeline::tally::Needed;
use chrono::{Datelike, Weekday};
use rust_decimal::Decimal;

/// How days are written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Dates {
    /// `2018-02-05 (Mon)`, as files have them.
    Plain,
    /// `Mon 5 Feb 2018`, for pages that are read.
    Written,
}

/// Writes days, amounts and numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Pen {
    /// The language.
    pub lang: Lang,
    /// The one currency of all amounts (rule 2.1).
    pub currency: Currency,
    /// How days are written.
    pub dates: Dates,
}

impl Pen {
    /// A blank at which no line is broken.
    pub(super) const HARD: char = '\u{a0}';

    /// A phrase, filled in.
    pub(super) fn say(&self, phrase: Phrase, fill: &[&str]) -> String {
        say(phrase.text(self.lang), fill)
    }

    /// `2018-02-05 (Mon)` or `Mon 5 Feb 2018`.
    #[must_use]
    pub fn day(&self, day: Day) -> String {
        let weekday = self.weekday(day);
        match (self.dates, self.lang) {
            (Dates::Plain, _) => format!("{day}{}({weekday})", Pen::HARD),
            (Dates::Written, Lang::En) => self.hard(&format!("{weekday} {}", self.date(day))),
            (Dates::Written, Lang::Da) => self.hard(&format!("{weekday}. {}", self.date(day))),
        }
    }

    /// `2018-02-05` or `5 Feb 2018`.
    #[must_use]
    pub fn date(&self, day: Day) -> String {
        match self.dates {
            Dates::Plain => day.to_string(),
            Dates::Written => self.hard(&format!("{} {}", self.without_year(day), day.year())),
        }
    }

    fn without_year(&self, day: Day) -> String {
        let month = month(day, self.lang);
        let short: String = month.chars().take(3).collect();
        match self.lang {
            Lang::En => format!("{} {short}", day.date().day()),
            Lang::Da if short == month => format!("{}. {short}", day.date().day()),
            Lang::Da => format!("{}. {short}.", day.date().day()),
        }
    }

    /// `5 February 2018`, for headings.
    #[must_use]
    pub fn full_date(&self, day: Day) -> String {
        let dot = if self.lang == Lang::Da { "." } else { "" };
        self.hard(&format!("{}{dot} {} {}", day.date().day(), month(day, self.lang), day.year()))
    }

    /// `February 2018`, for headings.
    #[must_use]
    pub fn month(&self, day: Day) -> String {
        self.hard(&format!("{} {}", month(day, self.lang), day.year()))
    }

    /// `Feb`, as a mark on a line of time.
    #[must_use]
    pub fn short_month(&self, day: Day) -> String {
        month(day, self.lang).chars().take(3).collect()
    }

    fn weekday(&self, day: Day) -> &'static str {
        let name = match day.weekday() {
            Weekday::Mon => Phrase::Monday,
            Weekday::Tue => Phrase::Tuesday,
            Weekday::Wed => Phrase::Wednesday,
            Weekday::Thu => Phrase::Thursday,
            Weekday::Fri => Phrase::Friday,
            Weekday::Sat => Phrase::Saturday,
            Weekday::Sun => Phrase::Sunday,
        };
        name.text(self.lang)
    }

    fn hard(&self, text: &str) -> String {
        text.replace(' ', &Pen::HARD.to_string())
    }

    /// `2018-02-05 (Mon) to 2018-02-11 (Sun)`, or the one day.
    #[must_use]
    pub fn span(&self, days: Span) -> String {
        if days.first == days.last {
            return self.day(days.first);
        }
        self.say(Phrase::To, &[&self.day(days.first), &self.day(days.last)])
    }

    /// The same without the days of the week.
    #[must_use]
    pub fn dates(&self, days: Span) -> String {
        if days.first == days.last {
            return self.date(days.first);
        }
        let first = match self.dates {
            Dates::Written if days.first.year() == days.last.year() => self.hard(&self.without_year(days.first)),
            _ => self.date(days.first),
        };
        self.say(Phrase::To, &[&first, &self.date(days.last)])
    }

    /// `1 day`, `14 days`.
    #[must_use]
    pub fn days(&self, count: i64) -> String {
        self.many(count, Phrase::OneDay, Phrase::Days)
    }

    fn many(&self, count: i64, one: Phrase, many: Phrase) -> String {
        if count == 1 { self.say(one, &[]) } else { self.say(many, &[&count.to_string()]) }
    }

    /// A length of time, in weeks where it is whole weeks.
    #[must_use]
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

    /// `13 weeks (91 days)`, `104 hours`, `earnings of 3,350.00 DKK` (mechanisms 3.3).
    #[must_use]
    pub fn needed(&self, needed: Needed) -> String {
        match needed {
            Needed::Time(length) => self.length(length),
            Needed::Sum(what, least) => self.tallied(what, &least),
        }
    }

    /// So many hours, or so much earned; with as many decimals as it has.
    #[must_use]
    pub fn tallied(&self, what: Tallied, sum: &impl std::fmt::Display) -> String {
        match what {
            Tallied::Hours => self.say(Phrase::HoursInAll, &[&self.digits(&sum.to_string())]),
            Tallied::Earnings => self.say(Phrase::EarningsInAll, &[&self.exact(sum)]),
        }
    }

    /// Hours a week of a spell; what a report says of a month.
    #[must_use]
    pub fn hours_of(&self, terms: &SpellTerms) -> String {
        let Some(month) = &terms.month else { return self.hours(terms.weekly_hours) };
        let hours = month.hours.map(|hours| self.tallied(Tallied::Hours, &hours.normalize()));
        let earnings = month.earnings.map(|earnings| self.tallied(Tallied::Earnings, &earnings.normalize()));
        hours.into_iter().chain(earnings).collect::<Vec<String>>().join(", ")
    }

    /// A delay (mechanisms 7.3).
    #[must_use]
    pub fn delay(&self, delay: Delay) -> String {
        match delay {
            Delay::Days(n) => self.length(Length::Days(n)),
            Delay::Months(n) => self.length(Length::Months(n)),
            Delay::Weekdays(n) => self.many(i64::from(n), Phrase::OneWeekday, Phrase::Weekdays),
            Delay::BankDays(n) => self.many(i64::from(n), Phrase::OneBankDay, Phrase::BankDays),
        }
    }

    /// `1,500.00 DKK`, in Danish `1.500,00 kr.`.
    #[must_use]
    pub fn money(&self, amount: &Shown) -> String {
        self.with_currency(&amount.to_string())
    }

    /// An exact amount, with all its decimals.
    #[must_use]
    pub fn exact(&self, amount: &dyn std::fmt::Display) -> String {
        self.with_currency(&amount.to_string())
    }

    fn with_currency(&self, number: &str) -> String {
        let number = &self.padded(number);
        match (self.lang, self.currency.code()) {
            (Lang::Da, "DKK") => format!("{}{}kr.", self.digits(number), Pen::HARD),
            (_, code) => format!("{}{}{code}", self.digits(number), Pen::HARD),
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
    #[must_use]
    pub fn number(&self, number: Decimal) -> String {
        self.digits(&number.normalize().to_string())
    }

    /// Hours a week.
    #[must_use]
    pub fn hours(&self, hours: Decimal) -> String {
        if hours == Decimal::ONE { self.say(Phrase::OneHour, &[]) } else { self.say(Phrase::Hours, &[&self.number(hours)]) }
    }

    /// Digits, perhaps with a sign and a point, as the language writes them: `-1,500.50`, `-1.500,50`.
    #[must_use]
    pub fn digits(&self, number: &str) -> String {
        let (group, point) = match self.lang {
            Lang::En => (',', '.'),
            Lang::Da => ('.', ','),
        };
        let (whole, part) = number.split_once('.').map_or((number, None), |(whole, part)| (whole, Some(part)));
        let minus = if self.dates == Dates::Written { "\u{2212}" } else { "-" };
        let (sign, whole) = whole.strip_prefix('-').map_or(("", whole), |whole| (minus, whole));
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
    #[must_use]
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
    #[must_use]
    pub fn list<T: AsRef<str>>(&self, items: &[T]) -> String {
        items.iter().map(AsRef::as_ref).collect::<Vec<&str>>().join(", ")
    }
}

/// The name of a day's month.
fn month(day: Day, lang: Lang) -> &'static str {
    let names = match lang {
        Lang::En => [
            "January",
            "February",
            "March",
            "April",
            "May",
            "June",
            "July",
            "August",
            "September",
            "October",
            "November",
            "December",
        ],
        Lang::Da => [
            "januar",
            "februar",
            "marts",
            "april",
            "maj",
            "juni",
            "juli",
            "august",
            "september",
            "oktober",
            "november",
            "december",
        ],
    };
    names.get(day.date().month0() as usize).copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_the_language_writes_them() {
        let pen = |lang| Pen { lang, currency: Currency::DKK, dates: Dates::Plain };
        for (number, en, da) in [
            ("0", "0", "0"),
            ("-1500.50", "-1,500.50", "-1.500,50"),
            ("999", "999", "999"),
            ("1234567", "1,234,567", "1.234.567"),
        ] {
            assert_eq!(pen(Lang::En).digits(number), en);
            assert_eq!(pen(Lang::Da).digits(number), da);
        }
        assert_eq!(pen(Lang::En).exact(&"1500.5"), "1,500.50\u{a0}DKK");
        assert_eq!(pen(Lang::Da).exact(&"0.00133333…"), "0,00133333…\u{a0}kr.");
        assert_eq!(pen(Lang::Da).length(Length::Days(91)), "13 uger (91 dage)");
        assert_eq!(pen(Lang::En).length(Length::Days(1)), "1 day");
    }

    #[test]
    fn days_are_written_as_the_language_writes_them() {
        let day = |text| Day::parse(text).unwrap();
        let pen = |lang, dates| Pen { lang, currency: Currency::DKK, dates };
        let soft = |text: String| text.replace(Pen::HARD, " ");
        assert_eq!(soft(pen(Lang::En, Dates::Plain).day(day("2018-02-05"))), "2018-02-05 (Mon)");
        assert_eq!(soft(pen(Lang::En, Dates::Written).day(day("2018-02-05"))), "Mon 5 Feb 2018");
        assert_eq!(soft(pen(Lang::Da, Dates::Written).day(day("2018-02-05"))), "man. 5. feb. 2018");
        assert_eq!(soft(pen(Lang::Da, Dates::Written).date(day("2018-05-31"))), "31. maj 2018");
        assert_eq!(soft(pen(Lang::Da, Dates::Written).full_date(day("2018-05-31"))), "31. maj 2018");
        let quarter = Span { first: day("2018-01-01"), last: day("2018-03-31") };
        assert_eq!(soft(pen(Lang::En, Dates::Written).dates(quarter)), "1 Jan to 31 Mar 2018");
        assert_eq!(pen(Lang::Da, Dates::Written).digits("-1500.50"), "\u{2212}1.500,50");
    }
}
