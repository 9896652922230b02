//! Lexicons and models together: text in, explanation out.

use crate::features::Extractor;
use crate::features::extract::Options;
use crate::lexicons::Lexicons;
use crate::model::explain::{self, Explained, Models};

/// Everything that a score depends on. Cheap to share between threads.
#[derive(Clone, Debug)]
pub struct Engine {
    /// Terms and learned wording.
    pub lexicons: &'static Lexicons,
    /// Models of all heads and languages.
    pub models: Models,
}

impl Engine {
    /// The lexicons and models that the binary carries.
    pub fn built_in() -> Engine {
        Engine { lexicons: Lexicons::built_in(), models: Models::built_in().clone() }
    }

    /// Scores one text with default options.
    pub fn score(&self, text: &str) -> Explained {
        self.score_with(&mut Extractor::default(), text, Options::default())
    }

    /// Scores one text with the memory of `extractor`: the way to score many.
    pub fn score_with(&self, extractor: &mut Extractor, text: &str, options: Options) -> Explained {
        explain::explain(&self.models, extractor.extract(self.lexicons, text, options))
    }
}
