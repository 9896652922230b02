//! One line for each text: for a folder of them, or a quick look.

use anstyle::Style;

use super::flow::{paint, width};
use super::{facts, palette, safe};
use crate::model::{Explained, Explanation};
use crate::read::Document;

/// Columns of a band with its score and interval.
const SCORE: usize = 19;
/// Columns before the name of a text: two scores and a count of words.
const BEFORE: usize = 2 * (SCORE + 2) + 8;

/// The names of the columns.
pub fn heading() -> String {
    let names = format!("{:<w$}  {:<w$}  {:>6}  text", "propaganda", "credibility", "words", w = SCORE);
    paint(palette::QUIET, &names) + "\n"
}

/// The line of a text, of at most `columns`.
pub fn line(document: &Document, explained: &Explained, columns: usize) -> String {
    let mut out = match &explained.heads {
        Some(heads) => heads.iter().map(|head| score(head) + "  ").collect(),
        None => {
            let why = facts::refusal(explained);
            paint(palette::WARNING, &padded(&clipped(&why, 2 * SCORE + 2), 2 * SCORE + 2)) + "  "
        }
    };
    out += &format!("{:>6}  ", facts::thousands(explained.extract.words as usize));
    let (name, origin) = facts::names(document);
    let room = columns.saturating_sub(BEFORE).max(20);
    let name = clipped(name, room);
    out += &safe::inline(&name);
    let left = room.saturating_sub(width(&name) + 2);
    if let Some(more) = origin.last().filter(|_| left >= 12) {
        out += "  ";
        out += &paint(palette::QUIET, &safe::inline(&clipped(more, left)));
    }
    out + "\n"
}

fn score(head: &Explanation) -> String {
    let band = paint(palette::band(head.head, head.band).bold(), head.band.key());
    let figures = format!("{} {}", facts::percent(head.score), facts::interval(head.interval));
    let spaces = SCORE.saturating_sub(width(head.band.key()) + width(&figures));
    format!("{band}{}{}", " ".repeat(spaces), paint(Style::new(), &figures))
}

fn padded(text: &str, columns: usize) -> String {
    text.to_owned() + &" ".repeat(columns.saturating_sub(width(text)))
}

/// As much of a text as fits.
fn clipped(text: &str, columns: usize) -> String {
    let text = safe::clean(text);
    if width(&text) <= columns {
        return text.into_owned();
    }
    let mut out = String::new();
    let mut used = 1;
    for c in text.chars() {
        used += width(c.encode_utf8(&mut [0; 4]));
        if used > columns {
            break;
        }
        out.push(c);
    }
    out.trim_end().to_owned() + "…"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Engine;
    use crate::report::tests::document;

    #[test]
    fn a_line_keeps_to_its_width_whatever_the_text() {
        let engine = Engine::built_in();
        for text in [include_str!("../../samples/ar-insinuation.txt"), include_str!("../../samples/en-wire.txt"), "Too short."] {
            for columns in [80, 140] {
                let line = line(&document(text), &engine.score(text), columns);
                let plain = anstream::adapter::strip_str(&line).to_string();
                assert!(width(plain.trim_end()) <= columns, "{columns}: {plain}");
                assert_eq!(plain.matches('\n').count(), 1);
            }
        }
    }
}
