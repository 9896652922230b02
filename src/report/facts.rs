//! What the reports for people say, in the same words wherever they are shown.

use super::marks::{Mark, Reason};
use super::words::Words;
use crate::Engine;
use crate::features::{FEATURES, Status, Voice};
use crate::lexicon::{Family, Technique};
use crate::model::file::{Band, Model};
use crate::model::{Explained, Explanation, Head};
use crate::read::Document;
use crate::text::Lang;
use crate::text::language::UNDETERMINED;

/// What a head is called.
pub fn head(head: Head) -> &'static str {
    match head {
        Head::Propaganda => "Propaganda indicators",
        Head::Credibility => "Credibility of sourcing",
    }
}

/// Language, length and parts of a text; nothing if none of it was read.
pub fn size(explained: &Explained) -> String {
    let extract = &explained.extract;
    let lang = match extract.lang {
        Some(Lang::Ar) => "Arabic · ",
        Some(Lang::En) => "English · ",
        None => "",
    };
    let (sentences, passages) = (extract.sentences.len(), extract.passages.len());
    let count = |n: usize, one: &str| format!("{} {one}{}", thousands(n), if n == 1 { "" } else { "s" });
    match sentences {
        0 => String::new(),
        _ => format!(
            "{lang}{}, {} in {}",
            count(extract.words as usize, "word"),
            count(sentences, "sentence"),
            count(passages, "passage")
        ),
    }
}

/// What a document is called: its title if it has one, and then where it is from; otherwise where it is from and how it
/// begins.
pub fn names(document: &Document) -> (&str, Vec<String>) {
    match document.title.as_deref().filter(|t| !t.trim().is_empty()) {
        Some(title) => (title, document.outlet.iter().chain([&document.id]).cloned().collect()),
        None => (&document.id, document.outlet.iter().cloned().chain(opening(&document.text)).collect()),
    }
}

/// The first line of a text, as far as it serves as a title.
fn opening(text: &str) -> Option<String> {
    const LONGEST: usize = 14;
    let mut words = text.lines().find(|line| !line.trim().is_empty())?.split_whitespace();
    let mut opening: Vec<&str> = words.by_ref().take(LONGEST).collect();
    opening.extend(words.next().map(|_| "…"));
    Some(opening.join(" ").chars().take(LONGEST * 12).collect())
}

/// Why there is no score.
pub fn refusal(explained: &Explained) -> String {
    let words = explained.extract.words;
    match explained.extract.status {
        Status::Ok => String::new(),
        Status::TooShort => format!("the text is too short to say anything ({words} words)"),
        Status::UnsupportedLanguage(UNDETERMINED) => "the language is neither Arabic nor English".into(),
        Status::UnsupportedLanguage(code) => format!("the language ({code}) is not supported; Arabic and English are"),
        Status::NotText => "there is no prose in it".into(),
    }
}

/// What a reader should know, apart from the refusal.
pub fn warnings(document: &Document, explained: &Explained) -> Vec<String> {
    let refusal = usize::from(explained.extract.status != Status::Ok);
    document.notes.iter().chain(explained.warnings.iter().skip(refusal)).cloned().collect()
}

/// What the training texts of a score's band were.
pub fn band_meaning(model: &Model, band: Band, words: Words) -> String {
    let bands = &model.bands;
    let (low, high) = (percent(bands.low), percent(bands.high));
    let (at, range) = match band {
        Band::Low => (0, words.fill("under {}", &[&low])),
        Band::Medium => (1, words.fill("{} to {}", &[&low, &high])),
        Band::High => (2, words.fill("{} or more", &[&high])),
    };
    let rows = model.training.metrics.get("rows").copied().unwrap_or(0.0) * bands.share[at];
    if rows < 0.5 {
        return words.fill("No training text scored in this band ({}).", &[&range]);
    }
    let (rows, observed) = (thousands(rows.round() as usize), percent(bands.observed[at]));
    let positive = words.say(&model.positive);
    words.fill(
        "Of the {} training texts that scored in this band ({}), {} were labelled “{}”.",
        &[&rows, &range, &observed, positive],
    )
}

/// A caution where the interval leaves the band open.
pub fn open_band(model: &Model, [low, high]: [f64; 2]) -> Option<&'static str> {
    (low < model.bands.low && high >= model.bands.high)
        .then_some("The interval reaches from the low to the high band: the text is too short or too mixed to place it.")
}

/// The contributions of a head: the strongest features by column, then how many others there are and what they add.
pub fn strongest(explanation: &Explanation, most: usize) -> (Vec<usize>, usize, f64) {
    let parts = &explanation.contributions;
    let mut columns: Vec<usize> = (0..parts.len()).filter(|&c| parts[c] != 0.0).collect();
    columns.sort_by(|&a, &b| parts[b].abs().total_cmp(&parts[a].abs()));
    let rest = columns.split_off(most.min(columns.len()));
    (columns, rest.len(), rest.iter().map(|&c| parts[c]).sum())
}

/// A feature's value with its unit.
pub fn value(column: usize, value: f64, words: Words) -> String {
    let unit = words.say(FEATURES[column].unit());
    match value {
        0.0 => words.say("none found").into(),
        v if v.abs() >= 10.0 => format!("{v:.1} ({unit})"),
        v => format!("{v:.2} ({unit})"),
    }
    .replace('-', "−")
}

/// How a piece of evidence is said, to follow its name: `, quoted`, `, ¬ after a negation`, both or nothing.
pub fn circumstances(mark: &Mark, reason: &Reason) -> String {
    let told = mark.number.is_some() && reason.indicator.family() != Family::LearnedWording;
    let quoted = if told && reason.voice == Voice::Quoted { ", quoted" } else { "" };
    let negated = if reason.negated { ", ¬ after a negation" } else { "" };
    format!("{quoted}{negated}")
}

/// Evidence by family: how often the author, how often somebody quoted, and how much of it after a negation.
pub fn counts(explained: &Explained) -> Vec<(Family, [usize; 3])> {
    let count = |family: Family| {
        let mut counts = [0; 3];
        for e in explained.extract.evidence.iter().filter(|e| e.indicator.family() == family) {
            counts[usize::from(e.voice == Voice::Quoted)] += 1;
            counts[2] += usize::from(e.negated);
        }
        (family, counts)
    };
    Family::ALL.into_iter().filter(|f| *f != Family::Form).map(count).collect()
}

/// The persuasion techniques that evidence speaks for, with how much of it, most first.
pub fn techniques(explained: &Explained) -> Vec<(Technique, usize)> {
    let evidence = &explained.extract.evidence;
    let count = |t: Technique| (t, evidence.iter().filter(|e| e.indicator.technique() == Some(t)).count());
    let mut counts: Vec<(Technique, usize)> = Technique::all().map(count).filter(|(_, n)| *n > 0).collect();
    counts.sort_by_key(|(technique, n)| (std::cmp::Reverse(*n), *technique));
    counts
}

/// The techniques in one line.
pub fn techniques_line(explained: &Explained) -> Option<String> {
    let named: Vec<String> = techniques(explained).into_iter().map(|(t, n)| format!("{} {n}", t.title())).collect();
    (!named.is_empty()).then(|| named.join(" · "))
}

/// Which models answered.
pub fn models(engine: &Engine, explained: &Explained) -> Vec<String> {
    let Some(lang) = explained.extract.lang else { return Vec::new() };
    let model = |head: Head| {
        let model = &engine.models.of(head, lang).model;
        let (name, code) = (head.key(), lang.code());
        let data: Vec<&str> = model.training.data.iter().map(|d| d.name.as_str()).collect();
        let (rows, data) = (thousands(model.training.rows), data.join(", "));
        format!("{name}-{code}: learned from {rows} labelled texts ({data}); label: {}", model.positive)
    };
    Head::ALL.into_iter().map(model).collect()
}

/// A probability in whole per cent, never said to be certain.
pub fn percent(p: f64) -> String {
    match (p * 100.0).round() as u32 {
        0 if p > 0.0 => "under 1 %".into(),
        100 if p < 1.0 => "over 99 %".into(),
        whole => format!("{whole} %"),
    }
}

/// An interval in whole per cent.
pub fn interval([low, high]: [f64; 2]) -> String {
    format!("{:.0}–{:.0}", (low * 100.0).floor(), (high * 100.0).ceil())
}

/// A contribution with its sign.
pub fn signed(part: f64) -> String {
    match format!("{part:+.2}") {
        zero if zero.ends_with("0.00") => " 0.00".into(),
        other => other.replace('-', "−"),
    }
}

/// A number as a raised note sign.
pub fn raised(number: usize) -> String {
    number
        .to_string()
        .bytes()
        .map(|digit| ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'][usize::from(digit - b'0')])
        .collect()
}

/// A whole number with commas.
pub fn thousands(number: impl std::fmt::Display) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_people_read_them() {
        assert_eq!([0.0, 0.004, 0.834, 0.997, 1.0].map(percent), ["0 %", "under 1 %", "83 %", "over 99 %", "100 %"]);
        assert_eq!([0.1234, -0.5, 0.001, -0.001].map(signed), ["+0.12", "−0.50", " 0.00", " 0.00"]);
        assert_eq!([0, 999, 1000, 1234567].map(thousands), ["0", "999", "1,000", "1,234,567"]);
        assert_eq!(raised(12), "¹²");
    }

    #[test]
    fn strongest_and_rest_add_up() {
        let explained = Engine::built_in().score("Informed sources revealed a secret meeting in a bid to undermine the reform.");
        for head in explained.heads.iter().flatten() {
            let (columns, others, rest) = strongest(head, 8);
            assert!(columns.len() == 8 && others > 0);
            let sum: f64 = columns.iter().map(|&c| head.contributions[c]).sum();
            assert!((head.baseline + sum + rest - head.log_odds).abs() < 1e-9);
        }
    }
}
