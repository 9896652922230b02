//! Names, for which no weight may be learned.

use rustc_hash::{FxHashMap, FxHashSet};

use super::data::Text;
use crate::lexicon::{hash, learned, stem};
use crate::text::{Scan, Segments, Sentence, flag};

/// Arabic words after which a name follows, folded, and how many words of it. Arabic has no capitals to tell.
const BEFORE_NAMES: [(&str, u32); 21] = [
    ("ابو", 1),
    ("ابي", 1),
    ("بن", 1),
    ("ابن", 1),
    ("بنت", 1),
    ("عبد", 1),
    ("الدكتور", 2),
    ("الدكتوره", 2),
    ("اللواء", 2),
    ("المستشار", 2),
    ("المهندس", 2),
    ("السفير", 2),
    ("الشيخ", 2),
    ("العميد", 2),
    ("العقيد", 2),
    ("القس", 2),
    ("الانبا", 2),
    ("السيد", 2),
    ("الاستاذ", 2),
    ("الفريق", 2),
    ("المشير", 2),
];

/// Names that no weight may be learned for, as stems.
#[derive(Debug, Default)]
pub struct Names {
    stems: FxHashSet<u64>,
}

impl Names {
    /// Reads gazetteers: a name per line, `#` opens a comment.
    pub fn parse(text: &str) -> Names {
        let mut scan = Scan::default();
        let mut stems = FxHashSet::default();
        for line in text.lines() {
            scan.read(line.split('#').next().unwrap_or_default());
            stems.extend(scan.tokens.iter().map(|t| learned::stem_key(&scan, t)));
        }
        Names { stems }
    }

    /// These names and every stem that `texts` write with a capital inside sentences more often than small.
    pub fn with_capitals_of(&self, texts: &[Text]) -> Names {
        let mut seen: FxHashMap<u64, [u32; 2]> = FxHashMap::default();
        let (mut scan, mut segments) = (Scan::default(), Segments::default());
        for text in texts {
            scan.read(&text.text);
            segments.cut(&scan);
            for sentence in &segments.sentences {
                for token in scan.tokens[sentence.start as usize + 1..sentence.end as usize].iter().filter(|t| t.is(flag::LATIN))
                {
                    let key = hash::hash(stem::stem(scan.folded(token), false));
                    seen.entry(key).or_default()[usize::from(token.is(flag::CAPITAL))] += 1;
                }
            }
        }
        let capitals = seen.into_iter().filter(|(_, [small, capital])| capital > small).map(|(key, _)| key);
        Names { stems: self.stems.iter().copied().chain(capitals).collect() }
    }

    /// Whether the stem is one of a name.
    pub fn has(&self, stem: u64) -> bool {
        self.stems.contains(&stem)
    }

    /// Whether the token at `at` is, or may be, part of a name.
    pub fn holds(&self, scan: &Scan, sentence: Sentence, at: u32) -> bool {
        let token = &scan.tokens[at as usize];
        if self.has(learned::stem_key(scan, token)) || (token.is(flag::CAPITAL) && at > sentence.start) {
            return true;
        }
        let before = |back: u32| {
            let at = at.checked_sub(back).filter(|at| *at >= sentence.start)?;
            Some(scan.folded(&scan.tokens[at as usize]))
        };
        let marks = |back: u32, form: &[u8]| BEFORE_NAMES.iter().any(|(mark, reach)| back <= *reach && mark.as_bytes() == form);
        (0..=2).any(|back| before(back).is_some_and(|form| marks(back, form)))
    }
}
