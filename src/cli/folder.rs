//! Reads a programme folder (formats, "A programme folder").

use super::failure::Failure;
use crate::formats::{Source, Sources};
use crate::measure::diagnostic::{Code, Diagnostic, Place, quote};
use rayon::prelude::*;
use std::fs;
use std::io;
use std::path::Path;

const SHEETS: [&str; 13] = [
    "participants.csv",
    "companies.csv",
    "placements.csv",
    "spells.csv",
    "hours.csv",
    "measurements.csv",
    "suspensions.csv",
    "validation.csv",
    "benefits.csv",
    "places.csv",
    "goals.csv",
    "indicators.csv",
    "payments.csv",
];
const CONTRACTS: &str = "contracts";
const FUNDING: &str = "funding.toml";

/// What a programme folder holds.
#[derive(Clone, Debug)]
pub struct Folder {
    /// The files that are read.
    pub sources: Sources,
    /// Files that are not read although their names are nearly right.
    pub odd: Vec<Diagnostic>,
}

impl Folder {
    /// Reads the files, at the same time.
    ///
    /// # Errors
    /// Wrong usage if there is no such folder; a failure of the machine if something in it cannot be read.
    pub fn read(programme: &Path) -> Result<Folder, Failure> {
        must_be_folder("PROGRAMME", programme)?;
        let beside = names(programme)?;
        let within = programme.join(CONTRACTS);
        let mut contracts = if within.is_dir() { names(&within)? } else { Vec::new() };
        contracts.retain(|name| !within.join(name).is_dir());
        let read: Vec<String> =
            contracts.iter().filter(|name| is_contract(name)).map(|name| format!("{CONTRACTS}/{name}")).collect();
        let sheets = SHEETS.par_iter().map(|name| source(programme, name));
        let texts = read.par_iter().map(|name| source(programme, name));
        let (sheets, texts) = rayon::join(|| sheets.collect::<Result<Vec<_>, _>>(), || texts.collect::<Result<Vec<_>, _>>());
        let mut sheets = sheets?.into_iter();
        let mut next = || sheets.next().flatten();
        let contracts_read = texts?.into_iter().flatten().collect();
        let odd =
            beside.iter().filter_map(|name| odd_sheet(name)).chain(contracts.iter().filter_map(|name| odd_contract(name)));
        // In the order of `SHEETS`.
        let sources = Sources {
            contracts: contracts_read,
            participants: next(),
            companies: next(),
            placements: next(),
            spells: next(),
            hours: next(),
            measurements: next(),
            suspensions: next(),
            validation: next(),
            benefits: next(),
            places: next(),
            goals: next(),
            indicators: next(),
            payments: next(),
            funding: source(programme, FUNDING)?,
        };
        Ok(Folder { odd: odd.collect(), sources })
    }
}

/// That something named on the command line is a folder.
///
/// # Errors
/// Wrong usage if it is not; a failure of the machine if it cannot be looked at.
pub fn must_be_folder(what: &str, path: &Path) -> Result<(), Failure> {
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => Ok(()),
        Ok(_) => Err(Failure::usage(format_args!("{what} `{}` is not a folder", path.display()))),
        Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
            Err(Failure::usage(format_args!("{what} `{}` is not there", path.display())))
        }
        Err(error) => Err(Failure::machine("cannot look at", path, &error)),
    }
}

/// A contract file that is named on the command line, under the path that was given.
///
/// # Errors
/// Wrong usage if it is no file that contracts are read from; a failure of the machine if it cannot be read.
pub fn contract_file(what: &str, path: &Path) -> Result<Source, Failure> {
    let (name, bytes) = (path.to_string_lossy(), named(what, path, "a contract file")?);
    if !is_contract(&path.file_name().unwrap_or_default().to_string_lossy()) {
        return Err(Failure::usage(format_args!("{what} `{name}` is no contract: contracts end in `.toml` or `.json`")));
    }
    Ok(Source::new(name, bytes))
}

/// A funding file that is named on the command line, under its own name.
///
/// # Errors
/// Wrong usage if it is no file; a failure of the machine if it cannot be read.
pub fn funding_file(what: &str, path: &Path) -> Result<Source, Failure> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
    Ok(Source::new(name, named(what, path, "a funding file")?))
}

fn named(what: &str, path: &Path, kind: &str) -> Result<Vec<u8>, Failure> {
    let name = path.display();
    fs::read(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => {
            Failure::usage(format_args!("{what} `{name}` is not there"))
        }
        io::ErrorKind::IsADirectory => Failure::usage(format_args!("{what} `{name}` is a folder; name {kind}")),
        _ => Failure::machine("cannot read", path, &error),
    })
}

/// The names in a folder, sorted.
fn names(folder: &Path) -> Result<Vec<String>, Failure> {
    let failed = |error| Failure::machine("cannot read the folder", folder, &error);
    let entries = fs::read_dir(folder).map_err(failed)?;
    let names = entries.map(|entry| entry.map(|entry| entry.file_name().to_string_lossy().into_owned()));
    let mut names: Vec<String> = names.collect::<Result<_, _>>().map_err(failed)?;
    names.sort();
    Ok(names)
}

/// A file of the folder; none if it is not there.
fn source(programme: &Path, name: &str) -> Result<Option<Source>, Failure> {
    let path = programme.join(name);
    match fs::read(&path) {
        Ok(bytes) => Ok(Some(Source::new(name, bytes))),
        Err(error) if error.kind() == io::ErrorKind::NotFound && fs::symlink_metadata(&path).is_err() => Ok(None),
        Err(error) => Err(Failure::machine("cannot read", &path, &error)),
    }
}

/// Whether a file in `contracts` is a contract: `*.toml` or `*.json`, and not one that an editor or the system hides.
fn is_contract(name: &str) -> bool {
    !name.starts_with('.') && (name.ends_with(".toml") || name.ends_with(".json"))
}

/// A file that was probably meant to be read: nothing is left out in silence (rule 12.1). Other files may lie there.
fn odd_sheet(name: &str) -> Option<Diagnostic> {
    let meant = SHEETS.into_iter().chain([CONTRACTS, FUNDING]).find(|right| *right != name && nearly(name, right))?;
    // A misspelt folder is as good a reason to speak up as a misspelt file.
    Some(not_read(name, &format!("rename it to `{meant}` if it is to be read")))
}

/// The same for a contract: no extension, or one that is nearly `toml` or `json`.
fn odd_contract(name: &str) -> Option<Diagnostic> {
    if name.starts_with('.') || name.ends_with('~') || is_contract(name) {
        return None;
    }
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let odd = ["", "toml", "json"].iter().any(|right| nearly(extension, right)) || ["yaml", "yml"].contains(&extension);
    odd.then(|| not_read(&format!("{CONTRACTS}/{name}"), "contracts end in `.toml` or `.json`"))
}

fn not_read(name: &str, help: &str) -> Diagnostic {
    let message = format!("{} is not read", quote(name));
    Diagnostic::new(Code::NotRead, Place::file(name), message).help(help)
}

/// Whether a name is a slip of the keyboard away from the right one, or the right one in capitals or with or without its extension.
fn nearly(name: &str, right: &str) -> bool {
    let (name, stem) = (name.to_lowercase(), right.strip_suffix(".csv").unwrap_or(right));
    let twice = name.strip_prefix(right).is_some_and(|rest| matches!(rest, ".csv" | ".txt"));
    let slips = (right.len() / 4).min(2);
    name == stem || twice || strsim::osa_distance(&name, right) <= slips
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_nearly_right() {
        for odd in ["spell.csv", "Spells.csv", "spells", "spells.csv.txt", "particpants.csv", "payment.csv", "contract"] {
            assert!(odd_sheet(odd).is_some(), "{odd}");
        }
        for other in ["spells.csv", "contracts", "notes.txt", "spells-2017.csv", "README.md", "settled", "spells.xlsx"] {
            assert!(odd_sheet(other).is_none(), "{other}");
        }
        for odd in ["herning", "herning.TOML", "herning.tml", "herning.yaml", "herning.jsn"] {
            assert!(odd_contract(odd).is_some(), "{odd}");
        }
        for other in
            ["herning.toml", "herning.json", "herning.pdf", "README.md", ".herning.toml.swp", "herning.toml~", "a.bak"]
        {
            assert!(odd_contract(other).is_none(), "{other}");
        }
    }

    #[test]
    fn a_folder_is_read_by_name() {
        let temp = tempfile::tempdir().unwrap();
        assert_eq!(Folder::read(&temp.path().join("none")).unwrap_err().status(), 2);
        fs::create_dir(temp.path().join("contracts")).unwrap();
        for name in
            ["contracts/b.toml", "contracts/a.json", "contracts/.a.toml", "contracts/c.md", "spells.csv", "spell.csv"]
        {
            fs::write(temp.path().join(name), name).unwrap();
        }
        let folder = Folder::read(temp.path()).unwrap();
        let contracts: Vec<&str> = folder.sources.contracts.iter().map(|source| source.name.as_str()).collect();
        assert_eq!(contracts, ["contracts/a.json", "contracts/b.toml"]);
        assert_eq!(folder.sources.spells, Some(Source::new("spells.csv", "spells.csv")));
        assert_eq!(folder.sources.companies, None);
        assert_eq!(folder.odd.iter().map(|odd| odd.place.file.as_str()).collect::<Vec<_>>(), ["spell.csv"]);
    }
}
