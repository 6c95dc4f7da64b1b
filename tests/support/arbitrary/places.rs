//! Random offers of places, and contracts that pay for them. The numbers are small, so that centres are full as often as not.

use super::charges;
use super::contract::{landmarks, texts};
use super::counting::{among, on};
use super::genes::Genes;
use super::history::{entries, record};
use super::{Resettled, Settled};
use crate::support::day::Day;
use crate::support::programme::*;

/// Ids whose order is not that of the letters people see.
pub const CENTRES: [&str; 3] = ["nyb-1", "Nyb", "nyb-10"];
const EVERY: [Every; 4] = [Every::Month, Every::Quarter, Every::HalfYear, Every::Year];

/// The same programme with offers, and charges that pay for what is made of them.
pub fn placed(mut settled: Settled, terms: &mut Genes, rows: &mut Genes) -> Settled {
    for contract in &mut settled.programme.contracts {
        let (days, _) = landmarks(contract);
        let kinds: Vec<String> = texts(&charges::KINDS).into_iter().chain(contract.kinds.iter().cloned()).collect();
        let per_company = terms.chance(40);
        contract.outcomes.push(Outcome { id: "in-centre".into(), kinds, per_company, ..Outcome::default() });
        figures(terms, contract);
        pay(terms, contract, &days);
    }
    offers(&mut settled, rows);
    seat(&mut settled.programme, rows);
    settled
}

/// More people at companies, some of them at two.
fn seat(programme: &mut Programme, genes: &mut Genes) {
    let Programme { contracts, participants, companies, placements, spells, .. } = programme;
    for contract in contracts.iter() {
        let mut at: Vec<String> =
            companies.iter().filter(|row| row.record.contract == contract.id).map(|row| row.record.id.clone()).collect();
        at.sort();
        at.dedup();
        let known = participants.iter().filter(|row| row.record.contract == contract.id && row.record.void != "true");
        let people: Vec<&ParticipantRow> = known.filter(|row| Day::parse(&row.enrolled_on).is_some()).collect();
        for nth in 0..genes.of_list(&[3, 2, 5, 4]) {
            if people.is_empty() || at.is_empty() {
                continue;
            }
            let who = genes.of_list(&people);
            let first = Day::parse(&who.enrolled_on).unwrap().plus(genes.of_list(&[0, 0, 3, 20]));
            let record = |id: String| Record {
                contract: contract.id.clone(),
                id,
                recorded_on: first.to_string(),
                ..Record::default()
            };
            let placement = format!("seat-{nth}");
            placements.push(PlacementRow {
                record: record(placement.clone()),
                participant: who.record.id.clone(),
                company: genes.of_list(&at),
                placed_on: first.to_string(),
            });
            let last = genes.chance(50).then(|| first.plus(genes.between(0, 50)).to_string());
            spells.push(SpellRow {
                record: record(placement.clone()),
                placement,
                kind: charges::KINDS[0].into(),
                first_day: first.to_string(),
                last_day: last.unwrap_or_default(),
                weekly_hours: genes.of_list(&["30", "20", "37"]).into(),
                ..SpellRow::default()
            });
        }
    }
}

/// Offers in the files of every contract.
pub fn offers(settled: &mut Settled, rows: &mut Genes) {
    let as_of = Day::parse(&settled.as_of).unwrap();
    let Programme { contracts, companies, offers, .. } = &mut settled.programme;
    for contract in contracts.iter() {
        let (days, cut_offs) = landmarks(contract);
        let mut ids: Vec<String> =
            companies.iter().filter(|row| row.record.contract == contract.id).map(|row| row.record.id.clone()).collect();
        ids.sort();
        ids.dedup();
        if ids.is_empty() {
            continue;
        }
        for nth in 0..rows.of_list(&[3, 2, 4, 1, 5, 3]) {
            offer(rows, (contract, nth), (&ids, &cut_offs, &days), offers);
        }
    }
    if rows.chance(30) {
        for row in offers.iter_mut().filter(|row| Day::parse(&row.record.recorded_on).unwrap() > as_of) {
            row.places = "many".into();
        }
    }
    if !offers.is_empty() {
        let by = rows.below(offers.len());
        offers.rotate_left(by);
    }
}

/// Another row of an offer, recorded on or before the day of the first run.
pub fn back_dated(mut case: Resettled, genes: &mut Genes) -> Resettled {
    let early = Day::parse(&case.first.as_of).unwrap();
    let offers = &mut case.then.programme.offers;
    let known = |row: &&OfferRow| row.record.void != "true" && Day::parse(&row.record.recorded_on).unwrap() <= early;
    let rows: Vec<OfferRow> = offers.iter().filter(known).cloned().collect();
    if !rows.is_empty() && genes.chance(60) {
        let mut row = genes.of_list(&rows);
        row.record.revision = "77".into();
        row.places = genes.of_list(&["0", "1", "3"]).into();
        offers.push(row);
    }
    case
}

/// The rows of one offer.
fn offer(
    genes: &mut Genes,
    (contract, nth): (&Contract, usize),
    (companies, cut_offs, days): (&[String], &[Day], &[Day]),
    offers: &mut Vec<OfferRow>,
) {
    let first = match genes.below(5) {
        0 => contract.starts.plus(-genes.between(1, 40)),
        1 | 2 => contract.starts,
        _ => genes.day_near(days),
    };
    let last = match genes.below(6) {
        0 | 1 => None,
        2 => Some(genes.day_near(days).max(first)),
        3 => Some(first),
        _ => Some(first.plus(genes.between(5, 120))),
    };
    let mut companies: Vec<String> = genes.some_of(&companies[..companies.len().min(4)]);
    if genes.chance(15) {
        companies.push(companies[0].clone());
    }
    let row = OfferRow {
        record: Record::default(),
        centre: genes.of_list(&[CENTRES[0], CENTRES[1], CENTRES[2], CENTRES[0]]).into(),
        companies: companies.join(" "),
        places: genes.of_list(&["1", "2", "1", "3", "0", "1", "26"]).into(),
        first_day: first.to_string(),
        last_day: last.map(|day| day.to_string()).unwrap_or_default(),
    };
    let recorded = first.plus(genes.of_list(&[0, -5, 10, 60]));
    let more = genes.of_list(&[0, 1, 0, 2, 0]);
    for (n, entry) in entries(genes, recorded, cut_offs, more).iter().enumerate() {
        let mut row = OfferRow { record: record(genes, &contract.id, &format!("o{nth}"), entry), ..row.clone() };
        if n > 0 {
            match genes.below(4) {
                0 => row.places = genes.of_list(&["2", "1", "0", "4"]).into(),
                1 => row.last_day = first.plus(genes.between(0, 60)).to_string(),
                2 => row.centre = genes.of_list(&CENTRES).into(),
                _ => row.last_day = String::new(),
            }
        }
        offers.push(if entry.void { OfferRow { record: row.record, ..OfferRow::default() } } else { row });
    }
}

/// One of each: of days, months and the last day, of all centres and of one.
fn figures(genes: &mut Genes, contract: &mut Contract) {
    let windows = [FigureWindow::Total, FigureWindow::SinceLast, FigureWindow::Total, FigureWindow::CalendarYear];
    let by = [PlacesBy::Days, PlacesBy::Months, PlacesBy::Days, PlacesBy::LastDay];
    let outcomes: Vec<String> =
        contract.outcomes.iter().filter(|one| !one.same_employer).map(|one| one.id.clone()).collect();
    let mut all = Vec::new();
    for (id, of) in [
        ("seats", Seats::Available),
        ("seat-months", Seats::Available),
        ("open", Seats::Centres),
        ("filled", Seats::Occupied),
        ("filled-too", Seats::Occupied),
    ] {
        let occupied = of == Seats::Occupied;
        if occupied && outcomes.is_empty() {
            continue;
        }
        let by = if id == "seat-months" { PlacesBy::Months } else { genes.of_list(&by) };
        let centre = genes.chance(30).then(|| genes.of_list(&CENTRES).to_string());
        let own = genes.chance(70).then(|| "in-centre".to_string());
        let outcome = occupied.then(|| own.unwrap_or_else(|| genes.of_list(&outcomes)));
        let among = if occupied && genes.chance(30) { among(genes, contract) } else { Among::default() };
        let window = if by == PlacesBy::LastDay { FigureWindow::Total } else { genes.of_list(&windows) };
        all.push((id, Form::Places { of, by, centre, outcome, among, window }));
    }
    let there = |id: &str| all.iter().any(|(one, _)| *one == id);
    let of = if there("filled") { "filled" } else { "open" }.to_string();
    let comparison = genes.of_list(&[Comparison::Percent, Comparison::Ratio, Comparison::Difference]);
    all.push(("degree", Form::Compare { of: of.clone(), with: "seats".into(), by: comparison }));
    all.push(("agreed", Form::Value(genes.of_list(&["457", "60", "11882"]).into())));
    all.push(("taken", Form::Compare { of, with: "agreed".into(), by: Comparison::Ratio }));
    for (id, form) in all {
        let mut decimals = genes.of_list(&[None, None, Some(2), None, Some(0)]);
        if id == "degree" {
            decimals = decimals.or(Some(1));
        }
        contract.figures.push(Figure { id: id.into(), form, decimals });
    }
}

/// Charges, and at times a gate, that ask for places.
fn pay(genes: &mut Genes, contract: &mut Contract, days: &[Day]) {
    let all = ["filled", "seats", "seat-months", "open", "taken", "filled-too", "filled", "degree", "seat-months"];
    let there: Vec<&str> = all.into_iter().filter(|id| contract.figures.iter().any(|one| one.id == *id)).collect();
    for id in ["subsidy", "Subsidy", "grant", "grant-2"].into_iter().take(genes.of_list(&[3, 2, 4, 2])) {
        let figure: String = genes.of_list(&there).into();
        let dates = match genes.below(5) {
            0 | 1 => Dates::Every(Every::Month),
            2 => Dates::Every(genes.of_list(&EVERY)),
            _ => after_the_term_too(genes, contract, days),
        };
        let times = Vec::new();
        let cumulative = figure != "degree" && genes.chance(35);
        let price = price(genes, &figure);
        let charge = Charge::of(id, What::Measured { figure, times, dates, per_participant: false, cumulative }, price);
        let place = genes.below(contract.charges.len() + 1);
        contract.charges.insert(place, charge);
    }
    if genes.chance(25) && !contract.charges.is_empty() {
        let figure: String = genes.of_list(&there).into();
        let (side, of) = (genes.of_list(&[Side::AtLeast, Side::Above, Side::Below]), genes.of_list(&["1", "2", "30"]));
        // A gate without dates has no last one to look back to.
        let since_last = |id: &str| {
            contract
                .figures
                .iter()
                .any(|one| one.id == id && matches!(one.form, Form::Places { window: FigureWindow::SinceLast, .. }))
        };
        if ["filled", "seats", "open", "filled-too", "seat-months"].iter().any(|id| since_last(id)) {
            return;
        }
        let tests = vec![Test::Figure { figure, side, of: of.into(), tolerance: None }];
        contract.gates.push(Gate { id: "room".into(), needs: None, dates: None, tests });
        let place = genes.below(contract.charges.len());
        contract.charges[place].requires.push("room".into());
    }
}

/// Some days, at times one in the tail.
fn after_the_term_too(genes: &mut Genes, contract: &Contract, days: &[Day]) -> Dates {
    let mut dates = on(genes, contract, days);
    let last = super::cut_offs(contract).last().map(|(last, _)| *last);
    if let (Dates::On(on), Some(last)) = (&mut dates, last.filter(|last| *last > contract.ends)) {
        on.extend(genes.chance(60).then_some(last));
    }
    dates
}

fn price(genes: &mut Genes, figure: &str) -> Price {
    if figure == "taken" {
        let band = |from: Option<&str>, below: Option<&str>, each: &str| Band {
            from: from.map(str::to_string),
            below: below.map(str::to_string),
            each: Some(each.into()),
            ..Band::default()
        };
        let bands = vec![band(None, Some("1"), "2600"), band(Some("1"), None, "0")];
        return Price::Bands { pricing: Some(Pricing::Marginal), bands };
    }
    Price::Each(genes.of_list(&["1000", "7", "0.5", "70.25"]).into())
}
