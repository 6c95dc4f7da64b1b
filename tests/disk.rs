//! What stands in FOLDER when the machine fails or the run is killed: what stood there before.

#![cfg(all(feature = "cli", target_os = "linux"))]
#![allow(clippy::unwrap_used)]

#[path = "common/place.rs"]
mod place;

use place::Place;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::Read;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::process::{Command, Output, Stdio};
use std::time::Duration;

const AS_OF: [&str; 2] = ["--as-of", "2018-12-31"];

/// The command as a process of its own.
fn process(place: &Place) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_effekt"));
    command.current_dir(place.path(""));
    command
}

fn status(output: &Output) -> Option<i32> {
    output.status.code()
}

fn err(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A programme with so many participants that settling takes a while.
fn grow(place: &Place, participants: usize) {
    let mut people = fs::read_to_string(place.path("programme/participants.csv")).unwrap();
    let mut spells = fs::read_to_string(place.path("programme/spells.csv")).unwrap();
    for nth in 0..participants {
        writeln!(people, "home,x{nth},youth,2018-01-01,,2018-01-02,,").unwrap();
        writeln!(spells, "home,x{nth},x{nth},baker,ordinary,2018-01-01,2018-06-30,37,2018-01-02").unwrap();
    }
    place.write("programme/participants.csv", &people);
    place.write("programme/spells.csv", &spells);
}

#[test]
fn a_full_disk_leaves_the_output_as_it_was() {
    let place = Place::new();
    assert_eq!(place.settle("out", &[]).status, 0);
    let before = place.files("out");
    grow(&place, 200);
    for out in ["out", "new/out"] {
        // The largest file that may be written is smaller than the output.
        let limited = Command::new("sh")
            .args(["-c", "trap '' XFSZ; ulimit -f 8; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_effekt")])
            .args(["settle", "programme", "--out", out])
            .args(AS_OF)
            .current_dir(place.path(""))
            .output()
            .unwrap();
        assert_eq!(status(&limited), Some(3), "{}", err(&limited));
        assert!(err(&limited).contains("cannot write"), "{}", err(&limited));
        assert_eq!(place.files("out"), before);
        assert_eq!(place.names(""), ["out", "programme"], "nothing is left over");
    }
}

#[test]
fn a_killed_run_leaves_the_output_as_it_was() {
    let place = Place::new();
    assert_eq!(place.settle("out", &[]).status, 0);
    let before = place.files("out");
    grow(&place, 20_000);
    let mut run = process(&place).args(["settle", "programme", "--out", "out"]).args(AS_OF).spawn().unwrap();
    let unfinished = || place.names("").into_iter().find(|name| name.starts_with("out.effekt-unfinished-"));
    let half_written = || {
        let postings = unfinished().map(|name| place.path(&name).join("postings.csv"));
        postings.and_then(|file| fs::metadata(file).ok()).is_some_and(|file| file.len() > 0)
    };
    while !half_written() {
        assert!(run.try_wait().unwrap().is_none(), "the run was over before it could be killed");
        std::thread::sleep(Duration::from_millis(2));
    }
    run.kill().unwrap();
    run.wait().unwrap();
    assert!(unfinished().is_some(), "killed while it wrote");
    assert_eq!(place.files("out"), before);
    let again = process(&place).args(["settle", "programme", "--out", "out"]).args(AS_OF).output().unwrap();
    assert_eq!(status(&again), Some(0), "{}", err(&again));
    assert_eq!(place.names("out").len(), 3);
    assert_ne!(place.files("out"), before);
}

#[test]
fn where_nothing_can_be_written_nothing_is_changed() {
    let place = Place::new();
    let run = process(&place).args(["settle", "programme", "--out", "/proc/self/out"]).args(AS_OF).output().unwrap();
    assert_eq!(status(&run), Some(3), "{}", err(&run));
    fs::create_dir(place.path("shut")).unwrap();
    fs::set_permissions(place.path("shut"), fs::Permissions::from_mode(0o555)).unwrap();
    // Permissions do not bind root.
    if File::create(place.path("shut/probe")).is_err() {
        assert_eq!(place.settle("shut/out", &[]).status, 3);
    }
    fs::set_permissions(place.path("shut"), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_file_that_cannot_be_read_is_a_failure_of_the_machine() {
    let place = Place::new();
    assert_eq!(place.settle("out", &[]).status, 0);
    let before = place.files("out");
    fs::remove_file(place.path("programme/spells.csv")).unwrap();
    fs::create_dir(place.path("programme/spells.csv")).unwrap();
    symlink("nowhere", place.path("programme/contracts/third.toml")).unwrap();
    let run = place.settle("out", &[]);
    assert_eq!(run.status, 3, "{}", run.err);
    assert_eq!(place.check(&[]).status, 3);
    assert_eq!(place.files("out"), before);
}

#[test]
fn findings_that_cannot_be_written_leave_the_output_as_it_was() {
    let place = Place::new();
    assert_eq!(place.settle("out", &[]).status, 0);
    let before = place.files("out");
    place.edit("programme/spells.csv", "2018-05-20", "2017-05-20");
    let full = || File::options().write(true).open("/dev/full").unwrap();
    let settle = process(&place).args(["settle", "programme", "--out", "out"]).args(AS_OF).stderr(full()).status().unwrap();
    assert_eq!(settle.code(), Some(3));
    assert_eq!(place.files("out"), before);
    assert_eq!(process(&place).args(["check", "programme"]).stderr(full()).status().unwrap().code(), Some(3));
}

#[test]
fn a_reader_that_closes_the_pipe_is_no_failure() {
    let place = Place::new();
    for nth in 0..400 {
        place.write(&format!("programme/contracts/x{nth}.toml"), "id = 1\n");
    }
    let mut run = process(&place).args(["check", "programme"]).stderr(Stdio::piped()).spawn().unwrap();
    let mut some = [0; 16];
    run.stderr.take().unwrap().read_exact(&mut some).unwrap();
    assert_eq!(run.wait().unwrap().code(), Some(1));
}

#[test]
fn a_link_to_a_folder_is_followed_and_stays() {
    let place = Place::new();
    fs::create_dir_all(place.path("elsewhere/store")).unwrap();
    symlink("elsewhere/store", place.path("out")).unwrap();
    assert_eq!(place.settle("out", &[]).status, 0);
    assert!(fs::symlink_metadata(place.path("out")).unwrap().is_symlink());
    assert_eq!(place.names("elsewhere/store").len(), 3);
    assert_eq!(place.names("elsewhere"), ["store"]);
}

#[test]
fn a_replaced_folder_keeps_its_permissions() {
    let place = Place::new();
    fs::create_dir(place.path("out")).unwrap();
    fs::set_permissions(place.path("out"), fs::Permissions::from_mode(0o750)).unwrap();
    assert_eq!(place.settle("out", &[]).status, 0);
    assert_eq!(fs::metadata(place.path("out")).unwrap().permissions().mode() & 0o777, 0o750);
}

/// A shell that stands in FOLDER must not find itself in a folder that is gone.
#[test]
fn the_folder_in_which_somebody_stands_stays_itself() {
    let place = Place::new();
    assert_eq!(place.settle("out", &[]).status, 0);
    place.write("out/notes.txt", "mine");
    let before = (place.files("out"), fs::metadata(place.path("out")).unwrap().ino());
    place.edit("programme/spells.csv", "2018-05-20", "2018-05-27");
    let mut here = process(&place);
    here.current_dir(place.path("out")).args(["settle", "../programme", "--out", "."]).args(AS_OF);
    let run = here.output().unwrap();
    assert_eq!(status(&run), Some(0), "{}", err(&run));
    assert_eq!(fs::metadata(place.path("out")).unwrap().ino(), before.1);
    assert_eq!(place.names("out"), ["notes.txt", "postings.csv", "settlements.csv", "settlements.json"]);
    assert_ne!(place.files("out"), before.0);
    assert_eq!(place.names(""), ["out", "programme"]);
}

/// A terminal that is none: nothing but findings and the counts is written.
#[test]
fn no_progress_where_nobody_watches() {
    let place = Place::new();
    grow(&place, 5_000);
    let run = process(&place).args(["settle", "programme", "--out", "out"]).args(AS_OF).output().unwrap();
    assert_eq!(err(&run).lines().count(), 1, "{}", err(&run));
    assert!(run.stdout.is_empty());
}
