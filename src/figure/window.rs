//! Windows: the days whose rows a figure looks at (mechanisms 4.2).

use super::Asked;
use crate::measure::day::{Day, Span};

/// The days that a figure looks at when it is asked for a day (mechanisms 4.2).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Window {
    /// Everything up to the day; a baseline from before the contract too.
    #[default]
    Total,
    /// From 1 January of the day's year.
    CalendarYear,
    /// From the day after the asker's date before.
    SinceLast,
}

impl Window {
    /// Its days; all up to the day where the asker looks at everything so far (mechanisms 5.4).
    #[must_use]
    pub fn days(self, asked: Asked) -> Span {
        let first = match self {
            _ if asked.whole => Day::from_number(i32::MIN),
            Window::Total => Day::from_number(i32::MIN),
            Window::CalendarYear => Day::from_ymd(asked.on.year(), 1, 1).unwrap_or(asked.on),
            Window::SinceLast => asked.since,
        };
        Span { first, last: asked.on }
    }
}
