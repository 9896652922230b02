//! Marks as a SARIF 2.1.0 log (OASIS standard, 2020), which editors and code review show beside the text.
//!
//! A mark that speaks for propaganda or against credibility is a `note`; one that speaks for the text is informational. Both scores
//! of a text stand beside its marks as results of their own.

use serde_json::{Value, json};

use super::marks::{self, Choice, Mark, Reason};
use super::{facts, safe};
use crate::Engine;
use crate::lexicon::Technique;
use crate::lexicon::indicator::INDICATORS;
use crate::model::{Explained, Explanation, Head};
use crate::read::{Document, Kind};

/// The log of all texts, one JSON object and a line end.
pub fn log(engine: &Engine, texts: &[(Document, Explained)]) -> String {
    let results: Vec<Value> = texts.iter().flat_map(|(document, explained)| results(engine, document, explained)).collect();
    let notifications: Vec<Value> = texts.iter().flat_map(|(document, explained)| notifications(document, explained)).collect();
    let artifacts: Vec<Value> = texts.iter().map(|(document, _)| json!({"location": location(document)})).collect();
    let log = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "tabayyun",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "informationUri": env!("CARGO_PKG_REPOSITORY"),
                "shortDescription": {"text": super::NOTICE},
                "rules": rules(),
            }},
            "invocations": [{"executionSuccessful": true, "toolExecutionNotifications": notifications}],
            "artifacts": artifacts,
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    log.to_string() + "\n"
}

/// One rule per head, then one per indicator in the registry's order.
fn rules() -> Vec<Value> {
    let heads = Head::ALL.into_iter().map(|head| {
        json!({
            "id": score_rule(head),
            "shortDescription": {"text": facts::head(head)},
            "fullDescription": {"text": super::NOTICE},
        })
    });
    let indicators = INDICATORS.iter().map(|indicator| {
        json!({
            "id": indicator.id,
            "shortDescription": {"text": indicator.meaning},
            "properties": {"family": indicator.family.key(), "technique": indicator.technique.map(Technique::key)},
        })
    });
    heads.chain(indicators).collect()
}

fn score_rule(head: Head) -> String {
    format!("score.{}", head.key())
}

/// Both scores of a text, then its marks in reading order.
fn results(engine: &Engine, document: &Document, explained: &Explained) -> Vec<Value> {
    let Some(heads) = &explained.heads else { return Vec::new() };
    let (marks, _) = marks::of_text(engine, &document.text, explained, Choice::PAGE);
    let mut places = Places::of(&document.text);
    let scores = heads.iter().map(|head| score(document, head));
    scores.chain(marks.iter().map(|m| mark(document, m, &mut places))).collect()
}

fn score(document: &Document, explanation: &Explanation) -> Value {
    let (percent, interval) = (facts::percent(explanation.score), facts::interval(explanation.interval));
    let (name, band) = (facts::head(explanation.head), explanation.band.key());
    json!({
        "ruleId": score_rule(explanation.head),
        "ruleIndex": explanation.head as usize,
        "kind": "informational",
        "level": "none",
        "message": {"text": format!("{name}: {percent} ({interval}), {band}")},
        "locations": [{"physicalLocation": {"artifactLocation": location(document)}}],
        "properties": {"score": explanation.score, "interval": explanation.interval, "band": band},
    })
}

fn mark(document: &Document, mark: &Mark, places: &mut Places) -> Value {
    let [propaganda, credibility] = mark.reasons.iter().fold([0.0; 2], |sum, r| [sum[0] + r.parts[0], sum[1] + r.parts[1]]);
    let speaks_against = propaganda > credibility;
    let mut place = json!({"artifactLocation": location(document)});
    if document.kind == Kind::Plain {
        place["region"] = places.region(&mark.bytes);
        place["region"]["snippet"] = json!({"text": mark.text});
    }
    json!({
        "ruleId": mark.reasons[0].indicator.id(),
        "ruleIndex": Head::ALL.len() + usize::from(mark.reasons[0].indicator.0),
        "kind": if speaks_against { "fail" } else { "informational" },
        "level": if speaks_against { "note" } else { "none" },
        "message": {"text": message(mark)},
        "locations": [{"physicalLocation": place}],
        "properties": {"propaganda": propaganda, "credibility": credibility},
    })
}

/// The words and every reason they are marked for.
fn message(mark: &Mark) -> String {
    let reasons: Vec<String> = mark.reasons.iter().map(|reason| told(mark, reason)).collect();
    format!("“{}”: {}", safe::inline(mark.text), reasons.join("; "))
}

fn told(mark: &Mark, reason: &Reason) -> String {
    let why = reason.why.map(|why| format!(". {why}")).unwrap_or_default();
    let [propaganda, credibility] = reason.parts.map(|part| facts::signed(part).trim().to_owned());
    let said = facts::circumstances(mark, reason);
    format!("{}{said} (propaganda {propaganda}, credibility {credibility}){why}", reason.meaning)
}

/// Why a text has no score, and what else its reader should know.
fn notifications(document: &Document, explained: &Explained) -> Vec<Value> {
    let refusal = Some(facts::refusal(explained)).filter(|refusal| !refusal.is_empty());
    let (refused, said) = (refusal.into_iter().map(|text| ("warning", text)), facts::warnings(document, explained));
    let page = (document.kind == Kind::Html && explained.heads.is_some())
        .then(|| "the marks are in the main text of the page; their lines in its source are not known".to_owned());
    let notes = said.into_iter().chain(page).map(|text| ("note", text));
    let locations = json!([{"physicalLocation": {"artifactLocation": location(document)}}]);
    refused.chain(notes).map(|(level, text)| json!({"level": level, "message": {"text": text}, "locations": locations})).collect()
}

/// The path of a document as a URI reference.
fn location(document: &Document) -> Value {
    json!({"uri": uri(&document.id)})
}

/// A path with every byte escaped that RFC 3986 does not let stand in the path of a reference. A colon is escaped as well: in the
/// first segment it would read as a scheme.
fn uri(path: &str) -> String {
    let mut out = String::new();
    for &byte in path.as_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            b'\\' if cfg!(windows) => out.push('/'),
            _ => out += &format!("%{byte:02X}"),
        }
    }
    out
}

/// Turns places in bytes into lines and columns, both from 1; columns count code points. Places must be asked for in reading order.
struct Places<'a> {
    text: &'a str,
    byte: usize,
    line: usize,
    column: usize,
}

impl<'a> Places<'a> {
    fn of(text: &'a str) -> Places<'a> {
        Places { text, byte: 0, line: 1, column: 1 }
    }

    fn region(&mut self, bytes: &std::ops::Range<usize>) -> Value {
        let (start_line, start_column) = self.advance(bytes.start);
        let (end_line, end_column) = Places { ..*self }.advance(bytes.end);
        json!({"startLine": start_line, "startColumn": start_column, "endLine": end_line, "endColumn": end_column})
    }

    fn advance(&mut self, to: usize) -> (usize, usize) {
        for c in self.text[self.byte..to].chars() {
            (self.line, self.column) = if c == '\n' { (self.line + 1, 1) } else { (self.line, self.column + 1) };
        }
        self.byte = to;
        (self.line, self.column)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::document;

    fn first_run(texts: Vec<Document>) -> Value {
        let engine = Engine::built_in();
        let texts: Vec<_> = texts.into_iter().map(|d| (engine.score(&d.text), d)).map(|(e, d)| (d, e)).collect();
        serde_json::from_str::<Value>(&log(&engine, &texts)).unwrap()["runs"][0].take()
    }

    #[test]
    fn regions_hold_the_words_of_their_marks() {
        for text in [include_str!("../../samples/ar-insinuation.txt"), include_str!("../../samples/en-insinuation.txt")] {
            let text = &format!("😀 {}", text.replace('\n', "\r\n"));
            let run = first_run(vec![document(text)]);
            let lines: Vec<Vec<char>> = text.lines().map(|line| line.chars().collect()).collect();
            let mut regions = 0;
            for result in run["results"].as_array().unwrap() {
                let rule = &run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize];
                assert_eq!(rule["id"], result["ruleId"]);
                let Some(region) = result["locations"][0]["physicalLocation"].get("region") else { continue };
                let at = |key: &str| region[key].as_u64().unwrap() as usize - 1;
                assert_eq!(at("startLine"), at("endLine"));
                let words: String = lines[at("startLine")][at("startColumn")..at("endColumn")].iter().collect();
                assert_eq!(words, region["snippet"]["text"]);
                regions += 1;
            }
            assert!(regions > 20, "{regions}");
        }
    }

    #[test]
    fn pages_have_marks_without_lines_and_short_texts_a_warning() {
        let page = Document { kind: Kind::Html, ..document(include_str!("../../samples/en-insinuation.txt")) };
        let run = first_run(vec![page, document("Too short.")]);
        let results = run["results"].as_array().unwrap();
        assert!(results.len() > 5 && results.iter().all(|r| r["locations"][0]["physicalLocation"].get("region").is_none()));
        let told = run["invocations"][0]["toolExecutionNotifications"].to_string();
        assert!(told.contains("main text of the page") && told.contains("too short"), "{told}");
    }

    #[test]
    fn paths_become_uris() {
        let cases = [("a b.txt", "a%20b.txt"), ("خبر.txt", "%D8%AE%D8%A8%D8%B1.txt"), ("/d/%:#?.txt", "/d/%25%3A%23%3F.txt")];
        for (path, expected) in cases {
            assert_eq!(uri(path), expected);
        }
    }
}
