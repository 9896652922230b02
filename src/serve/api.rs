//! The routes and what each answers.

use std::sync::Arc;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Instant;

use axum::Router;
use axum::body::Body;
use axum::extract::{MatchedPath, Query, Request, State};
use axum::http::{HeaderMap, Method, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde::{Deserialize, Serialize};
use tokio::time::timeout;
use utoipa::openapi::schema::{Object, ObjectBuilder, Type};
use utoipa::{IntoParams, ToSchema};

use super::app::App;
use super::problem::Problem;
use super::{batch, body, log, openapi, page, security};
use crate::Engine;
use crate::features::Extractor;
use crate::features::extract::Options;
use crate::lexicon::indicator::INDICATORS;
use crate::model::{Explained, Head};
use crate::read::{self, Document, Kind};
use crate::report::{html, json};
use crate::text::Lang;

type Shared = State<Arc<App>>;

/// Every route, with limits, protection and logging around it.
pub fn router(app: Arc<App>) -> Router {
    let guarded = Router::new()
        .route("/v1/score", post(score))
        .route("/v1/report", post(report))
        .route("/v1/batch", post(batch::batch))
        .route("/v1/model", get(model))
        .route("/v1/indicators", get(indicators))
        .route("/metrics", get(metrics))
        .route_layer(middleware::from_fn_with_state(app.clone(), authorize));
    Router::new()
        .merge(guarded)
        .route("/", get(page::page))
        .route("/page.css", get(page::style))
        .route("/page.js", get(page::script))
        .route("/healthz", get(health))
        .route("/openapi.json", get(openapi::openapi))
        .fallback(|| async { Problem::not_found() })
        .method_not_allowed_fallback(|| async { Problem::method() })
        .layer(middleware::from_fn_with_state(app.clone(), around))
        .with_state(app)
}

/// Turns away who does not bear the token, if there is one.
async fn authorize(State(app): Shared, request: Request, next: Next) -> Response {
    match &app.config.token {
        Some(token) if !security::bears(request.headers(), token) => Problem::unauthorized().into_response(),
        _ => next.run(request).await,
    }
}

/// Bounds a request in time, protects its answer, counts and logs it.
async fn around(State(app): Shared, request: Request, next: Next) -> Response {
    let start = Instant::now();
    let matched = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let route = matched.and_then(|path| ROUTES.into_iter().find(|route| *route == path)).unwrap_or("other");
    let method = method_name(request.method());
    let mut response = match timeout(app.config.time, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::overloaded().into_response(),
    };
    security::protect(response.headers_mut());
    let (status, took) = (response.status().as_u16(), start.elapsed());
    app.metrics.count(route, method, status, took);
    if app.config.log {
        log::write(&log::Line { route, method, status, took });
    }
    response
}

/// Paths that logs and counters name.
const ROUTES: [&str; 11] = [
    "/",
    "/page.css",
    "/page.js",
    "/healthz",
    "/openapi.json",
    "/metrics",
    "/v1/score",
    "/v1/report",
    "/v1/batch",
    "/v1/model",
    "/v1/indicators",
];

fn method_name(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        Method::PATCH => "PATCH",
        _ => "other",
    }
}

/// How [`Lang`] is written in requests.
fn lang_code() -> Object {
    ObjectBuilder::new().schema_type(Type::String).enum_values(Some(Lang::ALL.map(Lang::code))).build()
}

/// A text to score.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TextRequest {
    /// The text.
    pub text: String,
    /// A title, read as the first line of the text.
    #[serde(default)]
    pub title: Option<String>,
    /// A name that comes back with the result.
    #[serde(default)]
    pub id: Option<String>,
    /// `ar` or `en`, if it is not to be detected.
    #[serde(default)]
    #[schema(schema_with = lang_code, required = false)]
    pub lang: Option<Lang>,
}

impl TextRequest {
    /// The document that it asks about; `name` if it has no id.
    pub fn document(self, name: &str) -> (Document, Options) {
        let text = read::with_title(self.title.as_deref(), self.text);
        let options = Options { lang: self.lang, ..Options::default() };
        (Document { title: self.title, ..Document::plain(self.id.as_deref().unwrap_or(name), text) }, options)
    }
}

/// What a body is about: JSON with a text, plain text, or a saved web page whose main text is taken.
fn document(headers: &HeaderMap, bytes: Vec<u8>) -> Result<(Document, Options), Problem> {
    const NAME: &str = "request";
    let kind = headers.get(header::CONTENT_TYPE).and_then(|v| v.to_str().ok()).unwrap_or_default();
    let hint = match kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "application/json" => {
            let request: TextRequest = serde_json::from_slice(&bytes).map_err(|e| Problem::bad_request(e.to_string()))?;
            return Ok(request.document(NAME));
        }
        "text/html" | "application/xhtml+xml" => Kind::Html,
        "text/plain" => Kind::Plain,
        _ => return Err(Problem::media("application/json with a `text`, text/plain, or text/html")),
    };
    let document = read::from_bytes(NAME, bytes, Some(hint)).map_err(|e| Problem::unprocessable(e.to_string()))?;
    Ok((document, Options::default()))
}

/// Reads a body, scores it, and answers with what `show` makes of it.
async fn answer(
    app: &Arc<App>,
    headers: &HeaderMap,
    body: Body,
    kind: &'static str,
    show: impl FnOnce(&Engine, Document, Explained) -> String + Send + 'static,
) -> Result<Response, Problem> {
    let (bytes, held) = body::whole(app, headers, body).await?;
    app.metrics.texts.fetch_add(1, Relaxed);
    app.metrics.bytes.fetch_add(bytes.len() as u64, Relaxed);
    let place = Arc::new(app.admit()?);
    let headers = headers.clone();
    let work = move |engine: &Engine, extractor: &mut Extractor| {
        let (document, options) = document(&headers, bytes)?;
        let explained = engine.score_with(extractor, &document.text, options);
        Ok((show(engine, document, explained), held))
    };
    let (shown, held) = app.run(&place, work).await??;
    Ok(([(header::CONTENT_TYPE, kind)], body::answer(shown, held)?).into_response())
}

/// Scores one text.
#[utoipa::path(post, path = "/v1/score", request_body(content((TextRequest = "application/json"), (String = "text/plain"), (String = "text/html"))), responses(
    (status = 200, description = "The scored text, as `tabayyun score --format json` prints it", body = json::Report<'static>),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", description = "Overloaded", body = Problem, content_type = "application/problem+json"),
))]
pub async fn score(State(app): Shared, headers: HeaderMap, body: Body) -> Result<Response, Problem> {
    let show = |engine: &Engine, document: Document, explained: Explained| json::report(engine, &document, &explained);
    answer(&app, &headers, body, "application/json", show).await
}

/// How a report is to be shown.
#[derive(Debug, Default, Deserialize, IntoParams)]
#[serde(default, deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReportQuery {
    /// Language of the page's own words: `en` or `ar`.
    #[param(schema_with = lang_code, required = false)]
    ui: Option<Lang>,
    /// A whole page that stands by itself, not only the report.
    page: bool,
    /// Number that keeps the anchors of several reports on one page apart.
    #[param(maximum = 65535)]
    number: Option<u16>,
}

/// Scores one text and shows it as HTML.
#[utoipa::path(post, path = "/v1/report", params(ReportQuery), request_body(content((TextRequest = "application/json"), (String = "text/plain"), (String = "text/html"))), responses(
    (status = 200, description = "The report", body = String, content_type = "text/html"),
    (status = "4XX", description = "Refused", body = Problem, content_type = "application/problem+json"),
    (status = "5XX", description = "Overloaded", body = Problem, content_type = "application/problem+json"),
))]
pub async fn report(
    State(app): Shared,
    query: Result<Query<ReportQuery>, axum::extract::rejection::QueryRejection>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let Query(query) = query.map_err(|e| Problem::bad_request(e.body_text()))?;
    let ui = query.ui.unwrap_or(Lang::En);
    let show = move |engine: &Engine, document: Document, explained: Explained| match query.page {
        true => html::page(engine, &[(document, explained)], ui),
        false => html::fragment(engine, &document, &explained, ui, query.number.unwrap_or(1).into()),
    };
    answer(&app, &headers, body, "text/html; charset=utf-8", show).await
}

/// A model that answers.
#[derive(Serialize, ToSchema)]
pub struct ModelInfo {
    head: &'static str,
    lang: &'static str,
    /// What the positive label means.
    positive: String,
    /// Version of the lexicons that it was trained with.
    lexicon: String,
    /// Labelled texts that it was trained on.
    rows: usize,
    /// Figures of grouped cross-validation.
    metrics: std::collections::BTreeMap<String, f64>,
    /// Scores below the first are low, from the second on high.
    bands: [f64; 2],
}

/// The models that answer, and what they were trained on.
#[utoipa::path(get, path = "/v1/model", responses((status = 200, body = Vec<ModelInfo>)))]
pub async fn model(State(app): Shared) -> Response {
    let info = |head: Head, lang: Lang| {
        let model = &app.engine.models.of(head, lang).model;
        ModelInfo {
            head: head.key(),
            lang: lang.code(),
            positive: model.positive.clone(),
            lexicon: model.lexicon.clone(),
            rows: model.training.rows,
            metrics: model.training.metrics.clone(),
            bands: [model.bands.low, model.bands.high],
        }
    };
    let all: Vec<ModelInfo> = Head::ALL.into_iter().flat_map(|head| Lang::ALL.map(|lang| info(head, lang))).collect();
    json_of(serde_json::to_string(&all).unwrap_or_default())
}

/// A kind of sign.
#[derive(Serialize, ToSchema)]
pub struct IndicatorInfo {
    id: &'static str,
    family: &'static str,
    meaning: &'static str,
    technique: Option<&'static str>,
}

/// Every kind of sign that may be marked.
#[utoipa::path(get, path = "/v1/indicators", responses((status = 200, body = Vec<IndicatorInfo>)))]
pub async fn indicators() -> Response {
    let all: Vec<IndicatorInfo> = INDICATORS
        .iter()
        .map(|d| IndicatorInfo {
            id: d.id,
            family: d.family.key(),
            meaning: d.meaning,
            technique: d.technique.map(|technique| technique.key()),
        })
        .collect();
    json_of(serde_json::to_string(&all).unwrap_or_default())
}

/// Whether the server answers.
#[utoipa::path(get, path = "/healthz", responses((status = 200, description = "`ok`", body = String)))]
pub async fn health() -> &'static str {
    "ok\n"
}

/// Counters for Prometheus.
#[utoipa::path(get, path = "/metrics", responses((status = 200, body = String)))]
pub async fn metrics(State(app): Shared) -> Response {
    let kind = "text/plain; version=0.0.4; charset=utf-8";
    ([(header::CONTENT_TYPE, kind)], app.metrics.text(app.held.load(Relaxed))).into_response()
}

/// An answer in JSON.
pub fn json_of(text: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], text).into_response()
}
