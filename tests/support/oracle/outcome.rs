//! Chapter 6 and mechanisms 3.1: which days qualify.

use super::days::add_months;
use super::facts::{Facts, Job, Participant, Spell};
use super::fraction::{Fraction, ZERO};
use super::job::{FOREVER, Stretch};
use super::money::exact;
use super::{Law, Misreading, Situation, payroll};
use crate::support::day::Day;
use crate::support::programme::{Anchor, Contract, Length, NewJobs, Outcome, Tally, Window};
use std::collections::BTreeSet;

/// A day that qualifies, with its hours, kind and company (6.2, 6.3).
#[derive(Clone, Debug)]
pub struct Good<'a> {
    pub day: Day,
    pub hours: i128,
    pub kind: &'a str,
    pub company: Option<&'a str>,
    /// By which its spell stands before another's on that day (6.3): hours, the kind's place, the spell's id.
    pub lead: (i128, Option<usize>, &'a str),
    /// The hours and the money that lie on it (mechanisms 3.2, 3.3).
    pub worked: Fraction,
    pub earned: Fraction,
}

/// An outcome of one participant, of one participant at one company (6.6) or, with `same_employer`, at one place of work.
pub struct Assessment<'f, 'a> {
    pub participant: &'f Participant<'a>,
    pub outcome: &'f Outcome,
    /// The company of a per-company outcome.
    pub company: Option<&'a str>,
    pub days: Vec<Good<'a>>,
    pub runs: Vec<Vec<Good<'a>>>,
    /// From here months are counted (8.1): the window's anchor or, without a window, the enrolment.
    pub elapsed_from: Day,
    pub window_last: Option<Day>,
}

/// One participant under one contract, as known on a cut-off.
pub struct Person<'f, 'a> {
    pub contract: &'f Contract,
    pub facts: &'f Facts<'a>,
    pub participant: &'f Participant<'a>,
    pub stretches: Vec<Stretch<'f, 'a>>,
}

/// Where work counts: anywhere, at one company (6.6), or at one place of work (mechanisms 3.1).
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place<'a> {
    Anywhere,
    Company(&'a str),
    Employer(&'a str),
    /// For the misreading that a place of work is a placement.
    Placement(&'a str),
}

impl<'a> Place<'a> {
    fn of(law: &Law, outcome: &Outcome, job: &Job<'a>) -> Place<'a> {
        match job {
            Job::Placement { id, .. } if outcome.same_employer && law.reads(Misreading::SameEmployerIsOneJob) => {
                Place::Placement(id)
            }
            Job::Placement { company, .. } => Place::Company(company),
            Job::Outside { employer } => Place::Employer(employer),
        }
    }
}

/// 6.6: with `per = "company"` each company of the participant apart, in the order of their ids. What stands together in
/// one list is for the same keys: with `same_employer` every place of work.
pub fn assess<'f, 'a>(
    law: &Law,
    person: &Person<'f, 'a>,
    outcome: &'f Outcome,
    reached: Option<Day>,
) -> Vec<Vec<Assessment<'f, 'a>>> {
    let one = |place: Place<'a>| assess_one(law, person, outcome, &place, reached);
    if outcome.per_company {
        let placements = person.facts.placements.values();
        let companies: BTreeSet<&'a str> = placements
            .filter(|placement| placement.participant == person.participant.id)
            .map(|placement| placement.company)
            .collect();
        law.saw_if(companies.len() > 1, Situation::SeveralCompanies);
        return companies.into_iter().map(|company| vec![one(Place::Company(company))]).collect();
    }
    if outcome.same_employer && !law.reads(Misreading::SameEmployerIgnored) {
        let of_reports = person.facts.reports.iter().filter(|one| one.participant == person.participant.id);
        let jobs: Vec<&Job> = match outcome.payroll {
            true => of_reports.map(|report| &report.job).collect(),
            false => person.stretches.iter().map(|stretch| &stretch.spell.job).collect(),
        };
        let places: BTreeSet<Place> = jobs.into_iter().map(|job| Place::of(law, outcome, job)).collect();
        law.saw_if(places.len() > 1, Situation::SeveralPlaces);
        return vec![places.into_iter().map(one).collect()];
    }
    vec![vec![one(Place::Anywhere)]]
}

/// In the order of mechanisms 3.1: 6.1, evidence, `except_kinds`, 6.2, window, `skip_days`, runs.
fn assess_one<'f, 'a>(
    law: &Law,
    person: &Person<'f, 'a>,
    outcome: &'f Outcome,
    place: &Place<'a>,
    reached: Option<Day>,
) -> Assessment<'f, 'a> {
    // 6.6: the anchor, too, looks at the company's placements only.
    let company = match place {
        Place::Company(company) if outcome.per_company => Some(*company),
        _ => None,
    };
    let mut days = qualifying_days(law, person, outcome, place);
    law.saw_if(!days.is_empty(), Situation::DayQualifies);
    law.saw_if(!person.stretches.is_empty(), Situation::Spell);
    if law.reads(Misreading::SkipDaysBeforeTheWindow) {
        skip(law, outcome, &mut days);
    }
    let mut elapsed_from = person.participant.enrolled_on;
    let mut window_last = None;
    if let Some(window) = outcome.window.as_ref().filter(|_| !law.reads(Misreading::WindowIgnored)) {
        // 6.4: no anchor, nothing qualifies.
        match anchor(law, person, outcome, window, company, &days, reached) {
            Some(anchor) => {
                let last = last_day(law, anchor, window.length);
                law.saw_if(days.iter().any(|good| good.day < anchor || good.day > last), Situation::WindowExcludesDay);
                law.saw_if(days.iter().any(|good| good.day == last.next()), Situation::WindowEndsOneDayBefore);
                days.retain(|good| anchor <= good.day && good.day <= last);
                if !law.reads(Misreading::ElapsedFromEnrolment) {
                    elapsed_from = anchor;
                }
                window_last = Some(last);
            }
            None => {
                law.saw_if(!days.is_empty(), Situation::WindowWithoutAnchor);
                days.clear();
            }
        }
    }
    law.saw_if(!days.is_empty(), Situation::DayInWindow);
    law.saw(Situation::CountedParticipant);
    if !law.reads(Misreading::SkipDaysBeforeTheWindow) {
        skip(law, outcome, &mut days);
    }
    let runs = runs(law, outcome, &days);
    if law.reads(Misreading::GapDaysQualify) {
        days = with_gap_days(&runs);
    }
    Assessment { participant: person.participant, outcome, company, days, runs, elapsed_from, window_last }
}

/// Mechanisms 3.1: the first n days that would qualify do not.
fn skip(law: &Law, outcome: &Outcome, days: &mut Vec<Good>) {
    let Some(n) = outcome.skip_days.filter(|_| !law.reads(Misreading::SkipDaysIgnored)) else { return };
    law.saw_if(days.len() as i64 > n, Situation::DaysSkipped);
    if law.reads(Misreading::SkipDaysInARow) {
        let first = days.first().map(|good| good.day.plus(n));
        days.retain(|good| Some(good.day) >= first);
    } else {
        days.drain(..days.len().min(n as usize));
    }
}

impl<'a> Assessment<'_, 'a> {
    /// The days later than one that is used up (`repeat`), and the runs formed anew of them.
    pub fn later_than(&self, law: &Law, used: Option<Day>) -> (Vec<Good<'a>>, Vec<Vec<Good<'a>>>) {
        let Some(used) = used else { return (self.days.clone(), self.runs.clone()) };
        let days: Vec<Good> = self.days.iter().filter(|good| good.day > used).cloned().collect();
        let mut runs = runs(law, self.outcome, &days);
        if law.reads(Misreading::RepeatNeedsABreak) {
            runs = self.runs.iter().filter(|run| run[0].day > used).cloned().collect();
        }
        (days, runs)
    }
}

/// 6.4: the window's last day; the day a + n is the first that is outside.
fn last_day(law: &Law, anchor: Day, length: Length) -> Day {
    let end = match length {
        Length::Days(n) => anchor.plus(n),
        Length::Weeks(n) => anchor.plus(7 * n),
        Length::Months(n) => add_months(law, anchor, n),
    };
    if law.reads(Misreading::WindowEndInclusive) { end } else { end.before() }
}

/// 6.4: the participant's anchor.
fn anchor(
    law: &Law,
    person: &Person,
    outcome: &Outcome,
    window: &Window,
    company: Option<&str>,
    days: &[Good],
    reached: Option<Day>,
) -> Option<Day> {
    match &window.from {
        Anchor::Enrolment => Some(person.participant.enrolled_on),
        Anchor::FirstDay => days.first().map(|good| good.day),
        // Mechanisms 3.1: the day after the step was reached.
        Anchor::Charge { .. } => {
            law.saw_if(reached.is_some(), Situation::AnchoredOnACharge);
            law.saw_if(reached.is_none(), Situation::AnchorNeverReached);
            if law.reads(Misreading::AnchorOnTheDayReached) { reached } else { reached.map(Day::next) }
        }
        Anchor::Placement => {
            let mut earliest: Option<Day> = None;
            for placement in person.facts.placements.values() {
                let own = placement.participant == person.participant.id
                    && company.is_none_or(|company| company == placement.company);
                let any = !outcome.participating || law.reads(Misreading::AnchorAtAnyCompany);
                let in_time = any || in_programme_from(person, placement.company, placement.placed_on);
                law.saw_if(own && !in_time, Situation::PlacementIsNoAnchor);
                if own && in_time && earliest.is_none_or(|day| placement.placed_on < day) {
                    earliest = Some(placement.placed_on);
                }
            }
            earliest
        }
    }
}

/// 6.4: the company is in the programme on some day from `placed_on` to the end of the term.
fn in_programme_from(person: &Person, company: &str, placed_on: Day) -> bool {
    let company = &person.facts.companies[company];
    let Some(joined_on) = company.joined_on else { return false };
    let first = joined_on.max(placed_on);
    let last = company.left_on.unwrap_or(FOREVER).min(person.contract.ends);
    first <= last
}

/// 6.1 to 6.3, day by day through the term.
fn qualifying_days<'a>(law: &Law, person: &Person<'_, 'a>, outcome: &Outcome, place: &Place<'a>) -> Vec<Good<'a>> {
    let least = outcome.min_weekly_hours.as_deref().map_or(0, exact);
    let months = if outcome.payroll { payroll::looked_at(law, person, outcome) } else { Vec::new() };
    let mut stretches = payroll::stretches(law, person.contract, &months);
    law.saw_if(!stretches.is_empty(), Situation::Report);
    if !outcome.payroll || law.reads(Misreading::PayrollBesideSpells) {
        stretches.extend(person.stretches.iter().cloned());
    }
    let able: Vec<&Stretch> = stretches.iter().filter(|s| able(law, person, outcome, place, s)).collect();
    let mut days = Vec::new();
    if able.is_empty() {
        return days;
    }
    let mut day = person.contract.starts;
    while day <= person.contract.ends {
        let at_work: Vec<&Stretch> = able.iter().copied().filter(|s| active(law, person, outcome, s, day)).collect();
        let active: Vec<&Spell> = at_work.iter().map(|s| s.spell).collect();
        if let Some(lead) = lead(law, outcome, &active).filter(|_| !excepted(law, person, outcome, day)) {
            // 6.2: the hours of all active spells together.
            let hours: i128 = if law.reads(Misreading::HoursNotSummed) {
                active.iter().map(|spell| spell.hours).max().unwrap_or(0)
            } else {
                active.iter().map(|spell| spell.hours).sum()
            };
            law.saw_if(active.len() > 1, Situation::HoursOfTwoJobs);
            law.saw_if(hours < least, Situation::TooFewHours);
            law.saw_if(hours == least && least > 0, Situation::HoursExactlyEnough);
            if hours > least || (hours == least && !law.reads(Misreading::HoursMustExceed)) {
                let by = (lead.hours, kind_place(outcome, lead), lead.id);
                let [worked, earned] = [Tally::Hours, Tally::Earnings].map(|tally| {
                    at_work.iter().fold(ZERO, |sum, stretch| sum.plus(payroll::on_day(law, stretch, tally, day)))
                });
                days.push(Good { day, hours, kind: lead.kind, company: lead.job.company(), lead: by, worked, earned });
            }
        }
        day = day.next();
    }
    payroll::nothing_is_lost(law, &stretches, &mut days);
    days
}

/// Mechanisms 3.1, `except_kinds`: any spell of one of these kinds, wherever and whatever else is asked of spells.
fn excepted(law: &Law, person: &Person, outcome: &Outcome, day: Day) -> bool {
    let Some(kinds) = outcome.except_kinds.as_ref().filter(|_| !law.reads(Misreading::ExceptKindsIgnored)) else {
        return false;
    };
    let of_kind = |spell: &Spell| kinds.iter().any(|kind| kind == spell.kind);
    let left = |stretch: &Stretch| of_kind(stretch.spell) && stretch.first <= day && day <= stretch.last;
    let reported = |spell: &Spell| {
        let own = spell.participant == person.participant.id && of_kind(spell);
        own && spell.first <= day && day <= spell.last.unwrap_or(FOREVER)
    };
    let excepted = if law.reads(Misreading::ExceptKindsAsReported) {
        person.facts.spells.iter().any(reported)
    } else {
        person.stretches.iter().any(left)
    };
    law.saw_if(excepted, Situation::ExceptKindBlocks);
    excepted
}

/// 6.1, the conditions that are the same on every day: kind, place (6.6, `same_employer`), evidence and `new_jobs_only`.
fn able<'a>(law: &Law, person: &Person, outcome: &Outcome, place: &Place<'a>, stretch: &Stretch<'_, 'a>) -> bool {
    let spell = stretch.spell;
    let kind = outcome.kinds.iter().any(|kind| kind == spell.kind);
    let here = *place == Place::Anywhere || *place == Place::of(law, outcome, &spell.job);
    let any_company = outcome.per_company && law.reads(Misreading::HoursOfAllCompanies) && spell.job.company().is_some();
    let here = here || any_company;
    let proven = !outcome.evidence_required || spell.proven;
    law.saw_if(kind && here && !proven, Situation::EvidenceMissing);
    let new = law.reads(Misreading::NewJobsOnlyIgnored) || is_new(law, person, outcome, spell);
    law.saw_if(kind && here && !new, Situation::OldJobExcluded);
    kind && here && new && (proven || law.reads(Misreading::EvidenceIgnored))
}

/// 6.1: no known spell of the participant at the same company or employer begins before the enrolment; with
/// `"or-more-hours"` one of fewer hours than are asked does not count as one (mechanisms 3.1).
fn is_new(law: &Law, person: &Person, outcome: &Outcome, spell: &Spell) -> bool {
    let mut asked = outcome.new_jobs;
    if asked == NewJobs::OrMoreHours {
        asked = match () {
            () if law.reads(Misreading::MoreHoursAsNewOnly) => NewJobs::Only,
            () if law.reads(Misreading::MoreHoursAsAnyJob) => NewJobs::OrOld,
            () => asked,
        };
    }
    if asked == NewJobs::OrOld {
        return true;
    }
    if outcome.payroll {
        return is_new_in_the_payroll(law, person, outcome, spell, asked);
    }
    let least = outcome.min_weekly_hours.as_deref().map_or(0, exact);
    let same_place = |other: &Spell| match (&spell.job, &other.job) {
        (Job::Placement { id: a, .. }, Job::Placement { id: b, .. }) if law.reads(Misreading::NewJobPerPlacement) => a == b,
        (Job::Placement { company: a, .. }, Job::Placement { company: b, .. }) => a == b,
        (Job::Outside { employer: a }, Job::Outside { employer: b }) => a == b,
        _ => false,
    };
    let any_kind = !law.reads(Misreading::NewJobsOnlyOfOwnKinds);
    !person.facts.spells.iter().any(|other| {
        let fewer = other.hours < least || (other.hours == least && law.reads(Misreading::OldJobOfExactlyTheHours));
        let old = other.participant == person.participant.id
            && same_place(other)
            && other.first < person.participant.enrolled_on
            && (any_kind || outcome.kinds.iter().any(|kind| kind == other.kind));
        law.saw_if(old && asked == NewJobs::OrMoreHours && fewer, Situation::OldJobOfFewerHours);
        old && !(asked == NewJobs::OrMoreHours && fewer)
    })
}

/// Mechanisms 3.2: the same of reports, summed whatever their evidence.
fn is_new_in_the_payroll(law: &Law, person: &Person, outcome: &Outcome, spell: &Spell, asked: NewJobs) -> bool {
    let least = outcome.min_weekly_hours.as_deref().map_or(0, exact);
    let any_kind = !law.reads(Misreading::NewJobsOnlyOfOwnKinds);
    !payroll::sums(law, person, |_| true).iter().any(|other| {
        let here = payroll::same_place(&spell.job, &other.spell.job);
        let counts = any_kind || outcome.kinds.iter().any(|kind| kind == other.spell.kind);
        let old = here && counts && payroll::is_old(law, person, other);
        law.saw_if(old, Situation::OldReport);
        old && !(asked == NewJobs::OrMoreHours && other.spell.hours < least)
    })
}

/// 6.1, the conditions on the day.
fn active(law: &Law, person: &Person, outcome: &Outcome, stretch: &Stretch, day: Day) -> bool {
    let participant = person.participant;
    let in_spell = stretch.first <= day && day <= stretch.last;
    let in_spell = in_spell && !(law.reads(Misreading::LastDayExclusive) && day == stretch.last);
    let in_spell = in_spell && !(law.reads(Misreading::FirstDayExcluded) && day == stretch.first);
    if !in_spell {
        return false;
    }
    // 5.2: the participant's days.
    let ended = match participant.eligible_until {
        Some(last) if law.reads(Misreading::EligibleUntilExclusive) => day >= last,
        Some(last) => day > last && !law.reads(Misreading::EligibleUntilIgnored),
        None => false,
    };
    let begun = participant.enrolled_on <= day || law.reads(Misreading::DaysBeforeEnrolmentCount);
    law.saw_if(ended, Situation::EligibilityEnded);
    law.saw_if(!begun, Situation::DayBeforeEnrolment);
    if ended || !begun {
        return false;
    }
    let Job::Placement { company, placed_on, .. } = stretch.spell.job else { return !outcome.participating };
    law.saw_if(day < placed_on, Situation::DayBeforePlacedOn);
    let placed = day >= placed_on || law.reads(Misreading::DaysBeforePlacedOnCount);
    placed && (!outcome.participating || takes_part(law, person.facts, company, day))
}

/// 6.1: joined by the day and not left before it.
fn takes_part(law: &Law, facts: &Facts, company: &str, day: Day) -> bool {
    let company = &facts.companies[company];
    let joined = company.joined_on.is_some_and(|joined_on| joined_on <= day);
    let left = match company.left_on {
        Some(left_on) if law.reads(Misreading::LeftOnExclusive) => day >= left_on,
        Some(left_on) => day > left_on && !law.reads(Misreading::LeftOnIgnored),
        None => false,
    };
    law.saw_if(!joined, Situation::CompanyNotJoined);
    law.saw_if(left, Situation::CompanyLeft);
    (joined || law.reads(Misreading::JoinedOnIgnored)) && !left
}

/// 6.3: the active spell with the most hours; ties to the kind named first, then to the lower id.
fn lead<'f, 'a>(law: &Law, outcome: &Outcome, active: &[&'f Spell<'a>]) -> Option<&'f Spell<'a>> {
    let place = |spell: &Spell| kind_place(outcome, spell);
    let mut lead: Option<&'f Spell<'a>> = None;
    for spell in active {
        let Some(best) = lead else {
            lead = Some(spell);
            continue;
        };
        let tie = spell.hours == best.hours;
        law.saw_if(tie && spell.kind != best.kind, Situation::KindTie);
        law.saw_if(tie && spell.kind == best.kind, Situation::SpellTie);
        let kinds = if law.reads(Misreading::KindTieByLowerId) { None } else { Some((place(spell), place(best))) };
        let earlier = kinds.is_some_and(|(new, old)| new < old);
        let same = kinds.is_none_or(|(new, old)| new == old);
        if spell.hours > best.hours || (tie && (earlier || (same && spell.id < best.id))) {
            lead = Some(spell);
        }
    }
    lead
}

fn kind_place(outcome: &Outcome, spell: &Spell) -> Option<usize> {
    outcome.kinds.iter().position(|kind| kind == spell.kind)
}

/// 6.5: runs, formed from the first qualifying day on.
fn runs<'a>(law: &Law, outcome: &Outcome, days: &[Good<'a>]) -> Vec<Vec<Good<'a>>> {
    let allowed = outcome.max_gap_days.unwrap_or(0);
    let in_all = if law.reads(Misreading::GapTotalIgnored) { None } else { outcome.max_gap_total };
    let mut runs: Vec<Vec<Good>> = Vec::new();
    let mut gaps_so_far = 0;
    for good in days {
        let gap = runs.last().map(|run| good.day.0 - run[run.len() - 1].day.0 - 1);
        let bridged = gap.is_some_and(|gap| {
            law.saw_if(allowed > 0 && gap == allowed, Situation::GapExactlyAllowed);
            law.saw_if(allowed > 0 && gap == allowed + 1, Situation::GapOneDayTooLong);
            let short = match () {
                () if law.reads(Misreading::AllowedGapBreaks) => gap < allowed || gap == 0,
                () if law.reads(Misreading::GapOneTooLongBridges) => gap <= allowed + 1,
                () => gap <= allowed,
            };
            let within = in_all.is_none_or(|most| gaps_so_far + gap <= most);
            law.saw_if(gap > 0 && in_all.is_some_and(|most| gaps_so_far + gap == most), Situation::GapTotalJustKept);
            law.saw_if(short && !within, Situation::GapTotalBreaks);
            short && within
        });
        match (bridged, runs.last_mut()) {
            (true, Some(run)) => {
                gaps_so_far += gap.unwrap_or(0);
                run.push(good.clone());
            }
            _ => {
                gaps_so_far = 0;
                runs.push(vec![good.clone()]);
            }
        }
    }
    runs
}

/// The misreading that days in bridged gaps qualify: each is taken like the last day before it.
fn with_gap_days<'a>(runs: &[Vec<Good<'a>>]) -> Vec<Good<'a>> {
    let mut days: Vec<Good> = Vec::new();
    for run in runs {
        for (n, good) in run.iter().enumerate() {
            while n > 0 && days[days.len() - 1].day.next() < good.day {
                let mut gap = days[days.len() - 1].clone();
                gap.day = gap.day.next();
                days.push(gap);
            }
            days.push(good.clone());
        }
    }
    days
}
