//! Rows of JSONL: one object a line, its values kept as they are written.

use std::collections::{HashMap, VecDeque};
use std::io::{self, BufRead};
use std::ops::Range;

use serde::de::IgnoredAny;

use super::row::{Row, json_text};
use super::stream::{MAX_ROW_BYTES, Stream};

/// Columns are gathered from this many rows at the start, or this many bytes of them.
const FIRST_ROWS: usize = 256;
const FIRST_BYTES: usize = 1 << 20;
/// Of a line that is too long, this many bytes are kept, to know it by.
const KEPT: usize = 1024;

/// Splits a stream into lines, and lines into values.
pub(crate) struct JsonRows {
    stream: Stream,
    /// Column of each key.
    index: HashMap<String, usize>,
    /// Lines that were read to find the columns.
    first: VecDeque<Line>,
}

struct Line {
    bytes: Vec<u8>,
    too_long: bool,
}

/// Where the parts of an object stand in its line.
struct Entry {
    /// With its quotes.
    key: Range<u32>,
    value: Range<u32>,
}

impl JsonRows {
    pub fn new(stream: Stream) -> JsonRows {
        JsonRows { stream, index: HashMap::new(), first: VecDeque::new() }
    }

    /// The keys of the first rows, in the order in which they appear, or what is wrong with the file.
    pub fn columns(&mut self) -> io::Result<Result<Vec<String>, String>> {
        let (mut columns, mut bytes, mut problem) = (Vec::new(), 0, None);
        while self.first.len() < FIRST_ROWS && bytes < FIRST_BYTES {
            let Some(line) = self.line()? else { break };
            bytes += line.bytes.len();
            match entries_of(&line) {
                Ok((text, entries)) => {
                    for entry in &entries {
                        let key = json_text(slice(&text, &entry.key)).into_owned();
                        if let std::collections::hash_map::Entry::Vacant(free) = self.index.entry(key) {
                            columns.push(free.key().clone());
                            free.insert(columns.len() - 1);
                        }
                    }
                }
                Err(reason) => problem = problem.or(Some(reason)),
            }
            self.first.push_back(line);
        }
        Ok(match problem {
            _ if !columns.is_empty() => Ok(columns),
            Some(_) if self.first[0].bytes.starts_with(b"[") => {
                Err("is a JSON array: give one object a line (jq -c '.[]' FILE > FILE.jsonl)".into())
            }
            Some(reason) => Err(format!("holds no JSON object in its first {} lines: line 1 {reason}", self.first.len())),
            None => Err("holds no keys".into()),
        })
    }

    /// The next row, to stand under `columns`; its number is left to the caller.
    pub fn next(&mut self, columns: &[String]) -> io::Result<Option<Row>> {
        let line = match self.first.pop_front() {
            Some(line) => line,
            None => match self.line()? {
                Some(line) => line,
                None => return Ok(None),
            },
        };
        let mut row = Row { json: true, cells: vec![None; columns.len()], ..Row::default() };
        let (text, entries) = match entries_of(&line) {
            Ok(found) => found,
            Err(reason) => {
                row.blame(reason);
                return Ok(Some(keep_whole(row, &line.bytes)));
            }
        };
        for (at, entry) in entries.into_iter().enumerate() {
            let key = json_text(slice(&text, &entry.key));
            // Rows mostly have their keys in the order of the columns.
            let column =
                if columns.get(at).is_some_and(|c| *c == key) { Some(at) } else { self.index.get(key.as_ref()).copied() };
            match column {
                Some(column) if row.cells[column].is_none() => row.cells[column] = Some(entry.value),
                Some(_) => {
                    let reason = format!("has the key `{key}` more than once");
                    row.blame(reason);
                    return Ok(Some(keep_whole(Row { cells: vec![None; columns.len()], ..row }, text.as_bytes())));
                }
                None => row.extra.push((entry.key, entry.value)),
            }
        }
        if self.stream.is_transcoded() && text.contains('\u{FFFD}') {
            row.blame(format!("holds characters that could not be decoded as {}", self.stream.encoding));
        }
        row.data = text.into();
        Ok(Some(row))
    }

    /// The next line that is not blank, without its line break.
    fn line(&mut self) -> io::Result<Option<Line>> {
        let mut line = Line { bytes: Vec::new(), too_long: false };
        loop {
            let input = self.stream.input.fill_buf()?;
            let at_end = input.is_empty();
            let end = memchr(b'\n', input);
            let part = &input[..end.unwrap_or(input.len())];
            if line.bytes.len() + part.len() > MAX_ROW_BYTES {
                line.too_long = true;
                line.bytes.extend_from_slice(part);
                line.bytes.truncate(KEPT);
                line.bytes.shrink_to_fit();
            } else if !line.too_long {
                line.bytes.extend_from_slice(part);
            }
            let taken = end.map_or(input.len(), |end| end + 1);
            self.stream.input.consume(taken);
            if at_end || end.is_some() {
                let trimmed = line.bytes.trim_ascii();
                match (trimmed.is_empty(), at_end) {
                    (true, true) => return Ok(None),
                    (true, false) => line.bytes.clear(),
                    (false, _) => {
                        if trimmed.len() < line.bytes.len() {
                            line.bytes = trimmed.to_vec();
                        }
                        return Ok(Some(line));
                    }
                }
            }
        }
    }
}

fn memchr(byte: u8, bytes: &[u8]) -> Option<usize> {
    bytes.iter().position(|b| *b == byte)
}

fn slice<'a>(text: &'a str, range: &Range<u32>) -> &'a str {
    &text[range.start as usize..range.end as usize]
}

/// A row that holds `bytes` as one string under the key `tb_raw`, so that they can be written out.
fn keep_whole(mut row: Row, bytes: &[u8]) -> Row {
    const KEY: &str = "\"tb_raw\"";
    let value = serde_json::Value::from(String::from_utf8_lossy(bytes)).to_string();
    let (key_end, end) = (KEY.len() as u32, (KEY.len() + value.len()) as u32);
    row.data = format!("{KEY}{value}").into();
    row.extra = vec![(0..key_end, key_end..end)];
    row
}

/// The text of a line and the entries of the object it holds, or why it holds none.
fn entries_of(line: &Line) -> Result<(String, Vec<Entry>), String> {
    if line.too_long {
        return Err("the line is longer than 32 MiB: all but its beginning was left out".into());
    }
    let text = std::str::from_utf8(&line.bytes).map_err(|e| format!("is not valid UTF-8 at byte {}", e.valid_up_to()))?;
    serde_json::from_str::<IgnoredAny>(text).map_err(|error| {
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or_default();
        format!("is no valid JSON at column {}: {reason}", error.column())
    })?;
    match text.as_bytes().first() {
        Some(b'{') => Ok((text.to_owned(), entries(text.as_bytes()))),
        _ => Err("is no JSON object".into()),
    }
}

/// The entries of the object that `json`, which is valid, holds.
fn entries(json: &[u8]) -> Vec<Entry> {
    let mut found = Vec::new();
    let mut at = skip_space(json, 1);
    while json[at] != b'}' {
        let key = at..end_of_value(json, at);
        let colon = skip_space(json, key.end);
        let value = skip_space(json, colon + 1);
        let value = value..end_of_value(json, value);
        at = skip_space(json, value.end);
        if json[at] == b',' {
            at = skip_space(json, at + 1);
        }
        let narrow = |range: Range<usize>| range.start as u32..range.end as u32;
        found.push(Entry { key: narrow(key), value: narrow(value) });
    }
    found
}

fn skip_space(json: &[u8], from: usize) -> usize {
    from + json[from..].iter().take_while(|b| b.is_ascii_whitespace()).count()
}

/// Where the value that begins at `start` ends.
fn end_of_value(json: &[u8], start: usize) -> usize {
    let mut at = start;
    let mut depth = 0;
    loop {
        match json[at] {
            b'"' => at = end_of_string(json, at),
            b'{' | b'[' => (at, depth) = (at + 1, depth + 1),
            b'}' | b']' => (at, depth) = (at + 1, depth - 1),
            b',' | b':' => at += 1,
            byte if byte.is_ascii_whitespace() => at += 1,
            _ => at += json[at..].iter().take_while(|b| b.is_ascii_alphanumeric() || b"+-.".contains(b)).count(),
        }
        if depth == 0 {
            return at;
        }
    }
}

fn end_of_string(json: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    loop {
        at += json[at..].iter().take_while(|b| !matches!(b, b'"' | b'\\')).count();
        if json[at] == b'"' {
            return at + 1;
        }
        at += 2;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_cut_into_their_parts() {
        let cases: &[(&str, &[(&str, &str)])] = &[
            ("{}", &[]),
            (r#"{ "a" : 1.50 }"#, &[("\"a\"", "1.50")]),
            (
                r#"{"a\"}":"x,\\","b":[1,{"c":"]"}],"d":null,"e":-1E+5}"#,
                &[("\"a\\\"}\"", "\"x,\\\\\""), ("\"b\"", r#"[1,{"c":"]"}]"#), ("\"d\"", "null"), ("\"e\"", "-1E+5")],
            ),
            ("{\"نص\":\t{\"x\" : [ ] } }", &[("\"نص\"", "{\"x\" : [ ] }")]),
        ];
        for (json, parts) in cases {
            let found = entries(json.as_bytes());
            let found: Vec<_> = found.iter().map(|e| (slice(json, &e.key), slice(json, &e.value))).collect();
            assert_eq!(found, *parts, "{json}");
        }
    }
}
