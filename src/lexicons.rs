//! The lexicons of every language: packs and learned wording, built in or from a folder.

use std::path::Path;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use crate::error::{Error, Result};
use crate::lexicon::learned::Learned;
use crate::lexicon::{Index, Pack};
use crate::model::Head;
use crate::text::Lang;

/// The lexicon of one language.
#[derive(Debug)]
pub struct Lexicon {
    /// Authored packs, compiled.
    pub index: Index,
    /// Learned wording of the heads `propaganda` and `credibility`.
    pub learned: [Learned; 2],
}

/// The lexicons of all languages.
#[derive(Debug)]
pub struct Lexicons {
    /// The packs as read.
    pub packs: Vec<Pack>,
    lexicons: [Lexicon; Lang::ALL.len()],
    /// First 16 hex digits of the SHA-256 over all files; names the state that a model was trained with.
    pub hash: String,
    version: u64,
}

/// The last number given to a state of any lexicons.
static VERSIONS: AtomicU64 = AtomicU64::new(0);

fn next_version() -> u64 {
    VERSIONS.fetch_add(1, Ordering::Relaxed) + 1
}

/// A lexicon file: its path below the lexicon folder and its text.
pub type Source = (String, String);

static BUILT_IN: LazyLock<Result<Lexicons>> = LazyLock::new(Lexicons::embedded);

impl Lexicons {
    /// The lexicons that the binary carries.
    ///
    /// # Panics
    /// If they do not load, which the tests rule out.
    pub fn built_in() -> &'static Lexicons {
        BUILT_IN.as_ref().unwrap_or_else(|e| panic!("built-in lexicon: {e}"))
    }

    /// A fresh copy of what the binary carries, for callers that change it.
    pub fn embedded() -> Result<Lexicons> {
        let sources = include!(concat!(env!("OUT_DIR"), "/lexicons.rs"));
        Lexicons::build(sources.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect())
    }

    /// Reads a folder laid out like `models/lexicons`: `<lang>/*.toml`, `<lang>/learned-<head>.tsv` and `<lang>/entities.txt`.
    pub fn from_folder(folder: &Path) -> Result<Lexicons> {
        let mut sources = Vec::new();
        for lang in Lang::ALL {
            let Ok(entries) = std::fs::read_dir(folder.join(lang.code())) else { continue };
            for entry in entries {
                let path = entry.map_err(Error::io(folder))?.path();
                let name = path.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
                if [".toml", ".tsv", ".txt"].iter().any(|end| name.ends_with(end)) {
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
        let parse = |(name, text): &Source| Pack::parse(name, text);
        let packs = sources.iter().filter(|s| s.0.ends_with(".toml")).map(parse).collect::<Result<Vec<_>>>()?;
        let lexicon = |lang: Lang| -> Result<Lexicon> {
            let learned = |head: &str| {
                let name = format!("{}/learned-{head}.tsv", lang.code());
                sources.iter().find(|s| s.0 == name).map_or(Ok(Learned::default()), |s| Learned::parse(&s.0, &s.1))
            };
            let names = format!("{}/entities.txt", lang.code());
            let names = sources.iter().find(|s| s.0 == names).map_or("", |s| s.1.as_str());
            Ok(Lexicon { index: Index::build(lang, &packs, names)?, learned: [learned("propaganda")?, learned("credibility")?] })
        };
        let hash = crate::digest::hex16(sources.iter().flat_map(|(name, text)| [name.as_bytes(), text.as_bytes()]));
        Ok(Lexicons { lexicons: [lexicon(Lang::Ar)?, lexicon(Lang::En)?], packs, hash, version: next_version() })
    }

    /// The lexicon of a language.
    pub fn of(&self, lang: Lang) -> &Lexicon {
        &self.lexicons[lang as usize]
    }

    /// A number that no other lexicons of this process have, nor had these before [`Lexicons::learn`].
    pub fn version(&self) -> u64 {
        self.version
    }

    /// What is added to the numbers of learned wording, so that no two languages share any.
    pub fn first_number(&self, lang: Lang, head: usize) -> u32 {
        self.lexicons[..lang as usize].iter().map(|l| l.learned[head].numbers() as u32).sum()
    }

    /// Replaces the learned wording of a language and head.
    pub fn learn(&mut self, lang: Lang, head: Head, learned: Learned) {
        self.lexicons[lang as usize].learned[head as usize] = learned;
        self.version = next_version();
    }
}
