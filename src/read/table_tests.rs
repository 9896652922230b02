use std::io::{self, Cursor, Read};

use super::*;
use crate::read::MAX_ROW_BYTES;

fn open(bytes: impl Into<Vec<u8>>, format: Option<Format>) -> Result<Table> {
    Table::from_reader("t", Box::new(Cursor::new(bytes.into())), format)
}

fn all(table: &mut Table) -> Vec<Row> {
    let mut rows = Vec::new();
    while let Some(chunk) = table.next_chunk(2, 1 << 20).unwrap() {
        assert!(chunk.len() <= 2);
        rows.extend(chunk);
    }
    assert!(table.next_chunk(1, 1).unwrap().is_none(), "the end stays the end");
    assert!(rows.iter().enumerate().all(|(i, r)| r.number == i as u64 + 1));
    rows
}

/// Cells of each row joined by `|`, and `!` after a row with a fault.
fn shown(table: &mut Table) -> Vec<String> {
    let width = table.columns().len();
    let show = |r: &Row| (0..width).map(|i| r.get(i)).collect::<Vec<_>>().join("|") + if r.fault.is_some() { "!" } else { "" };
    all(table).iter().map(show).collect()
}

/// Name, bytes, columns, rows as [`shown`].
type Case<'a> = (&'a str, Vec<u8>, &'a [&'a str], &'a [&'a str]);

fn utf16(text: &str) -> Vec<u8> {
    [0xFEFF].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
}

#[test]
fn separated_values() {
    let cases: Vec<Case> = vec![
        ("plain", "id,text\n1,a\n2,b\n".into(), &["id", "text"], &["1|a", "2|b"]),
        ("no line break at the end", "id,text\n1,a".into(), &["id", "text"], &["1|a"]),
        ("CRLF", "id,text\r\n1,a\r\n2,b\r\n".into(), &["id", "text"], &["1|a", "2|b"]),
        ("mark", "\u{FEFF}id,text\n1,a\n".into(), &["id", "text"], &["1|a"]),
        ("mark and quotes", "\u{FEFF}\"id\",text\n1,a\n".into(), &["id", "text"], &["1|a"]),
        ("quotes", "id,text\n1,\"a, \"\"b\"\"\nc\"\n2,\"\"\n".into(), &["id", "text"], &["1|a, \"b\"\nc", "2|"]),
        ("quoted at the end", "id,text\n1,\"a\"".into(), &["id", "text"], &["1|a"]),
        ("blank lines", "id,text\n\n1,a\n\n\n2,b\n\n".into(), &["id", "text"], &["1|a", "2|b"]),
        ("semicolons", "id;text\n1;a, b\n".into(), &["id", "text"], &["1|a, b"]),
        ("tabs", "id\ttext\n1\ta, b\n".into(), &["id", "text"], &["1|a, b"]),
        ("quoted semicolon in the header", "\"a;b\",text\n1,x\n".into(), &["a;b", "text"], &["1|x"]),
        ("header only", "id,text\n".into(), &["id", "text"], &[]),
        ("one column", "text\na\n".into(), &["text"], &["a"]),
        ("unnamed first column", ",text\n0,a\n".into(), &["", "text"], &["0|a"]),
        ("short row", "id,text\n1\n2,b\n".into(), &["id", "text"], &["1|!", "2|b"]),
        ("long row", "id,text\n1,a, b,c\n2,b\n".into(), &["id", "text"], &["1|a, b,c!", "2|b"]),
        ("long by empty cells", "id,text\n1,a,,\n2,b,\n".into(), &["id", "text"], &["1|a", "2|b"]),
        ("unclosed quote", "id,text\n1,a\n2,\"b\n3,c\n".into(), &["id", "text"], &["1|a", "2|b\n3,c\n!"]),
        ("only a quote", "id,text\n\"".into(), &["id", "text"], &["|!"]),
        ("bad byte", b"id,text\n1,\xD8\xA7\xD8\xA7\xFFx\n2,b\n".to_vec(), &["id", "text"], &["1|اا\u{FFFD}x!", "2|b"]),
        (
            "letter cut by a comma",
            b"id,text\n\xD8,\xA7\n\xD8\xA7\xD8\xA7,\xD8\xA7\xD8\xA7\n".to_vec(),
            &["id", "text"],
            &["\u{FFFD}|\u{FFFD}!", "اا|اا"],
        ),
        ("utf-16", utf16("id,text\n1,نص\n"), &["id", "text"], &["1|نص"]),
    ];
    for (name, bytes, columns, rows) in cases {
        let mut table = open(bytes, None).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(table.columns(), columns, "{name}");
        assert_eq!(shown(&mut table), rows, "{name}");
    }
}

#[test]
fn json_lines() {
    let cases: Vec<Case> = vec![
        ("plain", "{\"id\":1,\"text\":\"a\"}\n{\"text\":\"b\",\"id\":2}".into(), &["id", "text"], &["1|a", "2|b"]),
        ("mark, CRLF, blank lines", "\u{FEFF}{\"id\":1}\r\n\r\n \n{\"id\":2}\r\n".into(), &["id"], &["1", "2"]),
        ("later keys", "{\"a\":1}\n{\"b\":2}\n".into(), &["a", "b"], &["1|", "|2"]),
        ("escaped keys are the same keys", "{\"\\u0061\":1}\n{\"a\":2}\n".into(), &["a"], &["1", "2"]),
        ("null and nested", "{\"a\":null,\"b\":[1, 2]}\n".into(), &["a", "b"], &["|[1, 2]"]),
        ("no JSON", "{\"a\":1}\n{\"a\":\n{\"a\":3}\n".into(), &["a"], &["1", "!", "3"]),
        ("no object", "7\n{\"a\":1}\n".into(), &["a"], &["!", "1"]),
        ("key twice", "{\"a\":1}\n{\"a\":1,\"a\":2}\n".into(), &["a"], &["1", "!"]),
        ("bad byte", b"{\"a\":1}\n{\"a\":\"\xFF\xD8\xA7\xD8\xA7\"}\n".to_vec(), &["a"], &["1", "!"]),
        ("utf-16", utf16("{\"a\":\"نص\"}\n"), &["a"], &["نص"]),
    ];
    for (name, bytes, columns, rows) in cases {
        let mut table = open(bytes, Some(Format::Jsonl)).unwrap_or_else(|e| panic!("{name}: {e}"));
        assert_eq!(table.columns(), columns, "{name}");
        assert_eq!(shown(&mut table), rows, "{name}");
    }
}

#[test]
fn faults_say_what_is_wrong() {
    let cases: &[(&str, &[u8], &str)] = &[
        ("t.csv", b"id,text\n1\n", "has too few cells: 1 where the header has 2"),
        (
            "t.csv",
            b"id,text\n1,a,b\n",
            "has too many cells: 3 where the header has 2: the surplus was joined to the last cell (a text with `,` must stand in quotes)",
        ),
        ("t.csv", b"id,text\n1,a\xFF\xD8\xA7\xD8\xA7\n", "cell `text` is not valid UTF-8 at its byte 1"),
        ("t.csv", b"id,text\n1,\"a\n", "a quote is opened in this row and never closed: all that follows was read as one cell"),
        ("t.jsonl", b"x\n{\"a\":1}\n", "is no valid JSON at column 1: expected value"),
        ("t.jsonl", b"[1]\n{\"a\":1}\n", "is no JSON object"),
        ("t.jsonl", b"{\"a\":1,\"a\":1}\n", "has the key `a` more than once"),
        ("t.jsonl", b"{\"a\":\"\xFF\xD8\xA7\xD8\xA7\"}\n{\"a\":1}\n", "is not valid UTF-8 at byte 6"),
    ];
    for (path, bytes, fault) in cases {
        let mut table = open(*bytes, Format::from_path(Path::new(path))).unwrap();
        assert_eq!(all(&mut table)[0].fault.as_deref(), Some(*fault));
    }
}

#[test]
fn late_keys_and_bad_lines_are_kept() {
    let early = "{\"a\":1}\n".repeat(300);
    let mut table = open(early + "{\"z\":{\"x\": 1.0},\"a\":2}\nno \"json\"\n", None).unwrap();
    let rows = all(&mut table);
    assert_eq!(table.columns(), ["a"]);
    assert_eq!(rows[300].extra().collect::<Vec<_>>(), [("\"z\"", "{\"x\": 1.0}")]);
    assert_eq!(rows[300].fault, None);
    assert_eq!(rows[301].extra().collect::<Vec<_>>(), [("\"tb_raw\"", r#""no \"json\"""#)]);
}

#[test]
fn tables_that_are_none() {
    let cases: &[(&str, Option<Format>, &[u8], &str)] = &[
        ("empty", None, b"", "t: is empty"),
        ("blank", None, b" \n\n", "t: is empty"),
        ("only a mark", Some(Format::Csv), b"\xEF\xBB\xBF", "t: is empty"),
        ("same name twice", None, b"id,text,id\n", "two columns are called `id`"),
        ("no names", None, b",,a\n", "two columns have no name"),
        ("JSON array", None, b"[{\"a\":1},\n{\"a\":2}]", "is a JSON array: give one object a line"),
        ("no objects", Some(Format::Jsonl), b"a\nb\n", "holds no JSON object in its first 2 lines: line 1 is no valid JSON"),
        ("no keys", Some(Format::Jsonl), b"{}\n", "holds no keys"),
        ("workbook", None, b"PK\x03\x04", "a sheet as CSV in UTF-8"),
        ("parquet", None, b"PAR1\x15\x04", "Parquet"),
        ("gzip cut off", None, b"\x1F\x8B\x08", "t: the compressed data is damaged or cut off"),
        ("bzip2", None, b"BZh91AY&SY\x01\x02", "bzip2"),
    ];
    for (name, format, bytes, reason) in cases {
        let error = open(*bytes, *format).err().unwrap_or_else(|| panic!("{name}")).to_string();
        assert!(error.contains(reason), "{name}: {error}");
    }
    assert!(matches!(Table::open("/nowhere/x.csv", None), Err(Error::Io { .. })));
}

#[test]
fn a_column_that_is_not_there_is_answered_with_those_that_are() {
    let table = open("ID,Text,full_text_ar\n", None).unwrap();
    assert_eq!(table.column("Text").unwrap(), 1);
    let cases = [
        ("text", "t: has no column `text`; did you mean `Text`? Its columns: `ID`, `Text`, `full_text_ar`"),
        ("txet", "did you mean `Text`?"),
        ("label", "t: has no column `label`. Its columns: `ID`"),
    ];
    for (name, message) in cases {
        let error = table.column(name).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn legacy_arabic_tables_are_decoded() {
    let row = "1,أكدت مصادر مطلعة أن الاجتماع عقد أمس في العاصمة\n";
    let (bytes, _, _) = encoding_rs::WINDOWS_1256.encode(row);
    // Longer than every buffer on the way, and cut everywhere.
    let bytes = [b"id,text\n".to_vec(), bytes.repeat(20_000)].concat();
    let mut table = Table::from_reader("t", Box::new(Trickle(Cursor::new(bytes), 7919)), None).unwrap();
    assert_eq!(table.encoding(), "windows-1256");
    let rows = all(&mut table);
    assert_eq!(rows.len(), 20_000);
    assert!(rows.iter().all(|r| r.get(1) == row[2..].trim_end() && r.fault.is_none()));
}

/// Gives at most so many bytes at a time.
struct Trickle<R>(R, usize);

impl<R: Read> Read for Trickle<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = out.len().min(self.1);
        self.0.read(&mut out[..count])
    }
}

/// `head`, then so many times `body`, then `tail`, without holding them.
fn long(head: &str, body: u8, times: usize, tail: &str) -> Bytes {
    let cursor = |s: &str| Cursor::new(s.as_bytes().to_vec());
    Box::new(cursor(head).chain(io::repeat(body).take(times as u64)).chain(cursor(tail)))
}

#[test]
fn rows_too_long_become_faults_and_reading_goes_on() {
    let beyond = MAX_ROW_BYTES + 1_000_000;
    let cases = [
        ("csv", Format::Csv, "id,text\n1,", b'a', "\n2,b\n", ["1|!", "2|b"]),
        ("csv quoted", Format::Csv, "id,text\n1,\"", b'\n', "\"\n2,b\n", ["1|!", "2|b"]),
        ("many cells", Format::Csv, "id,text\n1,x", b',', "\n2,b\n", ["1|x!", "2|b"]),
        (
            "jsonl",
            Format::Jsonl,
            "{\"id\":0,\"text\":\"\"}\n{\"id\":1,\"text\":\"",
            b'a',
            "\"}\n{\"id\":2,\"text\":\"b\"}\n",
            ["|!", "2|b"],
        ),
    ];
    for (name, format, head, body, tail, expected) in cases {
        let mut table = Table::from_reader("t", long(head, body, beyond, tail), Some(format)).unwrap();
        let mut rows = shown(&mut table);
        if format == Format::Jsonl {
            rows.remove(0);
        }
        let rows: Vec<_> = rows.iter().map(|r| if r.len() > 40 { format!("{}…", &r[..40]) } else { r.clone() }).collect();
        assert_eq!(rows, expected, "{name}");
    }
    let mut table = Table::from_reader("t", long("id,text\n1,\"", b'x', beyond, "\n2,b\n"), None).unwrap();
    assert_eq!(shown(&mut table), ["1|!"], "never closed");
    let whole = MAX_ROW_BYTES - 100;
    let mut table = Table::from_reader("t", long("id,text\n1,", b'a', whole, "\n2,b\n"), None).unwrap();
    let rows = all(&mut table);
    assert_eq!((rows.len(), rows[0].get(1).len(), &rows[0].fault), (2, whole, &None), "just short enough");
}

#[test]
fn chunks_end_by_bytes_too() {
    let mut table = open("text\n".to_owned() + &"aaaaaaaaaa\n".repeat(100), None).unwrap();
    assert_eq!(table.next_chunk(1000, 25).unwrap().unwrap().len(), 3);
    assert_eq!(table.next_chunk(1000, 0).unwrap().unwrap().len(), 1);
    assert_eq!(table.next_chunk(1000, usize::MAX).unwrap().unwrap().len(), 96);
}
