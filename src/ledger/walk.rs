//! Members taken together: from the settlement period in which a shared limit is used up, entitlements are granted one by one
//! in the order of rule 9.2.

use super::account::Session;
use super::entry::Entry;
use super::member::{Books, Member, Standing};
use crate::charge::Entitlement;
use crate::contract::SettlementPeriod;
use crate::limits::{Granted, Shares};
use crate::measure::day::{Day, Span};
use crate::measure::parallel;
use std::sync::Arc;

/// A member on the way through the settlement periods in which shared limits cut.
pub(super) struct Walk<'w, 'p, 'a> {
    pub(super) member: &'w mut Member<'a>,
    complete: bool,
    session: Option<Session<'p, 'a>>,
    pub(super) standing: Standing,
    pub(super) granted: Vec<Granted>,
    entries: Vec<Entry>,
}

impl<'w, 'p, 'a> Walk<'w, 'p, 'a> {
    /// A member whose account is still closed; `complete` says whether its facts are new.
    pub(super) fn new(member: &'w mut Member<'a>, complete: bool, shares: &Arc<Shares>) -> Walk<'w, 'p, 'a> {
        let (standing, granted, entries) = (Standing::sharing(shares), Vec::new(), Vec::new());
        Walk { member, complete, session: None, standing, granted, entries }
    }

    /// Opens the account and takes what was earned before shared limits cut. Of a member whose facts are the same nothing has
    /// changed there.
    pub(super) fn open(&mut self, books: &'p Books<'a>, period: SettlementPeriod, earlier: Span) {
        self.session = Some(self.member.open(&books.plan, period.number, self.complete));
        self.granted = self.member.granted(books, earlier, period.cut_off, &mut self.standing);
        if self.complete {
            self.feed();
        }
        self.granted.clear();
    }

    /// Posts what has been granted since the last time.
    pub(super) fn feed(&mut self) {
        if let Some(session) = &mut self.session {
            let account = &self.member.account;
            self.entries.extend(self.granted.drain(..).filter_map(|granted| session.feed(account, granted)));
        }
    }

    /// Closes the account and gives all that was said of the member's keys.
    pub(super) fn close(&mut self) -> Vec<Entry> {
        if let Some(session) = self.session.take() {
            self.entries.extend(session.close(&mut self.member.account));
        }
        std::mem::take(&mut self.entries)
    }
}

/// The order of rule 9.2 over what is owed to all members, each of whose own is in order: day earned, charge, member, place.
pub(super) fn in_order(owed: &[Vec<Entitlement>]) -> Vec<(Day, u16, u32, u32)> {
    let places = (0_u32..)
        .zip(owed)
        .flat_map(|(member, owed)| (0_u32..).zip(owed).map(move |(nth, owed)| (owed.earned_on, owed.charge, member, nth)));
    let mut order: Vec<_> = places.collect();
    parallel::sort_by(&mut order, Ord::cmp);
    order
}
