//! Which language a text is in: script first, then n-grams for the languages that share it.

use bitcode::{Decode, Encode};
use serde::{Deserialize, Serialize};

use super::function_words::{Familiar, familiar};
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
    /// Prose in another language, by its ISO 639-3 code; [`UNDETERMINED`] where that cannot be told.
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
    let is_short = tokens.len() < ENOUGH_WORDS;
    let familiar = familiar(lang, scan);
    if !is_short && familiar == Familiar::Often {
        return Detected::Supported(lang);
    }
    let sample = sample(text, tokens);
    if is_foreign(sample) || has_letters_of_neighbours(sample) {
        return Detected::Other(whatlang::detect(sample).map_or(UNDETERMINED, |info| code(&info)));
    }
    if is_short {
        return Detected::Supported(lang);
    }
    match whatlang::detect(sample) {
        // A text may open in the other language: that is no third one.
        // Where hardly a function word is known, a guess that is not sure of itself is better than none.
        Some(info) if !has_packs(&info) && (info.is_reliable() || familiar == Familiar::Hardly) => Detected::Other(code(&info)),
        _ => Detected::Supported(lang),
    }
}

/// The code that ISO 639-3 has for a language that cannot be told.
pub const UNDETERMINED: &str = "und";

/// The guess of n-grams about a text in no language with packs, if they are sure of it.
fn code(guess: &whatlang::Info) -> &'static str {
    if guess.is_reliable() && !has_packs(guess) { guess.lang().code() } else { UNDETERMINED }
}

/// Whether n-grams guess at a language with packs.
fn has_packs(guess: &whatlang::Info) -> bool {
    Lang::ALL.iter().any(|lang| guess.lang() == native(*lang))
}

/// Letters enough to know a script by.
const FOREIGN_SAMPLE: usize = 64;

/// Whether three letters in four are neither Latin nor Arabic: fewer may be look-alikes of Latin ones, put there to hide words.
fn is_foreign(sample: &str) -> bool {
    let is_native = |c: &char| {
        matches!(c, 'A'..='Z' | 'a'..='z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' | '\u{FF21}'..='\u{FF5A}')
            || matches!(c, '\u{600}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{8A0}'..='\u{8FF}' | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFF}')
    };
    let letters = || sample.chars().filter(|c| c.is_alphabetic()).take(FOREIGN_SAMPLE);
    letters().count() > 4 * letters().filter(is_native).count()
}

/// Whether one letter in twenty is one that Arabic does not have, as in Uyghur, Saraiki or Swahili in Arabic letters. Those that
/// Arabic borrows for names (پ چ ڤ گ), or that keyboards of its neighbours write for its own (ک ی ہ ھ), say nothing.
fn has_letters_of_neighbours(sample: &str) -> bool {
    let is_of_neighbours = |c: &char| {
        matches!(c, '\u{656}'..='\u{65F}' | '\u{672}'..='\u{6D5}' | '\u{6EE}'..='\u{6FF}' | '\u{750}'..='\u{77F}' | '\u{8A0}'..='\u{8C9}')
            && !matches!(c, 'پ' | 'چ' | 'ڤ' | 'گ' | 'ک' | 'ی' | 'ہ' | 'ھ')
    };
    let letters = || sample.chars().filter(|c| c.is_alphabetic());
    letters().count() < 20 * letters().filter(is_of_neighbours).count()
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
            // Encoded data.
            (&"bG9yZW0gaXBzdW0gZG9sb3Igc2l0IGFtZXQgY29uc2VjdGV0dXI ".repeat(12), Detected::NotText),
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
                "If you've got health insurance through your employer, you can keep your plan and keep your choice of doctor",
                Detected::Supported(Lang::En),
            ),
            // Letters that Arabic does not have; ہے (is) is folded to هي (she).
            (
                "سوق وچ سبزی دے نرخ گھٹ تھی ڳئے ہن تے لوک ݙاڈھے خوش ہن، دکاندار آہدے ہن جو مینھ چنگا تھیا ہے",
                Detected::Other("und"),
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
