//! Many texts in one request: a line of JSON each, answered line by line while more come in.

use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use tokio::sync::mpsc;
use tokio::time::timeout;

use super::api::TextRequest;
use super::app::{App, Place};
use super::body::{Held, next_piece};
use super::problem::Problem;
use crate::Engine;
use crate::features::Extractor;
use crate::report::json;

/// Bytes of lines that are scored together.
const CHUNK: usize = 128 << 10;
/// Answers that may wait for a caller who does not read them.
const WAITING: usize = 32;

/// Scores a text a line: NDJSON in, NDJSON out, in the same order, each answer with the `line` it is for.
#[utoipa::path(post, path = "/v1/batch", request_body(content = TextRequest, content_type = "application/x-ndjson"), responses(
    (status = 200, description = "A line for each line: {\"line\":1,\"result\":…} with the result of /v1/score, or {\"line\":2,\"error\":…}", body = String, content_type = "application/x-ndjson"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
))]
pub async fn batch(State(app): State<Arc<App>>, headers: HeaderMap, body: Body) -> Result<Response, Problem> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !["application/x-ndjson", "application/jsonl", "application/ndjson"].iter().any(|k| kind.eq_ignore_ascii_case(k)) {
        return Err(Problem::media("application/x-ndjson: a JSON object with a `text` on each line"));
    }
    let place = Arc::new(app.admit()?);
    let (answers, waiting) = mpsc::channel(WAITING);
    tokio::spawn(async move {
        let mut lines = Lines::new(app, place, answers);
        if let Err(problem) = lines.read(body).await {
            lines.refuse(&problem.detail).await;
        }
    });
    let stream =
        futures_util::stream::unfold(waiting, |mut waiting| async { waiting.recv().await.map(|answer| (answer, waiting)) });
    Ok(([(header::CONTENT_TYPE, "application/x-ndjson")], Body::from_stream(stream)).into_response())
}

/// Lines of a batch on their way from the body to the answers.
struct Lines {
    app: Arc<App>,
    place: Arc<Place>,
    answers: mpsc::Sender<Result<Bytes, io::Error>>,
    held: Held,
    /// What has come in of lines that are not scored yet.
    bytes: Vec<u8>,
    /// Number of the first of them, from 1.
    number: u64,
    /// Whether the beginning of the line was too long, and the rest of it is thrown away.
    skipping: bool,
}

impl Lines {
    fn new(app: Arc<App>, place: Arc<Place>, answers: mpsc::Sender<Result<Bytes, io::Error>>) -> Lines {
        let held = Held::new(&app);
        Lines { app, place, answers, held, bytes: Vec::new(), number: 1, skipping: false }
    }

    async fn read(&mut self, mut body: Body) -> Result<(), Problem> {
        let mut read = 0;
        while let Some(piece) = next_piece(&self.app, &mut body).await? {
            read += piece.len() as u64;
            if read > self.app.config.batch {
                return Err(Problem::too_large(self.app.config.batch));
            }
            self.take(&piece).await?;
        }
        if !self.bytes.is_empty() {
            self.score(self.bytes.len()).await?;
        }
        Ok(())
    }

    async fn take(&mut self, piece: &[u8]) -> Result<(), Problem> {
        let mut piece = piece;
        if self.skipping {
            let Some(end) = piece.iter().position(|byte| *byte == b'\n') else { return Ok(()) };
            piece = &piece[end + 1..];
            self.skipping = false;
        }
        self.held.add(piece.len())?;
        self.bytes.extend_from_slice(piece);
        let whole = self.bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        let is_too_long = self.bytes.len() - whole > self.app.config.body;
        if whole >= CHUNK.min(self.app.config.body) || (is_too_long && whole > 0) {
            self.score(whole).await?;
        }
        if is_too_long {
            let detail = Problem::too_large(self.app.config.body as u64).detail.replace("the body", "the line");
            self.send(error_line(self.number, &detail)).await?;
            self.number += 1;
            self.held.release(self.bytes.len());
            self.bytes.clear();
            self.skipping = true;
        }
        Ok(())
    }

    /// Scores the lines in the first `end` bytes.
    async fn score(&mut self, end: usize) -> Result<(), Problem> {
        let rest = self.bytes.split_off(end);
        let lines = std::mem::replace(&mut self.bytes, rest);
        let first = self.number;
        self.number += lines.split_inclusive(|byte| *byte == b'\n').count() as u64;
        let (count, size) = (self.number - first, lines.len());
        let work = move |engine: &Engine, extractor: &mut Extractor| {
            let lines = lines.split_inclusive(|byte| *byte == b'\n').zip(first..);
            lines.map(|(line, number)| answer(engine, extractor, line.trim_ascii(), number)).collect::<String>()
        };
        let answers = self.app.run(&self.place, work).await?;
        self.app.metrics.texts.fetch_add(count, Relaxed);
        self.app.metrics.bytes.fetch_add(size as u64, Relaxed);
        self.held.release(size);
        self.send(answers).await
    }

    async fn send(&self, answers: String) -> Result<(), Problem> {
        let sent = timeout(self.app.config.time, self.answers.send(Ok(answers.into()))).await;
        sent.ok().and_then(Result::ok).ok_or_else(Problem::slow)
    }

    /// The last line of a batch that cannot go on.
    async fn refuse(&self, detail: &str) {
        let _ = self.send(error_line(self.number, detail)).await;
    }
}

fn answer(engine: &Engine, extractor: &mut Extractor, line: &[u8], number: u64) -> String {
    if line.is_empty() {
        return String::new();
    }
    match serde_json::from_slice::<TextRequest>(line) {
        Err(error) => error_line(number, &error.to_string()),
        Ok(request) => {
            let (document, options) = request.document(&format!("line {number}"));
            let explained = engine.score_with(extractor, &document.text, options);
            let result = json::report(engine, &document, &explained);
            format!("{{\"line\":{number},\"result\":{result}}}\n")
        }
    }
}

fn error_line(number: u64, detail: &str) -> String {
    serde_json::json!({"line": number, "error": detail}).to_string() + "\n"
}
