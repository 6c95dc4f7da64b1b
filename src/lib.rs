//! Settles payment-by-results contracts: from the facts that a municipality reports about its citizens to what it owes, to the
//! øre, with every later correction and the reason for each amount.
//!
//! Everything is a pure function of what went before:
//!
//! ```text
//! facts → days that qualify → entitlements → limits → postings → documents
//! ```
//!
//! A [`Contract`] says what is paid for; [`Facts`] say what was reported, and when. [`settle`] gives the [`Settlement`]s whose
//! cut-off has come, each with its [`Posting`]s. A later report never changes a settlement: the next one posts the difference.
//!
//! ```
//! # #[cfg(feature = "formats")] {
//! use effekt::formats::{self, Source, Sources};
//! use effekt::{Day, settle};
//!
//! let contract = r#"
//!     id = "demo"
//!     currency = "DKK"
//!     starts = 2018-01-01
//!     ends = 2018-12-31
//!     settlement = { every = "quarter", reporting_days = 30 }
//!     payer = [{ id = "town" }]
//!     outcome = [{ id = "in-work", kinds = ["ordinary"] }]
//!     charge = [{ id = "weekly", type = "period", outcome = "in-work", unit = "week", amount = 1500 }]
//! "#;
//! let sources = Sources {
//!     contracts: vec![Source::new("contracts/demo.toml", contract)],
//!     participants: Some(Source::new("participants.csv", "\
//! contract,participant,target_group,enrolled_on,recorded_on
//! demo,anna,cash-benefit,2018-01-01,2018-01-03")),
//!     companies: Some(Source::new("companies.csv", "contract,company,recorded_on")),
//!     placements: Some(Source::new("placements.csv", "contract,placement,participant,company,placed_on,recorded_on")),
//!     spells: Some(Source::new("spells.csv", "\
//! contract,spell,participant,employer,kind,first_day,last_day,weekly_hours,recorded_on
//! demo,s1,anna,Bageriet,ordinary,2018-02-05,2018-02-14,30,2018-02-20")),
//!     ..Sources::default()
//! };
//! let programme = formats::read(&sources, None, &[]);
//! assert!(programme.diagnostics.is_empty());
//! let case = &programme.cases[0];
//! let as_of = Day::parse("2018-04-30").unwrap();
//! let settlements: Vec<_> = settle(case.contract.as_ref().unwrap(), &case.facts, as_of).collect();
//! let posted: Vec<String> = settlements[0].postings().map(|posting| posting.unit.to_string()).collect();
//! assert_eq!(posted, ["2018-W06", "2018-W07"]);
//! assert_eq!(settlements[0].total().minor(), 3_000_00);
//! # }
//! ```
//!
//! # What to read
//!
//! The [`book`] comes before the code: the [rules](book::rules) as they are carried out, the [pipeline](book::pipeline) step by
//! step, what a municipality [saves](book::saving), [places](book::places) and [goals](book::goals), the
//! [investors](book::investors)' side, [comparing](book::comparing) contracts and simulating, [forecasts](book::forecasting), a
//! [glossary](book::glossary) of Danish contract terms,
//! [decisions](book::decisions) and their reasons, the [laws](book::laws) that the tests hold, all
//! [diagnostics](book::diagnostics), and the [changelog](book::changelog).
//!
//! # Floors
//!
//! Data flows one way: a module imports from those above it in this table, never from those below.
//!
//! | module | what it knows |
//! | --- | --- |
//! | [`measure`] | days, money, ids, diagnostics; nothing of the domain |
//! | [`facts`] | what was reported, and what was known when |
//! | [`timeline`] | which days qualify |
//! | [`figure`] | numbers with a name: what others measured, what the contract prints, what is made of these |
//! | [`charge`] | what is paid, one file for each mechanism, and at what rate |
//! | [`contract`] | the terms, the settlement calendar, and what is odd about them |
//! | [`entitlement`] | what one participant is worth under a contract |
//! | [`limits`] | how much of it is granted |
//! | [`ledger`] | what was posted, what is posted now, what is corrected |
//! | [`documents`] | what settlements become for those who pay: invoices, credit notes, books |
//! | [`findings`], [`explain`] | what is odd or left out; the reason for each amount |
//! | [`statement`], [`compare`] | what is to be said of a settlement to people who were not there; what another contract would pay |
//! | [`forecast`] | what a contract can still cost |
//! | [`investors`] | what a fund receives, shared among its funders |
//! | `formats` | TOML, JSON and CSV, in and out (feature `formats`) |
//! | `cli` | the command `effekt` (feature `cli`) |

#[cfg(doc)]
pub mod book;
pub mod charge;
#[cfg(feature = "cli")]
pub mod cli;
pub mod compare;
pub mod contract;
pub mod documents;
pub mod entitlement;
pub mod explain;
pub mod facts;
pub mod figure;
pub mod findings;
pub mod forecast;
#[cfg(feature = "formats")]
pub mod formats;
pub mod investors;
pub mod ledger;
pub mod limits;
pub mod measure;
pub mod statement;
pub mod timeline;

pub use contract::Contract;
pub use facts::Facts;
pub use ledger::settle::settle;
pub use ledger::{Posting, Settlement};
pub use measure::day::{Day, Span};
pub use measure::diagnostic::{Code, Diagnostic, Place, Severity};
pub use measure::id::Id;
pub use measure::money::{Currency, Money};

/// The code of the README, tried as a test.
#[cfg(all(doctest, feature = "formats"))]
#[doc = include_str!("../README.md")]
struct Readme;
