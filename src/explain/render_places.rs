//! What company centres come to, in words (places 2).

use super::page::Page;
use super::placed::PlacedTold;
use super::render_measured::{number, within};
use super::words::Phrase;
use crate::figure::{Per, Seats};

/// What the figure is, and what each centre adds.
pub(super) fn placed(page: &mut Page, indent: usize, (named, exact): (&str, &str), told: &PlacedTold) {
    let what = match (told.of, told.by) {
        (Seats::Available, Per::Days) => Phrase::PlaceDays,
        (Seats::Available, Per::Months) => Phrase::PlaceMonths,
        (Seats::Available, Per::LastDay) => Phrase::PlacesOnDay,
        (Seats::Centres, Per::Days) => Phrase::CentreDays,
        (Seats::Centres, Per::Months) => Phrase::CentreMonths,
        (Seats::Centres, Per::LastDay) => Phrase::CentresOnDay,
        (Seats::Occupied, Per::Days) => Phrase::FilledDays,
        (Seats::Occupied, Per::Months) => Phrase::FilledMonths,
        (Seats::Occupied, Per::LastDay) => Phrase::FilledOnDay,
    };
    let days = match told.by {
        Per::LastDay => page.say(Phrase::OnDay, &[&page.day(told.days.1)]),
        Per::Days | Per::Months => within(page, told.days),
    };
    let what = page.say(what, &[]);
    page.put(indent, Phrase::FigurePlaces, &[named, exact, &what, &days]);
    for one in &told.centres {
        let sum = number(page, &one.sum);
        match one.above {
            0 => page.put(indent, Phrase::CentreAdds, &[&one.centre, &sum]),
            above => page.put(indent, Phrase::CentreAbove, &[&one.centre, &sum, &above.to_string()]),
        }
    }
}
