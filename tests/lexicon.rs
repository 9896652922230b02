//! The packs: every example does what it says, files are laid out one way, sizes and neutrality hold.
//!
//! `UPDATE=1 cargo test --test lexicon` rewrites files that are not laid out as they should be.

use std::collections::BTreeSet;
use std::path::Path;

use tabayyun::lexicon::{Family, check};
use tabayyun::lexicons::Lexicons;
use tabayyun::text::{Lang, Scan};

fn folder() -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("models/lexicons")
}

#[test]
fn every_example_is_found_or_missed_as_its_pack_says() {
    let lexicons = Lexicons::built_in();
    for lang in Lang::ALL {
        let broken = check::check(&lexicons.of(lang).index, lexicons.packs());
        let list: Vec<String> = broken.iter().map(ToString::to_string).collect();
        assert!(list.is_empty(), "{}", list.join("\n"));
    }
}

/// What is wrong with the examples of a pack of one term.
fn broken(term: &str, hits: &[String], misses: &[String]) -> Vec<String> {
    let pack = format!(
        "lang = \"en\"\nfamily = \"loaded_terms\"\n\n[[group]]\nindicator = \"loaded.fear\"\nwhy = \"A test.\"\n\
         terms = [{term:?}]\nhits = {hits:?}\nmisses = {misses:?}\n"
    );
    let lexicons = Lexicons::build(vec![("en/test.toml".to_owned(), pack)]).expect("a pack");
    check::check(&lexicons.of(Lang::En).index, lexicons.packs()).iter().map(ToString::to_string).collect()
}

#[test]
fn examples_that_do_something_else_are_named() {
    let (found, other) = ("Wolves at the door.", "There is a wolf.");
    let one_of_each = "en/test.toml:5: a group needs at least one hit and one miss";
    for (hits, misses, expected) in [
        (&[found][..], &[other][..], None),
        (&[other], &[other], Some("en/test.toml:8: not found by loaded.fear: \"There is a wolf.\" (found: )")),
        (&[found], &[found], Some("en/test.toml:9: found by loaded.fear though it is a miss: \"Wolves at the door.\"")),
        (&[found], &[], Some(one_of_each)),
        (&[], &[other], Some(one_of_each)),
    ] {
        let [hit, miss] = [hits, misses].map(|examples| examples.iter().map(ToString::to_string).collect::<Vec<_>>());
        assert_eq!(broken("wolves at the door", &hit, &miss), Vec::from_iter(expected), "{hits:?} {misses:?}");
    }
}

#[test]
fn signs_between_the_words_of_a_term() {
    let joined = ["wolves at", "wolves  at", "wolves “at", "wolves” at", "wolves-at"];
    let parted = [
        "wolves, at",
        "wolves. at",
        "wolves? at",
        "wolves! at",
        "wolves % at",
        "wolves (at",
        "wolves: at",
        "wolves\n\nat",
        "wolves / at",
    ];
    let [hits, misses] =
        [&joined[..], &parted].map(|all| all.iter().map(|words| format!("There are {words} doors.")).collect::<Vec<_>>());
    assert_eq!(broken("wolves at doors", &hits, &misses), [""; 0]);
}

#[test]
fn files_are_laid_out_one_way() {
    for pack in Lexicons::built_in().packs() {
        let path = folder().join(&pack.file);
        let written = std::fs::read_to_string(&path).expect("pack");
        if std::env::var_os("UPDATE").is_some() {
            std::fs::write(&path, pack.to_toml()).expect("writable");
        } else {
            assert!(written == pack.to_toml(), "{}: run UPDATE=1 cargo test --test lexicon", pack.file);
        }
    }
}

#[test]
fn packs_have_their_first_size() {
    for lang in Lang::ALL {
        let terms = |family: &[Family]| -> usize {
            let packs = Lexicons::built_in().packs().iter().filter(|p| p.lang == lang);
            packs.filter(|p| p.family.is_some_and(|f| family.contains(&f))).flat_map(|p| &p.groups).map(|g| g.terms.len()).sum()
        };
        for (families, least) in [
            (&[Family::AnonymousSourcing, Family::Attribution][..], 150),
            (&[Family::UnverifiableClaims], 120),
            (&[Family::AttributedIntent], 150),
            (&[Family::OtherPersuasion], 200),
            (&[Family::LoadedTerms], 1200),
        ] {
            assert!(terms(families) >= least, "{lang:?} {families:?}: {}", terms(families));
        }
    }
}

#[test]
fn no_name_is_a_persuading_term() {
    // Phrases may hold a word that is also somebody's name (جمال، حماس); alone, such a word must not weigh.
    for lang in Lang::ALL {
        let names = std::fs::read_to_string(folder().join(lang.code()).join("entities.txt")).expect("gazetteer");
        let mut scan = Scan::default();
        let mut fold = |text: &str| -> Vec<String> {
            scan.read(text);
            scan.tokens.iter().map(|t| String::from_utf8_lossy(scan.folded(t)).into_owned()).collect()
        };
        let names: BTreeSet<String> = names.lines().flat_map(|l| fold(l.split('#').next().unwrap_or_default())).collect();
        let weighing = |f: Family| matches!(f, Family::LoadedTerms | Family::AttributedIntent | Family::OtherPersuasion);
        let packs = Lexicons::built_in().packs().iter().filter(|p| p.lang == lang && p.family.is_some_and(weighing));
        let mut found = Vec::new();
        for pack in packs {
            for term in pack.groups.iter().flat_map(|g| &g.terms).filter(|t| !t.text.contains(' ')) {
                for part in term.text.split('|') {
                    let word =
                        fold(part.trim_end_matches(".v").trim_end_matches(".a").trim_matches(['(', ')', '=', '?'])).join(" ");
                    if names.contains(&word) {
                        found.push(format!("{}:{}: {word}", pack.file, term.line));
                    }
                }
            }
        }
        assert!(found.is_empty(), "names as terms:\n{}", found.join("\n"));
    }
}
