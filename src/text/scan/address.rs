//! Web addresses, each one token.

use super::Pass;
use crate::text::token::flag;

impl Pass<'_> {
    /// Whether the open token and the sign behind it begin a web address.
    pub(super) fn starts_address(&self, bytes: &[u8], at: usize) -> bool {
        let Some(open) = self.open else { return false };
        let word = self.scan.folded.since(open.folded);
        match bytes[at] {
            b':' => (word == b"http" || word == b"https") && bytes[at..].starts_with(b"://"),
            _ => word == b"www" && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric),
        }
    }

    /// Takes a web address up to the next white space as one token.
    pub(super) fn address(&mut self, text: &str, at: usize, chars: u32) -> (usize, u32) {
        let rest = &text[at..];
        let len = rest.find(|c: char| c.is_whitespace() || matches!(c, '"' | '<' | '>' | '،' | ')')).unwrap_or(rest.len());
        if let Some(open) = &mut self.open {
            open.flags = flag::ADDRESS;
        }
        let (end, chars) = (at + len, chars + rest[..len].chars().count() as u32);
        self.close(end as u32, chars);
        (end, chars)
    }
}
