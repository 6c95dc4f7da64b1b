//! The command with CSV in and out: time, peak memory and postings a second.
//!
//! `cargo bench --all-features --bench command` runs 1,000 and 10,000 participants; `EFFEKT_BENCH_SIZES=100000,1000000` others.
//! Peak memory is read from the process while it runs and so only where `/proc` is (Linux).
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

mod programme;

use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

fn main() {
    let sizes = std::env::var("EFFEKT_BENCH_SIZES").unwrap_or_else(|_| "1000,10000".to_owned());
    println!("participants limit      seconds  postings  postings/s  peak MiB  output MiB");
    for size in sizes.split(',').map(|size| size.trim().parse::<usize>().unwrap()) {
        // A contract limit that is never reached, and one that is reached on the way.
        for (name, limit) in [("apart", 1_000_000), ("together", 60_000)] {
            run(size, name, limit);
        }
    }
}

fn run(size: usize, name: &str, limit: u64) {
    let folder = tempfile::tempdir().unwrap();
    let (programme, out) = (folder.path().join("programme"), folder.path().join("out"));
    write(&programme, &programme::programme(size, limit * size as u64));
    let begun = Instant::now();
    let mut child = Command::new(env!("CARGO_BIN_EXE_effekt"))
        .args(["settle", "--as-of", "2021-12-31", "--quiet", "--out"])
        .args([&out, &programme])
        .stderr(fs::File::create(folder.path().join("stderr")).unwrap())
        .spawn()
        .unwrap();
    let mut peak = 0;
    let status = loop {
        peak = peak.max(resident_kib(child.id()));
        match child.try_wait().unwrap() {
            Some(status) => break status,
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    };
    let seconds = begun.elapsed();
    assert!(status.success(), "{}", fs::read_to_string(folder.path().join("stderr")).unwrap());
    let postings = fs::read(out.join("postings.csv")).unwrap().iter().filter(|byte| **byte == b'\n').count() - 1;
    let written: u64 = fs::read_dir(&out).unwrap().map(|file| file.unwrap().metadata().unwrap().len()).sum();
    println!(
        "{size:>12} {name:<10} {:>7}.{:02} {postings:>9} {:>11} {:>9} {:>11}",
        seconds.as_secs(),
        seconds.subsec_millis() / 10,
        postings as u128 * 1000 / seconds.as_millis().max(1),
        peak / 1024,
        written / 1024 / 1024
    );
}

/// The most memory the process has had so far.
fn resident_kib(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap_or_default();
    line.trim().trim_end_matches(" kB").trim().parse().unwrap_or(0)
}

fn write(folder: &Path, texts: &programme::Texts) {
    fs::create_dir_all(folder.join("contracts")).unwrap();
    for (name, text) in [
        ("contracts/big.toml", &texts.contract),
        ("participants.csv", &texts.participants),
        ("companies.csv", &texts.companies),
        ("placements.csv", &texts.placements),
        ("spells.csv", &texts.spells),
    ] {
        fs::write(folder.join(name), text).unwrap();
    }
}
