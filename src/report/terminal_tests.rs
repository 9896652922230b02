//! What must hold of every terminal report.

use super::*;
use crate::report::tests::document;

const WIDTHS: [usize; 4] = [60, 80, 100, 140];

/// The report as a pipe gets it, after checking that only styles went.
fn plain(text: &str, title: Option<&str>, layout: Layout) -> String {
    let engine = Engine::built_in();
    let document = Document { title: title.map(str::to_string), ..document(text) };
    let page = report(&engine, &document, &engine.score(text), layout);
    anstream::adapter::strip_str(&page).to_string()
}

fn samples() -> [&'static str; 6] {
    [
        include_str!("../../samples/ar-insinuation.txt"),
        include_str!("../../samples/ar-short.txt"),
        include_str!("../../samples/ar-wire.txt"),
        include_str!("../../samples/en-insinuation.txt"),
        include_str!("../../samples/en-short.txt"),
        include_str!("../../samples/en-wire.txt"),
    ]
}

#[test]
fn no_line_is_wider_than_the_layout() {
    for text in samples() {
        for (columns, explain) in WIDTHS.into_iter().flat_map(|w| [(w, false), (w, true)]) {
            let page = plain(text, Some(&text[..text.find('\n').unwrap_or(0)]), Layout { width: columns, explain });
            for line in page.lines() {
                assert!(width(line) <= columns, "{columns}: {line}");
            }
        }
    }
}

#[test]
fn isolates_are_balanced_on_every_line() {
    for text in samples() {
        for line in plain(text, None, Layout { width: 80, explain: true }).lines() {
            let count = |c: char| line.matches(c).count();
            assert_eq!(count(safe::RIGHT_TO_LEFT), count(safe::POP), "{line}");
            let arabic = line.chars().any(|c| ('\u{620}'..='\u{64A}').contains(&c));
            assert!(!arabic || count(safe::RIGHT_TO_LEFT) == 1, "{line}");
        }
    }
}

#[test]
fn control_characters_of_the_text_do_not_get_out() {
    let text =
        "Informed \u{1B}[31msources revealed\u{9B}2J a \u{202E}secret meeting\u{2069}\u{2069} in a bid\u{7} to undermine it.";
    let page = plain(text, Some("\u{1B}]0;title\u{7}\u{2067}"), Layout { width: 80, explain: true });
    assert!(page.contains("␛") && page.contains('\u{FFFD}'), "{page}");
    assert!(page.chars().all(|c| c == '\n' || !c.is_control()), "{page:?}");
    assert!(!page.contains(|c| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')), "{page:?}");
}

#[test]
fn without_a_score_it_says_why() {
    let page = plain("Too short.", None, Layout { width: 60, explain: false });
    assert!(page.contains("NO SCORE: the text is too short") && page.contains("These are indicators"), "{page}");
    let page = plain("", None, Layout { width: 60, explain: false });
    assert!(page.contains("NO SCORE: there is no prose"), "{page}");
}

#[test]
fn marks_show_without_colour() {
    let page = plain(samples()[3], None, Layout { width: 100, explain: false });
    assert!(page.contains("‹Informed sources›¹") && page.contains("¹  P +"), "{page}");
}
