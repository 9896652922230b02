//! The page: paste or drop a text and see its report.

use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::report::html;

/// The page itself.
pub async fn page() -> Response {
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], include_str!("page.html")).into_response()
}

/// Its style: that of reports, and what the page adds.
pub async fn style() -> Response {
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8")], [html::STYLE, include_str!("page.css")].concat()).into_response()
}

/// Its script: that of reports, and what the page adds.
pub async fn script() -> Response {
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], [html::SCRIPT, include_str!("page.js")].concat()).into_response()
}
