//! The words of the pages, in English and Japanese.

/// A list of texts, English and Japanese side by side: one that is missing does not compile.
macro_rules! words {
    ($($name:ident: $en:literal / $ja:literal;)*) => {
        /// The words of one language.
        #[derive(Debug)]
        pub struct Words {
            $(pub $name: &'static str,)*
        }

        pub static EN: Words = Words { $($name: $en,)* };
        pub static JA: Words = Words { $($name: $ja,)* };

        impl Words {
            /// Every text with its name.
            #[cfg(test)]
            pub fn all(&self) -> Vec<(&'static str, &'static str)> {
                vec![$((stringify!($name), self.$name),)*]
            }
        }
    };
}

pub mod audit;
pub mod coaching;
pub mod contests;
pub mod data;
pub mod dates;
pub mod goals;
pub mod growth;
mod list;
pub mod mails;
pub mod oidc;
pub mod people;
pub mod recognition;
pub mod settings;
pub mod wall;

pub use list::{EN, JA, Words};

use axum::http::{HeaderMap, header};

impl Words {
    /// The words of a language by its tag; English for one that has none yet.
    pub fn of(tag: &str) -> &'static Words {
        known(tag).unwrap_or(&EN)
    }

    /// The words of the audit.
    pub fn of_audit(&self) -> &'static audit::Words {
        if self.lang == "ja" { &audit::JA } else { &audit::EN }
    }

    /// The words of coaching.
    pub fn of_coaching(&self) -> &'static coaching::Words {
        if self.lang == "ja" { &coaching::JA } else { &coaching::EN }
    }

    /// The words of goals.
    pub fn of_goals(&self) -> &'static goals::Words {
        if self.lang == "ja" { &goals::JA } else { &goals::EN }
    }

    /// The words of onboarding and training.
    pub fn of_growth(&self) -> &'static growth::Words {
        if self.lang == "ja" { &growth::JA } else { &growth::EN }
    }

    /// The words of People.
    pub fn of_people(&self) -> &'static people::Words {
        if self.lang == "ja" { &people::JA } else { &people::EN }
    }

    /// The words of recognition.
    pub fn of_recognition(&self) -> &'static recognition::Words {
        if self.lang == "ja" { &recognition::JA } else { &recognition::EN }
    }

    /// The words of sources and imports.
    pub fn of_data(&self) -> &'static data::Words {
        if self.lang == "ja" { &data::JA } else { &data::EN }
    }

    /// The words of mails.
    pub fn of_mails(&self) -> &'static mails::Words {
        if self.lang == "ja" { &mails::JA } else { &mails::EN }
    }

    /// The words of settings.
    pub fn of_settings(&self) -> &'static settings::Words {
        if self.lang == "ja" { &settings::JA } else { &settings::EN }
    }

    /// The words of single sign-on.
    pub fn of_sign_on(&self) -> &'static oidc::Words {
        if self.lang == "ja" { &oidc::JA } else { &oidc::EN }
    }

    /// The words of walls.
    pub fn of_wall(&self) -> &'static wall::Words {
        if self.lang == "ja" { &wall::JA } else { &wall::EN }
    }

    /// The words of contests.
    pub fn of_contests(&self) -> &'static contests::Words {
        if self.lang == "ja" { &contests::JA } else { &contests::EN }
    }
}

fn known(tag: &str) -> Option<&'static Words> {
    let language = tag.split(['-', '_', ';']).next().unwrap_or_default().trim().to_ascii_lowercase();
    [&EN, &JA].into_iter().find(|words| words.lang == language)
}

/// The first language of the browser that there are words of, else the floor's.
pub fn of_headers(headers: &HeaderMap, floor: &str) -> &'static Words {
    let given = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    given.split(',').find_map(known).unwrap_or_else(|| Words::of(floor))
}

/// A text with its places filled: `{n}` becomes what `n` is, `{n:deal|deals}` the first word for a 1 and else the second one.
pub fn fill(text: &str, values: &[(&str, &str)]) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len() + 16), text);
    while let Some(start) = rest.find('{') {
        let Some(end) = rest[start..].find('}').map(|end| start + end) else { break };
        out.push_str(&rest[..start]);
        let place = &rest[start + 1..end];
        let (name, forms) = place.split_once(':').map_or((place, None), |(name, forms)| (name, forms.split_once('|')));
        let value = values.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| *value);
        out.push_str(match forms {
            Some((one, many)) => {
                if value == "1" {
                    one
                } else {
                    many
                }
            }
            None => value,
        });
        rest = &rest[end + 1..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asks(languages: &str, floor: &str) -> &'static str {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, languages.parse().unwrap());
        of_headers(&headers, floor).lang
    }

    #[test]
    fn the_browser_says_in_which_language() {
        assert_eq!(
            [asks("ja-JP,en;q=0.5", "en"), asks("sv,en-GB;q=0.8", "ja"), asks("sv", "ja-JP")],
            ["ja", "en", "ja"]
        );
    }

    #[test]
    fn places_are_filled_once_and_what_is_put_in_is_left_alone() {
        assert_eq!(fill("{a} of {b}", &[("a", "{b}"), ("b", "2")]), "{b} of 2");
        assert_eq!(fill("open {", &[]), "open {");
        let deals = |n| fill("{n} {n:deal is|deals are} here", &[("n", n)]);
        assert_eq!(["1", "0", "2"].map(deals), ["1 deal is here", "0 deals are here", "2 deals are here"]);
    }

    /// `1 targets` is what a text says whose noun or verb does not follow its number.
    #[test]
    fn english_nouns_and_verbs_follow_their_number() {
        let others = ["as", "has", "is", "its", "less", "s", "this", "was"];
        let verbs = ["are", "did", "do", "follow", "have", "name", "share", "take", "wait", "were"];
        let all = [
            audit::EN.all(),
            coaching::EN.all(),
            contests::EN.all(),
            data::EN.all(),
            goals::EN.all(),
            growth::EN.all(),
        ];
        let more = [mails::EN.all(), people::EN.all(), recognition::EN.all(), settings::EN.all(), wall::EN.all()];
        let mut wrong = Vec::new();
        for (name, text) in EN.all().into_iter().chain(all.concat()).chain(more.concat()) {
            for rest in text.split('{').skip(1) {
                let Some((place, after)) = rest.split_once('}') else { continue };
                let counts = ["n", "all", "of", "out", "facts", "people", "changes", "new", "failing"].contains(&place);
                let after = after.split(['.', ',', ':', ';', '·', '{', '(', '?']).next().unwrap_or_default();
                let near = after.strip_prefix(' ').unwrap_or_default().split(' ').take(2);
                let is_many = |word: &str| {
                    word.ends_with('s') && !others.contains(&word) || verbs.contains(&word) || word == "people"
                };
                if counts && near.into_iter().any(is_many) {
                    wrong.push((name, text));
                }
            }
        }
        wrong.retain(|(name, _)| !NEVER_ONE.contains(name));
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    /// Texts whose number is two at least, or none of what stands behind it.
    const NEVER_ONE: [&str; 5] = ["share_first", "rehearsal_tie", "enough", "bad_message", "too_long"];

    #[test]
    fn both_languages_fill_the_same_places() {
        let places = |text: &str| -> std::collections::BTreeSet<String> {
            let places = text.split('{').skip(1).filter_map(|rest| Some(rest.split_once('}')?.0));
            places.map(|place| place.split(':').next().unwrap_or_default().to_owned()).collect()
        };
        let en = [
            EN.all(),
            audit::EN.all(),
            coaching::EN.all(),
            contests::EN.all(),
            data::EN.all(),
            goals::EN.all(),
            growth::EN.all(),
            mails::EN.all(),
            oidc::EN.all(),
            people::EN.all(),
            recognition::EN.all(),
            settings::EN.all(),
            wall::EN.all(),
        ]
        .concat();
        let ja = [
            JA.all(),
            audit::JA.all(),
            coaching::JA.all(),
            contests::JA.all(),
            data::JA.all(),
            goals::JA.all(),
            growth::JA.all(),
            mails::JA.all(),
            oidc::JA.all(),
            people::JA.all(),
            recognition::JA.all(),
            settings::JA.all(),
            wall::JA.all(),
        ]
        .concat();
        for ((name, en), (_, ja)) in en.into_iter().zip(ja) {
            assert!(!en.is_empty() && !ja.is_empty(), "{name}");
            assert_eq!(places(en), places(ja), "{name}");
        }
    }
}
