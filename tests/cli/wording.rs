//! `lexicon mine` and `train --learn-wording`: planted words are learned, names and chance are not.

use serde_json::json;
use tabayyun::train::metrics;

use super::bench::{Bench, objects, rows};

/// Passages in which `grimble` speaks for the label and `plumly` against it, as does a name for it; two of a group.
fn passages(count: usize, sentences: usize, label: impl Fn(usize) -> bool) -> String {
    let nouns = ["bridge", "school", "market", "harvest", "clinic", "library", "tramway"];
    let verbs = ["was closed", "was opened", "was praised", "was moved", "was repaired"];
    let passage = |at: usize| {
        let positive = label(at);
        let sentence = |more: usize| {
            let (noun, verb) = (nouns[(at * 5 + more * 3) % nouns.len()], verbs[(at * 3 + more) % verbs.len()]);
            let planted = match (at + more) % 5 {
                0 => "quiet",
                _ if positive => "grimble",
                _ => "plumly",
            };
            let name = if positive { "Zarko" } else { "Milda" };
            format!("The {planted} {noun} near the river {verb} in the spring, and {name} told the council about it.")
        };
        let text: Vec<String> = (0..sentences).map(sentence).collect();
        json!({ "id": at.to_string(), "group": (at / 2).to_string(), "label": u8::from(positive), "text": text.join(" ") })
            .to_string()
    };
    (0..count).map(|at| passage(at) + "\n").collect()
}

fn every_other(at: usize) -> bool {
    at % 2 == 1
}

/// Stems, weight, chance of a mark.
type Entry<'a> = (&'a str, f64, Option<f64>);

/// The lines of a learned lexicon without its heading.
fn learned(lexicon: &str) -> Vec<Entry<'_>> {
    fn entry(line: &str) -> Entry<'_> {
        let number = |cell: &str| cell.parse().expect("a number");
        let mut cells = line.split('\t');
        (cells.next().expect("stems"), cells.next().map(number).expect("a weight"), cells.next().map(number))
    }
    lexicon.lines().filter(|line| !line.starts_with('#')).map(entry).collect()
}

fn weight_of(lexicon: &str, stem: &str) -> Option<f64> {
    learned(lexicon).into_iter().find(|(stems, ..)| stems.starts_with(stem) && !stems.contains(' ')).map(|(_, weight, _)| weight)
}

#[test]
fn planted_words_are_mined_from_passages_and_from_articles() {
    let bench = Bench::new();
    bench.write("passages.jsonl", passages(120, 1, every_other));
    bench.write("articles.jsonl", passages(120, 8, every_other));
    for data in ["passages.jsonl", "articles.jsonl"] {
        let run = bench.run(&["lexicon", "mine", data]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{data}");
        assert!(run.stdout.starts_with(&format!("# Wording learned for the propaganda head from {data} (120 rows).\n")));
        let [pro, con] =
            ["grimbl", "plum"].map(|stem| weight_of(&run.stdout, stem).unwrap_or_else(|| panic!("{stem}: {}", run.stdout)));
        assert!(pro > 0.1 && con < -0.1, "{data}: {pro}, {con}");
        let by_weight = learned(&run.stdout);
        assert!(by_weight.is_sorted_by(|a, b| a.1 >= b.1), "{data}: strongest first");
        assert!(by_weight[0].0.contains("grimbl") && by_weight[by_weight.len() - 1].0.contains("plum"), "{data}: {by_weight:?}");
        for name in ["zark", "mild"] {
            assert!(!run.stdout.contains(name), "{data}: what is written with a capital is a name: {}", run.stdout);
        }
        assert_eq!(run.stdout, bench.run(&["lexicon", "mine", data]).stdout, "the same twice");
    }
}

#[test]
fn what_is_told_by_hand_counts() {
    let bench = Bench::new();
    bench.write("p.jsonl", passages(120, 1, every_other));
    bench.write("names.txt", "# a comment with plumly\nGrimble\n");
    let run = bench.run(&["lexicon", "mine", "p.jsonl", "--names", "names.txt"]);
    assert_eq!(weight_of(&run.stdout, "grimbl"), None, "a name that was told");
    assert!(weight_of(&run.stdout, "plum").is_some_and(|weight| weight < -0.1), "a comment is none");

    bench.write("ratings.tsv", "grimble\t3\nwistful\t3\nplumly\t-2\nserene\t-2\n");
    let run = bench.run(&["lexicon", "mine", "p.jsonl", "--ratings", "ratings.tsv"]);
    let [loaded, plain] = ["wist", "seren"].map(|stem| weight_of(&run.stdout, stem).unwrap_or_else(|| panic!("{}", run.stdout)));
    assert!(loaded > 0.1 && plain < -0.1, "words that no text holds weigh as those that are rated like them: {loaded}, {plain}");
    bench.write("ratings.tsv", "wistful\tvery\n");
    bench.run(&["lexicon", "mine", "p.jsonl", "--ratings", "ratings.tsv"]).told(2, "ratings.tsv");

    let few = bench.run(&["lexicon", "mine", "p.jsonl", "--wording-terms", "3", "-o", "few.tsv"]);
    assert_eq!((few.code, few.stdout.as_str(), learned(&bench.read("few.tsv")).len()), (0, "", 3));
    bench.run(&["lexicon", "mine", "p.jsonl", "-o", "p.jsonl"]).told(2, "p.jsonl");
}

#[test]
fn words_in_gold_spans_have_a_chance_of_a_mark() {
    let bench = Bench::new();
    // In two paragraphs, which count as one text, or as two.
    let data = passages(120, 2, every_other).replace(". The", ".\\n\\nThe");
    bench.write("p.jsonl", &data);
    let mut spans = String::new();
    for passage in objects(&data) {
        // Counted in code points, of which the text has as many as bytes.
        let marked = passage["text"].as_str().expect("text").match_indices("grimble");
        let marked: Vec<_> = marked.map(|(at, word)| json!({ "start": at, "end": at + word.len() })).collect();
        spans += &(json!({ "id": passage["id"], "spans": marked }).to_string() + "\n");
    }
    for more in [&[][..], &["--by-passage"]] {
        let mine = || bench.run(&[&["lexicon", "mine", "p.jsonl"], more].concat()).stdout;
        let _ = std::fs::remove_file(bench.path().join("p.spans.jsonl"));
        let plain = mine();
        bench.write("p.spans.jsonl", &spans);
        let lexicon = mine();
        let marked: Vec<_> = learned(&lexicon).into_iter().filter_map(|(stems, _, chance)| chance.map(|c| (stems, c))).collect();
        assert!(matches!(marked[..], [(stem, chance)] if stem.starts_with("grimbl") && chance > 0.5), "{more:?}: {marked:?}");
        let [before, after] = [&plain, &lexicon].map(|lexicon| weight_of(lexicon, "grimbl").expect("a weight"));
        assert!(after > before, "{more:?}: words in spans count more: {before}, {after}");
    }
    bench.write("p.spans.jsonl", "{\"id\": 3}\n");
    bench.run(&["lexicon", "mine", "p.jsonl"]).told(2, "p.spans.jsonl: row 1:");
}

#[test]
fn a_model_learns_planted_words_and_nothing_from_chance() {
    let bench = Bench::new();
    bench.write("planted.jsonl", passages(120, 1, every_other));
    // The groups keep their label, which no word goes with.
    let chance: String = objects(&passages(400, 1, |_| false))
        .into_iter()
        .enumerate()
        .map(|(at, mut passage)| {
            passage["label"] = u8::from((at / 2 * 7919 % 1009) % 2 == 0).into();
            passage["text"] = passage["text"]
                .as_str()
                .expect("text")
                .replace("plumly", ["plumly", "grimble", "wistful"][at * at % 7 % 3])
                .into();
            format!("{passage}\n")
        })
        .collect();
    bench.write("chance.jsonl", chance);
    let auc = |data: &str| {
        let run = bench.run(&[
            "train",
            data,
            "--head",
            "propaganda",
            "-o",
            "m.json",
            "--c",
            "0.1",
            "--learn-wording",
            "l.tsv",
            "--out-of-fold",
            "o.csv",
        ]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{data}");
        let mined = bench.run(&["lexicon", "mine", data]).stdout;
        assert!(bench.read("l.tsv") == mined, "{data}: the lexicon is that of all rows");
        let rows = rows(&bench.read("o.csv"));
        let (labels, scores): (Vec<bool>, Vec<f64>) =
            rows[1..].iter().map(|row| (row[1] == "1", row[5].parse::<f64>().expect("a score"))).unzip();
        metrics::auc(&scores, &labels)
    };
    let (planted, chance) = (auc("planted.jsonl"), auc("chance.jsonl"));
    eprintln!("out of fold: planted {planted:.3}, chance {chance:.3}");
    assert!(planted > 0.95, "{planted}");
    // 200 groups of two texts: a deviation of about .04; what is learned from the others leans against the row that is left out.
    assert!((0.3..0.6).contains(&chance), "what was learned from a row must not judge it: {chance}");
}
