//! `tabayyun train`: labelled texts, or a feature matrix, to a model.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Outcome;
use super::labelled::{ColumnArgs, WordingArgs, check_language, data_file, is_matrix, tell_refused};
use crate::error::Error;
use crate::lexicons::Lexicons;
use crate::matrix::Matrix;
use crate::model::Head;
use crate::model::file::DataFile;
use crate::read::write_whole;
use crate::report::training;
use crate::train::data::{self, Text};
use crate::train::{self, Plan, coefficients, learning};

#[derive(Debug, Args)]
pub struct TrainArgs {
    /// Labelled texts (CSV, TSV, JSONL; `NAME.spans.jsonl` beside a file adds gold spans), or one feature matrix.
    #[arg(value_name = "DATA", required = true)]
    data: Vec<PathBuf>,
    /// Which question the model answers.
    #[arg(long, value_enum)]
    head: HeadArg,
    /// Where the model goes.
    #[arg(long, short, value_name = "MODEL.json")]
    output: PathBuf,
    #[command(flatten)]
    columns: ColumnArgs,
    /// Further labelled texts to learn wording from; coefficients, calibration and figures rest on DATA alone.
    #[arg(long, value_name = "DATA", requires = "learn_wording")]
    extra: Vec<PathBuf>,
    /// Make each passage of a text a row of its own, labelled like its text.
    #[arg(long)]
    by_passage: bool,
    /// Folds of the grouped cross-validation.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(2..=50))]
    folds: u32,
    /// Inverse regularisation strength (scikit-learn's C); the best of five is taken unless given.
    #[arg(long, value_name = "C", value_parser = super::parse_positive, allow_negative_numbers = true)]
    c: Option<f64>,
    /// Share of the positive class where the model will be used; the training share unless given.
    #[arg(long, value_name = "SHARE", value_parser = super::parse_share, allow_negative_numbers = true)]
    prevalence: Option<f64>,
    /// What the positive label means, for the model card.
    #[arg(long, value_name = "TEXT", default_value = "")]
    meaning: String,
    /// Learn weights of wording from the texts too, and write them here (a lexicon file `learned-<head>.tsv`).
    #[arg(long, value_name = "FILE.tsv")]
    learn_wording: Option<PathBuf>,
    #[command(flatten)]
    wording: WordingArgs,
    /// Keep the feature matrix: numbers, labels and hashes, no text.
    #[arg(long, value_name = "FILE.csv")]
    matrix: Option<PathBuf>,
    /// Write the score of each row from the model that did not see its fold: id, label, group, source, words, score.
    #[arg(long, value_name = "FILE.csv")]
    out_of_fold: Option<PathBuf>,
    /// Write a page with curves, calibration, coefficients, errors by outlet, a learning curve and what could make the figures too
    /// good.
    #[arg(long, value_name = "FILE.html")]
    report: Option<PathBuf>,
    /// Use the lexicons of this folder.
    #[arg(long, value_name = "FOLDER")]
    lexicons: Option<PathBuf>,
}

/// Refuses a matrix that nothing can be learned from.
fn check_matrix(matrix: &Matrix) -> anyhow::Result<()> {
    const LEAST: usize = 10;
    let positive = matrix.labels.iter().filter(|label| **label).count();
    for (class, rows) in [("positive", positive), ("negative", matrix.len() - positive)] {
        anyhow::ensure!(
            rows >= LEAST,
            "training: {rows} of {} rows are of the {class} class; both classes need {LEAST} or more",
            matrix.len()
        );
    }
    let varies = |column: ndarray::ArrayView1<f64>| column.iter().any(|value| *value != column[0]);
    anyhow::ensure!(matrix.values.columns().into_iter().any(varies), "training: every feature has the same value in all rows");
    Ok(())
}

/// A head as typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum HeadArg {
    Propaganda,
    Credibility,
}

impl From<HeadArg> for Head {
    fn from(arg: HeadArg) -> Head {
        match arg {
            HeadArg::Propaganda => Head::Propaganda,
            HeadArg::Credibility => Head::Credibility,
        }
    }
}

/// The file beside a matrix that says which texts it came from.
fn origin_of(matrix: &Path) -> PathBuf {
    matrix.with_extension("origin.json")
}

/// The texts a matrix came from, where that is known.
fn origin(matrix: &Path) -> anyhow::Result<Vec<DataFile>> {
    let path = origin_of(matrix);
    match std::fs::read_to_string(&path) {
        Ok(text) => serde_json::from_str(&text).map_err(|e| Error::table(path.display().to_string(), e.to_string()).into()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Vec::new()),
        Err(error) => Err(Error::io(path)(error).into()),
    }
}

pub fn run(args: &TrainArgs, quiet: bool) -> anyhow::Result<Outcome> {
    let plan = Plan {
        head: args.head.into(),
        folds: args.folds,
        c: args.c,
        prevalence: args.prevalence,
        positive: args.meaning.clone(),
    };
    let inputs =
        || args.data.iter().chain(&args.extra).chain(&args.wording.names).chain(&args.wording.ratings).map(PathBuf::as_path);
    let optional = [&args.learn_wording, &args.matrix, &args.out_of_fold, &args.report];
    let outputs: Vec<&PathBuf> = [&args.output].into_iter().chain(optional.into_iter().flatten()).collect();
    for (at, output) in outputs.iter().enumerate() {
        super::check_output(output, inputs())?;
        let twice = outputs[..at].iter().any(|other| super::same_file(other, output));
        anyhow::ensure!(!twice, "{}: would be written twice: give each output a name of its own", output.display());
    }
    let mut lexicons = match &args.lexicons {
        Some(folder) => super::lexicons_in(folder)?,
        None => Lexicons::embedded(),
    };
    let (matrix, manifest, refused) = match &args.data[..] {
        [only] if is_matrix(only)? => {
            let matrix = Matrix::read(only)?;
            let mut manifest = vec![data_file(only, matrix.len())?];
            manifest.extend(origin(only)?);
            (matrix, manifest, 0)
        }
        files => from_texts(args, &plan, &mut lexicons, files)?,
    };
    check_matrix(&matrix)?;
    let trained = train::train(&matrix, &plan, &lexicons.hash, manifest)?;
    write_whole(&args.output, trained.model.to_json())?;
    if let Some(path) = &args.out_of_fold {
        write_out_of_fold(path, &matrix, &trained.judged.scored.scores)?;
    }
    if !quiet {
        super::evaluate::print_judgement(&trained.judged, trained.model.threshold, "grouped out-of-fold")?;
    }
    if let Some(path) = &args.report {
        let learning = learning::curve(&matrix, plan.head, trained.model.training.c)?;
        let coefficients = coefficients::resampled(&matrix, &trained.model)?;
        let page = training::page(&training::Report {
            model: &trained.model,
            judged: &trained.judged,
            threshold: trained.model.threshold,
            coefficients: &coefficients,
            learning: Some(&learning),
            seen: false,
        });
        write_whole(path, page)?;
    }
    Ok(if refused > 0 { Outcome::SomeRefused } else { Outcome::Done })
}

fn write_out_of_fold(path: &Path, matrix: &Matrix, scores: &[f64]) -> anyhow::Result<()> {
    let mut out = csv::Writer::from_writer(Vec::new());
    out.write_record(["id", "label", "group", "source", "words", "score"])?;
    for (row, score) in scores.iter().enumerate() {
        let label = if matrix.labels[row] { "1" } else { "0" };
        let (words, score) = (matrix.words[row].to_string(), format!("{score:.6}"));
        out.write_record([&matrix.ids[row], label, &matrix.groups[row], &matrix.sources[row], &words, &score])?;
    }
    Ok(write_whole(path, out.into_inner()?)?)
}

fn from_texts(
    args: &TrainArgs,
    plan: &Plan,
    lexicons: &mut Lexicons,
    files: &[PathBuf],
) -> anyhow::Result<(Matrix, Vec<DataFile>, usize)> {
    let (mut texts, mut manifest, mut refused) = args.columns.load(files, plan.head)?;
    let (extra, extra_manifest, extra_refused) = args.columns.load(&args.extra, plan.head)?;
    texts.extend(extra.into_iter().map(|text| Text { extra: true, ..text }));
    manifest.extend(extra_manifest);
    refused += extra_refused;
    check_language(&texts, None)?;
    let texts = if args.by_passage { data::by_passage(texts) } else { texts };
    let mine = args.learn_wording.is_some().then(|| args.wording.count(&texts)).transpose()?;
    let (matrix, unread) = train::matrix(lexicons, &texts, plan, mine.as_ref().map(|m| (m, args.wording.keep())))?;
    tell_refused(&unread);
    refused += unread.len();
    if let (Some(path), Some(mine)) = (&args.learn_wording, &mine) {
        let lexicon = args.wording.lexicon(mine, plan.head, &manifest)?;
        write_whole(path, lexicon)?;
    }
    if let Some(path) = &args.matrix {
        matrix.write(path)?;
        let origin = serde_json::to_string_pretty(&manifest)? + "\n";
        write_whole(&origin_of(path), origin)?;
    }
    Ok((matrix, manifest, refused))
}
