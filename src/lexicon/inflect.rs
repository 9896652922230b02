//! English forms: the spellings under which a word of a term is stored.

use super::term::{Form, Word};

/// Every regular form of `word`, itself first.
pub fn forms(word: &Word) -> Vec<String> {
    let w = word.folded.as_str();
    let mut out = vec![w.to_string()];
    if w.len() < 3 || !w.is_ascii() {
        return out;
    }
    match word.form {
        Form::Exact => {}
        Form::Nominal => out.push(with_s(w)),
        Form::Adjective => out.push(adverb(w)),
        Form::Verb => {
            out.push(with_s(w));
            out.extend(past_and_participle(w));
        }
    }
    out
}

fn is_vowel(c: u8) -> bool {
    matches!(c, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// Consonant + y, which turns into i before endings.
fn bends_y(w: &str) -> bool {
    let b = w.as_bytes();
    b.ends_with(b"y") && !is_vowel(b[b.len() - 2])
}

fn with_s(w: &str) -> String {
    match () {
        _ if bends_y(w) => format!("{}ies", &w[..w.len() - 1]),
        _ if ["s", "x", "z", "ch", "sh"].iter().any(|end| w.ends_with(end)) => format!("{w}es"),
        _ => format!("{w}s"),
    }
}

fn adverb(w: &str) -> String {
    match () {
        _ if bends_y(w) => format!("{}ily", &w[..w.len() - 1]),
        _ if w.ends_with("ic") => format!("{w}ally"),
        _ if w.ends_with("ll") => format!("{w}y"),
        _ if w.ends_with("le") && !is_vowel(w.as_bytes()[w.len() - 3]) => format!("{}y", &w[..w.len() - 1]),
        _ => format!("{w}ly"),
    }
}

fn past_and_participle(w: &str) -> Vec<String> {
    if bends_y(w) {
        return vec![format!("{}ied", &w[..w.len() - 1]), format!("{w}ing")];
    }
    if let Some(trunk) = w.strip_suffix("ie") {
        return vec![format!("{w}d"), format!("{trunk}ying")];
    }
    if let Some(trunk) = w.strip_suffix('e') {
        let keeps_e = w.ends_with("ee") || w.ends_with("oe") || w.ends_with("ye");
        return vec![format!("{w}d"), format!("{}ing", if keeps_e { w } else { trunk })];
    }
    let mut out = vec![format!("{w}ed"), format!("{w}ing")];
    if let [.., a, b, c] = *w.as_bytes()
        && !is_vowel(a)
        && is_vowel(b)
        && !is_vowel(c)
        && !matches!(c, b'w' | b'x' | b'y')
    {
        let last = c as char;
        out.extend([format!("{w}{last}ed"), format!("{w}{last}ing")]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regular_forms() {
        for (word, form, expected) in [
            ("agenda", Form::Nominal, "agenda agendas"),
            ("party", Form::Nominal, "party parties"),
            ("shameful", Form::Adjective, "shameful shamefully"),
            ("terrible", Form::Adjective, "terrible terribly"),
            ("angry", Form::Adjective, "angry angrily"),
            ("coy", Form::Adjective, "coy coyly"),
            ("heroic", Form::Adjective, "heroic heroically"),
            ("shrill", Form::Adjective, "shrill shrilly"),
            ("vile", Form::Adjective, "vile vilely"),
            ("clash", Form::Nominal, "clash clashes"),
            ("ploy", Form::Nominal, "ploy ploys"),
            ("agree", Form::Verb, "agree agrees agreed agreeing"),
            ("show", Form::Verb, "show shows showed showing"),
            ("slam", Form::Verb, "slam slams slamed slaming slammed slamming"),
            ("blast", Form::Verb, "blast blasts blasted blasting"),
            ("decry", Form::Verb, "decry decries decried decrying"),
            ("undermine", Form::Verb, "undermine undermines undermined undermining"),
            ("vie", Form::Verb, "vie vies vied vying"),
            ("said", Form::Exact, "said"),
        ] {
            let word = Word { folded: word.into(), ta_marbuta: false, form };
            assert_eq!(forms(&word).join(" "), expected);
        }
    }
}
