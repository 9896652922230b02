//! The figures of outlets for a terminal: a line per outlet, both scores with their intervals.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use crate::model::Head;
use crate::report::facts::thousands;
use crate::report::json::NOTICE;
use crate::report::palette::{self, QUIET, STRONG};
use crate::report::safe;
use crate::sources::{HeadStats, Language, Stats, Summary};
use crate::text::Lang;

/// Widest column of names.
const NAME: usize = 34;

/// The report, with colours for `anstream` to keep or drop.
pub fn report(summary: &Summary) -> String {
    let mut out = String::new();
    let q = &summary.quality;
    let table = safe::inline(&summary.table);
    let _ = writeln!(out, "{STRONG}{table}{STRONG:#}: {} rows, {} scored", thousands(q.rows), thousands(q.scored));
    let counts = [
        (Some(q.too_short), "too short"),
        (Some(q.unsupported_language), "in another language"),
        (Some(q.not_text), "no prose"),
        (Some(q.refused), "refused"),
        (q.duplicates, "texts again"),
        (q.unnamed, "without an outlet"),
        (q.undated, "without a day"),
    ];
    let told = counts.iter().filter_map(|(n, what)| Some(format!("{} {what}", thousands(n.filter(|n| *n > 0)?))));
    let told = told.collect::<Vec<_>>().join(" · ");
    if !told.is_empty() {
        let _ = writeln!(out, "{told}");
    }
    if let Some((first, last)) = summary.days {
        let _ = writeln!(out, "{first} to {last}");
    }
    for reason in &q.reasons {
        let rows = reason.first.iter().map(u64::to_string).collect::<Vec<_>>().join(", ");
        let more = if reason.rows > reason.first.len() as u64 { ", …" } else { "" };
        let (n, text) = (thousands(reason.rows), safe::inline(&reason.text));
        let noun = if reason.rows == 1 { "row" } else { "rows" };
        let _ = writeln!(out, "{QUIET}  {n} × {text} ({noun} {rows}{more}){QUIET:#}");
    }
    for (a, b) in &q.alike {
        let (a, b) = (safe::inline(a), safe::inline(b));
        let _ = writeln!(out, "{QUIET}  `{a}` and `{b}` differ in capitals only: one outlet?{QUIET:#}");
    }
    summary.languages.iter().for_each(|language| of_language(&mut out, language, summary));
    if !summary.has.sources {
        let _ = writeln!(out, "\nNo column names outlets: --source-column says which does.");
    }
    let _ = writeln!(
        out,
        "\n{QUIET}Mean scores in %, drawn towards the mean of all outlets where texts are few; [95 % interval over texts]. ↑ ↓ the whole\n\
         interval lies above, below that mean; without an arrow an outlet cannot be told from it, or has fewer than 10\n\
         texts; those stand last. About one outlet in twenty gets an arrow by chance.\n{NOTICE}{QUIET:#}"
    );
    out
}

fn of_language(out: &mut String, language: &Language, summary: &Summary) {
    let name = match language.lang {
        Lang::Ar => "Arabic",
        Lang::En => "English",
    };
    let outlets = summary.ranked(language.lang, Head::Propaganda);
    let shown: Vec<String> = outlets.iter().map(|(o, _)| cut(&safe::clean(&o.name))).collect();
    let width = shown.iter().map(|n| n.width()).max().unwrap_or(0).max("all texts".len());
    let _ = writeln!(
        out,
        "\n{STRONG}{:width$} {:>7}  {:<17} {:>6}  {:<17} {:>6}{STRONG:#}",
        name, "texts", "propaganda", "high", "credibility", "high"
    );
    line(out, "all texts", width, &language.all);
    for ((_, stats), name) in outlets.iter().zip(&shown) {
        line(out, name, width, stats);
    }
}

fn line(out: &mut String, name: &str, width: usize, stats: &Stats) {
    let pad = " ".repeat(width - name.width().min(width));
    let _ = write!(out, "{}{pad} {:>7}", safe::inline(name), thousands(stats.n));
    for head in Head::ALL {
        let figures = &stats.heads[head as usize];
        let (arrow, style) = match figures.side {
            1 => ("↑", palette::push(head, true)),
            -1 => ("↓", palette::push(head, false)),
            _ => (" ", QUIET),
        };
        let _ = write!(out, "  {:<15}{style}{arrow}{style:#} {:>5} %", level(figures), percent(figures.high.share));
    }
    out.push('\n');
}

/// `41 [38–44]`, or the plain mean where no interval can be given.
fn level(head: &HeadStats) -> String {
    match &head.estimate {
        Some(e) => format!("{:>3} [{}–{}]", percent(e.value), percent(e.low), percent(e.high)),
        None => format!("{:>3} [unknown]", percent(head.mean)),
    }
}

fn percent(share: f64) -> String {
    format!("{:.0}", share * 100.0)
}

/// A name that fits its column.
fn cut(name: &str) -> String {
    if name.width() <= NAME {
        return name.to_owned();
    }
    let mut out = String::new();
    for c in name.chars() {
        if out.width() + 2 > NAME {
            break;
        }
        out.push(c);
    }
    out + "…"
}
