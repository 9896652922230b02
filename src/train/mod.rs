//! From labelled text to a model: mining, matrix, grouped cross-validation, fit, calibration and bands.

pub mod baselines;
pub mod bootstrap;
pub mod coefficients;
pub mod curves;
pub mod data;
pub mod folds;
pub mod judged;
pub mod learning;
pub mod metrics;
pub mod mining;
pub mod names;
pub mod ratings;

use std::collections::BTreeMap;

use ndarray::{Array1, Array2, ArrayView2, Axis, ShapeBuilder};
use rayon::prelude::*;

use crate::error::{Error, Result};
use crate::features::{Extractor, FEATURES, Push, Status, extract, registry};
use crate::lexicons::Lexicons;
use crate::matrix::{Matrix, Row};
use crate::model::file::{Bands, Calibration, DataFile, FORMAT, Manifest, Model, Weight};
use crate::model::logistic::{self, Fit, sigmoid};
use crate::model::{Head, scorer};
use crate::text::Lang;
use data::Text;
use judged::Judged;
use metrics::Scored;
use mining::{Keep, Mine};

/// How to train.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Which question.
    pub head: Head,
    /// Folds of the grouped cross-validation.
    pub folds: u32,
    /// Inverse regularisation strength; `None` tries [`STRENGTHS`] and keeps the best out-of-fold log-loss.
    pub c: Option<f64>,
    /// Share of the positive class where the model will be used; `None` keeps the training share.
    pub prevalence: Option<f64>,
    /// What label 1 means, in words.
    pub positive: String,
}

/// Strengths tried.
pub const STRENGTHS: [f64; 5] = [0.003, 0.01, 0.03, 0.1, 0.3];
/// Significant digits of numbers in a model file: the solver's last digits differ between machines.
const DIGITS: i32 = 6;
/// Shares of out-of-fold rows below the low and the high band's edge.
const BAND_EDGES: [f64; 2] = [1.0 / 3.0, 2.0 / 3.0];
/// Regularisation of the calibration slope: nothing against thousands of rows, a bound where few rows are told apart perfectly.
const SLOPE_C: f64 = 1.0;
/// Slope of a calibration that found nothing to calibrate; positive, so that scores keep their order.
const LEAST_SLOPE: f64 = 1e-3;
/// Log-odds per deviation by which a coefficient on the way to the solution must point the wrong way to be given up.
const CLEARLY: f64 = 0.01;
/// A column that is nonzero in fewer rows tells nothing about its coefficient.
const LEAST_NONZERO: usize = 8;

/// Turns labelled texts into a matrix. With `mine`, learned wording is cross-fitted: no text is read with weights that saw
/// its fold. Returns the matrix and a message per text that could not be used.
pub fn matrix(
    lexicons: &mut Lexicons,
    texts: &[Text],
    plan: &Plan,
    mine: Option<(&Mine, Keep)>,
) -> Result<(Matrix, Vec<String>)> {
    let groups: Vec<String> = texts.iter().map(|t| t.group.clone()).collect();
    let folds = folds::by_group(&groups, plan.folds);
    let lang = data::main_language(texts).ok_or_else(|| Error::Training("no Arabic or English text found".into()))?;
    let mut extractor = Extractor::default();
    let mut rows: Vec<Option<Row>> = vec![None; texts.len()];
    let mut refused = Vec::new();
    let rounds: Vec<u32> = if mine.is_some() { (0..plan.folds).collect() } else { vec![u32::MAX] };
    for fold in rounds {
        if let Some((mine, keep)) = mine {
            let (outside, _) = folds::split(&folds, fold);
            lexicons.learn(lang, plan.head, mine.learned(&outside, keep)?);
        }
        for (at, text) in texts.iter().enumerate().filter(|(at, t)| !t.extra && (fold == u32::MAX || folds[*at] == fold)) {
            match row(&mut extractor, lexicons, text, lang, plan.head, folds[at]) {
                Ok(row) => rows[at] = Some(row),
                Err(reason) => refused.push(reason),
            }
        }
    }
    Ok((Matrix::new(lang, rows.into_iter().flatten().collect()), refused))
}

/// Turns labelled texts into a matrix with the lexicons as they are: what a model is judged on.
pub fn judged_matrix(lexicons: &Lexicons, texts: &[Text], lang: Lang, head: Head, folds: u32) -> (Matrix, Vec<String>) {
    let groups: Vec<String> = texts.iter().map(|t| t.group.clone()).collect();
    let folds = folds::by_group(&groups, folds);
    let mut extractor = Extractor::default();
    let (mut rows, mut refused) = (Vec::new(), Vec::new());
    for (text, fold) in texts.iter().zip(folds) {
        match row(&mut extractor, lexicons, text, lang, head, fold) {
            Ok(row) => rows.push(row),
            Err(reason) => refused.push(reason),
        }
    }
    (Matrix::new(lang, rows), refused)
}

/// A labelled text as a row of the matrix, or why it cannot be one.
fn row(
    extractor: &mut Extractor,
    lexicons: &Lexicons,
    text: &Text,
    lang: Lang,
    head: Head,
    fold: u32,
) -> std::result::Result<Row, String> {
    let options = extract::Options { lang: Some(lang), min_words: 1, evidence: false };
    let extract = extractor.extract(lexicons, &text.text, options);
    if extract.status != Status::Ok {
        return Err(format!("{}: {}", text.id, extract.status.key()));
    }
    Ok(Row {
        id: crate::digest::hex16([text.text.as_bytes()]),
        label: text.label,
        group: crate::digest::hex16([text.group.as_bytes()]),
        source: text.source.clone(),
        fold,
        words: extract.words,
        values: scorer::row_for(head, &extract),
    })
}

/// A design and its fit in which every coefficient points the way its feature is expected to, or is left out.
struct Constrained {
    design: Design,
    fit: Fit,
}

/// Fits, drops the features that point against their expected direction, and fits again until none does: a reader who sees
/// "unnamed source" must not see it raise credibility because a few of a hundred rare features came out so by chance.
fn constrained(matrix: &Matrix, head: Head, c: f64) -> Result<Constrained> {
    let mut design = Design::of(matrix);
    let mut near = None;
    loop {
        let columns = design.apply(matrix.values.view());
        let start = logistic::approach(columns.view(), &matrix.labels, c, near)?;
        // The start is not the solution: only what clearly points the wrong way is dropped on its word.
        let mut kept = design.unopposed(head, &start.coefficients(), CLEARLY);
        if kept.len() == design.columns.len() {
            let fit = logistic::refine(columns.view(), &matrix.labels, c, &start)?;
            kept = design.unopposed(head, &fit.coefficients, 0.0);
            if kept.len() == design.columns.len() {
                return Ok(Constrained { design, fit });
            }
        }
        design = design.select(&kept);
        near = Some(start.select(&kept));
    }
}

/// Standardised columns that vary enough to be learned from.
struct Design {
    columns: Vec<usize>,
    means: Vec<f64>,
    sds: Vec<f64>,
}

impl Design {
    /// The columns of a model, in its order.
    fn of_model(model: &Model) -> Design {
        let features = || model.features.iter();
        Design {
            columns: features().filter_map(|w| registry::column(&w.feature)).collect(),
            means: features().map(|w| w.mean).collect(),
            sds: features().map(|w| w.sd).collect(),
        }
    }

    fn of(matrix: &Matrix) -> Design {
        let mut design = Design { columns: Vec::new(), means: Vec::new(), sds: Vec::new() };
        for (column, values) in matrix.values.axis_iter(Axis(1)).enumerate() {
            let mean = values.mean().unwrap_or(0.0);
            let sd = values.std(0.0);
            if sd > 1e-9 && values.iter().filter(|v| **v != 0.0).count() >= LEAST_NONZERO.min(matrix.len() / 2) {
                design.columns.push(column);
                design.means.push(significant(mean));
                design.sds.push(significant(sd));
            }
        }
        design
    }

    /// Columns whose coefficient does not point against the expected direction by more than `least`.
    fn unopposed(&self, head: Head, coefficients: &Array1<f64>, least: f64) -> Vec<usize> {
        let opposed = |at: usize| match FEATURES[self.columns[at]].push(head as usize) {
            Push::Up => coefficients[at] < -least,
            Push::Down => coefficients[at] > least,
            Push::Open | Push::Unread => false,
        };
        (0..self.columns.len()).filter(|at| !opposed(*at)).collect()
    }

    fn select(&self, kept: &[usize]) -> Design {
        Design {
            columns: kept.iter().map(|&at| self.columns[at]).collect(),
            means: kept.iter().map(|&at| self.means[at]).collect(),
            sds: kept.iter().map(|&at| self.sds[at]).collect(),
        }
    }

    fn apply(&self, values: ArrayView2<f64>) -> Array2<f64> {
        let mut out = Array2::zeros((values.nrows(), self.columns.len()).f());
        for (at, &column) in self.columns.iter().enumerate() {
            let standard = values.column(column).mapv(|v| (v - self.means[at]) / self.sds[at]);
            out.column_mut(at).assign(&standard);
        }
        out
    }
}

/// Raw log-odds of every row from fits that did not see its fold.
///
/// # Errors
/// [`Error::Training`] if all rows are in one fold, or a fit fails.
pub fn out_of_fold(matrix: &Matrix, head: Head, c: f64) -> Result<Vec<f64>> {
    held_out(matrix, head, c, |_| true)
}

/// As [`out_of_fold`], from fits that saw only the rows of the other folds that `learned_from` names.
fn held_out(matrix: &Matrix, head: Head, c: f64, learned_from: impl Fn(usize) -> bool + Sync) -> Result<Vec<f64>> {
    let mut scores = vec![0.0; matrix.len()];
    let mut folds: Vec<u32> = matrix.folds.clone();
    folds.sort_unstable();
    folds.dedup();
    if folds.len() < 2 {
        return Err(Error::Training("all rows are in one group: nothing can be held out; name a finer --group-column".into()));
    }
    let of_fold = |fold: u32| -> Result<(Vec<usize>, Array1<f64>)> {
        let (mut train, test) = folds::split(&matrix.folds, fold);
        train.retain(|row| learned_from(*row));
        let (train, held_out) = (matrix.select(&train), matrix.select(&test));
        let Constrained { design, fit } = constrained(&train, head, c)?;
        let raw = design.apply(held_out.values.view()).dot(&fit.coefficients) + fit.intercept;
        Ok((test, raw))
    };
    let by_fold: Vec<_> = folds.into_par_iter().map(of_fold).collect::<Result<_>>()?;
    for (rows, raw) in by_fold {
        rows.into_iter().zip(raw).for_each(|(row, score)| scores[row] = score);
    }
    Ok(scores)
}

/// Trains a model on a matrix.
pub fn train(matrix: &Matrix, plan: &Plan, lexicon: &str, data: Vec<DataFile>) -> Result<Trained> {
    let (c, raw) = match plan.c {
        Some(c) => (c, out_of_fold(matrix, plan.head, c)?),
        None => best_strength(matrix, plan.head)?,
    };
    let calibration = calibrate(&raw, matrix, plan.prevalence)?;
    let scores: Vec<f64> = raw.iter().map(|r| sigmoid(calibration.slope * r + calibration.offset)).collect();
    let Constrained { design, fit } = constrained(matrix, plan.head, c)?;
    let covariance = logistic::covariance(design.apply(matrix.values.view()).view(), &matrix.labels, c, &fit)?;
    let judged = Judged::of(matrix, scores);
    let scored = &judged.scored;
    let threshold = metrics::best_threshold(&scored.scores, &scored.labels);
    let mut groups = matrix.groups.clone();
    groups.sort_unstable();
    groups.dedup();
    let mut metrics: BTreeMap<String, f64> =
        scored.values(threshold).into_iter().map(|(name, value)| (name.into(), rounded4(value))).collect();
    metrics.insert("prevalence".into(), rounded4(matrix.prevalence()));
    metrics.insert("rows".into(), matrix.len() as f64);
    let model = Model {
        format: FORMAT,
        head: plan.head,
        lang: matrix.lang,
        positive: plan.positive.clone(),
        intercept: significant(fit.intercept),
        features: weights(&design, &fit),
        covariance: lower_triangle(&covariance),
        threshold,
        bands: bands(scored),
        calibration,
        lexicon: lexicon.into(),
        training: Manifest {
            data,
            rows: matrix.len(),
            positives: matrix.labels.iter().filter(|l| **l).count(),
            groups: groups.len(),
            folds: plan.folds,
            c,
            metrics,
        },
    };
    Ok(Trained { model, judged })
}

/// A model with the out-of-fold scores that its calibration and figures rest on.
#[derive(Clone, Debug)]
pub struct Trained {
    /// The model.
    pub model: Model,
    /// The rows with their calibrated out-of-fold scores.
    pub judged: Judged,
}

fn best_strength(matrix: &Matrix, head: Head) -> Result<(f64, Vec<f64>)> {
    let mut best: Option<(f64, f64, Vec<f64>)> = None;
    for c in STRENGTHS {
        let raw = out_of_fold(matrix, head, c)?;
        let loss = |row: usize| -sigmoid(if matrix.labels[row] { raw[row] } else { -raw[row] }).max(1e-12).ln();
        let loss: f64 = (0..matrix.len()).map(loss).sum();
        if best.as_ref().is_none_or(|b| loss < b.1) {
            best = Some((c, loss, raw));
        }
    }
    best.map(|(c, _, raw)| (c, raw)).ok_or_else(|| Error::Training("no strength to try".into()))
}

/// Platt scaling on out-of-fold scores, then moved to the prevalence of use (Saerens et al. 2002: a shift of log-odds).
fn calibrate(raw: &[f64], matrix: &Matrix, prevalence: Option<f64>) -> Result<Calibration> {
    let column = Array2::from_shape_vec((raw.len(), 1).f(), raw.to_vec()).map_err(|e| Error::Training(e.to_string()))?;
    let fit = logistic::fit(column.view(), &matrix.labels, SLOPE_C)?;
    let logit = |p: f64| (p / (1.0 - p)).ln();
    let shift = prevalence.map_or(0.0, |p| logit(p) - logit(matrix.prevalence()));
    // A slope at or below zero means that nothing was learned; the scores then all say the prevalence.
    let (slope, offset) = match fit.coefficients[0] {
        slope if slope > LEAST_SLOPE => (slope, fit.intercept),
        _ => (LEAST_SLOPE, logit(matrix.prevalence())),
    };
    Ok(Calibration { slope: significant(slope), offset: significant(offset + shift) })
}

fn bands(scored: &Scored) -> Bands {
    let mut sorted = scored.scores.clone();
    sorted.sort_by(f64::total_cmp);
    let edge = |share: f64| (sorted[((sorted.len() - 1) as f64 * share).round() as usize] * 100.0).round() / 100.0;
    let (low, high) = (edge(BAND_EDGES[0]), edge(BAND_EDGES[1]));
    let bands = Bands { low, high, observed: [0.0; 3], share: [0.0; 3] };
    let (mut positives, mut rows) = ([0.0; 3], [0.0; 3]);
    for (&score, &label) in scored.scores.iter().zip(&scored.labels) {
        let band = bands.of(score) as usize;
        rows[band] += 1.0;
        positives[band] += f64::from(u8::from(label));
    }
    let n = scored.labels.len() as f64;
    let observed = [0, 1, 2].map(|b| rounded4(if rows[b] == 0.0 { 0.0 } else { positives[b] / rows[b] }));
    Bands { observed, share: rows.map(|r| rounded4(r / n)), ..bands }
}

fn weights(design: &Design, fit: &Fit) -> Vec<Weight> {
    let weight = |(at, &column): (usize, &usize)| Weight {
        feature: FEATURES[column].name.into(),
        mean: design.means[at],
        sd: design.sds[at],
        coefficient: significant(fit.coefficients[at]),
    };
    design.columns.iter().enumerate().map(weight).collect()
}

fn lower_triangle(covariance: &Array2<f64>) -> Vec<f64> {
    let n = covariance.nrows();
    (0..n).flat_map(|i| (0..=i).map(move |j| (i, j))).map(|at| to_digits(covariance[at], 3)).collect()
}

fn significant(value: f64) -> f64 {
    to_digits(value, DIGITS)
}

fn to_digits(value: f64, digits: i32) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    format!("{value:.*e}", digits as usize - 1).parse().unwrap_or(value)
}

fn rounded4(value: f64) -> f64 {
    (value * 1e4).round() / 1e4
}
