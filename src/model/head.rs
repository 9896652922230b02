//! The two questions that a text is asked.

use serde::{Deserialize, Serialize};

/// One question with one model per language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Head {
    /// How strongly does the wording persuade rather than report? Reads passages.
    Propaganda,
    /// How well is the text sourced and reported? Reads the document.
    Credibility,
}

impl Head {
    /// Both heads.
    pub const ALL: [Head; 2] = [Head::Propaganda, Head::Credibility];

    /// Name in JSON, CSV and file names.
    pub fn key(self) -> &'static str {
        match self {
            Head::Propaganda => "propaganda",
            Head::Credibility => "credibility",
        }
    }

    /// What a score near 1 says.
    pub fn meaning(self) -> &'static str {
        match self {
            Head::Propaganda => "many persuasion indicators",
            Head::Credibility => "well sourced and reported",
        }
    }
}
