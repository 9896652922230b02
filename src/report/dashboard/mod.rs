//! The dashboard: one page that shows what a scored table says about its outlets. It loads nothing and runs nothing.
//!
//! ```text
//! Summary ─view─▶ sections of sentences, tables and plots ─templates/dashboard.html─▶ page
//! ```

mod facts;
mod families;
mod rank;
mod scatter;
mod spread;
mod standing;
mod timeline;
mod words;

use askama::Template;

use crate::report::plot;
use crate::sources::{Language, Summary};
use crate::text::Lang;
use facts::Facts;
use families::Families;
use rank::Ranking;
use spread::Distribution;
use standing::Standing;
use timeline::Timeline;
use words::{Words, count, fill, isolated, number};

/// The page of a summary, in English or Arabic.
pub fn page(summary: &Summary, lang: Lang) -> String {
    let w = Words::of(lang);
    let sections = summary.languages.iter().map(|language| Section::of(language, summary, w)).collect();
    let q = &summary.quality;
    let (rows, scored) = (number(&count(q.rows)), number(&count(q.scored)));
    let table = isolated(&summary.table);
    let gaps = [("version", env!("CARGO_PKG_VERSION")), ("table", &table), ("rows", &rows), ("scored", &scored)];
    let page = Page {
        w,
        lang: lang.code(),
        plots: plot::STYLE,
        title: fill(&w.title, &gaps),
        made: fill(&w.made, &gaps),
        facts: Facts::of(summary, w),
        has: summary.has,
        sections,
    };
    page.render().unwrap_or_else(|error| format!("<!doctype html><title>{error}</title>"))
}

#[derive(Template)]
#[template(path = "dashboard.html")]
struct Page {
    w: &'static Words,
    lang: &'static str,
    plots: &'static str,
    title: String,
    made: String,
    facts: Facts,
    has: crate::sources::Has,
    sections: Vec<Section>,
}

/// All that is shown of one language.
struct Section {
    id: &'static str,
    heading: String,
    rankings: Vec<Ranking>,
    distributions: Vec<Distribution>,
    scatter: Option<String>,
    families: Option<Families>,
    timeline: Option<Timeline>,
    standing: Standing,
}

impl Section {
    fn of(language: &Language, summary: &Summary, w: &'static Words) -> Section {
        let outlets: Vec<_> = summary.outlets_in(language.lang).collect();
        let (n, named) = (number(&count(language.all.n)), number(&count(outlets.len() as u64)));
        let pattern = if outlets.is_empty() { &w.section } else { &w.section_outlets };
        Section {
            id: language.lang.code(),
            heading: fill(pattern, &[("lang", w.lang(language.lang)), ("n", &n), ("outlets", &named)]),
            rankings: Ranking::both(language, summary, w),
            distributions: Distribution::both(&language.all, w),
            scatter: scatter::draw(&outlets, w),
            families: Families::of(&language.all, &outlets, w),
            timeline: language.days.as_ref().map(|(step, periods)| Timeline::of(*step, periods, w)),
            standing: Standing::of(language, w),
        }
    }
}
