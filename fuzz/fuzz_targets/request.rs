//! Any body of any kind, sent to any route: an answer with headers that protect, well formed, and never a failure of the server.
#![no_main]

use std::sync::LazyLock;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use http_body_util::BodyExt;
use libfuzzer_sys::fuzz_target;
use tabayyun::Engine;
use tabayyun::serve::{Config, router};
use tokio::runtime::Runtime;
use tower::ServiceExt;

const ROUTES: [&str; 6] = ["/v1/score", "/v1/report", "/v1/report?ui=ar&page=true", "/v1/batch", "/v1/score?x=%00", "/"];
const KINDS: [&str; 7] = [
    "application/json",
    "text/plain",
    "text/html; charset=windows-1256",
    "application/x-ndjson",
    "text/plain; charset=\"",
    "multipart/form-data; boundary=a",
    "",
];

static RUNTIME: LazyLock<Runtime> =
    LazyLock::new(|| tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime"));
static SERVER: LazyLock<Router> = LazyLock::new(|| {
    let config = Config { log: false, ..Config::new(([127, 0, 0, 1], 0).into()) };
    router(Engine::built_in(), config)
});

fuzz_target!(|data: &[u8]| {
    let [route, kind, body @ ..] = data else { return };
    let (route, kind) = (ROUTES[usize::from(*route) % ROUTES.len()], KINDS[usize::from(*kind) % KINDS.len()]);
    let method = if route == "/" { "GET" } else { "POST" };
    let request = Request::builder().method(method).uri(route).header(header::HOST, "127.0.0.1").header(header::CONTENT_TYPE, kind);
    let request = request.body(Body::from(body.to_vec())).expect("a request");
    RUNTIME.block_on(async {
        let answer = SERVER.clone().oneshot(request).await.expect("an answer");
        let (status, headers) = (answer.status(), answer.headers().clone());
        assert!(!status.is_server_error() || status == StatusCode::SERVICE_UNAVAILABLE, "{status}");
        assert_eq!(headers[header::X_CONTENT_TYPE_OPTIONS], "nosniff");
        let kind = headers[header::CONTENT_TYPE].to_str().expect("ASCII").to_owned();
        // A batch may break off; what it has said by then is lines of JSON.
        let told = answer.into_body().collect().await.map(|body| body.to_bytes());
        let Ok(told) = told else { return };
        let text = std::str::from_utf8(&told).expect("answers are UTF-8");
        if kind.ends_with("json") && !kind.contains("ndjson") {
            serde_json::from_str::<serde_json::Value>(text).expect("JSON");
        } else if kind.contains("ndjson") {
            text.lines().for_each(|line| drop(serde_json::from_str::<serde_json::Value>(line).expect("JSON")));
        }
    });
});
