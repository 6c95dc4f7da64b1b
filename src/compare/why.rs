//! Why one contract does not owe what the other one does, in a word each.

use crate::explain::absent::Absent;
use crate::explain::reason::{Idle, LeftOut, Reason, Why as Spell};
use crate::explain::reckoning::Verdict;
use crate::explain::tree::Standing;
use std::collections::BTreeMap;
use std::fmt;

macro_rules! causes {
    ($($(#[$doc:meta])* $name:ident $code:literal $en:literal $da:literal;)*) => {
        /// Why something is not owed.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
        pub enum Cause { $($(#[$doc])* $name,)* }

        impl Cause {
            /// All of them.
            pub const ALL: &'static [Cause] = &[$(Cause::$name,)*];

            /// The word that stands for it in a file.
            #[must_use]
            pub const fn code(self) -> &'static str {
                match self { $(Cause::$name => $code,)* }
            }

            /// What it says, in English and in Danish; `{0}` is what it is about.
            #[must_use]
            pub const fn texts(self) -> (&'static str, &'static str) {
                match self { $(Cause::$name => ($en, $da),)* }
            }
        }
    };
}

causes! {
    // Days that one counts and the other does not (rule 6).
    /// The outcome does not count the kind.
    Kind "kind" "{0} does not count" "{0} tæller ikke";
    /// The outcome excepts days of the kind.
    Excepted "excepted" "days of {0} are excepted" "dage med {0} er undtaget";
    /// Too few hours a week.
    Hours "hours" "fewer than {0} hours a week" "under {0} timer om ugen";
    /// Jobs outside the programme do not count.
    OutsideJob "outside-job" "jobs outside the programme do not count" "arbejde uden for programmet tæller ikke";
    /// The company is not in the programme.
    Company "company" "the company is not in the programme" "virksomheden er ikke med i programmet";
    /// Before the placement begins.
    NotPlaced "before-placement" "before the placement begins" "før placeringen begynder";
    /// Not a new job.
    NotNew "not-new" "not a new job" "ikke et nyt arbejde";
    /// The outcome asks for evidence.
    NoEvidence "no-evidence" "without evidence" "ikke dokumenteret";
    /// Another spell of the job counts instead.
    OtherSpell "other-spell" "another spell of the job counts instead" "et andet forløb i samme arbejde tæller i stedet";
    /// Nobody confirmed it in time.
    Unconfirmed "unconfirmed" "not confirmed in time" "ikke bekræftet i tide";
    /// It waits for a fact.
    Waits "waits" "it waits for a fact" "det afventer en oplysning";
    /// The first days are left out.
    Skipped "skipped" "one of the first days, which are left out" "en af de første dage, som ikke tæller";
    /// Outside the window.
    Window "window" "outside the window" "uden for vinduet";
    /// Outside the contract's term.
    Term "term" "outside the contract's term" "uden for kontraktens løbetid";
    /// Before enrolment, or after eligibility.
    Eligibility "eligibility" "outside the participant's own days" "uden for borgerens egne dage";
    /// Nothing is reported that this outcome looks at.
    NotReported "not-reported" "nothing is reported that is looked at" "der er intet indberettet, som der ses på";
    // Who counts (rule 5).
    /// Another target group.
    TargetGroup "target-group" "target group {0} is not included" "målgruppen {0} er ikke med";
    /// Enrolled outside the cohort's days.
    Enrolled "enrolled" "enrolled outside the cohort's days" "indskrevet uden for kohortens dage";
    /// Others came first.
    Cohort "cohort" "others came first: {0} count" "andre kom først: {0} tæller";
    /// Not known on the last cut-off.
    NotKnown "not-known" "the participant is not known on the last cut-off" "borgeren kendes ikke på den sidste skæringsdag";
    // What is paid for (rules 7 and 8).
    /// The contract has no such charge.
    NoCharge "no-charge" "there is no such charge" "ydelsen findes ikke";
    /// The charge has no such unit.
    NoUnit "no-unit" "the charge has no such date, step or unit" "ydelsen har ikke den dato, det trin eller den enhed";
    /// The contract has not settled these days yet.
    NotSettled "not-settled" "not settled yet" "endnu ikke afregnet";
    /// Too few days count.
    TooFewDays "too-few-days" "fewer than {0} days count" "under {0} dage tæller";
    /// The step is not reached.
    NotReached "not-reached" "the step is not reached" "trinnet er ikke nået";
    /// No rate applies.
    NoRate "no-rate" "no rate applies" "ingen takst passer";
    /// So many units were paid before.
    UnitsUsedUp "units-used-up" "{0} units are paid already" "{0} enheder er allerede betalt";
    /// The charge requires something that is not reached.
    Requires "requires" "it requires {0}" "det kræver {0}";
    /// A gate is shut.
    Gate "gate" "gate {0} is shut" "betingelsen {0} er ikke opfyldt";
    /// Another way to the same payment is worth as much.
    NotBetter "not-better" "another way to the same payment is worth as much" "en anden vej til samme betaling er lige så meget værd";
    /// What a figure says is worth nothing.
    Figure "figure" "what the figures say is worth nothing" "det, tallene siger, er intet værd";
    /// An index is not known.
    Index "index" "index {0} is not known" "indekset {0} kendes ikke";
    /// It rounds to nothing.
    RoundsToNothing "rounds-to-nothing" "the amount rounds to nothing" "beløbet afrundes til intet";
    /// What happens to be otherwise.
    Otherwise "otherwise" "not owed" "skyldes ikke";
}

/// A cause, and what it is about: a kind, a number, a name; mostly nothing.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Why {
    /// The cause.
    pub cause: Cause,
    /// What it is about.
    pub of: String,
}

impl From<Cause> for Why {
    fn from(cause: Cause) -> Why {
        Why { cause, of: String::new() }
    }
}

impl Cause {
    fn of(self, what: impl fmt::Display) -> Why {
        Why { cause: self, of: what.to_string() }
    }
}

/// `kind:internship`, `not-reached`.
impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.cause.code())?;
        if self.of.is_empty() { Ok(()) } else { write!(f, ":{}", self.of) }
    }
}

impl From<Absent> for Why {
    fn from(absent: Absent) -> Why {
        match absent {
            Absent::OutOfCohort(standing) => out_of_cohort(standing),
            Absent::NoSuchUnit => Cause::NoUnit.into(),
            Absent::NoPlacement => Cause::NotPlaced.into(),
            Absent::Looked { verdict, left_out } => looked(verdict, &left_out),
        }
    }
}

fn out_of_cohort(standing: Standing) -> Why {
    match standing {
        Standing::OtherTargetGroup { target_group, .. } => Cause::TargetGroup.of(target_group),
        Standing::EnrolledOutside { .. } => Cause::Enrolled.into(),
        Standing::BeyondCohort { most, .. } => Cause::Cohort.of(most),
        Standing::NotYetRecorded { .. } | Standing::Withdrawn { .. } => Cause::NotKnown.into(),
        Standing::Counts { .. } => Cause::Otherwise.into(),
    }
}

/// Where too few days count, those that the other contract counts say why; if there are none, the terms of the charge do.
fn looked(verdict: Verdict, left_out: &[LeftOut]) -> Why {
    match verdict {
        Verdict::NoDays => of_days(left_out).unwrap_or(Cause::TooFewDays.of(1)),
        Verdict::TooFewDays { needed } => of_days(left_out).unwrap_or(Cause::TooFewDays.of(needed)),
        Verdict::NotReached => of_days(left_out).unwrap_or(Cause::NotReached.into()),
        Verdict::NoRate => Cause::NoRate.into(),
        Verdict::Waits { index, .. } => Cause::Index.of(index),
        Verdict::RoundsToNothing { .. } => Cause::RoundsToNothing.into(),
        Verdict::UnitsUsedUp { most } => Cause::UnitsUsedUp.of(most),
        Verdict::NotInProgramme => Cause::Company.into(),
        Verdict::NotKnown | Verdict::InNoBand | Verdict::PriceOf0 | Verdict::NothingMore | Verdict::AtItsTurn => {
            Cause::Figure.into()
        }
        Verdict::Requires { what } => Cause::Requires.of(what),
        Verdict::Shut { gate } => Cause::Gate.of(gate),
        Verdict::NotBetter { .. } => Cause::NotBetter.into(),
        Verdict::NotYet { .. } => Cause::NotSettled.into(),
        Verdict::TooLarge | Verdict::Owed { .. } => Cause::Otherwise.into(),
    }
}

/// The reason of most days; of equal ones the first in the list of causes.
fn of_days(left_out: &[LeftOut]) -> Option<Why> {
    let mut days: BTreeMap<Why, i64> = BTreeMap::new();
    for range in left_out {
        let mut whys: Vec<Why> = of_day(&range.reason);
        whys.sort();
        whys.dedup();
        whys.into_iter().for_each(|why| *days.entry(why).or_default() += range.days.days());
    }
    let most = days.values().copied().max()?;
    days.into_iter().find(|(_, count)| *count == most).map(|(why, _)| why)
}

fn of_day(reason: &Reason) -> Vec<Why> {
    let why = match reason {
        Reason::NoneActive { spells } => return spells.iter().map(of_spell).collect(),
        Reason::TooFewHours { minimum, .. } => Cause::Hours.of(minimum.normalize()),
        Reason::Excepted { kind, .. } => Cause::Excepted.of(kind),
        Reason::Skipped { .. } => Cause::Skipped.into(),
        Reason::NoAnchor { .. } | Reason::BeforeWindow { .. } | Reason::AfterWindow { .. } => Cause::Window.into(),
        Reason::BeforeTerm { .. } | Reason::AfterTerm { .. } => Cause::Term.into(),
        Reason::BeforeEnrolment { .. } | Reason::AfterEligibility { .. } => Cause::Eligibility.into(),
        Reason::NoSpell | Reason::NoReport => Cause::NotReported.into(),
    };
    vec![why]
}

fn of_spell(idle: &Idle) -> Why {
    match &idle.why {
        Spell::Kind { kind } => Cause::Kind.of(kind),
        Spell::BeforePlaced { .. } => Cause::NotPlaced.into(),
        Spell::NotJoined { .. } | Spell::CompanyLeft { .. } => Cause::Company.into(),
        Spell::OutsideJob { .. } => Cause::OutsideJob.into(),
        Spell::NotNew { .. } => Cause::NotNew.into(),
        Spell::NoEvidence => Cause::NoEvidence.into(),
        Spell::Followed { .. } | Spell::SetAside { .. } => Cause::OtherSpell.into(),
        Spell::Unconfirmed { .. } => Cause::Unconfirmed.into(),
        Spell::Waits { .. } => Cause::Waits.into(),
    }
}
