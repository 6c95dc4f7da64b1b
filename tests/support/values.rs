//! A programme of the tests as the library's values, as an embedding program would build them: no file is written or read.

mod charge;
mod facts;
mod figure;
mod gate;
mod goal;
mod saving;
mod told;

pub use facts::facts;

use super::output::{Output, PostingRow, SettlementRow};
use super::programme as p;
use effekt::charge::dates::{After, Dates};
use effekt::contract::{Bookkeeping, Bound, Cohort, Limit, LimitWindow, Payer, Scope, SettlementTerms, Units, Version};
use effekt::ledger::earlier::Made;
use effekt::ledger::{Ledger, Settlement};
use effekt::measure::grid::Every;
use effekt::measure::money::{Exact, Rounding};
use effekt::measure::number;
use effekt::measure::ratio::Ratio;
use effekt::timeline::outcome::{Anchor, Companies, Length, NewJobs, Outcome, Per, Window};
use effekt::timeline::payroll::{Payroll, Spread, Weekly};
use effekt::{Contract, Currency, Day, Id, Money, Span};
use rust_decimal::Decimal;
use std::collections::BTreeSet;

/// Settles every contract of a programme by value.
pub fn settle(programme: &p::Programme, as_of: &str, ledger: Option<&Output>) -> Output {
    let mut output = Output::default();
    let as_of = day(as_of);
    let ids: BTreeSet<&str> = programme.contracts.iter().map(|contract| contract.id.as_str()).collect();
    // What a ledger holds of a contract that is not read today stands unchanged (rule 10.4).
    let today = |id: &str| programme.contracts.iter().any(|contract| contract.id == id);
    if let Some(ledger) = ledger {
        output.settlements.extend(ledger.settlements.iter().filter(|row| !today(&row.contract)).cloned());
        output.postings.extend(ledger.postings.iter().filter(|row| !today(&row.contract)).cloned());
    }
    for id in ids {
        let (contract, facts) = (in_versions(programme, id), facts(programme, id, as_of));
        let made = ledger.map(|output| of_contract(output, &contract)).unwrap_or_default();
        if let Some(output_of_ledger) = ledger {
            output.settlements.extend(output_of_ledger.settlements.iter().filter(|row| row.contract == id).cloned());
            output.postings.extend(output_of_ledger.postings.iter().filter(|row| row.contract == id).cloned());
        }
        let settlements = effekt::ledger::settle::resume(&contract, &facts, as_of, &made).0;
        settlements.for_each(|settlement| add(&mut output, &contract, &settlement));
    }
    output.settlements.sort_by(|a, b| a.contract.cmp(&b.contract));
    output.postings.sort_by(|a, b| a.contract.cmp(&b.contract));
    output
}

fn add(output: &mut Output, contract: &Contract, settlement: &Settlement<'_>) {
    let (period, currency) = (settlement.period, contract.currency);
    output.settlements.push(SettlementRow {
        contract: contract.id.to_string(),
        settlement: period.number,
        first_day: period.days.first.to_string(),
        last_day: period.days.last.to_string(),
        cut_off: period.cut_off.to_string(),
        total: settlement.total().display(currency).to_string(),
    });
    output.postings.extend(settlement.postings().map(|posting| PostingRow {
        contract: contract.id.to_string(),
        settlement: posting.settlement,
        charge: posting.charge.to_owned(),
        subject: posting.subject.to_owned(),
        unit: posting.unit.to_string(),
        posting: if posting.corrects.is_some() { "correction" } else { "earning" }.to_owned(),
        earned_on: posting.earned_on.to_string(),
        quantity: posting.quantity.to_string(),
        rate: posting.rate.map(|rate| rate.to_string()).unwrap_or_default(),
        amount: posting.amount.display(currency).to_string(),
        corrects: posting.corrects.map(|first| first.to_string()).unwrap_or_default(),
        cut: posting.cut.map(|(cut, _)| cut.display(currency).to_string()).unwrap_or_default(),
        cut_by: posting.cut.map(|(_, by)| by.to_owned()).unwrap_or_default(),
    }));
}

fn of_contract(output: &Output, contract: &Contract) -> Ledger {
    let mut ledger = Ledger::default();
    ledger.decimals = contract.currency.decimals();
    for row in output.settlements.iter().filter(|row| contract.id == *row.contract) {
        let days = Span { first: day(&row.first_day), last: day(&row.last_day) };
        let period = effekt::contract::SettlementPeriod { number: row.settlement, days, cut_off: day(&row.cut_off) };
        ledger.settlements.push(period);
        ledger.totals.push(money(&row.total, contract.currency).into());
    }
    for row in output.postings.iter().filter(|row| contract.id == *row.contract) {
        let cut = (!row.cut.is_empty()).then(|| (money(&row.cut, contract.currency), ledger.name(&row.cut_by)));
        let made = Made {
            settlement: row.settlement,
            charge: ledger.name(&row.charge),
            subject: ledger.name(&row.subject),
            unit: ledger.name(&row.unit),
            earned_on: day(&row.earned_on),
            quantity: ledger.name(&row.quantity),
            rate: ledger.name(&row.rate),
            amount: money(&row.amount, contract.currency),
            corrects: row.corrects.parse().unwrap_or(0),
            cut,
        };
        ledger.postings.push(made);
    }
    ledger
}

fn day(text: &str) -> Day {
    Day::parse(text).unwrap()
}

fn open(text: &str) -> Option<Day> {
    (!text.is_empty()).then(|| day(text))
}

fn id(text: &str) -> Id {
    Id::name(text)
}

fn ids(texts: &[String]) -> Vec<Id> {
    texts.iter().map(|text| id(text)).collect()
}

fn decimal(text: &str) -> Decimal {
    number::parse(text).unwrap()
}

fn money(text: &str, currency: Currency) -> Money {
    let size = Exact::of(decimal(text.trim_start_matches('-'))).round(currency, Rounding::HalfEven);
    if text.starts_with('-') { -size } else { size }
}

fn count(n: i64) -> u32 {
    u32::try_from(n).unwrap()
}

fn at(day: super::day::Day) -> Day {
    Day::parse(&day.to_string()).unwrap()
}

/// A contract with its later versions, in the order in which they were agreed (mechanisms 9.2).
pub fn in_versions(programme: &p::Programme, id: &str) -> Contract {
    let mut versions: Vec<&p::Contract> = programme.contracts.iter().filter(|contract| contract.id == id).collect();
    versions.sort_by_key(|version| version.agreed_on);
    let later = |terms: &&p::Contract| Version { terms: contract(terms), changes: Vec::new() };
    Contract { versions: versions[1..].iter().map(later).collect(), ..contract(versions[0]) }
}

pub fn contract(terms: &p::Contract) -> Contract {
    let cohort = terms.cohort.clone().unwrap_or_default();
    let currency = Currency::parse(&terms.currency).unwrap();
    Contract {
        id: id(&terms.id),
        agreed_on: terms.agreed_on.map(at),
        versions: Vec::new(),
        title: terms.title.clone(),
        currency,
        starts: at(terms.starts),
        ends: at(terms.ends),
        rounding: terms.rounding.map_or(Rounding::HalfAwayFromZero, rounding),
        kinds: ids(&terms.kinds),
        settlement: SettlementTerms {
            every: grid(terms.settlement.every),
            reporting_days: count(terms.settlement.reporting_days),
            tail_periods: count(terms.settlement.tail_periods.unwrap_or(0)),
            payment_days: count(terms.settlement.payment_days.unwrap_or(30)),
            confirm_days: terms.settlement.confirm_days.map(count),
        },
        cohort: Cohort {
            target_groups: cohort.target_groups.as_deref().map(ids),
            enrol_from: cohort.enrol_from.map(at),
            enrol_until: cohort.enrol_until.map(at),
            max_participants: cohort.max_participants.map(count),
        },
        saving: terms.saving.as_ref().map(saving::reckoned),
        payers: terms.payers.iter().map(|terms| payer(terms, currency)).collect(),
        payee: None,
        outcomes: terms.outcomes.iter().map(|one| outcome(one, terms.payroll.map(payroll))).collect(),
        figures: terms.figures.iter().map(figure::figure).collect(),
        gates: terms.gates.iter().map(gate::gate).collect(),
        goals: terms.goals.iter().map(goal::goal).collect(),
        indices: terms.indices.iter().map(charge::index).collect(),
        charges: terms.charges.iter().map(|terms| charge::charge(terms, currency)).collect(),
        limits: terms.limits.iter().map(|terms| limit(terms, currency)).collect(),
        invoicing: None,
        bookkeeping: Bookkeeping::default(),
    }
}

fn grid(every: p::Every) -> Every {
    match every {
        p::Every::Month => Every::Month,
        p::Every::Quarter => Every::Quarter,
        p::Every::HalfYear => Every::HalfYear,
        p::Every::Year => Every::Year,
    }
}

/// Where one of the two is left out it is as far away as days go.
fn days((from, until): (Option<super::day::Day>, Option<super::day::Day>)) -> Span {
    Span { first: from.map_or(Day::from_number(1), at), last: until.map_or(Day::FAR, at) }
}

fn dates(terms: &p::Dates) -> Dates {
    match terms {
        p::Dates::On(on) => Dates::On(on.iter().copied().map(at).collect()),
        p::Dates::Every(every) => Dates::Every(grid(*every)),
        p::Dates::After { from, length: after } => {
            Dates::After(After { from: anchor(from), length: after.map_or(Length::Days(0), length) })
        }
    }
}

fn anchor(from: &p::Anchor) -> Anchor {
    match from {
        p::Anchor::Enrolment => Anchor::Enrolment,
        p::Anchor::Placement => Anchor::Placement,
        p::Anchor::FirstDay => Anchor::FirstDay,
        p::Anchor::Charge { charge, step } => Anchor::Charge { charge: id(charge), step: count(step.unwrap_or(1)) },
    }
}

fn payer(terms: &p::Payer, currency: Currency) -> Payer {
    let share = terms.share.as_deref().map_or(Decimal::ONE, decimal);
    Payer {
        id: id(&terms.id),
        name: terms.name.clone(),
        cvr: None,
        gln: None,
        share,
        at_most: terms.at_most.as_deref().map(|most| money(most, currency)),
        reference: None,
        order: None,
        account: None,
        address: None,
        contact: None,
    }
}

fn length(terms: p::Length) -> Length {
    match terms {
        p::Length::Days(n) => Length::Days(count(n)),
        p::Length::Weeks(n) => Length::Days(count(n) * 7),
        p::Length::Months(n) => Length::Months(count(n)),
    }
}

fn payroll(terms: p::Payroll) -> Payroll {
    Payroll {
        weekly: match terms.weekly {
            p::Weekly::Average => Weekly::Average,
            p::Weekly::CalendarDays => Weekly::CalendarDays,
        },
        spread: match terms.spread {
            p::Spread::MonthEnd => Spread::MonthEnd,
            p::Spread::CalendarDays => Spread::CalendarDays,
            p::Spread::Weekdays => Spread::Weekdays,
        },
    }
}

fn outcome(terms: &p::Outcome, payroll: Option<Payroll>) -> Outcome {
    Outcome {
        id: id(&terms.id),
        kinds: ids(&terms.kinds),
        min_weekly_hours: terms.min_weekly_hours.as_deref().map(decimal).unwrap_or_default(),
        companies: if terms.participating { Companies::Participating } else { Companies::Any },
        per: if terms.per_company { Per::Company } else { Per::Participant },
        max_gap_days: count(terms.max_gap_days.unwrap_or(0)),
        max_gap_total: terms.max_gap_total.map(count),
        new_jobs_only: match terms.new_jobs {
            p::NewJobs::OrOld => NewJobs::Any,
            p::NewJobs::Only => NewJobs::Only,
            p::NewJobs::OrMoreHours => NewJobs::OrMoreHours,
        },
        payroll: payroll.filter(|_| terms.payroll),
        evidence_required: terms.evidence_required,
        except_kinds: terms.except_kinds.as_deref().map(ids).unwrap_or_default(),
        skip_days: count(terms.skip_days.unwrap_or(0)),
        same_employer: terms.same_employer,
        window: terms.window.as_ref().map(|window| Window { from: anchor(&window.from), length: length(window.length) }),
    }
}

fn rounding(terms: p::Rounding) -> Rounding {
    match terms {
        p::Rounding::HalfAwayFromZero => Rounding::HalfAwayFromZero,
        p::Rounding::HalfEven => Rounding::HalfEven,
        p::Rounding::Up => Rounding::Up,
        p::Rounding::Down => Rounding::Down,
    }
}

fn limit(terms: &p::Limit, currency: Currency) -> Limit {
    Limit {
        id: id(&terms.id),
        scope: match terms.scope {
            p::Scope::Participant => Scope::Participant,
            p::Scope::Company => Scope::Company,
            p::Scope::Contract => Scope::Contract,
        },
        window: match terms.window {
            p::LimitWindow::Total => LimitWindow::Total,
            p::LimitWindow::CalendarYear => LimitWindow::CalendarYear,
            p::LimitWindow::SettlementPeriod => LimitWindow::SettlementPeriod,
        },
        bound: match &terms.units {
            Some(p::Units::Keys(most)) => Bound::Units(Units::Number(count(*most))),
            Some(p::Units::Share { share, of }) => {
                Bound::Units(Units::Share { share: Ratio::parse(share).unwrap(), of: id(of) })
            }
            None if terms.floor => Bound::Floor(money(&terms.amount, currency)),
            None => Bound::Amount(money(&terms.amount, currency)),
        },
        charges: terms.charges.as_deref().map(ids),
    }
}
