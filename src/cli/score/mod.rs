//! `tabayyun score`: articles in, explanations out.

mod output;
mod watch;

use std::io::IsTerminal;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use self::output::Output;
use self::watch::Watched;
use super::{EngineArgs, Outcome, ReadArgs};
use crate::Engine;
use crate::features::{Extractor, Status};
use crate::model::Explained;
use crate::read::{self, Document};
use crate::report::terminal::Layout;
use crate::report::{brief, html, json, markdown, sarif, terminal};
use crate::text::Lang;

#[derive(Debug, Args)]
pub struct ScoreArgs {
    /// Text or HTML files; `-` or nothing reads standard input.
    #[arg(value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Form of the result. JSON is one object per line; HTML is one page that needs nothing else; SARIF shows the marks in
    /// editors and code review.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
    /// One line for each text; what several files get unless asked for more.
    #[arg(long, conflicts_with_all = ["explain", "format"])]
    brief: bool,
    /// List every contribution and every piece of evidence (text and markdown).
    #[arg(long)]
    explain: bool,
    /// Score the texts in this folder, then each that arrives or changes, until stopped.
    #[arg(long, value_name = "FOLDER", conflicts_with_all = ["files", "output"])]
    watch: Option<PathBuf>,
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
    Sarif,
}

pub fn run(args: &ScoreArgs, quiet: bool) -> anyhow::Result<Outcome> {
    let stdin = [PathBuf::from("-")];
    let files = if args.files.is_empty() { &stdin[..] } else { &args.files[..] };
    if let Some(output) = &args.output {
        super::check_output(output, files.iter().map(PathBuf::as_path))?;
    }
    let engine = args.engine.engine()?;
    let session = Session::new(args, &engine, quiet)?;
    match &args.watch {
        Some(_) if matches!(args.format, Form::Html | Form::Sarif) => {
            anyhow::bail!("a folder that is watched has no end, so no page and no SARIF log of it: use text, json or markdown")
        }
        Some(folder) => session.watch(folder),
        None => session.all(files),
    }
}

/// Texts scored one after the other, and their reports.
struct Session<'a> {
    args: &'a ScoreArgs,
    engine: &'a Engine,
    extractor: Extractor,
    out: Output,
    /// Texts that one page or one log holds together.
    together: Vec<(Document, Explained)>,
    brief: bool,
    layout: Layout,
    quiet: bool,
}

/// What became of a file.
#[derive(PartialEq, Eq)]
enum Fate {
    Scored,
    /// Read, but not to be scored.
    Refused,
    Unreadable,
}

impl<'a> Session<'a> {
    fn new(args: &'a ScoreArgs, engine: &'a Engine, quiet: bool) -> crate::Result<Session<'a>> {
        let several = args.files.len() > 1 || args.watch.is_some();
        Ok(Session {
            args,
            engine,
            extractor: Extractor::default(),
            out: Output::open(args.output.as_deref())?,
            together: Vec::new(),
            brief: args.brief || (several && args.format == Form::Text && !args.explain),
            layout: Layout { width: width(), explain: args.explain },
            quiet,
        })
    }

    /// Scores every file of a list.
    fn all(mut self, files: &[PathBuf]) -> anyhow::Result<Outcome> {
        if self.brief {
            self.out.write(&brief::heading())?;
        }
        let fates = files.iter().map(|file| self.file(file)).collect::<crate::Result<Vec<Fate>>>()?;
        match self.args.format {
            Form::Html if !self.together.is_empty() => self.out.write(&html::page(self.engine, &self.together, self.args.ui))?,
            Form::Sarif => self.out.write(&sarif::log(self.engine, &self.together))?,
            _ => {}
        }
        anyhow::ensure!(fates.iter().any(|fate| *fate != Fate::Unreadable), "nothing could be read");
        self.out.finish()?;
        Ok(if fates.iter().all(|fate| *fate == Fate::Scored) { Outcome::Done } else { Outcome::SomeRefused })
    }

    /// Scores what lies in a folder and what arrives there, until the process is stopped or the folder is gone.
    fn watch(mut self, folder: &Path) -> anyhow::Result<Outcome> {
        let mut watched = Watched::new(folder);
        watched.look()?;
        if !self.quiet {
            anstream::eprintln!("watching {}: texts are scored as they arrive; stop with Ctrl-C", folder.display());
        }
        if self.brief {
            self.out.write(&brief::heading())?;
            self.out.flush()?;
        }
        loop {
            std::thread::sleep(watch::INTERVAL);
            for file in watched.look()? {
                self.file(&file)?;
                self.out.flush()?;
            }
        }
    }

    fn file(&mut self, file: &Path) -> crate::Result<Fate> {
        let document = match document(file) {
            Ok(document) => document,
            Err(error) => {
                anstream::eprintln!("tabayyun: {error}");
                return Ok(Fate::Unreadable);
            }
        };
        if document.replaced > 0 && !self.quiet {
            anstream::eprintln!(
                "{}: {} characters could not be decoded as {}",
                document.id,
                document.replaced,
                document.encoding
            );
        }
        let explained = self.engine.score_with(&mut self.extractor, &document.text, self.args.read.options());
        let fate = if explained.extract.status == Status::Ok { Fate::Scored } else { Fate::Refused };
        let (engine, layout) = (self.engine, self.layout);
        match self.args.format {
            Form::Html | Form::Sarif => self.together.push((document, explained)),
            Form::Json => self.out.write(&(json::report(engine, &document, &explained) + "\n"))?,
            Form::Text if self.brief => self.out.write(&brief::line(&document, &explained, layout.width))?,
            Form::Text => self.out.write(&terminal::report(engine, &document, &explained, layout))?,
            Form::Markdown => self.out.write(&markdown::report(engine, &document, &explained, layout.explain))?,
        }
        Ok(fate)
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
