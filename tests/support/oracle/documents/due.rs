//! Rule 11.3: the due date.

use super::issued_on;
use crate::support::day::Day;
use crate::support::oracle::banks::{closed, weekend};
use crate::support::oracle::{Law, Misreading, Situation};
use crate::support::output::SettlementRow;
use crate::support::programme::{Contract, Due};

/// So many days after the issue date; then, if the contract says so, the nearest day on which banks are open. Nothing is
/// due before it is issued: the rule is silent there, and a date in the past would be no date to pay on.
pub fn on(law: &Law, contract: &Contract, settlement: &SettlementRow) -> Day {
    let days = contract.settlement.payment_days.unwrap_or(30);
    let from = if law.reads(Misreading::DueFromThePeriodsEnd) {
        Day::parse(&settlement.last_day).unwrap()
    } else {
        issued_on(law, settlement)
    };
    let mut day = from.plus(days);
    let step = match contract.invoicing.as_ref().unwrap().due.unwrap_or(Due::Stays) {
        Due::Stays => return day,
        _ if law.reads(Misreading::DueAlwaysStays) => return day,
        Due::Previous if !law.reads(Misreading::DueAlwaysForward) => -1,
        Due::Next | Due::Previous => 1,
    };
    while closed(law, day) {
        law.saw(Situation::DueMoved);
        law.saw_if(!weekend(day), Situation::DueOnAHoliday);
        day = day.plus(step);
    }
    law.saw_if(day < from, Situation::DueOnTheIssueDate);
    if law.reads(Misreading::DueBeforeItIsIssued) { day } else { day.max(from) }
}
