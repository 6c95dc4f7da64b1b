//! The page `investors`, carried out literally: one day after the other, one krone account per funder. It shares nothing with the
//! engine, and can be told to read the page wrongly.

use super::world::{By, T, World};

/// Ways of reading the page wrongly.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wrong {
    DebtForgotten,
    TiersFromTheLast,
    TiesToTheLast,
    RestToTheFirst,
    RateOnPaidIn,
    YearAlways365,
    CapOfTheTierAlone,
    AccruedRoundedUp,
    GuaranteeBeforeReceipts,
    GuarantorNotOwed,
    AtMostEachTime,
    ShareEachAlone,
    CommittedAsPaidIn,
    PayInNextDay,
    ExcessPassedOn,
    PrincipalDueInFull,
}

impl Wrong {
    pub const ALL: [Wrong; 16] = [
        Wrong::DebtForgotten,
        Wrong::TiersFromTheLast,
        Wrong::TiesToTheLast,
        Wrong::RestToTheFirst,
        Wrong::RateOnPaidIn,
        Wrong::YearAlways365,
        Wrong::CapOfTheTierAlone,
        Wrong::AccruedRoundedUp,
        Wrong::GuaranteeBeforeReceipts,
        Wrong::GuarantorNotOwed,
        Wrong::AtMostEachTime,
        Wrong::ShareEachAlone,
        Wrong::CommittedAsPaidIn,
        Wrong::PayInNextDay,
        Wrong::ExcessPassedOn,
        Wrong::PrincipalDueInFull,
    ];
}

/// What somebody got on a day.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Line {
    pub who: Option<usize>,
    pub place: String,
    pub kind: &'static str,
    pub amount: i128,
    pub outstanding: i128,
}

/// A day on which something was received or given.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Today {
    pub day: i32,
    pub received: i128,
    pub carried: i128,
    pub lines: Vec<Line>,
}

#[derive(Default, Clone)]
struct Purse {
    paid_in: i128,
    back: i128,
    gained: i128,
    /// The principal outstanding at the end of each day so far, added up.
    days: i128,
}

struct Oracle<'w> {
    world: &'w World,
    wrong: Option<Wrong>,
    purses: Vec<Purse>,
    /// What each tier gave to each funder.
    gave: Vec<Vec<i128>>,
    carried: i128,
}

pub fn distributions(world: &World, wrong: Option<Wrong>) -> Vec<Today> {
    let mut oracle = Oracle {
        world,
        wrong,
        purses: vec![Purse::default(); world.funders.len()],
        gave: vec![vec![0; world.funders.len()]; world.tiers.len()],
        carried: 0,
    };
    let receipts = received(world, wrong);
    (0..=world.as_of).filter_map(|day| oracle.live(day, &receipts)).collect()
}

/// 2.2: (day, amount) of every settlement.
fn received(world: &World, wrong: Option<Wrong>) -> Vec<(i32, i128)> {
    let mut all = Vec::new();
    for one in &world.contracts {
        let (mut total, mut before) = (0_i128, 0_i128);
        for (day, owed) in &one.owes {
            total += i128::from(*owed);
            let so_far = total * i128::from(one.share) / 1_000_000;
            let alone = i128::from(*owed) * i128::from(one.share) / 1_000_000;
            all.push((*day, if wrong == Some(Wrong::ShareEachAlone) { alone } else { so_far - before }));
            before = so_far;
        }
    }
    all
}

impl Oracle<'_> {
    fn live(&mut self, day: i32, receipts: &[(i32, i128)]) -> Option<Today> {
        let late = i32::from(self.wrong == Some(Wrong::PayInNextDay));
        for (purse, funder) in self.purses.iter_mut().zip(&self.world.funders) {
            purse.paid_in +=
                funder.paid.iter().filter(|(on, _)| on + late == day).map(|(_, a)| i128::from(*a)).sum::<i128>();
        }
        let today: Vec<i128> = receipts.iter().filter(|(on, _)| *on == day).map(|(_, amount)| *amount).collect();
        let mut lines = Vec::new();
        if self.wrong == Some(Wrong::GuaranteeBeforeReceipts) {
            self.guarantees(day, &mut lines);
        }
        let received: i128 = today.iter().sum();
        if !today.is_empty() {
            let available = received + if self.wrong == Some(Wrong::DebtForgotten) { 0 } else { self.carried };
            self.carried = available.min(0);
            if available > 0 {
                self.waterfall(available, &mut lines);
            }
        }
        if self.wrong != Some(Wrong::GuaranteeBeforeReceipts) {
            self.guarantees(day, &mut lines);
        }
        for purse in &mut self.purses {
            purse.days += purse.paid_in - if self.wrong == Some(Wrong::RateOnPaidIn) { 0 } else { purse.back };
        }
        (!today.is_empty() || !lines.is_empty()).then_some(Today { day, received, carried: self.carried, lines })
    }

    fn waterfall(&mut self, mut left: i128, lines: &mut Vec<Line>) {
        let mut order: Vec<usize> = (0..self.world.tiers.len()).collect();
        if self.wrong == Some(Wrong::TiersFromTheLast) {
            order.reverse();
        }
        for nth in order {
            let tier = &self.world.tiers[nth];
            let parts = self.tier(nth, tier, left);
            for (funder, part) in tier.to.iter().zip(parts) {
                if part == 0 {
                    continue;
                }
                left -= part;
                self.gave[nth][*funder] += part;
                let purse = &mut self.purses[*funder];
                if tier.principal {
                    purse.back += part
                } else {
                    purse.gained += part
                }
                let kind = if tier.principal { "principal" } else { "return" };
                let outstanding = purse.paid_in - purse.back;
                lines.push(Line { who: Some(*funder), place: format!("t{nth}"), kind, amount: part, outstanding });
            }
        }
        if left > 0 {
            let outstanding = self.world.surplus.map_or(0, |nth| self.purses[nth].paid_in - self.purses[nth].back);
            let place = String::from("-");
            lines.push(Line { who: self.world.surplus, place, kind: "surplus", amount: left, outstanding });
        }
    }

    /// 3.2 to 3.4.
    fn tier(&self, nth: usize, tier: &T, left: i128) -> Vec<i128> {
        let due: Vec<Option<i128>> = tier.to.iter().map(|funder| self.due(nth, tier, *funder)).collect();
        let weight = |(place, funder): (usize, &usize)| match &tier.by {
            By::Due => due[place].unwrap(),
            By::PaidIn if self.wrong == Some(Wrong::CommittedAsPaidIn) => i128::from(self.world.funders[*funder].committed),
            By::PaidIn => self.purses[*funder].paid_in,
            By::Committed => i128::from(self.world.funders[*funder].committed),
            By::Weights(weights) => i128::from(weights[place]),
        };
        let weights: Vec<i128> = tier.to.iter().enumerate().map(weight).collect();
        let given: i128 = self.gave[nth].iter().sum();
        let room = match tier.at_most {
            Some(most) if self.wrong == Some(Wrong::AtMostEachTime) => i128::from(most),
            Some(most) => i128::from(most) - given,
            None => left,
        };
        split(left.min(room), &weights, &due, self.wrong)
    }

    fn due(&self, nth: usize, tier: &T, funder: usize) -> Option<i128> {
        let purse = &self.purses[funder];
        if tier.principal {
            let back = if self.wrong == Some(Wrong::PrincipalDueInFull) { 0 } else { purse.back };
            return Some(purse.paid_in - back);
        }
        let mut due: Option<i128> = None;
        if let Some((rate, year)) = tier.rate {
            let year = if self.wrong == Some(Wrong::YearAlways365) { 365 } else { i128::from(year) };
            let up = if self.wrong == Some(Wrong::AccruedRoundedUp) { year * 1_000_000 - 1 } else { 0 };
            due = Some((purse.days * i128::from(rate) + up) / (year * 1_000_000) - self.gave[nth][funder]);
        }
        if let Some(times) = tier.times {
            let had = if self.wrong == Some(Wrong::CapOfTheTierAlone) { self.gave[nth][funder] } else { purse.gained };
            let room = purse.paid_in * i128::from(times) / 1_000_000 - had;
            due = Some(due.map_or(room, |due| due.min(room)));
        }
        due.map(|due| due.max(0))
    }

    /// 4.
    fn guarantees(&mut self, day: i32, lines: &mut Vec<Line>) {
        for (nth, guarantee) in self.world.guarantees.iter().enumerate().filter(|(_, guarantee)| guarantee.on == day) {
            let losses: Vec<i128> = guarantee.to.iter().map(|f| self.purses[*f].paid_in - self.purses[*f].back).collect();
            let loss: i128 = losses.iter().sum();
            let pays = loss * i128::from(guarantee.covers) / 1_000_000;
            let pays = guarantee.at_most.map_or(pays, |most| pays.min(i128::from(most)));
            let due: Vec<Option<i128>> = losses.iter().copied().map(Some).collect();
            let parts = split(pays, &losses, &due, self.wrong);
            let (place, kind) = (format!("g{nth}"), "guarantee");
            for (funder, part) in guarantee.to.iter().zip(&parts).filter(|(_, part)| **part > 0) {
                let purse = &mut self.purses[*funder];
                purse.back += part;
                let outstanding = purse.paid_in - purse.back;
                lines.push(Line { who: Some(*funder), place: place.clone(), kind, amount: *part, outstanding });
            }
            let sum: i128 = parts.iter().sum();
            if sum > 0 {
                let purse = &mut self.purses[guarantee.by];
                purse.paid_in += if self.wrong == Some(Wrong::GuarantorNotOwed) { 0 } else { sum };
                let outstanding = purse.paid_in - purse.back;
                lines.push(Line { who: Some(guarantee.by), place, kind, amount: -sum, outstanding });
            }
        }
    }
}

/// 3.3 and 3.4: never more than is due, nothing to those of weight 0.
fn split(there: i128, weights: &[i128], due: &[Option<i128>], wrong: Option<Wrong>) -> Vec<i128> {
    let mut got = vec![0_i128; weights.len()];
    let weighed = (0..weights.len()).filter(|nth| weights[*nth] > 0);
    let most: Option<i128> = weighed.map(|nth| due[nth]).sum();
    let mut left = most.map_or(there, |most| most.min(there)).max(0);
    while left > 0 {
        let open: Vec<usize> =
            (0..weights.len()).filter(|nth| weights[*nth] > 0 && due[*nth].is_none_or(|due| got[*nth] < due)).collect();
        let whole: i128 = open.iter().map(|nth| weights[*nth]).sum();
        if open.is_empty() {
            break;
        }
        let mut rest = left;
        let mut by_fraction: Vec<(i128, usize)> = Vec::new();
        for nth in &open {
            let quota = left * weights[*nth];
            got[*nth] += quota / whole;
            rest -= quota / whole;
            by_fraction.push((quota % whole, *nth));
        }
        match wrong {
            Some(Wrong::RestToTheFirst) => by_fraction.iter_mut().for_each(|(fraction, _)| *fraction = 0),
            Some(Wrong::TiesToTheLast) => by_fraction.reverse(),
            _ => {}
        }
        // A stable sort: of equal fractions the one named first stays first.
        by_fraction.sort_by_key(|(fraction, _)| -fraction);
        for (_, nth) in by_fraction.iter().take(usize::try_from(rest).unwrap()) {
            got[*nth] += 1;
        }
        left = 0;
        for nth in open {
            let above = due[nth].map_or(0, |due| (got[nth] - due).max(0));
            got[nth] -= above;
            left += above;
        }
        if wrong == Some(Wrong::ExcessPassedOn) {
            break;
        }
    }
    got
}
