//! No answer without agreement: what was worked out here must be what the engine posted.

use super::ExplainError;
use crate::measure::day::Day;
use crate::measure::money::{Currency, Money};
use rust_decimal::Decimal;

/// The figures of one key after a settlement. An explanation is given only where the two ways to them end in the same.
#[derive(Clone, PartialEq, Debug)]
pub struct Figures {
    /// The settlement.
    pub settlement: u32,
    /// The charge.
    pub charge: String,
    /// The subject.
    pub subject: String,
    /// The unit.
    pub unit: String,
    /// What is owed and why; none if there is no entitlement.
    pub owed: Option<OwedFigures>,
    /// All that is paid for the key: the sum of its postings, E(k) (rule 10.3).
    pub paid: Money,
}

/// The figures of an entitlement.
#[derive(Clone, PartialEq, Debug)]
pub struct OwedFigures {
    /// The day earned.
    pub earned_on: Day,
    /// Before limits.
    pub amount: Money,
    /// After limits.
    pub granted: Money,
    /// The limit that cut.
    pub cut_by: Option<String>,
    /// The quantity.
    pub quantity: Decimal,
    /// The rate.
    pub rate: Option<Decimal>,
    /// The qualifying days counted.
    pub days: u32,
}

/// Compares what was worked out with what the engine posted.
///
/// # Errors
/// [`ExplainError::Disagrees`] names both amounts.
pub fn agree(recomputed: &Figures, posted: &Figures, currency: Currency) -> Result<(), ExplainError> {
    if recomputed == posted {
        return Ok(());
    }
    Err(ExplainError::Disagrees {
        settlement: posted.settlement,
        charge: posted.charge.clone(),
        subject: posted.subject.clone(),
        unit: posted.unit.clone(),
        recomputed: words(recomputed, currency),
        posted: words(posted, currency),
    })
}

fn words(figures: &Figures, currency: Currency) -> String {
    let code = currency.code();
    let paid = figures.paid.display(currency);
    let Some(owed) = &figures.owed else { return format!("{paid} {code} (no entitlement)") };
    let rate = owed.rate.map_or("differing rates".to_owned(), |rate| format!("rate {rate}"));
    let cut = owed.cut_by.as_ref().map_or(String::new(), |by| format!(", cut by `{by}`"));
    format!(
        "{paid} {code} (earned on {}, {} before limits, {} granted{cut}, {} days, quantity {}, {rate})",
        owed.earned_on,
        owed.amount.display(currency),
        owed.granted.display(currency),
        owed.days,
        owed.quantity
    )
}
