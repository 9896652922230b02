//! Sums made into figures.

use jiff::civil::Date;

use super::columns::Columns;
use super::days::{Period, Step, mean_interval, periods};
use super::interval::wilson;
use super::most::{Marked, Most};
use super::quality::Quality;
use super::shrink::{Estimate, Group, Spread};
use super::sums::{Moments, Scores};
use super::tally::{OutletTally, Sums, Tally, languages};
use crate::lexicon::Family;
use crate::model::Head;
use crate::text::Lang;

/// A value for each family, in the order of [`Family::ALL`].
pub type Profile = [f64; Family::ALL.len()];

/// Bars of a histogram of scores.
pub const BINS: usize = 20;

/// Outlets with fewer texts are not compared with others, whatever their interval says: it rests on how other outlets' texts vary.
pub const FEW: u64 = 10;

/// What a scored table says.
#[derive(Clone, Debug)]
pub struct Summary {
    /// The table.
    pub table: String,
    /// What the numbers rest on.
    pub quality: Quality,
    /// First and last day, if the table has days.
    pub days: Option<(Date, Date)>,
    /// Whether the table names outlets, has days, has contributions, has features.
    pub has: Has,
    /// Each outlet, by name. Rows without a name count towards the languages only.
    pub outlets: Vec<Outlet>,
    /// Each language that has scores.
    pub languages: Vec<Language>,
}

/// Which columns the table has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Has {
    /// A column of outlets.
    pub sources: bool,
    /// A column of days.
    pub days: bool,
    /// Columns of contributions.
    pub contributions: bool,
    /// Columns of features.
    pub features: bool,
}

/// An outlet.
#[derive(Clone, Debug)]
pub struct Outlet {
    /// Its name, as in the table.
    pub name: String,
    /// How its rows ended.
    pub quality: Quality,
    /// First and last day of its rows.
    pub days: Option<(Date, Date)>,
    /// Figures of its scored texts, by language.
    pub langs: [Option<Stats>; 2],
}

/// All scored texts in one language.
#[derive(Clone, Debug)]
pub struct Language {
    /// The language.
    pub lang: Lang,
    /// Figures of all its texts.
    pub all: Stats,
    /// How its outlets differ, by head; `None` where nothing can be said.
    pub spread: [Option<Spread>; 2],
    /// Scores over time.
    pub days: Option<(Step, Vec<Period>)>,
    /// Texts with the highest propaganda scores, and with the lowest credibility scores.
    pub most: [Vec<Marked>; 2],
    /// Texts left out of `most` because they are short; 0 if there are no longer ones, and short ones stand there.
    pub left_out: u64,
}

/// Figures of some texts in one language.
#[derive(Clone, Debug)]
pub struct Stats {
    /// How many.
    pub n: u64,
    /// Their mean length, words.
    pub words: f64,
    /// By head.
    pub heads: [HeadStats; 2],
    /// Mean contributions of each family, by head, log-odds; if the table has contributions.
    pub pushes: Option<[Profile; 2]>,
    /// Mean signs of each family per 100 words, strong ones counting up to 3; if the table has features.
    pub marks: Option<Profile>,
}

/// Figures of one score.
#[derive(Clone, Debug)]
pub struct HeadStats {
    /// Plain mean.
    pub mean: f64,
    /// Median, to 0.001.
    pub median: f64,
    /// Its 95 % interval, for 6 texts and more.
    pub median_interval: Option<(f64, f64)>,
    /// The mean drawn towards that of all outlets, with its interval. For all texts together, the plain mean.
    pub estimate: Option<Estimate>,
    /// Whether the interval lies below (−1) or above (1) the mean of all outlets; 0 if it cannot be told, and for
    /// fewer than [`FEW`] texts.
    pub side: i8,
    /// In the low band.
    pub low: Share,
    /// In the high band.
    pub high: Share,
    /// How many scores fall into each of [`BINS`] equal parts of 0 to 1.
    pub histogram: Vec<u64>,
}

/// A share of texts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Share {
    /// How many.
    pub count: u64,
    /// Share, 0 to 1.
    pub share: f64,
    /// Its 95 % interval (Wilson).
    pub interval: (f64, f64),
}

impl Share {
    fn of(count: u64, n: u64) -> Share {
        Share { count, share: count as f64 / n.max(1) as f64, interval: wilson(count, n).unwrap_or((0.0, 1.0)) }
    }
}

impl Summary {
    pub(super) fn of(table: String, columns: &Columns, tally: Tally) -> Summary {
        let has = Has {
            sources: columns.source.is_some(),
            days: columns.date.is_some(),
            contributions: !columns.contributions.is_empty(),
            features: !columns.features.is_empty(),
        };
        let spreads = Lang::ALL.map(|lang| [0, 1].map(|head| spread(&tally.outlets, lang, head)));
        let languages = languages(tally.langs).map(|(lang, tally)| {
            let all = Stats::of(&tally.all, has, |_, moments| {
                let whole = |(low, high)| Estimate { value: moments.mean(), low, high, weight: 1.0 };
                (mean_interval(moments).map(whole), 0)
            });
            let [long, any] = tally.most;
            let few = tally.short == all.n;
            let most = if few { any } else { long }.map(Most::finish);
            let left_out = if few { 0 } else { tally.short };
            Language { lang, all, spread: spreads[lang as usize], days: periods(&tally.days), most, left_out }
        });
        let languages: Vec<Language> = languages.collect();
        let outlets: Vec<Outlet> = tally
            .outlets
            .into_iter()
            .map(|(name, outlet)| {
                let langs = Lang::ALL.map(|lang| {
                    let sums = outlet.langs[lang as usize].as_deref()?;
                    Some(Stats::of(sums, has, |head, moments| compared(spreads[lang as usize][head], moments)))
                });
                Outlet { name, quality: outlet.quality, days: outlet.first.zip(outlet.last), langs }
            })
            .collect();
        let alike = alike(&outlets);
        let quality = Quality { reasons: tally.reasons.finish(), alike, ..tally.quality };
        Summary { table, quality, days: tally.first.zip(tally.last), has, outlets, languages }
    }

    /// The outlets that have scores in a language with their figures there: the highest estimates of a head first, those with
    /// fewer than [`FEW`] texts after the others, so that none of them leads or ends the list by chance.
    pub fn ranked(&self, lang: Lang, head: Head) -> Vec<(&Outlet, &Stats)> {
        let level = |stats: &Stats| stats.heads[head as usize].level();
        let mut outlets: Vec<_> = self.outlets_in(lang).collect();
        outlets.sort_by(|(a, x), (b, y)| {
            let few = (x.n < FEW).cmp(&(y.n < FEW));
            few.then_with(|| level(y).total_cmp(&level(x))).then_with(|| a.name.cmp(&b.name))
        });
        outlets
    }

    /// The outlets that have scores in a language, by name, with their figures there.
    pub fn outlets_in(&self, lang: Lang) -> impl Iterator<Item = (&Outlet, &Stats)> {
        self.outlets.iter().filter_map(move |o| Some((o, o.langs[lang as usize].as_ref()?)))
    }
}

impl Stats {
    fn of(sums: &Sums, has: Has, estimate: impl Fn(usize, &Moments) -> (Option<Estimate>, i8)) -> Stats {
        let n = sums.n();
        let head = |head: usize| HeadStats::of(&sums.heads[head], estimate(head, &sums.heads[head].moments));
        Stats {
            n,
            words: sums.words as f64 / n.max(1) as f64,
            heads: [head(0), head(1)],
            pushes: has.contributions.then(|| sums.pushes.map(|head| head.map(|sum| sum.mean(n)))),
            marks: has.features.then(|| sums.marks.map(|sum| sum.mean(n))),
        }
    }
}

impl HeadStats {
    /// The estimate, or the plain mean where there is none.
    pub fn level(&self) -> f64 {
        self.estimate.map_or(self.mean, |estimate| estimate.value)
    }

    fn of(scores: &Scores, (estimate, side): (Option<Estimate>, i8)) -> HeadStats {
        let n = scores.moments.n;
        HeadStats {
            mean: scores.moments.mean(),
            median: scores.median(),
            median_interval: scores.median_interval(),
            estimate,
            side,
            low: Share::of(scores.bands[0], n),
            high: Share::of(scores.bands[1], n),
            histogram: scores.histogram(BINS),
        }
    }
}

/// How the outlets of a language differ in a head.
fn spread(outlets: &std::collections::BTreeMap<String, OutletTally>, lang: Lang, head: usize) -> Option<Spread> {
    let groups = outlets.values().filter_map(|o| {
        let moments = o.langs[lang as usize].as_ref()?.heads[head].moments;
        Some(Group { n: moments.n, mean: moments.mean(), squares: moments.deviation() })
    });
    Spread::of(&groups.collect::<Vec<_>>())
}

/// An outlet's estimate, and on which side of the mean of all outlets its interval lies.
fn compared(spread: Option<Spread>, moments: &Moments) -> (Option<Estimate>, i8) {
    let Some(spread) = spread else { return (None, 0) };
    let estimate = spread.estimate(moments.n, moments.mean());
    let side = i8::from(estimate.low > spread.mean) - i8::from(estimate.high < spread.mean);
    (Some(estimate), if spread.shrinks() && moments.n >= FEW { side } else { 0 })
}

/// Pairs of names that differ in capitals only.
fn alike(outlets: &[Outlet]) -> Vec<(String, String)> {
    const MOST: usize = 10;
    let mut folded: Vec<(String, &str)> = outlets.iter().map(|o| (o.name.to_lowercase(), o.name.as_str())).collect();
    folded.sort();
    let pairs = folded.windows(2).filter(|w| w[0].0 == w[1].0);
    pairs.take(MOST).map(|w| (w[0].1.to_owned(), w[1].1.to_owned())).collect()
}
