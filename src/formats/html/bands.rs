//! The bands of a measured charge, in short (mechanisms 5.3).

use super::writer::Writer;
use crate::charge::band::{Band, Edge, Pricing, Rise};
use crate::charge::{OwedBy, Scale};

/// What each band is worth and which values lie in it, as rates and conditions.
pub(super) fn bands(w: &Writer<'_>, scale: &Scale) -> Vec<(String, String)> {
    scale.bands.iter().map(|band| (worth(w, band), values(w, band))).collect()
}

/// How the bands are read together.
pub(super) fn reading(w: &Writer<'_>, pricing: Pricing) -> &'static str {
    match pricing {
        Pricing::Level => w.t.bands_level,
        Pricing::Whole => w.t.bands_whole,
        Pricing::Marginal => w.t.bands_marginal,
    }
}

fn worth(w: &Writer<'_>, band: &Band) -> String {
    let amount = w.pen.number(band.amount);
    let size = match band.rise {
        Rise::None => amount,
        Rise::Each(each) if band.amount.is_zero() => w.say(w.t.for_each_1, &[&w.pen.number(each)]),
        Rise::Each(each) => format!("{amount} + {}", w.say(w.t.for_each_1, &[&w.pen.number(each)])),
        Rise::To(to) => w.say(w.t.in_a_line, &[&amount, &w.pen.number(to)]),
    };
    owed(w, band.owed_by, size)
}

/// With who owes it, where that is the payee.
pub(super) fn owed(w: &Writer<'_>, owed_by: OwedBy, text: String) -> String {
    match owed_by {
        OwedBy::Payers => text,
        OwedBy::Payee => w.say(w.t.by_payee, &[&text]),
    }
}

fn values(w: &Writer<'_>, band: &Band) -> String {
    let edge = |edge: Option<Edge>, within: &'static str, without: &'static str| {
        edge.map(|edge| w.say(if edge.within { within } else { without }, &[&w.pen.number(edge.at)]))
    };
    let ends = [edge(band.lower, w.t.value_from, w.t.value_above), edge(band.upper, w.t.value_up_to, w.t.value_below)];
    let ends: Vec<String> = ends.into_iter().flatten().collect();
    if ends.is_empty() { w.t.always.to_owned() } else { ends.join(", ") }
}
