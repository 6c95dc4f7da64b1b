//! One asking: figures answer for a day, each at most once, and what they answered is kept (mechanisms 4.1).

use super::goal::{Attained, Basis, Goal, Requirement, Standing};
use super::{Adds, Counted, Figures, Form, Grants, Saving};
use crate::facts::{Facts, Measurement};
use crate::measure::day::Day;
use crate::measure::id::Id;
use crate::measure::ratio::Ratio;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

/// For which day figures are asked, and what is known (mechanisms 4.1).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Asked {
    /// The day.
    pub on: Day,
    /// The first day since the asker's date before; for its first date the contract's first day (mechanisms 4.2).
    pub since: Day,
    /// The cut-off: rows recorded later have no say.
    pub known_on: Day,
    /// Whether the asker looks at everything so far, whatever the figures' windows (mechanisms 5.4).
    pub whole: bool,
}

/// The participant of whom it is asked (mechanisms 4.3).
#[derive(Clone, Copy, Debug)]
pub struct Own<'a> {
    /// Its id.
    pub id: &'a Id,
    /// What it adds itself.
    pub adds: &'a Adds,
    /// The measurements that any row ties to it, by number.
    pub measurements: &'a [u32],
    /// Those that some row ties to nobody.
    pub general: &'a [u32],
}

impl Own<'_> {
    /// Whether a measurement is its own.
    #[must_use]
    pub fn is(&self, measurement: &Measurement) -> bool {
        measurement.participant.as_ref() == Some(self.id)
    }
}

/// What a figure answered.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Seen {
    /// The exact value, or the rounded one where the figure is rounded.
    pub value: Ratio,
    /// The measurement that says so, by number; none where no single one does.
    pub measurement: Option<u32>,
}

/// How deep figures may be made of figures.
pub const DEEPEST: usize = 32;

/// The figures of a contract, asked for one day.
#[derive(Clone, Debug)]
pub struct Asking<'a> {
    figures: Figures<'a>,
    facts: &'a Facts,
    asked: Asked,
    /// What is granted before the asker; none where that is not known yet.
    grants: Option<&'a Grants>,
    /// What participants add to counts and tallies, all of them together.
    adds: Option<&'a Adds>,
    own: Option<Own<'a>>,
    /// What each figure answered, by its place; `None` = not known.
    answers: BTreeMap<u16, Option<Seen>>,
    /// How the goals stand that were asked for (goals 2).
    attained: BTreeMap<&'a Id, Option<Attained>>,
    deep: usize,
}

impl<'a> Asking<'a> {
    /// Nobody has been asked yet.
    #[must_use]
    pub const fn new(figures: Figures<'a>, facts: &'a Facts, asked: Asked) -> Asking<'a> {
        Asking {
            figures,
            facts,
            asked,
            grants: None,
            adds: None,
            own: None,
            answers: BTreeMap::new(),
            attained: BTreeMap::new(),
            deep: 0,
        }
    }

    /// The same at a turn in the order of rule 9.2: what is granted before it is known (mechanisms 4.1).
    #[must_use]
    pub fn after(self, grants: &'a Grants) -> Asking<'a> {
        Asking { grants: Some(grants), ..self }
    }

    /// The same, with what participants add to counts and tallies (mechanisms 4.1).
    #[must_use]
    pub fn adding(self, adds: &'a Adds) -> Asking<'a> {
        Asking { adds: Some(adds), ..self }
    }

    /// The same, of one participant (mechanisms 4.3).
    #[must_use]
    pub fn of(self, own: Own<'a>) -> Asking<'a> {
        Asking { own: Some(own), ..self }
    }

    /// The value of the figure of that name, and its place; `None` = not known. A figure that is made of itself, which no
    /// contract that was checked has, is not known.
    pub fn value(&mut self, id: &Id) -> Option<(u16, Seen)> {
        let (place, figure) = self.figures.find(id)?;
        if let Some(answer) = self.answers.get(&place) {
            return answer.map(|seen| (place, seen));
        }
        self.answers.insert(place, None);
        if self.deep == DEEPEST {
            return None;
        }
        self.deep += 1;
        let exact = self.exact(place, &figure.form);
        self.deep -= 1;
        let seen = exact.and_then(|seen| match figure.decimals {
            Some(decimals) => Some(Seen { value: seen.value.rounded(decimals)?, ..seen }),
            None => Some(seen),
        });
        self.answers.insert(place, seen);
        seen.map(|seen| (place, seen))
    }

    fn exact(&mut self, place: u16, form: &'a Form) -> Option<Seen> {
        // Every part is asked, known or not, so that everything that is missing can be told at once.
        let parts: Vec<Option<(u16, Seen)>> = self.figures.parts(form).into_iter().map(|id| self.value(id)).collect();
        let parts: Option<Vec<Ratio>> = parts.into_iter().map(|part| part.map(|(_, seen)| seen.value)).collect();
        let made = |value| Some(Seen { value, measurement: None });
        match form {
            Form::Compare(compare) => match parts?.as_slice() {
                [of, with] => made(compare.by.of(*of, *with)?),
                _ => None,
            },
            Form::Count(_) | Form::Tally(_) => made(Ratio::of(Decimal::from(self.added_up(place, form)?))),
            Form::Goal(terms) => made(self.attained(&terms.goal)?.value(terms.by)?),
            Form::Granted(granted) => granted.value(self.grants?, self.asked),
            Form::Metric(metric) => metric.value(self.facts, self.asked, self.own),
            Form::Places(places) => made(self.adds.map_or(Some(Ratio::ZERO), |adds| places.value(adds, place, self.asked))?),
            Form::Sample(sample) => sample.value(self.facts, self.asked),
            Form::Saving(saving) => made(self.saved(place, saving)?),
            Form::Sum(sum) => made(sum.of(&parts?)?),
            Form::Value(value) => made(value.value),
        }
    }

    /// How a goal stands (goals 2); `None` for one that is made of itself, which no contract that was checked has.
    pub fn attained(&mut self, id: &'a Id) -> Option<Attained> {
        let goal = self.figures.goal(id)?;
        if let Some(known) = self.attained.get(id) {
            return *known;
        }
        self.attained.insert(id, None);
        if self.deep == DEEPEST {
            return None;
        }
        self.deep += 1;
        let standings: Vec<Standing> = goal.asked().map(|one| self.stands(goal, one)).collect();
        self.deep -= 1;
        let attained = Some(goal.attained(&standings));
        self.attained.insert(id, attained);
        attained
    }

    /// How a requirement of a goal stands (goals 2).
    pub fn stands(&mut self, goal: &Goal, requirement: &'a Requirement) -> Standing {
        match &requirement.from {
            Basis::Entries => {
                let entries = goal.entries(requirement, self.facts, self.asked);
                let sum = entries.iter().try_fold(Ratio::ZERO, |sum, (_, entry)| sum.plus(Ratio::of(entry.result)));
                requirement.stands(sum, None)
            }
            Basis::Figure(id) => {
                let seen = self.value(id).map(|(_, seen)| seen);
                requirement.stands(seen.map(|seen| seen.value), seen.and_then(|seen| seen.measurement))
            }
            Basis::Goal(id) => Standing::of_goal(self.attained(id)),
        }
    }

    /// What a count or tally comes to.
    fn added_up(&self, place: u16, form: &Form) -> Option<i64> {
        let own = self.own.map(|own| own.adds);
        match form {
            Form::Count(count) if count.of == Counted::Companies => Some(count.companies(self.facts, self.asked)),
            Form::Count(count) => Some(self.adds.map_or(0, |adds| adds.count(place, count.window.days(self.asked)))),
            Form::Tally(tally) => {
                let adds = if tally.per_participant { Some(own?) } else { self.adds };
                Some(adds.map_or(0, |adds| adds.tally(place, tally.window.days(self.asked))))
            }
            _ => None,
        }
    }

    /// What is saved on the days of a saving's window.
    fn saved(&self, place: u16, saving: &Saving) -> Option<Ratio> {
        let days = saving.window.days(self.asked);
        let adds = if saving.per_participant { Some(self.own?.adds) } else { self.adds };
        adds.map_or(Some(Ratio::ZERO), |adds| adds.saved(place, days))
    }

    /// Everything that was asked and is known, by place.
    pub fn seen(&self) -> impl Iterator<Item = (u16, Seen)> + '_ {
        self.answers.iter().filter_map(|(place, answer)| answer.map(|seen| (*place, seen)))
    }

    /// The figures that are not known although everything that they are made of is: where the reason lies.
    pub fn unknown(&self) -> impl Iterator<Item = u16> + '_ {
        let missing = |place: &u16| self.answers.get(place).is_some_and(Option::is_none);
        let itself = move |place: &u16| {
            let figure = self.figures.all.get(usize::from(*place));
            let parts = figure.map(|figure| self.figures.parts(&figure.form)).unwrap_or_default();
            let mut parts = parts.into_iter().filter_map(|id| self.figures.find(id));
            !parts.any(|(part, _)| missing(&part))
        };
        self.answers.keys().copied().filter(missing).filter(itself)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{History, Measurement, Row};
    use crate::figure::{By, Compare, Figure, Metric, Part, Sum, Value, Window};
    use crate::measure::day::Span;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn figure(id: &str, form: Form) -> Figure {
        Figure { id: Id::name(id), form, decimals: None }
    }

    fn printed(id: &str, value: &str) -> Figure {
        figure(id, Form::Value(Value { value: Ratio::parse(value).unwrap() }))
    }

    fn compare(id: &str, of: &str, with: &str, by: By) -> Figure {
        figure(id, Form::Compare(Compare { of: Id::name(of), with: Id::name(with), by }))
    }

    fn sum(id: &str, parts: &[(&str, &str)]) -> Figure {
        let part =
            |(figure, weight): &(&str, &str)| Part { figure: Id::name(figure), weight: Ratio::parse(weight).unwrap() };
        figure(id, Form::Sum(Sum { parts: parts.iter().map(part).collect() }))
    }

    fn asked(on: &str, since: &str) -> Asked {
        Asked { on: day(on), since: day(since), known_on: day("2030-01-01"), whole: false }
    }

    fn value(figures: &[Figure], facts: &Facts, asked: Asked, id: &str) -> Option<String> {
        Asking::new(Figures { all: figures, goals: &[] }, facts, asked)
            .value(&Id::name(id))
            .map(|(_, seen)| seen.value.to_string())
    }

    #[test]
    fn figures_are_made_of_figures_in_any_order() {
        let mut figures = [
            sum("both", &[("points", "0.8"), ("rise", "1/5")]),
            compare("points", "treated", "control", By::Difference),
            compare("rise", "treated", "control", By::PercentChange),
            printed("treated", "46"),
            printed("control", "36"),
        ];
        let at = asked("2020-01-01", "2019-01-01");
        // 0.8 × 10 + 100 × 10 ÷ 36 ÷ 5 = 8 + 50 ÷ 9.
        assert_eq!(value(&figures, &Facts::default(), at, "both").as_deref(), Some("122/9"));
        for figure in figures.iter_mut().filter(|figure| figure.id == *"rise") {
            figure.decimals = Some(1);
        }
        // 27.777… is printed as 27.8: 8 + 27.8 ÷ 5.
        assert_eq!(value(&figures, &Facts::default(), at, "both").as_deref(), Some("13.56"));
        let facts = Facts::default();
        let mut asking = Asking::new(Figures { all: &figures, goals: &[] }, &facts, at);
        asking.value(&Id::name("both"));
        assert_eq!(asking.seen().map(|(place, _)| place).collect::<Vec<_>>(), [0, 1, 2, 3, 4], "each once");
    }

    #[test]
    fn what_is_not_known_says_where_the_reason_lies() {
        let figures = [
            sum("all", &[("share", "1"), ("missing", "1")]),
            compare("share", "one", "none", By::Percent),
            printed("one", "1"),
            printed("none", "0"),
            figure(
                "missing",
                Form::Metric(Metric { metric: Id::name("m"), cohort: None, window: Window::Total, per_participant: false }),
            ),
        ];
        let facts = Facts::default();
        let mut asking = Asking::new(Figures { all: &figures, goals: &[] }, &facts, asked("2020-01-01", "2019-01-01"));
        assert_eq!(asking.value(&Id::name("all")), None);
        assert_eq!(asking.unknown().collect::<Vec<_>>(), [1, 4], "0 divides nothing, and nothing was measured");
    }

    #[test]
    fn a_circle_ends() {
        let circle = [compare("a", "b", "c", By::Difference), compare("b", "a", "c", By::Difference), printed("c", "1")];
        let at = asked("2020-01-01", "2019-01-01");
        assert_eq!(value(&circle, &Facts::default(), at, "a"), None);
        let name = |nth: usize| format!("f{nth}");
        let deep = |count: usize| {
            let mut chain: Vec<Figure> = (1..count).map(|nth| sum(&name(nth), &[(&name(nth + 1), "1")])).collect();
            chain.push(printed(&name(count), "7"));
            value(&chain, &Facts::default(), at, "f1")
        };
        assert_eq!((deep(DEEPEST).as_deref(), deep(DEEPEST + 1)), (Some("7"), None));
    }

    #[test]
    fn windows_choose_by_the_last_day() {
        let row = |id: &str, last: &str, value: i64| {
            let days = Span { first: day("2018-01-01"), last: day(last) };
            let (metric, value) = (Id::name("m"), Decimal::from(value));
            let fact = Measurement { metric, cohort: None, participant: None, days, value, source: None };
            Row::new(Id::name(id), day("2020-01-01"), fact)
        };
        let rows = vec![row("a", "2018-12-31", 1), row("b", "2019-03-31", 2)];
        let facts = Facts { measurements: History::new(rows).unwrap(), ..Facts::default() };
        let of = |window, on, since| {
            let metric = Metric { metric: Id::name("m"), cohort: None, window, per_participant: false };
            let figures = [figure("x", Form::Metric(metric))];
            value(&figures, &facts, asked(on, since), "x")
        };
        assert_eq!(of(Window::Total, "2019-06-30", "2019-04-01").as_deref(), Some("2"));
        assert_eq!(of(Window::CalendarYear, "2019-06-30", "2019-04-01").as_deref(), Some("2"));
        assert_eq!(of(Window::CalendarYear, "2019-03-30", "2018-04-01"), None);
        assert_eq!(of(Window::SinceLast, "2019-06-30", "2019-03-31").as_deref(), Some("2"));
        assert_eq!(of(Window::SinceLast, "2019-06-30", "2019-04-01"), None);
    }
}
