//! The settlements of a contract, one after the other (rule 4.4).

use super::earlier::Ledger;
use super::entry::Entry;
use super::member::{Books, Draft, Member, Standing, Who};
use super::posting::{Posting, UnitName};
use super::resume::{self, Stray};
use crate::charge::Entitlement;
use crate::contract::{Calendar, Contract, SettlementPeriod};
use crate::entitlement::{Plan, cohort};
use crate::facts::Facts;
use crate::facts::roster::Roster;
use crate::limits::{Granted, Limits, Loads};
use crate::measure::day::{Day, Span};
use crate::measure::diagnostic::Diagnostic;
use crate::measure::money::Total;
use crate::measure::parallel;
use std::sync::Arc;

/// One settlement: what it posts, in the order of rule 9.2.
#[derive(Debug)]
pub struct Settlement<'a> {
    /// The period that is settled.
    pub period: SettlementPeriod,
    books: Arc<Books<'a>>,
    entries: Vec<Entry>,
    /// Keys of a ledger that nobody knows any more, posted back.
    strays: Vec<Stray>,
}

impl<'a> Settlement<'a> {
    /// The postings (rule 10.2).
    pub fn postings(&self) -> impl Iterator<Item = Posting<'_>> {
        self.entries().filter(|posting| !posting.amount.is_zero())
    }

    /// The postings and, with the amount zero, the keys whose ground alone is new, in the same order.
    pub fn entries(&self) -> impl Iterator<Item = Posting<'_>> {
        let plan = &self.books.plan;
        let mut entries = self.entries.iter().map(|entry| entry.posting(plan, self.period.number)).peekable();
        let mut strays = self.strays.iter().peekable();
        std::iter::from_fn(move || {
            let stray_first = match (entries.peek(), strays.peek()) {
                (Some(entry), Some(stray)) => stray.place.is_some() && stray.comes_before(entry, plan),
                (None, _) => true,
                (_, None) => false,
            };
            if stray_first { strays.next().map(|stray| stray.posting(self.period.number)) } else { entries.next() }
        })
    }

    /// How many entries there are, and those at some of their places: for work on several cores. With keys of a ledger that
    /// nobody knows any more there is only one part.
    #[must_use]
    pub fn parts(&self, size: usize) -> Vec<Part<'_>> {
        if !self.strays.is_empty() {
            return vec![Part { settlement: self, entries: None }];
        }
        self.entries.chunks(size.max(1)).map(|entries| Part { settlement: self, entries: Some(entries) }).collect()
    }

    /// The id of the spell with that number, as the evidence of an entry names it.
    #[must_use]
    pub fn spell(&self, number: u32) -> &str {
        self.books.plan.facts.spells.rows_of(number as usize).first().map(|row| row.id.as_str()).unwrap_or_default()
    }

    /// The sum of the postings.
    #[must_use]
    pub fn total(&self) -> Total {
        let strays: Total = self.strays.iter().map(|stray| -stray.sum).sum();
        self.entries.iter().map(|entry| entry.amount).sum::<Total>() + strays
    }
}

/// Some neighbouring entries of a settlement.
#[derive(Clone, Copy, Debug)]
pub struct Part<'s> {
    settlement: &'s Settlement<'s>,
    entries: Option<&'s [Entry]>,
}

impl<'s> Part<'s> {
    /// Calls `each` with every entry of the part.
    pub fn for_each(&self, each: impl FnMut(Posting<'s>)) {
        let settlement = self.settlement;
        match self.entries {
            Some(entries) => {
                entries.iter().map(|entry| entry.posting(&settlement.books.plan, settlement.period.number)).for_each(each)
            }
            None => settlement.entries().for_each(each),
        }
    }
}

impl Stray {
    fn comes_before(&self, entry: &Posting<'_>, plan: &Plan<'_>) -> bool {
        let place = plan.clauses.iter().find(|clause| clause.charge.id == *entry.charge).map(|clause| clause.number);
        let unit = entry.unit.to_string();
        (self.earned_on, self.place, self.subject.as_str(), self.unit.as_str())
            < (entry.earned_on, place, entry.subject, unit.as_str())
    }

    fn posting(&self, settlement: u32) -> Posting<'_> {
        Posting {
            settlement,
            charge: &self.charge,
            subject: &self.subject,
            unit: UnitName::Text(&self.unit),
            corrects: Some(self.since),
            earned_on: self.earned_on,
            quantity: self.quantity.normalize(),
            rate: self.rate.map(|rate| rate.normalize()),
            amount: -self.sum,
            cut: None,
            ground: None,
        }
    }
}

/// Settles a contract: every period whose cut-off is on or before `as_of`, each when it is asked for (rules 4.3, 4.4). Every
/// settlement owes what is earned by the facts as known on its cut-off, less what those before it posted.
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
        settlements.take_over(ledger);
    }
    (settlements, replay.into_iter().flatten().collect())
}

/// The settlements of a contract, in order.
#[derive(Debug)]
pub struct Settlements<'a> {
    books: Arc<Books<'a>>,
    calendar: std::iter::Peekable<Calendar<'a>>,
    as_of: Day,
    members: Vec<Member<'a>>,
    loads: Loads,
    /// For each participant the settlements on whose cut-off it may be known otherwise than before, and by whom it counts.
    touched: Vec<Vec<u32>>,
    admitted: Vec<bool>,
    /// Everything earned on or before this day has been settled.
    settled: Day,
    /// The first settlement period, from 0, in which a shared limit cut in the last settlement.
    tight: Option<usize>,
    /// Whether the next settlement compares everything owed with everything posted: the accounts are a ledger's.
    taken_over: bool,
    /// What the next settlement posts back of keys that nobody knows any more.
    strays: Vec<Stray>,
}

impl<'a> Settlements<'a> {
    fn new(contract: &'a Contract, facts: &'a Facts, as_of: Day) -> Settlements<'a> {
        let books = Books { plan: Plan::new(contract, facts), limits: Limits::new(contract), roster: Roster::new(facts) };
        let participants = 0..u32::try_from(facts.participants.len()).unwrap_or(u32::MAX);
        let mut members: Vec<Member<'a>> = participants.map(|number| Member::new(Who::Participant(number))).collect();
        let cut_offs: Vec<Day> = Calendar::new(contract).until(as_of).map(|period| period.cut_off).collect();
        let touched = parallel::map(&mut members, |number, _| touched(&books.roster, number, &cut_offs));
        members.push(Member::new(Who::Fixed));
        Settlements {
            books: Arc::new(books),
            calendar: Calendar::new(contract).peekable(),
            as_of,
            members,
            loads: Loads::default(),
            touched,
            admitted: Vec::new(),
            settled: contract.starts.previous(),
            tight: None,
            taken_over: false,
            strays: Vec::new(),
        }
    }

    /// Forgets what a replay would have posted and takes what the ledger has.
    fn take_over(&mut self, ledger: &Ledger) {
        let mut taken = resume::take(&self.books.plan, ledger);
        for (number, member) in self.members.iter_mut().enumerate() {
            member.account = taken.accounts.remove(&number).unwrap_or_default();
        }
        (self.taken_over, self.strays) = (true, taken.strays);
    }

    /// Settlement k: the facts as known on its cut-off, what they entitle to, what limits leave of it, and the difference to
    /// what has been posted.
    fn settle(&mut self, period: SettlementPeriod) -> Vec<Entry> {
        let drafts = self.draft(period);
        let tight = if self.books.limits.any_shared() { self.loads.first_tight(&self.books.limits) } else { None };
        let from = tight.into_iter().chain(self.tight).min();
        self.tight = tight;
        let entries = match from {
            None => self.post_apart(period, drafts),
            Some(from) => self.post_together(period, &drafts, from),
        };
        self.settled = period.days.last;
        entries
    }

    /// What each member is entitled to, by its own limits: everything if its facts may have changed since the settlement
    /// before, else what was earned since.
    fn draft(&mut self, period: SettlementPeriod) -> Vec<Draft> {
        let (books, contract) = (&self.books, self.books.plan.contract);
        let capped = contract.cohort.max_participants.is_some();
        let admitted = if capped { cohort::admitted(contract, books.plan.facts, period.cut_off) } else { Vec::new() };
        let changed = |number: usize| admitted.get(number) != self.admitted.get(number);
        let eligible = |number: usize| {
            let known = books.plan.facts.participants.known(number, period.cut_off);
            known.is_some_and(|(_, terms)| cohort::eligible(contract, terms).is_ok())
        };
        let counts = |number: usize| if capped { admitted.get(number) == Some(&true) } else { eligible(number) };
        let (touched, settled, taken_over) = (&self.touched, self.settled, std::mem::take(&mut self.taken_over));
        let work = |number: usize, member: &mut Member<'a>| {
            let facts_changed =
                touched.get(number).is_none_or(|settlements| settlements.binary_search(&period.number).is_ok());
            let complete = taken_over || facts_changed || changed(number);
            let before = std::mem::take(&mut member.load);
            if complete {
                member.reassess(books, period.cut_off, counts);
            } else {
                member.load = before.clone();
            }
            let first = if complete { contract.starts } else { settled.next() };
            let draft = member.draft(books, Span { first, last: period.days.last }, period.cut_off, complete);
            (draft, before)
        };
        let drafts = parallel::map(&mut self.members, work);
        let loads = &mut self.loads;
        let drafts = drafts.into_iter().zip(&self.members).map(|((draft, before), member)| {
            loads.add(&before, -1);
            loads.add(&member.load, 1);
            draft
        });
        let drafts = drafts.collect();
        self.admitted = admitted;
        drafts
    }

    /// No shared limit cuts: each member by itself.
    fn post_apart(&mut self, period: SettlementPeriod, drafts: Vec<Draft>) -> Vec<Entry> {
        let plan = &self.books.plan;
        let mut both: Vec<(&mut Member<'a>, Draft)> = self.members.iter_mut().zip(drafts).collect();
        parallel::map(&mut both, |_, (member, draft)| member.post(plan, period.number, draft))
            .into_iter()
            .flatten()
            .collect()
    }

    /// From settlement period `from` on, entitlements are taken one by one in the order of rule 9.2, over all members; what
    /// was earned before is granted by each member's own limits, for no shared limit cuts there.
    fn post_together(&mut self, period: SettlementPeriod, drafts: &[Draft], from: usize) -> Vec<Entry> {
        let books = Arc::clone(&self.books);
        let mut shared = self.loads.rooms_before(&books.limits, from);
        let begin = books.limits.first_day(from).unwrap_or(self.books.plan.contract.starts);
        let earlier = Span { first: books.plan.contract.starts, last: begin.previous() };
        let mut both: Vec<(&mut Member<'a>, &Draft)> = self.members.iter_mut().zip(drafts).collect();
        let mut walks = parallel::map(&mut both, |_, (member, draft)| {
            let mut session = member.open(&books.plan, period.number);
            let mut standing = Standing::default();
            let granted = member.granted(&books, earlier, period.cut_off, &mut standing);
            // Of a member whose facts are the same nothing has changed before the first period that may be cut.
            let entries: Vec<Entry> =
                granted.iter().filter(|_| draft.complete).filter_map(|granted| session.feed(granted)).collect();
            (session, standing, entries)
        });
        for days in books.limits.periods(from, period.days.last) {
            let mut at_work: Vec<_> = both.iter_mut().zip(&mut walks).collect();
            let owed = parallel::map(&mut at_work, |_, ((member, _), (_, standing, _))| {
                member.owed(&books, days, period.cut_off, standing)
            });
            let mut queue: Vec<_> =
                owed.into_iter().enumerate().flat_map(|(at, owed)| owed.into_iter().map(move |owed| (at, owed))).collect();
            let participants = books.plan.facts.participants.len();
            let who = |(at, owed): &(usize, Entitlement)| (*at, owed.company.filter(|_| *at >= participants));
            let unit = |(_, owed): &(usize, Entitlement)| books.plan.unit_order(owed.company, owed.unit);
            parallel::sort_by(&mut queue, |a, b| {
                let key = |queued: &(usize, Entitlement)| (queued.1.earned_on, queued.1.charge, who(queued));
                key(a).cmp(&key(b)).then_with(|| unit(a).cmp(&unit(b)))
            });
            let mut granted: Vec<Vec<Granted>> = both.iter().map(|_| Vec::new()).collect();
            for (at, owed) in queue {
                if let (Some((member, _)), Some((_, standing, _)), Some(granted)) =
                    (both.get(at), walks.get_mut(at), granted.get_mut(at))
                {
                    granted.push(member.grant(&books, owed, standing, Some(&mut shared)));
                }
            }
            let mut feeding: Vec<_> = walks.iter_mut().zip(granted).collect();
            parallel::map(&mut feeding, |_, ((session, _, entries), granted)| {
                entries.extend(granted.iter().filter_map(|g| session.feed(g)))
            });
        }
        let closing = both.into_iter().zip(walks);
        closing
            .flat_map(|((member, draft), (session, _, mut entries))| {
                entries.extend(session.close(draft.complete, &mut member.account));
                entries
            })
            .collect()
    }
}

impl<'a> Iterator for Settlements<'a> {
    type Item = Settlement<'a>;

    fn next(&mut self) -> Option<Settlement<'a>> {
        let as_of = self.as_of;
        let period = self.calendar.next_if(|period| period.cut_off <= as_of)?;
        let mut entries = self.settle(period);
        let books = Arc::clone(&self.books);
        parallel::sort_by(&mut entries, |a, b| a.order(b, &books.plan));
        Some(Settlement { period, books, entries, strays: std::mem::take(&mut self.strays) })
    }
}

/// The settlements on whose cut-off a participant may be known otherwise than on the one before.
fn touched(roster: &Roster<'_>, participant: usize, cut_offs: &[Day]) -> Vec<u32> {
    let settlement = |day: Day| u32::try_from(cut_offs.partition_point(|cut_off| *cut_off < day) + 1).ok();
    let mut settlements: Vec<u32> = roster.recorded_on(participant).filter_map(settlement).collect();
    settlements.sort_unstable();
    settlements.dedup();
    settlements
}
