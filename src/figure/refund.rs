//! The state's refund: a staircase over the weeks with benefit, and the clock that counts them (saving 2, 4).

use crate::measure::day::Day;
use crate::measure::ratio::Ratio;
use serde::Serialize;

/// The days on which a dated row applies; without a last day it goes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Valid {
    /// The first day.
    pub from: Day,
    /// The last day, itself included.
    pub until: Option<Day>,
}

impl Valid {
    /// Whether it applies on a day.
    #[must_use]
    pub fn holds(self, on: Day) -> bool {
        self.from <= on && self.until.is_none_or(|until| on <= until)
    }
}

/// A step of the staircase: what share the state refunds of a week's benefit (saving 2).
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// The first number of a week that it is for.
    pub from: u32,
    /// The first number that it is not for any more; `None` = it is the last step.
    pub below: Option<u32>,
    /// When it applies; `None` = always.
    pub valid: Option<Valid>,
    /// The state's share.
    pub share: Ratio,
    /// Where that stands.
    pub source: String,
}

/// When the clock starts again (saving 4).
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Reset {
    /// After so many self-supporting weeks,
    pub weeks: u32,
    /// of those that lie less than so many months back.
    pub within_months: u32,
}

/// The share of the first step that is for the week of that number and applies on its Monday (saving 2).
#[must_use]
pub fn share(steps: &[Step], number: u32, monday: Day) -> Option<Ratio> {
    let fits = |step: &&Step| {
        let within = step.from <= number && step.below.is_none_or(|below| number < below);
        within && step.valid.is_none_or(|valid| valid.holds(monday))
    };
    steps.iter().find(fits).map(|step| step.share)
}

/// What a week is to the clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Week {
    /// It is counted.
    Counted,
    /// The participant supports itself.
    SelfSupporting,
    /// Neither: it is supported without being counted.
    Supported,
}

/// The actual clock, week by week from the first one that is counted (saving 4).
#[derive(Clone, Debug)]
pub struct Clock {
    reset: Option<Reset>,
    /// The weeks counted, if that is known.
    weeks: Option<u32>,
    /// Whether a week has been counted since it last started.
    runs: bool,
    /// The Mondays of the self-supporting weeks since then.
    quiet: Vec<Day>,
}

impl Clock {
    /// A clock of which nothing is known.
    #[must_use]
    pub const fn new(reset: Option<Reset>) -> Clock {
        Clock { reset, weeks: None, runs: false, quiet: Vec::new() }
    }

    /// Takes the next week in, with what a row says was counted before it. Says what is counted after it, if that is known.
    pub fn pass(&mut self, monday: Day, said: Option<u32>, week: Week) -> Option<u32> {
        self.weeks = said.or(self.weeks);
        match week {
            Week::Counted => {
                self.weeks = self.weeks.map(|weeks| weeks.saturating_add(1));
                self.runs = true;
            }
            Week::SelfSupporting if self.runs => self.rest(monday),
            Week::SelfSupporting | Week::Supported => {}
        }
        self.weeks
    }

    /// One more self-supporting week; enough of them, and the clock starts again.
    fn rest(&mut self, monday: Day) {
        let Some(reset) = self.reset else { return };
        let sunday = monday.plus_days(6);
        self.quiet.push(monday);
        self.quiet.retain(|monday| monday.plus_months(reset.within_months) > sunday);
        if self.quiet.len() >= reset.weeks as usize {
            (self.weeks, self.runs) = (Some(0), false);
            self.quiet.clear();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Day {
        Day::parse(text).unwrap()
    }

    fn step(from: u32, below: Option<u32>, share: &str) -> Step {
        let valid = Some(Valid { from: day("2016-01-04"), until: None });
        Step { from, below, valid, share: Ratio::parse(share).unwrap(), source: String::new() }
    }

    #[test]
    fn the_first_step_that_fits_says_the_share() {
        let stairs = [step(1, Some(5), "0.8"), step(5, Some(27), "0.4"), step(27, Some(53), "0.3"), step(53, None, "0.2")];
        let on = |number, monday| share(&stairs, number, day(monday)).map(|share| share.to_string());
        let shares = [1, 4, 5, 26, 27, 52, 53, 900].map(|number| on(number, "2016-01-04").unwrap());
        assert_eq!(shares, ["0.8", "0.8", "0.4", "0.4", "0.3", "0.3", "0.2", "0.2"]);
        assert_eq!((on(0, "2016-01-04"), on(1, "2015-12-28")), (None, None));
    }

    #[test]
    fn the_clock_starts_again_after_enough_weeks_within_the_months() {
        let mut clock = Clock::new(Some(Reset { weeks: 3, within_months: 1 }));
        let monday = |nth: i64| day("2024-01-01").plus_days(7 * nth);
        let mut pass = |nth, said, week| clock.pass(monday(nth), said, week);
        assert_eq!(pass(0, None, Week::Counted), None, "no row says what was counted before");
        assert_eq!(pass(1, Some(10), Week::Counted), Some(11));
        assert_eq!(pass(2, None, Week::SelfSupporting), Some(11));
        assert_eq!(pass(3, None, Week::SelfSupporting), Some(11));
        assert_eq!(pass(4, None, Week::Counted), Some(12));
        assert_eq!(pass(5, None, Week::Supported), Some(12));
        // Of 15 January, 22 January and 12 February the first is a month back on Sunday, 18 February.
        assert_eq!(pass(6, None, Week::SelfSupporting), Some(12));
        assert_eq!(pass(7, None, Week::SelfSupporting), Some(12), "22 January is a month back on 25 February");
        assert_eq!(pass(8, None, Week::SelfSupporting), Some(0));
        assert_eq!(pass(9, None, Week::SelfSupporting), Some(0));
        assert_eq!(pass(12, None, Week::Counted), Some(1));
        assert_eq!(pass(13, Some(40), Week::Counted), Some(41));
    }
}
