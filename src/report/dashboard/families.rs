//! Which families of signs move the scores of each outlet: small plots on one scale, and the numbers.

use super::words::{Words, count, fill, isolated, number};
use crate::model::Head;
use crate::report::plot::{Anchor, Scale, Svg};
use crate::sources::{FEW, Outlet, Profile, Stats};

/// Most outlets that are shown: those with the most texts.
const SHOWN: usize = 12;
const WIDTH: f64 = 330.0;
/// Where the bars begin, right of the names.
const NAMES: f64 = 128.0;
const ROW: f64 = 17.0;
const TOP: f64 = 20.0;
/// Means that are nearer to nothing are not drawn.
const LEAST: f64 = 5e-4;

/// The plots and tables of a language.
pub struct Families {
    pub note: String,
    pub panels: Vec<Panel>,
    /// Heading, names of families, and for each outlet its name and numbers.
    pub tables: Vec<Table>,
}

/// The plot of one outlet.
pub struct Panel {
    pub name: String,
    /// Number of texts.
    pub n: String,
    pub few: bool,
    pub plot: String,
}

/// The numbers behind the plots.
pub struct Table {
    pub heading: String,
    pub families: Vec<String>,
    pub rows: Vec<(String, Vec<String>)>,
}

/// Values of families in one column of bars.
struct Column<'a> {
    title: &'a str,
    /// The title over the bars.
    short: &'a str,
    series: &'static str,
    of: fn(&Stats) -> Option<&Profile>,
    decimals: usize,
    signed: bool,
}

/// What all plots have in common.
struct Layout<'a> {
    columns: &'a [Column<'a>],
    /// The families that move anything, by number.
    families: &'a [usize],
    /// Largest amount in each column.
    reach: &'a [f64],
}

impl Families {
    /// `None` if the table has neither contributions nor features.
    pub fn of(all: &Stats, outlets: &[(&Outlet, &Stats)], w: &Words) -> Option<Families> {
        let push = |head: Head, series, of| Column {
            title: w.head_title(head),
            short: w.head_short(head),
            series,
            of,
            decimals: 2,
            signed: true,
        };
        let columns = match (&all.pushes, &all.marks) {
            (Some(_), _) => vec![
                push(Head::Propaganda, "s1", |s| s.pushes.as_ref().map(|p| &p[0])),
                push(Head::Credibility, "s2", |s| s.pushes.as_ref().map(|p| &p[1])),
            ],
            (None, Some(_)) => {
                vec![Column { title: "", short: "", series: "s3", of: |s| s.marks.as_ref(), decimals: 1, signed: false }]
            }
            (None, None) => return None,
        };
        let mut shown = outlets.to_vec();
        shown.sort_by(|a, b| b.1.n.cmp(&a.1.n).then_with(|| a.0.name.cmp(&b.0.name)));
        shown.truncate(SHOWN);
        let mut lines: Vec<(String, &Stats)> = vec![(w.all_texts.clone(), all)];
        lines.extend(shown.iter().map(|(outlet, stats)| (isolated(&outlet.name), *stats)));
        let moved = |family: &usize| {
            let values = lines.iter().flat_map(|(_, s)| columns.iter().filter_map(|c| (c.of)(s)));
            values.map(|p| p[*family].abs()).fold(0.0, f64::max) > LEAST
        };
        let families: Vec<usize> = (0..w.families.len()).filter(moved).collect();
        let reach: Vec<f64> = columns
            .iter()
            .map(|c| {
                let values = lines.iter().filter_map(|(_, s)| (c.of)(s)).flatten();
                values.fold(LEAST, |most: f64, v| most.max(v.abs()))
            })
            .collect();
        let layout = Layout { columns: &columns, families: &families, reach: &reach };
        let panels = lines.iter().map(|(name, stats)| Panel {
            name: name.clone(),
            n: number(&count(stats.n)),
            few: stats.n < FEW,
            plot: draw(name, stats, all, &layout, w),
        });
        let tables = columns.iter().map(|c| Table {
            heading: c.title.to_owned(),
            families: families.iter().map(|f| w.families[*f].clone()).collect(),
            rows: lines.iter().map(|(name, s)| (name.clone(), numbers(c, s, &families))).collect(),
        });
        let note = if all.pushes.is_some() { &w.family_push } else { &w.family_rate };
        Some(Families { note: note.clone(), panels: panels.collect(), tables: tables.collect() })
    }
}

fn numbers(column: &Column, stats: &Stats, families: &[usize]) -> Vec<String> {
    let profile = (column.of)(stats);
    families.iter().map(|f| number(&written(profile.map_or(0.0, |p| p[*f]), column.decimals, column.signed))).collect()
}

/// `+0.12`, `−0.30`, or without sign.
fn written(value: f64, decimals: usize, signed: bool) -> String {
    let plain = format!("{:.decimals$}", value.abs());
    let zero = plain.chars().all(|c| matches!(c, '0' | '.'));
    match (signed && !zero, value < 0.0) {
        (false, _) => plain,
        (true, true) => format!("−{plain}"),
        (true, false) => format!("+{plain}"),
    }
}

fn draw(name: &str, stats: &Stats, all: &Stats, layout: &Layout, w: &Words) -> String {
    let Layout { columns, families, reach } = layout;
    let size = (WIDTH, TOP + ROW * families.len() as f64 + 18.0);
    let mut svg = Svg::new(size, &fill(&w.family_alt, &[("outlet", name), ("n", &count(stats.n))]));
    for (row, family) in families.iter().enumerate() {
        let y = TOP + ROW * row as f64 + 12.0;
        svg.text("name", (NAMES - 8.0, y), Anchor::End, &w.families[*family]);
    }
    let width = (WIDTH - NAMES) / columns.len() as f64;
    for (at, column) in columns.iter().enumerate() {
        let (left, right) = (NAMES + width * at as f64 + 5.0, NAMES + width * (at + 1) as f64 - 5.0);
        let low = if column.signed { -reach[at] } else { 0.0 };
        let scale = Scale::new((low, reach[at]), (left, right));
        let bottom = TOP + ROW * families.len() as f64;
        svg.line("axis", (scale.at(0.0), TOP), (scale.at(0.0), bottom));
        for end in [low, reach[at]] {
            let anchor = if end <= 0.0 { Anchor::Start } else { Anchor::End };
            svg.text("tick", (scale.at(end), bottom + 13.0), anchor, &written(end, column.decimals, column.signed));
        }
        svg.text("tick", ((left + right) / 2.0, 12.0), Anchor::Middle, column.short);
        let (Some(values), Some(means)) = ((column.of)(stats), (column.of)(all)) else { continue };
        for (row, family) in families.iter().enumerate() {
            let y = TOP + ROW * row as f64;
            let (value, mean) = (values[*family], scale.at(means[*family]));
            let tip = format!("{}: {}", w.families[*family], written(value, column.decimals, column.signed));
            svg.rect(&format!("bar {}", column.series), (scale.at(0.0), y + 3.0), (scale.at(value), y + ROW - 3.0), &tip);
            svg.line("axis", (mean, y + 1.0), (mean, y + ROW - 1.0));
        }
    }
    svg.finish()
}
