//! What must hold of any text put together from passages: nothing of the source is lost, order and repetition change no propaganda
//! score, neutral text never raises it, and it does not matter who else is being scored.

use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::sample::{Index, subsequence};
use tabayyun::Engine;
use tabayyun::model::{Explained, Head};
use tabayyun::text::Scan;

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::built_in);
static PASSAGES: LazyLock<[Vec<String>; 2]> = LazyLock::new(|| ["ar", "en"].map(passages));

/// Authored passages of 20 to 100 words on one line: each is a passage of its own wherever it stands.
fn passages(lang: &str) -> Vec<String> {
    let path = format!("{}/training-data/passages-{lang}.jsonl", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).expect("authored passages");
    let passage = |line: &str| {
        let v: serde_json::Value = serde_json::from_str(line).expect("JSON");
        v["text"].as_str().expect("text").split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let fits = |text: &String| (20..=100).contains(&text.split(' ').count());
    text.lines().map(passage).filter(fits).collect()
}

/// Reports in neutral words, with who, when and where.
const NEUTRAL: [&str; 4] = [
    "The council said on Tuesday that the library in the old town would open at nine from Monday 4 May, according to a statement published on its website.",
    "The ministry reported that 14 of 20 schools in the district had received new desks by Thursday, and that the other six would follow in June.",
    "قالت البلدية في بيان يوم الثلاثاء إن مكتبة الحي القديم ستفتح أبوابها في التاسعة صباحا ابتداء من الاثنين 4 مايو في مبناها الجديد.",
    "وذكرت الوزارة أن 14 مدرسة من أصل 20 في المنطقة تسلمت مقاعد جديدة حتى يوم الخميس وأن المدارس الست الباقية ستتسلمها في يونيو.",
];

/// A letter or digit that must not be lost; tatweel alone is none.
fn is_letter(c: char) -> bool {
    c.is_ascii_alphanumeric() || ('ء'..='ي').contains(&c) && c != 'ـ'
}

fn log_odds(text: &str) -> [f64; 2] {
    let explained = ENGINE.score(text);
    Head::ALL.map(|head| explained.heads.as_ref().expect("prose")[head as usize].log_odds)
}

/// A few passages of one language.
fn some_passages() -> impl Strategy<Value = Vec<String>> {
    (0..2usize).prop_flat_map(|lang| {
        let all = &PASSAGES[lang];
        subsequence((0..all.len()).collect::<Vec<_>>(), 2..7)
            .prop_map(|rows| rows.into_iter().map(|row| all[row].clone()).collect())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(300) })]

    #[test]
    fn tokens_and_what_lies_between_them_are_the_source(text in "(?s).{0,300}") {
        let mut scan = Scan::default();
        scan.read(&text);
        let (mut end, mut chars) = (0, 0);
        for token in &scan.tokens {
            let range = token.bytes.range();
            prop_assert!(range.start >= end && range.end > range.start && text.is_char_boundary(range.start) && text.is_char_boundary(range.end));
            chars += text[end..range.start].chars().count();
            prop_assert_eq!(token.chars.start as usize, chars);
            chars += text[range.clone()].chars().count();
            prop_assert_eq!(token.chars.end as usize, chars);
            let between = &text[end..range.start];
            prop_assert!(!between.chars().any(is_letter), "{between:?} is in no token");
            end = range.end;
        }
        prop_assert!(!text[end..].chars().any(is_letter), "{:?} is in no token", &text[end..]);
    }

    #[test]
    fn the_order_of_passages_changes_no_propaganda_score(parts in some_passages(), turn in any::<Index>()) {
        let mut turned = parts.clone();
        turned.rotate_left(turn.index(parts.len()));
        turned.reverse();
        let (a, b) = (log_odds(&parts.join("\n\n"))[0], log_odds(&turned.join("\n\n"))[0]);
        prop_assert!((a - b).abs() < 1e-9, "{a} / {b}");
    }

    #[test]
    fn a_text_twice_has_the_propaganda_score_of_the_text(parts in some_passages()) {
        let text = parts.join("\n\n");
        let (once, twice) = (log_odds(&text)[0], log_odds(&format!("{text}\n\n{text}"))[0]);
        prop_assert!((once - twice).abs() < 1e-9, "{once} / {twice}");
    }

    #[test]
    fn a_passage_below_the_text_never_raises_it(parts in some_passages(), which in 0..2usize) {
        let text = parts.join("\n\n");
        let before = ENGINE.score(&text);
        let lang = before.extract.lang.expect("prose") as usize;
        let neutral = NEUTRAL[if lang == tabayyun::text::Lang::En as usize { which } else { 2 + which }];
        let (own, all) = (log_odds(neutral)[0], log_odds(&text)[0]);
        let after = log_odds(&format!("{text}\n\n{neutral}"))[0];
        // A mean by words: it moves towards what is added, so that neutral text lowers every text above it.
        prop_assert!((after - all) * (own - all) >= -1e-9 && (after - all).abs() <= (own - all).abs() + 1e-9);
        prop_assert!(own > all || after <= all + 1e-9, "{all} became {after}");
    }

    #[test]
    fn what_is_scored_beside_a_text_changes_nothing(parts in some_passages()) {
        use rayon::prelude::*;
        let alone: Vec<Explained> = parts.iter().map(|text| ENGINE.score(text)).collect();
        let together: Vec<Explained> = parts.par_iter().chain(parts.par_iter()).map(|text| ENGINE.score(text)).collect();
        for (one, other) in alone.iter().chain(&alone).zip(&together) {
            prop_assert_eq!(format!("{:?}", one.heads), format!("{:?}", other.heads));
        }
    }
}

#[test]
fn neutral_reports_stand_at_the_low_end() {
    for text in NEUTRAL {
        let explained = ENGINE.score(text);
        let propaganda = &explained.heads.as_ref().expect("prose")[Head::Propaganda as usize];
        assert!(propaganda.log_odds < propaganda.baseline, "{text}: {} / {}", propaganda.log_odds, propaganda.baseline);
    }
}

/// Credibility reads the document as a whole: said twice it is the same, but its lead is the first fifty words, so order moves it.
#[test]
fn order_moves_credibility_by_its_lead_alone_and_repetition_not_at_all() {
    let (mut twice, mut order) = (0.0f64, 0.0f64);
    for passages in PASSAGES.iter() {
        for parts in passages.chunks(4).take(60) {
            let text = parts.join("\n\n");
            let once = log_odds(&text)[1];
            twice = twice.max((log_odds(&format!("{text}\n\n{text}"))[1] - once).abs());
            let turned: Vec<&str> = parts.iter().rev().map(String::as_str).collect();
            order = order.max((log_odds(&turned.join("\n\n"))[1] - once).abs());
        }
    }
    eprintln!(
        "credibility log-odds move by {twice:.1e} when a text is said twice, by {order:.2} when its passages are turned round"
    );
    assert!(twice < 1e-9 && order < 2.0, "{twice} {order}");
}
