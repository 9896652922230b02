//! Learned wording in a stretch of text. Each stem or pair counts once, however often it stands there: its weight is shared
//! among its occurrences, so that they add up.

use crate::lexicon::Indicator;
use crate::lexicon::forms::Forms;
use crate::lexicon::learned::{self, Learned, StemRef, from_thousandths};
use crate::text::{Lang, Scan, Sentence};

/// Reusable memory: where the learned stems and pairs of a stretch stand.
#[derive(Debug, Default)]
pub struct Wording {
    /// By language and number of stem or pair: the stretch that held it last, and how often.
    seen: [Vec<Seen>; Lang::ALL.len()],
    stretch: u32,
    /// Sum of the weights of the different stems and pairs, thousandths.
    sum: i64,
    different: u32,
    /// Words that annotators may mark, with the chance in thousandths.
    marks: Vec<(Place, u16)>,
    hits: Vec<Hit>,
}

#[derive(Clone, Copy, Debug, Default)]
struct Seen {
    stretch: u32,
    times: u32,
}

#[derive(Clone, Copy, Debug)]
struct Hit {
    lang: Lang,
    number: u32,
    weight: i32,
    place: Place,
}

/// Where a piece of learned wording stands.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Number of its sentence.
    pub sentence: u32,
    /// First token.
    pub start: u32,
    /// Token after the last.
    pub end: u32,
}

/// What reads wording: the lexicon of a language and head, and the text.
#[derive(Clone, Copy)]
pub struct Reader<'a> {
    /// What was learned.
    pub learned: &'a Learned,
    /// The head that it was learned for, by number.
    pub head: usize,
    /// The text.
    pub scan: &'a Scan,
    /// Its forms.
    pub forms: &'a Forms,
    /// The language.
    pub lang: Lang,
}

impl Wording {
    /// Begins a stretch and forgets the one before.
    pub fn start(&mut self) {
        if self.stretch == u32::MAX {
            *self = Wording::default();
        }
        self.stretch += 1;
        (self.sum, self.different) = (0, 0);
        self.marks.clear();
        self.hits.clear();
    }

    /// Reads a sentence of the stretch; remembers every place if `keep` says so.
    pub fn read(&mut self, reader: Reader, sentence: Sentence, number: u32, keep: bool) {
        let Reader { learned, head, scan, forms, lang } = reader;
        let seen = &mut self.seen[lang as usize];
        if seen.len() < learned.numbers() {
            seen.resize(learned.numbers(), Seen::default());
        }
        let mut previous = StemRef::UNKNOWN;
        for at in sentence.start..sentence.end {
            let token = &scan.tokens[at as usize];
            if !learned::is_wording(token, at, sentence) {
                previous = StemRef::UNKNOWN;
                continue;
            }
            let stem = forms.of(at).stems[head];
            if let Some(known) = stem.number() {
                self.hit(learned.wording(known), (lang, known), Place { sentence: number, start: at, end: at + 1 }, keep);
            }
            if let Some(known) = learned.pair(previous, stem).filter(|_| learned::joins(token)) {
                self.hit(learned.wording(known), (lang, known), Place { sentence: number, start: at - 1, end: at + 1 }, keep);
            }
            previous = stem;
        }
    }

    #[inline]
    fn hit(&mut self, wording: learned::Wording, (lang, number): (Lang, u32), place: Place, keep: bool) {
        if wording.marked > 0 {
            self.marks.push((place, wording.marked));
        }
        if wording.weight == 0 {
            return;
        }
        let seen = &mut self.seen[lang as usize][number as usize];
        if seen.stretch != self.stretch {
            *seen = Seen { stretch: self.stretch, times: 0 };
            self.sum += i64::from(wording.weight);
            self.different += 1;
        }
        seen.times += 1;
        if keep {
            self.hits.push(Hit { lang, number, weight: wording.weight, place });
        }
    }

    /// Sum of the weights of the stretch, log-odds.
    pub fn sum(&self) -> f64 {
        self.sum as f64 / 1000.0
    }

    /// How many different stems and pairs have a weight. Names never have one, so an exchanged name does not change the number.
    pub fn different(&self) -> u32 {
        self.different
    }

    /// Each place that was kept, with its part of the weight.
    pub fn places(&self) -> impl Iterator<Item = (Place, f64)> {
        self.hits.iter().map(|hit| {
            let times = self.seen[hit.lang as usize][hit.number as usize].times;
            (hit.place, from_thousandths(hit.weight) / f64::from(times))
        })
    }

    /// The words of the stretch that annotators may mark, and how likely each is.
    pub fn marks(&self) -> impl Iterator<Item = (Place, f64)> {
        self.marks.iter().map(|&(place, chance)| (place, from_thousandths(chance)))
    }
}

/// The indicators of learned wording, in the order of the heads.
pub const LEARNED: [Indicator; 2] = [Indicator::of("learned.propaganda"), Indicator::of("learned.credibility")];
/// A word that annotators may mark.
pub const MARKED: Indicator = Indicator::of("learned.marked");
