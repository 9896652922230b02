//! Which language a text is in: script first, then n-grams for the languages that share it.

use bitcode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::scan::Scan;
use super::token::{Token, flag};

/// A language that packs and models exist for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, Encode, Decode)]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// Arabic.
    Ar,
    /// English.
    En,
}

impl Lang {
    /// Every supported language.
    pub const ALL: [Lang; 2] = [Lang::Ar, Lang::En];

    /// The two-letter code.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Ar => "ar",
            Lang::En => "en",
        }
    }

    /// The language of a two-letter code.
    pub fn from_code(code: &str) -> Option<Lang> {
        Lang::ALL.into_iter().find(|l| l.code().eq_ignore_ascii_case(code.trim()))
    }
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Detected {
    /// A supported language.
    Supported(Lang),
    /// Prose in another language, by its ISO 639-3 code.
    Other(&'static str),
    /// Too few letters to be prose.
    NotText,
}

/// Enough for n-grams to tell languages of one script apart, bytes.
const SAMPLE: usize = 1200;
/// Fewer words than this say nothing beyond their script.
const ENOUGH_WORDS: usize = 12;

/// The script that most of `tokens` are written in, as the language that stands for it; `None` without letters.
pub fn script(tokens: &[Token]) -> Option<Lang> {
    let arabic = tokens.iter().filter(|t| t.is(flag::ARABIC)).count();
    let latin = tokens.iter().filter(|t| t.is(flag::LATIN)).count();
    match (arabic, latin) {
        (0, 0) => None,
        (a, l) if a >= l => Some(Lang::Ar),
        _ => Some(Lang::En),
    }
}

/// The language of a whole text.
pub fn detect(text: &str, scan: &Scan) -> Detected {
    let tokens = &scan.tokens;
    let letters = tokens.iter().filter(|t| t.flags & (flag::ARABIC | flag::LATIN) != 0).count();
    let Some(lang) = script(tokens) else { return Detected::NotText };
    if letters * 3 < tokens.len() {
        return Detected::NotText;
    }
    let written: usize = tokens.iter().map(|t| (t.bytes.end - t.bytes.start) as usize).sum();
    if tokens.len() >= ENOUGH_WORDS && written > 40 * tokens.len() {
        return Detected::NotText; // encoded data, not words
    }
    if tokens.len() < ENOUGH_WORDS {
        return Detected::Supported(lang);
    }
    if is_familiar(lang, scan) {
        return Detected::Supported(lang);
    }
    match whatlang::detect(sample(text, tokens)) {
        // A text may open in the other language: that is no third one.
        Some(info) if Lang::ALL.iter().all(|l| info.lang() != native(*l)) && info.is_reliable() => {
            Detected::Other(info.lang().code())
        }
        _ => Detected::Supported(lang),
    }
}

/// Words enough to know a language by, tokens.
const FAMILIAR_SAMPLE: usize = 240;

/// Whether function words show the language at once; n-grams are for the rest, which cost as much as everything else.
fn is_familiar(lang: Lang, scan: &Scan) -> bool {
    let tokens = &scan.tokens[..scan.tokens.len().min(FAMILIAR_SAMPLE)];
    let count = |is_own: fn(&[u8]) -> bool| tokens.iter().filter(|t| is_own(scan.folded(t))).count();
    match lang {
        Lang::Ar => count(is_arabic_function_word) * 20 >= tokens.len(),
        Lang::En => count(is_english_function_word) * 10 >= tokens.len(),
    }
}

/// Folded words that no other language in Arabic letters uses so often.
fn is_arabic_function_word(form: &[u8]) -> bool {
    let Ok(form) = std::str::from_utf8(form) else { return false };
    matches!(
        form,
        "في" | "الي"
            | "عن"
            | "التي"
            | "الذي"
            | "هذا"
            | "هذه"
            | "ذلك"
            | "خلال"
            | "الذين"
            | "لكن"
            | "كما"
            | "هو"
            | "هي"
    )
}

/// Words that no other language in Latin letters uses so often.
fn is_english_function_word(form: &[u8]) -> bool {
    matches!(
        form,
        b"the"
            | b"of"
            | b"and"
            | b"to"
            | b"that"
            | b"with"
            | b"which"
            | b"would"
            | b"have"
            | b"been"
            | b"they"
            | b"this"
            | b"from"
    )
}

fn native(lang: Lang) -> whatlang::Lang {
    match lang {
        Lang::Ar => whatlang::Lang::Ara,
        Lang::En => whatlang::Lang::Eng,
    }
}

/// The first words, cut at a token so that no character is split.
fn sample<'a>(text: &'a str, tokens: &[Token]) -> &'a str {
    let end = tokens.iter().map(|t| t.bytes.end as usize).take_while(|&end| end <= SAMPLE).last();
    &text[..end.unwrap_or(text.len().min(tokens.first().map_or(0, |t| t.bytes.end as usize)))]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_of_sample_sentences() {
        let mut scan = Scan::default();
        for (text, expected) in [
            ("", Detected::NotText),
            ("1 2 3 4", Detected::NotText),
            ("مصادر مطلعة", Detected::Supported(Lang::Ar)),
            (
                "أعلنت الوزارة اليوم أن اللجنة ستعقد اجتماعها المقبل في العاصمة لبحث الملفات العالقة بين الطرفين",
                Detected::Supported(Lang::Ar),
            ),
            (
                "The ministry said on Monday that the committee would hold its next meeting in the capital",
                Detected::Supported(Lang::En),
            ),
            (
                "Le ministère a annoncé lundi que la commission tiendra sa prochaine réunion dans la capitale afin d'examiner les dossiers",
                Detected::Other("fra"),
            ),
            (
                "وزارت امور خارجه اعلام کرد که نشست آینده کمیسیون در پایتخت برگزار خواهد شد و گزارش آن منتشر می‌شود",
                Detected::Other("pes"),
            ),
        ] {
            scan.read(text);
            assert_eq!(detect(text, &scan), expected, "{text}");
        }
    }
}
