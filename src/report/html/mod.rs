//! An explanation as a page of its own: no network, no font or script of others, readable in both directions, in print, by keyboard
//! and by a screen reader. The page needs no script; with it, the reason for a mark shows where the mark stands.

mod article;
mod view;

use askama::Template;

use crate::Engine;
use crate::model::Explained;
use crate::read::Document;
use crate::report::words::Words;
use crate::text::Lang;
use view::View;

/// The style of pages.
pub const STYLE: &str = include_str!("style.css");
/// What pages do beyond plain HTML.
pub const SCRIPT: &str = include_str!("script.js");

#[derive(Template)]
#[template(path = "report.html")]
struct Fragment<'a> {
    view: &'a View,
    w: Words,
}

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'a> {
    w: Words,
    title: &'a str,
    /// Anchor and title of each report, if there are several.
    contents: Vec<(String, String)>,
    reports: Vec<String>,
    style: &'static str,
    script: &'static str,
}

/// The report of one text as an `article` element. `number` keeps its anchors apart from those of other reports on the page.
pub fn fragment(engine: &Engine, document: &Document, explained: &Explained, ui: Lang, number: usize) -> String {
    let words = Words(ui);
    let view = View::new(engine, document, explained, words, number);
    Fragment { view: &view, w: words }.render().unwrap_or_default()
}

/// A whole page with the reports of some texts.
pub fn page(engine: &Engine, texts: &[(Document, Explained)], ui: Lang) -> String {
    let words = Words(ui);
    let views: Vec<View> = texts.iter().enumerate().map(|(at, (d, e))| View::new(engine, d, e, words, at + 1)).collect();
    let reports = views.iter().map(|view| Fragment { view, w: words }.render().unwrap_or_default()).collect();
    let contents = match &views[..] {
        [_] => Vec::new(),
        several => several.iter().map(|view| (view.anchor.clone(), view.title.clone())).collect(),
    };
    let title = match &views[..] {
        [one] => &one.title,
        _ => "tabayyun",
    };
    Page { w: words, title, contents, reports, style: STYLE, script: SCRIPT }.render().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::tests::document;

    const HOSTILE: &str = "<script>alert(1)</script> <img src=x onerror=alert(2)> \"><svg onload=alert(3)> javascript:alert(4) \
                           \u{202E}evil\u{202C} &lt;b&gt; {{ 7*7 }} </title></style>";

    fn of(text: &str, ui: Lang) -> String {
        let engine = Engine::built_in();
        let document = Document { title: Some(HOSTILE.into()), outlet: Some(HOSTILE.into()), ..document(text) };
        let explained = engine.score(text);
        page(&engine, &[(document, explained)], ui)
    }

    #[test]
    fn hostile_text_is_only_text() {
        let text = format!("{HOSTILE} Informed sources revealed a secret meeting in a bid to undermine {HOSTILE} the reform.");
        for ui in Lang::ALL {
            let page = of(&text, ui);
            assert_eq!(page.matches("<script").count(), 1, "only our own");
            assert!(!page.contains("<img") && !page.contains("<svg onload") && !page.contains('\u{202E}'));
            assert!(page.contains("&#60;script&#62;alert(1)") || page.contains("&lt;script&gt;alert(1)"), "shown as text");
            assert!(!page.contains("style=\"") && !page.contains(" onclick"), "fit for a strict content policy");
        }
    }

    /// The text of an article's page, without its marks and without white space.
    fn shown(html: &str) -> String {
        let body = html.split_once("class=\"text\"").expect("a text").1.split_once("</section>").expect("its end").0;
        let mut plain = String::new();
        let mut inside = true;
        for c in body.chars() {
            match c {
                '<' => inside = true,
                '>' => inside = false,
                c if !inside => plain.push(c),
                _ => {}
            }
        }
        squeeze(&plain.replace("&#34;", "\"").replace("&#39;", "'").replace("&#38;", "&"))
    }

    fn squeeze(text: &str) -> String {
        text.split_whitespace().collect()
    }

    #[test]
    fn the_whole_text_is_there_in_its_order_however_its_lines_end() {
        let engine = Engine::built_in();
        // U+0085 takes two bytes; the page once cut it in the middle (found by fuzzing).
        for line_end in ["\n", "\r\n", "\r", "\u{B}", "\u{85}", "\u{2028}", "\u{2029}"] {
            let text = &include_str!("../../../samples/ar-insinuation.txt").replace('\n', line_end);
            let explained = engine.score(text);
            assert!(explained.passages.len() > 1, "{line_end:?} ends lines");
            let html = fragment(&engine, &document(text), &explained, Lang::Ar, 1);
            assert!(shown(&html).contains(&squeeze(text)), "{line_end:?}: {html}");
            assert!(html.contains("dir=\"rtl\"") && html.matches("<a class=\"ev ").count() > 10);
        }
    }

    #[test]
    fn without_a_score_it_says_why() {
        let page = of("Too short.", Lang::En);
        assert!(page.contains("No score") && page.contains("too short") && !page.contains("NaN"));
    }
}
