//! An explanation for a terminal.

use anstyle::Style;

use super::flow::{Flow, Place, paint, width};
use super::marks::{self, Choice, Mark, Telling};
use super::sentence::Piece;
use super::words::Words;
use super::{NOTICE, bars, facts, palette, safe};
use crate::Engine;
use crate::features::FEATURES;
use crate::model::{Explained, Explanation, Head, aspect};
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

/// Contributions listed per head, unless everything is.
const STRONGEST: usize = 8;
/// From here on there is room for a legend beside each score, columns.
const ROOMY: usize = 76;
/// Narrower than this, bars and tables have no room, columns.
const NARROWEST: usize = 40;

/// The report.
pub fn report(engine: &Engine, document: &Document, explained: &Explained, layout: Layout) -> String {
    let mut page = Page { out: String::new(), width: layout.width.max(NARROWEST) };
    page.header(document, explained);
    match &explained.heads {
        None => page.refusal(&facts::refusal(explained)),
        Some(heads) => {
            for head in heads {
                page.score(engine, explained, head);
            }
            page.aspects(&heads[Head::Credibility as usize]);
            for head in heads {
                page.contributions(head, if layout.explain { usize::MAX } else { STRONGEST });
            }
            page.sentences(engine, document, explained, layout.explain);
            page.counts(explained);
        }
    }
    page.footer(engine, document, explained);
    page.out
}

struct Page {
    out: String,
    width: usize,
}

impl Page {
    /// Text from column `indent` on, wrapped.
    fn lines(&mut self, indent: usize, runs: &[(Style, &str)]) {
        self.hang(&" ".repeat(indent), indent, runs);
    }

    /// Text after a `start` of `indent` columns, wrapped under itself.
    fn hang(&mut self, start: &str, indent: usize, runs: &[(Style, &str)]) {
        self.out.push_str(start);
        let mut flow = Flow::default();
        runs.iter().for_each(|(style, text)| flow.push(*style, text));
        flow.write(&mut self.out, Place { width: self.width, indent, right_to_left: false });
    }

    fn heading(&mut self, title: &str, note: &str) {
        self.out.push('\n');
        self.lines(0, &[(palette::STRONG, title)]);
        if !note.is_empty() {
            self.lines(2, &[(palette::QUIET, note)]);
        }
    }

    fn header(&mut self, document: &Document, explained: &Explained) {
        let (title, origin) = facts::names(document);
        self.out.push_str(&paint(palette::QUIET, &"━".repeat(self.width)));
        self.out.push('\n');
        self.foreign(palette::STRONG, title);
        for name in &origin {
            self.foreign(palette::QUIET, name);
        }
        if !explained.extract.sentences.is_empty() {
            self.lines(0, &[(palette::QUIET, &facts::size(explained))]);
        }
    }

    /// A name on lines of its own, in its own direction.
    fn foreign(&mut self, style: Style, name: &str) {
        let place = Place { width: self.width, indent: 0, right_to_left: safe::is_right_to_left(name) };
        Flow::of(style, &safe::clean(name)).write(&mut self.out, place);
    }

    fn refusal(&mut self, why: &str) {
        self.out.push('\n');
        self.lines(0, &[(palette::WARNING.bold(), "NO SCORE: "), (Style::new(), why)]);
    }

    fn score(&mut self, engine: &Engine, explained: &Explained, head: &Explanation) {
        let Some(lang) = explained.extract.lang else { return };
        self.out.push('\n');
        let model = &engine.models.of(head.head, lang).model;
        let style = palette::band(head.head, head.band);
        let band = format!("{} {}", head.band.key().to_uppercase(), facts::percent(head.score));
        let legend = if self.width < ROOMY { "" } else { " ● score, ▒ its 95 % interval" };
        let interval = format!(" [{}]{legend}", facts::interval(head.interval));
        let name = format!("{}: ", facts::head(head.head));
        self.lines(0, &[(palette::STRONG, &name), (style.bold(), &band), (palette::QUIET, &interval)]);
        let columns = (self.width - 4).min(72);
        self.out.push_str(&format!("  {}\n", paint(style, &bars::gauge(head.score, head.interval, columns))));
        self.out.push_str(&format!("  {}\n", paint(palette::QUIET, &bars::scale(&model.bands, columns))));
        let mut note = facts::band_meaning(model, head.band, Words::ENGLISH);
        if let Some(caution) = facts::open_band(model, head.interval) {
            note = format!("{note} {caution}");
        }
        self.lines(2, &[(Style::new(), &safe::clean(&note))]);
    }

    /// What each thing asked of a report adds to its credibility.
    fn aspects(&mut self, credibility: &Explanation) {
        self.lines(2, &[(palette::QUIET, "of it, each alone: 50 % is the average training article")]);
        for part in aspect::parts(credibility) {
            let style = palette::push(Head::Credibility, part.contribution > 0.0);
            let start = format!("    {:12} {} ", part.aspect.key(), paint(style, &format!("{:>4}", facts::percent(part.score))));
            self.hang(&start, 22, &[(Style::new(), part.aspect.question())]);
        }
    }

    fn contributions(&mut self, head: &Explanation, most: usize) {
        let (columns, others, rest) = facts::strongest(head, most);
        let half = (self.width / 12).clamp(5, 10);
        let longest = columns.first().map_or(1.0, |&c| head.contributions[c].abs());
        let against = if head.head == Head::Propaganda { "; log-odds, compared with the average training text" } else { "" };
        self.heading(&format!("What moves the {} score", head.head.key()), &format!("left lowers, right raises it{against}"));
        for column in columns {
            let (part, feature) = (head.contributions[column], FEATURES[column]);
            let [left, right] = bars::signed(part / longest, half);
            let style = palette::push(head.head, part > 0.0);
            let start = format!("  {}│{} {:>6} ", paint(style, &left), paint(style, &right), facts::signed(part));
            let value = format!("\u{A0}· {} {}", feature.name, facts::value(column, head.values[column], Words::ENGLISH));
            self.hang(&start, 2 * half + 11, &[(Style::new(), feature.meaning), (palette::QUIET, &value)]);
        }
        let mut remain = |part: f64, text: &str| {
            let start = format!("  {}│{} {:>6} ", " ".repeat(half), " ".repeat(half), facts::signed(part));
            self.hang(&start, 2 * half + 11, &[(palette::QUIET, text)]);
        };
        if others > 0 {
            remain(rest, &format!("{others} further features"));
        }
        remain(head.baseline, "the average training text, from which these are counted");
        remain(head.log_odds, &format!("sum, which is {}", facts::percent(head.score)));
    }

    fn sentences(&mut self, engine: &Engine, document: &Document, explained: &Explained, all: bool) {
        let choice = if all { Choice::ALL } else { Choice::GLANCE };
        let told = marks::telling(engine, &document.text, explained, choice);
        if told.is_empty() {
            return;
        }
        let title = if all { "The sentences with evidence" } else { "The sentences that tell most" };
        self.heading(title, "‹…› marks the words; P and C: what they add to propaganda and to credibility, before the usual number of signs is taken off; ¬: after a negation");
        for sentence in &told {
            let head = format!("sentence {} of {}", sentence.number, explained.extract.sentences.len());
            self.out.push('\n');
            self.lines(2, &[(palette::QUIET, &format!("{head} · {}", parts(sentence.parts)))]);
            self.sentence(sentence);
            for mark in &sentence.marks {
                self.reasons(mark, all);
            }
            if sentence.weaker > 0 {
                let more = if sentence.weaker == 1 { "sign" } else { "signs" };
                self.lines(4, &[(palette::QUIET, &format!("and {} weaker {more}", sentence.weaker))]);
            }
        }
    }

    fn sentence(&mut self, sentence: &Telling) {
        let mut flow = Flow::default();
        for piece in &sentence.pieces {
            match piece {
                Piece::Plain(text) => flow.push(Style::new(), &safe::clean(text)),
                Piece::Gap => flow.push(palette::QUIET, "… "),
                Piece::Mark(at) => {
                    let mark = &sentence.marks[*at];
                    let quiet = palette::family(mark.family());
                    flow.push(quiet, if mark.negated() { "‹¬" } else { "‹" });
                    flow.push(palette::evidence(mark.family()), &safe::clean(mark.text));
                    flow.push(quiet, &format!("›{}", mark.number.map(facts::raised).unwrap_or_default()));
                }
            }
        }
        self.out.push_str("    ");
        let right_to_left = sentence.lang == Lang::Ar;
        flow.write(&mut self.out, Place { width: self.width - 2, indent: 4, right_to_left });
    }

    /// Why words are marked, one line for each evidence.
    fn reasons(&mut self, mark: &Mark, all: bool) {
        for (at, reason) in mark.reasons.iter().enumerate() {
            let sign = match (mark.number, at) {
                (None, _) => "“”".to_string(),
                (Some(number), 0) => facts::raised(number),
                _ => String::new(),
            };
            let pad = " ".repeat(3usize.saturating_sub(width(&sign)));
            let family = reason.indicator.family();
            let start = format!("    {}{pad}{}  ", paint(palette::family(family), &sign), parts(reason.parts));
            let why = reason.why.filter(|_| all).unwrap_or(reason.meaning);
            let about = format!("{}: {}", facts::circumstances(mark, reason), safe::clean(why));
            let runs = [(palette::family(family), family.title()), (Style::new(), &about)];
            self.hang(&start, 9 + width(&parts(reason.parts)), &runs);
        }
    }

    fn counts(&mut self, explained: &Explained) {
        self.heading("Evidence by family", "");
        let head = format!("{:28} author  quoted  negated", "");
        self.out.push_str(&format!("  {}\n", paint(palette::QUIET, &head)));
        let shown = |count: usize| if count == 0 { "–".to_string() } else { facts::thousands(count) };
        for (family, [author, quoted, negated]) in facts::counts(explained) {
            let name = format!("{:28}", family.title());
            let style = if author + quoted > 0 { palette::family(family) } else { palette::QUIET };
            let [author, quoted, negated] = [author, quoted, negated].map(shown);
            self.out.push_str(&format!("  {} {author:>6}  {quoted:>6}  {negated:>7}\n", paint(style, &name)));
        }
        if let Some(line) = facts::techniques_line(explained) {
            self.heading("Persuasion techniques that evidence speaks for", "");
            self.lines(2, &[(Style::new(), &line)]);
        }
    }

    fn footer(&mut self, engine: &Engine, document: &Document, explained: &Explained) {
        self.out.push('\n');
        for warning in facts::warnings(document, explained) {
            self.hang(&format!("{} ", paint(palette::WARNING.bold(), "!")), 2, &[(Style::new(), &safe::clean(&warning))]);
        }
        if explained.heads.is_some() {
            for model in facts::models(engine, explained) {
                self.hang("", 0, &[(palette::QUIET, &safe::clean(&format!("Model {model}")))]);
            }
        }
        if explained.heads.is_some() {
            self.out.push('\n');
        }
        self.lines(0, &[(palette::STRONG, NOTICE)]);
        self.out.push('\n');
    }
}

/// What something adds to both heads.
fn parts([propaganda, credibility]: [f64; 2]) -> String {
    format!("P {} C {}", facts::signed(propaganda), facts::signed(credibility))
}

#[cfg(test)]
#[path = "terminal_tests.rs"]
mod tests;
