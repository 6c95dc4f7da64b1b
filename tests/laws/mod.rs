//! Laws: what must hold between the settlements of two programmes, or within one, whatever the programme is. Each is tried on
//! 1,000 random programmes from a fixed seed (EFFEKT_LAW_CASES says how many times as many) and counts how often it met what
//! makes it interesting. The chapters are those of engineering practice for settlement engines; "constructed" means that the
//! test brings the precondition about, "checked" that it looks for it.
//!
//! | no. | law | holds when | test |
//! | --- | --- | --- | --- |
//! | | **Form of the input** | | |
//! | 1 | the order of rows and contracts, and of lists in a contract, says nothing | not of charges, limits, rate rows, kinds: 9.2, 8.1, 6.3 | `form::the_order_of_rows_and_lists_says_nothing`, `explanation::the_same_input_in_any_order_gives_the_same_bytes` |
//! | 1 | the order of charges moves lines only | no limits, no variants | `form::the_order_of_charges_moves_lines_and_nothing_else` |
//! | 1 | the order of limits decides only which is named | always | `form::the_order_of_limits_decides_only_which_is_named` |
//! | 2 | a row said again changes nothing | said later: no `confirm_days` | `facts::a_row_said_again_changes_nothing` |
//! | 2 | two rows of one id, day and revision are an error | always | `facts::two_rows_of_one_id_day_and_revision_are_refused` |
//! | 3, 4 | a spell told in two parts, or two such parts in one, changes nothing | no other spell of the job begins before the cut (3.5); an open spell is confirmed up to it; ids keep their order | `facts::a_spell_told_in_two_parts_changes_nothing` |
//! | 5 | a job within an equal job changes nothing | no condition on hours or new jobs; in the same job it would shorten the other (3.5) | `facts::where_no_hours_are_asked_a_second_job_within_a_job_changes_nothing` |
//! | 6 | facts outside the term or the cohort change nothing | before the term: a job of its own (3.5, `new_jobs_only`) | `facts::a_spell_outside_the_term_changes_nothing`, `facts::somebody_who_is_not_eligible_changes_nothing` |
//! | 6 | a fact that waits changes nothing | always | `facts::a_fact_that_waits_changes_nothing` |
//! | – | a cohort cap pays as if the others were not there | all known at once | `facts::a_cohort_cap_pays_as_if_the_others_were_not_there` |
//! | 6, 32 | another contract, its facts and limits change nothing | always | `facts::another_contract_changes_nothing` |
//! | 7 | new ids rename the output | participants, companies and spells keep their order: ties of 3.5, 5.3 and 6.3, order of 9.2 | `form::ids_renamed_in_their_order_rename_the_output_and_change_nothing_else` |
//! | 7 | other ids move lines only | no limits, no `max_participants`; spells keep their ids | `form::without_limits_and_cohort_caps_other_ids_only_move_lines` |
//! | – | defaults and conditions that always hold may be written out | always | `form::what_is_so_anyway_may_be_written_out` |
//! | – | further steps are milestones of their own | no limits, no names of charges | `form::further_steps_are_milestones_of_their_own` |
//! | – | with one company, each company apart is the whole | no jobs outside | `form::with_one_company_each_company_apart_is_the_participant_as_a_whole` |
//! | | **Time** | | |
//! | 9 | 400 years later all is the same | always: 146,097 days are whole weeks, no rule looks at the year's number | `time::four_hundred_years_later_all_is_the_same` |
//! | 10 | however often is settled, the sums are the same | all known at once, no limit by settlement period | `time::how_often_is_settled_changes_no_sum` |
//! | 10, 23 | weeks and months count the days that a charge by the day pays | no limits | `time::a_prorated_week_or_month_counts_the_days_that_a_charge_by_the_day_pays` |
//! | 11 | an as-of day further on only adds settlements | always | `time::an_as_of_day_further_on_only_adds_settlements` |
//! | 11, 39 | what is known in time is posted in its period, uncorrected | all known by the first cut-off | `time::what_is_known_in_time_is_posted_in_its_period_and_never_corrected` |
//! | 12 | a rate row cut in two by `valid` changes nothing | days priced each by itself: not weeks or months in full, where rows compete (8.2) | `time::a_rate_row_cut_in_two_by_valid_changes_nothing` |
//! | 12 | a rate row behind one that covers it is never reached | always | `time::a_rate_row_behind_one_that_covers_it_is_never_reached` |
//! | 12 | a window as long as the term leaves no trace | from the first day: nothing that counts from the anchor | `time::a_window_as_long_as_the_term_leaves_no_trace` |
//! | 13, 14 | what is recorded after a cut-off has no say in its settlement | always | `time::what_is_recorded_after_a_cut_off_has_no_say_in_its_settlement` |
//! | 15 | 29 February is paid as one day more | pay by the day | `time::a_leap_day_is_paid_as_one_day_more` |
//! | – | a milestone is earned on the day that completes it | steps in days, no limits | `time::a_milestone_is_earned_on_the_day_that_completes_it` |
//! | | **Money** | | |
//! | 16 | more work never lowers what is owed | flat amounts, no limits or variants, no window from the first day or a charge, no `max_gap_total` or `except_kinds`, no `max_units` on prorated units | `money::more_work_never_lowers_what_is_owed` |
//! | 17 | a higher rate lowers no key | no limits, no variants, no `max_units` | `money::a_higher_rate_lowers_no_key` |
//! | 18 | rates and limits scaled scale every posting | nothing is rounded: whole rates, no `prorate` | `money::rates_and_limits_scaled_scale_every_posting` |
//! | 19 | each participant alone earns the same | no limits per company or contract, no `max_participants`, nothing required of anybody | `money::every_participant_alone_earns_what_it_earns_among_others` |
//! | 20 | limits only take | always | `limits::limits_only_take_and_what_they_took_stays_on_record` |
//! | 21 | each charge alone earns the same | no limits, no names of other charges | `money::every_charge_alone_earns_what_it_earns_among_others` |
//! | 23 | every amount is rate × quantity, rounded once | the unit's days have one rate; no variants | `money::every_entitlement_is_its_rate_times_its_quantity_rounded_once` |
//! | 23 | the two roundings differ by one minor unit at most | no limits, no variants, no `max_units` | `money::the_two_roundings_differ_by_one_minor_unit_at_most` |
//! | 26 | where nothing happens every period says so | nobody works, no fixed charges | `money::where_nothing_happens_nothing_is_owed_and_every_period_says_so` |
//! | | **Limits** | | |
//! | 28, 33 | no scope exceeds its limit, on any level | always | `limits::no_scope_exceeds_its_limit` |
//! | 29 | the same limit twice is one | always | `limits::the_same_limit_twice_is_one_limit` |
//! | 29 | granting what was granted cuts nothing | always | `limits::granting_what_was_granted_cuts_nothing` |
//! | 30 | a limit of exactly what is owed leaves no trace | always | `limits::a_limit_that_is_exactly_enough_leaves_no_trace` |
//! | 31 | a higher limit lowers no key | the contract's only limit; with others, what one lets pass takes room from the rest | `limits::raising_the_only_limit_lowers_no_key` |
//! | – | settled by the year, a limit a period is a limit a year | always | `limits::where_years_are_settled_a_limit_a_period_is_a_limit_a_year` |
//! | – | a limit of nothing takes what it covers and nothing else | the only limit | `limits::a_limit_of_nothing_takes_everything_it_covers_and_nothing_else` |
//! | | **Figures and bands** (mechanisms 14.2) | | |
//! | – | a metric told in a second row changes nothing | same days and cohort, a higher id | `measured::a_metric_told_in_a_second_row_changes_nothing` |
//! | – | what no date asks for changes nothing | always | `measured::a_measurement_that_no_date_asks_for_changes_nothing` |
//! | – | a value is a metric measured once for all | decimals | `measured::a_value_is_a_metric_that_was_measured_once_for_all` |
//! | – | `every` is the list of its dates | always | `measured::every_so_often_is_the_list_of_those_dates` |
//! | – | a marginal band cut in two changes nothing | no `amount` in it | `measured::a_marginal_band_cut_in_two_changes_nothing` |
//! | – | one band from 0 is the same whole, marginal and level | always | `measured::one_whole_band_from_nothing_is_a_marginal_one_and_a_level_one` |
//! | – | higher values never lower what is owed | marginal bands, at most one factor, no limits | `measured::higher_values_never_lower_what_is_owed` |
//! | – | prices scaled scale what is owed | nothing rounded, no limits | `measured::prices_scaled_scale_what_is_owed` |
//! | – | a factor of 1 changes no amount | always | `measured::a_factor_of_one_changes_no_amount` |
//! | | **Counts, running totals, units** (mechanisms 14.2) | | |
//! | – | a sum of counts of disjoint cohorts is the count of all | the groups cover everybody | `counted::a_sum_of_counts_of_disjoint_cohorts_is_the_count_of_all` |
//! | – | the dates of `cumulative` add up to the price of the whole | no limits, nothing divided | `counted::the_dates_add_up_to_the_price_of_the_whole` |
//! | – | since the last date adds up to all so far | whole prices, no limits, nobody enrolled before the term | `counted::what_happened_since_the_last_date_adds_up_to_all_so_far` |
//! | – | `every` is the list of its dates for fixed charges too | always | `counted::every_so_often_is_the_list_of_its_dates_for_fixed_charges_too` |
//! | – | no more keys are granted than a limit of units says | always, by number | `counted::no_more_keys_are_granted_than_a_limit_of_units_says` |
//! | – | one unit more lowers no key | the only limit | `counted::one_unit_more_lowers_no_key` |
//! | – | a limit of more units than there are leaves no trace | always | `counted::a_limit_of_more_units_than_there_are_leaves_no_trace` |
//! | – | what is measured of a participant says nothing of anybody else | always | `counted::what_is_measured_of_a_participant_says_nothing_of_anybody_else` |
//! | 1, 13, 36, 38 | order, later rows, batches, ledgers, with counts | as without | `counted::with_counts_too_…` |
//! | | **Weeks without benefit** (saving 1 to 5) | | |
//! | – | a benefit told in two parts that meet changes nothing | no two benefits end on one day; the second part has the higher id and no clock | `saving::a_benefit_told_in_two_parts_that_meet_changes_nothing` |
//! | – | no more is saved than the benefit | always | `saving::no_more_is_saved_than_the_benefit` |
//! | – | at one rate, without refund and costs, weeks are money | a clock is known | `saving::at_one_rate_and_without_refund_weeks_are_money` |
//! | 12 | a row of a table cut in two by `valid` changes nothing | always | `saving::a_row_of_a_table_cut_in_two_by_valid_changes_nothing` |
//! | 12 | a row of a table behind one that covers it is never reached | costs as refunded as before | `saving::a_row_of_a_table_behind_one_that_covers_it_is_never_reached` |
//! | 18 | amounts scaled scale what is saved | one price | `saving::amounts_scaled_scale_what_is_saved` |
//! | – | where all weeks are refunded alike no clock matters | as long as one is known | `saving::where_all_weeks_are_refunded_alike_no_clock_matters` |
//! | – | clocks and steps moved together change nothing | no clock starts again | `saving::clocks_and_steps_moved_together_change_nothing` |
//! | – | a reset that is never reached leaves no trace | always | `saving::a_reset_that_is_never_reached_leaves_no_trace` |
//! | – | what each avoids adds up to what all do | weeks, at a whole price | `saving::what_each_avoids_adds_up_to_what_all_do` |
//! | – | weeks since the last date add up to all so far | at a whole price | `saving::weeks_since_the_last_date_add_up_to_all_so_far` |
//! | – | the benefits of others say nothing of one's own | always | `saving::the_benefits_of_others_say_nothing_of_ones_own` |
//! | 1, 13, 36, 38 | order, later rows, batches, ledgers, with benefits | as without | `saving::with_benefits_too_…` |
//! | | **Places** (places 1, 2) | | |
//! | – | no more is occupied than there is, nor than people fill, nor are more centres open than there are places | always | `places::no_more_is_occupied_than_there_is_and_than_people_fill` |
//! | – | an offer told as two of its places, or in two parts that meet, changes nothing | same centre and companies | `places::an_offer_told_as_two_of_its_places_changes_nothing`, `places::an_offer_told_in_two_parts_that_meet_changes_nothing` |
//! | – | nobody drives others out of their places | no `max_participants` | `places::nobody_drives_others_out_of_their_places` |
//! | – | one place more lowers nothing | always | `places::one_place_more_lowers_nothing` |
//! | – | what each centre has adds up to what all have | always | `places::the_centres_add_up` |
//! | – | place-days since the last date add up to all so far | at a whole price | `places::place_days_since_the_last_date_add_up_to_all_so_far` |
//! | 1, 13, 36, 38 | order, later rows, batches, ledgers, with offers | as without | `places::with_places_too_…` |
//! | | **Goals and indicators** (goals 1, 2, 5) | | |
//! | – | a goal is met exactly if its degree is at least 100 | everything is known | `goals::a_goal_is_met_exactly_if_its_degree_is_a_hundred` |
//! | – | more evidence lowers nothing | everything is known | `goals::more_evidence_lowers_nothing` |
//! | – | to need more meets no goal | everything is known | `goals::to_need_more_meets_no_goal` |
//! | – | an entry told in two halves changes nothing | always | `goals::an_entry_told_in_two_halves_changes_nothing` |
//! | 18 | targets and results scaled change nothing | always | `goals::targets_and_results_scaled_change_nothing` |
//! | – | a goal of one goal is that goal | but for how many requirements are met | `goals::a_goal_of_one_goal_is_that_goal` |
//! | – | what is told and never paid changes no amount | always | `goals::what_is_told_and_never_paid_changes_no_amount` |
//! | 1, 13, 36, 38 | order, later rows, batches, ledgers, with goals | as without | `goals::with_goals_too_…` |
//! | | **Ladders, variants, repetition** (mechanisms 14.2) | | |
//! | – | a `within` as long as the term leaves no trace | always; not with `then` | `ladders::a_within_as_long_as_the_term_leaves_no_trace` |
//! | – | n further steps of `repeat` are n charges, each with its window from the one before | no other window, `skip_days` or `max_gap_total`; not per company; one rate | `ladders::to_repeat_is_to_begin_a_window_with_the_day_after` |
//! | – | `requires` never raises a sum, nor does a longer list | no variants, limits or windows from a charge; settled to the end | `ladders::to_require_more_never_raises_a_sum` |
//! | – | of a variant the largest is owed, in sum | no limits; per participant, of periods per unit | `ladders::of_a_variant_the_best_is_owed_and_no_more` |
//! | – | days skipped are the first that would be paid | each day paid by itself | `ladders::days_skipped_are_the_first_that_would_be_paid` |
//! | | **Adjustments** | | |
//! | – | two factors are their product in any order | neither is rounded | `adjusted::two_factors_are_their_product_in_any_order` |
//! | – | a factor of 1 changes nothing | the rate of a measured charge apart | `adjusted::a_factor_of_one_changes_nothing` |
//! | 12 | an adjustment cut in two by `valid` changes nothing | always: it is asked once | `adjusted::an_adjustment_cut_in_two_by_valid_changes_nothing` |
//! | 12 | a rate row cut in two by `steps` changes nothing | always | `adjusted::a_rate_row_cut_in_two_by_steps_changes_nothing` |
//! | 18 | all numbers of an index scaled change nothing | base included | `adjusted::all_numbers_of_an_index_scaled_change_nothing` |
//! | – | what waits for an index for ever is never posted | no limits, nothing tied | `adjusted::what_waits_for_an_index_for_ever_is_never_posted` |
//! | 23 | up and down are a minor unit apart, the nearest is one of them | to the minor unit; no limits, no `max_units`, nothing tied | `adjusted::up_and_down_are_a_minor_unit_apart_and_the_nearest_is_one_of_them` |
//! | 23 | a charge that rounds to a multiple owes multiples | no limits, no variants | `adjusted::a_charge_that_rounds_to_a_multiple_owes_multiples` |
//! | – | a delay moves days and nothing else | no limits, a tail as long, nothing tied | `adjusted::a_delay_moves_days_and_nothing_else` |
//! | 1 | the order of traits says nothing | always | `adjusted::the_order_of_traits_says_nothing` |
//! | 1, 13, 36, 38 | order, later rows, batches, ledgers, with all that adjusts | as without | `adjusted::with_adjustments_too_…` |
//! | | **Gates** (mechanisms 14.2) | | |
//! | – | n tests of which n are needed are n gates | same dates | `gates::n_tests_of_which_n_are_needed_are_n_gates` |
//! | – | to need more opens no gate, nor is anything owed that was not without gates | no limits, no variants | `gates::to_need_more_opens_no_gate` |
//! | – | a gate that stands open leaves no trace | no dates | `gates::a_gate_that_stands_open_leaves_no_trace` |
//! | – | `every` is the list of its dates | always | `gates::every_so_often_is_the_list_of_those_dates` |
//! | – | judged on every day is judged on the own day | nothing is waited for | `gates::judged_on_every_day_is_judged_on_the_own_day` |
//! | – | a tolerance is a lower number | decimals | `gates::a_tolerance_is_a_lower_number` |
//! | – | a test of one gate alone is that gate | always | `gates::a_gate_within_a_gate_is_that_gate` |
//! | 1, 13, 36, 38 | order, later rows, batches, ledgers, with gates | as without | `gates::with_gates_too_…` |
//! | | **Payrolls and tallies** (mechanisms 14.2) | | |
//! | – | a report cut in two changes nothing | the same evidence; the second half has the higher id | `payroll::a_report_cut_in_two_changes_nothing` |
//! | 16 | one more hour never delays a step | no `within`, `repeat`, window from the first day or a charge; no job is old for its hours; on every report (3.5) | `payroll::one_more_hour_never_delays_a_step` |
//! | – | what is laid at the month's end is paid by the day as by the month | one price, no limits | `payroll::what_is_laid_at_the_months_end_is_paid_by_the_day_as_by_the_month` |
//! | – | where spells are looked at reports change nothing, and the other way round | no `except_kinds` for the second | `payroll::where_spells_are_looked_at_reports_change_nothing`, `payroll::where_payrolls_are_looked_at_spells_change_nothing` |
//! | 1, 13, 36, 38 | order, later rows, batches, ledgers, with payrolls | as without | `payroll::with_payrolls_too_…` |
//! | | **Versions** | | |
//! | 13 | a version agreed after a cut-off has no say in its settlement | always | `versions::a_version_agreed_after_a_cut_off_has_no_say_in_its_settlement` |
//! | 2 | a version that says the same changes nothing | always | `versions::a_version_that_says_the_same_changes_nothing` |
//! | 34 | in the end everything is owed as the last version says | it has settled last; no `confirm_days`, no `max_participants` | `versions::in_the_end_everything_is_owed_as_the_last_version_says` |
//! | 13, 36, 38 | later rows, batches, ledgers, with versions | as without | `versions::in_versions_too_…` |
//! | | **What the payee owes** | | |
//! | – | no net exceeds its limit, nor is taken below its floor | always | `owed::no_net_exceeds_its_limit_or_is_taken_below_its_floor` |
//! | – | amounts cut what is owed to the payee, floors what it owes | always | `owed::limits_cut_what_is_owed_to_the_payee_and_floors_what_it_owes` |
//! | – | turned round, everything is owed the other way, to the øre | no limits, no variants | `owed::turned_round_everything_is_owed_the_other_way` |
//! | – | a floor cuts nothing but what is owed back | nothing is owed back | `owed::where_nothing_is_owed_back_a_floor_leaves_no_trace` |
//! | – | raising the only floor lowers no key | no other limits | `owed::raising_the_only_floor_lowers_no_key` |
//! | 31 | raising the only limit lowers no key | no floors | `owed::raising_the_only_limit_lowers_no_key_though_some_are_owed_back` |
//! | – | a net limit grants no less than a gross one | the only limit; charges say who owes | `owed::a_net_limit_grants_no_less_than_a_gross_one` |
//! | – | among many, engine and oracle agree | always | `owed::among_many_what_is_owed_back_is_what_the_oracle_says` |
//! | | **What rests on grants** | | |
//! | – | a top-up brings every sum to the minimum | the asker is last, no limit cuts it, the sum is not below 0 | `granted::a_top_up_brings_every_sum_to_the_minimum` |
//! | – | a true-up brings every sum to its worth | the asker is last, no limit cuts it | `granted::a_true_up_brings_every_sum_to_its_worth` |
//! | – | 1 for each pays as much again | as before | `granted::one_for_each_pays_what_was_granted_again` |
//! | – | what was granted since the last date adds up to all | the asker is last; nothing is owed back | `granted::what_was_granted_since_the_last_date_adds_up` |
//! | – | a limit on the asker that is enough leaves no trace | always | `granted::a_limit_on_the_asker_that_is_enough_leaves_no_trace` |
//! | | **Corrections** | | |
//! | 34 | postings of 1 to k add up to what is owed at once | no `confirm_days`, no `max_participants` | `corrections::postings_of_1_to_k_add_up_to_what_is_owed_at_once_by_the_facts_known_then` |
//! | 35 | a ledger settled again gets nothing new | always | `corrections::a_ledger_settled_again_on_its_own_day_gets_nothing_new` |
//! | 36 | facts in any batches are paid the same in the end | as 34; ids keep their last rows, all by the last cut-off | `corrections::however_late_and_in_whatever_order_reports_arrive_the_same_is_paid_in_the_end` |
//! | 37 | a withdrawal and re-entry restores every sum | no `confirm_days` | `corrections::a_withdrawal_and_re_entry_restores_every_sum` |
//! | 38, 14 | going on from any prefix of the ledger gives what a replay gives | nothing else has changed | `corrections::going_on_from_any_earlier_settlement_gives_what_a_replay_gives` |
//! | 34, 38, 39 | after any amendment earlier settlements stand, and the next posts all that is missing | always | `corrections::from_a_ledger_on_only_new_settlements_post_and_they_post_all_that_is_missing` |
//! | 39 | raising the tail changes no earlier settlement | always | `corrections::raising_the_tail_changes_no_earlier_settlement` |
//! | 22 | a key is posted once a settlement, a correction names the first; totals are sums | always | `corrections::a_key_is_posted_once_a_settlement_and_a_correction_names_its_first_posting` |
//! | 34–39 | all of them along any sequence of corrections | always | the state machine of `tests/corrections.rs` |
//! | | **Explanation and determinism** | | |
//! | 40 | every posting follows from the grounds, every ground from known facts | always | `explanation::every_posting_follows_from_the_grounds_and_every_ground_from_the_facts` |
//! | 41 | facts that nothing rests on may be left out | all spells of people who never have an entitlement | `explanation::the_spells_of_people_who_earn_nothing_may_be_left_out` |
//! | 42 | the same rows in any order give the same remarks and explanations | always | `explanation::the_same_rows_in_any_order_give_the_same_words` |
//! | 42 | any number of threads gives the same bytes | always | `explanation::any_number_of_threads_gives_the_same_bytes` |
//!
//! Not here: reading back what was written (8) is a matter of the formats; payers, shares and documents (22 of two parties,
//! 24, 25, 27) belong to rule 11. Exact sums of residuals (23, second half) do not arise: an amount is rounded once and
//! nothing is carried on (2.2).

#![cfg(all(feature = "formats", feature = "parallel"))]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice)]

mod adjusted;
mod corrections;
mod counted;
mod explanation;
mod facts;
mod form;
mod gates;
mod goals;
mod granted;
mod ladders;
mod limits;
mod measured;
mod money;
mod owed;
mod payroll;
mod places;
pub mod rewrite;
mod saving;
pub mod sums;
mod time;
pub mod trial;
mod versions;
