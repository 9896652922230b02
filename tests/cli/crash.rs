//! Runs that die, and places that cannot be written: nothing lost, nothing doubled, no half-written file under the final name.

use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::bench::Bench;

/// Kills in all.
const KILLS: usize = 200;

/// Articles enough for a run of some seconds on one thread.
fn long_table(bench: &Bench) {
    let articles: Vec<_> = ["ar", "en"].iter().flat_map(|lang| bench.articles(lang)).collect();
    let mut out = csv::Writer::from_path(bench.path().join("in.csv")).unwrap();
    out.write_record(["id", "text"]).unwrap();
    for row in 0..4000 {
        let article = &articles[row % articles.len()];
        let text = if row % 11 == 5 { "short" } else { article["text"].as_str().unwrap() };
        out.write_record([&row.to_string(), text]).unwrap();
    }
    out.flush().unwrap();
}

fn batch(bench: &Bench, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tabayyun"));
    command.current_dir(bench.path()).args(["batch", "in.csv", "--id-column", "id", "--quiet"]).args(args);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

/// SplitMix64: moments that are the same in every run of the test.
fn random(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[test]
fn runs_killed_at_random_moments_and_resumed_end_as_one_that_was_left_alone() {
    let bench = Bench::new();
    long_table(&bench);
    let args = ["-o", "out.csv", "--evidence", "e.jsonl"];
    let began = Instant::now();
    assert!(batch(&bench, &["-o", "whole.csv", "--evidence", "whole.jsonl"]).status().unwrap().success());
    let whole_run = began.elapsed();
    let whole = (bench.read("whole.csv"), bench.read("whole.jsonl"));
    let (mut state, mut kills, mut rounds) = (7, 0, 0);
    while kills < KILLS {
        rounds += 1;
        for name in ["out.csv", "e.jsonl"] {
            let _ = std::fs::remove_file(bench.path().join(name));
        }
        loop {
            let mut child = batch(&bench, &[&args[..], &["--resume"]].concat()).spawn().unwrap();
            // Up to a tenth of a whole run: some die before they have begun, most in the middle of a row.
            std::thread::sleep(whole_run.mul_f64(random(&mut state) as f64 / u64::MAX as f64 / 10.0));
            if kills < KILLS {
                child.kill().unwrap();
            }
            let output = child.wait_with_output().unwrap();
            match output.status.code() {
                None => kills += 1,
                Some(code) => {
                    assert_eq!(code, 0, "{}", String::from_utf8_lossy(&output.stderr));
                    break;
                }
            }
            let whole_files = ["out.csv", "e.jsonl"].map(|name| bench.exists(name));
            assert!(!whole_files[0] || bench.read("out.csv") == whole.0, "a file has its name only when it is whole");
            assert!(!whole_files[1] || bench.read("e.jsonl") == whole.1, "a file has its name only when it is whole");
        }
        assert!(bench.read("out.csv") == whole.0, "round {rounds}, {kills} kills");
        assert!(bench.read("e.jsonl") == whole.1, "round {rounds}, {kills} kills: evidence");
    }
    eprintln!("{kills} kills in {rounds} rounds");
}

#[cfg(unix)]
#[test]
fn a_full_disk_is_told_and_leaves_no_file_under_the_final_name() {
    let bench = Bench::new();
    long_table(&bench);
    for output in ["out.csv", "out.jsonl", "out.csv.gz"] {
        // Files of this process and its children may not grow beyond 300 KB: what a disk does when it is full.
        let script = "ulimit -f 300; trap '' XFSZ; exec \"$0\" \"$@\"";
        let run = Command::new("bash")
            .current_dir(bench.path())
            .args(["-c", script, env!("CARGO_BIN_EXE_tabayyun"), "batch", "in.csv", "-o", output, "--features", "--quiet"])
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!(run.status.code(), Some(2), "{output}: {told}");
        assert!(told.contains(output) && told.contains("large"), "{told}");
        assert!(!bench.exists(output), "{output}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_device_that_is_full_is_told() {
    let bench = Bench::new();
    bench.write("in.csv", "text\nshort\n");
    bench.run(&["batch", "in.csv", "-o", "/dev/full"]).told(2, "/dev/full: No space left on device");
    bench.run(&["score", &bench.sample("en-wire.txt"), "-o", "/dev/full"]).told(2, "/dev/full: No space left on device");
}

#[cfg(unix)]
#[test]
fn an_output_that_is_the_input_by_another_name_is_refused() {
    let bench = Bench::new();
    bench.write("in.csv", "text\nshort\n");
    std::os::unix::fs::symlink("in.csv", bench.path().join("link.csv")).unwrap();
    std::fs::hard_link(bench.path().join("in.csv"), bench.path().join("hard.csv")).unwrap();
    for output in ["in.csv", "./in.csv", "link.csv"] {
        bench.run(&["batch", "in.csv", "-o", output]).told(2, "give the output another name");
        assert_eq!(bench.read("in.csv"), "text\nshort\n", "{output}");
    }
    // A hard link is a name of its own: it gets the output, the input keeps what it holds.
    bench.run(&["batch", "in.csv", "-o", "hard.csv"]).told(0, "1 row");
    assert_eq!(bench.read("in.csv"), "text\nshort\n");
}

#[cfg(unix)]
#[test]
fn an_interrupt_leaves_what_can_be_resumed() {
    let bench = Bench::new();
    long_table(&bench);
    assert!(batch(&bench, &["-o", "whole.csv"]).status().unwrap().success());
    let child = batch(&bench, &["-o", "out.csv"]).spawn().unwrap();
    let partial = bench.path().join("out.csv.partial");
    let until = Instant::now() + Duration::from_secs(60);
    while std::fs::metadata(&partial).map_or(0, |m| m.len()) == 0 && Instant::now() < until {
        std::thread::sleep(Duration::from_millis(2));
    }
    assert!(Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    if output.status.code() != Some(0) {
        assert!(!bench.exists("out.csv") && partial.exists());
        assert!(batch(&bench, &["-o", "out.csv", "--resume"]).status().unwrap().success());
    }
    assert!(bench.read("out.csv") == bench.read("whole.csv"));
}

#[test]
fn rows_that_are_added_while_a_table_is_read_are_read_or_left_whole() {
    use std::io::Write;
    let bench = Bench::new();
    long_table(&bench);
    let child = batch(&bench, &["-o", "out.csv"]).spawn().unwrap();
    let mut input = std::fs::File::options().append(true).open(bench.path().join("in.csv")).unwrap();
    for row in 0..500 {
        input.write_all(format!("late{row},a row that came while the others were read and is long enough\n").as_bytes()).unwrap();
    }
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
    let mut rows = csv::Reader::from_path(bench.path().join("out.csv")).unwrap();
    let ids: Vec<String> = rows.records().map(|row| row.unwrap()[0].to_owned()).collect();
    assert!(ids.len() >= 4000 && ids[..4000].iter().enumerate().all(|(at, id)| *id == at.to_string()));
    assert!(ids[4000..].iter().enumerate().all(|(at, id)| *id == format!("late{at}")), "in order, none twice");
}
