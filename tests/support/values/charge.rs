//! Charges as the library's values.

use super::{count, dates, day, days, decimal, grid, id, ids, length, money, p, rounding};
use effekt::Currency;
use effekt::charge::{
    Charge, ChargePayer, Fixed, Measured, Mechanism, Milestone, OwedBy, Period, RateCard, RateRow, Requirement,
    adjust::{Adjust, By},
    band::{Band, Edge, Pricing, Rise, Scale},
    conditions::{Conditions, ElapsedBand, HoursBand, StepBand},
    delay::Delay,
    fixed::FixedPer,
    index::Index,
    milestone::{Mode, Then},
    period::Pay,
};
use effekt::measure::grid::Grid;
use effekt::measure::money::{Round, Rounding};
use effekt::measure::ratio::Ratio;
use effekt::timeline::payroll::Tallied;
use effekt::timeline::tally::Needed;
use rust_decimal::Decimal;

pub fn charge(terms: &p::Charge, currency: Currency) -> Charge {
    let mechanism = match &terms.what {
        p::What::Fixed { dates: terms, per } => Mechanism::Fixed(Fixed {
            dates: dates(terms),
            per: match per {
                p::Per::Contract => FixedPer::Contract,
                p::Per::Company => FixedPer::Company,
                p::Per::Participant => FixedPer::Participant,
            },
        }),
        p::What::Milestone(terms) => Mechanism::Milestone(Milestone {
            outcome: id(&terms.outcome),
            mode: match terms.mode {
                p::Mode::Cumulative => Mode::Cumulative,
                p::Mode::Continuous => Mode::Continuous,
                p::Mode::OnDay => Mode::OnDay,
            },
            after: match &terms.after {
                p::After::Lasting(time) => length(*time).into(),
                p::After::Tallied(of, amount) => Needed::Sum(tally(*of), decimal(amount)),
            },
            then: terms.then.map(|then| Then { every: length(then.every), times: count(then.times) }),
            repeat: count(terms.repeat.unwrap_or(0)),
            within: terms.within.map(length),
            min_days: terms.min_days.map(count),
        }),
        p::What::Period { outcome, unit, min_days, prorate, by, max_units } => Mechanism::Period(Period {
            outcome: id(outcome),
            unit: match unit {
                p::Unit::Day => Grid::Day,
                p::Unit::Week => Grid::Week,
                p::Unit::Month => Grid::Month,
                p::Unit::Quarter => Grid::Quarter,
                p::Unit::HalfYear => Grid::HalfYear,
                p::Unit::Year => Grid::Year,
                p::Unit::Weeks(n) => Grid::pieces(u16::try_from(*n).unwrap()),
            },
            pay: match by {
                Some(of) => Pay::By(tally(*of)),
                None if *prorate => Pay::Prorated,
                None => Pay::Full { min_days: count(min_days.unwrap_or(1)) },
            },
            max_units: max_units.map(count),
        }),
        p::What::Measured { figure, times, dates: terms_of, per_participant, cumulative } => Mechanism::Measured(Measured {
            figure: id(figure),
            scale: scale(&terms.price),
            times: ids(times),
            dates: dates(terms_of),
            per_participant: *per_participant,
            cumulative: *cumulative,
        }),
    };
    let rates = match &terms.price {
        p::Price::Amount(amount) => RateCard::flat(decimal(amount)),
        p::Price::Card(rows) => RateCard { rows: rows.iter().map(rate).collect() },
        p::Price::Each(_) | p::Price::Bands { .. } => match &mechanism {
            Mechanism::Measured(terms) => terms.rates(),
            other => panic!("{other:?} has no bands"),
        },
    };
    Charge {
        id: id(&terms.id),
        clause: terms.clause.clone(),
        rates,
        mechanism,
        owed_by: owed_by(terms.owed_back),
        adjust: terms.adjust.iter().map(|terms| adjust(terms, currency)).collect(),
        round: terms.round.as_ref().map(|terms| round(terms, currency)),
        delay: terms.delay.map(delay),
        payers: (!terms.payers.is_empty()).then(|| terms.payers.iter().map(charge_payer).collect()),
        requires: terms.requires.iter().map(|name| requirement(name)).collect(),
        variant: terms.variant.as_deref().map(id),
        text: None,
        vat: None,
        account: None,
    }
}

fn requirement(name: &str) -> Requirement {
    let (charge, step) = name.split_once('/').map_or((name, None), |(charge, step)| (charge, Some(step)));
    let number = |step: &str| step.trim_start_matches("step-").parse().unwrap();
    Requirement { charge: id(charge), step: step.map(number) }
}

fn rate(terms: &p::Rate) -> RateRow {
    RateRow { amount: decimal(&terms.amount), when: when(&terms.when) }
}

fn adjust(terms: &p::Adjust, currency: Currency) -> Adjust {
    let by = terms.by.as_ref().map(|by| match by {
        p::By::Factor(factor) => By::Factor(Ratio::parse(factor).unwrap()),
        p::By::Index(index) => By::Index(id(index)),
    });
    Adjust { by, when: when(&terms.when), round: terms.round.as_ref().map(|terms| round(terms, currency)) }
}

fn delay(terms: p::Delay) -> Delay {
    match terms {
        p::Delay::Of(p::Length::Days(n)) => Delay::Days(count(n)),
        p::Delay::Of(p::Length::Weeks(n)) => Delay::Days(7 * count(n)),
        p::Delay::Of(p::Length::Months(n)) => Delay::Months(count(n)),
        p::Delay::Weekdays(n) => Delay::Weekdays(count(n)),
        p::Delay::BankDays(n) => Delay::BankDays(count(n)),
    }
}

fn charge_payer(terms: &p::ChargePayer) -> ChargePayer {
    ChargePayer { id: id(&terms.id), share: decimal(&terms.share) }
}

pub fn index(terms: &p::Index) -> Index {
    Index {
        id: id(&terms.id),
        metric: id(&terms.metric),
        base: Grid::Month.cell(day(&format!("{}-01", terms.base))),
        every: grid(terms.every),
        lag_months: count(terms.lag_months.unwrap_or(0)),
    }
}

fn when(terms: &p::When) -> Conditions {
    Conditions {
        kinds: terms.kinds.as_deref().map(ids),
        target_groups: terms.target_groups.as_deref().map(ids),
        traits: terms.traits.as_deref().map(ids),
        steps: terms.steps.map(|(from, below)| StepBand { from: count(from), below: count(below) }),
        hours: terms.hours.as_ref().map(|(from, below)| HoursBand {
            from: from.as_deref().map(decimal).unwrap_or_default(),
            below: below.as_deref().map_or(Decimal::MAX, decimal),
        }),
        elapsed: terms.elapsed.map(|(from, below)| ElapsedBand {
            from_month: from.map_or(0, count),
            below_month: below.map_or(u32::MAX, count),
        }),
        valid: terms.valid.map(days),
    }
}

fn scale(price: &p::Price) -> Scale {
    match price {
        p::Price::Each(each) => Scale::each(decimal(each)),
        p::Price::Bands { pricing, bands } => Scale {
            pricing: match pricing {
                None | Some(p::Pricing::Level) => Pricing::Level,
                Some(p::Pricing::Marginal) => Pricing::Marginal,
                Some(p::Pricing::Whole) => Pricing::Whole,
            },
            bands: bands.iter().map(band).collect(),
        },
        p::Price::Amount(_) | p::Price::Card(_) => panic!("a measured charge has bands, or an `each`"),
    }
}

fn band(terms: &p::Band) -> Band {
    let edge = |inside: &Option<String>, outside: &Option<String>| {
        let edge = |text: &str, within: bool| Edge { at: decimal(text), within };
        let inside = inside.as_deref().map(|text| edge(text, true));
        inside.or(outside.as_deref().map(|text| edge(text, false)))
    };
    let rise = match (&terms.each, &terms.to_amount) {
        (Some(each), _) => Rise::Each(decimal(each)),
        (None, Some(to)) => Rise::To(decimal(to)),
        (None, None) => Rise::None,
    };
    Band {
        lower: edge(&terms.from, &terms.above),
        upper: edge(&terms.up_to, &terms.below),
        amount: terms.amount.as_deref().map(decimal).unwrap_or_default(),
        rise,
        owed_by: owed_by(terms.owed_back),
    }
}

fn tally(of: p::Tally) -> Tallied {
    match of {
        p::Tally::Hours => Tallied::Hours,
        p::Tally::Earnings => Tallied::Earnings,
    }
}

fn owed_by(back: bool) -> OwedBy {
    if back { OwedBy::Payee } else { OwedBy::Payers }
}

/// Without `to` it is the minor unit.
fn round(terms: &p::Round, currency: Currency) -> Round {
    let minor = Round::minor(Rounding::Up).to;
    Round { to: terms.to.as_deref().map_or(minor, |to| money(to, currency)), mode: terms.mode.map(rounding) }
}
