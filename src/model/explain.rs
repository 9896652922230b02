//! Scores with everything behind them: an explanation is a value, showing it is somebody else's job.

use std::sync::LazyLock;

use super::file::Band;
use super::logistic::sigmoid;
use super::scorer::row_for;
use super::{Head, Model, Scorer};
use crate::error::{Error, Result};
use crate::features::extract::PassageRead;
use crate::features::registry::COLUMNS_OF;
use crate::features::{Evidence, Extract, FEATURES, Status};
use crate::text::Lang;

/// The models of all heads and languages.
#[derive(Clone, Debug)]
pub struct Models {
    scorers: [[Scorer; Lang::ALL.len()]; Head::ALL.len()],
}

static BUILT_IN: LazyLock<Result<Models>> = LazyLock::new(|| {
    let parse = |name: &str, json: &str| Model::parse(name, json).map(Scorer::new);
    Ok(Models {
        scorers: [
            [
                parse("propaganda-ar", include_str!("../../models/propaganda-ar.json"))?,
                parse("propaganda-en", include_str!("../../models/propaganda-en.json"))?,
            ],
            [
                parse("credibility-ar", include_str!("../../models/credibility-ar.json"))?,
                parse("credibility-en", include_str!("../../models/credibility-en.json"))?,
            ],
        ],
    })
});

impl Models {
    /// The models that the binary carries.
    ///
    /// # Panics
    /// If they do not load, which the tests rule out.
    pub fn built_in() -> &'static Models {
        BUILT_IN.as_ref().unwrap_or_else(|e| panic!("built-in model: {e}"))
    }

    /// The same with some models replaced, each for its own head and language.
    pub fn with(&self, models: impl IntoIterator<Item = Model>) -> Result<Models> {
        let mut own = self.clone();
        let mut replaced = Vec::new();
        for model in models {
            let place = (model.head, model.lang);
            if replaced.contains(&place) {
                let name = format!("{}-{}", model.head.key(), model.lang.code());
                return Err(Error::model(name, "given twice"));
            }
            replaced.push(place);
            let (head, lang) = place;
            own.scorers[head as usize][lang as usize] = Scorer::new(model);
        }
        Ok(own)
    }

    /// The model of a head and language.
    pub fn of(&self, head: Head, lang: Lang) -> &Scorer {
        &self.scorers[head as usize][lang as usize]
    }
}

/// One head's answer.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// Which question.
    pub head: Head,
    /// Calibrated probability.
    pub score: f64,
    /// 95 % interval of the score.
    pub interval: [f64; 2],
    /// Where the score stands.
    pub band: Band,
    /// Calibrated log-odds; the logit of the score.
    pub log_odds: f64,
    /// Log-odds of the average training text.
    pub baseline: f64,
    /// One per feature, in matrix column order; with the baseline they sum to the log-odds.
    pub contributions: Vec<f64>,
    /// The feature values behind the contributions.
    pub values: Vec<f64>,
}

/// An extract with the answers of both heads.
#[derive(Clone, Debug)]
pub struct Explained {
    /// What was read.
    pub extract: Extract,
    /// Answers in the order of [`Head::ALL`]; `None` unless the status is ok.
    pub heads: Option<[Explanation; 2]>,
    /// Propaganda score of each passage, in the order of the extract's passages; empty unless the status is ok.
    pub passages: Vec<f64>,
    /// What a reader of the scores should know.
    pub warnings: Vec<String>,
}

/// Below this the interval is wide, and a warning says so, words.
const SHORT: u32 = 40;
/// Share of words with hidden characters from which a text looks disguised.
const DISGUISED: f64 = 0.02;

/// Scores what was extracted.
pub fn explain(models: &Models, extract: Extract) -> Explained {
    let warnings = warnings(&extract);
    let (Status::Ok, Some(lang)) = (extract.status, extract.lang) else {
        return Explained { extract, heads: None, passages: Vec::new(), warnings };
    };
    let passages = extract.passages.iter().map(|p| sigmoid(models.of(Head::Propaganda, p.lang).log_odds(&p.row))).collect();
    let heads = [propaganda(models, lang, &extract), credibility(models, lang, &extract)];
    Explained { extract, heads: Some(heads), passages, warnings }
}

/// Log-odds of a document: the word-weighted mean over its passages, each by the model of its own language.
fn propaganda(models: &Models, lang: Lang, extract: &Extract) -> Explanation {
    let mut contributions = vec![0.0; FEATURES.len()];
    let mut baseline = 0.0;
    for (passage, share) in extract.weighted_passages() {
        let scorer = models.of(Head::Propaganda, passage.lang);
        baseline += share * scorer.baseline;
        for (column, sum) in contributions.iter_mut().enumerate() {
            *sum += share * scorer.contribution(column, passage.row[column]);
        }
    }
    let scorer = models.of(Head::Propaganda, lang);
    finish(Head::Propaganda, scorer, row_for(Head::Propaganda, extract), baseline, contributions, extract.words)
}

fn credibility(models: &Models, lang: Lang, extract: &Extract) -> Explanation {
    let scorer = models.of(Head::Credibility, lang);
    let row = row_for(Head::Credibility, extract);
    let contributions = row.iter().enumerate().map(|(column, &v)| scorer.contribution(column, v)).collect();
    finish(Head::Credibility, scorer, row, scorer.baseline, contributions, extract.words)
}

fn finish(head: Head, scorer: &Scorer, values: Vec<f64>, baseline: f64, contributions: Vec<f64>, words: u32) -> Explanation {
    let log_odds = baseline + contributions.iter().sum::<f64>();
    let score = sigmoid(log_odds);
    Explanation {
        head,
        score,
        interval: scorer.interval(&values, log_odds, words),
        band: scorer.band(score),
        log_odds,
        baseline,
        contributions,
        values,
    }
}

impl Explained {
    /// What each evidence adds to the log-odds of each head: its part of its features' values, times their weights. What
    /// remains of a contribution is what the absence of further evidence adds, which no words show.
    pub fn evidence_contributions(&self, models: &Models) -> Vec<[f64; 2]> {
        let (Some(lang), true) = (self.extract.lang, self.heads.is_some()) else {
            return vec![[0.0; 2]; self.extract.evidence.len()];
        };
        let document = self.extract.document_row();
        let words = f64::from(self.extract.words.max(1));
        let mut passage_sums = vec![vec![0.0; FEATURES.len()]; self.extract.passages.len()];
        for evidence in &self.extract.evidence {
            for &column in &COLUMNS_OF[evidence.indicator.0 as usize] {
                passage_sums[evidence.passage as usize][column] += FEATURES[column].measure.weight(evidence);
            }
        }
        let part = |evidence: &Evidence, row: &[f64], sums: &[f64], scorer: &Scorer| -> f64 {
            COLUMNS_OF[evidence.indicator.0 as usize]
                .iter()
                .filter(|&&column| sums[column] != 0.0)
                .map(|&column| {
                    let share = FEATURES[column].measure.weight(evidence) / sums[column];
                    scorer.weight(column) * row[column] * share
                })
                .sum()
        };
        let parts = |evidence: &Evidence| {
            let at = evidence.passage as usize;
            let passage: &PassageRead = &self.extract.passages[at];
            let scorer = models.of(Head::Propaganda, passage.lang);
            let share = f64::from(passage.words) / words;
            [
                share * part(evidence, &passage.row, &passage_sums[at], scorer),
                part(evidence, &document, &self.extract.counts.sums, models.of(Head::Credibility, lang)),
            ]
        };
        self.extract.evidence.iter().map(parts).collect()
    }
}

fn warnings(extract: &Extract) -> Vec<String> {
    let mut out = Vec::new();
    match extract.status {
        Status::TooShort => out.push(format!("too short to score: {} words", extract.words)),
        Status::UnsupportedLanguage(code) => out.push(format!("unsupported language ({code}); Arabic and English are read")),
        Status::NotText => out.push("no prose found".into()),
        Status::Ok if extract.words < SHORT => {
            out.push(format!("short text ({} words): the intervals are wide", extract.words));
        }
        Status::Ok => {}
    }
    let foreign: u32 = extract.passages.iter().filter(|p| Some(p.lang) != extract.lang).map(|p| p.words).sum();
    if foreign > 0 {
        out.push(format!("{foreign} words stand in passages of another language and were read with that language's packs"));
    }
    let hidden: u32 = extract.disguise.found().map(|(count, _)| count).sum();
    if hidden > 2 && f64::from(hidden) > DISGUISED * f64::from(extract.words) {
        let found: Vec<String> = extract.disguise.found().map(|(count, what)| format!("{count} {what}")).collect();
        out.push(format!("unusual spelling ({}) was undone before reading", found.join(", ")));
    }
    out
}

#[cfg(test)]
mod tests {
    use crate::Engine;

    #[test]
    fn warnings_of_texts() {
        let calm = "The council met on Monday to hear what the bridge would cost, and the engineers told it that the work could begin in \
                    the spring. ";
        let calm = calm.repeat(2);
        let arabic = "واجتمع مجلس المدينة صباح الاثنين للنظر في كلفة الجسر الجديد.";
        for (text, expected) in [
            (calm.clone(), vec![]),
            ("No more.".into(), vec!["too short to score: 2 words"]),
            ("😀 !".into(), vec!["no prose found"]),
            (
                "Le conseil municipal a discuté lundi de la construction du pont et de son coût pour les habitants de la ville."
                    .into(),
                vec!["unsupported language (fra); Arabic and English are read"],
            ),
            (
                "The council met on Monday to hear what the bridge would cost.".into(),
                vec!["short text (12 words): the intervals are wide"],
            ),
            (
                format!("{calm}\n\n{arabic}"),
                vec!["10 words stand in passages of another language and were read with that language's packs"],
            ),
            (calm.replace("bridge", "br\u{200B}idge"), vec![]),
            (
                calm.replace("bridge", "br\u{200B}idge").replace("spring", "sp\u{200B}ring"),
                vec!["unusual spelling (4 invisible) was undone before reading"],
            ),
        ] {
            assert_eq!(Engine::built_in().score(&text).warnings, expected, "{text}");
        }
    }
}
