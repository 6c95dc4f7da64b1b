//! Outcomes and their windows.

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
