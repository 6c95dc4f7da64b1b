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
    // E1xx: reading a file.
    MissingFile "E101" Error "a file of the programme folder is missing";
    NoContract "E102" Error "a programme without a contract";
    NotUtf8 "E103" Error "a file is not UTF-8 text";
    EmptyFile "E104" Error "a file without a header row";
    WrongDelimiter "E105" Error "columns are not divided by commas";
    UnknownColumn "E106" Error "an unknown column";
    ColumnTwice "E107" Error "a column that is there twice";
    MissingColumn "E108" Error "a column is missing";
    FieldCount "E109" Error "a row with more or fewer fields than the header";
    Quotes "E110" Error "quotation marks out of place";
    CprNumber "E111" Error "a civil registration number (rule 3.7)";
    ControlCharacter "E112" Error "a control character";
    // E2xx: a contract.
    Syntax "E201" Error "a contract file is not TOML or JSON";
    KeyTwice "E202" Error "a key that is there twice";
    UnknownKey "E203" Error "an unknown key";
    MissingKey "E204" Error "a key is missing";
    WrongType "E205" Error "a value of the wrong type";
    Float "E206" Error "a decimal that is not in quotes";
    ContractNumber "E207" Error "a number that cannot be read, in a contract";
    ContractDate "E208" Error "a day that cannot be read, in a contract";
    UnknownWord "E209" Error "a word that is not one of those that may stand there";
    ContractName "E210" Error "an id or a name that may not be one, in a contract";
    KeysTogether "E211" Error "keys of which only one may stand there";
    UnknownCurrency "E212" Error "an unknown currency";
    SameContractTwice "E213" Error "two contract files with one id";
    SameIdTwice "E214" Error "an id that is there twice in a contract";
    UnknownName "E215" Error "a name that the contract does not define";
    UnknownContractKind "E216" Error "a kind that is neither standard nor listed in the contract";
    KindListed "E217" Error "a kind that need not or may not be listed";
    DaysBackwards "E218" Error "a last day before its first day, in a contract (rule 12.1)";
    Shares "E219" Error "shares that do not sum to 1 (rule 11.2)";
    FixedDate "E220" Error "a date outside the term or named twice (rule 7.1)";
    FixedCondition "E221" Error "a fixed charge with a condition other than `valid` (rule 8.2)";
    StepLengths "E222" Error "lengths of a milestone that do not go together (rule 7.2)";
    CountRange "E223" Error "a count that is too small or too large";
    EmptyList "E224" Error "an empty list";
    LimitDecimals "E225" Error "a limit with more decimals than the currency (rule 2.3)";
    CheckDigit "E226" Error "a number that fails its check digit";
    DocumentForm "E227" Error "a number, code or account that is not in the form that documents and books give it";
    DocumentText "E228" Error "a text that documents cannot carry";
    VatRate "E229" Error "a VAT rate that cannot be, or a second one";
    DocumentCurrency "E230" Error "a currency that documents cannot be in";
    SharedNumbers "E231" Error "two contracts whose documents or payments would bear the same numbers";
    GoalNeeds "E236" Error "more requirements needed than a goal has with a target (goals 2)";
    TargetOfZero "E237" Error "a target that is not above 0 (goals 2)";
    GoalSinceLast "E238" Error "a goal that asks for a figure since the last date (goals 2)";
    GoalCircle "E239" Error "goals and figures made of one another in a circle (goals 2)";
    BandOrder "E240" Error "bands out of order, overlapping or empty (mechanisms 5.3)";
    BandLine "E241" Error "a straight line between amounts where none can be drawn (mechanisms 5.3)";
    TooManyDigits "E242" Error "more digits than can be exact (mechanisms 2.4)";
    BandOwedBy "E243" Error "a band that cannot say who owes it (mechanisms 5.3)";
    RequiresGranted "E247" Error "something waits for what rests on what is granted (mechanisms 4.1)";
    SinceWhat "E245" Error "a figure since the last date, in a gate without dates (mechanisms 6.3)";
    FigureCircle "E249" Error "figures made of one another in a circle (mechanisms 4.1)";
    // Mechanisms 3 and 6.
    Circle "E250" Error "charges or gates that wait for one another in a circle (mechanisms 6.4)";
    RequiresContracts "E251" Error "a participant's charge that requires one without participants (mechanisms 6.1)";
    VariantMixed "E252" Error "ways to one payment that cannot stand for one another (mechanisms 6.2)";
    KindExcepted "E253" Error "a kind that an outcome both counts and excepts (mechanisms 3.1)";
    SameEmployer "E254" Error "`same_employer` where it may not stand (mechanisms 3.1)";
    WindowCharge "E255" Error "a window or date that counts from what is no milestone (mechanisms 3.1, 3.5)";
    MilestoneKeys "E256" Error "keys of a milestone that do not go together (mechanisms 3.3)";
    OwnDates "E257" Error "dates of participants in a charge that has none (mechanisms 3.5)";
    OwnFigure "E258" Error "a figure of each participant where one of all is asked (mechanisms 4.3)";
    NotCounted "E259" Error "a count or tally of what cannot be counted (mechanisms 4.4)";
    StepsOfNone "E260" Error "a condition on steps outside a milestone (mechanisms 5.1)";
    RoundTo "E261" Error "a rounding that is no multiple of the minor unit (mechanisms 2.3)";
    NobodyPaysTheRest "E262" Error "a charge whose payers all pay at most so much (mechanisms 8.2)";
    NoPayroll "E263" Error "an outcome of paid hours in a contract without `[payroll]` (mechanisms 3.2)";
    EarningsOfSpells "E264" Error "earnings counted where spells are looked at (mechanisms 3.3)";
    GoalWithoutTarget "E265" Error "a goal without a target where it is asked whether it is met (goals 2)";
    GoalSoFar "E266" Error "a running total of a goal that asks for a figure in a window of its own (goals 3)";
    VersionCalendar "E270" Error "a version with another calendar (rule 10.5, mechanisms 9.2)";
    VersionCharge "E271" Error "a version without a charge of the one before, or with other units in it (rule 10.5, mechanisms 9.2)";
    VersionCurrency "E272" Error "a version in another currency (mechanisms 9.2)";
    VersionPayer "E273" Error "a version without a payer who may have documents (mechanisms 9.2)";
    NoVersion "E274" Error "no version is agreed on by the first cut-off (mechanisms 9.2)";
    ShareWindow "E275" Error "a share of a figure in a window of its own (mechanisms 8.1)";
    // Savings.
    SavingUnsaid "E280" Error "a saving of which nothing says how it is reckoned (saving 2)";
    SavingNumber "E281" Error "a number of `[saving]` that cannot be reckoned with (saving 2)";
    TwoAmounts "E282" Error "a benefit with both a weekly and a monthly amount (saving 1)";
    ClockWeeks "E283" Error "a number of weeks that cannot be read, in a row (saving 1)";
    BenefitDecimals "E284" Error "a benefit whose amount has too many digits (saving 1)";
    // E29x: a funding.
    FundingContract "E290" Error "a contract that a funding cannot receive (investors 1)";
    PartOfWhole "E291" Error "a part that is not above 0 and at most 1 (investors 1)";
    CommittedLess "E292" Error "a funder that paid in more than it committed (investors 1)";
    TierKeys "E293" Error "keys of a tier that do not go together (investors 1)";
    GuaranteesItself "E294" Error "a guarantor among those it covers (investors 4)";
    ReceiptChanged "E295" Error "a settlement that is not what was distributed (investors 5)";
    OtherFunding "E296" Error "a ledger that does not go with the funding (investors 5)";
    // E3xx: the facts.
    SameRowTwice "E301" Error "two rows with the same id, recorded_on and revision (rule 3.3)";
    LastBeforeFirst "E302" Error "a last day before its first day (rule 12.1)";
    UnknownKind "E303" Error "a kind that is neither standard nor the contract's own";
    NameNeverRecorded "E304" Error "a fact names an id that no row carries (rule 3.6)";
    UnknownContract "E305" Error "a row of a contract that is not in the programme";
    EmptyField "E306" Error "an empty field that must be filled in";
    FactDate "E307" Error "a day that cannot be read, in a row";
    FactNumber "E308" Error "a number that cannot be read, in a row";
    FactName "E309" Error "an id or a name that may not be one, in a row";
    NotVoid "E310" Error "`void` is neither empty nor `true` nor `false`";
    WhichJob "E311" Error "a spell that names both a placement and an outside job, or neither (rule 3.4)";
    PaymentDecimals "E312" Error "a payment with more decimals than the currency (rule 2.3)";
    UnknownGoal "E316" Error "an entry of a goal or requirement that the contract does not have (goals 1)";
    NotEntered "E317" Error "an entry of a requirement whose result comes from elsewhere (goals 1)";
    ReportMonth "E325" Error "a month that cannot be read, in a row (mechanisms 12)";
    EmptyReport "E326" Error "a report with neither hours nor earnings (mechanisms 12)";
    UnknownCheckedCharge "E330" Error "a check of a charge that the contract does not have (mechanisms 12)";
    CheckResult "E331" Error "a result of a check that is none (mechanisms 12)";
    // W4xx: odd but lawful, in a contract or a single row.
    RateRowCovered "W401" Warning "a rate row that an earlier row covers (rule 8.4)";
    MonthTooMany "W402" Warning "a window of n months with n + 1 payable months (rule 8.4)";
    CompanyFirstDay "W403" Warning "an outcome per company with a first-day window (rule 8.4)";
    MinDaysAbove28 "W404" Warning "more days than the shortest month has";
    RateRowNever "W405" Warning "a rate row that can never apply";
    RateNamesNever "W406" Warning "a rate row names what its charge never pays for";
    UnusedOutcome "W407" Warning "an outcome that no charge uses";
    NothingToPay "W408" Warning "a contract without charges";
    LimitOfZero "W409" Warning "a limit of 0";
    LimitOfNothing "W410" Warning "a limit that no charge falls under";
    StepNever "W411" Warning "a milestone step that can never be reached";
    DateWithoutRate "W412" Warning "a fixed date to which no rate row applies";
    EnrolAfterEnd "W413" Warning "days of enrolment after the contract's end";
    NamedTwice "W414" Warning "a name that is there twice in a list";
    GapTotalAlone "W415" Warning "`max_gap_total` without `max_gap_days`";
    ShareOfZero "W416" Warning "a payer with a share of 0";
    DoubtfulNumber "W417" Warning "a registration or location number that cannot be one";
    OfferOutsideTerm "W418" Warning "an offer of places outside the contract's term (places 5)";
    LeftNotJoined "W421" Warning "a company that left without having joined";
    HoursAboveWeek "W422" Warning "more hours a week than a week has";
    TwoContracts "W423" Warning "a citizen in two contracts (rule 12.2)";
    NotRead "W424" Warning "a file whose name is nearly right is not read";
    CentreUnnamed "W425" Warning "a figure of a centre that no offer names (places 5)";
    CompanyOfTwoCentres "W426" Warning "a company in two centres on one day (places 1)";
    OffersUnasked "W427" Warning "offers of places that no figure looks at (places 5)";
    NothingShown "W428" Warning "a requirement of which nothing was shown by the last settlement (goals 2)";
    ShownAfterEnd "W429" Warning "a goal of which all was shown after the contract's last day (goals 2)";
    BandHole "W430" Warning "values that no band prices (mechanisms 5.3)";
    FigureUnused "W431" Warning "a figure that nothing uses";
    DateAfterTail "W432" Warning "a date after the last tail period";
    FloorOfNothing "W433" Warning "a floor under which nothing can be owed back";
    GrantedBelow "W436" Warning "a charge whose grants are looked at takes its turn after who looks (mechanisms 4.1)";
    VariantAlone "W440" Warning "a variant with one member (mechanisms 6.2)";
    RequiresVariant "W441" Warning "a charge that requires another way to the same payment (mechanisms 6.2)";
    SkipAll "W442" Warning "days skipped that are as many as the window has (mechanisms 3.1)";
    GateNever "W443" Warning "a gate that can never open (mechanisms 6.3)";
    GateUnused "W444" Warning "a gate that nothing requires (mechanisms 6.3)";
    ToleranceAbove1 "W445" Warning "a tolerance above 1 (mechanisms 6.3)";
    DelayedPastEnd "W450" Warning "a delay that falls after the last tail period (mechanisms 7.3)";
    FactorOfZero "W451" Warning "an adjustment with a factor of 0";
    UnusedIndex "W452" Warning "an index that no charge follows (mechanisms 7.2)";
    WindowSetAside "W453" Warning "a figure's window that `cumulative` sets aside (mechanisms 5.4)";
    RateCardHole "W470" Warning "a rate card with a hole: what no row applies to (mechanisms 14.3)";
    RateRowsCover "W471" Warning "a rate row that earlier rows together cover (rule 8.4)";
    WindowIdle "W472" Warning "a window that is never over before the contract";
    MaxUnitsIdle "W473" Warning "a `max_units` above all units that there are";
    LimitIdle "W474" Warning "a limit above all that can be owed";
    UnusedSaving "W480" Warning "a table `[saving]` that no figure uses (saving 2)";
    SavingHole "W481" Warning "days on which no rate says what a benefit pays (saving 2)";
    WeekNotKnown "W482" Warning "a week whose saving is not known (saving 5)";
    BenefitUnnamed "W483" Warning "benefits of a type that no rate names (saving 2)";
    NotPaidBack "W490" Warning "a funder whose principal no tier pays back (investors 1)";
    TierIdle "W491" Warning "a tier that never gets anything (investors 1)";
    // W5xx: odd but lawful, in the facts.
    SpellShortened "W501" Warning "a spell is shortened by the next one in the same job (rule 3.5)";
    SpellSetAside "W502" Warning "a spell is set aside for another that begins on the same day (rule 3.5)";
    WaitsToTheLast "W503" Warning "a fact waits on the last cut-off (rule 3.6)";
    SpellOutsideTerm "W504" Warning "a spell lies outside the contract's term";
    CompanyNeverJoins "W505" Warning "a company never joins the programme";
    Overpaid "W506" Warning "more was paid on a document than it asks for";
    UnknownRate "W507" Warning "interest that cannot be worked out: a reference rate is not known";
    UnknownDocument "W508" Warning "a payment of a document that was not issued";
    MetricUnnamed "W510" Warning "a measurement that no figure asks for";
    AmountTooLarge "W511" Warning "an amount of more than 18 digits is not owed (mechanisms 2.4)";
    HoursAboveMonth "W514" Warning "more hours than a month has";
    ReportOutsideTerm "W515" Warning "a report of a month outside the contract's term";
    UnusedPayroll "W516" Warning "a table `[payroll]` that no outcome asks for";
    UnusedReports "W517" Warning "reports of paid hours that no outcome looks at";
    SampleUnnamed "W520" Warning "a check of a sample that no figure asks for";
    SuspensionUnasked "W521" Warning "a suspension that no gate asks about (mechanisms 9.1)";
    // N6xx: left out by a rule.
    Waits "N601" Notice "a fact waits for one that it names (rule 3.6)";
    TooLate "N602" Notice "a fact recorded after the last cut-off is never settled (rule 4.5)";
    OtherTargetGroup "N603" Notice "a participant of another target group (rule 5.1)";
    EnrolledOutside "N604" Notice "a participant enrolled outside the cohort's days (rule 5.1)";
    BeyondCohort "N605" Notice "a participant beyond the cohort's maximum (rule 5.3)";
    StepSpent "N606" Notice "a milestone reached where no rate applies is spent without payment (rule 7.2)";
    FigureNotKnown "N610" Notice "a figure is not known on a date of a charge (mechanisms 5.3)";
    Unmet "N613" Notice "an entitlement whose charge requires what is not reached (mechanisms 6.1)";
    GateShut "N614" Notice "an entitlement that a gate stops (mechanisms 6.3)";
    GateWaits "N615" Notice "an entitlement that waits at a gate (mechanisms 6.3)";
    IndexNotKnown "N616" Notice "an index is not known: what follows it waits (mechanisms 7.2)";
    VersionNeverFollowed "N619" Notice "a version that no settlement follows (mechanisms 9.2)";
    NoBenefitBefore "N620" Notice "a participant who had no benefit avoids none (saving 3)";
    GoalNotKnown "N621" Notice "a figure that a goal asks for is not known (goals 2)";
    // E7xx, W7xx: the ledger.
    LedgerUnreadable "E701" Error "a ledger's file is not as an earlier run wrote it";
    LedgerCalendar "E702" Error "a ledger whose calendar is not the contract's (rule 10.5)";
    LedgerDiffers "W703" Warning "a replay would differ from the ledger (rule 10.4)";
    LedgerWithoutGrounds "W704" Warning "a ledger without settlements.json: earlier grounds are not known";
    LedgerSimulated "E705" Error "what is simulated and what is to be paid cannot go on from one another";
    ForecastUnbounded "W707" Warning "what a contract can still cost has no highest, or no lowest";
    ForecastUntold "W708" Warning "days that are settled do not count as told in a forecast";
    ForecastOver "W709" Warning "a forecast of a contract whose last cut-off is over";
    // E8xx: documents.
    NoInvoicing "E801" Error "a contract without `[invoicing]` cannot be invoiced (rule 11)";
    PayerGone "E802" Error "a payer who had documents is gone from the contract (rule 11.2)";
    ChargeUntaxed "E803" Error "nothing says how a charge of the ledger is taxed (rule 11.4)";
    // E9xx: comparisons.
    ComparedCurrency "E901" Error "contracts of different currencies cannot be compared";
}

/// What a person wrote, as it is quoted in a message: in backticks, on one line, at most 40 characters of it, and without
/// CPR numbers (rule 3.7).
#[must_use]
pub fn quote(text: &str) -> String {
    const MOST: usize = 40;
    // A number that the cut would halve is found first; a long text is not looked through to its end.
    let end = text.char_indices().nth(MOST * 4).map_or(text.len(), |(at, _)| at);
    let clean = cpr::redact(text.get(..end).unwrap_or_default());
    let mut shown = String::from("`");
    for (nth, c) in clean.chars().enumerate() {
        match c {
            _ if nth == MOST => {
                shown.push('…');
                break;
            }
            c if c.is_control() => shown.extend(c.escape_default()),
            c => shown.push(c),
        }
    }
    shown.push('`');
    shown
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

impl Place {
    /// A file as a whole.
    #[must_use]
    pub fn file(name: &str) -> Place {
        Place { file: name.to_owned(), ..Place::default() }
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_is_short_clean_and_on_one_line() {
        assert_eq!(quote("a\nb\u{1b}"), "`a\\nb\\u{1b}`");
        assert_eq!(quote("kald 010190-1234"), "`kald [CPR]`");
        assert_eq!(quote(&"x".repeat(10_000_000)).chars().count(), 43);
        assert!(!quote(&format!("{}010190-1234", "x".repeat(33))).contains("010190"));
    }

    #[test]
    fn codes_are_in_order_and_their_letter_says_how_bad_they_are() {
        let ids: Vec<&str> = Code::ALL.iter().map(|code| code.id()).collect();
        assert!(ids.iter().collect::<std::collections::BTreeSet<_>>().len() == ids.len());
        for code in Code::ALL {
            let letter = match code.severity() {
                Severity::Error => 'E',
                Severity::Warning => 'W',
                Severity::Notice => 'N',
            };
            assert!(code.id().starts_with(letter), "{}", code.id());
        }
    }
}
