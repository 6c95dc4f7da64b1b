//! Facts that wait for one that they name (rule 3.6).

use super::View;
use crate::facts::validation::Checked;
use crate::facts::{Benefit, Fact, History, Job, Measurement, Offer, Placement, Row, Validation};
use crate::measure::day::Day;
use crate::measure::diagnostic::{Code, Diagnostic};
use crate::measure::id::Id;

/// What a row names: the kind of fact, the column, the id, and its number if any row carries it.
struct Named<'a> {
    what: &'static str,
    column: &'static str,
    id: &'a str,
    number: Option<usize>,
}

/// Something named in the column that is called as it is.
fn named<'a>(what: &'static str, id: &'a Id, number: Option<usize>) -> Named<'a> {
    Named { what, column: what, id: id.as_str(), number }
}

pub(super) fn look<'a>(view: &View<'a>, found: &mut Vec<Diagnostic>) {
    let facts = view.facts;
    let participant =
        |id: &str, day: Day| facts.participants.find(id).is_some_and(|nth| facts.participants.known(nth, day).is_some());
    let company = |id: &str, day: Day| facts.companies.find(id).is_some_and(|nth| facts.companies.known(nth, day).is_some());
    // A placement that waits is as if not known, and so is what names it.
    let placement = |id: &str, day: Day| {
        let known = facts.placements.find(id).and_then(|nth| facts.placements.known(nth, day));
        known.is_some_and(|(_, terms)| participant(terms.participant.as_str(), day) && company(terms.company.as_str(), day))
    };
    // Most facts can never wait: what they name was there before and is never withdrawn.
    let placed = |terms: &Placement, from: Day| {
        stays(&facts.participants, terms.participant.as_str(), from) && stays(&facts.companies, terms.company.as_str(), from)
    };
    let named_stays = |job: &Job, from: Day| match job {
        Job::Outside { participant, .. } => stays(&facts.participants, participant.as_str(), from),
        Job::Placement(id) => facts.placements.find(id.as_str()).is_some_and(|nth| {
            let rows = facts.placements.rows_of(nth);
            let all = rows.iter().all(|row| row.fact.as_ref().is_some_and(|terms| placed(terms, from)));
            all && rows.first().is_some_and(|row| row.recorded_on <= from)
        }),
    };
    each(view, &facts.placements, found, placed, |terms, day| {
        let people = named("participant", &terms.participant, facts.participants.find(terms.participant.as_str()));
        let firms = named("company", &terms.company, facts.companies.find(terms.company.as_str()));
        let waits =
            |named: &Named<'_>| if named.what == "company" { !company(named.id, day) } else { !participant(named.id, day) };
        [people, firms].into_iter().find(waits)
    });
    let job = |job: &'a Job, day: Day| {
        let (named, known) = match job {
            Job::Placement(id) => {
                (self::named("placement", id, facts.placements.find(id.as_str())), placement(id.as_str(), day))
            }
            Job::Outside { participant: id, .. } => {
                (self::named("participant", id, facts.participants.find(id.as_str())), participant(id.as_str(), day))
            }
        };
        (!known).then_some(named)
    };
    let (spells, reports) = (&facts.spells, &facts.reports);
    each(view, spells, found, |terms, from| named_stays(&terms.job, from), |terms, day| job(&terms.job, day));
    each(view, reports, found, |terms, from| named_stays(&terms.job, from), |terms, day| job(&terms.job, day));
    checks(view, found);
    measurements(view, found);
    benefits(view, found);
    offers(view, found);
}

/// What is measured of a participant waits for it (mechanisms 4.3).
fn measurements(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let all = &view.facts.participants;
    let known = |id: &Id, day: Day| all.find(id.as_str()).is_some_and(|nth| all.known(nth, day).is_some());
    each(
        view,
        &view.facts.measurements,
        found,
        |terms: &Measurement, from| terms.participant.as_ref().is_none_or(|id| stays(all, id.as_str(), from)),
        |terms, day| {
            let id = terms.participant.as_ref().filter(|id| !known(id, day))?;
            Some(named("participant", id, all.find(id.as_str())))
        },
    );
}

/// A benefit waits for its participant (saving 1).
fn benefits(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let all = &view.facts.participants;
    let known = |id: &Id, day: Day| all.find(id.as_str()).is_some_and(|nth| all.known(nth, day).is_some());
    each(
        view,
        &view.facts.benefits,
        found,
        |terms: &Benefit, from| stays(all, terms.participant.as_str(), from),
        |terms, day| {
            let id = &terms.participant;
            (!known(id, day)).then(|| named("participant", id, all.find(id.as_str())))
        },
    );
}

/// An offer waits for its companies (places 1).
fn offers(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let all = &view.facts.companies;
    let known = |id: &Id, day: Day| all.find(id.as_str()).is_some_and(|nth| all.known(nth, day).is_some());
    each(
        view,
        &view.facts.offers,
        found,
        |terms: &Offer, from| terms.companies.iter().all(|id| stays(all, id.as_str(), from)),
        |terms, day| {
            let id = terms.companies.iter().find(|id| !known(id, day))?;
            Some(Named { column: "companies", ..named("company", id, all.find(id.as_str())) })
        },
    );
}

/// A check waits for its subject (mechanisms 12).
fn checks(view: &View<'_>, found: &mut Vec<Diagnostic>) {
    let facts = view.facts;
    let subject = |checked: &Checked, from: Day| match checked {
        Checked::Contract => true,
        Checked::Company(id) => stays(&facts.companies, id.as_str(), from),
        Checked::Participant(id) => stays(&facts.participants, id.as_str(), from),
    };
    each(
        view,
        &facts.validations,
        found,
        |terms: &Validation, from| subject(&terms.subject, from),
        |terms, day| {
            let column = "subject";
            let named = match &terms.subject {
                Checked::Contract => return None,
                Checked::Company(id) => Named { column, ..named("company", id, facts.companies.find(id.as_str())) },
                Checked::Participant(id) => {
                    Named { column, ..named("participant", id, facts.participants.find(id.as_str())) }
                }
            };
            (!facts.knows(&terms.subject, day)).then_some(named)
        },
    );
}

/// Whether an id is known on `from` and ever after.
fn stays<T: Fact>(history: &History<T>, id: &str, from: Day) -> bool {
    let rows = history.find(id).map(|nth| history.rows_of(nth)).unwrap_or_default();
    rows.first().is_some_and(|row| row.recorded_on <= from) && rows.iter().all(|row| row.fact.is_some())
}

/// Looks at every fact on every cut-off that was settled, but for those that `never` says cannot wait from a day on.
fn each<'a, T: Fact>(
    view: &View<'a>,
    history: &'a History<T>,
    found: &mut Vec<Diagnostic>,
    never: impl Fn(&T, Day) -> bool,
    waits: impl Fn(&'a T, Day) -> Option<Named<'a>>,
) {
    for nth in 0..history.len() {
        let steady = |row: &Row<T>| row.fact.as_ref().is_none_or(|terms| never(terms, row.recorded_on));
        if history.rows_of(nth).iter().all(steady) {
            continue;
        }
        let mut waited: Vec<(u32, &Row<T>, Named<'a>)> = Vec::new();
        for period in &view.settled {
            let Some((row, terms)) = history.known(nth, period.cut_off) else { continue };
            waited.extend(waits(terms, period.cut_off).map(|named| (period.number, row, named)));
        }
        let Some(first) = waited.first().map(|(number, ..)| *number) else { continue };
        let Some((last, row, named)) = waited.pop() else { continue };
        found.push(finding(view, T::NAME, row, &named, first, last));
    }
}

fn finding<T: Fact>(view: &View<'_>, what: &str, row: &Row<T>, named: &Named<'_>, first: u32, last: u32) -> Diagnostic {
    let to_the_last = view.is_last && view.settled.last().is_some_and(|period| period.number == last);
    let (code, why) = match named.number {
        None if view.strict => (Code::NameNeverRecorded, "which no row carries"),
        None if to_the_last => (Code::WaitsToTheLast, "which no row carries"),
        None => (Code::Waits, "which no row carries yet"),
        Some(_) if to_the_last => (Code::WaitsToTheLast, "which is withdrawn, waits itself, or was recorded too late"),
        Some(_) => (Code::Waits, "which was recorded later, is withdrawn, or waits itself"),
    };
    let out = match code {
        Code::NameNeverRecorded => String::new(),
        _ if first == last => format!(": settlement {last} leaves the {what} out"),
        _ => format!(": settlements {first} to {last} leave the {what} out"),
    };
    let message = format!("{what} `{}` names {} `{}`, {why}{out}", row.id, named.what, named.id);
    let help = match named.number {
        None => format!("check the spelling of `{}`, or record the {} it names", named.id, named.what),
        Some(_) if to_the_last => format!("correct `{}`, or the rows of that {}", named.id, named.what),
        Some(_) => format!(
            "once the {} is known, the next settlement makes up for it; if it is withdrawn, correct `{}`",
            named.what, named.id
        ),
    };
    Diagnostic::new(code, row.place(named.column), message).help(help)
}
