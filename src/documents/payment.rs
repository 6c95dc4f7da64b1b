//! What was paid, as it was reported: a fact with versions like the others (rule 3.1). Payments change no settlement.

use crate::facts::{Fact, History};
use crate::measure::day::Day;
use crate::measure::id::Id;
use crate::measure::money::Money;

/// A payment of one document. On an invoice it comes in; on a credit note it is a refund and goes out. So a credit note that is set
/// off against an invoice is two payments on one day, one of each document: no money moves, and both are settled.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Payment {
    /// The number of the document.
    pub document: Id,
    /// How much, never below zero (rule 2.3).
    pub amount: Money,
    /// The day on which it was paid.
    pub paid_on: Day,
}

impl Fact for Payment {
    const FILE: &'static str = "payments.csv";
    const NAME: &'static str = "payment";
}

/// A payment as known on a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Paid {
    /// Its id.
    pub id: Id,
    /// The line of its row, 0 if it comes from no file.
    pub line: u32,
    /// What the row says.
    pub payment: Payment,
}

/// The payments made by a day, as known on it (rule 3.2), by day and id.
#[must_use]
pub fn known(history: &History<Payment>, as_of: Day) -> Vec<Paid> {
    let known = (0..history.len()).filter_map(|nth| history.known(nth, as_of));
    let mut paid: Vec<Paid> = known
        .filter(|(_, payment)| payment.paid_on <= as_of)
        .map(|(row, payment)| Paid { id: row.id.clone(), line: row.line, payment: payment.clone() })
        .collect();
    paid.sort_by(|a, b| (a.payment.paid_on, &a.id).cmp(&(b.payment.paid_on, &b.id)));
    paid
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::Row;

    #[test]
    fn a_later_row_replaces_a_payment_and_a_void_one_withdraws_it() {
        let day = |text: &str| Day::parse(text).unwrap();
        let row = |id: &str, recorded: &str, paid: Option<(&str, i64)>| Row {
            fact: paid.map(|(on, minor)| Payment {
                document: Id::name("A-0001"),
                amount: Money::from_minor(minor),
                paid_on: day(on),
            }),
            ..Row::new(
                Id::name(id),
                day(recorded),
                Payment { document: Id::name("-"), amount: Money::ZERO, paid_on: day(recorded) },
            )
        };
        let rows = vec![
            row("b", "2020-02-01", Some(("2020-02-01", 5))),
            row("a", "2020-03-01", Some(("2020-02-02", 7))),
            row("a", "2020-04-01", Some(("2020-01-31", 8))),
            row("b", "2020-05-01", None),
        ];
        let history = History::new(rows).unwrap();
        let sums = |on: &str| known(&history, day(on)).iter().map(|paid| paid.payment.amount.minor()).collect::<Vec<_>>();
        assert_eq!(sums("2020-01-31"), [0_i64; 0]);
        assert_eq!(sums("2020-02-15"), [5]);
        assert_eq!(sums("2020-03-01"), [5, 7]);
        assert_eq!(sums("2020-04-01"), [8, 5]);
        assert_eq!(sums("2020-05-01"), [8]);
    }
}
