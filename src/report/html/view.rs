//! What the template of a report shows, all of it worked out.

use super::article::{self, Article};
use crate::Engine;
use crate::features::FEATURES;
use crate::lexicon::Family;
use crate::model::file::Band;
use crate::model::logistic::sigmoid;
use crate::model::{Explained, Explanation, Head, aspect};
use crate::read::Document;
use crate::report::words::Words;
use crate::report::{NOTICE, facts, safe};
use crate::text::Lang;

/// Contributions listed by themselves.
const STRONGEST: usize = 14;

/// A report.
pub struct View {
    /// Its place on the page, from 1.
    pub number: usize,
    /// Anchor.
    pub anchor: String,
    /// Title or name of the text.
    pub title: String,
    /// Where it is from, and how it begins.
    pub origin: Vec<String>,
    /// Language and length.
    pub size: Option<String>,
    /// Why there is no score.
    pub refusal: Option<String>,
    /// Both scores.
    pub scores: Vec<Score>,
    /// Parts of the credibility score.
    pub aspects: Vec<Meter>,
    /// The text with its marks.
    pub article: Article,
    /// Families of the marks, for the legend.
    pub legend: Vec<(&'static str, &'static str)>,
    /// Evidence counted by family.
    pub counts: Vec<Count>,
    /// Techniques with how much evidence speaks for them.
    pub techniques: Vec<(&'static str, usize)>,
    /// What a reader should know.
    pub warnings: Vec<String>,
    /// Which models answered.
    pub models: Vec<String>,
    /// The line that every report carries.
    pub notice: &'static str,
    /// Version of the program.
    pub version: &'static str,
}

/// A head's answer.
pub struct Score {
    /// Its key.
    pub key: &'static str,
    /// Its name.
    pub name: &'static str,
    /// Class of its band: `good`, `middling`, `bad`.
    pub tone: &'static str,
    /// Name of the band.
    pub band: &'static str,
    /// Score in per cent, in words.
    pub percent: String,
    /// Interval in words.
    pub interval: String,
    /// Score, interval and edges of the bands, 0 to 100.
    pub at: String,
    /// See `at`.
    pub from: String,
    /// Width of the interval.
    pub width: String,
    /// Edges of the bands.
    pub low: String,
    /// See `low`.
    pub high: String,
    /// Width of the high band.
    pub rest: String,
    /// What the training texts of the band were; English.
    pub meaning: String,
    /// The contributions, from the average text to the score.
    pub steps: Vec<Step>,
}

/// A part of a score from 0 to 100.
pub struct Meter {
    /// What it is called.
    pub name: &'static str,
    /// What it asks.
    pub question: &'static str,
    /// In words.
    pub percent: String,
    /// 0 to 100.
    pub at: String,
}

/// A line of the waterfall.
pub struct Step {
    /// Class: `up`, `down`, `start`, `sum`.
    pub class: &'static str,
    /// Class of the family.
    pub family: &'static str,
    /// What it is.
    pub meaning: String,
    /// Its value with the unit.
    pub value: String,
    /// What it adds.
    pub adds: String,
    /// Bar, 0 to 100.
    pub x: String,
    /// See `x`.
    pub width: String,
}

/// Evidence of a family.
pub struct Count {
    /// Class of the family.
    pub class: &'static str,
    /// Its name.
    pub name: &'static str,
    /// By the author, quoted, after a negation.
    pub counts: [String; 3],
}

impl View {
    /// Works out a report.
    pub fn new(engine: &Engine, document: &Document, explained: &Explained, words: Words, number: usize) -> View {
        let (title, origin) = heading(document);
        let article = article::article(engine, &document.text, explained, words);
        let heads = explained.heads.as_ref();
        let marked = |class: &str| article.whys.iter().any(|why| why.reasons.iter().any(|reason| reason.class == class));
        let families = || Family::ALL.into_iter().filter(|family| *family != Family::Form);
        let legend = families().map(|f| (article::class(f), words.say(f.title()))).filter(|(class, _)| marked(class)).collect();
        let count = |(family, counts): (Family, [usize; 3])| Count {
            class: article::class(family),
            name: words.say(family.title()),
            counts: counts.map(facts::thousands),
        };
        View {
            number,
            anchor: format!("r{number}"),
            title: safe::clean(&title).into_owned(),
            origin: origin.iter().map(|name| safe::clean(name).into_owned()).collect(),
            size: size(explained, words),
            refusal: heads.is_none().then(|| words.retell(&facts::refusal(explained))),
            scores: heads
                .iter()
                .flat_map(|heads| heads.iter())
                .filter_map(|head| score(engine, explained, head, words))
                .collect(),
            aspects: heads.map(|heads| meters(&heads[Head::Credibility as usize], words)).unwrap_or_default(),
            legend,
            counts: heads.map(|_| facts::counts(explained).into_iter().map(count).collect()).unwrap_or_default(),
            techniques: facts::techniques(explained).into_iter().map(|(t, n)| (words.say(t.title()), n)).collect(),
            warnings: facts::warnings(document, explained).iter().map(|w| safe::clean(&words.retell(w)).into_owned()).collect(),
            models: heads.map(|_| facts::models(engine, explained)).unwrap_or_default(),
            notice: words.say(NOTICE),
            version: env!("CARGO_PKG_VERSION"),
            article,
        }
    }
}

/// A page's heading and where the text is from: without a title, how the text begins says more than the name of its file.
fn heading(document: &Document) -> (String, Vec<String>) {
    let (name, mut origin) = facts::names(document);
    let opening = if document.title.is_none() { origin.pop() } else { None };
    match opening {
        Some(opening) => (opening, origin.into_iter().chain([name.to_owned()]).collect()),
        None => (name.to_owned(), origin),
    }
}

fn size(explained: &Explained, words: Words) -> Option<String> {
    let extract = &explained.extract;
    let lang = words.say(match extract.lang? {
        Lang::Ar => "Arabic",
        Lang::En => "English",
    });
    let numbers = [extract.words as usize, extract.sentences.len(), extract.passages.len()].map(facts::thousands);
    Some(format!("{lang} · {}", words.fill("{} words, {} sentences, {} passages", &numbers.each_ref().map(String::as_str))))
}

fn score(engine: &Engine, explained: &Explained, head: &Explanation, words: Words) -> Option<Score> {
    let model = &engine.models.of(head.head, explained.extract.lang?).model;
    let [low, high] = head.interval;
    let good = if head.head == Head::Propaganda { Band::Low } else { Band::High };
    let caution = facts::open_band(model, head.interval).map(|c| format!(" {}", words.say(c))).unwrap_or_default();
    Some(Score {
        key: head.head.key(),
        name: words.say(facts::head(head.head)),
        tone: match head.band {
            Band::Medium => "middling",
            band if band == good => "good",
            _ => "bad",
        },
        band: words.say(head.band.key()),
        percent: facts::percent(head.score),
        interval: words.fill("95 % interval {}", &[&words.figures(&facts::interval(head.interval))]),
        at: place(head.score),
        from: place(low),
        width: place(high - low),
        low: place(model.bands.low),
        high: place(model.bands.high),
        rest: place(1.0 - model.bands.high),
        // A number and its sign stay on one line.
        meaning: (facts::band_meaning(model, head.band, words) + &caution).replace(" %", "\u{a0}%"),
        steps: steps(head, words),
    })
}

/// From the average text to the score, in log-odds: strongest first, each bar where the one before it ended.
fn steps(head: &Explanation, words: Words) -> Vec<Step> {
    let (columns, others, rest) = facts::strongest(head, STRONGEST);
    let mut parts: Vec<(f64, &str, String, String)> = columns
        .iter()
        .map(|&column| {
            let feature = &FEATURES[column];
            let value = facts::value(column, head.values[column], words);
            (head.contributions[column], article::class(feature.family), words.say(feature.meaning).to_owned(), value)
        })
        .collect();
    if others > 0 {
        parts.push((rest, "form", words.fill("{} further signs", &[&others.to_string()]), String::new()));
    }
    let ends: Vec<f64> = parts
        .iter()
        .scan(head.baseline, |sum, part| Some(std::mem::replace(sum, *sum + part.0)))
        .chain([head.log_odds])
        .collect();
    let (least, most) = ends.iter().fold((0.0f64, 0.0f64), |(least, most), end| (least.min(*end), most.max(*end)));
    let scale = |x: f64| 100.0 * (x - least) / (most - least).max(1e-9);
    let step = |class, family, meaning, value, part: f64, from: f64, to: f64| Step {
        class,
        family,
        meaning,
        value,
        adds: facts::signed(part).trim().to_owned(),
        x: format!("{:.2}", scale(from.min(to))),
        width: format!("{:.2}", (scale(from) - scale(to)).abs().max(0.4)),
    };
    let average = words.say("average training text").to_owned();
    let mut steps =
        vec![step("start", "form", average, facts::percent(sigmoid(head.baseline)), head.baseline, 0.0, head.baseline)];
    for (at, (part, family, meaning, value)) in parts.into_iter().enumerate() {
        let class = if part >= 0.0 { "up" } else { "down" };
        steps.push(step(class, family, meaning, value, part, ends[at], ends[at + 1]));
    }
    let sum = words.fill("sum, which is {}", &[&facts::percent(head.score)]);
    steps.push(step("sum", "form", sum, String::new(), head.log_odds, 0.0, head.log_odds));
    steps
}

fn meters(credibility: &Explanation, words: Words) -> Vec<Meter> {
    let meter = |part: aspect::Part| Meter {
        name: words.say(part.aspect.key()),
        question: words.say(part.aspect.question()),
        percent: facts::percent(part.score),
        at: place(part.score),
    };
    aspect::parts(credibility).into_iter().map(meter).collect()
}

/// A share as a place from 0 to 100.
fn place(share: f64) -> String {
    format!("{:.2}", share * 100.0)
}
