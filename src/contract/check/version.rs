//! Versions of a contract: what may not change from one to the next (rule 10.5, mechanisms 9.2).

use crate::charge::{Charge, Dates, Mechanism};
use crate::contract::calendar::{Calendar, SettlementPeriod};
use crate::contract::terms::Contract;
use crate::measure::day::Day;
use crate::measure::diagnostic::{Code, Diagnostic, Place, quote};
use crate::measure::grid::Grid;
use crate::timeline::outcome::Per;
use std::mem::Discriminant;

/// What is wrong or odd about the versions of a contract as they follow one another, each with the version that it is said of.
/// Only versions that a settlement follows are held against one another: what was never in force binds nobody.
pub(crate) fn versions(contract: &Contract) -> Vec<(&Contract, Diagnostic)> {
    let mut found = Vec::new();
    if contract.versions.is_empty() && contract.agreed_on.is_none() {
        return found;
    }
    let periods = || Calendar::new(contract);
    if let (Some(agreed_on), Some(first)) = (contract.agreed_on, periods().next())
        && agreed_on > first.cut_off
    {
        let message = format!("no version was agreed on by the first cut-off {}: this one is of {agreed_on}", first.cut_off);
        let help = "add the contract as it was first signed, as a file with the same `id` and without `agreed_on`";
        found.push((contract, say(Code::NoVersion, "agreed_on", &message, help)));
    }
    let followed = contract.followed(Day::FAR);
    for ((_, before), (number, version)) in followed.iter().zip(followed.iter().skip(1)) {
        pair(before, version, *number, &mut |found_here| found.push((version, found_here)));
    }
    let last = periods().last().map_or(Day::FAR, |period| period.cut_off);
    for version in contract.all().filter(|version| !followed.iter().any(|(_, known)| std::ptr::eq(*known, *version))) {
        let late = version.agreed_on.filter(|agreed_on| *agreed_on > last);
        let message = match late {
            Some(agreed_on) => {
                format!("no settlement follows this version: it is of {agreed_on}, after the last cut-off {last}")
            }
            None => "no settlement follows this version: a later one was agreed on before the next cut-off".to_owned(),
        };
        let help = if late.is_some() {
            "if it is to be settled, raise `tail_periods` in it"
        } else {
            "it may stay for the record; nothing rests on it"
        };
        let path = if version.agreed_on.is_some() { "agreed_on" } else { "id" };
        found.push((version, say(Code::VersionNeverFollowed, path, &message, help)));
    }
    found
}

fn say(code: Code, path: &str, message: &str, help: &str) -> Diagnostic {
    let place = Place { field: Some(path.to_owned()), ..Place::default() };
    Diagnostic::new(code, place, message).help(help)
}

/// What `version`, which is followed from settlement `number` on, may not say otherwise than `before`.
fn pair(before: &Contract, version: &Contract, number: u32, found: &mut impl FnMut(Diagnostic)) {
    if version.currency != before.currency {
        let message =
            format!("settlements were made in {}; this version is in {}", before.currency.code(), version.currency.code());
        found(say(Code::VersionCurrency, "currency", &message, "a contract keeps its currency: sign a new one"));
    }
    calendar(before, version, number, found);
    for charge in &before.charges {
        kept(before, version, charge, found);
    }
    if before.invoicing.is_none() {
        return;
    }
    for payer in before.payers.iter().filter(|payer| !version.payers.iter().any(|kept| kept.id == payer.id)) {
        let message = format!("{} may have documents and is no payer any more", quote(payer.id.as_str()));
        let help = "keep the payer, with a share of \"0\": what it has paid too much is given back to it";
        found(say(Code::VersionPayer, "payer", &message, help));
    }
}

/// The calendar only grows (rule 10.5).
fn calendar(before: &Contract, version: &Contract, number: u32, found: &mut impl FnMut(Diagnostic)) {
    let (was, now) = (&before.settlement, &version.settlement);
    let path = if version.starts != before.starts {
        Some("starts")
    } else if now.every != was.every {
        Some("settlement.every")
    } else if now.reporting_days != was.reporting_days {
        Some("settlement.reporting_days")
    } else if version.ends < before.ends {
        Some("ends")
    } else if now.tail_periods < was.tail_periods {
        Some("settlement.tail_periods")
    } else {
        None
    };
    let help = "`starts`, `every` and `reporting_days` stay, `ends` and `tail_periods` may grow; what ends early says so by `valid`";
    if let Some(path) = path {
        let key = path.rsplit('.').next().unwrap_or(path);
        let message = format!("`{key}` is not what it was when settlement {} was made", number.saturating_sub(1));
        return found(say(Code::VersionCalendar, path, &message, help));
    }
    let made = (number as usize).saturating_sub(1);
    let unlike = Calendar::new(before).take(made).zip(Calendar::new(version)).find(|(made, now)| made != now);
    if let Some((made, now)) = unlike {
        let message = format!(
            "settlement {} was made for {} to {}; this version gives it {} to {}",
            made.number, made.days.first, made.days.last, now.days.first, now.days.last
        );
        return found(say(Code::VersionCalendar, "ends", &message, help));
    }
    // Where the one before still has a period, another one may not be cut off before the version was agreed on.
    let early = |(was, now): &(SettlementPeriod, SettlementPeriod)| {
        was != now && version.agreed_on.is_some_and(|agreed_on| now.cut_off < agreed_on)
    };
    if let Some((_, now)) = Calendar::new(before).zip(Calendar::new(version)).find(early) {
        let message = format!(
            "this version gives settlement {} the cut-off {}, before the day on which it was agreed",
            now.number, now.cut_off
        );
        found(say(Code::VersionCalendar, "ends", &message, help));
    }
}

/// A charge keeps its id, and what it pays for keeps its names (rule 10.5).
fn kept(before: &Contract, version: &Contract, charge: &Charge, found: &mut impl FnMut(Diagnostic)) {
    let id = quote(charge.id.as_str());
    let Some((nth, now)) = version.charges.iter().enumerate().find(|(_, kept)| kept.id == charge.id) else {
        let message = format!("this version has no charge {id}, under which the version before pays");
        let help = "a charge keeps its id: end it by `valid` in its rates, or give it an `amount` of 0";
        return found(say(Code::VersionCharge, "charge", &message, help));
    };
    if form(before, charge) != form(version, now) {
        let message = format!("charge {id} pays for something else than in the version before: its units have other names");
        let help =
            "give the new terms an id of their own; end the old ones by `valid` in their rates, or with an `amount` of 0";
        found(say(Code::VersionCharge, &format!("charge[{nth}]"), &message, help));
    }
}

/// What the names of a charge's units go by: its type, the unit of time, whether companies are looked at apart, whether each
/// participant has a date of its own.
fn form(contract: &Contract, charge: &Charge) -> (Discriminant<Mechanism>, Option<Grid>, bool, bool) {
    let unit = match &charge.mechanism {
        Mechanism::Period(period) => Some(period.unit),
        _ => None,
    };
    let outcome = charge.mechanism.outcome().and_then(|id| contract.outcome(id));
    let own_dates = charge.mechanism.dates().is_some_and(Dates::are_own);
    let per_company = outcome.is_some_and(|outcome| outcome.per == Per::Company);
    (std::mem::discriminant(&charge.mechanism), unit, per_company, own_dates)
}
