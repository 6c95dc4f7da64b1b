//! The ledger that `--ledger` names (rule 10.4).

use super::failure::Failure;
use super::folder::must_be_folder;
use super::issued::{self, REGISTER};
use super::simulated;
use super::stage::FILES;
use crate::formats::ledger_files::{self, LedgerFiles, Unreadable};
use crate::formats::register_files::{self, OfContract};
use crate::measure::diagnostic::{Code, Diagnostic, Place};
use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

/// The settlements of earlier runs, or what is wrong with them.
#[derive(Debug, Default)]
pub struct Earlier {
    /// The ledgers, by contract. Of a ledger that cannot be read there are none.
    pub files: LedgerFiles,
    /// What has been issued, by contract.
    pub issued: BTreeMap<String, OfContract>,
    /// Whether it is the output of `invoice`.
    pub with_documents: bool,
    /// Whether it was simulated, as `settlements.json` or the mark beside it says.
    pub simulated: bool,
    /// The folder.
    pub folder: PathBuf,
    /// What is wrong with it, or missing. An error in it belongs to all contracts.
    pub found: Vec<Diagnostic>,
}

impl Earlier {
    /// Reads the folder of an earlier run, which has to be simulated if this one is, and only then.
    ///
    /// # Errors
    /// Wrong usage if there is no such folder; a failure of the machine if it cannot be read.
    pub fn read(folder: &Path, simulate: bool) -> Result<Earlier, Failure> {
        Earlier::of_files(folder).map(|earlier| earlier.of_one_kind(simulate))
    }

    fn of_files(folder: &Path) -> Result<Earlier, Failure> {
        must_be_folder("--ledger", folder)?;
        let failed = |error: &io::Error| Failure::machine("cannot read the ledger", folder, error);
        let [json, settlements, postings] = FILES.map(|name| open(&folder.join(name)));
        let json = json.map_err(|error| failed(&error))?;
        let (settlements, postings) = match (settlements, postings) {
            (Ok(Some(settlements)), Ok(Some(postings))) => (settlements, postings),
            (Err(error), _) | (_, Err(error)) => return Err(failed(&error)),
            (Ok(None), _) => return Ok(Earlier::without("settlements.csv")),
            (_, Ok(None)) => return Ok(Earlier::without("postings.csv")),
        };
        let without_grounds = json.is_none();
        let mut earlier = match ledger_files::read(settlements, postings, json) {
            Ok(files) => {
                let help = "put it back beside settlements.csv, or the new settlements.json holds the reasons of new settlements only";
                let message = "the ledger has no settlements.json: the reasons of its settlements are not known";
                let found = Diagnostic::new(Code::LedgerWithoutGrounds, Place::file("settlements.json"), message).help(help);
                Earlier { files, found: if without_grounds { vec![found] } else { Vec::new() }, ..Earlier::default() }
            }
            Err(Unreadable::Wrong(found)) => return Ok(Earlier { found, ..Earlier::default() }),
            Err(Unreadable::Io(error)) => return Err(failed(&error)),
        };
        earlier.simulated = earlier.files.simulated || folder.join(simulated::MARK).exists();
        let [documents, postings] = REGISTER.map(|name| open(&folder.join(name)));
        match (documents.map_err(|error| failed(&error))?, postings.map_err(|error| failed(&error))?) {
            (None, None) => {}
            (None, _) => return Ok(Earlier::without("documents.csv")),
            (_, None) => return Ok(Earlier::without("document-postings.csv")),
            (Some(documents), Some(postings)) => match register_files::read(documents, postings) {
                Ok(found) => {
                    let missing = issued::missing(folder, &found);
                    if !missing.is_empty() {
                        return Ok(Earlier { found: missing, ..Earlier::default() });
                    }
                    (earlier.issued, earlier.with_documents, earlier.folder) = (found, true, folder.to_owned());
                }
                Err(Unreadable::Wrong(found)) => return Ok(Earlier { found, ..Earlier::default() }),
                Err(Unreadable::Io(error)) => return Err(failed(&error)),
            },
        }
        Ok(earlier)
    }

    /// Itself, unless it was simulated and the run is not, or the other way round: then only what is wrong with that.
    fn of_one_kind(self, simulate: bool) -> Earlier {
        if self.simulated == simulate || self.is_unreadable() {
            return self;
        }
        let (message, help) = if simulate {
            (
                "the ledger is of settlements that are to be paid: a simulation cannot go on from it",
                "simulate from the first settlement on, without --ledger",
            )
        } else {
            (
                "the ledger was simulated: what is to be paid cannot go on from it",
                "go on with --simulate, or leave --ledger out",
            )
        };
        let found = Diagnostic::new(Code::LedgerSimulated, Place::file(FILES[0]), message).help(help);
        Earlier { found: vec![found], ..Earlier::default() }
    }

    fn without(name: &str) -> Earlier {
        let message = format!("the ledger has no {name}");
        let found = Diagnostic::new(Code::LedgerUnreadable, Place::file(name), message).help(ledger_files::AS_WRITTEN);
        Earlier { found: vec![found], ..Earlier::default() }
    }

    /// Whether nothing can be settled on it.
    #[must_use]
    pub fn is_unreadable(&self) -> bool {
        self.found.iter().any(Diagnostic::is_error)
    }
}

/// Opens a file; none if it is not there.
fn open(path: &Path) -> io::Result<Option<File>> {
    match File::open(path) {
        Ok(file) => Ok(Some(file)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error),
    }
}
