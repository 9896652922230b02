//! An SVG that is being written.

use std::fmt::Write;

use crate::report::safe;

/// Where a text stands relative to its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// To the right of it.
    Start,
    /// Around it.
    Middle,
    /// To the left of it.
    End,
}

/// An SVG that is being written. Places are `(x, y)` in its own units, y downwards; `class` is one of those in
/// [`STYLE`](super::STYLE). Text of others may be given as it is: it is cleaned and escaped here.
pub struct Svg {
    out: String,
}

impl Svg {
    /// Begins an image `size.0` wide and `size.1` high, which a screen reader calls `name`.
    pub fn new(size: (f64, f64), name: &str) -> Svg {
        let mut out = String::with_capacity(4096);
        out.push_str("<svg class=\"plot\" role=\"img\"");
        view_box(&mut out, size);
        out.push_str(" aria-label=\"");
        escape(&mut out, &safe::inline(name));
        out.push_str("\">");
        Svg { out }
    }

    /// Begins an image that adds nothing to the words beside it, and that screen readers leave out.
    pub fn decoration(size: (f64, f64)) -> Svg {
        let mut out = String::from("<svg class=\"plot\" aria-hidden=\"true\"");
        view_box(&mut out, size);
        out.push('>');
        Svg { out }
    }

    /// Tells a screen reader more than the name does: what the axes are, and where the numbers stand. Called before anything is drawn.
    pub fn describe(&mut self, text: &str) {
        self.out.push_str("<desc>");
        escape(&mut self.out, &safe::inline(text));
        self.out.push_str("</desc>");
    }

    /// A straight line.
    pub fn line(&mut self, class: &str, from: (f64, f64), to: (f64, f64)) {
        self.open("line", class, &[("x1", from.0), ("y1", from.1), ("x2", to.0), ("y2", to.1)]);
        self.out.push_str("/>");
    }

    /// A rectangle between two opposite corners. `tip` is shown on hover.
    pub fn rect(&mut self, class: &str, a: (f64, f64), b: (f64, f64), tip: &str) {
        let (x, y) = (a.0.min(b.0), a.1.min(b.1));
        self.open("rect", class, &[("x", x), ("y", y), ("width", (a.0 - b.0).abs()), ("height", (a.1 - b.1).abs())]);
        self.close("rect", tip);
    }

    /// A circle. `tip` is shown on hover.
    pub fn circle(&mut self, class: &str, centre: (f64, f64), radius: f64, tip: &str) {
        self.open("circle", class, &[("cx", centre.0), ("cy", centre.1), ("r", radius)]);
        self.close("circle", tip);
    }

    /// A line through `points`, closed to a surface if `closed`.
    pub fn path(&mut self, class: &str, points: impl IntoIterator<Item = (f64, f64)>, closed: bool) {
        self.open("path", class, &[]);
        self.out.push_str(" d=\"");
        for (at, (x, y)) in points.into_iter().enumerate() {
            self.out.push(if at == 0 { 'M' } else { 'L' });
            number(&mut self.out, x);
            self.out.push(' ');
            number(&mut self.out, y);
        }
        self.out.push_str(if closed { "Z\"/>" } else { "\"/>" });
    }

    /// A line of text whose baseline is at `place`.
    pub fn text(&mut self, class: &str, place: (f64, f64), anchor: Anchor, text: &str) {
        self.open("text", class, &[("x", place.0), ("y", place.1)]);
        self.written(anchor, text);
    }

    /// A line of text that runs upwards at `place`, for the title of a vertical axis.
    pub fn text_upwards(&mut self, class: &str, place: (f64, f64), text: &str) {
        self.open("text", class, &[]);
        self.out.push_str(" transform=\"translate(");
        number(&mut self.out, place.0);
        self.out.push(' ');
        number(&mut self.out, place.1);
        self.out.push_str(") rotate(-90)\"");
        self.written(Anchor::Middle, text);
    }

    /// The whole image.
    pub fn finish(mut self) -> String {
        self.out.push_str("</svg>");
        self.out
    }

    fn open(&mut self, name: &str, class: &str, attributes: &[(&str, f64)]) {
        let _ = write!(self.out, "<{name} class=\"{class}\"");
        for (key, value) in attributes {
            let _ = write!(self.out, " {key}=\"");
            number(&mut self.out, *value);
            self.out.push('"');
        }
    }

    fn close(&mut self, name: &str, tip: &str) {
        if tip.is_empty() {
            self.out.push_str("/>");
            return;
        }
        self.out.push_str("><title>");
        escape(&mut self.out, &safe::clean(tip));
        let _ = write!(self.out, "</title></{name}>");
    }

    fn written(&mut self, anchor: Anchor, text: &str) {
        self.out.push_str(match anchor {
            Anchor::Start => ">",
            Anchor::Middle => " text-anchor=\"middle\">",
            Anchor::End => " text-anchor=\"end\">",
        });
        escape(&mut self.out, &safe::inline(text));
        self.out.push_str("</text>");
    }
}

fn view_box(out: &mut String, size: (f64, f64)) {
    out.push_str(" viewBox=\"0 0 ");
    number(out, size.0);
    out.push(' ');
    number(out, size.1);
    out.push('"');
}

/// A number with one decimal at most; 0 for what is not finite, so that no plot is broken by it.
fn number(out: &mut String, value: f64) {
    let tenths = if value.is_finite() { (value * 10.0).round() as i64 } else { 0 };
    let _ = match tenths % 10 {
        0 => write!(out, "{}", tenths / 10),
        _ => write!(out, "{}{}.{}", if tenths < 0 { "-" } else { "" }, tenths.abs() / 10, tenths.abs() % 10),
    };
}

fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_finite() {
        let cases = [(0.0, "0"), (12.04, "12"), (-0.04, "0"), (-0.26, "-0.3"), (7.25, "7.3"), (f64::NAN, "0"), (1e3, "1000")];
        for (value, written) in cases {
            let mut out = String::new();
            number(&mut out, value);
            assert_eq!(out, written, "{value}");
        }
    }

    #[test]
    fn texts_of_others_stay_text() {
        let mut svg = Svg::new((10.0, 10.0), "\"><script>alert(1)</script>");
        svg.describe("<b>");
        svg.text("label", (1.0, 2.0), Anchor::End, "</text><script>x\u{202E}y\u{0}");
        svg.circle("dot s1", (1.0, 2.0), 3.0, "<b>&\u{7}");
        svg.text("label", (1.0, 2.0), Anchor::Start, "نص");
        assert_eq!(
            svg.finish(),
            "<svg class=\"plot\" role=\"img\" viewBox=\"0 0 10 10\" aria-label=\"&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;\"><desc>&lt;b&gt;</desc>\
             <text class=\"label\" x=\"1\" y=\"2\" text-anchor=\"end\">&lt;/text&gt;&lt;script&gt;x\u{FFFD}y␀</text>\
             <circle class=\"dot s1\" cx=\"1\" cy=\"2\" r=\"3\"><title>&lt;b&gt;&amp;␇</title></circle>\
             <text class=\"label\" x=\"1\" y=\"2\">\u{2067}نص\u{2069}</text></svg>"
        );
    }
}
