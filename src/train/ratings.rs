//! Words rated by hand: what a word is thought to say about a passage before any label is seen. Learning starts from here.

use rustc_hash::FxHashMap;

use crate::error::{Error, Result};
use crate::lexicon::learned;
use crate::text::Scan;

/// Lowest and highest rating: −2 typical of plain agency reporting, 3 nearly always loaded.
pub const RANGE: [i8; 2] = [-2, 3];

/// Ratings by stem.
#[derive(Debug, Default, Clone)]
pub struct Ratings {
    stems: FxHashMap<u64, i8>,
    spelling: Vec<(u64, String)>,
}

impl Ratings {
    /// Reads lines of `word<TAB>rating`; `#` opens a comment.
    pub fn parse(file: &str, text: &str) -> Result<Ratings> {
        let mut ratings = Ratings::default();
        let mut scan = Scan::default();
        for (number, line) in text.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let fail = |reason: String| Error::Pack { file: file.into(), line: number + 1, reason };
            let (word, rating) = line.split_once('\t').ok_or_else(|| fail("expected `word<TAB>rating`".into()))?;
            let [least, most] = RANGE;
            let rating = rating.parse::<i8>().ok().filter(|r| (least..=most).contains(r));
            let rating = rating.ok_or_else(|| fail(format!("a rating is a whole number from {least} to {most}")))?;
            scan.read(word);
            let [token] = scan.tokens[..] else { return Err(fail(format!("`{word}` is not one word"))) };
            let key = learned::stem_key(&scan, &token);
            match ratings.stems.insert(key, rating) {
                Some(before) if before != rating => {
                    return Err(fail(format!("`{word}` has the stem of a word above with another rating")));
                }
                Some(_) => {}
                None => ratings.spelling.push((key, learned::spell(&scan, &token))),
            }
        }
        Ok(ratings)
    }

    /// The rating of a stem, if it has one.
    pub fn of(&self, stem: u64) -> Option<i8> {
        self.stems.get(&stem).copied()
    }

    /// Every rated stem with its spelling, in the order of the file.
    pub fn stems(&self) -> impl Iterator<Item = (u64, &str)> {
        self.spelling.iter().map(|(key, spelling)| (*key, spelling.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_are_by_stem() {
        let ratings = Ratings::parse("r.tsv", "# words\nregime\t2\nspokesman\t-2\nمؤامرة\t3\n").expect("good ratings");
        let key = |word: &str| {
            let mut scan = Scan::default();
            scan.read(word);
            learned::stem_key(&scan, &scan.tokens[0])
        };
        assert_eq!(
            ["Regimes", "spokesman", "والمؤامرات", "table"].map(|w| ratings.of(key(w))),
            [Some(2), Some(-2), Some(3), None]
        );
    }

    #[test]
    fn faults_name_their_line() {
        for (text, message) in [
            ("regime", "r.tsv:1: expected"),
            ("a b\t1", "r.tsv:1: `a b` is not one word"),
            ("regime\t9", "r.tsv:1: a rating is"),
            ("regime\t2\nregimes\t1", "r.tsv:2: `regimes` has the stem"),
        ] {
            let error = Ratings::parse("r.tsv", text).expect_err(text).to_string();
            assert!(error.starts_with(message), "{error}");
        }
    }
}
