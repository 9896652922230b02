//! `tabayyun train`: labelled texts, or a feature matrix, to a model.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Outcome;
use crate::error::Error;
use crate::lexicons::Lexicons;
use crate::matrix::Matrix;
use crate::model::Head;
use crate::model::file::DataFile;
use crate::read::Table;
use crate::train::data::{self, Columns, Text};
use crate::train::{self, Plan};

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
    /// Further labelled texts to learn from, but not to calibrate or judge on.
    #[arg(long, value_name = "DATA")]
    extra: Vec<PathBuf>,
    /// Make each passage of a text a row of its own, labelled like its text.
    #[arg(long)]
    by_passage: bool,
    /// Folds of the grouped cross-validation.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(2..=50))]
    folds: u32,
    /// Inverse regularisation strength (scikit-learn's C); the best of five is taken unless given.
    #[arg(long, value_name = "C")]
    c: Option<f64>,
    /// Share of the positive class where the model will be used; the training share unless given.
    #[arg(long, value_name = "SHARE")]
    prevalence: Option<f64>,
    /// What the positive label means, for the model card.
    #[arg(long, value_name = "TEXT", default_value = "")]
    meaning: String,
    /// Learn weights of wording from the texts too, and write them here (a lexicon file `learned-<head>.tsv`).
    #[arg(long, value_name = "FILE.tsv")]
    learn_wording: Option<PathBuf>,
    /// Most stems and pairs that are given a weight.
    #[arg(long, value_name = "N", default_value_t = 8000)]
    wording_terms: usize,
    /// Names (one a line) for which no weight is learned.
    #[arg(long, value_name = "FILE.txt")]
    names: Option<PathBuf>,
    /// Keep the feature matrix: numbers, labels and hashes, no text.
    #[arg(long, value_name = "FILE.csv")]
    matrix: Option<PathBuf>,
    /// Use the lexicons of this folder.
    #[arg(long, value_name = "FOLDER")]
    lexicons: Option<PathBuf>,
}

/// Columns of labelled texts.
#[derive(Debug, Args)]
pub struct ColumnArgs {
    /// Column with the text.
    #[arg(long, value_name = "COLUMN", default_value = "text")]
    text_column: String,
    /// Column with a title, read as the first line of the text; `title` where there is one unless given.
    #[arg(long, value_name = "COLUMN")]
    title_column: Option<String>,
    /// Column with the label; `label`, else a column named like the head, unless given.
    #[arg(long, value_name = "COLUMN")]
    label_column: Option<String>,
    /// Label of the positive class.
    #[arg(long, value_name = "LABEL", default_value = "1")]
    positive_label: String,
    /// Column whose equal values are never split over folds; `group` if there is one, else each text by itself.
    #[arg(long, value_name = "COLUMN")]
    group_column: Option<String>,
}

impl ColumnArgs {
    fn columns(&self, head: Head) -> Columns {
        let label = match &self.label_column {
            Some(column) => vec![column.clone()],
            None => vec!["label".into(), head.key().into()],
        };
        Columns {
            text: self.text_column.clone(),
            title: self.title_column.clone(),
            label,
            positive: self.positive_label.clone(),
            group: self.group_column.clone(),
        }
    }

    /// Labelled texts of all files; refused rows are told on stderr and counted.
    pub fn load(&self, files: &[PathBuf], head: Head) -> anyhow::Result<(Vec<Text>, Vec<DataFile>, usize)> {
        let (mut texts, mut manifest, mut refused) = (Vec::new(), Vec::new(), 0);
        for file in files {
            let loaded = data::load(file, &self.columns(head))?;
            loaded.refused.iter().for_each(|message| anstream::eprintln!("{message}"));
            refused += loaded.refused.len();
            manifest.push(data_file(file, loaded.texts.len())?);
            texts.extend(loaded.texts);
        }
        Ok((texts, manifest, refused))
    }
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

/// Name, hash and length of a data file.
pub fn data_file(path: &Path, rows: usize) -> anyhow::Result<DataFile> {
    let bytes = std::fs::read(path).map_err(Error::io(path))?;
    let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(DataFile { name, hash: crate::digest::hex16([bytes.as_slice()]), rows })
}

/// Whether a file is a feature matrix.
pub fn is_matrix(path: &Path) -> anyhow::Result<bool> {
    let table = Table::open(&path.display().to_string(), None)?;
    Ok(Matrix::is_matrix_header(table.columns().iter().map(String::as_str)))
}

pub fn run(args: &TrainArgs, quiet: bool) -> anyhow::Result<Outcome> {
    let plan = Plan {
        head: args.head.into(),
        folds: args.folds,
        c: args.c,
        prevalence: args.prevalence.filter(|p| *p > 0.0 && *p < 1.0),
        positive: args.meaning.clone(),
    };
    let mut lexicons = match &args.lexicons {
        Some(folder) => Lexicons::from_folder(folder)?,
        None => Lexicons::embedded()?,
    };
    let (matrix, manifest, refused) = match &args.data[..] {
        [only] if is_matrix(only)? => {
            let matrix = Matrix::read(only)?;
            let manifest = vec![data_file(only, matrix.len())?];
            (matrix, manifest, 0)
        }
        files => from_texts(args, &plan, &mut lexicons, files)?,
    };
    let trained = train::train(&matrix, &plan, &lexicons.hash, manifest)?;
    std::fs::write(&args.output, trained.model.to_json()).map_err(Error::io(&args.output))?;
    if !quiet {
        super::evaluate::print_judgement(&trained.out_of_fold, &trained.words, trained.model.threshold, "grouped out-of-fold")?;
    }
    Ok(if refused > 0 { Outcome::SomeRefused } else { Outcome::Done })
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
    let texts = if args.by_passage { data::by_passage(texts) } else { texts };
    let names = args.names.as_ref().map(|path| std::fs::read_to_string(path).map_err(Error::io(path))).transpose()?;
    let mine = args.learn_wording.is_some().then(|| train::mine(&texts, names.as_deref().unwrap_or_default()));
    let (matrix, unread) = train::matrix(lexicons, &texts, plan, mine.as_ref().map(|m| (m, args.wording_terms)))?;
    unread.iter().for_each(|message| anstream::eprintln!("{message}"));
    refused += unread.len();
    if let (Some(path), Some(mine)) = (&args.learn_wording, &mine) {
        let rows: Vec<usize> = (0..texts.len()).collect();
        let data: Vec<String> = manifest.iter().map(|d| format!("{} ({} rows)", d.name, d.rows)).collect();
        let heading = format!(
            "Wording learned for the {} head from {}.\nStem or pair of stems, weight (shrunk log-odds); made by `tabayyun train --learn-wording`.",
            plan.head.key(),
            data.join(", ")
        );
        std::fs::write(path, mine.to_tsv(&mine.weights(&rows, args.wording_terms), &heading)).map_err(Error::io(path))?;
    }
    if let Some(path) = &args.matrix {
        matrix.write(path)?;
    }
    Ok((matrix, manifest, refused))
}
