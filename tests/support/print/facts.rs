//! The files of facts.

use crate::support::programme::*;

fn csv(header: &str, lines: impl Iterator<Item = Vec<String>>) -> String {
    let mut text = format!("{header}\n");
    for fields in lines {
        let fields: Vec<String> = fields.iter().map(|field| csv_field(field)).collect();
        text.push_str(&fields.join(","));
        text.push('\n');
    }
    text
}

fn csv_field(field: &str) -> String {
    if field.contains(['"', ',', '\n', '\r']) { format!("\"{}\"", field.replace('"', "\"\"")) } else { field.into() }
}

/// A whole row: contract and id, the row's own fields, and the three columns of the record.
fn row<const N: usize>(record: &Record, fields: [&String; N]) -> Vec<String> {
    let mut row = vec![record.contract.clone(), record.id.clone()];
    row.extend(fields.into_iter().cloned());
    row.extend([record.recorded_on.clone(), record.revision.clone(), record.void.clone()]);
    row
}

/// The column `traits` is left out where it is empty.
pub fn participants(rows: &[ParticipantRow]) -> String {
    if rows.iter().all(|r| r.traits.is_empty()) {
        return csv(
            "contract,participant,target_group,enrolled_on,eligible_until,recorded_on,revision,void",
            rows.iter().map(|r| row(&r.record, [&r.target_group, &r.enrolled_on, &r.eligible_until])),
        );
    }
    csv(
        "contract,participant,target_group,enrolled_on,eligible_until,traits,recorded_on,revision,void",
        rows.iter().map(|r| row(&r.record, [&r.target_group, &r.enrolled_on, &r.eligible_until, &r.traits])),
    )
}

pub fn companies(rows: &[CompanyRow]) -> String {
    csv(
        "contract,company,cvr,name,joined_on,left_on,recorded_on,revision,void",
        rows.iter().map(|r| row(&r.record, [&r.cvr, &r.name, &r.joined_on, &r.left_on])),
    )
}

pub fn placements(rows: &[PlacementRow]) -> String {
    csv(
        "contract,placement,participant,company,placed_on,recorded_on,revision,void",
        rows.iter().map(|r| row(&r.record, [&r.participant, &r.company, &r.placed_on])),
    )
}

pub fn spells(rows: &[SpellRow]) -> String {
    let fields = |r: &SpellRow| {
        let job = [&r.placement, &r.participant, &r.employer];
        let rest = [&r.kind, &r.first_day, &r.last_day, &r.weekly_hours, &r.evidence];
        row(&r.record, [job[0], job[1], job[2], rest[0], rest[1], rest[2], rest[3], rest[4]])
    };
    csv(
        "contract,spell,placement,participant,employer,kind,first_day,last_day,weekly_hours,evidence,recorded_on,\
         revision,void",
        rows.iter().map(fields),
    )
}

pub fn reports(rows: &[ReportRow]) -> String {
    let fields = |r: &ReportRow| {
        let job = [&r.placement, &r.participant, &r.employer];
        let rest = [&r.kind, &r.month, &r.hours, &r.earnings, &r.evidence];
        row(&r.record, [job[0], job[1], job[2], rest[0], rest[1], rest[2], rest[3], rest[4]])
    };
    csv(
        "contract,report,placement,participant,employer,kind,month,hours,earnings,evidence,recorded_on,revision,void",
        rows.iter().map(fields),
    )
}

/// The column `participant` is left out where it is empty.
pub fn measurements(rows: &[MeasurementRow]) -> String {
    if rows.iter().any(|r| !r.participant.is_empty()) {
        let fields = |r: &MeasurementRow| {
            let of = [&r.metric, &r.cohort, &r.participant];
            row(&r.record, [of[0], of[1], of[2], &r.first_day, &r.last_day, &r.value, &r.source])
        };
        return csv(
            "contract,measurement,metric,cohort,participant,first_day,last_day,value,source,recorded_on,revision,void",
            rows.iter().map(fields),
        );
    }
    csv(
        "contract,measurement,metric,cohort,first_day,last_day,value,source,recorded_on,revision,void",
        rows.iter().map(|r| row(&r.record, [&r.metric, &r.cohort, &r.first_day, &r.last_day, &r.value, &r.source])),
    )
}

pub fn suspensions(rows: &[SuspensionRow]) -> String {
    csv(
        "contract,suspension,first_day,last_day,reason,recorded_on,revision,void",
        rows.iter().map(|r| row(&r.record, [&r.first_day, &r.last_day, &r.reason])),
    )
}

pub fn checks(rows: &[CheckRow]) -> String {
    csv(
        "contract,check,sample,charge,subject,unit,result,recorded_on,revision,void",
        rows.iter().map(|r| row(&r.record, [&r.sample, &r.charge, &r.subject, &r.unit, &r.result])),
    )
}

pub fn benefits(rows: &[BenefitRow]) -> String {
    csv(
        "contract,benefit,participant,type,first_day,last_day,weekly,monthly,clock,recorded_on,revision,void",
        rows.iter()
            .map(|r| row(&r.record, [&r.participant, &r.kind, &r.first_day, &r.last_day, &r.weekly, &r.monthly, &r.clock])),
    )
}

pub fn offers(rows: &[OfferRow]) -> String {
    csv(
        "contract,offer,centre,companies,places,first_day,last_day,recorded_on,revision,void",
        rows.iter().map(|r| row(&r.record, [&r.centre, &r.companies, &r.places, &r.first_day, &r.last_day])),
    )
}

pub fn shown(rows: &[ShownRow]) -> String {
    csv(
        "contract,entry,goal,requirement,shown_on,result,evidence,recorded_on,revision,void",
        rows.iter().map(|r| row(&r.record, [&r.goal, &r.requirement, &r.shown_on, &r.result, &r.evidence])),
    )
}

pub fn indicators(rows: &[IndicatorRow]) -> String {
    let fields = |r: &IndicatorRow| {
        let of = [&r.name, &r.about, &r.first_day, &r.last_day];
        row(&r.record, [of[0], of[1], of[2], of[3], &r.value, &r.respondents, &r.text, &r.source])
    };
    csv(
        "contract,indicator,name,about,first_day,last_day,value,respondents,text,source,recorded_on,revision,void",
        rows.iter().map(fields),
    )
}
