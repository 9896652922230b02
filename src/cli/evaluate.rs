//! `tabayyun evaluate`: a model judged on labelled data, beside the baselines that need no model.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Outcome;
use super::labelled::{ColumnArgs, check_language, is_matrix};
use crate::features::{Extractor, Status, extract};
use crate::matrix::Matrix;
use crate::model::scorer::{Scorer, row_for};
use crate::model::{Model, logistic::sigmoid};
use crate::train::metrics::{self, NAMES, Scored};

#[derive(Debug, Args)]
pub struct EvaluateArgs {
    /// The model.
    #[arg(value_name = "MODEL")]
    model: PathBuf,
    /// Labelled texts, or one feature matrix.
    #[arg(value_name = "DATA", required = true)]
    data: Vec<PathBuf>,
    #[command(flatten)]
    columns: ColumnArgs,
    /// Scores from here on count as positive; the model's own threshold unless given.
    #[arg(long, value_name = "SCORE", value_parser = super::parse_share, allow_negative_numbers = true)]
    threshold: Option<f64>,
    /// Form of the result.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
    /// Use the lexicons of this folder.
    #[arg(long, value_name = "FOLDER")]
    lexicons: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Json,
}

pub fn run(args: &EvaluateArgs, _quiet: bool) -> anyhow::Result<Outcome> {
    let scorer = Scorer::new(Model::read(&args.model)?);
    let (scored, words, refused) = match &args.data[..] {
        [only] if is_matrix(only)? => {
            let matrix = Matrix::read(only)?;
            let (lang, own) = (matrix.lang.code(), scorer.model.lang.code());
            anyhow::ensure!(lang == own, "{}: holds texts in `{lang}`, the model reads `{own}`", only.display());
            from_matrix(&scorer, &matrix)
        }
        _ => from_texts(args, &scorer)?,
    };
    let positives = scored.labels.iter().filter(|l| **l).count();
    anyhow::ensure!(positives > 0 && positives < scored.labels.len(), "the data needs rows of both classes to judge a model");
    let threshold = args.threshold.unwrap_or(scorer.model.threshold);
    match args.format {
        Form::Text => print_judgement(&scored, &words, threshold, "given data")?,
        Form::Json => print_json(&scored, &words, threshold)?,
    }
    Ok(if refused > 0 { Outcome::SomeRefused } else { Outcome::Done })
}

fn from_matrix(scorer: &Scorer, matrix: &Matrix) -> (Scored, Vec<u32>, usize) {
    let scores = matrix.values.rows().into_iter().map(|row| sigmoid(scorer.log_odds(&row.to_vec()))).collect();
    (Scored { scores, labels: matrix.labels.clone(), groups: matrix.groups.clone() }, matrix.words.clone(), 0)
}

fn from_texts(args: &EvaluateArgs, scorer: &Scorer) -> anyhow::Result<(Scored, Vec<u32>, usize)> {
    let lexicons = super::lexicons(args.lexicons.as_ref())?;
    let (texts, _, mut refused) = args.columns.load(&args.data, scorer.model.head)?;
    check_language(&texts, Some(scorer.model.lang))?;
    let mut extractor = Extractor::default();
    let (mut scored, mut words) = (Scored::default(), Vec::new());
    for text in texts {
        let options = extract::Options { lang: Some(scorer.model.lang), min_words: 1, evidence: false };
        let extract = extractor.extract(lexicons, &text.text, options);
        if extract.status != Status::Ok {
            anstream::eprintln!("text `{}` was left out: {}", text.id, extract.status.key());
            refused += 1;
            continue;
        }
        scored.scores.push(sigmoid(scorer.log_odds(&row_for(scorer.model.head, &extract))));
        scored.labels.push(text.label);
        scored.groups.push(text.group);
        words.push(extract.words);
    }
    Ok((scored, words, refused))
}

/// Baselines: what saying the majority always, and what the length of the text alone, would reach.
fn baselines(scored: &Scored, words: &[u32], threshold: f64) -> [(&'static str, BTreeMap<&'static str, metrics::Figure>); 2] {
    let prevalence = scored.labels.iter().filter(|l| **l).count() as f64 / scored.labels.len() as f64;
    let majority = Scored { scores: vec![prevalence; scored.labels.len()], ..scored.clone() };
    let lengths: Vec<f64> = words.iter().map(|&w| f64::from(w)).collect();
    let longer_is_positive = metrics::auc(&lengths, &scored.labels) >= 0.5;
    // Ranks in 0..1, so that the threshold cuts at the quantile that the prevalence names.
    let mut order: Vec<usize> = (0..lengths.len()).collect();
    order.sort_by(|&a, &b| lengths[a].total_cmp(&lengths[b]));
    let mut ranks = vec![0.0; lengths.len()];
    for (rank, row) in order.into_iter().enumerate() {
        let share = (rank as f64 + 0.5) / lengths.len() as f64;
        ranks[row] = if longer_is_positive { share } else { 1.0 - share };
    }
    let cut = 1.0 - prevalence;
    let length = Scored { scores: ranks, ..scored.clone() };
    [("majority", majority.figures(threshold)), ("length only", length.figures(cut))]
}

/// Prints the figures of scored rows with intervals, beside the baselines.
pub fn print_judgement(scored: &Scored, words: &[u32], threshold: f64, what: &str) -> anyhow::Result<()> {
    let figures = scored.figures(threshold);
    let [(_, majority), (_, length)] = baselines(scored, words, threshold);
    let positives = scored.labels.iter().filter(|l| **l).count();
    let n = scored.labels.len();
    let mut out = anstream::stdout().lock();
    writeln!(
        out,
        "{n} rows ({what}), {positives} positive ({:.1} %), threshold {threshold}",
        100.0 * positives as f64 / n as f64
    )?;
    writeln!(out, "{:<18} {:>7}  {:<17} {:>9} {:>12}", "", "value", "95 % interval", "majority", "length only")?;
    for name in NAMES {
        let f = figures[name];
        let plain = name.replace('_', " ");
        // Ranks are no probabilities: calibration figures of the length baseline would mean nothing.
        let by_length = if matches!(name, "brier" | "ece") { "–".into() } else { format!("{:.3}", length[name].value) };
        writeln!(
            out,
            "{plain:<18} {:>7.3}  [{:.3}, {:.3}]    {:>9.3} {by_length:>12}",
            f.value, f.interval[0], f.interval[1], majority[name].value
        )?;
    }
    Ok(())
}

fn print_json(scored: &Scored, words: &[u32], threshold: f64) -> anyhow::Result<()> {
    // Sums over many rows end in digits that mean nothing, and may pass 1 by them.
    let rounded = |v: f64| (v * 1e6).round() / 1e6;
    let value = |f: &metrics::Figure| serde_json::json!({"value": rounded(f.value), "interval": f.interval.map(rounded)});
    let table = |figures: &BTreeMap<&'static str, metrics::Figure>| -> serde_json::Map<String, serde_json::Value> {
        NAMES.iter().map(|n| (n.to_string(), value(&figures[n]))).collect()
    };
    let positives = scored.labels.iter().filter(|l| **l).count();
    let mut report = serde_json::json!({
        "n": scored.labels.len(),
        "prevalence": positives as f64 / scored.labels.len() as f64,
        "threshold": threshold,
    });
    report["figures"] = table(&scored.figures(threshold)).into();
    for (name, figures) in baselines(scored, words, threshold) {
        let mut figures = table(&figures);
        if name == "length only" {
            figures.retain(|n, _| n != "brier" && n != "ece");
        }
        report["baselines"][name.replace(' ', "_")] = figures.into();
    }
    writeln!(anstream::stdout().lock(), "{report}")?;
    Ok(())
}
