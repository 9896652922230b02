//! Disguised spelling: what hides words from machines changes scores by next to nothing, and a warning names it.

use std::sync::LazyLock;

use tabayyun::Engine;

static ENGINE: LazyLock<Engine> = LazyLock::new(Engine::built_in);

/// Mean change of either score that is allowed.
const TOLERANCE: f64 = 0.01;

fn texts(lang: &str) -> Vec<String> {
    let path = format!("{}/training-data/authored-{lang}.jsonl", env!("CARGO_MANIFEST_DIR"));
    let lines = std::fs::read_to_string(path).expect("authored articles");
    let text = |line: &str| serde_json::from_str::<serde_json::Value>(line).expect("JSON")["text"].as_str().map(String::from);
    lines.lines().filter_map(text).collect()
}

/// Rewrites every `step`th word of at least five letters.
fn words(text: &str, step: usize, rewrite: impl Fn(&str) -> String) -> String {
    let mut seen = 0;
    let piece = |piece: &str| {
        let (word, tail) = piece.split_at(piece.trim_end().len());
        if word.chars().count() < 5 || !word.chars().all(char::is_alphabetic) {
            return piece.to_string();
        }
        seen += 1;
        if seen % step == 0 { rewrite(word) + tail } else { piece.to_string() }
    };
    text.split_inclusive(char::is_whitespace).map(piece).collect()
}

fn insert(word: &str, sign: &str) -> String {
    let middle = word.char_indices().nth(word.chars().count() / 2).map_or(0, |(at, _)| at);
    format!("{}{sign}{}", &word[..middle], &word[middle..])
}

fn each_letter(text: &str, replace: impl Fn(char) -> char) -> String {
    text.chars().map(replace).collect()
}

/// Stretches the first letter that has no like neighbour, so that natural doubles stay what they are.
fn stretch(word: &str) -> String {
    let letters: Vec<char> = word.chars().collect();
    let at = (1..letters.len() - 1).find(|&at| letters[at] != letters[at - 1] && letters[at] != letters[at + 1]).unwrap_or(1);
    letters.iter().enumerate().flat_map(|(i, c)| std::iter::repeat_n(*c, if i == at { 4 } else { 1 })).collect()
}

fn space_out(word: &str) -> String {
    word.chars().map(String::from).collect::<Vec<_>>().join(" ")
}

/// Name, languages, the words of the warning, and the disguise.
type Disguise = (&'static str, &'static [&'static str], Option<&'static str>, fn(&str) -> String);

const DISGUISES: [Disguise; 14] = [
    ("tatweel", &["ar"], Some("tatweel"), |t| words(t, 3, |w| insert(w, "ـــ"))),
    ("harakat", &["ar"], None, |t| words(t, 2, |w| w.chars().flat_map(|c| [c, '\u{64e}']).collect())),
    ("zero width", &["ar", "en"], Some("invisible"), |t| words(t, 3, |w| insert(w, "\u{200b}"))),
    ("bidi controls", &["ar", "en"], Some("invisible"), |t| words(t, 3, |w| insert(w, "\u{202e}"))),
    ("presentation forms", &["ar"], Some("presentation forms"), |t| each_letter(t, |c| if c == 'ف' { 'ﻓ' } else { c })),
    ("full width", &["en"], Some("presentation forms"), |t| {
        words(t, 3, |w| each_letter(w, |c| char::from_u32(c as u32 + 0xFEE0).filter(|_| c.is_ascii_lowercase()).unwrap_or(c)))
    }),
    ("Cyrillic look-alikes", &["en"], Some("look-alike"), |t| {
        each_letter(t, |c| match c {
            'a' => 'а',
            'e' => 'е',
            'o' => 'о',
            c => c,
        })
    }),
    ("Persian and Urdu letters", &["ar"], None, |t| {
        each_letter(t, |c| match c {
            'ك' => 'ک',
            'ي' => 'ی',
            'ه' => 'ہ',
            c => c,
        })
    }),
    ("spaced letters", &["ar", "en"], Some("spaced words"), |t| words(t, 6, space_out)),
    ("stretched letters", &["ar", "en"], Some("stretched words"), |t| words(t, 3, stretch)),
    ("digits for letters", &["en"], Some("digits for letters"), |t| {
        words(t, 2, |w| {
            let inner = |(at, c): (usize, char)| match c {
                'e' if at > 0 && at + 1 < w.len() => '3',
                'o' if at > 0 && at + 1 < w.len() => '0',
                c => c,
            };
            let once: String = w.char_indices().map(inner).collect();
            if once.chars().filter(char::is_ascii_digit).count() * 2 < w.len() { once } else { w.into() }
        })
    }),
    ("signs inside words", &["ar", "en"], Some("signs inside words"), |t| words(t, 3, |w| insert(w, "*"))),
    ("mixed case", &["en"], None, |t| {
        words(t, 2, |w| w.char_indices().map(|(at, c)| if at % 2 == 1 { c.to_ascii_uppercase() } else { c }).collect())
    }),
    ("keyboard variants", &["ar"], None, |t| {
        each_letter(t, |c| match c {
            'أ' | 'إ' => 'ا',
            'ى' => 'ي',
            'ة' => 'ه',
            c => c,
        })
    }),
];

#[test]
fn disguises_change_next_to_nothing_and_are_named() {
    let mut report = String::new();
    let mut failed = false;
    for (name, langs, warning, disguise) in DISGUISES {
        for lang in langs {
            let (mut change, mut texts_read, mut warned) = ([0.0; 2], 0.0, 0.0);
            for text in texts(lang) {
                let (plain, hidden) = (ENGINE.score(&text), ENGINE.score(&disguise(&text)));
                let (Some(plain), Some(heads)) = (plain.heads, &hidden.heads) else { panic!("{name}: no score") };
                texts_read += 1.0;
                for head in 0..2 {
                    change[head] += (plain[head].score - heads[head].score).abs();
                }
                warned += f64::from(u8::from(warning.is_some_and(|w| hidden.warnings.iter().any(|x| x.contains(w)))));
            }
            let [propaganda, credibility] = change.map(|sum| sum / texts_read);
            report += &format!("{name} ({lang}): propaganda {propaganda:.4}, credibility {credibility:.4}, warned {warned}\n");
            failed |= propaganda > TOLERANCE || credibility > TOLERANCE || (warning.is_some() && warned < 0.9 * texts_read);
        }
    }
    assert!(!failed, "mean changes of scores:\n{report}");
}
