//! Prints a programme as the files of a programme folder: contracts as TOML or, as another spelling, JSON;
//! facts as CSV.

mod charge;
mod contract;
mod facts;
mod figure;
mod gate;
mod goal;
mod node;
mod outcome;
mod saving;

pub use facts::{
    benefits, checks, companies, indicators, measurements, offers, participants, placements, reports, shown, spells,
    suspensions,
};
pub use node::{json, toml};

use super::programme::*;
use std::path::Path;

/// The texts of a programme folder. A contract comes with its file name.
#[derive(Clone, Debug)]
pub struct Texts {
    pub contracts: Vec<(String, String)>,
    pub participants: String,
    pub companies: String,
    pub placements: String,
    pub spells: String,
    pub reports: String,
    pub measurements: String,
    pub suspensions: String,
    pub checks: String,
    pub benefits: String,
    pub offers: String,
    pub shown: String,
    pub indicators: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spelling {
    Toml,
    Json,
}

pub fn programme(programme: &Programme, spelling: Spelling) -> Texts {
    let contract = |(n, contract): (usize, &Contract)| match spelling {
        Spelling::Toml => (format!("c{n}.toml"), toml(contract)),
        Spelling::Json => (format!("c{n}.json"), json(contract)),
    };
    Texts {
        contracts: programme.contracts.iter().enumerate().map(contract).collect(),
        participants: participants(&programme.participants),
        companies: companies(&programme.companies),
        placements: placements(&programme.placements),
        spells: spells(&programme.spells),
        reports: reports(&programme.reports),
        measurements: measurements(&programme.measurements),
        suspensions: suspensions(&programme.suspensions),
        checks: checks(&programme.checks),
        benefits: benefits(&programme.benefits),
        offers: offers(&programme.offers),
        shown: shown(&programme.shown),
        indicators: indicators(&programme.indicators),
    }
}

impl Texts {
    /// Writes the folder; `folder` must exist.
    pub fn write(&self, folder: &Path) {
        std::fs::create_dir_all(folder.join("contracts")).unwrap();
        for (name, text) in &self.contracts {
            std::fs::write(folder.join("contracts").join(name), text).unwrap();
        }
        // Nobody need say that nothing was reported, measured, suspended, checked, paid, offered or shown.
        let perhaps = [
            ("hours.csv", &self.reports),
            ("measurements.csv", &self.measurements),
            ("suspensions.csv", &self.suspensions),
            ("validation.csv", &self.checks),
            ("benefits.csv", &self.benefits),
            ("places.csv", &self.offers),
            ("goals.csv", &self.shown),
            ("indicators.csv", &self.indicators),
        ];
        for (name, text) in perhaps.into_iter().filter(|(_, text)| text.lines().count() > 1) {
            std::fs::write(folder.join(name), text).unwrap();
        }
        let facts = [
            ("participants.csv", &self.participants),
            ("companies.csv", &self.companies),
            ("placements.csv", &self.placements),
            ("spells.csv", &self.spells),
        ];
        for (name, text) in facts {
            std::fs::write(folder.join(name), text).unwrap();
        }
    }
}
