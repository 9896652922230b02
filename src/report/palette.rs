//! Colours of the terminal report. Each stands out on a black and on a white background alike, and none says anything that
//! the words beside it do not say too.

use anstyle::{Ansi256Color, Style};

use crate::lexicon::Family;
use crate::model::Head;
use crate::model::file::Band;

const RED: u8 = 167;
const ORANGE: u8 = 166;
const GREEN: u8 = 28;
const TEAL: u8 = 30;
const BLUE: u8 = 32;
const PURPLE: u8 = 98;
const MAGENTA: u8 = 133;
const GREY: u8 = 243;

/// Titles and scores.
pub const STRONG: Style = Style::new().bold();
/// What is there for those who look closer.
pub const QUIET: Style = colour(GREY);
/// Warnings.
pub const WARNING: Style = colour(ORANGE);
/// A bar towards reporting, or towards good sourcing.
pub const REASSURING: Style = colour(GREEN);
/// A bar towards persuasion, or towards weak sourcing.
pub const ALARMING: Style = colour(RED);

const fn colour(code: u8) -> Style {
    Style::new().fg_color(Some(anstyle::Color::Ansi256(Ansi256Color(code))))
}

/// Words of the text that are evidence of a family.
pub fn evidence(family: Family) -> Style {
    self::family(family).underline()
}

/// The name of a family.
pub fn family(family: Family) -> Style {
    colour(match family {
        Family::AnonymousSourcing => ORANGE,
        Family::NamedSourcing => GREEN,
        Family::Attribution => TEAL,
        Family::UnverifiableClaims => PURPLE,
        Family::LoadedTerms => RED,
        Family::AttributedIntent => MAGENTA,
        Family::OtherPersuasion => BLUE,
        Family::LearnedWording | Family::Form => GREY,
    })
}

/// A contribution to a head, by its sign.
pub fn push(head: Head, up: bool) -> Style {
    if up == (head == Head::Credibility) { REASSURING } else { ALARMING }
}

/// A band of a head.
pub fn band(head: Head, band: Band) -> Style {
    match (head, band) {
        (_, Band::Medium) => WARNING,
        (_, band) => push(head, band == Band::High),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance of a colour of the 256-colour cube or its greys, as WCAG defines it.
    fn luminance(code: u8) -> f64 {
        let levels = [0u8, 95, 135, 175, 215, 255];
        let rgb = match code {
            16..=231 => [(code - 16) / 36, (code - 16) / 6 % 6, (code - 16) % 6].map(|l| levels[l as usize]),
            _ => [8 + 10 * (code - 232); 3],
        };
        let linear = rgb.map(|v| {
            let v = f64::from(v) / 255.0;
            if v <= 0.04045 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
        });
        0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    }

    #[test]
    fn colours_read_on_white_and_on_dark_grey() {
        let dark = 0.013; // #1e1e1e
        for code in [RED, ORANGE, GREEN, TEAL, BLUE, PURPLE, MAGENTA, GREY] {
            let l = luminance(code);
            let (on_white, on_dark) = (1.05 / (l + 0.05), (l + 0.05) / (dark + 0.05));
            assert!(on_white >= 3.4 && on_dark >= 3.4, "{code}: {on_white:.2} {on_dark:.2}");
        }
    }
}
