//! Members taken together: from the settlement period in which a shared limit is used up, entitlements are granted one by one
//! in the order of rule 9.2. Once shared limits are used up for good, each member goes on by itself.

use super::account::Session;
use super::draft::GROUP;
use super::entry::Entry;
use super::member::{Books, Kept, Member, Standing};
use crate::contract::SettlementPeriod;
use crate::figure::Grants;
use crate::limits::{Granted, Limits, Rooms, Shares};
use crate::measure::day::{Day, Span};
use crate::measure::parallel;
use std::sync::Arc;

/// A group of neighbouring members on the way through the settlement periods in which shared limits cut.
pub(super) struct Walk<'w, 'p, 'a> {
    books: &'p Books<'a>,
    period: SettlementPeriod,
    members: &'w mut [Member<'a>],
    walkers: Vec<Walker<'p, 'a>>,
    /// What is owed in the period at hand, member by member.
    turns: Vec<Turn>,
    entries: Vec<Entry>,
}

/// How far one of them has come.
struct Walker<'p, 'a> {
    session: Session<'p, 'a>,
    standing: Standing,
    /// Whether anything is said of it otherwise than before.
    has_changed: bool,
}

/// What is owed to a member, by its place in the group, until its turn comes; then what is granted of it, if anything came of it.
struct Turn {
    member: usize,
    granted: Option<Granted>,
}

/// Where an entitlement's turn comes: day earned, charge, group, place in it.
type Place = (Day, u16, u32, u32);

/// All members in groups whose accounts are still closed; `complete` says of each whether its facts are new, `spare` is emptied
/// and filled.
pub(super) fn walks<'w, 'p, 'a>(
    books: &'p Books<'a>,
    period: SettlementPeriod,
    members: &'w mut [Member<'a>],
    complete: &[bool],
    spare: Vec<Vec<Entry>>,
) -> Vec<Walk<'w, 'p, 'a>> {
    let spare = spare.into_iter().chain(std::iter::repeat_with(Vec::new));
    let groups = members.chunks_mut(GROUP).zip(complete.chunks(GROUP)).zip(spare);
    let walk = |((members, complete), entries): ((&'w mut [Member<'a>], &[bool]), Vec<Entry>)| {
        let walker = |(member, complete): (&Member<'a>, &bool)| Walker {
            session: member.open(&books.plan, period.number, *complete),
            standing: Standing::default(),
            has_changed: *complete,
        };
        let walkers = members.iter().zip(complete).map(walker).collect();
        Walk { books, period, members, walkers, turns: Vec::new(), entries }
    };
    groups.map(walk).collect()
}

impl<'p, 'a> Walk<'_, 'p, 'a> {
    /// Takes what was earned before settlement period `from`, where no shared limit cut. Of a member whose facts are the same
    /// nothing has changed there.
    pub(super) fn open(&mut self, from: usize, earlier: Span, shares: &Arc<Shares>) {
        for (member, walker) in self.members.iter_mut().zip(&mut self.walkers) {
            if let Some(kept) = member.kept.as_ref().filter(|kept| kept.before.0 == from) {
                walker.standing = kept.before.1.clone();
                continue;
            }
            walker.standing = Standing::sharing(shares);
            let granted = member.granted(self.books, earlier, self.period.cut_off, &mut walker.standing);
            if walker.session.complete {
                let new = granted.into_iter().filter_map(|granted| walker.session.feed(&member.account, granted));
                self.entries.extend(new);
            }
            let since = member.kept.take().and_then(|kept| kept.since);
            let keeps = !self.books.limits.together();
            member.kept = keeps.then(|| Box::new(Kept { before: (from, walker.standing.clone()), since }));
        }
    }

    /// Looks at what is owed to each member on some days.
    pub(super) fn look_at(&mut self, days: Span) {
        for ((place, member), walker) in self.members.iter().enumerate().zip(&mut self.walkers) {
            let owed = member.owed(self.books, days, self.period.cut_off, &mut walker.standing);
            let turn = |entitlement| Turn { member: place, granted: Some(Granted::nothing_of(entitlement)) };
            self.turns.extend(owed.into_iter().map(turn));
        }
    }

    /// Grants an entitlement at its turn (rule 9.2).
    fn grant(&mut self, place: u32, shared: &mut Rooms, grants: &mut Grants) {
        let Some(turn) = self.turns.get_mut(place as usize) else { return };
        let (member, walker) = (self.members.get_mut(turn.member), self.walkers.get_mut(turn.member));
        let (Some(member), Some(walker)) = (member, walker) else { return };
        if turn.granted.as_ref().is_some_and(|owed| owed.entitlement.is_place()) {
            let owed = turn.granted.take().and_then(|owed| member.at_its_turn(&self.books.plan, owed.entitlement, grants));
            turn.granted = owed.map(Granted::nothing_of);
        }
        let Some(granted) = &mut turn.granted else { return };
        member.grant_at_its_turn(&self.books.limits, granted, &mut walker.standing, shared);
        if !self.books.plan.at_their_turn.is_empty()
            && let Some(clause) = self.books.plan.clause(granted.entitlement.charge)
        {
            grants.note(&clause.charge.id, granted.entitlement.earned_on, granted.amount);
        }
    }

    /// Grants what is earned from a day on, each member by itself: shared limits are used up for good.
    fn grant_rest(&mut self, from: Day, shared: &Rooms) {
        for Turn { member, granted } in &mut self.turns {
            let (member, walker) = (self.members.get(*member), self.walkers.get_mut(*member));
            let granted = granted.as_mut().filter(|owed| owed.entitlement.earned_on >= from);
            if let (Some(member), Some(walker), Some(granted)) = (member, walker, granted) {
                member.grant_used_up(&self.books.limits, granted, &mut walker.standing, shared);
            }
        }
    }

    /// Posts what has been granted on the days that were looked at.
    pub(super) fn feed(&mut self) {
        for Turn { member, granted } in self.turns.drain(..) {
            let (Some(member), Some(walker)) = (self.members.get(member), self.walkers.get_mut(member)) else { continue };
            let entry = granted.and_then(|granted| walker.session.feed(&member.account, granted));
            walker.has_changed |= entry.is_some();
            self.entries.extend(entry);
        }
    }

    /// Goes on, each member by itself, from settlement period `from`, whose days from its first one are `days`: shared limits
    /// are used up for good. A member of whom nothing has changed goes on where it stood in the settlement before, up to
    /// `settled`.
    pub(super) fn go_on(&mut self, from: usize, days: Span, settled: Day, shared: &Rooms) {
        let limits = &self.books.limits;
        for (member, walker) in self.members.iter_mut().zip(&mut self.walkers) {
            let stood = member.kept.as_mut().and_then(|kept| kept.since.take());
            let stood = stood.filter(|(since, until, _)| !walker.has_changed && (*since, *until) == (from, settled));
            let mut left = days;
            if let Some((_, until, standing)) = stood {
                (left.first, walker.standing) = (until.next(), standing);
            }
            for owed in member.owed(self.books, left, self.period.cut_off, &mut walker.standing) {
                let mut granted = Granted::nothing_of(owed);
                member.grant_used_up(limits, &mut granted, &mut walker.standing, shared);
                self.entries.extend(walker.session.feed(&member.account, granted));
            }
            if let Some(kept) = &mut member.kept {
                kept.since = Some((from, days.last, std::mem::take(&mut walker.standing)));
            }
        }
    }

    /// Closes the accounts and gives all that was said of the members' keys.
    pub(super) fn close(&mut self) -> Vec<Entry> {
        for (member, walker) in self.members.iter_mut().zip(self.walkers.drain(..)) {
            self.entries.extend(walker.session.close(&mut member.account));
        }
        std::mem::take(&mut self.entries)
    }
}

/// Grants what was looked at, one entitlement after the other in the order of rule 9.2. From the day on that begins with shared
/// limits used up for good, each member is by itself.
pub(super) fn grant_in_order(walks: &mut [Walk<'_, '_, '_>], limits: &Limits<'_>, shared: &mut Rooms, grants: &mut Grants) {
    let mut today = None;
    for (earned_on, _, group, place) in in_order(walks) {
        if today.replace(earned_on) != Some(earned_on) && limits.used_up(shared) {
            parallel::map_big(walks, |walk| walk.grant_rest(earned_on, shared));
            return;
        }
        if let Some(walk) = walks.get_mut(group as usize) {
            walk.grant(place, shared, grants);
        }
    }
}

/// The order of rule 9.2 over what is owed to all members, each of whose own is in order.
fn in_order(walks: &[Walk<'_, '_, '_>]) -> Vec<Place> {
    let places = (0_u32..).zip(walks).flat_map(|(group, walk)| {
        let owed = |turn: &Turn| turn.granted.as_ref().map(|owed| (owed.entitlement.earned_on, owed.entitlement.charge));
        let turns = (0_u32..).zip(&walk.turns);
        turns.filter_map(move |(place, turn)| owed(turn).map(|(earned_on, charge)| (earned_on, charge, group, place)))
    });
    let mut order: Vec<Place> = places.collect();
    parallel::sort_by(&mut order, Ord::cmp);
    order
}
