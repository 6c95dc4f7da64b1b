//! The words of forecasts, in both languages side by side.

use crate::explain::Lang;
use crate::forecast::Unbounded;

macro_rules! words {
    ($($name:ident $en:literal $da:literal;)*) => {
        /// What the text of a forecast says.
        pub(super) struct Words { $(pub $name: &'static str,)* }

        impl Words {
            /// In one language.
            pub const fn of(lang: Lang) -> Words {
                match lang {
                    Lang::En => Words { $($name: $en,)* },
                    Lang::Da => Words { $($name: $da,)* },
                }
            }
        }
    };
}

words! {
    as_of "as of" "pr.";
    told_until "told until" "oplyst til og med";
    last "last cut-off" "sidste skæringsdag";
    settled "settled" "afregnet";
    stands "facts stand" "som oplyst";
    goes_on "open spells go on" "åbne forløb fortsætter";
    lowest "lowest" "mindst";
    highest "highest" "højst";
    wide_lowest "wide lowest" "mindst, bredt";
    wide_highest "wide highest" "højst, bredt";
    all "all" "i alt";
    no_bound "no bound:" "ingen grænse:";
    limit "limit" "loft";
    owner "whose" "hvis";
    window "window" "vindue";
    used "used" "brugt";
    left "left" "tilbage";
}

/// Why something has no bound.
pub(super) const fn because(reason: Unbounded, lang: Lang) -> &'static str {
    match (reason, lang) {
        (Unbounded::Participants, Lang::En) => "any number of participants may enrol",
        (Unbounded::Participants, Lang::Da) => "der kan komme vilkårligt mange deltagere",
        (Unbounded::Companies, Lang::En) => "any number of companies may join",
        (Unbounded::Companies, Lang::Da) => "der kan komme vilkårligt mange virksomheder",
        (Unbounded::Hours, Lang::En) => "hours or earnings are paid by the unit",
        (Unbounded::Hours, Lang::Da) => "der betales pr. time eller af indtægt",
        (Unbounded::Index, Lang::En) => "a price follows an index",
        (Unbounded::Index, Lang::Da) => "en pris følger et indeks",
        (Unbounded::Figure, Lang::En) => "a figure can have any value",
        (Unbounded::Figure, Lang::Da) => "et tal kan have en hvilken som helst værdi",
        (Unbounded::Amounts, Lang::En) => "amounts are too large to be exact",
        (Unbounded::Amounts, Lang::Da) => "beløb er for store til at være eksakte",
    }
}
