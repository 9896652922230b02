//! Styled words flowing into lines of a given width.

use std::fmt::Write;

use anstyle::Style;
use unicode_width::UnicodeWidthChar;

use super::safe::{POP, RIGHT_TO_LEFT};

/// Columns of a text. Counted character by character, so that a ligature counts in full and a line never comes out longer.
pub fn width(text: &str) -> usize {
    text.chars().map(|c| c.width().unwrap_or(0)).sum()
}

/// `text` in `style`.
pub fn paint(style: Style, text: &str) -> String {
    if style.is_plain() || text.is_empty() { text.to_string() } else { format!("{style}{text}{style:#}") }
}

/// Words in their styles, to be broken into lines.
#[derive(Debug, Default)]
pub struct Flow {
    words: Vec<Word>,
    open: bool,
}

#[derive(Clone, Debug, Default)]
struct Word {
    /// Style of the space before it.
    space: Style,
    runs: Vec<(Style, String)>,
    width: usize,
}

/// Where the lines of a flow go.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Columns in all.
    pub width: usize,
    /// Columns left free at the start of each line but the first, which the caller has begun.
    pub indent: usize,
    /// Whether the text runs right to left: lines are isolated and set flush right.
    pub right_to_left: bool,
}

impl Flow {
    /// A flow of one stretch.
    pub fn of(style: Style, text: &str) -> Flow {
        let mut flow = Flow::default();
        flow.push(style, text);
        flow
    }

    /// Appends a stretch; without white space between them, it joins the last word.
    pub fn push(&mut self, style: Style, text: &str) {
        let mut inside = false;
        for c in text.chars() {
            if c.is_whitespace() && c != '\u{A0}' && c != '\u{202F}' {
                self.open = false;
                continue;
            }
            if !self.open {
                let space = if inside { style } else { Style::new() };
                self.words.push(Word { space, ..Word::default() });
                self.open = true;
            }
            inside = true;
            if let Some(word) = self.words.last_mut() {
                word.push(style, c);
            }
        }
    }

    /// Writes the lines. The first continues a line on which the caller has filled `place.indent` columns.
    pub fn write(&self, out: &mut String, place: Place) {
        let room = place.width.saturating_sub(place.indent).max(8);
        let (mut line, mut used, mut first) = (Vec::new(), 0, true);
        let mut end = |line: &mut Vec<Word>, used: usize| {
            if !std::mem::take(&mut first) {
                out.extend(std::iter::repeat_n(' ', place.indent));
            }
            write_line(out, line, if place.right_to_left { Some(room - used.min(room)) } else { None });
            line.clear();
        };
        for word in self.words.iter().flat_map(|w| w.pieces(room)) {
            if used > 0 && used + 1 + word.width > room {
                end(&mut line, used);
                used = 0;
            }
            used += word.width + usize::from(used > 0);
            line.push(word);
        }
        end(&mut line, used);
    }
}

impl Word {
    fn push(&mut self, style: Style, c: char) {
        match self.runs.last_mut() {
            Some((last, run)) if *last == style => run.push(c),
            _ => self.runs.push((style, c.to_string())),
        }
        self.width += c.width().unwrap_or(0);
    }

    /// The word, cut where it is wider than a whole line.
    fn pieces(&self, room: usize) -> Vec<Word> {
        if self.width <= room {
            return vec![self.clone()];
        }
        let mut pieces = vec![Word { space: self.space, ..Word::default() }];
        for (style, run) in &self.runs {
            for c in run.chars() {
                let at = pieces.len() - 1;
                if pieces[at].width + c.width().unwrap_or(0) > room {
                    pieces.push(Word::default());
                }
                let at = pieces.len() - 1;
                pieces[at].push(*style, c);
            }
        }
        pieces
    }
}

/// Writes one line; `free` columns go before right-to-left text.
fn write_line(out: &mut String, words: &[Word], free: Option<usize>) {
    if let Some(free) = free {
        out.extend(std::iter::repeat_n(' ', free));
        out.push(RIGHT_TO_LEFT);
    }
    let mut runs: Vec<(Style, String)> = Vec::new();
    let mut add = |style: Style, text: &str| match runs.last_mut() {
        Some((last, run)) if *last == style => run.push_str(text),
        _ => runs.push((style, text.to_string())),
    };
    for (at, word) in words.iter().enumerate() {
        if at > 0 {
            add(word.space, " ");
        }
        word.runs.iter().for_each(|(style, run)| add(*style, run));
    }
    for (style, run) in &runs {
        let _ = write!(out, "{}", paint(*style, run));
    }
    if free.is_some() {
        out.push(POP);
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str, place: Place) -> Vec<String> {
        let mut out = " ".repeat(place.indent);
        Flow::of(Style::new().underline(), text).write(&mut out, place);
        anstream::adapter::strip_str(&out).to_string().lines().map(str::to_string).collect()
    }

    #[test]
    fn lines_break_between_words_and_keep_to_the_width() {
        let text = "Informed sources revealed that the envoy held a secret meeting in an extraordinarilylongword";
        for columns in 12..60 {
            let lines = lines(text, Place { width: columns, indent: 3, right_to_left: false });
            assert!(lines.iter().all(|l| width(l) <= columns && l.starts_with("   ")), "{lines:#?}");
            let words: String = lines.concat().split_whitespace().collect();
            assert_eq!(words, text.replace(' ', ""));
        }
    }

    #[test]
    fn each_right_to_left_line_is_isolated_in_logical_order() {
        let text = "كشفت مصادر مطلعة أن رئيس الاتحاد عقد اجتماعا سريا مطولا مع قيادات خمس نقابات محلية";
        let lines = lines(text, Place { width: 30, indent: 4, right_to_left: true });
        assert!(lines.len() > 2);
        let mut words = Vec::new();
        for line in &lines {
            assert!(width(line) == 30, "{line:?}");
            let inner = line.trim_start().strip_prefix(RIGHT_TO_LEFT).and_then(|l| l.strip_suffix(POP));
            words.extend(inner.expect("isolated").split(' ').map(str::to_string));
        }
        assert_eq!(words.join(" "), text);
    }

    #[test]
    fn stretches_without_space_between_them_stay_one_word() {
        let mut flow = Flow::of(Style::new(), "say ‹");
        flow.push(Style::new().underline(), "secret meeting");
        flow.push(Style::new(), "›¹, he");
        let mut out = String::new();
        flow.write(&mut out, Place { width: 12, indent: 0, right_to_left: false });
        assert_eq!(anstream::adapter::strip_str(&out).to_string(), "say ‹secret\nmeeting›¹,\nhe\n");
        assert!(out.contains("\u{1b}[4msecret\u{1b}[0m\n"));
    }
}
