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
        self.entries.of.iter().flatten().filter(|entry| !entry.amount.is_zero()).count() + strays
    }

    /// The postings and, with the amount zero, the keys whose ground alone is new, in the same order.
    pub fn entries(&self) -> impl Iterator<Item = Posting<'_>> {
        let plan = &self.books.plan;
        let places = self.entries.order.iter();
        let mut entries = places
            .filter_map(|place| self.entries.at(place))
            .map(|entry| entry.posting(plan, self.period.number))
            .peekable();
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
            return vec![Part { settlement: self, places: None }];
        }
        self.entries.order.chunks(size.max(1)).map(|places| Part { settlement: self, places: Some(places) }).collect()
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
        self.books.plan.facts.measurements.rows_of(number as usize).first().map(|row| row.id.as_str()).unwrap_or_default()
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
        self.entries.of.iter().flatten().map(|entry| entry.amount).sum::<Total>() + strays
    }
}

/// Entries member by member, and their order over all members. The entries themselves stay where they are: what is sorted is
/// small.
#[derive(Debug, Default)]
pub struct InOrder {
    of: Vec<Vec<Entry>>,
    order: Vec<Place>,
}

/// Where an entry stands, led by what orders it: day earned, charge, member, place among the member's own.
type Place = (Day, u16, u32, u32);

impl InOrder {
    /// Puts the entries of all members in the order of rule 9.2. Members come in the order of their subjects.
    #[must_use]
    pub fn new(mut of: Vec<Vec<Entry>>, plan: &Plan<'_>) -> InOrder {
        parallel::map(&mut of, |_, entries| entries.sort_unstable_by(|a, b| a.order(b, plan)));
        let places = (0_u32..).zip(&of).flat_map(|(member, entries)| {
            (0_u32..).zip(entries).map(move |(at, entry)| (entry.earned_on, entry.charge, member, at))
        });
        let mut order: Vec<Place> = places.collect();
        parallel::sort_by(&mut order, Ord::cmp);
        InOrder { of, order }
    }

    fn at(&self, (_, _, member, at): &Place) -> Option<&Entry> {
        self.of.get(*member as usize)?.get(*at as usize)
    }
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
                    .filter_map(|place| settlement.entries.at(place))
                    .map(|entry| entry.posting(plan, number))
                    .for_each(each);
            }
            None => settlement.entries().for_each(each),
        }
    }
}
