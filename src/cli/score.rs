//! `tabayyun score`: articles in, explanations out.

use std::fs::File;
use std::io::{BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::{EngineArgs, Outcome, ReadArgs};
use crate::error::Error;
use crate::features::{Extractor, Status};
use crate::read::{self, Document};
use crate::report::terminal::Layout;
use crate::report::{brief, html, json, markdown, terminal};
use crate::text::Lang;

#[derive(Debug, Args)]
pub struct ScoreArgs {
    /// Text or HTML files; `-` or nothing reads standard input.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Form of the result. JSON is one object per line; HTML is one page that needs nothing else.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
    /// One line for each text; what several files get unless asked for more.
    #[arg(long, conflicts_with_all = ["explain", "format"])]
    brief: bool,
    /// List every contribution and every piece of evidence (text and markdown).
    #[arg(long)]
    explain: bool,
    /// Write the result to this file.
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Language of a page's own words.
    #[arg(long, value_name = "LANG", default_value = "en", value_parser = parse_ui)]
    ui: Lang,
    #[command(flatten)]
    read: ReadArgs,
    #[command(flatten)]
    engine: EngineArgs,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Json,
    Markdown,
    Html,
}

pub fn run(args: &ScoreArgs, quiet: bool) -> anyhow::Result<Outcome> {
    let stdin = [PathBuf::from("-")];
    let files = if args.files.is_empty() { &stdin[..] } else { &args.files[..] };
    if let Some(output) = &args.output {
        super::check_output(output, files.iter().map(PathBuf::as_path))?;
    }
    let engine = args.engine.engine()?;
    let mut extractor = Extractor::default();
    let mut out = Output::open(args.output.as_deref())?;
    let brief = args.brief || (files.len() > 1 && args.format == Form::Text && !args.explain);
    let layout = Layout { width: width(), explain: args.explain };
    let (mut texts, mut read, mut refused) = (Vec::new(), 0, 0);
    if brief {
        out.write(&brief::heading())?;
    }
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
        read += 1;
        match args.format {
            Form::Html => texts.push((document, explained)),
            Form::Json => out.write(&(json::report(&engine, &document, &explained) + "\n"))?,
            Form::Text if brief => out.write(&brief::line(&document, &explained, layout.width))?,
            Form::Text => out.write(&terminal::report(&engine, &document, &explained, layout))?,
            Form::Markdown => out.write(&markdown::report(&engine, &document, &explained, args.explain))?,
        }
    }
    if !texts.is_empty() {
        out.write(&html::page(&engine, &texts, args.ui))?;
    }
    anyhow::ensure!(read > 0, "nothing could be read");
    out.finish()?;
    Ok(if refused == 0 { Outcome::Done } else { Outcome::SomeRefused })
}

/// Where results go: standard output, or a file that gets its name when it is whole.
enum Output {
    Stdout(anstream::AutoStream<std::io::StdoutLock<'static>>),
    File { written: BufWriter<File>, partial: PathBuf, rename: Option<(PathBuf, PathBuf)> },
}

impl Output {
    fn open(path: Option<&Path>) -> crate::Result<Output> {
        let Some(path) = path.filter(|path| *path != Path::new("-")) else {
            return Ok(Output::Stdout(anstream::AutoStream::auto(std::io::stdout().lock())));
        };
        let (partial, rename) = read::destination(path);
        let file = File::create(&partial).map_err(Error::io(&partial))?;
        Ok(Output::File { written: BufWriter::new(file), partial, rename })
    }

    fn write(&mut self, text: &str) -> crate::Result<()> {
        match self {
            Output::Stdout(out) => out.write_all(text.as_bytes()).map_err(Error::io("<stdout>")),
            Output::File { written, partial, .. } => {
                write!(written, "{}", anstream::adapter::strip_str(text)).map_err(Error::io(&*partial))
            }
        }
    }

    fn finish(self) -> crate::Result<()> {
        match self {
            Output::Stdout(mut out) => out.flush().map_err(Error::io("<stdout>")),
            Output::File { written, partial, rename } => {
                written.into_inner().map_err(|e| Error::io(&partial)(e.into_error()))?;
                rename.map_or(Ok(()), |(from, to)| std::fs::rename(&from, &to).map_err(Error::io(&to)))
            }
        }
    }
}

fn parse_ui(code: &str) -> Result<Lang, String> {
    Lang::from_code(code).ok_or_else(|| "expected ar or en".into())
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
