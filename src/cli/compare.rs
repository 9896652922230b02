//! `tabayyun model compare`: two models judged on the same rows.

use std::io::Write;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Outcome;
use super::evaluate::table;
use super::judge::{has_seen, judge};
use super::labelled::ColumnArgs;
use crate::model::scorer::Scorer;
use crate::read::write_whole;
use crate::report::training::{self, Side};
use crate::train::metrics::NAMES;

#[derive(Debug, Args)]
pub struct CompareArgs {
    /// A model file, or a built-in model by name.
    #[arg(value_name = "FIRST")]
    first: String,
    /// The model to hold against it; of the same head and language.
    #[arg(value_name = "SECOND")]
    second: String,
    /// Labelled texts, or one feature matrix; best none that either model learned from.
    #[arg(value_name = "DATA", required = true)]
    data: Vec<PathBuf>,
    #[command(flatten)]
    columns: ColumnArgs,
    /// Form of the result.
    #[arg(long, value_enum, default_value_t = Form::Text)]
    format: Form,
    /// Write a page with the curves of both.
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

pub fn run(args: &CompareArgs, quiet: bool) -> anyhow::Result<Outcome> {
    if let Some(report) = &args.report {
        let models = [Path::new(&args.first), Path::new(&args.second)];
        super::check_output(report, args.data.iter().map(PathBuf::as_path).chain(models))?;
    }
    let [first, second] = [&args.first, &args.second].map(|name| super::model::named(name).map(Scorer::new));
    let (first, second) = (first?, second?);
    let kind = |s: &Scorer| format!("{}-{}", s.model.head.key(), s.model.lang.code());
    anyhow::ensure!(
        kind(&first) == kind(&second),
        "{} is a {} model, {} a {} model: compare two that answer one question in one language",
        args.first,
        kind(&first),
        args.second,
        kind(&second)
    );
    let (judged, refused) = judge(&[&first, &second], &args.data, &args.columns, args.lexicons.as_ref())?;
    let mut seen = [false; 2];
    for (seen, (scorer, name)) in seen.iter_mut().zip([(&first, &args.first), (&second, &args.second)]) {
        *seen = has_seen(scorer, &args.data)?;
        if *seen && !quiet {
            anstream::eprintln!("{name} learned from this data: its figures are too good");
        }
    }
    let side = |at: usize, scorer: &Scorer| Side {
        name: [&args.first, &args.second][at],
        judged: &judged[at],
        threshold: scorer.model.threshold,
        seen: seen[at],
    };
    let sides = [side(0, &first), side(1, &second)];
    match args.format {
        Form::Text => print(&sides)?,
        Form::Json => print_json(&sides)?,
    }
    if let Some(path) = &args.report {
        write_whole(path, training::comparison(&sides[0], &sides[1]))?;
    }
    Ok(if refused > 0 { Outcome::SomeRefused } else { Outcome::Done })
}

fn print([first, second]: &[Side; 2]) -> anyhow::Result<()> {
    let figures = [first, second].map(|side| side.judged.scored.figures(side.threshold));
    let differences = first.judged.scored.differences(&second.judged.scored, [first.threshold, second.threshold]);
    let mut out = anstream::stdout().lock();
    writeln!(out, "{} rows, {} positive", first.judged.len(), first.judged.positives())?;
    writeln!(
        out,
        "first: {}, threshold {}; second: {}, threshold {}",
        first.name, first.threshold, second.name, second.threshold
    )?;
    writeln!(out, "{:<18} {:>7} {:>7} {:>11}  95 % interval (paired)", "", "first", "second", "difference")?;
    for name in NAMES {
        let [a, b] = [&figures[0], &figures[1]].map(|f| f[name].value);
        let d = differences[name];
        let plain = name.replace('_', " ");
        let [difference, low, high] = [d.value, d.interval[0], d.interval[1]].map(training::signed);
        writeln!(out, "{plain:<18} {a:>7.3} {b:>7.3} {difference:>11}  [{low}, {high}]")?;
    }
    let [both, only_first, only_second, neither] = training::decisions(first, second);
    writeln!(
        out,
        "decided rightly by both {both}, by the first only {only_first}, by the second only {only_second}, by neither {neither}"
    )?;
    Ok(())
}

fn print_json([first, second]: &[Side; 2]) -> anyhow::Result<()> {
    let of = |side: &Side| {
        let figures = table(&side.judged.scored.figures(side.threshold));
        serde_json::json!({"model": side.name, "threshold": side.threshold, "figures": figures})
    };
    let differences = first.judged.scored.differences(&second.judged.scored, [first.threshold, second.threshold]);
    let [both, only_first, only_second, neither] = training::decisions(first, second);
    let report = serde_json::json!({
        "n": first.judged.len(),
        "first": of(first),
        "second": of(second),
        "differences": table(&differences),
        "decided_rightly": {"both": both, "first_only": only_first, "second_only": only_second, "neither": neither},
    });
    writeln!(anstream::stdout().lock(), "{report}")?;
    Ok(())
}
