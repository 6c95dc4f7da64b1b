//! Chapter 7: charges turn facts into entitlements.

use super::calendar::Period;
use super::facts::Facts;
use super::fraction::Fraction;
use super::milestone;
use super::money::{self, ONE, plain_text, rate_text};
use super::outcome::{Assessment, Good, Person};
use super::period;
use super::rate::{Card, On};
use super::variant;
use super::walk::Walk;
use super::{Law, Misreading, Situation, adjust, dates, delay};
use crate::support::day::Day;
use crate::support::programme::{Charge, Contract, Per, What};

/// What one key earns before limits.
#[derive(Clone, Debug)]
pub struct Entitlement<'a> {
    /// The charge's place in the contract.
    pub place: usize,
    pub charge: String,
    pub subject: String,
    pub unit: String,
    pub earned_on: Day,
    pub quantity: String,
    pub rate: String,
    /// Rounded, in minor units. Zero is no entitlement (2.2), but was reached.
    pub amount: i128,
    /// It is worked out at its turn in the queue (mechanisms 11): the date on which it asks, and the one before.
    pub at_its_turn: Option<(Day, Option<Day>)>,
    /// Whose limits it falls under (9.1).
    pub participant: Option<&'a str>,
    pub company: Option<&'a str>,
}

impl Entitlement<'_> {
    /// Of a per-company outcome, the company of the key (6.6).
    pub fn apart(&self) -> Option<&str> {
        self.participant?;
        self.unit.split_once('/').map(|(company, _)| company)
    }

    /// The unit without its company.
    pub fn unit_alone(&self) -> &str {
        self.unit.rsplit_once('/').map_or(&self.unit, |(_, unit)| unit)
    }
}

/// All entitlements earned on or before the period's last day (4.4), in rule 9.2's order.
pub fn earned<'a>(law: &Law, contract: &Contract, facts: &Facts<'a>, period: &Period) -> Vec<Entitlement<'a>> {
    let walk = Walk::of(law, contract, facts, period);
    let mut earned = walk.required();
    let until = if law.reads(Misreading::EarnedUntilTheCutOff) { period.cut_off } else { period.last };
    earned.retain(|entitlement| entitlement.earned_on <= until);
    let mut earned = variant::topped_up(law, contract, earned);
    earned.sort_by(|a, b| {
        let by_id = a.subject.as_bytes().cmp(b.subject.as_bytes());
        let rest = a.place.cmp(&b.place).then(by_id).then(a.unit.as_bytes().cmp(b.unit.as_bytes()));
        if law.reads(Misreading::LimitsInOrderOfId) {
            by_id.then(a.earned_on.cmp(&b.earned_on)).then(rest)
        } else {
            a.earned_on.cmp(&b.earned_on).then(rest)
        }
    });
    for pair in earned.windows(2) {
        // `a-b/…` sorts before `a/…`, though `a` sorts before `a-b`.
        let (one, two) = (pair[0].apart(), pair[1].apart());
        law.saw_if(one.is_some() && two.is_some() && one > two, Situation::UnitsOutOfCompanyOrder);
    }
    earned
}

/// 7.1: the amount on each date: once, for each company that takes part on it, or for a participant (mechanisms 3.5).
pub fn fixed<'a>(
    walk: &Walk<'_, 'a>,
    (place, charge): (usize, &Charge),
    (whose, per): (Option<usize>, Per),
    earned: &mut Vec<Entitlement<'a>>,
) {
    let (law, contract, facts) = (walk.law, walk.contract, walk.facts);
    let card = Card::of(&charge.price);
    let participant = whose.map(|person| walk.people[person].participant);
    for (unit, date) in dates::due(walk, charge, whose) {
        let mut subjects: Vec<Option<&'a str>> = vec![None];
        if per == Per::Company {
            let takes_part = |joined_on: Option<Day>, left_on: Option<Day>| {
                law.saw_if(left_on == Some(date), Situation::LeftOnTheDate);
                let left = left_on.is_some_and(|left_on| left_on < date);
                joined_on.is_some_and(|day| day <= date) && (!left || law.reads(Misreading::FixedForLeavers))
            };
            let companies = facts.companies.iter().filter(|(_, it)| takes_part(it.joined_on, it.left_on));
            subjects = companies.map(|(id, _)| Some(*id)).collect();
        }
        // 8.2: priced on its date.
        let on = On { day: delay::pricing_day(law, charge, date), good: None, step: None, participant };
        let Some(row) = card.row_on(law, on) else { continue };
        let rate = adjust::rate(law, (contract, facts), charge, card.amount(row), (on, date));
        // What waits for an index is reached (mechanisms 4.4), though nothing is owed yet.
        let amount = rate.map_or(0, |rate| money::rounded(law, contract, charge, rate, 1));
        for company in subjects {
            let participant = participant.map(|participant| participant.id);
            push(
                law,
                contract,
                Entitlement {
                    place,
                    charge: charge.id.clone(),
                    subject: company.or(participant).unwrap_or("-").to_string(),
                    unit: unit.clone(),
                    earned_on: date,
                    quantity: "1".into(),
                    rate: rate.map_or("0".into(), rate_text),
                    amount,
                    at_its_turn: None,
                    participant,
                    company,
                },
                earned,
            );
        }
    }
}

/// What a charge on an outcome gives from the assessments that stand together.
pub fn for_outcome<'a>(
    law: &Law,
    person: &Person<'_, 'a>,
    (place, charge): (usize, &Charge),
    assessments: &[Assessment<'_, 'a>],
    earned: &mut Vec<Entitlement<'a>>,
) {
    let card = Card::of(&charge.price);
    let own = |assessment| Own { contract: person.contract, facts: person.facts, place, charge, card: &card, assessment };
    let owns: Vec<Own> = assessments.iter().map(own).collect();
    match &charge.what {
        What::Milestone(terms) => milestone::steps(law, &owns, terms, earned),
        What::Period { .. } => owns.iter().for_each(|own| period::units(law, own, earned)),
        What::Fixed { .. } | What::Measured { .. } => {}
    }
}

/// A charge on an outcome, and one assessment of that outcome.
pub struct Own<'x, 'f, 'a> {
    pub contract: &'x Contract,
    pub facts: &'x Facts<'a>,
    pub place: usize,
    pub charge: &'x Charge,
    pub card: &'x Card<'x>,
    pub assessment: &'x Assessment<'f, 'a>,
}

impl<'f, 'a> Own<'_, 'f, 'a> {
    /// The row that applies on each of the days, in order.
    pub fn rows(&self, law: &Law, days: &[Good<'a>]) -> Vec<Option<usize>> {
        days.iter().map(|good| self.card.row_on(law, self.on(good))).collect()
    }

    /// A qualifying day of a unit.
    pub fn on<'y>(&'y self, good: &'y Good<'a>) -> On<'y, 'f, 'a> {
        On { day: good.day, good: Some((good, self.assessment)), step: None, participant: None }
    }

    /// An entitlement of quantity 1; `company` is that of the reference day (8.3).
    pub fn entitlement(&self, unit: &str, earned_on: Day, amount: i128, company: Option<&'a str>) -> Entitlement<'a> {
        // 6.6: per company, the key says which.
        let unit = match self.assessment.company {
            Some(company) => format!("{company}/{unit}"),
            None => unit.to_string(),
        };
        Entitlement {
            place: self.place,
            charge: self.charge.id.clone(),
            subject: self.assessment.participant.id.to_string(),
            unit,
            earned_on,
            quantity: "1".into(),
            rate: String::new(),
            amount,
            at_its_turn: None,
            participant: Some(self.assessment.participant.id),
            company,
        }
    }

    /// The same with the rate of a row, adjusted on the reference day, rounded once (2.2); nothing while it waits.
    pub fn at_rate(
        &self,
        law: &Law,
        unit: &str,
        earned_on: Day,
        row: usize,
        reference: On<'_, 'f, 'a>,
    ) -> Option<Entitlement<'a>> {
        let rate = self.adjusted(law, row, (reference, earned_on))?;
        let amount = money::rounded(law, self.contract, self.charge, rate, 1);
        let company = reference.good.and_then(|(good, _)| good.company);
        Some(Entitlement { rate: rate_text(rate), ..self.entitlement(unit, earned_on, amount, company) })
    }

    /// What waits for an index: reached, and not owed yet (mechanisms 4.4, 7.2).
    pub fn waiting(&self, unit: &str, earned_on: Day) -> Entitlement<'a> {
        Entitlement { rate: "0".into(), ..self.entitlement(unit, earned_on, 0, None) }
    }

    /// Mechanisms 7.1: the rate of a row, adjusted on the reference day.
    pub fn adjusted(&self, law: &Law, row: usize, reference: (On, Day)) -> Option<Fraction> {
        adjust::rate(law, (self.contract, self.facts), self.charge, self.card.amount(row), reference)
    }
}

/// Whether it is an entitlement: one that rounds to zero is none (2.2), but it was reached (mechanisms 4.4).
pub fn push<'a>(law: &Law, contract: &Contract, mut one: Entitlement<'a>, earned: &mut Vec<Entitlement<'a>>) -> bool {
    // Mechanisms 7.4: what the payee owes is negative; its number in the contract and its rate have no sign.
    if contract.charges[one.place].owed_back && !law.reads(Misreading::OwedByOfChargesIgnored) {
        one.amount = -one.amount;
    }
    law.saw_if(one.amount < 0, Situation::OwedBack);
    let none = one.amount == 0;
    law.saw_if(none && one.rate != "0", Situation::RoundsToZero);
    law.saw_if(one.earned_on == contract.ends, Situation::EarnedOnTheLastDay);
    earned.push(one);
    !none
}

/// A quantity with at most six decimals, half away from zero.
pub fn quantity(days: usize, of: i64) -> String {
    let millionths = money::half_away(days as i128 * 1_000_000, i128::from(of));
    plain_text(millionths * ONE / 1_000_000)
}
