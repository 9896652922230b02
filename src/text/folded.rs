//! The folded letters of one text, end to end, in a buffer that is never cleared: only its used length is set back.

/// Bytes kept beyond the used ones, so that whole words can be read and written at once.
pub const PADDING: usize = 24;

/// A reusable buffer of folded letters.
#[derive(Debug, Default)]
pub struct Folded {
    bytes: Vec<u8>,
    used: usize,
}

impl Folded {
    /// Forgets what was folded, and makes room for a text of `len` bytes: folding what the class table holds never makes it
    /// longer.
    pub fn start(&mut self, len: usize) {
        self.used = 0;
        if self.bytes.len() < len + PADDING {
            self.bytes.resize(len + PADDING, 0);
        }
    }

    /// Used length.
    #[inline]
    pub fn len(&self) -> usize {
        self.used
    }

    /// What was folded from `start` on.
    #[inline]
    pub fn since(&self, start: u32) -> &[u8] {
        &self.bytes[start as usize..self.used]
    }

    /// The same, to change.
    #[inline]
    pub fn since_mut(&mut self, start: u32) -> &mut [u8] {
        &mut self.bytes[start as usize..self.used]
    }

    /// A stretch.
    #[inline]
    pub fn get(&self, start: u32, end: u32) -> &[u8] {
        &self.bytes[start as usize..end as usize]
    }

    /// From `start` on, with at least 16 bytes after whatever ends inside the used part.
    #[inline]
    pub fn padded(&self, start: u32) -> &[u8] {
        &self.bytes[start as usize..]
    }

    /// Appends the first `len` of `bytes`, at most 8.
    #[inline]
    pub fn push<const N: usize>(&mut self, bytes: [u8; N], len: usize) {
        self.bytes[self.used..self.used + N].copy_from_slice(&bytes);
        self.used += len;
    }

    /// Appends letters that may be longer than what they were folded from.
    #[cold]
    pub fn push_longer(&mut self, bytes: &[u8]) {
        self.bytes.resize(self.bytes.len() + bytes.len(), 0);
        self.bytes[self.used..self.used + bytes.len()].copy_from_slice(bytes);
        self.used += bytes.len();
    }

    /// Sets the used length back.
    pub fn truncate(&mut self, len: usize) {
        self.used = self.used.min(len);
    }
}
