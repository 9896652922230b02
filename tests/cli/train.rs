//! `train` and `evaluate`: what is learned from, and data that nothing can be learned from.

use serde_json::Value;

use super::bench::{Bench, Run, objects, rows};

const HEAD: usize = 7;

fn train(bench: &Bench, data: &str, more: &[&str]) -> Run {
    let mut args = vec!["train", data, "--head", "credibility", "-o", "model.json", "--c", "0.01"];
    args.extend(more);
    bench.run(&args)
}

/// The English credibility matrix with `change` made to each of its lines (0 is the header).
fn matrix(bench: &Bench, change: impl Fn(usize, &mut Vec<String>)) -> String {
    let mut lines = rows(&std::fs::read_to_string(bench.data("credibility-en.csv")).unwrap());
    lines.iter_mut().enumerate().for_each(|(at, cells)| change(at, cells));
    lines.iter().map(|cells| cells.join(",") + "\n").collect()
}

/// The English articles, changed one by one, as JSONL.
fn articles(bench: &Bench, change: impl Fn(usize, &mut Value)) -> String {
    let mut articles = bench.articles("en");
    articles.iter_mut().enumerate().for_each(|(at, article)| change(at, article));
    articles.iter().map(|article| format!("{article}\n")).collect()
}

#[test]
fn a_model_of_texts_and_of_their_matrix_is_the_same_and_scores() {
    let bench = Bench::new();
    let run = train(&bench, &bench.data("authored-en.jsonl"), &["--matrix", "matrix.csv"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(run.stdout.contains("80 rows (grouped out-of-fold), 48 positive"), "{}", run.stdout);
    let from_texts: Value = serde_json::from_str(&bench.read("model.json")).unwrap();
    assert_eq!(train(&bench, "matrix.csv", &["-q"]).code, 0);
    let mut from_matrix: Value = serde_json::from_str(&bench.read("model.json")).unwrap();
    // They name their data, which the checksum tells.
    from_matrix["training"]["data"] = from_texts["training"]["data"].clone();
    from_matrix["checksum"] = from_texts["checksum"].clone();
    assert_eq!(from_matrix, from_texts);

    let text = bench.sample("en-wire.txt");
    let run = bench.run(&["score", &text, "--format", "json", "--model", "model.json"]);
    assert_eq!(objects(&run.stdout)[0]["model"]["credibility"]["trained_on"][0], "matrix.csv");
    let json = bench.run(&["evaluate", "model.json", &bench.data("authored-en.jsonl"), "--format", "json"]);
    json.told(0, "the model learned from this data: figures are too good");
    let report = &objects(&json.stdout)[0];
    assert_eq!((report["n"].as_u64(), report["prevalence"].as_f64()), (Some(80), Some(0.6)));
    for name in ["auc", "average_precision", "accuracy", "macro_f1", "brier", "ece"] {
        let figure = &report["figures"][name];
        let [low, value, high] = [&figure["interval"][0], &figure["value"], &figure["interval"][1]].map(|v| v.as_f64().unwrap());
        assert!(0.0 <= low && low <= high && high <= 1.0 && (0.0..=1.0).contains(&value), "{name}: {figure}");
        assert!(report["baselines"]["majority"][name].is_object());
    }
    let plain = bench.run(&["evaluate", "model.json", "matrix.csv"]);
    for word in ["80 rows", "auc", "average precision", "majority", "length only", "95 % interval"] {
        assert!(plain.stdout.contains(word), "{word}: {}", plain.stdout);
    }
}

#[test]
fn rows_without_a_usable_label_are_told_and_left_out() {
    let bench = Bench::new();
    let mut lines: Vec<String> = articles(&bench, |at, article| match at {
        10 => article["credibility"] = "maybe".into(),
        11 => article["credibility"] = Value::Null,
        12 => (article["title"], article["text"]) = ("".into(), " ".into()),
        _ => {}
    })
    .lines()
    .map(String::from)
    .collect();
    lines[13] = "no JSON".into();
    bench.write("some.jsonl", lines.join("\n"));
    let run = train(&bench, "some.jsonl", &[]);
    assert!(run.stdout.contains("76 rows"), "{}", run.stdout);
    for message in [
        "some.jsonl: row 11: label `maybe` is neither `1` nor `0`",
        "some.jsonl: row 12: no label in column `credibility`",
        "some.jsonl: row 13: empty text",
        "some.jsonl: row 14: is no valid JSON at column 2",
    ] {
        run.told(1, message);
    }
    let run = bench.run(&["evaluate", "model.json", "some.jsonl"]);
    run.told(1, "some.jsonl: row 11: label `maybe` is neither `1` nor `0`");
    let many = articles(&bench, |at, article| {
        if at % 2 == 1 {
            article["credibility"] = Value::Null;
        }
    });
    bench.write("many.jsonl", many);
    let run = train(&bench, "many.jsonl", &[]);
    run.told(1, "… and 20 more rows refused");
}

#[test]
fn texts_that_nothing_can_be_learned_from() {
    let bench = Bench::new();
    bench.write("empty.csv", "");
    bench.write("header.csv", "text,label\n");
    bench.write("nolabel.csv", "text,grade\na b c,1\n");
    bench.write(
        "named.jsonl",
        articles(&bench, |_, a| a["credibility"] = if a["credibility"] == 1 { "reliable" } else { "not" }.into()),
    );
    bench.write("one.jsonl", articles(&bench, |_, a| a["credibility"] = 1.into()));
    bench.write("group.jsonl", articles(&bench, |_, a| a["group"] = "g".into()));
    bench.write("few.jsonl", articles(&bench, |_, _| {}).lines().take(4).map(|l| format!("{l}\n")).collect::<String>());
    let english = bench.data("authored-en.jsonl");
    let arabic = bench.data("authored-ar.jsonl");
    let numbers = bench.data("credibility-en.csv");
    for (data, more, message) in [
        ("nowhere.csv", &[][..], "tabayyun: nowhere.csv: No such file or directory (os error 2)\n"),
        ("empty.csv", &[], "empty.csv: is empty"),
        ("header.csv", &[], "header.csv: has no row with a text and a label"),
        ("nolabel.csv", &[], "nolabel.csv: has no column `label`. Its columns: `text`, `grade`"),
        (
            "named.jsonl",
            &[],
            "no row has the positive label `1`; column `credibility` holds `not` (32 rows), `reliable` (48 rows): name one with --positive-label",
        ),
        ("one.jsonl", &[], "0 of 80 rows are of the negative class; both classes need 10 or more"),
        ("few.jsonl", &[], "of 4 rows are of the"),
        ("group.jsonl", &[], "all rows are in one group: nothing can be held out; name a finer --group-column"),
        (&english, &["--group-column", "outlet"], "has no column `outlet`"),
        (&english, &[&arabic], "80 of 160 texts are not in `"),
        (&english, &[&numbers], "credibility-en.csv: is a feature matrix, which is given alone"),
        (&english, &["--prevalence", "2"], "expected a share between 0 and 1"),
        (&english, &["--folds", "1"], "1 is not in 2..=50"),
        (
            &english,
            &["--matrix", "nowhere/matrix.csv"],
            "nowhere/matrix.csv: the folder `nowhere` does not exist: create it first",
        ),
        (&english, &["--matrix", &english], "is read and would be written"),
    ] {
        train(&bench, data, more).told(2, message);
        assert!(!bench.exists("model.json"), "{data} {more:?}");
    }
    let run = train(&bench, "named.jsonl", &["--positive-label", "reliable"]);
    assert!(run.code == 0 && run.stdout.contains("48 positive"), "{}", run.stderr);
    let strengths =
        [("0", "expected a number above 0"), ("-1", "expected a number above 0"), ("NaN", "expected a number above 0")];
    for (c, message) in strengths {
        bench.run(&["train", &english, "--head", "credibility", "-o", "m.json", "--c", c]).told(2, message);
    }
    bench.run(&["train", &english, "--head", "truth", "-o", "m.json"]).told(2, "possible values: propaganda, credibility");
}

#[test]
fn matrices_that_are_broken() {
    let bench = Bench::new();
    type Change = fn(usize, &mut Vec<String>);
    let cases: &[(Change, &str)] = &[
        (
            |at, row| {
                if at == 4 {
                    row[HEAD] = "NaN".into()
                }
            },
            "m.csv: row 4: f.anonymous.bare: `NaN` is out of range",
        ),
        (
            |at, row| {
                if at == 4 {
                    row[HEAD] = "inf".into()
                }
            },
            "m.csv: row 4: f.anonymous.bare: `inf` is out of range",
        ),
        (
            |at, row| {
                if at == 4 {
                    row[HEAD] = "1e300".into()
                }
            },
            "m.csv: row 4: f.anonymous.bare: `1e300` is out of range",
        ),
        (
            |at, row| {
                if at == 4 {
                    row[HEAD] = "many".into()
                }
            },
            "m.csv: row 4: f.anonymous.bare: `many` is not a number",
        ),
        (
            |at, row| {
                if at == 4 {
                    row[2] = "maybe".into()
                }
            },
            "m.csv: row 4: label `maybe` is neither 0 nor 1",
        ),
        (
            |at, row| {
                if at == 4 {
                    row[1] = "fr".into()
                }
            },
            "m.csv: row 4: language `fr` is neither ar nor en",
        ),
        (
            |at, row| {
                if at == 4 {
                    row[1] = "ar".into()
                }
            },
            "m.csv: row 4: is in another language than the rows before",
        ),
        (
            |at, row| {
                if at == 4 {
                    row[5] = "x".into()
                }
            },
            "m.csv: row 4: fold `x` is not a number",
        ),
        (
            |at, row| {
                if at == 4 {
                    row.truncate(9)
                }
            },
            "m.csv: row 4: has 9 cells, the header",
        ),
        (
            |at, row| {
                if at == 0 {
                    row[HEAD] = "f.no.such".into()
                }
            },
            "m.csv: column `f.no.such` is not a feature of this version: drop it",
        ),
        (
            |at, row| {
                if at == 0 {
                    row[HEAD] = row[HEAD + 1].clone()
                }
            },
            "two columns are called `f.anonymous.adjective`",
        ),
        (|_, row| drop(row.remove(HEAD)), "m.csv: column `f.anonymous.bare` is missing: build the matrix anew from the texts"),
        (
            |at, row| {
                if at > 0 {
                    row[2] = "1".into()
                }
            },
            "0 of 80 rows are of the negative class",
        ),
        (
            |at, row| {
                if at > 0 {
                    row[3] = "g".into()
                }
            },
            "group `g` is in fold",
        ),
        (
            |at, row| {
                if at > 0 {
                    (row[3], row[5]) = ("g".into(), "0".into())
                }
            },
            "all rows are in one group: nothing can be held out",
        ),
        (
            |at, row| {
                if at > 0 {
                    row[HEAD..].fill("1".into())
                }
            },
            "every feature has the same value in all rows",
        ),
    ];
    for (change, message) in cases {
        bench.write("m.csv", matrix(&bench, change));
        train(&bench, "m.csv", &[]).told(2, message);
    }
    let header = matrix(&bench, |_, _| {}).lines().next().unwrap().to_owned();
    bench.write("m.csv", header + "\n");
    train(&bench, "m.csv", &[]).told(2, "m.csv: the matrix has no rows");
    bench.write(
        "m.csv",
        matrix(&bench, |at, row| {
            if at > 0 {
                row[HEAD] = "0.5".into()
            }
        }),
    );
    let run = train(&bench, "m.csv", &[]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(!bench.read("model.json").contains("anonymous.bare"), "a constant feature says nothing");
}

#[test]
fn a_model_is_judged_on_texts_of_its_language_only() {
    let bench = Bench::new();
    assert_eq!(train(&bench, &bench.data("credibility-en.csv"), &["-q"]).code, 0);
    for (data, message) in [
        (bench.data("credibility-ar.csv"), "credibility-ar.csv: holds texts in `ar`, the model reads `en`"),
        (bench.data("authored-ar.jsonl"), "80 of 80 texts are not in `en`"),
        ("nowhere.csv".into(), "nowhere.csv: No such file or directory (os error 2)\n"),
    ] {
        bench.run(&["evaluate", "model.json", &data]).told(2, message);
    }
    bench.write("ones.jsonl", articles(&bench, |_, a| a["credibility"] = 1.into()));
    bench.run(&["evaluate", "model.json", "ones.jsonl"]).told(2, "the data needs rows of both classes");
    bench.run(&["evaluate", "nowhere.json", "ones.jsonl"]).told(2, "nowhere.json: No such file or directory (os error 2)\n");
    bench.run(&["evaluate", "model.json", "ones.jsonl", "--threshold", "7"]).told(2, "expected a share between 0 and 1");
}
