//! One noun a file, and functions that fit a screen.

use crate::files;
use crate::rust::{code, without_tests};

/// Lines of a file, its own tests apart.
const FILE: usize = 500;
/// Lines of a function, from `fn` to its closing brace.
const FUNCTION: usize = 60;

#[test]
fn files_are_short() {
    let long: Vec<String> = files::rust("src")
        .iter()
        .map(|file| (without_tests(&file.text).lines().count(), &file.path))
        .filter(|(lines, _)| *lines > FILE)
        .map(|(lines, path)| format!("{path}: {lines} lines"))
        .collect();
    assert!(long.is_empty(), "longer than {FILE} lines:\n{}", long.join("\n"));
}

#[test]
fn functions_fit_a_screen() {
    let mut long = Vec::new();
    let mut count = 0;
    for file in files::rust("src") {
        for (name, line, lines) in functions(&code(without_tests(&file.text))) {
            count += 1;
            if lines > FUNCTION {
                long.push(format!("{}:{line}: `{name}` has {lines} lines", file.path));
            }
        }
    }
    assert!(count > 500, "only {count} functions were found: they are not read any more");
    assert!(long.is_empty(), "longer than {FUNCTION} lines:\n{}", long.join("\n"));
}

/// The functions of a file that rustfmt has set: their names, first lines and lengths. A function ends with the brace that
/// stands below the first letter of its first line.
fn functions(code: &str) -> Vec<(String, usize, usize)> {
    let lines: Vec<&str> = code.lines().map(str::trim_end).collect();
    let mut found = Vec::new();
    for (nth, line) in lines.iter().enumerate() {
        let Some((before, after)) = line.split_once("fn ") else { continue };
        let heads = ["", "pub", "pub(super)", "pub(crate)", "const", "pub const", "pub(super) const", "pub(crate) const"];
        if !heads.contains(&before.trim()) {
            continue;
        }
        let close = format!("{}}}", " ".repeat(line.len() - line.trim_start().len()));
        let open = lines[nth..].iter().position(|line| line.ends_with(['{', '}', ';'])).unwrap_or(0);
        let length = match lines[nth + open].ends_with('{') {
            true => lines[nth..].iter().position(|line| *line == close).map_or(usize::MAX, |last| last + 1),
            false => open + 1,
        };
        let name = after.split(|c: char| !(c.is_alphanumeric() || c == '_')).next().unwrap_or_default();
        found.push((name.to_owned(), nth + 1, length));
    }
    found
}

#[test]
fn functions_are_measured() {
    let code = "fn a() {}\npub fn b(\n    c: u8,\n) -> u8\nwhere\n    u8: Copy,\n{\n    c\n}\n    fn d(&self);\n    pub const fn e() {\n        f\n    }\n";
    let found: Vec<(String, usize)> = functions(code).into_iter().map(|(name, _, lines)| (name, lines)).collect();
    assert_eq!(found, [("a".to_owned(), 1), ("b".to_owned(), 8), ("d".to_owned(), 1), ("e".to_owned(), 3)]);
}
