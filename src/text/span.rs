//! Places in the source text, typed by their unit so that bytes and characters cannot be mixed.

use std::marker::PhantomData;
use std::ops::Range;

/// Unit of a [`Span`]: UTF-8 bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Byte {}
/// Unit of a [`Span`]: Unicode code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Char {}

/// A half-open stretch of the source text, counted in `Unit`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span<Unit> {
    /// First position.
    pub start: u32,
    /// Position after the last.
    pub end: u32,
    unit: PhantomData<Unit>,
}

/// A span counted in bytes.
pub type ByteSpan = Span<Byte>;
/// A span counted in code points.
pub type CharSpan = Span<Char>;

impl<Unit> Span<Unit> {
    /// The span from `start` up to, not including, `end`.
    pub fn new(start: u32, end: u32) -> Self {
        Self { start, end, unit: PhantomData }
    }

    /// The smallest span that holds both.
    pub fn to(self, last: Self) -> Self {
        Self::new(self.start, last.end)
    }
}

impl ByteSpan {
    /// As an index range of the source text.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}
