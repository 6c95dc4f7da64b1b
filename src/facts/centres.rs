//! Company centres: what the offers known on a day say that each has, and whose a company is (places 1).

use super::history::Facts;
use super::offer::Offer;
use crate::measure::day::{Day, Span};
use crate::measure::id::Id;
use std::collections::{BTreeMap, BTreeSet};

/// The centres that any offer names, whenever recorded, numbered by their ids.
#[derive(Clone, Debug)]
pub struct Centres<'a> {
    facts: &'a Facts,
    ids: Vec<&'a Id>,
    /// For each company, by number, the offers that any row ties to it, by number.
    offers_of: BTreeMap<u32, BTreeSet<usize>>,
}

impl<'a> Centres<'a> {
    /// Indexes the offers.
    #[must_use]
    pub fn new(facts: &'a Facts) -> Centres<'a> {
        let (mut ids, mut offers_of) = (BTreeSet::new(), BTreeMap::<u32, BTreeSet<usize>>::new());
        for nth in 0..facts.offers.len() {
            for terms in facts.offers.rows_of(nth).iter().filter_map(|row| row.fact.as_ref()) {
                ids.insert(&terms.centre);
                for company in terms.companies.iter().filter_map(|id| number(facts, id)) {
                    offers_of.entry(company).or_default().insert(nth);
                }
            }
        }
        Centres { facts, ids: ids.into_iter().collect(), offers_of }
    }

    /// The id of the centre with that number.
    #[must_use]
    pub fn id(&self, centre: u32) -> Option<&'a Id> {
        self.ids.get(centre as usize).copied()
    }

    /// An offer as known on a day; `None` where it is not, or waits for a company (rule 3.6).
    #[must_use]
    pub fn known(&self, nth: usize, known_on: Day) -> Option<(u32, &'a Offer)> {
        let companies = &self.facts.companies;
        let is_known = |id: &Id| companies.find(id.as_str()).is_some_and(|nth| companies.known(nth, known_on).is_some());
        let (_, terms) = self.facts.offers.known(nth, known_on)?;
        let centre = self.ids.binary_search(&&terms.centre).ok()?;
        terms.companies.iter().all(is_known).then_some((u32::try_from(centre).ok()?, terms))
    }

    /// For each centre by how many its places change on which days, by what is known on a day and in a term.
    #[must_use]
    pub fn places(&self, term: Span, known_on: Day) -> BTreeMap<u32, BTreeMap<Day, i64>> {
        let mut all: BTreeMap<u32, BTreeMap<Day, i64>> = BTreeMap::new();
        for (centre, terms) in (0..self.facts.offers.len()).filter_map(|nth| self.known(nth, known_on)) {
            let Some(days) = terms.days().overlap(term) else { continue };
            let changes = all.entry(centre).or_default();
            *changes.entry(days.first).or_default() += i64::from(terms.places);
            *changes.entry(days.last.next()).or_default() -= i64::from(terms.places);
        }
        all
    }

    /// Whose a company is on which days, by what is known on a day: of centres that name it at once the one with the lower id
    /// has it (places 1). The days are in order, and no two stretches meet.
    #[must_use]
    pub fn owners(&self, company: u32, known_on: Day) -> Vec<(Span, u32)> {
        let offers = self.offers_of.get(&company).into_iter().flatten();
        let names = |(_, terms): &(u32, &Offer)| terms.companies.iter().any(|id| number(self.facts, id) == Some(company));
        let named: Vec<(Span, u32)> = offers
            .filter_map(|nth| self.known(*nth, known_on))
            .filter(names)
            .map(|(centre, terms)| (terms.days(), centre))
            .collect();
        let mut borders: Vec<Day> = named.iter().flat_map(|(days, _)| [days.first, days.last.next()]).collect();
        borders.sort_unstable();
        borders.dedup();
        let mut owners: Vec<(Span, u32)> = Vec::new();
        for (from, until) in borders.iter().zip(borders.iter().skip(1)) {
            let here = named.iter().filter(|(days, _)| days.contains(*from)).map(|(_, centre)| *centre);
            let Some(centre) = here.min() else { continue };
            match owners.last_mut() {
                Some((days, last)) if *last == centre && days.last.next() == *from => days.last = until.previous(),
                _ => owners.push((Span { first: *from, last: until.previous() }, centre)),
            }
        }
        owners
    }
}

fn number(facts: &Facts, company: &Id) -> Option<u32> {
    u32::try_from(facts.companies.find(company.as_str())?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::facts::{Company, History, Row};

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    /// Offers as `id centre companies places first last recorded`, and companies known since the day that stands by them.
    fn facts(offers: &[&str], companies: &[(&str, &str)]) -> Facts {
        let offer = |line: &&str| {
            let cells: Vec<&str> = line.split_whitespace().collect();
            let [id, centre, at, places, first, last, recorded]: [&str; 7] = cells.try_into().unwrap();
            let fact = Offer {
                centre: Id::name(centre),
                companies: at.split('+').map(Id::name).collect(),
                places: places.parse().unwrap(),
                first_day: day(first),
                last_day: Day::parse(last),
            };
            Row::new(Id::name(id), day(recorded), fact)
        };
        let company = |(id, recorded): &(&str, &str)| {
            let fact = Company { cvr: None, name: None, joined_on: None, left_on: None };
            Row::new(Id::name(id), day(recorded), fact)
        };
        Facts {
            offers: History::new(offers.iter().map(offer).collect()).unwrap(),
            companies: History::new(companies.iter().map(company).collect()).unwrap(),
            ..Facts::default()
        }
    }

    fn owners(facts: &Facts, company: &str, on: &str) -> Vec<String> {
        let centres = Centres::new(facts);
        let told = |(days, centre): (Span, u32)| format!("{} {} {}", days.first, days.last, centres.id(centre).unwrap());
        centres.owners(number(facts, &Id::name(company)).unwrap(), day(on)).into_iter().map(told).collect()
    }

    const X: (&str, &str) = ("x", "2009-05-01");

    #[test]
    fn a_company_of_two_centres_is_the_lower_ones() {
        let facts = facts(
            &[
                "o1 b x 4 2009-06-01 2009-06-30 2009-05-01",
                "o2 a x 0 2009-06-10 2009-06-19 2009-05-01",
                "o3 b x 1 2009-06-30 2009-07-09 2009-05-01",
            ],
            &[X],
        );
        assert_eq!(
            owners(&facts, "x", "2009-06-01"),
            ["2009-06-01 2009-06-09 b", "2009-06-10 2009-06-19 a", "2009-06-20 2009-07-09 b"],
            "a dormant offer names its companies too"
        );
    }

    #[test]
    fn an_offer_waits_for_all_of_its_companies() {
        let facts = facts(&["o1 a x+y 4 2009-06-01 - 2009-06-01"], &[X, ("y", "2009-07-15")]);
        let centres = Centres::new(&facts);
        let term = Span { first: day("2009-06-15"), last: day("2009-07-31") };
        assert!(owners(&facts, "x", "2009-07-14").is_empty());
        assert!(centres.places(term, day("2009-07-14")).is_empty());
        assert_eq!(owners(&facts, "x", "2009-07-15").len(), 1);
        let places = centres.places(term, day("2009-07-15"));
        assert_eq!(places[&0], BTreeMap::from([(day("2009-06-15"), 4), (day("2009-08-01"), -4)]), "days of the term only");
    }
}
