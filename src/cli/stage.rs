//! The files of an output while they are being written: beside FOLDER, so that nothing half written ever stands in it.

use super::destination::Destination;
use super::failure::Failure;
use super::writing::Writing;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// What `settle` writes. Without `settlements.json` a folder is no ledger: it goes first and comes last.
pub const FILES: [&str; 3] = ["settlements.json", "settlements.csv", "postings.csv"];

/// What stands in FOLDER after a run: files, and folders of files. The first one leaves first and comes last, for without it
/// FOLDER is no output.
pub type Names = Vec<String>;

/// An unfinished output. Dropped, it leaves nothing behind; of a killed run a folder stays whose name says what it is.
#[derive(Debug)]
pub struct Stage {
    /// The unfinished folder.
    pub dir: TempDir,
    /// What has been made in it.
    pub names: Names,
    /// The folders above it that were made for it, the outermost first.
    made: Made,
}

impl Stage {
    /// Makes an unfinished folder beside FOLDER or, where only FOLDER itself may be written, in it.
    ///
    /// # Errors
    /// A failure of the machine if there is no place to write.
    pub fn beside(destination: &Destination) -> Result<Stage, Failure> {
        let folder = &destination.folder;
        let parent = destination.parent().unwrap_or(folder);
        let made = Made::parents(parent)?;
        let name = folder.file_name().unwrap_or_default().to_string_lossy();
        let dir = match unfinished(parent, &name) {
            Err(error) if destination.exists && shut(&error) => unfinished(folder, &name),
            other => other,
        };
        let dir = dir.map_err(|error| Failure::machine("cannot write into", parent, &error))?;
        Ok(Stage { dir, names: Names::new(), made })
    }

    /// Makes the three files of a settlement.
    ///
    /// # Errors
    /// A failure of the machine.
    pub fn settlement(&mut self) -> Result<[Writing; 3], Failure> {
        let [json, settlements, postings] = FILES.map(|name| self.file(name));
        Ok([json?, settlements?, postings?])
    }

    /// Makes a file.
    ///
    /// # Errors
    /// A failure of the machine.
    pub fn file(&mut self, name: &str) -> Result<Writing, Failure> {
        let path = self.dir.path().join(name);
        let file = File::create_new(&path).map_err(|error| Failure::machine("cannot write", &path, &error))?;
        self.names.push(name.to_owned());
        Ok(Writing::new(file))
    }

    /// Writes a whole file, by itself or in a folder (`peppol/HER-0001.xml`).
    ///
    /// # Errors
    /// What the system says.
    pub fn write(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let top = path.split_once('/').map_or(path, |(folder, _)| folder);
        if !self.names.iter().any(|name| name == top) {
            if top != path {
                fs::create_dir(self.dir.path().join(top))?;
            }
            self.names.push(top.to_owned());
        }
        let mut file = File::create_new(self.dir.path().join(path))?;
        file.write_all(bytes)?;
        file.sync_all()
    }

    /// The folders made for it stay: the output stands in them.
    pub fn settle_down(&mut self) {
        self.made.0.clear();
    }
}

/// Waits until the disk has the names in a folder. Not every system can; then they are as safe as they were.
pub fn sync_folder(folder: &Path) {
    if let Ok(folder) = File::open(folder) {
        drop(folder.sync_all());
    }
}

/// An unfinished folder in `place`, named after the folder that it is to become.
///
/// # Errors
/// What the system says.
pub fn unfinished(place: &Path, name: &str) -> io::Result<TempDir> {
    let name: String = name.chars().take(60).collect();
    let prefix = format!("{name}.effekt-unfinished-");
    let mut builder = tempfile::Builder::new();
    // As `mkdir` would make it: for whom the user's own mask says.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o777));
    builder.prefix(&prefix).tempdir_in(place)
}

fn shut(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem)
}

/// Folders made on the way, taken away again unless the output comes to stand in them.
#[derive(Debug)]
struct Made(Vec<PathBuf>);

impl Made {
    fn parents(folder: &Path) -> Result<Made, Failure> {
        let missing: Vec<&Path> = folder.ancestors().take_while(|folder| !folder.exists()).collect();
        let mut made = Made(Vec::new());
        for folder in missing.into_iter().rev() {
            match fs::create_dir(folder) {
                Ok(()) => made.0.push(folder.to_owned()),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(Failure::machine("cannot make the folder", folder, &error)),
            }
        }
        Ok(made)
    }
}

impl Drop for Made {
    fn drop(&mut self) {
        for folder in self.0.iter().rev() {
            // If another run has put something there meanwhile, it stays.
            drop(fs::remove_dir(folder));
        }
    }
}
