//! `tabayyun serve`: the page and the API over HTTP. Every request is bounded in bytes and in time, work beyond what the machine
//! can do is turned away at once, and neither texts nor titles reach a log.

mod api;
mod app;
mod batch;
mod body;
mod connections;
mod log;
mod metrics;
mod openapi;
mod page;
mod problem;
mod security;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use crate::Engine;
use crate::error::{Error, Result};
use app::App;

/// Limits and manners of a server.
#[derive(Clone, Debug)]
pub struct Config {
    /// Where it listens.
    pub addr: SocketAddr,
    /// What callers of `/v1` must bear, if anything.
    pub token: Option<String>,
    /// Longest body of one text, or line of a batch, bytes.
    pub body: usize,
    /// Longest batch, bytes.
    pub batch: u64,
    /// Bytes of bodies and answers held at once, over all connections.
    pub held: usize,
    /// Time for the head of a request, and between two pieces of its body.
    pub patience: Duration,
    /// Time for a whole request, batches not counted.
    pub time: Duration,
    /// Connections at once; more wait to be accepted.
    pub connections: usize,
    /// Texts scored at once.
    pub work: usize,
    /// Requests that may wait for that; more are turned away.
    pub queue: usize,
    /// Whether requests are logged.
    pub log: bool,
}

impl Config {
    /// The defaults for an address.
    pub fn new(addr: SocketAddr) -> Config {
        let cores = std::thread::available_parallelism().map_or(2, usize::from);
        Config {
            addr,
            token: None,
            body: 1 << 20,
            batch: 1 << 30,
            held: 512 << 20,
            patience: Duration::from_secs(10),
            time: Duration::from_secs(30),
            connections: 1024,
            work: cores,
            queue: 128,
            log: true,
        }
    }
}

/// All routes as a service, to be served by other means or called without a network; what `config` says of the address and of connections
/// is left to the caller.
pub fn router(engine: Engine, config: Config) -> axum::Router {
    api::router(Arc::new(App::new(engine, config)))
}

/// Serves until the process is told to stop (SIGINT, SIGTERM); requests under way are finished first. `ready` hears the address
/// that is bound, which port 0 leaves open.
///
/// # Errors
/// If the address cannot be bound.
pub fn run(engine: Engine, config: Config, ready: impl FnOnce(SocketAddr)) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(config.work + 2)
        .enable_all()
        .build()
        .map_err(Error::io("the server's threads"))?;
    runtime.block_on(async move {
        let addr = config.addr;
        let listener = tokio::net::TcpListener::bind(addr).await.map_err(Error::io(addr.to_string()))?;
        ready(listener.local_addr().map_err(Error::io(addr.to_string()))?);
        let app = Arc::new(App::new(engine, config));
        connections::serve(listener, app).await;
        Ok(())
    })
}
