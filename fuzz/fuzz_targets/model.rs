//! Any bytes as a model: refused, or a model that is written down and read again the same, and scores within bounds.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tabayyun::features::FEATURES;
use tabayyun::model::{Model, Scorer};

fuzz_target!(|json: &str| {
    let Ok(model) = Model::parse("fuzz", json) else { return };
    let written = model.to_json();
    let again = Model::parse("again", &written).expect("what was written can be read");
    assert_eq!(again.to_json(), written);
    let scorer = Scorer::new(model);
    for value in [0.0, 1.0, 1e3] {
        let row = vec![value; FEATURES.len()];
        let log_odds = scorer.log_odds(&row);
        let [from, to] = scorer.interval(&row, log_odds, 100);
        assert!(log_odds.is_finite() && (0.0..=1.0).contains(&from) && (0.0..=1.0).contains(&to) && from <= to);
    }
});
