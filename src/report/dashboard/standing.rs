//! Single texts that stand out.

use super::words::{Words, count, fill, isolated, number, percent};
use crate::report::safe;
use crate::sources::{Language, Marked};

/// The lists of a language.
pub struct Standing {
    pub note: String,
    /// Heading and texts.
    pub lists: Vec<(String, Vec<Text>)>,
}

/// A text that stands out.
pub struct Text {
    pub row: String,
    pub title: String,
    pub url: Option<String>,
    pub source: String,
    pub words: String,
    /// Score and band, by head.
    pub scores: [String; 2],
}

impl Standing {
    pub fn of(language: &Language, w: &Words) -> Standing {
        let all_short = language.left_out == 0 && language.most[0].iter().any(|m| m.words < 40);
        let note = if all_short { &w.most_short } else { &w.most_note };
        let list = |heading: &String, most: &[Marked]| (heading.clone(), most.iter().map(|m| Text::of(m, w)).collect());
        Standing {
            note: fill(note, &[("n", &number(&count(language.left_out)))]),
            lists: vec![list(&w.most_p, &language.most[0]), list(&w.most_c, &language.most[1])],
        }
    }
}

impl Text {
    fn of(marked: &Marked, w: &Words) -> Text {
        let title = safe::clean(&marked.title);
        let score = |head: usize| format!("{} {}", number(&percent(marked.scores[head])), w.band(marked.bands[head]));
        Text {
            row: number(&count(marked.row)),
            title: if title.trim().is_empty() { w.untitled.clone() } else { title.into_owned() },
            url: marked.url.clone(),
            source: isolated(&marked.source),
            words: number(&count(u64::from(marked.words))),
            scores: [score(0), score(1)],
        }
    }
}
