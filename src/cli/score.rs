//! `tabayyun score`: articles in, explanations out.

use std::io::{IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{EngineArgs, Outcome, ReadArgs};
use crate::features::{Extractor, Status};
use crate::read::{self, Document};
use crate::report::terminal::Layout;
use crate::report::{json, markdown, terminal};

#[derive(Debug, Args)]
pub struct ScoreArgs {
    /// Text or HTML files; `-` or nothing reads standard input.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Form of the result. JSON is one object per line.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
    /// List every contribution and every piece of evidence (text and markdown).
    #[arg(long)]
    explain: bool,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    engine: EngineArgs,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    Text,
    Json,
    Markdown,
}

pub fn run(args: &ScoreArgs, quiet: bool) -> anyhow::Result<Outcome> {
    let engine = args.engine.engine()?;
    let stdin = [PathBuf::from("-")];
    let files = if args.files.is_empty() { &stdin[..] } else { &args.files[..] };
    let mut extractor = Extractor::default();
    let mut out = anstream::AutoStream::auto(std::io::stdout().lock());
    let layout = Layout { width: width(), explain: args.explain };
    let (mut read, mut refused) = (0, 0);
    for file in files {
        let document = match document(file) {
            Ok(document) => document,
            Err(error) => {
                anstream::eprintln!("tabayyun: {error}");
                refused += 1;
                continue;
            }
        };
        if document.replaced > 0 && !quiet {
            anstream::eprintln!(
                "{}: {} characters could not be decoded as {}",
                document.id,
                document.replaced,
                document.encoding
            );
        }
        let explained = engine.score_with(&mut extractor, &document.text, args.read.options());
        refused += usize::from(explained.extract.status != Status::Ok);
        let report = match args.format {
            Form::Json => json::report(&engine, &document, &explained) + "\n",
            Form::Text => terminal::report(&engine, &document, &explained, layout),
            Form::Markdown => markdown::report(&engine, &document, &explained, args.explain),
        };
        out.write_all(report.as_bytes())?;
        read += 1;
    }
    out.flush()?;
    match (read, refused) {
        (0, _) => anyhow::bail!("nothing could be read"),
        (_, 0) => Ok(Outcome::Done),
        _ => Ok(Outcome::SomeRefused),
    }
}

fn document(file: &Path) -> crate::Result<Document> {
    if file == Path::new("-") { read::read_stdin() } else { read::read_path(file) }
}

/// Columns to fill: the terminal's, within what reads well; 100 in a pipe.
fn width() -> usize {
    match terminal_size::terminal_size() {
        Some((terminal_size::Width(width), _)) if std::io::stdout().is_terminal() => usize::from(width).clamp(60, 140),
        _ => 100,
    }
}
