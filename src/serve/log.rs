//! One line of JSON on standard error for each request: what was asked and how it went, never a text, title or query.

use std::io::Write;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// A request answered.
pub struct Line {
    /// Path pattern, so that no text of a caller can stand in it.
    pub route: &'static str,
    /// Method.
    pub method: &'static str,
    /// HTTP status.
    pub status: u16,
    /// Time from the head to the answer.
    pub took: Duration,
}

/// Writes a line; one that cannot be written is lost rather than a request.
pub fn write(line: &Line) {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_millis();
    let Line { route, method, status, took } = line;
    let micros = took.as_micros();
    let _ = writeln!(
        std::io::stderr().lock(),
        "{{\"unix_ms\":{now},\"method\":\"{method}\",\"route\":\"{route}\",\"status\":{status},\"micros\":{micros}}}"
    );
}
