//! `targets.csv`: targets against results, settlement by settlement (goals 4).

use crate::contract::SettlementPeriod;
use crate::figure::goal::State;
use crate::measure::id::Id;
use crate::measure::ratio::Ratio;
use crate::statement::targets::{Evidence, Target};

/// The header of `targets.csv`.
pub const TARGETS: [&str; 9] =
    ["contract", "settlement", "goal", "requirement", "target", "result", "degree", "state", "evidence"];

/// The rows of a settlement, in the order of its goals.
#[must_use]
pub fn rows(contract: &Id, period: SettlementPeriod, targets: &[Target<'_>]) -> Vec<[String; 9]> {
    let row = |one: &Target<'_>| {
        [
            contract.to_string(),
            period.number.to_string(),
            one.goal.id.to_string(),
            one.requirement.map_or_else(|| "-".to_owned(), |requirement| requirement.id.to_string()),
            one.target.map(|target| target.to_string()).unwrap_or_default(),
            one.result.map(|result| result.shown(6).to_string()).unwrap_or_default(),
            one.degree.map(degree).unwrap_or_default(),
            one.state.map(State::name).unwrap_or_default().to_owned(),
            one.evidence.iter().map(evidence).collect::<Vec<String>>().join("; "),
        ]
    };
    targets.iter().map(row).collect()
}

/// A degree with its one decimal, half away from zero; what it says of being met the state says by the exact value.
#[must_use]
pub fn degree(degree: Ratio) -> String {
    let mut shown = degree.shown(1);
    shown.rescale(1);
    shown.to_string()
}

fn evidence(one: &Evidence<'_>) -> String {
    match one {
        Evidence::Entry { id, text, .. } => format!("{id}: {text}"),
        Evidence::Figure { id, measurement: Some(measurement) } => format!("{id}: {measurement}"),
        Evidence::Figure { id, measurement: None } | Evidence::Goal(id) => id.to_string(),
    }
}

/// The file.
///
/// # Errors
/// None that memory could give.
pub fn file(rows: &[[String; 9]]) -> std::io::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(TARGETS)?;
    rows.iter().try_for_each(|row| writer.write_record(row))?;
    writer.into_inner().map_err(|error| std::io::Error::other(error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_degree_has_one_decimal_and_is_rounded_half_away_from_zero() {
        let printed = |text| degree(Ratio::parse(text).unwrap());
        assert_eq!(
            ["99.96", "99.95", "99.949", "0", "500/7", "40"].map(printed),
            ["100.0", "100.0", "99.9", "0.0", "71.4", "40.0"]
        );
    }
}
