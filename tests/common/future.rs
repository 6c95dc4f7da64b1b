//! Futures of a contract, as the book on forecasts defines them: what is recorded later as far as a future may hold it, and as much
//! work as can be.

use effekt::facts::{Company, Fact, Facts, History, Job, Participant, Placement, Row, Spell};
use effekt::{Contract, Day, Id};
use std::collections::{BTreeMap, BTreeSet};

/// What a future may hold: with a day only what leaves the days up to it as they are told, without one anything.
#[derive(Clone, Copy)]
pub struct Future<'f> {
    pub contract: &'f Contract,
    /// All rows, those of the future too.
    pub facts: &'f Facts,
    pub as_of: Day,
    pub told: Option<Day>,
}

/// How somebody who works as much as can be works: the place of the kind among all, and the hours.
#[derive(Clone, Copy, Debug)]
pub struct Busy {
    pub kind: usize,
    pub hours: u32,
}

impl Future<'_> {
    /// The facts of the last cut-off.
    pub fn facts(&self, busy: Option<Busy>) -> Facts {
        let mut facts = self.later();
        if let Some(busy) = busy {
            self.work(&mut facts, busy);
        }
        facts
    }

    /// What is known, and what is recorded later and may be.
    fn later(&self) -> Facts {
        let Future { facts, told, .. } = *self;
        let after = |day: Day| told.map_or(day, |told| day.max(told.next()));
        let named = self.named();
        let waits = |id: &Id| told.is_some() && named.contains(id.as_str());
        let ends_later =
            |known: Option<Day>, new: Option<Day>, least: Day| known == new || known.is_none() && new >= Some(least);
        let day = |least: i64| told.map_or(Day::from_number(i32::MIN), |told| told.plus_days(least));
        let participants = self.of(
            &facts.participants,
            false,
            |known: &Participant, _, new: &Participant| {
                let same = Participant { eligible_until: known.eligible_until, ..new.clone() } == *known;
                (same && ends_later(known.eligible_until, new.eligible_until, day(1))).then(|| new.clone())
            },
            |id, new| {
                let enrolled_on = after(new.enrolled_on);
                let eligible_until = new.eligible_until.map(|until| until.max(enrolled_on));
                (!waits(id)).then(|| Participant { enrolled_on, eligible_until, ..new.clone() })
            },
        );
        let companies = self.of(
            &facts.companies,
            true,
            |known: &Company, _, new: &Company| {
                let joins = known.joined_on == new.joined_on || known.joined_on.is_none() && new.joined_on >= Some(day(1));
                (joins && ends_later(known.left_on, new.left_on, day(0))).then(|| new.clone())
            },
            |id, new| {
                let joined_on = new.joined_on.map(after);
                let left_on = new.left_on.map(|left| left.max(joined_on.unwrap_or(left)));
                (!waits(id)).then(|| Company { joined_on, left_on, ..new.clone() })
            },
        );
        let placements = self.of(
            &facts.placements,
            true,
            |_, _, _| None,
            |id, new: &Placement| (!waits(id)).then(|| Placement { placed_on: after(new.placed_on), ..new.clone() }),
        );
        let confirm = self.contract.settlement.confirm_days;
        let spells = self.of(
            &facts.spells,
            true,
            |known: &Spell, on, new: &Spell| {
                let same = Spell { last_day: known.last_day, evidence: known.evidence.clone(), ..new.clone() } == *known;
                let ended = confirm.is_some_and(|days| on.plus_days(i64::from(days)) < day(0));
                let stands = known.last_day.is_none() && !ended && known.evidence == new.evidence;
                (same && stands && ends_later(known.last_day, new.last_day, day(0))).then(|| new.clone())
            },
            |_, new| {
                let first_day = after(new.first_day);
                Some(Spell { first_day, last_day: new.last_day.map(|last| last.max(first_day)), ..new.clone() })
            },
        );
        let reports = self.of(
            &facts.reports,
            true,
            |_, _, _| None,
            |_, new| told.is_none_or(|told| told < new.month.first).then(|| new.clone()),
        );
        let measurements = self.of(&facts.measurements, true, |_, _, _| None, |_, new| Some(new.clone()));
        let suspensions = self.of(&facts.suspensions, true, |_, _, _| None, |_, new| Some(new.clone()));
        let validations = self.of(&facts.validations, true, |_, _, _| None, |_, new| Some(new.clone()));
        let benefits = self.of(&facts.benefits, true, |_, _, new| Some(new.clone()), |_, new| Some(new.clone()));
        let offers = self.of(&facts.offers, true, |_, _, _| None, |_, new| Some(new.clone()));
        let shown = self.of(&facts.shown, true, |_, _, _| None, |_, new| Some(new.clone()));
        let indicators = self.of(&facts.indicators, true, |_, _, _| None, |_, new| Some(new.clone()));
        Facts {
            participants,
            companies,
            placements,
            spells,
            reports,
            measurements,
            suspensions,
            validations,
            benefits,
            offers,
            shown,
            indicators,
        }
    }

    /// The rows of one kind: those that are known, and later ones as `again` and `new` let them be. Where nothing is told and the
    /// kind is `free`, all of them.
    fn of<T: Fact + Clone>(
        &self,
        history: &History<T>,
        free: bool,
        again: impl Fn(&T, Day, &T) -> Option<T>,
        new: impl Fn(&Id, &T) -> Option<T>,
    ) -> History<T> {
        if free && self.told.is_none() {
            return History::new(history.rows().to_vec()).unwrap();
        }
        let mut rows = Vec::new();
        for nth in 0..history.len() {
            let all = history.rows_of(nth);
            let is_known = all[0].recorded_on <= self.as_of;
            let known = history.known(nth, self.as_of);
            for row in all {
                if row.recorded_on <= self.as_of {
                    rows.push(row.clone());
                    continue;
                }
                let fact = match (&row.fact, known) {
                    (None, _) if is_known => continue,
                    (None, _) => Some(None),
                    (Some(fact), Some((last, known))) => again(known, last.recorded_on, fact).map(Some),
                    (Some(_), None) if is_known => None,
                    (Some(fact), None) => new(&row.id, fact).map(Some),
                };
                rows.extend(fact.map(|fact| Row { fact, ..row.clone() }));
            }
        }
        History::new(rows).unwrap()
    }

    /// The ids that known rows name.
    fn named(&self) -> BTreeSet<String> {
        let Future { facts, as_of, .. } = *self;
        let jobs = known(&facts.spells, as_of).map(|spell| &spell.job);
        let jobs = jobs.chain(known(&facts.reports, as_of).map(|report| &report.job));
        let in_jobs = jobs.map(|job| match job {
            Job::Placement(id) | Job::Outside { participant: id, .. } => id,
        });
        let placed = known(&facts.placements, as_of).flat_map(|placement| [&placement.participant, &placement.company]);
        in_jobs.chain(placed).map(Id::to_string).collect()
    }

    /// All who may come do, and everybody works: in a company of the programme and outside it, from the first day that may be.
    fn work(&self, facts: &mut Facts, busy: Busy) {
        let (contract, on) = (self.contract, self.as_of.next());
        let first = self.told.map_or(contract.starts, |told| contract.starts.max(told.next()));
        let mut participants = facts.participants.rows().to_vec();
        participants.extend(self.newcomers(first).into_iter().map(|(id, fact)| Row::new(id, on, fact)));
        let ids: BTreeSet<Id> = participants.iter().map(|row| row.id.clone()).collect();
        facts.participants = History::new(participants).unwrap();
        let kinds: Vec<Id> = contract.outcomes.iter().flat_map(|outcome| outcome.kinds.clone()).collect();
        let Some(kind) = kinds.get(busy.kind % kinds.len().max(1)) else { return };
        let company = Id::name("zz-future");
        let stays = Company { cvr: None, name: None, joined_on: Some(first), left_on: None };
        let mut companies = facts.companies.rows().to_vec();
        companies.push(Row::new(company.clone(), on, stays));
        facts.companies = History::new(companies).unwrap();
        let (mut placements, mut spells) = (facts.placements.rows().to_vec(), facts.spells.rows().to_vec());
        for (nth, participant) in ids.into_iter().enumerate() {
            let id = |what: &str| Id::name(&format!("zz-{what}-{nth}"));
            let placement = Placement { participant: participant.clone(), company: company.clone(), placed_on: first };
            placements.push(Row::new(id("placement"), on, placement));
            let outside = Job::Outside { participant, employer: Id::name("Future") };
            for (what, job) in [("in", Job::Placement(id("placement"))), ("out", outside)] {
                let (kind, weekly_hours) = (kind.clone(), busy.hours.into());
                let evidence = Some("seen".into());
                let spell =
                    Spell { job, kind, first_day: first, last_day: Some(contract.ends.max(first)), weekly_hours, evidence };
                spells.push(Row::new(id(what), on, spell));
            }
        }
        facts.placements = History::new(placements).unwrap();
        facts.spells = History::new(spells).unwrap();
    }

    /// Those who may still come: all there are places for, or two.
    fn newcomers(&self, first: Day) -> Vec<(Id, Participant)> {
        let enrolment = self.contract.enrolment();
        let enrolled_on = first.max(enrolment.first);
        if enrolled_on > enrolment.last {
            return Vec::new();
        }
        let group = self.contract.cohort.target_groups.as_ref().and_then(|groups| groups.first().cloned());
        let somebody = self.facts.participants.rows().iter().find_map(|row| row.fact.as_ref());
        let group = group.or_else(|| Some(somebody?.target_group.clone())).unwrap_or_else(|| Id::name("anybody"));
        let asked = |traits: &Option<Vec<Id>>| traits.clone().unwrap_or_default();
        let traits =
            self.contract.charges.iter().flat_map(|charge| &charge.rates.rows).flat_map(|row| asked(&row.when.traits));
        let traits: Vec<Id> = traits.collect::<BTreeSet<Id>>().into_iter().collect();
        let count = self.contract.cohort.max_participants.map_or(2, |most| most.min(12));
        let one = |nth: u32| {
            let terms =
                Participant { target_group: group.clone(), enrolled_on, eligible_until: None, traits: traits.clone() };
            (Id::name(&format!("zz-comer-{nth}")), terms)
        };
        (0..count).map(one).collect()
    }
}

/// What the rows say that were recorded by a day, replaced ones too.
fn known<T: Fact>(history: &History<T>, as_of: Day) -> impl Iterator<Item = &T> {
    history.rows().iter().filter(move |row| row.recorded_on <= as_of).filter_map(|row| row.fact.as_ref())
}

/// A contract without the versions that are agreed after a day.
pub fn agreed(contract: &Contract, as_of: Day) -> Contract {
    let mut contract = contract.clone();
    contract.versions.retain(|version| version.terms.agreed_on <= Some(as_of));
    contract
}

/// What was paid in the end, by charge.
pub fn paid(contract: &Contract, facts: &Facts) -> BTreeMap<String, i128> {
    let mut paid = BTreeMap::new();
    for settlement in effekt::settle(contract, facts, Day::FAR) {
        for posting in settlement.postings() {
            *paid.entry(posting.charge.to_owned()).or_default() += i128::from(posting.amount.minor());
        }
    }
    paid
}

/// What is owed in the end of a charge: the year in which it is earned, and how much.
pub struct Earned {
    pub charge: String,
    pub year: i32,
    pub amount: effekt::Money,
}

/// What is owed in the end, key by key.
pub fn earned(contract: &Contract, facts: &Facts) -> Vec<Earned> {
    let Some(last) = effekt::ledger::settle::last(contract, facts, Day::FAR) else { return Vec::new() };
    let keys = last.entries().filter_map(|entry| {
        let amount = entry.ground?.granted;
        Some(Earned { charge: entry.charge.to_owned(), year: entry.earned_on.year(), amount })
    });
    keys.collect()
}
