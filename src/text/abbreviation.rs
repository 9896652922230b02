//! Words whose full stop ends nothing.

/// Words written short, folded, at most [`LONGEST`] bytes.
const ABBREVIATIONS: &[&[u8]] = &[
    b"mr", b"mrs", b"ms", b"dr", b"prof", b"gen", b"col", b"lt", b"capt", b"sgt", b"maj", b"sen", b"rep", b"gov", b"rev", b"hon",
    b"st", b"jr", b"sr", b"vs", b"no", b"nos", b"fig", b"approx", b"dept", b"inc", b"ltd", b"corp", b"jan", b"feb", b"aug",
    b"sept", b"oct", b"nov", b"dec", b"etc", b"al", b"ed", b"eds", b"pp", b"vol",
];
const LONGEST: usize = 6;

/// Whether a full stop behind a folded word belongs to the word: an abbreviation (Dec.) or an initial (J., د.).
pub fn is_abbreviated(form: &[u8], is_arabic: bool) -> bool {
    let letter = if is_arabic { 2 } else { 1 };
    form.len() <= letter || form.len() <= LONGEST && ABBREVIATIONS.contains(&form)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_and_short_forms_keep_their_full_stop() {
        for (form, expected) in [("dec", true), ("j", true), ("approx", true), ("december", false), ("it", false)] {
            assert_eq!(is_abbreviated(form.as_bytes(), false), expected, "{form}");
        }
        for (form, expected) in [("د", true), ("تم", false)] {
            assert_eq!(is_abbreviated(form.as_bytes(), true), expected, "{form}");
        }
    }
}
