//! Delays (mechanisms 7.3): how long they may be, and whether what they put off is still settled.

use super::Findings;
use crate::charge::{Charge, Delay, Mechanism};
use crate::contract::calendar::Calendar;
use crate::contract::terms::Contract;
use crate::measure::diagnostic::Code;

/// The most days, weekdays, bank days or months.
const MOST: u32 = 3660;

pub(super) fn check(contract: &Contract, path: &str, charge: &Charge, found: &mut Findings) {
    let Some(delay) = charge.delay else { return };
    let path = format!("{path}.delay");
    let (Delay::Days(count) | Delay::Weekdays(count) | Delay::BankDays(count) | Delay::Months(count)) = delay;
    if !(1..=MOST).contains(&count) {
        let message = format!("`delay` is {count}");
        found.say(Code::CountRange, &path, message).help(format!("it is 1 to {MOST}, or is left out"));
        return;
    }
    // The last day that can be an own day, and the last day that is settled.
    let own = match &charge.mechanism {
        Mechanism::Fixed(fixed) if fixed.dates.are_own() => Some(contract.ends),
        Mechanism::Fixed(fixed) => fixed.dates.until(contract.term(), contract.ends).into_iter().max(),
        Mechanism::Measured(measured) => {
            measured.dates.until(contract.term(), Calendar::with_tail(contract).last).into_iter().max()
        }
        Mechanism::Milestone(_) | Mechanism::Period(_) => Some(contract.ends),
    };
    let last = Calendar::new(contract).last().map(|period| period.days.last);
    let (Some(own), Some(last)) = (own, last) else { return };
    let earned_on = delay.after(own);
    if earned_on > last && contract.starts <= contract.ends {
        let message = format!(
            "what falls due on {own} would be earned on {earned_on}, after the last settlement period, which ends on {last}: it is never paid"
        );
        let help = "raise `tail_periods`, so that a settlement comes after it";
        let finding = found.say(Code::DelayedPastEnd, &path, message).help(help);
        finding.rests("starts").rests("ends").rests("settlement").rests(path.replace(".delay", ".on"));
    }
}
