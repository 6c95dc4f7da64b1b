//! One participant under a contract: every outcome as a timeline, every charge as priced days, and the entitlements that
//! are earned between two days (rules 6 to 8).

use super::plan::Plan;
use crate::charge::{Entitlement, Indices, Measure, Mechanism};
use crate::facts::roster::Known;
use crate::measure::day::Span;
use crate::timeline::job::fates;
use crate::timeline::{Outcome, timelines};
use std::sync::Arc;

/// What is known of a participant, priced. It holds until one of its facts changes.
#[derive(Clone, Debug, Default)]
pub struct Assessment<'a> {
    measures: Vec<(Measure<'a>, &'a Outcome)>,
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
        Assessment { measures }
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
        used.resize(self.measures.len(), 0);
        let mut all = Vec::new();
        for ((measure, outcome), used) in self.measures.iter().zip(used) {
            let Some(clause) = plan.clause(measure.charge) else { continue };
            let Some(own) = clause.own_days(earned) else { continue };
            let from = all.len();
            match &clause.charge.mechanism {
                Mechanism::Fixed(_) | Mechanism::Measured(_) => {}
                Mechanism::Milestone(milestone) => milestone.accrue(clause, measure, outcome, own, &mut all),
                Mechanism::Period(period) => period.accrue(clause, measure, own, used, &mut all),
            }
            clause.postpone(all.get_mut(from..).unwrap_or_default());
        }
        all.sort_unstable_by_key(|e| (e.earned_on, e.charge, plan.unit_order(e.company, e.unit)));
        all
    }
}
