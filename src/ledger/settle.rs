//! The settlements of a contract, one after the other (rule 4.4).

use super::draft::{self, Draft, GROUP};
use super::earlier::Ledger;
use super::entry::Entry;
use super::member::{Books, Member, Who};
use super::resume;
use super::settlement::{InOrder, Settlement};
use super::stray::Stray;
use super::walk::{Walk, in_order};
use crate::charge::Indices;
use crate::charge::walk::Held;
use crate::contract::{Calendar, Contract, Limit, SettlementPeriod};
use crate::entitlement::{Plan, Readings, cohort, seats};
use crate::facts::roster::Roster;
use crate::facts::validation::Checked;
use crate::facts::{Fact, Facts, History, Row};
use crate::figure::{Adds, Asked, Asking, Grants};
use crate::limits::{Granted, Limits, Loads, Shares};
use crate::measure::day::{Day, Span};
use crate::measure::diagnostic::Diagnostic;
use crate::measure::id::Id;
use crate::measure::parallel;
use crate::measure::ratio::Ratio;
use std::sync::Arc;

/// Settles a contract: every period whose cut-off is on or before `as_of`, each when it is asked for (rules 4.3, 4.4). Every
/// settlement owes what is earned by the facts as known on its cut-off, and by the version of the contract in force on it
/// (mechanisms 9.2), less what those before it posted.
///
/// The contract and the facts should have been checked; what is wrong with them makes amounts wrong, never a panic.
pub fn settle<'a>(contract: &'a Contract, facts: &'a Facts, as_of: Day) -> Settlements<'a> {
    Settlements::new(contract, facts, as_of)
}

/// Goes on from a ledger: its settlements are taken as made, and only later ones are computed. The warnings say where a
/// replay would differ from it (rule 10.4).
///
/// The ledger should have been checked against the contract ([`Ledger::check`]).
pub fn resume<'a>(
    contract: &'a Contract,
    facts: &'a Facts,
    as_of: Day,
    ledger: &Ledger,
) -> (Settlements<'a>, Vec<Diagnostic>) {
    let mut settlements = Settlements::new(contract, facts, as_of);
    let made = ledger.settlements.len();
    let plan = Arc::clone(&settlements.books);
    let replay: Vec<Vec<Diagnostic>> =
        settlements.by_ref().take(made).map(|replayed| resume::differences(&plan.plan, ledger, &replayed)).collect();
    let replayed = replay.len();
    settlements.calendar.by_ref().take(made - replayed).for_each(drop);
    if made > 0 {
        settlements.catch_up();
        settlements.take_over(ledger);
    }
    (settlements, replay.into_iter().flatten().collect())
}

/// What the figures say to the measured charges on the last cut-off, by the facts known on it; to those too that rest on what is
/// granted, for which the last settlement is worked out (mechanisms 4.1).
#[must_use]
pub fn last_readings(contract: &Contract, facts: &Facts, as_of: Day) -> Readings {
    let mut settlements = Settlements::new(contract, facts, as_of);
    let before = Calendar::new(contract).until(as_of).count().saturating_sub(1);
    settlements.calendar.by_ref().take(before).for_each(drop);
    settlements.taken_over = true;
    settlements.next();
    settlements.members.pop().map(Member::into_readings).unwrap_or_default()
}

/// The settlements of a contract, in order.
#[derive(Debug)]
pub struct Settlements<'a> {
    contract: &'a Contract,
    /// By the version of the contract that the last settlement followed.
    books: Arc<Books<'a>>,
    calendar: std::iter::Peekable<Calendar<'a>>,
    as_of: Day,
    members: Vec<Member<'a>>,
    loads: Loads,
    /// For each participant the settlements on whose cut-off it may be known otherwise than before, and by whom it counts.
    touched: Vec<Vec<u32>>,
    /// The settlements before which a row was recorded that an index or a gate may follow, or an offer: everybody is looked at anew
    /// (mechanisms 12).
    measured: Vec<u32>,
    admitted: Vec<bool>,
    /// What participants add to counts and tallies, all of them together.
    adds: Adds,
    /// Everything earned on or before this day has been settled.
    settled: Day,
    /// The first settlement period, from 0, in which a shared limit cut in the last settlement.
    tight: Option<usize>,
    /// Whether the next settlement compares everything owed with everything posted: the accounts are a ledger's.
    taken_over: bool,
    /// What the next settlement posts back of keys that nobody knows any more.
    strays: Vec<Stray>,
    /// What held the entries of an earlier settlement, group by group.
    spare: Vec<Vec<Entry>>,
}

impl<'a> Settlements<'a> {
    fn new(contract: &'a Contract, facts: &'a Facts, as_of: Day) -> Settlements<'a> {
        let books = books(contract, facts);
        let participants = 0..u32::try_from(facts.participants.len()).unwrap_or(u32::MAX);
        let mut members: Vec<Member<'a>> = participants.map(|number| Member::new(Who::Participant(number))).collect();
        let cut_offs: Vec<Day> = Calendar::new(contract).until(as_of).map(|period| period.cut_off).collect();
        let followed = contract.all().any(|version| {
            !version.indices.is_empty() || version.gates_participants() || version.looks_at_people_in_places()
        });
        let measured = if followed { settlements_after(of_everybody(facts), &cut_offs) } else { Vec::new() };
        let touched =
            parallel::map(&mut members, |number, _| settlements_after(books.roster.recorded_on(number), &cut_offs));
        members.push(Member::new(Who::Contract));
        Settlements {
            contract,
            books: Arc::new(books),
            calendar: Calendar::new(contract).peekable(),
            as_of,
            members,
            loads: Loads::default(),
            touched,
            measured,
            admitted: Vec::new(),
            adds: Adds::default(),
            settled: contract.starts.previous(),
            tight: None,
            taken_over: false,
            strays: Vec::new(),
            spare: Vec::new(),
        }
    }

    /// Takes a settlement back that nobody looks at any more: the next one is made in its memory.
    pub fn take_back(&mut self, settlement: Settlement<'a>) {
        self.spare = settlement.entries.groups;
    }

    /// Forgets what a replay would have posted and takes what the ledger has.
    fn take_over(&mut self, ledger: &Ledger) {
        let mut taken = resume::take(&self.books.plan, ledger);
        for (number, member) in self.members.iter_mut().enumerate() {
            member.account = taken.accounts.remove(&number).unwrap_or_default();
        }
        (self.taken_over, self.strays) = (true, taken.strays);
    }

    /// Follows the version of the contract that the next settlement follows.
    fn catch_up(&mut self) {
        let next = self.calendar.peek().map(|period| self.contract.in_force(period.cut_off));
        if let Some(version) = next.filter(|version| !std::ptr::eq(*version, self.books.plan.contract)) {
            self.follow(version);
        }
    }

    /// Goes on by another version of the contract: what has been posted stands, and the next settlement compares everything
    /// owed by the version with it (mechanisms 9.2).
    fn follow(&mut self, version: &'a Contract) {
        let plan = &self.books.plan;
        let place = |number: u16| {
            let id = &plan.clause(number)?.charge.id;
            version.charges.iter().position(|charge| charge.id == *id).and_then(|place| u16::try_from(place).ok())
        };
        for member in &mut self.members {
            let account = member.account.renumbered(place);
            *member = Member::new(member.who);
            member.account = account;
        }
        self.books = Arc::new(books(version, plan.facts));
        self.adds = Adds::default();
        (self.loads, self.admitted, self.tight, self.taken_over) = (Loads::default(), Vec::new(), None, true);
    }

    /// Settlement k: the facts as known on its cut-off, what they entitle to, what limits leave of it, and the difference to
    /// what has been posted.
    fn settle(&mut self, period: SettlementPeriod) -> Vec<Vec<Entry>> {
        let books = Arc::clone(&self.books);
        let drafts = self.draft(&books, period);
        let tight = if self.books.limits.looks_across() { self.loads.first_tight(&self.books.limits) } else { None };
        let from = tight.into_iter().chain(self.tight).min();
        self.tight = tight;
        let entries = match from {
            None => self.post_apart(drafts),
            Some(from) => self.post_together(period, &drafts, from),
        };
        self.settled = period.days.last;
        entries
    }

    /// What each member is entitled to, by its own limits: everything if its facts may have changed since the settlement
    /// before, else what was earned since.
    fn draft<'p>(&mut self, books: &'p Books<'a>, period: SettlementPeriod) -> Vec<Draft<'p, 'a>> {
        let contract = books.plan.contract;
        let capped = contract.cohort.max_participants.is_some();
        let admitted = if capped { cohort::admitted(contract, books.plan.facts, period.cut_off) } else { Vec::new() };
        let changed = |number: usize| admitted.get(number) != self.admitted.get(number);
        let eligible = |number: usize| {
            let known = books.plan.facts.participants.known(number, period.cut_off);
            known.is_some_and(|(_, terms)| cohort::eligible(contract, terms).is_ok())
        };
        let counts = |number: usize| if capped { admitted.get(number) == Some(&true) } else { eligible(number) };
        let (touched, settled, starts) = (&self.touched, self.settled, contract.starts);
        let taken_over = std::mem::take(&mut self.taken_over) || self.measured.binary_search(&period.number).is_ok();
        let indices = Arc::new(Indices::new(&contract.indices, books.plan.facts, period.cut_off));
        let is_new = |number: usize| {
            let facts_changed =
                touched.get(number).is_none_or(|settlements| settlements.binary_search(&period.number).is_ok());
            taken_over || facts_changed || changed(number)
        };
        // What is measured of each participant may rest on all of them.
        let measures_each = books.plan.measures_each();
        // Where a shared limit cut the last time everybody is taken together again.
        let apart = self.tight.is_none();
        let work = |number: usize, member: &mut Member<'a>, adds: &Adds, draft: &mut Draft<'p, 'a>| {
            let complete = is_new(number) || measures_each;
            if complete {
                member.reassess(books, &indices, period, Some(adds), counts);
            }
            let first = if complete { starts } else { settled.next() };
            draft.add(books, member, period, (Span { first, last: period.days.last }, complete, apart));
        };
        let participants = self.members.len().saturating_sub(1);
        let (people, fixed) = self.members.split_at_mut(participants);
        let mut adds = std::mem::take(&mut self.adds);
        if measures_each && books.plan.adds_up() {
            parallel::map(people, |number, member| {
                if is_new(number) {
                    member.reassess(books, &indices, period, None, counts);
                }
            });
            add_up(&mut adds, people);
        }
        seats::fill(&books.plan, period.cut_off, &mut adds);
        let mut drafts = draft::groups(people, &mut self.spare, |number, member, draft| work(number, member, &adds, draft));
        if books.plan.adds_up() {
            add_up(&mut adds, people);
            seats::fill(&books.plan, period.cut_off, &mut adds);
        }
        for member in fixed {
            member.anybody = anybody(books, people);
            let mut draft = Draft::new(Vec::new());
            work(participants, member, &adds, &mut draft);
            drafts.push(draft);
        }
        self.adds = adds;
        self.admitted = admitted;
        drafts.iter().for_each(|draft| self.loads.join(&draft.change));
        drafts
    }

    /// How many keys limits grant that are shares of figures, as these stand on the period's last day (mechanisms 8.1).
    fn shares(&self, period: SettlementPeriod) -> Shares {
        let (contract, facts) = (self.books.plan.contract, self.books.plan.facts);
        let of = |(number, limit): (u16, &Limit)| {
            let (share, figure) = limit.bound.share()?;
            let (on, since, known_on) = (period.days.last, contract.starts, period.cut_off);
            let asked = Asked { on, since, known_on, whole: false };
            let seen = Asking::new(contract.named(), facts, asked).adding(&self.adds).value(figure);
            Some((number, seen.and_then(|(_, seen)| seen.value.times(share)).map_or(0, keys)))
        };
        (0_u16..).zip(&contract.limits).filter_map(of).collect()
    }

    /// No shared limit cuts: each member by itself.
    fn post_apart(&mut self, drafts: Vec<Draft<'_, 'a>>) -> Vec<Vec<Entry>> {
        let participants = self.members.len().saturating_sub(1);
        let (people, fixed) = self.members.split_at_mut(participants);
        let mut both: Vec<_> = people.chunks_mut(GROUP).chain([fixed]).zip(drafts).collect();
        parallel::map_big(&mut both, |(members, draft)| draft.close(members))
    }

    /// From settlement period `from` on, entitlements are taken one by one in the order of rule 9.2, over all members; what
    /// was earned before is granted by each member's own limits, for no shared limit cuts there.
    fn post_together(&mut self, period: SettlementPeriod, drafts: &[Draft<'_, 'a>], from: usize) -> Vec<Vec<Entry>> {
        let books = Arc::clone(&self.books);
        let shares = Arc::new(self.shares(period));
        let mut shared = self.loads.rooms_before(&books.limits, from).sharing(&shares);
        let mut grants = Grants::new(&books.plan.contract.figures, books.plan.contract.currency);
        let starts = books.plan.contract.starts;
        let earlier = Span { first: starts, last: books.limits.first_day(from).unwrap_or(starts).previous() };
        let complete = drafts.iter().flat_map(Draft::complete);
        let mut walks: Vec<Walk<'_, '_, 'a>> =
            self.members.iter_mut().zip(complete).map(|(member, complete)| Walk::new(member, complete, &shares)).collect();
        parallel::map(&mut walks, |_, walk| walk.open(&books, period, earlier));
        for days in books.limits.periods(from, period.days.last) {
            let owed =
                parallel::map(&mut walks, |_, walk| walk.member.owed(&books, days, period.cut_off, &mut walk.standing));
            let queue = in_order(&owed);
            // Each member's own come in their order, so it is always its next one.
            let mut owed: Vec<_> = owed.into_iter().map(Vec::into_iter).collect();
            for (_, _, member, _) in queue {
                let place = member as usize;
                let (Some(walk), Some(owed)) = (walks.get_mut(place), owed.get_mut(place)) else { continue };
                let owed = owed.next().and_then(|owed| walk.member.at_its_turn(&books.plan, owed, &grants));
                let granted = owed.map(|owed| walk.member.grant(&books, owed, &mut walk.standing, Some(&mut shared)));
                granted.iter().for_each(|granted| note(&books.plan, granted, &mut grants));
                walk.granted.extend(granted);
            }
            parallel::map(&mut walks, |_, walk| walk.feed());
        }
        let mut groups: Vec<_> = walks.chunks_mut(GROUP).collect();
        parallel::map_big(&mut groups, |walks| walks.iter_mut().flat_map(Walk::close).collect())
    }
}

impl<'a> Iterator for Settlements<'a> {
    type Item = Settlement<'a>;

    fn next(&mut self) -> Option<Settlement<'a>> {
        let as_of = self.as_of;
        self.catch_up();
        let period = self.calendar.next_if(|period| period.cut_off <= as_of)?;
        let entries = self.settle(period);
        let books = Arc::clone(&self.books);
        let entries = InOrder::new(entries, &books.plan);
        Some(Settlement { period, books, entries, strays: std::mem::take(&mut self.strays) })
    }
}

/// Notes what is granted, for the figures that look at it (mechanisms 4.1).
fn note(plan: &Plan<'_>, granted: &Granted, grants: &mut Grants) {
    if let Some(clause) = plan.clause(granted.entitlement.charge).filter(|_| !plan.at_their_turn.is_empty()) {
        grants.note(&clause.charge.id, granted.entitlement.earned_on, granted.amount);
    }
}

/// Cut down to a whole number, and never below 0.
fn keys(share: Ratio) -> i64 {
    let (dividend, divisor) = share.parts();
    i64::try_from(dividend.checked_div_euclid(divisor).unwrap_or_default().max(0)).unwrap_or(i64::MAX)
}

/// Takes into the sums of all what members add otherwise than before.
fn add_up(adds: &mut Adds, people: &mut [Member<'_>]) {
    for member in people.iter_mut().filter(|member| member.added != *member.adds()) {
        adds.add(&std::mem::take(&mut member.added), -1);
        member.added = member.adds().clone();
        adds.add(&member.added, 1);
    }
}

/// What holds for anybody, where a fixed charge requires what participants reach (mechanisms 6.1).
pub(super) fn anybody(books: &Books<'_>, people: &[Member<'_>]) -> Held {
    let fixed = |charge: u16| books.plan.clause(charge).is_some_and(|clause| clause.charge.is_the_contracts());
    let ties = books.plan.ties.as_ref().filter(|ties| ties.looks_outside(fixed));
    ties.map(|ties| ties.earliest(people.iter().filter_map(Member::held))).unwrap_or_default()
}

pub(super) fn books<'a>(contract: &'a Contract, facts: &'a Facts) -> Books<'a> {
    Books { plan: Plan::new(contract, facts), limits: Limits::new(contract), roster: Roster::new(facts) }
}

/// The days on which rows were recorded that concern everybody: what was measured, suspended, checked or offered, whose check it
/// was, and the companies of an offer, for which it waits.
/// The days on which rows were recorded that concern everybody: what was measured, shown of
/// goals, suspended or checked, and whose check it was.
fn of_everybody(facts: &Facts) -> impl Iterator<Item = Day> {
    fn days<T>(rows: &[Row<T>]) -> impl Iterator<Item = Day> {
        rows.iter().map(|row| row.recorded_on)
    }
    fn of_id<T: Fact>(history: &History<T>, id: &Id) -> Option<Vec<Day>> {
        Some(days(history.rows_of(history.find(id.as_str())?)).collect())
    }
    let subjects = facts.validations.rows().iter().filter_map(|row| row.fact.as_ref()).flat_map(|check| {
        let rows: Option<Vec<Day>> = match &check.subject {
            Checked::Contract => None,
            Checked::Company(id) => of_id(&facts.companies, id),
            Checked::Participant(id) => of_id(&facts.participants, id),
        };
        rows.into_iter().flatten()
    });
    let own = days(facts.measurements.rows()).chain(days(facts.suspensions.rows()));
    let offered = facts.offers.rows().iter().filter_map(|row| row.fact.as_ref()).flat_map(|offer| &offer.companies);
    let offered = offered.filter_map(|id| of_id(&facts.companies, id)).flatten();
    let offers = days(facts.offers.rows()).chain(offered);
    own.chain(days(facts.shown.rows())).chain(days(facts.validations.rows())).chain(subjects).chain(offers)
}

/// The settlements on whose cut-offs rows that were recorded on these days are known for the first time.
fn settlements_after(days: impl Iterator<Item = Day>, cut_offs: &[Day]) -> Vec<u32> {
    let settlement = |day: Day| u32::try_from(cut_offs.partition_point(|cut_off| *cut_off < day) + 1).ok();
    let mut settlements: Vec<u32> = days.filter_map(settlement).collect();
    settlements.sort_unstable();
    settlements.dedup();
    settlements
}
