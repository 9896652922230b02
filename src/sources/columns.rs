//! Which columns of a scored table hold what.

use crate::error::{Error, Result};
use crate::features::FEATURES;
use crate::features::measure::{Measure, Per};
use crate::features::registry;
use crate::lexicon::Family;
use crate::model::Head;
use crate::read::Table;

/// Names of columns as they were asked for. A column that was not asked for is looked for under its usual names, and done without.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// The outlet: `source`, `outlet`, `publisher` or `domain`.
    pub source: Option<String>,
    /// The day: `date`, `published`, `published_at` or `pubdate`.
    pub date: Option<String>,
    /// The title: `title` or `headline`.
    pub title: Option<String>,
    /// The address: `url` or `link`.
    pub url: Option<String>,
    /// The text, for telling duplicates: `text` or `body`.
    pub text: Option<String>,
    /// How days are written, in the signs of `strftime`, if not as 2026-01-31.
    pub date_format: Option<String>,
}

/// Numbers of the columns.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    pub status: usize,
    pub lang: usize,
    pub words: usize,
    /// By head.
    pub scores: [usize; 2],
    /// By head.
    pub bands: [usize; 2],
    pub note: Option<usize>,
    pub source: Option<usize>,
    pub date: Option<usize>,
    pub title: Option<usize>,
    pub url: Option<usize>,
    pub text: Option<usize>,
    /// `c.<head>.<feature>`: column, head, family.
    pub contributions: Vec<(usize, usize, usize)>,
    /// `f.<feature>`, where its square counts signs per 100 words: column, family.
    pub features: Vec<(usize, usize)>,
}

impl Columns {
    /// Finds them.
    ///
    /// # Errors
    /// [`Error::Table`] if the table was not scored, or has no column that was asked for.
    pub fn find(table: &Table, names: &Names) -> Result<Columns> {
        let at = |name: &str| table.columns().iter().position(|c| c == name);
        let needed = |name: &str| {
            let reason = || format!("has no column `{name}`: give a table that `tabayyun batch` has written");
            at(name).ok_or_else(|| Error::table(table.name(), reason()))
        };
        let by_head = |ending: &str| -> Result<[usize; 2]> {
            Ok([needed(&format!("{}_{ending}", Head::ALL[0].key()))?, needed(&format!("{}_{ending}", Head::ALL[1].key()))?])
        };
        let usual = |asked: &Option<String>, usual: &[&str]| match asked {
            Some(name) => table.column(name).map(Some),
            None => Ok(usual.iter().find_map(|name| table.columns().iter().position(|c| c.eq_ignore_ascii_case(name)))),
        };
        let mut columns = Columns {
            status: needed("tb_status")?,
            lang: needed("tb_lang")?,
            words: needed("tb_words")?,
            scores: by_head("score")?,
            bands: by_head("band")?,
            note: at("tb_note"),
            source: usual(&names.source, &["source", "outlet", "publisher", "domain"])?,
            date: usual(&names.date, &["date", "published", "published_at", "pubdate"])?,
            title: usual(&names.title, &["title", "headline"])?,
            url: usual(&names.url, &["url", "link"])?,
            text: usual(&names.text, &["text", "body"])?,
            contributions: Vec::new(),
            features: Vec::new(),
        };
        for (at, name) in table.columns().iter().enumerate() {
            columns.add_profile(at, name);
        }
        Ok(columns)
    }

    /// Notes a column of a feature or a contribution; others, and those of features that are no more, are left alone.
    fn add_profile(&mut self, at: usize, name: &str) {
        let known = |feature| registry::column(feature).map(|column| FEATURES[column]);
        for head in Head::ALL {
            let feature = name.strip_prefix("c.").and_then(|n| n.strip_prefix(head.key())?.strip_prefix('.')).and_then(known);
            self.contributions.extend(feature.map(|f| (at, head as usize, place(f.family))));
        }
        let counted = name.strip_prefix("f.").and_then(known).filter(|f| {
            let counts = matches!(f.measure, Measure::Evidence { per: Per::HundredWords, .. });
            counts && f.family != Family::LearnedWording
        });
        self.features.extend(counted.map(|f| (at, place(f.family))));
    }
}

fn place(family: Family) -> usize {
    Family::ALL.iter().position(|f| *f == family).unwrap_or_default()
}
