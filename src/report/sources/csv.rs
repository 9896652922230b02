//! A row per outlet and language, and one per language for all its texts.

use jiff::civil::Date;

use crate::error::Result;
use crate::lexicon::Family;
use crate::model::Head;
use crate::read::{Cell, Column, Format, TableWriter};
use crate::sources::{HeadStats, Outlet, Quality, Stats, Summary};
use crate::text::Lang;

/// Writes the figures to a CSV file, `-` for standard output.
///
/// `level` is `all` for a language's row of all its texts, else `outlet`. Counts of rows are those of the outlet in all languages; `n` and
/// what follows it are about its scored texts in `lang`. Outlets without a scored text stand last, without a language.
///
/// # Errors
/// [`Error::Io`](crate::Error::Io) if it cannot be written.
pub fn write(summary: &Summary, path: &str) -> Result<()> {
    let mut writer = TableWriter::create(path, Format::Csv, columns(summary).into_iter().map(Column::text).collect())?;
    for language in &summary.languages {
        let (lang, days) = (language.lang, summary.days);
        let mut cells = vec!["all".into(), "".into(), Cell::from(lang.code())];
        counts(&mut cells, &summary.quality, days);
        figures(&mut cells, Some(&language.all), summary);
        writer.write_row(&cells)?;
        for (outlet, stats) in summary.outlets_in(lang) {
            writer.write_row(&row(outlet, Some((lang, stats)), summary))?;
        }
    }
    for outlet in summary.outlets.iter().filter(|o| o.langs.iter().all(Option::is_none)) {
        writer.write_row(&row(outlet, None, summary))?;
    }
    writer.finish()
}

fn columns(summary: &Summary) -> Vec<String> {
    let fixed =
        "level outlet lang rows scored too_short unsupported_language not_text refused duplicates first_date last_date n words";
    let mut names: Vec<String> = fixed.split(' ').map(String::from).collect();
    for head in Head::ALL {
        let ends = "mean median median_from median_to estimate estimate_from estimate_to estimate_weight side \
                    low_share low_from low_to high_share high_from high_to";
        names.extend(ends.split_whitespace().map(|end| format!("{}_{end}", head.key())));
    }
    if summary.has.contributions {
        for head in Head::ALL {
            names.extend(Family::ALL.map(|f| format!("c.{}.{}", head.key(), f.key())));
        }
    }
    if summary.has.features {
        names.extend(Family::ALL.map(|f| format!("f.{}", f.key())));
    }
    names
}

fn row<'o>(outlet: &'o Outlet, of: Option<(Lang, &'o Stats)>, summary: &Summary) -> Vec<Cell<'o>> {
    let mut cells = vec!["outlet".into(), outlet.name.as_str().into(), of.map(|(lang, _)| lang.code()).into()];
    counts(&mut cells, &outlet.quality, outlet.days);
    figures(&mut cells, of.map(|(_, stats)| stats), summary);
    cells
}

fn counts(cells: &mut Vec<Cell>, quality: &Quality, days: Option<(Date, Date)>) {
    let q = quality;
    for count in [q.rows, q.scored, q.too_short, q.unsupported_language, q.not_text, q.refused] {
        cells.push(whole(count));
    }
    cells.push(q.duplicates.map_or(Cell::Empty, whole));
    let date = |date: Date| Cell::Text(date.to_string().into());
    cells.extend(days.map_or([Cell::Empty, Cell::Empty], |(first, last)| [date(first), date(last)]));
}

fn figures(cells: &mut Vec<Cell>, stats: Option<&Stats>, summary: &Summary) {
    let wanted = columns(summary).len();
    if let Some(stats) = stats {
        cells.extend([whole(stats.n), rounded(stats.words)]);
        stats.heads.iter().for_each(|head| head_figures(cells, head));
        cells.extend(stats.pushes.iter().flatten().flatten().map(|v| rounded(*v)));
        cells.extend(stats.marks.iter().flatten().map(|v| rounded(*v)));
    }
    cells.resize(wanted, Cell::Empty);
}

fn head_figures(cells: &mut Vec<Cell>, head: &HeadStats) {
    cells.extend([head.mean, head.median].map(rounded));
    cells.extend(head.median_interval.map_or([const { Cell::Empty }; 2], |(from, to)| [from, to].map(rounded)));
    cells.extend(head.estimate.map_or([const { Cell::Empty }; 4], |e| [e.value, e.low, e.high, e.weight].map(rounded)));
    cells.push(head.estimate.map_or(Cell::Empty, |_| Cell::Integer(i64::from(head.side))));
    for share in [head.low, head.high] {
        cells.extend([share.share, share.interval.0, share.interval.1].map(rounded));
    }
}

/// Four decimals: more than any of these figures is worth.
fn rounded<'c>(value: f64) -> Cell<'c> {
    Cell::Number((value * 1e4).round() / 1e4)
}

fn whole<'c>(count: u64) -> Cell<'c> {
    Cell::Integer(i64::try_from(count).unwrap_or(i64::MAX))
}
