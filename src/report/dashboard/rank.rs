//! Outlets in the order of one score, each with its interval.

use super::words::{Words, count, fill, isolated, number, percent, percent_in, range};
use crate::model::Head;
use crate::report::plot::{Scale, Svg};
use crate::sources::shrink::Spread;
use crate::sources::{FEW, HeadStats, Language, Outlet, Stats, Summary};

/// Most outlets on the page: those with the most texts.
const SHOWN: usize = 150;
/// Size of the strip with a dot and its interval.
const STRIP: (f64, f64) = (170.0, 18.0);

/// Outlets by one score.
pub struct Ranking {
    /// Name of the head in the page's links.
    pub id: &'static str,
    pub heading: String,
    /// What a score near 100 % says.
    pub meaning: String,
    pub note: String,
    /// How many outlets are left out.
    pub capped: Option<String>,
    pub rows: Vec<Row>,
}

/// An outlet.
pub struct Row {
    /// Its name; the first row is all texts together.
    pub name: String,
    pub whole: bool,
    pub few: bool,
    pub n: String,
    pub strip: String,
    pub score: String,
    pub interval: String,
    pub median: String,
    pub low: String,
    pub high: String,
    /// Against the mean of all outlets, and −1, 0 or 1 for it.
    pub compared: String,
    pub side: i8,
}

impl Ranking {
    /// One by each score; none without outlets.
    pub fn both(language: &Language, summary: &Summary, w: &Words) -> Vec<Ranking> {
        if summary.outlets_in(language.lang).next().is_none() {
            return Vec::new();
        }
        Head::ALL.map(|head| Ranking::of(head, language, &summary.ranked(language.lang, head), w)).into()
    }

    fn of(head: Head, language: &Language, ranked: &[(&Outlet, &Stats)], w: &Words) -> Ranking {
        let at = head as usize;
        let spread = language.spread[at];
        let mut most: Vec<u64> = ranked.iter().map(|(_, stats)| stats.n).collect();
        most.sort_unstable_by(|a, b| b.cmp(a));
        let least = most.get(SHOWN - 1).copied().unwrap_or(0);
        let shown: Vec<_> = ranked.iter().filter(|(_, stats)| stats.n >= least).take(SHOWN).collect();
        let mut rows =
            vec![Row { whole: true, compared: String::new(), ..Row::of(w.all_texts.clone(), &language.all, at, spread, w) }];
        rows.extend(shown.iter().map(|(outlet, stats)| Row::of(isolated(&outlet.name), stats, at, spread, w)));
        let (part, all) = (number(&count(shown.len() as u64)), number(&count(ranked.len() as u64)));
        let note = match spread {
            Some(spread) => fill(&w.rank_note, &[("mean", &number(&percent(spread.mean)))]),
            None => w.rank_note_none.clone(),
        };
        let meaning = match head {
            Head::Propaganda => &w.propaganda_high,
            Head::Credibility => &w.credibility_high,
        };
        Ranking {
            id: head.key(),
            heading: fill(&w.rank_title, &[("head", w.head(head))]),
            meaning: meaning.clone(),
            note,
            capped: (ranked.len() > SHOWN).then(|| fill(&w.rank_capped, &[("shown", &part), ("all", &all)])),
            rows,
        }
    }
}

impl Row {
    fn of(name: String, stats: &Stats, at: usize, spread: Option<Spread>, w: &Words) -> Row {
        let head = &stats.heads[at];
        let estimate = head.estimate;
        let share = |share: crate::sources::Share| number(&percent_in(share.share, share.interval));
        let compares = spread.is_some_and(|s| s.shrinks()) && stats.n >= FEW;
        Row {
            name,
            whole: false,
            few: stats.n < FEW,
            n: number(&count(stats.n)),
            strip: strip(head, spread, at),
            score: number(&percent(head.level())),
            interval: estimate.map_or(w.unknown.clone(), |e| number(&range((e.low, e.high)))),
            median: number(&percent(head.median)),
            low: share(head.low),
            high: share(head.high),
            compared: if compares { w.side(head.side).to_owned() } else { String::new() },
            side: head.side,
        }
    }
}

/// A dot with its interval on a line from 0 to 100 %.
fn strip(head: &HeadStats, spread: Option<Spread>, at: usize) -> String {
    let x = Scale::new((0.0, 1.0), (4.0, STRIP.0 - 4.0));
    let (middle, series) = (STRIP.1 / 2.0, ["s1", "s2"][at]);
    let mut svg = Svg::decoration(STRIP);
    svg.line("grid", (x.at(0.0), middle), (x.at(1.0), middle));
    if let Some(spread) = spread {
        svg.line("reference", (x.at(spread.mean), 1.0), (x.at(spread.mean), STRIP.1 - 1.0));
    }
    if let Some(e) = head.estimate {
        svg.line(&format!("whisker {series}"), (x.at(e.low), middle), (x.at(e.high), middle));
    }
    svg.circle(&format!("point {series}"), (x.at(head.level()), middle), 4.0, "");
    svg.finish()
}
