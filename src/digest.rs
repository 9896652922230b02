//! Short names for content: the first 16 hex digits of a SHA-256.

use sha2::{Digest, Sha256};

/// 16 hex digits (64 bits) over the parts, each closed by a zero byte.
pub fn hex16<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut hasher = Sha256::new();
    for part in parts {
        hasher.update(part);
        hasher.update([0]);
    }
    hasher.finalize().iter().take(8).map(|b| format!("{b:02x}")).collect()
}
