//! Labelled data as `train` and `evaluate` take it from the command line.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::error::Error;
use crate::matrix::Matrix;
use crate::model::Head;
use crate::model::file::DataFile;
use crate::read::Table;
use crate::text::Lang;
use crate::train::data::{self, Columns, Text};
use crate::train::mining::{Keep, Mine};
use crate::train::names::Names;
use crate::train::ratings::Ratings;

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
            if files.len() > 1 && is_matrix(file)? {
                anyhow::bail!("{}: is a feature matrix, which is given alone: build one matrix from all texts", file.display());
            }
            let loaded = data::load(file, &self.columns(head))?;
            tell_refused(&loaded.refused);
            refused += loaded.refused.len();
            if loaded.texts.is_empty() {
                anyhow::bail!("{}: has no row with a text and a label", file.display());
            }
            manifest.push(data_file(file, loaded.texts.len())?);
            texts.extend(loaded.texts);
        }
        Ok((texts, manifest, refused))
    }
}

/// How wording is learned.
#[derive(Debug, Args)]
pub struct WordingArgs {
    /// Most stems and pairs that are given a weight.
    #[arg(long, value_name = "N", default_value_t = 20_000)]
    wording_terms: usize,
    /// Chance of a mark by annotators, 0 to 1, from which a word is marked.
    #[arg(long, value_name = "CHANCE", default_value_t = 0.15, value_parser = super::parse_share, allow_negative_numbers = true)]
    mark_from: f64,
    /// Names and other words (one a line) for which no weight is learned; may be given several times.
    #[arg(long, value_name = "FILE.txt")]
    pub names: Vec<PathBuf>,
    /// Words rated by hand, `word<TAB>−2…3` a line: where learning from passages starts.
    #[arg(long, value_name = "FILE.tsv")]
    pub ratings: Option<PathBuf>,
}

impl WordingArgs {
    /// Counts the wording of `texts`.
    pub fn count(&self, texts: &[Text]) -> anyhow::Result<Mine> {
        let read = |path: &PathBuf| std::fs::read_to_string(path).map_err(Error::io(path));
        let names = self.names.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let ratings = match &self.ratings {
            Some(path) => Ratings::parse(&path.display().to_string(), &read(path)?)?,
            None => Ratings::default(),
        };
        Ok(Mine::count(texts, &Names::parse(&names.join("\n")), &ratings))
    }

    /// What is kept of it.
    pub fn keep(&self) -> Keep {
        Keep { most: self.wording_terms, marked_from: self.mark_from }
    }

    /// The wording of all counted texts as a lexicon file.
    pub fn lexicon(&self, mine: &Mine, head: Head, data: &[DataFile]) -> anyhow::Result<String> {
        let data: Vec<String> = data.iter().map(|d| format!("{} ({} rows)", d.name, d.rows)).collect();
        let heading = format!(
            "Wording learned for the {} head from {}.\nStem or pair of stems, weight in log-odds, chance that annotators mark it (where it is marked).",
            head.key(),
            data.join(", ")
        );
        Ok(mine.to_tsv(self.keep(), &heading)?)
    }
}

/// Tells the first of many refused rows, and how many more there are.
pub fn tell_refused(messages: &[String]) {
    const TOLD: usize = 20;
    messages.iter().take(TOLD).for_each(|message| anstream::eprintln!("{message}"));
    if messages.len() > TOLD {
        anstream::eprintln!("… and {} more rows refused", messages.len() - TOLD);
    }
}

/// Share of texts in another language from which data is taken for mixed; below it, it is a few foreign words.
const MIXED: f64 = 0.1;

/// Refuses texts of which more than a few are not in the language `wanted`, or, without it, not in that of most.
pub fn check_language(texts: &[Text], wanted: Option<Lang>) -> anyhow::Result<()> {
    let Some(lang) = wanted.or_else(|| data::main_language(texts)) else { return Ok(()) };
    let counts = data::languages(texts);
    let others: usize = Lang::ALL.into_iter().filter(|l| *l != lang).map(|l| counts[l as usize]).sum();
    if others as f64 > MIXED * texts.len() as f64 {
        let (n, code) = (texts.len(), lang.code());
        anyhow::bail!("{others} of {n} texts are not in `{code}`: a model reads one language, so give it the texts of one");
    }
    Ok(())
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
