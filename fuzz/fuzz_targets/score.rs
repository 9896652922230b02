//! Any text: marks lie in it, contributions sum to the score, and neither what was scored before nor whether marks are kept matters.
#![no_main]

use std::cell::RefCell;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tabayyun::Engine;
use tabayyun::features::Extractor;
use tabayyun::features::extract::Options;

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::built_in);

thread_local! {
    static USED: RefCell<Extractor> = RefCell::default();
}

fuzz_target!(|text: &str| {
    USED.with_borrow_mut(|used| {
        let options = Options { min_words: 1, ..Options::default() };
        let explained = ENGINE.score_with(used, text, options);
        let bare = ENGINE.score_with(used, text, Options { evidence: false, ..options });
        assert_eq!(format!("{:?}", explained.heads), format!("{:?}", bare.heads));
        assert_eq!((explained.extract.status, explained.extract.words), (bare.extract.status, bare.extract.words));
        if text.len() % 16 == 0 {
            let fresh = ENGINE.score_with(&mut Extractor::default(), text, options);
            assert_eq!(format!("{fresh:?}"), format!("{explained:?}"));
        }
        for mark in &explained.extract.evidence {
            let words = &text[mark.bytes.range()];
            let (from, to) = (mark.chars.start as usize, mark.chars.end as usize);
            assert!(!words.is_empty() && text.chars().take(to).skip(from).eq(words.chars()));
            let passage = &explained.extract.passages[mark.passage as usize];
            assert!(passage.bytes.start <= mark.bytes.start && mark.bytes.end <= passage.bytes.end);
        }
        for head in explained.heads.iter().flatten() {
            let sum = head.baseline + head.contributions.iter().sum::<f64>();
            assert!((sum - head.log_odds).abs() < 1e-9 * (1.0 + head.log_odds.abs()));
            assert!(head.interval[0] <= head.score && head.score <= head.interval[1]);
            assert!((0.0..=1.0).contains(&head.interval[0]) && (0.0..=1.0).contains(&head.interval[1]));
        }
    });
});
