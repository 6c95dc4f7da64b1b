//! Which situations came up while the oracle worked: what the health of the generators is measured by.

macro_rules! situations {
    ($($name:ident,)*) => {
        /// A situation that a good test meets often enough.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Situation { $($name,)* }

        impl Situation {
            pub const ALL: &[Situation] = &[$(Situation::$name,)*];
        }
    };
}

situations! {
    Settlement, DayQualifies, DayInWindow, CountedParticipant, Spell, TwoContracts, AsOfBetweenSettlements, SettledAfterLedger,
    Rounded, RoundingTie, RoundsToZero,
    RecordedOnTheCutOff, RecordedTheDayAfter, RevisionDecides, VoidedOrReentered, FactWaits,
    SameDaySpells, SpellShortened, ConfirmShortens, ConfirmLeavesNoDay,
    LastPeriodShort, PostedInTail,
    GroupIneligible, EnrolledOutside, CohortCapExcludes, EligibilityEnded, DayBeforeEnrolment,
    SeveralCompanies, WindowExcludesDay, WindowEndsOneDayBefore, WindowWithoutAnchor, PlacementIsNoAnchor,
    HoursOfTwoJobs, TooFewHours, HoursExactlyEnough, OldJobExcluded, DayBeforePlacedOn, CompanyNotJoined,
    CompanyLeft, KindTie, SpellTie,
    GapExactlyAllowed, GapOneDayTooLong, GapTotalJustKept, GapTotalBreaks,
    LeftOnTheDate, EarnedOnTheLastDay, UnitsOutOfCompanyOrder,
    StepReachedTwice, StepWithoutRate, MilestoneOnRunsLastDay, MilestoneMissedByOneDay, MilestoneDueInAGap,
    CumulativeOverRuns,
    EvidenceMissing, ExceptKindBlocks, DaysSkipped, OldJobOfFewerHours, SeveralPlaces, TwoPlacesReachAtOnce,
    AnchoredOnACharge, AnchorNeverReached,
    MonthCountsOnTheDay, MonthLeavesWithin, DayLeavesWithin, ReachedOnlyWithin, RepeatedAfterABreak, RepeatedInOneRun, OnDayMissed, OnDayHit,
    LongUnit, PartOfWeeks, SecondPart,
    RequiredMovesTheDay, RequiredOnTheDay, RequiredNever, RequiredByAnybody, MarkerRequired,
    VariantTopsUp, VariantOwesNothing, VariantOverUnits, VariantTie, RequiredWasCut,
    GateOpens, GateStaysShut, GateMovesTheDay, GateJudgedOnTheOwnDay, GateHasNoDateLeft, GatePastTheTerm, GateShutBeforeItOpens,
    GateIsWaitedFor, GateOfTheContract, NestedGateOpens, NestedGateShut, JustEnoughTests, OneTestTooFew, ReachedFails,
    ReachedTooLateToFail, TestedFigureNotKnown, TestOnTheEdge, ToleranceLetsPass,
    Suspended, SuspensionsFirstOrLastDay, DayAfterASuspension, SuspensionAskedLater, NothingChecked, AllValid, SomeInvalid, CheckWaits,
    Report, ReportsSummed, ReportsOfTwoKinds, ReportUnproven, ReportWaits, ReportRevised, ReportVoidedOnce,
    ReportStraddlesEnrolment, OldReport, WeeklyHoursRounded, WeeklyHoursTie,
    TallyReached, TallyExactlyMet, TallyNotReached, TallyLeavesWithin, PaidByTheTally, NothingTallied, TallyShownRounded,
    LeapDayInUnit, Week53, UnitClippedByTerm, EarnedBeforeTheUnitsEnd, MinDaysJustReached, MinDaysMissedByOne,
    MaxUnitsReached, TwoCompaniesInUnit, DaysWithoutRate, RatesDiffer,
    ValidityBorder, HoursExactlyBelow, RowsTie, RowAndNoneTie, UnitUnderTwoRows, NoRowWins,
    CapCutsPartly, CapCutsWholly, TwoLimitsEquallyTight, TighterLimitLater, NotUnderTheLimitsScope,
    Posting, NegativePosting, LateEarning, Correction, FellAway, ReEarned, CorrectedAgain, CorrectedInOtherTerms,
    CorrectedAndCut, ChargeGone,
    TraitsInPart, TraitsAll, StepExactlyBelow, RoundedUp, RoundedDown, RoundedToAMultiple,
    Adjusted, AdjustedTwice, AdjustmentPassedOver, RateRounded, RateNotWritten,
    Indexed, WaitsForAnIndex, IndexToldTwice,
    Delayed, DelayedPastTheTerm, DelayOverAHoliday,
    VersionChanges, AgreedOnTheCutOff, PeriodOfTheNextVersion,
    FigureNotKnown, MeasuredAfterTheDate, MeasurementsEndTogether, MeasurementsOfTheSameDays, OtherCohort,
    ValueOnAnEdge, ValueInAHole, MarginalCrossed, StraightLine, CountedDown, PriceBelowZero, FiguresMultiplied,
    ComparedByDifference, ComparedByRatio, ComparedByPercent, ComparedByChange, ComparedByFall, DividedByZero,
    PartNotKnown, FigureIsRounded, FigureRoundingTie, NotSinceLast, NotInTheYear,
    EarnedInTheTail, LimitInTheTail,
    WorkedOutAtItsTurn, GrantedSomething, GrantedAfterACut, GrantedLessWhatIsOwedBack, GrantedAfterTheDate, GrantedBeforeTheWindow,
    OthersOfTheDayAfter,
    DateBeforeTheEnrolment, DateAfterTheEligibility, DateOfTheEnrolment, DateOfTheEligibilitysEnd, AnchoredDateMoves,
    AnchoredAfterTheTerm, CountedOnTheEdge, CountMissedByADay, SeveralUnitsOfOne, CountOfNobody, IneligibleNotCounted,
    MarkerCounted, CountedWhenRequiredHolds, CountedAmongSome, EnrolledOnTheEdge, CountRevised, Tallied, TalliedTwiceOnADay,
    MeasurementWaits, MeasuredOfSomebodyElse, CumulativeFalls, CumulativeOverAGap, CumulativeOverAWindow,
    UnitRefused, UnitRefusedThenGranted, UnitGrantedThenRefused, UnitNotTakenByWhatIsCut, ShareOfUnits, ShareNotKnown, OwedBackUnderUnits,
    OwedBack, OwedBackByABand, RoomGivenBack, RoomGivenBackIsUsed,
    FloorCutsPartly, FloorCutsWholly, FloorJustKept, SumBelowTheFloor, TwoFloors,
    WeekAvoided, NoWeekAvoided, WeeksCounted, SavingBelowNothing, WeekSavesLessThanNothing, WeekBeginsBeforeTheWindow,
    NeverOnBenefit, NoBenefitBefore, BenefitOnOneDayOfTheWeek, RowsOverlap, BenefitsEndTogether, BenefitsOfTheSameDays,
    BenefitWaits, BenefitVoidedOnce, BenefitRevised,
    WeekMissedByOneDay, WeekCut, EdgeOfDuring, LastEligibleDayOfAWeek,
    FirstWeekOfAStep, LastWeekOfAStep, WeekFourOrFive, WeekTwentySixOrSeven, WeekFiftyTwoOrThree,
    ClockTold, ClockToldTwiceInAWeek, ClockToldOtherwise, HistoryWithoutClock, ClockNotKnown, NoRefundRow,
    SupportedWeek, ResetMissedByAWeek, ClockStartsAgain, UnknownClockStartsAgain, SelfSupportTooLongAgo,
    CounterfactualOverBenefit, CounterfactualNotTold, ClocksSayDifferently, CountedByItsKind,
    AmountOfTheRow, RowWithoutAmount, MonthlyAmount, GapInARateTable, TypeWithoutRate, SeveralRateRows, RateOfALaterYear,
    SeveralRefundRows, TableRowOnItsBorder, TableRowChangesInTheWeek,
    CostsInAWeek, CostsOfTwoKinds, CostRefunded, GapInTheCosts,
    OfferRevised, OfferVoidedOnce, OfferWaits, OfferWaitsForOneOfItsCompanies, NoOffer, OfferEndedTheDayBefore, OffersFirstOrLastDay,
    PlacesAskedAfterTheTerm, PlacesOnTheLastDay, PlacesOfAWindow, NoPlaceDay, PartOfAMonth, LeapFebruaryOfPlaces, CommonFebruaryOfPlaces,
    DayAtNoCompany, DayAtTwoCompanies, AnotherCentre, OneInTwoCentres, CentreLiesDormant, PlaceOccupied, CentreJustFull, CentreOverFull, PlaceFree,
    OffersAddUp, CompanyInTwoCentres,
    EvidenceComesLate, EntryRevised, EntryVoidedOnce, GoalMet, GoalPartlyMet, GoalNotMet, GoalNotKnown, GoalMetThoughSomeAreNotKnown, NotMetThoughSomeAreNotKnown,
    DegreeAboveAHundred, PartlyWithDegreeNought, SomeRequirementsMet, RequirementOnlyTold, GoalInAGoalMet, GoalInAGoalNotMet, RequirementByFigure,
    RequirementNotKnown, ResultIsTheTarget, PrintedAsMet, RequirementPartlyMet, SameRequirementElsewhere, ShownOnTheDate, ShownAfterTheDate,
    ShownBeforeTheContract, RecordedAfterTheDate, NothingCameOfIt, EntriesAddUp, NoEntry, JustEnoughRequirements, OneRequirementTooFew,
    SeveralPayers, SplitLeavesARemainder, RemaindersTie, PartOfTheSum, PartAgainstThePosting, FullReversal,
    PayerWithoutDocument, OutsideAndTaxed, ExemptAndTaxed, CorrectionsApart, CreditNote, DocumentOfNothing,
    TaxDecidesTheKind, TaxRounded, TaxTie, DocumentWithCut, CorrectsSeveralDocuments, DueMoved,
    DueOnAHoliday, DueOnTheIssueDate, SharesAmended,
    OwedBackIsSplit, PayerHasRoomAgain, EarningsOfBothSigns, CreditNoteOfEarnings,
    PayersOfTheCharge, PayerIsFull, ExcessIsSplit, FullAgain, PayerWithoutRoom,
}

/// The set of situations of one run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen([u128; 5]);

impl Seen {
    pub fn add(&mut self, situation: Situation) {
        assert!(Situation::ALL.len() <= 640, "a set of 640 situations");
        self.0[situation as usize / 128] |= 1 << (situation as usize % 128);
    }

    pub fn and(self, other: Seen) -> Seen {
        Seen(std::array::from_fn(|n| self.0[n] | other.0[n]))
    }

    pub fn has(self, situation: Situation) -> bool {
        self.0[situation as usize / 128] & (1 << (situation as usize % 128)) != 0
    }

    pub fn all(self) -> impl Iterator<Item = Situation> {
        Situation::ALL.iter().copied().filter(move |situation| self.has(*situation))
    }
}
