//! Judging gates: on which day each opens for an entitlement, by what is known on a cut-off (mechanisms 6.3).

use super::gate::{self, Gate};
use super::requirement::Requirement;
use super::test::{Bound, Test};
use crate::facts::Facts;
use crate::figure::asking::DEEPEST;
use crate::figure::{Adds, Asked, Asking, Figures, Own, Seen};
use crate::measure::day::{Day, Span};
use crate::measure::id::Id;
use std::collections::BTreeMap;

/// The gates of a contract made ready to be judged: their dates are looked up once.
#[derive(Debug)]
pub struct Gates<'a> {
    gates: &'a [Gate],
    figures: Figures<'a>,
    /// For each gate its dates, if it has any.
    dates: Vec<Option<Vec<Day>>>,
    /// The contract's days, those of its tail too.
    days: Span,
}

impl<'a> Gates<'a> {
    /// Makes gates ready; `days` are the contract's term with its tail.
    #[must_use]
    pub fn new(gates: &'a [Gate], figures: Figures<'a>, term: Span, days: Span) -> Gates<'a> {
        let dates = gates.iter().map(|gate| gate.until(term, Day::FAR)).collect();
        Gates { gates, figures, dates, days }
    }

    /// Sets out to judge by what is known on a cut-off and what participants add to figures, for the contract or for one of
    /// them; `None` where there are no gates.
    #[must_use]
    pub fn judge<'j>(
        &'j self,
        facts: &'j Facts,
        known_on: Day,
        whose: Option<(&'j Adds, Option<Own<'j>>)>,
    ) -> Option<Judge<'j>> {
        let (own_day, asked) = (self.days.first, BTreeMap::new());
        let judge = Judge { of: self, facts, known_on, whose, own_day, asked, deep: 0 };
        (!self.gates.is_empty()).then_some(judge)
    }
}

/// The day on which a charge, or a step of it, was reached.
pub type Reached<'r> = &'r dyn Fn(&Requirement) -> Option<Day>;

/// What becomes of an entitlement at a gate.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Judged {
    /// The day on which the gate opens for it; `None` = it is shut, or waits.
    pub opens: Option<Day>,
    /// The last day that was asked about; `None` = no date is left.
    pub on: Option<Day>,
    /// Whether it is shut only for as long as something is not reached.
    pub waits: bool,
    /// How many tests hold.
    pub hold: usize,
    /// How many have to.
    pub needed: usize,
    /// A figure that is not known.
    pub unknown: Option<u16>,
    /// What the figures said, each by its place in the contract.
    pub seen: Vec<(u16, Seen)>,
}

/// Judges gates by what is known on one cut-off; what was asked once is not asked again.
#[derive(Debug)]
pub struct Judge<'j> {
    of: &'j Gates<'j>,
    facts: &'j Facts,
    known_on: Day,
    /// What participants add, and the one of whom it is asked; none where nobody says so.
    whose: Option<(&'j Adds, Option<Own<'j>>)>,
    /// That of the entitlement, also where a gate is judged on a date.
    own_day: Day,
    asked: BTreeMap<(Day, Day), Asking<'j>>,
    deep: usize,
}

/// What a test says.
#[derive(Default)]
struct Tried {
    /// The day on which it is met.
    met: Option<Day>,
    /// Whether it may still be met later.
    waits: bool,
    /// The last day that was asked about.
    on: Option<Day>,
    unknown: Option<u16>,
    seen: Vec<(u16, Seen)>,
}

impl Judge<'_> {
    /// What becomes of an entitlement with that own day at the gate of that place. A gate with dates is judged on the first of
    /// them that is not before the own day; one without on the own day, and there waits for what can only turn true.
    pub fn judge(&mut self, gate: u16, own: Day, reached: Reached<'_>) -> Judged {
        self.own_day = own;
        self.judged(gate, own, reached)
    }

    fn judged(&mut self, gate: u16, own: Day, reached: Reached<'_>) -> Judged {
        let of = self.of;
        let Some((terms, dates)) = of.gates.get(usize::from(gate)).zip(of.dates.get(usize::from(gate))) else {
            return Judged::default();
        };
        let needed = terms.needed();
        let (on, since) = match dates {
            None => (own, of.days.first),
            Some(dates) => {
                let next = dates.partition_point(|date| *date < own);
                let Some(on) = dates.get(next) else { return Judged { needed, ..Judged::default() } };
                let before = next.checked_sub(1).and_then(|before| dates.get(before));
                (*on, before.map_or(of.days.first, |before| before.next()))
            }
        };
        // A gate that tests itself, which no contract that was checked has, is shut.
        if self.deep == DEEPEST {
            return Judged { needed, ..Judged::default() };
        }
        self.deep += 1;
        let tried: Vec<Tried> = terms.tests.iter().map(|test| self.tried(test, on, since, reached)).collect();
        self.deep -= 1;
        let met = tried.iter().filter_map(|tried| tried.met);
        let mut met: Vec<Day> = met.filter(|day| dates.is_none() || *day == on).collect();
        met.sort_unstable();
        let opens = if needed == 0 { Some(on) } else { met.get(needed - 1).copied() };
        let hopeful = tried.iter().filter(|tried| tried.met.is_some() || tried.waits).count();
        Judged {
            opens,
            on: tried.iter().filter_map(|tried| tried.on).chain([on]).max(),
            waits: dates.is_none() && opens.is_none() && hopeful >= needed,
            hold: met.len(),
            needed,
            unknown: tried.iter().find_map(|tried| tried.unknown),
            seen: tried.into_iter().flat_map(|tried| tried.seen).collect(),
        }
    }

    fn tried(&mut self, test: &Test, on: Day, since: Day, reached: Reached<'_>) -> Tried {
        match test {
            Test::Charge(reach) => {
                let day = reached(&reach.charge);
                let met = match (day, reach.reached) {
                    (Some(day), true) => Some(day.max(on)),
                    (Some(day), false) if day <= on => None,
                    (None, true) => None,
                    (_, false) => Some(on),
                };
                Tried { met, waits: reach.reached, ..Tried::default() }
            }
            Test::Figure(bound) => self.stands(bound, on, since),
            Test::Gate(id) => {
                let Some((place, _)) = gate::find(self.of.gates, id) else { return Tried::default() };
                let judged = self.judged(place, on, reached);
                let (met, waits, unknown) = (judged.opens, judged.waits, judged.unknown);
                Tried { met, waits, on: judged.on, unknown, seen: judged.seen }
            }
            Test::Suspended(wanted) => {
                let suspended = self.facts.suspended(self.own_day, self.known_on);
                Tried { met: (suspended == *wanted).then_some(on), ..Tried::default() }
            }
        }
    }

    /// Where a figure stands on a day or, if it can only rise, the first day after it on which that is enough.
    fn stands(&mut self, bound: &Bound, on: Day, since: Day) -> Tried {
        let Some((place, figure)) = self.of.figures.find(&bound.figure) else { return Tried::default() };
        let waits = bound.is_waited_for(&figure.form);
        let met = match self.holds(bound, on, since) {
            true => Some(on),
            false if waits => self.first_day(bound, on, since),
            false => None,
        };
        let seen = self.ask(&bound.figure, met.unwrap_or(on), since);
        let unknown = seen.is_none().then_some(place);
        Tried { met, waits, on: met, unknown, seen: seen.map(|seen| (place, seen)).into_iter().collect() }
    }

    /// The first day after one on which a figure that can only rise passes: the days before it and those from it on are halved
    /// again and again.
    fn first_day(&mut self, bound: &Bound, after: Day, since: Day) -> Option<Day> {
        let (mut fails, mut holds) = (after, self.of.days.last);
        if holds <= fails || !self.holds(bound, holds, since) {
            return None;
        }
        while fails.next() < holds {
            let middle = fails.plus_days(holds.days_since(fails) / 2);
            if self.holds(bound, middle, since) { holds = middle } else { fails = middle }
        }
        Some(holds)
    }

    fn holds(&mut self, bound: &Bound, on: Day, since: Day) -> bool {
        self.ask(&bound.figure, on, since).is_some_and(|seen| bound.holds(seen.value))
    }

    fn ask(&mut self, figure: &Id, on: Day, since: Day) -> Option<Seen> {
        let asked = Asked { on, since, known_on: self.known_on, whole: false };
        let asking = self.asked.entry((on, since)).or_insert_with(|| {
            let asking = Asking::new(self.of.figures, self.facts, asked);
            match self.whose {
                Some((adds, Some(own))) => asking.adding(adds).of(own),
                Some((adds, None)) => asking.adding(adds),
                None => asking,
            }
        });
        asking.value(figure).map(|(_, seen)| seen)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::charge::dates::Dates;
    use crate::charge::test::{Reach, Than};
    use crate::facts::{History, Measurement, Row};
    use crate::figure::{Figure, Form, Metric, Window};
    use crate::measure::ratio::Ratio;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn bound(figure: &str, than: Than, number: &str) -> Bound {
        Bound { figure: Id::name(figure), than, number: Ratio::parse(number).unwrap(), tolerance: Ratio::ONE }
    }

    fn at_least(figure: &str, number: &str) -> Test {
        Test::Figure(bound(figure, Than::AtLeast, number))
    }

    fn charge(id: &str, reached: bool) -> Test {
        Test::Charge(Reach { charge: Requirement { charge: Id::name(id), step: None }, reached })
    }

    fn gate(id: &str, needs: Option<u32>, dates: Option<&[&str]>, tests: Vec<Test>) -> Gate {
        let dates = dates.map(|dates| Dates::On(dates.iter().map(|date| day(date)).collect()));
        Gate { id: Id::name(id), tests, needs, dates }
    }

    fn figures(window: Window) -> Vec<Figure> {
        let metric = |id: &str| Form::Metric(Metric { metric: Id::name(id), cohort: None, window, per_participant: false });
        ["a", "b"].map(|id| Figure { id: Id::name(id), form: metric(id), decimals: None }).to_vec()
    }

    /// Metric, last day, value.
    fn facts(rows: &[(&str, &str, i64)]) -> Facts {
        let row = |(nth, (metric, last, value)): (usize, &(&str, &str, i64))| {
            let days = Span { first: day("2018-01-01"), last: day(last) };
            let fact = Measurement {
                metric: Id::name(metric),
                cohort: None,
                participant: None,
                days,
                value: (*value).into(),
                source: None,
            };
            Row::new(Id::name(&format!("m{nth}")), day("2018-01-01"), fact)
        };
        Facts { measurements: History::new(rows.iter().enumerate().map(row).collect()).unwrap(), ..Facts::default() }
    }

    /// What becomes of an own day at the first gate; `x` is reached on 1 May, `y` never.
    fn opens(gates: &[Gate], figures: &[Figure], facts: &Facts, own: &str) -> (Option<String>, bool) {
        let days = Span { first: day("2018-01-01"), last: day("2020-12-31") };
        let ready = Gates::new(gates, Figures { all: figures, goals: &[] }, days, days);
        let reached = |named: &Requirement| (named.charge == *"x").then(|| day("2018-05-01"));
        let judged = ready.judge(facts, day("2021-01-31"), None).unwrap().judge(0, day(own), &reached);
        (judged.opens.map(|day| day.to_string()), judged.waits)
    }

    fn on(day: &str) -> (Option<String>, bool) {
        (Some(day.to_owned()), false)
    }

    const SHUT: (Option<String>, bool) = (None, false);
    const WAITS: (Option<String>, bool) = (None, true);

    #[test]
    fn without_dates_a_charge_is_waited_for_and_a_figure_is_not() {
        let (figures, facts) = (figures(Window::Total), facts(&[("a", "2018-03-31", 10), ("b", "2018-04-30", 5)]));
        let opens = |tests, needs, own| opens(&[gate("g", needs, None, tests)], &figures, &facts, own);
        let both = || vec![charge("x", true), at_least("a", "10")];
        assert_eq!(opens(both(), None, "2018-04-01"), on("2018-05-01"));
        assert_eq!(opens(both(), None, "2018-06-01"), on("2018-06-01"));
        assert_eq!(opens(both(), None, "2018-03-30"), SHUT, "the figure is not known on its own day");
        assert_eq!(opens(both(), Some(1), "2018-03-30"), on("2018-05-01"));
        assert_eq!(opens(vec![charge("y", true)], None, "2018-03-30"), WAITS);
        assert_eq!(opens(vec![charge("y", true), at_least("a", "11")], None, "2018-04-30"), SHUT);
        assert_eq!(opens(vec![charge("x", true), charge("y", true), at_least("b", "5")], Some(2), "2018-04-29"), WAITS);
        assert_eq!(opens(vec![charge("x", false)], None, "2018-04-30"), on("2018-04-30"));
        assert_eq!(opens(vec![charge("x", false)], None, "2018-05-01"), SHUT);
        assert_eq!(opens(vec![charge("y", false)], None, "2018-05-01"), on("2018-05-01"));
    }

    #[test]
    fn with_dates_the_first_one_from_the_own_day_on_decides() {
        let dates: &[&str] = &["2018-04-30", "2018-06-30"];
        let (total, year) = (figures(Window::Total), figures(Window::SinceLast));
        let facts = facts(&[("a", "2018-04-30", 10), ("a", "2018-06-30", 9), ("b", "2018-04-30", 1)]);
        let dated = |tests| [gate("g", None, Some(dates), tests)];
        assert_eq!(opens(&dated(vec![at_least("a", "10")]), &total, &facts, "2018-04-30"), on("2018-04-30"));
        assert_eq!(opens(&dated(vec![at_least("a", "10")]), &total, &facts, "2018-05-01"), SHUT);
        assert_eq!(opens(&dated(vec![at_least("a", "9")]), &total, &facts, "2018-05-01"), on("2018-06-30"));
        assert_eq!(opens(&dated(vec![at_least("a", "9")]), &total, &facts, "2018-07-01"), SHUT, "no date is left");
        assert_eq!(opens(&dated(vec![charge("x", true)]), &total, &facts, "2018-04-01"), SHUT, "nothing is waited for");
        assert_eq!(opens(&dated(vec![charge("x", false)]), &total, &facts, "2018-04-01"), on("2018-04-30"));
        assert_eq!(opens(&dated(vec![at_least("b", "1")]), &total, &facts, "2018-05-01"), on("2018-06-30"));
        assert_eq!(
            opens(&dated(vec![at_least("b", "1")]), &year, &facts, "2018-05-01"),
            SHUT,
            "measured before the last date"
        );
    }

    #[test]
    fn a_gate_in_a_gate_opens_as_it_would_by_itself() {
        let (figures, facts) = (figures(Window::Total), facts(&[]));
        let dated = || gate("dated", None, Some(&["2018-04-30", "2018-06-30"]), vec![charge("x", true)]);
        let plain = || gate("plain", None, None, vec![charge("x", true)]);
        let around = |dates, inner: Gate| {
            let gates = [gate("g", None, dates, vec![Test::Gate(inner.id.clone())]), inner];
            opens(&gates, &figures, &facts, "2018-04-29")
        };
        assert_eq!(around(None, plain()), on("2018-05-01"));
        assert_eq!(around(None, dated()), SHUT);
        let later: &[&str] = &["2018-05-31"];
        assert_eq!(around(Some(later), plain()), on("2018-05-31"));
        assert_eq!(around(Some(later), dated()), SHUT, "it opens a month after that date");
        let itself = [gate("g", None, None, vec![Test::Gate(Id::name("g"))])];
        assert_eq!(opens(&itself, &figures, &facts, "2018-04-29"), SHUT);
    }

    #[test]
    fn a_suspension_is_asked_about_on_the_own_day_whatever_the_date() {
        use crate::facts::Suspension;
        let row = |id: &str, first: &str, last: Option<&str>| {
            let fact = Suspension { first_day: day(first), last_day: last.map(day), reason: None };
            Row::new(Id::name(id), day("2018-01-01"), fact)
        };
        let rows = vec![row("a", "2018-03-01", Some("2018-03-31")), row("b", "2019-01-01", None)];
        let facts = Facts { suspensions: History::new(rows).unwrap(), ..Facts::default() };
        let opens = |wanted, dates, own| {
            let inner = gate("in", None, None, vec![Test::Suspended(wanted)]);
            opens(&[gate("g", None, dates, vec![Test::Gate(Id::name("in"))]), inner], &[], &facts, own)
        };
        let dates: &[&str] = &["2018-06-30", "2019-06-30"];
        assert_eq!(opens(true, None, "2018-03-31"), on("2018-03-31"));
        assert_eq!(opens(true, None, "2018-04-01"), SHUT);
        assert_eq!(opens(false, None, "2018-04-01"), on("2018-04-01"));
        assert_eq!(opens(true, Some(dates), "2018-03-01"), on("2018-06-30"), "the date is not suspended, the own day is");
        assert_eq!(opens(false, Some(dates), "2018-12-31"), on("2019-06-30"), "it is not over, and began later");
        assert_eq!(opens(false, Some(dates), "2019-01-01"), SHUT);
    }

    #[test]
    fn the_first_day_of_what_only_rises_is_found() {
        let (figures, facts) = (figures(Window::Total), facts(&[("a", "2018-02-28", 5), ("a", "2019-03-07", 12)]));
        let days = Span { first: day("2018-01-01"), last: day("2020-12-31") };
        let gates = [gate("g", None, None, Vec::new())];
        let ready = Gates::new(&gates, Figures { all: &figures, goals: &[] }, days, days);
        let first = |than, number: &str, after: &str| {
            let mut judge = ready.judge(&facts, day("2021-01-31"), None).unwrap();
            judge.first_day(&bound("a", than, number), day(after), days.first).map(|day| day.to_string())
        };
        assert_eq!(first(Than::AtLeast, "12", "2018-01-01").as_deref(), Some("2019-03-07"));
        assert_eq!(first(Than::AtLeast, "12", "2019-03-06").as_deref(), Some("2019-03-07"));
        assert_eq!(first(Than::Above, "4", "2018-01-01").as_deref(), Some("2018-02-28"));
        assert_eq!(first(Than::Above, "12", "2018-01-01"), None);
    }
}
