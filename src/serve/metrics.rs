//! Counters in Prometheus' text format.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering::Relaxed};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

/// Upper edges of the buckets of durations, seconds.
const EDGES: [f64; 9] = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.5, 1.0, 5.0];

/// What happened so far.
#[derive(Debug, Default)]
pub struct Metrics {
    /// Requests by route, method and status.
    requests: Mutex<BTreeMap<(&'static str, &'static str, u16), u64>>,
    /// Requests in each bucket of durations, and beyond the last.
    durations: [AtomicU64; EDGES.len() + 1],
    microseconds: AtomicU64,
    /// Texts read.
    pub texts: AtomicU64,
    /// Bytes of their bodies.
    pub bytes: AtomicU64,
    /// Connections open now.
    pub connections: AtomicUsize,
}

impl Metrics {
    /// Counts a request.
    pub fn count(&self, route: &'static str, method: &'static str, status: u16, took: Duration) {
        *self.requests.lock().unwrap_or_else(PoisonError::into_inner).entry((route, method, status)).or_default() += 1;
        let bucket = EDGES.partition_point(|edge| *edge < took.as_secs_f64());
        self.durations[bucket].fetch_add(1, Relaxed);
        self.microseconds.fetch_add(took.as_micros() as u64, Relaxed);
    }

    /// All of it as text.
    pub fn text(&self, held: usize) -> String {
        let mut out = String::from("# HELP tabayyun_requests_total Requests answered.\n# TYPE tabayyun_requests_total counter\n");
        for ((route, method, status), count) in self.requests.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            let _ = writeln!(out, "tabayyun_requests_total{{route=\"{route}\",method=\"{method}\",status=\"{status}\"}} {count}");
        }
        out += "# HELP tabayyun_request_seconds Time from the head of a request to its answer.\n# TYPE tabayyun_request_seconds histogram\n";
        let mut sum = 0;
        for (at, count) in self.durations.iter().enumerate() {
            sum += count.load(Relaxed);
            let edge = EDGES.get(at).map_or("+Inf".to_owned(), f64::to_string);
            let _ = writeln!(out, "tabayyun_request_seconds_bucket{{le=\"{edge}\"}} {sum}");
        }
        let seconds = self.microseconds.load(Relaxed) as f64 / 1e6;
        let _ = writeln!(out, "tabayyun_request_seconds_sum {seconds}\ntabayyun_request_seconds_count {sum}");
        let numbers = [
            ("texts_total", "counter", "Texts read.", self.texts.load(Relaxed)),
            ("text_bytes_total", "counter", "Bytes of their bodies.", self.bytes.load(Relaxed)),
            ("connections", "gauge", "Connections open now.", self.connections.load(Relaxed) as u64),
            ("held_bytes", "gauge", "Bytes of bodies held now.", held as u64),
        ];
        for (name, kind, help, value) in numbers {
            let _ = writeln!(out, "# HELP tabayyun_{name} {help}\n# TYPE tabayyun_{name} {kind}\ntabayyun_{name} {value}");
        }
        out
    }
}
