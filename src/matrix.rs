//! Rows with labels and groups as one matrix, in memory and as a file: what training and evaluation work on.

use std::collections::BTreeMap;
use std::path::Path;

use ndarray::{Array2, ShapeBuilder};

use crate::error::{Error, Result};
use crate::features::{FEATURES, registry};
use crate::read::write_whole;
use crate::text::Lang;

/// Labelled rows in the one fixed column order of [`FEATURES`].
#[derive(Clone, Debug)]
pub struct Matrix {
    /// Values, n × features, column-major (the solver's products are 1.5–3 times faster so).
    pub values: Array2<f64>,
    /// Whether each row is of the positive class.
    pub labels: Vec<bool>,
    /// Group of each row; rows of one group never stand on both sides of a split.
    pub groups: Vec<String>,
    /// Outlet of each row, empty where unknown.
    pub sources: Vec<String>,
    /// Fold of each row. Learned wording was fitted without the row's fold.
    pub folds: Vec<u32>,
    /// Length of each row's text, words.
    pub words: Vec<u32>,
    /// Hash of each row's text.
    pub ids: Vec<String>,
    /// Language of the rows.
    pub lang: Lang,
}

/// One labelled row.
#[derive(Clone, Debug)]
pub struct Row {
    /// Hash of the text.
    pub id: String,
    /// Whether it is of the positive class.
    pub label: bool,
    /// Its group.
    pub group: String,
    /// Its outlet.
    pub source: String,
    /// Its fold.
    pub fold: u32,
    /// Its length, words.
    pub words: u32,
    /// [`FEATURES`]`.len()` values.
    pub values: Vec<f64>,
}

/// Columns before the features in a matrix file.
const HEAD: [&str; 7] = ["id", "lang", "label", "group", "source", "fold", "words"];
/// No value is larger; anything beyond comes from a broken file.
const LARGEST: f64 = 1e6;
/// Decimals of a value in a matrix file; rows are rounded to them before training, so that file and memory agree.
const DECIMALS: f64 = 1e4;

/// A value as a matrix file holds it.
pub fn rounded(value: f64) -> f64 {
    (value * DECIMALS).round() / DECIMALS
}

impl Matrix {
    /// Puts rows together.
    pub fn new(lang: Lang, rows: Vec<Row>) -> Matrix {
        let mut values = Array2::zeros((rows.len(), FEATURES.len()).f());
        for (mut target, row) in values.rows_mut().into_iter().zip(&rows) {
            target.iter_mut().zip(&row.values).for_each(|(t, v)| *t = rounded(*v));
        }
        Matrix {
            values,
            labels: rows.iter().map(|r| r.label).collect(),
            groups: rows.iter().map(|r| r.group.clone()).collect(),
            sources: rows.iter().map(|r| r.source.clone()).collect(),
            folds: rows.iter().map(|r| r.fold).collect(),
            words: rows.iter().map(|r| r.words).collect(),
            ids: rows.into_iter().map(|r| r.id).collect(),
            lang,
        }
    }

    /// Number of rows.
    pub fn len(&self) -> usize {
        self.labels.len()
    }

    /// Whether there are no rows.
    pub fn is_empty(&self) -> bool {
        self.labels.is_empty()
    }

    /// The rows at `indices`.
    pub fn select(&self, indices: &[usize]) -> Matrix {
        let mut values = Array2::zeros((indices.len(), self.values.ncols()).f());
        for (mut target, &from) in values.rows_mut().into_iter().zip(indices) {
            target.assign(&self.values.row(from));
        }
        let pick = |list: &[String]| indices.iter().map(|&i| list[i].clone()).collect();
        Matrix {
            values,
            labels: indices.iter().map(|&i| self.labels[i]).collect(),
            groups: pick(&self.groups),
            sources: pick(&self.sources),
            folds: indices.iter().map(|&i| self.folds[i]).collect(),
            words: indices.iter().map(|&i| self.words[i]).collect(),
            ids: pick(&self.ids),
            lang: self.lang,
        }
    }

    /// Share of the positive class.
    pub fn prevalence(&self) -> f64 {
        self.labels.iter().filter(|l| **l).count() as f64 / self.len().max(1) as f64
    }

    /// Whether a table with these columns is a matrix file.
    pub fn is_matrix_header<'a>(columns: impl Iterator<Item = &'a str>) -> bool {
        columns.take(HEAD.len()).eq(HEAD)
    }

    /// Writes the matrix as CSV, `f.<feature>` columns last.
    pub fn write(&self, path: &Path) -> Result<()> {
        let fail = |e: csv::Error| Error::table(path.display().to_string(), e.to_string());
        let mut out = csv::Writer::from_writer(Vec::new());
        let columns = FEATURES.iter().map(|f| format!("f.{}", f.name));
        out.write_record(HEAD.iter().map(|s| s.to_string()).chain(columns)).map_err(fail)?;
        for row in 0..self.len() {
            let bit = |b: bool| if b { "1" } else { "0" };
            let head = [
                self.ids[row].clone(),
                self.lang.code().into(),
                bit(self.labels[row]).into(),
                self.groups[row].clone(),
                self.sources[row].clone(),
                self.folds[row].to_string(),
                self.words[row].to_string(),
            ];
            let values = self.values.row(row);
            out.write_record(head.into_iter().chain(values.iter().map(|v| v.to_string()))).map_err(fail)?;
        }
        write_whole(path, out.into_inner().expect("memory takes everything"))
    }

    /// Reads a matrix file. Columns of features that no longer exist are refused; missing ones too.
    pub fn read(path: &Path) -> Result<Matrix> {
        let name = path.display().to_string();
        let fail = |e: csv::Error| Error::table(&name, e.to_string());
        let file = std::fs::File::open(path).map_err(Error::io(path))?;
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(file);
        let header = reader.headers().map_err(fail)?.clone();
        let mut columns = BTreeMap::new();
        for (at, column) in header.iter().enumerate().skip(HEAD.len()) {
            let feature = column.strip_prefix("f.").and_then(registry::column);
            let feature = feature.ok_or_else(|| {
                Error::table(
                    &name,
                    format!(
                        "column `{column}` is not a feature of this version: drop it, or build the matrix anew from the texts"
                    ),
                )
            })?;
            columns.insert(feature, at);
        }
        if columns.len() != FEATURES.len() {
            let missing = (0..FEATURES.len()).find(|c| !columns.contains_key(c)).map_or("?", |c| FEATURES[c].name);
            return Err(Error::table(&name, format!("column `f.{missing}` is missing: build the matrix anew from the texts")));
        }
        let mut rows = Vec::new();
        let mut lang = None;
        for (number, record) in reader.records().enumerate() {
            let record = record.map_err(fail)?;
            let fault = |reason: String| Error::Row { path: name.clone(), row: number as u64 + 1, reason };
            if record.len() != header.len() {
                return Err(fault(format!("has {} cells, the header {}", record.len(), header.len())));
            }
            let cell = |at: usize| record.get(at).unwrap_or_default();
            let own = Lang::from_code(cell(1)).ok_or_else(|| fault(format!("language `{}` is neither ar nor en", cell(1))))?;
            if *lang.get_or_insert(own) != own {
                return Err(fault("is in another language than the rows before: one matrix holds one language".into()));
            }
            let mut values = Vec::with_capacity(FEATURES.len());
            for (&feature, &at) in &columns {
                let value: f64 = cell(at)
                    .parse()
                    .map_err(|_| fault(format!("f.{}: `{}` is not a number", FEATURES[feature].name, cell(at))))?;
                if value.is_nan() || value.abs() > LARGEST {
                    return Err(fault(format!("f.{}: `{}` is out of range", FEATURES[feature].name, cell(at))));
                }
                values.push(value);
            }
            rows.push(Row {
                id: cell(0).into(),
                label: match cell(2) {
                    "1" => true,
                    "0" => false,
                    other => return Err(fault(format!("label `{other}` is neither 0 nor 1"))),
                },
                group: cell(3).into(),
                source: cell(4).into(),
                fold: cell(5).parse().map_err(|_| fault(format!("fold `{}` is not a number", cell(5))))?,
                words: cell(6).parse().map_err(|_| fault(format!("words `{}` is not a number", cell(6))))?,
                values,
            });
        }
        let lang = lang.ok_or_else(|| Error::table(&name, "the matrix has no rows"))?;
        let mut folds: BTreeMap<&str, u32> = BTreeMap::new();
        for (number, row) in rows.iter().enumerate() {
            let fold = *folds.entry(&row.group).or_insert(row.fold);
            if fold != row.fold {
                let reason = format!(
                    "group `{}` is in fold {fold} and in fold {}: rows of one group belong into one fold",
                    row.group, row.fold
                );
                return Err(Error::Row { path: name, row: number as u64 + 1, reason });
            }
        }
        Ok(Matrix::new(lang, rows))
    }
}
