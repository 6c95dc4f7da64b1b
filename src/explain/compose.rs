//! The answer, settlement by settlement.

use super::change::{Posting, change};
use super::check::{Figures, OwedFigures, agree};
use super::group::{self, Piece};
use super::posted::{Histories, History, Said, take};
use super::queue::{Queue, grants, shares};
use super::room::{Grant, Rooms, Taken, Whose};
use super::room_told::rooms;
use super::study::{Desk, Local, Member, Study};
use super::tree::{
    Change, Chapter, ChargeName, Cut, Explanation, Followed, Item, Part, RoomUse, UnitKind, Units, Unpaid, Whom,
};
use super::version::{followed, renumber};
use super::{ExplainError, Question, rows, slice, tell};
use crate::charge::Unit;
use crate::contract::{Calendar, Contract, SettlementPeriod};
use crate::entitlement::Plan;
use crate::facts::Facts;
use crate::facts::roster::Roster;
use crate::ledger::entry::Subject;
use crate::ledger::settle;
use crate::measure::day::{Day, Span};
use crate::measure::money::{Money, Total};
use std::collections::{BTreeMap, BTreeSet};

type Grants = BTreeMap<(Subject, Local), Grant>;

/// Explains from the facts given; those of one participant are enough where no limit is shared.
pub(super) fn compose(
    contract: &Contract,
    facts: &Facts,
    as_of: Day,
    question: Question<'_>,
) -> Result<Explanation, ExplainError> {
    let periods: Vec<SettlementPeriod> = Calendar::new(contract).until(as_of).collect();
    let last = u32::try_from(periods.len()).unwrap_or(u32::MAX);
    if let Some(asked) = question.settlement.filter(|asked| *asked == 0 || *asked > last) {
        return Err(ExplainError::NoSuchSettlement { asked, last });
    }
    let participant = question.participant.and_then(|id| facts.participants.find(id)).and_then(|n| u32::try_from(n).ok());
    let mut teller = Teller::new(contract, facts, question, participant, periods);
    let mut explanation = Explanation {
        contract: contract.id.to_string(),
        title: contract.title.clone(),
        currency: contract.currency,
        as_of,
        participant: question.participant.map(str::to_owned),
        settlement: question.settlement,
        settlements: Vec::new(),
        unpaid: None,
    };
    for settlement in settle(contract, facts, as_of).take(question.settlement.unwrap_or(last) as usize) {
        teller.follow(contract, settlement.period);
        let mut said: BTreeMap<Member, Vec<Said>> = BTreeMap::new();
        for posting in settlement.entries() {
            if let Some((member, entry)) = teller.hear(&posting) {
                said.entry(member).or_default().push(entry);
            }
        }
        if question.settlement.is_none_or(|asked| asked == settlement.period.number) {
            explanation.settlements.push(teller.chapter(settlement.period, &said)?);
        }
    }
    if let (None, Some(period)) = (question.settlement, teller.periods.last().copied()) {
        explanation.unpaid = teller.never_paid(period)?;
    }
    Ok(explanation)
}

/// Tells a contract settlement by settlement.
pub(super) struct Teller<'t, 'a> {
    pub desk: Desk<'a>,
    pub question: Question<'t>,
    /// The number of the participant that is asked about.
    participant: Option<u32>,
    histories: Histories,
    pub periods: Vec<SettlementPeriod>,
    /// The cut-off on which the participant's spells were last listed.
    listed: Option<Day>,
    /// Everything is told of everybody, whether something is posted or not.
    pub everything: bool,
    /// Every unit is told by itself.
    pub apart: bool,
    /// What was taken from each limit, in the chapter told last.
    pub rooms: Vec<RoomUse>,
    /// The version of the contract that the settlement heard last follows.
    pub(super) version: Option<Followed>,
}

impl<'t, 'a> Teller<'t, 'a> {
    pub fn new(
        contract: &'a Contract,
        facts: &'a Facts,
        question: Question<'t>,
        participant: Option<u32>,
        periods: Vec<SettlementPeriod>,
    ) -> Teller<'t, 'a> {
        Teller {
            desk: Desk::new(Plan::new(contract, facts), Roster::new(facts)),
            question,
            participant,
            histories: Histories::new(),
            periods,
            listed: None,
            everything: false,
            apart: false,
            rooms: Vec::new(),
            version: None,
        }
    }

    /// Turns to the version of the contract that a settlement follows, before it is heard (mechanisms 9.2).
    pub fn follow(&mut self, contract: &'a Contract, period: SettlementPeriod) {
        let since = self.periods.iter().rfind(|before| before.number < period.number).map(|before| before.cut_off);
        self.version = followed(contract, since, period.cut_off);
        let version = contract.in_force(period.cut_off);
        if !std::ptr::eq(version, self.desk.plan.contract) {
            let plan = Plan::new(version, self.desk.plan.facts);
            renumber(&mut self.histories, &self.desk.plan, &plan);
            self.desk.plan = plan;
        }
    }

    /// Takes in what the engine says, if it concerns the question.
    pub fn hear(&mut self, posting: &crate::ledger::Posting<'_>) -> Option<(Member, Said)> {
        if self.question.participant.is_some_and(|id| id != posting.subject) {
            return None;
        }
        let (member, said) = take(&self.desk, &mut self.histories, posting)?;
        self.participant.is_none_or(|number| member == Member::Participant(number)).then_some((member, said))
    }

    /// Whether every unit is told by itself.
    fn in_full(&self) -> bool {
        self.question.participant.is_some() && self.question.settlement.is_some()
    }

    pub fn chapter(
        &mut self,
        period: SettlementPeriod,
        said: &BTreeMap<Member, Vec<Said>>,
    ) -> Result<Chapter, ExplainError> {
        let everybody = || {
            let participants = 0..u32::try_from(self.desk.plan.facts.participants.len()).unwrap_or(0);
            [Member::Contract].into_iter().chain(participants.map(Member::Participant)).collect()
        };
        let members: BTreeSet<Member> = match (self.participant, self.question.settlement) {
            (Some(number), _) => [Member::Participant(number)].into(),
            (None, Some(_)) => everybody(),
            (None, None) => said.keys().copied().collect(),
        };
        let unpaid = self.question.settlement.map(|_| period.days);
        let parts = self.parts(period, members, said, unpaid)?;
        let total: Total = parts.iter().map(|(total, _)| *total).fold(Total::default(), |sum, total| sum + total);
        let currency = self.desk.plan.contract.currency;
        let asked = self.question != Question::default();
        let parts = parts.into_iter().map(|(_, part)| part).filter(|part| asked || !part.items.is_empty()).collect();
        Ok(Chapter {
            number: period.number,
            days: period.days,
            cut_off: period.cut_off,
            version: self.version.clone(),
            total: total.display(currency),
            parts,
        })
    }

    /// What is not paid over the whole term up to now, by the facts of the last settlement: of the participant that is asked
    /// about, else of those of whom nothing was ever posted.
    fn never_paid(&mut self, period: SettlementPeriod) -> Result<Option<Chapter>, ExplainError> {
        let paid = |number: &u32| {
            let keys = self.histories.get(&Member::Participant(*number));
            keys.is_some_and(|keys| keys.values().any(|history| !history.postings.is_empty()))
        };
        let all = 0..u32::try_from(self.desk.plan.facts.participants.len()).unwrap_or(0);
        let members: BTreeSet<Member> = match self.participant {
            Some(number) => [Member::Participant(number)].into(),
            None => all.filter(|number| !paid(number)).map(Member::Participant).collect(),
        };
        let contract = self.desk.plan.contract;
        let Some(days) = Span::new(contract.starts, period.days.last.min(contract.ends)) else { return Ok(None) };
        let parts = self.parts(period, members, &BTreeMap::new(), Some(days))?;
        let parts: Vec<Part> = parts.into_iter().map(|(_, part)| part).filter(Part::says_why).collect();
        let total = Total::default().display(contract.currency);
        let (number, cut_off, version) = (period.number, period.cut_off, self.version.clone());
        Ok((!parts.is_empty()).then_some(Chapter { number, days, cut_off, version, total, parts }))
    }

    /// What is to be said of each member, with the sum of its postings; `unpaid` are the days whose unpaid units are told.
    fn parts(
        &mut self,
        period: SettlementPeriod,
        members: BTreeSet<Member>,
        said: &BTreeMap<Member, Vec<Said>>,
        unpaid: Option<Span>,
    ) -> Result<Vec<(Total, Part)>, ExplainError> {
        let shared = slice::shares(self.desk.plan.contract);
        let places = rows::places(self.desk.plan.contract, self.desk.plan.facts, period.cut_off);
        let members: Vec<Member> = members.into_iter().collect();
        let at_once = if shared { members.len().max(1) } else { 1 };
        let mut parts = Vec::new();
        self.rooms.clear();
        for members in members.chunks(at_once) {
            let mut studies: Vec<Study<'a>> =
                members.iter().map(|member| Study::new(&self.desk, *member, period, &places)).collect();
            // Everybody's turn is only taken where there is something to tell; the last settlement confirms the sum of all.
            let quiet = shared && unpaid.is_none() && members.iter().all(|member| !said.contains_key(member));
            let mut rooms = Rooms::new(self.desk.plan.contract, shares(&self.desk, period));
            let Queue { grants, worked_out } =
                if quiet { Queue::default() } else { grants(&self.desk, &studies, period, shared, &mut rooms) };
            studies.iter_mut().for_each(|study| study.take_in(&worked_out));
            let taken: Vec<RoomUse> = rooms.taken().filter_map(|(room, taken)| self.room_use(room, taken)).collect();
            self.rooms.extend(taken);
            for study in &studies {
                if !quiet {
                    self.confirm(study, &grants)?;
                }
                let said = said.get(&study.member).map(Vec::as_slice).unwrap_or_default();
                parts.extend(self.member(study, &grants, said, unpaid));
            }
        }
        Ok(parts)
    }

    /// Compares every key of a member with what the engine posted.
    fn confirm(&self, study: &Study<'_>, grants: &Grants) -> Result<(), ExplainError> {
        let empty = BTreeMap::new();
        let posted = self.histories.get(&study.member).unwrap_or(&empty);
        let keys: BTreeSet<&Local> = posted.keys().chain(study.sheets.keys()).collect();
        for key in keys {
            let subject = study.subject(key.1);
            let sheet = study.sheets.get(key);
            let grant = grants.get(&(subject, *key));
            let granted = grant.map_or(Money::ZERO, |grant| grant.granted);
            let limits = &self.desk.plan.contract.limits;
            let owed = sheet.and_then(|sheet| {
                let owed = sheet.owed?;
                Some(OwedFigures {
                    earned_on: sheet.earned_on,
                    amount: owed.amount,
                    granted,
                    cut_by: grant.and_then(|grant| limits.get(usize::from(grant.cut_by?))).map(|limit| limit.id.to_string()),
                    quantity: owed.quantity,
                    rate: owed.rate,
                    days: owed.days,
                })
            });
            let history = posted.get(key);
            let engine = (history.and_then(|history| history.owed.clone()), history.map_or(Money::ZERO, History::paid));
            let figures = |owed: Option<OwedFigures>, paid: Money| Figures {
                settlement: study.period.number,
                charge: self.charge(key.0).id,
                subject: self.subject(subject),
                unit: unit_name(self.company(study.member, key.1).as_deref(), key.2),
                owed,
                paid,
            };
            agree(&figures(owed, granted), &figures(engine.0, engine.1), self.desk.plan.contract.currency)?;
        }
        Ok(())
    }

    /// The parts of one member: of a participant one, of the contract itself one for each subject.
    fn member(&mut self, study: &Study<'a>, grants: &Grants, said: &[Said], unpaid: Option<Span>) -> Vec<(Total, Part)> {
        let asked =
            self.everything || self.question.participant.is_some() || said.is_empty() || study.member == Member::Contract;
        let unpaid = unpaid.filter(|_| asked);
        let mut subjects: BTreeSet<Subject> = said.iter().map(|said| study.subject(said.key.1)).collect();
        if let Member::Participant(number) = study.member {
            subjects.insert(Subject::Participant(number));
        } else if unpaid.is_some() {
            subjects.extend(study.sheets.keys().map(|key| study.subject(key.1)));
        }
        let mut parts = Vec::new();
        for subject in subjects {
            let mine: Vec<Said> = said.iter().filter(|said| study.subject(said.key.1) == subject).copied().collect();
            let items = self.items(study, grants, subject, &mine);
            let told: BTreeSet<Local> = mine.iter().map(|said| said.key).collect();
            let unpaid = unpaid.map(|days| self.unpaid(study, subject, &told, days)).unwrap_or_default();
            if items.is_empty() && unpaid.is_empty() && study.member == Member::Contract {
                continue;
            }
            let total: Total = mine.iter().map(|said| said.amount).sum();
            let spells = if asked { self.spells(study) } else { None };
            let currency = self.desk.plan.contract.currency;
            let standing = study.standing.clone();
            parts.push((
                total,
                Part { subject: self.whom(subject), standing, spells, total: total.display(currency), items, unpaid },
            ));
        }
        parts
    }

    /// The participant's spells, unless no row that concerns it is new since they were listed.
    fn spells(&mut self, study: &Study<'_>) -> Option<Vec<super::source::KnownSpell>> {
        let Member::Participant(number) = study.member else { return None };
        let cut_off = study.period.cut_off;
        let only_one = self.question.participant.is_some();
        let listed = self.listed.filter(|_| only_one);
        let fresh = |day: Day| day <= cut_off && listed.is_none_or(|listed| day > listed);
        if listed.is_some() && !self.desk.roster.recorded_on(number as usize).any(fresh) {
            return None;
        }
        self.listed = Some(cut_off);
        Some(rows::known_spells(self.desk.plan.facts, &self.desk.roster, number as usize, cut_off, study.own.as_ref()))
    }

    fn items(&self, study: &Study<'_>, grants: &Grants, subject: Subject, said: &[Said]) -> Vec<Item> {
        let mut said = said.to_vec();
        said.sort_by_key(|said| {
            (said.key.0, said.key.1.map(|company| self.desk.plan.unit_order(Some(company), said.key.2)), said.key.2)
        });
        let mut items: Vec<Piece<Item>> = Vec::new();
        for said in &said {
            if let Some(item) = self.item(study, grants, subject, said) {
                group::push_item(&mut items, said.key, said.amount, item, self.apart || self.in_full());
            }
        }
        let currency = self.desk.plan.contract.currency;
        items.into_iter().map(|piece| Item { total: piece.sum.display(currency), ..piece.told }).collect()
    }

    fn item(&self, study: &Study<'_>, grants: &Grants, subject: Subject, said: &Said) -> Option<Item> {
        let contract = self.desk.plan.contract;
        let currency = contract.currency;
        let history = self.histories.get(&study.member)?.get(&said.key)?;
        let since = self.cut_off_before(study.period.number);
        let posting = Posting {
            settlement: study.period.number,
            amount: said.amount,
            earned_on: said.earned_on,
            history,
            subject,
            charge: said.key.0,
            unit: said.key.2,
        };
        let mut change = change(&self.desk, &posting, study.period.days, since, study.period.cut_off)?;
        if let Change::Correction(correction) = &mut change {
            correction.version = self.version.as_ref().and_then(|version| version.new.last()).map(|new| new.agreed_on);
        }
        let unchanged = match change {
            Change::SameAmount => true,
            Change::CutToNothing => history.before.as_ref().is_some_and(|before| before.granted.is_zero()),
            Change::Earning { .. } | Change::Correction(_) => false,
        };
        if unchanged && !self.in_full() {
            return None;
        }
        let grant = grants.get(&(subject, said.key));
        let granted = grant.map_or(Money::ZERO, |grant| grant.granted);
        let cut = grant.and_then(|grant| {
            let by = contract.limits.get(usize::from(grant.cut_by?))?;
            Some(Cut { amount: (grant.claim.amount - grant.granted).display(currency), by: by.id.to_string() })
        });
        Some(Item {
            charge: self.charge(said.key.0),
            units: self.units(study.member, said.key, said.earned_on),
            amount: said.amount.display(currency),
            total: said.amount.display(currency),
            change,
            delayed: study.delayed(&self.desk, said.key),
            reckoning: study.told(&self.desk, said.key),
            tied: study.sheets.get(&said.key).map(|sheet| sheet.tied.clone()).unwrap_or_default(),
            limits: grant.map(|grant| rooms(&self.desk.plan, grant)).unwrap_or_default(),
            granted: granted.display(currency),
            cut,
        })
    }

    fn room_use(&self, (number, whose, window_number): (u16, Whose, i32), taken: Taken) -> Option<RoomUse> {
        let contract = self.desk.plan.contract;
        let limit = contract.limits.get(usize::from(number))?;
        Some(RoomUse {
            limit: limit.id.to_string(),
            whose: match whose {
                Whose::Contract => Whom::Contract,
                Whose::Company(number) => self.whom(Subject::Company(number)),
                Whose::Participant(number) => self.whom(Subject::Participant(number)),
            },
            window_number,
            used: taken.used,
            cut: taken.cut,
        })
    }

    /// What is earned on `days`, or would be, and is not paid; keys that are told as postings are left out.
    fn unpaid(&self, study: &Study<'_>, subject: Subject, told: &BTreeSet<Local>, days: Span) -> Vec<Unpaid> {
        let mut pieces: Vec<Piece<Unpaid>> = Vec::new();
        // After the term there is nothing new that could be reached.
        let ends = self.desk.plan.contract.ends;
        let sheets = study.sheets.iter().filter(|(key, sheet)| {
            let step = matches!(key.2, Unit::Step(_));
            sheet.owed.is_none() && days.contains(sheet.earned_on) && !(step && days.first > ends)
        });
        for (key, sheet) in sheets.filter(|(key, _)| study.subject(key.1) == subject && !told.contains(key)) {
            let unpaid = Unpaid {
                charge: self.charge(key.0),
                units: self.units(study.member, *key, sheet.earned_on),
                reckoning: study.told(&self.desk, *key),
                gates: sheet.tied.gates.clone(),
                left_out: Vec::new(),
            };
            group::push_unpaid(&mut pieces, *key, unpaid, self.in_full());
        }
        let mut covered: BTreeSet<usize> = BTreeSet::new();
        let finish = |piece: Piece<Unpaid>| {
            let at = study.sheets.get(&piece.first).and_then(|sheet| sheet.line);
            let hull = match piece.first.2 {
                Unit::Step(_) => {
                    Span::new(days.first, days.last.min(ends)).filter(|_| at.is_some_and(|at| !covered.contains(&at)))
                }
                _ => {
                    let unit = |key: &Local| study.sheets.get(key).map_or(key.2, |sheet| sheet.unit);
                    group::hull(unit(&piece.first), unit(&piece.last))
                }
            };
            covered.extend(at);
            let left_out = match (&study.own, at.and_then(|at| study.lines.get(at)), hull) {
                (Some(own), Some(line), Some(days)) => tell::left_out(own, line, days),
                _ => Vec::new(),
            };
            Unpaid { left_out, ..piece.told }
        };
        pieces.into_iter().map(finish).collect()
    }

    /// The cut-off of the settlement before; before the first one nothing was known.
    fn cut_off_before(&self, settlement: u32) -> Day {
        let before = self.periods.iter().take_while(|period| period.number < settlement).last();
        before.map_or(Day::from_number(i32::MIN), |period| period.cut_off)
    }

    fn units(&self, member: Member, key: Local, earned_on: Day) -> Units {
        let name = key.2.to_string();
        let company = self.company(member, key.1);
        let kind = match key.2 {
            Unit::Date(day) => UnitKind::Date(day),
            Unit::Step(step) => UnitKind::Step(step),
            Unit::Cell(cell) => UnitKind::Cell(cell.grid),
        };
        Units { kind, first: name.clone(), last: name, count: 1, company, earned_first: earned_on, earned_last: earned_on }
    }

    /// The company whose unit it is; that of a fixed charge is its subject.
    fn company(&self, member: Member, company: Option<u32>) -> Option<String> {
        let company = company.filter(|_| member != Member::Contract)?;
        self.desk.plan.company(company).map(str::to_owned)
    }

    fn charge(&self, number: u16) -> ChargeName {
        let charge = self.desk.plan.contract.charges.get(usize::from(number));
        let id = charge.map(|charge| charge.id.to_string()).unwrap_or_default();
        ChargeName { id, clause: charge.and_then(|charge| charge.clause.clone()) }
    }

    fn subject(&self, subject: Subject) -> String {
        match subject {
            Subject::Contract => "-".to_owned(),
            Subject::Company(number) => self.desk.plan.company(number).unwrap_or_default().to_owned(),
            Subject::Participant(number) => self.desk.plan.participant(number).unwrap_or_default().to_owned(),
        }
    }

    fn whom(&self, subject: Subject) -> Whom {
        match subject {
            Subject::Contract => Whom::Contract,
            Subject::Company(_) => Whom::Company(self.subject(subject)),
            Subject::Participant(_) => Whom::Participant(self.subject(subject)),
        }
    }
}

fn unit_name(company: Option<&str>, unit: Unit) -> String {
    company.map_or_else(|| unit.to_string(), |company| format!("{company}/{unit}"))
}
