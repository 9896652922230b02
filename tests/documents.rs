//! Snapshots of what is found in whole articles: a change of the engine or a pack shows as changed marks and features, a
//! training as changed scores.
//!
//! `INSTA_UPDATE=always cargo test --test documents` accepts the new state; read the difference before committing it.

use std::fmt::Write;

use tabayyun::Engine;
use tabayyun::features::registry::FEATURES;
use tabayyun::lexicon::Family;
use tabayyun::model::Head;

/// Articles of each language, one of every kind among them.
const ARTICLES: usize = 14;

#[test]
fn marks_of_authored_articles() {
    let engine = Engine::built_in();
    for lang in ["ar", "en"] {
        let path = format!("{}/training-data/authored-{lang}.jsonl", env!("CARGO_MANIFEST_DIR"));
        let lines = std::fs::read_to_string(path).expect("authored articles");
        let articles: Vec<serde_json::Value> = lines.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
        for article in articles.iter().step_by(articles.len() / ARTICLES).take(ARTICLES) {
            let field = |name: &str| article[name].as_str().expect("field");
            let text = format!("{}\n{}", field("title"), field("text"));
            let explained = engine.score(&text);
            let extract = &explained.extract;
            let mut page = format!(
                "{} · {} words, {} passages, {} sentences\n",
                field("kind"),
                extract.words,
                extract.passages.len(),
                extract.sentences.len()
            );
            for (number, sentence) in extract.sentences.iter().enumerate() {
                writeln!(page, "\n{}", text[sentence.bytes.range()].trim()).expect("write");
                let marks = extract.evidence.iter().filter(|e| e.sentence == number as u32);
                for e in marks.filter(|e| e.indicator.family() != Family::LearnedWording) {
                    let negated = if e.negated { ", negated" } else { "" };
                    writeln!(page, "    {} [{}{negated}] {}", e.indicator.id(), e.voice.key(), &text[e.bytes.range()])
                        .expect("write");
                }
            }
            page += "\nfeature: of the document, mean of its passages\n";
            let values = extract.document_row().into_iter().zip(extract.pooled_row());
            for (feature, (document, passages)) in FEATURES.iter().zip(values) {
                if (document, passages) != (0.0, 0.0) {
                    writeln!(page, "    {}: {document:.4}, {passages:.4}", feature.name).expect("write");
                }
            }
            for (head, answer) in Head::ALL.into_iter().zip(explained.heads.iter().flatten()) {
                writeln!(page, "{}: {:.4} [{:.4}, {:.4}]", head.key(), answer.score, answer.interval[0], answer.interval[1])
                    .expect("write");
            }
            insta::assert_snapshot!(field("id"), page);
        }
    }
}
