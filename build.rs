//! Compiles the lexicons when the program is built, with the code that compiles them when it runs: to read them at each start
//! would take longer than to score an article.
#![allow(dead_code, unused_imports, reason = "the program uses the rest of the modules that it shares")]

use std::path::{Path, PathBuf};
use std::{env, fs};

#[path = "src/digest.rs"]
mod digest;
#[path = "src/error.rs"]
mod error;
#[path = "src/lexicon/mod.rs"]
mod lexicon;
#[path = "src/text/mod.rs"]
mod text;

use lexicon::compiled::{self, Lexicon, Source};
use text::Lang;

fn main() {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("set by cargo")).join("models/lexicons");
    let out = PathBuf::from(env::var("OUT_DIR").expect("set by cargo"));
    for input in ["src/digest.rs", "src/error.rs", "src/lexicon", "src/text", "models/lexicons"] {
        println!("cargo::rerun-if-changed={input}");
    }
    let mut files: Vec<PathBuf> = Lang::ALL
        .iter()
        .flat_map(|lang| fs::read_dir(folder.join(lang.code())).expect("a lexicon folder for each language"))
        .map(|entry| entry.expect("readable lexicon folder").path())
        .filter(|path| compiled::is_lexicon_file(&path.to_string_lossy()))
        .collect();
    files.sort();
    let name = |path: &Path| path.strip_prefix(&folder).expect("below the folder").to_string_lossy().replace('\\', "/");
    let read = |path: &PathBuf| (name(path), fs::read_to_string(path).expect("a lexicon file in UTF-8"));
    let sources: Vec<Source> = files.iter().map(read).collect();
    let packs = compiled::packs(&sources).unwrap_or_else(|e| panic!("{e}"));
    let image = |lang: Lang| {
        let path = out.join(format!("{}.lexicon", lang.code()));
        let lexicon = Lexicon::build(lang, &packs, &sources).unwrap_or_else(|e| panic!("{e}"));
        fs::write(&path, lexicon.image()).expect("writable build folder");
        format!("include_bytes!({:?})", path.display().to_string())
    };
    let images = Lang::ALL.map(image).join(", ");
    let source = |(path, (name, _)): (&PathBuf, &Source)| format!("({name:?}, include_str!({:?}))", path.display().to_string());
    let texts: Vec<String> = files.iter().zip(&sources).map(source).collect();
    let hash = compiled::fingerprint(&sources);
    let code = format!("Embedded {{ hash: {hash:?}, images: [{images}], sources: &[{}] }}\n", texts.join(", "));
    fs::write(out.join("lexicons.rs"), code).expect("writable build folder");
}
