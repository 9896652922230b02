//! An explanation as Markdown: the same facts as on the terminal, to paste into a page or a message.

use std::fmt::Write;

use super::marks::{self, Sentence};
use super::{NOTICE, style};
use crate::Engine;
use crate::features::FEATURES;
use crate::model::{Explained, Explanation};
use crate::read::Document;
use crate::text::Lang;

/// Contributions shown per head unless all are wanted.
const CONTRIBUTIONS: usize = 10;
/// Sentences shown unless all are wanted.
const SENTENCES: usize = 6;

/// The report; with `explain`, every contribution and every sentence with evidence.
pub fn report(engine: &Engine, document: &Document, explained: &Explained, explain: bool) -> String {
    let extract = &explained.extract;
    let title = document.title.as_deref().unwrap_or(&document.id);
    let lang = extract.lang.map_or("unknown", Lang::code);
    let mut out =
        format!("# {}\n\nLanguage: {lang}. Words: {}. Status: {}.\n", escaped(title), extract.words, extract.status.key());
    if let Some(heads) = &explained.heads {
        out += "\n| head | score | 95 % interval | band |\n|---|---|---|---|\n";
        for head in heads {
            let [low, high] = head.interval;
            let _ = writeln!(out, "| {} | {:.3} | {low:.3}–{high:.3} | {} |", head.head.key(), head.score, head.band.key());
        }
        heads.iter().for_each(|head| contributions(&mut out, head, explain));
        let telling = marks::telling_sentences(engine, &document.text, explained, if explain { usize::MAX } else { SENTENCES });
        if !telling.is_empty() {
            out += "\n## Most telling sentences\n";
        }
        telling.iter().for_each(|s| sentence(&mut out, s, extract.lang));
    }
    let notes: Vec<&String> = document.notes.iter().chain(&explained.warnings).collect();
    if !notes.is_empty() {
        out += "\n## Notes\n\n";
        notes.iter().for_each(|note| out += &format!("- {}\n", escaped(note)));
    }
    out + &format!("\n*{NOTICE}*\n")
}

fn contributions(out: &mut String, head: &Explanation, explain: bool) {
    let mut order: Vec<usize> = (0..FEATURES.len()).filter(|&c| head.contributions[c] != 0.0).collect();
    order.sort_by(|&a, &b| head.contributions[b].abs().total_cmp(&head.contributions[a].abs()));
    let shown = if explain { order.len() } else { CONTRIBUTIONS.min(order.len()) };
    let _ = write!(
        out,
        "\n## {}: from {:+.3} (average text) to {:+.3} log-odds\n\n| feature | value | contribution | meaning |\n|---|---|---|---|\n",
        head.head.key(),
        head.baseline,
        head.log_odds
    );
    for &column in &order[..shown] {
        let (feature, value) = (FEATURES[column], head.contributions[column]);
        let _ = writeln!(
            out,
            "| `{}` | {:.2} {} | {value:+.3} | {} |",
            feature.name,
            head.values[column],
            feature.unit(),
            feature.meaning
        );
    }
    if shown < order.len() {
        let rest: f64 = order[shown..].iter().map(|&c| head.contributions[c]).sum();
        let _ = writeln!(out, "| {} more | | {rest:+.3} | |", order.len() - shown);
    }
}

fn sentence(out: &mut String, sentence: &Sentence, lang: Option<Lang>) {
    let words: Vec<String> = sentence
        .pieces()
        .into_iter()
        .map(|piece| match piece.family {
            Some(_) => format!("**{}**", escaped(&piece.text)),
            None => escaped(&piece.text),
        })
        .collect();
    let body = words.join(" ");
    match lang {
        Some(Lang::Ar) => *out += &format!("\n<div dir=\"rtl\">\n\n> {body}\n\n</div>\n\n"),
        _ => *out += &format!("\n> {body}\n\n"),
    }
    for mark in &sentence.marks {
        let [p, c] = mark.contribution;
        let voice = if mark.quoted { ", quoted" } else { "" };
        let negated = if mark.negated { ", negated" } else { "" };
        let why = mark.why.map(|w| format!(" {}", escaped(w))).unwrap_or_default();
        let text = escaped(&style::clean(mark.text));
        let _ = writeln!(out, "- {text}: `{}`{voice}{negated}; propaganda {p:+.3}, credibility {c:+.3}.{why}", mark.indicator);
    }
}

/// Text that stays text in Markdown and in the HTML that is made of it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in style::clean(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '{' | '}' | '[' | ']' | '(' | ')' | '#' | '+' | '!' | '|' | '~' => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::escaped;

    #[test]
    fn source_text_cannot_become_markup() {
        assert_eq!(escaped("<script>*x*</script> [a](b) |"), "&lt;script&gt;\\*x\\*&lt;/script&gt; \\[a\\]\\(b\\) \\|");
    }
}
