//! `tabayyun lexicon mine`: what wording labelled texts teach, without training a model.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use super::Outcome;
use super::labelled::{ColumnArgs, WordingArgs, check_language};
use super::train::HeadArg;
use crate::read::write_whole;
use crate::train::data;

#[derive(Debug, Args)]
pub struct MineArgs {
    /// Labelled texts (CSV, TSV, JSONL); `NAME.spans.jsonl` beside a file adds gold spans, whose words count more.
    #[arg(value_name = "DATA", required = true)]
    data: Vec<PathBuf>,
    /// For which head the labels are.
    #[arg(long, value_enum, default_value = "propaganda")]
    head: HeadArg,
    /// Where the lexicon goes; standard output unless given.
    #[arg(long, short, value_name = "FILE.tsv")]
    output: Option<PathBuf>,
    #[command(flatten)]
    columns: ColumnArgs,
    /// Count each passage of a text by itself.
    #[arg(long)]
    by_passage: bool,
    #[command(flatten)]
    wording: WordingArgs,
}

pub fn run(args: &MineArgs) -> anyhow::Result<Outcome> {
    let head = args.head.into();
    let inputs = || args.data.iter().chain(&args.wording.names).chain(&args.wording.ratings).map(PathBuf::as_path);
    if let Some(output) = &args.output {
        super::check_output(output, inputs())?;
    }
    let (texts, manifest, refused) = args.columns.load(&args.data, head)?;
    check_language(&texts, None)?;
    let texts = if args.by_passage { data::by_passage(texts) } else { texts };
    let lexicon = args.wording.lexicon(&args.wording.count(&texts)?, head, &manifest)?;
    match &args.output {
        Some(path) => write_whole(path, lexicon)?,
        None => anstream::stdout().lock().write_all(lexicon.as_bytes())?,
    }
    Ok(if refused > 0 { Outcome::SomeRefused } else { Outcome::Done })
}
