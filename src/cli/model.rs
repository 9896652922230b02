//! `tabayyun model`: show models, and compare them.

use std::io::Write;
use std::path::Path;

use clap::{Args, Subcommand, ValueEnum};

use super::Outcome;
use super::compare::{self, CompareArgs};
use crate::model::{Head, Model, Models};
use crate::text::Lang;

#[derive(Debug, Args)]
pub struct ModelArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Show a model: what it learned from, how well, and its coefficients.
    Show {
        /// A model file, or a built-in one by name, such as `propaganda-ar`; all built-in ones unless given.
        model: Option<String>,
        /// Form of the result.
        #[arg(long, value_enum, default_value_t = Form::Text)]
        format: Form,
    },
    /// Compare two models on the same labelled data.
    Compare(Box<CompareArgs>),
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Form {
    Text,
    Json,
}

pub fn run(args: &ModelArgs, quiet: bool) -> anyhow::Result<Outcome> {
    match &args.action {
        Action::Show { model, format } => show_all(model.as_ref(), *format),
        Action::Compare(args) => compare::run(args, quiet),
    }
}

/// A model by the name of a built-in one, or from a file.
pub fn named(name: &str) -> anyhow::Result<Model> {
    let built_in: Vec<Model> = built_in().collect();
    let full_name = |m: &Model| format!("{}-{}", m.head.key(), m.lang.code());
    match built_in.iter().find(|m| full_name(m) == name) {
        Some(model) => Ok(model.clone()),
        None if !Path::new(name).exists() => {
            let names: Vec<String> = built_in.iter().map(full_name).collect();
            anyhow::bail!("{name}: no built-in model and no file; built in are {}", names.join(", "));
        }
        None => Ok(Model::read(Path::new(name))?),
    }
}

fn built_in() -> impl Iterator<Item = Model> {
    Head::ALL.into_iter().flat_map(|h| Lang::ALL.map(|l| Models::built_in().of(h, l).model.clone()))
}

fn show_all(model: Option<&String>, format: Form) -> anyhow::Result<Outcome> {
    let chosen = match model {
        None => built_in().collect(),
        Some(name) => vec![named(name)?],
    };
    let mut out = anstream::stdout().lock();
    for model in &chosen {
        match format {
            Form::Json => writeln!(out, "{}", serde_json::to_string(model)?)?,
            Form::Text => show(&mut out, model)?,
        }
    }
    Ok(Outcome::Done)
}

fn show(out: &mut impl Write, model: &Model) -> anyhow::Result<()> {
    let t = &model.training;
    writeln!(out, "{}-{}: score near 1 means {}", model.head.key(), model.lang.code(), model.head.meaning())?;
    writeln!(out, "  label 1 in training: {}", model.positive)?;
    for data in &t.data {
        writeln!(out, "  data: {} ({} rows, sha256 {}…)", data.name, data.rows, data.hash)?;
    }
    writeln!(out, "  {} rows, {} positive, {} groups, {} folds, C = {}", t.rows, t.positives, t.groups, t.folds, t.c)?;
    let metrics: Vec<String> = t.metrics.iter().map(|(name, value)| format!("{name} {value}")).collect();
    writeln!(out, "  out of fold: {}", metrics.join(", "))?;
    let b = &model.bands;
    writeln!(out, "  bands: low below {}, high from {}; share of label 1 in low, medium, high: {:?}", b.low, b.high, b.observed)?;
    writeln!(out, "  threshold for yes or no: {}", model.threshold)?;
    let mut weights: Vec<_> = model.features.iter().collect();
    weights.sort_by(|a, b| b.coefficient.abs().total_cmp(&a.coefficient.abs()));
    writeln!(out, "  coefficients per standard deviation (baseline {:+.3}):", model.intercept)?;
    for w in weights {
        writeln!(out, "    {:<34} {:+.3}   mean {:.3}, sd {:.3}", w.feature, w.coefficient, w.mean, w.sd)?;
    }
    writeln!(out)?;
    Ok(())
}
