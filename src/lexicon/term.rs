//! The term language of the packs: words, forms, classes, alternatives, gaps and assertions.

use crate::text::{Scan, flag};

/// How far a word may bend.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Form {
    /// As a noun or adjective in its regular forms.
    Nominal,
    /// As a verb in its regular forms (`word.v`).
    Verb,
    /// English adjective with its adverb (`word.a`).
    Adjective,
    /// This form only (`=word`).
    Exact,
}

/// A folded word and how far it may bend.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Word {
    /// Folded, UTF-8.
    pub folded: String,
    /// Whether it was written with a final ة, which folding hides.
    pub ta_marbuta: bool,
    /// How far it may bend.
    pub form: Form,
}

/// One step of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Element {
    /// Any one of these words.
    Words(Vec<Word>),
    /// Up to so many tokens of any kind.
    Gap(u8),
    /// One token of any kind.
    Any,
    /// A number in digits.
    Number,
    /// A capitalised word inside a sentence.
    Name,
    /// The next word comes after a comma.
    Comma,
    /// The next word comes after an opening quotation mark.
    Quote,
    /// The next word opens a sentence.
    Start,
}

/// Widest gap a term may have, tokens.
const WIDEST_GAP: u8 = 8;
/// Gaps allowed in a term: from one word, a term of three of the widest can go on in 9³ ways.
const MOST_GAPS: usize = 3;
/// Optional elements allowed in a term; each doubles its variants.
const MOST_OPTIONAL: usize = 4;

/// Parses a term into its variants: one element sequence for each choice of its optional elements.
/// `class` resolves `{name}`. An error is a reason for people.
pub fn parse(term: &str, class: &dyn Fn(&str) -> Option<Vec<Word>>) -> Result<Vec<Vec<Element>>, String> {
    let mut steps: Vec<(Element, bool)> = Vec::new();
    for piece in pieces(term)? {
        let (piece, optional) = match piece.strip_suffix('?') {
            Some(rest) if !rest.is_empty() => (rest, true),
            _ => (piece, false),
        };
        match parse_piece(piece, class)? {
            one if one.len() == 1 => steps.extend(one.into_iter().map(|e| (e, optional))),
            _ if optional => return Err(format!("`{piece}` is several words and cannot be optional")),
            several => steps.extend(several.into_iter().map(|e| (e, false))),
        }
    }
    if steps.iter().filter(|s| s.1).count() > MOST_OPTIONAL {
        return Err(format!("more than {MOST_OPTIONAL} optional elements"));
    }
    let mut variants = vec![Vec::new()];
    for (element, optional) in steps {
        let without = if optional { variants.clone() } else { Vec::new() };
        variants.iter_mut().for_each(|v| v.push(element.clone()));
        variants.extend(without);
    }
    variants.iter().try_for_each(|v| validate(v))?;
    Ok(variants)
}

/// Parses the members of a class.
pub fn parse_class(members: &[&str]) -> Result<Vec<Word>, String> {
    members.iter().map(|m| single_word(m)).collect()
}

/// Splits at spaces outside brackets.
fn pieces(term: &str) -> Result<Vec<&str>, String> {
    let (mut out, mut depth, mut start) = (Vec::new(), 0i32, 0);
    for (at, c) in term.char_indices() {
        match c {
            '(' | '{' | '<' => depth += 1,
            ')' | '}' | '>' => depth -= 1,
            c if c.is_whitespace() && depth == 0 => {
                if start < at {
                    out.push(&term[start..at]);
                }
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    if depth != 0 {
        return Err("unbalanced brackets".into());
    }
    if start < term.len() {
        out.push(&term[start..]);
    }
    Ok(out)
}

fn parse_piece(piece: &str, class: &dyn Fn(&str) -> Option<Vec<Word>>) -> Result<Vec<Element>, String> {
    let element = match piece {
        "<any>" => Element::Any,
        "<num>" => Element::Number,
        "<name>" => Element::Name,
        "<comma>" => Element::Comma,
        "<quote>" => Element::Quote,
        "<start>" => Element::Start,
        _ if piece.starts_with('<') => return Err(format!("`{piece}` is not an element")),
        _ => {
            if let Some(width) = piece.strip_prefix("..") {
                let width = width.parse::<u8>().ok().filter(|w| (1..=WIDEST_GAP).contains(w));
                Element::Gap(width.ok_or(format!("`{piece}`: a gap is `..1` to `..{WIDEST_GAP}`"))?)
            } else if let Some(name) = piece.strip_prefix('{').and_then(|p| p.strip_suffix('}')) {
                Element::Words(class(name).ok_or(format!("no class named `{name}`"))?)
            } else if let Some(list) = piece.strip_prefix('(').and_then(|p| p.strip_suffix(')')) {
                Element::Words(list.split('|').map(|w| single_word(w.trim())).collect::<Result<_, _>>()?)
            } else {
                return Ok(words(piece)?.into_iter().map(|w| Element::Words(vec![w])).collect());
            }
        }
    };
    Ok(vec![element])
}

fn single_word(piece: &str) -> Result<Word, String> {
    match <[Word; 1]>::try_from(words(piece)?) {
        Ok([word]) => Ok(word),
        Err(several) => Err(format!("`{piece}` must be one word, not {}", several.len())),
    }
}

/// The words of a piece: a hyphenated one gives several, of which only the last bends.
fn words(piece: &str) -> Result<Vec<Word>, String> {
    let (body, form) = match (piece.strip_prefix('='), piece.strip_suffix(".v"), piece.strip_suffix(".a")) {
        (Some(exact), ..) => (exact, Form::Exact),
        (_, Some(verb), _) => (verb, Form::Verb),
        (.., Some(adjective)) => (adjective, Form::Adjective),
        _ => (piece, Form::Nominal),
    };
    let mut scan = Scan::default();
    scan.read(body);
    let last = scan.tokens.len().checked_sub(1).ok_or(format!("`{piece}` has no letters"))?;
    let unexpected = body.chars().find(|c| !(c.is_alphanumeric() || matches!(c, '-' | '\'' | '’') || is_mark(*c)));
    if let Some(sign) = unexpected {
        return Err(format!("`{piece}`: unexpected `{sign}`"));
    }
    let word = |(at, token)| {
        let form = if at < last && form != Form::Nominal { Form::Exact } else { form };
        let folded = String::from_utf8_lossy(scan.folded(token)).into_owned();
        let written = &body[token.bytes.range()];
        Word { folded, ta_marbuta: token.is(flag::ARABIC) && written.ends_with('ة'), form }
    };
    Ok(scan.tokens.iter().enumerate().map(word).collect())
}

fn is_mark(c: char) -> bool {
    matches!(c, '\u{64B}'..='\u{652}' | '\u{670}' | 'ـ')
}

fn validate(elements: &[Element]) -> Result<(), String> {
    let takes_word = |e: &Element| matches!(e, Element::Words(_) | Element::Number | Element::Name);
    if !elements.iter().any(|e| matches!(e, Element::Words(_))) {
        return Err("a term needs at least one word that is not optional".into());
    }
    if matches!(elements.first(), Some(Element::Gap(_) | Element::Any)) {
        return Err("a term cannot start with a gap".into());
    }
    if !elements.last().is_some_and(|e| takes_word(e) || *e == Element::Any) {
        return Err("a term must end with a word".into());
    }
    if elements.windows(2).any(|p| matches!(p, [Element::Gap(_), Element::Gap(_)])) {
        return Err("two gaps in a row".into());
    }
    match elements.iter().filter(|e| matches!(e, Element::Gap(_))).count() {
        0..=MOST_GAPS => Ok(()),
        _ => Err(format!("more than {MOST_GAPS} gaps")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(term: &str) -> Result<Vec<Vec<Element>>, String> {
        parse(term, &|name| (name == "say").then(|| parse_class(&["say.v", "=said"]).expect("class")))
    }

    #[test]
    fn terms_that_parse() {
        for (term, variants, first_length) in [
            ("secret", 1, 1),
            ("so-called", 1, 2),
            ("{say} ..3 (sources|=source)", 1, 3),
            ("in a? bid to", 2, 4),
            ("<start> what about", 1, 3),
            ("مؤامرة", 1, 1),
        ] {
            let got = parsed(term).unwrap_or_else(|e| panic!("{term}: {e}"));
            assert_eq!((got.len(), got[0].len()), (variants, first_length), "{term}");
        }
    }

    #[test]
    fn terms_that_are_refused() {
        for term in [
            "",
            "..3 word",
            "word ..3",
            "word ..99 word",
            "(a b|c)",
            "{none} x",
            "<num>",
            "a & b",
            "(open",
            "word?",
            "a ..1 b ..1 c ..1 d ..1 e",
        ] {
            assert!(parsed(term).is_err(), "{term}");
        }
    }
}
