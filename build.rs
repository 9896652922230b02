//! Lists the lexicon files, so that the binary carries every file of `models/lexicons` without a list kept by hand.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR").expect("set by cargo")).join("models/lexicons");
    println!("cargo::rerun-if-changed={}", folder.display());
    let mut files: Vec<PathBuf> = ["ar", "en"]
        .iter()
        .flat_map(|lang| fs::read_dir(folder.join(lang)).into_iter().flatten())
        .map(|entry| entry.expect("readable lexicon folder").path())
        .filter(|path| path.extension().is_some_and(|e| e == "toml" || e == "tsv" || e == "txt"))
        .collect();
    files.sort();
    let mut code = String::from("[\n");
    for path in files {
        println!("cargo::rerun-if-changed={}", path.display());
        let name = path.strip_prefix(&folder).expect("below the folder").to_string_lossy().replace('\\', "/");
        code += &format!("    ({name:?}, include_str!({:?})),\n", path.display().to_string());
    }
    let out = Path::new(&env::var("OUT_DIR").expect("set by cargo")).join("lexicons.rs");
    fs::write(out, code + "]\n").expect("writable build folder");
}
