//! Training: one fit, and grouped cross-validation, on a committed matrix.

use std::path::Path;

use criterion::{Criterion, criterion_group, criterion_main};
use tabayyun::matrix::Matrix;
use tabayyun::model::Head;
use tabayyun::train::{metrics, out_of_fold};

fn fit(c: &mut Criterion) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("training-data/credibility-ar.csv");
    let matrix = Matrix::read(&path).expect("matrix");
    let auc = metrics::auc(&out_of_fold(&matrix, Head::Credibility, 0.03).expect("fits"), &matrix.labels);
    assert!(auc > 0.7, "out-of-fold AUC {auc}");
    let mut group = c.benchmark_group("train");
    group.sample_size(10);
    let name = format!("{} rows × {} columns, 10 grouped folds", matrix.len(), matrix.values.ncols());
    group.bench_function(name, |b| b.iter(|| out_of_fold(&matrix, Head::Credibility, 0.03).expect("fits")));
    group.finish();
}

criterion_group!(benches, fit);
criterion_main!(benches);
