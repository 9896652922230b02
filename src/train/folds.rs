//! Grouped folds: rows of one group stay together, whatever order they come in.

use rustc_hash::FxHashMap;

/// Fold of each row: a hash of its group, so that the same group falls into the same fold in every file and run.
pub fn by_group(groups: &[String], folds: u32) -> Vec<u32> {
    let mut known: FxHashMap<&str, u32> = FxHashMap::default();
    let fold = |group: &str| {
        let digits = crate::digest::hex16([group.as_bytes()]);
        u32::from_str_radix(&digits[..8], 16).unwrap_or(0) % folds.max(1)
    };
    groups.iter().map(|g| *known.entry(g).or_insert_with(|| fold(g))).collect()
}

/// Row indices outside and inside fold `fold`.
pub fn split(folds: &[u32], fold: u32) -> (Vec<usize>, Vec<usize>) {
    (0..folds.len()).partition(|&i| folds[i] != fold)
}
