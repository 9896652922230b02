//! The lexicons of every language: packs and learned wording, built in or from a folder.

use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{LazyLock, OnceLock};

use crate::error::{Error, Result};
use crate::lexicon::Pack;
use crate::lexicon::compiled::{self, Lexicon, Source};
use crate::lexicon::learned::Learned;
use crate::model::Head;
use crate::text::Lang;

/// The lexicons of all languages. What is built in is unpacked when it is first asked for.
#[derive(Debug, Default)]
pub struct Lexicons {
    packs: OnceLock<Vec<Pack>>,
    lexicons: [OnceLock<Lexicon>; Lang::ALL.len()],
    /// First 16 hex digits of the SHA-256 over all files; names the state that a model was trained with.
    pub hash: String,
    version: u64,
}

/// What the binary carries.
struct Embedded {
    hash: &'static str,
    /// Compiled lexicons by language.
    images: [&'static [u8]; Lang::ALL.len()],
    sources: &'static [(&'static str, &'static str)],
}

static EMBEDDED: Embedded = include!(concat!(env!("OUT_DIR"), "/lexicons.rs"));

static BUILT_IN: LazyLock<Lexicons> = LazyLock::new(Lexicons::embedded);

/// The last number given to a state of any lexicons.
static VERSIONS: AtomicU64 = AtomicU64::new(0);

fn next_version() -> u64 {
    VERSIONS.fetch_add(1, Ordering::Relaxed) + 1
}

impl Lexicons {
    /// The lexicons that the binary carries.
    pub fn built_in() -> &'static Lexicons {
        &BUILT_IN
    }

    /// A fresh copy of what the binary carries, for callers that change it.
    pub fn embedded() -> Lexicons {
        Lexicons { hash: EMBEDDED.hash.into(), version: next_version(), ..Lexicons::default() }
    }

    /// Reads a folder laid out like `models/lexicons`: `<lang>/*.toml`, `<lang>/learned-<head>.tsv` and `<lang>/entities.txt`.
    pub fn from_folder(folder: &Path) -> Result<Lexicons> {
        let mut sources = Vec::new();
        for lang in Lang::ALL {
            let Ok(entries) = std::fs::read_dir(folder.join(lang.code())) else { continue };
            for entry in entries {
                let path = entry.map_err(Error::io(folder))?.path();
                let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
                if compiled::is_lexicon_file(&name) {
                    let text = std::fs::read_to_string(&path).map_err(Error::io(&path))?;
                    sources.push((format!("{}/{name}", lang.code()), text));
                }
            }
        }
        if sources.is_empty() {
            return Err(Error::table(folder.display().to_string(), "no lexicon files below ar/ or en/"));
        }
        Lexicons::build(sources)
    }

    /// Compiles lexicon files.
    pub fn build(mut sources: Vec<Source>) -> Result<Lexicons> {
        sources.sort();
        let packs = compiled::packs(&sources)?;
        let [ar, en] = Lang::ALL.map(|lang| Lexicon::build(lang, &packs, &sources));
        let lexicons = [OnceLock::from(ar?), OnceLock::from(en?)];
        Ok(Lexicons { packs: OnceLock::from(packs), lexicons, hash: compiled::fingerprint(&sources), version: next_version() })
    }

    /// The packs as read.
    ///
    /// # Panics
    /// If built-in packs do not parse, which building the program rules out.
    pub fn packs(&self) -> &[Pack] {
        self.packs.get_or_init(|| {
            let sources: Vec<Source> = EMBEDDED.sources.iter().map(|&(name, text)| (name.into(), text.into())).collect();
            compiled::packs(&sources).unwrap_or_else(|e| panic!("built-in packs: {e}"))
        })
    }

    /// The lexicon of a language.
    pub fn of(&self, lang: Lang) -> &Lexicon {
        self.lexicons[lang as usize].get_or_init(|| Lexicon::from_image(EMBEDDED.images[lang as usize]))
    }

    /// A number that no other lexicons of this process have, nor had these before [`Lexicons::learn`].
    pub fn version(&self) -> u64 {
        self.version
    }

    /// Replaces the learned wording of a language and head.
    pub fn learn(&mut self, lang: Lang, head: Head, learned: Learned) {
        self.of(lang);
        let lexicon = self.lexicons[lang as usize].get_mut().expect("read just now");
        lexicon.learned[head as usize] = learned;
        self.version = next_version();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_built_in_image_is_what_the_files_compile_to() {
        let sources: Vec<Source> = EMBEDDED.sources.iter().map(|&(name, text)| (name.into(), text.into())).collect();
        let compiled = Lexicons::build(sources).expect("built-in files");
        let built_in = Lexicons::built_in();
        assert_eq!(compiled.hash, built_in.hash);
        for lang in Lang::ALL {
            assert!(compiled.of(lang) == built_in.of(lang), "{}", lang.code());
        }
    }
}
