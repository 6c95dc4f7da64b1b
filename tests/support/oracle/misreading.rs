//! Wrong understandings of the rules, each a small switch in the oracle.

macro_rules! misreadings {
    (settlements { $($(#[$doc:meta])* $name:ident,)* } documents { $($document:ident,)* }) => {
        /// One way of reading the rules wrongly; `None` is the law.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Misreading {
            /// The law as it is.
            None,
            $($(#[$doc])* $name,)*
            $($document,)*
        }

        impl Misreading {
            /// Those of chapters 1 to 10, without `None`.
            pub const ALL: &[Misreading] = &[$(Misreading::$name,)*];

            /// Those of chapter 11.
            pub const DOCUMENTS: &[Misreading] = &[$(Misreading::$document,)*];
        }
    };
}

misreadings! {
    settlements {
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
        UpAndDownToTheNearest,
        MultipleIgnored,
        RoundOfTheChargeIgnored,
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
        // Versions
        FirstVersionForEver,
        LastVersionFromTheStart,
        AgreedBeforeTheCutOff,
        AgreedByThePeriodsLastDay,
        VersionsFromTheirDayOn,
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
        // Figures
        UnknownFigureIsZero,
        FigureRounded,
        CohortOfAFigureIgnored,
        LastRecordedMeasurement,
        MeasuredAfterTheDateCounts,
        MeasurementsOfTheDateNotYet,
        LongestMeasurement,
        HighestIdOfMeasurements,
        // Measured charges
        LowerEdgeOutside,
        UpperEdgeInside,
        MarginalAsWhole,
        WholeAsLevel,
        LineIsAStep,
        LevelCountsFromZero,
        AmountOfTheLastBandOnly,
        PriceBelowZeroIsOwed,
        PriceRoundedBeforeTimes,
        OneFigureTimes,
        EarnedWhenRecorded,
        MeasuredInTheTermOnly,
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
        AnyTraitWillDo,
        StepsFromZero,
        StepsBelowInclusive,
        // Adjustments
        FirstAdjustmentOnly,
        AdjustmentsAddUp,
        AdjustedDayByDay,
        AdjustedOnTheDayEarned,
        RoundOfTheRateIgnored,
        EveryRateRounded,
        WaitingUnitsGiveWay,
        IndexWithoutBase,
        IndexOfTheMonthItself,
        IndexOnePeriodEarly,
        LagIgnored,
        LastIndexWillDo,
        IndexOfAnyCohort,
        IndexOfAPartOfTheMonth,
        HighestIdOfAnIndex,
        DelayIgnored,
        DelayInCalendarDays,
        SaturdaysAreWeekdays,
        DelayEndsWithTheTerm,
        PricedAfterTheDelay,
        // Limits
        LimitsInOrderOfId,
        LimitsLookAtWhatWasPosted,
        CapRoomNotReleased,
        ContractLimitPerParticipant,
        TotalPerSettlementPeriod,
        TailIsNoWindow,
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
    documents {
        // Shares
        EachPostingSplit,
        RemainderToTheFirst,
        RemainderToTheLast,
        RemainderToTheLargestShare,
        TiesToThePayerNamedLast,
        PartsRoundedApart,
        PartsOfNothingStand,
        CutNotSplit,
        CutsOfCorrections,
        PayersOfTheChargeIgnored,
        TiesByTheContractsOrder,
        AtMostIgnored,
        AtMostOfWhatWasPosted,
        FullPayersHaveNoShare,
        ExcessToTheFirstWithRoom,
        ExcessToThoseWithoutLimit,
        // What stands on a document
        OneDocumentForAllPayers,
        PayersInOrderOfId,
        OutsideBesideTaxed,
        ExemptApart,
        OutsideFirst,
        CorrectionsAlwaysApart,
        CorrectionsNeverApart,
        CorrectionsFirst,
        NumbersPerPayer,
        NumbersPerSettlement,
        // Invoice or credit note
        KindByNet,
        NothingIsNoDocument,
        NothingIsACredit,
        CreditNoteListedTurned,
        // Days
        IssuedOnThePeriodsLastDay,
        DueFromThePeriodsEnd,
        DueAlwaysStays,
        DueAlwaysForward,
        DueBeforeItIsIssued,
        BanksCloseAtWeekendsOnly,
        PrayerDayForEver,
        // References
        CorrectsTheLastDocument,
        CorrectsTheFirstDocument,
        CorrectsThoseOfAllPayers,
        // VAT
        TaxPerPosting,
        TaxBeforeCuts,
        TaxTruncated,
        TaxRoundedAsEntitlements,
        TaxAlwaysHalfEven,
        TaxIncluded,
    }
}
