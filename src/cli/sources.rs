//! `tabayyun sources`: what a scored table says about its outlets.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Outcome;
use crate::read::{Table, destination, write_whole};
use crate::report::sources::{csv, json, text};
use crate::sources::{Names, Summary, summarise};

#[derive(Debug, Args)]
pub struct SourcesArgs {
    /// A table that `tabayyun batch` has written (CSV, TSV or JSONL); `-` reads standard input.
    #[arg(value_name = "SCORED")]
    pub input: PathBuf,
    #[command(flatten)]
    pub columns: ScoredColumns,
    /// How to write the figures; as the name of OUT ends unless given, else as text.
    #[arg(long, value_name = "FORMAT")]
    format: Option<Form>,
    /// Write to this file instead of standard output.
    #[arg(long, short, value_name = "OUT")]
    output: Option<PathBuf>,
}

/// Columns of a scored table.
#[derive(Debug, Args)]
pub struct ScoredColumns {
    /// Column with the outlet; `source`, `outlet`, `publisher` or `domain` where there is one unless given.
    #[arg(long, value_name = "COLUMN")]
    source_column: Option<String>,
    /// Column with the day; `date`, `published`, `published_at` or `pubdate` where there is one unless given.
    #[arg(long, value_name = "COLUMN")]
    date_column: Option<String>,
    /// How days are written, such as %d/%m/%Y, if not as 2026-01-31.
    #[arg(long, value_name = "FORM")]
    date_format: Option<String>,
    /// Column with the text, for telling what stands there twice; `text` or `body` where there is one unless given.
    #[arg(long, value_name = "COLUMN")]
    text_column: Option<String>,
}

impl ScoredColumns {
    /// As the reader of scored tables takes them.
    pub fn names(&self) -> Names {
        Names {
            source: self.source_column.clone(),
            date: self.date_column.clone(),
            date_format: self.date_format.clone(),
            text: self.text_column.clone(),
            ..Names::default()
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    /// A row per outlet and language.
    Csv,
    /// One object.
    Json,
    /// For reading.
    Text,
}

pub fn run(args: &SourcesArgs, quiet: bool) -> anyhow::Result<Outcome> {
    let form = args.format.unwrap_or_else(|| args.output.as_deref().map_or(Form::Text, form_of));
    check_outputs(args.output.as_ref(), &args.input)?;
    let (summary, outcome) = read(&args.input, &args.columns.names(), quiet)?;
    let path = args.output.as_ref().map_or("-".to_owned(), |path| path.display().to_string());
    match form {
        Form::Csv => csv::write(&summary, &path)?,
        Form::Json => write(&path, &format!("{}\n", json::report(&summary)))?,
        Form::Text => write(&path, &text::report(&summary))?,
    }
    Ok(outcome)
}

/// Refuses an output, finished or unfinished, that would replace the input.
pub fn check_outputs(output: Option<&PathBuf>, input: &std::path::Path) -> anyhow::Result<()> {
    for path in output.iter().filter(|path| path.as_os_str() != "-") {
        super::check_output(path, [input])?;
        super::check_output(&destination(path).0, [input])?;
    }
    Ok(())
}

/// Reads a scored table; rows that could not be used are told on stderr.
pub fn read(input: &std::path::Path, names: &Names, quiet: bool) -> anyhow::Result<(Summary, Outcome)> {
    let table = Table::open(&input.display().to_string(), None)?;
    let (mut told, mut troubles) = (Vec::new(), 0usize);
    let summary = summarise(table, names, |error| {
        troubles += 1;
        if told.len() < TOLD {
            told.push(error.to_string());
        }
    })?;
    if !quiet {
        told.iter().for_each(|message| anstream::eprintln!("{message}"));
        if troubles > told.len() {
            anstream::eprintln!("… and {} more", troubles - told.len());
        }
    }
    Ok((summary, if troubles > 0 { Outcome::SomeRefused } else { Outcome::Done }))
}

/// Most rows that are told one by one.
const TOLD: usize = 20;

fn form_of(output: &std::path::Path) -> Form {
    match output.extension().and_then(|e| e.to_str()).map(str::to_ascii_lowercase).as_deref() {
        Some("csv") => Form::Csv,
        Some("json") => Form::Json,
        _ => Form::Text,
    }
}

/// Writes a text to a file, which appears under its name only when it is whole, or to standard output.
pub fn write(path: &str, text: &str) -> anyhow::Result<()> {
    if path == "-" {
        anstream::stdout().lock().write_all(text.as_bytes())?;
        return Ok(());
    }
    let plain = anstream::adapter::strip_str(text).to_string();
    Ok(write_whole(std::path::Path::new(path), plain)?)
}
