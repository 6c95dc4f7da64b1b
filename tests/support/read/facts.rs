//! The rows of all files of a programme.

use super::csv_file::{rows, rows_if_there};
use super::{goal, saving};
use crate::support::programme::*;
use std::path::Path;

pub fn facts(folder: &Path, contracts: Vec<Contract>) -> Programme {
    Programme {
        contracts,
        participants: rows(&folder.join("participants.csv"), "participant", |row, record| ParticipantRow {
            record,
            target_group: row.get("target_group"),
            enrolled_on: row.get("enrolled_on"),
            eligible_until: row.get("eligible_until"),
            traits: row.get("traits"),
        }),
        companies: rows(&folder.join("companies.csv"), "company", |row, record| CompanyRow {
            record,
            cvr: row.get("cvr"),
            name: row.get("name"),
            joined_on: row.get("joined_on"),
            left_on: row.get("left_on"),
        }),
        placements: rows(&folder.join("placements.csv"), "placement", |row, record| PlacementRow {
            record,
            participant: row.get("participant"),
            company: row.get("company"),
            placed_on: row.get("placed_on"),
        }),
        spells: rows(&folder.join("spells.csv"), "spell", |row, record| SpellRow {
            record,
            placement: row.get("placement"),
            participant: row.get("participant"),
            employer: row.get("employer"),
            kind: row.get("kind"),
            first_day: row.get("first_day"),
            last_day: row.get("last_day"),
            weekly_hours: row.get("weekly_hours"),
            evidence: row.get("evidence"),
        }),
        reports: rows_if_there(&folder.join("hours.csv"), "report", |row, record| ReportRow {
            record,
            placement: row.get("placement"),
            participant: row.get("participant"),
            employer: row.get("employer"),
            kind: row.get("kind"),
            month: row.get("month"),
            hours: row.get("hours"),
            earnings: row.get("earnings"),
            evidence: row.get("evidence"),
        }),
        measurements: rows_if_there(&folder.join("measurements.csv"), "measurement", |row, record| MeasurementRow {
            record,
            metric: row.get("metric"),
            cohort: row.get("cohort"),
            participant: row.get("participant"),
            first_day: row.get("first_day"),
            last_day: row.get("last_day"),
            value: row.get("value"),
            source: row.get("source"),
        }),
        suspensions: rows_if_there(&folder.join("suspensions.csv"), "suspension", |row, record| SuspensionRow {
            record,
            first_day: row.get("first_day"),
            last_day: row.get("last_day"),
            reason: row.get("reason"),
        }),
        checks: rows_if_there(&folder.join("validation.csv"), "check", |row, record| CheckRow {
            record,
            sample: row.get("sample"),
            charge: row.get("charge"),
            subject: row.get("subject"),
            unit: row.get("unit"),
            result: row.get("result"),
        }),
        benefits: rows_if_there(&folder.join("benefits.csv"), "benefit", saving::benefit),
        offers: rows_if_there(&folder.join("places.csv"), "offer", |row, record| OfferRow {
            record,
            centre: row.get("centre"),
            companies: row.get("companies"),
            places: row.get("places"),
            first_day: row.get("first_day"),
            last_day: row.get("last_day"),
        }),
        shown: rows_if_there(&folder.join("goals.csv"), "entry", goal::shown),
        indicators: rows_if_there(&folder.join("indicators.csv"), "indicator", goal::indicator),
    }
}
