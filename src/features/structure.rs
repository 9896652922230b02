//! Signs that no word shows but the shape of the text: figures, speech, and words held at arm's length in quotation marks.

use crate::lexicon::{Family, Forms, Index, Indicator, Match};
use crate::text::token::Quotation;
use crate::text::{Lang, Scan, Sentence, Token, flag, gap};

const FIGURE: Indicator = Indicator::of("named.figure");
const TIME: Indicator = Indicator::of("named.time");
const QUOTATION: Indicator = Indicator::of("named.quotation");
const SCARE_QUOTES: Indicator = Indicator::of("loaded.scare_quotes");

/// A quotation of at least so many words is somebody's speech.
const SPEECH: u32 = 5;
/// A quotation of at most so many words holds a term at arm's length.
const SCARE: u32 = 3;
/// So close behind a verb of saying, a short quotation is what was said: said he was "rescued".
const SAID: u32 = 3;

/// A sentence and what the packs found in it.
pub struct Read<'a> {
    /// The text.
    pub scan: &'a Scan,
    /// Its forms.
    pub forms: &'a Forms,
    /// Packs of its language.
    pub index: &'a Index,
    /// Its language.
    pub lang: Lang,
    /// The sentence.
    pub sentence: Sentence,
    /// What the packs found in it.
    pub matches: &'a [Match],
}

/// A sign and its tokens, from the first to behind the last.
pub struct Sign {
    /// Of what.
    pub indicator: Indicator,
    /// First token.
    pub start: u32,
    /// Token behind the last.
    pub end: u32,
    /// Whether the author speaks, though the words stand in quotation marks.
    pub by_author: bool,
}

impl Read<'_> {
    /// Numbers that count something: no years, no days of a date.
    pub fn figures(&self) -> impl Iterator<Item = Sign> {
        (self.sentence.start..self.sentence.end)
            .filter(|&token| self.scan.tokens[token as usize].is(flag::NUMBER) && self.counts_something(token))
            .map(|token| Sign { indicator: FIGURE, start: token, end: token + 1, by_author: false })
    }

    fn counts_something(&self, token: u32) -> bool {
        let at = &self.scan.tokens[token as usize];
        let digits = self.scan.folded(at);
        if !is_count(digits) || self.hangs_on(token) || self.names_its_noun(token) {
            return false;
        }
        // Folding leaves separators out: 2,019 is no year, 1.5 no day.
        let is_plain = (at.chars.end - at.chars.start) as usize == digits.len();
        let is_date = |m: &&Match| self.index.groups[m.group as usize].indicator == TIME;
        let mut dates = self.matches.iter().filter(is_date);
        // The day may stand just outside of what the pack marks: 14 ‹May 1955›.
        let around = u32::from(is_plain && is_day(digits));
        !(is_plain && (is_year(digits) || digits == b"0"))
            && !dates.any(|date| date.start < token + 1 + around && token < date.end + around)
    }

    /// Whether a hyphen ties a token to the one before it: COVID-19, 2017-02.
    fn hangs_on(&self, token: u32) -> bool {
        token > 0
            && self.scan.tokens[token as usize].gap & (gap::BREAKS_PHRASE | gap::SPACE | gap::NEWLINE | gap::QUOTE_OPEN) == 0
    }

    /// Whether a number is the name of what stands before it: page 12, article 4.
    fn names_its_noun(&self, token: u32) -> bool {
        token > self.sentence.start && self.forms.of(token - 1).is_numbered
    }

    /// Quotations long enough to be speech, or short enough to hold a term at arm's length.
    pub fn quotations(&self) -> impl Iterator<Item = Sign> {
        let Sentence { start, end, .. } = self.sentence;
        self.scan.quotations.iter().filter(move |q| q.start >= start && q.start < end).filter_map(move |quotation| {
            let indicator = match quotation.end - quotation.start {
                SPEECH.. => QUOTATION,
                ..=SCARE if self.may_hold_apart(quotation) && !self.names_a_thing(quotation) && !self.was_said(quotation) => {
                    SCARE_QUOTES
                }
                _ => return None,
            };
            let (start, end) = (quotation.start, quotation.end.min(end));
            Some(Sign { indicator, start, end, by_author: indicator == SCARE_QUOTES })
        })
    }

    /// Whether a short quotation can hold a term at arm's length. Arabic has no capitals that would tell the names which its papers
    /// put into quotation marks (parties, channels, people) from other words; there a pack must mark something in it.
    fn may_hold_apart(&self, quotation: &Quotation) -> bool {
        let family = |m: &Match| self.index.groups[m.group as usize].indicator.family();
        let is_charged = |m: &Match| !matches!(family(m), Family::NamedSourcing | Family::Attribution);
        let within = |m: &Match| m.start >= quotation.start && m.end <= quotation.end;
        self.lang == Lang::En || self.matches.iter().any(|m| within(m) && is_charged(m))
    }

    /// Whether a verb of saying stands close before a quotation.
    fn was_said(&self, quotation: &Quotation) -> bool {
        let says = |m: &Match| self.index.groups[m.group as usize].indicator.family() == Family::Attribution;
        self.matches.iter().any(|m| says(m) && m.start < quotation.start && quotation.start < m.end + SAID)
    }

    /// Whether a short quotation is a name rather than a word held at arm's length: «الجزيرة», "Game of Thrones", «إف 16»; or
    /// stands behind a word that announces a name: the company, the film, dubbed.
    fn names_a_thing(&self, quotation: &Quotation) -> bool {
        let tokens = &self.scan.tokens[quotation.start as usize..quotation.end as usize];
        let is_name =
            |t: &Token| t.flags & (flag::CAPITAL | flag::NUMBER | flag::ADDRESS) != 0 || self.index.is_name(self.scan.folded(t));
        tokens.iter().any(is_name) || (quotation.start > self.sentence.start && self.forms.of(quotation.start - 1).is_titled)
    }
}

/// Whether a token is a number, with a short unit at most: 800, 40km, 3rd; and no code, no decade (1930s), no byte that an
/// address escapes (%2F).
fn is_count(token: &[u8]) -> bool {
    const UNIT: usize = 12;
    let (number, unit) = token.split_at(token.iter().position(|b| !b.is_ascii_digit()).unwrap_or(token.len()));
    let is_decade = unit == b"s" && is_year(number);
    let is_escape = matches!(token, [b'2'..=b'5', b'a' | b'c'..=b'f']);
    !number.is_empty() && unit.len() <= UNIT && !unit.iter().any(u8::is_ascii_digit) && !is_decade && !is_escape
}

/// Whether digits are a year rather than a count: 1700–2099, written without a separator.
fn is_year(digits: &[u8]) -> bool {
    matches!(digits, [b'1', b'7'..=b'9', b'0'..=b'9', b'0'..=b'9'] | [b'2', b'0', b'0'..=b'9', b'0'..=b'9'])
}

/// Whether digits can be a day of a month: 1–31.
fn is_day(digits: &[u8]) -> bool {
    matches!(digits, [b'1'..=b'9'] | [b'0'..=b'2', b'0'..=b'9'] | [b'3', b'0'..=b'1'])
}

#[cfg(test)]
mod tests {
    use crate::Engine;

    /// Words of a text that are evidence of an indicator.
    fn found(text: &str, indicator: &str) -> Vec<String> {
        let explained = Engine::built_in().score(text);
        let evidence = explained.extract.evidence.iter().filter(|e| e.indicator.id() == indicator);
        evidence.map(|e| text[e.bytes.range()].to_owned()).collect()
    }

    #[test]
    fn figures_count_something() {
        let cases: &[(&str, &[&str])] = &[
            ("The court heard 14 witnesses in 2019 and fined the firm $2,500 on 3 May.", &["14", "2,500"]),
            ("In the 1930s some 300 workers lived here, and rents cost 5s a week until the 1990s.", &["300", "5s"]),
            ("Prices rose by 10.2% on April 29, 1937, and 1500 people lost their jobs then.", &["10.2", "1500"]),
            (
                "Files 57IydjhZP7 of 2017-02-27 told 2,019 people of 40km of COVID-19 news on the 3rd page.",
                &["2,019", "40km", "3rd"],
            ),
            ("Page 12 of chapter 3 lists 40 homes on Route 66; see share?to=%3A%2F for article 9.", &["40"]),
            ("جاء في المادة 12 من القانون وفي الصفحة رقم 7 أن على المالك دفع 300 دينار كل شهر.", &["300"]),
            ("وقال الوزير إن 840 موظفا نقلوا في 25 يناير 2011 وإن الكلفة بلغت 3.5 مليون.", &["840", "3.5"]),
            ("أقيم الحفل في عام ١٩٩٨ وحضره ١٢ ضيفا من خارج المدينة في يوليو ٢٠٠١.", &["١٢"]),
        ];
        for (text, figures) in cases {
            assert_eq!(found(text, "named.figure"), *figures, "{text}");
        }
    }

    #[test]
    fn names_and_speech_in_quotation_marks_are_not_held_at_arms_length() {
        let cases: &[(&str, &[&str])] = &[
            ("The spokesman described the remarks as \"preposterous\" in an interview on the radio this week.", &[]),
            ("Police said he was \"rescued\" on Sunday, and the count of the others went on for two days.", &[]),
            ("The \"reform\" that the council passed last week has cost the town its only library.", &["reform"]),
            ("وقال في تصريح لـ\"النهار الجديد\" إن الحي هادئ منذ الصباح وإن الناس عادوا إليه.", &[]),
            ("يتقدم «الحلواني» على منافسيه بعد فرز الأصوات في ست دوائر من المدينة القديمة.", &[]),
            ("The bypass, dubbed \"folly road\" by its builders, was opened to traffic on Monday morning by the mayor.", &[]),
            ("وقدم عرضا بعنوان «خيانة الأمانة» أمام جمهور كبير من أبناء المدينة مساء أمس.", &[]),
            ("واتهمته الصحيفة بـ«الخيانة» لأنه حضر الاجتماع من غير أن يخبر أحدا من رفاقه.", &["الخيانة"]),
        ];
        for (text, quoted) in cases {
            assert_eq!(found(text, "loaded.scare_quotes"), *quoted, "{text}");
        }
    }
}
