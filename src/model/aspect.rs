//! What the credibility head asks of a report, in the terms of the monitors who labelled its training data: each feature
//! belongs to at most one aspect, and an aspect's part of the score is the sum of its features' contributions.

use super::Explanation;
use super::logistic::sigmoid;
use crate::features::{FEATURES, Feature};
use crate::lexicon::Family;

/// One thing asked of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// When, where, how much: what a reader could check.
    Specifics,
    /// Who says it, and by name.
    Attribution,
    /// Fair wording, and the other side heard.
    Balance,
    /// Claims that can be checked, or are said to be unchecked.
    Verification,
}

/// An aspect's part of a credibility score.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// Which.
    pub aspect: Aspect,
    /// What it adds to the log-odds, against the average training article.
    pub contribution: f64,
    /// The same as a number from 0 to 1: the score of an article that starts even and differs in this aspect only.
    pub score: f64,
}

impl Aspect {
    /// Every aspect, in the order of display.
    pub const ALL: [Aspect; 4] = [Aspect::Specifics, Aspect::Attribution, Aspect::Balance, Aspect::Verification];

    /// Name in JSON and for people.
    pub fn key(self) -> &'static str {
        match self {
            Aspect::Specifics => "specifics",
            Aspect::Attribution => "attribution",
            Aspect::Balance => "balance",
            Aspect::Verification => "verification",
        }
    }

    /// What it asks, in a line.
    pub fn question(self) -> &'static str {
        match self {
            Aspect::Specifics => "when, where, how much: dates, places, figures, documents",
            Aspect::Attribution => "who says it: named sources and speakers against unnamed ones",
            Aspect::Balance => "both sides: replies, fair words, no motives ascribed",
            Aspect::Verification => "what can be checked: no rumour, secrecy or prophecy; doubts stated",
        }
    }

    /// The aspect a feature belongs to; none for learned wording and the shape of the text.
    pub fn of(feature: &Feature) -> Option<Aspect> {
        match (feature.name, feature.family) {
            ("named.time" | "named.place" | "named.figure" | "named.document" | "lead.when", _) => Some(Aspect::Specifics),
            ("named.reply", _) => Some(Aspect::Balance),
            ("named.checked", _) | (_, Family::UnverifiableClaims) => Some(Aspect::Verification),
            (_, Family::AnonymousSourcing | Family::NamedSourcing | Family::Attribution) => Some(Aspect::Attribution),
            ("form.quoted_share", _) => Some(Aspect::Attribution),
            (_, Family::LoadedTerms | Family::AttributedIntent | Family::OtherPersuasion) => Some(Aspect::Balance),
            (_, Family::LearnedWording | Family::Form) => None,
        }
    }
}

/// The parts of a credibility explanation, in the order of [`Aspect::ALL`].
pub fn parts(explanation: &Explanation) -> [Part; 4] {
    Aspect::ALL.map(|aspect| {
        let of_aspect = FEATURES.iter().zip(&explanation.contributions).filter(|(f, _)| Aspect::of(f) == Some(aspect));
        let contribution = of_aspect.map(|(_, contribution)| contribution).sum();
        Part { aspect, contribution, score: sigmoid(contribution) }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn features_and_their_aspects() {
        for (name, aspect) in [
            ("named.time", Some(Aspect::Specifics)),
            ("lead.when", Some(Aspect::Specifics)),
            ("named.person", Some(Aspect::Attribution)),
            ("anonymous.bare", Some(Aspect::Attribution)),
            ("attribution.neutral", Some(Aspect::Attribution)),
            ("form.quoted_share", Some(Aspect::Attribution)),
            ("named.reply", Some(Aspect::Balance)),
            ("loaded.fear", Some(Aspect::Balance)),
            ("intent.plot", Some(Aspect::Balance)),
            ("persuasion.urgency", Some(Aspect::Balance)),
            ("named.checked", Some(Aspect::Verification)),
            ("unverifiable.hearsay", Some(Aspect::Verification)),
            ("form.questions", None),
        ] {
            let feature = FEATURES.iter().find(|feature| feature.name == name).expect(name);
            assert_eq!(Aspect::of(feature), aspect, "{name}");
        }
    }

    /// No contribution is in two parts or in none, but for what has no aspect.
    #[test]
    fn parts_and_what_has_no_aspect_are_the_log_odds() {
        let text = "Sources said the traitors were plotting, and everybody knows it. The mayor, Adam Brook, denied it on Monday.";
        let explained = crate::Engine::built_in().score(text);
        let [_, credibility] = &explained.heads.expect("a score");
        let parts = parts(credibility);
        assert!(parts.iter().all(|part| part.contribution != 0.0 && part.score != 0.5));
        let of_none = FEATURES.iter().zip(&credibility.contributions).filter(|(feature, _)| Aspect::of(feature).is_none());
        let rest = credibility.log_odds - credibility.baseline - of_none.map(|(_, contribution)| contribution).sum::<f64>();
        assert!((parts.iter().map(|part| part.contribution).sum::<f64>() - rest).abs() < 1e-9, "{parts:?}");
    }
}
