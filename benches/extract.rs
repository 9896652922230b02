//! Bytes per second from text to both scores, per language, beside counting words. Answers are checked before they are timed.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tabayyun::Engine;
use tabayyun::features::extract::Options;
use tabayyun::features::{Extractor, Status};
use tabayyun::text::{Lang, Scan, Segments};

/// The authored articles of a language as one vector of texts.
fn articles(lang: Lang) -> Vec<String> {
    let path = format!("{}/training-data/authored-{}.jsonl", env!("CARGO_MANIFEST_DIR"), lang.code());
    let lines = std::fs::read_to_string(path).expect("authored articles");
    lines
        .lines()
        .map(|l| serde_json::from_str::<serde_json::Value>(l).expect("JSON")["text"].as_str().expect("text").to_string())
        .collect()
}

fn extract(c: &mut Criterion) {
    let engine = Engine::built_in();
    for lang in Lang::ALL {
        let texts = articles(lang);
        let bytes = texts.iter().map(String::len).sum::<usize>() as u64;
        let options = Options { lang: Some(lang), ..Options::default() };
        let mut extractor = Extractor::default();
        let mut all = || -> (usize, usize) {
            let explained = texts.iter().map(|t| engine.score_with(&mut extractor, t, options));
            explained.fold((0, 0), |(ok, evidence), e| {
                (ok + usize::from(e.extract.status == Status::Ok), evidence + e.extract.evidence.len())
            })
        };
        let expected = all();
        assert_eq!(expected.0, texts.len(), "every article is scored");
        assert!(expected.1 > 10 * texts.len(), "evidence is found: {}", expected.1);
        assert_eq!(all(), expected, "the second pass finds the same");
        let mut group = c.benchmark_group(lang.code());
        group.throughput(Throughput::Bytes(bytes));
        group.bench_function("text to scores", |b| b.iter(|| assert_eq!(all(), expected)));
        let (mut scan, mut segments) = (Scan::default(), Segments::default());
        group.bench_function("fold, tokens, sentences, passages", |b| {
            b.iter(|| {
                for text in &texts {
                    scan.read(text);
                    segments.cut(&scan);
                    black_box(segments.passages.len());
                }
            })
        });
        group.bench_function("split_whitespace().count(), for comparison", |b| {
            b.iter(|| black_box(texts.iter().map(|t| t.split_whitespace().count()).sum::<usize>()))
        });
        group.finish();
    }
}

criterion_group!(benches, extract);
criterion_main!(benches);
