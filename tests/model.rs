//! The models: reproducible from what is committed, and the same numbers as scikit-learn and SHAP.

use std::path::Path;

use serde_json::Value;
use tabayyun::features::Push;
use tabayyun::lexicons::Lexicons;
use tabayyun::matrix::Matrix;
use tabayyun::model::file::DataFile;
use tabayyun::model::{Head, Model, Models, Scorer};
use tabayyun::text::Lang;
use tabayyun::train::metrics::{self, Confusion, Scored};
use tabayyun::train::{self, Plan, curves};

fn root(path: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn built_in() -> impl Iterator<Item = &'static Model> {
    Head::ALL.into_iter().flat_map(|head| Lang::ALL.map(|lang| &Models::built_in().of(head, lang).model))
}

#[test]
fn training_on_the_committed_matrices_gives_the_committed_models_byte_for_byte() {
    for model in built_in() {
        let name = format!("{}-{}", model.head.key(), model.lang.code());
        let path = root(&format!("training-data/{name}.csv"));
        let matrix = Matrix::read(&path).expect(&name);
        let plan = Plan {
            head: model.head,
            folds: model.training.folds,
            c: Some(model.training.c),
            prevalence: None,
            positive: model.positive.clone(),
        };
        let bytes = std::fs::read(&path).expect(&name);
        let hash = tabayyun::digest::hex16([bytes.as_slice()]);
        let mut data = vec![DataFile { name: format!("{name}.csv"), hash, rows: matrix.len() }];
        let origin = std::fs::read_to_string(path.with_extension("origin.json")).expect(&name);
        data.extend(serde_json::from_str::<Vec<DataFile>>(&origin).expect(&name));
        let trained = train::train(&matrix, &plan, &Lexicons::built_in().hash, data).expect(&name);
        let committed = std::fs::read_to_string(root(&format!("models/{name}.json"))).expect(&name);
        assert_eq!(trained.model.to_json(), committed, "{name}: run scripts/train-models");
    }
}

#[test]
fn model_files_survive_a_round_trip() {
    for model in built_in() {
        let again = Model::parse("again", &model.to_json()).expect("parses");
        assert_eq!(again.to_json(), model.to_json());
    }
}

#[test]
fn coefficients_equal_scikit_learn_and_contributions_equal_shap() {
    let text = std::fs::read_to_string(root("tests/data/reference.json")).expect("reference");
    let reference: Value = serde_json::from_str(&text).expect("JSON");
    let model = &Models::built_in().of(Head::Propaganda, Lang::En).model;
    assert_eq!(reference["c"], model.training.c, "stale reference: run tests/data/reference.py");
    let close = |ours: f64, theirs: &Value, what: &str| {
        let theirs = theirs.as_f64().expect(what);
        assert!((ours - theirs).abs() < 1e-4, "{what}: {ours} / {theirs}");
    };
    close(model.intercept, &reference["intercept"], "intercept");
    for weight in &model.features {
        close(weight.coefficient, &reference["coefficients"][&weight.feature], &weight.feature);
    }
    // SHAP explains raw log-odds; contributions are of calibrated ones, which scales them by the slope.
    let scorer = Scorer::new(model.clone());
    let matrix = Matrix::read(&root("training-data/propaganda-en.csv")).expect("matrix");
    for (row, values) in reference["shap_first_rows"].as_array().expect("rows").iter().enumerate() {
        for (at, weight) in model.features.iter().enumerate() {
            let column = tabayyun::features::registry::column(&weight.feature).expect("known");
            let ours = scorer.contribution(column, matrix.values[[row, column]]) / model.calibration.slope;
            close(ours, &values[at], &weight.feature);
        }
    }
}

#[test]
fn figures_and_curves_equal_scikit_learn() {
    let text = std::fs::read_to_string(root("tests/data/curves.json")).expect("reference");
    let reference: Value = serde_json::from_str(&text).expect("JSON");
    let number = |name: &str| reference[name].as_u64().expect(name) as usize;
    let threshold = reference["threshold"].as_f64().expect("threshold");
    // As in tests/data/curves.py.
    let rows = 0..number("rows");
    let labels: &[bool] = &rows.clone().map(|i| (i * i * 31 + i * 17) % 7 < 3).collect::<Vec<_>>();
    let thousandths = |i: usize| (i * 7919 % 1009) * 7 / 10 + usize::from(labels[i]) * (i * 13 % 11) * 22;
    let scores: &[f64] = &rows.clone().map(|i| (thousandths(i) as f64 + 0.5) / 1000.0).collect::<Vec<_>>();
    let outlets: Vec<usize> = rows.clone().map(|i| i * i % number("outlets")).collect();
    let close = |ours: f64, theirs: &Value, what: &str| {
        let theirs = theirs.as_f64().expect(what);
        assert!((ours - theirs).abs() < 1e-9, "{what}: {ours} / {theirs}");
    };
    let groups = rows.map(|i| i.to_string()).collect();
    let scored = Scored { scores: scores.to_vec(), labels: labels.to_vec(), groups };
    for (name, value) in scored.values(threshold) {
        close(value, &reference["figures"][name], name);
    }
    let within = curves::auc_within(scores, labels, &outlets).expect("pairs");
    close(within, &reference["auc_within_outlets"], "AUC within outlets");
    let confusion = Confusion::at(scores, labels, threshold);
    assert_eq!(serde_json::json!(confusion.rows), reference["confusion"]);
    for (name, points) in [("roc", curves::roc(scores, labels)), ("precision_recall", curves::precision_recall(scores, labels))] {
        let theirs = reference[name].as_array().expect(name);
        let ours: Vec<_> = points.into_iter().step_by(number("step")).collect();
        assert_eq!(ours.len(), theirs.len(), "{name}");
        for ((x, y), point) in ours.into_iter().zip(theirs) {
            close(x, &point[0], name);
            close(y, &point[1], name);
        }
    }
    let bins: Vec<_> = metrics::bins(scores, labels).into_iter().filter(|bin| bin.n() > 0).collect();
    let theirs = reference["reliability"].as_array().expect("bins");
    assert_eq!(bins.len(), theirs.len());
    for (bin, theirs) in bins.iter().zip(theirs) {
        close(bin.predicted(), &theirs[0], "mean score");
        close(bin.observed(), &theirs[1], "observed share");
        assert_eq!(theirs[2], bin.n());
    }
}

#[test]
fn every_coefficient_points_the_way_the_registry_says() {
    for model in built_in() {
        for weight in &model.features {
            let column = tabayyun::features::registry::column(&weight.feature).expect("known");
            let feature = tabayyun::features::FEATURES[column];
            let holds = match feature.push(model.head as usize) {
                Push::Up => weight.coefficient >= 0.0,
                Push::Down => weight.coefficient <= 0.0,
                Push::Open => true,
                Push::Unread => false,
            };
            assert!(holds, "{}-{}: {} {}", model.head.key(), model.lang.code(), weight.feature, weight.coefficient);
        }
    }
}
