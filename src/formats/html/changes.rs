//! What changed since last time, and why.

use super::writer::{Writer, anchor};
use crate::explain::told;
use crate::explain::tree::{Change, Correction, Item, Standing, Whom};
use crate::measure::day::Span;
use crate::measure::money::{Shown, Total};
use crate::statement::{Section, Statement};

/// The comparison with the settlement before, and what earlier ones owe or get back.
pub(super) struct Changes {
    pub sentence: String,
    pub people: Option<String>,
    pub compared: Vec<Compared>,
    pub sums: [String; 3],
    pub began: Vec<Link>,
    pub stopped: Vec<Link>,
    pub corrections: Vec<Changed>,
    pub late: Vec<Changed>,
}

/// A charge now and last time.
pub(super) struct Compared {
    pub name: String,
    pub last: String,
    pub now: String,
    pub change: String,
}

/// A participant, and why nothing is earned any more.
pub(super) struct Link {
    pub href: String,
    pub name: String,
    pub why: String,
}

/// A correction, or an amount that was reported late.
pub(super) struct Changed {
    pub href: String,
    pub whom: String,
    pub what: String,
    pub before: String,
    pub now: String,
    pub amount: String,
    pub why: String,
    pub rows: Vec<String>,
}

impl Changes {
    pub fn new(w: &Writer<'_>, s: &Statement<'_>) -> Changes {
        let last = s.last();
        let items = || {
            s.sections
                .iter()
                .flat_map(|section| (1_usize..).zip(&section.part.items).map(move |(nth, item)| (section, nth, item)))
        };
        let corrections = items().filter_map(|(section, nth, item)| match &item.change {
            Change::Correction(told) => Some(correction(w, section, nth, item, told)),
            _ => None,
        });
        let late = items().filter_map(|(section, nth, item)| match &item.change {
            Change::Earning { late } if !late.is_empty() => Some(Changed {
                rows: told::rows(&w.pen, late).into_iter().map(|line| line.text).collect(),
                ..changed(w, section, nth, item)
            }),
            _ => None,
        });
        let people = || {
            let counts = [s.change.now, s.change.last].map(|count| w.participants(count));
            let [now, last] = &counts;
            w.say(w.t.people_now_last, &[now, last])
        };
        Changes {
            sentence: sentence(w, s),
            people: last.map(|_| people()),
            compared: if last.is_some() { compared(w, s) } else { Vec::new() },
            sums: sums(w, s),
            began: s.change.began.iter().map(|id| link(w, s, id, false)).collect(),
            stopped: s.change.stopped.iter().map(|id| link(w, s, id, true)).collect(),
            corrections: corrections.collect(),
            late: late.collect(),
        }
    }
}

/// How much more or less it is.
fn sentence(w: &Writer<'_>, s: &Statement<'_>) -> String {
    let Some(last) = s.last() else { return w.t.first_time.to_owned() };
    let difference = s.total().minor().saturating_sub(last.total().minor());
    let number = last.period.number.to_string();
    let name = w.say(w.t.settlement_n, &[&number]);
    let size = w.total(Total::from_minor(difference.saturating_abs()));
    let (was, now) = (w.total(last.total()), w.total(s.total()));
    match difference.signum() {
        1 => w.say(w.t.more, &[&name, &was, &now, &size]),
        -1 => w.say(w.t.less, &[&name, &was, &now, &size]),
        _ => w.say(w.t.same, &[&name, &was]),
    }
}

fn compared(w: &Writer<'_>, s: &Statement<'_>) -> Vec<Compared> {
    let told = s.charges.iter().filter(|sum| sum.last.minor() != 0 || sum.total().minor() != 0);
    told.map(|sum| Compared {
        name: w.charge(&sum.charge),
        last: w.bare(sum.last),
        now: w.bare(sum.total()),
        change: w.bare(sum.change()),
    })
    .collect()
}

fn sums(w: &Writer<'_>, s: &Statement<'_>) -> [String; 3] {
    let last = s.last().map(|point| point.total()).unwrap_or_default();
    let change = Total::from_minor(s.total().minor().saturating_sub(last.minor()));
    [last, s.total(), change].map(|sum| w.bare(sum))
}

/// A participant, with the first reason why nothing is paid.
fn link(w: &Writer<'_>, s: &Statement<'_>, id: &str, with_why: bool) -> Link {
    let whom = Whom::Participant(id.to_owned());
    let section = s.sections.iter().find(|section| section.part.subject == whom);
    let why = section.filter(|_| with_why).map(|section| why(w, section, s.period.days)).unwrap_or_default();
    Link { href: anchor(&whom), name: id.to_owned(), why }
}

fn why(w: &Writer<'_>, section: &Section, period: Span) -> String {
    if let Some(standing) = section.part.standing.as_ref().filter(|_| !section.part.counts()) {
        return told::standing(&w.pen, standing).into_iter().map(|line| line.text).collect();
    }
    if let Some(standing @ Standing::Counts { eligible_until: Some(until), .. }) = &section.part.standing
        && *until < period.first
    {
        return told::standing(&w.pen, standing).into_iter().map(|line| line.text).collect();
    }
    let cut = section.part.items.iter().filter(|item| matches!(item.change, Change::CutToNothing));
    if let Some(by) = cut.filter_map(|item| item.cut.as_ref()).next() {
        let text = if by.by_floor() { w.t.stopped_by_floor } else { w.t.stopped_by_limit };
        return w.say(text, &[&by.by]);
    }
    let Some(unpaid) = section.part.unpaid.first() else { return w.t.why_not_looked_at.to_owned() };
    let lines = told::unpaid(&w.pen, unpaid);
    let reason = lines.iter().find(|line| line.text.starts_with("- ")).or(lines.first());
    reason.map(|line| line.text.trim_start_matches("- ").to_owned()).unwrap_or_default()
}

fn changed(w: &Writer<'_>, section: &Section, nth: usize, item: &Item) -> Changed {
    Changed {
        href: format!("{}:{nth}", anchor(&section.part.subject)),
        whom: w.whom(&section.part.subject),
        what: format!("{}, {}", w.charge(&item.charge.id), w.units(&item.units)),
        before: String::new(),
        now: String::new(),
        amount: w.bare_shown(item.total),
        why: String::new(),
        rows: Vec::new(),
    }
}

fn correction(w: &Writer<'_>, section: &Section, nth: usize, item: &Item, told: &Correction) -> Changed {
    let each = |amount: Shown| match item.units.count {
        1 => w.bare_shown(amount),
        count => w.say(w.t.each, &[&count.to_string(), &w.bare_shown(amount)]),
    };
    Changed {
        before: each(told.sum),
        now: each(item.granted),
        why: told::cause(&w.pen, told).into_iter().map(|line| line.text).collect::<Vec<String>>().join(" "),
        rows: told::rows(&w.pen, &told.rows).into_iter().map(|line| line.text).collect(),
        ..changed(w, section, nth, item)
    }
}
