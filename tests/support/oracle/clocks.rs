//! The two clocks of weeks with benefit: the state's, and the one that says where it would stand had nothing been avoided.

use super::days::add_months;
use super::{Law, Misreading, Situation};
use crate::support::day::Day;
use crate::support::programme::{Reset, Saving};

/// What the clocks ask of a week.
pub struct Counts {
    pub monday: Day,
    /// It has benefit, or a kind that is refunded.
    pub counted: bool,
    pub supported: bool,
    /// What a row that begins in it says.
    pub told: Option<i64>,
}

#[derive(Default)]
pub struct Clocks {
    /// The first week that is counted has come.
    begun: bool,
    /// It started again, and no week was counted since.
    stands_at_nothing: bool,
    /// After the week that was passed last.
    actual: Option<i64>,
    /// The Mondays of the self-supporting weeks since it last started again.
    alone: Vec<Day>,
    /// From the first avoided week on.
    counterfactual: Option<Option<i64>>,
    /// Whether the week before was avoided.
    avoided: bool,
}

impl Clocks {
    pub fn actual(&self) -> Option<i64> {
        self.actual
    }

    pub fn counterfactual(&self) -> Option<i64> {
        self.counterfactual.flatten()
    }

    /// Goes over one week.
    pub fn pass(&mut self, law: &Law, terms: &Saving, week: &Counts, avoided: bool) {
        let before = self.actual;
        self.pass_actual(law, terms, week);
        let stopped = law.reads(Misreading::CounterfactualStandsStill);
        let anew = law.reads(Misreading::CounterfactualAnewForEachSpell) && avoided && !self.avoided;
        let follows = law.reads(Misreading::CounterfactualIsTheActualClock);
        self.counterfactual = match self.counterfactual {
            _ if follows && avoided => Some(self.actual),
            // Before the first avoided week it is the actual clock.
            None if avoided => Some(before.map(|number| number + 1)),
            Some(_) if anew => Some(before.map(|number| number + 1)),
            None => None,
            Some(number) if stopped || (!avoided && law.reads(Misreading::CounterfactualOnlyWhenAvoided)) => Some(number),
            Some(_) if week.told.is_some() && law.reads(Misreading::CounterfactualIsTold) => {
                Some(week.told.map(|number| number + 1))
            }
            Some(_) if self.stands_at_nothing && before != Some(0) && law.reads(Misreading::CounterfactualStartsAgain) => {
                Some(Some(0))
            }
            Some(number) => {
                law.saw_if(!avoided && week.counted, Situation::CounterfactualOverBenefit);
                law.saw_if(week.told.is_some(), Situation::CounterfactualNotTold);
                Some(number.map(|number| number + 1))
            }
        };
        self.avoided = avoided;
    }

    fn pass_actual(&mut self, law: &Law, terms: &Saving, week: &Counts) {
        if !self.begun && !week.counted {
            return;
        }
        law.saw_if(!self.begun && week.told.is_none(), Situation::HistoryWithoutClock);
        if !self.begun && law.reads(Misreading::UntoldClockIsNothing) {
            self.actual = Some(0);
        }
        self.begun = true;
        if let Some(told) = week.told {
            law.saw_if(self.actual.is_some_and(|number| number != told), Situation::ClockToldOtherwise);
            self.actual = Some(told);
        }
        if week.counted {
            self.stands_at_nothing = false;
            if !(week.told.is_some() && law.reads(Misreading::ToldClockIsTheWeeksNumber)) {
                self.actual = self.actual.map(|number| number + 1);
            }
            return;
        }
        law.saw_if(week.supported, Situation::SupportedWeek);
        let supported = week.supported && !law.reads(Misreading::SupportedWeeksAreSelfSupporting);
        if supported {
            if law.reads(Misreading::ResetInOneStretch) {
                self.alone.clear();
            }
            return;
        }
        if let Some(reset) = terms.reset {
            self.support_oneself(law, reset, week.monday);
        }
    }

    /// A self-supporting week under a contract whose clock starts again.
    fn support_oneself(&mut self, law: &Law, reset: Reset, monday: Day) {
        // Looked at anew only from the next counted week on.
        if self.stands_at_nothing {
            return;
        }
        self.alone.push(monday);
        let mut needed = reset.weeks;
        needed -= i64::from(law.reads(Misreading::ResetOneWeekEarly));
        needed += i64::from(law.reads(Misreading::ResetOneWeekLate));
        let sunday = monday.plus(6);
        let of_late = |week: &&Day| add_months(law, **week, reset.within_months) > sunday;
        let recent = self.alone.iter().filter(of_late).count() as i64;
        let mut looked_at = if law.reads(Misreading::ResetWithinAnyTime) { self.alone.len() as i64 } else { recent };
        if law.reads(Misreading::ResetInOneStretch) {
            looked_at =
                self.alone.iter().rev().enumerate().take_while(|(n, week)| **week == monday.plus(-7 * *n as i64)).count()
                    as i64;
        }
        law.saw_if(looked_at == reset.weeks - 1, Situation::ResetMissedByAWeek);
        law.saw_if(recent < self.alone.len() as i64, Situation::SelfSupportTooLongAgo);
        if looked_at >= needed && !law.reads(Misreading::ClockNeverStartsAgain) {
            law.saw(Situation::ClockStartsAgain);
            law.saw_if(self.actual.is_none(), Situation::UnknownClockStartsAgain);
            self.actual = Some(0);
            self.alone.clear();
            self.stands_at_nothing = true;
        }
    }
}
