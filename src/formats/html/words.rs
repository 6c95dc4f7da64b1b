//! The words of a statement, each in both languages side by side. `{0}`, `{1}` … are filled in.

use crate::explain::Lang;

macro_rules! texts {
    ($($name:ident $en:literal $da:literal;)*) => {
        /// All texts in one language.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub(super) struct Text { $(pub $name: &'static str,)* }

        const EN: Text = Text { $($name: $en,)* };
        const DA: Text = Text { $($name: $da,)* };

        /// All of them, English and Danish.
        #[cfg(test)]
        const ALL: &[(&str, &str, &str)] = &[$((stringify!($name), $en, $da),)*];
    };
}

/// The texts in a language.
pub(super) const fn texts(lang: Lang) -> &'static Text {
    match lang {
        Lang::En => &EN,
        Lang::Da => &DA,
    }
}

texts! {
    lang "en" "da";
    // The head.
    statement "Settlement statement" "Afregningsopgørelse";
    simulated "Simulated – not to be paid" "Simuleret – skal ikke betales";
    skip "Skip to the summary" "Gå til sammendraget";
    settlement_of "Settlement {0} of {1}" "Afregning {0} af {1}";
    settlement_n "Settlement {0}" "Afregning {0}";
    to_day "{0} to {1}" "{0} til {1}";
    paid_by "Paid by" "Betales af";
    paid_to "Paid to" "Betales til";
    period "Period settled" "Afregnet periode";
    known_on "Reports taken as of" "Oplysninger opgjort pr.";
    known_on_why "What was reported later comes into the next settlement." "Det, der er indberettet senere, kommer med i næste afregning.";
    due_on "Due on" "Betales senest";
    due_after "{0} after the reports were taken" "{0} efter, at oplysningerne er opgjort";
    due_moved "{0} after the reports were taken; moved, as banks are closed that day" "{0} efter, at oplysningerne er opgjort; flyttet, da bankerne holder lukket den dag";
    cvr "CVR {0}" "CVR {0}";
    contents "On this page" "På denne side";
    and "{0} and {1}" "{0} og {1}";
    // The summary.
    summary "Summary" "Sammendrag";
    to_pay "To be paid for this settlement" "Skal betales for denne afregning";
    to_give_back "To be given back for this settlement" "Skal betales tilbage for denne afregning";
    nothing_due "Due for this settlement" "Skyldes for denne afregning";
    owed "{0} owes {1} {2} for {3}." "{0} skylder {1} {2} for {3}.";
    owed_many "{0} owe {1} {2} for {3}." "{0} skylder {1} {2} for {3}.";
    given_back "{1} gives {2} back to {0}: later reports took away more than {3} earned." "{1} skal betale {2} tilbage til {0}: senere indberetninger har fjernet mere, end {3} har optjent.";
    nothing_owed "Nothing is owed for {3}." "Der skyldes intet for {3}.";
    balances "Nothing is owed for {3}: what was earned and what was corrected come to the same." "Der skyldes intet for {3}: det optjente og det efterregulerede går lige op.";
    the_payee "the supplier" "leverandøren";
    one_earned "It is one amount earned" "Det er ét optjent beløb";
    many_earned "It is {0} amounts earned" "Det er {0} optjente beløb";
    none_earned "Nothing new is earned" "Der er ikke optjent noget nyt";
    and_no_correction "{0}, and no earlier settlement is corrected." "{0}, og ingen tidligere afregning er efterreguleret.";
    and_one_correction "{0}, and one correction of an earlier settlement, which comes to {1}." "{0} og én efterregulering af en tidligere afregning på {1}.";
    and_corrections "{0}, and {1} corrections of earlier settlements, which come to {2}." "{0} og {1} efterreguleringer af tidligere afregninger, i alt {2}.";
    without_vat "All amounts are before VAT." "Alle beløb er uden moms.";
    by_charge "What is owed, charge by charge" "Det skyldige beløb, ydelse for ydelse";
    charge "What is paid for" "Hvad der betales for";
    earned "Earned" "Optjent";
    corrections "Corrections" "Efterreguleringer";
    total "Total" "I alt";
    running "Settlement by settlement" "Fra afregning til afregning";
    paid_before "Settled before" "Afregnet tidligere";
    this_settlement "This settlement" "Denne afregning";
    paid_in_all "Settled in all" "Afregnet i alt";
    unlike_note "{0} of the amounts on this page stand in the ledger of settlements made, but are not what the contract and the reports give as they are read today. They are marked. Whatever the difference is, the next settlement posts it." "{0} af beløbene på denne side står i regnskabet over foretagne afregninger, men er ikke det, som kontrakten og oplysningerne giver, sådan som de læses i dag. De er mærket. En forskel afregnes i den næste afregning.";
    // What changed.
    changed "What changed since last time" "Hvad er ændret siden sidst";
    first_time "This is the first settlement of the contract, so there is nothing to compare it with." "Dette er kontraktens første afregning, så der er intet at sammenligne med.";
    more "{0} came to {1}. This one comes to {2}, which is {3} more." "{0} var på {1}. Denne er på {2}, altså {3} mere.";
    less "{0} came to {1}. This one comes to {2}, which is {3} less." "{0} var på {1}. Denne er på {2}, altså {3} mindre.";
    same "{0} came to {1}, and so does this one." "{0} var på {1}, og det er denne også.";
    people_now_last "Something is earned for {0} this time, and for {1} last time." "Der er optjent noget for {0} denne gang og for {1} sidste gang.";
    one_participant "1 participant" "1 borger";
    participants_n "{0} participants" "{0} borgere";
    compared "Compared with last time" "Sammenlignet med sidste gang";
    last_time "Last time" "Sidste gang";
    this_time "This time" "Denne gang";
    difference "Difference" "Forskel";
    began "Earned now, not last time" "Optjener nu, ikke sidste gang";
    stopped "Earned last time, not now" "Optjente sidste gang, ikke nu";
    why "Why" "Hvorfor";
    stopped_by_limit "There is something to be paid for, but limit {0} is used up." "Der er noget at betale for, men loftet {0} er brugt op.";
    why_not_looked_at "Nothing was left to be paid for: see the participant." "Der var ikke mere at betale for: se borgeren.";
    corrections_table "Corrections of earlier settlements" "Efterreguleringer af tidligere afregninger";
    corrections_why "A correction is the difference between what is owed by today's reports and what was settled before. Earlier settlements themselves are never changed." "En efterregulering er forskellen mellem det, der skyldes efter de nyeste indberetninger, og det, der er afregnet før. Tidligere afregninger ændres aldrig.";
    no_corrections "No earlier settlement is corrected this time." "Ingen tidligere afregning er efterreguleret denne gang.";
    late_table "Earned in an earlier period, settled now" "Optjent i en tidligere periode, afregnes nu";
    late_why "These were reported too late for their own settlement." "De er indberettet for sent til deres egen afregning.";
    whom "Whom" "Hvem";
    settled_before "Settled before" "Afregnet før";
    owed_now "Owed now" "Skyldes nu";
    amount "Amount" "Beløb";
    new_reports "New reports" "Nye indberetninger";
    // Limits.
    limits "Limits and what is left of them" "Lofter, og hvad der er tilbage";
    limits_why "A limit is the most that the contract pays. What is earned takes its turn by the day it was earned, and each amount is paid as far as there is room." "Et loft er det højeste, kontrakten betaler. Det optjente tages i rækkefølge efter den dag, det er optjent, og hvert beløb betales, så langt der er plads.";
    no_limits "The contract has no limits." "Kontrakten har ingen lofter.";
    limits_table "Each limit, counted over everything earned so far" "Hvert loft, opgjort over alt, hvad der hidtil er optjent";
    limit "Limit" "Loft";
    at_most "At most" "Højst";
    used "Used" "Brugt";
    left "Left" "Tilbage";
    taken_off "Taken off so far" "Fratrukket hidtil";
    used_up "used up" "brugt op";
    share_used "{0} % used" "{0} % brugt";
    for_contract "for the whole contract" "for hele kontrakten";
    for_participant "for each participant" "for hver borger";
    for_company "for each company" "for hver virksomhed";
    in_all "in all" "i alt";
    in_year "in each calendar year" "i hvert kalenderår";
    in_period "in each settlement period" "i hver afregningsperiode";
    over_all "over everything" "over alt";
    over_charges "over {0}" "over {0}";
    settlement_window "settlement {0}" "afregning {0}";
    rooms_used_up "{0} of {1} used up" "{0} af {1} brugt op";
    least_left "at least {0}" "mindst {0}";
    rooms_table "Limit {0}: one by one" "Loft {0}: et for et";
    nobody_used "nothing used yet" "intet brugt endnu";
    // Payments over time.
    payments "Payments over time" "Betalinger over tid";
    chart_title "What each settlement came to, in {0}" "Hvad hver afregning kom op på, i {0}";
    thousands "thousands of {0}" "tusinde {0}";
    chart_desc "One column for each of {0} settlements. The highest is {1}, settlement {2}; the latest is {3}." "En søjle for hver af {0} afregninger. Den højeste er {1}, afregning {2}; den seneste er {3}.";
    chart_current "The column with a frame is this settlement." "Søjlen med ramme er denne afregning.";
    as_table "The same as a table" "Det samme som tabel";
    payments_table "Settlements so far" "Afregninger hidtil";
    settlement "Settlement" "Afregning";
    business "What was saved, and what was paid" "Besparelse og betaling";
    business_title "Saved and paid in all so far, in {0}" "Sparet og betalt i alt hidtil, i {0}";
    business_so_far "Up to {0} weeks without benefit have saved {1}; {2} are paid." "Til og med {0} har uger uden ydelse sparet {1}; {2} er betalt.";
    business_unknown "Up to {0} it is not known what weeks without benefit have saved; {1} are paid." "Til og med {0} vides det ikke, hvad uger uden ydelse har sparet; {1} er betalt.";
    paid_back "What was paid was saved by {0} for the first time." "Det betalte var første gang sparet {0}.";
    not_paid_back "What was paid is not saved yet." "Det betalte er endnu ikke sparet.";
    quarter "Quarter" "Kvartal";
    weeks_avoided "Weeks without benefit" "Uger uden ydelse";
    saved_now "Saved" "Sparet";
    saved_so_far "Saved in all so far" "Sparet i alt hidtil";
    paid_now "Paid" "Betalt";
    paid_so_far "Paid in all so far" "Betalt i alt hidtil";
    balance "Saved less paid" "Sparet minus betalt";
    not_known "not known" "ikke kendt";
    so_far "In all so far" "I alt hidtil";
    // Targets against results.
    targets "Targets against results" "Mål og resultater";
    targets_why "What the parties agreed on, what there is of it on the last day of the period, and by what it was shown. Whether a goal is met is decided by the exact result, not by the printed degree." "Hvad parterne aftalte, hvad der er kommet af det på periodens sidste dag, og hvordan det er påvist. Om et mål er nået, afgøres af det nøjagtige resultat og ikke af den trykte opfyldelse.";
    target_what "Goal and requirements" "Mål og krav";
    target_asked "Asked" "Krævet";
    target_result "Result" "Resultat";
    target_degree "Degree, %" "Opfyldelse, %";
    target_state "State" "Status";
    target_evidence "Evidence" "Dokumentation";
    target_needed "{0} of {1} requirements" "{0} af {1} krav";
    target_met "met" "nået";
    target_partly "partly met" "delvis nået";
    target_not_met "not met" "ikke nået";
    target_measured "figure {0}: measurement {1}" "tallet {0}: måling {1}";
    target_figure "figure {0}" "tallet {0}";
    target_goal_is "goal {0}" "målet {0}";
    // Beside the settlement.
    beside "Other gains, not part of the settlement" "Andre gevinster, ikke en del af afregningen";
    beside_why "Nobody pays for these; no amount on this page rests on them." "Ingen betaler for dem, og intet beløb på siden hviler på dem.";
    beside_name "What" "Hvad";
    beside_about "About" "Om";
    beside_days "When" "Hvornår";
    beside_value "Value" "Værdi";
    beside_change "Change since the first" "Ændring siden den første";
    beside_asked "Asked" "Adspurgte";
    beside_said "What was said" "Hvad der blev sagt";
    beside_source "Source" "Kilde";
    about_citizens "citizens" "borgere";
    about_companies "companies" "virksomheder";
    about_job_centre "the job centre" "jobcentret";
    // Sections.
    others "The contract and its companies" "Kontrakten og dens virksomheder";
    others_why "Amounts that do not depend on a single participant." "Beløb, der ikke afhænger af en enkelt borger.";
    contract_itself "The contract as a whole" "Kontrakten som helhed";
    company_n "Company {0}" "Virksomhed {0}";
    participant_n "Participant {0}" "Borger {0}";
    participants "Participants" "Borgere";
    participants_why "Each participant under its pseudonym: what is settled now, the course so far, and how every amount came about. Open an amount to see the arithmetic." "Hver borger under sit pseudonym: hvad der afregnes nu, forløbet hidtil, og hvordan hvert beløb er blevet til. Åbn et beløb for at se regnestykket.";
    participants_table "Participants at a glance" "Borgerne i overblik";
    participant "Participant" "Borger";
    target_group "Target group" "Målgruppe";
    days_counted "Days that counted" "Dage, der talte";
    not_counted "does not count" "tæller ikke med";
    this_settlement_amount "{0} in this settlement, {1} in all." "{0} i denne afregning, {1} i alt.";
    amounts "Amounts in this settlement" "Beløb i denne afregning";
    no_amounts "Nothing is posted in this settlement." "Der afregnes intet i denne afregning.";
    not_paid "Looked at in this period and not paid: {0}" "Set på i denne periode og ikke betalt: {0}";
    each "{0} × {1}" "{0} × {1}";
    a_correction "correction" "efterregulering";
    a_late "earned earlier" "optjent tidligere";
    cut_by "limit {0}" "loft {0}";
    cut_by_floor "floor {0}" "bund {0}";
    stopped_by_floor "nothing: the sum is at floor {0}" "intet: summen er ved bunden {0}";
    used_up_by "nothing: limit {0} is used up" "intet: loftet {0} er brugt op";
    top "Back to the list" "Tilbage til listen";
    unlike_item "not as read today" "ikke som læst i dag";
    unlike_why "This amount stands in the ledger, or makes up for one that does. Settled before: {0}. Settled here: {1}. By the contract and the reports as they are read today {2} is owed for it in all, so how the amount came about cannot be shown." "Beløbet står i regnskabet over foretagne afregninger eller udligner et, der gør. Afregnet før: {0}. Afregnet her: {1}. Efter kontrakten og oplysningerne, som de læses i dag, skyldes der {2} i alt for det, så det kan ikke vises, hvordan beløbet er blevet til.";
    // Courses.
    course_title "Participant {0} over time" "Borger {0} over tid";
    course_desc "From {0}. {1}" "Fra {0}. {1}";
    course_table "Participant {0} over time, as a table" "Borger {0} over tid, som tabel";
    what "What" "Hvad";
    first_day "First day" "Første dag";
    last_day "Last day" "Sidste dag";
    remark "Remark" "Bemærkning";
    running_still "still running" "løber stadig";
    job_id "Job {0}" "Arbejde {0}";
    report_id "Report {0}" "Indberetning {0}";
    counts_for "Counts for {0}" "Tæller til {0}";
    days_count_for "Days that count for {0}" "Dage, der tæller til {0}";
    paid "Paid" "Betalt";
    at_company_short "{0} · {1}" "{0} · {1}";
    at_company "{0}, company {1}" "{0}, virksomhed {1}";
    withdrawn "withdrawn" "trukket tilbage";
    limit_took_part "a limit took part of it" "et loft tog en del";
    step_n "step {0}" "trin {0}";
    enrolled "enrolled" "indskrevet";
    nothing_to_see "No job is known and nothing was ever paid." "Intet arbejde er kendt, og der er aldrig betalt noget.";
    legend_course "How to read the figures below:" "Sådan læses figurerne herunder:";
    legend_job "a job as it was reported" "arbejde, som det er indberettet";
    legend_counts "days that count" "dage, der tæller";
    legend_paid "units paid" "betalte enheder";
    legend_cut "paid in part: a limit took the rest" "delvist betalt: et loft tog resten";
    legend_step "a milestone paid, with its step" "betalt milepæl med trin";
    legend_period "the period that is settled" "den periode, der afregnes";
    // Units.
    days_range "{0} ({1} days)" "{0} ({1} dage)";
    one_week "week {0}, {1}" "uge {0}, {1}";
    weeks_range "weeks {0} to {1}, {2} ({3} weeks)" "uge {0} til {1}, {2} ({3} uger)";
    weeks_over "week {0}, {1} to week {2}, {3} ({4} weeks)" "uge {0}, {1} til uge {2}, {3} ({4} uger)";
    months_range "{0} to {1} ({2} months)" "{0} til {1} ({2} måneder)";
    units_range "{0} to {1} ({2} units)" "{0} til {1} ({2} enheder)";
    units_days "{0} days" "{0} dage";
    units_weeks "{0} weeks" "{0} uger";
    units_months "{0} months" "{0} måneder";
    unit_day "day" "dag";
    unit_week "week" "uge";
    unit_month "month" "måned";
    unit_quarter "quarter" "kvartal";
    unit_half_year "half-year" "halvår";
    unit_year "year" "år";
    each_quarter "quarter" "periode på et kvartal";
    each_half_year "half-year" "periode på et halvt år";
    each_year "year" "periode på et år";
    unit_weeks "stretch of {0}" "periode på {0}";
    units_other "{0} units" "{0} enheder";
    one_unit "unit" "enhed";
    // The terms.
    terms "What the contract pays for" "Hvad kontrakten betaler for";
    terms_why "The contract in short. The signed contract holds where this page is shorter." "Kontrakten i korte træk. Den underskrevne kontrakt gælder, hvor denne side er kortere.";
    outcomes "Which days count" "Hvilke dage tæller";
    gates "What has to hold" "Hvad der skal være opfyldt";
    charges "What is paid" "Hvad der betales";
    rate "Rate" "Takst";
    if_all "Where all of this holds" "Når alt dette er opfyldt";
    always "always" "altid";
    first_row_counts "The first row that applies to a day counts." "Den første linje, der passer på en dag, gælder.";
    fixed_on "A fixed amount on {0}" "Et fast beløb den {0}";
    fixed_company "A fixed amount on {0} for each company that is in the programme on that date" "Et fast beløb den {0} for hver virksomhed, der er med i programmet på den dato";
    fixed_every "A fixed amount at the end of each {0} of the calendar and of the contract" "Et fast beløb ved udgangen af hver {0} i kalenderen og af kontrakten";
    fixed_after "A fixed amount {0}" "Et fast beløb {0}";
    for_each_company "{0}, for each company that is in the programme on that date" "{0}, for hver virksomhed, der er med i programmet på den dato";
    for_each_participant "{0}, for each participant that counts" "{0}, for hver borger, der tæller med";
    on_the_day "on the day of the {0}" "på dagen for {0}";
    so_long_after "{0} after the {1}" "{0} efter {1}";
    day_reached "day on which “{0}” was reached" "den dag, hvor »{0}« blev nået";
    measured_after "What {0} is worth {1}" "Det, som {0} er værd {1}";
    less_before "{0}: everything so far, less what it was worth on the date before" "{0}: alt hidtil, fratrukket det, det var værd på den forrige dato";
    measured_on "What {0} is worth on {1}" "Det, som {0} er værd den {1}";
    measured_every "What {0} is worth at the end of each {1} of the calendar and of the contract" "Det, som {0} er værd ved udgangen af hver {1} i kalenderen og af kontrakten";
    multiplied "{0}, times {1}" "{0}, gange {1}";
    lasting "Once {0} has lasted {1}" "Når {0} har varet {1}";
    summing_up "Once {1} in all have come together on days that count for {0}" "Når der i alt er samlet {1} på dage, der tæller til {0}";
    counting_up "Once {1} in all have counted for {0}" "Når i alt {1} har talt til {0}";
    on_day "If the day {1} after the {2} counts for {0}" "Hvis dagen {1} efter {2} tæller til {0}";
    counting_months "Once {1} in all have counted for {0}, each with at least {2}" "Når i alt {1} har talt til {0}, hver med mindst {2}";
    looked_at "{0}, looking back no further than {1}" "{0}, idet der højst ses {1} tilbage";
    counted_anew "{0}, and at most {1} times more, counted anew each time" "{0}, og højst {1} gange til, talt forfra hver gang";
    requires "{0}. It requires {1}" "{0}. Det kræver {1}";
    gate_all "All of these hold: {0}" "Alle disse er opfyldt: {0}";
    gate_any "One of these holds: {0}" "En af disse er opfyldt: {0}";
    gate_some "At least {0} of these hold: {1}" "Mindst {0} af disse er opfyldt: {1}";
    gate_own_day "{0}. It is asked on the day on which something falls due" "{0}. Det spørges der om på den dag, hvor noget forfalder";
    gate_on "{0}. It is asked on {1}" "{0}. Det spørges der om den {1}";
    gate_every "{0}. It is asked at the end of each {1} of the calendar and of the contract" "{0}. Det spørges der om ved udgangen af hver {1} i kalenderen og af kontrakten";
    test_reached "{0} is reached" "{0} er nået";
    test_not_reached "{0} is not reached" "{0} er ikke nået";
    test_gate "{0} holds" "{0} er opfyldt";
    test_suspended "the day lies in a suspension" "dagen ligger i en suspension";
    test_not_suspended "the day lies in no suspension" "dagen ligger ikke i en suspension";
    test_at_least "{0} is at least {1}" "{0} er mindst {1}";
    test_above "{0} is above {1}" "{0} er over {1}";
    test_at_most "{0} is at most {1}" "{0} er højst {1}";
    test_below "{0} is below {1}" "{0} er under {1}";
    variant "{0}. Of the ways to “{1}” the best is paid" "{0}. Af vejene til »{1}« betales den bedste";
    and_again "{0}, and again after every further {1}, at most {2} times more" "{0}, og igen for hver {1} mere, højst {2} gange til";
    each_unit "For each {0} in which at least {1} count for {2}" "For hver {0}, hvor mindst {1} tæller til {2}";
    each_by_hours "For each {0}: the rate times the hours of each day that counts for {1}" "For hver {0}: taksten gange timerne på hver dag, der tæller til {1}";
    each_by_earnings "For each {0}: the rate times what was earned on each day that counts for {1}" "For hver {0}: taksten gange lønnen på hver dag, der tæller til {1}";
    each_prorated "For each day that counts for {1}: the rate divided by the days of the {0}" "For hver dag, der tæller til {1}: taksten delt med antallet af dage i den pågældende {0}";
    at_most_units "{0}, at most {1}" "{0}, højst {1}";
    a_day_counts "A day counts when the participant is in {0}" "En dag tæller, når borgeren er i {0}";
    with_hours "{0}, with at least {1} hours a week in all" "{0} med mindst {1} timer om ugen i alt";
    at_companies "{0}, at a company of the programme" "{0} i en virksomhed, der er med i programmet";
    in_new_jobs "{0}, in a job begun after enrolment" "{0} i et arbejde, der er begyndt efter indskrivningen";
    in_jobs_with_more_hours "{0}, in a job begun after enrolment or then with fewer hours" "{0} i et arbejde, der er begyndt efter indskrivningen eller da havde færre timer";
    by_payroll "{0}, as reports of paid hours say (hours of a month {1}; hours and earnings {2})" "{0}, ifølge indberetninger af lønnede timer (månedens timer {1}; timer og løn {2})";
    weekly_average "times 12, divided by 52, are hours a week" "gange 12, delt med 52, er timer om ugen";
    weekly_calendar_days "times 7, divided by the days of the month, are hours a week" "gange 7, delt med månedens dage, er timer om ugen";
    spread_month_end "lie on its last day" "ligger på dens sidste dag";
    spread_calendar_days "lie evenly on its days" "ligger jævnt på dens dage";
    spread_weekdays "lie evenly on its Mondays to Fridays" "ligger jævnt på dens mandage til fredage";
    with_evidence "{0}, with evidence" "{0}, når det er dokumenteret";
    except_kinds "{0}, and not in {1}" "{0} og ikke i {1}";
    skipping "{0}. The first {1} are left out" "{0}. De første {1} tæller ikke";
    each_place "{0}. Each place of work is looked at by itself" "{0}. Hver arbejdsplads ses for sig";
    from_charge "day after “{0}” was reached" "dagen efter, at »{0}« blev nået";
    in_window "{0}, within {1} from the {2}" "{0} inden for {1} fra {2}";
    with_gaps "{0}. Breaks of at most {1} are overlooked" "{0}. Afbrydelser på højst {1} overses";
    with_gaps_total "{0}. Breaks of at most {1}, {2} days in all, are overlooked" "{0}. Afbrydelser på højst {1}, i alt {2} dage, overses";
    each_company "{0}. Each company is looked at by itself" "{0}. Hver virksomhed ses for sig";
    from_enrolment "day of enrolment" "indskrivningen";
    from_placement "first placement" "den første placering";
    from_first_day "first day that counts" "den første dag, der tæller";
    quoted "“{0}”" "»{0}«";
    or "{0} or {1}" "{0} eller {1}";
    if_hours "from {0} to under {1} hours a week" "fra {0} til under {1} timer om ugen";
    if_elapsed "from {0} to under {1} months after the {2}" "fra {0} til under {1} måneder efter {2}";
    if_traits "with {0}" "med {0}";
    if_steps "from step {0} to under step {1}" "fra trin {0} til under trin {1}";
    delayed "{0}; earned {1} later" "{0}; optjent {1} senere";
    if_valid "in the days {0}" "i dagene {0}";
    if_group "target group {0}" "målgruppe {0}";
    by_payee "{0}, owed by the payee" "{0}, skyldes af betalingsmodtageren";
    number_of_payments "{0} payments" "{0} betalinger";
    share_of_payments "{0} of figure {1} as a number of payments" "{0} af tallet {1} som antal betalinger";
    not_below "not below {0}" "ikke under {0}";
    bands_level "The row that the value lies in says what it is worth." "Den linje, som værdien ligger i, siger, hvad den er værd.";
    bands_whole "The row that the value lies in prices all of it." "Den linje, som værdien ligger i, gælder for hele værdien.";
    bands_marginal "Each row prices the part of the value that lies in it." "Hver linje gælder for den del af værdien, der ligger i den.";
    for_each_1 "{0} for each 1" "{0} for hver 1";
    in_a_line "{0} to {1}, in a straight line" "{0} til {1}, i en ret linje";
    value_from "from {0}" "fra {0}";
    value_above "above {0}" "over {0}";
    value_up_to "up to and including {0}" "til og med {0}";
    value_below "under {0}" "under {0}";
    // The glossary.
    words "Words on this page" "Ord på denne side";
    word_settlement "Settlement" "Afregning";
    is_settlement "What is owed for a period, worked out once from all reports known on one day." "Det, der skyldes for en periode, beregnet én gang ud fra alle indberetninger, der er kendt på én bestemt dag.";
    word_cut_off "Cut-off" "Skæringsdag";
    is_cut_off "That day. A later report changes nothing in this settlement; it leads to a correction in the next one." "Denne dag. En senere indberetning ændrer intet i denne afregning; den fører til en efterregulering i den næste.";
    word_spell "Spell" "Forløb";
    is_spell "A stretch of one job with the same kind of employment and the same hours." "Et stykke af et ansættelsesforhold med samme ansættelsesform og samme timetal.";
    word_counts "A day that counts" "En dag, der tæller";
    is_counts "A day on which everything holds that the contract asks for. Which that is stands under “What the contract pays for”." "En dag, hvor alt er opfyldt, som kontrakten kræver. Hvad det er, står under »Hvad kontrakten betaler for«.";
    word_step "Step" "Trin";
    is_step "A payment for work that has lasted: the first after a time, further ones after more." "En betaling for arbejde, der har varet: den første efter en tid, de næste efter mere.";
    word_correction "Correction" "Efterregulering";
    is_correction "The difference between what is owed by the newest reports and what was settled before." "Forskellen mellem det, der skyldes efter de nyeste indberetninger, og det, der er afregnet før.";
    word_limit "Limit" "Loft";
    is_limit "The most that is paid for a participant, a company or the whole contract. The room is what is left of it." "Det højeste, der betales for en borger, en virksomhed eller hele kontrakten. Pladsen er det, der er tilbage af det.";
    made_by "Made by effekt {0} from everything recorded up to {1}. The page holds no names of citizens and loads nothing from anywhere." "Lavet af effekt {0} ud fra alt, der er registreret til og med {1}. Siden indeholder ingen navne på borgere og henter intet udefra.";
    // The index.
    index "Settlement statements" "Afregningsopgørelser";
    index_why "One page for each settlement and contract, as of {0}." "Én side for hver afregning og kontrakt, opgjort pr. {0}.";
    contract "Contract" "Kontrakt";
    no_statement "No statement" "Ingen opgørelse";
    refused_why "These contracts have errors, so there is no statement of them." "Disse kontrakter har fejl, så der er ingen opgørelse af dem.";
    errors "Errors" "Fejl";
    file "File" "Fil";
    none_made "No settlement is due yet." "Ingen afregning er forfalden endnu.";
    // A funding.
    funding_statement "Statement to the funders" "Opgørelse til finansieringskilderne";
    positions "Where each funder stands" "Hvor hver finansieringskilde står";
    funder "Funder" "Finansieringskilde";
    paid_in "Paid in" "Indbetalt";
    principal_back "Principal back" "Hovedstol tilbage";
    guaranteed "Guaranteed" "Dækket af garanti";
    outstanding "Outstanding" "Udestående";
    multiple "Multiple" "Multipel";
    multiple_why "Outstanding is the principal that is not back. The multiple is all that a funder got, divided by all that it paid in; what it paid as a guarantor counts as paid in." "Udestående er den hovedstol, der ikke er kommet tilbage. Multiplen er alt, hvad en finansieringskilde har fået, divideret med alt, hvad den har indbetalt; det, den har betalt som garant, tæller som indbetalt.";
    the_fund "The fund" "Fonden";
    nothing_distributed "Nothing has been received yet." "Der er ikke modtaget noget endnu.";
    received_in_all "{0} has been received in {1} distributions." "Der er modtaget {0} i {1} udlodninger.";
    principal_in_all "{0} of principal has come back from it, and {1} is outstanding." "Heraf er {0} tilbagebetalt hovedstol, og {1} er udestående.";
    carried_why "{0} is owed back to the payers: it is taken from what is received next, before anybody gets anything." "{0} skal betales tilbage til betalerne: det tages af det næste, der modtages, før nogen får noget.";
    distribution_of "Distribution {0}, {1}" "Udlodning {0}, {1}";
    distributions "All distributions" "Alle udlodninger";
    receipts "What was received" "Det modtagne";
    received "Received" "Modtaget";
    carried_before "Owed back from before" "Skyldigt fra tidligere";
    carried_after "Owed back" "Skyldes tilbage";
    shared "How it was shared" "Sådan blev det fordelt";
    tier "Tier" "Trin i rækkefølgen";
    as_what "As" "Som";
    given "Given" "Fordelt";
    number "Number" "Nummer";
    day "Day" "Dag";
    kind_principal "Principal" "Hovedstol";
    kind_return "Return" "Afkast";
    kind_guarantee "Guarantee" "Garanti";
    kind_surplus "Surplus" "Overskud";
    tiers_in_order "The tiers are filled in this order:" "Trinnene fyldes i denne rækkefølge:";
    not_distributed "Not distributed" "Ikke udloddet";
    not_distributed_why "These have errors, so nothing new was distributed." "Disse har fejl, så der er ikke udloddet noget nyt.";
    funding_made_by "Made by effekt {0} from what was received by {1}." "Lavet af effekt {0} ud fra det, der er modtaget til og med {1}.";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_say_everything_and_fill_in_the_same_places() {
        let places = |text: &str| {
            let mut places: Vec<String> =
                text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0.to_owned())).collect();
            places.sort();
            places.dedup();
            places
        };
        for (name, en, da) in ALL {
            assert!(!en.is_empty() && !da.is_empty(), "{name}");
            assert_eq!(places(en), places(da), "{name}");
        }
        assert_eq!((texts(Lang::En).lang, texts(Lang::Da).lang), ("en", "da"));
    }
}
