//! Packs as files: schema, loading with the line of every error, and the one way they are laid out.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::Deserialize;
use toml::Spanned;

use super::indicator::{Family, Indicator};
use crate::error::{Error, Result};
use crate::text::Lang;

/// One lexicon file.
#[derive(Clone, Debug)]
pub struct Pack {
    /// Where it was read from.
    pub file: String,
    /// Its language.
    pub lang: Lang,
    /// Its family; `None` for a file of shared classes only.
    pub family: Option<Family>,
    /// Word classes, by name.
    pub classes: BTreeMap<String, Vec<Located>>,
    /// Groups of terms.
    pub groups: Vec<Group>,
}

/// A string and its line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Located {
    /// As written.
    pub text: String,
    /// 1-based line in the file.
    pub line: usize,
}

/// Terms of one indicator that share a reason, with their own examples.
#[derive(Clone, Debug)]
pub struct Group {
    /// What a match is evidence of.
    pub indicator: Indicator,
    /// Why it matters, in a sentence.
    pub why: String,
    /// 1 (mild) to 3 (strong).
    pub strength: u8,
    /// In the term language.
    pub terms: Vec<Located>,
    /// Phrases inside which a match does not count.
    pub except: Vec<Located>,
    /// Sentences in which the group must find something.
    pub hits: Vec<Located>,
    /// Sentences in which the group must find nothing.
    pub misses: Vec<Located>,
    /// Line of the group.
    pub line: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPack {
    lang: Lang,
    family: Option<String>,
    #[serde(default)]
    class: BTreeMap<String, Vec<Spanned<String>>>,
    #[serde(default)]
    group: Vec<RawGroup>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawGroup {
    indicator: Spanned<String>,
    why: String,
    #[serde(default = "mild")]
    strength: u8,
    terms: Vec<Spanned<String>>,
    #[serde(default)]
    except: Vec<Spanned<String>>,
    hits: Vec<Spanned<String>>,
    misses: Vec<Spanned<String>>,
}

fn mild() -> u8 {
    1
}

impl Pack {
    /// Reads a pack from its text; `file` names it in errors.
    pub fn parse(file: &str, text: &str) -> Result<Pack> {
        let breaks: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
        let line_of = |span: Range<usize>| 1 + breaks.partition_point(|at| *at < span.start);
        let fail = |line, reason: String| Error::Pack { file: file.into(), line, reason };
        let raw: RawPack = toml::from_str(text)
            .map_err(|e| fail(e.span().map_or(1, line_of), e.message().lines().collect::<Vec<_>>().join(" ")))?;
        let family = match &raw.family {
            Some(key) => Some(Family::from_key(key).ok_or_else(|| fail(1, format!("no family named `{key}`")))?),
            None if raw.group.is_empty() => None,
            None => return Err(fail(1, "a pack with groups needs a `family`".into())),
        };
        let locate = |list: Vec<Spanned<String>>| -> Vec<Located> {
            list.into_iter().map(|s| Located { line: line_of(s.span()), text: s.into_inner() }).collect()
        };
        let mut groups = Vec::with_capacity(raw.group.len());
        for group in raw.group {
            let line = line_of(group.indicator.span());
            let id = group.indicator.into_inner();
            let indicator = Indicator::from_id(&id).ok_or_else(|| fail(line, format!("no indicator named `{id}`")))?;
            if Some(indicator.family()) != family {
                return Err(fail(line, format!("`{id}` does not belong to the pack's family")));
            }
            if !(1..=3).contains(&group.strength) {
                return Err(fail(line, format!("strength {} is not 1, 2 or 3", group.strength)));
            }
            groups.push(Group {
                indicator,
                why: group.why,
                strength: group.strength,
                terms: locate(group.terms),
                except: locate(group.except),
                hits: locate(group.hits),
                misses: locate(group.misses),
                line,
            });
        }
        let classes = raw.class.into_iter().map(|(name, members)| (name, locate(members))).collect();
        Ok(Pack { file: file.into(), lang: raw.lang, family, classes, groups })
    }

    /// The pack in the one layout that all packs have. Comments do not survive: what is worth saying belongs into `why`.
    pub fn to_toml(&self) -> String {
        let mut out = format!("lang = \"{}\"\n", self.lang.code());
        if let Some(family) = self.family {
            out += &format!("family = \"{}\"\n", family.key());
        }
        if !self.classes.is_empty() {
            out += "\n[class]\n";
            for (name, members) in &self.classes {
                out += &list(&key(name), members, true);
            }
        }
        for group in &self.groups {
            out += &format!("\n[[group]]\nindicator = \"{}\"\nwhy = {}\n", group.indicator.id(), quoted(&group.why));
            if group.strength > 1 {
                out += &format!("strength = {}\n", group.strength);
            }
            out += &list("terms", &group.terms, true);
            if !group.except.is_empty() {
                out += &list("except", &group.except, true);
            }
            out += &list("hits", &group.hits, false);
            out += &list("misses", &group.misses, false);
        }
        out
    }
}

/// Width at which lists of terms wrap, characters.
const WIDTH: usize = 120;

fn list(name: &str, items: &[Located], filled: bool) -> String {
    let mut out = format!("{name} = [\n");
    let mut line = String::new();
    for item in items {
        let piece = format!("{},", quoted(&item.text));
        let fits = filled && line.chars().count() + piece.chars().count() + 3 <= WIDTH;
        if !line.is_empty() && !fits {
            out += &format!("  {line}\n");
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line += &piece;
    }
    if !line.is_empty() {
        out += &format!("  {line}\n");
    }
    out + "]\n"
}

/// A key as TOML writes it: in quotation marks only where it must.
fn key(name: &str) -> String {
    let is_bare = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    if is_bare { name.to_owned() } else { quoted(name) }
}

/// A string as TOML writes it.
fn quoted(text: &str) -> String {
    let mut out = String::from('"');
    for c in text.chars() {
        match c {
            '\\' | '"' => out.extend(['\\', c]),
            '\n' => out += "\\n",
            _ if c.is_ascii_control() => out += &format!("\\u{:04X}", u32::from(c)),
            _ => out.push(c),
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "lang = \"en\"\nfamily = \"unverifiable_claims\"\n\n[[group]]\nindicator = \"unverifiable.secrecy\"\n\
                        why = \"w\"\nterms = [\n  \"secret ..2 meeting\",\n]\nhits = [\n  \"A \\\"secret\\\" meeting.\",\n]\nmisses = [\n  \"x\",\n]\n";

    #[test]
    fn layout_is_stable() {
        let pack = Pack::parse("p.toml", GOOD).expect("good pack");
        assert_eq!(pack.to_toml(), GOOD);
        assert_eq!((pack.groups[0].line, pack.groups[0].terms[0].line), (5, 8));
    }

    /// Found by fuzzing: a control character was written as it is, which TOML does not read.
    #[test]
    fn what_is_written_can_be_read() {
        let odd = "lang = \"en\"\n[class]\n\"a b\" = [\"\\r\\u0000 \\t\\\\ \\u007F \\\"x\\\"\\n\"]\n\"\" = [\"y\"]\n";
        let pack = Pack::parse("p.toml", odd).expect("odd pack");
        let again = Pack::parse("p.toml", &pack.to_toml()).expect("what was written");
        let words = |pack: &Pack| pack.classes.iter().map(|(name, all)| (name.clone(), all[0].text.clone())).collect::<Vec<_>>();
        assert_eq!(words(&again), words(&pack));
        assert_eq!(words(&pack)[1].1, "\r\0 \t\\ \u{7f} \"x\"\n");
    }

    #[test]
    fn errors_name_file_and_line() {
        for (from, to, message) in [
            ("unverifiable.secrecy", "unverifiable.magic", "p.toml:5: no indicator named `unverifiable.magic`"),
            ("unverifiable.secrecy", "loaded.fear", "p.toml:5: `loaded.fear` does not belong"),
            ("why = \"w\"", "why = \"w\"\nstrength = 9", "p.toml:5: strength 9"),
            ("why = \"w\"", "why = 3", "p.toml:6: invalid type"),
            ("unverifiable_claims", "magic", "p.toml:1: no family named `magic`"),
            ("misses", "mises", "p.toml:13: unknown field `mises`"),
        ] {
            let error = Pack::parse("p.toml", &GOOD.replace(from, to)).expect_err(to).to_string();
            assert!(error.starts_with(message), "{error}");
        }
    }
}
