//! What the page says, in one file per language.

use std::sync::LazyLock;

use serde::Deserialize;

use crate::lexicon::Family;
use crate::model::Head;
use crate::model::file::Band;
use crate::report::safe;
use crate::text::Lang;

/// The words of a page, each as in `words/en.toml`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub dir: String,
    pub title: String,
    pub heading: String,
    pub made: String,
    pub span: String,
    pub skip: String,
    pub not_title: String,
    pub not_truth: String,
    pub not_sample: String,
    pub not_noise: String,
    pub not_mix: String,
    pub credit: String,
    pub quality_title: String,
    pub rows: String,
    pub scored: String,
    pub too_short: String,
    pub unsupported_language: String,
    pub not_text: String,
    pub refused: String,
    pub duplicates: String,
    pub duplicates_note: String,
    pub unnamed: String,
    pub undated: String,
    pub languages: String,
    pub unknown: String,
    pub reasons: String,
    pub reason: String,
    pub reason_rows: String,
    pub alike: String,
    pub hint_source: String,
    pub hint_date: String,
    pub hint_profile: String,
    pub lang_ar: String,
    pub lang_en: String,
    pub section: String,
    pub section_outlets: String,
    pub propaganda: String,
    pub credibility: String,
    pub propaganda_title: String,
    pub credibility_title: String,
    pub propaganda_high: String,
    pub credibility_high: String,
    pub rank_title: String,
    pub rank_note: String,
    pub rank_note_none: String,
    pub rank_capped: String,
    pub outlet: String,
    pub texts: String,
    pub score: String,
    pub interval: String,
    pub median: String,
    pub share_high: String,
    pub share_low: String,
    pub compared: String,
    pub above: String,
    pub below: String,
    pub untold: String,
    pub all_texts: String,
    pub chart: String,
    pub distribution_title: String,
    pub distribution: String,
    pub distribution_axis: String,
    pub distribution_y: String,
    pub bin: String,
    pub scatter_title: String,
    pub scatter: String,
    pub scatter_alt: String,
    pub dot: String,
    pub family_title: String,
    pub family_push: String,
    pub family_rate: String,
    pub family_alt: String,
    pub family_table: String,
    pub few: String,
    pub propaganda_short: String,
    pub credibility_short: String,
    pub families: [String; Family::ALL.len()],
    pub time_title: String,
    pub time: String,
    pub time_alt: String,
    pub time_table: String,
    pub day: String,
    pub week: String,
    pub month: String,
    pub year: String,
    pub most_title: String,
    pub most_p: String,
    pub most_c: String,
    pub most_note: String,
    pub most_short: String,
    pub row: String,
    pub text: String,
    pub words: String,
    pub band_low: String,
    pub band_medium: String,
    pub band_high: String,
    pub untitled: String,
    pub nothing: String,
}

static WORDS: LazyLock<[Words; 2]> = LazyLock::new(|| {
    let read = |source| toml::from_str(source).expect("built-in words are whole: tested");
    [read(include_str!("words/ar.toml")), read(include_str!("words/en.toml"))]
});

impl Words {
    /// The words of a page in `lang`.
    pub fn of(lang: Lang) -> &'static Words {
        &WORDS[lang as usize]
    }

    /// A head, inside a sentence.
    pub fn head(&self, head: Head) -> &str {
        match head {
            Head::Propaganda => &self.propaganda,
            Head::Credibility => &self.credibility,
        }
    }

    /// A head, as a heading.
    pub fn head_title(&self, head: Head) -> &str {
        match head {
            Head::Propaganda => &self.propaganda_title,
            Head::Credibility => &self.credibility_title,
        }
    }

    /// A head, where there is little room.
    pub fn head_short(&self, head: Head) -> &str {
        match head {
            Head::Propaganda => &self.propaganda_short,
            Head::Credibility => &self.credibility_short,
        }
    }

    /// The name of a language.
    pub fn lang(&self, lang: Lang) -> &str {
        match lang {
            Lang::Ar => &self.lang_ar,
            Lang::En => &self.lang_en,
        }
    }

    /// A band.
    pub fn band(&self, band: Band) -> &str {
        match band {
            Band::Low => &self.band_low,
            Band::Medium => &self.band_medium,
            Band::High => &self.band_high,
        }
    }

    /// Whether the interval of an outlet lies above or below the mean of all.
    pub fn side(&self, side: i8) -> &str {
        match side {
            1 => &self.above,
            -1 => &self.below,
            _ => &self.untold,
        }
    }
}

/// A sentence with its gaps `{name}` filled. What is filled in is never looked through for gaps again.
pub fn fill(sentence: &str, gaps: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(sentence.len() + 32);
    let mut rest = sentence;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let value = gaps.iter().find(|(gap, _)| *gap == name).map_or("", |(_, value)| value);
        out.push_str(before);
        out.push_str(value);
        rest = after;
    }
    out + rest
}

/// Text of others, cleaned and set apart from the direction of what is around it.
pub fn isolated(text: &str) -> String {
    format!("\u{2068}{}\u{2069}", safe::clean(text))
}

/// A number, or an interval, which runs from left to right in either language.
pub fn number(text: &str) -> String {
    format!("\u{2066}{text}\u{2069}")
}

/// `12,345`.
pub fn count(n: u64) -> String {
    crate::report::facts::thousands(n)
}

/// `41 %`, in one piece.
pub fn percent(share: f64) -> String {
    format!("{:.0}\u{a0}%", share * 100.0)
}

/// `38–44`, in one piece.
pub fn range((low, high): (f64, f64)) -> String {
    format!("{:.0}\u{2060}–\u{2060}{:.0}", low * 100.0, high * 100.0)
}

/// `41 % [38–44]`, in one piece.
pub fn percent_in(share: f64, interval: (f64, f64)) -> String {
    format!("{}\u{a0}[{}]", percent(share), range(interval))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_languages_have_all_words_and_the_same_gaps() {
        let gaps = |source: &str| -> Vec<(String, Vec<String>)> {
            let table: toml::Table = toml::from_str(source).unwrap();
            let of = |text: &str| {
                let mut found: Vec<String> = text.split('{').skip(1).map(|p| p.split('}').next().unwrap().to_owned()).collect();
                found.sort();
                found
            };
            table.iter().map(|(key, value)| (key.clone(), value.as_str().map(of).unwrap_or_default())).collect()
        };
        assert_eq!(gaps(include_str!("words/ar.toml")), gaps(include_str!("words/en.toml")));
        assert_eq!((Words::of(Lang::Ar).dir.as_str(), Words::of(Lang::En).dir.as_str()), ("rtl", "ltr"));
    }

    #[test]
    fn gaps_are_filled_once() {
        assert_eq!(fill("{a} of {b}: {c}.", &[("a", "{b}"), ("b", "2")]), "{b} of 2: .");
        assert_eq!(fill("open {a", &[("a", "1")]), "open 1");
    }
}
