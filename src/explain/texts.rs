//! Texts of pages and tables, each in both languages side by side.

/// Makes a `Text` with a field for each text, and `texts`, which gives all of them in one language. `{0}`, `{1}` … are filled in.
macro_rules! texts {
    ($visible:vis, $($name:ident $en:literal $da:literal;)*) => {
        /// All texts in one language.
        #[derive(Clone, Copy, PartialEq, Eq, Debug)]
        $visible struct Text { $(
            #[doc = $en]
            pub $name: &'static str,
        )* }

        const EN: Text = Text { $($name: $en,)* };
        const DA: Text = Text { $($name: $da,)* };

        /// All of them, English and Danish.
        #[cfg(test)]
        const ALL: &[(&str, &str, &str)] = &[$((stringify!($name), $en, $da),)*];

        /// The texts in a language.
        #[must_use]
        $visible const fn texts(lang: Lang) -> &'static Text {
            match lang {
                Lang::En => &EN,
                Lang::Da => &DA,
            }
        }
    };
}

pub(crate) use texts;

/// Holds both languages to saying something, and to filling in the same places.
#[cfg(test)]
pub(crate) fn alike(name: &str, en: &str, da: &str) {
    fn places(text: &str) -> std::collections::BTreeSet<&str> {
        text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0)).collect()
    }
    assert!(!en.is_empty() && !da.is_empty(), "{name}");
    assert_eq!(places(en), places(da), "{name}");
}
