//! Figures (mechanisms 4.1).

use super::{Findings, ids_twice};
use crate::charge::Mechanism;
use crate::contract::terms::Contract;
use crate::measure::diagnostic::{Code, quote};

pub(super) fn check(contract: &Contract, found: &mut Findings) {
    ids_twice(found, "figure", contract.figures.iter().map(|figure| &figure.id));
    for (nth, figure) in contract.figures.iter().enumerate() {
        let used = contract.charges.iter().any(|charge| match &charge.mechanism {
            Mechanism::Measured(terms) => terms.figures().any(|id| *id == figure.id),
            _ => false,
        });
        if !used {
            let message = format!("nothing uses the figure {}", quote(figure.id.as_str()));
            let help = "name it in a charge of type \"measured\", or remove it";
            let finding = found.say(Code::FigureUnused, &format!("figure[{nth}].id"), message).help(help);
            finding.rests("charge").rests("figure[*].id");
        }
    }
}
