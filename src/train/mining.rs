//! Learns which wording speaks for a label: shrunk log-odds of stems and pairs of stems, with names kept out.
//!
//! For a stem with mass p in positive and q in negative texts (frequency per [`UNIT`] words, summed over texts), and P, Q texts:
//! `weight = (ln((p + a)/(P + 2a)) − ln((q + a)/(Q + 2a))) · n/(n + a)` with n = p + q: naive-Bayes log-odds, shrunk twice, by
//! the prior `a` and towards zero for what was rarely seen. Inside gold spans a word counts more.

use rustc_hash::{FxHashMap, FxHashSet};

use super::data::Text;
use crate::lexicon::learned::{self, Learned};
use crate::lexicon::stem;
use crate::text::{Scan, Segments, Sentence, flag};

/// Prior mass.
const PRIOR: f64 = 2.0;
/// Frequencies are per so many words, about a passage.
const UNIT: f64 = 30.0;
/// A stem must stand in the texts of at least so many groups.
const GROUPS: u32 = 3;
/// Weight of a word inside a gold span, and outside one in a text that has some.
const SPAN: [f64; 2] = [4.0, 1.0];
/// Smaller weights are dropped.
const LEAST: f64 = 0.05;

/// What a text says about each of its stems: the unit of mining, computed once per text.
#[derive(Debug, Clone)]
pub struct Counted {
    /// Key and mass of each stem and pair.
    masses: Vec<(u64, f64)>,
    label: bool,
    group: u32,
}

/// Counted texts with the spelling of their keys.
#[derive(Debug, Default)]
pub struct Mine {
    texts: Vec<Counted>,
    spelling: FxHashMap<u64, String>,
}

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
            stems.extend(scan.tokens.iter().map(|t| learned::hash(stem::stem(scan.folded(t), t.is(flag::ARABIC)))));
        }
        Names { stems }
    }

    /// These names and every stem that `texts` write with a capital inside sentences more often than small.
    fn with_capitals_of(&self, texts: &[Text]) -> Names {
        let mut seen: FxHashMap<u64, [u32; 2]> = FxHashMap::default();
        let (mut scan, mut segments) = (Scan::default(), Segments::default());
        for text in texts {
            scan.read(&text.text);
            segments.cut(&scan);
            for sentence in &segments.sentences {
                for token in scan.tokens[sentence.start as usize + 1..sentence.end as usize].iter().filter(|t| t.is(flag::LATIN))
                {
                    let key = learned::hash(stem::stem(scan.folded(token), false));
                    seen.entry(key).or_default()[usize::from(token.is(flag::CAPITAL))] += 1;
                }
            }
        }
        let capitals = seen.into_iter().filter(|(_, [small, capital])| capital > small).map(|(key, _)| key);
        Names { stems: self.stems.iter().copied().chain(capitals).collect() }
    }

    /// Whether the token at `at` is, or may be, part of a name.
    fn holds(&self, scan: &Scan, sentence: Sentence, at: u32) -> bool {
        let token = &scan.tokens[at as usize];
        let key = learned::hash(stem::stem(scan.folded(token), token.is(flag::ARABIC)));
        if self.stems.contains(&key) || (token.is(flag::CAPITAL) && at > sentence.start) {
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

impl Mine {
    /// Counts the stems of `texts`. Names count for nothing: those of the gazetteer, what follows an Arabic title, and English
    /// words in capitals, at the start of a sentence too if the texts seldom write them small.
    pub fn count(texts: &[Text], names: &Names) -> Mine {
        let mut mine = Mine::default();
        let mut groups: FxHashMap<&str, u32> = FxHashMap::default();
        let (mut scan, mut segments) = (Scan::default(), Segments::default());
        let names = names.with_capitals_of(texts);
        for text in texts {
            scan.read(&text.text);
            segments.cut(&scan);
            let unit = UNIT / scan.tokens.len().max(1) as f64;
            let next = groups.len() as u32;
            let group = *groups.entry(&text.group).or_insert(next);
            let mut masses: FxHashMap<u64, f64> = FxHashMap::default();
            for &sentence in &segments.sentences {
                learned::keys(&scan, sentence, |start, end, key| {
                    if (start..end).any(|at| names.holds(&scan, sentence, at)) {
                        return;
                    }
                    let (first, last) = (&scan.tokens[start as usize], &scan.tokens[end as usize - 1]);
                    let touches = |s: &[u32; 2]| s[0] < last.chars.end && first.chars.start < s[1];
                    let weight = match text.spans.is_empty() {
                        true => 1.0,
                        false => SPAN[usize::from(!text.spans.iter().any(touches))],
                    };
                    *masses.entry(key).or_default() += unit * weight;
                    mine.spelling.entry(key).or_insert_with(|| spell(&scan, start, end));
                });
            }
            let mut masses: Vec<(u64, f64)> = masses.into_iter().collect();
            masses.sort_unstable_by_key(|m| m.0);
            mine.texts.push(Counted { masses, label: text.label, group });
        }
        mine
    }

    /// Weights from the texts at `rows`, at most `most` of them: those that say most and are seen most.
    pub fn weights(&self, rows: &[usize], most: usize) -> Vec<(u64, f64)> {
        #[derive(Default)]
        struct Seen {
            mass: [f64; 2],
            groups: u32,
            last_group: Option<u32>,
        }
        let mut seen: FxHashMap<u64, Seen> = FxHashMap::default();
        let mut texts = [0.0; 2];
        let mut order: Vec<&Counted> = rows.iter().map(|&r| &self.texts[r]).collect();
        order.sort_by_key(|t| t.group);
        for text in order {
            texts[usize::from(text.label)] += 1.0;
            for &(key, mass) in &text.masses {
                let entry = seen.entry(key).or_default();
                entry.mass[usize::from(text.label)] += mass;
                entry.groups += u32::from(entry.last_group != Some(text.group));
                entry.last_group = Some(text.group);
            }
        }
        let mut weights: Vec<(u64, f64, f64)> = seen
            .into_iter()
            .filter(|(_, s)| s.groups >= GROUPS)
            .map(|(key, s)| {
                let [q, p] = s.mass;
                let odds = ((p + PRIOR) / (texts[1] + 2.0 * PRIOR)).ln() - ((q + PRIOR) / (texts[0] + 2.0 * PRIOR)).ln();
                let weight = odds * (p + q) / (p + q + PRIOR);
                (key, weight, weight.abs() * (p + q).sqrt())
            })
            .filter(|(_, weight, _)| weight.abs() >= LEAST)
            .collect();
        weights.sort_by(|a, b| b.2.total_cmp(&a.2).then(a.0.cmp(&b.0)));
        weights.truncate(most);
        weights.into_iter().map(|(key, weight, _)| (key, (weight * 1000.0).round() / 1000.0)).collect()
    }

    /// [`Mine::weights`] ready for reading texts.
    pub fn learned(&self, rows: &[usize], most: usize) -> Learned {
        Learned::new(self.weights(rows, most))
    }

    /// Weights as the lines of a lexicon file, strongest first.
    pub fn to_tsv(&self, weights: &[(u64, f64)], heading: &str) -> String {
        let mut lines: Vec<(&str, f64)> = weights.iter().map(|(key, w)| (self.spelling[key].as_str(), *w)).collect();
        lines.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        let mut out: String = heading.lines().map(|l| format!("# {l}\n")).collect();
        lines.iter().for_each(|(stems, weight)| out += &format!("{stems}\t{weight}\n"));
        out
    }
}

fn spell(scan: &Scan, start: u32, end: u32) -> String {
    let stems = (start..end).map(|at| {
        let token = &scan.tokens[at as usize];
        String::from_utf8_lossy(stem::stem(scan.folded(token), token.is(flag::ARABIC))).into_owned()
    });
    stems.collect::<Vec<_>>().join(" ")
}
