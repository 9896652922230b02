//! The lexicon of one language, compiled: built from its files, or read from an image that was made when the program was built.

use bitcode::{Decode, Encode};

use super::index::Index;
use super::learned::Learned;
use super::pack::Pack;
use crate::error::Result;
use crate::text::Lang;

/// A lexicon file: its path below the lexicon folder and its text.
pub type Source = (String, String);

/// The packs and the learned wording of one language.
#[derive(Debug, PartialEq, Encode, Decode)]
pub struct Lexicon {
    /// Authored packs.
    pub index: Index,
    /// Learned wording of the heads `propaganda` and `credibility`.
    pub learned: [Learned; 2],
}

impl Lexicon {
    /// Compiles the packs of a language among `packs`, and its other files among `sources`.
    ///
    /// # Errors
    /// Names the file and the line that is wrong.
    pub fn build(lang: Lang, packs: &[Pack], sources: &[Source]) -> Result<Lexicon> {
        let file = |name: String| sources.iter().find(|source| source.0 == name);
        let learned = |head: &str| {
            file(format!("{}/learned-{head}.tsv", lang.code())).map_or(Ok(Learned::default()), |s| Learned::parse(&s.0, &s.1))
        };
        let names = file(format!("{}/entities.txt", lang.code())).map_or("", |s| s.1.as_str());
        Ok(Lexicon { index: Index::build(lang, packs, names)?, learned: [learned("propaganda")?, learned("credibility")?] })
    }

    /// The lexicon as bytes, for [`Lexicon::from_image`] of the same build.
    pub fn image(&self) -> Vec<u8> {
        bitcode::encode(self)
    }

    /// Reads what [`Lexicon::image`] wrote.
    ///
    /// # Panics
    /// If it was another build that wrote it.
    pub fn from_image(image: &[u8]) -> Lexicon {
        bitcode::decode(image).expect("an image that this build wrote")
    }
}

/// Parses every pack among the files of a lexicon folder.
///
/// # Errors
/// Names the file and the line that is wrong.
pub fn packs(sources: &[Source]) -> Result<Vec<Pack>> {
    sources.iter().filter(|source| source.0.ends_with(".toml")).map(|(name, text)| Pack::parse(name, text)).collect()
}

/// The name of a state of the lexicon files, which models carry: the first 16 hex digits of a SHA-256 over all of them.
pub fn fingerprint(sources: &[Source]) -> String {
    crate::digest::hex16(sources.iter().flat_map(|(name, text)| [name.as_bytes(), text.as_bytes()]))
}

/// Whether a file of a lexicon folder is part of the lexicon, by its name. The log of the second reading is not: it marks nothing.
pub fn is_lexicon_file(name: &str) -> bool {
    [".toml", ".tsv", ".txt"].iter().any(|end| name.ends_with(end)) && !name.ends_with("disagreements.tsv")
}
