//! Models and the rows they are judged by, as `evaluate` and `model compare` take them from the command line.

use std::path::{Path, PathBuf};

use super::labelled::{ColumnArgs, check_language, data_file, is_matrix};
use crate::error::Error;
use crate::features::{Extractor, Status, extract};
use crate::matrix::Matrix;
use crate::model::logistic::sigmoid;
use crate::model::scorer::{Scorer, row_for};
use crate::train::judged::Judged;

/// Folds that baselines are learned over where the data has none.
const FOLDS: u32 = 10;

/// Rows with the scores of each of `scorers`, all of one head and language, and how many rows were refused.
pub fn judge(
    scorers: &[&Scorer],
    data: &[PathBuf],
    columns: &ColumnArgs,
    lexicons: Option<&PathBuf>,
) -> anyhow::Result<(Vec<Judged>, usize)> {
    let (judged, refused) = match data {
        [only] if is_matrix(only)? => (of_matrix(scorers, only)?, 0),
        _ => of_texts(scorers, data, columns, lexicons)?,
    };
    let positives = judged[0].positives();
    anyhow::ensure!(positives > 0 && positives < judged[0].len(), "the data needs rows of both classes to judge a model");
    Ok((judged, refused))
}

/// Whether a model learned from one of these files.
pub fn has_seen(scorer: &Scorer, data: &[PathBuf]) -> anyhow::Result<bool> {
    let learned_from = |path: &Path| -> anyhow::Result<bool> {
        let hash = data_file(path, 0)?.hash;
        Ok(scorer.model.training.data.iter().any(|file| file.hash == hash))
    };
    data.iter().try_fold(false, |seen, path| Ok(seen || learned_from(path)?))
}

fn of_matrix(scorers: &[&Scorer], path: &Path) -> anyhow::Result<Vec<Judged>> {
    let matrix = Matrix::read(path)?;
    let (lang, own) = (matrix.lang.code(), scorers[0].model.lang.code());
    anyhow::ensure!(lang == own, "{}: holds texts in `{lang}`, the model reads `{own}`", path.display());
    let scores = |scorer: &&Scorer| matrix.values.rows().into_iter().map(|row| sigmoid(scorer.log_odds(&row.to_vec()))).collect();
    Ok(scorers.iter().map(|scorer| Judged::of(&matrix, scores(scorer))).collect())
}

fn of_texts(
    scorers: &[&Scorer],
    data: &[PathBuf],
    columns: &ColumnArgs,
    lexicons: Option<&PathBuf>,
) -> anyhow::Result<(Vec<Judged>, usize)> {
    let (head, lang) = (scorers[0].model.head, scorers[0].model.lang);
    let lexicons = super::lexicons(lexicons)?;
    let (texts, _, mut refused) = columns.load(data, head)?;
    check_language(&texts, Some(lang))?;
    let mut extractor = Extractor::default();
    let (mut rows, mut scores) = (Judged::default(), vec![Vec::new(); scorers.len()]);
    for text in texts {
        let options = extract::Options { lang: Some(lang), min_words: 1, evidence: false };
        let extract = extractor.extract(lexicons, &text.text, options);
        if extract.status != Status::Ok {
            anstream::eprintln!("text `{}` was left out: {}", text.id, extract.status.key());
            refused += 1;
            continue;
        }
        let row = row_for(head, &extract);
        scores.iter_mut().zip(scorers).for_each(|(scores, scorer)| scores.push(sigmoid(scorer.log_odds(&row))));
        rows.ids.push(crate::digest::hex16([text.text.as_bytes()]));
        rows.scored.labels.push(text.label);
        rows.scored.groups.push(text.group);
        rows.sources.push(text.source);
        rows.words.push(extract.words);
    }
    if rows.is_empty() {
        return Err(Error::Training("no text of the data could be read".into()).into());
    }
    rows.fold(FOLDS);
    let mut judged = vec![rows; scorers.len()];
    judged.iter_mut().zip(scores).for_each(|(judged, scores)| judged.scored.scores = scores);
    Ok((judged, refused))
}
