//! Charges that are tied to one another: what they require, and ways to one payment (mechanisms 6.1, 6.2, 6.4, 14.3).

use super::{Findings, listed, measured, repeated};
use crate::charge::gate::{self, Gate};
use crate::charge::{Charge, Mechanism, OwedBy, Requirement};
use crate::contract::terms::Contract;
use crate::measure::diagnostic::{Code, quote};
use crate::measure::id::Id;
use crate::timeline::outcome::Per;
use std::collections::BTreeSet;

pub(super) fn check(contract: &Contract, found: &mut Findings) {
    for (nth, charge) in contract.charges.iter().enumerate() {
        let path = format!("charge[{nth}].requires");
        for (item, named) in charge.requires.iter().enumerate() {
            required(contract, charge, named, &format!("{path}[{item}]"), found);
        }
        for (item, named) in repeated(charge.requires.iter()) {
            let message = format!("`requires` names {} twice", quote(&named.to_string()));
            found.say(Code::NamedTwice, &format!("{path}[{item}]"), message).help("remove one of the two").rests(&path);
        }
        circle(contract, &charge.id, &path, found);
    }
    let variants: BTreeSet<&Id> = contract.charges.iter().filter_map(|charge| charge.variant.as_ref()).collect();
    variants.into_iter().for_each(|name| variant(contract, name, found));
}

/// A gate, or a charge or a step of one that can be reached by whom it is required of.
fn required(contract: &Contract, charge: &Charge, named: &Requirement, path: &str, found: &mut Findings) {
    if let Some((_, gate)) = contract.gate(&named.charge) {
        if named.step.is_some() {
            let message = format!("there is no {}", quote(&named.to_string()));
            let help = format!("a gate has no steps: write {}", quote(named.charge.as_str()));
            found.say(Code::UnknownName, path, message).help(help).rests("gate[*].id");
        }
        return opened(contract, charge, gate, path, found);
    }
    self::charge(contract, named, path, found);
    let Some(wanted) = contract.charges.iter().find(|wanted| wanted.id == named.charge) else { return };
    if wanted.is_the_contracts() && !charge.is_the_contracts() {
        let message = format!("no participant reaches {}, which has none", quote(named.charge.as_str()));
        let help = "name a milestone or a period charge; a fixed charge is required by fixed ones only";
        found.say(Code::RequiresContracts, path, message).help(help).rests("charge[*].id").rests("charge[*].type");
    }
    if charge.variant.is_some() && wanted.variant == charge.variant {
        let message = format!("{} is another way to the same payment", quote(named.charge.as_str()));
        let help = "where the one comes first, a variant pays only what the other is worth more: is that meant?";
        found.say(Code::RequiresVariant, path, message).help(help).rests("charge[*].id").rests("charge[*].variant");
    }
}

/// A charge, or a step of one, that is there.
pub(super) fn charge(contract: &Contract, named: &Requirement, path: &str, found: &mut Findings) {
    let Some(wanted) = contract.charges.iter().find(|wanted| wanted.id == named.charge) else {
        let message = format!("the contract has no charge {}", quote(named.charge.as_str()));
        let mut help = format!("its charges are {}", listed(contract.charges.iter().map(|charge| charge.id.as_str())));
        if !contract.gates.is_empty() {
            help = format!("{help}; its gates are {}", listed(contract.gates.iter().map(|gate| gate.id.as_str())));
        }
        found.say(Code::UnknownName, path, message).help(help).rests("charge[*].id").rests("gate[*].id");
        return;
    };
    let steps = match &wanted.mechanism {
        Mechanism::Milestone(milestone) => milestone.last_step(),
        _ => 0,
    };
    if named.step.is_some_and(|step| !(1..=steps).contains(&step)) {
        let message = format!("there is no {}", quote(&named.to_string()));
        let help = match steps {
            0 => format!("only milestones have steps: write {}", quote(named.charge.as_str())),
            _ => format!("its last step is `step-{steps:02}`"),
        };
        found.say(Code::UnknownName, path, message).help(help).rests("charge[*].id").rests("charge");
    }
    if contract.rests_on_granted(wanted) {
        let message = format!("{} rests on what is granted, so that nothing can wait for it", quote(named.charge.as_str()));
        let help = "what is granted is known only after everything that is waited for; require what it is granted for";
        let finding = found.say(Code::RequiresGranted, path, message).help(help);
        finding.rests("charge[*].id").rests("charge[*].figure").rests("charge[*].times").rests("figure");
    }
}

/// A gate behind which participants stand tests no charge that has none.
fn opened(contract: &Contract, charge: &Charge, gate: &Gate, path: &str, found: &mut Findings) {
    let inner = gate::with_inner(&contract.gates, [&gate.id]);
    for figure in inner.iter().flat_map(|gate| gate.figures()).filter(|_| charge.is_the_contracts()) {
        measured::of_everybody(contract, path, figure, found).into_iter().for_each(|finding| {
            let help = format!(
                "the gate {} asks for it: leave `per` out in the figure to ask it of all together, or let only charges of \
                 participants require the gate",
                quote(gate.id.as_str())
            );
            finding.help(help).rests("gate").rests("charge[*].per");
        });
    }
    let mut tested = inner.into_iter().flat_map(Gate::charges).map(|named| &named.charge);
    let without = |id: &&Id| contract.charges.iter().any(|other| other.id == **id && other.is_the_contracts());
    if let Some(id) = tested.find(without).filter(|_| !charge.is_the_contracts()) {
        let gate = quote(gate.id.as_str());
        let message = format!("the gate {gate} tests {}, which has no participants: none reaches it", quote(id.as_str()));
        let help = "let it test a milestone or a period charge, or let only fixed and measured charges require it";
        let finding = found.say(Code::RequiresContracts, path, message).help(help);
        finding.rests("charge[*].id").rests("charge[*].type").rests("gate");
    }
}

/// What a charge or a gate looks at: what it requires, what the window of its outcome counts from, what it tests.
fn looks_at<'c>(contract: &'c Contract, id: &Id) -> Vec<&'c Id> {
    let charge = contract.charges.iter().find(|charge| charge.id == *id);
    let window = charge.and_then(|charge| contract.outcome(charge.mechanism.outcome()?)?.follows());
    let follows = charge.and_then(|charge| charge.mechanism.dates()?.follows()).or(window);
    let required = charge.into_iter().flat_map(|charge| &charge.requires).map(|named| &named.charge);
    let gate = contract.gate(id).map(|(_, gate)| gate).filter(|_| charge.is_none());
    let tested = gate.into_iter().flat_map(|gate| gate.charges().map(|named| &named.charge).chain(gate.gates()));
    required.chain(follows.map(|(id, _)| id)).chain(tested).collect()
}

/// Names in a circle: what is in one waits for itself. It is told once, of the charge that stands first, or of the gate that
/// does where it is made of gates only.
pub(super) fn circle(contract: &Contract, id: &Id, path: &str, found: &mut Findings) {
    let ids = contract.charges.iter().map(|charge| &charge.id).chain(contract.gates.iter().map(|gate| &gate.id));
    let ids: Vec<&Id> = ids.collect();
    let Some(nth) = ids.iter().position(|known| *known == id) else { return };
    let before = |nth: usize| {
        let named = ids.get(nth).map(|id| looks_at(contract, id)).unwrap_or_default();
        named.into_iter().filter_map(|id| ids.iter().position(|known| *known == id)).collect::<Vec<usize>>()
    };
    // Each on the way with the one that it was come from.
    let mut way: Vec<(usize, Option<usize>)> = vec![(nth, None)];
    let mut at = 0;
    while let Some((here, _)) = way.get(at).copied() {
        if before(here).contains(&nth) {
            let back = std::iter::successors(way.get(at), |(_, from)| way.get((*from)?));
            let mut round: Vec<usize> = back.map(|(one, _)| *one).collect();
            round.reverse();
            if round.iter().all(|one| nth <= *one) {
                let message = match round.len() {
                    1 => format!("{} waits for itself", quote(id.as_str())),
                    _ => {
                        let names = round.iter().filter_map(|nth| ids.get(*nth)).map(|id| id.as_str());
                        format!("{} wait for one another in a circle", listed(names))
                    }
                };
                let finding =
                    found.say(Code::Circle, path, message).help("what comes first requires nothing of what follows");
                finding
                    .rests("charge[*].id")
                    .rests("charge[*].requires")
                    .rests("charge[*].outcome")
                    .rests("outcome")
                    .rests("charge[*].on")
                    .rests("gate");
            }
            return;
        }
        let new = before(here).into_iter().filter(|next| way.iter().all(|(known, _)| known != next));
        let new: Vec<(usize, Option<usize>)> = new.map(|next| (next, Some(at))).collect();
        way.extend(new);
        at += 1;
    }
}

/// The ways to one payment are alike, so that one can stand for the other.
fn variant(contract: &Contract, name: &Id, found: &mut Findings) {
    let members = contract.charges.iter().enumerate().filter(|(_, charge)| charge.variant.as_ref() == Some(name));
    let members: Vec<(usize, &Charge)> = members.collect();
    let [(first, one), others @ ..] = members.as_slice() else { return };
    if others.is_empty() {
        let message = format!("no other charge has the variant {}", quote(name.as_str()));
        let help = "a variant does something where it has several members; remove it, or give it to the others too";
        found.say(Code::VariantAlone, &format!("charge[{first}].variant"), message).help(help).rests("charge[*].variant");
    }
    for (nth, charge) in members.iter().filter(|(_, charge)| charge.owed_by == OwedBy::Payee) {
        let message = format!("{} is owed by the payee, and no way to be paid", quote(charge.id.as_str()));
        let help = "of the ways to one payment the best is paid; what is owed back stands by itself: leave `variant` out";
        let finding = found.say(Code::VariantMixed, &format!("charge[{nth}].variant"), message).help(help);
        finding.rests("charge[*].owed_by");
    }
    let per = |charge: &Charge| contract.outcome(charge.mechanism.outcome()?).map(|outcome| outcome.per == Per::Company);
    for (nth, other) in others {
        let what = match (&one.mechanism, &other.mechanism) {
            (Mechanism::Period(a), Mechanism::Period(b)) if a.unit != b.unit => "pays for another `unit` than",
            (a, b) if a.is_period() != b.is_period() => "is of another type than",
            _ if per(one).zip(per(other)).is_some_and(|(a, b)| a != b) => "measures another `per` of its outcome than",
            _ => continue,
        };
        let message = format!("{} {what} {}", quote(other.id.as_str()), quote(one.id.as_str()));
        let help = "ways to one payment are all milestones, or all period charges of one unit, and all of one `per`";
        let finding = found.say(Code::VariantMixed, &format!("charge[{nth}].variant"), message).help(help);
        finding.rests("charge[*].variant").rests("charge[*].type").rests("charge[*].unit").rests("charge[*].outcome");
        finding.rests("outcome");
    }
}
