//! `tabayyun batch`: a table in, the same table with scores out.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::evidence::{self, EvidenceFile};
use super::{EngineArgs, Outcome, ReadArgs};
use crate::batch::{Batch, Columns, Extras, Tally, added_columns};
use crate::read::{Format, Packing, Table, TableWriter, destination};

#[derive(Debug, Args)]
pub struct BatchArgs {
    /// CSV, TSV, JSONL, also packed (gzip, zstd), or Parquet; `-` reads standard input.
    #[arg(value_name = "IN")]
    input: PathBuf,
    /// CSV, TSV, JSONL or Parquet by its extension, packed if `.gz` or `.zst` follows; `-` writes standard output in the form of the input.
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
    /// Column with the outlet: checked to be there, so that a later count per outlet does not fail.
    #[arg(long, value_name = "COLUMN")]
    source_column: Option<String>,
    /// Column with the language (ar, en); other values are detected.
    #[arg(long, value_name = "COLUMN")]
    lang_column: Option<String>,
    /// Columns of the input to carry along, by name; without this all are. With it the output can do without the texts, and of
    /// Parquet nothing else is read.
    #[arg(long, value_name = "COLUMN,...", value_delimiter = ',')]
    keep: Option<Vec<String>>,
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
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    jobs: Option<u16>,
    /// Go on with what an interrupted run of the same command left in `OUT.partial`.
    #[arg(long)]
    resume: bool,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    engine: EngineArgs,
}

pub fn run(args: &BatchArgs, quiet: bool) -> anyhow::Result<Outcome> {
    if let Some(jobs) = args.jobs {
        rayon::ThreadPoolBuilder::new().num_threads(jobs.into()).build_global()?;
    }
    check_paths(args)?;
    let mut table = Table::open(&args.input.display().to_string(), None)?;
    select(&mut table, args)?;
    let optional = |name: &Option<String>| name.as_deref().map(|n| table.column(n)).transpose();
    let columns = Columns {
        text: table.column(&args.text_column)?,
        title: optional(&args.title_column)?,
        id: optional(&args.id_column)?,
        lang: optional(&args.lang_column)?,
    };
    optional(&args.source_column)?;
    let format = output_format(&args.output, table.format())?;
    if table.encoding() != "UTF-8" && !quiet {
        anstream::eprintln!("{}: read as {}", table.name(), table.encoding());
    }
    let engine = args.engine.engine()?;
    let extras = Extras { features: args.features, contributions: args.contributions };
    // Rows whose evidence is not written yet are scored again, whatever the output holds.
    let most = match (args.resume, &args.evidence) {
        (false, _) => 0,
        (true, None) => u64::MAX,
        (true, Some(path)) => evidence::last_row(path)? + 1,
    };
    let output = args.output.display().to_string();
    let (mut writer, skip) = TableWriter::resume(&table, &output, format, &added_columns(extras), most)?;
    let mut evidence = args.evidence.as_ref().map(|path| EvidenceFile::open(path, skip)).transpose()?;
    let bar = progress_bar(quiet);
    let batch = Batch { engine: &engine, columns, extras, options: args.read.options(), skip };
    let sink = evidence.as_mut().map(|e| &mut e.out as &mut (dyn Write + Send));
    let tally = batch.run(table, &mut writer, sink, |rows| bar.set_position(rows))?;
    writer.finish()?;
    evidence.map(EvidenceFile::finish).transpose()?;
    bar.finish_and_clear();
    if !quiet {
        let Tally { rows, scored, faults, kept } = tally;
        let unscored = rows - scored - faults - kept;
        let before = if kept > 0 { format!("{kept} from before, ") } else { String::new() };
        let noun = if rows == 1 { "row" } else { "rows" };
        anstream::eprintln!(
            "{rows} {noun}: {before}{scored} scored, {unscored} without scores (see tb_status), {faults} refused"
        );
    }
    Ok(if tally.faults > 0 { Outcome::SomeRefused } else { Outcome::Done })
}

/// Leaves out what is neither carried along nor read.
fn select(table: &mut Table, args: &BatchArgs) -> anyhow::Result<()> {
    let Some(keep) = &args.keep else { return Ok(()) };
    let carried = keep.iter().filter(|name| !name.is_empty()).map(|name| table.column(name)).collect::<Result<Vec<_>, _>>()?;
    let read = [
        Some(&args.text_column),
        args.title_column.as_ref(),
        args.id_column.as_ref(),
        args.lang_column.as_ref(),
        args.source_column.as_ref(),
    ];
    let mut columns = carried.clone();
    for name in read.into_iter().flatten() {
        let column = table.column(name)?;
        if !columns.contains(&column) {
            columns.push(column);
        }
    }
    table.select(&columns, carried.len());
    Ok(())
}

/// Refuses outputs that would replace the input or each other, at once or while they are unfinished.
fn check_paths(args: &BatchArgs) -> anyhow::Result<()> {
    let to_stdout = args.output == Path::new("-");
    let is_packed = Packing::of_path(&args.output).0.is_some();
    anyhow::ensure!(
        !(args.resume && is_packed),
        "--resume goes on with a plain file: leave out the packing, and pack it afterwards"
    );
    anyhow::ensure!(
        !(args.resume && Format::from_path(&args.output) == Some(Format::Parquet)),
        "--resume goes on with rows one after another, which Parquet is not: write .csv or .jsonl"
    );
    anyhow::ensure!(!(args.resume && to_stdout), "--resume goes on with a file: give one as output");
    let output = if to_stdout { vec![] } else { vec![destination(&args.output).0, args.output.clone()] };
    let evidence = args.evidence.as_ref().map_or(vec![], |path| vec![destination(path).0, path.clone()]);
    for path in output.iter().rev() {
        super::check_output(path, [args.input.as_path()])?;
    }
    for path in evidence.iter().rev() {
        super::check_output(path, [args.input.as_path()])?;
        if output.iter().any(|other| super::same_file(other, path)) {
            anyhow::bail!("{}: output and evidence need names of their own", path.display());
        }
    }
    Ok(())
}

/// The form that a file name tells; that of the input for standard output, devices and names without an ending.
fn output_format(path: &Path, input: Format) -> anyhow::Result<Format> {
    let told = Format::from_path(path);
    let free = path == Path::new("-") || path.extension().is_none() || (path.exists() && !path.is_file());
    if told.is_none() && !free {
        let name = path.display();
        anyhow::bail!(
            "{name}: this ending tells no table format: use .csv, .tsv, .jsonl or .parquet, or write to `-` and pass it on"
        );
    }
    Ok(told.unwrap_or(input))
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
