//! What the user may have meant; it only ever goes into a help text, never into a value (rule 12.1).

use crate::measure::day::Day;
use crate::measure::id::Id;
use crate::measure::number;

/// The known word nearest to what was written, and whether it is near enough to be what was meant.
pub(super) fn nearest<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<(&'a str, bool)> {
    let written: String = written.trim().chars().take(64).collect::<String>().to_lowercase();
    let (distance, word) =
        known.into_iter().map(|word| (strsim::damerau_levenshtein(&written, &word.to_lowercase()), word)).min()?;
    Some((word, distance <= 1 + word.chars().count() / 4))
}

/// "did you mean …?", if a known word is near.
pub(super) fn did_you_mean<'a>(written: &str, known: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(written, known).filter(|(_, near)| *near).map(|(word, _)| format!("did you mean `{word}`?"))
}

/// The most words that a sentence lists.
const LISTED: usize = 13;

/// Words as a list in a sentence: `a`, `b` and `c`; of a long list only the first few.
pub(super) fn listed<'a>(words: impl IntoIterator<Item = &'a str>, last: &str) -> String {
    let words: Vec<String> = words.into_iter().map(crate::measure::diagnostic::quote).collect();
    match words.as_slice() {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., end] if first.len() < LISTED => format!("{} {last} {end}", first.join(", ")),
        long => format!("{} and {} more", long.get(..LISTED).unwrap_or_default().join(", "), long.len() - LISTED),
    }
}

/// A day in another spelling (`31/12/2017`, `31.12.2017`, `1-2-2018`, `20171231`, with a time after it), as `YYYY-MM-DD`.
pub(super) fn other_date(written: &str) -> Option<String> {
    let text = written.trim();
    let text = text.split(['T', ' ']).next().filter(|day| day.len() >= 6).unwrap_or(text);
    if text.len() > 10 {
        return None;
    }
    let parts: Vec<&str> = match text.len() {
        8 if text.bytes().all(|b| b.is_ascii_digit()) => vec![text.get(..4)?, text.get(4..6)?, text.get(6..)?],
        _ => text.split(['/', '-', '.']).collect(),
    };
    let [first, month, last] = parts.as_slice() else { return None };
    let number = |text: &str| text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse::<u32>().ok()).flatten();
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    if year.len() != 4 || day.len() > 2 || month.len() > 2 {
        return None;
    }
    let found = Day::from_ymd(i32::try_from(number(year)?).ok()?, number(month)?, number(day)?)?;
    (found.to_string() != written && found.year() > 0).then(|| found.to_string())
}

/// A number with a decimal comma, separators or blanks (`1.000,50`, `15 000`), in our spelling.
pub(super) fn other_number(written: &str) -> Option<String> {
    let text = written.trim();
    let decimal = text.rfind([',', '.']).filter(|at| {
        let sign = text.get(*at..=*at).unwrap_or_default();
        text.matches(sign).count() == 1
    });
    let digits =
        |part: &str| part.chars().filter(|c| !matches!(c, ' ' | '_' | '.' | ',' | '\u{a0}' | '\'')).collect::<String>();
    let plain = match decimal {
        Some(at) => format!("{}.{}", digits(text.get(..at)?), digits(text.get(at + 1..)?)),
        None => digits(text),
    };
    (plain != written && number::parse(&plain).is_ok()).then_some(plain)
}

/// What to do about a text that is no id.
pub(super) fn id_like(written: &str) -> String {
    let like: String =
        written.trim().chars().take(64).map(|c| if Id::new(c.encode_utf8(&mut [0; 4])).is_ok() { c } else { '-' }).collect();
    match Id::new(&like) {
        Ok(_) if like == written.trim() => "remove the blanks around it".to_owned(),
        Ok(id) if like.chars().any(char::is_alphanumeric) => {
            format!("choose another, such as {}", crate::measure::diagnostic::quote(id.as_str()))
        }
        _ => "choose another, such as `town-2018`".to_owned(),
    }
}

/// Why a text is not a free name such as an employer's or a target group's.
pub(super) fn bad_name(text: &str) -> Option<&'static str> {
    if text.is_empty() {
        Some("a name is not empty")
    } else if text.trim() != text {
        Some("a name has no blanks before or after it")
    } else if text.contains(char::is_control) {
        Some("a name has no line breaks or other control characters")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_other_spellings_are_recognised() {
        for other in
            ["31/12/2017", "31.12.2017", "31-12-2017", "20171231", "2017/12/31", "2017-12-31T00:00:00", "2017-12-31 08:30"]
        {
            assert_eq!(other_date(other).as_deref(), Some("2017-12-31"), "{other}");
        }
        assert_eq!(other_date("1-2-2018").as_deref(), Some("2018-02-01"));
        for none in ["2017-12-31", "31/13/2017", "010190-1234", "ordinary", "", "12/31/2017", "31/12/17"] {
            assert_eq!(other_date(none), None, "{none}");
        }
    }

    #[test]
    fn numbers_in_other_spellings_are_recognised() {
        for (other, plain) in [
            ("900,50", "900.50"),
            ("1.000,50", "1000.50"),
            ("15 000", "15000"),
            ("1.000.000", "1000000"),
            ("1,000.50", "1000.50"),
        ] {
            assert_eq!(other_number(other).as_deref(), Some(plain), "{other}");
        }
        assert_eq!(other_number("900.50"), None);
        assert_eq!(other_number("kr. 5"), None);
    }

    #[test]
    fn the_nearest_word_is_found() {
        assert_eq!(nearest("reportingdays", ["every", "reporting_days"]), Some(("reporting_days", true)));
        assert_eq!(nearest("colour", ["every", "id"]).map(|(_, near)| near), Some(false));
        assert_eq!(listed(["a", "b", "c"], "or"), "`a`, `b` or `c`");
    }
}
