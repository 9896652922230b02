//! `tabayyun report`: a page that shows a scored table outlet by outlet.

use std::path::PathBuf;

use clap::Args;

use super::Outcome;
use super::sources::{ScoredColumns, check_outputs, read, write};
use crate::report::dashboard;
use crate::sources::Names;
use crate::text::Lang;

#[derive(Debug, Args)]
pub struct ReportArgs {
    /// A table that `tabayyun batch` has written (CSV, TSV or JSONL); `-` reads standard input.
    #[arg(value_name = "SCORED")]
    input: PathBuf,
    /// The page, an HTML file that needs no other; `-` writes standard output.
    #[arg(long, short, value_name = "OUT.html")]
    output: PathBuf,
    #[command(flatten)]
    columns: ScoredColumns,
    /// Column with the title; `title` or `headline` where there is one unless given.
    #[arg(long, value_name = "COLUMN")]
    title_column: Option<String>,
    /// Column with the address; `url` or `link` where there is one unless given. Only http and https are linked.
    #[arg(long, value_name = "COLUMN")]
    url_column: Option<String>,
    /// Language of the page (ar, en), whatever the texts are in.
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = parse_page_lang)]
    page_lang: Lang,
}

pub fn run(args: &ReportArgs, quiet: bool) -> anyhow::Result<Outcome> {
    check_outputs(Some(&args.output), &args.input)?;
    let names = Names { title: args.title_column.clone(), url: args.url_column.clone(), ..args.columns.names() };
    let (summary, outcome) = read(&args.input, &names, quiet)?;
    write(&args.output.display().to_string(), &dashboard::page(&summary, args.page_lang))?;
    if !quiet {
        let quality = &summary.quality;
        anstream::eprintln!("{} rows: {} with scores, {} outlets", quality.rows, quality.scored, summary.outlets.len());
    }
    Ok(outcome)
}

fn parse_page_lang(text: &str) -> Result<Lang, String> {
    Lang::from_code(text).ok_or_else(|| "expected ar or en".into())
}
