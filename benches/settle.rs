//! The library alone: reading a programme from text, and settling it. Cost grows linearly with the spells.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

mod programme;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use effekt::formats::{Programme, Source, Sources, read};
use effekt::{Day, settle};

/// A contract limit that is never reached, and one that is reached about half-way.
const LIMITS: [(&str, u64); 2] = [("apart", 1_000_000), ("together", 60_000)];

fn sources(participants: usize, per_participant: u64) -> Sources {
    let texts = programme::programme(participants, per_participant * participants as u64);
    let file = |name: &str, text: String| Source { name: name.to_owned(), bytes: text.into_bytes() };
    Sources {
        contracts: vec![file("contracts/big.toml", texts.contract)],
        participants: Some(file("participants.csv", texts.participants)),
        companies: Some(file("companies.csv", texts.companies)),
        placements: Some(file("placements.csv", texts.placements)),
        spells: Some(file("spells.csv", texts.spells)),
        ..Sources::default()
    }
}

fn count(programme: &Programme) -> usize {
    let case = &programme.cases[0];
    let settlements = settle(case.contract.as_ref().unwrap(), &case.facts, Day::parse("2021-12-31").unwrap());
    settlements.map(|settlement| settlement.postings().count()).sum()
}

fn library(criterion: &mut Criterion) {
    let sizes: &[usize] =
        if std::env::var_os("EFFEKT_BENCH_LARGE").is_some() { &[1_000, 10_000, 100_000] } else { &[1_000, 10_000] };
    for size in sizes {
        let mut group = criterion.benchmark_group("read");
        let texts = sources(*size, 100_000);
        group.sample_size(10).throughput(Throughput::Elements(*size as u64));
        group.bench_function(BenchmarkId::from_parameter(size), |bench| bench.iter(|| read(&texts, None, &[])));
        group.finish();
        for (name, limit) in LIMITS {
            let programme = read(&sources(*size, limit), None, &[]);
            let errors: Vec<String> =
                programme.diagnostics.iter().filter(|found| found.is_error()).map(ToString::to_string).collect();
            assert!(errors.is_empty(), "{}", errors.join("\n"));
            let postings = count(&programme);
            let mut group = criterion.benchmark_group(format!("settle {name}"));
            group.sample_size(10).throughput(Throughput::Elements(postings as u64));
            group.bench_function(BenchmarkId::from_parameter(size), |bench| bench.iter(|| count(&programme)));
            group.finish();
        }
    }
}

criterion_group!(benches, library);
criterion_main!(benches);
