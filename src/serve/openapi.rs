//! The description of the API for programs.

use axum::response::Response;
use utoipa::OpenApi;

use super::{api, batch};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "tabayyun",
        description = "Propaganda indicators and source credibility of news text, with the words behind each score. Indicators, never verdicts on truth.",
        license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0")
    ),
    paths(api::score, api::report, batch::batch, api::model, api::indicators, api::health, api::metrics)
)]
struct Api;

/// The OpenAPI document.
pub async fn openapi() -> Response {
    api::json_of(Api::openapi().to_json().unwrap_or_default())
}
