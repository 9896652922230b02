//! The small words that every text of a language is full of, and no other language uses so often: they tell it at no cost.

use super::language::Lang;
use super::scan::Scan;

/// Words enough to know a language by, tokens.
const SAMPLE: usize = 240;

/// How many function words of a language a text has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Familiar {
    /// So many that they show it at once: n-grams, which cost as much as everything else, are for the rest.
    Often,
    /// Some.
    Sometimes,
    /// Fewer than half as many as would show it.
    Hardly,
}

/// How familiar the first words of the text look in `lang`.
pub fn familiar(lang: Lang, scan: &Scan) -> Familiar {
    let tokens = &scan.tokens[..scan.tokens.len().min(SAMPLE)];
    let count = |is_own: fn(&[u8]) -> bool| tokens.iter().filter(|t| is_own(scan.folded(t))).count();
    let (known, often_is_one_in) = match lang {
        Lang::Ar => (count(is_arabic_function_word), 20),
        Lang::En => (count(is_english_function_word), 10),
    };
    match known * often_is_one_in {
        n if n >= tokens.len() => Familiar::Often,
        n if 2 * n >= tokens.len() => Familiar::Sometimes,
        _ => Familiar::Hardly,
    }
}

/// Folded words that no other language in Arabic letters uses so often; ones that Persian, Urdu, Pashto or Kurdish share are left out
/// (ان, او, به, له, تم, هو, هي, منه, علي, عليه).
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
            | "انه"
            | "انها"
            | "كان"
            | "كانت"
            | "حيث"
            | "منذ"
            | "اذا"
            | "ليس"
            | "لن"
            | "لم"
            | "ثم"
            | "هناك"
            | "وقد"
            | "وفي"
            | "وهو"
            | "وهي"
            | "وكان"
            | "وكانت"
            | "ولم"
            | "ولكن"
            | "لان"
            | "عليها"
            | "فيها"
            | "منها"
            | "لها"
            | "فيه"
            | "مما"
            | "فيما"
            | "تلك"
            | "كانوا"
            | "يكون"
            | "تكون"
            | "ايضا"
            | "عبر"
            | "وذلك"
            | "وهذا"
            | "بعدما"
            | "لدي"
            | "وقال"
            | "وقالت"
            | "واضاف"
            | "وان"
            | "انهم"
            | "لقد"
            | "اليه"
            | "اليها"
            | "عنه"
            | "عنها"
            | "والتي"
            | "والذي"
            | "بانه"
            | "بانها"
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
            | b"are"
            | b"were"
            | b"has"
            | b"but"
            | b"not"
            | b"who"
            | b"she"
            | b"their"
            | b"its"
            | b"about"
            | b"after"
            | b"when"
            | b"than"
            | b"you"
            | b"your"
    )
}
