//! A pool of threads that outlives a fork.

use std::sync::{Arc, Mutex, PoisonError};

use rayon::{ThreadPool, ThreadPoolBuilder};
use tabayyun::{Error, Result};

/// Threads of one engine. A forked process has its parent's memory but not its threads, so each process makes its own pool.
#[derive(Debug)]
pub struct Threads {
    count: usize,
    pool: Mutex<Option<(u32, Arc<ThreadPool>)>>,
}

impl Threads {
    /// `count` threads; 0 for one per core. None is started before it is needed.
    pub fn new(count: usize) -> Threads {
        Threads { count, pool: Mutex::new(None) }
    }

    /// Whether work is to stay on the calling thread.
    pub fn single(&self) -> bool {
        self.count == 1
    }

    /// The pool of this process.
    ///
    /// # Errors
    /// If the system gives no threads.
    pub fn pool(&self) -> Result<Arc<ThreadPool>> {
        let process = std::process::id();
        let mut held = self.pool.lock().unwrap_or_else(PoisonError::into_inner);
        match &*held {
            Some((owner, pool)) if *owner == process => Ok(pool.clone()),
            _ => {
                let built = ThreadPoolBuilder::new().num_threads(self.count).build();
                let pool = Arc::new(built.map_err(|e| Error::table("threads", format!("cannot be started: {e}")))?);
                // The parent's pool is let go, not dropped: its threads are not here to be stopped.
                std::mem::forget(held.replace((process, pool.clone())));
                Ok(pool)
            }
        }
    }
}
