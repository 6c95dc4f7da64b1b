//! One subject: its course, its amounts, and how each came about.

use super::course::CourseView;
use super::writer::{Writer, anchor};
use crate::explain::told::{self, Line};
use crate::explain::tree::{Change, Item, Unpaid, Whom};
use crate::statement::{Section, Statement, Unlike};

/// A section of the page.
pub(super) struct SectionView {
    pub id: String,
    pub title: String,
    pub name: Option<String>,
    pub standing: Vec<String>,
    pub sums: String,
    pub course: Option<CourseView>,
    pub course_title: String,
    pub course_caption: String,
    pub participant: bool,
    pub amounts: Vec<Amount>,
    pub unpaid: Vec<Amount>,
    pub not_paid: String,
}

/// An amount, or something that is not paid, with its explanation.
pub(super) struct Amount {
    pub id: String,
    pub name: String,
    pub clause: Option<String>,
    pub tags: Vec<String>,
    pub each: Option<String>,
    pub amount: String,
    pub lines: Vec<Told>,
}

/// A line of an explanation.
pub(super) struct Told {
    pub level: usize,
    /// Whether the days that it names count, of lines that name some.
    pub counts: Option<bool>,
    pub text: String,
}

impl SectionView {
    pub fn new(w: &Writer<'_>, s: &Statement<'_>, section: &Section) -> SectionView {
        let part = &section.part;
        let id = anchor(&part.subject);
        let own = match &part.subject {
            Whom::Participant(id) | Whom::Company(id) => id.as_str(),
            Whom::Contract => "",
        };
        let after = section.before + section.total;
        let standing = part.standing.iter().flat_map(|standing| told::standing(&w.pen, standing));
        let mut amounts: Vec<Amount> = (1..).zip(&part.items).map(|(nth, told)| item(w, &id, nth, told)).collect();
        let told = amounts.len();
        amounts.extend((told + 1..).zip(&section.unlike).map(|(nth, told)| unlike(w, &id, nth, told)));
        let first = amounts.len() + 1;
        SectionView {
            title: w.whom(&part.subject),
            name: section.name.clone(),
            standing: standing.map(|line| line.text).collect(),
            sums: w.say(w.t.this_settlement_amount, &[&w.total(section.total), &w.total(after)]),
            course: CourseView::new(w, s, section),
            course_title: w.say(w.t.course_title, &[own]),
            course_caption: w.say(w.t.course_table, &[own]),
            participant: matches!(part.subject, Whom::Participant(_)),
            amounts,
            not_paid: w.say(w.t.not_paid, &[&part.unpaid.len().to_string()]),
            unpaid: (first..).zip(&part.unpaid).map(|(nth, told)| unpaid(w, &id, nth, told)).collect(),
            id,
        }
    }
}

fn item(w: &Writer<'_>, section: &str, nth: usize, item: &Item) -> Amount {
    let mut tags = Vec::new();
    match &item.change {
        Change::Correction(_) => tags.push(w.t.a_correction.to_owned()),
        Change::Earning { late } if !late.is_empty() => tags.push(w.t.a_late.to_owned()),
        Change::Earning { .. } | Change::CutToNothing | Change::SameAmount => {}
    }
    if let Some(cut) = &item.cut {
        let text = match (item.change == Change::CutToNothing, cut.by_floor()) {
            (false, false) => w.t.cut_by,
            (true, false) => w.t.used_up_by,
            (false, true) => w.t.cut_by_floor,
            (true, true) => w.t.stopped_by_floor,
        };
        tags.push(w.say(text, &[&cut.by]));
    }
    let each = (item.units.count > 1).then(|| w.say(w.t.each, &[&item.units.count.to_string(), &w.bare_shown(item.amount)]));
    Amount {
        id: format!("{section}:{nth}"),
        name: format!("{}, {}", w.charge(&item.charge.id), w.units(&item.units)),
        clause: item.charge.clause.clone(),
        tags,
        each,
        amount: w.pen.money(&item.total),
        lines: told::item(&w.pen, item).into_iter().map(told_line).collect(),
    }
}

fn unpaid(w: &Writer<'_>, section: &str, nth: usize, unpaid: &Unpaid) -> Amount {
    Amount {
        id: format!("{section}:{nth}"),
        name: format!("{}, {}", w.charge(&unpaid.charge.id), w.units(&unpaid.units)),
        clause: unpaid.charge.clause.clone(),
        tags: Vec::new(),
        each: None,
        amount: String::new(),
        lines: told::unpaid(&w.pen, unpaid).into_iter().map(told_line).collect(),
    }
}

fn unlike(w: &Writer<'_>, section: &str, nth: usize, unlike: &Unlike) -> Amount {
    let (_, charge, unit) = &unlike.key;
    let amounts = [unlike.before, unlike.amount, unlike.owed].map(|amount| w.money(amount));
    let [before, now, owed] = &amounts;
    Amount {
        id: format!("{section}:{nth}"),
        name: format!("{}, {unit}", w.charge(charge)),
        clause: w.clause(charge),
        tags: vec![w.t.unlike_item.to_owned()],
        each: None,
        amount: now.clone(),
        lines: vec![Told { level: 0, counts: None, text: w.say(w.t.unlike_why, &[before, now, owed]) }],
    }
}

/// The signs before days become a mark.
fn told_line(line: Line) -> Told {
    let level = (line.indent / 2).saturating_sub(2).min(3);
    let (counts, text) = match (line.text.strip_prefix("+ "), line.text.strip_prefix("- ")) {
        (Some(rest), _) => (Some(true), rest.to_owned()),
        (_, Some(rest)) => (Some(false), rest.to_owned()),
        _ => (None, line.text),
    };
    Told { level, counts, text }
}
