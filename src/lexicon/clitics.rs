//! Arabic affixes: which stems a written word may hold, so that a term written once is found in all its regular forms and not
//! inside other words.
//!
//! A written word is *prefix + stem + suffix*. Every reading whose prefix and suffix fit the kind of the stem is looked up;
//! short stems take fewer affixes, because ب + شر is far more often بشر (people) than شر (evil).

use bitcode::{Decode, Encode};
use std::ops::Range;
use std::sync::LazyLock;

use super::term::{Form, Word};

/// Shortest stem, bytes: two letters.
const SHORTEST: usize = 4;

/// Kind of a stem: what may stand before and after it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Encode, Decode)]
pub struct Kind(u16);

impl Kind {
    const EXACT: Kind = Kind(1);
    const NOMINAL: Kind = Kind(1 << 1);
    /// Written with ة, stored without it.
    const FEMININE: Kind = Kind(1 << 2);
    const PAST: Kind = Kind(1 << 3);
    /// Past ending in ى or ا, stored without it.
    const PAST_WEAK: Kind = Kind(1 << 4);
    /// Present, stored without its person letter.
    const PRESENT: Kind = Kind(1 << 5);
    /// Present ending in ي or و, stored without person letter and ending.
    const PRESENT_WEAK: Kind = Kind(1 << 6);
    /// The word was written with ال, which the text must show too.
    const DEFINITE: Kind = Kind(1 << 7);
    /// A word of another language: no affix at all.
    pub const FOREIGN: Kind = Kind(1 << 8);

    const fn or(self, other: Kind) -> Kind {
        Kind(self.0 | other.0)
    }

    const fn has(self, other: Kind) -> bool {
        self.0 & other.0 != 0
    }
}

/// What was taken off the front of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Prefix {
    len: usize,
    kind: Kind,
    article: bool,
    /// A one-letter preposition without article, or the conjunction ف: the ones that other words begin with.
    risky: bool,
}

struct Suffix {
    letters: &'static str,
    fits: Kind,
    /// May follow a word with ال.
    with_article: bool,
    /// May follow a stem of three letters.
    after_short: bool,
}

const N: Kind = Kind::NOMINAL;
const F: Kind = Kind::FEMININE;
const P: Kind = Kind::PAST;
const PW: Kind = Kind::PAST_WEAK;
const I: Kind = Kind::PRESENT;
const IW: Kind = Kind::PRESENT_WEAK;
const NPI: Kind = N.or(P).or(I);

const fn suffix(letters: &'static str, fits: Kind, with_article: bool, after_short: bool) -> Suffix {
    Suffix { letters, fits, with_article, after_short }
}

/// Folded suffixes. ة and ه are one letter, so ه is both the feminine ending and the pronoun.
const SUFFIXES: &[Suffix] = &[
    suffix("", NPI.or(Kind::EXACT).or(Kind::FOREIGN), true, true),
    suffix("ه", NPI.or(F), true, true),
    suffix("ها", NPI, false, true),
    suffix("هم", NPI, false, true),
    suffix("هن", NPI, false, true),
    suffix("هما", NPI, false, true),
    suffix("كم", NPI, false, false),
    suffix("نا", NPI, false, true),
    suffix("ني", P.or(I), false, true),
    suffix("ا", N, false, true),
    suffix("ات", N.or(F), true, true),
    suffix("اته", N.or(F), false, true),
    suffix("اتها", N.or(F), false, true),
    suffix("اتهم", N.or(F), false, true),
    suffix("اتهما", N.or(F), false, true),
    suffix("اتنا", N.or(F), false, true),
    suffix("اتكم", N.or(F), false, true),
    suffix("ون", N.or(I).or(IW), true, true),
    suffix("ين", N.or(I).or(IW), true, true),
    suffix("ان", N.or(I), true, false),
    suffix("تان", N.or(F), true, true),
    suffix("تين", N.or(F), true, true),
    suffix("ته", F.or(P).or(PW), false, true),
    suffix("تها", F.or(P).or(PW), false, true),
    suffix("تهم", F.or(P).or(PW), false, true),
    suffix("تهما", F.or(P).or(PW), false, true),
    suffix("تنا", F.or(P).or(PW), false, true),
    suffix("تكم", F.or(P).or(PW), false, true),
    suffix("تك", F, false, false),
    suffix("ت", P.or(PW), false, true),
    suffix("تا", P.or(PW), false, true),
    suffix("وا", P.or(PW).or(I).or(IW), false, true),
    suffix("وه", P.or(PW).or(I).or(IW), false, true),
    suffix("وها", P.or(PW).or(I).or(IW), false, true),
    suffix("وهم", P.or(PW).or(I).or(IW), false, true),
    suffix("ونه", I.or(IW), false, true),
    suffix("ونها", I.or(IW), false, true),
    suffix("ونهم", I.or(IW), false, true),
    suffix("ن", P.or(I), false, false),
    suffix("اه", PW.or(IW), false, true),
    suffix("اها", PW.or(IW), false, true),
    suffix("اهم", PW.or(IW), false, true),
];

/// The stems under which a word of a term is stored.
pub fn stems(word: &Word) -> Vec<(String, Kind)> {
    let full = word.folded.as_str();
    if !full.starts_with(|c: char| ('\u{620}'..='\u{6FF}').contains(&c)) {
        return vec![(full.to_string(), Kind::FOREIGN)];
    }
    match word.form {
        Form::Exact => vec![(full.into(), Kind::EXACT)],
        Form::Verb => verb_stems(full),
        Form::Nominal | Form::Adjective => {
            let mut stems = vec![nominal_stem(full, word.ta_marbuta, Kind(0))];
            // Written with ال: the article must be there, behind whatever preposition. The whole word stays too, for words
            // whose first letters only look like the article (التزام).
            if let Some(bare) = full.strip_prefix("ال").filter(|b| b.chars().count() >= 3) {
                stems.push(nominal_stem(bare, word.ta_marbuta, Kind::DEFINITE));
            }
            stems
        }
    }
}

fn nominal_stem(full: &str, ta_marbuta: bool, definite: Kind) -> (String, Kind) {
    match full.strip_suffix('ه').filter(|_| ta_marbuta) {
        Some(base) => (base.into(), F.or(definite)),
        None => (full.into(), N.or(definite)),
    }
}

fn verb_stems(full: &str) -> Vec<(String, Kind)> {
    let (base, strong, weak) = match full.strip_prefix('ي').filter(|b| b.chars().count() >= 2) {
        Some(base) => (base, I, IW),
        None => (full, P, PW),
    };
    let mut stems = vec![(base.to_string(), strong)];
    if let Some(trunk) = base.strip_suffix(['ي', 'و', 'ا']).filter(|t| t.chars().count() >= 2) {
        stems.push((trunk.into(), weak));
    }
    stems
}

/// The suffixes that may end a word, by its last byte; the empty one, which ends every word, is not among them.
static BY_LAST_BYTE: LazyLock<[Vec<&'static Suffix>; 64]> = LazyLock::new(|| {
    let mut buckets = [const { Vec::new() }; 64];
    for suffix in SUFFIXES {
        if let Some(last) = suffix.letters.bytes().last() {
            buckets[bucket(last)].push(suffix);
        }
    }
    buckets
});

/// Arabic letters differ in the low bits of their last byte.
fn bucket(last: u8) -> usize {
    usize::from(last & 0x3F)
}

/// Calls `visit` with the place of each stem, in bytes, that the folded word `form` may hold; [`Reading::fits`] then tells
/// whether a stored kind agrees.
pub fn readings(form: &[u8], mut visit: impl FnMut(Range<usize>, Reading)) {
    let ends = form.last().map_or(&[][..], |&last| &BY_LAST_BYTE[bucket(last)]);
    let mut fitting = [&SUFFIXES[0]; 8];
    let mut count = 1;
    for &suffix in ends.iter().filter(|s| form.ends_with(s.letters.as_bytes())) {
        fitting[count] = suffix;
        count += 1;
    }
    for_each_prefix(form, |prefix| {
        for suffix in &fitting[..count] {
            let stem = prefix.len..form.len() - suffix.letters.len();
            if suffix.fits.has(prefix.kind) && stem.start + SHORTEST <= stem.end {
                visit(stem, Reading { prefix, suffix });
            }
        }
    });
}

/// One way to cut a word.
#[derive(Clone, Copy)]
pub struct Reading {
    prefix: Prefix,
    suffix: &'static Suffix,
}

impl Reading {
    /// Bytes in front of the stem.
    pub fn prefix_len(&self) -> usize {
        self.prefix.len
    }

    /// Whether a stem of `letters` letters stored as `kind` may be read so.
    pub fn fits(&self, kind: Kind, letters: usize) -> bool {
        let shape = Kind(kind.0 & !Kind::DEFINITE.0);
        if !shape.has(self.prefix.kind) || !shape.has(self.suffix.fits) {
            return false;
        }
        if kind.has(Kind::DEFINITE) && !self.prefix.article {
            return false;
        }
        if self.prefix.article && !self.suffix.with_article {
            return false;
        }
        if shape.has(Kind::EXACT.or(Kind::FOREIGN)) {
            return true;
        }
        let bare = self.suffix.letters.is_empty();
        let short_affixes = !self.prefix.risky && self.suffix.after_short;
        // The ة of a feminine noun is part of the word, though not of its stored stem.
        match letters + usize::from(shape.has(F)) {
            0..=2 if shape.has(PW.or(IW)) => true,
            0..=2 if shape.has(P.or(I)) => short_affixes && matches!(self.suffix.letters, "" | "ت" | "وا" | "ون"),
            0..=2 => bare && (self.prefix.article || self.prefix.len == 0),
            3 => (!self.prefix.risky || !shape.has(N.or(F))) && (bare || self.suffix.after_short),
            _ => true,
        }
    }
}

/// Every prefix that the word's letters allow, the empty one included.
fn for_each_prefix(form: &[u8], mut visit: impl FnMut(Prefix)) {
    let starts = |at: usize, letters: &str| form[at.min(form.len())..].starts_with(letters.as_bytes());
    let conjunction = match () {
        _ if starts(0, "و") => Some(false),
        _ if starts(0, "ف") => Some(true),
        _ => None,
    };
    let offsets = [Some((0, false)), conjunction.map(|risky| (2, risky))];
    for (at, risky) in offsets.into_iter().flatten() {
        let any = N.or(F).or(P).or(PW).or(Kind::EXACT).or(Kind::FOREIGN);
        visit(Prefix { len: at, kind: any, article: false, risky });
        let nominal = N.or(F);
        if starts(at, "ال") {
            visit(Prefix { len: at + 4, kind: nominal, article: true, risky: false });
        }
        if starts(at, "بال") || starts(at, "كال") {
            visit(Prefix { len: at + 6, kind: nominal, article: true, risky: false });
        }
        if starts(at, "لل") {
            visit(Prefix { len: at + 4, kind: nominal, article: true, risky: false });
        }
        if starts(at, "ب") || starts(at, "ك") || starts(at, "ل") {
            visit(Prefix { len: at + 2, kind: nominal, article: false, risky: true });
        }
        let future = if starts(at, "س") || starts(at, "ل") { at + 2 } else { at };
        for person in [at, future] {
            if starts(person, "ي") || starts(person, "ت") || starts(person, "ن") {
                visit(Prefix { len: person + 2, kind: I.or(IW), article: false, risky: false });
            }
            if future == at {
                break;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::term::parse_class;
    use crate::text::Scan;

    fn finds(term: &str, text: &str) -> bool {
        let word = parse_class(&[term]).expect(term).remove(0);
        let stems = stems(&word);
        let mut scan = Scan::default();
        scan.read(text);
        let mut found = false;
        let form = scan.folded(&scan.tokens[0]);
        readings(form, |stem, reading| {
            let is_read =
                |(s, kind): &(String, Kind)| s.as_bytes() == &form[stem.clone()] && reading.fits(*kind, s.chars().count());
            found |= stems.iter().any(is_read);
        });
        found
    }

    #[test]
    fn a_term_is_found_in_its_forms() {
        for (term, forms) in [
            ("مؤامرة", "مؤامرة والمؤامرة مؤامرتهم للمؤامرات بمؤامراتها المؤامرتان"),
            ("إرهابي", "الإرهابية إرهابيين والإرهابيون إرهابيا لإرهابي"),
            ("سري", "سريا السرية سريين"),
            ("أكد.v", "أكد أكدت وأكدوا أكدته فأكد وأكدها"),
            ("يؤكد.v", "يؤكد تؤكد سيؤكد ليؤكدوا ويؤكدون وستؤكد"),
            ("سعى.v", "سعى سعت وسعوا"),
            ("يسعى.v", "يسعى تسعى يسعون وسيسعى ليسعوا يسعي"),
            ("قال.v", "قال قالت وقالوا"),
            ("المصادر", "المصادر والمصادر للمصادر بالمصادر"),
            ("التزام", "التزام والتزامه بالتزام"),
            ("شر", "شر الشر والشر بالشر للشر"),
            ("حرب", "حرب الحرب وحرب حربهم بالحرب"),
            ("=فى", "فى في وفي"),
            ("خطة", "خطة الخطة وخطتهم خطته"),
            ("دك.v", "دك ودكت دكوا"),
        ] {
            for form in forms.split(' ') {
                assert!(finds(term, form), "{term} in {form}");
            }
        }
    }

    #[test]
    fn a_term_is_not_found_in_other_words() {
        for (term, others) in [
            ("شر", "بشر شرق شرط كشر شرا"),
            ("سر", "سرت سرير لسر"),
            ("المصادر", "مصادر ومصادر"),
            ("مؤامرة", "مؤامر"),
            ("حرب", "كحرب لحرب محارب"),
            ("=مصدر", "المصدر مصدرا"),
            ("أكد.v", "تأكيد المؤكد"),
            ("عميل", "عميلالا تعميل"),
        ] {
            for other in others.split(' ') {
                assert!(!finds(term, other), "{term} in {other}");
            }
        }
    }
}
