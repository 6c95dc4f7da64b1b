//! A settlement while it is not known yet whether a shared limit cuts: what a group of neighbouring members would post.

use super::account::Session;
use super::entry::Entry;
use super::member::{Books, Member};
use crate::contract::SettlementPeriod;
use crate::limits::Loads;
use crate::measure::day::Span;
use crate::measure::parallel;

/// How many members make a group: few enough that what one core works on stays near it, enough that their entries of one day
/// and charge are worth putting in order together.
pub const GROUP: usize = 256;

/// What a group of neighbouring members is owed by their own limits. Their accounts stand as they were until it is closed.
#[derive(Debug)]
pub struct Draft<'p, 'a> {
    sessions: Vec<Session<'p, 'a>>,
    entries: Vec<Entry>,
    /// What has changed of what its members take from shared limits.
    pub change: Loads,
}

impl<'p, 'a> Draft<'p, 'a> {
    /// A group without members yet. `entries` is emptied and filled: memory that has been used before is cheaper than new one.
    #[must_use]
    pub fn new(mut entries: Vec<Entry>) -> Draft<'p, 'a> {
        entries.clear();
        Draft { entries, sessions: Vec::with_capacity(GROUP), change: Loads::default() }
    }

    /// Adds the next member: what is earned on the days `earned`, which is everything if it is `complete`. Without `apart` the
    /// settlement is not posted from drafts, and nothing is made ready for it.
    pub fn add(
        &mut self,
        books: &'p Books<'a>,
        member: &mut Member<'a>,
        period: SettlementPeriod,
        (earned, complete, apart): (Span, bool, bool),
    ) {
        let mut session = member.open(&books.plan, period.number, complete);
        let entries = &mut self.entries;
        member.draft(books, (earned, period.cut_off, complete), &mut self.change, |account, granted| {
            if apart {
                entries.extend(session.feed(account, granted));
            }
        });
        self.sessions.push(session);
    }

    /// For each member whether it is settled completely.
    pub fn complete(&self) -> impl Iterator<Item = bool> {
        self.sessions.iter().map(|session| session.complete)
    }

    /// Drops it, but for the memory of its entries.
    #[must_use]
    pub fn into_spare(self) -> Vec<Entry> {
        let mut entries = self.entries;
        entries.clear();
        entries
    }

    /// Posts it as it stands: no shared limit cuts (rule 10.2).
    pub fn close(&mut self, members: &mut [Member<'a>]) -> Vec<Entry> {
        let mut entries = std::mem::take(&mut self.entries);
        for (session, member) in self.sessions.drain(..).zip(members) {
            entries.extend(session.close(&mut member.account));
        }
        entries
    }
}

/// Drafts participants group by group, on all cores; `add` adds one, by its number, to the draft of its group. `spare` held the
/// entries of an earlier settlement.
pub fn groups<'p, 'a>(
    people: &mut [Member<'a>],
    spare: &mut Vec<Vec<Entry>>,
    add: impl Fn(usize, &mut Member<'a>, &mut Draft<'p, 'a>) + Send + Sync,
) -> Vec<Draft<'p, 'a>> {
    spare.resize_with(people.len().div_ceil(GROUP), Vec::new);
    let mut groups: Vec<_> = people.chunks_mut(GROUP).zip(spare).enumerate().collect();
    parallel::map_big(&mut groups, |(nth, (members, spare))| {
        let mut draft = Draft::new(std::mem::take(*spare));
        members.iter_mut().zip(*nth * GROUP..).for_each(|(member, number)| add(number, member, &mut draft));
        draft
    })
}
