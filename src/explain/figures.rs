//! What figures say on a date, looked up row by row and worked out on fractions of their own (mechanisms 4).

use super::fraction::Fraction;
use super::reckoning::{FigureTold, HowTold, MeasurementTold};
use super::rows::source;
use crate::charge::{Charge, Measured};
use crate::contract::Contract;
use crate::facts::Facts;
use crate::facts::validation::Checked;
use crate::figure::asking::DEEPEST;
use crate::figure::{By, Compare, Form, Granted, Metric, Sum, Window};
use crate::measure::day::{Day, Span};
use crate::measure::id::Id;
use crate::measure::money::{Money, Total};
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// What one date is worked out from.
#[derive(Clone, Copy)]
pub(super) struct Case<'c> {
    pub contract: &'c Contract,
    pub facts: &'c Facts,
    pub charge: &'c Charge,
    pub terms: &'c Measured,
    pub cut_off: Day,
    /// What stands before the charge in the order of rule 9.2, where its turn has come.
    pub granted: Option<&'c [Counted<'c>]>,
}

/// What was granted of one entitlement whose charge a figure names.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted<'c> {
    pub charge: &'c Id,
    pub earned_on: Day,
    pub amount: Money,
}

/// The figures of one date. Each is told in full where it is named first.
pub(super) struct Lookup<'c> {
    contract: &'c Contract,
    facts: &'c Facts,
    cut_off: Day,
    date: Day,
    /// The first day since the asker's date before.
    since: Day,
    granted: Option<&'c [Counted<'c>]>,
    told: BTreeMap<&'c Id, Option<Fraction>>,
    deep: usize,
}

impl<'c> Lookup<'c> {
    pub(super) fn new(case: Case<'c>, date: Day) -> Lookup<'c> {
        let earlier = case.terms.dates.until(case.contract.term(), date.previous());
        let since = earlier.last().map_or(case.contract.starts, |date| date.next());
        Lookup { granted: case.granted, ..Lookup::on(case.contract, case.facts, case.cut_off, (since, date)) }
    }

    /// The figures of any day, with the first day since the asker's date before.
    pub(super) fn on(contract: &'c Contract, facts: &'c Facts, cut_off: Day, (since, date): (Day, Day)) -> Lookup<'c> {
        Lookup { contract, facts, cut_off, date, since, granted: None, told: BTreeMap::new(), deep: 0 }
    }

    /// What a figure says, and from what.
    pub(super) fn look_up(&mut self, id: &'c Id) -> FigureTold {
        let mut told = FigureTold { figure: id.to_string(), ..FigureTold::default() };
        let figure = self.contract.figures.iter().find(|figure| figure.id == *id);
        let Some(figure) = figure.filter(|_| self.deep < DEEPEST) else { return told };
        if let Some(value) = self.told.get(id) {
            return FigureTold { value: *value, how: HowTold::Before, ..told };
        }
        self.told.insert(id, None);
        self.deep += 1;
        match &figure.form {
            Form::Granted(granted) => self.granted(granted, &mut told),
            Form::Value(printed) => told.exact = Fraction::of_ratio(printed.value),
            Form::Metric(metric) => {
                if let Some((value, measurement)) = self.latest(metric) {
                    (told.exact, told.how) = (Some(Fraction::of(value)), HowTold::Measured(measurement));
                } else {
                    told.how = HowTold::NotMeasured(self.days(metric.window));
                }
            }
            Form::Sample(sample) => self.sample(&sample.sample, &mut told),
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

    /// What is granted before the asker, charge by charge; nothing while that is not known.
    fn granted(&self, granted: &Granted, told: &mut FigureTold) {
        let days = self.days(granted.window);
        let Some(queue) = self.granted else { return };
        let currency = self.contract.currency;
        let sum = |charge: &Id| {
            let counts = |grant: &&Counted| {
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
        let all = &self.facts.validations;
        let known = (0..all.len()).filter_map(|nth| all.known(nth, self.cut_off)).map(|(_, terms)| terms);
        let there = |subject: &Checked| match subject {
            Checked::Contract => true,
            Checked::Company(id) => {
                let found = self.facts.companies.find(id.as_str());
                found.and_then(|nth| self.facts.companies.known(nth, self.cut_off)).is_some()
            }
            Checked::Participant(id) => {
                let found = self.facts.participants.find(id.as_str());
                found.and_then(|nth| self.facts.participants.known(nth, self.cut_off)).is_some()
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
            Window::CalendarYear => Day::from_ymd(self.date.year(), 1, 1),
            Window::SinceLast => Some(self.since),
        };
        (first, self.date)
    }

    /// The latest measurement, by going through the rows from one to the next: a later last day is better, of equal ones a
    /// later first day; of those that are alike the first stays.
    fn latest(&self, metric: &Metric) -> Option<(Decimal, MeasurementTold)> {
        let all = &self.facts.measurements;
        let (from, until) = self.days(metric.window);
        let mut best: Option<(Span, Decimal, MeasurementTold)> = None;
        for nth in 0..all.len() {
            let Some((row, terms)) = all.known(nth, self.cut_off) else { continue };
            let last = terms.days.last;
            let elsewhere = terms.metric != metric.metric || terms.cohort != metric.cohort;
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
