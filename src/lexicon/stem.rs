//! Light stems: one key for the forms of a word, for learning weights from text. Coarser than the readings of
//! [`super::clitics`], which decide whether a written term is there; a stem only has to be the same for the same word.

/// Prefixes of Arabic words, longest first, folded.
const ARABIC_PREFIXES: &[&str] = &["وبال", "وكال", "فبال", "وال", "فال", "بال", "كال", "ولل", "فلل", "ال", "لل", "وس", "فس", "و"];
/// Suffixes of Arabic words, longest first, folded.
const ARABIC_SUFFIXES: &[&str] =
    &["اتهم", "اتها", "اته", "تهم", "تها", "ات", "ان", "ون", "ين", "وا", "ها", "هم", "نا", "ته", "يه", "ه", "ي", "ا"];
/// English endings, longest first, with the shortest stem that they may leave.
const ENGLISH_SUFFIXES: &[(&str, usize)] =
    &[("ingly", 3), ("edly", 3), ("ies", 3), ("ing", 3), ("es", 4), ("ed", 3), ("ly", 4), ("s", 3), ("e", 4)];

/// The stem of a folded form: a part of it.
pub fn stem(form: &[u8], arabic: bool) -> &[u8] {
    if arabic { arabic_stem(form) } else { english_stem(form) }
}

fn arabic_stem(form: &[u8]) -> &[u8] {
    let mut stem = form;
    if let Some(prefix) = ARABIC_PREFIXES.iter().find(|p| stem.starts_with(p.as_bytes()) && stem.len() - p.len() >= 6) {
        stem = &stem[prefix.len()..];
    }
    // Twice, for an ending on a nisba: ارهابيين, ارهابيه, ارهابي.
    for _ in 0..2 {
        if let Some(suffix) = ARABIC_SUFFIXES.iter().find(|s| stem.ends_with(s.as_bytes()) && stem.len() - s.len() >= 6) {
            stem = &stem[..stem.len() - suffix.len()];
        }
    }
    stem
}

fn english_stem(form: &[u8]) -> &[u8] {
    if form.ends_with(b"ss") || form.ends_with(b"us") {
        return form;
    }
    match ENGLISH_SUFFIXES.iter().find(|(s, least)| form.ends_with(s.as_bytes()) && form.len() - s.len() >= *least) {
        Some((suffix, _)) => &form[..form.len() - suffix.len()],
        None => form,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_share_a_stem() {
        for forms in ["والمءامره المءامرات مءامرتهم مءامره", "ارهابي الارهابيه ارهابيين"]
        {
            let stems: std::collections::BTreeSet<&[u8]> = forms.split(' ').map(|f| stem(f.as_bytes(), true)).collect();
            assert_eq!(stems.len(), 1, "{forms}");
        }
        for forms in ["slam slams", "blasted blasting blasts blast", "undermine undermined undermines undermining"] {
            let stems: std::collections::BTreeSet<&[u8]> = forms.split(' ').map(|f| stem(f.as_bytes(), false)).collect();
            assert_eq!(stems.len(), 1, "{forms}");
        }
    }
}
