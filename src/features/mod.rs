//! From evidence to a row of numbers. One file per family says which features it has; [`registry`] lists them all.

pub mod counts;
pub mod evidence;
pub mod extract;
pub mod extractors;
pub mod measure;
pub mod registry;

mod attribution;
mod form;
mod intent;
mod learned;
mod loaded;
mod persuasion;
mod sourcing;
mod structure;
mod unverifiable;
mod wording;

pub use counts::Counts;
pub use evidence::{Evidence, Voice};
pub use extract::{Extract, Extractor, Status};
pub use extractors::Extractors;
pub use registry::{FEATURES, Feature, Push};
