//! No amount may be too large to be exact when it is settled: digits are added up before anything is multiplied (mechanisms 2.4).

use super::Findings;
use super::depth::Node;
use crate::charge::adjust;
use crate::charge::band::{Band, Edge, Rise};
use crate::charge::period::Pay;
use crate::charge::test::Bound;
use crate::charge::{Adjust, Charge, Measured, Mechanism, Period};
use crate::contract::terms::Contract;
use crate::figure::asking::DEEPEST;
use crate::figure::goal::{Basis, ByGoal};
use crate::figure::{By, Form, Per, Places, Saved};
use crate::measure::diagnostic::Code;
use crate::measure::id::Id;
use crate::measure::ratio::Ratio;
use crate::timeline::Outcome;
use crate::timeline::payroll::Spread;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet};

/// The most digits that either number of a fraction may have.
const MOST: u32 = 36;

/// How many digits the two numbers of a fraction may have at most.
#[derive(Clone, Copy, Debug)]
struct Size {
    dividend: u32,
    divisor: u32,
    /// Whether the divisor is a power of ten.
    decimal: bool,
}

/// What a measurement counts as: nine digits before the point and six after it.
const MEASUREMENT: Size = Size { dividend: 15, divisor: 6, decimal: true };

/// What a sum of money counts as: sixteen digits, three of them after the point at most.
const MONEY: Size = Size { dividend: 16, divisor: 3, decimal: true };

/// What a count counts as: rows are numbered in 32 bits, so that there are at most ten digits of them.
const COUNT: Size = Size { dividend: 10, divisor: 0, decimal: true };

/// What a tally counts as, places by days, and how many weeks are avoided: of each of those at most six digits of days.
const TALLY: Size = Size { dividend: 16, divisor: 0, decimal: true };

/// What a saving counts as: amounts of at most seven digits before the point, eight digits of weeks, and the three decimals of
/// an amount, those of a share, and the three digits of what makes weeks of months (saving 2).
const SAVING: Size = Size { dividend: 24, divisor: 9, decimal: false };

/// What places by months count as: days, which the days of their months divide, of 28 to 31 (places 2).
const PLACE_MONTHS: Size = Size { dividend: 22, divisor: 6, decimal: false };

/// What the results of entries count as together: as a sum of money, with the six decimals of an entry.
const ENTRIES: Size = Size { dividend: 16, divisor: 6, decimal: true };

/// What the degree of a goal counts as: a result and two digits of per cent, divided by a target (goals 3).
const DEGREE: Size = Size { dividend: 24, divisor: 9, decimal: false };

/// What a number of checks ÷ another counts as.
const CHECKS: Size = Size { dividend: 10, divisor: 10, decimal: false };

impl Size {
    fn of(number: Ratio) -> Size {
        match number.decimal(8) {
            Some(decimal) => Size { dividend: number.digits(), divisor: decimal.scale(), decimal: true },
            None => Size { dividend: number.digits(), divisor: number.digits(), decimal: false },
        }
    }

    fn decimal(number: Decimal) -> Size {
        Size::of(Ratio::of(number))
    }

    fn times(self, other: Size) -> Size {
        Size {
            dividend: self.dividend.saturating_add(other.dividend),
            divisor: self.divisor.saturating_add(other.divisor),
            decimal: self.decimal && other.decimal,
        }
    }

    /// Tens in both divisors cancel.
    fn divided(self, other: Size) -> Size {
        let (mine, its) = match (self.decimal, other.decimal) {
            (true, true) => (other.divisor.saturating_sub(self.divisor), self.divisor.saturating_sub(other.divisor)),
            _ => (other.divisor, self.divisor),
        };
        Size { dividend: self.dividend.saturating_add(mine), divisor: other.dividend.saturating_add(its), decimal: false }
    }

    fn plus(self, other: Size) -> Size {
        let whole = |size: Size| size.dividend.saturating_sub(size.divisor);
        if self.decimal && other.decimal {
            let divisor = self.divisor.max(other.divisor);
            let dividend = whole(self).max(whole(other)).saturating_add(divisor + 1);
            return Size { dividend: dividend.max(self.dividend).max(other.dividend), divisor, decimal: true };
        }
        let dividend = self.dividend.saturating_add(other.divisor).max(other.dividend.saturating_add(self.divisor));
        Size { dividend: dividend.saturating_add(1), divisor: self.divisor.saturating_add(other.divisor), decimal: false }
    }

    fn larger(self, other: Size) -> Size {
        Size {
            dividend: self.dividend.max(other.dividend),
            divisor: self.divisor.max(other.divisor),
            decimal: self.decimal && other.decimal,
        }
    }

    fn rounded(self, decimals: u32) -> Size {
        Size { dividend: self.dividend.saturating_add(decimals), divisor: decimals, decimal: true }
    }

    fn most(self) -> u32 {
        self.dividend.max(self.divisor)
    }
}

/// What the days of a prorated unit count as.
const DAYS: u32 = 2;

/// What a tally counts as: that of months is a sum, which their days divide (mechanisms 2.4).
fn of_tally(outcome: Option<&Outcome>) -> u32 {
    match outcome.and_then(|outcome| outcome.payroll).map(|payroll| payroll.spread) {
        None | Some(Spread::MonthEnd) => 16,
        Some(Spread::CalendarDays | Spread::Weekdays) => 22,
    }
}

/// The rates of a charge and what they are multiplied with; the figures of a measured charge count too.
pub(super) fn rates(path: &str, charge: &Charge, outcome: Option<&Outcome>, found: &mut Findings) {
    let days = match &charge.mechanism {
        Mechanism::Period(Period { pay: Pay::By(_), .. }) => of_tally(outcome),
        _ if charge.adjust.is_empty() => return,
        Mechanism::Measured(_) => return,
        Mechanism::Period(_) => DAYS,
        Mechanism::Fixed(_) | Mechanism::Milestone(_) => 0,
    };
    let rate = charge.rates.rows.iter().map(|row| Ratio::of(row.amount).digits()).max().unwrap_or_default();
    let sum = rate + days + of_adjustments(&charge.adjust);
    if sum > MOST {
        let message =
            format!("a rate and what it is multiplied with may come to {sum} digits; no more than {MOST} are exact");
        let help = "an index counts as 15 digits, a tally as 16 and laid on several days of a month as 22; write the factors with fewer digits, or several of them as one";
        let key = if charge.adjust.is_empty() { "by" } else { "adjust" };
        let finding = found.say(Code::TooManyDigits, &format!("{path}.{key}"), message).help(help);
        finding.rests(format!("{path}.rate")).rests(format!("{path}.amount"));
    }
}

/// What a measured charge multiplies.
pub(super) fn measured(contract: &Contract, path: &str, charge: &Charge, terms: &Measured, found: &mut Findings) {
    let mut sizes = Sizes::new();
    let (value, largest) = figure(contract, &terms.figure, 0, &mut sizes);
    let prices = terms.scale.bands.iter().map(|band| price(band, value));
    let price = prices.reduce(Size::larger).unwrap_or(Size::of(Ratio::ZERO));
    let times = terms.times.iter().map(|id| figure(contract, id, 0, &mut sizes));
    let (product, on_the_way) =
        times.fold((price, largest), |(so_far, most), (size, large)| (so_far.times(size), most.max(large)));
    let adjusted = of_adjustments(&charge.adjust);
    let product = product.times(Size { dividend: adjusted, divisor: adjusted, decimal: false });
    // With `cumulative` the value before is taken from it.
    let risen = if terms.cumulative { value.plus(value).most() } else { 0 };
    let most = product.most().max(on_the_way).max(risen);
    if most <= MOST {
        return;
    }
    let message = format!("what is multiplied here may come to {most} digits; no more than {MOST} are exact");
    let help = "a measurement counts as 15 digits, a sum of money as 16; multiply fewer figures, round one with `decimals`, or write shorter numbers";
    let finding = found.say(Code::TooManyDigits, &format!("{path}.figure"), message).help(help);
    finding.rests("figure").rests(format!("{path}.times")).rests(format!("{path}.band")).rests(format!("{path}.each"));
    finding.rests(format!("{path}.adjust"));
}

/// A figure that a gate tests, and the number with its tolerance.
pub(super) fn tested(contract: &Contract, path: &str, bound: &Bound, found: &mut Findings) {
    let (value, on_the_way) = figure(contract, &bound.figure, 0, &mut Sizes::new());
    let number = Size::of(bound.number).times(Size::of(bound.tolerance));
    let most = value.plus(number).most().max(on_the_way);
    if most > MOST {
        let message = format!("what is worked out here may come to {most} digits; no more than {MOST} are exact");
        let help = "round a figure with `decimals`, or write shorter numbers";
        found.say(Code::TooManyDigits, &format!("{path}.figure"), message).help(help).rests("figure").rests(path);
    }
}

/// What is known of the figures so far, and what is being looked at.
type Sizes<'a> = BTreeMap<Node<'a>, (Size, u32)>;

/// The size of a figure, and the most digits that come up on the way to it.
fn figure<'a>(contract: &'a Contract, id: &'a Id, above: usize, sizes: &mut Sizes<'a>) -> (Size, u32) {
    // What is named nowhere, in a circle or too deep is told elsewhere.
    let Some((_, terms)) = contract.figure(id).filter(|_| above <= DEEPEST) else { return (MEASUREMENT, 0) };
    if let Some(known) = sizes.get(&Node::Figure(id)) {
        return *known;
    }
    sizes.insert(Node::Figure(id), (MEASUREMENT, 0));
    let (exact, most) = match &terms.form {
        Form::Count(_) => (COUNT, COUNT.most()),
        Form::Places(Places { by: Per::Months, .. }) => (PLACE_MONTHS, PLACE_MONTHS.most()),
        Form::Places(_) | Form::Tally(_) => (TALLY, TALLY.most()),
        Form::Goal(terms) => {
            let degree = degree(contract, &terms.goal, above + 1, sizes);
            if terms.by == ByGoal::Degree { degree } else { (TALLY, 0) }
        }
        Form::Granted(_) => (MONEY, MONEY.most()),
        Form::Saving(saving) if saving.of == Saved::Weeks => (TALLY, TALLY.most()),
        Form::Saving(_) => (SAVING, SAVING.most()),
        Form::Metric(_) => (MEASUREMENT, MEASUREMENT.most()),
        Form::Sample(_) => (CHECKS, CHECKS.most()),
        Form::Value(value) => (Size::of(value.value), 0),
        Form::Compare(compare) => {
            let (of, on_one) = figure(contract, &compare.of, above + 1, sizes);
            let (with, on_other) = figure(contract, &compare.with, above + 1, sizes);
            let hundred = Size::decimal(Decimal::ONE_HUNDRED);
            let size = match compare.by {
                By::Difference => of.plus(with),
                By::Ratio => of.divided(with),
                By::Percent => of.divided(with).times(hundred),
                By::PercentChange | By::PercentFall => of.plus(with).divided(with).times(hundred),
            };
            (size, on_one.max(on_other))
        }
        Form::Sum(sum) => {
            let parts = sum.parts.iter().map(|one| {
                let (size, most) = figure(contract, &one.figure, above + 1, sizes);
                (size.times(Size::of(one.weight)), most)
            });
            let both = parts.reduce(|(sum, most), (size, large)| (sum.plus(size), most.max(large)));
            both.unwrap_or((Size::of(Ratio::ZERO), 0))
        }
    };
    let known = (terms.decimals.map_or(exact, |decimals| exact.rounded(decimals)), most.max(exact.most()));
    sizes.insert(Node::Figure(id), known);
    known
}

/// The size of a goal's degree, no less than what every degree counts as, and the most digits that come up on the way to it.
fn degree<'a>(contract: &'a Contract, id: &'a Id, above: usize, sizes: &mut Sizes<'a>) -> (Size, u32) {
    let Some(goal) = contract.goal(id).filter(|_| above <= DEEPEST) else { return (DEGREE, 0) };
    if let Some(known) = sizes.get(&Node::Goal(id)) {
        return *known;
    }
    let hundred = Size::decimal(Decimal::ONE_HUNDRED);
    let mut whole = (DEGREE, 0);
    sizes.insert(Node::Goal(id), whole);
    for one in goal.asked() {
        let (result, most) = match &one.from {
            Basis::Entries => (ENTRIES, ENTRIES.most()),
            Basis::Figure(id) => figure(contract, id, above + 1, sizes),
            Basis::Goal(id) => degree(contract, id, above + 1, sizes),
        };
        let size = one.at_least.map_or(result, |target| result.divided(Size::of(target)).times(hundred));
        whole = (whole.0.larger(size), whole.1.max(most).max(size.most()));
    }
    sizes.insert(Node::Goal(id), whole);
    whole
}

/// The digits of what a band makes of a value.
fn price(band: &Band, value: Size) -> Size {
    let amount = Size::decimal(band.amount);
    let edges = [band.lower, band.upper].into_iter().flatten().map(|edge: Edge| Size::decimal(edge.at));
    let way = edges.fold(value, Size::plus);
    match band.rise {
        Rise::None => amount,
        Rise::Each(each) => amount.plus(Size::decimal(each).times(way)),
        // On its way a line is multiplied and divided.
        Rise::To(to) => {
            let width = |edge: Option<Edge>| edge.map_or(Size::of(Ratio::ONE), |edge| Size::decimal(edge.at));
            let rise = Size::decimal(to).plus(amount).times(way);
            amount.plus(rise.divided(width(band.upper).plus(width(band.lower))))
        }
    }
}

/// The most digits of adjustments that can hold together. Rows that exclude one another by their target groups, or by their
/// kinds, are not all counted.
fn of_adjustments(rows: &[Adjust]) -> u32 {
    let most = |names: fn(&Adjust) -> Option<&Vec<Id>>| {
        let named: BTreeSet<&Id> = rows.iter().filter_map(names).flatten().collect();
        let sum = |of: Option<&Id>| {
            let holds = |row: &&Adjust| names(row).is_none_or(|names| of.is_some_and(|of| names.contains(of)));
            rows.iter().filter(holds).map(of_row).fold(0, u32::saturating_add)
        };
        // One that no row names is asked too.
        named.into_iter().map(Some).chain([None]).map(sum).max().unwrap_or_default()
    };
    most(|row| row.when.target_groups.as_ref()).min(most(|row| row.when.kinds.as_ref()))
}

fn of_row(row: &Adjust) -> u32 {
    match &row.by {
        Some(adjust::By::Factor(factor)) => factor.digits(),
        Some(adjust::By::Index(_)) => MEASUREMENT.most(),
        None => 0,
    }
}
