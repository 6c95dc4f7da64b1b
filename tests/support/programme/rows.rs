//! The rows of the files of facts, as text.

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
