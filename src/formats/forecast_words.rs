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
    head "What the contract can still cost, by what is known on {0}; amounts in {1}. Days up to {2} count as fully reported; the last cut-off is {3}."
        "Hvad kontrakten endnu kan koste, efter hvad der er kendt den {0}; beløb i {1}. Dage til og med {2} regnes som fuldt indberettet; sidste skæringsdag er {3}.";
    charge "CHARGE" "YDELSE";
    year "EARNED IN" "OPTJENT I";
    payer "PAYER" "BETALER";
    settled "Settled" "Afregnet";
    stands "As reported" "Som indberettet";
    goes_on "Open spells go on" "Åbne forløb fortsætter";
    lowest "Lowest" "Mindst";
    highest "Highest" "Højst";
    limited_by "Highest limited by" "Højst begrænset af";
    wide_lowest "Wide lowest" "Mindst, bredt";
    wide_highest "Wide highest" "Højst, bredt";
    all "all" "i alt";
    no_bound "no bound:" "ingen grænse:";
    limit "LIMIT" "LOFT";
    owner "Whose" "Hvis";
    window "Window" "Vindue";
    used "Used" "Brugt";
    left "Left" "Tilbage";
    contract "the contract's" "kontraktens";
    participants "participants: {0}" "deltagere: {0}";
    companies "companies: {0}" "virksomheder: {0}";
    of_bounds "Lowest and highest hold in every future in which nothing more is reported about days up to {0}."
        "Mindst og højst holder i enhver fremtid, hvor der ikke indberettes mere om dage til og med {0}.";
    of_wide "The wide ones hold whatever is still reported or corrected."
        "De brede holder, uanset hvad der endnu indberettes eller rettes.";
    of_limits "A highest without a limit beside it is what can be earned at most."
        "Et beløb under Højst uden et loft ved siden af er det mest mulige, der kan optjenes.";
    of_sums "Charges and years share limits: their bounds may add up to more than those of all."
        "Ydelser og år deler lofter: Deres grænser kan tilsammen give mere end grænserne i alt.";
}

/// Why something has no bound.
#[must_use]
pub const fn because(reason: Unbounded, lang: Lang) -> &'static str {
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
