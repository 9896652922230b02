//! Names beside dots, where they do not cover each other.

use unicode_width::UnicodeWidthStr;

use super::svg::Anchor;

/// A name to be put beside a dot.
#[derive(Clone, Debug)]
pub struct Label<'a> {
    /// The name.
    pub text: &'a str,
    /// Centre of the dot.
    pub dot: (f64, f64),
    /// Radius of the dot.
    pub radius: f64,
}

/// About how wide a column of text is at the size of a label, in units of the plot.
const COLUMN: f64 = 6.1;
/// Height of a line of text.
const LINE: f64 = 13.0;

#[derive(Clone, Copy)]
struct Box {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Box {
    fn overlaps(&self, other: &Box) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }
}

/// A place for each label inside the rectangle from `corner` to `opposite` (top left, bottom right): to the right of its dot, else to
/// the left, above or below, so that it covers no other label and no other dot. `None` for those that find no place. Labels that come
/// first choose first.
pub fn place(labels: &[Label], corner: (f64, f64), opposite: (f64, f64)) -> Vec<Option<((f64, f64), Anchor)>> {
    let dot = |l: &Label| {
        let ((x, y), r) = (l.dot, l.radius);
        Box { left: x - r, top: y - r, right: x + r, bottom: y + r }
    };
    let dots: Vec<Box> = labels.iter().map(dot).collect();
    let mut taken: Vec<Box> = Vec::new();
    labels
        .iter()
        .enumerate()
        .map(|(own, label)| {
            let (width, (x, y), r) = (label.text.width() as f64 * COLUMN, label.dot, label.radius);
            let choices = [
                ((x + r + 3.0, y + 4.0), Anchor::Start),
                ((x - r - 3.0, y + 4.0), Anchor::End),
                ((x, y - r - 4.0), Anchor::Middle),
                ((x, y + r + 12.0), Anchor::Middle),
                ((x + r * 0.7 + 2.0, y - r * 0.7 - 2.0), Anchor::Start),
                ((x - r * 0.7 - 2.0, y - r * 0.7 - 2.0), Anchor::End),
                ((x + r * 0.7 + 2.0, y + r * 0.7 + 10.0), Anchor::Start),
                ((x - r * 0.7 - 2.0, y + r * 0.7 + 10.0), Anchor::End),
            ];
            choices.into_iter().find(|((x, baseline), anchor)| {
                let left = match anchor {
                    Anchor::Start => *x,
                    Anchor::Middle => x - width / 2.0,
                    Anchor::End => x - width,
                };
                let text = Box { left, top: baseline - LINE + 3.0, right: left + width, bottom: baseline + 3.0 };
                let inside =
                    text.left >= corner.0 && text.right <= opposite.0 && text.top >= corner.1 && text.bottom <= opposite.1;
                let free = !taken.iter().any(|t| t.overlaps(&text))
                    && !dots.iter().enumerate().any(|(at, d)| at != own && d.overlaps(&text));
                if inside && free {
                    taken.push(text);
                }
                inside && free
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_give_way_to_each_other() {
        let at = |text, x, y| Label { text, dot: (x, y), radius: 5.0 };
        let cases = [
            ("free: to the right", vec![at("north", 50.0, 50.0)], vec![Some(Anchor::Start)]),
            ("at the right edge: to the left", vec![at("north", 195.0, 50.0)], vec![Some(Anchor::End)]),
            (
                "a dot in the way: to the left",
                vec![at("one", 50.0, 50.0), at("two", 65.0, 50.0)],
                vec![Some(Anchor::End), Some(Anchor::Start)],
            ),
            ("too long for the paper", vec![at("a very long name that does not fit in here at all", 100.0, 50.0)], vec![None]),
        ];
        for (name, labels, anchors) in cases {
            let found: Vec<_> = place(&labels, (0.0, 0.0), (200.0, 100.0)).into_iter().map(|p| p.map(|(_, a)| a)).collect();
            assert_eq!(found, anchors, "{name}");
        }
    }
}
