//! Any text as a pack, a gazetteer or learned wording: refused with its place, or a lexicon that a text can be scored with.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tabayyun::features::Extractor;
use tabayyun::features::extract::Options;
use tabayyun::lexicon::Pack;
use tabayyun::lexicons::Lexicons;

const FILES: [&str; 6] =
    ["ar/loaded.toml", "en/loaded.toml", "en/classes.toml", "ar/entities.txt", "en/learned-propaganda.tsv", "ar/learned-credibility.tsv"];
const TEXT: &str = "Informed sources said the shameful, so-called reform would destroy everything, “as always”.\n\
                    وزعمت مصادر مطلعة أن القرار الفاضح يهدف إلى تدمير البلاد ولم يعلق الوزير على ذلك.";

fuzz_target!(|data: (u8, &str)| {
    let (first, text) = data;
    let file = FILES[usize::from(first) % FILES.len()];
    if let Ok(pack) = Pack::parse(file, text) {
        let written = pack.to_toml();
        let again = Pack::parse(file, &written).expect("what was written can be read");
        assert_eq!(again.to_toml(), written);
    }
    match Lexicons::build(vec![(file.to_owned(), text.to_owned())]) {
        Err(error) => assert!(error.to_string().contains(file), "{error}"),
        Ok(lexicons) => {
            let extract = Extractor::default().extract(&lexicons, TEXT, Options::default());
            assert!(extract.evidence.iter().all(|mark| TEXT.get(mark.bytes.range()).is_some()));
        }
    }
});
