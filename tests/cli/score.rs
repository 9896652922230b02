//! `score`: the JSON report against its contract, and input that is none.

use serde_json::Value;

use super::bench::{Bench, objects};

const SAMPLES: [&str; 6] =
    ["ar-insinuation.txt", "ar-short.txt", "ar-wire.txt", "en-insinuation.txt", "en-short.txt", "en-wire.txt"];

#[track_caller]
fn has_keys(value: &Value, keys: &[&str]) {
    keys.iter().for_each(|key| assert!(value.get(key).is_some(), "no `{key}` in {value}"));
}

fn number(value: &Value, key: &str) -> f64 {
    value[key].as_f64().unwrap_or_else(|| panic!("`{key}` of {value}"))
}

fn place(value: &Value, key: &str) -> usize {
    value[key].as_u64().unwrap_or_else(|| panic!("`{key}` of {value}")) as usize
}

#[test]
fn the_json_report_keeps_its_contract() {
    let bench = Bench::new();
    let paths = SAMPLES.map(|name| bench.sample(name));
    let mut args = vec!["score", "--format", "json"];
    args.extend(paths.iter().map(String::as_str));
    let run = bench.run(&args);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let reports = objects(&run.stdout);
    assert_eq!(reports.len(), SAMPLES.len());
    for (path, report) in paths.iter().zip(&reports) {
        let keys = ["schema", "id", "lang", "status", "words", "heads", "passages", "evidence", "warnings", "model"];
        has_keys(report, &keys);
        assert_eq!((report["schema"].as_u64(), report["id"].as_str()), (Some(1), Some(path.as_str())));
        ["propaganda", "credibility"].iter().for_each(|head| check_head(&report["heads"][head]));
        check_places(report, &std::fs::read_to_string(path).unwrap());
    }
}

fn check_head(head: &Value) {
    has_keys(head, &["score", "interval", "band", "log_odds", "baseline", "contributions"]);
    let (score, log_odds) = (number(head, "score"), number(head, "log_odds"));
    let [low, high] = [0, 1].map(|at| head["interval"][at].as_f64().unwrap());
    assert!(0.0 <= low && low <= score && score <= high && high <= 1.0, "{low} {score} {high}");
    assert!((score - 1.0 / (1.0 + (-log_odds).exp())).abs() < 1e-12);
    let contributions = head["contributions"].as_array().unwrap();
    contributions.iter().for_each(|c| has_keys(c, &["feature", "family", "value", "unit", "contribution"]));
    let sum: f64 = contributions.iter().map(|c| number(c, "contribution")).sum();
    assert!((number(head, "baseline") + sum - log_odds).abs() < 1e-9);
    assert!(["low", "medium", "high"].contains(&head["band"].as_str().unwrap()));
}

/// Evidence stands where it says, in bytes and in characters, within a passage; passages leave out nothing but what lies between
/// words.
fn check_places(report: &Value, text: &str) {
    let at_char = |at: usize| text.char_indices().map(|(byte, _)| byte).chain([text.len()]).nth(at).unwrap();
    let passages = report["passages"].as_array().unwrap();
    for evidence in report["evidence"].as_array().unwrap() {
        has_keys(evidence, &["indicator", "family", "text", "voice", "negated", "contribution"]);
        has_keys(&evidence["contribution"], &["propaganda", "credibility"]);
        let (start, end) = (place(evidence, "byte_start"), place(evidence, "byte_end"));
        assert_eq!(Some(&text[start..end]), evidence["text"].as_str());
        assert_eq!((at_char(place(evidence, "char_start")), at_char(place(evidence, "char_end"))), (start, end));
        assert!(passages.iter().any(|p| place(p, "start") <= start && end <= place(p, "end")), "{evidence}");
        assert!(["author", "quoted"].contains(&evidence["voice"].as_str().unwrap()));
    }
    let (mut end, mut words) = (0, 0);
    for passage in passages {
        has_keys(passage, &["start", "end", "words", "propaganda"]);
        assert!(place(passage, "start") >= end);
        assert!(!text[end..place(passage, "start")].contains(char::is_alphanumeric), "left out before {passage}");
        (end, words) = (place(passage, "end"), words + place(passage, "words"));
    }
    assert!(!text[end..].contains(char::is_alphanumeric));
    assert_eq!(words, place(report, "words"));
}

#[test]
fn the_same_article_has_the_same_score_however_it_comes() {
    let bench = Bench::new();
    let path = bench.sample("ar-insinuation.txt");
    let text = std::fs::read_to_string(&path).unwrap();
    let scores = |args: &[&str], input: &[u8]| {
        let run = bench.run_with(args, &[], input);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let report = objects(&run.stdout).remove(0);
        ["propaganda", "credibility"].map(|head| number(&report["heads"][head], "score"))
    };
    let wanted = scores(&["score", &path, "--format", "json"], b"");
    let utf16: Vec<u8> = [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (name, bytes) in [
        ("standard input", text.clone().into_bytes()),
        ("a mark", format!("\u{FEFF}{text}").into_bytes()),
        ("UTF-16", utf16),
        ("windows-1256", encoding_rs::WINDOWS_1256.encode(&text).0.into_owned()),
        ("CRLF", text.replace('\n', "\r\n").into_bytes()),
    ] {
        assert_eq!(scores(&["score", "--format", "json"], &bytes), wanted, "{name}");
        bench.write("file.txt", &bytes);
        assert_eq!(scores(&["score", "file.txt", "--format", "json"], b""), wanted, "{name}");
    }
}

#[test]
fn what_is_no_text_is_refused_and_the_rest_scored() {
    let bench = Bench::new();
    bench.write("image.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    bench.write("data.bin", (0..4000u32).flat_map(|i| (i.wrapping_mul(2_654_435_761)).to_le_bytes()).collect::<Vec<u8>>());
    bench.write("long.txt", vec![b'a'; (32 << 20) + 1]);
    bench.write(
        "damaged.txt",
        [b"The county will close the bridge, said D\xE9 \xFF", "مدينة كبيرة".as_bytes(), b" on Monday."].concat(),
    );
    for (file, message) in [
        ("image.png", "image.png: looks like a binary file (PNG image): it holds no text"),
        ("data.bin", "data.bin: looks like a binary file"),
        ("long.txt", "long.txt: is longer than 32 MiB: split it, or put the articles in a table and use `tabayyun batch`"),
    ] {
        bench.run(&["score", file]).told(2, message);
    }
    let good = bench.sample("en-wire.txt");
    let run = bench.run(&["score", "image.png", &good, "data.bin", "--format", "json"]);
    run.told(1, "data.bin");
    assert_eq!(objects(&run.stdout).len(), 1);
    let run = bench.run(&["score", "damaged.txt", "--format", "json"]);
    run.told(0, "damaged.txt: 2 characters could not be decoded as UTF-8");
    assert!(run.stdout.contains("2 characters could not be decoded as UTF-8"), "the report says so too");
}

#[test]
fn files_that_are_no_model_are_refused() {
    let bench = Bench::new();
    let text = bench.sample("en-wire.txt");
    bench.write("long.json", vec![b' '; 20_000_000]);
    bench.write("binary.json", b"\xFF\xFE\0\x01\x80");
    bench.write("deep.json", "[".repeat(100_000));
    for (file, message) in [
        ("long.json", "model long.json: is 20000000 bytes long, a model file at most 16777216"),
        ("binary.json", "model binary.json: is no text"),
        ("deep.json", "model deep.json: is no valid JSON (recursion limit"),
        (".", "Is a directory"),
    ] {
        bench.run(&["score", &text, "--model", file]).told(2, message);
    }
}

#[test]
fn a_sarif_log_holds_every_text_that_was_read() {
    let bench = Bench::new();
    let (arabic, english) = (bench.sample("ar-insinuation.txt"), bench.sample("en-insinuation.txt"));
    let run = bench.run(&["score", "--format", "sarif", "-o", "marks.sarif", &arabic, "nowhere.txt", &english]);
    run.told(1, "nowhere.txt");
    let log: Value = serde_json::from_str(&bench.read("marks.sarif")).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let uri = |result: &Value| result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].as_str().unwrap().to_owned();
    let results = log["runs"][0]["results"].as_array().unwrap();
    for path in [&arabic, &english] {
        let of_text: Vec<&Value> = results.iter().filter(|r| uri(r).ends_with(path.rsplit('/').next().unwrap())).collect();
        assert!(of_text.iter().filter(|r| r["level"] == "note").count() >= 5, "{path}");
        assert_eq!(of_text.iter().filter(|r| r["ruleId"].as_str().unwrap().starts_with("score.")).count(), 2, "{path}");
    }
}

#[test]
fn texts_are_scored_as_they_arrive_in_a_watched_folder() {
    use std::io::{BufRead, BufReader};
    use std::process::{Command, Stdio};
    let bench = Bench::new();
    let text = std::fs::read(bench.sample("en-wire.txt")).unwrap();
    bench.write("first.txt", &text);
    let mut child = Command::new(env!("CARGO_BIN_EXE_tabayyun"))
        .args(["score", "--watch", ".", "--format", "json", "--quiet"])
        .current_dir(bench.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
    let mut next = || serde_json::from_str::<Value>(&lines.next().unwrap().unwrap()).unwrap()["id"].as_str().unwrap().to_owned();
    assert!(next().ends_with("first.txt"));
    bench.write("broken.txt", b"%PDF-1.7");
    bench.write("half.txt.part", &text);
    bench.write("second.txt", &text);
    assert!(next().ends_with("second.txt"), "what is no text does not stop the rest");
    child.kill().unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(String::from_utf8_lossy(&output.stderr).contains("broken.txt"));
    bench.run(&["score", "--watch", "gone"]).told(2, "gone");
    bench.run(&["score", "--watch", ".", "--format", "html"]).told(2, "no page");
}
