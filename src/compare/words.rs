//! The words of a comparison, each in both languages side by side. `{0}`, `{1}` … are filled in.

use super::Comparison;
use super::breakdown::{By, Of};
use super::reason::{Reason, Under};
use super::why::{Cause, Why};
use crate::explain::pen::Pen;
use crate::explain::{Lang, say};
use crate::measure::money::{Shown, Total};

macro_rules! texts {
    ($($name:ident $en:literal $da:literal;)*) => {
        /// All texts in one language.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        pub struct Text { $(
            #[doc = $en]
            pub $name: &'static str,
        )* }

        const EN: Text = Text { $($name: $en,)* };
        const DA: Text = Text { $($name: $da,)* };

        /// All of them, English and Danish.
        #[cfg(test)]
        const ALL: &[(&str, &str, &str)] = &[$((stringify!($name), $en, $da),)*];
    };
}

/// The texts in a language.
#[must_use]
pub const fn texts(lang: Lang) -> &'static Text {
    match lang {
        Lang::En => &EN,
        Lang::Da => &DA,
    }
}

texts! {
    lang "en" "da";
    heading "Comparison" "Sammenligning";
    title "Contract {0} compared with {1}" "Kontrakt {0} sammenlignet med {1}";
    as_of "The same facts under both, settled as of {0}. All amounts in {1}, before VAT." "De samme oplysninger under begge, opgjort pr. {0}. Alle beløb i {1}, uden moms.";
    side "{0}: {1}; {2}" "{0}: {1}; {2}";
    settled "{0} settlements, up to {1}" "{0} afregninger, til og med {1}";
    settled_once "1 settlement, up to {0}" "1 afregning, til og med {0}";
    not_settled "no settlement yet" "endnu ingen afregning";
    more "B pays {0} more than A." "B betaler {0} mere end A.";
    less "B pays {0} less than A." "B betaler {0} mindre end A.";
    the_same "Both pay the same in all." "Begge betaler det samme i alt.";
    total "In all" "I alt";
    difference "Difference" "Forskel";
    by_charge "By charge" "Efter ydelse";
    by_group "By target group" "Efter målgruppe";
    by_quarter "By quarter" "Efter kvartal";
    by_payer "By payer" "Efter betaler";
    by_reason "Why" "Hvorfor";
    by_participant "By participant" "Efter borger";
    the_contract "the contract" "kontrakten";
    companies "companies" "virksomheder";
    no_group "without a group" "uden målgruppe";
    equal "the same under both" "det samme under begge";
    rate "another rate" "en anden takst";
    quantity "more or fewer of its days, or of what is measured" "flere eller færre dage, eller mere eller mindre af det, der måles";
    amount "otherwise worth another amount" "et andet beløb af andre grunde";
    limit "limit {0}" "loftet {0}";
    limit_under "limit {1}, under {0} only" "loftet {1}, kun under {0}";
    not_owed "not owed under {0}: {1}" "skyldes ikke under {0}: {1}";
    same_rows "Left out, as the sum is the same under both: {0}." "Udeladt, da summen er den samme under begge: {0}.";
    keys "Payment by payment" "Betaling for betaling";
    charge "Charge" "Ydelse";
    unit "For" "For";
    reasons "Why" "Hvorfor";
    summary "Summary" "Sammendrag";
    contents "On this page" "På denne side";
    left_out "The file comparison-keys.csv has every payment; here are those of the participants for whom something is not the same." "Filen comparison-keys.csv har hver betaling; her er dem for de borgere, hvor noget ikke er det samme.";
    made_by "Made by effekt {0} from everything recorded up to {1}. Nothing is owed by a comparison. The page holds no names of citizens and loads nothing from anywhere." "Lavet af effekt {0} ud fra alt, der er registreret til og med {1}. Intet skyldes efter en sammenligning. Siden indeholder ingen navne på borgere og henter intet udefra.";
}

impl Text {
    /// By what the total is taken apart.
    #[must_use]
    pub const fn by(&self, by: By) -> &'static str {
        match by {
            By::Charge => self.by_charge,
            By::TargetGroup => self.by_group,
            By::Quarter => self.by_quarter,
            By::Payer => self.by_payer,
            By::Reason => self.by_reason,
            By::Participant => self.by_participant,
        }
    }
}

/// What a line is about, in words.
#[must_use]
pub fn name(pen: &Pen, of: &Of) -> String {
    let t = texts(pen.lang);
    match of {
        Of::Total => t.total.to_owned(),
        Of::Contract => t.the_contract.to_owned(),
        Of::Companies => t.companies.to_owned(),
        Of::Name(name) if name.is_empty() => t.no_group.to_owned(),
        Of::Name(name) | Of::Quarter(name) => name.clone(),
        Of::Reason(why) => reason(pen, why),
        Of::Key => String::new(),
    }
}

/// Why two contracts do not pay the same, in words.
#[must_use]
pub fn reason(pen: &Pen, reason: &Reason) -> String {
    let t = texts(pen.lang);
    match reason {
        Reason::Equal => t.equal.to_owned(),
        Reason::NotOwed { under, why } => say(t.not_owed, &[under.letter(), &cause(pen, why)]),
        Reason::Rate => t.rate.to_owned(),
        Reason::Quantity => t.quantity.to_owned(),
        Reason::Amount => t.amount.to_owned(),
        Reason::Limit { under: None, limit } => say(t.limit, &[limit]),
        Reason::Limit { under: Some(under), limit } => say(t.limit_under, &[under.letter(), limit]),
    }
}

fn cause(pen: &Pen, why: &Why) -> String {
    let (en, da) = why.cause.texts();
    let text = if pen.lang == Lang::Da { da } else { en };
    match why.cause {
        Cause::Kind | Cause::Excepted => say(text, &[&pen.kind(&why.of)]),
        _ => say(text, &[&why.of]),
    }
}

/// Which contract a letter stands for, and how far it is settled.
#[must_use]
pub fn side(pen: &Pen, comparison: &Comparison, under: Under) -> String {
    let t = texts(pen.lang);
    let side = match under {
        Under::A => &comparison.a,
        Under::B => &comparison.b,
    };
    let title = side.title.as_ref().filter(|title| **title != side.contract);
    let called = title.map_or(side.contract.clone(), |title| format!("{} ({title})", side.contract));
    let settled = match (side.settlements, side.until) {
        (1, Some(until)) => say(t.settled_once, &[&pen.date(until)]),
        (count, Some(until)) => say(t.settled, &[&count.to_string(), &pen.date(until)]),
        (_, None) => t.not_settled.to_owned(),
    };
    say(t.side, &[under.letter(), &called, &settled])
}

/// Which of the two pays more, in a sentence.
#[must_use]
pub fn outcome(pen: &Pen, comparison: &Comparison) -> String {
    let t = texts(pen.lang);
    let difference = comparison.total.difference;
    let size = Total::from_minor(difference.minor().saturating_abs()).display(comparison.currency);
    let template = match difference.minor().signum() {
        1 => t.more,
        -1 => t.less,
        _ => t.the_same,
    };
    say(template, &[&pen.money(&size)])
}

/// A difference, with its sign.
#[must_use]
pub fn signed(pen: &Pen, amount: Shown) -> String {
    let plus = if amount.minor() > 0 { "+" } else { "" };
    format!("{plus}{}", pen.digits(&amount.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(text: &str) -> Vec<&str> {
        let mut places: Vec<&str> = text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    #[test]
    fn both_languages_say_everything_and_fill_in_the_same_places() {
        for (name, en, da) in ALL {
            assert!(!en.is_empty() && !da.is_empty(), "{name}");
            assert_eq!(places(en), places(da), "{name}");
        }
        for cause in Cause::ALL {
            let (en, da) = cause.texts();
            assert!(!en.is_empty() && !da.is_empty(), "{cause:?}");
            assert_eq!(places(en), places(da), "{cause:?}");
        }
    }

    #[test]
    fn every_cause_has_a_code_of_its_own() {
        let codes: std::collections::BTreeSet<&str> = Cause::ALL.iter().map(|cause| cause.code()).collect();
        assert_eq!(codes.len(), Cause::ALL.len());
    }
}
