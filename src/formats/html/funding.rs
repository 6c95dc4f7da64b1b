//! The page of a funding: where each funder stands, and how each krone of the last distribution was shared (investors 6).

use super::words::{Text, texts};
use crate::explain::Lang;
use crate::explain::pen::{Dates, Pen};
use crate::explain::say;
use crate::formats::output::Refused;
use crate::investors::{Distribution, Entry, Funding, Kind, Position, Receipt, positions};
use crate::measure::cpr;
use crate::measure::day::Day;
use crate::measure::id::Id;
use crate::measure::money::Money;
use askama::Template;

#[derive(Template)]
#[template(path = "funding.html")]
struct Page<'p> {
    t: &'static Text,
    id: String,
    title: String,
    as_of: String,
    currency: String,
    sentences: Vec<String>,
    positions: Vec<Vec<String>>,
    sums: Vec<String>,
    last: Option<Last>,
    made: Vec<[String; 5]>,
    tiers: Vec<String>,
    refused: &'p [Refused],
    made_by: String,
}

/// The last distribution.
struct Last {
    title: String,
    receipts: Vec<[String; 4]>,
    entries: Vec<[String; 5]>,
    received: String,
    carried_before: Option<String>,
    carried: Option<String>,
}

/// A funding and its distributions as an HTML page, complete in itself.
///
/// # Errors
/// None that a template without a fault could give.
pub fn funding(
    funding: &Funding,
    made: &[Distribution],
    refused: &[Refused],
    as_of: Day,
    lang: Lang,
) -> Result<String, askama::Error> {
    let w = Pages { funding, pen: Pen { lang, currency: funding.currency, dates: Dates::Written }, t: texts(lang) };
    let after = positions(funding, made).pop().unwrap_or_default();
    let row = |made: &Distribution| {
        let date = w.pen.full_date(made.on);
        [made.number.to_string(), date, w.bare(made.received()), w.bare(made.given()), w.bare(made.carried)]
    };
    let page = Page {
        t: w.t,
        id: funding.id.to_string(),
        title: cpr::redact(funding.title.as_deref().unwrap_or(funding.id.as_str())),
        as_of: w.pen.full_date(as_of),
        currency: funding.currency.code().to_owned(),
        sentences: w.sentences(made, &after),
        positions: after.iter().map(|position| w.position(position)).collect(),
        sums: w.sums(&after),
        last: made.last().map(|made| w.last(made)),
        made: made.iter().map(row).collect(),
        tiers: funding.tiers.iter().map(|tier| tier.id.to_string()).collect(),
        refused,
        made_by: say(w.t.funding_made_by, &[env!("CARGO_PKG_VERSION"), &w.pen.full_date(as_of)]),
    };
    page.render()
}

/// Writes about one funding in one language.
struct Pages<'f> {
    funding: &'f Funding,
    pen: Pen,
    t: &'static Text,
}

impl Pages<'_> {
    /// An amount of a table whose head names the currency.
    fn bare(&self, amount: Money) -> String {
        self.pen.digits(&amount.display(self.funding.currency).to_string())
    }

    fn money(&self, amount: Money) -> String {
        self.pen.money(&amount.display(self.funding.currency))
    }

    /// A sentence; `kr.` ends it by itself.
    fn say(&self, template: &str, fill: &[&str]) -> String {
        say(template, fill).replace("kr..", "kr.")
    }

    fn funder(&self, id: Option<&Id>) -> String {
        let Some(id) = id else { return self.t.the_fund.to_owned() };
        let name = self.funding.funder(id).and_then(|funder| funder.name.as_deref());
        cpr::redact(name.unwrap_or(id.as_str()))
    }

    fn sentences(&self, made: &[Distribution], after: &[Position]) -> Vec<String> {
        let Some(last) = made.last() else { return vec![self.t.nothing_distributed.to_owned()] };
        let sum = |of: &dyn Fn(&Position) -> Money| self.money(after.iter().fold(Money::ZERO, |sum, one| sum + of(one)));
        let received = self.money(made.iter().fold(Money::ZERO, |sum, one| sum + one.received()));
        let mut sentences = vec![
            self.say(self.t.received_in_all, &[&received, &made.len().to_string()]),
            self.say(self.t.principal_in_all, &[&sum(&|one| one.principal), &sum(&|one| one.outstanding)]),
        ];
        if last.carried < Money::ZERO {
            sentences.push(self.say(self.t.carried_why, &[&self.money(last.carried.size())]));
        }
        sentences
    }

    fn position(&self, one: &Position) -> Vec<String> {
        let multiple = one.multiple().map(|multiple| self.pen.digits(&multiple.to_string())).unwrap_or_default();
        let amounts = [one.paid_in, one.principal, one.gained, one.guaranteed, one.surplus, one.outstanding];
        let name = std::iter::once(self.funder(Some(&one.funder)));
        name.chain(amounts.map(|amount| self.bare(amount))).chain([multiple]).collect()
    }

    fn sums(&self, after: &[Position]) -> Vec<String> {
        let of: [fn(&Position) -> Money; 6] =
            [|p| p.paid_in, |p| p.principal, |p| p.gained, |p| p.guaranteed, |p| p.surplus, |p| p.outstanding];
        of.map(|of| self.bare(after.iter().fold(Money::ZERO, |sum, one| sum + of(one)))).to_vec()
    }

    fn last(&self, made: &Distribution) -> Last {
        let carried = |amount: Money| (amount < Money::ZERO).then(|| self.bare(amount));
        let receipt = |receipt: &Receipt| {
            let number = receipt.settlement.to_string();
            [receipt.contract.to_string(), number, self.bare(receipt.total), self.bare(receipt.amount)]
        };
        Last {
            title: self.say(self.t.distribution_of, &[&made.number.to_string(), &self.pen.full_date(made.on)]),
            receipts: made.receipts.iter().map(receipt).collect(),
            entries: made.entries.iter().map(|entry| self.entry(entry)).collect(),
            received: self.bare(made.received()),
            carried_before: carried(made.carried_before),
            carried: carried(made.carried),
        }
    }

    fn entry(&self, entry: &Entry) -> [String; 5] {
        let kind = match entry.kind {
            Kind::Principal => self.t.kind_principal,
            Kind::Return => self.t.kind_return,
            Kind::Guarantee => self.t.kind_guarantee,
            Kind::Surplus => self.t.kind_surplus,
        };
        let tier = entry.tier.as_ref().map(Id::to_string).unwrap_or_default();
        let outstanding = entry.funder.as_ref().map(|_| self.bare(entry.outstanding)).unwrap_or_default();
        [tier, kind.to_owned(), self.funder(entry.funder.as_ref()), self.bare(entry.amount), outstanding]
    }
}
