//! Documents as UBL: what is written says what the document says, to the øre, and the official rules take it.
//!
//! `EFFEKT_BLESS=1 cargo test --all-features --test ubl` records the files of `fixtures/documents` anew; look at the difference
//! before you commit it.

#![cfg(feature = "ubl")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

#[path = "documents/arbitrary.rs"]
mod arbitrary;
#[path = "documents/draft.rs"]
mod draft;
#[path = "documents/judge.rs"]
mod judge;
#[path = "documents/reading.rs"]
mod reading;
#[path = "documents/samples.rs"]
mod samples;

use effekt::Currency;
use effekt::charge::vat::Vat;
use effekt::documents::{Attachment, Document, Kind};
use effekt::formats::ubl::{Unwritable, oioubl, peppol};
use judge::Judge;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use reading::{Read, all, one, read};
use samples::{Sample, samples};
use std::fs;
use std::path::Path;

/// Holds what both formats say about money to the document, and to itself.
fn agrees(document: &Document, xml: &str, is_oioubl: bool) {
    let read = read(xml);
    let hundredths = |minor: i128| minor * 10_i128.pow(2 - document.currency.decimals());
    assert_eq!((&read.number, read.currency.as_str()), (&document.number, document.currency.code()));
    assert_eq!(read.lines.len(), document.lines.len());
    for (read, line) in read.lines.iter().zip(&document.lines) {
        assert_eq!((&read.name, read.quantity, read.price), (&line.name, line.quantity, line.price));
        assert_eq!((read.unit.as_str(), read.net), (line.unit.code(), hundredths(line.net.minor())));
        let product = read.quantity * read.price * rust_decimal::Decimal::ONE_HUNDRED;
        assert_eq!(product, rust_decimal::Decimal::from(read.net), "{}: quantity times price", read.name);
        assert_eq!(read.tax, is_oioubl.then(|| draft::tax(read.net, line.vat.percent())));
    }
    let cut: Vec<i128> = document.allowances.iter().map(|cut| hundredths(cut.amount.minor())).collect();
    assert_eq!(read.allowances.iter().map(|cut| cut.0).collect::<Vec<_>>(), cut);
    assert_eq!(read.allowance_total, (!cut.is_empty()).then(|| cut.iter().sum()));
    assert_eq!(read.line_total, read.lines.iter().map(|line| line.net).sum::<i128>());
    let net = read.line_total - cut.iter().sum::<i128>();
    assert_eq!((net, read.tax), (hundredths(document.net.minor()), hundredths(document.tax.minor())));
    assert_eq!(read.tax_exclusive, if is_oioubl { read.tax } else { net });
    assert_eq!((read.tax_inclusive, read.payable), (net + read.tax, hundredths(document.payable.minor())));
    assert_eq!(read.payable, net + read.tax);
    sums_agree(document, &read, is_oioubl);
}

/// Every sum by VAT is what stands in it, and its tax is exact.
fn sums_agree(document: &Document, read: &Read, is_oioubl: bool) {
    let category = |vat: &Vat| match (is_oioubl, vat) {
        (false, vat) => vat.category(),
        (true, Vat::Standard { .. }) => "StandardRated",
        (true, _) => "ZeroRated",
    };
    for (base, tax, name, rate) in &read.sums {
        let same = |vat: &Vat| category(vat) == name && vat.percent() == *rate;
        let lines = document.lines.iter().zip(&read.lines).filter(|(line, _)| same(&line.vat)).map(|(_, read)| read.net);
        let cut =
            document.allowances.iter().zip(&read.allowances).filter(|(cut, _)| same(&cut.vat)).map(|(_, read)| -read.0);
        assert_eq!(*base, lines.chain(cut).sum::<i128>(), "{name}");
        assert_eq!(*tax, draft::tax(*base, *rate), "{name}");
    }
    assert_eq!(read.sums.iter().map(|sum| sum.1).sum::<i128>(), read.tax);
    assert_eq!(read.sums.iter().map(|sum| sum.0).sum::<i128>() + read.tax, read.payable);
}

#[test]
fn what_is_written_is_what_the_document_says() {
    for Sample { document, attachments, .. } in samples() {
        agrees(&document, &peppol(&document, &attachments).unwrap(), false);
        agrees(&document, &oioubl(&document, &attachments).unwrap(), true);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn amounts_survive(document in arbitrary::document()) {
        agrees(&document, &peppol(&document, &[]).unwrap(), false);
        agrees(&document, &oioubl(&document, &[]).unwrap(), true);
    }

    #[test]
    fn texts_and_files_survive(text in arbitrary::text(), bytes in proptest::collection::vec(any::<u8>(), 1..60)) {
        let mut document = samples().remove(0).document;
        document.lines[0].description = Some(text.clone());
        document.seller.name.clone_from(&text);
        let file = Attachment { bytes: bytes.clone(), description: text.clone(), ..samples::csv("a") };
        for xml in [peppol(&document, std::slice::from_ref(&file)).unwrap(), oioubl(&document, &[file]).unwrap()] {
            let xml = roxmltree::Document::parse(&xml).unwrap();
            let root = xml.root_element();
            let line = all(root, "InvoiceLine")[0];
            prop_assert_eq!(&one(line, "Item/Description"), &text);
            prop_assert_eq!(&one(root, "AccountingSupplierParty/Party/PartyLegalEntity/RegistrationName"), &text);
            let file = one(root, "AdditionalDocumentReference/Attachment/EmbeddedDocumentBinaryObject");
            prop_assert_eq!(arbitrary::decoded(&file), bytes.clone());
        }
    }
}

#[test]
fn the_recorded_documents_are_what_is_written() {
    let recorded =
        ["invoice-standard", "invoice-mixed", "invoice-corrections", "credit-note-standard", "credit-note-outside-scope"];
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/documents");
    let mut found = 0;
    for Sample { name, document, attachments } in samples() {
        if !recorded.contains(&name) {
            continue;
        }
        let written = [peppol(&document, &attachments).unwrap(), oioubl(&document, &attachments).unwrap()];
        for (format, xml) in ["peppol", "oioubl"].into_iter().zip(written) {
            let path = folder.join(format!("{name}.{format}.xml"));
            if std::env::var_os("EFFEKT_BLESS").is_some() {
                fs::write(&path, &xml).unwrap();
            }
            assert!(fs::read_to_string(&path).unwrap() == xml, "{} differs", path.display());
            found += 1;
        }
    }
    assert_eq!(found, fs::read_dir(folder).unwrap().count() - 1, "a file is recorded that nothing writes");
}

#[test]
fn what_a_format_cannot_hold_is_refused() {
    let sample = || samples().remove(0).document;
    let wrong = |change: fn(&mut Document)| {
        let mut document = sample();
        change(&mut document);
        [peppol(&document, &[]), oioubl(&document, &[])].map(Result::unwrap_err)
    };
    let refused = wrong(|document| document.lines[1].name.push('\u{1}'));
    assert!(matches!(refused, [Unwritable::Character { .. }, Unwritable::Character { .. }]));
    assert_eq!(refused[0].to_string(), "'\\u{1}' in cbc:Name cannot be written in XML 1.0");
    assert!(wrong(|document| document.seller.name.clear()).iter().all(|refused| matches!(refused, Unwritable::Empty(_))));
    let refused = wrong(|document| document.currency = Currency::parse("TND").unwrap());
    assert!(refused.iter().all(|refused| matches!(refused, Unwritable::Decimals(_))));
    let refused = wrong(|document| "HER-123456789012".clone_into(&mut document.number));
    assert!(refused.iter().all(|refused| matches!(refused, Unwritable::PaymentId { .. })));
    let refused = wrong(|document| (document.buyer_reference, document.order) = (None, None));
    assert!(matches!(refused, [Unwritable::Reference, Unwritable::Reference]));
    let two = [draft::standard(), Vat::Standard { percent: draft::decimal("12.5") }];
    let lines = two.map(|vat| draft::line("Uge i job", "1", "100", vat)).to_vec();
    let two = draft::document(Kind::Invoice, "HER-0001", lines, Vec::new());
    assert!(matches!(oioubl(&two, &[]), Err(Unwritable::Rates)));
    agrees(&two, &peppol(&two, &[]).unwrap(), false);
}

#[test]
fn the_official_rules_take_every_sample() {
    let Some(judge) = Judge::find() else { return };
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, document: &Document, attachments: &[Attachment]| {
        fs::write(folder.path().join(format!("{name}.peppol.xml")), peppol(document, attachments).unwrap()).unwrap();
        fs::write(folder.path().join(format!("{name}.oioubl.xml")), oioubl(document, attachments).unwrap()).unwrap();
    };
    samples().iter().for_each(|sample| write(sample.name, &sample.document, &sample.attachments));
    let mut runner = TestRunner::deterministic();
    for nth in 0..60 {
        let document = arbitrary::document().new_tree(&mut runner).unwrap().current();
        write(&format!("random-{nth:02}"), &document, &[]);
    }
    let verdict = judge.ask(folder.path());
    assert_eq!(verdict.status, Some(0), "{}", verdict.said);
    assert_eq!(verdict.said.lines().filter(|line| line.starts_with("OK ")).count(), 2 * (samples().len() + 60));
}
