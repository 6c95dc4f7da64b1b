//! A participant's course over time: where its bars stand, and the same as rows of a table. Everything is counted in whole points.

use super::writer::Writer;
use crate::charge::{Mechanism, Period};
use crate::explain::source::{JobTerms, KnownSpell};
use crate::explain::told;
use crate::explain::tree::Standing;
use crate::facts::{Fact, Report};
use crate::measure::day::{Day, Span};
use crate::measure::grid::Grid;
use crate::statement::course::{Bar, Track, What};
use crate::statement::{Section, Statement};

const LEFT: i64 = 190;
const WIDTH: i64 = 560;
const TOP: i64 = 24;
const ROW: i64 = 24;
/// How wide a letter is, about.
const LETTER: i64 = 6;

/// The figure of a participant.
pub(super) struct CourseView {
    pub desc: String,
    pub width: i64,
    pub height: i64,
    pub bottom: i64,
    /// The days that are settled, unless they lie after the term.
    pub period: Option<(i64, i64)>,
    pub enrolled: Option<i64>,
    pub ticks: Vec<(i64, String, bool)>,
    pub lanes: Vec<Lane>,
    pub rows: Vec<Row>,
}

/// One row of the figure.
pub(super) struct Lane {
    pub label: String,
    pub y: i64,
    pub line: i64,
    pub class: &'static str,
    pub shapes: Vec<Shape>,
}

/// A bar, or with a step a diamond.
pub(super) struct Shape {
    pub x: i64,
    pub width: i64,
    pub class: &'static str,
    pub text: String,
    pub text_x: i64,
    pub text_end: bool,
    /// Whether the text stands on the bar.
    pub within: bool,
    pub step: bool,
}

/// One row of the table.
pub(super) struct Row {
    pub what: String,
    pub first: String,
    pub last: String,
    pub remark: Vec<String>,
}

/// From days to points.
#[derive(Clone, Copy)]
struct Axis(Span);

impl Axis {
    fn x(self, day: Day) -> i64 {
        let within = day.max(self.0.first).min(self.0.last.next());
        LEFT + WIDTH * within.days_since(self.0.first) / self.0.days().max(1)
    }

    /// The left end and the width of some days; none if they lie outside.
    fn bar(self, days: Span) -> Option<(i64, i64)> {
        let seen = days.overlap(self.0)?;
        let (from, to) = (self.x(seen.first), self.x(seen.last.next()));
        Some((from, (to - from).max(2)))
    }
}

impl CourseView {
    pub fn new(w: &Writer<'_>, s: &Statement<'_>, section: &Section) -> Option<CourseView> {
        let axis = Axis(s.axis());
        let spells: Vec<&KnownSpell> = section.part.spells.iter().flatten().collect();
        let tracks: Vec<&Track> = section.course.iter().flat_map(|course| &course.tracks).collect();
        let told = tracks.iter().filter(|track| !track.bars.is_empty()).count() + spells.len();
        if told == 0 {
            return None;
        }
        let mut lanes: Vec<Lane> = spells.iter().filter_map(|spell| job_lane(w, axis, spell)).collect();
        // What lies outside the days shown stands in the table only.
        lanes.retain(|lane| !lane.shapes.is_empty());
        lanes.extend(tracks.iter().filter(|track| !track.bars.is_empty()).map(|track| track_lane(w, axis, track)));
        for (nth, lane) in (0..).zip(&mut lanes) {
            lane.y = TOP + nth * ROW + 6;
            lane.line = lane.y + 10;
        }
        let bottom = TOP + ROW * i64::try_from(lanes.len()).unwrap_or(0) + 4;
        let rows: Vec<Row> = spells
            .iter()
            .map(|spell| job_row(w, spell))
            .chain(tracks.iter().flat_map(|track| track.bars.iter().map(|bar| track_row(w, track, bar))))
            .collect();
        let enrolled = match section.part.standing {
            Some(Standing::Counts { enrolled_on, .. }) if s.axis().contains(enrolled_on) => Some(axis.x(enrolled_on)),
            _ => None,
        };
        Some(CourseView {
            desc: desc(w, s, &rows),
            width: LEFT + WIDTH + 10,
            height: bottom + 4,
            bottom,
            period: axis.bar(s.period.days),
            enrolled,
            ticks: ticks(w, axis),
            lanes,
            rows,
        })
    }
}

/// The first days of quarters, with the year or the month where there is room.
fn ticks(w: &Writer<'_>, axis: Axis) -> Vec<(i64, String, bool)> {
    let (first, last) = (axis.0.first, axis.0.last);
    let quarters: Vec<Day> = (first.month_number()..=last.month_number())
        .filter(|month| month.rem_euclid(3) == 0)
        .map(Day::first_of_month)
        .filter(|day| axis.0.contains(*day))
        .collect();
    let roomy = quarters.len() <= 14;
    let tick = |day: &Day| {
        let new_year = day.month_number().rem_euclid(12) == 0;
        let text = match (new_year, roomy) {
            (true, _) => day.year().to_string(),
            (false, true) => w.pen.short_month(*day),
            (false, false) => String::new(),
        };
        (axis.x(*day), text, new_year)
    };
    quarters.iter().map(tick).collect()
}

/// Where a spell is worked, in short.
fn place(terms: &JobTerms) -> String {
    match terms {
        JobTerms::Placement { company: Some(company), .. } => company.clone(),
        JobTerms::Placement { id, .. } => id.clone(),
        JobTerms::Outside { employer } => employer.clone(),
    }
}

/// A spell; reports of months, which may be many, stand in the table only.
fn job_lane(w: &Writer<'_>, axis: Axis, spell: &KnownSpell) -> Option<Lane> {
    let terms = spell.terms.as_ref().filter(|terms| terms.month.is_none())?;
    let text = format!("{}, {}", w.pen.kind(&terms.kind), w.pen.hours(terms.weekly_hours));
    let bar = axis.bar(Span { first: terms.first_day, last: terms.last_day.unwrap_or(Day::FAR) });
    let shape = bar.map(|(x, width)| Shape::new(x, width, "job", text));
    let label = w.say(w.t.at_company_short, &[&spell.id, &place(&terms.job)]);
    Some(Lane { label: cut_short(&label), y: 0, line: 0, class: "job", shapes: shape.into_iter().collect() })
}

impl Shape {
    /// A bar with its text: within it if there is room, else behind or before it.
    fn new(x: i64, width: i64, class: &'static str, text: String) -> Shape {
        let length = LETTER * i64::try_from(text.chars().count()).unwrap_or(0) + 8;
        let (text_x, text_end, text) = if length <= width {
            (x + 5, false, text)
        } else if x + width + length <= LEFT + WIDTH {
            (x + width + 5, false, text)
        } else if x - length >= LEFT {
            (x - 5, true, text)
        } else {
            (x, false, String::new())
        };
        Shape { within: text_x == x + 5, x, width, class, text, text_x, text_end, step: false }
    }
}

fn track_lane(w: &Writer<'_>, axis: Axis, track: &Track) -> Lane {
    let class = match track.what {
        What::Counting(_) => "counts",
        What::Units(_) => "paid",
        What::Steps(_) => "step",
    };
    let shape = |bar: &Bar| {
        let (x, width) = axis.bar(bar.days)?;
        let class = if bar.cut { "cut" } else { class };
        Some(match bar.step {
            Some(step) => {
                Shape { text: step.to_string(), text_x: x + 9, step: true, ..Shape::new(x, 1, class, String::new()) }
            }
            None => Shape::new(x, width, class, String::new()),
        })
    };
    let shapes = track.bars.iter().filter_map(shape).collect();
    let text = match &track.what {
        What::Counting(outcome) => track.company.as_ref().map_or_else(
            || w.say(w.t.counts_for, &[outcome]),
            |company| w.say(w.t.at_company_short, &[&w.say(w.t.counts_for, &[outcome]), company]),
        ),
        What::Units(_) | What::Steps(_) => label(w, track),
    };
    Lane { label: cut_short(&text), y: 0, line: 0, class, shapes }
}

/// What a track shows.
fn label(w: &Writer<'_>, track: &Track) -> String {
    let name = match &track.what {
        What::Counting(outcome) => w.say(w.t.days_count_for, &[outcome]),
        What::Units(charge) | What::Steps(charge) => format!("{}: {}", w.t.paid, w.charge(charge)),
    };
    match &track.company {
        Some(company) => w.say(w.t.at_company, &[&name, company]),
        None => name,
    }
}

/// As much as stands beside a lane.
fn cut_short(label: &str) -> String {
    let most = usize::try_from(LEFT / LETTER).unwrap_or(30);
    if label.chars().count() <= most {
        return label.to_owned();
    }
    label.chars().take(most - 1).chain(['…']).collect()
}

fn job_row(w: &Writer<'_>, spell: &KnownSpell) -> Row {
    let texts = |lines: Vec<told::Line>| lines.into_iter().map(|line| line.text);
    let mut remark: Vec<String> = Vec::new();
    let is_report = spell.row.file == Report::FILE;
    let what = w.say(if is_report { w.t.report_id } else { w.t.job_id }, &[&spell.id]);
    let Some(terms) = &spell.terms else {
        remark.push(w.t.withdrawn.to_owned());
        remark.extend(texts(told::row(&w.pen, &spell.row)));
        return Row { what, first: String::new(), last: String::new(), remark };
    };
    remark.push(format!("{}, {}", w.pen.kind(&terms.kind), w.pen.hours_of(terms)));
    remark.extend(texts(told::job(&w.pen, &terms.job)));
    remark.extend(spell.cut.iter().flat_map(|why| texts(told::why(&w.pen, why))));
    remark.extend(texts(told::row(&w.pen, &spell.row)));
    Row {
        what,
        first: w.pen.date(terms.first_day),
        last: terms.last_day.map_or_else(|| w.t.running_still.to_owned(), |day| w.pen.date(day)),
        remark,
    }
}

fn track_row(w: &Writer<'_>, track: &Track, bar: &Bar) -> Row {
    let mut remark = Vec::new();
    match (&track.what, bar.step) {
        (What::Counting(_), _) => remark.push(w.pen.days(bar.days.days())),
        (_, Some(step)) => remark.push(w.say(w.t.step_n, &[&step.to_string()])),
        (What::Units(charge) | What::Steps(charge), None) => remark.push(units(w, charge, bar.units)),
    }
    if bar.cut {
        remark.push(w.t.limit_took_part.to_owned());
    }
    Row { what: label(w, track), first: w.pen.date(bar.days.first), last: w.pen.date(bar.days.last), remark }
}

/// `1 week`, `8 weeks`.
fn units(w: &Writer<'_>, charge: &str, count: u32) -> String {
    let charge = w.contract.charges.iter().find(|known| known.id == *charge);
    let (one, many) = match charge.map(|charge| &charge.mechanism) {
        Some(Mechanism::Period(Period { unit: Grid::Day, .. })) => (w.t.unit_day, w.t.units_days),
        Some(Mechanism::Period(Period { unit: Grid::Month, .. })) => (w.t.unit_month, w.t.units_months),
        Some(Mechanism::Period(Period { unit: Grid::Week, .. })) => (w.t.unit_week, w.t.units_weeks),
        _ => (w.t.one_unit, w.t.units_other),
    };
    if count == 1 { format!("1 {one}") } else { w.say(many, &[&count.to_string()]) }
}

/// The figure in words: what, from when to when.
fn desc(w: &Writer<'_>, s: &Statement<'_>, rows: &[Row]) -> String {
    let row = |row: &Row| format!("{}: {} – {}.", row.what, row.first, row.last);
    let shown: Vec<String> = rows.iter().filter(|row| !row.first.is_empty()).take(12).map(row).collect();
    w.say(w.t.course_desc, &[&w.pen.dates(s.axis()), &shown.join(" ")])
}
