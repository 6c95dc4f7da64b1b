//! The phrases of an explanation, each in both languages side by side. `{0}`, `{1}` … are filled in.

/// The language of an explanation.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Danish, as administrations write it.
    Da,
}

macro_rules! phrases {
    ($($name:ident $en:literal $da:literal;)*) => {
        /// A phrase.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub(super) enum Phrase { $($name,)* }

        impl Phrase {
            /// All of them.
            #[cfg(test)]
            pub const ALL: &'static [Phrase] = &[$(Phrase::$name,)*];

            /// The phrase as it stands, with its places to be filled in.
            pub const fn text(self, lang: Lang) -> &'static str {
                match (self, lang) { $((Phrase::$name, Lang::En) => $en, (Phrase::$name, Lang::Da) => $da,)* }
            }
        }
    };
}

phrases! {
    // Small words.
    Monday "Mon" "man";
    Tuesday "Tue" "tir";
    Wednesday "Wed" "ons";
    Thursday "Thu" "tor";
    Friday "Fri" "fre";
    Saturday "Sat" "lør";
    Sunday "Sun" "søn";
    To "{0} to {1}" "{0} til {1}";
    OneDay "1 day" "1 dag";
    Days "{0} days" "{0} dage";
    OneWeek "1 week" "1 uge";
    Weeks "{0} weeks" "{0} uger";
    OneMonth "1 month" "1 måned";
    Months "{0} months" "{0} måneder";
    OneHour "1 hour a week" "1 time om ugen";
    Hours "{0} hours a week" "{0} timer om ugen";
    HoursInAll "{0} hours" "{0} timer";
    EarningsInAll "earnings of {0}" "løn på {0}";
    Empty "empty" "tomt";
    // Kinds of employment.
    Ordinary "ordinary employment" "ordinær ansættelse";
    FlexJob "flex job" "fleksjob";
    WageSubsidy "wage subsidy" "løntilskud";
    Apprenticeship "apprenticeship" "læreplads";
    Internship "internship" "praktik";
    Education "education" "uddannelse";
    SelfEmployed "self-employed" "selvstændig virksomhed";
    // Headings.
    Title "Contract {0}: {1}" "Kontrakt {0}: {1}";
    TitleOnly "Contract {0}" "Kontrakt {0}";
    AsOf "As of {0}. All amounts in {1}." "Opgjort pr. {0}. Alle beløb i {1}.";
    NoSettlement "No settlement is made yet: the first cut-off comes later." "Der er ikke foretaget nogen afregning endnu: den første skæringsdag ligger senere.";
    Settlement "SETTLEMENT {0}: {1}" "AFREGNING {0}: {1}";
    QuietSettlement "SETTLEMENT {0}: {1}. Nothing is posted." "AFREGNING {0}: {1}. Der afregnes intet.";
    CutOff "Facts as known on {0}." "Oplysninger som kendt den {0}.";
    Version "By the contract as agreed on {0}." "Efter kontrakten som aftalt den {0}.";
    FirstVersion "By the contract as first signed." "Efter kontrakten som oprindeligt indgået.";
    NewVersion "New since the settlement before: the version agreed on {0}, which speaks for all days. It says otherwise:" "Nyt siden forrige afregning: den udgave, der blev aftalt den {0}, og som gælder for alle dage. Den siger noget andet om:";
    NewVersionSame "New since the settlement before: the version agreed on {0}. It changes no term." "Nyt siden forrige afregning: den udgave, der blev aftalt den {0}. Den ændrer intet vilkår.";
    TermChanged "{0}: {1} -> {2}" "{0}: {1} -> {2}";
    TermAdded "{0}: new" "{0}: nyt";
    TermRemoved "{0}: no longer there" "{0}: findes ikke længere";
    PostedHere "Posted in all: {0}." "Afregnet i alt: {0}.";
    NothingSaid "Nothing is posted." "Der afregnes intet.";
    NothingEver "NOTHING EVER PAID, {0}" "INTET BETALT, {0}";
    NeverPaid "NOT PAID, {0}" "IKKE BETALT, {0}";
    OfContract "The contract as a whole: {0}" "Kontrakten som helhed: {0}";
    OfCompany "Company {0}: {1}" "Virksomhed {0}: {1}";
    OfUnpaid "Participant {0}" "Borger {0}";
    OfParticipant "Participant {0}: {1}" "Borger {0}: {1}";
    // Who counts.
    Counts "Counts from {0} (enrolled), target group {1}." "Tæller med fra {0} (indskrevet), målgruppe {1}.";
    CountsUntil "Counts from {0} (enrolled) to {2} (end of eligibility), target group {1}." "Tæller med fra {0} (indskrevet) til og med {2} (ophør af berettigelse), målgruppe {1}.";
    NotYetRecorded "Not known yet on the cut-off: the first row was recorded on {0}." "Endnu ikke kendt på skæringsdagen: den første række blev registreret den {0}.";
    ParticipantWithdrawn "Withdrawn: participants.csv line {0}, recorded on {1}. Until it is entered again nothing is owed." "Trukket tilbage: participants.csv linje {0}, registreret den {1}. Indtil borgeren registreres igen, skyldes intet.";
    OtherTargetGroup "Not eligible: target group {0} is not in the contract ({1})." "Ikke berettiget: målgruppen {0} er ikke omfattet af kontrakten ({1}).";
    EnrolledOutside "Not eligible: enrolled on {0}, but enrolment counts only from {1}." "Ikke berettiget: indskrevet den {0}, men kun indskrivning fra {1} tæller.";
    BeyondCohort "Not counted: number {0} in the queue, and only the first {1} participants count." "Tæller ikke med: nummer {0} i rækken, og kun de første {1} borgere tæller.";
    // The spells as known.
    SpellsKnown "Spells known on the cut-off:" "Forløb kendt på skæringsdagen:";
    NoSpells "No spell is known on the cut-off." "Der kendes intet forløb på skæringsdagen.";
    SpellLine "{0}: {1}, {2}, {3}; {4}" "{0}: {1}, {2}, {3}; {4}";
    SpellWithdrawn "{0}: withdrawn" "{0}: trukket tilbage";
    From "from {0}, still running" "fra {0}, fortsat i gang";
    InPlacement "placement {0} at company {1}, placed on {2}" "placering {0} i virksomhed {1}, placeret den {2}";
    NotInTheProgramme "the company has not joined the programme" "virksomheden er ikke med i programmet";
    InTheProgrammeFrom "the company is in the programme from {0}" "virksomheden er med i programmet fra {0}";
    InTheProgramme "the company is in the programme from {0}" "virksomheden er med i programmet fra {0}";
    InUnknownPlacement "placement {0}" "placering {0}";
    AtEmployer "at {0}, a job outside the programme" "hos {0}, ansættelsesforhold uden for programmet";
    Row "{0} line {1}, recorded on {2}" "{0} linje {1}, registreret den {2}";
    RowNoLine "{0}, recorded on {1}" "{0}, registreret den {1}";
    Evidence "evidence {0}" "dokumentation {0}";
    // What is paid for.
    OneDayUnit "{0}, {1}" "{0}, {1}";
    OneWeekUnit "{0}, week {1}" "{0}, uge {1}";
    OneMonthUnit "{0}, month {1}" "{0}, måned {1}";
    DayUnits "{0}, {1} to {2} ({3} days)" "{0}, {1} til {2} ({3} dage)";
    WeekUnits "{0}, weeks {1} to {2} ({3} weeks)" "{0}, uge {1} til {2} ({3} uger)";
    MonthUnits "{0}, months {1} to {2} ({3} months)" "{0}, måned {1} til {2} ({3} måneder)";
    AtCompany "{0}, at company {1}" "{0}, i virksomhed {1}";
    OneUnit "{0}, {1}" "{0}, {1}";
    UnitsOf "{0}, {1} to {2} ({3} units)" "{0}, {1} til {2} ({3} enheder)";
    OneStepUnit "{0}, step {1}" "{0}, trin {1}";
    Amount "{0}: {1}" "{0}: {1}";
    AmountEach "{0}: {1} each, {2} in all" "{0}: {1} hver, {2} i alt";
    Corrected "{0}: correction of {1}" "{0}: efterregulering på {1}";
    CorrectedEach "{0}: correction of {1} each, {2} in all" "{0}: efterregulering på {1} hver, {2} i alt";
    CutAway "{0}: nothing, the limit is used up" "{0}: intet, loftet er brugt op";
    FloorReached "{0}: nothing, the sum is at the floor" "{0}: intet, summen er ved bunden";
    Same "{0}: still {1}, on new grounds" "{0}: fortsat {1}, på nyt grundlag";
    NotPaidTitle "Not paid in this period:" "Betales ikke i denne periode:";
    WasEarnedOn "It had been earned on {0}." "Det var optjent den {0}.";
    WasEarnedBetween "They had been earned on {0}, the last on {1}." "De var optjent den {0}, den sidste den {1}.";
    EarnedOn "Earned on {0}." "Optjent den {0}.";
    EarnedBetween "Earned on {0}, the last on {1}." "Optjent den {0}, den sidste den {1}.";
    Delayed "Its own day is {0}; it is earned {1} later." "Dagen selv er {0}; det er optjent {1} senere.";
    DelayedFirst "The first one's own day is {0}; each is earned {1} later." "Den førstes egen dag er {0}; hver er optjent {1} senere.";
    Weekdays "{0} weekdays (Monday to Friday)" "{0} arbejdsdage (mandag til fredag)";
    OneWeekday "1 weekday (Monday to Friday)" "1 arbejdsdag (mandag til fredag)";
    BankDays "{0} bank days" "{0} bankdage";
    OneBankDay "1 bank day" "1 bankdag";
    // The days.
    CountOf "{0} of {1} days count." "{0} af {1} dage tæller.";
    CountOfEach "In each, {0} of {1} days count. The first one:" "I hver tæller {0} af {1} dage. Den første:";
    AllDaysOfEach "Every day counts." "Alle dage tæller.";
    CountedDays "+ {0} ({1}): {2}" "+ {0} ({1}): {2}";
    CountedAll "+ {0}" "+ {0}";
    CountedAs "{0}: {1}, {2}" "{0}: {1}, {2}";
    WithRow "{0}; rate row {1}" "{0}; takstlinje {1}";
    WithoutRow "{0}; no rate row applies" "{0}; ingen takstlinje passer";
    LeftOut "- {0} ({1}): {2}" "- {0} ({1}): {2}";
    BeforeTerm "before the contract begins on {0}" "før kontrakten begynder den {0}";
    AfterTerm "after the contract ended on {0}" "efter kontraktens ophør den {0}";
    BeforeEnrolment "before enrolment on {0}" "før indskrivningen den {0}";
    AfterEligibility "after eligibility ended on {0}" "efter at berettigelsen ophørte den {0}";
    NoSpellOnDay "no spell is known" "intet forløb er kendt";
    NoReportOnDay "no report is known" "ingen indberetning er kendt";
    TooFewHours "too few hours: {0} with {1}, at least {2} are needed" "for få timer: {0} med {1}, mindst {2} kræves";
    NoAnchor "the window has no beginning, for there is no {0}" "tidsrummet har ingen begyndelse, for der er ingen {0}";
    BeforeWindow "before the window, which opens on {0} ({1})" "før tidsrummet, der begynder den {0} ({1})";
    AfterWindow "after the window, which closed on {0} (counted from the {1}, {2})" "efter tidsrummet, der sluttede den {0} (regnet fra {1}, {2})";
    Excepted "on this day {0} keeps it from counting: {1}" "på denne dag tæller intet på grund af {0}: {1}";
    Skipped "one of the first days that would count, of which {0} do not" "en af de første dage, der ville tælle, og hvoraf {0} ikke gør";
    AnchorCharge "day after {0} was reached" "dag efter, at {0} blev nået";
    AnchorEnrolment "day of enrolment" "indskrivningsdag";
    AnchorPlacement "first placement" "første placering";
    AnchorFirstDay "first day that counts" "første dag, der tæller";
    IdleSpell "{0} does not count: {1}" "{0} tæller ikke: {1}";
    SpellCut "Not counted to its end: {0}." "Tæller ikke helt: {0}.";
    WhyKind "{0} is not covered" "{0} er ikke omfattet";
    WhyBeforePlaced "placement {0} begins only on {1}" "placering {0} begynder først den {1}";
    WhyNotJoined "company {0} has not joined the programme" "virksomhed {0} er ikke med i programmet";
    WhyNotJoinedYet "company {0} joins the programme only on {1}" "virksomhed {0} er først med i programmet fra {1}";
    WhyCompanyLeft "company {0} left the programme after {1}" "virksomhed {0} forlod programmet efter {1}";
    WhyOutside "the job at {0} is outside the programme" "ansættelsesforholdet hos {0} er uden for programmet";
    WhyNotNew "not a new job: {0} began there on {1}, before enrolment on {2}" "ikke et nyt ansættelsesforhold: {0} begyndte samme sted den {1}, før indskrivningen den {2}";
    WhyNoEvidence "it is without evidence" "det er ikke dokumenteret";
    WhyFollowed "{0} follows it in the same job from {1}" "{0} afløser det i samme ansættelsesforhold fra {1}";
    WhySetAside "{0} begins on the same day in the same job and counts instead" "{0} begynder samme dag i samme ansættelsesforhold og tæller i stedet";
    WhyUnconfirmed "reported open on {0} and confirmed only until {1}" "indberettet som løbende den {0} og kun bekræftet til og med {1}";
    WhyWaits "it waits for {0}, which is not known on the cut-off" "det afventer {0}, som ikke er kendt på skæringsdagen";
    Participant "participant {0}" "borger {0}";
    Company "company {0}" "virksomhed {0}";
    Placement "placement {0}" "placering {0}";
    Spell "spell {0}" "forløb {0}";
    Report "report {0}" "indberetning {0}";
    Measurement "measurement {0}" "måling {0}";
    Suspension "suspension {0}" "suspension {0}";
    Check "check {0}" "kontrol {0}";
    Benefit "benefit {0}" "ydelse {0}";
    Entry "entry {0}" "registrering {0}";
    FieldSample "sample" "stikprøve";
    FieldResult "result" "resultat";
    FieldType "type" "type";
    FieldGoal "goal" "mål";
    FieldRequirement "requirement" "krav";
    FieldShownOn "shown on" "påvist den";
    FieldWeekly "weekly amount" "beløb pr. uge";
    FieldMonthly "monthly amount" "beløb pr. måned";
    Offer "offer {0}" "tilbud {0}";
    FieldCentre "centre" "center";
    FieldCompanies "companies" "virksomheder";
    FieldPlaces "places" "pladser";
    FieldClock "weeks counted before" "uger talt før";
    // The arithmetic.
    EnoughDays "At least {0} are needed." "Mindst {0} kræves.";
    OnlyRate "Rate: {0}." "Takst: {0}.";
    RateRow "Rate row {0} of {1}: {2}." "Takstlinje {0} af {1}: {2}.";
    RateRowIf "Rate row {0} of {1}: {2} ({3})." "Takstlinje {0} af {1}: {2} ({3}).";
    IfGroup "target group {0}" "målgruppe {0}";
    IfTraits "traits {0}" "kendetegn {0}";
    IfSteps "from step {0} to under step {1}" "fra trin {0} til under trin {1}";
    IfHours "from {0} to under {1} hours" "fra {0} til under {1} timer";
    IfElapsed "from month {0} to under month {1} since {2}" "fra måned {0} til under måned {1} regnet fra {2}";
    IfValid "in force {0}" "gælder {0}";
    DaysWithoutRate "No rate row applies to {0}." "Ingen takstlinje passer på {0}.";
    RowNumber "row {0}" "linje {0}";
    NoRow "no row" "ingen linje";
    Majority "The rate of most days counts ({0}): {1}." "Taksten for flest dage gælder ({0}): {1}.";
    MajorityTie "The rate of most days counts ({0}); of equal ones the first: {1}." "Taksten for flest dage gælder ({0}); ved lige mange den første: {1}.";
    ByTally "{0} on days with a rate: {1} = {2}" "{0} på dage med takst: {1} = {2}";
    Prorated "Day by day: {0} / {1} = {2}" "Dag for dag: {0} / {1} = {2}";
    Rounded "Exactly {0}, rounded ({1}): {2}." "Nøjagtigt {0}, afrundet ({1}): {2}.";
    RoundsToNothing "Exactly {0}, which rounds to nothing ({1})." "Nøjagtigt {0}, som afrundes til intet ({1}).";
    HalfAway "half-way goes up" "halve rundes op";
    HalfEven "half-way goes to the even neighbour" "halve rundes til nærmeste lige";
    AlwaysUp "always up" "altid op";
    AlwaysDown "always down" "altid ned";
    ToMultiple "{0}, to a multiple of {1}" "{0}, til et multiplum af {1}";
    Adjustment "Adjustment {0} of {1}" "Regulering {0} af {1}";
    AdjustmentIf "Adjustment {0} of {1} ({2})" "Regulering {0} af {1} ({2})";
    ByFactor "{0}: × {1} = {2}." "{0}: × {1} = {2}.";
    ByIndex "{0}: index {1}, × {2} / {3} = {4}." "{0}: indeks {1}, × {2} / {3} = {4}.";
    Published "{0} ({1}, measurement {2})" "{0} ({1}, måling {2})";
    Printed "Rounded ({1}), the rate is {2}." "Afrundet ({1}) er taksten {2}.";
    PrintedAlone "{0}: rounded ({1}), the rate is {2}." "{0}: afrundet ({1}) er taksten {2}.";
    WaitsForIndex "The index {0} for {1} is not known on the cut-off: the amount waits for it." "Indekset {0} for {1} kendes ikke på skæringsdagen: beløbet afventer det.";
    NoDays "No day counts." "Ingen dage tæller.";
    TooFewDays "Too few: {0}, at least {1} are needed." "For få: {0}, mindst {1} kræves.";
    NoRate "No rate applies, so nothing is paid." "Ingen takst passer, så der betales intet.";
    UnitsUsedUp "At most {0} are paid, and so many were earned before." "Der betales højst for {0}, og så mange er optjent før.";
    // What a figure is worth.
    FigureMeasured "Figure {0}: {1} (measurement {2} of {3}; {4})." "Tallet {0}: {1} (måling {2} for {3}; {4}).";
    FigurePrinted "Figure {0}: {1}, as the contract prints it." "Tallet {0}: {1}, som kontrakten skriver det.";
    FigureUnknown "Figure {0}: not known; no measurement whose last day is {1} or earlier is there yet." "Tallet {0}: ikke kendt; der er endnu ingen måling, hvis sidste dag er {1} eller tidligere.";
    FigureUnknownSince "Figure {0}: not known; no measurement whose last day lies from {1} to {2} is there yet." "Tallet {0}: ikke kendt; der er endnu ingen måling, hvis sidste dag ligger fra {1} til {2}.";
    FigureGranted "Figure {0}: {1}, granted before this for days up to {2}: {3}." "Tallet {0}: {1}, bevilget forud for dette for dage til og med {2}: {3}.";
    FigureGrantedSince "Figure {0}: {1}, granted before this for days from {2} to {3}: {4}." "Tallet {0}: {1}, bevilget forud for dette for dage fra {2} til {3}: {4}.";
    FigureBy0 "Figure {0}: not known, since nothing can be divided by 0." "Tallet {0}: ikke kendt, da intet kan divideres med 0.";
    FigureNotMade "Figure {0}: not known, since something that it is made of is not." "Tallet {0}: ikke kendt, da noget, det er lavet af, ikke er kendt.";
    FigureEnrolled "Figure {0}: {1}, the number of participants that count and enrolled {2}." "Tallet {0}: {1}, antallet af borgere, der tæller med og blev indskrevet {2}.";
    FigureJoined "Figure {0}: {1}, the number of companies that joined {2}." "Tallet {0}: {1}, antallet af virksomheder, der kom med {2}.";
    FigureReached "Figure {0}: {1}, the number of participants that reached {3} {2}." "Tallet {0}: {1}, antallet af borgere, der nåede {3} {2}.";
    FigureUnits "Figure {0}: {1}, the number of units of {3} that were reached {2}." "Tallet {0}: {1}, antallet af enheder af {3}, der blev nået {2}.";
    FigureDays "Figure {0}: {1}, the days that count for {3} {2}, over all participants." "Tallet {0}: {1}, de dage, der tæller med for {3} {2}, for alle borgere tilsammen.";
    FigureOwnDays "Figure {0}: {1}, the days of the participant that count for {3} {2}." "Tallet {0}: {1}, de af borgerens dage, der tæller med for {3} {2}.";
    FigureAmong "Figure {0} looks at some only: {1}." "Tallet {0} ser kun på nogle: {1}.";
    FigurePlaces "Figure {0}: {1} {2} {3}." "Tallet {0}: {1} {2} {3}.";
    PlaceDays "place-days" "pladsdage";
    PlaceMonths "place-months" "pladsmåneder";
    PlacesOnDay "places" "pladser";
    CentreDays "centre-days" "centerdage";
    CentreMonths "centre-months" "centermåneder";
    CentresOnDay "open centres" "åbne centre";
    FilledDays "place-days with somebody in them" "besatte pladsdage";
    FilledMonths "place-months with somebody in them" "besatte pladsmåneder";
    FilledOnDay "places with somebody in them" "besatte pladser";
    CentreAdds "Centre {0}: {1}." "Center {0}: {1}.";
    CentreAbove "Centre {0}: {1}; {2} person-days above its places do not count." "Center {0}: {1}; {2} persondage ud over pladserne tæller ikke med.";
    OnDay "on {0}" "den {0}";
    FigureSaved "Figure {0}: {1}, what {2} weeks without benefit save {3}, over all participants." "Tallet {0}: {1}, det som {2} uger uden ydelse sparer {3}, for alle borgere tilsammen.";
    FigureOwnSaved "Figure {0}: {1}, what {2} weeks of the participant without benefit save {3}." "Tallet {0}: {1}, det som {2} af borgerens uger uden ydelse sparer {3}.";
    FigureWeeks "Figure {0}: {1}, the weeks without benefit {2}, over all participants." "Tallet {0}: {1}, ugerne uden ydelse {2}, for alle borgere tilsammen.";
    FigureOwnWeeks "Figure {0}: {1}, the weeks of the participant without benefit {2}." "Tallet {0}: {1}, borgerens uger uden ydelse {2}.";
    FigureNotSaved "Figure {0} is not known: what a week without benefit saves {1} is not." "Tallet {0} kendes ikke: det gør det heller ikke, hvad en uge uden ydelse sparer {1}.";
    WeeksSave "{0}, {1}, {2} ×: {3}" "{0}, {1}, {2} ×: {3}";
    WeekCounts "without {0}" "uden {0}";
    WeekOfClock "week {0} of the clock" "uge {0} på refusionsuret";
    WeeksOfClock "weeks {0} to {1} of the clock" "uge {0} til {1} på refusionsuret";
    ClockUnknown "a clock that is not known" "et refusionsur, der ikke kendes";
    WeekCosts ", less {0} {1}" ", minus {0} {1}";
    WeekUnknown "not known" "ikke kendt";
    AddedUpTo "up to {0}" "til og med {0}";
    AddedFrom "from {0} to {1}" "fra {0} til {1}";
    EnrolledFrom "enrolled from {0} on" "indskrevet fra {0}";
    EnrolledUntil "enrolled up to {0}" "indskrevet til og med {0}";
    SinceEnrolment "enrolment on {0}" "indskrivningen {0}";
    SincePlacement "the first placement on {0}" "den første placering {0}";
    SinceStep "reaching {0} on {1}" "at {0} blev nået {1}";
    OwnDate "{0} after {1}: {2}." "{0} efter {1}: {2}.";
    OwnDateAt "On the day of {0}." "På dagen for {0}.";
    Risen "Everything so far is worth {0}; by {1} it was {2}. {0} - {2} = {3}." "Alt hidtil er {0} værd; {1} var det {2}. {0} - {2} = {3}.";
    RisenFirst "Everything so far is worth {0}, and nothing was known before." "Alt hidtil er {0} værd, og intet var kendt før.";
    NothingMore "Nothing has been added since." "Intet er kommet til siden.";
    Keys "Limit {0} ({1}, {2}, {3}): left before {4}, after {5}." "Loft {0} ({1}, {2}, {3}): tilbage før {4}, efter {5}.";
    KeysOfSeveral "Limit {0} ({1}, {2}, {3}): left before the first {4}, after the last {5}." "Loft {0} ({1}, {2}, {3}): tilbage før den første {4}, efter den sidste {5}.";
    KeysMost "at most {0} payments" "højst {0} betalinger";
    KeysShare "at most {0} payments, {1} of figure {2}" "højst {0} betalinger, {1} af tallet {2}";
    FigureMade "Figure {0}: {1} = {2}." "Tallet {0}: {1} = {2}.";
    FigureRounded "Figure {0} is rounded to {1} decimals: {2}." "Tallet {0} afrundes til {1} decimaler: {2}.";
    BandTold "Band {0} of {1}, {2}: {3}." "Bånd {0} af {1}, {2}: {3}.";
    BandAll "whatever the value" "uanset værdien";
    BandFrom "from {0}" "fra {0}";
    BandAbove "above {0}" "over {0}";
    BandBelow "below {0}" "under {0}";
    BandUpTo "up to and including {0}" "til og med {0}";
    BandAmount "{0}" "{0}";
    BandEach "{0} for each 1" "{0} for hver 1";
    BandAmountEach "{0}, and {1} for each 1" "{0}, og {1} for hver 1";
    BandLine "{0}, rising or falling in a straight line to {1}" "{0}, stigende eller faldende i en ret linje til {1}";
    BelowNothing "A price below 0 counts as 0." "En pris under 0 regnes som 0.";
    NotKnown "Nothing is owed until all of them are known; the next settlement asks again." "Intet skyldes, før de alle er kendt; næste afregning spørger igen.";
    InNoBand "The value lies in no band, so nothing is paid." "Værdien ligger i intet bånd, så der betales intet.";
    PriceOf0 "That is worth nothing." "Det er intet værd.";
    TooLarge "The amount would have more than 18 digits, so some value must be wrong: nothing is paid." "Beløbet ville have mere end 18 cifre, så en værdi må være forkert: der betales intet.";
    OwedByPayee "Owed by the payee: {0}." "Skyldes af betalingsmodtageren: {0}.";
    NotInProgramme "The company is not in the programme on that date." "Virksomheden er ikke med i programmet på den dato.";
    Sentence "On this cut-off {0}." "På denne skæringsdag: {0}.";
    CompanyUnknown "The company is not known on the cut-off." "Virksomheden er ikke kendt på skæringsdagen.";
    Required "It requires {0}, reached on {1}." "Det kræver {0}, som blev nået den {1}.";
    Requires "It requires {0}, which is not reached: nothing is owed." "Det kræver {0}, som ikke er nået: intet skyldes.";
    FigureUnchecked "Figure {0}: not known; nothing of sample {1} is checked yet." "Tallet {0}: ukendt; intet i stikprøven {1} er kontrolleret endnu.";
    FigureSampled "Figure {0}: {1} of {2} checks of sample {3} are invalid, {1} / {2} = {4}." "Tallet {0}: {1} af {2} kontroller i stikprøven {3} er ugyldige, {1} / {2} = {4}.";
    FigureGoalMet "Figure {0}: {1}; it is 1 if goal {2} is met, else 0." "Tallet {0}: {1}; det er 1, hvis målet {2} er nået, ellers 0.";
    FigureGoalDegree "Figure {0}: {1}, the degree of goal {2} in per cent." "Tallet {0}: {1}, målopfyldelsen for {2} i procent.";
    FigureGoalRequirements "Figure {0}: {1}, the number of requirements of goal {2} that are met." "Tallet {0}: {1}, antallet af krav i målet {2}, der er opfyldt.";
    GoalStands "Goal {0}: {1}; requirements met {2}, needed {3}; degree {4} %." "Målet {0}: {1}; opfyldte krav {2}, nødvendige {3}; målopfyldelse {4} %.";
    GoalStandsUnknown "Goal {0}: {1}; requirements met {2}, needed {3}." "Målet {0}: {1}; opfyldte krav {2}, nødvendige {3}.";
    RequirementStands "{0}: {1} of at least {2}, {3} %: {4}." "{0}: {1} af mindst {2}, {3} %: {4}.";
    RequirementUnknown "{0}: not known, of at least {1}." "{0}: ikke kendt, af mindst {1}.";
    RequirementGoal "{0} is met as goal {1} is: {2}." "{0} er opfyldt, som målet {1} er det: {2}.";
    RequirementFigure "{0} (figure {1})" "{0} (tallet {1})";
    NothingShown "Nothing was shown by then." "Intet var påvist til da.";
    EntryShown "{0}: {1}, shown on {2}: {3} ({4})" "{0}: {1}, påvist den {2}: {3} ({4})";
    GoalIsMet "met" "nået";
    GoalIsPartly "partly met" "delvis nået";
    GoalIsNotMet "not met" "ikke nået";
    GoalIsNotKnown "not known" "ikke kendt";
    TestSuspended "{0} lies in suspension {1}: {2}." "{0} ligger i suspensionen {1}: {2}.";
    TestNotSuspended "{0} lies in no suspension: {1}." "{0} ligger ikke i nogen suspension: {1}.";
    Gate "Gate {0}, judged on {1}: tests that hold {2} of {3}, needed {4}. It opens on {5}." "Porten {0}, bedømt den {1}: opfyldte betingelser {2} af {3}, krævet {4}. Den åbner den {5}.";
    GateShut "Gate {0}, judged on {1}: tests that hold {2} of {3}, needed {4}. It does not open." "Porten {0}, bedømt den {1}: opfyldte betingelser {2} af {3}, krævet {4}. Den åbner ikke.";
    GateNoDate "Gate {0} is judged on no date from then on." "Porten {0} bedømmes ikke på nogen dato derefter.";
    Shut "Gate {0} does not open for it, so nothing is owed." "Porten {0} åbner ikke for det, så intet skyldes.";
    TestReached "{0} is reached on {1}: {2}." "{0} er nået den {1}: {2}.";
    TestNotReached "{0} is not reached: {1}." "{0} er ikke nået: {1}.";
    TestAtLeast "{0} is at least {1}: {2}." "{0} er mindst {1}: {2}.";
    TestAbove "{0} is above {1}: {2}." "{0} er over {1}: {2}.";
    TestAtMost "{0} is at most {1}: {2}." "{0} er højst {1}: {2}.";
    TestBelow "{0} is below {1}: {2}." "{0} er under {1}: {2}.";
    Tolerated "{0} × {1} = {2}" "{0} × {1} = {2}";
    AsAsked "as asked" "som krævet";
    NotAsAsked "not as asked" "ikke som krævet";
    Yes "yes" "ja";
    No "no" "nej";
    TopsUp "By itself it is worth {0}. It is another way to the same payment as {1}, {2}: {3} is owed on top." "I sig selv er det {0} værd. Det er en anden vej til samme betaling som {1}, {2}: {3} skyldes oveni.";
    NotBetter "By itself it is worth {0}. It is another way to the same payment as {1}, {2}, which came first: nothing is owed on top." "I sig selv er det {0} værd. Det er en anden vej til samme betaling som {1}, {2}, der kom først: intet skyldes oveni.";
    NotYet "It would be earned on {0}, after the period that is settled." "Det ville være optjent den {0}, efter den periode, der afregnes.";
    NotCounted "The participant does not count on the cut-off, so nothing is owed." "Borgeren tæller ikke med på skæringsdagen, så intet skyldes.";
    NoPlacement "The participant has no known placement at this company any more." "Borgeren har ikke længere nogen kendt placering i virksomheden.";
    // Milestones.
    StepContinuous "Paid when it has lasted {0}." "Betales, når det har varet {0}.";
    StepCumulative "Paid when so many days have counted, in all: {0}." "Betales, når så mange dage i alt har talt: {0}.";
    StepSum "Paid when so much has come together, in all, on days that count: {0}." "Betales, når så meget i alt er samlet på dage, der tæller: {0}.";
    StepMonths "Paid when so many months have counted, in all: {0}. A month counts with {1} that count." "Betales, når så mange måneder i alt har talt: {0}. En måned tæller med {1}, der tæller.";
    StepOnDay "Paid if the day {0} after {1} counts: {2}." "Betales, hvis dagen {0} efter {1} tæller: {2}.";
    StepWithin "On each day only days less than {0} before it are looked at." "På hver dag ses der kun på dage mindre end {0} før den.";
    StepWithinMonths "On each day only so many months of the calendar are looked at, its own included: {0}." "På hver dag ses der kun på så mange kalendermåneder, dens egen medregnet: {0}.";
    StepAgain "Counted anew from {0}: the days before are used up." "Talt forfra fra {0}: dagene før er brugt.";
    StepAt "Each place of work is looked at by itself, here {0}." "Hver arbejdsplads ses for sig, her {0}.";
    StepReachedMonths "Reached on {0}, with which the last of these months counts." "Nået den {0}, hvormed den sidste af disse måneder tæller.";
    StepReachedSum "Reached on {0}: by then it is {1}." "Nået den {0}: da er det {1}.";
    NotReachedSum "Not reached by the end of the period: {0} so far." "Ikke nået ved periodens udgang: {0} indtil nu.";
    ShortSum "Not reached: {0} so far, {1} are needed." "Ikke nået: {0} indtil nu, {1} kræves.";
    StepReachedWithin "Reached on {0}: {1} count among those that are looked at." "Nået den {0}: {1} tæller blandt dem, der ses på.";
    NotThatDay "Not reached: that day does not count." "Ikke nået: den dag tæller ikke.";
    MadeUp "{0}: {1} + {2} × {3}" "{0}: {1} + {2} × {3}";
    NoGaps "Gaps are not bridged." "Afbrydelser overses ikke.";
    Gaps "Gaps of at most {0} are bridged." "Afbrydelser på højst {0} overses.";
    GapsTotal "Gaps of at most {0} are bridged, at most {1} days in one run." "Afbrydelser på højst {0} overses, højst {1} dage i alt i én sammenhængende periode.";
    NoRun "Not reached: no day has counted." "Ikke nået: ingen dage har talt.";
    Run "Run {0}: {1} count ({2})" "Sammenhængende periode {0}: {1} tæller ({2})";
    Bridged "gap {0} ({1}), bridged" "afbrydelse {0} ({1}), overses";
    Broken "gap {0} ({1}), too long, a new run begins after it" "afbrydelse {0} ({1}), for lang, en ny periode begynder efter den";
    BrokenTotal "gap {0} ({1}), with it the run would bridge {2} days, too many, a new run begins after it" "afbrydelse {0} ({1}), med den ville der overses {2} dage, for mange, en ny periode begynder efter den";
    Between "in between {0} ({1})" "derimellem {0} ({1})";
    ShortRun "Not reached: run {0} ({1} count, {2}) has to last until {3} ({4} + {5} - 1 day)." "Ikke nået: den sammenhængende periode {0} ({1} tæller, {2}) skal vare til {3} ({4} + {5} - 1 dag).";
    ShortCount "Not reached: {0} count so far, {1} are needed." "Ikke nået: {0} tæller indtil nu, {1} kræves.";
    Due "{0} + {1} - 1 day = {2}." "{0} + {1} - 1 dag = {2}.";
    Reached "That day counts: reached on {0}." "Den dag tæller: nået den {0}.";
    ReachedAfterGap "That day does not count itself; reached on the next day that does: {0}." "Den dag tæller ikke selv; nået på den næste dag, der tæller: {0}.";
    ReachedCount "Reached on {0}, which is day {1} that counts." "Nået den {0}, som er dag nummer {1}, der tæller.";
    NotReachedRun "Not reached by the end of the period: {0} of the run count so far." "Ikke nået ved periodens udgang: {0} af den sammenhængende periode tæller indtil nu.";
    NotReachedCount "Not reached by the end of the period: {0} count so far." "Ikke nået ved periodens udgang: {0} tæller indtil nu.";
    OnThatDay "On that day: {0}." "På den dag: {0}.";
    Spent "No rate applies on that day: the step is spent without payment." "Ingen takst passer på den dag: trinnet er brugt uden betaling.";
    // Limits.
    PerParticipant "per participant" "pr. borger";
    PerCompany "for company {0}" "for virksomhed {0}";
    PerContract "for the contract" "for kontrakten";
    InTotal "in all" "i alt";
    InYear "in {0}" "i {0}";
    InPeriod "in the period of settlement {0}" "i perioden for afregning {0}";
    Room "Limit {0} ({1}, {2}, {3}): room before {4}, after {5}." "Loft {0} ({1}, {2}, {3}): plads før {4}, efter {5}.";
    Floor "Floor {0} ({1}, {2}, not below {3}): sum before {4}, after {5}." "Bund {0} ({1}, {2}, ikke under {3}): sum før {4}, efter {5}.";
    FloorOfSeveral "Floor {0} ({1}, {2}, not below {3}): sum before the first {4}, after the last {5}." "Bund {0} ({1}, {2}, ikke under {3}): sum før den første {4}, efter den sidste {5}.";
    CutByFloor "Of that {0} would take the sum below floor {1} and is not owed back. Granted: {2}." "Heraf ville {0} bringe summen under bunden {1} og skyldes ikke tilbage. Bevilget: {2}.";
    RoomOfSeveral "Limit {0} ({1}, {2}, {3}): room before the first {4}, after the last {5}." "Loft {0} ({1}, {2}, {3}): plads før den første {4}, efter den sidste {5}.";
    Cut "Cut by {0}: limit {1} has the least room. Granted: {2}." "Nedsat med {0}: loftet {1} har mindst plads. Bevilget: {2}.";
    // Corrections.
    Late "Earned in an earlier period, posted now. New since the settlement before:" "Optjent i en tidligere periode, afregnes nu. Nyt siden forrige afregning:";
    EarlierPosting "settlement {0}: {1}" "afregning {0}: {1}";
    PostedBefore "Posted before in {0}." "Afregnet før i {0}.";
    Difference "Owed now {0}, posted before {1}: {2}." "Skyldes nu {0}, afregnet før {1}: {2}.";
    DaysBefore "Before, {0} were counted." "Før talte {0}.";
    CauseFellAway "There is no entitlement any more." "Der er ikke længere noget krav.";
    CauseCameBack "There is an entitlement again." "Der er igen et krav.";
    CauseEarnedNow "There is an entitlement again: it is earned in this period." "Der er igen et krav: det er optjent i denne periode.";
    CauseOtherAmount "Before limits it was {0}, now it is {1}." "Før lofter var det {0}, nu er det {1}.";
    CauseRoomShared "The amount before limits is the same, but others take more or less of the room under limit {0}: granted before {1}, now {2}." "Beløbet før lofter er det samme, men andre bruger mere eller mindre af pladsen under loftet {0}: bevilget før {1}, nu {2}.";
    CauseRoomOwn "The amount before limits is the same, but other amounts of the participant take more or less of the room under limit {0}: granted before {1}, now {2}." "Beløbet før lofter er det samme, men borgerens andre beløb bruger mere eller mindre af pladsen under loftet {0}: bevilget før {1}, nu {2}.";
    RowsSince "New since the settlement before:" "Nyt siden forrige afregning:";
    VersionSince "New since the settlement before: the contract as agreed on {0}." "Nyt siden forrige afregning: kontrakten som aftalt den {0}.";
    NoRowsSince "No row that bears on it is new: it follows from what is owed to others or for other units." "Ingen ny række vedrører det: det følger af, hvad der skyldes for andre borgere eller andre enheder.";
    RowSince "{0}: {1} ({2})" "{0}: {1} ({2})";
    RowNew "new" "ny";
    RowAgain "entered again" "registreret igen";
    RowWithdrawn "withdrawn" "trukket tilbage";
    RowRepeated "reported again, unchanged" "indberettet igen, uændret";
    FieldChanged "{0}: {1} -> {2}" "{0}: {1} -> {2}";
    FieldTargetGroup "target group" "målgruppe";
    FieldEnrolledOn "enrolled" "indskrevet";
    FieldEligibleUntil "eligible until" "berettiget til og med";
    FieldTraits "traits" "kendetegn";
    FieldJoinedOn "joined the programme" "med i programmet fra";
    FieldLeftOn "left the programme after" "med i programmet til og med";
    FieldParticipant "participant" "borger";
    FieldCompany "company" "virksomhed";
    FieldPlacedOn "placed on" "placeret den";
    FieldPlacement "placement" "placering";
    FieldEmployer "employer" "arbejdsgiver";
    FieldKind "kind" "art";
    FieldFirstDay "first day" "første dag";
    FieldLastDay "last day" "sidste dag";
    FieldMetric "metric" "måltal";
    FieldCohort "cohort" "årgang";
    FieldValue "value" "værdi";
    FieldMonth "month" "måned";
    FieldHours "hours" "timer";
    FieldEarnings "earnings" "løn";
    FieldEvidence "evidence" "dokumentation";
    FieldWeeklyHours "hours a week" "timer om ugen";
}

/// A phrase with its places filled in.
#[must_use]
pub fn say(template: &str, fill: &[&str]) -> String {
    let mut text = String::with_capacity(template.len());
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((number, after)) = after.split_once('}') else { break };
        text.push_str(number.parse::<usize>().ok().and_then(|number| fill.get(number)).copied().unwrap_or_default());
        rest = after;
    }
    text.push_str(rest);
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_fill_in_the_same_places() {
        let places = |text: &str| {
            let mut places: Vec<String> =
                text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect();
            places.sort();
            places.dedup();
            places
        };
        for phrase in Phrase::ALL {
            let (en, da) = (phrase.text(Lang::En), phrase.text(Lang::Da));
            assert_eq!(places(en), places(da), "{phrase:?}");
            assert!(!en.is_empty() && !da.is_empty(), "{phrase:?}");
        }
    }

    #[test]
    fn places_are_filled_in_whatever_order() {
        assert_eq!(say("{1} of {0}, {1}", &["a", "b"]), "b of a, b");
        assert_eq!(say("nothing", &["a"]), "nothing");
    }
}
