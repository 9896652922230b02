//! tabayyun scores news text: how is it sourced, how does it try to persuade, and which words show it?
//!
//! It counts indicators of propaganda and of weak or good sourcing, feeds their rates to two logistic models and explains
//! both scores down to the words. It shows indicators, never verdicts on truth.
//!
//! ```text
//! bytes ─read─▶ Document ─text─▶ tokens, sentences, passages ─lexicon─▶ evidence ─features─▶ row ─matrix─▶ ndarray
//!                                                                                                 │
//!   report ◀── explanation (score, contributions, evidence, interval, warnings) ◀── model (linfa logistic, calibrated)
//! ```
//!
//! ```
//! use tabayyun::{Engine, model::Head};
//!
//! let engine = Engine::built_in();
//! let text = "Informed sources revealed that the minister held a secret meeting in a bid to undermine the reform, \
//!             a shameful betrayal of the people.";
//! let explained = engine.score(text);
//! let heads = explained.heads.as_ref().expect("English prose of more than eight words");
//! let propaganda = &heads[Head::Propaganda as usize];
//! assert!(propaganda.score > 0.5);
//! let sum = propaganda.baseline + propaganda.contributions.iter().sum::<f64>();
//! assert!((sum - propaganda.log_odds).abs() < 1e-9);
//! let words = |e: &tabayyun::features::Evidence| &text[e.bytes.range()];
//! assert!(explained.extract.evidence.iter().any(|e| words(e).contains("Informed sources")));
//! ```

#![deny(unsafe_code)]

pub mod batch;
pub mod cli;
pub mod digest;
mod engine;
pub mod error;
pub mod features;
pub mod lexicon;
pub mod lexicons;
pub mod matrix;
pub mod model;
pub mod read;
pub mod report;
#[cfg(feature = "serve")]
pub mod serve;
pub mod sources;
pub mod text;
pub mod train;

pub use engine::Engine;
pub use error::{Error, Result};
