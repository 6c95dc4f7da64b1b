//! Places: how many a centre has on a day, how many citizens fill them, and what that adds up to.

use super::count::{Days, chosen};
use super::fraction::{Fraction, ZERO};
use super::walk::Walk;
use super::{Law, Misreading, Situation};
use crate::support::day::{Day, days_in_month};
use crate::support::programme::{Among, OfferRow, Outcome, PlacesBy, Seats};
use std::collections::{BTreeMap, BTreeSet};

/// A stretch of days with so many places at companies.
#[derive(Clone, Debug)]
pub struct Offer<'a> {
    pub centre: &'a str,
    pub companies: BTreeSet<&'a str>,
    pub places: i64,
    pub first: Day,
    pub last: Option<Day>,
}

impl<'a> Offer<'a> {
    pub fn of(row: &'a OfferRow) -> Offer<'a> {
        Offer {
            centre: &row.centre,
            companies: row.companies.split(' ').filter(|one| !one.is_empty()).collect(),
            places: row.places.parse().unwrap(),
            first: Day::parse(&row.first_day).unwrap(),
            last: (!row.last_day.is_empty()).then(|| Day::parse(&row.last_day).unwrap()),
        }
    }

    fn holds(&self, law: &Law, day: Day) -> bool {
        law.saw_if(self.last.is_some_and(|last| last.next() == day), Situation::OfferEndedTheDayBefore);
        law.saw_if(self.first == day || self.last == Some(day), Situation::OffersFirstOrLastDay);
        let over = match self.last {
            Some(last) if law.reads(Misreading::OffersLastDayExclusive) => day >= last,
            Some(last) => day > last && !law.reads(Misreading::ClosedOffersStillCount),
            None => law.reads(Misreading::OpenOfferIsOneDay) && day > self.first,
        };
        day >= self.first && !over
    }
}

/// What a figure asks.
#[derive(Clone, Copy)]
pub struct Asked<'q> {
    pub of: Seats,
    pub by: PlacesBy,
    pub centre: Option<&'q str>,
    pub outcome: Option<&'q str>,
    pub among: &'q Among,
}

/// Its value: the sum over the days of the window, or that of one day.
pub fn on(walk: &Walk, asked: Asked, days: Days) -> Fraction {
    let (law, contract) = (walk.law, walk.contract);
    law.saw_if(walk.facts.offers.is_empty(), Situation::NoOffer);
    let mut last = days.until.min(contract.ends);
    law.saw_if(days.until > contract.ends, Situation::PlacesAskedAfterTheTerm);
    if law.reads(Misreading::PlacesAfterTheTermCount) {
        last = days.until;
    }
    let people = match asked.outcome {
        Some(outcome) => qualifying(walk, contract.outcomes.iter().find(|one| one.id == outcome).unwrap(), asked.among),
        None => Vec::new(),
    };
    if asked.by == PlacesBy::LastDay {
        law.saw(Situation::PlacesOnTheLastDay);
        if law.reads(Misreading::LastDayAfterTheTermIsNothing) && days.until > contract.ends {
            return ZERO;
        }
        return whole(n(walk, asked, &people, last));
    }
    let mut first = days.from.unwrap_or(contract.starts).max(contract.starts);
    if law.reads(Misreading::PlacesBeforeTheTermCount) {
        first = first.min(walk.facts.offers.iter().map(|offer| offer.first).min().unwrap_or(first));
    }
    law.saw_if(days.from.is_some_and(|from| from > contract.starts), Situation::PlacesOfAWindow);
    if law.reads(Misreading::PlacesOfTheDateForTheWindow) {
        first = first.min(last);
        let length = whole(last.0 - first.0 + 1);
        return whole(n(walk, asked, &people, last)).times(length);
    }
    let mut sum = ZERO;
    let mut day = first;
    while day <= last {
        let n = whole(n(walk, asked, &people, day));
        let weekend = (day.0 + 3).rem_euclid(7) > 4;
        if !(weekend && law.reads(Misreading::PlacesOnWeekdaysOnly)) {
            sum = sum.plus(if asked.by == PlacesBy::Months { n.over(month(law, day)) } else { n });
        }
        day = day.next();
    }
    law.saw_if(sum == ZERO, Situation::NoPlaceDay);
    law.saw_if(asked.by == PlacesBy::Months && sum.divisor > 1, Situation::PartOfAMonth);
    if law.reads(Misreading::PlaceMonthsAreWhole) && asked.by == PlacesBy::Months {
        return Fraction { number: sum.number / sum.divisor, divisor: 1 };
    }
    if law.reads(Misreading::PlacesAreAnAverage) && asked.by == PlacesBy::Days && last >= first {
        return sum.over(whole(last.0 - first.0 + 1));
    }
    sum
}

/// A whole number as a fraction.
fn whole(number: i64) -> Fraction {
    Fraction { number: number.into(), divisor: 1 }
}

/// The days of a day's month.
fn month(law: &Law, day: Day) -> Fraction {
    let (year, month, _) = day.civil();
    law.saw_if(month == 2 && days_in_month(year, 2) == 29, Situation::LeapFebruaryOfPlaces);
    law.saw_if(month == 2 && days_in_month(year, 2) == 28, Situation::CommonFebruaryOfPlaces);
    if law.reads(Misreading::PlaceMonthsOf30Days) { whole(30) } else { whole(days_in_month(year, month)) }
}

/// The companies of each qualifying day of each participant that the figure looks at.
fn qualifying<'f, 'a>(walk: &Walk<'f, 'a>, outcome: &'f Outcome, among: &Among) -> Vec<BTreeMap<Day, BTreeSet<&'a str>>> {
    let everybody = Among::default();
    let among = if walk.law.reads(Misreading::OccupiedByEverybody) { &everybody } else { among };
    let mut all = Vec::new();
    for person in chosen(walk, among) {
        let mut days: BTreeMap<Day, BTreeSet<&str>> = BTreeMap::new();
        for assessment in walk.assessed(outcome, person).iter().flatten() {
            for good in &assessment.days {
                // Per company the day is that company's; else that of the spell that leads it (6.3).
                let company = if outcome.per_company { assessment.company } else { good.company };
                let companies = days.entry(good.day).or_default();
                companies.extend(company);
                walk.law.saw_if(company.is_none(), Situation::DayAtNoCompany);
                walk.law.saw_if(companies.len() > 1, Situation::DayAtTwoCompanies);
                if companies.len() > 1 && walk.law.reads(Misreading::OnePlaceOfWorkADay) {
                    companies.pop_last();
                }
            }
        }
        all.push(days);
    }
    all
}

/// n(d): over all centres, or the one that is named.
fn n(walk: &Walk, asked: Asked, people: &[BTreeMap<Day, BTreeSet<&str>>], day: Day) -> i64 {
    let law = walk.law;
    let centres = centres(walk, day);
    let (mut sum, mut seats, mut sitting) = (0, 0, 0);
    let mut in_one: BTreeSet<usize> = BTreeSet::new();
    for (name, centre) in &centres {
        let here = asked.centre.is_none_or(|asked| asked == *name) || law.reads(Misreading::CentreOfAFigureIgnored);
        law.saw_if(!here, Situation::AnotherCentre);
        if !here {
            continue;
        }
        let open = centre.places > 0 || law.reads(Misreading::DormantOffersAreOpen);
        let mut filled = 0;
        for (who, days) in people.iter().enumerate() {
            let at = days.get(&day).is_some_and(|at| at.iter().any(|company| centre.companies.contains(company)));
            let anywhere = days.contains_key(&day) && law.reads(Misreading::AnyQualifyingDayFillsAPlace);
            if at || anywhere {
                filled += 1;
                law.saw_if(!in_one.insert(who), Situation::OneInTwoCentres);
            }
        }
        look(law, asked, centre, filled);
        seats += centre.places;
        sitting += filled;
        let taken = if law.reads(Misreading::PeopleAboveThePlacesCount) { filled } else { filled.min(centre.places) };
        sum += match asked.of {
            Seats::Available => centre.places,
            Seats::Centres => i64::from(open),
            Seats::Occupied => taken,
        };
    }
    if asked.of == Seats::Occupied && law.reads(Misreading::FullCentresLend) {
        return seats.min(sitting);
    }
    if asked.of == Seats::Occupied && law.reads(Misreading::OccupiedIsWhatIsFree) {
        return seats - sum;
    }
    sum
}

fn look(law: &Law, asked: Asked, centre: &Centre, filled: i64) {
    law.saw_if(centre.places == 0, Situation::CentreLiesDormant);
    if asked.of == Seats::Occupied {
        law.saw_if(filled > 0 && centre.places > 0, Situation::PlaceOccupied);
        law.saw_if(filled == centre.places && filled > 0, Situation::CentreJustFull);
        law.saw_if(filled > centre.places, Situation::CentreOverFull);
        law.saw_if(filled < centre.places, Situation::PlaceFree);
    }
}

/// What a centre has on a day.
#[derive(Default)]
struct Centre<'a> {
    places: i64,
    companies: BTreeSet<&'a str>,
}

/// Offers of one centre add up; a company that two centres name belongs to the one with the lower id.
fn centres<'a>(walk: &Walk<'_, 'a>, day: Day) -> BTreeMap<&'a str, Centre<'a>> {
    let law = walk.law;
    let mut centres: BTreeMap<&str, Centre> = BTreeMap::new();
    for offer in walk.facts.offers.iter().filter(|offer| offer.holds(law, day)) {
        let standing = centres.contains_key(offer.centre);
        law.saw_if(standing, Situation::OffersAddUp);
        let centre = centres.entry(offer.centre).or_default();
        centre.places = match () {
            () if law.reads(Misreading::LargestOfferCounts) => centre.places.max(offer.places),
            () if law.reads(Misreading::LastOfferCounts) => offer.places,
            () => centre.places + offer.places,
        };
        if law.reads(Misreading::CompaniesOfTheLastOffer) {
            centre.companies.clear();
        }
        if law.reads(Misreading::OfferEndsAsItsCompaniesLeave) && !offer.companies.iter().any(|id| takes_part(walk, id, day))
        {
            centre.places -= offer.places;
        }
        if !(offer.places == 0 && law.reads(Misreading::DormantOffersNameNoCompany)) {
            centre.companies.extend(&offer.companies);
        }
    }
    let names: Vec<&str> = centres.keys().copied().collect();
    let companies: BTreeSet<&str> = centres.values().flat_map(|centre| centre.companies.iter().copied()).collect();
    for company in companies {
        let mut who: Vec<&str> = names.iter().copied().filter(|name| centres[name].companies.contains(company)).collect();
        law.saw_if(who.len() > 1, Situation::CompanyInTwoCentres);
        if law.reads(Misreading::SharedCompanyToTheHigherId) {
            who.reverse();
        }
        for name in who.into_iter().skip(1).filter(|_| !law.reads(Misreading::SharedCompanyIsInBoth)) {
            centres.get_mut(name).unwrap().companies.remove(company);
        }
    }
    centres
}

/// For the misreading that it is asked whether a company takes part.
fn takes_part(walk: &Walk, company: &str, day: Day) -> bool {
    walk.facts.companies.get(company).is_some_and(|one| {
        one.joined_on.is_some_and(|joined_on| joined_on <= day) && one.left_on.is_none_or(|left_on| day <= left_on)
    })
}
