//! Bodies read piece by piece, within their limits.

use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, header};
use http_body_util::BodyExt;
use tokio::time::timeout;

use super::app::App;
use super::problem::Problem;

/// Bytes of a body, counted among those that the server holds until they are dropped.
pub struct Held {
    app: Arc<App>,
    bytes: usize,
}

impl Held {
    /// Nothing yet.
    pub fn new(app: &Arc<App>) -> Held {
        Held { app: app.clone(), bytes: 0 }
    }

    /// Counts more bytes, unless the server holds too many already.
    pub fn add(&mut self, bytes: usize) -> Result<(), Problem> {
        self.bytes += bytes;
        match self.app.held.fetch_add(bytes, Relaxed) + bytes > self.app.config.held {
            true => Err(Problem::busy()),
            false => Ok(()),
        }
    }

    /// Counts fewer.
    pub fn release(&mut self, bytes: usize) {
        self.bytes -= bytes;
        self.app.held.fetch_sub(bytes, Relaxed);
    }
}

impl Drop for Held {
    fn drop(&mut self) {
        self.app.held.fetch_sub(self.bytes, Relaxed);
    }
}

/// The next piece of a body; `None` at its end.
pub async fn next_piece(app: &App, body: &mut Body) -> Result<Option<Bytes>, Problem> {
    loop {
        let Some(frame) = timeout(app.config.patience, body.frame()).await.map_err(|_| Problem::slow())? else { return Ok(None) };
        let frame = frame.map_err(|_| Problem::bad_request("the body broke off or is not well formed"))?;
        if let Ok(piece) = frame.into_data() {
            return Ok(Some(piece));
        }
    }
}

/// An answer that is counted among the bytes held until the caller has taken it.
pub fn answer(text: String, mut held: Held) -> Result<Body, Problem> {
    const PIECE: usize = 64 << 10;
    held.add(text.len())?;
    let pieces = futures_util::stream::unfold((Bytes::from(text), held), |(mut rest, held)| async move {
        let piece = rest.split_to(rest.len().min(PIECE));
        (!piece.is_empty()).then_some((Ok::<_, std::io::Error>(piece), (rest, held)))
    });
    Ok(Body::from_stream(pieces))
}

/// A whole body of at most the configured length.
pub async fn whole(app: &Arc<App>, headers: &HeaderMap, mut body: Body) -> Result<(Vec<u8>, Held), Problem> {
    let limit = app.config.body;
    let told = headers.get(header::CONTENT_LENGTH).and_then(|v| v.to_str().ok()).and_then(|v| v.parse::<u64>().ok());
    if told.is_some_and(|length| length > limit as u64) {
        return Err(Problem::too_large(limit as u64));
    }
    let (mut bytes, mut held) = (Vec::new(), Held::new(app));
    while let Some(piece) = next_piece(app, &mut body).await? {
        if bytes.len() + piece.len() > limit {
            return Err(Problem::too_large(limit as u64));
        }
        held.add(piece.len())?;
        bytes.extend_from_slice(&piece);
    }
    Ok((bytes, held))
}
