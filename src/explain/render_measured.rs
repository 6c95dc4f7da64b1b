//! What a figure is worth in words: where it stands, the bands, the arithmetic (mechanisms 5.3).

use super::added::AddedTold;
use super::fraction::Fraction;
use super::page::Page;
use super::placed::PlacedTold;
use super::reckoning::{BandTold, CountedFrom, FigureTold, HowTold, MeasuredSheet};
use super::render_price::{adjustment, conditions, verdict};
use super::render_row::source;
use super::words::Phrase;
use super::{render_goal, render_places, render_saving};
use crate::charge::Conditions;
use crate::charge::band::{Band, Pricing, Rise};
use crate::figure::{Among, By};
use crate::measure::day::{Day, Span};
use crate::timeline::outcome::{Anchor, Length};

/// The arithmetic of one date.
pub(super) fn measured(page: &mut Page, indent: usize, sheet: &MeasuredSheet) {
    counted_from(page, indent, sheet.counted_from.as_ref(), sheet.date);
    sheet.figures.iter().for_each(|told| figure(page, indent, told));
    for told in &sheet.bands {
        let (values, worth) = (values(page, &told.band), worth(page, &told.band));
        page.put(indent, Phrase::BandTold, &[&told.number.to_string(), &told.of.to_string(), &values, &worth]);
    }
    if let Some(price) = &sheet.price {
        sum(page, indent, sheet, price);
        if price.is_below_0() {
            page.put(indent, Phrase::BelowNothing, &[]);
        } else {
            product(page, indent, sheet, price);
            sheet.adjusted.iter().for_each(|told| adjustment(page, indent, told));
        }
    }
    verdict(page, indent, &sheet.verdict, 0);
    if let Some(risen) = &sheet.risen {
        let (price, amount) = (page.money(&risen.price), page.money(&risen.amount));
        match &risen.before {
            Some((on, before)) => {
                let (on, before) = (page.day(*on), page.money(before));
                page.put(indent, Phrase::Risen, &[&price, &on, &before, &amount]);
            }
            None => page.put(indent, Phrase::RisenFirst, &[&price]),
        }
    }
}

/// From what a date of the participant's own is counted (mechanisms 3.5).
pub(super) fn counted_from(page: &mut Page, indent: usize, from: Option<&CountedFrom>, date: Day) {
    let Some(CountedFrom { from, on, length }) = from else { return };
    let (on, date) = (page.day(*on), page.day(date));
    let what = match from {
        Anchor::Enrolment | Anchor::FirstDay => page.say(Phrase::SinceEnrolment, &[&on]),
        Anchor::Placement => page.say(Phrase::SincePlacement, &[&on]),
        Anchor::Charge { charge, step } => page.say(Phrase::SinceStep, &[&format!("{charge}/step-{step:02}"), &on]),
    };
    match length {
        Length::Days(0) | Length::Months(0) => page.put(indent, Phrase::OwnDateAt, &[&what]),
        _ => page.put(indent, Phrase::OwnDate, &[&page.length(*length), &what, &date]),
    }
}

/// What a figure says and where that stands; what it is made of stands before it.
pub(super) fn figure(page: &mut Page, indent: usize, told: &FigureTold) {
    told.parts.iter().for_each(|part| figure(page, indent, part));
    let value = told.value.map(|value| number(page, &value)).unwrap_or_default();
    let exact = told.exact.map(|exact| number(page, &exact)).unwrap_or_default();
    match (&told.value, &told.how) {
        (_, HowTold::Before) => {}
        (None, HowTold::NotMeasured((Some(from), until))) => {
            page.put(indent, Phrase::FigureUnknownSince, &[&told.figure, &page.day(*from), &page.day(*until)]);
        }
        (None, HowTold::NotMeasured((None, until))) => {
            page.put(indent, Phrase::FigureUnknown, &[&told.figure, &page.day(*until)]);
        }
        (None, HowTold::Sampled { sample, .. }) => page.put(indent, Phrase::FigureUnchecked, &[&told.figure, sample]),
        (Some(_), HowTold::Sampled { sample, invalid, checked }) => {
            let (invalid, checked) = (invalid.to_string(), checked.to_string());
            page.put(indent, Phrase::FigureSampled, &[&told.figure, &invalid, &checked, sample, &exact]);
        }
        (_, HowTold::Saved { .. }) => saved(page, indent, told),
        (_, HowTold::Goal { by, goal }) => render_goal::figure(page, indent, (told, *by), goal),
        (None, HowTold::Compared { .. }) => page.put(indent, Phrase::FigureBy0, &[&told.figure]),
        (None, _) => page.put(indent, Phrase::FigureNotMade, &[&told.figure]),
        (Some(_), HowTold::Printed | HowTold::NotMeasured(_)) => {
            page.put(indent, Phrase::FigurePrinted, &[&told.figure, &exact]);
        }
        (Some(_), HowTold::Measured(measurement)) => {
            let (days, row) = (page.span(measurement.days), source(page, &measurement.row));
            page.put(indent, Phrase::FigureMeasured, &[&told.figure, &exact, &measurement.id, &days, &row]);
        }
        (Some(_), HowTold::Compared { by, of, with }) => {
            let sum = compared(*by, &number(page, of), &number(page, with));
            page.put(indent, Phrase::FigureMade, &[&told.figure, &sum, &exact]);
        }
        (Some(_), HowTold::Added { of, days, among }) => {
            added(page, indent, (&told.figure, &exact), of, *days);
            chosen(page, indent, &told.figure, among);
        }
        (Some(_), HowTold::Placed(placed)) => filled(page, indent, (&told.figure, &exact), placed),
        (Some(_), HowTold::Granted { days: (from, until), sums }) => {
            let sums: Vec<String> = sums.iter().map(|(charge, sum)| format!("{charge} {}", page.money(sum))).collect();
            let (sums, until, from) = (sums.join(" + "), page.day(*until), from.map(|from| page.day(from)));
            match from {
                Some(from) => page.put(indent, Phrase::FigureGrantedSince, &[&told.figure, &exact, &from, &until, &sums]),
                None => page.put(indent, Phrase::FigureGranted, &[&told.figure, &exact, &until, &sums]),
            }
        }
        (Some(_), HowTold::Summed(terms)) => {
            let term = |(weight, value): &(Fraction, Fraction)| match number(page, weight).as_str() {
                "1" => number(page, value),
                weight => format!("{weight} × {}", number(page, value)),
            };
            let sum = terms.iter().map(term).collect::<Vec<_>>().join(" + ");
            page.put(indent, Phrase::FigureMade, &[&told.figure, &sum, &exact]);
        }
    }
    if let (Some(decimals), Some(_)) = (told.decimals, &told.value) {
        page.put(indent, Phrase::FigureRounded, &[&told.figure, &decimals.to_string(), &value]);
    }
}

/// On which days something is counted, tallied, filled or saved.
fn within(page: &Page, (first, last): (Option<Day>, Day)) -> String {
    let last = page.day(last);
    match first {
        Some(first) => page.say(Phrase::AddedFrom, &[&page.day(first), &last]),
        None => page.say(Phrase::AddedUpTo, &[&last]),
    }
}

/// What is saved, on which days, and week by week.
fn saved(page: &mut Page, indent: usize, told: &FigureTold) {
    let HowTold::Saved { of, days, own, weeks, among } = &told.how else { return };
    let exact = told.exact.map(|exact| number(page, &exact)).filter(|_| told.value.is_some());
    let days = within(page, *days);
    render_saving::saved(page, indent, (&told.figure, exact.as_deref(), *of), (&days, *own, weeks.len()));
    chosen(page, indent, &told.figure, among);
    render_saving::weeks(page, indent, *of, weeks);
}

/// What there is of places, or is filled, on which days and centre by centre.
fn filled(page: &mut Page, indent: usize, (named, exact): (&str, &str), told: &PlacedTold) {
    let days = within(page, told.days);
    render_places::placed(page, indent, (named, exact, &days), told);
    chosen(page, indent, named, &told.among);
}

/// What is counted or tallied, and on which days.
fn added(page: &mut Page, indent: usize, (named, exact): (&str, &str), of: &AddedTold, days: (Option<Day>, Day)) {
    let days = within(page, days);
    match of {
        AddedTold::Participants => page.put(indent, Phrase::FigureEnrolled, &[named, exact, &days]),
        AddedTold::Companies => page.put(indent, Phrase::FigureJoined, &[named, exact, &days]),
        AddedTold::Reached(what) => page.put(indent, Phrase::FigureReached, &[named, exact, &days, what]),
        AddedTold::Units(what) => page.put(indent, Phrase::FigureUnits, &[named, exact, &days, what]),
        AddedTold::Days(what) => page.put(indent, Phrase::FigureDays, &[named, exact, &days, what]),
        AddedTold::OwnDays(what) => page.put(indent, Phrase::FigureOwnDays, &[named, exact, &days, what]),
    }
}

/// Who is counted, where not everybody is.
fn chosen(page: &mut Page, indent: usize, figure: &str, among: &Among) {
    let when =
        Conditions { target_groups: among.target_groups.clone(), traits: among.traits.clone(), ..Conditions::default() };
    let mut all = conditions(page, &when, None);
    if let Some(Span { first, last }) = among.enrolled {
        let from = (first > Day::from_number(i32::MIN)).then(|| page.say(Phrase::EnrolledFrom, &[&page.day(first)]));
        let until = (last < Day::FAR).then(|| page.say(Phrase::EnrolledUntil, &[&page.day(last)]));
        all.extend([from, until].into_iter().flatten());
    }
    if !all.is_empty() {
        page.put(indent, Phrase::FigureAmong, &[figure, &all.join(", ")]);
    }
}

/// `100 × (46 - 40) / 40`
fn compared(by: By, of: &str, with: &str) -> String {
    match by {
        By::Difference => format!("{of} - {with}"),
        By::Ratio => format!("{of} / {with}"),
        By::Percent => format!("100 × {of} / {with}"),
        By::PercentChange => format!("100 × ({of} - {with}) / {with}"),
        By::PercentFall => format!("100 × ({with} - {of}) / {with}"),
    }
}

pub(super) fn number(page: &Page, number: &Fraction) -> String {
    page.digits(&number.to_string())
}

/// The values of a band.
fn values(page: &Page, band: &Band) -> String {
    let lower = band
        .lower
        .map(|edge| page.say(if edge.within { Phrase::BandFrom } else { Phrase::BandAbove }, &[&page.number(edge.at)]));
    let upper = band
        .upper
        .map(|edge| page.say(if edge.within { Phrase::BandUpTo } else { Phrase::BandBelow }, &[&page.number(edge.at)]));
    match (lower, upper) {
        (Some(lower), Some(upper)) => format!("{lower} {upper}"),
        (Some(only), None) | (None, Some(only)) => only,
        (None, None) => page.say(Phrase::BandAll, &[]),
    }
}

/// What a band says of the price.
fn worth(page: &Page, band: &Band) -> String {
    let amount = page.number(band.amount);
    match band.rise {
        Rise::None => page.say(Phrase::BandAmount, &[&amount]),
        Rise::Each(each) if band.amount.is_zero() => page.say(Phrase::BandEach, &[&page.number(each)]),
        Rise::Each(each) => page.say(Phrase::BandAmountEach, &[&amount, &page.number(each)]),
        Rise::To(to) => page.say(Phrase::BandLine, &[&amount, &page.number(to)]),
    }
}

/// The sum of what the bands come to, where it is more than one amount.
fn sum(page: &mut Page, indent: usize, sheet: &MeasuredSheet, price: &Fraction) {
    let value = sheet.figures.first().and_then(|told| told.value);
    let value = value.map(|value| number(page, &value)).unwrap_or_default();
    let terms: Vec<String> = sheet.bands.iter().filter_map(|told| term(page, sheet.pricing, told, &value)).collect();
    let plain = matches!(sheet.bands.as_slice(), [only] if only.band.rise == Rise::None);
    if !plain {
        let text = format!("{} = {}", terms.join(" + "), number(page, price));
        page.line(indent, &text);
    }
}

/// How a band comes to its part of the price: `0.075 + (0.12 - 0.075) × (62 - 60) / (65 - 60)`.
fn term(page: &Page, pricing: Pricing, told: &BandTold, value: &str) -> Option<String> {
    let band = &told.band;
    let amount = (!band.amount.is_zero()).then(|| page.number(band.amount));
    let minus = |a: &str, b: &str| format!("({a} - {b})");
    let at = |edge: Option<crate::charge::band::Edge>| edge.map(|edge| page.number(edge.at));
    let rise = match (band.rise, pricing) {
        (Rise::None, _) => None,
        (Rise::Each(each), Pricing::Level) => {
            let far = match (at(band.lower), at(band.upper)) {
                (Some(lower), _) => minus(value, &lower),
                (None, Some(upper)) => minus(&upper, value),
                (None, None) => value.to_owned(),
            };
            Some(format!("{} × {far}", page.number(each)))
        }
        (Rise::Each(each), _) => Some(format!("{} × {}", page.number(each), number(page, told.counted.as_ref()?))),
        (Rise::To(to), _) => {
            let (lower, upper) = (at(band.lower)?, at(band.upper)?);
            let (rise, far, width) =
                (minus(&page.number(to), &page.number(band.amount)), minus(value, &lower), minus(&upper, &lower));
            Some(format!("{rise} × {far} / {width}"))
        }
    };
    match (amount, rise) {
        (Some(amount), Some(rise)) => Some(format!("{amount} + {rise}")),
        (Some(only), None) | (None, Some(only)) => Some(only),
        (None, None) => Some(page.number(band.amount)),
    }
}

/// The price times the other figures.
fn product(page: &mut Page, indent: usize, sheet: &MeasuredSheet, price: &Fraction) {
    let times = sheet.figures.iter().skip(1).filter_map(|told| told.value.as_ref());
    let times: Vec<String> = times.map(|value| number(page, value)).collect();
    if let Some(exact) = sheet.product.as_ref().filter(|_| !times.is_empty()) {
        let text = format!("{} × {} = {}", number(page, price), times.join(" × "), number(page, exact));
        page.line(indent, &text);
    }
}
