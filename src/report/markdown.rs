//! An explanation as Markdown, to be pasted into a wiki or a ticket.

use super::marks::{self, Choice, Mark, Telling};
use super::sentence::Piece;
use super::words::Words;
use super::{NOTICE, facts, safe};
use crate::Engine;
use crate::features::FEATURES;
use crate::model::{Explained, Explanation, Head, aspect};
use crate::read::Document;
use crate::text::Lang;

/// Contributions listed per head, unless everything is.
const STRONGEST: usize = 8;

/// The report.
pub fn report(engine: &Engine, document: &Document, explained: &Explained, explain: bool) -> String {
    let (title, origin) = facts::names(document);
    let mut out = format!("# {}\n\n", inline(title));
    let names = origin.iter().map(|name| inline(name)).chain(Some(facts::size(explained)).filter(|s| !s.is_empty()));
    out.push_str(&names.collect::<Vec<_>>().join("  \n"));
    out.push_str("\n\n");
    match &explained.heads {
        None => out.push_str(&format!("**No score:** {}.\n\n", facts::refusal(explained))),
        Some(heads) => {
            scores(&mut out, engine, explained, heads);
            for head in heads {
                contributions(&mut out, head, if explain { usize::MAX } else { STRONGEST });
            }
            sentences(&mut out, engine, document, explained, explain);
            counts(&mut out, explained);
        }
    }
    footer(&mut out, engine, document, explained);
    out
}

fn scores(out: &mut String, engine: &Engine, explained: &Explained, heads: &[Explanation; 2]) {
    let Some(lang) = explained.extract.lang else { return };
    out.push_str("| | band | score | 95 % interval |\n|---|---|---:|---:|\n");
    for head in heads {
        let (name, band) = (facts::head(head.head), head.band.key());
        let (score, interval) = (facts::percent(head.score), facts::interval(head.interval));
        out.push_str(&format!("| **{name}** | **{band}** | {score} | {interval} |\n"));
    }
    out.push('\n');
    for head in heads {
        let model = &engine.models.of(head.head, lang).model;
        let caution = facts::open_band(model, head.interval).map(|c| format!(" {c}")).unwrap_or_default();
        let meaning = escape(&facts::band_meaning(model, head.band, Words::ENGLISH));
        out.push_str(&format!("- {}, {}: {meaning}{caution}\n", facts::head(head.head), head.band.key()));
    }
    out.push_str("\n| credibility by what is asked | alone | |\n|---|---:|---|\n");
    for part in aspect::parts(&heads[Head::Credibility as usize]) {
        let (name, score) = (part.aspect.key(), facts::percent(part.score));
        out.push_str(&format!("| {name} | {score} | {} |\n", part.aspect.question()));
    }
    out.push_str("\n50 % is the average training article.\n\n");
}

fn contributions(out: &mut String, head: &Explanation, most: usize) {
    let (columns, others, rest) = facts::strongest(head, most);
    out.push_str(&format!("## What moves the {} score\n\n", head.head.key()));
    if head.head == Head::Propaganda {
        out.push_str("In log-odds, compared with the average training text; + raises the score, − lowers it.\n\n");
    }
    out.push_str("| adds | what | feature | value |\n|---:|---|---|---|\n");
    for column in columns {
        let (feature, part) = (FEATURES[column], facts::signed(head.contributions[column]));
        let value = facts::value(column, head.values[column], Words::ENGLISH);
        out.push_str(&format!("| {part} | {} | `{}` | {value} |\n", feature.meaning, feature.name));
    }
    if others > 0 {
        out.push_str(&format!("| {} | {others} further features | | |\n", facts::signed(rest)));
    }
    let (baseline, sum) = (facts::signed(head.baseline), facts::signed(head.log_odds));
    out.push_str(&format!("| {baseline} | the average training text, from which these are counted | | |\n"));
    out.push_str(&format!("| **{sum}** | **sum, which is {}** | | |\n\n", facts::percent(head.score)));
}

fn sentences(out: &mut String, engine: &Engine, document: &Document, explained: &Explained, all: bool) {
    let told = marks::telling(engine, &document.text, explained, if all { Choice::ALL } else { Choice::GLANCE });
    if told.is_empty() {
        return;
    }
    out.push_str(if all { "## The sentences with evidence\n\n" } else { "## The sentences that tell most\n\n" });
    out.push_str("The words in bold are the evidence; what they add is told before the usual number of signs is taken off; ¬ marks what stands after a negation.\n\n");
    for sentence in &told {
        let (number, count) = (sentence.number, explained.extract.sentences.len());
        out.push_str(&format!("### Sentence {number} of {count}: {}\n\n", parts(sentence.parts)));
        let text = quotation(sentence);
        match sentence.lang {
            Lang::Ar => out.push_str(&format!("<div dir=\"rtl\">\n\n> {text}\n\n</div>\n\n")),
            Lang::En => out.push_str(&format!("> {text}\n\n")),
        }
        sentence.marks.iter().for_each(|mark| reasons(out, mark));
        if sentence.weaker > 0 {
            out.push_str(&format!("- and {} weaker\n", sentence.weaker));
        }
        out.push('\n');
    }
}

/// A sentence with its evidence in bold, as one line.
fn quotation(sentence: &Telling) -> String {
    let piece = |piece: &Piece| match piece {
        Piece::Plain(text) => escape(text),
        Piece::Gap => "… ".to_string(),
        Piece::Mark(at) => {
            let mark = &sentence.marks[*at];
            let negated = if mark.negated() { "¬" } else { "" };
            format!("{}{}{negated}", bold(mark.text), mark.number.map(facts::raised).unwrap_or_default())
        }
    };
    line_start(sentence.pieces.iter().map(piece).collect())
}

/// Why words are marked, one item for each evidence.
fn reasons(out: &mut String, mark: &Mark) {
    for reason in &mark.reasons {
        let number = mark.number.map_or("“”".to_string(), facts::raised);
        let circumstances = facts::circumstances(mark, reason);
        let why = escape(reason.why.unwrap_or(reason.meaning));
        let words = inline(mark.text);
        let family = reason.indicator.family().title();
        out.push_str(&format!("- {number} {words} · **{family}** (`{}`{circumstances}): ", reason.indicator.id()));
        out.push_str(&format!("{} ({})\n", why.trim_end_matches('.'), parts(reason.parts)));
    }
}

fn counts(out: &mut String, explained: &Explained) {
    out.push_str("## Evidence by family\n\n| family | author | quoted | after a negation |\n|---|---:|---:|---:|\n");
    for (family, counts) in facts::counts(explained) {
        let [author, quoted, negated] = counts.map(facts::thousands);
        out.push_str(&format!("| {} | {author} | {quoted} | {negated} |\n", family.title()));
    }
    out.push('\n');
    if let Some(line) = facts::techniques_line(explained) {
        out.push_str(&format!("Persuasion techniques that evidence speaks for: {line}\n\n"));
    }
}

fn footer(out: &mut String, engine: &Engine, document: &Document, explained: &Explained) {
    let warnings = facts::warnings(document, explained);
    if !warnings.is_empty() {
        out.push_str("## Warnings\n\n");
        warnings.iter().for_each(|warning| out.push_str(&format!("- {}\n", escape(warning))));
        out.push('\n');
    }
    if explained.heads.is_some() {
        out.push_str("## Models\n\n");
        facts::models(engine, explained).iter().for_each(|model| out.push_str(&format!("- {}\n", escape(model))));
        out.push('\n');
    }
    out.push_str(&format!("*{NOTICE}*\n\n"));
}

fn parts([propaganda, credibility]: [f64; 2]) -> String {
    format!("propaganda {}, credibility {}", facts::signed(propaganda).trim(), facts::signed(credibility).trim())
}

/// `text` in bold. Stars open and close only beside letters, so words that begin or end otherwise take the tag.
fn bold(text: &str) -> String {
    let edge = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let escaped = escape(text);
    match edge(text.chars().next()) && edge(text.chars().next_back()) {
        true => format!("**{escaped}**"),
        false => format!("<strong>{escaped}</strong>"),
    }
}

/// Text of others within a line of ours.
fn inline(text: &str) -> String {
    line_start(markup(&safe::inline(text)).trim().to_string())
}

/// Text of others as nothing but text: no markup, no HTML, no link of its own making, no line break.
fn escape(text: &str) -> String {
    markup(&safe::clean(text))
}

fn markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // Bare addresses become links in some dialects.
            ':' if text[at..].starts_with("://") => out.push_str("\\:"),
            '.' if text[..at].to_ascii_lowercase().ends_with("www") => out.push_str("\\."),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '~' | '$' | '#' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    out
}

/// Takes from the beginning of a line what would make it a list item or a rule.
fn line_start(line: String) -> String {
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    match line[digits..].chars().next() {
        Some('-' | '+' | '=') if digits == 0 => format!("\\{line}"),
        Some('.' | ')') if digits > 0 => format!("{}\\{}", &line[..digits], &line[digits..]),
        _ => line,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_of_the_source_is_only_text() {
        assert_eq!(
            escape("a *b* _c_ [d](e) `f` <img src=x> & \\ | ~ # https://x.org www.x.org"),
            "a \\*b\\* \\_c\\_ \\[d\\](e) \\`f\\` &lt;img src=x&gt; &amp; \\\\ \\| \\~ \\# https\\://x.org www\\.x.org"
        );
        assert_eq!(escape("a\nb\u{202E}c\u{1B}"), "a b\u{FFFD}c␛");
        for (line, expected) in [("- a", "\\- a"), ("12. a", "12\\. a"), ("3) a", "3\\) a"), ("12 a", "12 a"), ("", "")] {
            assert_eq!(line_start(line.into()), expected);
        }
        assert_eq!((bold("a b").as_str(), bold("a\"").as_str()), ("**a b**", "<strong>a\"</strong>"));
    }

    fn of(text: &str, explain: bool) -> String {
        let engine = Engine::built_in();
        let document = crate::read::Document { id: "<b>*id*".into(), ..super::super::tests::document(text) };
        report(&engine, &document, &engine.score(text), explain)
    }

    #[test]
    fn a_hostile_text_brings_no_markup() {
        let text =
            "Informed sources <script>revealed</script> a [secret](http://x.org) meeting **in a bid to undermine** the reform.";
        let page = of(text, true);
        assert!(!page.contains("<script") && !page.contains("<b>") && !page.contains("[secret]("), "{page}");
        assert!(page.contains("> **Informed sources") && page.contains("&lt;script&gt;"), "{page}");
    }

    #[test]
    fn arabic_sentences_run_right_to_left() {
        let page = of(include_str!("../../samples/ar-insinuation.txt"), false);
        assert!(page.matches("<div dir=\"rtl\">").count() >= 3);
        assert_eq!(page.matches("<div").count(), page.matches("</div>").count());
        let isolates = |c| page.matches(c).count();
        assert_eq!(isolates(safe::RIGHT_TO_LEFT), isolates(safe::POP));
    }

    #[test]
    fn without_a_score_it_says_why() {
        let page = of("Too short.", false);
        assert!(page.contains("**No score:** the text is too short") && page.contains(NOTICE) && !page.contains("NaN"));
    }
}
