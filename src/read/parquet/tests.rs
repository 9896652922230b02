use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use arrow_array::builder::{ListBuilder, StringBuilder, StringDictionaryBuilder};
use arrow_array::types::Int32Type;
use arrow_array::{
    ArrayRef, BinaryArray, BooleanArray, Date32Array, Decimal128Array, Float64Array, Int64Array, RecordBatch, StringArray,
    StructArray, TimestampMicrosecondArray,
};
use arrow_schema::{DataType, Field};
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::basic::Compression;
use parquet::file::properties::WriterProperties;

use crate::read::{Column, Format, Table, TableWriter};

/// A file with one row group for each `rows` rows of `columns`.
fn file(columns: Vec<(&str, ArrayRef)>, rows: usize, packing: Compression) -> tempfile::NamedTempFile {
    let batch = RecordBatch::try_from_iter(columns).unwrap();
    let properties = WriterProperties::builder().set_max_row_group_row_count(Some(rows)).set_compression(packing).build();
    let file = tempfile::NamedTempFile::new().unwrap();
    let mut writer = ArrowWriter::try_new(file.reopen().unwrap(), batch.schema(), Some(properties)).unwrap();
    writer.write(&batch).unwrap();
    writer.close().unwrap();
    file
}

fn open(path: &Path) -> Table {
    Table::open(path.to_str().unwrap(), None).unwrap()
}

/// Cells of each row, and its fault behind them if it has one.
fn shown(mut table: Table) -> Vec<String> {
    let mut lines = Vec::new();
    while let Some(rows) = table.next_chunk(100, 1 << 20).unwrap() {
        for row in rows {
            assert_eq!(row.number, lines.len() as u64 + 1);
            let cells: Vec<_> = (0..table.columns().len()).map(|at| row.get(at).into_owned()).collect();
            lines.push(cells.join("|") + &row.fault.map(|fault| format!(" !{fault}")).unwrap_or_default());
        }
    }
    lines
}

/// Writes all that `table` carries along to a Parquet file.
fn copied(mut table: Table) -> tempfile::TempPath {
    let path = tempfile::NamedTempFile::with_suffix(".parquet").unwrap().into_temp_path();
    let mut writer = TableWriter::beside(&table, path.to_str().unwrap(), Format::Parquet, &[]).unwrap();
    while let Some(rows) = table.next_chunk(7, 1 << 20).unwrap() {
        rows.iter().for_each(|row| writer.write_beside(row, &[]).unwrap());
    }
    writer.finish().unwrap();
    path
}

fn texts(rows: usize) -> ArrayRef {
    Arc::new((0..rows).map(|i| (i % 5 != 3).then(|| format!("نص {i}\n\"quoted\""))).collect::<StringArray>())
}

#[test]
fn types_come_out_as_they_went_in() {
    let mut lists = ListBuilder::new(StringBuilder::new());
    lists.append_value([Some("a"), None, Some("ب")]);
    lists.append_null();
    let mut words = StringDictionaryBuilder::<Int32Type>::new();
    words.extend([Some("often"), Some("often")]);
    let inner: ArrayRef = Arc::new(Int64Array::from(vec![Some(i64::MAX), None]));
    let numbers = Float64Array::from(vec![Some(0.1 + 0.2), Some(-1e300)]);
    let columns: Vec<(&str, ArrayRef)> = vec![
        ("id", Arc::new(Int64Array::from(vec![Some(9_007_199_254_740_993), None]))),
        ("number", Arc::new(numbers)),
        ("flag", Arc::new(BooleanArray::from(vec![Some(true), None]))),
        ("day", Arc::new(Date32Array::from(vec![Some(20_000), Some(-1)]))),
        ("time", Arc::new(TimestampMicrosecondArray::from(vec![Some(1_700_000_000_123_456), None]).with_timezone("UTC"))),
        ("price", Arc::new(Decimal128Array::from(vec![Some(12_345), None]).with_precision_and_scale(10, 2).unwrap())),
        ("text \"؟\"", texts(2)),
        ("list", Arc::new(lists.finish())),
        ("inner", Arc::new(StructArray::from(vec![(Arc::new(Field::new("n", DataType::Int64, true)), inner)]))),
        ("word", Arc::new(words.finish())),
    ];
    let source = file(columns, 10, Compression::SNAPPY);
    let copy = copied(open(source.path()));
    let batch = |path: &Path| {
        let file = std::fs::File::open(path).unwrap();
        let mut batches: Vec<_> = ParquetRecordBatchReaderBuilder::try_new(file).unwrap().build().unwrap().collect();
        batches.remove(0).unwrap()
    };
    let (before, after) = (batch(source.path()), batch(&copy));
    for (field, array) in before.schema().fields().iter().zip(before.columns()) {
        let copied = after.column_by_name(field.name()).unwrap();
        if field.name() == "word" {
            // How a program held it in memory is not kept, what it says is.
            assert_eq!(copied.as_ref(), &StringArray::from(vec!["often", "often"]));
        } else {
            assert_eq!(copied, array, "{}", field.name());
        }
    }
    assert_eq!(after.num_columns(), before.num_columns());
}

#[test]
fn rows_of_many_groups_come_in_order_and_columns_as_selected() {
    let ids: ArrayRef = Arc::new(Int64Array::from_iter_values(0..1000));
    for packing in [Compression::UNCOMPRESSED, Compression::ZSTD(Default::default()), Compression::LZ4_RAW] {
        let source = file(vec![("id", ids.clone()), ("text", texts(1000)), ("other", ids.clone())], 30, packing);
        let line = |i: usize| (if i % 5 == 3 { String::new() } else { format!("نص {i}\n\"quoted\"") }) + &format!("|{i}");
        let mut table = open(source.path());
        assert_eq!((table.format(), table.columns().join(",").as_str()), (Format::Parquet, "id,text,other"));
        table.select(&[1, 0], 1);
        assert_eq!(shown(table), (0..1000).map(line).collect::<Vec<_>>(), "{packing:?}");
    }
    // Only what is carried along is written.
    let source = file(vec![("id", ids.clone()), ("text", texts(1000))], 300, Compression::SNAPPY);
    let mut table = open(source.path());
    table.select(&[0, 1], 1);
    let copy = copied(table);
    let table = open(&copy);
    assert_eq!(table.carried(), [Column { name: "id".into(), kind: crate::read::ColumnKind::Arrow(DataType::Int64) }]);
    assert_eq!(shown(table), (0..1000).map(|i| i.to_string()).collect::<Vec<_>>());
}

#[test]
fn tables_of_text_become_columns_of_text() {
    let csv = "id,text\n1,\"a\n\"\"b\"\"\"\n2\n";
    let jsonl = "{\"id\":1.50,\"text\":\"a\"}\n{\"id\":{\"a\":[1]},\"text\":null,\"late\":true}\n[]\n";
    let cases: [(&str, &[&str]); 2] =
        [(csv, &["1|a\n\"b\"", "2|"]), (jsonl, &["1.50|a||", "{\"a\":[1]}||true|", "|||{\"tb_raw\":\"[]\"}"])];
    for (source, rows) in cases {
        let table = Table::from_reader("t", Box::new(std::io::Cursor::new(source)), None).unwrap();
        assert_eq!(shown(open(&copied(table))), rows, "{source}");
    }
}

#[test]
fn bytes_without_a_type_are_text() {
    let bytes: ArrayRef = Arc::new(BinaryArray::from_opt_vec(vec![Some("خبر".as_bytes()), Some(b"caf\xE9"), None]));
    let source = file(vec![("text", bytes)], 10, Compression::SNAPPY);
    assert_eq!(shown(open(source.path())), ["خبر", "caf\u{FFFD} !column `text` holds bytes that are not UTF-8", ""]);
}

#[test]
fn damage_costs_its_row_group_and_bad_files_are_errors() {
    let ids: ArrayRef = Arc::new(Int64Array::from_iter_values(0..90));
    let source = file(vec![("id", ids), ("text", texts(90))], 30, Compression::ZSTD(Default::default()));
    let whole = std::fs::read(source.path()).unwrap();
    let sign = [0x28, 0xB5, 0x2F, 0xFD];
    let at: Vec<usize> = (0..whole.len() - 4).filter(|at| whole[*at..*at + 4] == sign).collect();
    let mut damaged = whole.clone();
    // In the middle of the file: the second row group.
    let page = at[at.len() / 2];
    damaged[page..page + 8].fill(0xFF);
    let write = |bytes: &[u8]| {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        file
    };
    let rows = shown(open(write(&damaged).path()));
    assert_eq!(rows.len(), 61, "{rows:?}");
    assert!(rows[30].starts_with("| !the rest of row group 2 cannot be read: "), "{}", rows[30]);
    assert!(rows[31].starts_with("نص 60") || rows[31].starts_with("60|"), "{}", rows[31]);
    for (name, bytes) in [("cut off", &whole[..whole.len() - 9]), ("nothing but its sign", b"PAR1"), ("no end", b"PAR1PAR1PAR1")]
    {
        let error = Table::open(write(bytes).path().to_str().unwrap(), None).err().unwrap().to_string();
        assert!(error.contains("is a damaged Parquet file"), "{name}: {error}");
    }
}

#[test]
fn a_row_too_long_is_left_out_and_bombs_are_refused() {
    let long = "x".repeat(33 << 20);
    let texts: ArrayRef = Arc::new(StringArray::from(vec!["short", &long, "short"]));
    let ids: ArrayRef = Arc::new(Int64Array::from_iter_values(0..3));
    let source = file(vec![("id", ids), ("text", texts)], 10, Compression::UNCOMPRESSED);
    let rows = shown(open(source.path()));
    assert_eq!(rows, ["0|short", "1| !the row is longer than 32 MiB: it was left out from column `text` on", "2|short"]);
    let nothing: ArrayRef = Arc::new(StringArray::from(vec!["\0".repeat(100 << 20)]));
    let bomb = file(vec![("text", nothing)], 10, Compression::ZSTD(Default::default()));
    let error = Table::open(bomb.path().to_str().unwrap(), None).err().unwrap().to_string();
    assert!(error.contains("column `text` unpacks to more than 1000 times its size"), "{error}");
}
