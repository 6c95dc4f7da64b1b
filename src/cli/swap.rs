//! Puts a finished output in place: FOLDER holds the old output or the new one, never some of both.

use super::destination::Destination;
use super::stage::{Stage, sync_folder, unfinished};
use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Puts the finished files in place. What stands in FOLDER beside them stays; a folder of the output takes the place of the old
/// one as a whole.
///
/// # Errors
/// What the system says; then FOLDER is as it was.
pub fn put(mut stage: Stage, destination: &Destination) -> io::Result<()> {
    let folder = &destination.folder;
    stage
        .names
        .iter()
        .map(|name| stage.dir.path().join(name))
        .filter(|path| path.is_dir())
        .for_each(|path| sync_folder(&path));
    sync_folder(stage.dir.path());
    let names = std::mem::take(&mut stage.names);
    if !destination.exists {
        fs::rename(stage.dir.path(), folder)?;
        stage.dir.disable_cleanup(true);
    } else if !(can_be_replaced(&names, stage.dir.path(), folder) && replace(&names, &mut stage.dir, folder)?) {
        one_by_one(&names, stage.dir.path(), folder)?;
    }
    stage.settle_down();
    sync_folder(destination.parent().unwrap_or(folder));
    Ok(())
}

/// Whether another folder can take the place of FOLDER without anybody noticing: nobody stands in it, beside an output it holds
/// files only (a folder may be a home, with much going on in it), the other lies beside it and can be given its owner and
/// its permissions.
fn can_be_replaced(output: &[String], unfinished: &Path, folder: &Path) -> bool {
    let stands_in_it = std::env::current_dir().is_ok_and(|here| here.starts_with(folder));
    let is_file = |name: &OsString| fs::symlink_metadata(folder.join(name)).is_ok_and(|entry| !entry.is_dir());
    let files_only = || others(output, folder).is_ok_and(|names| names.iter().all(is_file));
    unfinished.parent() == folder.parent() && !stands_in_it && files_only() && look_alike(unfinished, folder).is_ok()
}

#[cfg(unix)]
fn look_alike(unfinished: &Path, folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::MetadataExt;
    let (new, old) = (fs::metadata(unfinished)?, fs::metadata(folder)?);
    if (new.uid(), new.gid()) != (old.uid(), old.gid()) {
        std::os::unix::fs::chown(unfinished, Some(old.uid()), Some(old.gid()))?;
    }
    fs::set_permissions(unfinished, old.permissions())
}

#[cfg(not(unix))]
fn look_alike(_: &Path, _: &Path) -> io::Result<()> {
    Ok(())
}

/// Two folders change places in one step.
#[cfg(any(target_os = "linux", target_os = "android", target_vendor = "apple"))]
fn exchange(one: &Path, other: &Path) -> io::Result<()> {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    Ok(renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE)?)
}

#[cfg(not(any(target_os = "linux", target_os = "android", target_vendor = "apple")))]
fn exchange(_: &Path, _: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

/// Exchanges the folders, brings over what stood beside the old output, and removes the old output. If something cannot be
/// brought over, all of it is undone.
fn replace(output: &[String], dir: &mut TempDir, folder: &Path) -> io::Result<bool> {
    let old = dir.path().to_owned();
    if exchange(&old, folder).is_err() {
        return Ok(false);
    }
    dir.disable_cleanup(true);
    let mut moves = Moves::default();
    let mut bring_over = |name: &OsString| moves.rename(old.join(name), folder.join(name));
    if others(output, &old).and_then(|names| names.iter().try_for_each(&mut bring_over)).is_err() {
        moves.undo()?;
        exchange(&old, folder)?;
        dir.disable_cleanup(false);
        return Ok(false);
    }
    // The new output stands; what cannot be removed of the old one is no more than in the way.
    drop(remove(output, &old));
    Ok(true)
}

/// The names in a folder other than those of the output.
fn others(output: &[String], folder: &Path) -> io::Result<Vec<OsString>> {
    let names = fs::read_dir(folder)?.map(|entry| entry.map(|entry| entry.file_name()));
    names.filter(|name| !name.as_ref().is_ok_and(|name| output.iter().any(|own| *name == **own))).collect()
}

/// Removes a folder that holds an output and nothing else; never what somebody else put there.
fn remove(output: &[String], folder: &Path) -> io::Result<()> {
    for path in output.iter().map(|name| folder.join(name)) {
        let is_folder = fs::symlink_metadata(&path).is_ok_and(|found| found.is_dir());
        match if is_folder { fs::remove_dir_all(&path) } else { fs::remove_file(&path) } {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    fs::remove_dir(folder)
}

/// Where the folder as a whole cannot be exchanged (a mount point, a network drive, somebody stands in it): the old files leave FOLDER
/// one by one, `settlements.json` first, then the new ones come, `settlements.json` last. Files of two runs are never
/// together in it, and without `settlements.json` it is no ledger. What fails undoes all of it.
fn one_by_one(output: &[String], unfinished_at: &Path, folder: &Path) -> io::Result<()> {
    let mut near = unfinished(folder, "new")?;
    let mut aside = unfinished(folder, "old")?;
    for name in output {
        bring(&unfinished_at.join(name), &near.path().join(name))?;
    }
    sync_folder(near.path());
    let mut moves = Moves::default();
    let moved = swap(output, &mut moves, &near, &aside, folder);
    if let Err(error) = moved {
        // If even that fails, the old files are still there to be put back by hand.
        moves.undo().inspect_err(|_| {
            near.disable_cleanup(true);
            aside.disable_cleanup(true);
        })?;
        return Err(error);
    }
    sync_folder(folder);
    Ok(())
}

fn swap(output: &[String], moves: &mut Moves, near: &TempDir, aside: &TempDir, folder: &Path) -> io::Result<()> {
    for name in output {
        if fs::symlink_metadata(folder.join(name)).is_ok() {
            moves.rename(folder.join(name), aside.path().join(name))?;
        }
    }
    output.iter().rev().try_for_each(|name| moves.rename(near.path().join(name), folder.join(name)))
}

/// Moves a file or a folder of files, if need be to another disk.
fn bring(from: &Path, to: &Path) -> io::Result<()> {
    if fs::rename(from, to).is_ok() {
        return Ok(());
    }
    if !fs::symlink_metadata(from)?.is_dir() {
        fs::copy(from, to)?;
        return fs::File::open(to)?.sync_all();
    }
    fs::create_dir(to)?;
    fs::read_dir(from)?.try_for_each(|entry| {
        let name = entry?.file_name();
        bring(&from.join(&name), &to.join(&name))
    })
}

/// Renamings that can be undone.
#[derive(Debug, Default)]
struct Moves(Vec<(PathBuf, PathBuf)>);

impl Moves {
    fn rename(&mut self, from: PathBuf, to: PathBuf) -> io::Result<()> {
        fs::rename(&from, &to)?;
        self.0.push((from, to));
        Ok(())
    }

    fn undo(self) -> io::Result<()> {
        self.0.into_iter().rev().try_for_each(|(from, to)| fs::rename(to, from))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::stage::FILES;
    use std::collections::BTreeMap;

    fn output() -> Vec<String> {
        FILES.map(str::to_owned).to_vec()
    }

    /// A folder with an output in it whose files all say the same, and an unfinished one beside it.
    fn scene(old: &str, new: &str) -> (TempDir, PathBuf, PathBuf) {
        let temp = tempfile::tempdir().unwrap();
        let (folder, unfinished) = (temp.path().join("out"), temp.path().join("unfinished"));
        for (folder, text) in [(&folder, old), (&unfinished, new)] {
            fs::create_dir(folder).unwrap();
            FILES.iter().for_each(|name| fs::write(folder.join(name), text).unwrap());
        }
        fs::write(folder.join("notes.txt"), "mine").unwrap();
        (temp, folder, unfinished)
    }

    fn content(folder: &Path) -> BTreeMap<OsString, String> {
        let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap());
        entries.map(|entry| (entry.file_name(), fs::read_to_string(entry.path()).unwrap_or_default())).collect()
    }

    #[test]
    fn one_by_one_all_three_are_replaced() {
        let (_temp, folder, unfinished) = scene("old", "new");
        one_by_one(&output(), &unfinished, &folder).unwrap();
        let found = content(&folder);
        assert_eq!(found.len(), 4);
        assert!(FILES.iter().all(|name| found[&OsString::from(name)] == "new"));
    }

    #[test]
    fn one_by_one_a_failure_is_undone() {
        for lost in FILES {
            let (_temp, folder, unfinished) = scene("old", "new");
            let before = content(&folder);
            fs::remove_file(unfinished.join(lost)).unwrap();
            assert!(one_by_one(&output(), &unfinished, &folder).is_err());
            assert_eq!(content(&folder), before);
        }
    }

    #[test]
    fn a_failure_between_two_renamings_is_undone() {
        let (_temp, folder, unfinished) = scene("old", "new");
        let before = content(&folder);
        let (near, aside) = (tempfile::tempdir_in(&folder).unwrap(), tempfile::tempdir_in(&folder).unwrap());
        for name in ["postings.csv", "settlements.csv"] {
            fs::rename(unfinished.join(name), near.path().join(name)).unwrap();
        }
        // settlements.json, the last one to come, is not there.
        let mut moves = Moves::default();
        assert!(swap(&output(), &mut moves, &near, &aside, &folder).is_err());
        assert!(!folder.join("settlements.json").exists());
        moves.undo().unwrap();
        drop((near, aside));
        assert_eq!(content(&folder), before);
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn an_exchange_brings_over_what_stood_beside_the_output() {
        let (_temp, folder, unfinished) = scene("old", "new");
        let dir = tempfile::Builder::new().tempdir_in(folder.parent().unwrap()).unwrap();
        FILES.iter().for_each(|name| fs::rename(unfinished.join(name), dir.path().join(name)).unwrap());
        let (mut dir, at) = (dir, folder.parent().unwrap().to_owned());
        assert!(replace(&output(), &mut dir, &folder).unwrap());
        assert!(!dir.path().exists());
        let found = content(&folder);
        assert_eq!(found[&OsString::from("notes.txt")], "mine");
        assert!(FILES.iter().all(|name| found[&OsString::from(name)] == "new"));
        assert_eq!(fs::read_dir(at).unwrap().count(), 2);
    }

    #[test]
    fn what_somebody_else_put_there_is_never_removed() {
        let (_temp, folder, _) = scene("old", "new");
        assert!(remove(&output(), &folder).is_err());
        assert_eq!(content(&folder).into_keys().collect::<Vec<_>>(), ["notes.txt"]);
    }
}
