//! What a run writes, as values: `settlements.csv` and `postings.csv`, of documents `documents.csv` and
//! `document-postings.csv`, and how two are compared.

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Output {
    pub settlements: Vec<SettlementRow>,
    pub postings: Vec<PostingRow>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct SettlementRow {
    pub contract: String,
    pub settlement: u32,
    pub first_day: String,
    pub last_day: String,
    pub cut_off: String,
    pub total: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct PostingRow {
    pub contract: String,
    pub settlement: u32,
    pub charge: String,
    pub subject: String,
    pub unit: String,
    /// `earning` or `correction`
    pub posting: String,
    pub earned_on: String,
    pub quantity: String,
    pub rate: String,
    pub amount: String,
    /// The number of a settlement, or empty.
    pub corrects: String,
    pub cut: String,
    pub cut_by: String,
}

impl SettlementRow {
    pub fn text(&self) -> String {
        let SettlementRow { contract, settlement, first_day, last_day, cut_off, total } = self;
        format!("{contract},{settlement},{first_day},{last_day},{cut_off},{total}")
    }
}

impl PostingRow {
    pub fn text(&self) -> String {
        let PostingRow { contract, settlement, charge, subject, unit, posting, earned_on, .. } = self;
        let PostingRow { quantity, rate, amount, corrects, cut, cut_by, .. } = self;
        format!(
            "{contract},{settlement},{charge},{subject},{unit},{posting},{earned_on},{quantity},{rate},{amount},\
             {corrects},{cut},{cut_by}"
        )
    }
}

impl Output {
    fn lines(&self) -> Vec<String> {
        let settlements = self.settlements.iter().map(|row| format!("settlement {}", row.text()));
        settlements.chain(self.postings.iter().map(|row| format!("posting {}", row.text()))).collect()
    }

    /// All columns and the order of the rows must agree; what does not is told line by line.
    pub fn differences(&self, other: &Output, ours: &str, theirs: &str) -> Vec<String> {
        if self == other { Vec::new() } else { unlike(&self.lines(), &other.lines(), ours, theirs) }
    }
}

/// What `invoice` lists of its documents: `documents.csv` and `document-postings.csv`, but for the columns `line` and
/// `company`, which say how a document is set out and not what it says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Documents {
    pub documents: Vec<DocumentRow>,
    pub postings: Vec<DocumentPostingRow>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DocumentRow {
    pub contract: String,
    pub settlement: u32,
    pub document: String,
    /// `invoice` or `credit-note`
    pub kind: String,
    pub payer: String,
    pub issued_on: String,
    pub due_on: String,
    pub currency: String,
    pub net: String,
    pub vat: String,
    pub payable: String,
    /// The numbers of documents with blanks between, or empty.
    pub corrects: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct DocumentPostingRow {
    pub contract: String,
    pub document: String,
    pub payer: String,
    pub settlement: u32,
    pub charge: String,
    pub subject: String,
    pub unit: String,
    pub posting: String,
    pub earned_on: String,
    pub quantity: String,
    pub rate: String,
    /// The posting's amount, of all payers together.
    pub posted: String,
    /// This payer's part.
    pub amount: String,
    pub cut: String,
    pub cut_by: String,
    /// `S`, `E` or `O`
    pub vat: String,
    pub corrects: String,
}

impl DocumentRow {
    pub fn text(&self) -> String {
        let DocumentRow { contract, settlement, document, kind, payer, issued_on, due_on, .. } = self;
        let DocumentRow { currency, net, vat, payable, corrects, .. } = self;
        format!(
            "{contract},{settlement},{document},{kind},{payer},{issued_on},{due_on},{currency},{net},{vat},{payable},{corrects}"
        )
    }
}

impl DocumentPostingRow {
    pub fn text(&self) -> String {
        let DocumentPostingRow { contract, document, payer, settlement, charge, subject, unit, posting, .. } = self;
        let DocumentPostingRow { earned_on, quantity, rate, posted, amount, cut, cut_by, vat, corrects, .. } = self;
        format!(
            "{contract},{document},{payer},{settlement},{charge},{subject},{unit},{posting},{earned_on},{quantity},{rate},\
             {posted},{amount},{cut},{cut_by},{vat},{corrects}"
        )
    }
}

impl Documents {
    fn lines(&self) -> Vec<String> {
        let documents = self.documents.iter().map(|row| format!("document {}", row.text()));
        documents.chain(self.postings.iter().map(|row| format!("posting {}", row.text()))).collect()
    }

    /// As `Output::differences`.
    pub fn differences(&self, other: &Documents, ours: &str, theirs: &str) -> Vec<String> {
        if self == other { Vec::new() } else { unlike(&self.lines(), &other.lines(), ours, theirs) }
    }
}

/// What differs between two lists of lines, line by line.
fn unlike(here: &[String], there: &[String], ours: &str, theirs: &str) -> Vec<String> {
    let mut told = Vec::new();
    for line in here.iter().filter(|line| !there.contains(line)) {
        told.push(format!("only {ours}: {line}"));
    }
    for line in there.iter().filter(|line| !here.contains(line)) {
        told.push(format!("only {theirs}: {line}"));
    }
    if told.is_empty() {
        told.push(format!("the same rows in another order: {ours} {here:#?} {theirs} {there:#?}"));
    }
    told
}
