//! A step of a milestone in words: its runs, their gaps, and the day on which it is reached.

use super::page::Page;
use super::reckoning::{StepSheet, Verdict};
use super::render_price::{counted_as, rate, verdict};
use super::render_reason::{in_words, left_out};
use super::run::{Gap, RunTold};
use super::words::Phrase;
use crate::charge::milestone::Mode;
use crate::measure::day::{Day, Span};
use crate::timeline::tally::Needed;

/// The arithmetic of a step.
pub(super) fn step(page: &mut Page, indent: usize, sheet: &StepSheet) {
    let (length, plain) = (lasting(page, sheet), page.needed(sheet.length));
    let sum = tallied(page, sheet);
    let continuous = sheet.mode == Mode::Continuous;
    asked(page, indent, sheet, &length);
    if continuous {
        gaps_allowed(page, indent, sheet);
    }
    if sheet.runs.is_empty() && sheet.mode != Mode::OnDay {
        page.put(indent, Phrase::NoRun, &[]);
    }
    let last = sheet.runs.len().saturating_sub(1);
    for (at, told) in sheet.runs.iter().enumerate() {
        run(page, indent + 2, told, at == last, continuous);
    }
    match (&sheet.reached, sheet.due) {
        (Some(counted), Some(_)) if sheet.mode == Mode::OnDay => {
            let day = page.day(counted.days.first);
            page.put(indent, Phrase::Reached, &[&day]);
        }
        (None, _) if sheet.mode == Mode::OnDay => {
            page.put(indent, Phrase::NotThatDay, &[]);
            left_out(page, indent + 2, &sheet.left_out);
        }
        (Some(counted), Some(due)) => {
            let first = sheet.runs.last().map_or(due, |run| run.first);
            let (first, due_text, day) = (page.day(first), page.day(due), page.day(counted.days.first));
            page.put(indent, Phrase::Due, &[&first, &plain, &due_text]);
            page.put(indent, if due == counted.days.first { Phrase::Reached } else { Phrase::ReachedAfterGap }, &[&day]);
        }
        (Some(counted), None) => {
            let (day, count) = (page.day(counted.days.first), page.days(i64::from(sheet.count)));
            match (sheet.min_days, sheet.within) {
                _ if sum.is_some() => page.put(indent, Phrase::StepReachedSum, &[&day, &sum.unwrap_or_default()]),
                (Some(_), _) => page.put(indent, Phrase::StepReachedMonths, &[&day]),
                (None, Some(_)) => page.put(indent, Phrase::StepReachedWithin, &[&day, &count]),
                (None, None) => page.put(indent, Phrase::ReachedCount, &[&day, &sheet.count.to_string()]),
            }
        }
        (None, due) => {
            if let (Some(due), Some(run)) = (due, sheet.runs.last()) {
                let (first, due) = (page.day(run.first), page.day(due));
                page.put(indent, Phrase::Due, &[&first, &plain, &due]);
            }
            let count = page.days(i64::from(sheet.count));
            let phrase = match &sum {
                Some(_) => Phrase::NotReachedSum,
                None if continuous => Phrase::NotReachedRun,
                None => Phrase::NotReachedCount,
            };
            page.put(indent, phrase, &[&sum.unwrap_or(count)]);
            left_out(page, indent + 2, &sheet.left_out);
        }
    }
    priced(page, indent, sheet);
}

/// What the step is worth on the day on which it is reached (rule 8.2).
fn priced(page: &mut Page, indent: usize, sheet: &StepSheet) {
    if let Some(counted) = &sheet.reached {
        let what = counted_as(page, counted, false);
        if sheet.rate.is_some() {
            page.put(indent, Phrase::OnThatDay, &[&what]);
        }
    }
    if let Some(told) = &sheet.rate {
        rate(page, indent, told);
    }
    match (&sheet.verdict, &sheet.reached) {
        (Verdict::NoRate, Some(_)) => page.put(indent, Phrase::Spent, &[]),
        (told, _) => verdict(page, indent, told, sheet.count),
    }
}

/// What has come together so far, where hours or earnings are counted.
fn tallied(page: &Page, sheet: &StepSheet) -> Option<String> {
    match (sheet.length, &sheet.tallied) {
        (Needed::Sum(what, _), Some(sum)) => Some(page.tallied(what, sum)),
        _ => None,
    }
}

/// What is asked for a step (rule 7.2, mechanisms 3.3).
fn asked(page: &mut Page, indent: usize, sheet: &StepSheet, length: &str) {
    match (sheet.mode, sheet.min_days) {
        (Mode::Continuous, _) => page.put(indent, Phrase::StepContinuous, &[length]),
        (Mode::Cumulative, _) if matches!(sheet.length, Needed::Sum(..)) => page.put(indent, Phrase::StepSum, &[length]),
        (Mode::Cumulative, None) => page.put(indent, Phrase::StepCumulative, &[length]),
        (Mode::Cumulative, Some(days)) => {
            let days = page.days(i64::from(days));
            page.put(indent, Phrase::StepMonths, &[length, &days]);
        }
        (Mode::OnDay, _) => {
            let day = |day: Option<Day>| day.map(|day| page.day(day)).unwrap_or_default();
            let (anchor, due) = (day(sheet.anchor), day(sheet.due));
            page.put(indent, Phrase::StepOnDay, &[length, &anchor, &due]);
        }
    }
    if let Some(within) = sheet.within.map(|within| page.length(within)) {
        let months = sheet.min_days.is_some();
        page.put(indent, if months { Phrase::StepWithinMonths } else { Phrase::StepWithin }, &[&within]);
    }
    if let Some(place) = &sheet.at {
        page.put(indent, Phrase::StepAt, &[place]);
    }
    if let Some(from) = sheet.anew_from.map(|from| page.day(from)) {
        page.put(indent, Phrase::StepAgain, &[&from]);
    }
}

/// `13 weeks (91 days)`, and how it is made up: `13 weeks + 2 × 13 weeks`.
fn lasting(page: &Page, sheet: &StepSheet) -> String {
    let whole = page.needed(sheet.length);
    match sheet.every {
        Some(every) => {
            let (after, times, every) = (page.needed(sheet.after), sheet.step.saturating_sub(1), page.length(every));
            page.say(Phrase::MadeUp, &[&whole, &after, &times.to_string(), &every])
        }
        None => whole,
    }
}

fn gaps_allowed(page: &mut Page, indent: usize, sheet: &StepSheet) {
    let bridged = page.days(i64::from(sheet.gaps_allowed.0));
    match sheet.gaps_allowed {
        (0, _) => page.put(indent, Phrase::NoGaps, &[]),
        (_, None) => page.put(indent, Phrase::Gaps, &[&bridged]),
        (_, Some(total)) => page.put(indent, Phrase::GapsTotal, &[&bridged, &total.to_string()]),
    }
}

fn run(page: &mut Page, indent: usize, run: &RunTold, last: bool, continuous: bool) {
    let days = Span { first: run.first, last: run.last };
    let (span, count, spells) = (page.span(days), page.days(i64::from(run.count)), page.list(&run.spells));
    page.put(indent, Phrase::Run, &[&span, &count, &spells]);
    let bridged = if continuous { Phrase::Bridged } else { Phrase::Between };
    run.bridged.iter().for_each(|told| gap(page, indent + 2, bridged, "", told));
    if let Some(told) = run.ended_by.as_ref().filter(|_| !last) {
        match run.would_bridge {
            _ if !continuous => gap(page, indent + 2, Phrase::Between, "", told),
            Some(total) => gap(page, indent + 2, Phrase::BrokenTotal, &total.to_string(), told),
            None => gap(page, indent + 2, Phrase::Broken, "", told),
        }
    }
}

/// A gap, with its reason where there is only one.
fn gap(page: &mut Page, indent: usize, phrase: Phrase, total: &str, gap: &Gap) {
    let (days, count) = (page.span(gap.days), page.days(gap.days.days()));
    let mut text = page.say(phrase, &[&days, &count, total]);
    if let [only] = gap.left_out.as_slice() {
        text = format!("{text}: {}", in_words(page, &only.reason));
    }
    page.line(indent, &text);
    if gap.left_out.len() > 1 {
        left_out(page, indent + 2, &gap.left_out);
    }
}

/// A step that is not reached, in short.
pub(super) fn not_reached(page: &mut Page, indent: usize, sheet: &StepSheet) {
    if sheet.mode == Mode::OnDay {
        return step(page, indent, sheet);
    }
    let Some(run) = sheet.runs.last() else { return page.put(indent, Phrase::NoRun, &[]) };
    let length = page.needed(sheet.length);
    if let Some(sum) = tallied(page, sheet) {
        return page.put(indent, Phrase::ShortSum, &[&sum, &length]);
    }
    let Some(due) = sheet.due.filter(|_| sheet.mode == Mode::Continuous) else {
        let count = page.days(i64::from(sheet.count));
        return page.put(indent, Phrase::ShortCount, &[&count, &length]);
    };
    let days = page.span(Span { first: run.first, last: run.last });
    let (count, spells) = (page.days(i64::from(sheet.count)), page.list(&run.spells));
    let (first, due) = (page.day(run.first), page.day(due));
    page.put(indent, Phrase::ShortRun, &[&days, &count, &spells, &due, &first, &length]);
}
