//! The keys of a charge: what it pays for, its prices, and what adjusts them.

use super::contract::{every, round};
use super::node::{Key, Node, count, decimal, flag, keys, maybe, text, texts};
use super::outcome::{anchor, length};
use crate::support::day::Day;
use crate::support::programme::*;

pub fn charge(charge: &Charge) -> Vec<Key> {
    let (kind, special) = match &charge.what {
        What::Fixed { dates: on, per } => {
            let per = match per {
                Per::Contract => None,
                Per::Company => text("company"),
                Per::Participant => text("participant"),
            };
            let (key, on) = dates(on);
            ("fixed", keys([(key, Some(on)), ("per", per)]))
        }
        What::Milestone(milestone) => ("milestone", milestone_keys(milestone)),
        What::Period { outcome, unit, min_days, prorate, by, max_units } => {
            let (outcome, unit) = (("outcome", text(outcome)), ("unit", Some(unit_node(*unit))));
            let (min_days, max_units) = (("min_days", count(*min_days)), ("max_units", count(*max_units)));
            let by = ("by", by.and_then(|by| text(tally(by))));
            ("period", keys([outcome, unit, min_days, ("prorate", flag(*prorate)), by, max_units]))
        }
        What::Measured { figure, times, dates: on, per_participant, cumulative } => {
            let (key, on) = dates(on);
            let times = (!times.is_empty()).then(|| texts(times));
            let (per, cumulative) = (of_participants(*per_participant), flag(*cumulative));
            let own =
                [("figure", text(figure)), (key, Some(on)), ("times", times), ("per", per), ("cumulative", cumulative)];
            ("measured", keys(own))
        }
    };
    let mut all = keys([("id", text(&charge.id)), ("type", text(kind)), ("clause", maybe(charge.clause.as_ref()))]);
    all.extend(special);
    all.extend((!charge.requires.is_empty()).then(|| ("requires", texts(&charge.requires))));
    all.extend(maybe(charge.variant.as_ref()).map(|variant| ("variant", variant)));
    all.extend(owed_by(charge.owed_back).map(|payee| ("owed_by", payee)));
    all.extend(charge.vat.as_ref().map(|treatment| ("vat", vat(treatment))));
    all.extend(charge.round.as_ref().map(|terms| ("round", round(terms))));
    all.extend(charge.delay.map(|terms| ("delay", Node::Inline(vec![delay(terms)]))));
    if !charge.payers.is_empty() {
        let payer = |payer: &ChargePayer| keys([("id", text(&payer.id)), ("share", Some(decimal(&payer.share)))]);
        all.push(("payers", Node::List(charge.payers.iter().map(|one| Node::Inline(payer(one))).collect())));
    }
    match &charge.price {
        Price::Amount(amount) => all.push(("amount", decimal(amount))),
        Price::Card(rates) => all.push(("rate", Node::Tables(rates.iter().map(rate).collect()))),
        Price::Each(each) => all.push(("each", decimal(each))),
        Price::Bands { pricing, bands } => {
            let pricing = pricing.map(|pricing| match pricing {
                Pricing::Level => "level",
                Pricing::Marginal => "marginal",
                Pricing::Whole => "whole",
            });
            all.extend(keys([("pricing", pricing.and_then(text))]));
            all.push(("band", Node::Tables(bands.iter().map(band).collect())));
        }
    }
    if !charge.adjust.is_empty() {
        all.push(("adjust", Node::Tables(charge.adjust.iter().map(adjust).collect())));
    }
    all
}

fn delay(delay: Delay) -> Key {
    match delay {
        Delay::Of(span) => length(span),
        Delay::Weekdays(days) => ("weekdays", Node::Number(days)),
        Delay::BankDays(days) => ("bank_days", Node::Number(days)),
    }
}

fn adjust(adjust: &Adjust) -> Vec<Key> {
    // A ratio stands in quotes.
    let by = adjust.by.as_ref().map(|by| match by {
        By::Factor(factor) => ("factor", Node::Text(factor.clone())),
        By::Index(index) => ("index", Node::Text(index.clone())),
    });
    let mut all: Vec<Key> = by.into_iter().collect();
    all.extend(when(&adjust.when));
    all.extend(adjust.round.as_ref().map(|terms| ("round", round(terms))));
    all
}

pub fn dates(dates: &Dates) -> Key {
    match dates {
        Dates::On(on) => ("on", days(on)),
        Dates::Every(length) => ("every", Node::Text(every(*length).into())),
        Dates::After { from, length: after } => {
            let mut all = anchor(from);
            all.extend(after.map(length));
            ("on", Node::Inline(all))
        }
    }
}

pub fn of_participants(per_participant: bool) -> Option<Node> {
    per_participant.then_some("participant").and_then(text)
}

fn days(days: &[Day]) -> Node {
    Node::List(days.iter().map(|day| Node::Date(*day)).collect())
}

fn band(band: &Band) -> Vec<Key> {
    let number = |text: &Option<String>| text.as_deref().map(decimal);
    keys([
        ("from", number(&band.from)),
        ("above", number(&band.above)),
        ("below", number(&band.below)),
        ("up_to", number(&band.up_to)),
        ("amount", number(&band.amount)),
        ("each", number(&band.each)),
        ("to_amount", number(&band.to_amount)),
        ("owed_by", owed_by(band.owed_back)),
    ])
}

fn milestone_keys(milestone: &Milestone) -> Vec<Key> {
    let mode = match milestone.mode {
        Mode::Continuous => "continuous",
        Mode::Cumulative => "cumulative",
        Mode::OnDay => "on-day",
    };
    let then = milestone.then.map(|then| {
        let every = Node::Inline(vec![length(then.every)]);
        Node::Inline(vec![("every", every), ("times", Node::Number(then.times))])
    });
    let after = match &milestone.after {
        After::Lasting(time) => length(*time),
        After::Tallied(of, amount) => (tally(*of), decimal(amount)),
    };
    keys([
        ("outcome", text(&milestone.outcome)),
        ("mode", text(mode)),
        ("after", Some(Node::Inline(vec![after]))),
        ("then", then),
        ("min_days", count(milestone.min_days)),
        ("within", milestone.within.map(|within| Node::Inline(vec![length(within)]))),
        ("repeat", count(milestone.repeat)),
    ])
}

fn unit_node(unit: Unit) -> Node {
    let name = match unit {
        Unit::Day => "day",
        Unit::Week => "week",
        Unit::Month => "month",
        Unit::Quarter => "quarter",
        Unit::HalfYear => "half-year",
        Unit::Year => "year",
        Unit::Weeks(n) => return Node::Inline(vec![("weeks", Node::Number(n))]),
    };
    Node::Text(name.into())
}

fn rate(rate: &Rate) -> Vec<Key> {
    let mut all = when(&rate.when);
    all.push(("amount", decimal(&rate.amount)));
    all
}

/// From a day, until another.
pub fn valid(from: Option<Day>, until: Option<Day>) -> Node {
    Node::Inline(keys([("from", from.map(Node::Date)), ("until", until.map(Node::Date))]))
}

fn when(rate: &When) -> Vec<Key> {
    let hours = rate.hours.as_ref().map(|(from, below)| {
        Node::Inline(keys([("from", from.as_deref().map(decimal)), ("below", below.as_deref().map(decimal))]))
    });
    let elapsed =
        rate.elapsed.map(|(from, below)| Node::Inline(keys([("from_month", count(from)), ("below_month", count(below))])));
    let steps = rate
        .steps
        .map(|(from, below)| Node::Inline(keys([("from", Some(Node::Number(from))), ("below", Some(Node::Number(below)))])));
    let valid = rate.valid.map(|(from, until)| valid(from, until));
    keys([
        ("kinds", rate.kinds.as_deref().map(texts)),
        ("target_groups", rate.target_groups.as_deref().map(texts)),
        ("traits", rate.traits.as_deref().map(texts)),
        ("hours", hours),
        ("elapsed", elapsed),
        ("steps", steps),
        ("valid", valid),
    ])
}

pub fn vat(vat: &Vat) -> Node {
    Node::Inline(match vat {
        Vat::Standard { percent } => keys([("treatment", text("standard")), ("percent", Some(decimal(percent)))]),
        Vat::Exempt { reason, code } => {
            keys([("treatment", text("exempt")), ("reason", text(reason)), ("code", maybe(code.as_ref()))])
        }
        Vat::OutsideScope { reason } => keys([("treatment", text("outside-scope")), ("reason", text(reason))]),
    })
}

fn owed_by(back: bool) -> Option<Node> {
    back.then_some("payee").and_then(text)
}

fn tally(tally: Tally) -> &'static str {
    match tally {
        Tally::Hours => "hours",
        Tally::Earnings => "earnings",
    }
}
