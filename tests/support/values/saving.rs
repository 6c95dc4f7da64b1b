//! What a municipality saves as the library's values.

use super::{at, count, day, decimal, id, ids, length, open, p};
use effekt::facts::benefit::{Benefit, Pay};
use effekt::figure::reckoned::{Cost, Rate, Reckoned};
use effekt::figure::refund::{Reset, Step, Valid};
use effekt::figure::{Among, Saved, Saving, Window};
use effekt::measure::ratio::Ratio;

pub fn reckoned(terms: &p::Saving) -> Reckoned {
    Reckoned {
        during: length(terms.during),
        months_to_weeks: terms.months_to_weeks.as_deref().map(|text| Ratio::parse(text).unwrap()),
        own_amounts: terms.amounts_of_rows,
        supported_kinds: terms.supported_kinds.as_deref().map(ids).unwrap_or_default(),
        reset: terms.reset.map(|reset| Reset { weeks: count(reset.weeks), within_months: count(reset.within_months) }),
        refund: terms.refunds.iter().map(step).collect(),
        rates: terms.rates.iter().map(rate).collect(),
        costs: terms.costs.iter().map(cost).collect(),
    }
}

fn valid(terms: p::Valid) -> Option<Valid> {
    terms.map(|(from, until)| Valid { from: at(from.unwrap()), until: until.map(at) })
}

fn step(terms: &p::Refund) -> Step {
    let (from, below) = terms.weeks.unwrap_or((None, None));
    Step {
        from: from.map_or(1, count),
        below: below.map(count),
        valid: valid(terms.valid),
        share: Ratio::parse(&terms.share).unwrap(),
        source: terms.source.clone(),
    }
}

fn pay(terms: &p::Pays) -> Pay {
    match terms {
        p::Pays::Weekly(amount) => Pay::Weekly(decimal(amount)),
        p::Pays::Monthly(amount) => Pay::Monthly(decimal(amount)),
    }
}

fn rate(terms: &p::BenefitRate) -> Rate {
    let (benefit, valid) = (id(&terms.benefit), valid(terms.valid));
    Rate { benefit, valid, pay: pay(&terms.amount), source: terms.source.clone() }
}

fn cost(terms: &p::Cost) -> Cost {
    let (kinds, valid, refunded) = (ids(&terms.kinds), valid(terms.valid), terms.refunded);
    Cost { kinds, valid, pay: pay(&terms.amount), refunded, source: terms.source.clone() }
}

pub fn figure(of: p::Saved, (among, window, per_participant): (Among, Window, bool)) -> Saving {
    let of = match of {
        p::Saved::Net => Saved::Net,
        p::Saved::Gross => Saved::Gross,
        p::Saved::Weeks => Saved::Weeks,
    };
    Saving { of, among, window, per_participant }
}

pub fn benefit(row: &p::BenefitRow) -> Benefit {
    let weekly = (!row.weekly.is_empty()).then(|| Pay::Weekly(decimal(&row.weekly)));
    let monthly = (!row.monthly.is_empty()).then(|| Pay::Monthly(decimal(&row.monthly)));
    Benefit {
        participant: id(&row.participant),
        kind: id(&row.kind),
        first_day: day(&row.first_day),
        last_day: open(&row.last_day),
        amount: weekly.or(monthly),
        clock: (!row.clock.is_empty()).then(|| row.clock.parse().unwrap()),
    }
}
