//! From tokens to evidence: packs of terms, compiled into one index per language.

pub mod check;
pub mod clitics;
mod compile;
pub mod compiled;
pub mod forms;
pub mod hash;
pub mod index;
pub mod indicator;
mod inflect;
pub mod learned;
pub mod matcher;
pub mod pack;
mod sketch;
pub mod stem;
pub mod technique;
mod term;
mod trie;

pub use forms::Forms;
pub use index::Index;
pub use indicator::{Family, Indicator};
pub use matcher::{Match, Matcher};
pub use pack::Pack;
pub use technique::Technique;
