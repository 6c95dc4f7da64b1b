//! Dates that participants have for themselves (mechanisms 3.5).

use super::{Findings, outcome};
use crate::charge::{Charge, Dates};
use crate::contract::terms::Contract;
use crate::measure::diagnostic::Code;

/// Dates that each participant has for itself (mechanisms 3.5).
pub(super) fn own_dates(contract: &Contract, path: &str, charge: &Charge, dates: &Dates, found: &mut Findings) {
    outcome::milestone_step(contract, &format!("{path}.on"), "no date", dates.follows(), found);
    if matches!(dates, Dates::After(_)) && charge.is_the_contracts() {
        let message = "dates that are counted from something of a participant need participants";
        let help = "add `per = \"participant\"`, or write the dates as a list";
        found.say(Code::OwnDates, &format!("{path}.on"), message).help(help).rests(format!("{path}.per"));
    }
}
