//! Random ties between the charges of a contract: what comes first, and ways to the same payment.

use super::genes::Genes;
use crate::support::programme::*;

/// Ties charges to charges. The second outcome may hang on the first; a charge requires such as hang on no more than it
/// does, in one direction, so that no names run in a circle.
pub fn tie(genes: &mut Genes, contract: &mut Contract) {
    if genes.chance(30) {
        vary(genes, contract);
    }
    if contract.outcomes.len() > 1 && genes.chance(60) {
        anchor(genes, contract);
    }
    if genes.chance(45) {
        let mut order: Vec<usize> = (0..contract.charges.len()).collect();
        if genes.chance(50) {
            order.reverse();
        }
        // What another outcome is anchored on comes late, so that it, too, may require something.
        order.sort_by_key(|place| (hangs(contract, *place), is_anchor(contract, *place)));
        for (n, place) in order.iter().enumerate().skip(1) {
            if genes.chance(if is_anchor(contract, *place) { 80 } else { 50 }) {
                require(genes, contract, *place, &order[..n]);
            }
        }
    }
}

fn outcome_of<'c>(contract: &'c Contract, charge: &Charge) -> Option<&'c Outcome> {
    let (What::Milestone(Milestone { outcome: id, .. }) | What::Period { outcome: id, .. }) = &charge.what else {
        return None;
    };
    contract.outcomes.iter().find(|outcome| outcome.id == *id)
}

/// Whether a charge's outcome is anchored on another charge.
fn hangs(contract: &Contract, place: usize) -> bool {
    let window = outcome_of(contract, &contract.charges[place]).and_then(|outcome| outcome.window.as_ref());
    window.is_some_and(|window| matches!(window.from, Anchor::Charge { .. }))
}

/// Whether an outcome's window counts from this charge.
fn is_anchor(contract: &Contract, place: usize) -> bool {
    let id = &contract.charges[place].id;
    let windows = contract.outcomes.iter().filter_map(|outcome| outcome.window.as_ref());
    windows.into_iter().any(|window| matches!(&window.from, Anchor::Charge { charge, .. } if charge == id))
}

/// The second outcome counts from a step of a milestone on the first.
fn anchor(genes: &mut Genes, contract: &mut Contract) {
    let first = contract.outcomes[0].id.clone();
    let on_first = |charge: &&Charge| matches!(&charge.what, What::Milestone(terms) if terms.outcome == first);
    let milestones: Vec<Charge> = contract.charges.iter().filter(on_first).cloned().collect();
    if milestones.is_empty() {
        return;
    }
    let charge = genes.of_list(&milestones);
    let step = if genes.chance(40) { Some(genes.between(1, steps(&charge).min(2))) } else { None };
    let length = if genes.chance(40) { Length::Days(genes.between(10, 120)) } else { Length::Months(genes.between(1, 8)) };
    contract.outcomes[1].window = Some(Window { from: Anchor::Charge { charge: charge.id, step }, length });
}

fn steps(charge: &Charge) -> i64 {
    let What::Milestone(terms) = &charge.what else { return 0 };
    1 + terms.then.map_or(0, |then| then.times) + terms.repeat.unwrap_or(0)
}

/// One or two of the charges that may come first; what has no participant is required only by what has none.
fn require(genes: &mut Genes, contract: &mut Contract, place: usize, before: &[usize]) {
    let own = |place: usize| matches!(contract.charges[place].what, What::Fixed { .. } | What::Measured { .. });
    let may: Vec<usize> = before.iter().copied().filter(|one| own(place) || !own(*one)).collect();
    if may.is_empty() {
        return;
    }
    let mut names: Vec<String> = Vec::new();
    for _ in 0..genes.of_list(&[1, 1, 2]) {
        let required = genes.of_list(&may);
        let charge = &contract.charges[required];
        let step = steps(charge);
        let name = match step {
            1.. if genes.chance(35) => format!("{}/step-{:02}", charge.id, genes.between(1, step.min(3))),
            _ => charge.id.clone(),
        };
        if !names.contains(&name) {
            names.push(name);
        }
        // A marker: reached, and never posted.
        if genes.chance(20) && !matches!(charge.what, What::Measured { .. }) {
            contract.charges[required].price = Price::Amount("0".into());
        }
    }
    contract.charges[place].requires = names;
}

/// Makes charges alike, so that they are ways to one payment: all milestones, or all by one unit, on outcomes that stand
/// apart alike.
fn vary(genes: &mut Genes, contract: &mut Contract) {
    let of = genes.of_list(&contract.charges);
    let Some(per_company) = outcome_of(contract, &of).map(|outcome| outcome.per_company) else { return };
    let period = matches!(of.what, What::Period { .. });
    let mut members = Vec::new();
    for place in 0..contract.charges.len() {
        let charge = &contract.charges[place];
        let may = |outcome: &Outcome| outcome.per_company == per_company && !(period && outcome.same_employer);
        let Some(outcome) = outcome_of(contract, charge).filter(|outcome| may(outcome)) else { continue };
        let alike = charge.id != of.id && genes.chance(60);
        let what = if alike { another_way(genes, &of.what, &outcome.id) } else { charge.what.clone() };
        let unit = |what: &What| if let What::Period { unit, .. } = what { Some(*unit) } else { None };
        if unit(&what) == unit(&of.what) {
            contract.charges[place].what = what;
            members.push(place);
        }
    }
    if members.len() > 1 {
        for place in members {
            contract.charges[place].variant = Some("way".into());
        }
    }
}

/// The same, of another outcome and for a little more or less.
fn another_way(genes: &mut Genes, what: &What, on: &str) -> What {
    let mut what = what.clone();
    match &mut what {
        What::Fixed { .. } | What::Measured { .. } => {}
        What::Milestone(terms) => {
            terms.outcome = on.into();
            if let (After::Lasting(Length::Days(n)), None) = (&mut terms.after, terms.within) {
                *n = (*n + genes.of_list(&[1, 7, -1, 14])).max(1);
            }
        }
        What::Period { outcome, prorate, .. } => {
            *outcome = on.into();
            *prorate = false;
        }
    }
    what
}
