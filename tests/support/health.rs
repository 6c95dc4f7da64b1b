//! How often the interesting situations come up in random programmes, and how often they must.

use super::oracle::{Seen, Situation};
use std::collections::BTreeMap;
use std::fmt;

/// Counts programmes by the situations that came up in them.
#[derive(Clone, Debug, Default)]
pub struct Health {
    programmes: usize,
    with: BTreeMap<Situation, usize>,
}

impl Health {
    pub fn add(&mut self, seen: Seen) {
        self.programmes += 1;
        for situation in seen.all() {
            *self.with.entry(situation).or_default() += 1;
        }
    }

    fn per_thousand(&self, situation: Situation) -> usize {
        self.with.get(&situation).copied().unwrap_or(0) * 1000 / self.programmes.max(1)
    }

    /// The situations that came up in fewer programmes than they must.
    pub fn ill(&self, least: &[(Situation, usize)]) -> Vec<String> {
        let ill = least.iter().filter(|(situation, least)| self.per_thousand(*situation) < *least);
        ill.map(|(situation, least)| {
            format!("{situation:?}: in {} of 1000 programmes, must be in {least}", self.per_thousand(*situation))
        })
        .collect()
    }
}

impl fmt::Display for Health {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(out, "{} programmes; in how many of 1000:", self.programmes)?;
        for situation in Situation::ALL {
            writeln!(out, "  {:4} {situation:?}", self.per_thousand(*situation))?;
        }
        Ok(())
    }
}

/// In how many of a thousand programmes a situation must come up, at least.
pub const LEAST: &[(Situation, usize)] = &[
    (Situation::DayQualifies, 390),
    (Situation::TwoContracts, 50),
    (Situation::AsOfBetweenSettlements, 160),
    (Situation::Rounded, 240),
    (Situation::RoundingTie, 110),
    (Situation::RoundsToZero, 30),
    (Situation::RecordedOnTheCutOff, 560),
    (Situation::RecordedTheDayAfter, 500),
    (Situation::RevisionDecides, 530),
    (Situation::VoidedOrReentered, 540),
    (Situation::FactWaits, 460),
    (Situation::SameDaySpells, 140),
    (Situation::SpellShortened, 320),
    (Situation::ConfirmShortens, 50),
    (Situation::ConfirmLeavesNoDay, 12),
    (Situation::PostedInTail, 110),
    (Situation::GroupIneligible, 50),
    (Situation::EnrolledOutside, 140),
    (Situation::CohortCapExcludes, 20),
    (Situation::EligibilityEnded, 160),
    (Situation::DayBeforeEnrolment, 90),
    (Situation::SeveralCompanies, 60),
    (Situation::WindowExcludesDay, 110),
    (Situation::WindowEndsOneDayBefore, 90),
    (Situation::WindowWithoutAnchor, 18),
    (Situation::PlacementIsNoAnchor, 15),
    (Situation::HoursOfTwoJobs, 150),
    (Situation::TooFewHours, 120),
    (Situation::HoursExactlyEnough, 40),
    (Situation::OldJobExcluded, 40),
    (Situation::DayBeforePlacedOn, 120),
    (Situation::CompanyNotJoined, 50),
    (Situation::CompanyLeft, 40),
    (Situation::KindTie, 20),
    (Situation::SpellTie, 60),
    (Situation::GapExactlyAllowed, 60),
    (Situation::GapOneDayTooLong, 50),
    (Situation::GapTotalJustKept, 12),
    (Situation::GapTotalBreaks, 15),
    (Situation::LeftOnTheDate, 13),
    (Situation::EarnedOnTheLastDay, 140),
    (Situation::UnitsOutOfCompanyOrder, 9),
    (Situation::StepReachedTwice, 20),
    (Situation::StepWithoutRate, 30),
    (Situation::MilestoneOnRunsLastDay, 20),
    (Situation::MilestoneMissedByOneDay, 20),
    (Situation::MilestoneDueInAGap, 6),
    (Situation::CumulativeOverRuns, 30),
    (Situation::EvidenceMissing, 60),
    (Situation::ExceptKindBlocks, 15),
    (Situation::DaysSkipped, 55),
    (Situation::OldJobOfFewerHours, 10),
    (Situation::SeveralPlaces, 45),
    (Situation::TwoPlacesReachAtOnce, 3),
    (Situation::AnchoredOnACharge, 15),
    (Situation::AnchorNeverReached, 65),
    (Situation::MonthCountsOnTheDay, 45),
    (Situation::DayLeavesWithin, 8),
    (Situation::ReachedOnlyWithin, 5),
    (Situation::RepeatedAfterABreak, 15),
    (Situation::RepeatedInOneRun, 60),
    (Situation::OnDayMissed, 20),
    (Situation::OnDayHit, 10),
    (Situation::LongUnit, 35),
    (Situation::PartOfWeeks, 25),
    (Situation::SecondPart, 30),
    (Situation::RequiredMovesTheDay, 30),
    (Situation::RequiredOnTheDay, 15),
    (Situation::RequiredNever, 85),
    (Situation::RequiredByAnybody, 90),
    (Situation::MarkerRequired, 45),
    (Situation::RequiredWasCut, 5),
    (Situation::VariantTopsUp, 15),
    (Situation::VariantOwesNothing, 25),
    (Situation::VariantOverUnits, 15),
    (Situation::VariantTie, 25),
    (Situation::LeapDayInUnit, 60),
    (Situation::Week53, 20),
    (Situation::UnitClippedByTerm, 130),
    (Situation::EarnedBeforeTheUnitsEnd, 60),
    (Situation::MinDaysJustReached, 30),
    (Situation::MinDaysMissedByOne, 20),
    (Situation::MaxUnitsReached, 50),
    (Situation::TwoCompaniesInUnit, 15),
    (Situation::DaysWithoutRate, 9),
    (Situation::RatesDiffer, 13),
    (Situation::ValidityBorder, 80),
    (Situation::HoursExactlyBelow, 6),
    (Situation::UnitUnderTwoRows, 20),
    (Situation::NoRowWins, 7),
    (Situation::CapCutsPartly, 150),
    (Situation::CapCutsWholly, 130),
    (Situation::TwoLimitsEquallyTight, 8),
    (Situation::TighterLimitLater, 20),
    (Situation::NotUnderTheLimitsScope, 120),
    (Situation::Posting, 400),
    (Situation::NegativePosting, 140),
    (Situation::LateEarning, 160),
    (Situation::Correction, 140),
    (Situation::FellAway, 120),
    (Situation::ReEarned, 30),
    (Situation::CorrectedAgain, 40),
    (Situation::CorrectedInOtherTerms, 30),
    (Situation::CorrectedAndCut, 20),
    (Situation::FigureNotKnown, 250),
    (Situation::MeasuredAfterTheDate, 120),
    (Situation::MeasurementsEndTogether, 22),
    (Situation::MeasurementsOfTheSameDays, 9),
    (Situation::OtherCohort, 200),
    (Situation::ValueOnAnEdge, 35),
    (Situation::ValueInAHole, 70),
    (Situation::MarginalCrossed, 14),
    (Situation::StraightLine, 8),
    (Situation::CountedDown, 8),
    (Situation::PriceBelowZero, 4),
    (Situation::FiguresMultiplied, 100),
    (Situation::ComparedByDifference, 8),
    (Situation::ComparedByRatio, 8),
    (Situation::ComparedByPercent, 8),
    (Situation::ComparedByChange, 8),
    (Situation::ComparedByFall, 8),
    (Situation::DividedByZero, 1),
    (Situation::PartNotKnown, 30),
    (Situation::FigureIsRounded, 10),
    (Situation::FigureRoundingTie, 1),
    (Situation::NotSinceLast, 4),
    (Situation::NotInTheYear, 3),
    (Situation::EarnedInTheTail, 90),
    (Situation::LimitInTheTail, 15),
];

/// The same for documents.
pub const DOCUMENTS: &[(Situation, usize)] = &[
    (Situation::Correction, 300),
    (Situation::SeveralPayers, 600),
    (Situation::SplitLeavesARemainder, 500),
    (Situation::RemaindersTie, 200),
    (Situation::PartOfTheSum, 30),
    (Situation::FullReversal, 200),
    (Situation::PayerWithoutDocument, 80),
    (Situation::OutsideAndTaxed, 100),
    (Situation::ExemptAndTaxed, 80),
    (Situation::CorrectionsApart, 50),
    (Situation::CreditNote, 200),
    (Situation::DocumentOfNothing, 12),
    (Situation::TaxDecidesTheKind, 1),
    (Situation::TaxRounded, 400),
    (Situation::TaxTie, 200),
    (Situation::DocumentWithCut, 200),
    (Situation::CorrectsSeveralDocuments, 100),
    (Situation::DueMoved, 150),
    (Situation::DueOnAHoliday, 40),
    (Situation::DueOnTheIssueDate, 8),
];

/// The same for adjustments, roundings and delays.
pub const ADJUSTED: &[(Situation, usize)] = &[
    (Situation::TraitsInPart, 60),
    (Situation::TraitsAll, 70),
    (Situation::StepExactlyBelow, 25),
    (Situation::RoundedUp, 90),
    (Situation::RoundedDown, 90),
    (Situation::RoundedToAMultiple, 170),
    (Situation::Adjusted, 400),
    (Situation::AdjustedTwice, 170),
    (Situation::AdjustmentPassedOver, 300),
    (Situation::RateRounded, 150),
    (Situation::RateNotWritten, 90),
    (Situation::Delayed, 300),
    (Situation::DelayedPastTheTerm, 150),
    (Situation::DelayOverAHoliday, 30),
    (Situation::Indexed, 90),
    (Situation::WaitsForAnIndex, 100),
    (Situation::IndexToldTwice, 30),
    (Situation::Correction, 140),
];

/// The same for gates.
pub const GATED: &[(Situation, usize)] = &[
    (Situation::GateOpens, 180),
    (Situation::GateStaysShut, 250),
    (Situation::GateMovesTheDay, 100),
    (Situation::GateJudgedOnTheOwnDay, 60),
    (Situation::GateHasNoDateLeft, 22),
    (Situation::GatePastTheTerm, 15),
    (Situation::GateShutBeforeItOpens, 5),
    (Situation::GateIsWaitedFor, 8),
    (Situation::GateOfTheContract, 200),
    (Situation::NestedGateOpens, 9),
    (Situation::NestedGateShut, 9),
    (Situation::JustEnoughTests, 50),
    (Situation::OneTestTooFew, 250),
    (Situation::ReachedFails, 40),
    (Situation::ReachedTooLateToFail, 6),
    (Situation::TestedFigureNotKnown, 150),
    (Situation::TestOnTheEdge, 28),
    (Situation::ToleranceLetsPass, 9),
    (Situation::Suspended, 25),
    (Situation::SuspensionsFirstOrLastDay, 14),
    (Situation::DayAfterASuspension, 2),
    (Situation::SuspensionAskedLater, 15),
    (Situation::NothingChecked, 15),
    (Situation::AllValid, 4),
    (Situation::SomeInvalid, 25),
    (Situation::CheckWaits, 15),
    (Situation::Correction, 120),
];

/// The same for counts, tallies, dates of single participants, what adds up over the dates, and limits of units.
pub const COUNTED: &[(Situation, usize)] = &[
    (Situation::DateBeforeTheEnrolment, 110),
    (Situation::DateAfterTheEligibility, 200),
    (Situation::DateOfTheEnrolment, 110),
    (Situation::DateOfTheEligibilitysEnd, 30),
    (Situation::AnchoredDateMoves, 15),
    (Situation::AnchoredAfterTheTerm, 35),
    (Situation::CountedOnTheEdge, 170),
    (Situation::CountMissedByADay, 90),
    (Situation::SeveralUnitsOfOne, 20),
    (Situation::CountOfNobody, 400),
    (Situation::IneligibleNotCounted, 65),
    (Situation::MarkerCounted, 6),
    (Situation::CountedWhenRequiredHolds, 5),
    (Situation::CountedAmongSome, 260),
    (Situation::EnrolledOnTheEdge, 70),
    (Situation::CountRevised, 140),
    (Situation::Tallied, 110),
    (Situation::TalliedTwiceOnADay, 9),
    (Situation::MeasurementWaits, 130),
    (Situation::MeasuredOfSomebodyElse, 150),
    (Situation::CumulativeFalls, 14),
    (Situation::CumulativeOverAGap, 3),
    (Situation::CumulativeOverAWindow, 350),
    (Situation::UnitRefused, 200),
    (Situation::UnitRefusedThenGranted, 16),
    (Situation::UnitGrantedThenRefused, 16),
    (Situation::UnitNotTakenByWhatIsCut, 80),
    (Situation::ShareOfUnits, 110),
    (Situation::ShareNotKnown, 30),
    (Situation::OwedBackUnderUnits, 1),
];

/// The same for contracts in versions.
pub const VERSIONS: &[(Situation, usize)] =
    &[(Situation::VersionChanges, 300), (Situation::AgreedOnTheCutOff, 60), (Situation::Correction, 200)];

/// The same for what the payee owes, and floors.
pub const OWING: &[(Situation, usize)] = &[
    (Situation::OwedBack, 380),
    (Situation::OwedBackByABand, 35),
    (Situation::RoomGivenBack, 140),
    (Situation::RoomGivenBackIsUsed, 30),
    (Situation::FloorCutsPartly, 15),
    (Situation::FloorCutsWholly, 150),
    (Situation::FloorJustKept, 1),
    (Situation::SumBelowTheFloor, 80),
    (Situation::TwoFloors, 40),
];

/// The same for what rests on what was granted.
pub const GRANTING: &[(Situation, usize)] = &[
    (Situation::WorkedOutAtItsTurn, 700),
    (Situation::GrantedSomething, 270),
    (Situation::GrantedAfterACut, 90),
    (Situation::GrantedLessWhatIsOwedBack, 50),
    (Situation::GrantedAfterTheDate, 20),
    (Situation::GrantedBeforeTheWindow, 75),
    (Situation::OthersOfTheDayAfter, 120),
];

/// The same for documents on which the payee owes.
pub const OWING_SHARED: &[(Situation, usize)] = &[
    (Situation::OwedBackIsSplit, 200),
    (Situation::PayerHasRoomAgain, 25),
    (Situation::EarningsOfBothSigns, 120),
    (Situation::CreditNoteOfEarnings, 140),
];

/// The same for payers of single charges and of at most so much.
pub const SHARED: &[(Situation, usize)] = &[
    (Situation::PayersOfTheCharge, 200),
    (Situation::PayerIsFull, 150),
    (Situation::ExcessIsSplit, 40),
    (Situation::FullAgain, 10),
    (Situation::PayerWithoutRoom, 60),
    (Situation::SharesAmended, 20),
    (Situation::Correction, 200),
];

/// The same for payrolls.
pub const PAYROLL: &[(Situation, usize)] = &[
    (Situation::Report, 400),
    (Situation::ReportsSummed, 280),
    (Situation::ReportsOfTwoKinds, 180),
    (Situation::ReportUnproven, 90),
    (Situation::ReportWaits, 340),
    (Situation::ReportRevised, 490),
    (Situation::ReportVoidedOnce, 360),
    (Situation::ReportStraddlesEnrolment, 70),
    (Situation::OldReport, 40),
    (Situation::WeeklyHoursRounded, 390),
    (Situation::WeeklyHoursTie, 60),
    (Situation::HoursExactlyEnough, 12),
    (Situation::WindowExcludesDay, 60),
    (Situation::TallyReached, 110),
    (Situation::TallyExactlyMet, 8),
    (Situation::TallyNotReached, 100),
    (Situation::TallyLeavesWithin, 6),
    (Situation::PaidByTheTally, 120),
    (Situation::NothingTallied, 45),
    (Situation::TallyShownRounded, 90),
    (Situation::Correction, 100),
];

/// The same for what weeks without benefit save.
pub const SAVING: &[(Situation, usize)] = &[
    (Situation::WeekAvoided, 450),
    (Situation::NoWeekAvoided, 590),
    (Situation::WeeksCounted, 245),
    (Situation::SavingBelowNothing, 70),
    (Situation::WeekSavesLessThanNothing, 95),
    (Situation::WeekBeginsBeforeTheWindow, 95),
    (Situation::NeverOnBenefit, 195),
    (Situation::NoBenefitBefore, 245),
    (Situation::BenefitOnOneDayOfTheWeek, 410),
    (Situation::RowsOverlap, 315),
    (Situation::BenefitsEndTogether, 170),
    (Situation::BenefitsOfTheSameDays, 85),
    (Situation::BenefitWaits, 275),
    (Situation::BenefitVoidedOnce, 265),
    (Situation::BenefitRevised, 505),
    (Situation::WeekMissedByOneDay, 135),
    (Situation::WeekCut, 445),
    (Situation::EdgeOfDuring, 375),
    (Situation::LastEligibleDayOfAWeek, 320),
    (Situation::FirstWeekOfAStep, 195),
    (Situation::LastWeekOfAStep, 160),
    (Situation::WeekFourOrFive, 55),
    (Situation::WeekTwentySixOrSeven, 17),
    (Situation::WeekFiftyTwoOrThree, 12),
    (Situation::ClockTold, 535),
    (Situation::ClockToldTwiceInAWeek, 30),
    (Situation::ClockToldOtherwise, 155),
    (Situation::HistoryWithoutClock, 280),
    (Situation::ClockNotKnown, 105),
    (Situation::NoRefundRow, 45),
    (Situation::SupportedWeek, 100),
    (Situation::ResetMissedByAWeek, 265),
    (Situation::ClockStartsAgain, 290),
    (Situation::UnknownClockStartsAgain, 105),
    (Situation::SelfSupportTooLongAgo, 60),
    (Situation::CounterfactualOverBenefit, 350),
    (Situation::CounterfactualNotTold, 85),
    (Situation::ClocksSayDifferently, 9),
    (Situation::CountedByItsKind, 275),
    (Situation::AmountOfTheRow, 110),
    (Situation::RowWithoutAmount, 25),
    (Situation::MonthlyAmount, 240),
    (Situation::GapInARateTable, 20),
    (Situation::TypeWithoutRate, 30),
    (Situation::SeveralRateRows, 20),
    (Situation::RateOfALaterYear, 45),
    (Situation::SeveralRefundRows, 45),
    (Situation::TableRowOnItsBorder, 45),
    (Situation::TableRowChangesInTheWeek, 120),
    (Situation::CostsInAWeek, 160),
    (Situation::CostsOfTwoKinds, 25),
    (Situation::CostRefunded, 100),
    (Situation::GapInTheCosts, 4),
    (Situation::Correction, 240),
];

/// The same for places.
pub const PLACES: &[(Situation, usize)] = &[
    (Situation::OfferRevised, 430),
    (Situation::OfferVoidedOnce, 160),
    (Situation::OfferWaits, 260),
    (Situation::OfferWaitsForOneOfItsCompanies, 155),
    (Situation::OfferEndedTheDayBefore, 415),
    (Situation::OffersFirstOrLastDay, 555),
    (Situation::PlacesAskedAfterTheTerm, 170),
    (Situation::PlacesOnTheLastDay, 270),
    (Situation::PlacesOfAWindow, 260),
    (Situation::PartOfAMonth, 310),
    (Situation::LeapFebruaryOfPlaces, 220),
    (Situation::CommonFebruaryOfPlaces, 50),
    (Situation::DayAtNoCompany, 145),
    (Situation::DayAtTwoCompanies, 65),
    (Situation::AnotherCentre, 295),
    (Situation::OneInTwoCentres, 2),
    (Situation::CentreLiesDormant, 155),
    (Situation::PlaceOccupied, 250),
    (Situation::CentreJustFull, 135),
    (Situation::CentreOverFull, 90),
    (Situation::PlaceFree, 395),
    (Situation::OffersAddUp, 270),
    (Situation::CompanyInTwoCentres, 310),
    (Situation::GateOpens, 14),
    (Situation::GateStaysShut, 18),
    (Situation::Correction, 290),
];

/// The same for goals.
pub const GOALS: &[(Situation, usize)] = &[
    (Situation::EvidenceComesLate, 560),
    (Situation::EntryRevised, 540),
    (Situation::EntryVoidedOnce, 275),
    (Situation::GoalMet, 300),
    (Situation::GoalPartlyMet, 525),
    (Situation::GoalNotMet, 290),
    (Situation::GoalNotKnown, 105),
    (Situation::GoalMetThoughSomeAreNotKnown, 30),
    (Situation::NotMetThoughSomeAreNotKnown, 115),
    (Situation::DegreeAboveAHundred, 125),
    (Situation::PartlyWithDegreeNought, 190),
    (Situation::SomeRequirementsMet, 165),
    (Situation::RequirementOnlyTold, 205),
    (Situation::GoalInAGoalMet, 125),
    (Situation::GoalInAGoalNotMet, 285),
    (Situation::RequirementByFigure, 450),
    (Situation::RequirementNotKnown, 205),
    (Situation::ResultIsTheTarget, 295),
    (Situation::PrintedAsMet, 75),
    (Situation::RequirementPartlyMet, 490),
    (Situation::SameRequirementElsewhere, 465),
    (Situation::ShownOnTheDate, 340),
    (Situation::ShownAfterTheDate, 455),
    (Situation::ShownBeforeTheContract, 305),
    (Situation::RecordedAfterTheDate, 465),
    (Situation::NothingCameOfIt, 115),
    (Situation::EntriesAddUp, 450),
    (Situation::NoEntry, 515),
    (Situation::JustEnoughRequirements, 145),
    (Situation::OneRequirementTooFew, 545),
    (Situation::GateOpens, 110),
    (Situation::GateStaysShut, 200),
    (Situation::GateMovesTheDay, 55),
    (Situation::GateShutBeforeItOpens, 7),
    (Situation::Correction, 210),
];
