//! Tables scored row by row: a reader, the engine on all cores and a writer, each on its own thread, in input order and in
//! constant memory.

use std::io::Write;
use std::sync::mpsc::sync_channel;
use std::thread;

use rayon::prelude::*;

use crate::Engine;
use crate::error::{Error, Result};
use crate::features::extract::Options;
use crate::features::{Extractor, Extractors, FEATURES, Status};
use crate::model::{Explained, Head};
use crate::read::{Cell, Column, Row, Table, TableWriter, with_title};
use crate::report::json;
use crate::text::Lang;

/// Rows scored together. Large enough to keep the cores busy, small enough to stay in cache.
const CHUNK_ROWS: usize = 256;
/// Bytes of text scored together: bounds memory when rows are long.
const CHUNK_BYTES: usize = 4 << 20;
/// Chunks waiting between two threads.
const WAITING: usize = 2;

/// Which columns of the input hold what, by number.
#[derive(Clone, Debug)]
pub struct Columns {
    /// The text.
    pub text: usize,
    /// A title to put before it.
    pub title: Option<usize>,
    /// The row's name in messages and evidence.
    pub id: Option<usize>,
    /// The language, where the data knows it.
    pub lang: Option<usize>,
}

/// What to add to each row besides status and scores.
#[derive(Clone, Copy, Debug, Default)]
pub struct Extras {
    /// `f.<feature>`: the values that the credibility head reads.
    pub features: bool,
    /// `c.<head>.<feature>`.
    pub contributions: bool,
}

/// How many rows ended how.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows read.
    pub rows: u64,
    /// Rows with scores.
    pub scored: u64,
    /// Rows that could not be read: ragged, undecodable.
    pub faults: u64,
    /// Rows that could be read but were left out, as an earlier run has written them.
    pub kept: u64,
}

/// A job over a whole table.
pub struct Batch<'a> {
    /// The engine.
    pub engine: &'a Engine,
    /// Where to find what.
    pub columns: Columns,
    /// What to add.
    pub extras: Extras,
    /// How to read texts.
    pub options: Options,
    /// Rows at the start that are not scored, because an earlier run has done so.
    pub skip: u64,
}

/// A scored row, ready to be written.
struct Scored {
    row: Row,
    status: &'static str,
    explained: Option<Explained>,
    note: String,
    evidence: Option<String>,
}

/// The added columns.
pub fn added_columns(extras: Extras) -> Vec<Column> {
    let mut columns = vec![Column::text("tb_status"), Column::text("tb_lang"), Column::integer("tb_words")];
    for head in Head::ALL {
        columns.push(Column::number(format!("{}_score", head.key())));
        columns.push(Column::text(format!("{}_band", head.key())));
    }
    columns.push(Column::text("tb_note"));
    if extras.features {
        columns.extend(FEATURES.iter().map(|f| Column::number(format!("f.{}", f.name))));
    }
    if extras.contributions {
        for head in Head::ALL {
            columns.extend(FEATURES.iter().map(|f| Column::number(format!("c.{}.{}", head.key(), f.name))));
        }
    }
    columns
}

impl Batch<'_> {
    /// Scores all rows of `table`, but those to be skipped, into `writer`; evidence, if wanted, goes to `evidence`, one JSON object a row.
    /// `progress` hears the number of rows after each chunk.
    pub fn run(
        &self,
        mut table: Table,
        writer: &mut TableWriter,
        mut evidence: Option<&mut (dyn Write + Send)>,
        mut progress: impl FnMut(u64) + Send,
    ) -> Result<Tally> {
        let wants_evidence = evidence.is_some();
        thread::scope(|scope| {
            let (to_score, chunks) = sync_channel::<Result<Vec<Row>>>(WAITING);
            let (to_write, scored) = sync_channel::<Result<Vec<Scored>>>(WAITING);
            scope.spawn(move || {
                while let Some(chunk) = table.next_chunk(CHUNK_ROWS, CHUNK_BYTES).transpose() {
                    let failed = chunk.is_err();
                    if to_score.send(chunk).is_err() || failed {
                        return;
                    }
                }
            });
            scope.spawn(move || {
                let extractors = Extractors::default();
                for chunk in chunks {
                    let scored = chunk.map(|rows| self.score(&extractors, rows, wants_evidence));
                    if to_write.send(scored).is_err() {
                        return;
                    }
                }
            });
            let mut tally = Tally::default();
            for chunk in scored {
                for row in chunk? {
                    tally.rows += 1;
                    if row.row.number <= self.skip {
                        let count = if row.row.fault.is_some() { &mut tally.faults } else { &mut tally.kept };
                        *count += 1;
                        continue;
                    }
                    tally.scored += u64::from(row.status == Status::Ok.key());
                    tally.faults += u64::from(row.row.fault.is_some());
                    let cells = added_cells(row.status, row.explained.as_ref(), &row.note, self.extras);
                    writer.write_beside(&row.row, &cells)?;
                    if let (Some(out), Some(line)) = (evidence.as_deref_mut(), &row.evidence) {
                        writeln!(out, "{line}").map_err(Error::io("evidence"))?;
                    }
                }
                progress(tally.rows);
            }
            Ok(tally)
        })
    }

    /// Scores rows on all threads of the pool.
    fn score(&self, extractors: &Extractors, rows: Vec<Row>, wants_evidence: bool) -> Vec<Scored> {
        let score = |row| extractors.with(|extractor| self.score_row(extractor, row, wants_evidence));
        rows.into_par_iter().map(score).collect()
    }

    fn score_row(&self, extractor: &mut Extractor, row: Row, wants_evidence: bool) -> Scored {
        if row.fault.is_some() || row.number <= self.skip {
            let note = row.fault.clone().unwrap_or_default();
            return Scored { row, status: "error", explained: None, note, evidence: None };
        }
        let title = self.columns.title.map(|at| row.get(at));
        let text = match title {
            Some(title) => with_title(Some(&title), row.get(self.columns.text).into_owned()).into(),
            None => row.get(self.columns.text),
        };
        let lang = self.columns.lang.and_then(|at| Lang::from_code(&row.get(at))).or(self.options.lang);
        let explained = self.engine.score_with(extractor, &text, Options { lang, evidence: wants_evidence, ..self.options });
        let evidence = wants_evidence.then(|| {
            let id = self.columns.id.map_or_else(|| row.number.to_string(), |at| row.get(at).into_owned());
            let list = json::evidence(self.engine, &text, &explained);
            serde_json::json!({"row": row.number, "id": id, "evidence": list}).to_string()
        });
        let note = explained.warnings.join("; ");
        drop(text);
        Scored { row, status: explained.extract.status.key(), explained: Some(explained), note, evidence }
    }
}

/// The added cells of a row, in the order of [`added_columns`]. `explained` is `None` for a row that could not be read.
pub fn added_cells<'n>(status: &'static str, explained: Option<&Explained>, note: &'n str, extras: Extras) -> Vec<Cell<'n>> {
    let heads = explained.and_then(|e| e.heads.as_ref());
    let lang = explained.and_then(|e| e.extract.lang).map(|l| l.code());
    let words = explained.map_or(Cell::Empty, |e| Cell::Integer(i64::from(e.extract.words)));
    let mut cells: Vec<Cell> = vec![status.into(), lang.into(), words];
    for head in Head::ALL {
        let answer = heads.map(|h| &h[head as usize]);
        cells.extend([answer.map(|a| a.score).into(), answer.map(|a| a.band.key()).into()]);
    }
    cells.push(Some(note).filter(|n| !n.is_empty()).into());
    if extras.features {
        let values = heads.map(|h| &h[Head::Credibility as usize].values);
        cells.extend((0..FEATURES.len()).map(|at| values.map(|v| v[at]).into()));
    }
    if extras.contributions {
        for head in Head::ALL {
            let values = heads.map(|h| &h[head as usize].contributions);
            cells.extend((0..FEATURES.len()).map(|at| values.map(|v| v[at]).into()));
        }
    }
    cells
}
