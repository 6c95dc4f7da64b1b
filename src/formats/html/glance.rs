//! All participants at a glance.

use super::writer::{Writer, anchor};
use crate::explain::tree::{Change, Standing, Whom};
use crate::measure::day::{Day, Span};
use crate::measure::money::Total;
use crate::statement::course::What;
use crate::statement::{Section, Statement};

/// A participant in a line.
pub(super) struct Glance {
    pub href: String,
    pub id: String,
    pub group: String,
    pub counts: bool,
    pub days: String,
    pub corrections: String,
    pub total: String,
    pub so_far: String,
}

/// The participants, in the order of their ids.
pub(super) fn glances(w: &Writer<'_>, s: &Statement<'_>) -> Vec<Glance> {
    s.participants().map(|section| glance(w, s, section)).collect()
}

fn glance(w: &Writer<'_>, s: &Statement<'_>, section: &Section) -> Glance {
    let id = match &section.part.subject {
        Whom::Participant(id) | Whom::Company(id) => id.clone(),
        Whom::Contract => String::new(),
    };
    let group = match &section.part.standing {
        Some(Standing::Counts { target_group, .. }) => target_group.clone(),
        _ => w.t.not_counted.to_owned(),
    };
    let corrections = section.part.items.iter().filter(|item| matches!(item.change, Change::Correction(_)));
    let corrected = corrections.fold(Total::default(), |sum, item| sum + Total::from_minor(item.total.minor()));
    Glance {
        href: anchor(&section.part.subject),
        id,
        counts: section.part.counts(),
        group,
        days: days(section, s.period.days).to_string(),
        corrections: w.bare(corrected),
        total: w.bare(section.total),
        so_far: w.bare(section.before + section.total),
    }
}

/// How many days of the period count for at least one outcome.
fn days(section: &Section, period: Span) -> i64 {
    let counting = |what: &What| matches!(what, What::Counting(_));
    let tracks = section.course.iter().flat_map(|course| &course.tracks).filter(|track| counting(&track.what));
    let mut spans: Vec<Span> = tracks.flat_map(|track| &track.bars).filter_map(|bar| bar.days.overlap(period)).collect();
    spans.sort_by_key(|span| span.first);
    let mut counted = 0;
    let mut next: Day = period.first;
    for span in spans {
        if let Some(new) = Span::new(span.first.max(next), span.last) {
            counted += new.days();
            next = new.last.next();
        }
    }
    counted
}
