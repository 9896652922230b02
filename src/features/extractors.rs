//! Extractors that threads share: what one has learned of the words so far serves whoever takes it next.

use std::sync::{Mutex, PoisonError};

use super::extract::Extractor;

/// Extractors that nobody uses at the moment.
#[derive(Debug, Default)]
pub struct Extractors {
    free: Mutex<Vec<Extractor>>,
}

impl Extractors {
    /// Runs `work` with an extractor of its own; there are never more than threads that work at once.
    pub fn with<T>(&self, work: impl FnOnce(&mut Extractor) -> T) -> T {
        let taken = self.free.lock().unwrap_or_else(PoisonError::into_inner).pop();
        let mut extractor = taken.unwrap_or_default();
        let done = work(&mut extractor);
        self.free.lock().unwrap_or_else(PoisonError::into_inner).push(extractor);
        done
    }
}
