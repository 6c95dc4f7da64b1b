//! Random counts and tallies, prices that add up over the dates, dates of single participants, and limits of so many units.

use super::Settled;
use super::adjusting::TRAITS;
use super::contract::{GROUPS, landmarks, texts};
use super::genes::Genes;
use super::history::{entries, record};
use crate::support::day::Day;
use crate::support::programme::*;

const AMOUNTS: [&str; 8] = ["100", "35.035", "0.125", "70", "1500.50", "0", "2.5", "300"];
/// Prices that stay exact beside two counts (mechanisms 2.4).
const EACH: [&str; 6] = ["12", "0.5", "33.3", "100", "0.1", "7"];
/// Measured of single participants.
const PREDICTED: &str = "predicted";
/// What counts are divided by: 0 at times.
const BASE: &str = "base";
const BY: [Comparison; 4] = [Comparison::Percent, Comparison::Difference, Comparison::Ratio, Comparison::PercentFall];

/// The same programme with charges that count, and what is told of single participants.
pub fn counted(mut settled: Settled, genes: &mut Genes) -> Settled {
    let Programme { contracts, participants, measurements, .. } = &mut settled.programme;
    for contract in contracts {
        let (days, cut_offs) = landmarks(contract);
        let mut people: Vec<String> = Vec::new();
        for row in participants.iter_mut().filter(|row| row.record.contract == contract.id && row.record.void != "true") {
            if genes.chance(60) {
                row.traits = genes.some_of(&TRAITS).join(" ");
            }
            if !people.contains(&row.record.id) {
                people.push(row.record.id.clone());
            }
        }
        let exact: Vec<String> = contract.figures.iter().filter(|one| is_short(one)).map(|one| one.id.clone()).collect();
        for charge in &mut contract.charges {
            match &mut charge.what {
                What::Fixed { dates, .. } if genes.chance(25) => *dates = Dates::Every(genes.of_list(&EVERY)),
                What::Measured { figure, cumulative, .. } => *cumulative = exact.contains(figure) && genes.chance(40),
                _ => {}
            }
        }
        if genes.chance(65) {
            let fee = fee(genes, contract, &days);
            let place = genes.below(contract.charges.len() + 1);
            contract.charges.insert(place, fee);
        }
        figures(genes, contract);
        for id in ["volume", "Count"].into_iter().take(genes.of_list(&[1, 2, 1, 0])) {
            let charge = of_the_contract(genes, contract, id, &days);
            let place = genes.below(contract.charges.len() + 1);
            contract.charges.insert(place, charge);
        }
        if genes.chance(55) {
            let charge = of_participants(genes, contract, &days);
            let place = genes.below(contract.charges.len() + 1);
            contract.charges.insert(place, charge);
        }
        for id in ["keys", "a-few"].into_iter().take(genes.of_list(&[1, 0, 1, 2])) {
            let limit = limit(genes, contract, id);
            let place = genes.below(contract.limits.len() + 1);
            contract.limits.insert(place, limit);
        }
        for nth in 0..genes.between(1, 7) {
            measured_of_one(genes, contract, (&people, &cut_offs, &days), nth, measurements);
        }
    }
    settled
}

/// What has few enough digits to be taken from itself (mechanisms 2.4).
fn is_short(figure: &Figure) -> bool {
    figure.decimals.is_some() || !matches!(figure.form, Form::Compare { .. } | Form::Sum(_))
}

const EVERY: [Every; 4] = [Every::Month, Every::Quarter, Every::HalfYear, Every::Year];

/// Some days of the term.
pub fn on(genes: &mut Genes, contract: &Contract, days: &[Day]) -> Dates {
    let mut on: Vec<Day> = Vec::new();
    for _ in 0..genes.between(1, 4) {
        let day = genes.day_near(days).max(contract.starts).min(contract.ends);
        if !on.contains(&day) {
            on.push(day);
        }
    }
    Dates::On(on)
}

/// So long after the enrolment, the first placement or a step of a milestone.
pub fn after(genes: &mut Genes, contract: &Contract) -> Dates {
    let milestone = |charge: &&Charge| matches!(charge.what, What::Milestone(_));
    let milestones: Vec<Charge> = contract.charges.iter().filter(milestone).cloned().collect();
    let from = match genes.below(4) {
        0 | 1 => Anchor::Enrolment,
        2 if !milestones.is_empty() => {
            let step = genes.of_list(&[None, Some(1), None, Some(2)]);
            Anchor::Charge { charge: genes.of_list(&milestones).id, step: step.filter(|_| have_steps(&milestones)) }
        }
        _ => Anchor::Placement,
    };
    let lengths = [
        None,
        Some(Length::Days(genes.between(1, 60))),
        Some(Length::Weeks(genes.between(1, 8))),
        Some(Length::Months(genes.between(1, 6))),
    ];
    Dates::After { from, length: genes.of_list(&lengths) }
}

/// Whether every one of them has a second step.
fn have_steps(milestones: &[Charge]) -> bool {
    milestones.iter().all(|charge| match &charge.what {
        What::Milestone(terms) => terms.then.is_some() || terms.repeat.is_some(),
        _ => false,
    })
}

/// A fixed amount for each participant, by group and traits at times; at times it comes after another charge or before one.
fn fee(genes: &mut Genes, contract: &mut Contract, days: &[Day]) -> Charge {
    let dates = match genes.below(5) {
        0 | 1 => after(genes, contract),
        2 => Dates::Every(genes.of_list(&EVERY)),
        _ => on(genes, contract, days),
    };
    let mut price = Price::Amount(genes.of_list(&AMOUNTS).into());
    if genes.chance(40) {
        let mut rates = Vec::new();
        for _ in 0..genes.between(1, 2) {
            let valid =
                genes.chance(30).then(|| (Some(contract.starts.plus(genes.between(-5, 60))), Some(contract.ends.plus(500))));
            let groups = genes.chance(50).then(|| genes.some_of(&texts(&GROUPS)));
            let traits = genes.chance(40).then(|| genes.some_of(&texts(&TRAITS)));
            let when = When { valid, target_groups: groups, traits, ..When::default() };
            rates.push(Rate { amount: genes.of_list(&AMOUNTS).into(), when });
        }
        price = Price::Card(rates);
    }
    let mut fee = Charge::of("fee", What::Fixed { dates: dates.clone(), per: Per::Participant }, price);
    let own: Vec<usize> =
        (0..contract.charges.len()).filter(|place| !contract.charges[*place].what.is_the_contracts()).collect();
    let anchored = matches!(dates, Dates::After { from: Anchor::Charge { .. }, .. });
    if own.is_empty() {
        return fee;
    }
    match genes.below(4) {
        0 => fee.requires = vec![contract.charges[genes.of_list(&own)].id.clone()],
        1 if !anchored => {
            let place = genes.of_list(&own);
            contract.charges[place].requires.push("fee".into());
        }
        _ => {}
    }
    if genes.chance(25) {
        let groups = genes.chance(50).then(|| genes.some_of(&texts(&GROUPS)));
        let when = When { target_groups: groups, ..When::default() };
        fee.adjust.push(Adjust { by: Some(By::Factor(genes.of_list(&["0.5", "5/6", "1.40"]).into())), when, round: None });
    }
    fee
}

pub fn among(genes: &mut Genes, contract: &Contract) -> Among {
    let edge = |genes: &mut Genes| genes.chance(60).then(|| contract.starts.plus(genes.of_list(&[0, 5, 10, 30, -5, 1])));
    let mut among = Among::default();
    match genes.below(7) {
        0 => among.target_groups = Some(genes.some_of(&texts(&GROUPS))),
        1 => among.traits = Some(genes.some_of(&texts(&TRAITS))),
        2 | 3 => {
            let (one, other) = (edge(genes), edge(genes));
            let (from, until) = match (one, other) {
                (Some(a), Some(b)) => (Some(a.min(b)), Some(a.max(b))),
                (None, None) => (Some(contract.starts), None),
                edges => edges,
            };
            among.enrolled = Some((from, until));
        }
        _ => {}
    }
    among
}

/// One of each form, in windows of all kinds.
fn figures(genes: &mut Genes, contract: &mut Contract) {
    let windows = [FigureWindow::Total, FigureWindow::SinceLast, FigureWindow::Total, FigureWindow::CalendarYear];
    let charges: Vec<Charge> = contract.charges.iter().filter(|one| !one.what.is_the_contracts()).cloned().collect();
    let outcomes: Vec<Outcome> = contract.outcomes.iter().filter(|one| !one.same_employer).cloned().collect();
    let mut forms = vec![
        (
            "enrolled",
            Form::Count { of: Counted::Participants, among: among(genes, contract), window: genes.of_list(&windows) },
        ),
        ("joined", Form::Count { of: Counted::Companies, among: Among::default(), window: genes.of_list(&windows) }),
        (
            "predicted",
            Form::Metric { metric: PREDICTED.into(), cohort: None, window: genes.of_list(&windows), per_participant: true },
        ),
        ("base", Form::Metric { metric: BASE.into(), cohort: None, window: FigureWindow::Total, per_participant: false }),
    ];
    if !charges.is_empty() {
        let of = genes.of_list(&charges);
        let steps = if have_steps(std::slice::from_ref(&of)) { [None, Some(2), Some(2)] } else { [None, Some(1), None] };
        let step = matches!(of.what, What::Milestone(_)).then(|| genes.of_list(&steps)).flatten();
        let of = Counted::Reached { charge: of.id, step };
        forms.push(("placed", Form::Count { of, among: among(genes, contract), window: genes.of_list(&windows) }));
        let required: Vec<Charge> = charges.iter().filter(|charge| !charge.requires.is_empty()).cloned().collect();
        let charges = if !required.is_empty() && genes.chance(60) { required } else { charges };
        let of = Counted::Units { charge: genes.of_list(&charges).id };
        forms.push(("units", Form::Count { of, among: among(genes, contract), window: genes.of_list(&windows) }));
    }
    if !outcomes.is_empty() {
        for (id, per_participant) in [("days", false), ("own-days", true)] {
            let (outcome, window) = (genes.of_list(&outcomes).id, genes.of_list(&windows));
            forms.push((id, Form::Tally { outcome, among: among(genes, contract), window, per_participant }));
        }
    }
    contract.figures.extend(forms.into_iter().map(|(id, form)| Figure { id: id.into(), form, decimals: None }));
    made_of_counts(genes, contract);
}

/// A rate of two counts, a weighted sum of them, and what a participant saves.
fn made_of_counts(genes: &mut Genes, contract: &mut Contract) {
    let there = |id: &&str| contract.figures.iter().any(|figure| figure.id == **id);
    let counts: Vec<String> =
        ["enrolled", "placed", "units", "joined", "days"].into_iter().filter(there).map(str::to_string).collect();
    let weight = |genes: &mut Genes| genes.of_list(&[None, Some("0.5".to_string()), Some("1.5".to_string())]);
    let rate = Form::Compare { of: genes.of_list(&counts), with: genes.of_list(&counts), by: genes.of_list(&BY) };
    let sum = Form::Sum(vec![(genes.of_list(&counts), weight(genes)), (genes.of_list(&counts), weight(genes))]);
    let tallied = contract.figures.iter().any(|figure| figure.id == "own-days");
    let per_base = Form::Compare { of: genes.of_list(&counts), with: "base".into(), by: genes.of_list(&BY) };
    let mut made = vec![("rate-of", rate), ("both", sum), ("per-base", per_base)];
    if tallied {
        let saved = match genes.below(3) {
            0 => Form::Sum(vec![(PREDICTED.into(), None), ("own-days".into(), weight(genes))]),
            _ => Form::Compare { of: PREDICTED.into(), with: "own-days".into(), by: Comparison::Difference },
        };
        made.push(("saved", saved));
    }
    for (id, form) in made {
        let mut decimals = genes.of_list(&[None, Some(0), None, Some(1)]);
        if matches!(form, Form::Compare { by, .. } if by != Comparison::Difference) {
            decimals = decimals.or(Some(2));
        }
        let place = genes.below(contract.figures.len() + 1);
        contract.figures.insert(place, Figure { id: id.into(), form, decimals });
    }
}

/// Edges where small counts lie.
fn bands(genes: &mut Genes) -> Price {
    let pricing = genes.of_list(&[Some(Pricing::Marginal), Some(Pricing::Whole), None]);
    let mut edges: Vec<&str> = ["1", "2", "3", "20", "50"].into_iter().filter(|_| genes.chance(60)).collect();
    if edges.is_empty() {
        edges.push("1");
    }
    let mut bands = Vec::new();
    for (nth, edge) in edges.iter().enumerate() {
        let mut band = Band { below: edges.get(nth + 1).map(|edge| edge.to_string()), ..Band::default() };
        band.from = Some(edge.to_string());
        match (genes.below(3), pricing) {
            (0, Some(_)) => band.each = Some(genes.of_list(&EACH).into()),
            _ => band.amount = Some(genes.of_list(&AMOUNTS).into()),
        }
        bands.push(band);
    }
    if genes.chance(30) {
        bands.pop();
    }
    if bands.is_empty() {
        bands.push(Band { each: Some("12".into()), ..Band::default() });
        return Price::Bands { pricing: Some(Pricing::Whole), bands };
    }
    Price::Bands { pricing, bands }
}

fn of_the_contract(genes: &mut Genes, contract: &Contract, id: &str, days: &[Day]) -> Charge {
    let own = ["placed", "units", "days", "enrolled", "per-base", "rate-of", "both", "joined", "placed", "per-base"];
    let there: Vec<&str> = own.into_iter().filter(|id| contract.figures.iter().any(|one| one.id == *id)).collect();
    let figure: String = genes.of_list(&there).into();
    let dates = if genes.chance(55) { Dates::Every(genes.of_list(&EVERY)) } else { on(genes, contract, days) };
    let price = if genes.chance(50) { Price::Each(genes.of_list(&EACH).into()) } else { bands(genes) };
    let cumulative = genes.chance(55);
    Charge::of(id, What::Measured { figure, times: Vec::new(), dates, per_participant: false, cumulative }, price)
}

fn of_participants(genes: &mut Genes, contract: &Contract, days: &[Day]) -> Charge {
    let own = ["saved", "own-days", PREDICTED, "saved", "own-days", "placed"];
    let there: Vec<&str> = own.into_iter().filter(|id| contract.figures.iter().any(|one| one.id == *id)).collect();
    let figure: String = genes.of_list(&there).into();
    let dates = match genes.below(3) {
        0 => Dates::Every(genes.of_list(&EVERY)),
        1 => on(genes, contract, days),
        _ => after(genes, contract),
    };
    let price = if genes.chance(65) { Price::Each(genes.of_list(&EACH).into()) } else { bands(genes) };
    let cumulative = genes.chance(45);
    let mut charge =
        Charge::of("own", What::Measured { figure, times: Vec::new(), dates, per_participant: true, cumulative }, price);
    if genes.chance(30) {
        let traits = genes.chance(60).then(|| genes.some_of(&texts(&TRAITS)));
        let when = When { traits, ..When::default() };
        charge.adjust.push(Adjust { by: Some(By::Factor(genes.of_list(&["0.5", "2", "1.40"]).into())), when, round: None });
    }
    charge
}

fn limit(genes: &mut Genes, contract: &Contract, id: &str) -> Limit {
    let ids: Vec<String> = contract.charges.iter().map(|charge| charge.id.clone()).collect();
    let shares = ["enrolled", "placed", "units", "both", "joined", "rate-of", "reached"];
    let there: Vec<&str> = shares.into_iter().filter(|id| contract.figures.iter().any(|one| one.id == *id)).collect();
    let share = genes.chance(45);
    let windows = [LimitWindow::Total, LimitWindow::SettlementPeriod, LimitWindow::CalendarYear];
    let units = match share {
        true => Units::Share {
            share: genes.of_list(&["1/2", "2/5", "5/6", "1", "0.3"]).into(),
            of: genes.of_list(&there).into(),
        },
        false => Units::Keys(genes.between(1, 4)),
    };
    Limit {
        id: id.into(),
        scope: genes.of_list(&[Scope::Contract, Scope::Contract, Scope::Participant, Scope::Company]),
        window: if share { LimitWindow::Total } else { genes.of_list(&windows) },
        amount: String::new(),
        floor: false,
        charges: genes.chance(70).then(|| genes.some_of(&ids)),
        units: Some(units),
    }
}

/// Rows of one measurement of one participant: told late, again, withdrawn, and at times of another metric.
fn measured_of_one(
    genes: &mut Genes,
    contract: &Contract,
    (people, cut_offs, days): (&[String], &[Day], &[Day]),
    nth: i64,
    measurements: &mut Vec<MeasurementRow>,
) {
    if people.is_empty() {
        return;
    }
    let last = genes.day_near(days);
    let metric = genes.of_list(&[PREDICTED, PREDICTED, BASE, "rate", BASE]);
    let row = MeasurementRow {
        record: Record::default(),
        metric: metric.into(),
        cohort: String::new(),
        participant: if metric != BASE && genes.chance(92) { genes.of_list(people) } else { String::new() },
        first_day: last.plus(-genes.of_list(&[30, 0, 90])).to_string(),
        last_day: last.to_string(),
        value: genes.of_list(if metric == BASE { &["2", "0", "5", "0"] } else { &["20", "100", "7", "61.5"] }).into(),
        source: String::new(),
    };
    let figures =
        contract.figures.iter().any(|one| matches!(&one.form, Form::Metric { metric, .. } if *metric == row.metric));
    if !figures {
        return;
    }
    let recorded = last.plus(genes.of_list(&[3, 0, 20, -60]));
    let more = genes.of_list(&[0, 1, 0, 2]);
    for (n, entry) in entries(genes, recorded, cut_offs, more).iter().enumerate() {
        let mut row = MeasurementRow { record: record(genes, &contract.id, &format!("own-{nth}"), entry), ..row.clone() };
        if n > 0 {
            row.value = genes.of_list(&["10", "100", "7", "31", "-4"]).into();
        }
        measurements.push(if entry.void { MeasurementRow { record: row.record, ..Default::default() } } else { row });
    }
}
