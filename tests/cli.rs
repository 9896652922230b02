//! The command itself: what is printed, written and refused. Cases that stand still are under `tests/cmd`; here are those that
//! need made-up input, or more than an eye on the output.

#[path = "cli/batch.rs"]
mod batch;
#[path = "cli/bench.rs"]
mod bench;
#[path = "cli/crash.rs"]
mod crash;
#[path = "cli/quality.rs"]
mod quality;
#[path = "cli/readme.rs"]
mod readme;
#[path = "cli/score.rs"]
mod score;
#[path = "cli/sources.rs"]
mod sources;
#[path = "cli/train.rs"]
mod train;
#[path = "cli/wording.rs"]
mod wording;

use bench::Bench;

#[test]
fn cases() {
    trycmd::TestCases::new().case("tests/cmd/*.trycmd").case("tests/cmd/*.toml");
}

#[test]
fn a_reader_that_has_enough_is_no_error() {
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_tabayyun"))
        .args(["lexicon", "show", "loaded.fear"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8_lossy(&output.stderr).as_ref()), (Some(0), ""));
}

#[test]
fn colours_are_for_terminals_only() {
    let bench = Bench::new();
    let text = bench.sample("en-insinuation.txt");
    for set in [&[][..], &[("NO_COLOR", "1")], &[("NO_COLOR", "1"), ("CLICOLOR_FORCE", "1")]] {
        let run = bench.run_with(&["score", &text], set, b"");
        assert!(!run.stdout.is_empty() && !run.stdout.contains('\x1b'), "{set:?}: {}", run.stdout);
        let run = bench.run_with(&["score", "nowhere.txt"], set, b"");
        assert!(!run.stderr.contains('\x1b'), "{set:?}: {}", run.stderr);
    }
    let forced = bench.run_with(&["score", &text], &[("CLICOLOR_FORCE", "1")], b"");
    assert!(forced.stdout.contains('\x1b'), "colours can be asked for");
}

#[test]
fn quiet_prints_results_only() {
    let bench = Bench::new();
    bench.write("in.csv", "text\nshort\n");
    let data = bench.data("credibility-en.csv");
    for args in [
        &["batch", "in.csv", "-o", "out.csv", "--quiet"][..],
        &["-q", "batch", "in.csv", "-o", "out.csv"],
        &["train", &data, "--head", "credibility", "-o", "m.json", "--c", "0.01", "-q"],
    ] {
        let run = bench.run(args);
        assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (0, "", ""), "{args:?}");
    }
    let run = bench.run(&["batch", "nowhere.csv", "-o", "out.csv", "-q"]);
    assert!(run.code == 2 && run.stderr.contains("nowhere.csv"), "errors are told all the same");
}
