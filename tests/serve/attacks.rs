//! Requests that nobody sends by mistake. Each must be refused or served as what it is; whatever is hidden behind it must not be taken
//! for a request, and the server goes on.

use std::io::{Read, Write};
use std::time::{Duration, Instant};

use super::TEXT;
use super::server::{Answer, Server};

/// What is sent, and the statuses that may be answered; 0 is a connection closed without a word.
type Case = (&'static str, String, &'static [u16]);

fn post(headers: &str, body: &str) -> String {
    format!("POST /v1/score HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\n{headers}\r\n{body}")
}

fn get(target: &str) -> String {
    format!("GET {target} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
}

/// How many answers came over one connection.
fn answers(server: &Server, request: &str) -> (Answer, usize) {
    let answer = server.send(request.as_bytes());
    let count = 1 + answer.body.matches("HTTP/1.1 ").count();
    (answer, count)
}

#[test]
fn a_request_hidden_in_another_is_not_served() {
    let server = Server::start(&["--patience", "1"]);
    let hidden = "GET /metrics HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";
    let sized = format!("content-length: {}\r\n", hidden.len());
    let cases: &[Case] = &[
        ("two lengths", post(&format!("{sized}content-length: 0\r\n"), hidden), &[400]),
        ("lengths in a list", post("content-length: 5, 0\r\n", hidden), &[400]),
        ("a length with a sign", post("content-length: +5\r\n", hidden), &[400]),
        ("a negative length", post("content-length: -1\r\n", hidden), &[400]),
        ("a length beyond 64 bits", post("content-length: 99999999999999999999\r\n", hidden), &[400, 413]),
        ("a length in hexadecimal", post("content-length: 0x10\r\n", hidden), &[400]),
        ("chunked, not last", post("transfer-encoding: chunked, identity\r\n", hidden), &[400, 501]),
        ("a coding nobody knows", post("transfer-encoding: xchunked\r\n", hidden), &[400, 501]),
        ("a coding in disguise", post("transfer-encoding: \x0bchunked\r\n", hidden), &[400, 501]),
        ("a space before the colon", post("content-length : 0\r\n", hidden), &[400]),
        ("a folded header", post("x: a\r\n content-length: 0\r\n", hidden), &[400]),
        ("NUL in a header", post("x: a\0b\r\n", hidden), &[400]),
        ("a chunk's size beyond 64 bits", post("transfer-encoding: chunked\r\n", "fffffffffffffffff\r\n"), &[400]),
        ("a negative chunk", post("transfer-encoding: chunked\r\n", "-1\r\nx\r\n0\r\n\r\n"), &[400]),
        ("a chunk without an end", post("transfer-encoding: chunked\r\n", "3\r\nabcdef"), &[400]),
        ("HTTP/2 unasked", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".into(), &[0, 400, 404, 405]),
        ("HTTP/0.9", "GET /metrics\r\n".into(), &[0, 400]),
        ("a version to come", "GET /metrics HTTP/3.7\r\n\r\n".into(), &[0, 400]),
        ("TLS", "\x16\x03\x01\x02\x00\x01\x00".into(), &[0, 400]),
    ];
    for (name, request, statuses) in cases {
        let (answer, count) = answers(&server, request);
        assert!(statuses.contains(&answer.status) && count == 1, "{name}: {count} answers, {answer:?}");
        assert!(!answer.body.contains("tabayyun_held_bytes"), "{name}: {answer:?}");
    }
    // With a length and chunks both, what follows the chunks must not be served: who stands before the server may have read the length.
    let both = format!("{sized}transfer-encoding: chunked\r\n");
    let (answer, count) = answers(&server, &post(&both, &format!("0\r\n\r\n{hidden}")));
    assert!(count == 1 && !answer.body.contains("tabayyun_held_bytes"), "{answer:?}");
    assert_eq!(server.get("/healthz").status, 200);
}

#[test]
fn what_is_asked_for_is_never_a_file_or_another_host() {
    let server = Server::start(&[]);
    let cases: &[Case] = &[
        ("another host", get("http://example.com/etc/passwd"), &[400, 404]),
        ("a file", get("file:///etc/passwd"), &[400, 404]),
        ("a tunnel", "CONNECT example.com:443 HTTP/1.1\r\nhost: x\r\n\r\n".into(), &[400, 404, 405]),
        ("a trace", "TRACE / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncookie: secret\r\n\r\n".into(), &[404, 405]),
        ("NUL in a path", get("/%00"), &[400, 404]),
        ("not UTF-8", get("/%ff%fe"), &[400, 404]),
        ("a backslash", get("/..\\..\\etc\\passwd"), &[400, 404]),
        ("encoded twice", get("/%252e%252e/etc/passwd"), &[400, 404]),
        ("a semicolon", get("/..;/etc/passwd"), &[400, 404]),
        ("a path of 20 KB", get(&format!("/{}", "a".repeat(20 << 10))), &[414, 431]),
        ("a query of 20 KB", get(&format!("/healthz?{}", "a".repeat(20 << 10))), &[414, 431]),
        ("65 headers", format!("GET /healthz HTTP/1.1\r\nhost: x\r\n{}\r\n", "a: b\r\n".repeat(65)), &[431]),
        ("a line break in a query", get("/healthz?x=%0d%0aset-cookie:%20a=b"), &[200]),
    ];
    for (name, request, statuses) in cases {
        let (answer, count) = answers(&server, request);
        assert!(statuses.contains(&answer.status) && count == 1, "{name}: {answer:?}");
        assert!(!answer.head.contains("set-cookie") && !answer.body.contains("secret"), "{name}: {answer:?}");
        assert!(!answer.body.contains("root:"), "{name}: {answer:?}");
    }
    assert_eq!(server.send(b"GET /healthz HTTP/1.0\r\n\r\n").status, 200, "an old caller is served, and the connection closed");
}

#[test]
fn packed_bodies_are_refused_unpacked() {
    let server = Server::start(&[]);
    // A server that unpacks nothing needs no limit for bombs; packed bytes are no text.
    let packed = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b, 4, 0];
    for coding in ["gzip", "deflate", "br", "zstd", "gzip, gzip", "x"] {
        let answer = server.post("/v1/score", "text/plain", &packed, &format!("content-encoding: {coding}\r\n"));
        assert!([400, 415, 422].contains(&answer.status), "{coding}: {answer:?}");
    }
}

#[test]
fn bodies_that_never_end_are_cut_off() {
    let server = Server::start(&["--max-body", "1", "--patience", "2", "--timeout", "3"]);
    let start = Instant::now();
    // As fast as it is taken: the limit of bytes.
    let mut stream = server.connect();
    let head = "POST /v1/score HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ntransfer-encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).expect("writes");
    let chunk = format!("{:x}\r\n{}\r\n", 1 << 14, "a".repeat(1 << 14));
    let sent = (0..1_000).take_while(|_| stream.write_all(chunk.as_bytes()).is_ok()).count();
    assert!(sent < 1_000, "16 MB were taken where 1 MB is the limit");
    // A byte now and then: the limit of time. Each piece comes within the patience for one.
    let mut stream = server.connect();
    stream.write_all(head.as_bytes()).expect("writes");
    let mut reader = stream.try_clone().expect("clones");
    let drip = std::thread::spawn(move || {
        while stream.write_all(b"1\r\na\r\n").is_ok() && start.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(200));
        }
    });
    let mut answer = String::new();
    let _ = reader.read_to_string(&mut answer);
    assert!(answer.is_empty() || answer.contains(" 408 ") || answer.contains(" 503 "), "{answer}");
    assert!(start.elapsed() < Duration::from_secs(15), "{:?}", start.elapsed());
    drop(reader);
    drip.join().expect("stops");
    assert_eq!(server.get("/healthz").status, 200);
}

#[test]
fn who_asks_and_never_reads_is_let_go() {
    let server = Server::start(&["--patience", "1"]);
    let text = TEXT.repeat(400);
    let one = format!(
        "POST /v1/report HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: {}\r\n\r\n{text}",
        text.len()
    );
    let mut stream = server.connect();
    stream.set_write_timeout(Some(Duration::from_secs(5))).expect("sets");
    let start = Instant::now();
    // Answers of some 100 KB each soon fill what the system keeps for a caller.
    while stream.write_all(one.as_bytes()).is_ok() && start.elapsed() < Duration::from_secs(20) {}
    assert!(start.elapsed() < Duration::from_secs(20), "it is still being served");
    let metrics = server.get("/metrics").body;
    assert!(metrics.contains("tabayyun_connections 1\n"), "only the one that asks: {metrics}");
    assert!(metrics.contains("tabayyun_held_bytes 0"), "{metrics}");
}
