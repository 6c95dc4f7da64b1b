//! One participant under a contract: every outcome as a timeline, every charge as priced days, and the entitlements that
//! are earned between two days (rules 6 to 8).

use super::plan::Plan;
use crate::charge::walk::{Held, Unmet, Walked};
use crate::charge::{Clause, Entitlement, Indices, Measure, Mechanism, Ties};
use crate::facts::roster::Known;
use crate::measure::day::Span;
use crate::timeline::job::fates;
use crate::timeline::{Outcome, timelines};
use std::sync::Arc;

/// What is known of a participant, priced. It holds until one of its facts changes.
#[derive(Clone, Debug, Default)]
pub struct Assessment<'a> {
    measures: Vec<(Measure<'a>, &'a Outcome)>,
    /// Where charges are tied to one another: all that is ever owed by what is known, in the order of rule 9.2, for one may
    /// wait for another (mechanisms 6).
    tied: Option<Walked>,
}

impl<'a> Assessment<'a> {
    /// Assesses what is known of a participant that counts (rule 5).
    #[must_use]
    pub fn new(plan: &Plan<'a>, known: &Known<'a>, indices: &Arc<Indices>) -> Assessment<'a> {
        let contract = plan.contract;
        let fates = fates(known, contract.settlement.confirm_days);
        let mut measures = Vec::new();
        for (outcome, charges) in &plan.outcomes {
            for line in timelines(known, &fates, outcome, contract.term()).into_iter().map(Arc::new) {
                for clause in charges.iter().filter_map(|number| plan.clause(*number)) {
                    let priced = clause.charge.rates.price(&line, outcome, known.terms);
                    let (terms, line, indices) = (known.terms, Arc::clone(&line), Arc::clone(indices));
                    let measure = Measure { charge: clause.number, terms, outcome, indices, line, priced };
                    measures.push((measure, *outcome));
                }
            }
        }
        let tied = plan.ties.as_ref().map(|ties| tied(plan, ties, &measures));
        Assessment { measures, tied }
    }

    /// For each thing that any charge requires the day from which it holds for the participant (mechanisms 6.1).
    #[must_use]
    pub fn held(&self) -> Option<&Held> {
        self.tied.as_ref().map(|tied| &tied.held)
    }

    /// What the participant reached that requires what it did not reach (mechanisms 6.1).
    pub fn unmet(&self) -> impl Iterator<Item = &Unmet> {
        self.tied.iter().flat_map(|tied| &tied.unmet)
    }

    /// Whether no day qualifies for anything.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.measures.iter().all(|(measure, _)| measure.priced.is_empty())
    }

    /// Each charge with the timeline that it measures.
    pub fn measures(&self) -> impl Iterator<Item = (&Measure<'a>, &'a Outcome)> {
        self.measures.iter().map(|(measure, outcome)| (measure, *outcome))
    }

    /// The entitlements that are earned on one of the days `earned`, in the order of rule 9.2. `used` holds, for each charge
    /// and timeline, how many units had an entitlement on the days before, and is counted on (`max_units`, rule 7.3).
    #[must_use]
    pub fn entitlements(&self, plan: &Plan<'a>, earned: Span, used: &mut Vec<u32>) -> Vec<Entitlement> {
        if let Some(Walked { owed, .. }) = &self.tied {
            let first = owed.partition_point(|owed| owed.earned_on < earned.first);
            return owed.iter().skip(first).take_while(|owed| owed.earned_on <= earned.last).cloned().collect();
        }
        used.resize(self.measures.len(), 0);
        let mut all = Vec::new();
        for ((measure, outcome), used) in self.measures.iter().zip(used) {
            let Some(clause) = plan.clause(measure.charge) else { continue };
            let Some(own) = clause.own_days(earned) else { continue };
            let from = all.len();
            accrue(clause, measure, outcome, own, used, &mut all);
            clause.postpone(all.get_mut(from..).unwrap_or_default());
        }
        all.sort_unstable_by_key(|e| (e.earned_on, e.charge, plan.unit_order(e.company, e.unit)));
        all
    }
}

/// What one charge comes to by itself, on the days `earned` (rule 7).
fn accrue(
    clause: &Clause<'_>,
    measure: &Measure<'_>,
    outcome: &Outcome,
    earned: Span,
    used: &mut u32,
    out: &mut Vec<Entitlement>,
) {
    match &clause.charge.mechanism {
        Mechanism::Fixed(_) | Mechanism::Measured(_) => {}
        Mechanism::Milestone(milestone) => milestone.accrue(clause, measure, outcome, earned, out),
        Mechanism::Period(period) => period.accrue(clause, measure, earned, used, out),
    }
}

/// All that the tied charges come to, each after those that it requires (mechanisms 6.4).
fn tied<'a>(plan: &Plan<'a>, ties: &Ties, measures: &[(Measure<'a>, &'a Outcome)]) -> Walked {
    let mut walk = ties.walk(Held::new());
    for clause in ties.order.iter().filter_map(|number| plan.clause(*number)) {
        let mut reached = Vec::new();
        for (measure, outcome) in measures.iter().filter(|(measure, _)| measure.charge == clause.number) {
            accrue(clause, measure, outcome, plan.contract.term(), &mut 0, &mut reached);
        }
        walk.take(clause.number, reached, clause.charge.delay);
    }
    walk.finish(|owed| plan.unit_order(owed.company, owed.unit))
}
