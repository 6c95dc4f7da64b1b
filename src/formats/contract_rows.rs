//! Rows that concern a contract as a whole: suspensions, and checks of samples (mechanisms 12).

use super::header::{Column, empty, filled};
use super::hints;
use super::rows::{Cells, FromRow};
use crate::charge::Mechanism;
use crate::charge::fixed::FixedPer;
use crate::facts::validation::Checked;
use crate::facts::{Suspension, Validation};
use crate::measure::diagnostic::{Code, quote};
use crate::measure::id::Id;

impl FromRow for Suspension {
    const COLUMNS: &'static [Column] = &[
        filled("contract"),
        filled("suspension"),
        filled("first_day"),
        empty("last_day"),
        empty("reason"),
        filled("recorded_on"),
        empty("revision"),
        empty("void"),
    ];
    const OPTIONAL: bool = true;

    fn read(cells: &mut Cells<'_>) -> Option<Suspension> {
        let first_day = cells.day(2);
        let last_day = cells.maybe_day(3);
        cells.in_order((2, first_day), (3, last_day));
        Some(Suspension { first_day: first_day?, last_day, reason: cells.text(4) })
    }
}

impl FromRow for Validation {
    const COLUMNS: &'static [Column] = &[
        filled("contract"),
        filled("check"),
        filled("sample"),
        filled("charge"),
        filled("subject"),
        filled("unit"),
        filled("result"),
        filled("recorded_on"),
        empty("revision"),
        empty("void"),
    ];
    const OPTIONAL: bool = true;

    fn read(cells: &mut Cells<'_>) -> Option<Validation> {
        let (sample, charge) = (cells.id(2), cells.id(3));
        let whose = charge.as_ref().and_then(|charge| checked(cells, charge));
        let subject = match cells.maybe(4) {
            Some("-") => Some(Checked::Contract),
            _ => cells.id(4).map(|id| if whose == Some(true) { Checked::Company(id) } else { Checked::Participant(id) }),
        };
        cells.filled(5);
        let unit = cells.text(5);
        let valid = match cells.filled(6) {
            Some("valid") => Some(true),
            Some("invalid") => Some(false),
            Some(other) => {
                let message = format!("{} is no result of a check", quote(other));
                cells.report(Code::CheckResult, 6, &message, "it is `valid` or `invalid`");
                None
            }
            None => None,
        };
        Some(Validation { sample: sample?, charge: charge?, subject: subject?, unit: unit?, valid: valid? })
    }
}

/// Whether the keys of a checked charge are companies'; it has to be one of the contract's, in any version.
fn checked(cells: &mut Cells<'_>, id: &Id) -> Option<bool> {
    // Without the contract its charges are not known.
    let terms = cells.terms?;
    let mut charges = terms.all().flat_map(|version| &version.charges);
    let Some(charge) = charges.find(|charge| charge.id == *id) else {
        let known = || terms.all().flat_map(|version| &version.charges).map(|charge| charge.id.as_str());
        let help = hints::did_you_mean(id.as_str(), known())
            .unwrap_or_else(|| format!("its charges are {}", hints::listed(known(), "and")));
        cells.report(Code::UnknownCheckedCharge, 3, &format!("the contract has no charge {}", quote(id.as_str())), &help);
        return None;
    };
    Some(matches!(&charge.mechanism, Mechanism::Fixed(fixed) if fixed.per == FixedPer::Company))
}
