//! What a scored table says about its outlets: counts, means and medians of both scores with their intervals, shares in bands, families
//! of signs, days, the most marked articles, and what the numbers rest on.
//!
//! ```text
//! scored table ─columns─▶ articles ─tally─▶ exact sums per outlet and language ─summary─▶ estimates (shrink, interval)
//! ```
//!
//! Rows are read one by one; what is kept grows with outlets, days and distinct texts, not with the length of the table. Sums are
//! whole numbers, so the order of rows changes nothing. Scores of two languages come from different models and are never pooled.

mod article;
mod columns;
mod days;
pub mod interval;
mod most;
mod quality;
pub mod shrink;
mod summary;
mod sums;
mod tally;

pub use columns::Names;
pub use days::{Period, Step};
pub use most::Marked;
pub use quality::{Quality, Reason};
pub use summary::{BINS, FEW, Has, HeadStats, Language, Outlet, Profile, Share, Stats, Summary};
pub use tally::summarise;
