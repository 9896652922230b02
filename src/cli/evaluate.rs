//! `tabayyun evaluate`: a model judged on labelled data, beside the baselines that need no model.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Outcome;
use super::judge::{has_seen, judge};
use super::labelled::ColumnArgs;
use crate::model::Model;
use crate::model::scorer::Scorer;
use crate::read::write_whole;
use crate::report::training;
use crate::train::baselines::{Baseline, names_of};
use crate::train::coefficients;
use crate::train::judged::Judged;
use crate::train::metrics::{Figure, NAMES};

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
    /// Write a page with curves, calibration, errors by outlet and what could make the figures too good.
    #[arg(long, value_name = "FILE.html")]
    report: Option<PathBuf>,
    /// Use the lexicons of this folder.
    #[arg(long, value_name = "FOLDER")]
    lexicons: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Form {
    Text,
    Json,
}

pub fn run(args: &EvaluateArgs, quiet: bool) -> anyhow::Result<Outcome> {
    if let Some(report) = &args.report {
        super::check_output(report, args.data.iter().chain([&args.model]).map(PathBuf::as_path))?;
    }
    let scorer = Scorer::new(Model::read(&args.model)?);
    let (judged, refused) = judge(&[&scorer], &args.data, &args.columns, args.lexicons.as_ref())?;
    let (judged, seen) = (&judged[0], has_seen(&scorer, &args.data)?);
    let threshold = args.threshold.unwrap_or(scorer.model.threshold);
    match args.format {
        Form::Text => print_judgement(judged, threshold, "given data")?,
        Form::Json => print_json(judged, threshold)?,
    }
    if seen && !quiet {
        anstream::eprintln!("the model learned from this data: figures are too good");
    }
    if let Some(path) = &args.report {
        let model = &scorer.model;
        let coefficients = &coefficients::of_file(model);
        let page = training::page(&training::Report { model, judged, threshold, coefficients, learning: None, seen });
        write_whole(path, page)?;
    }
    Ok(if refused > 0 { Outcome::SomeRefused } else { Outcome::Done })
}

/// Prints the figures of scored rows with intervals, beside the baselines.
pub fn print_judgement(judged: &Judged, threshold: f64, what: &str) -> anyhow::Result<()> {
    let figures = judged.scored.figures(threshold);
    let baselines: Vec<_> = Baseline::all(judged, threshold).into_iter().map(|b| (b.name, b.figures())).collect();
    let (n, positives) = (judged.len(), judged.positives());
    let mut out = anstream::stdout().lock();
    writeln!(out, "{n} rows ({what}), {positives} positive ({:.1} %), threshold {threshold}", 100.0 * judged.prevalence())?;
    let names: String = baselines.iter().map(|(name, _)| format!(" {name:>11}")).collect();
    writeln!(out, "{:<18} {:>7}  {:<17}{names}", "", "value", "95 % interval")?;
    for name in NAMES {
        let f = figures[name];
        let plain = name.replace('_', " ");
        let of = |figures: &BTreeMap<_, Figure>| figures.get(name).map_or("–".into(), |f| format!("{:.3}", f.value));
        let beside: String = baselines.iter().map(|(_, figures)| format!(" {:>11}", of(figures))).collect();
        writeln!(out, "{plain:<18} {:>7.3}  [{:.3}, {:.3}]   {beside}", f.value, f.interval[0], f.interval[1])?;
    }
    Ok(())
}

fn print_json(judged: &Judged, threshold: f64) -> anyhow::Result<()> {
    let mut report = serde_json::json!({
        "n": judged.len(),
        "prevalence": judged.prevalence(),
        "threshold": threshold,
    });
    report["figures"] = table(&judged.scored.figures(threshold)).into();
    for baseline in Baseline::all(judged, threshold) {
        report["baselines"][baseline.name.replace(' ', "_")] = table(&baseline.figures()).into();
    }
    writeln!(anstream::stdout().lock(), "{report}")?;
    Ok(())
}

/// Figures as JSON, in the order of display.
pub fn table(figures: &BTreeMap<&'static str, Figure>) -> serde_json::Map<String, serde_json::Value> {
    // Sums over many rows end in digits that mean nothing, and may pass 1 by them.
    let rounded = |v: f64| (v * 1e6).round() / 1e6;
    let value = |f: &Figure| serde_json::json!({"value": rounded(f.value), "interval": f.interval.map(rounded)});
    names_of(figures).map(|name| (name.to_owned(), value(&figures[name]))).collect()
}
