//! One amount in words: what it is for, the days counted, the arithmetic, the limits, the correction.

use super::fraction::Fraction;
use super::page::Page;
use super::reckoning::{FixedSheet, Rate, Reckoning, TalliesTold, UnitSheet, Verdict};
use super::render_gate::gate;
use super::render_measured::{counted_from, measured};
use super::render_price::{counted_as, rate, verdict};
use super::render_reason::left_out;
use super::render_row::rows;
use super::render_step::step;
use super::render_version::since;
use super::tied::Tied;
use super::tree::{Cause, Change, ChargeName, Correction, Cut, Item, Payments, Room, UnitKind, Units};
use super::words::Phrase;
use crate::contract::{LimitWindow, Scope};
use crate::measure::day::{Day, Span};
use crate::measure::grid::Grid;

/// One posting, or several that are alike.
pub(super) fn item(page: &mut Page, item: &Item) {
    page.gap();
    heading(page, item);
    body(page, item);
}

/// How it comes about.
pub(super) fn body(page: &mut Page, item: &Item) {
    let (first, last) = (page.day(item.units.earned_first), page.day(item.units.earned_last));
    let fell_away = matches!(&item.change, Change::Correction(told) if told.cause == Cause::FellAway);
    if item.units.count == 1 {
        page.put(4, if fell_away { Phrase::WasEarnedOn } else { Phrase::EarnedOn }, &[&first]);
    } else if fell_away {
        page.put(4, Phrase::WasEarnedBetween, &[&first, &last]);
    } else {
        page.put(4, Phrase::EarnedBetween, &[&first, &last]);
    }
    if let Some(told) = &item.delayed {
        let (own, delay) = (page.day(told.own_day), page.delay(told.delay));
        let phrase = if item.units.count == 1 { Phrase::Delayed } else { Phrase::DelayedFirst };
        page.put(4, phrase, &[&own, &delay]);
    }
    reckoning(page, 4, &item.reckoning, item.units.count);
    tied(page, &item.tied);
    item.limits.iter().for_each(|limit| room(page, limit, item.units.count));
    if let Some(cut) = &item.cut {
        let (amount, granted) = (page.money(&cut.amount), page.money(&item.granted));
        let phrase = if cut.by_floor() { Phrase::CutByFloor } else { Phrase::Cut };
        page.put(4, phrase, &[&amount, &cut.by, &granted]);
    }
    match &item.change {
        Change::Earning { late } if !late.is_empty() => {
            page.put(4, Phrase::Late, &[]);
            rows(page, 6, late);
        }
        Change::Correction(told) => correction(page, item, told),
        Change::Earning { .. } | Change::CutToNothing | Change::SameAmount => {}
    }
}

fn heading(page: &mut Page, item: &Item) {
    let name = name(page, &item.charge, &item.units);
    let (amount, total, granted) = (page.money(&item.amount), page.money(&item.total), page.money(&item.granted));
    let several = item.units.count > 1;
    match &item.change {
        Change::Earning { .. } if several => page.put(2, Phrase::AmountEach, &[&name, &amount, &total]),
        Change::Earning { .. } => page.put(2, Phrase::Amount, &[&name, &amount]),
        Change::Correction(_) if several => page.put(2, Phrase::CorrectedEach, &[&name, &amount, &total]),
        Change::Correction(_) => page.put(2, Phrase::Corrected, &[&name, &amount]),
        Change::CutToNothing if item.cut.as_ref().is_some_and(Cut::by_floor) => page.put(2, Phrase::FloorReached, &[&name]),
        Change::CutToNothing => page.put(2, Phrase::CutAway, &[&name]),
        Change::SameAmount => page.put(2, Phrase::Same, &[&name, &granted]),
    }
}

/// The charge, its clause and its units.
pub(super) fn name(page: &Page, charge: &ChargeName, units: &Units) -> String {
    let charge = match &charge.clause {
        Some(clause) => format!("{} ({clause})", charge.id),
        None => charge.id.clone(),
    };
    let (first, last, count) = (&units.first, &units.last, units.count.to_string());
    let name = match (units.kind, units.count) {
        (UnitKind::Date(day), _) => page.say(Phrase::OneDayUnit, &[&charge, &page.day(day)]),
        (UnitKind::Step(step), _) => page.say(Phrase::OneStepUnit, &[&charge, &step.to_string()]),
        (UnitKind::Cell(Grid::Day), 1) => {
            page.say(Phrase::OneDayUnit, &[&charge, &Day::parse(first).map_or(first.clone(), |day| page.day(day))])
        }
        (UnitKind::Cell(Grid::Week), 1) => page.say(Phrase::OneWeekUnit, &[&charge, first]),
        (UnitKind::Cell(Grid::Month), 1) => page.say(Phrase::OneMonthUnit, &[&charge, first]),
        (UnitKind::Cell(Grid::Quarter | Grid::HalfYear | Grid::Year | Grid::Parts { .. }), 1) => {
            page.say(Phrase::OneUnit, &[&charge, first])
        }
        (UnitKind::Cell(Grid::Quarter | Grid::HalfYear | Grid::Year | Grid::Parts { .. }), _) => {
            page.say(Phrase::UnitsOf, &[&charge, first, last, &count])
        }
        (UnitKind::Cell(Grid::Day), _) => page.say(Phrase::DayUnits, &[&charge, first, last, &count]),
        (UnitKind::Cell(Grid::Week), _) => page.say(Phrase::WeekUnits, &[&charge, first, last, &count]),
        (UnitKind::Cell(Grid::Month), _) => page.say(Phrase::MonthUnits, &[&charge, first, last, &count]),
    };
    units.company.as_ref().map_or(name.clone(), |company| page.say(Phrase::AtCompany, &[&name, company]))
}

/// What it waited for, and what it tops up (mechanisms 6).
fn tied(page: &mut Page, tied: &Tied) {
    for required in &tied.requires {
        if let Some(on) = required.on.map(|on| page.day(on)) {
            page.put(4, Phrase::Required, &[&required.what, &on]);
        }
    }
    tied.gates.iter().for_each(|told| gate(page, 4, told));
    if let Some(topped) = &tied.tops_up {
        let (whole, amount, rest) = (page.money(&topped.whole), page.money(&topped.amount), page.money(&topped.rest));
        page.put(4, Phrase::TopsUp, &[&whole, &topped.what, &amount, &rest]);
    }
}

/// The arithmetic of a key; of several alike that of the first.
pub(super) fn reckoning(page: &mut Page, indent: usize, reckoning: &Reckoning, units: u32) {
    match reckoning {
        Reckoning::Fixed(sheet) => fixed(page, indent, sheet),
        Reckoning::Measured(sheet) => measured(page, indent, sheet),
        Reckoning::Step(sheet) => step(page, indent, sheet),
        Reckoning::Unit(sheet) => unit(page, indent, sheet, units),
        Reckoning::NotCounted => page.put(indent, Phrase::NotCounted, &[]),
        Reckoning::NoPlacement => page.put(indent, Phrase::NoPlacement, &[]),
    }
}

fn fixed(page: &mut Page, indent: usize, sheet: &FixedSheet) {
    counted_from(page, indent, sheet.counted_from.as_ref(), sheet.date);
    match &sheet.company {
        Some(joined) => {
            let programme = in_programme(page, joined.joined_on, joined.left_on);
            page.put(indent, Phrase::Sentence, &[&programme]);
        }
        None if sheet.verdict == Verdict::NotInProgramme => page.put(indent, Phrase::CompanyUnknown, &[]),
        None => {}
    }
    if let Some(told) = &sheet.rate {
        rate(page, indent, told);
    }
    verdict(page, indent, &sheet.verdict, 0);
}

/// When a company is in the programme.
pub(super) fn in_programme(page: &Page, joined_on: Option<Day>, left_on: Option<Day>) -> String {
    match (joined_on, left_on) {
        (None, _) => page.say(Phrase::NotInTheProgramme, &[]),
        (Some(first), None) => page.say(Phrase::InTheProgrammeFrom, &[&page.day(first)]),
        (Some(first), Some(last)) => page.say(Phrase::InTheProgramme, &[&page.span(Span { first, last })]),
    }
}

fn unit(page: &mut Page, indent: usize, sheet: &UnitSheet, units: u32) {
    let whole = i64::from(sheet.count) == sheet.days.days();
    let (count, of) = (sheet.count.to_string(), sheet.days.days().to_string());
    match (units, whole) {
        (1, _) => page.put(indent, Phrase::CountOf, &[&count, &of]),
        (_, true) => page.put(indent, Phrase::AllDaysOfEach, &[]),
        (_, false) => page.put(indent, Phrase::CountOfEach, &[&count, &of]),
    }
    for counted in &sheet.counted {
        let what = counted_as(page, counted, sheet.rates.len() > 1);
        if units > 1 && whole && sheet.counted.len() == 1 {
            page.put(indent + 2, Phrase::CountedAll, &[&what]);
        } else {
            let (days, count) = (page.span(counted.days), page.days(counted.days.days()));
            page.put(indent + 2, Phrase::CountedDays, &[&days, &count, &what]);
        }
    }
    left_out(page, indent + 2, &sheet.left_out);
    if let Some(min_days) = sheet.min_days.filter(|min_days| *min_days > 1 && sheet.count >= *min_days) {
        let needed = page.days(i64::from(min_days));
        page.put(indent, Phrase::EnoughDays, &[&needed]);
    }
    if sheet.count > 0 {
        prices(page, indent, sheet);
        verdict(page, indent, &sheet.verdict, sheet.count);
    }
}

/// Which rate applies and why, and for a prorated unit the sum.
fn prices(page: &mut Page, indent: usize, sheet: &UnitSheet) {
    let enough = sheet.min_days.is_none_or(|min_days| sheet.count >= min_days);
    if !enough {
        return;
    }
    for (told, count) in &sheet.rates {
        match told {
            Some(told) => rate(page, indent, told),
            None => page.put(indent, Phrase::DaysWithoutRate, &[&page.days(i64::from(*count))]),
        }
    }
    if sheet.min_days.is_some() {
        if sheet.rates.len() > 1 {
            majority(page, indent, sheet);
        }
    } else if let (Verdict::Owed { exact, .. } | Verdict::RoundsToNothing { exact, .. }, Some(told)) =
        (&sheet.verdict, &sheet.by)
    {
        by_tally(page, indent, sheet, told, exact);
    } else if let Verdict::Owed { exact, .. } | Verdict::RoundsToNothing { exact, .. } = &sheet.verdict {
        sum(page, indent, sheet, exact);
    }
}

/// The row with the most days prices the unit (rule 8.2).
fn majority(page: &mut Page, indent: usize, sheet: &UnitSheet) {
    let number = |told: &Option<Rate>| told.as_ref().map(|rate| rate.number);
    let name = |told: &Option<Rate>| match number(told) {
        Some(row) => page.say(Phrase::RowNumber, &[&row.to_string()]),
        None => page.say(Phrase::NoRow, &[]),
    };
    let days = |(told, count): &(Option<Rate>, u32)| format!("{}: {}", name(told), page.days(i64::from(*count)));
    let counts = sheet.rates.iter().map(days).collect::<Vec<String>>().join(", ");
    let most = sheet.rates.iter().map(|(_, count)| *count).max().unwrap_or_default();
    let tie = sheet.rates.iter().filter(|(_, count)| *count == most).count() > 1;
    let chosen =
        sheet.rates.iter().find(|(told, _)| number(told) == sheet.chosen).map(|(told, _)| name(told)).unwrap_or_default();
    page.put(indent, if tie { Phrase::MajorityTie } else { Phrase::Majority }, &[&counts, &chosen]);
}

/// Days × rate ÷ days in the unit (rule 7.3).
fn sum(page: &mut Page, indent: usize, sheet: &UnitSheet, exact: &Fraction) {
    let term = |(told, count): &(Option<Rate>, u32)| {
        told.as_ref().map(|rate| match rate.adjusted.last() {
            Some(last) => format!("{count} × {}", page.digits(&last.result.to_string())),
            None => format!("{count} × {}", page.number(rate.row.amount)),
        })
    };
    let terms: Vec<String> = sheet.rates.iter().filter_map(term).collect();
    let sum = if terms.len() > 1 { format!("({})", terms.join(" + ")) } else { terms.join("") };
    let exact = page.digits(&exact.to_string());
    page.put(indent, Phrase::Prorated, &[&sum, &sheet.days.days().to_string(), &exact]);
}

/// What is tallied × rate, for each rate (mechanisms 3.4).
fn by_tally(page: &mut Page, indent: usize, sheet: &UnitSheet, told: &TalliesTold, exact: &Fraction) {
    let mut tally = Some(Fraction::over(1));
    let mut terms: Vec<String> = Vec::new();
    for ((rate, _), sum) in sheet.rates.iter().zip(&told.sums) {
        let (Some(rate), Some(sum)) = (rate, sum) else { continue };
        tally = tally.and_then(|tally| tally.and(*sum));
        let price = rate.adjusted.last().map_or(rate.row.amount.to_string(), |last| last.result.to_string());
        terms.push(format!("{} × {}", page.digits(&sum.to_string()), page.digits(&price)));
    }
    let (what, exact) = (page.tallied(told.what, &tally.unwrap_or(Fraction::over(1))), page.digits(&exact.to_string()));
    page.put(indent, Phrase::ByTally, &[&what, &terms.join(" + "), &exact]);
}

fn room(page: &mut Page, room: &Room, units: u32) {
    let scope = match (&room.company, room.scope) {
        (Some(company), _) => page.say(Phrase::PerCompany, &[company]),
        (None, Scope::Participant) => page.say(Phrase::PerParticipant, &[]),
        (None, _) => page.say(Phrase::PerContract, &[]),
    };
    let number = room.window_number.to_string();
    let window = match room.window {
        LimitWindow::Total => page.say(Phrase::InTotal, &[]),
        LimitWindow::CalendarYear => page.say(Phrase::InYear, &[&number]),
        LimitWindow::SettlementPeriod => page.say(Phrase::InPeriod, &[&number]),
    };
    if let Some(payments) = &room.payments {
        let [amount, before, after] = [room.amount, room.before, room.after].map(|number| page.digits(&number.to_string()));
        let most = match payments {
            Payments::Number => page.say(Phrase::KeysMost, &[&amount]),
            Payments::Share { share, of } => page.say(Phrase::KeysShare, &[&amount, share, of]),
        };
        let phrase = if units > 1 { Phrase::KeysOfSeveral } else { Phrase::Keys };
        page.put(4, phrase, &[&room.limit, &scope, &window, &most, &before, &after]);
        return;
    }
    let (amount, before, after) = (page.money(&room.amount), page.money(&room.before), page.money(&room.after));
    let phrase = match (room.floor, units > 1) {
        (false, false) => Phrase::Room,
        (false, true) => Phrase::RoomOfSeveral,
        (true, false) => Phrase::Floor,
        (true, true) => Phrase::FloorOfSeveral,
    };
    page.put(4, phrase, &[&room.limit, &scope, &window, &amount, &before, &after]);
}

fn correction(page: &mut Page, item: &Item, told: &Correction) {
    let earlier = told
        .before
        .iter()
        .map(|earlier| page.say(Phrase::EarlierPosting, &[&earlier.settlement.to_string(), &page.money(&earlier.amount)]));
    let before = earlier.collect::<Vec<String>>().join(", ");
    page.put(4, Phrase::PostedBefore, &[&before]);
    let (sum, granted, amount) = (page.money(&told.sum), page.money(&item.granted), page.money(&item.amount));
    page.put(4, Phrase::Difference, &[&granted, &sum, &amount]);
    let cause = cause(page, &told.cause);
    page.line(4, &cause);
    if let Some(days) = told.days.filter(|_| matches!(item.reckoning, Reckoning::Unit(_))) {
        page.put(4, Phrase::DaysBefore, &[&page.days(i64::from(days))]);
    }
    since(page, 4, told.version);
    if !told.rows.is_empty() {
        page.put(4, Phrase::RowsSince, &[]);
        rows(page, 6, &told.rows);
    } else if told.version.is_none() && told.cause != Cause::EarnedNow {
        page.put(4, Phrase::NoRowsSince, &[]);
    }
}

/// Why an amount is another one than before.
pub(super) fn cause(page: &Page, cause: &Cause) -> String {
    match cause {
        Cause::FellAway => page.say(Phrase::CauseFellAway, &[]),
        Cause::CameBack => page.say(Phrase::CauseCameBack, &[]),
        Cause::EarnedNow => page.say(Phrase::CauseEarnedNow, &[]),
        Cause::OtherAmount { was, now } => page.say(Phrase::CauseOtherAmount, &[&page.money(was), &page.money(now)]),
        Cause::OtherRoom { was, now, limits, shared } => {
            let phrase = if *shared { Phrase::CauseRoomShared } else { Phrase::CauseRoomOwn };
            page.say(phrase, &[&page.list(limits), &page.money(was), &page.money(now)])
        }
    }
}
