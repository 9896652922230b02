//! The model file: everything that a score depends on besides the lexicon, as JSON.

use std::path::Path;

use serde::{Deserialize, Serialize};

use super::Head;
use crate::digest::hex16;
use crate::error::{Error, Result};
use crate::features::registry;
use crate::text::Lang;

/// Version of the model file format. Files of format 1 bore no checksum.
pub const FORMAT: u32 = 2;
/// The key of the last line, which is no part of what it sums up.
const CHECKSUM: &str = "checksum";
/// Largest model file that is read, bytes.
const LARGEST: u64 = 16 << 20;
/// Largest sensible coefficient or mean; anything beyond comes from a broken file.
const LARGEST_NUMBER: f64 = 1e6;

/// What to do about a file that is no model.
const CURE: &str = "give a file that `tabayyun train` wrote";

/// A trained head.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Model {
    /// [`FORMAT`].
    pub format: u32,
    /// Which question it answers.
    pub head: Head,
    /// For texts in this language.
    pub lang: Lang,
    /// What label 1 meant in training.
    pub positive: String,
    /// Log-odds of an average text, before calibration.
    pub intercept: f64,
    /// Coefficients with what standardises their values.
    pub features: Vec<Weight>,
    /// Lower triangle, row by row, of the covariance of intercept and coefficients.
    pub covariance: Vec<f64>,
    /// From raw log-odds to calibrated ones.
    pub calibration: Calibration,
    /// Score from which a yes-or-no answer says yes: the best macro-F1 out of fold.
    pub threshold: f64,
    /// Cut points of the bands.
    pub bands: Bands,
    /// State of the lexicon in training.
    pub lexicon: String,
    /// What it learned from, and how well.
    pub training: Manifest,
}

/// One feature of a model.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Weight {
    /// Name in the registry.
    pub feature: String,
    /// Mean over the training rows.
    pub mean: f64,
    /// Standard deviation over the training rows.
    pub sd: f64,
    /// Change of raw log-odds per standard deviation.
    pub coefficient: f64,
}

/// Platt scaling: calibrated log-odds = slope × raw + offset, fitted on grouped out-of-fold scores.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// Below 1 when raw scores were too sure.
    pub slope: f64,
    /// Shift.
    pub offset: f64,
}

/// Bands of a score: below `low` is low, from `high` on is high, medium between.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Bands {
    /// Upper end of the low band, as a score.
    pub low: f64,
    /// Lower end of the high band, as a score.
    pub high: f64,
    /// Share of positive labels among out-of-fold rows of the low, medium and high band.
    pub observed: [f64; 3],
    /// Share of out-of-fold rows in each band.
    pub share: [f64; 3],
}

/// What a model learned from.
#[derive(Clone, Debug, Default, Serialize, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// Data files: name, hash, rows.
    pub data: Vec<DataFile>,
    /// Rows used.
    pub rows: usize,
    /// Rows of the positive class.
    pub positives: usize,
    /// Distinct groups.
    pub groups: usize,
    /// Folds of the grouped cross-validation.
    pub folds: u32,
    /// Inverse regularisation strength, as in scikit-learn.
    pub c: f64,
    /// Out-of-fold figures.
    pub metrics: std::collections::BTreeMap<String, f64>,
}

/// A file of training data.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct DataFile {
    /// Name without folders.
    pub name: String,
    /// First 16 hex digits of its SHA-256.
    pub hash: String,
    /// Rows in it.
    pub rows: usize,
}

/// Where a score stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Band {
    /// Few signs.
    Low,
    /// Some.
    Medium,
    /// Many.
    High,
}

impl Band {
    /// Name in JSON and CSV.
    pub fn key(self) -> &'static str {
        match self {
            Band::Low => "low",
            Band::Medium => "medium",
            Band::High => "high",
        }
    }
}

impl Bands {
    /// The band of a score.
    pub fn of(&self, score: f64) -> Band {
        match score {
            s if s < self.low => Band::Low,
            s if s < self.high => Band::Medium,
            _ => Band::High,
        }
    }
}

impl Model {
    /// Reads and checks a model from JSON; `name` names it in errors.
    pub fn parse(name: &str, json: &str) -> Result<Model> {
        let fail = |reason: String| Error::model(name, reason);
        let mut file: serde_json::Value =
            serde_json::from_str(json).map_err(|e| fail(format!("is no valid JSON ({e}); {CURE}")))?;
        match file.get("format").and_then(serde_json::Value::as_u64) {
            Some(v) if v == u64::from(FORMAT) => {}
            Some(v) => return Err(fail(format!("is in format {v}, this version reads format {FORMAT}: train the model anew"))),
            None => return Err(fail(format!("has no `format` field; {CURE}"))),
        }
        let checksum = file.as_object_mut().and_then(|entries| entries.shift_remove(CHECKSUM));
        let model: Model = serde_json::from_value(file).map_err(|e| fail(format!("{e}; {CURE}")))?;
        model.check().map_err(fail)?;
        match checksum.as_ref().and_then(serde_json::Value::as_str) {
            Some(told) if told == hex16([model.body().as_bytes()]) => Ok(model),
            Some(_) => {
                Err(fail("was changed after it was written: its checksum does not fit. Fetch it anew, or train it".into()))
            }
            None => Err(fail(format!("has no checksum, so that nobody can tell whether it is whole; {CURE}"))),
        }
    }

    /// Reads a model file.
    pub fn read(path: &Path) -> Result<Model> {
        let name = path.display().to_string();
        let size = std::fs::metadata(path).map_err(Error::io(path))?.len();
        if size > LARGEST {
            let reason = format!("is {size} bytes long, a model file at most {LARGEST}; {CURE}");
            return Err(Error::model(name, reason));
        }
        let bytes = std::fs::read(path).map_err(Error::io(path))?;
        let json = String::from_utf8(bytes).map_err(|_| Error::model(&name, format!("is no text; {CURE}")))?;
        Model::parse(&name, &json)
    }

    /// The file's text: what it holds, and a checksum over that (first 16 hex digits of its SHA-256), which shows damage and careless
    /// edits; whoever means to deceive can compute it too.
    pub fn to_json(&self) -> String {
        let body = self.body();
        let checksum = hex16([body.as_bytes()]);
        let open = body.strip_suffix("\n}\n").unwrap_or(&body);
        format!("{open},\n  \"{CHECKSUM}\": \"{checksum}\"\n}}\n")
    }

    /// The file's text without its checksum.
    fn body(&self) -> String {
        let mut out = serde_json::to_string_pretty(self).unwrap_or_default();
        // One line for the covariance: thousands of numbers on lines of their own help nobody.
        if let (Some(from), Some(to)) = (out.find("\"covariance\": ["), out.find("\"calibration\"")) {
            let numbers: String = out[from..to].split_whitespace().collect::<Vec<_>>().join(" ");
            out.replace_range(from..to, &format!("{numbers}\n  "));
        }
        out + "\n"
    }

    fn check(&self) -> std::result::Result<(), String> {
        let n = self.features.len();
        for w in &self.features {
            if registry::column(&w.feature).is_none() {
                return Err(format!("feature `{}` is not known to this version: train the model anew", w.feature));
            }
            let numbers = [w.mean, w.sd, w.coefficient];
            if !numbers.iter().all(|v| v.is_finite() && v.abs() < LARGEST_NUMBER) || w.sd <= 0.0 {
                return Err(format!("feature `{}` has a mean, deviation or coefficient out of range; {CURE}", w.feature));
            }
        }
        let mut names: Vec<&str> = self.features.iter().map(|w| w.feature.as_str()).collect();
        names.sort_unstable();
        if names.windows(2).any(|p| p[0] == p[1]) {
            return Err("a feature is listed twice".into());
        }
        if self.covariance.len() != (n + 1) * (n + 2) / 2 {
            return Err(format!(
                "covariance has {} numbers, {} features need {}",
                self.covariance.len(),
                n,
                (n + 1) * (n + 2) / 2
            ));
        }
        let rest =
            [self.intercept, self.calibration.slope, self.calibration.offset, self.threshold, self.bands.low, self.bands.high];
        if !self.covariance.iter().chain(&rest).all(|v| v.is_finite() && v.abs() < LARGEST_NUMBER) {
            return Err(format!("has a number beyond ±{LARGEST_NUMBER}; {CURE}"));
        }
        match self.calibration.slope > 0.0 && self.bands.low <= self.bands.high {
            true => Ok(()),
            false => Err("calibration or bands are out of order".into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Models;
    use super::*;

    fn built_in() -> Model {
        Models::built_in().of(Head::Propaganda, Lang::En).model.clone()
    }

    #[test]
    fn models_that_make_no_sense_are_refused() {
        type Change = fn(&mut Model);
        let refused: [(&str, Change); 15] = [
            ("is not known to this version", |m| m.features[0].feature = "no.such".into()),
            ("deviation or coefficient out of range", |m| m.features[0].sd = 0.0),
            ("deviation or coefficient out of range", |m| m.features[0].sd = -1.0),
            ("deviation or coefficient out of range", |m| m.features[0].mean = LARGEST_NUMBER),
            ("deviation or coefficient out of range", |m| m.features[0].coefficient = -LARGEST_NUMBER),
            ("is listed twice", |m| m.features[1].feature = m.features[0].feature.clone()),
            ("covariance has", |m| m.covariance.truncate(3)),
            ("covariance has", |m| m.covariance.push(0.0)),
            ("has a number beyond", |m| m.covariance[0] = LARGEST_NUMBER),
            ("has a number beyond", |m| m.intercept = -LARGEST_NUMBER),
            ("has a number beyond", |m| m.calibration.offset = LARGEST_NUMBER),
            ("has a number beyond", |m| m.threshold = LARGEST_NUMBER),
            ("out of order", |m| m.calibration.slope = 0.0),
            ("out of order", |m| m.calibration.slope = -1.0),
            ("out of order", |m| m.bands.low = m.bands.high + 0.1),
        ];
        for (number, (reason, change)) in refused.into_iter().enumerate() {
            let mut model = built_in();
            change(&mut model);
            let told = Model::parse("m", &model.to_json()).map(drop).expect_err(reason).to_string();
            assert!(told.contains(reason), "{number}: {told}");
        }
        let mut model = built_in();
        model.features[0].coefficient = 0.9 * LARGEST_NUMBER;
        model.bands.low = model.bands.high;
        Model::parse("m", &model.to_json()).expect("odd, but in range");
    }

    #[test]
    fn a_file_too_large_for_a_model_is_not_read() {
        let file = tempfile::NamedTempFile::new().expect("a file");
        for (size, reason) in [(LARGEST, "is no valid JSON"), (LARGEST + 1, "a model file at most")] {
            file.as_file().set_len(size).expect("a hole");
            let told = Model::read(file.path()).map(drop).expect_err(reason).to_string();
            assert!(told.contains(reason), "{told}");
        }
    }

    #[test]
    fn bands_of_scores() {
        let bands = Bands { low: 0.3, high: 0.7, observed: [0.0; 3], share: [0.0; 3] };
        for (score, band, key) in [
            (0.0, Band::Low, "low"),
            (0.299, Band::Low, "low"),
            (0.3, Band::Medium, "medium"),
            (0.699, Band::Medium, "medium"),
            (0.7, Band::High, "high"),
            (1.0, Band::High, "high"),
        ] {
            assert_eq!((bands.of(score), bands.of(score).key()), (band, key), "{score}");
        }
    }
}
