//! From a feature row to a score that explains itself.

pub mod aspect;
pub mod explain;
pub mod file;
mod head;
pub mod logistic;
pub mod scorer;

pub use aspect::Aspect;
pub use explain::{Explained, Explanation, Models};
pub use file::{Band, Model};
pub use head::Head;
pub use scorer::Scorer;
