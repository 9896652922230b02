//! Bytes per second per stage over the texts of a CSV, on one core:
//! `cargo bench --bench throughput -- TEXTS.csv [COLUMN] [--lexicons=FOLDER]`.
//! Without a file the authored articles of training-data are read. The checksum of all scores is printed, so that two builds
//! can be compared.

use tabayyun::Engine;
use tabayyun::features::Extractor;
use tabayyun::features::extract::Options;
use tabayyun::lexicons::Lexicons;
use tabayyun::text::{Lang, Scan, Segments, language};

fn texts(path: Option<String>, column: &str) -> Vec<String> {
    let Some(path) = path else {
        let file = |lang: Lang| format!("{}/training-data/authored-{}.jsonl", env!("CARGO_MANIFEST_DIR"), lang.code());
        let lines = Lang::ALL.map(|l| std::fs::read_to_string(file(l)).expect("authored articles")).concat();
        let text = |l: &str| serde_json::from_str::<serde_json::Value>(l).expect("JSON")["text"].as_str().map(String::from);
        return lines.lines().filter_map(text).collect();
    };
    let mut reader = csv::Reader::from_path(&path).expect("a CSV file");
    let at = reader.headers().expect("a header").iter().position(|h| h == column).expect("the column");
    reader.records().map(|r| r.expect("a row")[at].to_string()).collect()
}

/// Time that this thread has had a core for: other processes do not count.
fn cpu_seconds() -> f64 {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat").expect("Linux");
    stat.split(' ').next().and_then(|ns| ns.parse::<f64>().ok()).expect("nanoseconds") / 1e9
}

fn main() {
    let mut args = std::env::args().skip(1).filter(|a| !a.starts_with("--"));
    let (path, column) = (args.next(), args.next().unwrap_or("text".into()));
    let start = cpu_seconds();
    let texts = texts(path, &column);
    let reading = cpu_seconds() - start;
    let bytes: usize = texts.iter().map(String::len).sum();
    let time = |name: &str, run: &mut dyn FnMut() -> f64| {
        let start = cpu_seconds();
        let sum = run();
        let seconds = cpu_seconds() - start;
        println!("{name:<40} {:8.1} MB/s   {seconds:.3} s   checksum {sum:.9}", bytes as f64 / seconds / 1e6);
    };
    println!("{:<40} {:8.1} MB/s   {reading:.3} s", "csv crate reads the file", bytes as f64 / reading / 1e6);
    let mut engine = Engine::built_in();
    if let Some(folder) = std::env::args().find_map(|a| Some(a.strip_prefix("--lexicons=")?.to_owned())) {
        engine.lexicons = Box::leak(Box::new(Lexicons::from_folder(folder.as_ref()).expect("a lexicon folder")));
    }
    let terms: usize = Lang::ALL.iter().map(|lang| engine.lexicons.of(*lang).index.terms()).sum();
    println!("{terms} terms");
    let mut scan = Scan::default();
    let mut segments = Segments::default();
    let mut extractor = Extractor::default();
    engine.score_with(&mut extractor, &texts[0], Options::default());
    time("scan", &mut || {
        texts
            .iter()
            .map(|t| {
                scan.read(t);
                scan.tokens.len() as f64
            })
            .sum()
    });
    time("scan, segments", &mut || {
        texts
            .iter()
            .map(|t| {
                scan.read(t);
                segments.cut(&scan);
                segments.passages.len() as f64
            })
            .sum()
    });
    time("scan, segments, language", &mut || {
        texts
            .iter()
            .map(|t| {
                scan.read(t);
                segments.cut(&scan);
                f64::from(u8::from(matches!(language::detect(t, &scan), language::Detected::Supported(_))))
            })
            .sum()
    });
    for evidence in [false, true] {
        let options = Options { evidence, ..Options::default() };
        let kept = if evidence { "every evidence kept" } else { "scores, contributions" };
        time(&format!("extract, {kept}"), &mut || {
            texts.iter().map(|t| f64::from(extractor.extract(engine.lexicons, t, options).counts.evidence)).sum()
        });
        time(&format!("explain, {kept}"), &mut || {
            let scores = |t: &String| {
                let explained = engine.score_with(&mut extractor, t, options);
                explained.heads.map_or(0.0, |heads| heads.iter().map(|h| h.score).sum())
            };
            texts.iter().map(scores).sum()
        });
    }
}
