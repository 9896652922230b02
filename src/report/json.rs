//! An explanation as JSON, schema 1.

use serde::Serialize;
use serde_json::{Map, Value};

use super::facts;
use crate::Engine;
use crate::features::FEATURES;
use crate::lexicon::Technique;
use crate::model::{Explained, Explanation, Head, aspect};
use crate::read::Document;

#[derive(Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct Report<'a> {
    schema: u32,
    id: &'a str,
    title: Option<&'a str>,
    outlet: Option<&'a str>,
    lang: Option<&'static str>,
    status: &'static str,
    words: u32,
    heads: Map<String, Value>,
    techniques: Vec<TechniqueReport>,
    passages: Vec<Passage>,
    evidence: Vec<EvidenceReport<'a>>,
    warnings: Vec<String>,
    model: Map<String, Value>,
    notice: &'static str,
}

#[derive(Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
struct HeadReport {
    score: f64,
    interval: [f64; 2],
    band: &'static str,
    log_odds: f64,
    baseline: f64,
    contributions: Vec<Contribution>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    aspects: Vec<AspectReport>,
}

/// What one thing asked of a report adds to its credibility.
#[derive(Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
struct AspectReport {
    aspect: &'static str,
    score: f64,
    contribution: f64,
}

/// A persuasion technique and how often evidence speaks for it.
#[derive(Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
struct TechniqueReport {
    technique: &'static str,
    group: &'static str,
    evidence: usize,
}

#[derive(Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
struct Contribution {
    feature: &'static str,
    family: &'static str,
    value: f64,
    unit: &'static str,
    contribution: f64,
}

#[derive(Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
struct Passage {
    start: u32,
    end: u32,
    char_start: u32,
    char_end: u32,
    words: u32,
    lang: &'static str,
    propaganda: Option<f64>,
}

/// One evidence as JSON; also a line of `batch --evidence`.
#[derive(Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
pub struct EvidenceReport<'a> {
    indicator: &'static str,
    family: &'static str,
    technique: Option<&'static str>,
    text: &'a str,
    byte_start: u32,
    byte_end: u32,
    char_start: u32,
    char_end: u32,
    voice: &'static str,
    negated: bool,
    weight: f64,
    why: Option<&'a str>,
    contribution: Pair,
}

#[derive(Serialize)]
#[cfg_attr(feature = "serve", derive(utoipa::ToSchema))]
struct Pair {
    propaganda: f64,
    credibility: f64,
}

/// The one line that every report carries.
pub const NOTICE: &str = "These are indicators in the wording and the sourcing, not a verdict on whether the text is true.";

/// The explanation of a document as a JSON object.
pub fn report(engine: &Engine, document: &Document, explained: &Explained) -> String {
    let extract = &explained.extract;
    let heads = explained.heads.iter().flatten().map(|h| (h.head.key().to_string(), to_value(&head(h)))).collect();
    let passages = extract.passages.iter().enumerate().map(|(at, p)| Passage {
        start: p.bytes.start,
        end: p.bytes.end,
        char_start: p.chars.start,
        char_end: p.chars.end,
        words: p.words,
        lang: p.lang.code(),
        propaganda: explained.passages.get(at).copied(),
    });
    let techniques = facts::techniques(explained).into_iter().map(|(technique, evidence)| TechniqueReport {
        technique: technique.key(),
        group: technique.group().title(),
        evidence,
    });
    let report = Report {
        schema: 1,
        id: &document.id,
        title: document.title.as_deref(),
        outlet: document.outlet.as_deref(),
        lang: extract.lang.map(|l| l.code()),
        status: extract.status.key(),
        words: extract.words,
        heads,
        techniques: techniques.collect(),
        passages: passages.collect(),
        evidence: evidence(engine, &document.text, explained),
        warnings: document.notes.iter().chain(&explained.warnings).cloned().collect(),
        model: models(engine, explained),
        notice: NOTICE,
    };
    serde_json::to_string(&report).unwrap_or_default()
}

/// All evidence of a text with its contributions.
pub fn evidence<'a>(engine: &'a Engine, text: &'a str, explained: &Explained) -> Vec<EvidenceReport<'a>> {
    let contributions = explained.evidence_contributions(&engine.models);
    let lang_of = |passage: u32| explained.extract.passages[passage as usize].lang;
    explained
        .extract
        .evidence
        .iter()
        .zip(contributions)
        .map(|(e, [propaganda, credibility])| EvidenceReport {
            indicator: e.indicator.id(),
            family: e.indicator.family().key(),
            technique: e.indicator.technique().map(Technique::key),
            text: &text[e.bytes.range()],
            byte_start: e.bytes.start,
            byte_end: e.bytes.end,
            char_start: e.chars.start,
            char_end: e.chars.end,
            voice: e.voice.key(),
            negated: e.negated,
            weight: e.weight,
            why: e.group.map(|g| engine.lexicons.of(lang_of(e.passage)).index.groups[g as usize].why.as_str()),
            contribution: Pair { propaganda, credibility },
        })
        .collect()
}

fn head(explanation: &Explanation) -> HeadReport {
    let contributions = FEATURES.iter().enumerate().map(|(at, feature)| Contribution {
        feature: feature.name,
        family: feature.family.key(),
        value: explanation.values[at],
        unit: feature.unit(),
        contribution: explanation.contributions[at],
    });
    let aspects = match explanation.head {
        Head::Propaganda => Vec::new(),
        Head::Credibility => aspect::parts(explanation)
            .map(|p| AspectReport { aspect: p.aspect.key(), score: p.score, contribution: p.contribution })
            .into(),
    };
    HeadReport {
        score: explanation.score,
        interval: explanation.interval,
        band: explanation.band.key(),
        log_odds: explanation.log_odds,
        baseline: explanation.baseline,
        contributions: contributions.collect(),
        aspects,
    }
}

fn models(engine: &Engine, explained: &Explained) -> Map<String, Value> {
    let mut out = Map::new();
    let Some(lang) = explained.extract.lang else { return out };
    out.insert("version".into(), env!("CARGO_PKG_VERSION").into());
    out.insert("lexicon".into(), engine.lexicons.hash.as_str().into());
    for head in Head::ALL {
        let model = &engine.models.of(head, lang).model;
        let data: Vec<&str> = model.training.data.iter().map(|d| d.name.as_str()).collect();
        out.insert(
            head.key().into(),
            serde_json::json!({"lang": lang.code(), "positive": model.positive, "trained_on": data,
            "lexicon": model.lexicon, "low": model.bands.low, "high": model.bands.high}),
        );
    }
    out
}

fn to_value(head: &HeadReport) -> Value {
    serde_json::to_value(head).unwrap_or_default()
}
