//! Errors, warnings and notices (rule 12): a stable code, a place, what is wrong and what would be right.

use super::cpr;
use super::id::Id;
use serde::Serialize;
use std::fmt;

/// How bad it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// The contract is not settled (rule 12.1).
    Error,
    /// Odd but lawful (rule 12.2).
    Warning,
    /// Left out by a rule (rule 12.2).
    Notice,
}

macro_rules! codes {
    ($($name:ident $id:literal $severity:ident $title:literal;)*) => {
        /// Every diagnostic has one of these codes. A code never changes its meaning.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        #[non_exhaustive]
        pub enum Code {
            $(#[doc = concat!("`", $id, "`: ", $title, ".")] $name,)*
        }

        impl Code {
            /// All of them, in the order of their numbers.
            pub const ALL: &'static [Code] = &[$(Code::$name,)*];

            /// The code as it is printed, such as `E101`.
            #[must_use]
            pub const fn id(self) -> &'static str {
                match self { $(Code::$name => $id,)* }
            }

            /// How bad it is.
            #[must_use]
            pub const fn severity(self) -> Severity {
                match self { $(Code::$name => Severity::$severity,)* }
            }

            /// What the code stands for, in a few words.
            #[must_use]
            pub const fn title(self) -> &'static str {
                match self { $(Code::$name => $title,)* }
            }
        }
    };
}

codes! {
    // E3xx: the facts.
    SameRowTwice "E301" Error "two rows with the same id, recorded_on and revision (rule 3.3)";
    LastBeforeFirst "E302" Error "a last day before its first day (rule 12.1)";
    UnknownKind "E303" Error "a kind that is neither standard nor the contract's own";
    NameNeverRecorded "E304" Error "a fact names an id that no row carries (rule 3.6)";
    // W5xx: odd but lawful, in the facts.
    SpellShortened "W501" Warning "a spell is shortened by the next one in the same job (rule 3.5)";
    SpellSetAside "W502" Warning "a spell is set aside for another that begins on the same day (rule 3.5)";
    WaitsToTheLast "W503" Warning "a fact waits on the last cut-off (rule 3.6)";
    SpellOutsideTerm "W504" Warning "a spell lies outside the contract's term";
    CompanyNeverJoins "W505" Warning "a company with placements never joins the programme";
    // N6xx: left out by a rule.
    Waits "N601" Notice "a fact waits for one that it names (rule 3.6)";
    TooLate "N602" Notice "a fact recorded after the last cut-off is never settled (rule 4.5)";
    OtherTargetGroup "N603" Notice "a participant of another target group (rule 5.1)";
    EnrolledOutside "N604" Notice "a participant enrolled outside the cohort's days (rule 5.1)";
    BeyondCohort "N605" Notice "a participant beyond the cohort's maximum (rule 5.3)";
    StepSpent "N606" Notice "a milestone reached where no rate applies is spent without payment (rule 7.2)";
    // E7xx, W7xx: the ledger.
    LedgerUnreadable "E701" Error "a ledger's file is not as an earlier run wrote it";
    LedgerCalendar "E702" Error "a ledger whose calendar is not the contract's (rule 10.5)";
    LedgerDiffers "W703" Warning "a replay would differ from the ledger (rule 10.4)";
    LedgerWithoutGrounds "W704" Warning "a ledger without settlements.json: earlier grounds are not known";
}

/// Where it is.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default, Serialize)]
pub struct Place {
    /// The file as the programme folder names it: `spells.csv`, `contracts/herning.toml`. Empty for the whole programme.
    pub file: String,
    /// The line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// The character in the line (a contract) or the column's number (a CSV file), from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<u32>,
    /// The CSV column's name, or the key in a contract such as `charge[2].min_days` (items counted from 0).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The bytes of the offending text in a contract file.
    #[serde(skip)]
    pub span: Option<(usize, usize)>,
}

/// One finding.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Diagnostic {
    /// What kind of finding.
    pub code: Code,
    /// Where.
    pub place: Place,
    /// The contract it belongs to; none for a row of an unknown contract, or where it belongs to all.
    pub contract: Option<Id>,
    /// What is wrong: one sentence, lower case, no full stop; what the user wrote stands in backticks.
    pub message: String,
    /// What would be right, if that can be said.
    pub help: Option<String>,
}

impl Diagnostic {
    /// A finding at a place. CPR numbers in the texts are blotted out (rule 3.7).
    #[must_use]
    pub fn new(code: Code, place: Place, message: impl AsRef<str>) -> Diagnostic {
        Diagnostic { code, place, contract: None, message: cpr::redact(message.as_ref()), help: None }
    }

    /// Adds what would be right.
    #[must_use]
    pub fn help(mut self, help: impl AsRef<str>) -> Diagnostic {
        self.help = Some(cpr::redact(help.as_ref()));
        self
    }

    /// Says which contract it belongs to.
    #[must_use]
    pub fn of(mut self, contract: &Id) -> Diagnostic {
        self.contract = Some(contract.clone());
        self
    }

    /// Whether it refuses its contract.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.code.severity() == Severity::Error
    }

    /// The order in which findings are shown: by place, then by code and text. The same for any order of the rows only as
    /// far as their lines are.
    #[must_use]
    pub fn rank(&self) -> impl Ord + '_ {
        (&self.place, self.code, &self.message)
    }
}

/// One line for terminals and logs: `error[E302] spells.csv:14 (last_day): …`.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let severity = match self.code.severity() {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Notice => "notice",
        };
        write!(f, "{severity}[{}] {}", self.code.id(), self.place.file)?;
        if let Some(line) = self.place.line {
            write!(f, ":{line}")?;
        }
        if let Some(field) = &self.place.field {
            write!(f, " ({field})")?;
        }
        write!(f, ": {}", self.message)?;
        self.help.as_ref().map_or(Ok(()), |help| write!(f, "; {help}"))
    }
}
