//! What the README shows is what the program prints.

use serde_json::Value;

use crate::bench::Bench;

const SAMPLE: &str = "samples/ar-insinuation.txt";

fn readme() -> String {
    std::fs::read_to_string("README.md").unwrap()
}

/// The first block of code of a language in the README.
fn block(readme: &str, language: &str) -> String {
    let (_, rest) = readme.split_once(&format!("```{language}\n")).unwrap();
    rest.split_once("```\n").unwrap().0.to_owned()
}

/// What a command prints about the sample, without the marks that keep directions apart.
fn printed(args: &[&str]) -> String {
    let bench = Bench::new();
    let text = std::fs::read_to_string(bench.sample("ar-insinuation.txt")).unwrap();
    std::fs::create_dir(bench.path().join("samples")).unwrap();
    bench.write(SAMPLE, text);
    let run = bench.run(&[&["score", SAMPLE], args].concat());
    assert_eq!(run.code, 0, "{}", run.stderr);
    run.stdout.replace(|c: char| ('\u{2066}'..='\u{2069}').contains(&c), "")
}

/// The report as the README shortens it: up to the third contribution, then the sentence that tells most.
fn shortened(report: &str) -> String {
    let is_contribution = |line: &str| line.contains('│') && (line.contains(" +0.") || line.contains(" −0."));
    let mut contributions = 0;
    let head = report.lines().take_while(|line| {
        contributions += usize::from(is_contribution(line));
        contributions <= 3
    });
    let sentence = report.lines().skip_while(|line| !line.starts_with("  sentence ")).take_while(|line| !line.is_empty());
    head.chain(["  …", ""]).chain(sentence).chain(["  …"]).map(|line| format!("{line}\n")).collect()
}

#[test]
fn the_report_of_the_readme_is_the_programs() {
    let expected = shortened(&printed(&[]));
    let mut page = readme();
    let shown = block(&page, "text");
    if shown != expected && std::env::var_os("UPDATE").is_some() {
        page = page.replace(&shown, &expected);
        std::fs::write("README.md", &page).unwrap();
    }
    assert_eq!(block(&page, "text"), expected, "run UPDATE=1 cargo test --test cli readme");
}

/// Whether all that `shown` holds is in `real`: numbers as rounded as they are shown, some elements of lists.
fn is_part(shown: &Value, real: &Value) -> bool {
    match (shown, real) {
        (Value::Object(shown), Value::Object(real)) => {
            shown.iter().all(|(key, value)| real.get(key).is_some_and(|real| is_part(value, real)))
        }
        (Value::Array(shown), Value::Array(real)) => shown.iter().all(|shown| real.iter().any(|real| is_part(shown, real))),
        (Value::Number(shown), Value::Number(real)) => (shown.as_f64().unwrap() - real.as_f64().unwrap()).abs() <= 0.000_51,
        _ => shown == real,
    }
}

#[test]
fn the_json_of_the_readme_is_the_programs() {
    let shown: Value = serde_json::from_str(&block(&readme(), "json").replace(", …", "")).unwrap();
    let real: Value = serde_json::from_str(&printed(&["--format", "json"])).unwrap();
    assert!(is_part(&shown, &real), "the README shows\n{shown:#}\nbut it is\n{real:#}");
}
