//! What figures say on a date, looked up row by row and worked out on fractions of their own (mechanisms 4).

use super::added::AddedTold;
use super::census::Census;
use super::fraction::Fraction;
use super::goal_told::GoalTold;
use super::placed::PlacedTold;
use super::places;
use super::reckoning::{FigureTold, HowTold, MeasurementTold};
use super::rows::source;
use crate::charge::{Charge, Measured, Requirement, Unit};
use crate::contract::Contract;
use crate::facts::validation::Checked;
use crate::facts::{Facts, Participant};
use crate::figure::asking::DEEPEST;
use crate::figure::{By, Compare, Count, Counted, Form, Granted, Metric, Per, Places, Saving, Seats, Sum, Tally, Window};
use crate::measure::day::{Day, Span};
use crate::measure::id::Id;
use crate::measure::money::{Money, Total};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// Where figures are looked up.
#[derive(Clone, Copy)]
pub(super) struct Desktop<'c> {
    pub contract: &'c Contract,
    pub facts: &'c Facts,
    pub cut_off: Day,
    /// What everybody adds to counts and tallies.
    pub census: Option<&'c Census>,
    /// The participant of whom it is asked, and what it adds itself.
    pub mine: Option<(&'c Participant, &'c Id, &'c Census)>,
}

/// What the dates of a measured charge are worked out from.
#[derive(Clone, Copy)]
pub(super) struct Case<'c> {
    pub at: Desktop<'c>,
    pub charge: &'c Charge,
    pub terms: &'c Measured,
    /// The dates of the contract, or of the participant, in their order.
    pub dates: &'c [(Unit, Day)],
    /// What stands before the charge in the order of rule 9.2, where its turn has come.
    pub granted: Option<&'c [Noted<'c>]>,
}

/// What was granted of one entitlement whose charge a figure names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Noted<'c> {
    pub charge: &'c Id,
    pub earned_on: Day,
    pub amount: Money,
}

/// The figures of one date. Each is told in full where it is named first.
pub(super) struct Lookup<'c> {
    pub(super) at: Desktop<'c>,
    pub(super) date: Day,
    /// The first day since the asker's date before; none where everything so far is looked at.
    since: Option<Day>,
    granted: Option<&'c [Noted<'c>]>,
    told: BTreeMap<&'c Id, Option<Fraction>>,
    /// The goals that were looked up, without what they ask.
    pub(super) goals: BTreeMap<&'c Id, GoalTold>,
    pub(super) deep: usize,
}

impl<'c> Lookup<'c> {
    pub(super) fn new(case: Case<'c>, date: Day) -> Lookup<'c> {
        let earlier = case.terms.dates.until(case.at.contract.term(), date.previous());
        let since = earlier.last().map_or(case.at.contract.starts, |date| date.next());
        let lookup = Lookup::on(case.at, (since, date));
        Lookup { since: Some(since).filter(|_| !case.terms.cumulative), granted: case.granted, ..lookup }
    }

    /// The figures of any day, with the first day since the asker's date before.
    pub(super) fn on(at: Desktop<'c>, (since, date): (Day, Day)) -> Lookup<'c> {
        Lookup { at, date, since: Some(since), granted: None, told: BTreeMap::new(), goals: BTreeMap::new(), deep: 0 }
    }

    /// What a figure says, and from what.
    pub(super) fn look_up(&mut self, id: &'c Id) -> FigureTold {
        let mut told = FigureTold { figure: id.to_string(), ..FigureTold::default() };
        let figures = self.at.contract.figures.iter().enumerate();
        let figure = figures.filter(|_| self.deep < DEEPEST).find(|(_, figure)| figure.id == *id);
        let Some((place, figure)) = figure else { return told };
        if let Some(value) = self.told.get(id) {
            return FigureTold { value: *value, how: HowTold::Before, ..told };
        }
        self.told.insert(id, None);
        self.deep += 1;
        match &figure.form {
            Form::Goal(terms) => self.goal_met(terms, &mut told),
            Form::Granted(granted) => self.granted(granted, &mut told),
            Form::Value(printed) => told.exact = Fraction::of_ratio(printed.value),
            Form::Metric(metric) => {
                if let Some((value, measurement)) = self.latest(metric) {
                    (told.exact, told.how) = (Some(Fraction::of(value)), HowTold::Measured(measurement));
                } else {
                    told.how = HowTold::NotMeasured(self.days(metric.window));
                }
            }
            Form::Count(count) => self.count(place, count, &mut told),
            Form::Tally(tally) => self.tally(place, tally, &mut told),
            Form::Places(terms) => self.places(place, terms, &mut told),
            Form::Sample(sample) => self.sample(&sample.sample, &mut told),
            Form::Saving(saving) => self.saving(place, saving, &mut told),
            Form::Compare(compare) => self.compare(compare, &mut told),
            Form::Sum(sum) => self.sum(sum, &mut told),
        }
        self.deep -= 1;
        told.decimals = figure.decimals;
        told.value = match (told.exact, figure.decimals) {
            (Some(exact), Some(decimals)) => Some(Fraction::of(exact.rounded(decimals))),
            (exact, _) => exact,
        };
        self.told.insert(id, told.value);
        told
    }

    fn count(&self, place: usize, count: &Count, told: &mut FigureTold) {
        let of = match &count.of {
            Counted::Participants => AddedTold::Participants,
            Counted::Companies => AddedTold::Companies,
            Counted::Reached { charge, step } => {
                AddedTold::Reached(Requirement { charge: charge.clone(), step: *step }.to_string())
            }
            Counted::Units { charge } => AddedTold::Units(charge.to_string()),
        };
        let days = self.days(count.window);
        told.exact = match &count.of {
            Counted::Companies => self.companies(days),
            _ => self.added_up(place, days, false),
        };
        told.how = HowTold::Added { of, days, among: count.among.clone() };
    }

    fn tally(&self, place: usize, tally: &Tally, told: &mut FigureTold) {
        let (outcome, days) = (tally.outcome.to_string(), self.days(tally.window));
        let of = if tally.per_participant { AddedTold::OwnDays(outcome) } else { AddedTold::Days(outcome) };
        told.exact = self.added_up(place, days, tally.per_participant);
        told.how = HowTold::Added { of, days, among: tally.among.clone() };
    }

    /// What company centres come to on days of the term.
    fn places(&self, place: usize, terms: &Places, told: &mut FigureTold) {
        let term = self.at.contract.term();
        let days = match terms.by {
            Per::LastDay => (Some(self.date.min(term.last)), self.date.min(term.last)),
            Per::Days | Per::Months => self.days(terms.window),
        };
        let people = match (terms.of, self.at.census) {
            (Seats::Occupied, None) => return,
            (Seats::Occupied, Some(census)) => census.people(place),
            (Seats::Available | Seats::Centres, _) => None,
        };
        let first = days.0.map_or(term.first, |first| first.max(term.first));
        let looked_at = Span::new(first, days.1.min(term.last));
        let offers = places::offers(self.at.facts, self.at.cut_off);
        let centres = places::centres(&offers, terms, looked_at, people);
        told.exact = centres.iter().try_fold(Fraction::over(1), |sum, centre| sum.and(centre.sum));
        let (of, by, among) = (terms.of, terms.by, terms.among.clone());
        told.how = HowTold::Placed(PlacedTold { of, by, days, centres, among });
    }

    /// What weeks save whose Sundays lie on the days of the window.
    fn saving(&self, place: usize, saving: &Saving, told: &mut FigureTold) {
        let (own, days) = (saving.per_participant, self.days(saving.window));
        let census = if own { self.at.mine.map(|(_, _, census)| census) } else { self.at.census };
        let Some(census) = census else { return };
        let weeks = census.weeks(place, days);
        told.exact = weeks.iter().try_fold(Fraction::over(1), |sum, week| sum.and(week.adds?));
        told.how = HowTold::Saved { of: saving.of, days, own, weeks, among: saving.among.clone() };
    }

    /// What is granted before the asker, charge by charge; nothing while that is not known.
    fn granted(&self, granted: &Granted, told: &mut FigureTold) {
        let days = self.days(granted.window);
        let Some(queue) = self.granted else { return };
        let currency = self.at.contract.currency;
        let sum = |charge: &Id| {
            let counts = |grant: &&Noted| {
                grant.charge == charge && grant.earned_on <= days.1 && days.0.is_none_or(|from| grant.earned_on >= from)
            };
            let of = queue.iter().filter(counts).fold(Total::default(), |sum, grant| sum + grant.amount.into());
            (charge.to_string(), of)
        };
        let sums: Vec<(String, Total)> = granted.charges.iter().map(sum).collect();
        let all = sums.iter().fold(Total::default(), |all, (_, of)| all + *of);
        told.exact = Fraction::of_money(all, currency);
        let shown = sums.into_iter().map(|(charge, of)| (charge, of.display(currency)));
        told.how = HowTold::Granted { days, sums: shown.collect() };
    }

    /// The checks of a sample, each looked at by itself; one whose subject is not known waits.
    fn sample(&self, sample: &Id, told: &mut FigureTold) {
        let all = &self.at.facts.validations;
        let known = (0..all.len()).filter_map(|nth| all.known(nth, self.at.cut_off)).map(|(_, terms)| terms);
        let there = |subject: &Checked| match subject {
            Checked::Contract => true,
            Checked::Company(id) => {
                let found = self.at.facts.companies.find(id.as_str());
                found.and_then(|nth| self.at.facts.companies.known(nth, self.at.cut_off)).is_some()
            }
            Checked::Participant(id) => {
                let found = self.at.facts.participants.find(id.as_str());
                found.and_then(|nth| self.at.facts.participants.known(nth, self.at.cut_off)).is_some()
            }
        };
        let results: Vec<bool> =
            known.filter(|terms| terms.sample == *sample && there(&terms.subject)).map(|terms| terms.valid).collect();
        let count = |counted: usize| u32::try_from(counted).unwrap_or(u32::MAX);
        let (invalid, checked) = (count(results.iter().filter(|valid| !**valid).count()), count(results.len()));
        let number = |count: u32| Fraction::of(Decimal::from(count));
        told.exact = number(invalid).by(number(checked));
        told.how = HowTold::Sampled { sample: sample.to_string(), invalid, checked };
    }

    fn compare(&mut self, compare: &'c Compare, told: &mut FigureTold) {
        let (of, with) = (self.look_up(&compare.of), self.look_up(&compare.with));
        if let (Some(a), Some(b)) = (of.value, with.value) {
            let hundred = Fraction::of(Decimal::ONE_HUNDRED);
            told.exact = match compare.by {
                By::Difference => a.less(b),
                By::Ratio => a.by(b),
                By::Percent => hundred.times(a).and_then(|share| share.by(b)),
                By::PercentChange => a.less(b).and_then(|far| hundred.times(far)?.by(b)),
                By::PercentFall => b.less(a).and_then(|far| hundred.times(far)?.by(b)),
            };
            told.how = HowTold::Compared { by: compare.by, of: a, with: b };
        }
        told.parts = vec![of, with];
    }

    fn sum(&mut self, sum: &'c Sum, told: &mut FigureTold) {
        told.parts = sum.parts.iter().map(|part| self.look_up(&part.figure)).collect();
        let weights = sum.parts.iter().map(|part| Fraction::of_ratio(part.weight));
        let values = told.parts.iter().map(|part| part.value);
        let terms: Option<Vec<_>> = weights.zip(values).map(|(weight, value)| weight.zip(value)).collect();
        if let Some(terms) = terms {
            let mut all = terms.iter();
            told.exact = all.try_fold(Fraction::over(1), |so_far, (weight, value)| so_far.and(weight.times(*value)?));
            told.how = HowTold::Summed(terms);
        }
    }

    /// The days in which a measurement's last day has to lie; without a first one, everything before too.
    fn days(&self, window: Window) -> (Option<Day>, Day) {
        let first = match window {
            Window::Total => None,
            _ if self.since.is_none() => None,
            Window::CalendarYear => Day::from_ymd(self.date.year(), 1, 1),
            Window::SinceLast => self.since,
        };
        (first, self.date)
    }

    /// What is counted or tallied on days, over everybody or of the participant alone.
    fn added_up(&self, place: usize, (first, last): (Option<Day>, Day), own: bool) -> Option<Fraction> {
        let census = if own { self.at.mine.map(|(_, _, census)| census) } else { self.at.census };
        Some(Fraction::of(Decimal::from(census?.over(place, first, last))))
    }

    /// How many companies joined on days.
    fn companies(&self, (first, last): (Option<Day>, Day)) -> Option<Fraction> {
        let all = &self.at.facts.companies;
        let mut joined = 0_i64;
        for nth in 0..all.len() {
            let day = all.known(nth, self.at.cut_off).and_then(|(_, terms)| terms.joined_on);
            joined += i64::from(day.is_some_and(|day| day <= last && first.is_none_or(|first| first <= day)));
        }
        Some(Fraction::of(Decimal::from(joined)))
    }

    /// The latest measurement, by going through the rows from one to the next: a later last day is better, of equal ones a
    /// later first day; of those that are alike the first stays.
    fn latest(&self, metric: &Metric) -> Option<(Decimal, MeasurementTold)> {
        let all = &self.at.facts.measurements;
        let (from, until) = self.days(metric.window);
        let mut best: Option<(Span, Decimal, MeasurementTold)> = None;
        for nth in 0..all.len() {
            let Some((row, terms)) = all.known(nth, self.at.cut_off) else { continue };
            let last = terms.days.last;
            let whose = if metric.per_participant { self.at.mine.map(|(_, id, _)| id) } else { None };
            let elsewhere = terms.metric != metric.metric
                || terms.cohort != metric.cohort
                || terms.participant.as_ref() != whose
                || (metric.per_participant && whose.is_none());
            if elsewhere || until < last || from.is_some_and(|from| last < from) {
                continue;
            }
            let better = |best: &Span| last > best.last || (last == best.last && terms.days.first > best.first);
            if best.as_ref().is_none_or(|(days, ..)| better(days)) {
                let told = MeasurementTold { id: row.id.to_string(), days: terms.days, row: source(row) };
                best = Some((terms.days, terms.value, told));
            }
        }
        best.map(|(_, value, told)| (value, told))
    }
}
