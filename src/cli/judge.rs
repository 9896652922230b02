//! Models and the rows they are judged by, as `evaluate` and `model compare` take them from the command line.

use std::path::{Path, PathBuf};

use super::labelled::{ColumnArgs, check_language, data_file, is_matrix, tell_refused};
use crate::matrix::Matrix;
use crate::model::logistic::sigmoid;
use crate::model::scorer::Scorer;
use crate::train::judged::Judged;
use crate::train::judged_matrix;

/// Folds that baselines are learned over where the data has none.
const FOLDS: u32 = 10;

/// Rows with the scores of each of `scorers`, all of one head and language, and how many rows were refused.
pub fn judge(
    scorers: &[&Scorer],
    data: &[PathBuf],
    columns: &ColumnArgs,
    lexicons: Option<&PathBuf>,
) -> anyhow::Result<(Vec<Judged>, usize)> {
    let model = &scorers[0].model;
    let (matrix, refused) = match data {
        [only] if is_matrix(only)? => {
            let matrix = Matrix::read(only)?;
            let (lang, own) = (matrix.lang.code(), model.lang.code());
            anyhow::ensure!(lang == own, "{}: holds texts in `{lang}`, the model reads `{own}`", only.display());
            (matrix, 0)
        }
        _ => {
            let (texts, _, refused) = columns.load(data, model.head)?;
            check_language(&texts, Some(model.lang))?;
            let (matrix, unread) = judged_matrix(super::lexicons(lexicons)?, &texts, model.lang, model.head, FOLDS);
            tell_refused(&unread);
            (matrix, refused + unread.len())
        }
    };
    let positives = matrix.labels.iter().filter(|label| **label).count();
    anyhow::ensure!(positives > 0 && positives < matrix.len(), "the data needs rows of both classes to judge a model");
    let scores = |scorer: &Scorer| matrix.values.rows().into_iter().map(|row| sigmoid(scorer.log_odds(&row.to_vec()))).collect();
    Ok((scorers.iter().map(|scorer| Judged::of(&matrix, scores(scorer))).collect(), refused))
}

/// Whether a model learned from one of these files.
pub fn has_seen(scorer: &Scorer, data: &[PathBuf]) -> anyhow::Result<bool> {
    let learned_from = |path: &Path| -> anyhow::Result<bool> {
        let hash = data_file(path, 0)?.hash;
        Ok(scorer.model.training.data.iter().any(|file| file.hash == hash))
    };
    data.iter().try_fold(false, |seen, path| Ok(seen || learned_from(path)?))
}
