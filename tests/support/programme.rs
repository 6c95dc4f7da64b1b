//! A whole programme as plain values: the contracts key by key, the fact files row by row, as text.

mod gate;
mod saving;
mod told;

pub use gate::{Gate, Side, Test};
pub use saving::{BenefitRate, BenefitRow, Cost, Pays, Refund, Reset, Saved, Saving, Valid};
pub use told::{CheckRow, SuspensionRow};

use super::day::Day;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Programme {
    pub contracts: Vec<Contract>,
    pub participants: Vec<ParticipantRow>,
    pub companies: Vec<CompanyRow>,
    pub placements: Vec<PlacementRow>,
    pub spells: Vec<SpellRow>,
    pub reports: Vec<ReportRow>,
    pub measurements: Vec<MeasurementRow>,
    pub suspensions: Vec<SuspensionRow>,
    pub checks: Vec<CheckRow>,
    pub benefits: Vec<BenefitRow>,
}

/// Decimals are kept as they are written.
#[derive(Clone, Debug, PartialEq)]
pub struct Contract {
    pub id: String,
    /// Of a version that is not the first.
    pub agreed_on: Option<Day>,
    pub title: Option<String>,
    pub currency: String,
    pub starts: Day,
    pub ends: Day,
    pub rounding: Option<Rounding>,
    pub kinds: Vec<String>,
    pub settlement: Settlement,
    pub cohort: Option<Cohort>,
    pub payroll: Option<Payroll>,
    pub saving: Option<Saving>,
    pub payers: Vec<Payer>,
    pub payee: Option<Payee>,
    pub outcomes: Vec<Outcome>,
    pub figures: Vec<Figure>,
    pub indices: Vec<Index>,
    pub gates: Vec<Gate>,
    pub charges: Vec<Charge>,
    pub limits: Vec<Limit>,
    pub invoicing: Option<Invoicing>,
}

impl Contract {
    /// Takes the names of charges that are gone out of whatever names them.
    pub fn forget(&mut self, is_gone: impl Fn(&str) -> bool) {
        self.forget_in_gates(&is_gone);
        for charge in &mut self.charges {
            charge.requires.retain(|name| !is_gone(name.split('/').next().unwrap_or_default()));
        }
        for outcome in &mut self.outcomes {
            outcome.window = outcome.window.take().filter(|window| match &window.from {
                Anchor::Charge { charge, .. } => !is_gone(charge),
                _ => true,
            });
        }
        for figure in &mut self.figures {
            let Form::Granted { charges, .. } = &mut figure.form else { continue };
            charges.retain(|id| !is_gone(id));
            if charges.is_empty() {
                figure.form = Form::Value("0".into());
            }
        }
        let counts_it = |figure: &Figure| match &figure.form {
            Form::Count { of: Counted::Reached { charge, .. } | Counted::Units { charge }, .. } => is_gone(charge),
            _ => false,
        };
        for figure in self.figures.iter_mut().filter(|figure| counts_it(figure)) {
            figure.form = Form::Count { of: Counted::Participants, among: Among::default(), window: FigureWindow::Total };
        }
        let after_it = |what: &What| match what {
            What::Fixed { dates: Dates::After { from: Anchor::Charge { charge, .. }, .. }, .. }
            | What::Measured { dates: Dates::After { from: Anchor::Charge { charge, .. }, .. }, .. } => is_gone(charge),
            _ => false,
        };
        for charge in self.charges.iter_mut().filter(|charge| after_it(&charge.what)) {
            if let What::Fixed { dates, .. } | What::Measured { dates, .. } = &mut charge.what {
                *dates = Dates::After { from: Anchor::Enrolment, length: None };
            }
        }
        for charges in self.limits.iter_mut().filter_map(|limit| limit.charges.as_mut()) {
            charges.retain(|id| !is_gone(id));
        }
        self.limits.retain(|limit| limit.charges.as_ref().is_none_or(|charges| !charges.is_empty()));
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rounding {
    HalfAwayFromZero,
    HalfEven,
    Up,
    Down,
}

/// `round = { to = "1", mode = "up" }`, of a charge or of an adjustment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Round {
    pub to: Option<String>,
    pub mode: Option<Rounding>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Settlement {
    pub every: Every,
    pub reporting_days: i64,
    pub tail_periods: Option<i64>,
    pub payment_days: Option<i64>,
    pub confirm_days: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Every {
    Month,
    Quarter,
    HalfYear,
    Year,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Cohort {
    pub target_groups: Option<Vec<String>>,
    pub enrol_from: Option<Day>,
    pub enrol_until: Option<Day>,
    pub max_participants: Option<i64>,
}

/// How the months of a payroll become weeks and days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Payroll {
    pub weekly: Weekly,
    pub spread: Spread,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weekly {
    Average,
    CalendarDays,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spread {
    MonthEnd,
    CalendarDays,
    Weekdays,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Payer {
    pub id: String,
    pub name: Option<String>,
    pub cvr: Option<String>,
    pub gln: Option<String>,
    pub share: Option<String>,
    pub at_most: Option<String>,
    pub reference: Option<String>,
    pub address: Option<Address>,
}

/// A payer of one charge: `{ id = "bank", share = "1" }`.
#[derive(Clone, Debug, PartialEq)]
pub struct ChargePayer {
    pub id: String,
    pub share: String,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Payee {
    pub id: String,
    pub name: Option<String>,
    pub cvr: Option<String>,
    pub address: Option<Address>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Address {
    pub street: String,
    pub postcode: String,
    pub city: String,
}

/// The terms of documents.
#[derive(Clone, Debug, PartialEq)]
pub struct Invoicing {
    pub series: String,
    pub detail: Option<Detail>,
    /// `corrections = "own-documents"`
    pub own_documents: bool,
    pub vat: Option<Vat>,
    pub due: Option<Due>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detail {
    Charge,
    Company,
    Participant,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Due {
    Stays,
    Next,
    Previous,
}

/// How a charge is taxed.
#[derive(Clone, Debug, PartialEq)]
pub enum Vat {
    Standard { percent: String },
    Exempt { reason: String, code: Option<String> },
    OutsideScope { reason: String },
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    pub id: String,
    pub kinds: Vec<String>,
    /// `source = "payroll"`
    pub payroll: bool,
    pub min_weekly_hours: Option<String>,
    /// `companies = "participating"`
    pub participating: bool,
    /// `per = "company"`
    pub per_company: bool,
    /// `evidence = "required"`
    pub evidence_required: bool,
    pub except_kinds: Option<Vec<String>>,
    pub skip_days: Option<i64>,
    pub same_employer: bool,
    pub max_gap_days: Option<i64>,
    pub max_gap_total: Option<i64>,
    pub new_jobs: NewJobs,
    pub window: Option<Window>,
}

/// `new_jobs_only`
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NewJobs {
    #[default]
    OrOld,
    Only,
    OrMoreHours,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Window {
    pub from: Anchor,
    pub length: Length,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    Enrolment,
    Placement,
    FirstDay,
    /// The day after a step of a milestone is reached.
    Charge {
        charge: String,
        step: Option<i64>,
    },
}

/// A length of time as it is written: `{ days = 90 }`, `{ weeks = 13 }` or `{ months = 3 }`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Length {
    Days(i64),
    Weeks(i64),
    Months(i64),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Charge {
    pub id: String,
    pub clause: Option<String>,
    pub what: What,
    pub price: Price,
    /// Charges, steps of them (`13-weeks/step-02`) and gates that come first.
    pub requires: Vec<String>,
    pub variant: Option<String>,
    pub adjust: Vec<Adjust>,
    pub round: Option<Round>,
    pub delay: Option<Delay>,
    /// `owed_by = "payee"`
    pub owed_back: bool,
    /// In place of the contract's shares.
    pub payers: Vec<ChargePayer>,
    pub vat: Option<Vat>,
}

impl Charge {
    /// A charge with nothing besides.
    pub fn of(id: &str, what: What, price: Price) -> Charge {
        Charge {
            id: id.into(),
            clause: None,
            what,
            price,
            requires: Vec::new(),
            variant: None,
            adjust: Vec::new(),
            round: None,
            delay: None,
            owed_back: false,
            payers: Vec::new(),
            vat: None,
        }
    }
}

/// One row of `[[charge.adjust]]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Adjust {
    /// Nothing where the row only rounds.
    pub by: Option<By>,
    pub when: When,
    pub round: Option<Round>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum By {
    /// A ratio as it is written: a decimal or `5/6`.
    Factor(String),
    /// An index by its id.
    Index(String),
}

/// A published index: a metric of the measurements.
#[derive(Clone, Debug, PartialEq)]
pub struct Index {
    pub id: String,
    pub metric: String,
    /// `2017-10`
    pub base: String,
    pub every: Every,
    pub lag_months: Option<i64>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delay {
    Of(Length),
    Weekdays(i64),
    BankDays(i64),
}

#[derive(Clone, Debug, PartialEq)]
pub enum What {
    Fixed { dates: Dates, per: Per },
    Milestone(Milestone),
    Period { outcome: String, unit: Unit, min_days: Option<i64>, prorate: bool, by: Option<Tally>, max_units: Option<i64> },
    Measured { figure: String, times: Vec<String>, dates: Dates, per_participant: bool, cumulative: bool },
}

impl What {
    /// Whether it is the contract's own, with no participant.
    pub fn is_the_contracts(&self) -> bool {
        match self {
            What::Fixed { per, .. } => *per != Per::Participant,
            What::Measured { per_participant, .. } => !per_participant,
            What::Milestone(_) | What::Period { .. } => false,
        }
    }
}

/// For whom a fixed charge is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Per {
    Contract,
    Company,
    Participant,
}

/// What is tallied over qualifying days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tally {
    Hours,
    Earnings,
}

/// A number with a name.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    pub id: String,
    pub form: Form,
    pub decimals: Option<u32>,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    Metric {
        metric: String,
        cohort: Option<String>,
        window: FigureWindow,
        per_participant: bool,
    },
    Value(String),
    Count {
        of: Counted,
        among: Among,
        window: FigureWindow,
    },
    /// The days of an outcome.
    Tally {
        outcome: String,
        among: Among,
        window: FigureWindow,
        per_participant: bool,
    },
    Compare {
        of: String,
        with: String,
        by: Comparison,
    },
    /// What charges have been granted so far.
    Granted {
        charges: Vec<String>,
        window: FigureWindow,
    },
    /// The share of what was checked that is invalid.
    Sample(String),
    /// What weeks without benefit save.
    Saving {
        of: Saved,
        among: Among,
        window: FigureWindow,
        per_participant: bool,
    },
    /// Figures with their weights.
    Sum(Vec<(String, Option<String>)>),
}

/// What a figure counts.
#[derive(Clone, Debug, PartialEq)]
pub enum Counted {
    Participants,
    Companies,
    Reached { charge: String, step: Option<i64> },
    Units { charge: String },
}

/// Among which participants a figure looks.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Among {
    pub target_groups: Option<Vec<String>>,
    pub traits: Option<Vec<String>>,
    pub enrolled: Option<(Option<Day>, Option<Day>)>,
}

/// The days that a metric's measurements may end on, that what is granted may be earned on, and on which others happen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FigureWindow {
    Total,
    CalendarYear,
    SinceLast,
}

/// How two figures are held against one another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Comparison {
    Difference,
    Ratio,
    Percent,
    PercentChange,
    PercentFall,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Dates {
    On(Vec<Day>),
    Every(Every),
    /// Of a participant, once: so long after the anchor.
    After {
        from: Anchor,
        length: Option<Length>,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub struct Milestone {
    pub outcome: String,
    pub mode: Mode,
    pub after: After,
    pub then: Option<Then>,
    pub min_days: Option<i64>,
    pub within: Option<Length>,
    pub repeat: Option<i64>,
}

impl Milestone {
    pub fn new(outcome: impl Into<String>, mode: Mode, after: Length) -> Milestone {
        let after = After::Lasting(after);
        Milestone { outcome: outcome.into(), mode, after, then: None, min_days: None, within: None, repeat: None }
    }
}

/// What a milestone waits for: a length of time, or so many hours or so much money, as it is written.
#[derive(Clone, Debug, PartialEq)]
pub enum After {
    Lasting(Length),
    Tallied(Tally, String),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Continuous,
    Cumulative,
    OnDay,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Then {
    pub every: Length,
    pub times: i64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Day,
    Week,
    Month,
    Quarter,
    HalfYear,
    Year,
    /// Pieces of so many weeks, counted from the anchor.
    Weeks(i64),
}

#[derive(Clone, Debug, PartialEq)]
pub enum Price {
    Amount(String),
    Card(Vec<Rate>),
    /// Of a measured charge: `each` on the charge itself.
    Each(String),
    /// Of a measured charge.
    Bands {
        pricing: Option<Pricing>,
        bands: Vec<Band>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pricing {
    Level,
    Marginal,
    Whole,
}

/// A band of a figure's values; at most one of each pair of edges.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Band {
    pub from: Option<String>,
    pub above: Option<String>,
    pub below: Option<String>,
    pub up_to: Option<String>,
    pub amount: Option<String>,
    pub each: Option<String>,
    pub to_amount: Option<String>,
    /// `owed_by = "payee"`
    pub owed_back: bool,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rate {
    pub amount: String,
    pub when: When,
}

/// The conditions of a rate row or an adjustment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct When {
    pub kinds: Option<Vec<String>>,
    pub target_groups: Option<Vec<String>>,
    pub traits: Option<Vec<String>>,
    pub hours: Option<(Option<String>, Option<String>)>,
    pub elapsed: Option<(Option<i64>, Option<i64>)>,
    pub steps: Option<(i64, i64)>,
    pub valid: Option<(Option<Day>, Option<Day>)>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Limit {
    pub id: String,
    pub scope: Scope,
    pub window: LimitWindow,
    pub amount: String,
    /// The amount is a `floor`.
    pub floor: bool,
    pub charges: Option<Vec<String>>,
    /// In place of an amount, which is then empty.
    pub units: Option<Units>,
}

/// At most so many keys.
#[derive(Clone, Debug, PartialEq)]
pub enum Units {
    Keys(i64),
    /// A share of a figure.
    Share {
        share: String,
        of: String,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Participant,
    Company,
    Contract,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitWindow {
    Total,
    CalendarYear,
    SettlementPeriod,
}

/// What every row carries besides its own columns.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Record {
    pub contract: String,
    pub id: String,
    pub recorded_on: String,
    pub revision: String,
    pub void: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct ParticipantRow {
    pub record: Record,
    pub target_group: String,
    pub enrolled_on: String,
    pub eligible_until: String,
    /// Ids with blanks between.
    pub traits: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct CompanyRow {
    pub record: Record,
    pub cvr: String,
    pub name: String,
    pub joined_on: String,
    pub left_on: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct PlacementRow {
    pub record: Record,
    pub participant: String,
    pub company: String,
    pub placed_on: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct SpellRow {
    pub record: Record,
    pub placement: String,
    pub participant: String,
    pub employer: String,
    pub kind: String,
    pub first_day: String,
    pub last_day: String,
    pub weekly_hours: String,
    pub evidence: String,
}

/// A month of one job's payroll.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ReportRow {
    pub record: Record,
    pub placement: String,
    pub participant: String,
    pub employer: String,
    pub kind: String,
    /// `2018-02`
    pub month: String,
    pub hours: String,
    pub earnings: String,
    pub evidence: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct MeasurementRow {
    pub record: Record,
    pub metric: String,
    pub cohort: String,
    pub participant: String,
    pub first_day: String,
    pub last_day: String,
    /// May begin with `-`.
    pub value: String,
    pub source: String,
}
