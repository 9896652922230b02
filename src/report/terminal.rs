//! An explanation for a terminal: scores, what pushed them, and the sentences that show it.

use std::fmt::Write;

use super::marks::{self, Sentence};
use super::{NOTICE, style};
use crate::Engine;
use crate::features::FEATURES;
use crate::lexicon::Family;
use crate::model::{Explained, Explanation};
use crate::read::Document;
use crate::text::Lang;

/// How to lay a report out.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Columns to fill.
    pub width: usize,
    /// List everything.
    pub explain: bool,
}

/// Contributions shown per head unless all are wanted.
const CONTRIBUTIONS: usize = 7;
/// Sentences shown unless all are wanted.
const SENTENCES: usize = 4;
/// Columns of a gauge, and of one side of a contribution bar.
const GAUGE: usize = 24;
const BAR: usize = 10;
/// Columns of a feature's name.
const NAME: usize = 31;

/// The report, with ANSI styles; the caller strips them where they are not wanted.
pub fn report(engine: &Engine, document: &Document, explained: &Explained, layout: Layout) -> String {
    let extract = &explained.extract;
    let mut out = String::new();
    let title = document.title.as_deref().unwrap_or(&document.id);
    let language = extract.lang.map_or("unknown language", |l| if l == Lang::Ar { "Arabic" } else { "English" });
    line(&mut out, &format!("{}{}{:#}  {language}, {} words", style::BOLD, style::isolated(title), style::BOLD, extract.words));
    match &explained.heads {
        Some(heads) => {
            out.push('\n');
            heads.iter().for_each(|head| gauge(&mut out, engine, explained, head));
            heads.iter().for_each(|head| contributions(&mut out, head, layout));
            sentences(&mut out, engine, document, explained, layout);
            families(&mut out, explained, layout);
        }
        None => line(&mut out, &format!("\nnot scored: {}", extract.status.key())),
    }
    for warning in document.notes.iter().chain(&explained.warnings) {
        line(&mut out, &format!("{}note:{:#} {}", style::BOLD, style::BOLD, style::clean(warning)));
    }
    line(&mut out, &format!("{}{NOTICE}{:#}\n", style::FAINT, style::FAINT));
    out
}

fn line(out: &mut String, text: &str) {
    out.push_str(text);
    out.push('\n');
}

fn gauge(out: &mut String, engine: &Engine, explained: &Explained, head: &Explanation) {
    let cells = |score: f64| (score * GAUGE as f64).round() as usize;
    let [low, high] = head.interval;
    let bar: String = (0..GAUGE)
        .map(|at| match at {
            _ if at < cells(head.score) => '█',
            _ if at < cells(high) => '░',
            _ => '·',
        })
        .collect();
    let band = head.band.key().to_uppercase();
    let percent = |score: f64| (100.0 * score).round();
    let style = style::BOLD;
    line(
        out,
        &format!(
            "{style}{:<12}{style:#} {bar} {style}{:>3} %  {band}{style:#}  (95 %: {}–{})",
            head.head.key(),
            percent(head.score),
            percent(low),
            percent(high)
        ),
    );
    if let Some(lang) = explained.extract.lang {
        let model = &engine.models.of(head.head, lang).model;
        let observed = percent(model.bands.observed[head.band as usize]);
        line(
            out,
            &format!(
                "{:<12} 100 % = {}; in this band {observed} % of the training texts were: {}",
                "",
                head.head.meaning(),
                model.positive
            ),
        );
    }
}

fn contributions(out: &mut String, head: &Explanation, layout: Layout) {
    let mut order: Vec<usize> = (0..FEATURES.len()).filter(|&c| head.contributions[c].abs() > 5e-4).collect();
    order.sort_by(|&a, &b| head.contributions[b].abs().total_cmp(&head.contributions[a].abs()));
    let shown = if layout.explain { order.len() } else { CONTRIBUTIONS.min(order.len()) };
    let largest = order.first().map_or(1.0, |&c| head.contributions[c].abs());
    line(
        out,
        &format!(
            "\nWhat moves {} from the average text ({:+.2}) to this one ({:+.2} log-odds)",
            head.head.key(),
            head.baseline,
            head.log_odds
        ),
    );
    for &column in &order[..shown] {
        let (feature, value) = (FEATURES[column], head.contributions[column]);
        let cells = ((value.abs() / largest) * BAR as f64).ceil() as usize;
        let (left, right) = if value < 0.0 { ("▇".repeat(cells), String::new()) } else { (String::new(), "▇".repeat(cells)) };
        let colour = if value < 0.0 { style::DOWN } else { style::UP };
        let absent = if head.values[column] == 0.0 { "none: " } else { "" };
        let meaning = style::shorten(&format!("{absent}{}", feature.meaning), layout.width.saturating_sub(NAME + 2 * BAR + 13));
        line(
            out,
            &format!(
                "  {:<NAME$} {value:+.2} {colour}{left:>BAR$}{colour:#}│{colour}{right:<BAR$}{colour:#} {meaning}",
                feature.name
            ),
        );
    }
    let rest: f64 = order[shown..].iter().map(|&c| head.contributions[c]).sum();
    if shown < order.len() {
        line(out, &format!("  {:<NAME$} {rest:+.2}", format!("{} more features", order.len() - shown)));
    }
}

fn sentences(out: &mut String, engine: &Engine, document: &Document, explained: &Explained, layout: Layout) {
    let most = if layout.explain { usize::MAX } else { SENTENCES };
    let telling = marks::telling_sentences(engine, &document.text, explained, most);
    if telling.is_empty() {
        return;
    }
    line(out, "\nMost telling sentences");
    for sentence in &telling {
        out.push('\n');
        wrapped(out, sentence, layout.width);
        for mark in &sentence.marks {
            let family = style::of(mark.family);
            let (negated, quoted) = (if mark.negated { ", negated" } else { "" }, if mark.quoted { ", quoted" } else { "" });
            let [p, c] = mark.contribution;
            line(
                out,
                &format!(
                    "    {family}{}{family:#}  {}{quoted}{negated}  propaganda {p:+.2}, credibility {c:+.2}",
                    style::isolated(mark.text),
                    mark.indicator
                ),
            );
        }
    }
}

/// A sentence over several lines, words marked in the style of their family and in brackets; each line is an isolate, so that
/// right-to-left text keeps to itself.
fn wrapped(out: &mut String, sentence: &Sentence, width: usize) {
    const INDENT: usize = 2;
    let (mut row, mut used) = (String::new(), 0);
    for piece in sentence.pieces() {
        let space = usize::from(used > 0);
        if used > 0 && used + space + piece.width > width.saturating_sub(INDENT + 2) {
            line(out, &format!("{:INDENT$}{}", "", style::isolate(&row)));
            (row, used) = (String::new(), 0);
        }
        if used > 0 {
            row.push(' ');
            used += 1;
        }
        let family = piece.family.map(style::of).unwrap_or_default();
        let _ = write!(row, "{family}{}{family:#}", piece.text);
        used += piece.width;
    }
    line(out, &format!("{:INDENT$}{}", "", style::isolate(&row)));
}

fn families(out: &mut String, explained: &Explained, layout: Layout) {
    let counts = Family::ALL.into_iter().filter_map(|family| {
        let of = |quoted: bool| marks::count(explained, family, quoted);
        let (author, quoted) = (of(false), of(true));
        let style = style::of(family);
        match (author, quoted) {
            (0, 0) => None,
            (_, 0) => Some((format!("{} {author}", family.title()), style)),
            _ => Some((format!("{} {author} (+{quoted} quoted)", family.title()), style)),
        }
    });
    line(out, "\nEvidence found");
    let (mut row, mut used) = (String::from(" "), 1);
    for (text, style) in counts {
        if used > 1 && used + text.len() + 3 > layout.width {
            line(out, &row);
            (row, used) = (String::from(" "), 1);
        }
        used += text.len() + 3;
        let _ = write!(row, " {style}{text}{style:#}  ");
    }
    line(out, row.trim_end());
    out.push('\n');
}
