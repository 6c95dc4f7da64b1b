//! Offers of places that come to nothing, and companies that two centres name (places 1, 5).

use super::View;
use crate::entitlement::Plan;
use crate::facts::{Fact, Offer, Row};
use crate::figure::{Form, Places};
use crate::measure::day::{Day, Span};
use crate::measure::diagnostic::{Code, Diagnostic, Place};
use crate::measure::id::Id;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn look(view: &View<'_>, plan: &Plan<'_>, found: &mut Vec<Diagnostic>) {
    let all = &view.facts.offers;
    let known: Vec<(&Row<Offer>, &Offer)> = (0..all.len()).filter_map(|nth| all.known(nth, view.known_on)).collect();
    let forms = view.whole.all().flat_map(|version| &version.figures);
    let forms: Vec<(&Id, &Places)> = forms
        .filter_map(|figure| if let Form::Places(places) = &figure.form { Some((&figure.id, places)) } else { None })
        .collect();
    unnamed(&known, &forms, found);
    let asked: Vec<(&Row<Offer>, &Offer)> = unasked(&known, &forms, found);
    found.extend(asked.iter().filter_map(|(row, terms)| outside_term(view, row, terms)));
    let looks = |(_, places): &(&Id, &Places)| places.outcome.is_some();
    if forms.iter().any(looks) {
        of_two_centres(view, plan, found);
    }
}

/// A figure of one centre that no offer names: one warning for each such centre.
fn unnamed(known: &[(&Row<Offer>, &Offer)], forms: &[(&Id, &Places)], found: &mut Vec<Diagnostic>) {
    let mut told: BTreeSet<&Id> = BTreeSet::new();
    for (figure, centre) in forms.iter().filter_map(|(id, places)| Some((id, places.centre.as_ref()?))) {
        if known.iter().any(|(_, terms)| terms.centre == *centre) || !told.insert(centre) {
            continue;
        }
        let message = format!("figure `{figure}` is of centre `{centre}`, which no offer names: it is 0");
        let help = "correct the name in the contract or in the rows, or add the centre's offers";
        let place = Place { field: Some("centre".to_owned()), ..Place::file(Offer::FILE) };
        found.push(Diagnostic::new(Code::CentreUnnamed, place, message).help(help));
    }
}

/// The offers that some figure looks at; of the others one warning.
fn unasked<'r, 'f>(
    known: &[(&'r Row<Offer>, &'f Offer)],
    forms: &[(&Id, &Places)],
    found: &mut Vec<Diagnostic>,
) -> Vec<(&'r Row<Offer>, &'f Offer)> {
    let looks =
        |offer: &Offer| forms.iter().any(|(_, places)| places.centre.as_ref().is_none_or(|one| *one == offer.centre));
    let (asked, others): (Vec<_>, Vec<_>) = known.iter().copied().partition(|(_, terms)| looks(terms));
    if let Some((first, terms)) = others.first() {
        let which = match others.len() {
            1 => format!("offer `{}` of centre `{}` is", first.id, terms.centre),
            all => format!("offer `{}` of centre `{}` and {} more are", first.id, terms.centre, all - 1),
        };
        let message = format!("{which} of places that no figure of the contract looks at");
        let help = "nothing rests on them; add a `[[figure]]` with `places`, or leave the rows to another contract";
        found.push(Diagnostic::new(Code::OffersUnasked, first.place("centre"), message).help(help));
    }
    asked
}

/// An offer with no day in the term adds nothing.
fn outside_term(view: &View<'_>, row: &Row<Offer>, terms: &Offer) -> Option<Diagnostic> {
    let term = view.contract.term();
    if terms.days().overlap(term).is_some() {
        return None;
    }
    let first = terms.first_day;
    let days = terms.last_day.map_or(format!("from {first} on"), |last| format!("from {first} to {last}"));
    let message = format!("offer `{}` ({days}) has no day in the contract's term, {} to {}", row.id, term.first, term.last);
    let help = "its places count for nothing; if the days are wrong, correct the row";
    Some(Diagnostic::new(Code::OfferOutsideTerm, row.place("first_day"), message).help(help))
}

/// A company that two centres name on one day of the term: one warning for the two, with the first such day.
fn of_two_centres(view: &View<'_>, plan: &Plan<'_>, found: &mut Vec<Diagnostic>) {
    let (term, all) = (view.contract.term(), &view.facts.offers);
    let mut named: BTreeMap<&Id, Vec<(Span, u32, &Row<Offer>)>> = BTreeMap::new();
    for nth in 0..all.len() {
        let known = plan.centres.known(nth, view.known_on).zip(all.known(nth, view.known_on));
        let Some(((centre, terms), (row, _))) = known else { continue };
        let Some(days) = terms.days().overlap(term) else { continue };
        terms.companies.iter().for_each(|company| named.entry(company).or_default().push((days, centre, row)));
    }
    for (company, mut stays) in named {
        stays.sort_by_key(|(days, centre, _)| (*centre, days.first));
        let mut first: BTreeMap<(u32, u32), (Day, &Row<Offer>)> = BTreeMap::new();
        for (nth, (days, lower, _)) in stays.iter().enumerate() {
            for (others, higher, row) in stays.iter().skip(nth + 1).filter(|(_, higher, _)| higher != lower) {
                let Some(both) = days.overlap(*others) else { continue };
                let known = first.entry((*lower, *higher)).or_insert((both.first, row));
                if both.first < known.0 {
                    *known = (both.first, row);
                }
            }
        }
        for ((lower, higher), (day, row)) in first {
            let (Some(lower), Some(higher)) = (plan.centres.id(lower), plan.centres.id(higher)) else { continue };
            let message = format!("company `{company}` is of centre `{lower}` and of centre `{higher}` on {day}");
            let help =
                format!("whoever is there counts in `{lower}` alone; if that is wrong, correct the companies or the days");
            found.push(Diagnostic::new(Code::CompanyOfTwoCentres, row.place("companies"), message).help(help));
        }
    }
}
