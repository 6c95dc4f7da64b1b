//! The command `invoice` on programmes of the tests, written to the disk and read back.

#![allow(dead_code)]

use crate::support::output::{Documents, Output};
use crate::support::print::{self, Spelling};
use crate::support::programme::Programme;
use crate::support::read;
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// What a run of `invoice` wrote, in a folder of its own.
pub struct Invoiced {
    place: TempDir,
    pub output: Output,
    pub documents: Documents,
}

impl Invoiced {
    /// The folder, which is a ledger.
    pub fn folder(&self) -> PathBuf {
        self.place.path().join("out")
    }

    /// The names and bytes of all its files, folders and all.
    pub fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files = BTreeMap::new();
        below(&self.folder(), "", &mut files);
        files
    }
}

fn below(folder: &Path, before: &str, files: &mut BTreeMap<String, Vec<u8>>) {
    for entry in fs::read_dir(folder).unwrap().map(|entry| entry.unwrap()) {
        let name = format!("{before}{}", entry.file_name().into_string().unwrap());
        if entry.path().is_dir() {
            below(&entry.path(), &format!("{name}/"), files);
        } else {
            files.insert(name, fs::read(entry.path()).unwrap());
        }
    }
}

/// In memory where the machine has a place for that: the command waits until the disk has what it wrote.
fn folder() -> TempDir {
    tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir()).unwrap()
}

/// Invoices a programme; what the command says of it if it does not.
pub fn invoice(programme: &Programme, as_of: &str, ledger: Option<&Invoiced>) -> Result<Invoiced, String> {
    run("invoice", programme, as_of, ledger)
}

/// Settles it only: a ledger without documents.
pub fn settle(programme: &Programme, as_of: &str) -> Result<Invoiced, String> {
    run("settle", programme, as_of, None)
}

fn run(command: &str, programme: &Programme, as_of: &str, ledger: Option<&Invoiced>) -> Result<Invoiced, String> {
    let place = folder();
    let (input, out) = (place.path().join("programme"), place.path().join("out"));
    fs::create_dir_all(&input).unwrap();
    print::programme(programme, Spelling::Toml).write(&input);
    let mut arguments: Vec<OsString> =
        ["effekt", command, "--quiet", "--threads", "1", "--as-of", as_of].map(OsString::from).to_vec();
    arguments.extend([input.into(), "--out".into(), out.clone().into()]);
    if let Some(ledger) = ledger {
        arguments.extend(["--ledger".into(), ledger.folder().into()]);
    }
    let (mut said, mut found) = (Vec::new(), Vec::new());
    let status = effekt::cli::run(arguments, &mut said, &mut found, false);
    if status != 0 {
        return Err(String::from_utf8_lossy(&found).into_owned());
    }
    let documents = if command == "invoice" { read::documents(&out) } else { Documents::default() };
    Ok(Invoiced { output: read::output(&out), documents, place })
}
