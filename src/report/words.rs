//! The words of reports in the reader's language: English stands in the code, Arabic in a table beside it.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::Lang;

static ARABIC: LazyLock<HashMap<&'static str, &'static str>> =
    LazyLock::new(|| include_str!("ar.tsv").lines().filter_map(|line| line.split_once('\t')).collect());

/// Language of a page's own words, whatever language the text is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Words(pub Lang);

impl Words {
    /// English, for reports that have no other words.
    pub const ENGLISH: Words = Words(Lang::En);

    /// Direction of the page.
    pub fn dir(self) -> &'static str {
        dir(self.0)
    }

    /// Code of the language.
    pub fn code(self) -> &'static str {
        self.0.code()
    }

    /// What is said in English, in this language; the English where the table has no other.
    pub fn say(self, english: &str) -> &str {
        match self.0 {
            Lang::En => english,
            Lang::Ar => ARABIC.get(english).copied().unwrap_or(english),
        }
    }

    /// Figures that read from left to right, such as a range, inside words of this language.
    pub fn figures(self, figures: &str) -> String {
        match self.0 {
            Lang::En => figures.to_owned(),
            Lang::Ar => format!("\u{2066}{figures}\u{2069}"),
        }
    }

    /// The same with each `{}` filled in turn.
    pub fn fill(self, english: &str, values: &[&str]) -> String {
        let mut parts = self.say(english).split("{}");
        let mut out = parts.next().unwrap_or_default().to_owned();
        for (at, part) in parts.enumerate() {
            out += values.get(at).copied().unwrap_or_default();
            out += part;
        }
        out
    }

    /// A sentence with numbers in it, as it was said in English, with the same numbers.
    pub fn retell(self, english: &str) -> String {
        let is_digit = |c: char| c.is_ascii_digit();
        let numbers: Vec<&str> = english.split(|c| !is_digit(c)).filter(|number| !number.is_empty()).collect();
        let pattern = numbers.iter().fold((String::new(), english), |(before, rest), number| {
            let at = rest.find(number).unwrap_or(rest.len());
            (before + &rest[..at] + "{}", &rest[at + number.len()..])
        });
        let pattern = pattern.0 + pattern.1;
        match self.say(&pattern) {
            untold if untold == pattern => english.to_owned(),
            _ => self.fill(&pattern, &numbers),
        }
    }
}

/// The direction in which a language is written.
pub fn dir(lang: Lang) -> &'static str {
    match lang {
        Lang::Ar => "rtl",
        Lang::En => "ltr",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::FEATURES;
    use crate::lexicon::{Family, Technique, indicator::INDICATORS};
    use crate::model::aspect::Aspect;
    use crate::model::{Head, Models};

    #[test]
    fn everything_that_pages_say_has_arabic_words() {
        let mut said: Vec<&str> = FEATURES.iter().map(|feature| feature.meaning).collect();
        said.extend(INDICATORS.iter().map(|definition| definition.meaning));
        said.extend(Technique::all().map(Technique::title));
        said.extend(Family::ALL.map(Family::title));
        said.extend(Aspect::ALL.iter().flat_map(|aspect| [aspect.key(), aspect.question()]));
        said.extend(FEATURES.iter().map(|feature| feature.unit()));
        said.push(crate::report::NOTICE);
        let models = Models::built_in();
        said.extend(Head::ALL.iter().flat_map(|h| Lang::ALL.map(|l| models.of(*h, l).model.positive.as_str())));
        let missing: Vec<&&str> = said.iter().filter(|english| !ARABIC.contains_key(**english)).collect();
        assert!(missing.is_empty(), "{missing:#?}");
    }

    #[test]
    fn sentences_keep_their_numbers() {
        let said = "short text (31 words): the intervals are wide";
        assert_eq!(Words(Lang::En).retell(said), said);
        assert_eq!(Words(Lang::Ar).retell(said), "نص قصير (31 كلمة): المجالات واسعة");
        assert_eq!(Words(Lang::Ar).retell("7 of 9 things unheard of"), "7 of 9 things unheard of");
    }

    #[test]
    fn blanks_are_filled_in_turn() {
        assert_eq!(Words(Lang::En).fill("passage {}: {}", &["3", "70 %"]), "passage 3: 70 %");
        assert_eq!(Words(Lang::Ar).fill("passage {}: {}", &["3", "70 %"]), "المقطع 3: 70 %");
        assert_eq!(Words(Lang::Ar).say("no such words"), "no such words");
    }
}
