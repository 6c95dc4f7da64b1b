//! A settlement that has been made: its postings in the order of rule 9.2.

use super::entry::Entry;
use super::member::Books;
use super::posting::Posting;
use super::stray::Stray;
use crate::contract::SettlementPeriod;
use crate::entitlement::Plan;
use crate::measure::day::Day;
use crate::measure::money::Total;
use crate::measure::parallel;
use std::sync::Arc;

/// One settlement: what it posts, in the order of rule 9.2.
#[derive(Debug)]
pub struct Settlement<'a> {
    /// The period that is settled.
    pub period: SettlementPeriod,
    pub(super) books: Arc<Books<'a>>,
    pub(super) entries: InOrder,
    /// Keys of a ledger that nobody knows any more, posted back.
    pub(super) strays: Vec<Stray>,
}

impl<'a> Settlement<'a> {
    /// The postings (rule 10.2).
    pub fn postings(&self) -> impl Iterator<Item = Posting<'_>> {
        self.entries().filter(|posting| !posting.amount.is_zero())
    }

    /// How many postings there are.
    #[must_use]
    pub fn posting_count(&self) -> usize {
        let strays = self.strays.iter().filter(|stray| !stray.sum.is_zero()).count();
        self.entries.postings + strays
    }

    /// The postings and, with the amount zero, the keys whose ground alone is new, in the same order.
    pub fn entries(&self) -> impl Iterator<Item = Posting<'_>> {
        let plan = &self.books.plan;
        let places = self.entries.order.iter();
        let mut entries =
            places.flat_map(|place| self.entries.at(place)).map(|entry| entry.posting(plan, self.period.number)).peekable();
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

    /// The entries in parts of about that size, for work on several cores. With keys of a ledger that nobody knows any more
    /// there is only one part.
    #[must_use]
    pub fn parts(&self, size: usize) -> Vec<Part<'_>> {
        if !self.strays.is_empty() {
            return vec![Part { settlement: self, places: None }];
        }
        let (mut parts, mut rest) = (Vec::new(), self.entries.order.as_slice());
        while !rest.is_empty() {
            let mut count = 0_usize;
            let inside = rest.iter().take_while(|place| {
                let is_full = count >= size;
                count = count.saturating_add(place.to.saturating_sub(place.from));
                !is_full
            });
            let Some((places, after)) = rest.split_at_checked(inside.count().max(1)) else { break };
            parts.push(Part { settlement: self, places: Some(places) });
            rest = after;
        }
        parts
    }

    /// The id of the spell or report with that number, as the evidence of an entry names it.
    #[must_use]
    pub fn spell(&self, number: u32) -> &str {
        self.books.plan.facts.evidence(number)
    }

    /// The id of the figure at that place of the contract, as the ground of an entry names it (mechanisms 5.5).
    #[must_use]
    pub fn figure(&self, place: u16) -> &str {
        self.books.plan.contract.figures.get(usize::from(place)).map(|figure| figure.id.as_str()).unwrap_or_default()
    }

    /// The id of the measurement with that number.
    #[must_use]
    pub fn measurement(&self, number: u32) -> &str {
        self.books.plan.facts.measurements.id(number as usize).unwrap_or_default()
    }

    /// The id of the charge at that place in the contract.
    #[must_use]
    pub fn charge(&self, number: u16) -> &str {
        self.books.plan.clause(number).map_or("", |clause| clause.charge.id.as_str())
    }

    /// The sum of the postings.
    #[must_use]
    pub fn total(&self) -> Total {
        let strays: Total = self.strays.iter().map(|stray| -stray.sum).sum();
        self.entries.total + strays
    }
}

/// Entries in groups of neighbouring members, and their order over all groups. What is earned by a charge on a day stands
/// together in each group: only such pieces are put in order over all groups.
#[derive(Debug, Default)]
pub struct InOrder {
    pub(super) groups: Vec<Vec<Entry>>,
    order: Vec<Place>,
    /// How many of them post an amount.
    postings: usize,
    total: Total,
}

/// Where entries of a group stand that were earned by one charge on one day, led by what orders them.
#[derive(PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Place {
    earned_on: Day,
    charge: u16,
    group: usize,
    /// The first of them, and one past the last.
    from: usize,
    to: usize,
}

impl InOrder {
    /// Puts the entries of all members in the order of rule 9.2. Groups come in the order of their members' subjects.
    #[must_use]
    pub fn new(mut groups: Vec<Vec<Entry>>, plan: &Plan<'_>) -> InOrder {
        let sums = parallel::map_big(&mut groups, |entries| {
            entries.sort_by_cached_key(|entry| entry.order(plan));
            let postings = entries.iter().filter(|entry| !entry.amount.is_zero()).count();
            (postings, entries.iter().map(|entry| entry.amount).sum::<Total>())
        });
        let (postings, total) =
            sums.into_iter().fold((0, Total::default()), |(count, sum), (postings, total)| (count + postings, sum + total));
        let mut order: Vec<Place> = groups.iter().enumerate().flat_map(|(group, entries)| places(group, entries)).collect();
        order.sort_unstable();
        InOrder { groups, order, postings, total }
    }

    fn at(&self, place: &Place) -> &[Entry] {
        self.groups.get(place.group).and_then(|entries| entries.get(place.from..place.to)).unwrap_or_default()
    }
}

/// The pieces of a group's entries, which are in order.
fn places(group: usize, entries: &[Entry]) -> impl Iterator<Item = Place> {
    let alike = entries.chunk_by(|a, b| (a.earned_on, a.charge) == (b.earned_on, b.charge));
    alike.scan(0, move |from, alike| {
        let (first, to) = (alike.first()?, *from + alike.len());
        let from = std::mem::replace(from, to);
        Some(Place { earned_on: first.earned_on, charge: first.charge, group, from, to })
    })
}

/// Some neighbouring entries of a settlement.
#[derive(Clone, Copy, Debug)]
pub struct Part<'s> {
    settlement: &'s Settlement<'s>,
    places: Option<&'s [Place]>,
}

impl<'s> Part<'s> {
    /// Calls `each` with every entry of the part.
    pub fn for_each(&self, each: impl FnMut(Posting<'s>)) {
        let settlement = self.settlement;
        let (plan, number) = (&settlement.books.plan, settlement.period.number);
        match self.places {
            Some(places) => {
                places
                    .iter()
                    .flat_map(|place| settlement.entries.at(place))
                    .map(|entry| entry.posting(plan, number))
                    .for_each(each);
            }
            None => settlement.entries().for_each(each),
        }
    }
}
