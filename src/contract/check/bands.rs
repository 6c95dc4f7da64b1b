//! The bands of a measured charge (mechanisms 5.3, 14.3).

use super::Findings;
use crate::charge::band::{Band, Edge, Pricing, Rise};
use crate::charge::{Measured, OwedBy};
use crate::contract::terms::Contract;
use crate::figure::Form;
use crate::measure::diagnostic::Code;
use crate::measure::ratio::Ratio;

pub(super) fn check(contract: &Contract, path: &str, terms: &Measured, owed_by: OwedBy, found: &mut Findings) {
    let bands = &terms.scale.bands;
    if bands.is_empty() {
        let help = "add a row, or an `each` in its place";
        found.say(Code::EmptyList, &format!("{path}.band"), "the charge has no bands").help(help);
        return;
    }
    let before = found.0.len();
    for (nth, band) in bands.iter().enumerate() {
        lines(&format!("{path}.band[{nth}]"), band, terms.scale.pricing, owed_by, found);
    }
    for (nth, (band, next)) in bands.iter().zip(bands.iter().skip(1)).enumerate() {
        order(&format!("{path}.band[{}]", nth + 1), band, next, nth + 1, found);
    }
    if found.0.len() == before {
        holes(contract, path, terms, found);
    }
    for finding in found.0.iter_mut().skip(before) {
        finding.rests(format!("{path}.band")).rests(format!("{path}.pricing")).rests(format!("{path}.owed_by"));
    }
}

/// One band by itself.
fn lines(path: &str, band: &Band, pricing: Pricing, charge: OwedBy, found: &mut Findings) {
    if let (Some(lower), Some(upper)) = (band.lower, band.upper) {
        let one = lower.at == upper.at && lower.within && upper.within;
        if lower.at > upper.at || (lower.at == upper.at && !one) {
            let message = format!("no value lies in the band from {} to {}", lower.at, upper.at);
            let help = "its upper edge is above its lower one";
            found.say(Code::BandOrder, path, message).help(help);
        }
    }
    if band.owed_by == OwedBy::Payee && (pricing == Pricing::Marginal || charge == OwedBy::Payee) {
        let message = match pricing {
            Pricing::Marginal => {
                "a marginal band prices a part of the value, so that no single band says who owes the whole"
            }
            Pricing::Level | Pricing::Whole => "the charge itself is owed by the payee, and so are all its bands",
        };
        let help = "write `owed_by` on the charge, or on bands of a charge with `pricing` \"level\" or \"whole\"";
        found.say(Code::BandOwedBy, &format!("{path}.owed_by"), message).help(help);
    }
    if let Rise::To(_) = band.rise {
        let width = band.lower.zip(band.upper).is_some_and(|(lower, upper)| lower.at < upper.at);
        if pricing != Pricing::Level {
            let message = "a straight line to `to_amount` is drawn with `pricing = \"level\"` only";
            let help = "write `each` in its place, or leave `pricing` out";
            found.say(Code::BandLine, &format!("{path}.to_amount"), message).help(help);
        } else if !width {
            let message = "a straight line to `to_amount` needs two edges";
            let help = "add the edge that is missing: `from` or `above`, and `below` or `up_to`";
            found.say(Code::BandLine, &format!("{path}.to_amount"), message).help(help);
        }
    }
}

/// A band and the one after it.
fn order(path: &str, band: &Band, next: &Band, nth: usize, found: &mut Findings) {
    let message = match (band.upper, next.lower) {
        (Some(upper), Some(lower)) if upper.at < lower.at => return,
        (Some(upper), Some(lower)) if upper.at == lower.at && !(upper.within && lower.within) => return,
        (Some(upper), Some(lower)) if upper.at == lower.at => {
            format!("the value {} lies in this band and in band {nth} above it", lower.at)
        }
        (None, _) => format!("band {nth} above it has no upper edge, so that this band overlaps it"),
        (_, None) => format!("the band has no lower edge, so that it overlaps band {nth} above it"),
        _ => format!("the band begins below the end of band {nth} above it"),
    };
    let help = "bands rise and do not overlap: each begins where the one above it ends, with `below` and `from`, or `up_to` and `above`";
    found.say(Code::BandOrder, path, message).help(help);
}

/// Values that the figure can have and that no band prices.
fn holes(contract: &Contract, path: &str, terms: &Measured, found: &mut Findings) {
    let bands = &terms.scale.bands;
    let mut say = |path: String, message: String| {
        let help = "if nothing is paid there, say so by a band with `amount = 0`";
        found.say(Code::BandHole, &path, message).help(help).rests("figure");
    };
    if let Some((_, figure)) = contract.figure(&terms.figure)
        && let Form::Value(value) = &figure.form
    {
        if !bands.iter().any(|band| band.holds(value.value)) {
            say(format!("{path}.figure"), format!("no band prices the value {}", value.value));
        }
        return;
    }
    let (Some(first), Some(last)) = (bands.first(), bands.last()) else { return };
    if let Some(lower) = first.lower.filter(|edge| Ratio::of(edge.at) > Ratio::ZERO || !edge.within) {
        let values = if lower.within { "below" } else { "up to" };
        say(format!("{path}.band[0]"), format!("no band prices values {values} {}", lower.at));
    }
    for (nth, (band, next)) in bands.iter().zip(bands.iter().skip(1)).enumerate() {
        let (Some(upper), Some(lower)) = (band.upper, next.lower) else { continue };
        if upper.at != lower.at {
            say(format!("{path}.band[{}]", nth + 1), format!("no band prices values between {} and {}", upper.at, lower.at));
        } else if !touch(upper, lower) {
            say(format!("{path}.band[{}]", nth + 1), format!("no band prices the value {}", upper.at));
        }
    }
    if let Some(upper) = last.upper {
        let values = if upper.within { "above" } else { "from" };
        let on = if upper.within { "" } else { " on" };
        say(format!("{path}.band[{}]", bands.len() - 1), format!("no band prices values {values} {}{on}", upper.at));
    }
}

/// Whether the value at which two bands meet lies in one of them.
fn touch(upper: Edge, lower: Edge) -> bool {
    upper.within || lower.within
}
