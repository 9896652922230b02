//! Signs that no word shows but the shape of the text: figures, speech, and words held at arm's length in quotation marks.

use crate::lexicon::{Family, Forms, Index, Indicator, Match};
use crate::text::scan::LONGEST_QUOTATION;
use crate::text::token::Quotation;
use crate::text::{Scan, Sentence, Token, flag, gap};

const FIGURE: Indicator = Indicator::of("named.figure");
const TIME: Indicator = Indicator::of("named.time");
const QUOTATION: Indicator = Indicator::of("named.quotation");
const SCARE_QUOTES: Indicator = Indicator::of("loaded.scare_quotes");

/// A quotation of at least so many words is somebody's speech.
const SPEECH: u32 = 5;
/// A quotation of at most so many words holds a term at arm's length.
const SCARE: u32 = 3;
/// So close behind a short quotation, a verb of saying tells whose words it holds: "has failed", she wrote.
const SAID: u32 = 3;

/// A sentence and what the packs found in it.
pub struct Read<'a> {
    /// The text.
    pub scan: &'a Scan,
    /// Its forms.
    pub forms: &'a Forms,
    /// Packs of its language.
    pub index: &'a Index,
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
    /// Numbers that count something, and hours that no pack marks.
    pub fn numbers(&self) -> impl Iterator<Item = Sign> {
        let is_number = |&token: &u32| self.scan.tokens[token as usize].is(flag::NUMBER);
        (self.sentence.start..self.sentence.end).filter(is_number).filter_map(|token| {
            let indicator = match self.scan.tokens[token as usize].is(flag::HOUR) {
                true if self.is_hour(token) => TIME,
                false if self.counts_something(token) => FIGURE,
                _ => return None,
            };
            Some(Sign { indicator, start: token, end: token + 1, by_author: false })
        })
    }

    /// Whether digits with a colon are an hour, rather than a score or a proportion, and stand outside of what packs mark.
    fn is_hour(&self, token: u32) -> bool {
        matches!(self.scan.folded(&self.scan.tokens[token as usize]).len(), 3 | 4) && !self.stands_in_date(token, 0)
    }

    /// No years, no days of a date, no numbers that are names.
    fn counts_something(&self, token: u32) -> bool {
        let at = &self.scan.tokens[token as usize];
        let digits = self.scan.folded(at);
        if !is_count(digits) || self.is_part_of_code(token) || self.names_something(token) {
            return false;
        }
        // Folding leaves separators out: 2,019 is no year, 1.5 no day.
        let is_plain = (at.chars.end - at.chars.start) as usize == digits.len();
        // The day may stand just outside of what the pack marks: 14 ‹May 1955›, 26 and ‹27 January›.
        let is_day = is_plain && is_day(digits);
        let joins = |t: &Token| [b"and", "و".as_bytes()].contains(&self.scan.folded(t));
        let is_first_day = is_day && self.scan.tokens.get(token as usize + 1).is_some_and(joins);
        let is_in_date = self.stands_in_date(token, u32::from(is_day)) || (is_first_day && self.stands_in_date(token + 2, 0));
        !is_in_date && !(is_plain && (is_year(digits) || digits == b"0"))
    }

    /// Whether a number stands in what packs mark as a time, or so many tokens from it.
    fn stands_in_date(&self, token: u32, around: u32) -> bool {
        let is_date = |m: &&Match| self.index.groups[m.group as usize].indicator == TIME;
        self.matches.iter().filter(is_date).any(|date| date.start < token + 1 + around && token < date.end + around)
    }

    /// Whether hyphens tie a number to the token before it (COVID-19, 2017-02) or to two behind it (704-358-5059).
    fn is_part_of_code(&self, token: u32) -> bool {
        let hangs_on = |token: u32| {
            let at = self.scan.tokens.get(token as usize);
            at.is_some_and(|t| t.gap & (gap::BREAKS_PHRASE | gap::SPACE | gap::NEWLINE | gap::QUOTE_OPEN) == 0)
        };
        (token > 0 && hangs_on(token)) || (hangs_on(token + 1) && hangs_on(token + 2))
    }

    /// Whether a number is the name of what stands before it (page 12, article 4), of an item in a list, or one of a row of
    /// numbers (a calendar).
    fn names_something(&self, token: u32) -> bool {
        let Sentence { start, end, .. } = self.sentence;
        let is_behind_address = token > 0 && self.scan.tokens[token as usize - 1].is(flag::ADDRESS);
        let is_number = |at: u32| self.scan.tokens.get(at as usize).is_some_and(|t| t.is(flag::NUMBER));
        let goes_on = |at: u32| is_number(at) && self.scan.tokens[at as usize].gap & gap::BREAKS_PHRASE == 0;
        let is_row = |first: u32| is_number(first) && goes_on(first + 1) && goes_on(first + 2);
        let is_in_row = (token.saturating_sub(2).max(start)..=token).any(is_row);
        is_behind_address || is_in_row || end - start == 1 || (token > start && self.forms.of(token - 1).is_numbered)
    }

    /// Quotations that reach into the sentence or start in it, and some that do not: they stand in the order in which they close.
    fn quotations_near(&self) -> &[Quotation] {
        let Sentence { start, end, .. } = self.sentence;
        let all = &self.scan.quotations;
        let from = all.partition_point(|q| q.end <= start);
        let to = all.partition_point(|q| q.end <= end + LONGEST_QUOTATION);
        &all[from..to]
    }

    /// Quotations long enough to be speech, or short enough to hold a term at arm's length.
    pub fn quotations(&self) -> impl Iterator<Item = Sign> {
        let Sentence { start, end, .. } = self.sentence;
        self.quotations_near().iter().filter(move |q| q.start >= start && q.start < end).filter_map(move |quotation| {
            let indicator = match quotation.end - quotation.start {
                _ if self.is_announced(quotation) => return None,
                SPEECH.. if !self.is_title(quotation) => QUOTATION,
                ..=SCARE if self.may_hold_apart(quotation) && !self.is_name(quotation) && !self.was_said(quotation) => {
                    SCARE_QUOTES
                }
                _ => return None,
            };
            let (start, end) = (quotation.start, quotation.end.min(end));
            Some(Sign { indicator, start, end, by_author: indicator == SCARE_QUOTES })
        })
    }

    /// Whether a match of a pack is part of the capitalised name of a thing, and no wording of the text: the film "Lost Hero".
    pub fn stands_in_name(&self, found: &Match) -> bool {
        let holds = |q: &&Quotation| q.start <= found.start && found.end <= q.end;
        let opens_high = |q: &&Quotation| self.scan.tokens[q.start as usize].is(flag::CAPITAL);
        self.is_charged(found) && self.quotations_near().iter().filter(holds).filter(opens_high).any(|q| self.is_announced(q))
    }

    /// Whether a match says more than who speaks.
    fn is_charged(&self, found: &Match) -> bool {
        let family = self.index.groups[found.group as usize].indicator.family();
        !matches!(family, Family::NamedSourcing | Family::Attribution)
    }

    /// Whether a short quotation can hold a term at arm's length: a pack must mark something in it. Of the others half are names,
    /// terms of art and words that are spoken of (docs/ACCURACY.md), and the scores do not miss them.
    fn may_hold_apart(&self, quotation: &Quotation) -> bool {
        self.matches.iter().any(|m| m.start >= quotation.start && m.end <= quotation.end && self.is_charged(m))
    }

    /// Whether a short quotation holds what somebody is quoted as saying: a verb of saying stands before it in its sentence, or
    /// close behind; or a colon before it, as behind the speaker of a headline.
    fn was_said(&self, quotation: &Quotation) -> bool {
        let says = |m: &Match| self.index.groups[m.group as usize].indicator.family() == Family::Attribution;
        let is_near = |m: &Match| m.start < quotation.start || (quotation.end..quotation.end + SAID).contains(&m.start);
        let before = &self.scan.tokens[self.sentence.start as usize + 1..=quotation.start as usize];
        self.matches.iter().any(|m| says(m) && is_near(m)) || before.iter().any(|t| t.gap & gap::COLON != 0)
    }

    /// Whether a quotation stands behind a word that announces a name: the company, the film, dubbed.
    fn is_announced(&self, quotation: &Quotation) -> bool {
        quotation.start > self.sentence.start && self.forms.of(quotation.start - 1).is_titled
    }

    /// Whether a short quotation is a name rather than a word held at arm's length: «الجزيرة», "Game of Thrones", «إف 16».
    fn is_name(&self, quotation: &Quotation) -> bool {
        let is_name =
            |t: &Token| t.flags & (flag::CAPITAL | flag::NUMBER | flag::ADDRESS) != 0 || self.index.is_name(self.scan.folded(t));
        self.scan.tokens[quotation.start as usize..quotation.end as usize].iter().any(is_name)
    }

    /// Whether a long quotation is a title rather than speech: Every Word of It Opens With a Capital, but for short ones.
    fn is_title(&self, quotation: &Quotation) -> bool {
        const SHORT: usize = 4;
        let opens_high = |t: &Token| t.is(flag::CAPITAL) || (t.is(flag::LATIN) && self.scan.folded(t).len() <= SHORT);
        self.scan.tokens[quotation.start as usize..quotation.end as usize].iter().all(opens_high)
    }
}

/// Whether a token is a number, with a short unit at most: 800, 40km; and no code, no rank (20th), no decade (1930s), no byte
/// that an address escapes (%2F).
fn is_count(token: &[u8]) -> bool {
    const UNIT: usize = 12;
    let (number, unit) = token.split_at(token.iter().position(|b| !b.is_ascii_digit()).unwrap_or(token.len()));
    let is_decade = unit == b"s" && is_year(number);
    let is_rank = matches!(unit, b"st" | b"nd" | b"rd" | b"th");
    let is_escape = matches!(token, [b'2'..=b'5', b'a' | b'c'..=b'f']);
    !number.is_empty() && unit.len() <= UNIT && !unit.iter().any(u8::is_ascii_digit) && !is_rank && !is_decade && !is_escape
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
            ("Files 57IydjhZP7 of 2017-02-27 told 2,019 people of 40km of COVID-19 news on the 3rd page.", &["2,019", "40km"]),
            ("Page 12 of chapter 3 lists 40 homes on Route 66; see share?to=%3A%2F for article 9.", &["40"]),
            ("جاء في المادة 12 من القانون وفي الصفحة رقم 7 أن على المالك دفع 300 دينار كل شهر.", &["300"]),
            ("On Dec. 24 and Nov. 8 some 30 callers rang 704-358-5059 for the 20th time.", &["30"]),
            ("Sources: https://example.org/97 97. https://example.org/98 98. They list 12 homes.\n4.", &["12"]),
            ("August: 1 2 3 4 5 6 7 8 are the days on which the 40 shops of the old town stay open until ten.", &["40"]),
            ("ووقعت أحداث يومي 26 و27 يناير بعد أن خرج 500 شخص إلى الشارع في المدينة.", &["500"]),
            ("وقال الوزير إن 840 موظفا نقلوا في 25 يناير 2011 وإن الكلفة بلغت 3.5 مليون.", &["840", "3.5"]),
            ("أقيم الحفل في عام ١٩٩٨ وحضره ١٢ ضيفا من خارج المدينة في يوليو ٢٠٠١.", &["١٢"]),
        ];
        for (text, figures) in cases {
            assert_eq!(found(text, "named.figure"), *figures, "{text}");
        }
    }

    #[test]
    fn hours_are_times() {
        let cases: &[(&str, &[&str])] = &[
            (
                "The shop opens at 9:30 a.m. on weekdays, and they won 3:2 at home that night in the cup.",
                &["9:30", "on weekdays"],
            ),
            ("وبدأ العرض الساعة 10:45 مساء وحضره عدد كبير من سكان الحي القديم في المدينة.", &["10:45"]),
        ];
        for (text, hours) in cases {
            let found = found(text, "named.time");
            assert!(hours.iter().any(|hour| found.iter().any(|f| f.contains(hour))), "{text}: {found:?}");
            assert!(found.iter().all(|f| !f.contains("3:2")), "{text}: {found:?}");
        }
    }

    #[test]
    fn words_of_a_name_are_no_wording() {
        let cases: &[(&str, &[&str])] = &[
            ("The critics saw the film \"Lost Hero\" on the first night of the festival by the river.", &[]),
            ("The critics saw a hero in the film \"lost on the river\" on the first night of the festival.", &["hero"]),
            ("\"He is a hero,\" the mayor said of the driver on the first night of the festival.", &["hero"]),
        ];
        for (text, words) in cases {
            assert_eq!(found(text, "loaded.glorification"), *words, "{text}");
        }
    }

    #[test]
    fn speech_is_no_title() {
        let cases: &[(&str, &[&str])] = &[
            (
                "She told the court: \"I was never asked to sign anything at all.\"",
                &["I was never asked to sign anything at all"],
            ),
            (
                "The report, \"Silent Rooms: Who Pays for the Empty Schools of the North\", came out in the spring of that year.",
                &[],
            ),
            ("وناقش الحضور بحثا تحت عنوان «لغة الخطاب في صحف المدينة بعد الحرب» في قاعة المكتبة العامة.", &[]),
            ("وقال المدير «لم يطلب منا أحد أن نوقع على شيء» ثم غادر القاعة.", &["لم يطلب منا أحد أن نوقع على شيء"]),
            // A mark that was never closed does not turn what lies between two others into speech.
            (
                "He called the plan\" weak. Then he said: \"Nobody asked me about it.\" He left with the \"reform\" in hand.",
                &["Nobody asked me about it"],
            ),
        ];
        for (text, speech) in cases {
            assert_eq!(found(text, "named.quotation"), *speech, "{text}");
        }
    }

    #[test]
    fn names_and_speech_in_quotation_marks_are_not_held_at_arms_length() {
        let cases: &[(&str, &[&str])] = &[
            ("The spokesman described the remarks as \"preposterous\" in an interview on the radio this week.", &[]),
            ("Police said he was \"rescued\" on Sunday, and the count of the others went on for two days.", &[]),
            ("The plan \"has failed\", she wrote on the wall of the old town hall on the day of the last vote.", &[]),
            ("Mayor: the council is full of \"cowards\" who would rather sell the park than talk to the town.", &[]),
            ("She called the first answer \"weak\" and the second one \"absurd\" in front of the whole council.", &[]),
            ("<iframe width=\"640\" scrolling=\"no\" noresize frameborder=\"0\"> stands where the film of the day was.", &[]),
            ("عضو المجلس: الحملة رد على «المفلسين والمخربين» في المدينة وعلى من وقف معهم طوال السنة.", &[]),
            ("The \"reform\" that the council passed last week has cost the town its only library.", &[]),
            ("The \"traitors\" on the council have cost the town its only library in a single week.", &["traitors"]),
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
