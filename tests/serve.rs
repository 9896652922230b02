//! `tabayyun serve` as a caller meets it: the real program on a port of its own.
#![cfg(feature = "serve")]

#[path = "serve/attacks.rs"]
mod attacks;
#[path = "serve/server.rs"]
mod server;

use std::io::{Read, Write};
use std::net::TcpStream;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use server::{Answer, Server};

const TEXT: &str = "Informed sources revealed that the envoy held a secret meeting in a bid to undermine the shameful reform.";

#[test]
fn a_text_is_scored_as_on_the_command_line() {
    let server = Server::start(&[]);
    let answer = server.post("/v1/score", "text/plain; charset=utf-8", TEXT.as_bytes(), "");
    assert_eq!(answer.status, 200, "{answer:?}");
    let mut told = answer.json();
    let mut child = Command::new(env!("CARGO_BIN_EXE_tabayyun"))
        .args(["score", "--format", "json"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("starts");
    child.stdin.take().expect("piped").write_all(TEXT.as_bytes()).expect("writes");
    let mut printed: Value = serde_json::from_slice(&child.wait_with_output().expect("ends").stdout).expect("JSON");
    (told["id"], printed["id"]) = (Value::Null, Value::Null);
    assert_eq!(told, printed);
    let with_title =
        server.score(&serde_json::json!({"text": TEXT, "title": "A title of four words", "id": "mine", "lang": "en"})).json();
    assert_eq!((&with_title["id"], &with_title["title"]), (&"mine".into(), &"A title of four words".into()));
    assert!(with_title["words"].as_u64() > printed["words"].as_u64());
    let page = b"<html><head><title>T</title></head><body><nav>Menu</nav><article><p>".to_vec();
    let page = [page, TEXT.repeat(5).into_bytes(), b"</p></article></body></html>".to_vec()].concat();
    let read = server.post("/v1/score", "text/html", &page, "").json();
    assert!(read["status"] == "ok" && read["title"] == "T", "{read}");
}

#[test]
fn what_is_wrong_is_told_as_a_problem() {
    let server = Server::start(&["--max-body", "1"]);
    let json = "application/json";
    server.get("/nowhere").assert_problem(404);
    server.get("/v1/score").assert_problem(405);
    server.post("/v1/score", "image/png", b"x", "").assert_problem(415);
    for body in
        ["{", "[]", "{}", r#"{"text":1}"#, r#"{"text":"x","unknown":1}"#, r#"{"text":"\ud800"}"#, r#"{"text":"x","lang":"fr"}"#]
    {
        server.post("/v1/score", json, body.as_bytes(), "").assert_problem(400);
    }
    server.post("/v1/score", json, b"{\"text\":\"\xFF\xFE\"}", "").assert_problem(400);
    server.post("/v1/score", "text/plain", b"\x89PNG\r\n\x1a\n\0\0\0", "").assert_problem(422);
    server.post("/v1/score", "text/plain", &vec![b'a'; (1 << 20) + 1], "").assert_problem(413);
    server.post("/v1/report?ui=fr", "text/plain", TEXT.as_bytes(), "").assert_problem(400);
    server.post("/v1/batch", json, b"{}", "").assert_problem(415);
    for path in ["/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "//etc/passwd", "/page.css/../../Cargo.toml"] {
        server.get(path).assert_problem(404);
    }
    let flood = format!("GET /healthz HTTP/1.1\r\nhost: x\r\n{}\r\n", "a: b\r\n".repeat(500));
    assert_eq!(server.send(flood.as_bytes()).status, 431);
    assert_eq!(server.send(b"nonsense\r\n\r\n").status, 400);
    assert_eq!(server.get("/healthz").status, 200, "it goes on");
}

#[test]
fn a_batch_is_answered_line_by_line_in_order() {
    let server = Server::start(&["--max-body", "1"]);
    let mut lines: Vec<String> =
        (0..300).map(|n| serde_json::json!({"text": format!("{n}. {TEXT}"), "id": n.to_string()}).to_string()).collect();
    lines[7] = "broken".into();
    lines[8] = String::new();
    lines[9] = format!("{{\"text\":\"{}\"}}", "word ".repeat(400_000));
    let answer = server.post("/v1/batch", "application/x-ndjson", lines.join("\n").as_bytes(), "");
    let answers: Vec<Value> = answer.body.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    assert_eq!(answers.len(), 299, "all but the blank one");
    let numbers: Vec<u64> = answers.iter().map(|a| a["line"].as_u64().expect("a number")).collect();
    assert_eq!(numbers, (1..=300).filter(|n| *n != 9).collect::<Vec<_>>());
    assert!(answers[7]["error"].is_string() && answers[8]["error"].as_str().is_some_and(|e| e.contains("longer")));
    assert_eq!(answers[298]["result"]["id"], "299");
    assert!(answers.iter().filter(|a| a["result"]["status"] == "ok").count() == 297);
}

#[test]
fn the_token_is_asked_for_and_texts_do_not_reach_the_log() {
    let file = tempfile::NamedTempFile::new().expect("a file");
    std::fs::write(file.path(), "open sesame\n").expect("writes");
    let server = Server::start(&["--token-file", file.path().to_str().expect("a name")]);
    server.score(&serde_json::json!({"text": TEXT})).assert_problem(401);
    server.post("/v1/score", "text/plain", TEXT.as_bytes(), "authorization: Bearer open\r\n").assert_problem(401);
    let path = "/v1/score?secretquery=1";
    let answer = server.post(path, "text/plain", TEXT.as_bytes(), "authorization: Bearer open sesame\r\n");
    assert_eq!(answer.status, 200, "{answer:?}");
    assert_eq!((server.get("/").status, server.get("/healthz").status), (200, 200), "the page and the health check are open");
    server.get("/metrics").assert_problem(401);
    let log: Vec<String> =
        std::iter::from_fn(|| server.log.lock().expect("whole").recv_timeout(Duration::from_millis(300)).ok()).collect();
    assert_eq!(log.len(), 6, "{log:#?}");
    for line in &log {
        serde_json::from_str::<Value>(line).expect("JSON");
        assert!(!line.contains("Informed") && !line.contains("secretquery") && !line.contains("sesame"), "{line}");
    }
}

#[test]
fn answers_are_protected_and_text_stays_text() {
    let server = Server::start(&[]);
    let hostile = "<script>alert(1)</script><img src=x onerror=alert(2)> \u{202E}x Informed sources revealed a secret meeting to undermine it";
    let body = serde_json::json!({"text": hostile, "title": hostile, "id": hostile}).to_string();
    for path in ["/v1/report", "/v1/report?page=true&ui=ar"] {
        let answer = server.post(path, "application/json", body.as_bytes(), "");
        assert_eq!(answer.status, 200, "{answer:?}");
        assert!(!answer.body.contains("<script>alert") && !answer.body.contains("<img"), "{}", answer.body);
    }
    for path in ["/", "/page.css", "/page.js", "/openapi.json", "/v1/model", "/v1/indicators", "/nowhere"] {
        let answer = server.get(path);
        for header in
            ["content-security-policy: default-src 'none'", "x-content-type-options: nosniff", "referrer-policy: no-referrer"]
        {
            assert!(answer.head.contains(header), "{path} {header}: {}", answer.head);
        }
    }
}

#[test]
fn slow_and_idle_callers_are_cut_off_and_others_served() {
    let server = Server::start(&["--patience", "1", "--connections", "300"]);
    let mut idle: Vec<TcpStream> = (0..200).map(|_| server.connect()).collect();
    for stream in &mut idle {
        stream.write_all(b"POST /v1/score HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-le").expect("writes");
    }
    let mut body = server.connect();
    body.write_all(b"POST /v1/score HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: 100\r\n\r\nslow")
        .expect("writes");
    assert_eq!(server.get("/healthz").status, 200);
    Answer::read(body).assert_problem(408);
    let start = Instant::now();
    for mut stream in idle {
        let mut rest = Vec::new();
        let _ = stream.read_to_end(&mut rest);
    }
    assert!(start.elapsed() < Duration::from_secs(15), "{:?}", start.elapsed());
    assert_eq!(server.get("/healthz").status, 200);
}

#[test]
fn more_than_it_can_take_is_turned_away_and_it_recovers() {
    let server = Server::start(&["--jobs", "1", "--queue", "1", "--max-body", "4"]);
    let text = TEXT.repeat(30_000);
    let answers: Vec<Answer> = std::thread::scope(|scope| {
        let ask = || server.post("/v1/report", "text/plain", text.as_bytes(), "");
        let threads: Vec<_> = (0..16).map(|_| scope.spawn(ask)).collect();
        threads.into_iter().map(|t| t.join().expect("asks")).collect()
    });
    let count = |status: u16| answers.iter().filter(|a| a.status == status).count();
    assert!(count(200) >= 1 && count(200) + count(429) == 16, "{} {}", count(200), count(429));
    assert!(count(429) >= 1 && answers.iter().filter(|a| a.status == 429).all(|a| a.head.contains("retry-after: 1")));
    assert_eq!(server.score(&serde_json::json!({"text": TEXT})).status, 200);
    let metrics = server.get("/metrics").body;
    assert!(metrics.contains("tabayyun_held_bytes 0"), "{metrics}");
}

#[cfg(unix)]
#[test]
fn told_to_stop_it_finishes_what_it_has_begun() {
    let mut server = Server::start(&[]);
    let mut stream = server.connect();
    let text = TEXT.repeat(2_000);
    let head =
        format!("POST /v1/score HTTP/1.1\r\nhost: x\r\ncontent-type: text/plain\r\ncontent-length: {}\r\n\r\n", text.len());
    stream.write_all(head.as_bytes()).expect("writes");
    std::thread::sleep(Duration::from_millis(100));
    server.terminate();
    std::thread::sleep(Duration::from_millis(100));
    stream.write_all(text.as_bytes()).expect("writes");
    let answer = Answer::read(stream);
    assert_eq!(answer.status, 200, "{answer:?}");
    assert!(server.child.wait().expect("ends").success());
}
