//! `tabayyun lexicon list | show | check | mine`.

use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::Outcome;
use crate::error::Error;
use crate::lexicon::check::check;
use crate::lexicon::{Indicator, Pack};
use crate::lexicons::Lexicons;
use crate::read::write_whole;
use crate::text::Lang;

#[derive(Debug, Args)]
pub struct LexiconArgs {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Count terms per indicator and language.
    List {
        /// Use the lexicons of this folder.
        #[arg(long, value_name = "FOLDER")]
        lexicons: Option<PathBuf>,
    },
    /// Show the groups of an indicator: why, strength, terms, examples.
    Show {
        /// An id as in `lexicon list`.
        indicator: String,
        /// Only this language.
        #[arg(long, value_name = "LANG", default_value = "auto", value_parser = super::parse_lang, hide_default_value = true)]
        lang: super::LangChoice,
        /// Use the lexicons of this folder.
        #[arg(long, value_name = "FOLDER")]
        lexicons: Option<PathBuf>,
    },
    /// Check packs: syntax, clashes, every example, layout.
    Check {
        /// A folder laid out like `models/lexicons`; the built-in packs unless given.
        folder: Option<PathBuf>,
        /// Rewrite files that are not laid out the one way packs are (comments are dropped).
        #[arg(long, requires = "folder")]
        fix: bool,
    },
    /// Learn weights of wording from labelled texts, names kept out.
    Mine(super::mine::MineArgs),
}

pub fn run(args: &LexiconArgs) -> anyhow::Result<Outcome> {
    match &args.action {
        Action::List { lexicons } => list(super::lexicons(lexicons.as_ref())?),
        Action::Show { indicator, lang, lexicons } => {
            let known = Indicator::from_id(indicator);
            let indicator =
                known.ok_or_else(|| anyhow::anyhow!("no indicator named `{indicator}`; see `tabayyun lexicon list`"))?;
            show(super::lexicons(lexicons.as_ref())?, indicator, lang.0)
        }
        Action::Check { folder, fix } => check_packs(folder.as_ref(), *fix),
        Action::Mine(args) => super::mine::run(args),
    }
}

fn list(lexicons: &Lexicons) -> anyhow::Result<Outcome> {
    let mut out = anstream::stdout().lock();
    writeln!(out, "{:<32} {:>7} {:>7}  meaning", "indicator", "ar", "en")?;
    let mut totals = [0; Lang::ALL.len()];
    for (number, definition) in crate::lexicon::indicator::INDICATORS.iter().enumerate() {
        let terms = Lang::ALL.map(|lang| {
            let packs = lexicons.packs().iter().filter(|p| p.lang == lang);
            let groups = packs.flat_map(|p| &p.groups).filter(|g| g.indicator == Indicator(number as u8));
            groups.map(|g| g.terms.len()).sum::<usize>()
        });
        totals.iter_mut().zip(terms).for_each(|(t, n)| *t += n);
        writeln!(out, "{:<32} {:>7} {:>7}  {}", definition.id, terms[0], terms[1], definition.meaning)?;
    }
    writeln!(out, "{:<32} {:>7} {:>7}", "terms in all", totals[0], totals[1])?;
    for lang in Lang::ALL {
        let [propaganda, credibility] = &lexicons.of(lang).learned;
        writeln!(out, "learned wording, {}: {} propaganda, {} credibility", lang.code(), propaganda.len(), credibility.len())?;
    }
    Ok(Outcome::Done)
}

fn show(lexicons: &Lexicons, indicator: Indicator, lang: Option<Lang>) -> anyhow::Result<Outcome> {
    let mut out = anstream::stdout().lock();
    writeln!(out, "{}: {}", indicator.id(), indicator.definition().meaning)?;
    for pack in lexicons.packs().iter().filter(|p| lang.is_none_or(|l| p.lang == l)) {
        for group in pack.groups.iter().filter(|g| g.indicator == indicator) {
            writeln!(out, "\n{}:{}  strength {}\n{}", pack.file, group.line, group.strength, group.why)?;
            let join = |list: &[crate::lexicon::pack::Located]| {
                list.iter().map(|t| t.text.as_str()).collect::<Vec<_>>().join(if pack.lang == Lang::Ar { "، " } else { ", " })
            };
            writeln!(out, "  terms: {}", join(&group.terms))?;
            if !group.except.is_empty() {
                writeln!(out, "  except: {}", join(&group.except))?;
            }
            group.hits.iter().try_for_each(|h| writeln!(out, "  + {}", h.text))?;
            group.misses.iter().try_for_each(|m| writeln!(out, "  - {}", m.text))?;
        }
    }
    Ok(Outcome::Done)
}

fn check_packs(folder: Option<&PathBuf>, fix: bool) -> anyhow::Result<Outcome> {
    let lexicons = super::lexicons(folder)?;
    let mut problems = Vec::new();
    for lang in Lang::ALL {
        problems.extend(check(&lexicons.of(lang).index, lexicons.packs()).iter().map(ToString::to_string));
    }
    if let Some(folder) = folder {
        for pack in lexicons.packs() {
            let path = folder.join(&pack.file);
            let written = std::fs::read_to_string(&path).map_err(Error::io(&path))?;
            match (written == pack.to_toml(), fix) {
                (true, _) => {}
                (false, true) => write_whole(&path, pack.to_toml())?,
                (false, false) => problems.push(format!("{}:1: not in the layout of packs; `--fix` rewrites it", pack.file)),
            }
        }
    }
    let mut out = anstream::stdout().lock();
    problems.iter().try_for_each(|p| writeln!(out, "{p}"))?;
    let terms: usize = Lang::ALL.iter().map(|l| lexicons.of(*l).index.terms()).sum();
    let packs = lexicons.packs().iter().map(|p: &Pack| p.groups.len()).sum::<usize>();
    writeln!(out, "{terms} terms in {packs} groups, {} problems", problems.len())?;
    Ok(if problems.is_empty() { Outcome::Done } else { Outcome::SomeRefused })
}
