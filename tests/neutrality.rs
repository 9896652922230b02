//! No entity carries weight: exchanged names change no score, and mirrored sentences about opposite sides get the same one.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use tabayyun::Engine;

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::built_in);

fn data(name: &str) -> String {
    std::fs::read_to_string(format!("{}/{name}", env!("CARGO_MANIFEST_DIR"))).expect(name)
}

fn scores(text: &str) -> [f64; 2] {
    let options = tabayyun::features::extract::Options { min_words: 1, ..Default::default() };
    let explained = ENGINE.score_with(&mut Default::default(), text, options);
    explained.heads.map(|h| [h[0].score, h[1].score]).unwrap_or_else(|| panic!("no score: {text}"))
}

fn distance(a: [f64; 2], b: [f64; 2]) -> f64 {
    (a[0] - b[0]).abs().max((a[1] - b[1]).abs())
}

/// Pairs of names that can stand for each other, by language.
fn names(file: &str) -> BTreeMap<String, Vec<[String; 2]>> {
    let mut out: BTreeMap<String, Vec<[String; 2]>> = BTreeMap::new();
    for line in data(file).lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [lang, _, one, other] = fields[..] else { panic!("{line}") };
        out.entry(lang.into()).or_default().push([one.into(), other.into()]);
    }
    out
}

/// Authored passages of a language, one of each story.
fn passages(lang: &str) -> Vec<String> {
    let mut last = String::new();
    let lines = data(&format!("training-data/passages-{lang}.jsonl"));
    let read = |line: &str| serde_json::from_str::<serde_json::Value>(line).expect("JSON");
    let mut kept = Vec::new();
    for passage in lines.lines().map(read) {
        if passage["group"].as_str() != Some(last.as_str()) {
            last = passage["group"].as_str().expect("group").into();
            kept.push(passage["text"].as_str().expect("text").to_string());
        }
    }
    kept
}

/// The carriers put a name where news puts it: before a verb, after one, in an aside; in plain and in loaded sentences.
fn carriers(lang: &str) -> [&'static str; 3] {
    match lang {
        "ar" => [
            "وقال متحدث في بيان يوم الاثنين إن @ لم ترد بعد على الطلب.",
            "إنها مؤامرة دنيئة تستهدف @ وتكشف حقدا أعمى لا مثيل له.",
            "وبحسب مصادر مطلعة، فإن @ تسعى سرا إلى إفشال الاتفاق.",
        ],
        _ => [
            "A spokesman said on Monday that @ had not yet replied to the request.",
            "It is a vile conspiracy against @ by shameless traitors who hate us all.",
            "According to informed sources, @ secretly wants to wreck the deal.",
        ],
    }
}

/// For each pair of names: how far the scores of a text with one and with the other are apart.
fn exchanged(file: &str) -> Vec<(String, f64)> {
    let mut out = Vec::new();
    for (lang, pairs) in names(file) {
        let passages = passages(&lang);
        for (at, [one, other]) in pairs.iter().enumerate() {
            let carrier = carriers(&lang)[at % 3];
            let text = format!("{}\n{carrier}", passages[at % passages.len()]);
            if !text.contains(one.as_str()) && !text.contains(other.as_str()) {
                let change = distance(scores(&text.replace('@', one)), scores(&text.replace('@', other)));
                out.push((format!("{one} / {other}: {change:.6}"), change));
            }
        }
    }
    out
}

#[test]
fn exchanged_names_change_no_score() {
    let texts = exchanged("tests/data/names.tsv");
    let moved: Vec<&str> = texts.iter().filter(|(_, change)| *change > 0.0).map(|(what, _)| what.as_str()).collect();
    assert!(texts.len() >= 290, "{} texts", texts.len());
    assert!(moved.is_empty(), "{} of {} texts moved:\n{}", moved.len(), texts.len(), moved.join("\n"));
}

#[test]
fn names_made_of_ordinary_words_are_read_as_these_words() {
    // The list of what exchanging cannot keep exact: names of one word against names of two, and names that are words too
    // (gallant, the word "delegation" in a party's name). None may move a score far.
    let texts = exchanged("tests/data/names-as-words.tsv");
    let far: Vec<&str> = texts.iter().filter(|(_, change)| *change > 0.15).map(|(what, _)| what.as_str()).collect();
    assert!(!texts.is_empty() && far.is_empty(), "{}", far.join("\n"));
}

#[test]
fn names_exchanged_inside_authored_texts_change_no_score() {
    let (mut exchanged, mut moved) = (0, Vec::new());
    for (lang, pairs) in names("tests/data/names.tsv") {
        let articles = data(&format!("training-data/authored-{lang}.jsonl"));
        let article =
            |line: &str| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["text"].as_str().map(String::from);
        for text in passages(&lang).into_iter().chain(articles.lines().filter_map(article)) {
            for [one, other] in &pairs {
                // Whole words only, and a partner that the text does not hold yet: otherwise two different words become one.
                let padded = format!(" {text} ");
                if !padded.contains(&format!(" {one} ")) || text.contains(other.as_str()) {
                    continue;
                }
                exchanged += 1;
                let change = distance(scores(&padded), scores(&padded.replace(&format!(" {one} "), &format!(" {other} "))));
                if change > 0.0 {
                    moved.push(format!("{one} / {other}: {change:.6} in {}", text.chars().take(60).collect::<String>()));
                }
            }
        }
    }
    assert!(exchanged >= 100, "{exchanged} exchanges");
    assert!(moved.is_empty(), "{} of {exchanged} exchanges moved:\n{}", moved.len(), moved.join("\n"));
}

#[test]
fn mirrored_sentences_get_the_same_score() {
    // What names a side is sometimes a word that also stands beside others ("riot squads"); so few pairs may differ a little more.
    const TOLERANCE: f64 = 0.02;
    const FURTHEST: f64 = 0.05;
    let (mut pairs, mut apart, mut furthest) = (0, Vec::new(), 0.0f64);
    for line in data("tests/data/mirrored.tsv").lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let [_, one, other] = fields[..] else { panic!("{line}") };
        pairs += 1;
        let change = distance(scores(one), scores(other));
        furthest = furthest.max(change);
        if change > TOLERANCE {
            apart.push(format!("{change:.3}  {one}\n       {other}"));
        }
    }
    assert!(pairs >= 150, "{pairs} pairs");
    let few = apart.len() * 50 <= pairs;
    assert!(
        few && furthest <= FURTHEST,
        "{} of {pairs} pairs are more than {TOLERANCE} apart:\n{}",
        apart.len(),
        apart.join("\n")
    );
}
