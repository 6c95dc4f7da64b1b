//! From what was found of a day to plain values: the numbers become names.

use super::line::{Line, Range, Seen, State};
use super::own::Own;
use super::reason::{Idle, LeftOut, Reason, Why};
use super::reckoning::Counted;
use crate::facts::roster::KnownJob;
use crate::measure::day::{Day, Span};
use crate::timeline::job::Cut;
use crate::timeline::outcome::Anchor;

/// A day that counts.
pub(super) fn counted<'a>(own: &Own<'a>, line: &Line<'a>, range: &Range, day: Day) -> Counted {
    let top = range.top.and_then(|top| line.work.get(top));
    let placement = top.and_then(|work| own.known.placed(work.job));
    Counted {
        days: Span { first: day, last: day },
        spells: active(line, range),
        hours: range.hours,
        kind: top.map(|work| work.kind.to_string()).unwrap_or_default(),
        company: placement.map(|placement| placement.terms.company.to_string()),
        row: None,
    }
}

/// The active spells or reports of a range.
pub(super) fn active(line: &Line<'_>, range: &Range) -> Vec<String> {
    let active = range.seen.iter().filter_map(|seen| match seen {
        Seen::Active(nth) => line.work.get(*nth),
        _ => None,
    });
    active.flat_map(|work| work.ids.iter().cloned()).collect()
}

/// The days among `days` that do not count, each range with its reason.
pub(super) fn left_out(own: &Own<'_>, line: &Line<'_>, days: Span) -> Vec<LeftOut> {
    let ranges = line.within(days).filter(|(_, range)| range.state != State::Counts);
    let mut left_out: Vec<LeftOut> = Vec::new();
    for (days, range) in ranges {
        let reason = reason(own, line, range);
        match left_out.last_mut() {
            Some(last) if last.days.last.next() == days.first && last.reason == reason => last.days.last = days.last,
            _ => left_out.push(LeftOut { days, reason }),
        }
    }
    left_out
}

fn reason(own: &Own<'_>, line: &Line<'_>, range: &Range) -> Reason {
    let from = line.outcome.window.as_ref().map_or(Anchor::Enrolment, |window| window.from.clone());
    match range.state {
        State::Counts | State::NoSpell if line.outcome.payroll.is_some() => Reason::NoReport,
        State::Counts | State::NoSpell => Reason::NoSpell,
        State::BeforeTerm => Reason::BeforeTerm { starts: own.contract.starts },
        State::AfterTerm => Reason::AfterTerm { ends: own.contract.ends },
        State::BeforeEnrolment => Reason::BeforeEnrolment { enrolled_on: own.known.terms.enrolled_on },
        State::AfterEligibility => {
            Reason::AfterEligibility { until: own.known.terms.eligible_until.unwrap_or(own.contract.ends) }
        }
        State::NoneActive => Reason::NoneActive { spells: idle(own, line, range) },
        State::TooFewHours => Reason::TooFewHours {
            hours: range.hours,
            minimum: line.outcome.min_weekly_hours,
            spells: active(line, range),
            idle: idle(own, line, range),
        },
        State::Excepted(nth) => Reason::Excepted {
            spell: own.spell(nth),
            kind: own.known.spells.get(nth).map(|spell| spell.terms.kind.to_string()).unwrap_or_default(),
        },
        State::Skipped => Reason::Skipped { days: line.outcome.skip_days },
        State::NoAnchor => Reason::NoAnchor { from },
        State::BeforeWindow(opens) => Reason::BeforeWindow { from, opens },
        State::AfterWindow(open) => Reason::AfterWindow { from, opens: open.first, closes: open.last },
    }
}

fn idle(own: &Own<'_>, line: &Line<'_>, range: &Range) -> Vec<Idle> {
    range.seen.iter().filter_map(|seen| why(own, line, *seen)).map(|(spell, why)| Idle { spell, why }).collect()
}

/// Why a spell is not active, or reports are not; `None` if they are.
fn why(own: &Own<'_>, line: &Line<'_>, seen: Seen) -> Option<(String, Why)> {
    let (Seen::Active(nth)
    | Seen::Kind(nth)
    | Seen::BeforePlaced(nth)
    | Seen::NotJoined(nth)
    | Seen::CompanyLeft(nth)
    | Seen::OutsideJob(nth)
    | Seen::NotNew(nth, _)
    | Seen::NoEvidence(nth)
    | Seen::Taken(nth, _)
    | Seen::Waits(nth)) = seen;
    if let Seen::Waits(_) = seen {
        let waiting = own.waiting.get(nth)?;
        return Some((waiting.waits.to_string(), Why::Waits { fact: waiting.fact, id: waiting.id.to_owned() }));
    }
    let work = line.work.get(nth)?;
    let placement = match work.job {
        KnownJob::Placement(nth) => own.known.placements.get(nth),
        KnownJob::Outside(_) => None,
    };
    let company = || placement.map(|placement| placement.terms.company.to_string()).unwrap_or_default();
    let why = match seen {
        Seen::Active(_) | Seen::Waits(_) => return None,
        Seen::Kind(_) => Why::Kind { kind: work.kind.to_string() },
        Seen::BeforePlaced(_) => {
            let placement = placement?;
            Why::BeforePlaced { placement: placement.id.to_string(), placed_on: placement.terms.placed_on }
        }
        Seen::NotJoined(_) => Why::NotJoined { company: company(), joined_on: placement?.at.joined_on },
        Seen::CompanyLeft(_) => Why::CompanyLeft { company: company(), left_on: placement?.at.left_on? },
        Seen::OutsideJob(_) => match work.job {
            KnownJob::Outside(employer) => Why::OutsideJob { employer: employer.to_string() },
            KnownJob::Placement(_) => return None,
        },
        Seen::NotNew(_, earlier) => {
            let earlier = line.work.get(earlier)?;
            let (enrolled_on, first_day) = (own.known.terms.enrolled_on, earlier.days.first);
            Why::NotNew { earlier: earlier.ids.join(" + "), first_day, enrolled_on }
        }
        Seen::NoEvidence(_) => Why::NoEvidence,
        Seen::Taken(_, cut) => taken(own, nth, cut)?,
    };
    Some((work.ids.join(" + "), why))
}

/// Why a spell is shorter than reported (rules 3.5, 6.1).
pub(super) fn taken(own: &Own<'_>, nth: usize, cut: Cut) -> Option<Why> {
    Some(match cut {
        Cut::Followed(by) => Why::Followed { by: own.spell(by), first_day: own.known.spells.get(by)?.terms.first_day },
        Cut::SetAside(by) => Why::SetAside { by: own.spell(by) },
        Cut::Unconfirmed => {
            let recorded_on = own.known.spells.get(nth)?.row.recorded_on;
            let days = own.contract.settlement.confirm_days?;
            Why::Unconfirmed { recorded_on, until: recorded_on.plus_days(i64::from(days)) }
        }
    })
}
