//! Gates in words: when each was judged, what its tests say, and whether it opens (mechanisms 6.3).

use super::gated::{AskedTold, GateTold, TestTold};
use super::page::Page;
use super::render_measured::{figure, number};
use super::words::Phrase;
use crate::charge::test::Than;

/// A gate and its tests.
pub(super) fn gate(page: &mut Page, indent: usize, told: &GateTold) {
    let Some(judged) = told.judged.map(|day| page.day(day)) else {
        return page.put(indent, Phrase::GateNoDate, &[&told.gate]);
    };
    let hold = told.tests.iter().filter(|test| test.met.is_some()).count().to_string();
    let (of, needed) = (told.tests.len().to_string(), told.needed.to_string());
    match told.opens.map(|day| page.day(day)) {
        Some(opens) => page.put(indent, Phrase::Gate, &[&told.gate, &judged, &hold, &of, &needed, &opens]),
        None => page.put(indent, Phrase::GateShut, &[&told.gate, &judged, &hold, &of, &needed]),
    }
    told.tests.iter().for_each(|told| test(page, indent + 2, told));
}

fn test(page: &mut Page, indent: usize, told: &TestTold) {
    let holds = told.met.is_some();
    match &told.asked {
        AskedTold::Charge { what, on, .. } => {
            let answer = page.say(if holds { Phrase::AsAsked } else { Phrase::NotAsAsked }, &[]);
            match on.map(|day| page.day(day)) {
                Some(on) => page.put(indent, Phrase::TestReached, &[what, &on, &answer]),
                None => page.put(indent, Phrase::TestNotReached, &[what, &answer]),
            }
        }
        AskedTold::Figure { told, than, number: asked, tolerance, enough } => {
            figure(page, indent, told);
            let answer = page.say(if holds { Phrase::Yes } else { Phrase::No }, &[]);
            let enough = number(page, enough);
            let bound = match tolerance {
                Some(tolerance) => page.say(Phrase::Tolerated, &[&number(page, asked), &number(page, tolerance), &enough]),
                None => enough,
            };
            let phrase = match than {
                Than::AtLeast => Phrase::TestAtLeast,
                Than::Above => Phrase::TestAbove,
                Than::AtMost => Phrase::TestAtMost,
                Than::Below => Phrase::TestBelow,
            };
            page.put(indent, phrase, &[&told.figure, &bound, &answer]);
        }
        AskedTold::Gate(told) => gate(page, indent, told),
        AskedTold::Suspended { own_day, suspension } => {
            let (day, answer) =
                (page.day(*own_day), page.say(if holds { Phrase::AsAsked } else { Phrase::NotAsAsked }, &[]));
            match suspension {
                Some(id) => page.put(indent, Phrase::TestSuspended, &[&day, id, &answer]),
                None => page.put(indent, Phrase::TestNotSuspended, &[&day, &answer]),
            }
        }
    }
}
