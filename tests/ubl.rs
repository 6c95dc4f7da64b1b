//! Documents as UBL: what is written says what the document says, to the øre, and the official rules take it.
//!
//! `EFFEKT_BLESS=1 cargo test --all-features --test ubl` records the files of `fixtures/documents` anew; look at the difference
//! before you commit it.

#![cfg(feature = "ubl")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

#[path = "documents/agreement.rs"]
mod agreement;
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

use agreement::{Format, adds_up, said};
use effekt::Currency;
use effekt::charge::vat::Vat;
use effekt::documents::{Attachment, Document, Kind};
use effekt::formats::ubl::{Unwritable, oioubl, peppol};
use judge::Judge;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use reading::{all, one, read};
use samples::{Sample, samples};
use std::fs;
use std::path::Path;

/// A document in both formats.
fn both(document: &Document, attachments: &[Attachment]) -> [(Format, String); 2] {
    let written = [peppol(document, attachments), oioubl(document, attachments)].map(Result::unwrap);
    let [one, other] = written;
    [(Format::Peppol, one), (Format::Oioubl, other)]
}

/// Holds what a document says in XML to the document, and to itself.
fn agrees(document: &Document, format: Format, xml: &str) {
    let read = read(xml);
    assert_eq!(read, said(document, format));
    adds_up(&read);
}

#[test]
fn what_is_written_is_what_the_document_says() {
    for Sample { document, attachments, .. } in samples() {
        both(&document, &attachments).iter().for_each(|(format, xml)| agrees(&document, *format, xml));
    }
}

/// Every figure that is written is read and compared: no two documents that differ in one of them read alike.
#[test]
fn no_figure_goes_unread() {
    let mut changed = 0;
    for Sample { document, attachments, .. } in samples() {
        for (_, xml) in both(&document, &attachments) {
            let tree = roxmltree::Document::parse(&xml).unwrap();
            let is_figure = |node: &roxmltree::Node| {
                let named = ["currencyID", "unitCode"].iter().any(|name| node.attribute(*name).is_some());
                named || node.tag_name().name() == "Percent"
            };
            for node in tree.descendants().filter(is_figure) {
                let place = node.first_child().unwrap().range();
                let sign = usize::from(xml[place.clone()].starts_with('-'));
                let more = format!("{}1{}", &xml[..place.start + sign], &xml[place.start + sign..]);
                assert_ne!(read(&more), read(&xml), "{:?} at {place:?} of {}", node.tag_name(), document.number);
                changed += 1;
            }
        }
    }
    assert!(changed > 600, "only {changed} figures were found");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn amounts_survive(document in arbitrary::document()) {
        both(&document, &[]).iter().for_each(|(format, xml)| agrees(&document, *format, xml));
    }

    #[test]
    fn texts_and_files_survive(text in arbitrary::text(), bytes in proptest::collection::vec(any::<u8>(), 1..60)) {
        let mut document = samples().remove(0).document;
        document.lines[0].description = Some(text.clone());
        document.seller.name.clone_from(&text);
        let file = Attachment { bytes: bytes.clone(), description: text.clone(), ..samples::csv("a") };
        for (_, xml) in both(&document, &[file]) {
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
        for (format, xml) in both(&document, &attachments) {
            let path = folder.join(file(name, format));
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
    agrees(&two, Format::Peppol, &peppol(&two, &[]).unwrap());
}

fn file(name: &str, format: Format) -> String {
    format!("{name}.{format:?}.xml").to_lowercase()
}

#[test]
fn the_official_rules_take_every_sample() {
    let Some(judge) = Judge::find() else { return };
    let folder = tempfile::tempdir().unwrap();
    let mut count = 0;
    let mut write = |name: &str, document: &Document, attachments: &[Attachment]| {
        for (format, xml) in both(document, attachments) {
            fs::write(folder.path().join(file(name, format)), xml).unwrap();
            count += 1;
        }
    };
    samples().iter().for_each(|sample| write(sample.name, &sample.document, &sample.attachments));
    let mut runner = TestRunner::deterministic();
    for nth in 0..60 {
        let document = arbitrary::document().new_tree(&mut runner).unwrap().current();
        write(&format!("random-{nth:02}"), &document, &[]);
    }
    let verdict = judge.ask(folder.path());
    assert_eq!(verdict.status, Some(0), "{}", verdict.said);
    assert_eq!(verdict.said.lines().filter(|line| line.starts_with("OK ")).count(), count);
}

/// A sample, a format, what is put in the place of what, and the official rule that is then broken.
type Seam = (&'static str, Format, &'static str, &'static str, &'static str);

/// Documents that are wrong in one thing each, of which `effekt` writes none.
const SEAMS: [Seam; 21] = [
    ("invoice-standard", Format::Peppol, "Code>93<", "Code>30<", "DK-R-005"),
    ("invoice-standard", Format::Peppol, ">71#1", ">71#", "DK-R-011"),
    ("invoice-standard", Format::Peppol, ">89990000<", ">8999000<", "DK-R-010"),
    ("invoice-standard", Format::Peppol, "schemeID=\"0088\"", "schemeID=\"0184\"", "PEPPOL-COMMON-R042"),
    ("invoice-standard", Format::Peppol, ">5790001353858<", ">5790001353859<", "PEPPOL-COMMON-R040"),
    ("invoice-standard", Format::Peppol, "text/csv", "application/json", "PEPPOL-EN16931-CL001"),
    ("invoice-standard", Format::Peppol, ">28875.00<", ">28875.001<", "BR-DEC-20"),
    ("invoice-standard", Format::Peppol, ">2017-10-02<", ">2017-09-30<", "PEPPOL-EN16931-R110"),
    ("invoice-standard", Format::Peppol, ">4500012345<", "><", "PEPPOL-EN16931-R008"),
    ("invoice-exempt", Format::Peppol, "AllowanceTotalAmount", "ChargeTotalAmount", "BR-CO-13"),
    ("invoice-exempt", Format::Peppol, "<cbc:ID>E</cbc:ID>", "<cbc:ID>O</cbc:ID>", "BR-O-02"),
    (
        "invoice-outside-scope",
        Format::Peppol,
        "<cbc:ID>O</cbc:ID>",
        "<cbc:ID>O</cbc:ID><cbc:Percent>0</cbc:Percent>",
        "BR-O-05",
    ),
    ("invoice-outside-scope", Format::Peppol, ">0012345678<", "><", "DK-R-006"),
    (
        "credit-note-standard",
        Format::Peppol,
        "<cbc:CreditNoteTypeCode",
        "<cbc:DueDate>2018-03-01</cbc:DueDate><cbc:CreditNoteTypeCode",
        "XSD",
    ),
    ("credit-note-standard", Format::Peppol, ">5625.63<", ">-5625.63<", "DK-R-016"),
    ("invoice-standard", Format::Oioubl, ">DK13748136<", ">13748136<", "F-LIB180"),
    ("invoice-standard", Format::Oioubl, "<cbc:ID>Jobcenter Herning, att. Anne Holm</cbc:ID>", "", "F-INV051"),
    ("invoice-standard", Format::Oioubl, ">123000000000010<", ">12300000000010<", "F-LIB156"),
    (
        "invoice-standard",
        Format::Oioubl,
        "TaxExclusiveAmount currencyID=\"DKK\">28875.00",
        "TaxExclusiveAmount currencyID=\"DKK\">115500.00",
        "F-INV127",
    ),
    ("invoice-exempt", Format::Oioubl, ">ZeroRated<", ">Exempt<", "F-LIB309"),
    ("credit-note-standard", Format::Oioubl, ">5625.63<", ">5625.64<", "F-CRN079"),
];

#[test]
fn the_official_rules_refuse_what_is_wrong() {
    let Some(judge) = Judge::find() else { return };
    let folder = tempfile::tempdir().unwrap();
    let samples = samples();
    for (nth, (name, format, right, wrong, _)) in SEAMS.iter().enumerate() {
        let sample = samples.iter().find(|sample| sample.name == *name).unwrap();
        let written = both(&sample.document, &sample.attachments);
        let (_, xml) = written.iter().find(|(written, _)| written == format).unwrap();
        assert!(xml.contains(right), "{name} has no {right}");
        fs::write(folder.path().join(format!("{nth:02}.xml")), xml.replace(right, wrong)).unwrap();
    }
    let verdict = judge.ask(folder.path());
    assert_eq!(verdict.status, Some(1), "{}", verdict.said);
    let mut unbroken = String::new();
    for (nth, (name, format, right, wrong, rule)) in SEAMS.iter().enumerate() {
        let found = verdict.about(&format!("{nth:02}.xml"));
        if !found.contains(rule) {
            unbroken += &format!("{name}, {format:?}: {wrong} for {right} does not break {rule}:\n{found}\n");
        }
    }
    assert!(unbroken.is_empty(), "{unbroken}");
}
