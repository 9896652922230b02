//! A folder to work in, and the command run in it.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// A folder of its own for one test.
pub struct Bench(tempfile::TempDir);

/// What a run of the command gave.
pub struct Run {
    pub code: i32,
    pub stdout: String,
    pub stderr: String,
}

impl Run {
    /// Asserts the exit code and that the messages hold `message`.
    #[track_caller]
    pub fn told(&self, code: i32, message: &str) {
        assert!(self.code == code && self.stderr.contains(message), "{} {}\nwanted: {code} {message}", self.code, self.stderr);
        assert!(!self.stderr.contains("panicked"), "{}", self.stderr);
    }
}

impl Bench {
    pub fn new() -> Bench {
        Bench(tempfile::tempdir().unwrap())
    }

    pub fn path(&self) -> &Path {
        self.0.path()
    }

    pub fn run(&self, args: &[&str]) -> Run {
        self.run_with(args, &[], b"")
    }

    pub fn run_with(&self, args: &[&str], set: &[(&str, &str)], input: &[u8]) -> Run {
        let mut child = Command::new(env!("CARGO_BIN_EXE_tabayyun"))
            .args(args)
            .current_dir(self.0.path())
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE")
            .envs(set.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        let input = input.to_vec();
        let writer = std::thread::spawn(move || drop(stdin.write_all(&input)));
        let output = child.wait_with_output().unwrap();
        writer.join().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Run { code: output.status.code().unwrap(), stdout: text(output.stdout), stderr: text(output.stderr) }
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        std::fs::write(self.0.path().join(name), content).unwrap();
    }

    pub fn read(&self, name: &str) -> String {
        std::fs::read_to_string(self.0.path().join(name)).unwrap_or_else(|e| panic!("{name}: {e}"))
    }

    pub fn exists(&self, name: &str) -> bool {
        self.0.path().join(name).exists()
    }

    /// Path of a sample text.
    pub fn sample(&self, name: &str) -> String {
        root("samples", name)
    }

    /// Path of a file of training data.
    pub fn data(&self, name: &str) -> String {
        root("training-data", name)
    }

    /// Folder of a tiny lexicon: it takes no time to load.
    pub fn lexicon(&self) -> String {
        root("tests/cmd/lexicon.in", "good")
    }

    /// Authored articles of a language, as JSON.
    pub fn articles(&self, lang: &str) -> Vec<serde_json::Value> {
        let text = std::fs::read_to_string(self.data(&format!("authored-{lang}.jsonl"))).unwrap();
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

fn root(folder: &str, name: &str) -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder).join(name).display().to_string()
}

/// Rows of CSV, the header first.
pub fn rows(csv: &str) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(csv.as_bytes());
    reader.records().map(|r| r.unwrap().iter().map(String::from).collect()).collect()
}

/// Lines of JSONL.
pub fn objects(jsonl: &str) -> Vec<serde_json::Value> {
    jsonl.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|e| panic!("{e}: {line}"))).collect()
}
