//! Documents that between them use everything that a document can say.

use super::draft::*;
use effekt::charge::vat::Vat;
use effekt::contract::party::PayTo;
use effekt::documents::line::LineUnit;
use effekt::documents::{Attachment, Document, Kind, Line};
use effekt::{Currency, Day, Id};
use rust_decimal::Decimal;

/// A document, the files that go with it, and what it is called here.
pub struct Sample {
    pub name: &'static str,
    pub document: Document,
    pub attachments: Vec<Attachment>,
}

pub fn csv(number: &str) -> Attachment {
    Attachment {
        name: format!("{number}.csv"),
        mime: "text/csv",
        description: "Grundlag: posteringer. SHA-256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"
            .to_owned(),
        bytes: "contract,document,line\nvsb-herning,HER-0001,1\n".as_bytes().to_vec(),
    }
}

/// All of them.
pub fn samples() -> Vec<Sample> {
    invoices().into_iter().chain(odd_invoices()).chain(credit_notes()).collect()
}

fn sample(name: &'static str, document: Document) -> Sample {
    Sample { name, document, attachments: Vec::new() }
}

fn weeks(vat: Vat) -> Line {
    let line = line("Uge i ordinært job", "37", "1500.00", vat);
    let description = Some("§ 6.3: hver uge med mindst 4 dage i job".to_owned());
    Line { unit: LineUnit::Week, earned: Some(days("2017-10-02", "2017-12-31")), description, ..line }
}

fn steps(vat: Vat) -> Line {
    Line { charge: Id::new("retention").unwrap(), ..line("Fastholdelse i 13 uger", "4", "15000", vat) }
}

fn invoices() -> Vec<Sample> {
    let mut full = document(Kind::Invoice, "HER-0001", vec![weeks(standard()), steps(standard())], Vec::new());
    full.title = Some("Vækst med Social Bundlinje – Herning".to_owned());
    full.order = Some("4500012345".to_owned());
    full.account = Some("5605120100-01-22".to_owned());
    full.pay_to = Some(fik("123"));
    full.seller.contact = Some(contact("Økonomi", "70 12 34 56", "faktura@fonden.example"));
    full.buyer.contact = Some(contact("Anne Holm", "", "anne.holm@kommune.example"));
    let full = Sample { name: "invoice-standard", document: full, attachments: vec![csv("HER-0001")] };

    let caps = vec![allowance("per-participant", "Loft pr. deltager", "12500.50", exempt())];
    let mut exempted = document(Kind::Invoice, "HER-0002", vec![weeks(exempt()), steps(exempt())], caps);
    exempted.pay_to = Some(iban());

    let caps = vec![
        allowance("per-participant", "Loft pr. deltager", "12500.50", outside()),
        allowance("total", "Kontraktens loft", "0.01", outside()),
    ];
    let mut out = document(Kind::Invoice, "HER-0003", vec![weeks(outside()), steps(outside())], caps);
    out.pay_to = Some(account());

    let caps = vec![
        allowance("total", "Kontraktens loft", "1000", standard()),
        allowance("total", "Kontraktens loft", "250.25", exempt()),
    ];
    let fee = line("Administration", "1", "9999.99", standard());
    let mut mixed = document(Kind::Invoice, "HER-0004", vec![fee, weeks(exempt())], caps);
    mixed.pay_to = Some(PayTo::NemKonto);

    vec![full, sample("invoice-exempt", exempted), sample("invoice-outside-scope", out), sample("invoice-mixed", mixed)]
}

fn odd_invoices() -> Vec<Sample> {
    let both = vec![
        line("Uge i job", "1", "1500", standard()),
        line("Rettelse: uge i job", "-1", "1500", standard()),
        Line { of: Some("-".to_owned()), ..line("Rettelse: trin", "1", "0", standard()) },
    ];
    let mut zero = document(Kind::Invoice, "HER-0005", both, Vec::new());
    zero.pay_to = Some(fik(""));

    let back = Line {
        note: Some("Retter HER-0001 og HER-0004".to_owned()),
        corrects: vec!["HER-0001".to_owned(), "HER-0004".to_owned()],
        earned: Some(days("2017-04-03", "2017-09-24")),
        ..line("Rettelse: uge i job", "-1", "4500.50", exempt())
    };
    let mut corrected = document(Kind::Invoice, "HER-0006", vec![weeks(exempt()), back], Vec::new());
    corrected.corrects = vec![reference("HER-0001", "2017-07-30"), reference("HER-0004", "2017-10-30")];
    corrected.seller.gln = Some("5798009811578".to_owned());

    let odd = Line {
        description: Some("Rød grød & fløde <\"æøå\"> 'ÆØÅ' – 100 €".to_owned()),
        of: Some("bageriet-ærø".to_owned()),
        ..line("Uge i job & <oplæring>", "2", "1500", standard())
    };
    let mut letters = document(Kind::Invoice, "Å.Ø_Æ-0007", vec![odd], Vec::new());
    letters.title = Some("<Title> & \"mere\" ]]>".to_owned());
    letters.seller.name = "Møller & Sønner <A/S>".to_owned();
    letters.buyer_reference = Some("J&B".to_owned());
    letters.pay_to = Some(account());
    let pdf =
        Attachment { name: "bilag 2 & 3.pdf".to_owned(), mime: "application/pdf", bytes: (0..=255).collect(), ..csv("") };
    let letters = Sample { name: "invoice-letters", document: letters, attachments: vec![csv("HER-0007"), pdf] };

    let one = Vat::Exempt { reason: "Undervisning, § 13, stk. 1, nr. 3".to_owned(), code: None };
    let reasons = document(Kind::Invoice, "HER-0008", vec![weeks(exempt()), steps(one)], Vec::new());

    vec![
        sample("invoice-zero", zero),
        sample("invoice-corrections", corrected),
        letters,
        sample("invoice-two-reasons", reasons),
        sample("invoice-units-and-prices", units_and_prices()),
        sample("invoice-half-an-oere", half()),
        sample("invoice-without-decimals", krona()),
    ]
}

/// Every unit, prices and quantities with many decimals, and periods within and across the document's.
fn units_and_prices() -> Document {
    let unit = |unit, line| Line { unit, ..line };
    let lines = vec![
        unit(LineUnit::Day, line("Dag i job", "800", "100.12345", standard())),
        unit(LineUnit::Month, line("Måned i job", "0.5", "1000.02", standard())),
        unit(LineUnit::Week, line("Uge i job", "100", "0.0001", standard())),
        Line { earned: Some(days("2017-09-30", "2017-12-31")), ..line("Trin", "3", "12000.10", standard()) },
        Line { earned: Some(days("2017-12-31", "2017-12-31")), ..line("Tilslutning", "1", "99999999.99", standard()) },
    ];
    let mut document = document(Kind::Invoice, "HER-0009", lines, Vec::new());
    document.pay_to = Some(fik("12345678"));
    document.due = Day::parse("2018-02-28").unwrap();
    document
}

/// A tax of half an øre, and lines whose own taxes do not add up to it.
fn half() -> Document {
    let lines = ["0.02", "0.02", "0.02", "0.04"].map(|price| line("Øre", "1", price, standard()));
    document(Kind::Invoice, "HER-0010", lines.to_vec(), Vec::new())
}

/// A currency without a minor unit.
fn krona() -> Document {
    let mut document = document(Kind::Invoice, "HER-0011", vec![line("Uge i job", "3", "0.05", outside())], Vec::new());
    document.currency = Currency::parse("ISK").unwrap();
    document.lines.iter_mut().for_each(|line| line.price *= Decimal::ONE_HUNDRED);
    document
}

fn credit_notes() -> Vec<Sample> {
    let back = |vat: Vat| Line {
        note: Some("Retter HER-0001".to_owned()),
        corrects: vec!["HER-0001".to_owned()],
        ..line("Rettelse: uge i job", "1", "4500.50", vat)
    };
    let credit = |number, lines| {
        let mut document = document(Kind::CreditNote, number, lines, Vec::new());
        document.corrects = vec![reference("HER-0001", "2017-10-30")];
        document
    };
    let mut taxed = credit("HER-0012", vec![back(standard())]);
    taxed.order = Some("4500012345".to_owned());
    taxed.account = Some("5605120100-01-22".to_owned());
    taxed.title = Some("Vækst med Social Bundlinje – Herning".to_owned());
    taxed.seller.contact = Some(contact("", "70 12 34 56", ""));
    taxed.buyer.contact = Some(contact("Anne Holm", "96 28 28 28", "anne.holm@kommune.example"));
    taxed.pay_to = Some(account());
    let taxed = Sample { name: "credit-note-standard", document: taxed, attachments: vec![csv("HER-0012")] };

    let mut exempted = credit("HER-0013", vec![back(exempt()), line("Uge i job", "-2", "1500", exempt())]);
    exempted.corrects.push(reference("HER-0002", "2018-01-30"));
    exempted.pay_to = Some(iban());

    let mut out = credit("HER-0014", vec![back(outside())]);
    out.pay_to = Some(PayTo::NemKonto);
    out.seller.gln = Some("5798009811578".to_owned());

    let mut mixed = credit("HER-0015", vec![back(standard()), back(exempt())]);
    mixed.pay_to = Some(fik("123"));

    let bare = credit("HER-0016", vec![back(standard())]);
    vec![
        taxed,
        sample("credit-note-exempt", exempted),
        sample("credit-note-outside-scope", out),
        sample("credit-note-mixed", mixed),
        sample("credit-note-bare", bare),
    ]
}
