//! The official rules, where they are kept beside the project.

#![allow(dead_code)]

use std::path::{Path, PathBuf};
use std::process::Command;

/// The program that applies them.
pub struct Judge(PathBuf);

/// What it said.
pub struct Verdict {
    pub status: Option<i32>,
    pub said: String,
}

impl Verdict {
    /// What it said about one file.
    pub fn about(&self, name: &str) -> String {
        let begins = |line: &&str| line.starts_with("OK ") || line.starts_with("FAIL ");
        let mut lines = self.said.lines().skip_while(|line| !(begins(line) && line.ends_with(name)));
        let first = lines.next().unwrap_or_else(|| panic!("nothing about {name}:\n{}", self.said));
        [first].into_iter().chain(lines.take_while(|line| !begins(line))).collect::<Vec<_>>().join("\n")
    }
}

impl Judge {
    /// The judge, if there is one; else a line says that there is none.
    pub fn find() -> Option<Judge> {
        let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared");
        let shared = std::env::var_os("EFFEKT_SHARED").map_or_else(beside, PathBuf::from);
        let judge = shared.join("einvoice/validate-invoice");
        let found = judge.is_file();
        if !found {
            println!("not tried: the official rules are not kept beside the project");
        }
        found.then_some(Judge(judge))
    }

    /// What it says about the files of a folder; a warning is enough to fail.
    pub fn ask(&self, folder: &Path) -> Verdict {
        let output = Command::new(&self.0).arg("--strict").arg(folder).output().unwrap();
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned()).concat();
        Verdict { status: output.status.code(), said }
    }
}
