//! What comes after the document: the journal, the finance file and the open items, from documents that the engine issues for
//! several payers with all kinds of VAT, and payments of them. Where hledger is installed it judges the journal.
#![cfg(feature = "formats")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::inconsistent_digit_grouping
)]

#[allow(dead_code)]
#[path = "support/runs.rs"]
mod runs;

use effekt::contract::{Calendar, Contract};
use effekt::documents::journal::{self, Entry};
use effekt::documents::{Document, Issued, Key, OpenItem, Paid, Payment, Posted, Register, issue, open_items};
use effekt::formats::documents::RegisterWriter;
use effekt::formats::{Source, Sources, finance, journal as text, open_items as sheet, read, read_contract, register_files};
use effekt::{Day, Id, Money};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// Two towns and a region share what is paid; one charge is taxed, one is exempt, one is outside the scope of VAT.
const CONTRACT: &str = r#"
id = "ID"
title = "Job; til | alle"
currency = "DKK"
starts = 2025-01-01
ends = 2025-12-31
settlement = { every = "quarter", reporting_days = 30, tail_periods = 2, payment_days = 30 }
invoicing = { series = "ID-", interest = "both-days", corrections = "CORRECTIONS" }
bookkeeping = { dimensions = { project = "vsb fase [1]", date = "altid" } }

[[payer]]
id = "herning"
name = "Herning Kommune"
cvr = "29189919"
gln = "5790001353858"
share = "0.5"
reference = "Anne Holm"
account = "5605120100-01-22"
address = { street = "Torvet 5", postcode = "7400", city = "Herning" }

[[payer]]
id = "viborg"
name = "Viborg Kommune | Job"
cvr = "29189846"
gln = "5790000000012"
share = "0.3"
reference = "Bo"
address = { street = "Prinsens Alle 5", postcode = "8800", city = "Viborg" }

[[payer]]
id = "region"
name = "* Region (Midt)"
cvr = "29190925"
gln = "5790000000029"
share = "0.2"
reference = "Cy"
address = { street = "Skottenborg 26", postcode = "8800", city = "Viborg" }

[payee]
id = "fund"
name = "Fonden"
cvr = "10000009"
address = { street = "Fondsgade 1", postcode = "1000", city = "København K" }

[[charge]]
id = "course"
type = "fixed"
text = "Kursus; pr. hold"
amount = 1000
on = [2025-01-01]
vat = { treatment = "standard", percent = 25 }
account = "indtægt:effekt:kursus og job"

[[charge]]
id = "care"
type = "fixed"
amount = 1000
on = [2025-01-01]
vat = { treatment = "exempt", reason = "Momsloven § 13" }

[[charge]]
id = "effect"
type = "fixed"
amount = 1000
on = [2025-01-01]
vat = { treatment = "outside-scope", reason = "Ingen ydelse" }

[[limit]]
id = "cap"
scope = "contract"
window = "total"
amount = 100000000
"#;

const CHARGES: [&str; 3] = ["course", "care", "effect"];

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn contract(id: &str, corrections: &str) -> Contract {
    let written = CONTRACT.replace("\"ID", &format!("\"{id}")).replace("CORRECTIONS", corrections);
    let file = read_contract(&Source::new("contracts/books.toml", written));
    file.contract.unwrap_or_else(|| panic!("{:?}", file.diagnostics))
}

/// For each settlement what it posts: the key's number, the change, and what was cut of it.
type Posts = Vec<Vec<(usize, i64, i64)>>;
/// Which document, what part of it in percent, and how many days after the due date.
type Pays = Vec<(usize, u8, i64)>;

/// Issues the documents of some settlements; no key's sum goes below zero.
fn documents(contract: &Contract, posts: &Posts) -> Vec<Document> {
    let (mut register, mut sums, mut documents) = (Register::default(), BTreeMap::new(), Vec::new());
    for (period, posts) in Calendar::new(contract).zip(posts) {
        let mut changes: BTreeMap<usize, (i64, i64)> = BTreeMap::new();
        changes.extend(posts.iter().map(|(key, amount, cut)| (*key, (*amount, *cut))));
        let mut postings = Vec::new();
        for (nth, (amount, cut)) in changes {
            let known = sums.get(&nth).copied();
            let amount = amount.max(-known.unwrap_or(0));
            if amount == 0 {
                continue;
            }
            sums.insert(nth, known.unwrap_or(0) + amount);
            postings.push(posted(nth, amount, (known.is_none() && cut > 0).then_some(cut), known.is_some()));
        }
        documents.extend(issue(contract, &mut register, period, postings).unwrap());
    }
    documents
}

fn posted(nth: usize, amount: i64, cut: Option<i64>, correction: bool) -> Posted {
    Posted {
        key: Key { charge: CHARGES[nth % 3].to_owned(), subject: format!("p{nth}"), unit: "2025-02".to_owned() },
        earned_on: day("2025-02-28"),
        quantity: 1.into(),
        rate: None,
        amount: Money::from_minor(amount),
        correction,
        cut: cut.map(|cut| (Money::from_minor(cut), "cap".to_owned())),
        company: None,
    }
}

fn payments(documents: &[Issued], pays: &Pays) -> Vec<Paid> {
    let mut paid: Vec<Paid> = Vec::new();
    for (nth, (of, percent, late)) in pays.iter().enumerate().filter(|_| !documents.is_empty()) {
        let document = &documents[of % documents.len()];
        let amount = i64::try_from(document.payable().minor().abs() * i128::from(*percent) / 100).unwrap();
        paid.push(pay(&format!("pay-{nth}"), &document.number, amount, document.due.plus_days(*late)));
    }
    paid.sort_by(|a, b| (a.payment.paid_on, &a.id).cmp(&(b.payment.paid_on, &b.id)));
    paid
}

fn pay(id: &str, document: &str, minor: i64, paid_on: Day) -> Paid {
    let payment = Payment { document: Id::name(document), amount: Money::from_minor(minor), paid_on };
    Paid { id: Id::name(id), line: 0, payment }
}

fn issued_of(documents: &[Document]) -> Vec<Issued> {
    documents.iter().map(Issued::from).collect()
}

/// Six settlements of up to nine keys, and some payments.
fn stories() -> impl Strategy<Value = (Posts, Pays, bool)> {
    let amount = prop_oneof![4 => 1_i64..900_000, 2 => -900_000_i64..0, 1 => Just(1_i64)];
    let post = (0_usize..9, amount, prop_oneof![3 => Just(0_i64), 1 => 1_i64..5_000]);
    let posts = prop::collection::vec(prop::collection::vec(post, 0..6), 6);
    let percent = prop_oneof![3 => Just(100_u8), 3 => 0_u8..100, 1 => 100_u8..130];
    let pays = prop::collection::vec((0_usize..60, percent, -45_i64..300), 0..12);
    (posts, pays, any::<bool>())
}

/// Everything that the books say of a story.
struct Books {
    contract: Contract,
    documents: Vec<Document>,
    issued: Vec<Issued>,
    payments: Vec<Paid>,
    entries: Vec<Entry>,
    items: Vec<OpenItem>,
}

fn books(id: &str, (posts, pays, own): &(Posts, Pays, bool)) -> Books {
    let contract = contract(id, if *own { "own-documents" } else { "lines" });
    let documents = documents(&contract, posts);
    let issued = issued_of(&documents);
    let payments = payments(&issued, pays);
    let entries = journal::entries(&contract, &issued, &payments);
    let items = open_items(&contract, &issued, &payments, Day::LAST_WRITTEN);
    Books { contract, documents, issued, payments, entries, items }
}

impl Books {
    /// The balance of all accounts that begin so.
    fn balance(&self, account: &str) -> i128 {
        let bookings = self.entries.iter().flat_map(|entry| &entry.bookings);
        bookings.filter(|booking| booking.account.starts_with(account)).map(|booking| booking.amount.minor()).sum()
    }

    fn journal(&self) -> String {
        text::write(&self.contract, &self.entries)
    }
}

/// Every entry balances; what is owed is what is open, and income, VAT and bank are what the documents and payments say.
#[test]
fn the_books_agree_with_the_documents() {
    let (mut credit_notes, mut corrected, mut taxed, mut cut, mut overpaid, mut partly) = (0, 0, 0, 0, 0, 0);
    runs::each(400, 3, stories(), |story| {
        let books = books("a", story);
        for entry in &books.entries {
            assert!(entry.bookings.len() >= 2, "{entry:?}");
            assert_eq!(entry.bookings.iter().map(|booking| booking.amount.minor()).sum::<i128>(), 0, "{entry:?}");
        }
        assert!(books.entries.is_sorted_by_key(|entry| entry.date));
        assert_eq!(books.entries.len(), books.issued.len() + books.payments.len());
        for payer in ["herning", "viborg", "region"] {
            let open = books.items.iter().filter(|item| item.document.payer == *payer).map(|item| item.open.minor());
            assert_eq!(books.balance(&format!("assets:receivable:{payer}:a")), open.sum::<i128>());
        }
        let sum = |of: &dyn Fn(&Document) -> i128| books.documents.iter().map(of).sum::<i128>();
        let sign =
            |document: &Document| if document.payable.minor() == Issued::from(document).payable().minor() { 1 } else { -1 };
        assert_eq!(-books.balance("liabilities:vat"), sum(&|document| document.tax.minor() * sign(document)));
        let income = books.balance("income:effect") + books.balance("indtægt:effekt:kursus og job");
        assert_eq!(-income, sum(&|document| document.net.minor() * sign(document)));
        assert_eq!(books.balance("assets:bank"), books.items.iter().map(|item| item.paid.minor()).sum::<i128>());
        credit_notes +=
            books.documents.iter().filter(|document| document.kind == effekt::documents::Kind::CreditNote).count();
        corrected += books.issued.iter().flat_map(|of| &of.lines).filter(|line| line.correction).count();
        taxed += books.issued.iter().filter(|of| of.tax.minor() != 0).count();
        cut += books.documents.iter().filter(|document| !document.allowances.is_empty()).count();
        overpaid += books.items.iter().filter(|item| item.overpaid().minor() > 0).count();
        partly += books.items.iter().filter(|item| item.paid.minor() != 0 && item.open.minor() != 0).count();
    });
    let seen = [credit_notes, corrected, taxed, cut, overpaid, partly];
    assert!(seen.iter().all(|seen| *seen > 100), "too little was tried: {seen:?}");
}

/// A document that is known only by its rows in the register is booked as the document itself.
#[test]
fn a_document_of_an_earlier_run_is_booked_the_same() {
    runs::each(100, 4, stories(), |story| {
        let books = books("a", story);
        let mut files = [Vec::new(), Vec::new()];
        RegisterWriter::headers(&mut files).unwrap();
        books.documents.iter().for_each(|document| RegisterWriter::document(&mut files, document).unwrap());
        let register = register_files::read(files[0].as_slice(), files[1].as_slice()).unwrap();
        let again = register.get("a").map(|of| of.issued.clone()).unwrap_or_default();
        assert_eq!(again, books.issued);
    });
}

fn rows(csv: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    reader.deserialize().map(Result::unwrap).collect()
}

fn minor(amount: &str) -> i128 {
    assert_eq!(amount.rsplit('.').next().unwrap().len(), 2, "{amount}");
    amount.replace('.', "").parse().unwrap()
}

/// The finance file holds what is payable, document by document.
#[test]
fn the_finance_file_sums_to_what_is_payable() {
    runs::each(200, 5, stories(), |story| {
        let books = books("a", story);
        let mut sums: BTreeMap<String, i128> = BTreeMap::new();
        for row in rows(&finance::write([(&books.contract, books.issued.as_slice())])) {
            *sums.entry(row["document"].clone()).or_default() += minor(&row["amount"]);
            assert_eq!(row["account"], if row["payer"] == "herning" { "5605120100-01-22" } else { "" });
            assert_eq!(row["row"] == "vat", row["charge"].is_empty());
        }
        let payable = books.issued.iter().map(|of| (of.number.clone(), of.payable().minor())).collect();
        assert_eq!(sums, payable);
    });
}

/// What the journal and the files look like: an invoice, a correction that gives back, a payment in part and a refund.
#[test]
fn a_small_book() {
    let contract = contract("a", "lines");
    let posts = vec![vec![(0, 1_000_00, 200_00), (1, 300_01, 0)], vec![(0, -400_00, 0), (4, 10_00, 0)]];
    let issued: Vec<Issued> =
        issued_of(&documents(&contract, &posts)).into_iter().filter(|of| of.payer == "herning").collect();
    let paid = [pay("p1", "a-0001", 700_00, day("2025-06-12")), pay("p2", "a-0004", 100_00, day("2025-08-29"))];
    let entries = journal::entries(&contract, &issued, &paid);
    recorded("journal.hledger", &text::write(&contract, &entries));
    recorded("finance.csv", &finance::write([(&contract, issued.as_slice())]));
    let items = open_items(&contract, &issued, &paid, day("2025-08-30"));
    recorded("open-items.csv", &sheet::write([(contract.currency, items.as_slice())], day("2025-08-30")));
}

/// `EFFEKT_BLESS=1` records the files of `fixtures/books` anew; look at the difference before you commit it.
fn recorded(name: &str, now: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/books").join(name);
    if std::env::var_os("EFFEKT_BLESS").is_some() {
        fs::write(&path, now).unwrap();
    }
    assert_eq!(fs::read_to_string(&path).unwrap_or_default(), now, "{name}");
}

/// Runs hledger on a journal; `None` where it is not installed.
fn hledger(journal: &str, arguments: &[&str]) -> Option<(bool, String)> {
    let mut command = Command::new("hledger");
    command.args(["-f", "-"]).args(arguments).env("LANG", "C.UTF-8").env("LC_ALL", "C.UTF-8");
    let run = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn();
    let Ok(mut run) = run else {
        println!("hledger is not installed: the journal is not judged");
        return None;
    };
    run.stdin.take().unwrap().write_all(journal.as_bytes()).unwrap();
    let output = run.wait_with_output().unwrap();
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap()).concat();
    Some((output.status.success(), said))
}

/// hledger finds nothing wrong, strictly, in the books of two contracts in one file, and comes to the same balances.
#[test]
fn hledger_accepts_the_journal() {
    let mut judged = 0;
    runs::each(12, 6, (stories(), stories()), |(first, second)| {
        let books = [books("a", first), books("b", second)];
        let journal: String = books.iter().map(Books::journal).collect();
        for text in [&journal, &books[0].journal(), &books[1].journal()] {
            let alone = if *text == journal { "payees" } else { "ordereddates" };
            let Some((fine, said)) = hledger(text, &["check", "--strict", "payees", alone]) else { return };
            assert!(fine, "{said}\n{text}");
        }
        let (_, said) = hledger(&journal, &["bal", "-N", "-E", "-O", "csv", "assets:receivable"]).unwrap();
        let told: BTreeSet<(String, i128)> = rows(&said)
            .into_iter()
            .map(|row| (row["account"].clone(), minor(row["balance"].trim_end_matches(" DKK"))))
            .collect();
        let accounts = books.iter().flat_map(|books| &books.entries).flat_map(|entry| &entry.bookings);
        let accounts: BTreeSet<&str> =
            accounts.map(|booking| booking.account.as_str()).filter(|account| account.starts_with("assets:rec")).collect();
        let ours = accounts
            .iter()
            .map(|account| (account.to_string(), books.iter().map(|books| books.balance(account)).sum::<i128>()));
        assert_eq!(told, ours.collect());
        judged += 1;
    });
    println!("hledger judged {judged} journals");
}

/// The assertions are real: hledger refuses the text when an amount is another one.
#[test]
fn hledger_refuses_a_journal_that_was_edited() {
    let contract = contract("a", "lines");
    let issued = issued_of(&documents(&contract, &vec![vec![(1, 300_00, 0)]]));
    let paid = [pay("p1", "a-0001", 100_00, day("2025-06-12"))];
    let journal = text::write(&contract, &journal::entries(&contract, &issued, &paid));
    let edited = journal.replace("100.00 DKK", "110.00 DKK");
    assert_ne!(journal, edited);
    if let (Some(whole), Some(edited)) = (hledger(&journal, &["check", "-s"]), hledger(&edited, &["check", "-s"])) {
        assert!(whole.0 && !edited.0, "{} {}", whole.1, edited.1);
    }
}

/// An invoice of 1,000.00 and no tax, alone, and what is paid on it.
fn alone(paid: &[(i64, &str)], as_of: &str) -> OpenItem {
    let contract = contract("a", "lines");
    let issued = issued_of(&documents(&contract, &vec![vec![(1, 2_000_00, 0)]]));
    assert_eq!((issued[0].due, issued[0].payable().minor()), (day("2025-05-30"), 1_000_00));
    let paid: Vec<Paid> =
        paid.iter().enumerate().map(|(nth, (minor, on))| pay(&format!("p{nth}"), "a-0001", *minor, day(on))).collect();
    open_items(&contract, &issued[..1], &paid, day(as_of)).remove(0)
}

/// Payable, paid, open, overdue days, interest and compensation.
fn figures(item: &OpenItem) -> (i128, i128, i64, i128, i128) {
    let late = item.late.as_ref().unwrap();
    let interest = late.interest.unwrap().minor();
    (item.paid.minor(), item.open.minor(), item.overdue_days, interest, late.compensation.minor())
}

#[test]
fn what_is_open_and_what_late_payment_costs() {
    let cases: [(&[(i64, &str)], &str, _); 9] = [
        // Nothing paid yet, up to the due date: nothing is late.
        (&[], "2025-05-30", (0, 1_000_00, 0, 0, 0)),
        // Paid early, and on the due date.
        (&[(1_000_00, "2025-05-02")], "2025-12-31", (1_000_00, 0, 0, 0, 0)),
        (&[(1_000_00, "2025-05-30")], "2025-12-31", (1_000_00, 0, 0, 0, 0)),
        // A day later: 1,000 × 10.75 % × 2/365 = 0.589.
        (&[], "2025-05-31", (0, 1_000_00, 1, 59, 310_00)),
        (&[(1_000_00, "2025-05-31")], "2025-12-31", (1_000_00, 0, 0, 59, 310_00)),
        // A payment that the as-of day does not know yet.
        (&[(1_000_00, "2025-06-01")], "2025-05-31", (0, 1_000_00, 1, 59, 310_00)),
        // Half in time, half in July: 500 × 10.75 % × 32/365 + 500 × 9.75 % × 10/365 = 4.7123 + 1.3356.
        (&[(500_00, "2025-05-30"), (500_00, "2025-07-10")], "2025-12-31", (1_000_00, 0, 0, 6_05, 310_00)),
        // The rest is still open on 10 July.
        (&[(500_00, "2025-05-30")], "2025-07-10", (500_00, 500_00, 41, 6_05, 310_00)),
        // What is paid too much bears no interest: 1,000 × 10.75 % × 3/365 = 0.8836.
        (&[(1_500_00, "2025-06-01"), (5_00, "2025-06-20")], "2025-12-31", (1_505_00, -505_00, 0, 88, 310_00)),
    ];
    for (paid, as_of, wanted) in cases {
        assert_eq!(figures(&alone(paid, as_of)), wanted, "{paid:?} {as_of}");
    }
    assert_eq!(alone(&[(1_500_00, "2025-06-01")], "2025-12-31").overpaid().minor(), 500_00);
    let unknown = alone(&[], "2026-07-01").late.unwrap();
    assert!(unknown.interest.is_err() && unknown.compensation.minor() == 310_00);
}

/// A credit note is an item of its own, below zero, until it is refunded; set off against an invoice it is paid, and so is that.
#[test]
fn a_credit_note_is_refunded_or_set_off() {
    let contract = contract("a", "lines");
    let posts = vec![vec![(1, 2_000_00, 0)], vec![(1, -500_00, 0)]];
    let issued = issued_of(&documents(&contract, &posts));
    let own: Vec<Issued> = issued.into_iter().filter(|of| of.payer == "herning").collect();
    let on = day("2025-08-01");
    let figures = |paid: &[Paid]| {
        let items = open_items(&contract, &own, paid, day("2026-01-01"));
        items.iter().map(|item| (item.open.minor(), item.overdue_days > 0)).collect::<Vec<_>>()
    };
    assert_eq!(figures(&[]), [(1_000_00, true), (-250_00, false)]);
    let refund = pay("r", "a-0004", 250_00, on);
    assert_eq!(figures(std::slice::from_ref(&refund)), [(1_000_00, true), (0, false)]);
    let off = [pay("p", "a-0001", 1_000_00, on), refund];
    assert_eq!(figures(&off), [(0, false), (0, false)]);
    let bank = journal::entries(&contract, &own, &off);
    let bank = bank.iter().flat_map(|entry| &entry.bookings).filter(|booking| booking.account == "assets:bank");
    assert_eq!(bank.map(|booking| booking.amount.minor()).collect::<Vec<_>>(), [1_000_00, -250_00]);
    let too_much = open_items(&contract, &own, &[pay("r", "a-0004", 260_00, on)], on);
    assert_eq!((too_much[1].open.minor(), too_much[1].overpaid().minor()), (10_00, 10_00));
}

/// What is odd about payments is said once, at their row.
#[test]
fn odd_payments_are_told() {
    let contract = contract("a", "lines");
    let issued = issued_of(&documents(&contract, &vec![vec![(1, 2_000_00, 0)]]));
    let paid = [
        pay("p1", "a-0001", 900_00, day("2025-05-30")),
        pay("p2", "a-0001", 150_00, day("2025-06-01")),
        pay("p3", "a-0099", 1_00, day("2025-06-01")),
    ];
    let told = |as_of: &str| -> Vec<String> {
        let items = open_items(&contract, &issued, &paid, day(as_of));
        effekt::findings::payments(&contract, &items, &paid).iter().map(ToString::to_string).collect()
    };
    assert_eq!(told("2026-06-30").len(), 2);
    let told = told("2026-07-02");
    let begins = [
        "warning[W507] payments.csv: the reference rate of 2026-H2 is not known: the interest on a-0002, a-0003",
        "warning[W506] payments.csv (amount): `a-0001` asks for 1000.00 DKK, and 50.00 too much was paid",
        "warning[W508] payments.csv (document): payment `p3` is of `a-0099`, which was not issued",
    ];
    assert_eq!(told.len(), begins.len(), "{told:#?}");
    for (told, begin) in told.iter().zip(begins) {
        assert!(told.starts_with(begin), "{told}");
    }
}

/// `payments.csv` is read like the other files; rows recorded later are as if not there, and without the file nothing was paid.
#[test]
fn payments_are_read_with_their_versions() {
    let written = CONTRACT.replace("\"ID", "\"a").replace("CORRECTIONS", "lines");
    let file = |name: &str, header: &str| Some(Source::new(name, header));
    let sources = |payments: Option<&str>| Sources {
        contracts: vec![Source::new("contracts/a.toml", written.clone())],
        participants: file("participants.csv", "contract,participant,target_group,enrolled_on,recorded_on"),
        companies: file("companies.csv", "contract,company,recorded_on"),
        placements: file("placements.csv", "contract,placement,participant,company,placed_on,recorded_on"),
        spells: file("spells.csv", "contract,spell,kind,first_day,weekly_hours,recorded_on"),
        payments: payments.map(|text| Source::new("payments.csv", text)),
        ..Sources::default()
    };
    let known = |payments: Option<&str>, as_of: &str| -> Vec<(String, i64, String)> {
        let programme = read(&sources(payments), Some(day(as_of)), &[]);
        // Only its contract's limit is odd: there is more room than can be owed.
        let odd: Vec<_> = programme.diagnostics.iter().filter(|found| found.code.id() != "W474").collect();
        assert!(odd.is_empty() && !programme.cases[0].refused, "{odd:?}");
        let paid = effekt::documents::payment::known(&programme.cases[0].payments, day(as_of));
        let told = |paid: Paid| (paid.id.to_string(), paid.payment.amount.minor(), paid.payment.paid_on.to_string());
        paid.into_iter().map(told).collect()
    };
    let text = "recorded_on,contract,payment,document,amount,paid_on,revision,void\n\
                2025-06-13,a,p2,a-0001,700.5,2025-06-12,,\n\
                2025-06-01,a,p1,a-0001,12,2025-05-30,,\n\
                2025-06-20,a,p1,,,,,true\n\
                2025-06-13,a,p2,a-0001,700,2025-06-12,1,\n";
    let row = |id: &str, minor, on: &str| (id.to_owned(), minor, on.to_owned());
    assert_eq!(known(Some(text), "2025-06-12"), [row("p1", 12_00, "2025-05-30")]);
    assert_eq!(known(Some(text), "2025-06-13"), [row("p1", 12_00, "2025-05-30"), row("p2", 700_00, "2025-06-12")]);
    assert_eq!(known(Some(text), "2025-06-20"), [row("p2", 700_00, "2025-06-12")]);
    assert_eq!(known(None, "2025-06-20"), []);
}
