//! The books as a plain-text journal that hledger and ledger read, strictly: currency, accounts, payees and tags are declared
//! before they are used. The journals of several contracts may stand in one file.

use crate::contract::Contract;
use crate::documents::journal::{Entry, Tag};
use crate::measure::money::{Currency, Total};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Writes a contract's entries, which come by day. The last booking on each account of what a payer owes states the balance: no
/// other book knows these accounts, so it holds wherever the text is included.
#[must_use]
pub fn write(contract: &Contract, entries: &[Entry]) -> String {
    let mut text = format!("; {}\n", line(contract.title.as_deref().unwrap_or(contract.id.as_str())));
    declare(&mut text, contract.currency, entries);
    let below = format!("{}:", contract.bookkeeping.receivable);
    let asserted = |account: &str| account.starts_with(&below) && account.ends_with(&format!(":{}", contract.id));
    // The place of each account's last booking, and the balance there.
    let mut last: BTreeMap<&str, ((usize, usize), Total)> = BTreeMap::new();
    for (nth, entry) in entries.iter().enumerate() {
        for (at, booking) in entry.bookings.iter().enumerate().filter(|(_, booking)| asserted(&booking.account)) {
            let (place, balance) = last.entry(&booking.account).or_default();
            (*place, *balance) = ((nth, at), *balance + booking.amount);
        }
    }
    for (nth, entry) in entries.iter().enumerate() {
        let _ = write!(text, "\n{} ({}) {}\n", entry.date, entry.document, line(&entry.payer));
        tags(&mut text, &entry.tags);
        let wide = entry.bookings.iter().map(|booking| booking.account.chars().count()).max().unwrap_or_default();
        for (at, booking) in entry.bookings.iter().enumerate() {
            let _ = write!(text, "    {:wide$}  {:>16}", booking.account, amount(booking.amount, contract.currency));
            if let Some((_, balance)) = last.get(booking.account.as_str()).filter(|(place, _)| *place == (nth, at)) {
                let _ = write!(text, " = {}", amount(*balance, contract.currency));
            }
            text.push('\n');
            tags(&mut text, &booking.tags);
        }
    }
    text
}

/// The declarations, each once.
fn declare(text: &mut String, currency: Currency, entries: &[Entry]) {
    let code = currency.code();
    let _ = writeln!(text, "\ncommodity {code}");
    // A format without decimals is written in one way for hledger and in another for ledger; both do without it.
    if currency.decimals() > 0 {
        let _ = writeln!(text, "    format 1000.{} {code}", "0".repeat(currency.decimals() as usize));
    }
    let bookings = || entries.iter().flat_map(|entry| &entry.bookings);
    let accounts: BTreeSet<String> = bookings().map(|booking| booking.account.clone()).collect();
    let payees: BTreeSet<String> = entries.iter().map(|entry| line(&entry.payer)).collect();
    let of_bookings = bookings().flat_map(|booking| &booking.tags);
    let tags = entries.iter().flat_map(|entry| &entry.tags).chain(of_bookings).map(|tag| tag_name(&tag.name)).collect();
    let declared: [(&str, BTreeSet<String>); 3] = [("account", accounts), ("payee", payees), ("tag", tags)];
    for (what, names) in declared.iter().flat_map(|(what, names)| names.iter().map(move |name| (what, name))) {
        let _ = writeln!(text, "{what} {names}");
    }
}

fn tags(text: &mut String, tags: &[Tag]) {
    for tag in tags {
        // A comma would end the value, and what stands in brackets may be taken for a day.
        let value = line(&tag.value.replace([',', '[', ']'], " "));
        let _ = writeln!(text, "    ; {}: {value}", tag_name(&tag.name));
    }
}

/// A tag's name; `date` would be the day of a booking.
fn tag_name(name: &str) -> String {
    if matches!(name, "date" | "date2") { format!("{name}-") } else { name.to_owned() }
}

fn amount(amount: Total, currency: Currency) -> String {
    format!("{} {}", amount.display(currency), currency.code())
}

/// A text on one line, without what begins a comment or divides a payee from a note.
fn line(text: &str) -> String {
    let kept: String = text.chars().map(|c| if c.is_control() || matches!(c, ';' | '|') { ' ' } else { c }).collect();
    kept.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_break_the_text() {
        assert_eq!(line("Herning\nKommune ; | x"), "Herning Kommune x");
    }
}
