//! How much more labelled data would help: figures of models that learned from a part of it.

use rayon::prelude::*;

use super::metrics::{auc, average_precision};
use crate::error::Result;
use crate::matrix::Matrix;
use crate::model::Head;

/// Shares of the groups that are learned from.
const SHARES: [f64; 6] = [0.1, 0.2, 0.35, 0.5, 0.75, 1.0];
/// Times that each part is drawn.
const DRAWS: u32 = 3;

/// Figures of a part of the data.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// Share of the groups outside a fold that its model learned from.
    pub share: f64,
    /// Rows that a fold's model learned from, on average over folds and draws.
    pub rows: f64,
    /// Area under the ROC curve, mean over draws.
    pub auc: f64,
    /// Least and greatest of the draws.
    pub range: [f64; 2],
    /// Mean precision, mean over draws.
    pub average_precision: f64,
}

/// Out-of-fold figures by the share of groups learned from; parts too small to learn from are left out.
///
/// # Errors
/// If the whole of the data cannot be learned from.
pub fn curve(matrix: &Matrix, head: Head, c: f64) -> Result<Vec<Point>> {
    let of_share = |share: f64| -> Result<Point> {
        let draws = if share < 1.0 { DRAWS } else { 1 };
        let drawn = (0..draws).into_par_iter().map(|draw| of_draw(matrix, head, c, share, draw)).collect::<Result<Vec<_>>>()?;
        let mean = |of: fn(&[f64; 3]) -> f64| drawn.iter().map(of).sum::<f64>() / drawn.len() as f64;
        let range = drawn.iter().fold([f64::INFINITY, 0.0], |[low, high], d| [low.min(d[1]), f64::max(high, d[1])]);
        Ok(Point { share, rows: mean(|d| d[0]), auc: mean(|d| d[1]), range, average_precision: mean(|d| d[2]) })
    };
    let points: Vec<Result<Point>> = SHARES.into_par_iter().map(of_share).collect();
    let last = points.len() - 1;
    points.into_iter().enumerate().filter_map(|(at, point)| (at == last || point.is_ok()).then_some(point)).collect()
}

/// Rows learned from, area under the ROC curve and mean precision of one draw.
fn of_draw(matrix: &Matrix, head: Head, c: f64, share: f64, draw: u32) -> Result<[f64; 3]> {
    let kept: Vec<bool> = matrix.groups.iter().map(|group| is_drawn(group, share, draw)).collect();
    let scores = super::held_out(matrix, head, c, |row| kept[row])?;
    let folds = matrix.folds.iter().collect::<std::collections::BTreeSet<_>>().len() as f64;
    let rows = kept.iter().filter(|k| **k).count() as f64 * (folds - 1.0) / folds;
    Ok([rows, auc(&scores, &matrix.labels), average_precision(&scores, &matrix.labels)])
}

/// Whether a group is drawn: by a hash of its name, so that a greater share holds the smaller ones.
fn is_drawn(group: &str, share: f64, draw: u32) -> bool {
    let digits = crate::digest::hex16([&draw.to_le_bytes()[..], group.as_bytes()]);
    u32::from_str_radix(&digits[..8], 16).is_ok_and(|hash| f64::from(hash) <= share * f64::from(u32::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn greater_parts_hold_the_smaller_and_the_whole_is_the_whole() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("training-data/credibility-en.csv");
        let matrix = Matrix::read(&path).unwrap();
        for group in &matrix.groups {
            let drawn: Vec<bool> = SHARES.iter().map(|share| is_drawn(group, *share, 1)).collect();
            assert!(drawn.windows(2).all(|pair| pair[0] <= pair[1]) && drawn[SHARES.len() - 1]);
        }
        let points = curve(&matrix, Head::Credibility, 0.03).unwrap();
        let whole = super::super::out_of_fold(&matrix, Head::Credibility, 0.03).unwrap();
        let last = points[points.len() - 1];
        assert_eq!(last.auc, auc(&whole, &matrix.labels));
        assert_eq!(last.rows, matrix.len() as f64 * 0.9);
        assert!(points.windows(2).all(|pair| pair[0].rows < pair[1].rows));
    }
}
