//! Floor 0, measure: days, money, identifiers, check digits and diagnostics. Nothing here knows the domain.

pub mod bank_days;
pub mod check_digit;
pub mod cpr;
pub mod day;
pub mod diagnostic;
pub mod grid;
pub mod id;
pub mod money;
pub mod number;
pub mod parallel;
pub mod ratio;
pub mod weekdays;
