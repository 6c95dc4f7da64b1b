//! Places at companies: what a figure asks of them, and the rows of `places.csv`.

use super::Record;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seats {
    Available,
    Centres,
    Occupied,
}

/// Over the days, by months, or on the last day alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlacesBy {
    Days,
    Months,
    LastDay,
}

/// A row of `places.csv`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OfferRow {
    pub record: Record,
    pub centre: String,
    /// Ids with blanks between.
    pub companies: String,
    pub places: String,
    pub first_day: String,
    pub last_day: String,
}
