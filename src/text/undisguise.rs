//! Undoes what hides words from machines but not from readers: look-alike letters, stretched letters, digits for letters,
//! spaced letters. What the class table folds by itself (tatweel, invisible characters, presentation forms) is not here.

use super::folded::Folded;
use super::token::{Disguise, Quotation, Token, flag, gap};

/// A letter standing this many times in a row is stretched: no word of either language has more than two.
const STRETCHED: usize = 3;
/// Single letters in a row that are one spaced word; three may be an acronym (U.S.A.).
const SPACED: usize = 4;

/// Latin letters that Cyrillic and Greek ones are taken for.
pub fn look_alike(c: char) -> Option<char> {
    Some(match c {
        'а' | 'А' | 'α' | 'Α' => 'a',
        'в' | 'В' | 'Β' => 'b',
        'с' | 'С' | 'ϲ' => 'c',
        'ԁ' => 'd',
        'е' | 'Е' | 'Ε' => 'e',
        'һ' | 'Н' | 'Η' => 'h',
        'і' | 'І' | 'ι' | 'Ι' => 'i',
        'ј' | 'Ј' => 'j',
        'к' | 'К' | 'κ' | 'Κ' => 'k',
        'М' | 'Μ' => 'm',
        'Ν' => 'n',
        'о' | 'О' | 'ο' | 'Ο' => 'o',
        'р' | 'Р' | 'ρ' | 'Ρ' => 'p',
        'ԛ' => 'q',
        'ѕ' | 'Ѕ' => 's',
        'т' | 'Т' | 'τ' | 'Τ' => 't',
        'υ' => 'u',
        'ν' => 'v',
        'ԝ' => 'w',
        'х' | 'Х' | 'χ' | 'Χ' => 'x',
        'у' | 'У' | 'Υ' => 'y',
        'Ζ' => 'z',
        _ => return None,
    })
}

/// Whether a word of the source mixes ASCII letters with Greek or Cyrillic ones.
pub fn mixes_alphabets(word: &[u8]) -> bool {
    word.iter().any(u8::is_ascii_alphabetic) && word.iter().any(|lead| (0xCD..=0xD4).contains(lead))
}

/// Whether a letter of a folded word stands three times in a row or more.
#[inline]
pub fn is_stretched(word: &[u8], arabic: bool) -> bool {
    match arabic {
        true => word.len() >= 2 * STRETCHED && arabic_is_stretched(word),
        false => word.len() >= STRETCHED && latin_is_stretched(word),
    }
}

/// Of letters of two bytes each.
fn arabic_is_stretched(word: &[u8]) -> bool {
    let (letters, _) = word.as_chunks::<2>();
    letters.windows(STRETCHED).any(|w| w[0] == w[1] && w[1] == w[2])
}

fn latin_is_stretched(word: &[u8]) -> bool {
    let run = |w: &[u8]| w[0] == w[1] && w[1] == w[2];
    if word.is_ascii() {
        return word.windows(3).any(|w| run(w) && !w[0].is_ascii_digit());
    }
    let Ok(word) = std::str::from_utf8(word) else { return false };
    let chars = word.chars();
    chars.clone().zip(chars.clone().skip(1)).zip(chars.skip(2)).any(|((a, b), c)| a == b && b == c && !a.is_ascii_digit())
}

/// Leaves one of each stretched letter in the folded form from `start` on; a word of one letter only (III) is left alone.
pub fn squeeze(folded: &mut Folded, start: u32) -> bool {
    let Ok(word) = std::str::from_utf8(folded.since(start)) else { return false };
    let mut out = String::with_capacity(word.len());
    let mut rest = word;
    while let Some(letter) = rest.chars().next() {
        let run = rest.chars().take_while(|c| *c == letter).count();
        let kept = if run >= STRETCHED { 1 } else { run };
        out.extend(std::iter::repeat_n(letter, kept));
        rest = &rest[run * letter.len_utf8()..];
    }
    if out.chars().nth(1).is_none() {
        return false;
    }
    folded.truncate(start as usize);
    folded.push_longer(out.as_bytes());
    true
}

/// Puts letters for digits that stand between letters of a Latin word (s3cret), if most of it is letters. Returns how many.
pub fn letters_for_digits(word: &mut [u8]) -> u32 {
    let letters = word.iter().filter(|b| b.is_ascii_lowercase()).count();
    let digits = word.iter().filter(|b| b.is_ascii_digit()).count();
    let [.., before_last, last] = *word else { return 0 };
    if letters < 2 * digits + 1 || !word[0].is_ascii_lowercase() || (last.is_ascii_digit() && before_last.is_ascii_digit()) {
        return 0;
    }
    let mut changed = 0;
    for at in 1..word.len() - 1 {
        let letter = match word[at] {
            b'0' => b'o',
            b'1' => b'i',
            b'3' => b'e',
            b'4' => b'a',
            b'5' => b's',
            b'7' => b't',
            _ => continue,
        };
        if word[at - 1].is_ascii_lowercase() && word[at + 1].is_ascii_lowercase() {
            word[at] = letter;
            changed += 1;
        }
    }
    changed
}

/// Makes one token of single letters in a row with nothing but spaces, full stops or hyphens between them.
pub fn join_spaced(tokens: &mut Vec<Token>, quotations: &mut [Quotation], disguise: &mut Disguise) {
    let single = |t: &Token| {
        let length = t.folded_end - t.folded_start;
        t.flags & (flag::NUMBER | flag::ADDRESS) == 0 && length == if t.is(flag::ARABIC) { 2 } else { 1 }
    };
    // Where runs were, and how many tokens are gone with each and all before it.
    let mut joined: Vec<Joined> = Vec::new();
    let (mut at, mut kept) = (0, 0);
    while at < tokens.len() {
        let first = tokens[at];
        let follows =
            |t: &&Token| single(t) && t.is(flag::ARABIC) == first.is(flag::ARABIC) && t.gap & !(gap::SPACE | gap::STOP) == 0;
        let run = if single(&first) { 1 + tokens[at + 1..].iter().take_while(follows).count() } else { 1 };
        if run < SPACED {
            if kept < at {
                tokens.copy_within(at..at + run, kept);
            }
            kept += run;
        } else {
            let last = tokens[at + run - 1];
            let (bytes, chars) = (first.bytes.to(last.bytes), first.chars.to(last.chars));
            tokens[kept] = Token { bytes, chars, folded_end: last.folded_end, ..first };
            kept += 1;
            let before = joined.last().map_or(0, |run| run.gone);
            joined.push(Joined { start: at as u32, gone: before + run as u32 - 1 });
            disguise.spaced += 1;
        }
        at += run;
    }
    tokens.truncate(kept);
    if joined.is_empty() {
        return;
    }
    for place in quotations.iter_mut().flat_map(|quotation| [&mut quotation.start, &mut quotation.end]) {
        let Some(of) = joined.partition_point(|run| run.start < *place).checked_sub(1) else { continue };
        let before = if of > 0 { joined[of - 1].gone } else { 0 };
        // A place inside a run is the one behind its token.
        *place -= before + (joined[of].gone - before).min(*place - joined[of].start - 1);
    }
}

/// A run of single letters that became one token.
struct Joined {
    /// Its first token, as numbered before.
    start: u32,
    /// Tokens that are gone with it and with all runs before.
    gone: u32,
}

#[cfg(test)]
mod tests {
    use crate::text::Scan;

    #[test]
    fn letters_that_look_like_latin_ones() {
        let mut scan = Scan::default();
        for (letter, look_alikes) in [
            ("a", "аАαΑ"),
            ("b", "вВΒ"),
            ("c", "сСϲ"),
            ("d", "ԁ"),
            ("e", "еЕΕ"),
            ("h", "һНΗ"),
            ("i", "іІιΙ"),
            ("j", "јЈ"),
            ("k", "кКκΚ"),
            ("m", "МΜ"),
            ("n", "Ν"),
            ("o", "оОοΟ"),
            ("p", "рРρΡ"),
            ("q", "ԛ"),
            ("s", "ѕЅ"),
            ("t", "тТτΤ"),
            ("u", "υ"),
            ("v", "ν"),
            ("w", "ԝ"),
            ("x", "хХχΧ"),
            ("y", "уУΥ"),
            ("z", "Ζ"),
        ] {
            for look_alike in look_alikes.chars() {
                scan.read(&format!("lig{look_alike}ht"));
                let words: Vec<_> = scan.tokens.iter().map(|token| String::from_utf8_lossy(scan.folded(token))).collect();
                assert_eq!(words, [format!("lig{letter}ht")], "U+{:04X}", look_alike as u32);
            }
        }
    }
}
