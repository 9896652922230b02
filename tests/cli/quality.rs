//! Pages on the quality of a model, and two models held against each other.

use serde_json::Value;

use super::bench::{Bench, objects};

/// A bench with two models of the English articles, `a.json` and, weaker, `b.json`.
fn bench() -> Bench {
    let bench = Bench::new();
    let data = bench.data("credibility-en.csv");
    for (model, c) in [("a.json", "0.01"), ("b.json", "0.0001")] {
        let meaning = ["--meaning", "article written to be well sourced"];
        let args = ["train", &data, "--head", "credibility", "-o", model, "--c", c, "-q"];
        assert_eq!(bench.run(&[&args[..], &meaning].concat()).code, 0);
    }
    bench
}

/// The English credibility matrix without its first row, so that no model has seen the file.
fn unseen(bench: &Bench) {
    let matrix = std::fs::read_to_string(bench.data("credibility-en.csv")).unwrap();
    let kept = matrix.lines().enumerate().filter(|(at, _)| *at != 1).map(|(_, line)| format!("{line}\n"));
    bench.write("unseen.csv", kept.collect::<String>());
}

/// A matrix of 60 rows, three outlets and five signs, made by a formula: pages of it change when pages do, not with the lexicons.
fn small(bench: &Bench) {
    let matrix = std::fs::read_to_string(bench.data("credibility-en.csv")).unwrap();
    let header = matrix.lines().next().unwrap();
    let mut lines = vec![header.to_owned()];
    for i in 0..60usize {
        let label = (i * 7 + i / 4) % 5 < 2;
        let tenths = |sign: usize, push: usize| (i * 193 + i * i * 7 + sign * 71) % 31 / 2 + if label { push } else { 0 };
        let cell = |column: &str| match column {
            "id" => format!("text{i}"),
            "lang" => "en".into(),
            "label" => u8::from(label).to_string(),
            "group" => format!("story{}", i / 2),
            "source" => ["Courier", "Ledger", "Post <i>"][i % 3].into(),
            "fold" => (i / 2 % 5).to_string(),
            "words" => (30 + i * 13 % 50).to_string(),
            "f.loaded.fear" => format!("{}.{}", tenths(1, 6) / 10, tenths(1, 6) % 10),
            "f.loaded.outrage" => format!("0.{}", tenths(2, 3) % 10),
            "f.anonymous.bare" => format!("{}.{}", tenths(3, 4) / 10, tenths(3, 4) % 10),
            "f.named.person" => format!("0.{}", (tenths(4, 0) + if label { 0 } else { 3 }) % 10),
            "f.form.exclamations" => format!("0.{}", tenths(5, 0) % 10),
            _ => "0".into(),
        };
        lines.push(header.split(',').map(cell).collect::<Vec<_>>().join(","));
    }
    bench.write("small.csv", lines.join("\n") + "\n");
}

/// What stands on a page: its style, and what is drawn in its plots, left out.
fn words(page: &str) -> String {
    let mut words = String::new();
    let mut rest = page;
    while let Some((before, after)) = rest.split_once("<svg") {
        let (plot, after) = after.split_once("</svg>").expect("closed");
        let name = plot.split_once("aria-label=\"").map_or("", |(_, label)| label.split('"').next().unwrap_or_default());
        words += &format!("{before}[plot: {name}]");
        rest = after;
    }
    words += rest;
    let (head, body) = words.split_once("<style>").expect("style");
    let (_, body) = body.split_once("</style>").expect("style");
    format!("{head}{body}").replace(env!("CARGO_PKG_VERSION"), "VERSION")
}

#[test]
fn a_model_has_the_same_bytes_with_and_without_its_report() {
    let bench = bench();
    let data = bench.data("credibility-en.csv");
    let meaning = "article written to be well sourced";
    let args =
        ["train", &data, "--head", "credibility", "-o", "c.json", "--c", "0.01", "--meaning", meaning, "--report", "r.html"];
    let run = bench.run(&args);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(run.stdout.contains("80 rows (grouped out-of-fold)"), "{}", run.stdout);
    assert_eq!(bench.read("a.json"), bench.read("c.json"));
    let page = bench.read("r.html");
    for part in ["How good is credibility-en?", "Rows learned from", "resamplings of the groups", "No row names its outlet"] {
        assert!(page.contains(part), "{part}");
    }
    for never in ["<script", "<link", "src=", "url(", "@import"] {
        assert!(!page.contains(never), "{never}");
    }
}

#[test]
fn small_pages() {
    let bench = Bench::new();
    small(&bench);
    let train = |model, c, report: &[&str]| {
        let args =
            ["train", "small.csv", "--head", "propaganda", "-o", model, "--c", c, "--meaning", "text made to persuade", "-q"];
        let run = bench.run(&[&args[..], report].concat());
        assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (0, "", ""));
    };
    train("first.json", "0.1", &["--report", "training.html"]);
    train("second.json", "0.003", &[]);
    insta::assert_snapshot!("training_page", words(&bench.read("training.html")));
    let run = bench.run(&["model", "compare", "first.json", "second.json", "small.csv", "--report", "comparison.html", "-q"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    insta::assert_snapshot!("comparison_page", words(&bench.read("comparison.html")));
}

#[test]
fn evaluation_says_what_it_cannot_tell_and_what_the_model_has_seen() {
    let bench = bench();
    unseen(&bench);
    let run = bench.run(&["evaluate", "a.json", "unseen.csv", "--report", "r.html"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    let page = bench.read("r.html");
    for part in ["a learning curve needs training", "scored by the finished model", "curvature of the fit", "<dd>79</dd>"] {
        assert!(page.contains(part), "{part}");
    }
    assert!(!page.contains("learned from this very file"));
    let run = bench.run(&["evaluate", "a.json", &bench.data("credibility-en.csv"), "--report", "r.html"]);
    run.told(0, "the model learned from this data: figures are too good");
    assert!(bench.read("r.html").contains("learned from this very file"));
    let run = bench.run(&["evaluate", "a.json", &bench.data("credibility-en.csv"), "-q"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""), "messages can be turned off");
}

#[test]
fn copies_and_outlets_that_tell_the_label_are_warned_of() {
    let bench = bench();
    let matrix = std::fs::read_to_string(bench.data("credibility-en.csv")).unwrap();
    let mut lines: Vec<Vec<&str>> = matrix.lines().map(|line| line.split(',').collect()).collect();
    // The outlet gives the label away, and the first text stands in the data once more, in another group and fold.
    lines.iter_mut().skip(1).for_each(|cells| cells[4] = if cells[2] == "1" { "Herald" } else { "Trumpet" });
    let fold = if lines[1][5] == "0" { "1" } else { "0" };
    let mut copy = lines[1].clone();
    (copy[3], copy[5]) = ("copy", fold);
    lines.push(copy);
    bench.write("m.csv", lines.iter().map(|cells| cells.join(",") + "\n").collect::<String>());
    let args = ["train", "m.csv", "--head", "credibility", "-o", "m.json", "--c", "0.01", "--report", "r.html"];
    let run = bench.run(&args);
    assert!(run.code == 0 && run.stdout.contains("outlet only"), "{}{}", run.stdout, run.stderr);
    let page = bench.read("r.html");
    for part in [
        "2 rows are texts that stand in another fold as well",
        "Who published it tells much of the answer",
        "No outlet holds both classes",
        "Trumpet",
    ] {
        assert!(page.contains(part), "{part}");
    }
}

#[test]
fn two_models_are_compared_in_pairs() {
    let bench = bench();
    unseen(&bench);
    let run = bench.run(&["model", "compare", "b.json", "a.json", "unseen.csv", "--report", "r.html"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    for part in ["79 rows, 47 positive", "first: b.json", "second: a.json", "macro f1", "95 % interval (paired)"] {
        assert!(run.stdout.contains(part), "{part}: {}", run.stdout);
    }
    let page = bench.read("r.html");
    for part in
        ["a.json is better by", "Second minus first", "The curves as tables: <bdi>b.json</bdi>", "only <bdi>a.json</bdi> does"]
    {
        assert!(page.contains(part), "{part}");
    }

    let report = |first, second| -> Value {
        let run = bench.run(&["model", "compare", first, second, "unseen.csv", "--format", "json"]);
        objects(&run.stdout).remove(0)
    };
    let (there, back, same) = (report("b.json", "a.json"), report("a.json", "b.json"), report("a.json", "a.json"));
    for name in ["auc", "average_precision", "accuracy", "macro_f1", "brier", "ece"] {
        let number = |report: &Value, place: &str| report[place][name]["value"].as_f64().unwrap();
        let [first, second] = ["first", "second"].map(|side| there[side]["figures"][name]["value"].as_f64().unwrap());
        assert!((number(&there, "differences") - (second - first)).abs() < 2e-6, "{name}: {there}");
        assert_eq!(number(&there, "differences"), -number(&back, "differences"), "{name}");
        assert_eq!(number(&same, "differences"), 0.0, "{name}");
    }
    let decided = there["decided_rightly"].as_object().unwrap();
    assert_eq!(decided.values().map(|n| n.as_u64().unwrap()).sum::<u64>(), 79);
    // A model that was kept from everything is further from the truth, and 79 paired rows are enough to tell.
    assert!(there["differences"]["brier"]["interval"][1].as_f64().unwrap() < 0.0, "{there}");
}

#[test]
fn what_cannot_be_compared_or_written_is_told_before_any_work() {
    let bench = bench();
    unseen(&bench);
    let seen = bench.data("credibility-en.csv");
    for (args, code, message) in [
        (
            &["propaganda-en", "a.json", "unseen.csv"][..],
            2,
            "propaganda-en is a propaganda-en model, a.json a credibility-en model",
        ),
        (&["credibility-ar", "a.json", "unseen.csv"], 2, "compare two that answer one question in one language"),
        (&["nowhere.json", "a.json", "unseen.csv"], 2, "nowhere.json: no built-in model and no file"),
        (&["a.json", "b.json", "nowhere.csv"], 2, "nowhere.csv: No such file or directory"),
        (&["a.json", "b.json", "unseen.csv", "--report", "b.json"], 2, "b.json: is read and would be written"),
        (&["a.json", "b.json", "unseen.csv", "--report", "no/r.html"], 2, "the folder `no` does not exist"),
        (&["a.json", "b.json", &seen], 0, "a.json learned from this data: its figures are too good"),
    ] {
        bench.run(&[&["model", "compare"], args].concat()).told(code, message);
    }
    let train = ["train", &seen, "--head", "credibility", "-o", "new.json", "--report"];
    bench.run(&[&train[..], &[&seen]].concat()).told(2, "is read and would be written");
    bench.run(&[&train[..], &["no/r.html"]].concat()).told(2, "the folder `no` does not exist: create it first");
    bench.run(&[&train[..], &["new.json"]].concat()).told(2, "would be written twice");
    bench.run(&["evaluate", "a.json", "unseen.csv", "--report", "a.json"]).told(2, "is read and would be written");
    assert!(!bench.exists("new.json"), "nothing was trained");
}
