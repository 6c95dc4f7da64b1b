//! How an amount before limits comes about, as plain values (rules 7 and 8).

use super::added::AddedTold;
use super::fraction::Fraction;
use super::goal_told::GoalTold;
use super::placed::PlacedTold;
use super::reason::LeftOut;
use super::run::RunTold;
use super::saved::WeekTold;
use super::source::Source;
use super::topped::ToppedUp;
use crate::charge::band::{Band, Pricing};
use crate::charge::milestone::Mode;
use crate::charge::{Conditions, OwedBy, RateRow};
use crate::figure::{Among, By, ByGoal, Saved};
use crate::measure::day::{Day, Span};
use crate::measure::grid::Grid;
use crate::measure::money::{Rounding, Shown};
use crate::timeline::outcome::{Anchor, Length};
use crate::timeline::payroll::Tallied;
use crate::timeline::tally::Needed;
use rust_decimal::Decimal;
use serde::Serialize;

/// The arithmetic of one key.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reckoning {
    /// An amount on a date (rule 7.1).
    Fixed(Box<FixedSheet>),
    /// What a figure is worth on a date (mechanisms 5.3).
    Measured(Box<MeasuredSheet>),
    /// A step of a milestone (rule 7.2).
    Step(Box<StepSheet>),
    /// A day, week or month (rule 7.3).
    Unit(Box<UnitSheet>),
    /// The participant does not count: its standing says why (rule 5).
    NotCounted,
    /// The outcome is no longer looked at for that company: the participant has no known placement there (rule 6.6).
    NoPlacement,
}

/// A date of a fixed charge.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct FixedSheet {
    /// The date.
    pub date: Day,
    /// The row that applies on it.
    pub rate: Option<Rate>,
    /// For a charge per company: when the company joined and left; none if it is not known.
    pub company: Option<Joined>,
    /// Of a date of the participant's own: from what it is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counted_from: Option<CountedFrom>,
    /// What comes of it.
    pub verdict: Verdict,
}

/// A date of a measured charge.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct MeasuredSheet {
    /// The date.
    pub date: Day,
    /// What the figures say: the one that is priced, then those that the price is multiplied with.
    pub figures: Vec<FigureTold>,
    /// How the bands are read.
    pub pricing: Pricing,
    /// The bands that have a say.
    pub bands: Vec<BandTold>,
    /// What they come to together; below 0 it counts as 0.
    pub price: Option<Fraction>,
    /// The price times the other figures.
    pub product: Option<Fraction>,
    /// What changes that, one after the other (mechanisms 7.1).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub adjusted: Vec<AdjustTold>,
    /// What comes of it, before it is rounded.
    pub exact: Option<Fraction>,
    /// Of a date of the participant's own: from what it is counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counted_from: Option<CountedFrom>,
    /// With `cumulative` what it rose by.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub risen: Option<Risen>,
    /// What comes of it.
    pub verdict: Verdict,
}

/// What a figure says on a date.
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
pub struct FigureTold {
    /// Its name.
    pub figure: String,
    /// Its value; none if it is not known.
    pub value: Option<Fraction>,
    /// The value before it is rounded.
    pub exact: Option<Fraction>,
    /// To how many decimals it is rounded, if it is.
    pub decimals: Option<u32>,
    /// How it comes about.
    pub how: HowTold,
    /// The figures that it is made of.
    pub parts: Vec<FigureTold>,
}

/// How a figure comes about (mechanisms 4.1).
#[derive(Clone, PartialEq, Debug, Default, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum HowTold {
    /// The contract prints it, or there is nothing to say: its parts are not known.
    #[default]
    Printed,
    /// It was measured.
    Measured(MeasurementTold),
    /// There is no measurement whose last day is on or before the second day, and not before the first if there is one.
    NotMeasured((Option<Day>, Day)),
    /// Of so many checks so many were invalid, in a sample.
    Sampled {
        /// The sample.
        sample: String,
        /// Those that were invalid.
        invalid: u32,
        /// All that are known.
        checked: u32,
    },
    /// Two values are held against one another.
    Compared {
        /// How.
        by: By,
        /// The one that is looked at.
        of: Fraction,
        /// The one that it is held against.
        with: Fraction,
    },
    /// Values are added up, each times the weight before it.
    Summed(Vec<(Fraction, Fraction)>),
    /// It is counted or tallied, on days up to the second, not before the first if there is one, of those who are chosen
    /// (mechanisms 4.1, 4.3).
    Added {
        /// What.
        of: AddedTold,
        /// On which days.
        days: (Option<Day>, Day),
        /// Of whom.
        #[serde(skip)]
        among: Among,
    },
    /// What company centres have, or how many are in them (places 2).
    Placed(PlacedTold),
    /// It is saved in weeks without benefit, on days up to the second, not before the first if there is one (saving 5).
    Saved {
        /// What of it.
        of: Saved,
        /// On which days their Sundays lie.
        days: (Option<Day>, Day),
        /// Whether it is the participant's own.
        own: bool,
        /// The weeks.
        weeks: Vec<WeekTold>,
        /// Of whom.
        #[serde(skip)]
        among: Among,
    },
    /// What is granted before it under each charge, for days earned up to the second day, and not before the first if there is one.
    Granted {
        /// The days.
        days: (Option<Day>, Day),
        /// The charges, each with its sum.
        sums: Vec<(String, Shown)>,
    },
    /// It says how a goal stands (goals 3).
    Goal {
        /// What of it.
        by: ByGoal,
        /// How it stands.
        goal: GoalTold,
    },
    /// It is told above.
    Before,
}

/// From what a date of the participant's own is counted (mechanisms 3.5).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct CountedFrom {
    /// What.
    pub from: Anchor,
    /// When that was.
    pub on: Day,
    /// How long after it the date is.
    pub length: Length,
}

/// What a date of a cumulative charge pays (mechanisms 5.4).
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Risen {
    /// The price of everything so far.
    pub price: Shown,
    /// What that was on the last date before on which it was known.
    pub before: Option<(Day, Shown)>,
    /// What it rose by.
    pub amount: Shown,
}

/// A measurement.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct MeasurementTold {
    /// Its id.
    pub id: String,
    /// The days that it is of.
    pub days: Span,
    /// Its row.
    pub row: Source,
}

/// A band that has a say.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct BandTold {
    /// Its place, from 1.
    pub number: u32,
    /// How many bands there are.
    pub of: u32,
    /// Its terms.
    pub band: Band,
    /// How much of the value its `each` multiplies, or how far the value lies from its edge.
    pub counted: Option<Fraction>,
    /// Its price.
    pub price: Option<Fraction>,
}

/// When a company was in the programme.
#[derive(Clone, PartialEq, Eq, Debug, Serialize)]
pub struct Joined {
    /// The first day.
    pub joined_on: Option<Day>,
    /// The last day.
    pub left_on: Option<Day>,
}

/// A row of a rate card.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Rate {
    /// Its place in the card, from 1.
    pub number: u32,
    /// How many rows the card has.
    pub of: u32,
    /// Its amount and conditions.
    pub row: RateRow,
    /// The day from which months are counted, where the row asks how many have gone by (rule 8.1).
    pub elapsed_since: Option<Day>,
    /// What changes it, one after the other (mechanisms 7.1).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub adjusted: Vec<AdjustTold>,
}

/// An adjustment that holds (mechanisms 7.1).
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct AdjustTold {
    /// Its place, from 1.
    pub number: u32,
    /// How many the charge has.
    pub of: u32,
    /// Its conditions.
    pub when: Conditions,
    /// The day from which months are counted, where it asks how many have gone by.
    pub elapsed_since: Option<Day>,
    /// What the rate so far is multiplied with.
    pub by: ByTold,
    /// What comes out.
    pub exact: Fraction,
    /// How that becomes a printed number, and of what a multiple if not of the minor unit.
    pub round: Option<(Rounding, Option<Shown>)>,
    /// The rate from there on.
    pub result: Fraction,
}

/// What a rate is multiplied with (mechanisms 7.1).
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ByTold {
    /// Nothing: it is only rounded.
    Nothing,
    /// A printed number.
    Factor(String),
    /// An index.
    Index(Box<IndexTold>),
}

/// What an index says (mechanisms 7.2).
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct IndexTold {
    /// The index.
    pub id: String,
    /// The number that counts.
    pub month: Published,
    /// What it is divided by.
    pub base: Published,
}

/// The number of an index for a month.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Published {
    /// The month.
    pub month: String,
    /// The number.
    pub value: Decimal,
    /// The measurement that says so.
    pub measurement: String,
}

/// What comes of a key.
#[derive(Clone, PartialEq, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// An entitlement.
    Owed {
        /// The exact amount.
        exact: Fraction,
        /// How it is rounded.
        rounding: Rounding,
        /// Of what the amount is a multiple, if that is not the minor unit (mechanisms 2.3).
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<Shown>,
        /// The size of the amount.
        amount: Shown,
        /// How much of the unit is paid.
        quantity: Decimal,
        /// Who owes it; what the payee owes is negative.
        owed_by: OwedBy,
    },
    /// It rests on what is granted before it, and its turn has not come (mechanisms 4.1).
    AtItsTurn,
    /// No day qualifies.
    NoDays,
    /// Fewer days than needed (rule 7.3).
    TooFewDays {
        /// So many are needed.
        needed: u32,
    },
    /// No row of the rate card applies (rules 8.1, 8.2).
    NoRate,
    /// An index is not known on the cut-off (mechanisms 7.2).
    Waits {
        /// The index.
        index: String,
        /// For this month.
        month: String,
    },
    /// The amount rounds to nothing (rule 2.2).
    RoundsToNothing {
        /// The exact amount.
        exact: Fraction,
        /// How it is rounded.
        rounding: Rounding,
        /// Of what amounts are multiples, if that is not the minor unit (mechanisms 2.3).
        #[serde(skip_serializing_if = "Option::is_none")]
        to: Option<Shown>,
    },
    /// So many units had an entitlement before (rule 7.3).
    UnitsUsedUp {
        /// The most.
        most: u32,
    },
    /// The step is not reached (rule 7.2).
    NotReached,
    /// The company is not in the programme on the date (rule 7.1).
    NotInProgramme,
    /// A figure is not known (mechanisms 5.3).
    NotKnown,
    /// The value lies in no band (mechanisms 5.3).
    InNoBand,
    /// The price is 0, or below it (mechanisms 5.3).
    PriceOf0,
    /// The price of everything so far is what it was before (mechanisms 5.4).
    NothingMore,
    /// The amount has more than 18 digits (mechanisms 2.4).
    TooLarge,
    /// Its charge requires something that has not been reached (mechanisms 6.1).
    Requires {
        /// The charge, or a step of it.
        what: String,
    },
    /// A gate is shut, or waits (mechanisms 6.3).
    Shut {
        /// The gate.
        gate: String,
    },
    /// Another way to the same payment came first and is worth as much or more (mechanisms 6.2).
    NotBetter {
        /// That one.
        than: ToppedUp,
    },
    /// It would be earned after the period that is settled (rule 4.4).
    NotYet {
        /// On this day.
        earned_on: Day,
    },
}

/// Qualifying days in a row of which the same is to be said.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Counted {
    /// The days.
    pub days: Span,
    /// The spells that are active.
    pub spells: Vec<String>,
    /// Hours a week together (rule 6.2).
    pub hours: Decimal,
    /// The day's kind (rule 6.3).
    pub kind: String,
    /// The day's company (rule 6.3).
    pub company: Option<String>,
    /// The row of the rate card that applies, from 1.
    pub row: Option<u32>,
}

/// One day, week or month.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct UnitSheet {
    /// Day, week or month.
    pub grid: Grid,
    /// Its days, at full length.
    pub days: Span,
    /// The days that count.
    pub counted: Vec<Counted>,
    /// How many they are.
    pub count: u32,
    /// The other days, each range with its reason.
    pub left_out: Vec<LeftOut>,
    /// The fewest days for payment in full; none if it is paid day by day.
    pub min_days: Option<u32>,
    /// What is tallied, where that is paid for (mechanisms 3.4).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<TalliesTold>,
    /// For each row, and for no row, the days to which it applies, in the order of precedence.
    pub rates: Vec<(Option<Rate>, u32)>,
    /// The row by which a unit paid in full is priced.
    pub chosen: Option<u32>,
    /// What comes of it.
    pub verdict: Verdict,
}

/// What is tallied in a unit.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct TalliesTold {
    /// Hours or earnings.
    pub what: Tallied,
    /// For each of the rates what lies on its days.
    pub sums: Vec<Option<Fraction>>,
}

/// A step of a milestone.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct StepSheet {
    /// The step, from 1.
    pub step: u32,
    /// What "lasted" means.
    pub mode: Mode,
    /// How long until the first step, or how much has to come together.
    pub after: Needed,
    /// From one step to the next.
    pub every: Option<Length>,
    /// How long for this step: after + j × every.
    pub length: Needed,
    /// What has come together of what is needed (mechanisms 3.3).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tallied: Option<Fraction>,
    /// Of the days up to one only those less than so long before it are looked at (mechanisms 3.3).
    pub within: Option<Length>,
    /// The fewest days with which a month counts (mechanisms 3.3).
    pub min_days: Option<u32>,
    /// The day from which it is counted anew (mechanisms 3.3).
    pub anew_from: Option<Day>,
    /// The place of work, where each is looked at by itself (mechanisms 3.1).
    pub at: Option<String>,
    /// The day from which the one day is counted, with `on-day`.
    pub anchor: Option<Day>,
    /// The longest gap that is bridged, and the most days bridged in one run (rule 6.5).
    pub gaps_allowed: (u32, Option<u32>),
    /// The runs that were looked at, up to the day on which it was reached.
    pub runs: Vec<RunTold>,
    /// The first day on which the run (the last one) can reach the step, with `continuous`; the one day, with `on-day`.
    pub due: Option<Day>,
    /// The day on which it was reached, and what counts on it.
    pub reached: Option<Counted>,
    /// How many qualifying days were counted.
    pub count: u32,
    /// The row that applies on that day.
    pub rate: Option<Rate>,
    /// The days left out after the last day that counts, where the step is not reached.
    pub left_out: Vec<LeftOut>,
    /// What comes of it.
    pub verdict: Verdict,
}
