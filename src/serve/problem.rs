//! What goes wrong, as `application/problem+json` (RFC 9457).

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

/// An error for the caller.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Problem {
    /// What kind it is, in words that stay.
    pub title: &'static str,
    /// HTTP status.
    pub status: u16,
    /// What happened and how to mend it.
    pub detail: String,
}

impl Problem {
    fn new(status: StatusCode, title: &'static str, detail: impl Into<String>) -> Problem {
        Problem { title, status: status.as_u16(), detail: detail.into() }
    }

    /// The request cannot be understood.
    pub fn bad_request(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::BAD_REQUEST, "bad request", detail)
    }

    /// Understood, but not a text.
    pub fn unprocessable(detail: impl Into<String>) -> Problem {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "not a text", detail)
    }

    /// No such path.
    pub fn not_found() -> Problem {
        Problem::new(StatusCode::NOT_FOUND, "not found", "no such path; /openapi.json lists them")
    }

    /// A path, but not with this method.
    pub fn method() -> Problem {
        Problem::new(
            StatusCode::METHOD_NOT_ALLOWED,
            "method not allowed",
            "this path answers to another method; see /openapi.json",
        )
    }

    /// The body is of a kind that is not read.
    pub fn media(expected: &str) -> Problem {
        Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "unsupported media type", format!("send {expected}"))
    }

    /// The body is too long.
    pub fn too_large(limit: u64) -> Problem {
        let detail = format!("the body is longer than {limit} bytes: send less, or start the server with a higher limit");
        Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too large", detail)
    }

    /// The body did not come in time.
    pub fn slow() -> Problem {
        Problem::new(StatusCode::REQUEST_TIMEOUT, "too slow", "the request did not arrive in time: send it again")
    }

    /// No place in the queue.
    pub fn busy() -> Problem {
        Problem::new(StatusCode::TOO_MANY_REQUESTS, "busy", "more requests than the server can take: try again in a second")
    }

    /// A place, but no result in time.
    pub fn overloaded() -> Problem {
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "overloaded", "the request took too long: try again in a second")
    }

    /// No token, or a wrong one.
    pub fn unauthorized() -> Problem {
        Problem::new(StatusCode::UNAUTHORIZED, "unauthorized", "send the server's token as `Authorization: Bearer …`")
    }

    /// A fault of the server.
    pub fn internal() -> Problem {
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal error", "this is a fault of the server, not of the request")
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let body = serde_json::to_string(&self).unwrap_or_default();
        let mut response = (status, [(header::CONTENT_TYPE, "application/problem+json")], body).into_response();
        let headers = response.headers_mut();
        match status {
            StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static("1"));
            }
            StatusCode::UNAUTHORIZED => {
                headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
            }
            // What is left of a body that was not read would be taken for the next request.
            StatusCode::PAYLOAD_TOO_LARGE | StatusCode::REQUEST_TIMEOUT => {
                headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
            }
            _ => {}
        }
        response
    }
}
