//! From characters to tokens, sentences and passages.

mod abbreviation;
pub mod class;
mod folded;
mod function_words;
pub mod language;
pub mod scan;
pub mod segment;
pub mod span;
mod swar;
pub mod token;
mod undisguise;

pub use language::Lang;
pub use scan::Scan;
pub use segment::{Passage, Segments, Sentence};
pub use span::{ByteSpan, CharSpan};
pub use token::{Disguise, Token, flag, gap};
