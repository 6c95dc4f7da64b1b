//! What is judged of the values in a file, beside the faults in its form.

use super::reader::Reader;
use crate::measure::diagnostic::{Code, Diagnostic};

impl Reader<'_> {
    /// All faults, and what is judged of the values: each finding at its place, unless it rests on a path that could not be read.
    pub fn judged(&mut self, findings: impl Iterator<Item = (Diagnostic, Vec<String>)>) -> Vec<Diagnostic> {
        let mut found = std::mem::take(&mut self.found);
        for (mut diagnostic, rests_on) in findings.filter(|_| !self.tree.loose) {
            let path = diagnostic.place.field.clone().unwrap_or_default();
            if rests_on.iter().all(|path| self.knows(path)) && self.knows(&path) {
                diagnostic.place = self.place(&self.tree.find(&path), &path);
                found.push(diagnostic);
            }
        }
        // Where a CPR number stands, nothing else is said about it.
        let cpr: Vec<_> = found.iter().filter(|d| d.code == Code::CprNumber).filter_map(|d| d.place.span).collect();
        let within = |span: (usize, usize)| cpr.iter().any(|(start, end)| *start <= span.0 && span.1 <= *end);
        found.retain(|d| d.code == Code::CprNumber || !d.place.span.is_some_and(within));
        found
    }
}
