//! Every rule number that the source cites is one of the settlement rules, and the book has them all.

use crate::files;
use std::collections::BTreeSet;

/// How many rules each chapter has, from chapter 1 on.
const CHAPTERS: [u32; 12] = [3, 3, 9, 5, 3, 6, 3, 4, 2, 5, 4, 3];

/// All rules, as they are cited: `6.5`.
pub fn all() -> Vec<String> {
    (1..).zip(CHAPTERS).flat_map(|(chapter, rules)| (1..=rules).map(move |rule| format!("{chapter}.{rule}"))).collect()
}

/// The numbers cited in a text: `rule 6.5`, `rules 3.5, 7.2 and 12.2`, `rules 6 to 8`.
fn cited(text: &str) -> Vec<String> {
    let flat: Vec<&str> = text.split_whitespace().filter(|word| !matches!(*word, "///" | "//!" | "//")).collect();
    let mut found = Vec::new();
    for at in 0..flat.len() {
        if !matches!(flat[at].trim_start_matches('(').to_lowercase().as_str(), "rule" | "rules") {
            continue;
        }
        let digit = |word: &str| word.starts_with(|c: char| c.is_ascii_digit());
        for (nth, word) in flat[at + 1..].iter().enumerate() {
            let number: String = word.chars().take_while(|c| c.is_ascii_digit() || *c == '.').collect();
            match digit(word) {
                true => found.push(number.trim_end_matches('.').to_owned()),
                false if nth > 0 && matches!(*word, "and" | "to" | "or") => continue,
                false => break,
            }
            if word.contains([')', ';', ':']) || word.ends_with('.') {
                break;
            }
        }
    }
    found
}

fn exists(number: &str) -> bool {
    match number.parse::<usize>() {
        Ok(chapter) => (1..=CHAPTERS.len()).contains(&chapter),
        Err(_) => all().iter().any(|rule| rule == number),
    }
}

#[test]
fn every_rule_that_is_cited_exists() {
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for file in files::rust("src") {
        for number in cited(&file.text) {
            if !exists(&number) {
                wrong.push(format!("{}: rule {number}", file.path));
            }
            seen.insert(number);
        }
    }
    assert!(wrong.is_empty(), "there is no such rule:\n{}", wrong.join("\n"));
    assert!(seen.len() > 40, "only {} rules are cited: they are not read any more", seen.len());
}

#[test]
fn citations_are_found() {
    let text = "(rule 6.5). Rules 3.5, 7.2 and\n/// 12.2; the rules of\n//! rules 6 to 8, all in rule 10.2.";
    assert_eq!(cited(text), ["6.5", "3.5", "7.2", "12.2", "6", "8", "10.2"]);
    assert!(exists("12") && exists("6.6") && !exists("13") && !exists("6.7") && !exists("6.10"));
}
