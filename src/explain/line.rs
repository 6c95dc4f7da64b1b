//! Every day of the term for one outcome: whether it qualifies and, if not, why not (rules 6.1 to 6.6). Each day is asked by
//! itself; neighbours of which the same is to be said are kept as one range.

use super::own::{Own, reported};
use super::work::{Work, looked_at, weekly};
use crate::facts::roster::{KnownJob, KnownSpell};
use crate::measure::day::{Day, Span};
use crate::measure::id::Id;
use crate::timeline::job::Cut;
use crate::timeline::outcome::{Anchor, Companies, NewJobs, Outcome};
use rust_decimal::Decimal;
use std::cmp::Reverse;

/// The days of one outcome, for one participant or for one of its companies.
#[derive(Debug)]
pub(super) struct Line<'a> {
    pub outcome: &'a Outcome,
    /// The company, with `per = "company"` (rule 6.6).
    pub company: Option<u32>,
    /// Which jobs it looks at.
    pub at: At<'a>,
    /// What it looks at.
    pub work: Vec<Work<'a>>,
    /// All days that were asked, in order and without gaps.
    pub ranges: Vec<Range>,
    /// The day that `elapsed` counts from (rule 8.1).
    pub anchor: Option<Day>,
    /// The last day that can qualify (rule 7.3).
    pub last: Day,
}

/// Which jobs are looked at (rule 6.6, mechanisms 3.1).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum At<'a> {
    Anywhere,
    Company(u32),
    Employer(&'a Id),
}

/// Days of which the same is to be said.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Range {
    pub days: Span,
    pub state: State,
    /// Hours a week over the active spells (rule 6.2).
    pub hours: Decimal,
    /// What is active with the most hours (rule 6.3), by its place in [`Line::work`].
    pub top: Option<usize>,
    /// What was reported for these days, by the places in [`Line::work`].
    pub seen: Vec<Seen>,
}

/// What is said of a day.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum State {
    Counts,
    BeforeTerm,
    AfterTerm,
    BeforeEnrolment,
    AfterEligibility,
    NoSpell,
    NoneActive,
    TooFewHours,
    /// By its place among the known spells.
    Excepted(usize),
    Skipped,
    NoAnchor,
    BeforeWindow(Day),
    AfterWindow(Span),
}

/// A spell or reports on a day that they were reported for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Seen {
    Active(usize),
    Kind(usize),
    BeforePlaced(usize),
    NotJoined(usize),
    CompanyLeft(usize),
    OutsideJob(usize),
    /// The second is the earlier spell at the same place.
    NotNew(usize, usize),
    NoEvidence(usize),
    Taken(usize, Cut),
    /// By its place among the waiting ones.
    Waits(usize),
}

impl<'a> Line<'a> {
    /// Asks every day of `days`; `reached` is the day on which the charge was reached that the window counts from.
    pub fn new(
        own: &Own<'a>,
        outcome: &'a Outcome,
        (company, at): (Option<u32>, At<'a>),
        days: Span,
        reached: Option<Day>,
    ) -> Line<'a> {
        let work = looked_at(own, outcome);
        let mut line = Line {
            outcome,
            company,
            at,
            work,
            ranges: Vec::new(),
            anchor: Some(own.known.terms.enrolled_on),
            last: own.contract.ends,
        };
        let mut ranges: Vec<Range> = Vec::new();
        let mut day = days.first;
        while day <= days.last {
            push(&mut ranges, line.ask(own, day));
            day = day.next();
        }
        line.ranges = ranges;
        let until = own.known.terms.eligible_until.unwrap_or(Day::FAR);
        line.last = line.last.min(until);
        line.close(own, reached).skip()
    }

    /// Lays the window over the days that qualify (rule 6.4).
    fn close(mut self, own: &Own<'a>, reached: Option<Day>) -> Line<'a> {
        let Some(window) = &self.outcome.window else { return self };
        self.anchor = match &window.from {
            Anchor::Enrolment => Some(own.known.terms.enrolled_on),
            Anchor::Placement => first_placement(own, self.outcome, self.company),
            Anchor::FirstDay => self.counting().next().map(|range| range.days.first),
            Anchor::Charge { .. } => reached.map(Day::next),
        };
        let open = self.anchor.map(|anchor| Span { first: anchor, last: window.length.after(anchor).previous() });
        let mut ranges = Vec::new();
        for range in std::mem::take(&mut self.ranges) {
            let Some(open) = open.filter(|_| range.state == State::Counts) else {
                let state = if range.state == State::Counts { State::NoAnchor } else { range.state };
                push(&mut ranges, Range { state, ..range });
                continue;
            };
            let mut day = range.days.first;
            while day <= range.days.last {
                let state = match day {
                    day if day < open.first => State::BeforeWindow(open.first),
                    day if day > open.last => State::AfterWindow(open),
                    _ => State::Counts,
                };
                push(&mut ranges, Range { days: Span { first: day, last: day }, state, ..range.clone() });
                day = day.next();
            }
        }
        self.ranges = ranges;
        self.last = open.map_or(self.last, |open| self.last.min(open.last));
        self
    }

    /// Leaves out the first days that would qualify (mechanisms 3.1).
    fn skip(mut self) -> Line<'a> {
        let mut left = self.outcome.skip_days;
        let mut ranges = Vec::new();
        for range in std::mem::take(&mut self.ranges) {
            let mut day = range.days.first;
            while left > 0 && day <= range.days.last && range.state == State::Counts {
                push(&mut ranges, Range { days: Span { first: day, last: day }, state: State::Skipped, ..range.clone() });
                (left, day) = (left - 1, day.next());
            }
            if let Some(days) = Span::new(day, range.days.last) {
                ranges.push(Range { days, ..range });
            }
        }
        self.ranges = ranges;
        self
    }

    /// The ranges of days that qualify.
    pub fn counting(&self) -> impl Iterator<Item = &Range> {
        self.ranges.iter().filter(|range| range.state == State::Counts)
    }

    /// The ranges that reach into `days`, each cut to them.
    pub fn within(&self, days: Span) -> impl Iterator<Item = (Span, &Range)> {
        let from = self.ranges.partition_point(|range| range.days.last < days.first);
        self.ranges.iter().skip(from).map_while(move |range| Some((range.days.overlap(days)?, range)))
    }
}

/// Adds days behind the others, as part of the last range where the same is to be said.
fn push(ranges: &mut Vec<Range>, range: Range) {
    match ranges.last_mut() {
        Some(last) if same(last, &range) => last.days.last = range.days.last,
        _ => ranges.push(range),
    }
}

fn same(a: &Range, b: &Range) -> bool {
    a.days.last.next() == b.days.first && (a.state, a.hours, a.top) == (b.state, b.hours, b.top) && a.seen == b.seen
}

impl<'a> Line<'a> {
    /// What is to be said of one day, the window aside (rules 6.1 to 6.3).
    fn ask(&self, own: &Own<'a>, day: Day) -> Range {
        let terms = own.known.terms;
        let outside = match day {
            day if day < own.contract.starts => Some(State::BeforeTerm),
            day if day > own.contract.ends => Some(State::AfterTerm),
            day if day < terms.enrolled_on => Some(State::BeforeEnrolment),
            day if terms.eligible_until.is_some_and(|until| day > until) => Some(State::AfterEligibility),
            _ => None,
        };
        let none = Range {
            days: Span { first: day, last: day },
            state: State::NoSpell,
            hours: Decimal::ZERO,
            top: None,
            seen: Vec::new(),
        };
        if let Some(state) = outside {
            return Range { state, ..none };
        }
        let mut seen = Vec::new();
        let (mut hours, mut top) = (Decimal::ZERO, None);
        for (nth, work) in self.work.iter().enumerate().filter(|(_, work)| work.days.contains(day)) {
            if self.at != At::Anywhere && where_it_is(own, work.job) != self.at {
                continue;
            }
            let found = self.look(own, nth, day);
            if found == Seen::Active(nth) {
                hours += work.hours;
                top = Some(top.map_or(nth, |top| self.greater(top, nth)));
            }
            seen.push(found);
        }
        let reports = self.outcome.payroll.is_some();
        let waiting = own.waiting.iter().enumerate();
        let waiting = waiting.filter(|(_, waiting)| waiting.is_report == reports && waiting.days.contains(day));
        seen.extend(waiting.map(|(nth, _)| Seen::Waits(nth)));
        let state = match top {
            None if seen.is_empty() => State::NoSpell,
            None => State::NoneActive,
            Some(_) => match excepted(own, self.outcome, day) {
                Some(nth) => State::Excepted(nth),
                None if hours < self.outcome.min_weekly_hours => State::TooFewHours,
                None => State::Counts,
            },
        };
        Range { state, hours, top, seen, ..none }
    }

    /// Whether a spell or reports are active on a day that they were reported for (rule 6.1).
    fn look(&self, own: &Own<'a>, nth: usize, day: Day) -> Seen {
        let Some(work) = self.work.get(nth) else { return Seen::Kind(nth) };
        // Rule 3.5 and `confirm_days` do not touch reports (mechanisms 3.2).
        if let Some(cut) = own.taken(nth, day).filter(|_| work.month.is_none()) {
            return Seen::Taken(nth, cut);
        }
        if !self.outcome.kinds.contains(work.kind) {
            return Seen::Kind(nth);
        }
        let placement = own.known.placed(work.job);
        if placement.is_some_and(|placement| day < placement.terms.placed_on) {
            return Seen::BeforePlaced(nth);
        }
        if self.outcome.companies == Companies::Participating {
            let Some(placement) = placement else { return Seen::OutsideJob(nth) };
            if placement.at.joined_on.is_none_or(|joined| day < joined) {
                return Seen::NotJoined(nth);
            }
            if placement.at.left_on.is_some_and(|left| day > left) {
                return Seen::CompanyLeft(nth);
            }
        }
        let must_be_new = self.outcome.new_jobs_only != NewJobs::Any;
        match must_be_new.then(|| self.worked_before(own, work)).flatten() {
            Some(earlier) => Seen::NotNew(nth, earlier),
            None if self.outcome.evidence_required && !work.evidence => Seen::NoEvidence(nth),
            None => Seen::Active(nth),
        }
    }

    /// The first known work at the same company or employer before enrolment, as reported: a spell that begins before it, a
    /// month that ends before it (rule 6.1, mechanisms 3.2); where more hours make a job new, with no fewer than are asked for
    /// (mechanisms 3.1).
    fn worked_before(&self, own: &Own<'a>, here: &Work<'a>) -> Option<usize> {
        let enrolled_on = own.known.terms.enrolled_on;
        let before = |work: &Work<'a>| match work.month {
            None => work.days.first < enrolled_on,
            Some(_) => work.days.last < enrolled_on,
        };
        let fewer = |work: &Work<'a>| self.all_hours(work) < self.outcome.min_weekly_hours;
        let counts = |work: &Work<'a>| self.outcome.new_jobs_only != NewJobs::OrMoreHours || !fewer(work);
        let same_place = |work: &Work<'a>| where_it_is(own, work.job) == where_it_is(own, here.job);
        let old = self.work.iter().enumerate().filter(|(_, work)| same_place(work) && before(work) && counts(work));
        old.min_by_key(|(_, work)| work.days.first).map(|(nth, _)| nth)
    }

    /// Hours a week, with those of reports of the same job, month and kind that stand apart for want of proof.
    fn all_hours(&self, here: &Work<'a>) -> Decimal {
        let (Some(payroll), Some(_)) = (self.outcome.payroll, here.month) else { return here.hours };
        let same = self.work.iter().filter(|work| (work.job, work.kind, work.days) == (here.job, here.kind, here.days));
        weekly(payroll, here.days, same.filter_map(|work| work.month).map(|(hours, _)| hours).sum())
    }

    /// Of two that are active the one that gives the day its kind and company: more hours, then the kind named first, then the
    /// lower id (rule 6.3).
    fn greater(&self, a: usize, b: usize) -> usize {
        if self.rank(b) < self.rank(a) { b } else { a }
    }

    /// The rank of what is active: the lowest leads the day.
    pub fn rank(&self, nth: usize) -> Option<(Reverse<Decimal>, Option<usize>, u32)> {
        let work = self.work.get(nth)?;
        let kind = self.outcome.kinds.iter().position(|kind| kind == work.kind);
        Some((Reverse(work.hours), kind, work.number))
    }
}

/// Where a job is.
pub(super) fn where_it_is<'a>(own: &Own<'a>, job: KnownJob<'a>) -> At<'a> {
    match (own.known.placed(job), job) {
        (Some(placement), _) => At::Company(placement.company),
        (None, KnownJob::Outside(employer)) => At::Employer(employer),
        (None, KnownJob::Placement(_)) => At::Anywhere,
    }
}

/// The spell, wherever it is, that keeps a day from qualifying (mechanisms 3.1).
fn excepted(own: &Own<'_>, outcome: &Outcome, day: Day) -> Option<usize> {
    let runs = |(nth, spell): &(usize, &KnownSpell<'_>)| {
        outcome.except_kinds.contains(&spell.terms.kind)
            && reported(spell.terms).contains(day)
            && own.taken(*nth, day).is_none()
    };
    own.known.spells.iter().enumerate().find(runs).map(|(nth, _)| nth)
}

/// The earliest `placed_on` (at the company); with `companies = "participating"` only of placements whose company is in the
/// programme on some day from `placed_on` to the end of the term (rule 6.4).
fn first_placement(own: &Own<'_>, outcome: &Outcome, company: Option<u32>) -> Option<Day> {
    let ends = own.contract.ends;
    let mut earliest: Option<Day> = None;
    for placement in
        own.known.placements.iter().filter(|placement| company.is_none_or(|company| placement.company == company))
    {
        let placed_on = placement.terms.placed_on;
        let takes_part = placement.at.joined_on.is_some_and(|joined| {
            let from = joined.max(placed_on);
            from <= ends && placement.at.left_on.is_none_or(|left| from <= left)
        });
        if outcome.companies == Companies::Any || takes_part {
            earliest = Some(earliest.map_or(placed_on, |day| day.min(placed_on)));
        }
    }
    earliest
}
