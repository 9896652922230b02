//! docs/FEATURES.md is generated from the registry. `UPDATE=1 cargo test --test documentation` rewrites it.

use std::fmt::Write;
use std::path::Path;

use tabayyun::features::{FEATURES, Push};
use tabayyun::lexicon::Family;

fn features_page() -> String {
    let mut page = String::from(
        "# Features\n\n<!-- Generated from the registry by `UPDATE=1 cargo test --test documentation`. -->\n\n\
         One row of the matrix holds these values for a passage (head `propaganda`) or a document (head `credibility`).\n\
         ↑ and ↓ say which way a feature is expected to push the head's score; · is a control without expectation, and nothing stands where the head does not read it. A feature whose\n\
         coefficient would point the other way is left out of a model; `tabayyun model show` prints what they learned.\n",
    );
    let arrow = |push| match push {
        Push::Up => "↑",
        Push::Down => "↓",
        Push::Open => "·",
        Push::Unread => " ",
    };
    for family in Family::ALL {
        write!(
            page,
            "\n## {}\n\n| feature | unit | propaganda | credibility | meaning |\n|---|---|---|---|---|\n",
            family.title()
        )
        .expect("write");
        for f in FEATURES.iter().filter(|f| f.family == family) {
            let (p, c) = (arrow(f.propaganda), arrow(f.credibility));
            writeln!(page, "| `{}` | {} | {p} | {c} | {} |", f.name, f.unit(), f.meaning).expect("write");
        }
    }
    page
}

#[test]
fn features_page_is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/FEATURES.md");
    let page = features_page();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().expect("folder")).expect("folder");
        std::fs::write(&path, &page).expect("writable");
    }
    let written = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(written == page, "run UPDATE=1 cargo test --test documentation");
}

#[test]
fn the_registry_is_sound() {
    assert!((40..=80).contains(&FEATURES.len()), "{}", FEATURES.len());
    let mut names: Vec<&str> = FEATURES.iter().map(|f| f.name).collect();
    names.sort_unstable();
    assert!(names.windows(2).all(|p| p[0] != p[1]));
    assert!(FEATURES.iter().all(|f| !f.meaning.is_empty() && f.meaning.len() < 90));
}
