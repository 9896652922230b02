//! `tabayyun serve`: the page and the API on a port.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;

use super::{EngineArgs, Outcome};
use crate::error::Error;
use crate::serve::{self, Config};

#[derive(Debug, Args)]
pub struct ServeArgs {
    /// Where to listen. Only programs on this machine reach the default.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8787")]
    addr: SocketAddr,
    /// Ask callers for the token in this file (or in the environment's TABAYYUN_TOKEN).
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// Longest text or line of a batch, MB.
    #[arg(long, value_name = "MB", default_value_t = 1, value_parser = clap::value_parser!(u16).range(1..=32))]
    max_body: u16,
    /// Longest batch, MB.
    #[arg(long, value_name = "MB", default_value_t = 1024)]
    max_batch: u32,
    /// Time for one request, seconds.
    #[arg(long, value_name = "S", default_value_t = 30, value_parser = clap::value_parser!(u16).range(1..))]
    timeout: u16,
    /// Time for the head of a request, and between two pieces of its body, seconds.
    #[arg(long, value_name = "S", default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..))]
    patience: u16,
    /// Connections at once.
    #[arg(long, value_name = "N", default_value_t = 1024, value_parser = clap::value_parser!(u32).range(1..))]
    connections: u32,
    /// Texts scored at once; as many as there are cores unless given.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// Requests that may wait for their turn; more are turned away.
    #[arg(long, value_name = "N", default_value_t = 128)]
    queue: u32,
    #[command(flatten)]
    engine: EngineArgs,
}

pub fn run(args: &ServeArgs, quiet: bool) -> anyhow::Result<Outcome> {
    let defaults = Config::new(args.addr);
    let config = Config {
        token: token(args)?,
        body: usize::from(args.max_body) << 20,
        batch: u64::from(args.max_batch) << 20,
        patience: Duration::from_secs(args.patience.into()),
        time: Duration::from_secs(args.timeout.into()),
        connections: args.connections as usize,
        work: args.jobs.map_or(defaults.work, usize::from),
        queue: args.queue as usize,
        log: !quiet,
        ..defaults
    };
    if !args.addr.ip().is_loopback() {
        let guard =
            if config.token.is_some() { "callers need the token" } else { "anybody who reaches it may use it: see --token-file" };
        anstream::eprintln!("tabayyun: {} is not a loopback address; {guard}", args.addr);
    }
    serve::run(args.engine.engine()?, config, |addr| anstream::eprintln!("tabayyun: listening on http://{addr}/"))?;
    Ok(Outcome::Done)
}

/// The token that callers must bear, if one is set.
fn token(args: &ServeArgs) -> anyhow::Result<Option<String>> {
    let told = match &args.token_file {
        Some(path) => Some(std::fs::read_to_string(path).map_err(Error::io(path))?),
        None => std::env::var("TABAYYUN_TOKEN").ok(),
    };
    let token = told.map(|token| token.trim().to_owned());
    anyhow::ensure!(
        token.as_ref().is_none_or(|t| !t.is_empty()),
        "the token is empty: write one line into the file, or unset it"
    );
    Ok(token)
}
