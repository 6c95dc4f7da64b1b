//! When a document is to be paid (rule 11.3).

use crate::contract::invoicing::DueDay;
use crate::measure::bank_days;
use crate::measure::day::Day;

/// The due date: `payment_days` after the day of issue (rule 11.3), moved if the contract says so and Danish banks are closed
/// then. A moved date is never earlier than the day of issue.
#[must_use]
pub fn due(issued: Day, payment_days: u32, rule: DueDay) -> Day {
    let day = issued.plus_days(i64::from(payment_days));
    match rule {
        DueDay::Stays => day,
        DueDay::Next => bank_days::next_open(day),
        DueDay::Previous => bank_days::previous_open(day).max(issued),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_due_date_moves_as_the_contract_says() {
        let day = |text: &str| Day::parse(text).unwrap();
        let cases = [
            // An ordinary Tuesday.
            ("2025-12-07", 30, "2026-01-06", "2026-01-06", "2026-01-06"),
            // Saturday.
            ("2025-12-11", 30, "2026-01-10", "2026-01-12", "2026-01-09"),
            // Maundy Thursday to Easter Monday.
            ("2026-03-03", 30, "2026-04-02", "2026-04-07", "2026-04-01"),
            // 24 December, a Thursday, to Sunday 27 December.
            ("2026-11-24", 30, "2026-12-24", "2026-12-28", "2026-12-23"),
            // New Year's Eve to Sunday 3 January.
            ("2026-12-01", 30, "2026-12-31", "2027-01-04", "2026-12-30"),
            // Store Bededag, up to 2023 only.
            ("2023-04-05", 30, "2023-05-05", "2023-05-08", "2023-05-04"),
            ("2024-03-27", 30, "2024-04-26", "2024-04-26", "2024-04-26"),
            // At once, on a Sunday: never before it is issued.
            ("2026-01-11", 0, "2026-01-11", "2026-01-12", "2026-01-11"),
        ];
        for (issued, days, stays, next, previous) in cases {
            assert_eq!(due(day(issued), days, DueDay::Stays), day(stays), "{issued}");
            assert_eq!(due(day(issued), days, DueDay::Next), day(next), "{issued}");
            assert_eq!(due(day(issued), days, DueDay::Previous), day(previous), "{issued}");
        }
    }
}
