//! What must hold for any text: sums, spans, invariances.

use std::sync::LazyLock;

use proptest::prelude::*;
use tabayyun::Engine;
use tabayyun::model::{Explained, Head};

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::built_in);

fn articles(lang: &str) -> Vec<String> {
    let path = format!("{}/training-data/authored-{lang}.jsonl", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("authored articles");
    let article = |line: &str| {
        let v: serde_json::Value = serde_json::from_str(line).expect("JSON");
        format!("{}\n{}", v["title"].as_str().expect("title"), v["text"].as_str().expect("text"))
    };
    text.lines().map(article).collect()
}

fn assert_sums(explained: &Explained) {
    let Some(heads) = &explained.heads else { return };
    for head in heads {
        let sum = head.baseline + head.contributions.iter().sum::<f64>();
        assert!((sum - head.log_odds).abs() < 1e-9, "{sum} / {}", head.log_odds);
        assert!((0.0..=1.0).contains(&head.score));
        assert!(head.interval[0] <= head.score && head.score <= head.interval[1]);
        let logit = (head.score / (1.0 - head.score)).ln();
        assert!((logit - head.log_odds).abs() < 1e-6 || head.log_odds.abs() > 20.0);
    }
    let propaganda = &heads[Head::Propaganda as usize];
    let words = f64::from(explained.extract.words);
    let pooled: f64 = explained
        .extract
        .passages
        .iter()
        .zip(&explained.passages)
        .map(|(p, s)| f64::from(p.words) / words * (s / (1.0 - s)).ln())
        .sum();
    assert!((pooled - propaganda.log_odds).abs() < 1e-6, "passages: {pooled} / {}", propaganda.log_odds);
}

fn assert_evidence_parts(explained: &Explained) {
    let Some(heads) = &explained.heads else { return };
    let parts = explained.evidence_contributions(&ENGINE.models);
    for head in Head::ALL {
        // Evidence parts of all features = contributions of the evidence features + what their means take away.
        let answer = &heads[head as usize];
        let lang = explained.extract.lang.expect("ok has a language");
        let scorer = ENGINE.models.of(head, lang);
        let from_values: f64 = tabayyun::features::FEATURES
            .iter()
            .enumerate()
            .filter(|(_, f)| !matches!(f.measure, tabayyun::features::measure::Measure::Shape { .. }))
            .map(|(column, _)| scorer.weight(column) * answer.values[column])
            .sum();
        let from_parts: f64 = parts.iter().map(|p| p[head as usize]).sum();
        assert!((from_values - from_parts).abs() < 1e-9, "{from_values} / {from_parts}");
    }
}

fn assert_spans(text: &str, explained: &Explained) {
    let chars: Vec<char> = text.chars().collect();
    for e in &explained.extract.evidence {
        let by_bytes = &text[e.bytes.range()];
        let by_chars: String = chars[e.chars.start as usize..e.chars.end as usize].iter().collect();
        assert_eq!(by_bytes, by_chars);
        let passage = &explained.extract.passages[e.passage as usize];
        assert!(passage.bytes.start <= e.bytes.start && e.bytes.end <= passage.bytes.end);
    }
}

#[test]
fn sums_parts_and_spans_over_all_authored_articles() {
    for lang in ["ar", "en"] {
        for text in articles(lang) {
            let explained = ENGINE.score(&text);
            assert_eq!(explained.extract.lang.map(|l| l.code()), Some(lang));
            assert_sums(&explained);
            assert_evidence_parts(&explained);
            assert_spans(&text, &explained);
        }
    }
}

#[test]
fn evidence_found_again_in_its_own_words() {
    // A term that was found must be found when its words stand alone, unless it leans on what stood around it.
    let (mut found, mut again) = (0, 0);
    for lang in ["ar", "en"] {
        for text in articles(lang).iter().take(30) {
            let explained = ENGINE.score(text);
            for e in explained.extract.evidence.iter().filter(|e| e.group.is_some()) {
                let options = tabayyun::features::extract::Options { lang: explained.extract.lang, min_words: 1, evidence: true };
                let alone = ENGINE.score_with(&mut Default::default(), &text[e.bytes.range()], options);
                found += 1;
                again += usize::from(alone.extract.evidence.iter().any(|a| a.indicator == e.indicator));
            }
        }
    }
    assert!(found > 500 && again * 100 >= found * 97, "{again} of {found}");
}

fn scores(text: &str) -> [f64; 2] {
    ENGINE.score(text).heads.map(|h| [h[0].score, h[1].score]).expect("scored")
}

type Disguise = (&'static str, fn(&str) -> String);

/// Spellings that a reader hardly sees and that must not change a score.
const DISGUISES: [Disguise; 9] = [
    ("tatweel", |t| t.replace("مص", "مـص").replace("ست", "ســت")),
    ("harakat", |t| t.replace('ر', "رَ").replace('م', "مُ")),
    ("Egyptian ya", |t| t.replace("ي ", "ى ").replace("ي،", "ى،")),
    ("ha for ta marbuta", |t| t.replace("ة ", "ه ")),
    ("Persian letters", |t| t.replace('ك', "ک").replace('ي', "ی")),
    ("bare alef", |t| t.replace(['أ', 'إ'], "ا")),
    ("zero width", |t| t.replace("ال", "ا\u{200d}ل").replace("th", "t\u{200b}h")),
    ("bidi marks", |t| t.replace(' ', " \u{200f}")),
    ("presentation forms", |t| t.replace('ف', "ﻓ").replace("لا", "ﻻ")),
];

#[test]
fn disguised_spelling_changes_no_score() {
    for text in articles("ar").iter().chain(&articles("en")).step_by(7) {
        let plain = scores(text);
        for (name, disguise) in DISGUISES {
            let disguised = scores(&disguise(text));
            for (a, b) in plain.iter().zip(disguised) {
                assert!((a - b).abs() < 1e-12, "{name}: {a} / {b}");
            }
        }
    }
}

#[test]
fn long_articles_are_not_more_propagandistic_than_short_ones() {
    for text in articles("ar").iter().chain(&articles("en")).step_by(9) {
        let once = scores(text)[0];
        let thrice = scores(&format!("{text}\n\n{text}\n\n{text}"))[0];
        assert!((once - thrice).abs() < 0.02, "{once} / {thrice}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_string_is_read_without_panic_and_exactly(text in "(?s).{0,400}") {
        let explained = ENGINE.score(&text);
        assert_sums(&explained);
        assert_spans(&text, &explained);
    }

    #[test]
    fn mixed_prose_is_exact(parts in proptest::collection::vec(prop_oneof![
        Just("أكدت مصادر مطلعة أن الاجتماع السري تم أمس.\n"), Just("«خيانة كبرى» للوطن! "), Just("The minister said on Monday: \"a shameful plot\". "),
        Just("لم يتسن التحقق من ذلك؟ "), Just("in a bid to undermine them,\n\n"), Just("12.5٪ ٣٤ "), Just("'quoted' \u{202e}text\u{202c} "),
    ], 1..40)) {
        let text: String = parts.concat();
        let explained = ENGINE.score(&text);
        assert_sums(&explained);
        if explained.extract.passages.iter().all(|p| Some(p.lang) == explained.extract.lang) {
            assert_evidence_parts(&explained);
        }
        assert_spans(&text, &explained);
    }
}
