//! What a settlement run writes, as values: `settlements.csv` and `postings.csv`, and how two are compared.

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
        if self == other {
            return Vec::new();
        }
        let (here, there) = (self.lines(), other.lines());
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
}
