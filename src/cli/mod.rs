//! The command line: what was typed, and one file per subcommand that does it.

mod batch;
mod compare;
mod evaluate;
mod evidence;
mod judge;
mod labelled;
mod lexicon;
mod meta;
mod mine;
mod model;
mod report;
mod score;
#[cfg(feature = "serve")]
mod serve;
mod sources;
mod train;

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::Engine;
use crate::error::{Error, Result};
use crate::features::extract::Options;
use crate::lexicons::Lexicons;
use crate::model::{Model, Models};
use crate::text::Lang;

/// Scores news text for propaganda indicators and source credibility, and shows the exact words behind each score.
///
/// Arabic and English, offline. It shows indicators in the wording and the sourcing, never verdicts on truth.
#[derive(Debug, Parser)]
#[command(name = "tabayyun", version, max_term_width = 100, arg_required_else_help = true)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Print results only: no progress, no messages but errors.
    #[arg(long, short, global = true)]
    quiet: bool,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Score articles: text or HTML files, or standard input.
    Score(score::ScoreArgs),
    /// Score every row of a table (CSV, TSV or JSONL) into another.
    Batch(batch::BatchArgs),
    /// Tell a scored table's figures per outlet.
    Sources(sources::SourcesArgs),
    /// Make a page of a scored table's figures per outlet.
    Report(report::ReportArgs),
    /// Train a model from labelled texts or a feature matrix.
    Train(train::TrainArgs),
    /// Judge a model on labelled data.
    Evaluate(evaluate::EvaluateArgs),
    /// Look into the lexicons, or check packs of your own.
    Lexicon(lexicon::LexiconArgs),
    /// Look into the models.
    Model(model::ModelArgs),
    /// Serve the page and the API over HTTP.
    #[cfg(feature = "serve")]
    Serve(serve::ServeArgs),
    /// Print a completion script for a shell.
    Completions(meta::CompletionsArgs),
    /// Print the manual page, or write one per command into a folder.
    Man(meta::ManArgs),
}

/// Lexicons and models, where not the built-in ones.
#[derive(Debug, Args)]
struct EngineArgs {
    /// Use this model file for its head and language (may be given again for others).
    #[arg(long, value_name = "FILE")]
    model: Vec<PathBuf>,
    /// Use the lexicons of this folder, laid out like `models/lexicons`.
    #[arg(long, value_name = "FOLDER")]
    lexicons: Option<PathBuf>,
}

impl EngineArgs {
    fn engine(&self) -> Result<Engine> {
        let models = self.model.iter().map(|path| Model::read(path)).collect::<Result<Vec<_>>>()?;
        Ok(Engine { lexicons: lexicons(self.lexicons.as_ref())?, models: Models::built_in().with(models)? })
    }
}

/// The lexicons of a folder, or the built-in ones. Kept for the life of the process, as every command needs one set.
fn lexicons(folder: Option<&PathBuf>) -> Result<&'static Lexicons> {
    match folder {
        Some(folder) => Ok(Box::leak(Box::new(lexicons_in(folder)?))),
        None => Ok(Lexicons::built_in()),
    }
}

/// The lexicons of a folder.
fn lexicons_in(folder: &Path) -> Result<Lexicons> {
    if !folder.is_dir() {
        let reason = "is no folder: name one laid out like `models/lexicons`";
        return Err(Error::table(folder.display().to_string(), reason));
    }
    Lexicons::from_folder(folder)
}

/// Refuses, before any work is done, an output that would replace one of `inputs` or whose folder is not there.
fn check_output<'p>(output: &Path, inputs: impl IntoIterator<Item = &'p Path>) -> Result<()> {
    let refuse = |reason: String| Err(Error::table(output.display().to_string(), reason));
    if let Some(folder) = output.parent().filter(|f| !f.as_os_str().is_empty() && !f.is_dir()) {
        return refuse(format!("the folder `{}` does not exist: create it first", folder.display()));
    }
    match inputs.into_iter().find(|input| same_file(input, output)) {
        Some(_) => refuse("is read and would be written: give the output another name".into()),
        None => Ok(()),
    }
}

/// Whether two paths lead to one file, be it there or not.
fn same_file(a: &Path, b: &Path) -> bool {
    let resolved = |path: &Path| {
        path.canonicalize().or_else(|error| {
            let folder = path.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
            path.file_name().map_or(Err(error), |name| Ok(folder.canonicalize()?.join(name)))
        })
    };
    matches!((resolved(a), resolved(b)), (Ok(a), Ok(b)) if a == b)
}

/// A number above 0, as typed.
fn parse_positive(text: &str) -> std::result::Result<f64, String> {
    let number = text.parse().ok().filter(|n: &f64| n.is_finite() && *n > 0.0);
    number.ok_or_else(|| "expected a number above 0".into())
}

/// A share between 0 and 1, as typed.
fn parse_share(text: &str) -> std::result::Result<f64, String> {
    let share = text.parse().ok().filter(|n: &f64| *n > 0.0 && *n < 1.0);
    share.ok_or_else(|| "expected a share between 0 and 1, such as 0.3".into())
}

/// How texts are to be read.
#[derive(Debug, Args)]
struct ReadArgs {
    /// Language of the texts, if it is not to be detected.
    #[arg(long, value_name = "LANG", default_value = "auto", value_parser = parse_lang)]
    lang: LangChoice,
    /// Shorter texts are not scored, words.
    #[arg(long, value_name = "N", default_value_t = 8)]
    min_words: u32,
}

/// A language, or leave it to detection.
#[derive(Clone, Copy, Debug)]
struct LangChoice(Option<Lang>);

fn parse_lang(text: &str) -> std::result::Result<LangChoice, String> {
    match Lang::from_code(text) {
        Some(lang) => Ok(LangChoice(Some(lang))),
        None if text == "auto" => Ok(LangChoice(None)),
        None => Err("expected auto, ar or en".into()),
    }
}

impl ReadArgs {
    fn options(&self) -> Options {
        Options { lang: self.lang.0, min_words: self.min_words, evidence: true }
    }
}

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// Everything was done.
    Done,
    /// Done, but some input was refused; the results say which and why.
    SomeRefused,
}

/// Exit code when nothing could be done.
const NOTHING_DONE: u8 = 2;

/// Runs the command line of this process: 0 done, 1 some input refused, 2 nothing could be done.
pub fn run() -> ExitCode {
    run_from(std::env::args_os()).into()
}

/// As [`run`], for a command line, the program's name first, that comes from elsewhere. What was typed wrong, `--help` and `--version`
/// end the process.
pub fn run_from(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let cli = Cli::parse_from(arguments);
    let quiet = cli.quiet;
    let outcome = match cli.command {
        Command::Score(args) => score::run(&args, quiet),
        Command::Batch(args) => batch::run(&args, quiet),
        Command::Sources(args) => sources::run(&args, quiet),
        Command::Report(args) => report::run(&args, quiet),
        Command::Train(args) => train::run(&args, quiet),
        Command::Evaluate(args) => evaluate::run(&args, quiet),
        Command::Lexicon(args) => lexicon::run(&args),
        Command::Model(args) => model::run(&args, quiet),
        #[cfg(feature = "serve")]
        Command::Serve(args) => serve::run(&args, quiet),
        Command::Completions(args) => meta::completions(&args),
        Command::Man(args) => meta::man(&args),
    };
    match outcome {
        Ok(Outcome::Done) => 0,
        Ok(Outcome::SomeRefused) => 1,
        Err(error) if is_broken_pipe(&error) => 0,
        Err(error) => {
            anstream::eprintln!("tabayyun: {}", message(&error));
            NOTHING_DONE
        }
    }
}

/// The error and its causes, without those that an error above them has told already.
fn message(error: &anyhow::Error) -> String {
    let mut told: Vec<String> = Vec::new();
    for cause in error.chain().map(ToString::to_string) {
        if !told.last().is_some_and(|last| last.ends_with(&cause)) {
            told.push(cause);
        }
    }
    told.join(": ")
}

/// `tabayyun … | head` is no error.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    let is_pipe = |e: &std::io::Error| e.kind() == std::io::ErrorKind::BrokenPipe;
    error.chain().any(|cause| match cause.downcast_ref::<crate::Error>() {
        Some(crate::Error::Io { source, .. }) => is_pipe(source),
        _ => cause.downcast_ref::<std::io::Error>().is_some_and(is_pipe),
    })
}
