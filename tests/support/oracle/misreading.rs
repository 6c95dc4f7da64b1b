//! Wrong understandings of the rules, each a small switch in the oracle.

macro_rules! misreadings {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// One way of reading the rules wrongly; `None` is the law.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Misreading {
            /// The law as it is.
            None,
            $($(#[$doc])* $name,)*
        }

        impl Misreading {
            /// All of them, without `None`.
            pub const ALL: &[Misreading] = &[$(Misreading::$name,)*];
        }
    };
}

misreadings! {
    // Days
    LastDayExclusive,
    FirstDayExcluded,
    MonthAlways30Days,
    MonthsAddedOneByOne,
    WeekNamedByItsMonday,
    // Money
    RoundedPerDay,
    AlwaysHalfEven,
    AlwaysHalfAway,
    RoundedByTruncation,
    QuotientTakenFirst,
    ZeroUnitsCount,
    // Facts
    VoidIgnored,
    RevisionIgnored,
    RevisionAsText,
    LateFactsLeak,
    CutOffExclusive,
    WaitingIgnored,
    OverlapCountedTwice,
    SameDayLowerIdCounts,
    JobIsACompany,
    JobsOrderedPerKind,
    ConfirmAfterJobs,
    ConfirmDaysIgnored,
    // Calendar
    PeriodsCutFromTheStart,
    EarnedUntilTheCutOff,
    // Cohort
    TargetGroupIgnored,
    EnrolmentWindowIgnored,
    EligibleUntilIgnored,
    EligibleUntilExclusive,
    DaysBeforeEnrolmentCount,
    CohortCapById,
    CohortCapByEnrolment,
    CohortCapByStandingRow,
    CohortCapBeforeEligibility,
    // Outcomes
    DaysBeforePlacedOnCount,
    JoinedOnIgnored,
    LeftOnIgnored,
    LeftOnExclusive,
    NewJobsOnlyIgnored,
    NewJobsOnlyOfOwnKinds,
    NewJobPerPlacement,
    HoursNotSummed,
    HoursOfAllCompanies,
    HoursMustExceed,
    KindTieByLowerId,
    WindowIgnored,
    WindowEndInclusive,
    AnchorAtAnyCompany,
    AllowedGapBreaks,
    GapOneTooLongBridges,
    GapTotalIgnored,
    GapDaysQualify,
    // Charges
    FixedForLeavers,
    MilestoneOneDayLate,
    MilestoneCountsQualifyingDays,
    MilestoneReachedInGap,
    MilestonePerRun,
    UnpricedStepRetried,
    StepsAddedOneByOne,
    CumulativePerRun,
    ClippedUnitNeedsFewer,
    MinDaysMustBeExceeded,
    ProratedBy30,
    ProratedByDaysInTerm,
    MaxUnitsIgnored,
    MaxUnitsAfterLimits,
    EarnedAtTheUnitsEnd,
    // Rates
    LastRowApplies,
    RateOfTheUnitsFirstDay,
    RateOfTheUnitsLastDay,
    DaysWithoutRowDropped,
    NoneBeforeARow,
    LaterRowWinsTie,
    HoursBelowInclusive,
    ElapsedFromEnrolment,
    ElapsedOf30Days,
    ValidUntilExclusive,
    CompanyOfTheFirstDay,
    CompanyOfTheLastDay,
    // Limits
    LimitsInOrderOfId,
    LimitsLookAtWhatWasPosted,
    CapRoomNotReleased,
    ContractLimitPerParticipant,
    TotalPerSettlementPeriod,
    YearLimitOverTheWholeTerm,
    CutByTheFirstLimit,
    // Postings
    ChangesNotPosted,
    FallenAwayNotTakenBack,
    FallenAwayAsFirstPosted,
    CorrectionIsAnEarning,
    CorrectionWithoutCorrects,
    CorrectsTheLastPosting,
    ReEarnedIsAnEarning,
    /// Shows only with a ledger.
    GoneChargesNotLast,
}
