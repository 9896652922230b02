//! One row of a table as it was read, and one cell as it will be written.

use std::borrow::Cow;
use std::ops::Range;

/// A data row of a [`Table`](super::Table). It holds its bytes once; cells are stretches of them.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// 1-based, the header and blank lines not counted.
    pub number: u64,
    /// Why the row cannot be trusted, if so. It is to be written out all the same, with this reason.
    pub fault: Option<String>,
    /// Cells of a CSV row one after another, or the line of a JSONL row.
    pub(crate) data: Box<str>,
    /// Where each column stands in `data`; `None` for a key that a JSON object does not have and for a cell that a row is short of.
    pub(crate) cells: Vec<Option<Range<u32>>>,
    /// Keys (quoted, as written) and values of a JSON object that are not among the table's columns.
    pub(crate) extra: Vec<(Range<u32>, Range<u32>)>,
    /// Whether cells are JSON values rather than text.
    pub(crate) json: bool,
}

impl Row {
    /// Text of a column; empty if the row does not have it. A JSON string is unescaped, null is empty, any other JSON value is
    /// its own source.
    pub fn get(&self, column: usize) -> Cow<'_, str> {
        let Some(raw) = self.raw(column) else { return Cow::Borrowed("") };
        if self.json { json_text(raw) } else { Cow::Borrowed(raw) }
    }

    /// A column as it is to be written unchanged: with its JSON type, if it has one.
    pub fn cell(&self, column: usize) -> Cell<'_> {
        match self.raw(column) {
            None => Cell::Absent,
            Some(raw) if self.json => Cell::Json(raw),
            Some(raw) => Cell::Text(Cow::Borrowed(raw)),
        }
    }

    /// Key and value, both as JSON source, of everything in a JSON object that is not among the table's columns, in the order
    /// of the line. A line that is no JSON object stands here whole, under `"tb_raw"`.
    pub fn extra(&self) -> impl Iterator<Item = (&str, &str)> {
        self.extra.iter().map(|(key, value)| (self.slice(key), self.slice(value)))
    }

    /// Leaves out all cells but these, given by their index, and orders them so.
    pub(crate) fn select(&mut self, columns: &[usize]) {
        self.cells = columns.iter().map(|at| self.cells.get(*at).cloned().flatten()).collect();
        self.extra.clear();
    }

    /// Size of the row in memory, bytes, without overhead.
    pub fn bytes(&self) -> usize {
        self.data.len()
    }

    fn raw(&self, column: usize) -> Option<&str> {
        self.cells.get(column)?.as_ref().map(|range| self.slice(range))
    }

    fn slice(&self, range: &Range<u32>) -> &str {
        &self.data[range.start as usize..range.end as usize]
    }

    /// Adds a reason to the fault.
    pub(crate) fn blame(&mut self, reason: String) {
        match &mut self.fault {
            Some(fault) => *fault = format!("{fault}; {reason}"),
            None => self.fault = Some(reason),
        }
    }
}

/// A value to write.
#[derive(Clone, Debug, PartialEq)]
pub enum Cell<'a> {
    /// Text; in JSONL a string.
    Text(Cow<'a, str>),
    /// A number, written with the fewest digits that read back the same. What is not finite is written as [`Cell::Empty`].
    Number(f64),
    /// A whole number.
    Integer(i64),
    /// JSON source, written as it is in JSONL; in CSV a string is written as its text and null as nothing.
    Json(&'a str),
    /// A value that is known not to be there: null in JSONL, nothing between the delimiters in CSV.
    Empty,
    /// A value that was not there to begin with: in JSONL its key is left out.
    Absent,
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Cell::Text(Cow::Borrowed(text))
    }
}

impl From<f64> for Cell<'_> {
    fn from(number: f64) -> Self {
        Cell::Number(number)
    }
}

impl<T: Into<Self>> From<Option<T>> for Cell<'_> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Cell::Empty, Into::into)
    }
}

/// Text of a valid JSON value.
pub(crate) fn json_text(raw: &str) -> Cow<'_, str> {
    let Some(inner) = raw.strip_prefix('"').and_then(|r| r.strip_suffix('"')) else {
        return Cow::Borrowed(if raw == "null" { "" } else { raw });
    };
    if !inner.contains('\\') {
        return Cow::Borrowed(inner);
    }
    let text = serde_json::from_str(raw).or_else(|_| serde_json::from_str(&mend_surrogates(raw)));
    Cow::Owned(text.unwrap_or_else(|_| inner.to_owned()))
}

/// A JSON string in which escaped halves of surrogate pairs, such as an emoji cut in two leaves, are U+FFFD instead.
fn mend_surrogates(raw: &str) -> String {
    let unit = |at: usize| {
        let hex = raw.get(at..at + 6)?.strip_prefix("\\u")?;
        u16::from_str_radix(hex, 16).ok()
    };
    let mut out = String::with_capacity(raw.len());
    let mut at = 0;
    while at < raw.len() {
        let (length, replaced) = match (unit(at), unit(at + 6)) {
            (Some(0xD800..=0xDBFF), Some(0xDC00..=0xDFFF)) => (12, false),
            (Some(0xD800..=0xDFFF), _) => (6, true),
            _ if raw[at..].starts_with('\\') => (2, false),
            _ => (raw[at..].find('\\').unwrap_or(raw.len() - at), false),
        };
        out.push_str(if replaced { "\\ufffd" } else { &raw[at..at + length] });
        at += length;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_values_as_text() {
        let cases = [
            (r#""plain""#, "plain"),
            (r#""a\nb \"c\" \u0627""#, "a\nb \"c\" ا"),
            (r#""\ud83d\ude00""#, "😀"),
            (r#""cut \ud83d""#, "cut \u{FFFD}"),
            (r#""\ude00 \\ud83d \ud83dx é""#, "\u{FFFD} \\ud83d \u{FFFD}x é"),
            ("null", ""),
            ("12.50", "12.50"),
            (r#"{"a": [1]}"#, r#"{"a": [1]}"#),
        ];
        for (raw, text) in cases {
            assert_eq!(json_text(raw), text, "{raw}");
        }
    }
}
