//! A small programme on the disk, and the command run on it in this process.

#![allow(dead_code, clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use tempfile::TempDir;

/// The names of an output's files.
pub const FILES: [&str; 3] = ["settlements.csv", "postings.csv", "settlements.json"];

/// What a run of the command gave.
pub struct Run {
    pub status: u8,
    pub out: String,
    pub err: String,
}

impl Run {
    pub fn last(&self) -> &str {
        self.err.lines().last().unwrap_or_default()
    }
}

/// Runs the command in this process.
pub fn effekt(arguments: &[&str]) -> Run {
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let arguments = std::iter::once("effekt").chain(arguments.iter().copied()).map(Into::into);
    let status = effekt::cli::run(arguments, &mut out, &mut err, false);
    Run { status, out: String::from_utf8(out).unwrap(), err: String::from_utf8(err).unwrap() }
}

/// A folder with a programme of two contracts, `away` and `home`, in it.
pub struct Place(TempDir);

impl Place {
    pub fn new() -> Place {
        let place = Place(tempfile::tempdir().unwrap());
        fs::create_dir_all(place.path("programme/contracts")).unwrap();
        for id in ["home", "away"] {
            place.write(&format!("programme/contracts/{id}.toml"), &contract(id));
        }
        place.write(
            "programme/participants.csv",
            "contract,participant,target_group,enrolled_on,eligible_until,recorded_on,revision,void\n\
             home,h1,youth,2018-01-01,,2018-01-02,,\n\
             home,h2,youth,2018-01-01,,2018-01-02,,\n\
             away,a1,youth,2018-01-01,,2018-01-02,,\n",
        );
        place.write("programme/companies.csv", "contract,company,recorded_on\n");
        place.write("programme/placements.csv", "contract,placement,participant,company,placed_on,recorded_on\n");
        place.write(
            "programme/spells.csv",
            "contract,spell,participant,employer,kind,first_day,last_day,weekly_hours,recorded_on\n\
             home,s1,h1,baker,ordinary,2018-01-01,2018-02-11,37,2018-01-02\n\
             home,s2,h2,smith,ordinary,2018-01-08,2018-05-20,20,2018-01-20\n\
             away,s1,a1,baker,ordinary,2018-02-05,,30,2018-02-06\n",
        );
        place
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn text(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    pub fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    pub fn edit(&self, name: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.path(name)).unwrap();
        assert!(text.contains(from));
        self.write(name, &text.replace(from, to));
    }

    pub fn settle(&self, out: &str, more: &[&str]) -> Run {
        let (programme, out) = (self.text("programme"), self.text(out));
        let arguments = ["settle", &programme, "--as-of", "2018-12-31", "--out", &out];
        effekt(&arguments.into_iter().chain(more.iter().copied()).collect::<Vec<_>>())
    }

    pub fn check(&self, more: &[&str]) -> Run {
        let programme = self.text("programme");
        effekt(&["check", &programme].into_iter().chain(more.iter().copied()).collect::<Vec<_>>())
    }

    /// The names and bytes of a folder's files.
    pub fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let entries = fs::read_dir(self.path(folder)).unwrap().map(|entry| entry.unwrap());
        entries.map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap_or_default())).collect()
    }

    pub fn names(&self, folder: &str) -> Vec<String> {
        self.files(folder).into_keys().collect()
    }
}

/// A contract that pays 1,000 for each week with 4 days of work.
pub fn contract(id: &str) -> String {
    format!(
        r#"id = "{id}"
currency = "DKK"
starts = 2018-01-01
ends = 2018-06-30

[settlement]
every = "quarter"
reporting_days = 30

[[payer]]
id = "town"

[[outcome]]
id = "work"
kinds = ["ordinary"]

[[charge]]
id = "weekly"
type = "period"
outcome = "work"
unit = "week"
min_days = 4
amount = 1000
"#
    )
}
