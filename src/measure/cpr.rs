//! Danish civil registration (CPR) numbers: found so that they can be refused (rule 3.7), never printed.

/// Whether `text` holds something that may be a CPR number: `ddmmyy` (perhaps with 60 added to the day), an optional
/// hyphen, point or space, and four digits, the date a real one in some century, and none of it part of a longer run of
/// digits (rule 3.7).
#[must_use]
pub fn contains(text: &str) -> bool {
    find(text.as_bytes(), 0).is_some()
}

/// The text with every CPR number replaced by `[CPR]`, for whatever is about to be shown to a person.
#[must_use]
pub fn redact(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut from = 0;
    while let Some((first, end)) = find(text.as_bytes(), from) {
        clean.push_str(text.get(from..first).unwrap_or_default());
        clean.push_str("[CPR]");
        from = end;
    }
    clean.push_str(text.get(from..).unwrap_or_default());
    clean
}

/// The text with every CPR number overwritten by stars, so that each byte stays at its place: for a line of a file that is
/// shown with something in it underlined.
#[must_use]
pub fn blot(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut from = 0;
    while let Some((first, end)) = find(text.as_bytes(), from) {
        clean.push_str(text.get(from..first).unwrap_or_default());
        clean.extend(std::iter::repeat_n('*', end - first));
        from = end;
    }
    clean.push_str(text.get(from..).unwrap_or_default());
    clean
}

/// The first CPR number at or after byte `from`, as its first byte and the byte after its last.
fn find(bytes: &[u8], from: usize) -> Option<(usize, usize)> {
    let digit = |at: usize| bytes.get(at).filter(|b| b.is_ascii_digit()).map(|b| u32::from(b - b'0'));
    let mut at = from;
    while at < bytes.len() {
        if digit(at).is_none() {
            at += 1;
            continue;
        }
        let run = (at..).take_while(|at| digit(*at).is_some()).count();
        let next = at + run;
        let end = match run {
            10 => Some(next),
            6 if matches!(bytes.get(next), Some(b'-' | b'.' | b' ')) => {
                let tail = (next + 1..).take_while(|at| digit(*at).is_some()).count();
                (tail == 4).then_some(next + 5)
            }
            _ => None,
        };
        let pair = |at: usize| Some(digit(at)? * 10 + digit(at + 1)?);
        if let (Some(end), Some(true)) = (end, (|| Some(is_date(pair(at)?, pair(at + 2)?, pair(at + 4)?)))()) {
            return Some((at, end));
        }
        at = next;
    }
    None
}

fn is_date(day: u32, month: u32, year: u32) -> bool {
    let day = if day > 60 { day - 60 } else { day };
    let last = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if year.is_multiple_of(4) => 29,
        2 => 28,
        _ => 0,
    };
    (1..=last).contains(&day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_a_cpr_number() {
        for yes in
            ["0101901234", "010190-1234", "note 010190 1234!", "010190.1234", "6101901234", "290200-0000", "a310199-0001b"]
        {
            assert!(contains(yes), "{yes}");
        }
        for no in [
            "10101901234",
            "01019012345",
            "010190-12345",
            "310290-1234",
            "290201-1234",
            "001390-1234",
            "010190--1234",
            "2018-01-01",
            "5790001353858",
            "29189919",
            "010190/1234",
            "9201901234",
        ] {
            assert!(!contains(no), "{no}");
        }
    }

    #[test]
    fn what_is_shown_holds_none() {
        assert_eq!(redact("før 010190-1234, æ 6101901234 ø"), "før [CPR], æ [CPR] ø");
        assert_eq!(redact("2018-01-01"), "2018-01-01");
        assert_eq!(blot("før 010190-1234, æ"), "før ***********, æ");
    }
}
