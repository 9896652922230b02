//! What all requests share: the engine, its extractors, and room for so much work at once.

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Config;
use super::metrics::Metrics;
use super::problem::Problem;
use crate::Engine;
use crate::features::{Extractor, Extractors};

/// Shared state.
pub struct App {
    /// Lexicons and models.
    pub engine: Engine,
    /// Limits.
    pub config: Config,
    /// What happened so far.
    pub metrics: Metrics,
    /// Bytes of bodies that are held now.
    pub held: AtomicUsize,
    extractors: Extractors,
    /// A place for each text that is being scored.
    work: Arc<Semaphore>,
    /// A place for each of these and each that waits.
    places: Arc<Semaphore>,
}

/// A place in the queue; given back when dropped.
pub type Place = OwnedSemaphorePermit;

impl App {
    /// State at the start.
    pub fn new(engine: Engine, config: Config) -> App {
        App {
            engine,
            metrics: Metrics::default(),
            held: AtomicUsize::new(0),
            extractors: Extractors::default(),
            work: Arc::new(Semaphore::new(config.work)),
            places: Arc::new(Semaphore::new(config.work + config.queue)),
            config,
        }
    }

    /// Takes a place in the queue, if there is one.
    pub fn admit(&self) -> Result<Place, Problem> {
        self.places.clone().try_acquire_owned().map_err(|_| Problem::busy())
    }

    /// Runs `work` on a thread for work once there is one free, holding `place` to its end, whether anybody still waits or not.
    pub async fn run<T: Send + 'static>(
        self: &Arc<App>,
        place: &Arc<Place>,
        work: impl FnOnce(&Engine, &mut Extractor) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        let permit = self.work.clone().acquire_owned().await.map_err(|_| Problem::internal())?;
        let (app, place) = (self.clone(), place.clone());
        let done = tokio::task::spawn_blocking(move || {
            let _held = (permit, place);
            app.extractors.with(|extractor| work(&app.engine, extractor))
        });
        done.await.map_err(|_| Problem::internal())
    }
}
