//! One participant under a contract: every outcome as a timeline, every charge as priced days, and the entitlements that
//! are earned between two days (rules 6 to 8).

use super::adding::adds;
use super::dated::{self, Dated};
use super::plan::Plan;
use super::readings::Asker;
use crate::charge::milestone::Rank;
use crate::charge::walk::{Held, Stopped, Unmet, Walked};
use crate::charge::{Clause, Entitlement, Indices, Measure, Mechanism, Reading, Ties};
use crate::facts::roster::Known;
use crate::figure::Adds;
use crate::measure::day::{Day, Span};
use crate::measure::id::Id;
use crate::timeline::job::{Fate, fates};
use crate::timeline::{Outcome, Stretch, Timeline, timelines};
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is known of a participant, priced. It holds until one of its facts changes.
#[derive(Clone, Debug, Default)]
pub struct Assessment<'a> {
    measures: Vec<(Measure<'a>, &'a Outcome)>,
    /// Where charges are tied to one another: all that is ever owed by what is known, in the order of rule 9.2, for one may
    /// wait for another (mechanisms 6).
    tied: Option<Walked>,
    /// What the dates of the participant's own rest on, where a charge has such.
    dated: Option<Box<Dated<'a>>>,
    /// What it adds to counts and tallies.
    pub adds: Adds,
}

impl<'a> Assessment<'a> {
    /// Assesses what is known of a participant that counts (rule 5). Without an `asker` what is measured of it is left out.
    #[must_use]
    pub fn new(plan: &Plan<'a>, known: &Known<'a>, indices: &Arc<Indices>, asker: Option<&Asker<'_>>) -> Assessment<'a> {
        let contract = plan.contract;
        let fates = fates(known, contract.settlement.confirm_days);
        if let Some(ties) = &plan.ties {
            return tied(plan, ties, known, &fates, indices, asker);
        }
        let mut measures = Vec::new();
        for (outcome, charges) in &plan.outcomes {
            for line in timelines(known, &fates, outcome, contract.term(), None).into_iter().map(Arc::new) {
                for clause in charges.iter().filter_map(|number| plan.clause(*number)) {
                    measures.push((measure(clause, &line, outcome, known, indices), *outcome));
                }
            }
        }
        let adds = if plan.adds_up() { adds(plan, known, &fates, None) } else { Adds::default() };
        let mut dated = (!plan.dated.is_empty()).then(|| Box::new(Dated::new(known, indices)));
        if let Some(dated) = &mut dated {
            let clauses = plan.dated.iter().filter_map(|number| plan.clause(*number));
            clauses.for_each(|clause| dated.ask(plan, clause, asker, (known, &adds)));
        }
        Assessment { measures, tied: None, dated, adds }
    }

    /// What the figures of a charge of the participant's say.
    #[must_use]
    pub fn readings(&self, charge: u16) -> &[Reading] {
        self.dated.as_ref().map(|dated| dated.readings(charge)).unwrap_or_default()
    }

    /// The dates on which a figure of a charge of the participant's is not known: charge, figure, date.
    pub fn unknown(&self) -> impl Iterator<Item = (u16, u16, Day)> + '_ {
        self.dated.iter().flat_map(|dated| &dated.unknown).copied()
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

    /// What the participant reached that a gate stops, or that waits there (mechanisms 6.3).
    pub fn stopped(&self) -> impl Iterator<Item = &Stopped> {
        self.tied.iter().flat_map(|tied| &tied.stopped)
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

    /// The timelines that each charge looks at, those of the places of one outcome together (mechanisms 3.1).
    pub fn together(&self) -> impl Iterator<Item = (&'a Outcome, &[(Measure<'a>, &'a Outcome)])> {
        let same = |(a, of): &(Measure, &Outcome), (b, _): &(Measure, &Outcome)| of.same_employer && a.charge == b.charge;
        self.measures.chunk_by(same).filter_map(|chunk| Some((chunk.first()?.1, chunk)))
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
        // As many as a quarter has weeks.
        let mut all = Vec::with_capacity(16);
        for ((measure, outcome), used) in self.measures.iter().zip(used) {
            let Some(clause) = plan.clause(measure.charge) else { continue };
            let Some(own) = clause.own_days(earned) else { continue };
            let from = all.len();
            match &clause.charge.mechanism {
                Mechanism::Fixed(_) | Mechanism::Measured(_) => {}
                Mechanism::Milestone(milestone) => {
                    milestone.accrue(clause, &[measure], outcome, own, &|_| None, &mut all);
                }
                Mechanism::Period(period) => period.accrue(clause, measure, own, used, &mut all),
            }
            clause.postpone(all.get_mut(from..).unwrap_or_default());
        }
        self.on_dates(plan, earned, &mut all);
        all.sort_unstable_by_key(|e| (e.earned_on, e.charge, plan.unit_order(e.company, e.unit)));
        all
    }

    /// Those of the participant's dates.
    fn on_dates(&self, plan: &Plan<'a>, earned: Span, all: &mut Vec<Entitlement>) {
        let Some(dated) = &self.dated else { return };
        for clause in plan.dated.iter().filter_map(|number| plan.clause(*number)) {
            let Some(own) = clause.own_days(earned) else { continue };
            let mut owed = Vec::new();
            dated.accrue(clause, (plan.contract.term(), own.last), &mut owed);
            owed.retain(|owed| own.contains(owed.earned_on));
            clause.postpone(&mut owed);
            all.extend(owed);
        }
    }
}

fn measure<'a>(
    clause: &Clause<'_>,
    line: &Arc<Timeline>,
    outcome: &'a Outcome,
    known: &Known<'a>,
    indices: &Arc<Indices>,
) -> Measure<'a> {
    let priced = clause.charge.rates.price(line, outcome, known.terms);
    let (terms, line, indices) = (known.terms, Arc::clone(line), Arc::clone(indices));
    Measure { charge: clause.number, terms, outcome, indices, line, priced }
}

/// What tied charges come to, each after those that it requires, whose step its window or its dates count from
/// (mechanisms 6.4, 11).
fn tied<'a>(
    plan: &Plan<'a>,
    ties: &Ties,
    known: &Known<'a>,
    fates: &[Fate],
    indices: &Arc<Indices>,
    asker: Option<&Asker<'_>>,
) -> Assessment<'a> {
    let term = plan.contract.term();
    let (mut measures, mut lines_of) = (Vec::new(), BTreeMap::<&Id, Vec<Arc<Timeline>>>::new());
    let mut dated = Dated::new(known, indices);
    // Nothing that is counted or tallied rests on what is measured of participants, or on gates (mechanisms 4.4): it is known
    // before.
    let measured = asker.filter(|_| plan.adds_up() && plan.measures_each());
    let own = measured.map(|_| tied(plan, ties, known, fates, indices, None).adds).unwrap_or_default();
    let whose = asker.map(|asker| (asker.adds, Some(dated::own(plan, asker, (known, &own)))));
    let mut walk = ties.walk(Held::new(), plan.judge(known.day, whose));
    for clause in ties.order.iter().filter_map(|number| plan.clause(*number)) {
        let mut reached = Vec::new();
        if clause.charge.is_dated() {
            dated.follow(walk.follows(clause.number));
            dated.ask(plan, clause, asker, (known, &own));
            dated.accrue(clause, (term, Day::FAR), &mut reached);
            walk.take(clause.number, reached, clause.charge.delay);
            continue;
        }
        let looked_at = |(_, charges): &&(&Outcome, Vec<u16>)| charges.contains(&clause.number);
        let Some((outcome, _)) = plan.outcomes.iter().find(looked_at) else { continue };
        let lines = lines_of.entry(&outcome.id).or_insert_with(|| {
            timelines(known, fates, outcome, term, walk.follows(clause.number)).into_iter().map(Arc::new).collect()
        });
        let found: Vec<Measure<'a>> = lines.iter().map(|line| measure(clause, line, outcome, known, indices)).collect();
        accrue(clause, outcome, &found, (known, term), &mut reached);
        walk.take(clause.number, reached, clause.charge.delay);
        measures.extend(found.into_iter().map(|measure| (measure, *outcome)));
    }
    let walked = walk.finish(|owed| plan.unit_order(owed.company, owed.unit));
    let adds = if plan.adds_up() { adds(plan, known, fates, Some(&walked)) } else { Adds::default() };
    let dated = (!plan.dated.is_empty()).then(|| Box::new(dated));
    Assessment { measures, tied: Some(walked), dated, adds }
}

/// What a charge comes to over the whole term.
fn accrue(
    clause: &Clause<'_>,
    outcome: &Outcome,
    found: &[Measure<'_>],
    (known, term): (&Known<'_>, Span),
    reached: &mut Vec<Entitlement>,
) {
    let lead = |stretch: &Stretch| lead(known, outcome, stretch);
    match &clause.charge.mechanism {
        Mechanism::Fixed(_) | Mechanism::Measured(_) => {}
        Mechanism::Milestone(milestone) if outcome.same_employer => {
            let places: Vec<&Measure<'_>> = found.iter().collect();
            milestone.accrue(clause, &places, outcome, term, &lead, reached);
        }
        Mechanism::Milestone(milestone) => {
            found.iter().for_each(|one| milestone.accrue(clause, &[one], outcome, term, &lead, reached));
        }
        Mechanism::Period(period) => {
            found.iter().for_each(|one| period.accrue(clause, one, term, &mut 0, reached));
        }
    }
}

/// Where the spell or report stands that gives a stretch its kind, among all by hours, kind and id as rule 6.3 asks: of two places that
/// reach a step on one day the one whose spell comes first is taken (mechanisms 3.1).
#[must_use]
pub fn lead(known: &Known<'_>, outcome: &Outcome, stretch: &Stretch) -> Option<Rank> {
    if let Some(laid) = &stretch.laid {
        return Some((Reverse(laid.lead.0), stretch.kind, laid.lead.1));
    }
    let rank = |number: &u32| {
        let spell = known.spells.iter().find(|spell| spell.number == *number)?;
        let kind = outcome.kinds.iter().position(|kind| *kind == spell.terms.kind)?;
        Some((Reverse(spell.terms.weekly_hours), kind, *number))
    };
    stretch.spells.iter().filter_map(rank).min()
}
