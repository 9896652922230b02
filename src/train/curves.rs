//! What a score finds at every threshold, and what it finds among rows that are alike.

use super::metrics::auc;

/// Places of falling score at which a decision could be cut, as (false positives, true positives) so far.
fn cuts(scores: &[f64], labels: &[bool]) -> Vec<(usize, usize)> {
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]));
    let (mut cuts, mut so_far) = (vec![(0, 0)], (0, 0));
    for (at, &row) in order.iter().enumerate() {
        if labels[row] {
            so_far.1 += 1
        } else {
            so_far.0 += 1
        }
        if order.get(at + 1).is_none_or(|&next| scores[next] != scores[row]) {
            cuts.push(so_far);
        }
    }
    cuts
}

/// The ROC curve from (0, 0) to (1, 1): share of negatives that are false alarms, share of positives that are found.
pub fn roc(scores: &[f64], labels: &[bool]) -> Vec<(f64, f64)> {
    let positives = labels.iter().filter(|l| **l).count() as f64;
    let negatives = labels.len() as f64 - positives;
    cuts(scores, labels).into_iter().map(|(fp, tp)| (fp as f64 / negatives, tp as f64 / positives)).collect()
}

/// The precision–recall curve: share of positives found, share of what is called positive that is so.
pub fn precision_recall(scores: &[f64], labels: &[bool]) -> Vec<(f64, f64)> {
    let positives = labels.iter().filter(|l| **l).count() as f64;
    let point = |(fp, tp): (usize, usize)| (tp as f64 / positives, tp as f64 / (tp + fp) as f64);
    cuts(scores, labels).into_iter().skip(1).map(point).collect()
}

/// Area under the ROC curve over pairs of rows of the same stratum only; `None` where no stratum holds both classes. What is left of
/// a figure once the stratum (the outlet, the length) can no longer give the answer away.
pub fn auc_within<S: Ord>(scores: &[f64], labels: &[bool], strata: &[S]) -> Option<f64> {
    let mut members: std::collections::BTreeMap<&S, Vec<usize>> = std::collections::BTreeMap::new();
    strata.iter().enumerate().for_each(|(row, stratum)| members.entry(stratum).or_default().push(row));
    let (mut sum, mut pairs) = (0.0, 0.0);
    for rows in members.values() {
        let labels: Vec<bool> = rows.iter().map(|&row| labels[row]).collect();
        let positives = labels.iter().filter(|l| **l).count();
        let weight = (positives * (labels.len() - positives)) as f64;
        if weight > 0.0 {
            let scores: Vec<f64> = rows.iter().map(|&row| scores[row]).collect();
            sum += weight * auc(&scores, &labels);
            pairs += weight;
        }
    }
    (pairs > 0.0).then(|| sum / pairs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::train::judged::tests::eight;

    /// Expected values from scikit-learn 1.9: roc_curve(drop_intermediate=False), precision_recall_curve without its last
    /// point, where nothing is called positive.
    #[test]
    fn curves_equal_scikit_learn() {
        let judged = eight();
        let (scores, labels) = (&judged.scored.scores, &judged.scored.labels);
        let curve = [(0.0, 0.0), (0.0, 0.25), (0.0, 0.5), (0.25, 0.5), (0.5, 0.75), (0.5, 1.0), (0.75, 1.0), (1.0, 1.0)];
        assert_eq!(roc(scores, labels), curve);
        let curve = [(0.25, 1.0), (0.5, 1.0), (0.5, 2.0 / 3.0), (0.75, 0.6), (1.0, 4.0 / 6.0), (1.0, 4.0 / 7.0), (1.0, 0.5)];
        assert_eq!(precision_recall(scores, labels), curve);
    }

    #[test]
    fn the_area_within_strata_leaves_out_pairs_across() {
        let (scores, labels) = ([0.9, 0.8, 0.2, 0.1], [true, true, false, false]);
        assert_eq!(auc_within(&scores, &labels, &[1, 2, 1, 2]), Some(1.0));
        assert_eq!(auc_within(&scores, &labels, &[1, 1, 2, 2]), None, "the stratum gives the answer away");
        assert_eq!(auc_within(&[0.9, 0.1, 0.8, 0.2], &[true, true, false, false], &[1, 2, 1, 2]), Some(0.5));
    }
}
