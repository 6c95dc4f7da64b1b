//! Rust text as far as the house rules need it: without comments, texts and tests, and the paths that it names.

/// The text without comments and without what stands in quotes; every line keeps its place.
pub fn code(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    while at < chars.len() {
        let end = match (chars[at], chars.get(at + 1)) {
            ('/', Some('/')) => end_of(&chars, at, &['\n'], 0),
            ('/', Some('*')) => end_of(&chars, at + 2, &['*', '/'], 2),
            ('"', _) => end_of_quotes(&chars, at + 1, '"'),
            ('r', Some('"' | '#')) if raw(&chars, at).is_some() => raw(&chars, at).unwrap(),
            ('\'', Some('\\')) => end_of_quotes(&chars, at + 1, '\''),
            ('\'', Some(_)) if chars.get(at + 2) == Some(&'\'') => at + 3,
            _ => at,
        };
        if end == at {
            out.push(chars[at]);
            at += 1;
        } else {
            out.extend(chars[at..end].iter().map(|c| if *c == '\n' { '\n' } else { ' ' }));
            at = end;
        }
    }
    out
}

/// The place after the first `sign` from `at` on, itself included as far as `keep` says.
fn end_of(chars: &[char], at: usize, sign: &[char], keep: usize) -> usize {
    (at..chars.len()).find(|at| chars[*at..].starts_with(sign)).map_or(chars.len(), |at| at + keep)
}

fn end_of_quotes(chars: &[char], mut at: usize, quote: char) -> usize {
    while at < chars.len() && chars[at] != quote {
        at += 1 + usize::from(chars[at] == '\\');
    }
    (at + 1).min(chars.len())
}

/// The end of a raw text that begins at `at`, if one does.
fn raw(chars: &[char], at: usize) -> Option<usize> {
    if at > 0 && (chars[at - 1].is_alphanumeric() || chars[at - 1] == '_') {
        return None;
    }
    let marks = chars[at + 1..].iter().take_while(|c| **c == '#').count();
    (chars.get(at + 1 + marks) == Some(&'"')).then(|| {
        let close: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', marks)).collect();
        end_of(chars, at + 2 + marks, &close, close.len())
    })
}

/// What stands before the file's own tests.
pub fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

/// Every path that begins with `crate`, `super` or `self`, written out: `use super::{a, b::c}` names `super::a` and
/// `super::b::c`.
pub fn paths(code: &str) -> Vec<Vec<String>> {
    let words = words(code);
    let mut found = Vec::new();
    for at in 0..words.len() {
        let begins =
            matches!(words[at].as_str(), "crate" | "super" | "self") && words.get(at + 1).is_some_and(|w| w == "::");
        let inside = at > 0 && matches!(words[at - 1].as_str(), "::" | "$");
        if begins && !inside {
            tree(&words, at, &[], &mut found);
        }
    }
    found
}

/// Reads one path, or with braces several, that begin at `at`; gives the place after them.
fn tree(words: &[String], mut at: usize, before: &[String], found: &mut Vec<Vec<String>>) -> usize {
    let mut path = before.to_vec();
    loop {
        match words.get(at).map(String::as_str) {
            Some("{") => {
                at += 1;
                while words.get(at).is_some_and(|word| word != "}") {
                    at = tree(words, at, &path, found);
                    while words.get(at).is_some_and(|word| word != "," && word != "}") {
                        at += 1;
                    }
                    at += usize::from(words.get(at).is_some_and(|word| word == ","));
                }
                return at + 1;
            }
            Some("*") => {
                found.push(path);
                return at + 1;
            }
            Some(word) if word.starts_with(|c: char| c.is_alphabetic() || c == '_') => path.push(word.to_owned()),
            _ => return at,
        }
        at += 1;
        if words.get(at).is_none_or(|word| word != "::") || words.get(at + 1).is_some_and(|word| word == "<") {
            found.push(path);
            return at;
        }
        at += 1;
    }
}

/// Names, `::`, and every other sign by itself.
fn words(code: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = code.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if first.is_alphanumeric() || first == '_' {
            rest.find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len())
        } else if rest.starts_with("::") {
            2
        } else {
            first.len_utf8()
        };
        words.push(rest[..length].to_owned());
        rest = rest[length..].trim_start();
    }
    words
}

#[test]
fn comments_and_texts_are_no_code() {
    let text = "let a = \"// f32\\\" }\"; // f64\nlet b: &'a str = r#\"\"x\"#; /* { */ let c = '\"'; let d = '\\''; e";
    let code = code(text);
    assert!(!code.contains("f32") && !code.contains("f64") && !code.contains('{') && !code.contains('x'), "{code}");
    assert!(code.contains("&'a str") && code.ends_with("; e"), "{code}");
    assert_eq!(code.lines().count(), 2);
}

#[test]
fn paths_are_written_out() {
    let found = paths("use crate::a::{self, b::{C, D as E}, f::*};\nuse super::g; h(crate::i::J::<k>::new(), self.l)");
    let found: Vec<String> = found.iter().map(|path| path.join("::")).collect();
    let wanted = ["crate::a::self", "crate::a::b::C", "crate::a::b::D", "crate::a::f", "super::g", "crate::i::J"];
    assert_eq!(found, wanted);
}
