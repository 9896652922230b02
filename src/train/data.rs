//! Labelled texts: what a model is trained on, from CSV or JSONL.

use std::collections::BTreeMap;
use std::path::Path;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use crate::error::{Error, Result};
use crate::read::{Table, with_title};
use crate::text::{Lang, Scan, Segments, language};

/// Different labels that are counted; more are no classes.
const MOST_LABELS: usize = 12;

/// A labelled text.
#[derive(Clone, Debug)]
pub struct Text {
    /// Its id in the data, or its row number.
    pub id: String,
    /// What is read.
    pub text: String,
    /// Whether it is of the positive class.
    pub label: bool,
    /// Rows of one group are never split; the text itself when the data names none.
    pub group: String,
    /// Outlet, empty where unknown.
    pub source: String,
    /// Its wording is learned, but it is no row of the matrix.
    pub extra: bool,
    /// Language, where the data says it.
    pub lang: Option<Lang>,
    /// Gold spans in code points, when the text has been annotated.
    pub spans: Vec<[u32; 2]>,
}

/// Which columns hold what.
#[derive(Clone, Debug)]
pub struct Columns {
    /// The text.
    pub text: String,
    /// Put before the text as its first line; `title` where a file has one unless named.
    pub title: Option<String>,
    /// The label: the first of these that a file has.
    pub label: Vec<String>,
    /// The label of the positive class.
    pub positive: String,
    /// The group.
    pub group: Option<String>,
}

/// What a file gave.
#[derive(Debug, Default)]
pub struct Loaded {
    /// Usable rows.
    pub texts: Vec<Text>,
    /// One message per refused row.
    pub refused: Vec<String>,
}

#[derive(Deserialize)]
struct Annotated {
    id: String,
    spans: Vec<Annotation>,
}

#[derive(Deserialize)]
struct Annotation {
    start: u32,
    end: u32,
}

/// Loads a table of labelled texts. A file `NAME.spans.jsonl` beside `NAME.csv` adds gold spans.
pub fn load(path: &Path, columns: &Columns) -> Result<Loaded> {
    let name = path.display().to_string();
    let mut table = Table::open(&name, None)?;
    let text_at = table.column(&columns.text)?;
    let label_at = match columns.label.iter().find_map(|c| table.column(c).ok()) {
        Some(at) => at,
        None => table.column(columns.label.first().map_or("label", String::as_str))?,
    };
    let title_at = match &columns.title {
        Some(title) => Some(table.column(title)?),
        None => table.column("title").ok(),
    };
    let group_at = match &columns.group {
        Some(group) => Some(table.column(group)?),
        None => table.column("group").ok(),
    };
    let id_at = table.column("id").ok();
    let source_at = table.column("source").ok();
    let lang_at = table.column("lang").ok();
    let spans = spans_beside(path)?;
    let mut loaded = Loaded::default();
    let mut negative: Option<String> = None;
    let mut labels: BTreeMap<String, usize> = BTreeMap::new();
    while let Some(chunk) = table.next_chunk(1024, 16 << 20)? {
        for row in chunk {
            let mut refuse =
                |reason: String| loaded.refused.push(Error::Row { path: name.clone(), row: row.number, reason }.to_string());
            if let Some(fault) = &row.fault {
                refuse(fault.clone());
                continue;
            }
            let optional = |at: Option<usize>| at.map(|at| row.get(at).trim().to_string()).unwrap_or_default();
            let label = row.get(label_at);
            let label = label.trim();
            if label.is_empty() {
                refuse(format!("no label in column `{}`", table.columns()[label_at]));
                continue;
            }
            if labels.len() < MOST_LABELS || labels.contains_key(label) {
                *labels.entry(label.to_string()).or_default() += 1;
            }
            if label != columns.positive && *negative.get_or_insert_with(|| label.to_string()) != label {
                let other = negative.as_deref().unwrap_or_default();
                refuse(format!("label `{label}` is neither `{}` nor `{other}`", columns.positive));
                continue;
            }
            let text = with_title(Some(&optional(title_at)), row.get(text_at).into_owned());
            if text.trim().is_empty() {
                refuse("empty text".into());
                continue;
            }
            let id = optional(id_at);
            loaded.texts.push(Text {
                label: label == columns.positive,
                group: Some(optional(group_at))
                    .filter(|g| !g.is_empty())
                    .unwrap_or_else(|| crate::digest::hex16([text.as_bytes()])),
                source: optional(source_at),
                extra: false,
                lang: Lang::from_code(&optional(lang_at)),
                spans: spans.get(&id).cloned().unwrap_or_default(),
                id: if id.is_empty() { row.number.to_string() } else { id },
                text,
            });
        }
    }
    if labels.len() > 1 && !labels.contains_key(&columns.positive) {
        let found = labels.iter().map(|(label, rows)| format!("`{label}` ({rows} rows)")).collect::<Vec<_>>().join(", ");
        let reason = format!(
            "no row has the positive label `{}`; column `{}` holds {found}: name one with --positive-label",
            columns.positive,
            table.columns()[label_at]
        );
        return Err(Error::table(name, reason));
    }
    Ok(loaded)
}

/// How many texts are in each language, in the order of [`Lang::ALL`]: as the data says, else by their script.
pub fn languages(texts: &[Text]) -> [usize; Lang::ALL.len()] {
    let mut scan = Scan::default();
    let mut counts = [0; Lang::ALL.len()];
    for text in texts {
        let script = || {
            scan.read(&text.text);
            language::script(&scan.tokens)
        };
        if let Some(lang) = text.lang.or_else(script) {
            counts[lang as usize] += 1;
        }
    }
    counts
}

/// The language of most texts; `None` where there are no letters.
pub fn main_language(texts: &[Text]) -> Option<Lang> {
    let counts = languages(texts);
    Lang::ALL.into_iter().filter(|l| counts[*l as usize] > 0).max_by_key(|l| counts[*l as usize])
}

/// Each passage of each text as a text of its own, with its label and group: what a head that reads passages learns from.
pub fn by_passage(texts: Vec<Text>) -> Vec<Text> {
    let (mut scan, mut segments) = (Scan::default(), Segments::default());
    let mut out = Vec::new();
    for text in texts {
        scan.read(&text.text);
        segments.cut(&scan);
        for (number, passage) in segments.passages.iter().enumerate() {
            let tokens = &scan.tokens[passage.tokens()];
            let (first, last) = (&tokens[0], &tokens[tokens.len() - 1]);
            // Up to the next passage, so that a closing mark stays with its sentence.
            let end = scan.tokens.get(passage.end as usize).map_or(text.text.len(), |next| next.bytes.start as usize);
            let (from, to) = (first.chars.start, last.chars.end);
            let spans = text.spans.iter().filter(|s| s[0] < to && from < s[1]).map(|s| s.map(|at| at.max(from) - from)).collect();
            out.push(Text {
                id: format!("{}/{}", text.id, number + 1),
                text: text.text[first.bytes.start as usize..end].trim_end().to_string(),
                spans,
                ..text.clone()
            });
        }
    }
    out
}

fn spans_beside(path: &Path) -> Result<FxHashMap<String, Vec<[u32; 2]>>> {
    let beside = path.with_extension("spans.jsonl");
    let mut spans = FxHashMap::default();
    if !beside.exists() {
        return Ok(spans);
    }
    let name = beside.display().to_string();
    let text = std::fs::read_to_string(&beside).map_err(Error::io(&beside))?;
    for (number, line) in text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty()) {
        let row = number as u64 + 1;
        let annotated: Annotated =
            serde_json::from_str(line).map_err(|e| Error::Row { path: name.clone(), row, reason: e.to_string() })?;
        spans.insert(annotated.id, annotated.spans.iter().map(|s| [s.start, s.end]).collect());
    }
    Ok(spans)
}
