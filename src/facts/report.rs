//! A report of paid hours: what a payroll says of one job and month (mechanisms 3.2, 12).

use super::record::Fact;
use super::spell::Job;
use crate::measure::day::Span;
use crate::measure::id::Id;
use rust_decimal::Decimal;

/// Hours worked and money earned in one job in one month. Reports of one job, month and kind add up (mechanisms 3.2).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report {
    /// The job it belongs to.
    pub job: Job,
    /// `ordinary`, `flex-job` …, or a kind that the contract lists.
    pub kind: Id,
    /// The days of the month.
    pub month: Span,
    /// The hours of the month; none were reported if it is not there.
    pub hours: Option<Decimal>,
    /// What was earned in the month.
    pub earnings: Option<Decimal>,
    /// What the report rests on, such as the number of a pay slip.
    pub evidence: Option<Box<str>>,
}

impl Fact for Report {
    const FILE: &'static str = "hours.csv";
    const NAME: &'static str = "report";
}
