//! `tabayyun batch`: a table in, the same table with scores out.

use std::fs::File;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::{EngineArgs, Outcome, ReadArgs};
use crate::batch::{Batch, Columns, Extras, added_columns};
use crate::error::Error;
use crate::read::{Format, Table, TableWriter};

#[derive(Debug, Args)]
pub struct BatchArgs {
    /// CSV, TSV or JSONL; `-` reads standard input.
    #[arg(value_name = "IN")]
    input: PathBuf,
    /// CSV, TSV or JSONL by its extension; `-` writes standard output in the form of the input.
    #[arg(long, short, value_name = "OUT")]
    output: PathBuf,
    /// Column with the text.
    #[arg(long, value_name = "COLUMN", default_value = "text")]
    text_column: String,
    /// Column with a title, read as the first line of the text.
    #[arg(long, value_name = "COLUMN")]
    title_column: Option<String>,
    /// Column that names the row in the evidence file.
    #[arg(long, value_name = "COLUMN")]
    id_column: Option<String>,
    /// Column with the outlet: checked to be there, so that `sources` will find it.
    #[arg(long, value_name = "COLUMN")]
    source_column: Option<String>,
    /// Column with the language (ar, en); other values are detected.
    #[arg(long, value_name = "COLUMN")]
    lang_column: Option<String>,
    /// Add a column per feature.
    #[arg(long)]
    features: bool,
    /// Add a column per head and feature with its contribution.
    #[arg(long)]
    contributions: bool,
    /// Write the evidence of each row to this file, one JSON object a row.
    #[arg(long, value_name = "FILE.jsonl")]
    evidence: Option<PathBuf>,
    /// Threads that score; all cores unless given.
    #[arg(long, value_name = "N")]
    jobs: Option<usize>,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    engine: EngineArgs,
}

pub fn run(args: &BatchArgs, quiet: bool) -> anyhow::Result<Outcome> {
    if let Some(jobs) = args.jobs {
        rayon::ThreadPoolBuilder::new().num_threads(jobs).build_global()?;
    }
    let engine = args.engine.engine()?;
    let table = Table::open(&args.input.display().to_string(), None)?;
    let optional = |name: &Option<String>| name.as_deref().map(|n| table.column(n)).transpose();
    let columns = Columns {
        text: table.column(&args.text_column)?,
        title: optional(&args.title_column)?,
        id: optional(&args.id_column)?,
        lang: optional(&args.lang_column)?,
    };
    optional(&args.source_column)?;
    if same_file(&args.input, &args.output) {
        anyhow::bail!("{}: input and output are the same file", args.output.display());
    }
    let extras = Extras { features: args.features, contributions: args.contributions };
    let format = Format::from_path(&args.output).unwrap_or(table.format());
    let mut writer = TableWriter::beside(&table, &args.output.display().to_string(), format, &added_columns(extras))?;
    let mut evidence = args.evidence.as_ref().map(|path| evidence_file(path)).transpose()?;
    let bar = progress_bar(quiet);
    let batch = Batch { engine: &engine, columns, extras, options: args.read.options() };
    let sink = evidence.as_mut().map(|e| e as &mut (dyn Write + Send));
    let tally = batch.run(table, &mut writer, sink, |rows| bar.set_position(rows))?;
    writer.finish()?;
    if let Some(mut evidence) = evidence {
        evidence.flush()?;
    }
    bar.finish_and_clear();
    if !quiet {
        let Tally { rows, scored, faults } = tally;
        let unscored = rows - scored - faults;
        anstream::eprintln!("{rows} rows: {scored} scored, {unscored} without scores (see tb_status), {faults} refused");
    }
    Ok(if tally.faults > 0 { Outcome::SomeRefused } else { Outcome::Done })
}

use crate::batch::Tally;

fn evidence_file(path: &Path) -> anyhow::Result<BufWriter<File>> {
    Ok(BufWriter::new(File::create(path).map_err(Error::io(path)).context("evidence file")?))
}

fn same_file(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}

/// Rows, rate and elapsed time on a terminal; nothing in a pipe. The number of rows is not known before the last is read.
fn progress_bar(quiet: bool) -> ProgressBar {
    if quiet || !std::io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{spinner} {human_pos} rows  {per_sec}  {elapsed}")
        .unwrap_or(ProgressStyle::default_spinner());
    let bar = ProgressBar::new_spinner().with_style(style);
    bar.enable_steady_tick(Duration::from_millis(120));
    bar
}
