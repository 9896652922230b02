//! Arrow batches scored row by row, on all cores, in their order. Texts are read where they lie; input columns are passed on, not
//! copied.

use std::borrow::Cow;
use std::sync::Arc;

use arrow_array::builder::{Float64Builder, Int64Builder, StringBuilder};
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, Float64Array, RecordBatch};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use rayon::prelude::*;
use tabayyun::batch::{Extras, added_cells, added_columns};
use tabayyun::features::extract::Options;
use tabayyun::features::{Extractor, Extractors, FEATURES, Status};
use tabayyun::read::{Cell, ColumnKind, MAX_ROW_BYTES, with_title};
use tabayyun::text::Lang;
use tabayyun::{Error, Result};

use crate::threads::Threads;

/// Rows that a thread takes at once.
const CHUNK_ROWS: usize = 64;

/// How batches are scored.
pub struct Batch<'a> {
    pub engine: &'a tabayyun::Engine,
    pub extractors: &'a Extractors,
    pub threads: &'a Threads,
    pub extras: Extras,
    pub options: Options,
}

/// Which columns hold what, by name.
pub struct Columns {
    pub text: String,
    pub title: Option<String>,
    pub lang: Option<String>,
}

/// Names and types of the added columns.
pub fn added_fields(extras: Extras) -> Vec<(String, &'static str)> {
    let kind = |kind: ColumnKind| match kind {
        ColumnKind::Integer => "int64",
        ColumnKind::Number => "double",
        _ => "string",
    };
    added_columns(extras).into_iter().map(|column| (column.name, kind(column.kind))).collect()
}

/// The added columns of a row, with nothing borrowed.
type Cells = Vec<Cell<'static>>;

impl Batch<'_> {
    /// A batch with the added columns behind its own.
    ///
    /// # Errors
    /// If a column is not there, holds no text, or has the name of an added one.
    pub fn record_batch(&self, batch: &RecordBatch, columns: &Columns) -> Result<RecordBatch> {
        let column = |name: &str| match batch.schema().index_of(name) {
            Ok(at) => Texts::of(name, batch.column(at)),
            Err(_) => Err(Error::table("batch", format!("has no column `{name}`; it has {}", names(&batch.schema())))),
        };
        let optional = |name: &Option<String>| name.as_deref().map(column).transpose();
        let (texts, titles, langs) = (column(&columns.text)?, optional(&columns.title)?, optional(&columns.lang)?);
        let schema = self.schema(&batch.schema())?;
        let added = self.score(&texts, titles.as_ref(), langs.as_ref())?;
        RecordBatch::try_new(schema, batch.columns().iter().cloned().chain(added).collect()).map_err(wrong)
    }

    /// The batches of a table with the added columns, and their schema.
    ///
    /// # Errors
    /// As [`Batch::record_batch`].
    pub fn record_batches(
        &self,
        batches: &[RecordBatch],
        schema: &SchemaRef,
        columns: &Columns,
    ) -> Result<(Vec<RecordBatch>, SchemaRef)> {
        let scored = batches.iter().map(|batch| self.record_batch(batch, columns)).collect::<Result<_>>()?;
        Ok((scored, self.schema(schema)?))
    }

    /// The added columns alone, of the texts of a column.
    ///
    /// # Errors
    /// If the column holds no text.
    pub fn chunks(&self, chunks: &[ArrayRef]) -> Result<RecordBatch> {
        let schema = self.schema(&Schema::empty())?;
        let of_chunk = |chunk: &ArrayRef| {
            let added = self.score(&Texts::of("column", chunk)?, None, None)?;
            RecordBatch::try_new(schema.clone(), added).map_err(wrong)
        };
        let scored = chunks.iter().map(of_chunk).collect::<Result<Vec<_>>>()?;
        match scored.as_slice() {
            [one] => Ok(one.clone()),
            several => arrow_select::concat::concat_batches(&schema, several).map_err(wrong),
        }
    }

    /// The values of all features, one column each, of the texts of a column; null where a text has no words to read.
    ///
    /// # Errors
    /// If the column holds no text.
    pub fn features(&self, chunks: &[ArrayRef]) -> Result<RecordBatch> {
        let mut rows: Vec<Option<Vec<f64>>> = Vec::new();
        for chunk in chunks {
            let texts = Texts::of("column", chunk)?;
            rows.extend(self.each(texts.len(), |extractor, row| {
                let extract = extractor.extract(self.engine.lexicons, texts.get(row).ok()??, self.options);
                (extract.status == Status::Ok).then(|| extract.document_row())
            })?);
        }
        let column = |at: usize| -> ArrayRef {
            Arc::new(rows.iter().map(|row| row.as_ref().map(|values| values[at])).collect::<Float64Array>())
        };
        let fields: Vec<Field> = FEATURES.iter().map(|f| Field::new(f.name, DataType::Float64, true)).collect();
        RecordBatch::try_new(Arc::new(Schema::new(fields)), (0..FEATURES.len()).map(column).collect()).map_err(wrong)
    }

    fn schema(&self, own: &Schema) -> Result<SchemaRef> {
        let added = added_fields(self.extras).into_iter().map(|(name, kind)| {
            let kind = match kind {
                "int64" => DataType::Int64,
                "double" => DataType::Float64,
                _ => DataType::Utf8,
            };
            Arc::new(Field::new(name, kind, true))
        });
        let added: Vec<_> = added.collect();
        if let Some(twice) = added.iter().find(|field| own.index_of(field.name()).is_ok()) {
            let reason = format!("has a column `{}` already: drop or rename it first", twice.name());
            return Err(Error::table("batch", reason));
        }
        let fields = own.fields().iter().cloned().chain(added).collect::<Vec<_>>();
        Ok(Arc::new(Schema::new_with_metadata(fields, own.metadata().clone())))
    }

    /// The added columns of all rows.
    fn score(&self, texts: &Texts, titles: Option<&Texts>, langs: Option<&Texts>) -> Result<Vec<ArrayRef>> {
        let of = |column: Option<&Texts>, row| column.and_then(|c| c.get(row).ok().flatten().map(str::to_owned));
        let scored =
            self.each(texts.len(), |extractor, row| self.score_row(extractor, texts.get(row), of(titles, row), of(langs, row)))?;
        Ok(transposed(&scored, self.extras))
    }

    /// What `work` makes of each of `rows` rows, on all threads, in their order.
    fn each<T: Send>(&self, rows: usize, work: impl Fn(&mut Extractor, usize) -> T + Sync) -> Result<Vec<T>> {
        let chunk = |from: usize| -> Vec<T> {
            let rows = from..rows.min(from + CHUNK_ROWS);
            self.extractors.with(|extractor| rows.map(|row| work(extractor, row)).collect())
        };
        let starts: Vec<usize> = (0..rows).step_by(CHUNK_ROWS).collect();
        let done: Vec<Vec<T>> = if self.threads.single() || starts.len() < 2 {
            starts.into_iter().map(chunk).collect()
        } else {
            self.threads.pool()?.install(|| starts.into_par_iter().map(chunk).collect())
        };
        Ok(done.into_iter().flatten().collect())
    }

    /// The added cells of one row. `text` is `None` for null, which is read as no text.
    fn score_row(
        &self,
        extractor: &mut Extractor,
        text: Result<Option<&str>, &'static str>,
        title: Option<String>,
        lang: Option<String>,
    ) -> Cells {
        let text = match text {
            Ok(text) => text.unwrap_or_default(),
            Err(reason) => return owned(added_cells("error", None, reason, self.extras)),
        };
        let text = match title {
            Some(title) => Cow::Owned(with_title(Some(&title), text.to_owned())),
            None => Cow::Borrowed(text),
        };
        let lang = lang.and_then(|code| Lang::from_code(&code)).or(self.options.lang);
        let explained = self.engine.score_with(extractor, &text, Options { lang, ..self.options });
        let note = explained.warnings.join("; ");
        owned(added_cells(explained.extract.status.key(), Some(&explained), &note, self.extras))
    }
}

/// A column of texts, whichever way Arrow lays it out.
struct Texts(ArrayRef);

impl Texts {
    /// # Errors
    /// If the column holds no text.
    fn of(name: &str, array: &ArrayRef) -> Result<Texts> {
        match array.data_type() {
            DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View => Ok(Texts(array.clone())),
            DataType::Binary | DataType::LargeBinary | DataType::BinaryView => Ok(Texts(array.clone())),
            DataType::Null => Ok(Texts(array.clone())),
            DataType::Dictionary(_, values) if matches!(**values, DataType::Utf8 | DataType::LargeUtf8 | DataType::Utf8View) => {
                Ok(Texts(arrow_cast::cast(array, values).map_err(wrong)?))
            }
            other => Err(Error::table("batch", format!("column `{name}` holds {other}, not text: name another one"))),
        }
    }

    fn len(&self) -> usize {
        self.0.len()
    }

    /// The text of a row, `None` for null, or why it cannot be read.
    fn get(&self, row: usize) -> Result<Option<&str>, &'static str> {
        if self.0.data_type() == &DataType::Null || self.0.is_null(row) {
            return Ok(None);
        }
        let decoded = |bytes| std::str::from_utf8(bytes).map_err(|_| "not UTF-8: decode the bytes first, or use score_bytes");
        let text = match self.0.data_type() {
            DataType::Utf8 => self.0.as_string::<i32>().value(row),
            DataType::LargeUtf8 => self.0.as_string::<i64>().value(row),
            DataType::Utf8View => self.0.as_string_view().value(row),
            DataType::Binary => decoded(self.0.as_binary::<i32>().value(row))?,
            DataType::LargeBinary => decoded(self.0.as_binary::<i64>().value(row))?,
            _ => decoded(self.0.as_binary_view().value(row))?,
        };
        if text.len() > MAX_ROW_BYTES { Err("longer than 32 MiB: split it") } else { Ok(Some(text)) }
    }
}

fn owned(cells: Vec<Cell>) -> Cells {
    let own = |cell| match cell {
        Cell::Text(text) => Cell::Text(Cow::Owned(text.into_owned())),
        Cell::Number(number) => Cell::Number(number),
        Cell::Integer(number) => Cell::Integer(number),
        _ => Cell::Empty,
    };
    cells.into_iter().map(own).collect()
}

/// Columns of rows.
fn transposed(rows: &[Cells], extras: Extras) -> Vec<ArrayRef> {
    let column = |(at, (_, kind)): (usize, (String, &str))| -> ArrayRef {
        let cells = rows.iter().map(|row| &row[at]);
        match kind {
            "int64" => {
                let mut out = Int64Builder::with_capacity(rows.len());
                cells.for_each(|c| out.append_option(if let Cell::Integer(number) = c { Some(*number) } else { None }));
                Arc::new(out.finish())
            }
            "double" => {
                let mut out = Float64Builder::with_capacity(rows.len());
                cells.for_each(|c| out.append_option(if let Cell::Number(number) = c { Some(*number) } else { None }));
                Arc::new(out.finish())
            }
            _ => {
                let mut out = StringBuilder::with_capacity(rows.len(), rows.len() * 8);
                cells.for_each(|c| out.append_option(if let Cell::Text(text) = c { Some(text) } else { None }));
                Arc::new(out.finish())
            }
        }
    };
    added_fields(extras).into_iter().enumerate().map(column).collect()
}

fn names(schema: &Schema) -> String {
    let names: Vec<String> = schema.fields().iter().take(20).map(|field| format!("`{}`", field.name())).collect();
    if names.is_empty() { "none".into() } else { names.join(", ") }
}

fn wrong(error: ArrowError) -> Error {
    Error::table("batch", error.to_string())
}
