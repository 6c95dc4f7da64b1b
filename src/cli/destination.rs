//! Where a command writes.

use super::failure::Failure;
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Component, Path, PathBuf};

/// The FOLDER of `--out`, looked at before anything is done: with its symbolic links resolved, and whether it is there yet.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Destination {
    /// The folder itself, absolute.
    pub folder: PathBuf,
    /// Whether it is there.
    pub exists: bool,
}

impl Destination {
    /// Resolves FOLDER.
    ///
    /// # Errors
    /// Wrong usage if it is a file, or PROGRAMME itself or inside it; a failure of the machine if it cannot be looked at.
    pub fn new(out: &Path, programme: &Path) -> Result<Destination, Failure> {
        let failed = |error: &io::Error| Failure::machine("cannot look at", out, error);
        let destination = match fs::metadata(out) {
            Ok(found) if found.is_dir() => {
                Destination { folder: fs::canonicalize(out).map_err(|error| failed(&error))?, exists: true }
            }
            Ok(_) => return Err(Failure::usage(format_args!("--out `{}` is a file; name a folder", out.display()))),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                Destination { folder: yet_to_be_made(out)?, exists: false }
            }
            Err(error) if error.kind() == io::ErrorKind::NotADirectory => {
                return Err(Failure::usage(format_args!("--out `{}` leads through a file", out.display())));
            }
            Err(error) => return Err(failed(&error)),
        };
        let programme =
            fs::canonicalize(programme).map_err(|error| Failure::machine("cannot look at", programme, &error))?;
        if destination.folder.starts_with(&programme) {
            let message = format!("--out `{}` lies in the programme folder; name a folder outside it", out.display());
            return Err(Failure::Usage(message));
        }
        Ok(destination)
    }

    /// Whether that path leads to it.
    #[must_use]
    pub fn is(&self, path: &Path) -> bool {
        fs::canonicalize(path).is_ok_and(|path| path == self.folder)
    }

    /// That it cannot be written.
    #[must_use]
    pub fn failed(&self, error: &io::Error) -> Failure {
        Failure::Machine(format!("cannot write `{}`: {error}; nothing in it was changed", self.folder.display()))
    }

    /// The folder that it lies in; none for the root.
    #[must_use]
    pub fn parent(&self) -> Option<&Path> {
        self.folder.parent()
    }
}

/// The absolute path of a folder that is not there: its first ancestor that is, with links resolved, and the names below it.
fn yet_to_be_made(out: &Path) -> Result<PathBuf, Failure> {
    let absolute = std::path::absolute(out).map_err(|error| Failure::machine("cannot look at", out, &error))?;
    let mut names: Vec<OsString> = Vec::new();
    for ancestor in absolute.ancestors() {
        if let Ok(real) = fs::canonicalize(ancestor) {
            return Ok(names.iter().rev().fold(real, |path, name| path.join(name)));
        }
        let name = match ancestor.components().next_back() {
            // A link that leads nowhere, `missing/..`: where they would lead is a guess.
            Some(Component::Normal(name)) if fs::symlink_metadata(ancestor).is_err() => name,
            _ => break,
        };
        names.push(name.to_owned());
    }
    Err(Failure::usage(format_args!("--out `{}` leads through a folder or a link that is not there", out.display())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_that_may_be_written() {
        let temp = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(temp.path()).unwrap();
        let programme = root.join("programme");
        fs::create_dir_all(programme.join("contracts")).unwrap();
        fs::create_dir(root.join("there")).unwrap();
        fs::write(root.join("file"), "").unwrap();
        let new = |out: &str| Destination::new(&root.join(out), &programme);
        let ok = |folder: &str, exists| Ok(Destination { folder: root.join(folder), exists });
        assert_eq!(new("there"), ok("there", true));
        assert_eq!(new("programme/../there/"), ok("there", true));
        assert_eq!(new("a/b"), ok("a/b", false));
        assert_eq!(new("programme2"), ok("programme2", false));
        for wrong in ["file", "file/out", "programme", "programme/contracts", "programme/out", "programme/a/b", "a/../b"] {
            assert_eq!(new(wrong).map_err(|failure| failure.status()), Err(2), "{wrong}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed() {
        let temp = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(temp.path()).unwrap();
        let programme = root.join("programme");
        fs::create_dir(&programme).unwrap();
        fs::create_dir(root.join("there")).unwrap();
        let link = |to: &str, name: &str| std::os::unix::fs::symlink(root.join(to), root.join(name)).unwrap();
        link("there", "link");
        link("programme", "inside");
        link("nowhere", "broken");
        let new = |out: &str| Destination::new(&root.join(out), &programme);
        assert_eq!(new("link").unwrap().folder, root.join("there"));
        assert_eq!(new("link/new").unwrap().folder, root.join("there/new"));
        assert_eq!(new("inside/new").unwrap_err().status(), 2);
        assert_eq!(new("broken").unwrap_err().status(), 2);
        assert_eq!(new("broken/new").unwrap_err().status(), 2);
    }
}
