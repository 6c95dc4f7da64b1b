//! A programme of the tests as the library's values, as an embedding program would build them: no file is written or read.

mod gate;
mod saving;
mod told;

use super::output::{Output, PostingRow, SettlementRow};
use super::programme as p;
use effekt::charge::{
    Charge, ChargePayer, Fixed, Measured, Mechanism, Milestone, OwedBy, Period, RateCard, RateRow, Requirement,
    adjust::{Adjust, By},
    band::{Band, Edge, Pricing, Rise, Scale},
    conditions::{Conditions, ElapsedBand, HoursBand, StepBand},
    dates::{After, Dates},
    delay::Delay,
    fixed::FixedPer,
    index::Index,
    milestone::{Mode, Then},
    period::Pay,
};
use effekt::contract::{Bookkeeping, Bound, Cohort, Limit, LimitWindow, Payer, Scope, SettlementTerms, Units, Version};
use effekt::facts::{Company, Fact, Facts, History, Job, Measurement, Participant, Placement, Report, Row, Spell};
use effekt::figure::{
    self as figures, Among, Compare, Count, Counted, Figure, Form, Metric, Part, Sample, Sum, Tally, Value,
};
use effekt::ledger::earlier::Made;
use effekt::ledger::{Ledger, Settlement};
use effekt::measure::grid::{Every, Grid};
use effekt::measure::money::{Exact, Round, Rounding};
use effekt::measure::number;
use effekt::measure::ratio::Ratio;
use effekt::timeline::outcome::{Anchor, Companies, Length, NewJobs, Outcome, Per, Window};
use effekt::timeline::payroll::{Payroll, Spread, Tallied, Weekly};
use effekt::timeline::tally::Needed;
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
        figures: terms.figures.iter().map(figure).collect(),
        goals: Vec::new(),
        gates: terms.gates.iter().map(gate::gate).collect(),
        indices: terms.indices.iter().map(index).collect(),
        charges: terms.charges.iter().map(|terms| charge(terms, currency)).collect(),
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

fn figure(terms: &p::Figure) -> Figure {
    let form = match &terms.form {
        p::Form::Metric { metric, cohort, window, per_participant } => Form::Metric(Metric {
            metric: id(metric),
            cohort: cohort.as_deref().map(id),
            window: figure_window(*window),
            per_participant: *per_participant,
        }),
        p::Form::Count { of, among: who, window } => {
            let of = match of {
                p::Counted::Participants => Counted::Participants,
                p::Counted::Companies => Counted::Companies,
                p::Counted::Reached { charge, step } => Counted::Reached { charge: id(charge), step: step.map(count) },
                p::Counted::Units { charge } => Counted::Units { charge: id(charge) },
            };
            Form::Count(Count { of, among: among(who), window: figure_window(*window) })
        }
        p::Form::Granted { charges, window } => {
            Form::Granted(figures::Granted { charges: ids(charges), window: figure_window(*window) })
        }
        p::Form::Tally { outcome, among: who, window, per_participant } => Form::Tally(Tally {
            of: figures::Tallied::Days,
            outcome: id(outcome),
            among: among(who),
            window: figure_window(*window),
            per_participant: *per_participant,
        }),
        p::Form::Saving { of, among: who, window, per_participant } => {
            Form::Saving(saving::figure(*of, (among(who), figure_window(*window), *per_participant)))
        }
        p::Form::Value(value) => Form::Value(Value { value: Ratio::parse(value).unwrap() }),
        p::Form::Compare { of, with, by } => {
            let by = match by {
                p::Comparison::Difference => figures::By::Difference,
                p::Comparison::Ratio => figures::By::Ratio,
                p::Comparison::Percent => figures::By::Percent,
                p::Comparison::PercentChange => figures::By::PercentChange,
                p::Comparison::PercentFall => figures::By::PercentFall,
            };
            Form::Compare(Compare { of: id(of), with: id(with), by })
        }
        p::Form::Sample(sample) => Form::Sample(Sample { sample: id(sample) }),
        p::Form::Sum(parts) => {
            let weight = |weight: &Option<String>| Ratio::parse(weight.as_deref().unwrap_or("1")).unwrap();
            let part = |(figure, of): &(String, Option<String>)| Part { figure: id(figure), weight: weight(of) };
            Form::Sum(Sum { parts: parts.iter().map(part).collect() })
        }
    };
    Figure { id: id(&terms.id), form, decimals: terms.decimals }
}

fn figure_window(window: p::FigureWindow) -> figures::Window {
    match window {
        p::FigureWindow::Total => figures::Window::Total,
        p::FigureWindow::CalendarYear => figures::Window::CalendarYear,
        p::FigureWindow::SinceLast => figures::Window::SinceLast,
    }
}

fn among(terms: &p::Among) -> Among {
    Among {
        target_groups: terms.target_groups.as_deref().map(ids),
        traits: terms.traits.as_deref().map(ids),
        enrolled: terms.enrolled.map(days),
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

fn scale(price: &p::Price) -> Scale {
    match price {
        p::Price::Each(each) => Scale::each(decimal(each)),
        p::Price::Bands { pricing, bands } => Scale {
            pricing: match pricing {
                None | Some(p::Pricing::Level) => Pricing::Level,
                Some(p::Pricing::Marginal) => Pricing::Marginal,
                Some(p::Pricing::Whole) => Pricing::Whole,
            },
            bands: bands.iter().map(band).collect(),
        },
        p::Price::Amount(_) | p::Price::Card(_) => panic!("a measured charge has bands, or an `each`"),
    }
}

fn band(terms: &p::Band) -> Band {
    let edge = |inside: &Option<String>, outside: &Option<String>| {
        let edge = |text: &str, within: bool| Edge { at: decimal(text), within };
        let inside = inside.as_deref().map(|text| edge(text, true));
        inside.or(outside.as_deref().map(|text| edge(text, false)))
    };
    let rise = match (&terms.each, &terms.to_amount) {
        (Some(each), _) => Rise::Each(decimal(each)),
        (None, Some(to)) => Rise::To(decimal(to)),
        (None, None) => Rise::None,
    };
    Band {
        lower: edge(&terms.from, &terms.above),
        upper: edge(&terms.up_to, &terms.below),
        amount: terms.amount.as_deref().map(decimal).unwrap_or_default(),
        rise,
        owed_by: owed_by(terms.owed_back),
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

fn tally(of: p::Tally) -> Tallied {
    match of {
        p::Tally::Hours => Tallied::Hours,
        p::Tally::Earnings => Tallied::Earnings,
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

fn charge(terms: &p::Charge, currency: Currency) -> Charge {
    let mechanism = match &terms.what {
        p::What::Fixed { dates: terms, per } => Mechanism::Fixed(Fixed {
            dates: dates(terms),
            per: match per {
                p::Per::Contract => FixedPer::Contract,
                p::Per::Company => FixedPer::Company,
                p::Per::Participant => FixedPer::Participant,
            },
        }),
        p::What::Milestone(terms) => Mechanism::Milestone(Milestone {
            outcome: id(&terms.outcome),
            mode: match terms.mode {
                p::Mode::Cumulative => Mode::Cumulative,
                p::Mode::Continuous => Mode::Continuous,
                p::Mode::OnDay => Mode::OnDay,
            },
            after: match &terms.after {
                p::After::Lasting(time) => length(*time).into(),
                p::After::Tallied(of, amount) => Needed::Sum(tally(*of), decimal(amount)),
            },
            then: terms.then.map(|then| Then { every: length(then.every), times: count(then.times) }),
            repeat: count(terms.repeat.unwrap_or(0)),
            within: terms.within.map(length),
            min_days: terms.min_days.map(count),
        }),
        p::What::Period { outcome, unit, min_days, prorate, by, max_units } => Mechanism::Period(Period {
            outcome: id(outcome),
            unit: match unit {
                p::Unit::Day => Grid::Day,
                p::Unit::Week => Grid::Week,
                p::Unit::Month => Grid::Month,
                p::Unit::Quarter => Grid::Quarter,
                p::Unit::HalfYear => Grid::HalfYear,
                p::Unit::Year => Grid::Year,
                p::Unit::Weeks(n) => Grid::pieces(u16::try_from(*n).unwrap()),
            },
            pay: match by {
                Some(of) => Pay::By(tally(*of)),
                None if *prorate => Pay::Prorated,
                None => Pay::Full { min_days: count(min_days.unwrap_or(1)) },
            },
            max_units: max_units.map(count),
        }),
        p::What::Measured { figure, times, dates: terms_of, per_participant, cumulative } => Mechanism::Measured(Measured {
            figure: id(figure),
            scale: scale(&terms.price),
            times: ids(times),
            dates: dates(terms_of),
            per_participant: *per_participant,
            cumulative: *cumulative,
        }),
    };
    let rates = match &terms.price {
        p::Price::Amount(amount) => RateCard::flat(decimal(amount)),
        p::Price::Card(rows) => RateCard { rows: rows.iter().map(rate).collect() },
        p::Price::Each(_) | p::Price::Bands { .. } => match &mechanism {
            Mechanism::Measured(terms) => terms.rates(),
            other => panic!("{other:?} has no bands"),
        },
    };
    Charge {
        id: id(&terms.id),
        clause: terms.clause.clone(),
        rates,
        mechanism,
        owed_by: owed_by(terms.owed_back),
        adjust: terms.adjust.iter().map(|terms| adjust(terms, currency)).collect(),
        round: terms.round.as_ref().map(|terms| round(terms, currency)),
        delay: terms.delay.map(delay),
        payers: (!terms.payers.is_empty()).then(|| terms.payers.iter().map(charge_payer).collect()),
        requires: terms.requires.iter().map(|name| requirement(name)).collect(),
        variant: terms.variant.as_deref().map(id),
        text: None,
        vat: None,
        account: None,
    }
}

fn owed_by(back: bool) -> OwedBy {
    if back { OwedBy::Payee } else { OwedBy::Payers }
}

fn requirement(name: &str) -> Requirement {
    let (charge, step) = name.split_once('/').map_or((name, None), |(charge, step)| (charge, Some(step)));
    let number = |step: &str| step.trim_start_matches("step-").parse().unwrap();
    Requirement { charge: id(charge), step: step.map(number) }
}

fn rate(terms: &p::Rate) -> RateRow {
    RateRow { amount: decimal(&terms.amount), when: when(&terms.when) }
}

fn rounding(terms: p::Rounding) -> Rounding {
    match terms {
        p::Rounding::HalfAwayFromZero => Rounding::HalfAwayFromZero,
        p::Rounding::HalfEven => Rounding::HalfEven,
        p::Rounding::Up => Rounding::Up,
        p::Rounding::Down => Rounding::Down,
    }
}

/// Without `to` it is the minor unit.
fn round(terms: &p::Round, currency: Currency) -> Round {
    let minor = Round::minor(Rounding::Up).to;
    Round { to: terms.to.as_deref().map_or(minor, |to| money(to, currency)), mode: terms.mode.map(rounding) }
}

fn adjust(terms: &p::Adjust, currency: Currency) -> Adjust {
    let by = terms.by.as_ref().map(|by| match by {
        p::By::Factor(factor) => By::Factor(Ratio::parse(factor).unwrap()),
        p::By::Index(index) => By::Index(id(index)),
    });
    Adjust { by, when: when(&terms.when), round: terms.round.as_ref().map(|terms| round(terms, currency)) }
}

fn delay(terms: p::Delay) -> Delay {
    match terms {
        p::Delay::Of(p::Length::Days(n)) => Delay::Days(count(n)),
        p::Delay::Of(p::Length::Weeks(n)) => Delay::Days(7 * count(n)),
        p::Delay::Of(p::Length::Months(n)) => Delay::Months(count(n)),
        p::Delay::Weekdays(n) => Delay::Weekdays(count(n)),
        p::Delay::BankDays(n) => Delay::BankDays(count(n)),
    }
}

fn charge_payer(terms: &p::ChargePayer) -> ChargePayer {
    ChargePayer { id: id(&terms.id), share: decimal(&terms.share) }
}

fn index(terms: &p::Index) -> Index {
    Index {
        id: id(&terms.id),
        metric: id(&terms.metric),
        base: Grid::Month.cell(day(&format!("{}-01", terms.base))),
        every: grid(terms.every),
        lag_months: count(terms.lag_months.unwrap_or(0)),
    }
}

fn when(terms: &p::When) -> Conditions {
    Conditions {
        kinds: terms.kinds.as_deref().map(ids),
        target_groups: terms.target_groups.as_deref().map(ids),
        traits: terms.traits.as_deref().map(ids),
        steps: terms.steps.map(|(from, below)| StepBand { from: count(from), below: count(below) }),
        hours: terms.hours.as_ref().map(|(from, below)| HoursBand {
            from: from.as_deref().map(decimal).unwrap_or_default(),
            below: below.as_deref().map_or(Decimal::MAX, decimal),
        }),
        elapsed: terms.elapsed.map(|(from, below)| ElapsedBand {
            from_month: from.map_or(0, count),
            below_month: below.map_or(u32::MAX, count),
        }),
        valid: terms.valid.map(days),
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

pub fn facts(programme: &p::Programme, contract: &str, as_of: Day) -> Facts {
    let participant = |row: &p::ParticipantRow| Participant {
        target_group: id(&row.target_group),
        enrolled_on: day(&row.enrolled_on),
        eligible_until: open(&row.eligible_until),
        traits: row.traits.split(' ').filter(|one| !one.is_empty()).map(id).collect(),
    };
    let company = |row: &p::CompanyRow| Company {
        cvr: None,
        name: None,
        joined_on: open(&row.joined_on),
        left_on: open(&row.left_on),
    };
    let placement = |row: &p::PlacementRow| Placement {
        participant: id(&row.participant),
        company: id(&row.company),
        placed_on: day(&row.placed_on),
    };
    let job = |placement: &str, participant: &str, employer: &str| match placement {
        "" => Job::Outside { participant: id(participant), employer: id(employer) },
        placement => Job::Placement(id(placement)),
    };
    let spell = |row: &p::SpellRow| Spell {
        job: job(&row.placement, &row.participant, &row.employer),
        kind: id(&row.kind),
        first_day: day(&row.first_day),
        last_day: open(&row.last_day),
        weekly_hours: decimal(&row.weekly_hours),
        evidence: (!row.evidence.is_empty()).then(|| row.evidence.as_str().into()),
    };
    let number = |text: &str| (!text.is_empty()).then(|| decimal(text));
    let report = |row: &p::ReportRow| Report {
        job: job(&row.placement, &row.participant, &row.employer),
        kind: id(&row.kind),
        month: Grid::Month.cell(day(&format!("{}-01", row.month))).span(),
        hours: number(&row.hours),
        earnings: number(&row.earnings),
        evidence: (!row.evidence.is_empty()).then(|| row.evidence.as_str().into()),
    };
    let measurement = |row: &p::MeasurementRow| Measurement {
        metric: id(&row.metric),
        cohort: (!row.cohort.is_empty()).then(|| id(&row.cohort)),
        participant: (!row.participant.is_empty()).then(|| id(&row.participant)),
        days: Span { first: day(&row.first_day), last: day(&row.last_day) },
        value: number::parse_signed(&row.value).unwrap(),
        source: None,
    };
    Facts {
        participants: history(&programme.participants, contract, as_of, |row| &row.record, participant),
        companies: history(&programme.companies, contract, as_of, |row| &row.record, company),
        placements: history(&programme.placements, contract, as_of, |row| &row.record, placement),
        spells: history(&programme.spells, contract, as_of, |row| &row.record, spell),
        reports: history(&programme.reports, contract, as_of, |row| &row.record, report),
        measurements: history(&programme.measurements, contract, as_of, |row| &row.record, measurement),
        suspensions: history(&programme.suspensions, contract, as_of, |row| &row.record, told::suspension),
        validations: history(&programme.checks, contract, as_of, |row| &row.record, |row| told::check(programme, row)),
        benefits: history(&programme.benefits, contract, as_of, |row| &row.record, saving::benefit),
    }
}

fn history<R, T: Fact>(
    rows: &[R],
    contract: &str,
    as_of: Day,
    record: fn(&R) -> &p::Record,
    fact: impl Fn(&R) -> T,
) -> History<T> {
    let rows = rows.iter().filter(|row| record(row).contract == contract && day(&record(row).recorded_on) <= as_of);
    let rows = rows.map(|row| Row {
        id: id(&record(row).id),
        recorded_on: day(&record(row).recorded_on),
        revision: record(row).revision.parse().unwrap_or(0),
        fact: (record(row).void != "true").then(|| fact(row)),
        line: 0,
    });
    History::new(rows.collect()).unwrap()
}
