//! What several tests need: programme folders read from the disk, and what is said about them.

#![allow(dead_code, clippy::unwrap_used)]

use effekt::Diagnostic;
use effekt::cli::render;
use effekt::formats::{Source, Sources};
use std::fs;
use std::path::Path;

/// The files of a programme folder.
pub fn sources(folder: &Path) -> Sources {
    let file = |name: &str| fs::read(folder.join(name)).ok().map(|bytes| Source::new(name, bytes));
    let mut contracts: Vec<Source> = fs::read_dir(folder.join("contracts"))
        .map(|entries| entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect())
        .unwrap_or_else(|_| Vec::new())
        .iter()
        .filter(|name| name.ends_with(".toml") || name.ends_with(".json"))
        .filter_map(|name| file(&format!("contracts/{name}")))
        .collect();
    contracts.sort_by(|a, b| a.name.cmp(&b.name));
    Sources {
        contracts,
        participants: file("participants.csv"),
        companies: file("companies.csv"),
        placements: file("placements.csv"),
        spells: file("spells.csv"),
        hours: file("hours.csv"),
        measurements: file("measurements.csv"),
        suspensions: file("suspensions.csv"),
        validation: file("validation.csv"),
        benefits: file("benefits.csv"),
        places: file("places.csv"),
        goals: file("goals.csv"),
        indicators: file("indicators.csv"),
        payments: file("payments.csv"),
        funding: file("funding.toml"),
    }
}

/// A small programme without a fault.
pub fn sound() -> Sources {
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/sound"))
}

/// What people read.
pub fn human(diagnostics: &[Diagnostic], sources: &Sources) -> String {
    let mut out = Vec::new();
    render::human(diagnostics, sources, false, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

/// What programs read.
pub fn json(diagnostics: &[Diagnostic]) -> String {
    let mut out = Vec::new();
    render::json(diagnostics, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}
