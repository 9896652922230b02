//! Bars out of block characters.

use crate::model::file::Bands;

/// A score in `columns` cells: `█` up to it, `▒` where the interval reaches, `●` at the score, `░` beyond.
pub fn gauge(score: f64, [low, high]: [f64; 2], columns: usize) -> String {
    let cell = |p: f64| ((p.clamp(0.0, 1.0) * columns as f64) as usize).min(columns.saturating_sub(1));
    let (low, score, high) = (cell(low), cell(score), cell(high));
    let sign = |at: usize| match at {
        at if at == score => '●',
        at if at >= low && at <= high => '▒',
        at if at < score => '█',
        _ => '░',
    };
    (0..columns).map(sign).collect()
}

/// Where the bands begin, under a gauge of as many cells. Names that have no room are left out.
pub fn scale(bands: &Bands, columns: usize) -> String {
    let cut = |p: f64| ((p.clamp(0.0, 1.0) * columns as f64) as usize).min(columns);
    let (low, high) = (cut(bands.low), cut(bands.high));
    let field = |name: &str, cells: usize, bar: &str| {
        let text = if cells > name.len() { format!("{bar}{name}") } else { bar.to_string() };
        if cells == 0 { String::new() } else { format!("{text:cells$}") }
    };
    let all = [field("low", low, ""), field("medium", high - low, "│"), field("high", columns - high, "│")].concat();
    all.trim_end().to_string()
}

/// `part`, from −1 to 1, as the cells left and right of a centre line, `half` each.
pub fn signed(part: f64, half: usize) -> [String; 2] {
    const EIGHTHS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let eighths = (part.abs().min(1.0) * half as f64 * 8.0).round() as usize;
    let (whole, eighth) = (eighths / 8, eighths % 8);
    let filled = "█".repeat(whole);
    if part < 0.0 {
        // Only the half block exists with its ink on the right.
        let tip = if eighth >= 4 { "▐" } else { "" };
        [format!("{:>half$}", format!("{tip}{filled}")), " ".repeat(half)]
    } else {
        [" ".repeat(half), format!("{:half$}", format!("{filled}{}", EIGHTHS[eighth]))]
    }
}

#[cfg(test)]
mod tests {
    use super::super::flow::width;
    use super::*;

    #[test]
    fn bars_fill_their_columns_and_no_more() {
        for columns in [1, 7, 40, 72] {
            for step in -12..=12 {
                let p = f64::from(step) / 10.0;
                assert_eq!(width(&gauge(p, [p - 0.3, p + 0.3], columns)), columns);
                let [left, right] = signed(p, columns);
                assert_eq!((width(&left), width(&right)), (columns, columns), "{p}");
                let (low, high) = (p.abs().min(1.0) / 2.0, p.abs().min(1.0));
                let bands = Bands { low, high, observed: [0.0; 3], share: [0.0; 3] };
                assert!(width(&scale(&bands, columns)) <= columns);
            }
        }
    }

    #[test]
    fn bars_point_the_right_way() {
        assert_eq!(signed(0.5, 4), ["    ", "██  "]);
        assert_eq!(signed(-1.0, 4), ["████", "    "]);
        assert_eq!(gauge(0.55, [0.3, 0.8], 10), "███▒▒●▒▒▒░");
    }
}
