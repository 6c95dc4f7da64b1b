//! A programme of any size for the benchmarks: quarterly settlements over three and a half years, 3 spells a participant,
//! 5 % of them corrected later, weekly pay, milestones and two limits. The same for the same size.

use std::fmt::Write;

/// The texts of a programme folder.
pub struct Texts {
    pub contract: String,
    pub participants: String,
    pub companies: String,
    pub placements: String,
    pub spells: String,
}

/// A small deterministic generator (splitmix64).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % n
    }
}

const START: &str = "2017-01-01";
const COMPANIES: usize = 200;

/// A programme of so many participants; `contract_limit` is the most that the contract pays in all, in kroner.
pub fn programme(participants: usize, contract_limit: u64) -> Texts {
    let mut texts = Texts {
        contract: contract(contract_limit),
        participants: "contract,participant,target_group,enrolled_on,eligible_until,recorded_on,revision,void\n".to_owned(),
        companies: "contract,company,cvr,name,joined_on,left_on,recorded_on,revision,void\n".to_owned(),
        placements: "contract,placement,participant,company,placed_on,recorded_on,revision,void\n".to_owned(),
        spells: "contract,spell,placement,participant,employer,kind,first_day,last_day,weekly_hours,evidence,recorded_on,revision,void\n"
            .to_owned(),
    };
    for company in 0..COMPANIES {
        let _ = writeln!(texts.companies, "big,k{company:03},,Company {company},2017-01-01,,2017-01-01,,");
    }
    let mut dice = Dice(20_170_101);
    for number in 0..participants {
        citizen(&mut texts, &mut dice, number);
    }
    texts
}

fn day(number: u64) -> effekt::Day {
    effekt::Day::parse(START).unwrap().plus_days(i64::try_from(number).unwrap())
}

fn citizen(texts: &mut Texts, dice: &mut Dice, number: usize) {
    let enrolled = dice.below(300);
    let group = ["cash-benefit", "vulnerable-youth"][usize::from(dice.below(3) == 0)];
    let _ = writeln!(texts.participants, "big,p{number:07},{group},{},,{},,", day(enrolled), day(enrolled));
    let company = dice.below(COMPANIES as u64);
    let placed = enrolled + dice.below(60);
    let _ = writeln!(texts.placements, "big,w{number:07},p{number:07},k{company:03},{},{},,", day(placed), day(placed));
    let mut first = placed;
    for (spell, kind) in ["internship", "wage-subsidy", "ordinary"].into_iter().enumerate() {
        let last = first + [40 + dice.below(60), 100 + dice.below(150), 300 + dice.below(500)][spell];
        let hours = [20, 30, 37][spell];
        let row = |last: u64, recorded: u64, revision: &str| {
            format!(
                "big,s{number:07}.{spell},w{number:07},,,{kind},{},{},{hours},,{},{revision},\n",
                day(first),
                day(last),
                day(recorded)
            )
        };
        let recorded = first + 5 + dice.below(60);
        texts.spells.push_str(&row(last, recorded, ""));
        if dice.below(20) == 0 {
            texts.spells.push_str(&row(last - 1 - dice.below(30), recorded + dice.below(200), "1"));
        }
        first = last + 1 + dice.below(20);
    }
}

fn contract(limit: u64) -> String {
    format!(
        r#"id = "big"
currency = "DKK"
starts = 2017-01-01
ends = 2020-03-31

[settlement]
every = "quarter"
reporting_days = 30
tail_periods = 1

[[payer]]
id = "town"

[[outcome]]
id = "work"
kinds = ["ordinary", "wage-subsidy", "internship"]
min_weekly_hours = 10
companies = "participating"
max_gap_days = 14
window = {{ from = "first-day", months = 36 }}

[[charge]]
id = "weekly"
type = "period"
outcome = "work"
unit = "week"
min_days = 4
  [[charge.rate]]
  kinds = ["ordinary"]
  elapsed = {{ from_month = 0, below_month = 12 }}
  amount = 1500
  [[charge.rate]]
  kinds = ["ordinary"]
  amount = 1200
  [[charge.rate]]
  kinds = ["wage-subsidy", "internship"]
  amount = "612.50"

[[charge]]
id = "retention"
type = "milestone"
outcome = "work"
mode = "continuous"
after = {{ weeks = 13 }}
then = {{ every = {{ weeks = 13 }}, times = 3 }}
amount = 15000

[[limit]]
id = "per-citizen"
scope = "participant"
window = "total"
amount = 150000

[[limit]]
id = "per-contract"
scope = "contract"
window = "total"
amount = {limit}
"#
    )
}
