use super::*;

/// Writes what `input` holds beside the columns `added`, and reads the file back.
fn rewritten(input: &str, format: Format, added: &[&str], cells: &[Cell]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out");
    let added: Vec<Column> = added.iter().map(|name| Column::text(*name)).collect();
    let mut table = Table::from_reader("t", Box::new(io::Cursor::new(input.to_owned())), None).unwrap();
    let mut writer = TableWriter::beside(&table, path.to_str().unwrap(), format, &added).unwrap();
    while let Some(rows) = table.next_chunk(100, 1 << 20).unwrap() {
        rows.iter().for_each(|row| writer.write_beside(row, cells).unwrap());
    }
    writer.finish().unwrap();
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn every_input_column_comes_out() {
    let json = "{\"id\":1.50,\"t\":\"نص \\ud83d\",\"n\":null}\n{\"id\":\"x\",\"big\":12345678901234567890123}\nbad\n";
    let cases: &[(&str, &str, Format, &str)] = &[
        ("csv to csv", "id,t\n1,\"a, \"\"b\"\"\nc\"\n", Format::Csv, "id,t,score,tb_status\n1,\"a, \"\"b\"\"\nc\",0.25,ok\n"),
        ("csv to tsv", "id,t\n1,\"a,b\"\n", Format::Tsv, "id\tt\tscore\ttb_status\n1\ta,b\t0.25\tok\n"),
        (
            "csv to jsonl",
            "id,t\n1,\"a\nb\"\n2\n",
            Format::Jsonl,
            "{\"id\":\"1\",\"t\":\"a\\nb\",\"score\":0.25,\"tb_status\":\"ok\"}\n{\"id\":\"2\",\"score\":0.25,\"tb_status\":\"ok\"}\n",
        ),
        (
            "jsonl to jsonl",
            json,
            Format::Jsonl,
            "{\"id\":1.50,\"t\":\"نص \\ud83d\",\"n\":null,\"score\":0.25,\"tb_status\":\"ok\"}\n{\"id\":\"x\",\"big\":12345678901234567890123,\"score\":0.25,\"tb_status\":\"ok\"}\n{\"score\":0.25,\"tb_status\":\"ok\",\"tb_raw\":\"bad\"}\n",
        ),
        (
            "jsonl to csv",
            json,
            Format::Csv,
            "id,t,n,big,score,tb_status,tb_extra\n1.50,نص \u{FFFD},,,0.25,ok,\nx,,,12345678901234567890123,0.25,ok,\n,,,,0.25,ok,\"{\"\"tb_raw\"\":\"\"bad\"\"}\"\n",
        ),
    ];
    for (name, input, format, output) in cases {
        assert_eq!(rewritten(input, *format, &["score", "tb_status"], &[0.25.into(), "ok".into()]), *output, "{name}");
    }
    let late = "{\"a\":1}\n".repeat(256) + "{\"score\":7}\n";
    let last = rewritten(&late, Format::Jsonl, &["score"], &[Cell::Integer(3)]);
    assert_eq!(last.lines().last(), Some("{\"score\":3,\"score_input\":7}"));
}

#[test]
fn cells() {
    let cases: &[(Cell, &str, &str)] = &[
        (Cell::Number(0.1 + 0.2), "0.30000000000000004", "0.30000000000000004"),
        (Cell::Number(1.0), "1", "1"),
        (Cell::Number(-0.0), "0", "0"),
        (Cell::Number(1e300), "1e300", "1e300"),
        (Cell::Number(-2.5e-9), "-2.5e-9", "-2.5e-9"),
        (Cell::Number(f64::NAN), "", "null"),
        (Cell::Integer(-7), "-7", "-7"),
        (Cell::Empty, "", "null"),
        (None::<f64>.into(), "", "null"),
        (Cell::Json("\"a\\tb\""), "a\tb", "\"a\\tb\""),
        (Cell::Json("{\"x\": 1}"), "{\"x\": 1}", "{\"x\": 1}"),
        ("é\"".into(), "é\"", "\"é\\\"\""),
    ];
    for (cell, csv, json) in cases {
        assert_eq!(plain(cell), *csv, "{cell:?}");
        let mut line = Vec::new();
        json_line(&mut line, &["\"k\":".into()], std::slice::from_ref(cell), std::iter::empty());
        assert_eq!(String::from_utf8(line).unwrap(), format!("{{\"k\":{json}}}\n"), "{cell:?}");
        if let Cell::Number(n) = cell
            && n.is_finite()
        {
            assert_eq!(csv.parse::<f64>().unwrap(), *n);
        }
    }
}

#[test]
fn a_file_has_its_name_only_when_it_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.csv");
    let partial = folder.path().join("out.csv.partial");
    std::fs::write(&path, "old").unwrap();
    let create = || TableWriter::create(path.to_str().unwrap(), Format::Csv, vec![Column::text("a")]).unwrap();
    drop(create());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
    assert!(partial.exists());
    let mut writer = create();
    writer.write_row(&["x".into()]).unwrap();
    assert!(writer.write_row(&[]).is_err());
    writer.finish().unwrap();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "a\nx\n");
    assert!(!partial.exists());
}

#[test]
fn devices_are_not_replaced() {
    if Path::new("/dev/null").exists() {
        TableWriter::create("/dev/null", Format::Csv, vec![Column::text("a")]).unwrap().finish().unwrap();
        assert!(!Path::new("/dev/null").is_file());
        assert!(!Path::new("/dev/null.partial").exists());
    }
}

#[test]
fn names_that_clash_are_refused() {
    let table = Table::from_reader("t", Box::new(io::Cursor::new("text,tb_status\n")), None).unwrap();
    let error = TableWriter::beside(&table, "-", Format::Csv, &[Column::text("tb_status")]).err().unwrap();
    assert!(error.to_string().contains("two columns called `tb_status`"), "{error}");
}
