//! Quotation marks: speech, names, and words held at arm's length.

use super::{Read, Sign};
use crate::lexicon::{Family, Indicator, Match};
use crate::text::scan::LONGEST_QUOTATION;
use crate::text::token::Quotation;
use crate::text::{Sentence, Token, flag, gap};

const QUOTATION: Indicator = Indicator::of("named.quotation");
const SCARE_QUOTES: Indicator = Indicator::of("loaded.scare_quotes");

/// A quotation of at least so many words is somebody's speech.
const SPEECH: u32 = 5;
/// A quotation of at most so many words holds a term at arm's length.
const SCARE: u32 = 3;
/// So close behind a short quotation, a verb of saying tells whose words it holds: "has failed", she wrote.
const SAID: u32 = 3;

impl Read<'_> {
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
        quotation.start > self.sentence.start && self.forms.membership(quotation.start - 1).is_titled
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

#[cfg(test)]
mod tests {
    use crate::features::structure::tests::assert_found;

    #[test]
    fn words_of_a_name_are_no_wording() {
        assert_found(
            "loaded.glorification",
            &[
                ("The critics saw the film \"Lost Hero\" on the first night of the festival by the river.", &[]),
                ("The critics saw a hero in the film \"lost on the river\" on the first night of the festival.", &["hero"]),
                ("The critics saw the film \"The lost hero\" on the first night of the festival by the river.", &[]),
                ("\"He is a hero,\" the mayor said of the driver on the first night of the festival.", &["hero"]),
            ],
        );
    }

    #[test]
    fn speech_is_no_title() {
        assert_found(
            "named.quotation",
            &[
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
            ],
        );
    }

    #[test]
    fn names_and_speech_in_quotation_marks_are_not_held_at_arms_length() {
        assert_found(
            "loaded.scare_quotes",
            &[
                ("The spokesman described the remarks as \"preposterous\" in an interview on the radio this week.", &[]),
                ("Police said he was \"rescued\" on Sunday, and the count of the others went on for two days.", &[]),
                ("The plan \"has failed\", she wrote on the wall of the old town hall on the day of the last vote.", &[]),
                ("Mayor: the council is full of \"cowards\" who would rather sell the park than talk to the town.", &[]),
                ("She called the first answer \"weak\" and the second one \"absurd\" in front of the whole council.", &[]),
                ("<iframe width=\"640\" scrolling=\"no\" noresize frameborder=\"0\"> stands where the film of the day was.", &[]),
                ("عضو المجلس: الحملة رد على «المفلسين والمخربين» في المدينة وعلى من وقف معهم طوال السنة.", &[]),
                ("The \"reform\" that the council passed last week has cost the town its only library.", &[]),
                ("The \"traitors\" on the council have cost the town its only library in a single week.", &["traitors"]),
                ("The crowd sang along with \"Traitors\" until the last light of the day was out in the town.", &[]),
                ("وقال في تصريح لـ\"النهار الجديد\" إن الحي هادئ منذ الصباح وإن الناس عادوا إليه.", &[]),
                ("يتقدم «الحلواني» على منافسيه بعد فرز الأصوات في ست دوائر من المدينة القديمة.", &[]),
                ("The bypass, dubbed \"folly road\" by its builders, was opened to traffic on Monday morning by the mayor.", &[]),
                ("وتابع الجميع «مجزرة لبنان» على الشاشات طوال الليل قبل أن يعودوا إلى بيوتهم.", &[]),
                ("وتابع الجميع «مجزرة الحي» على الشاشات طوال الليل قبل أن يعودوا إلى بيوتهم.", &["مجزرة الحي"]),
                ("وقدم عرضا بعنوان «خيانة الأمانة» أمام جمهور كبير من أبناء المدينة مساء أمس.", &[]),
                ("واتهمته الصحيفة بـ«الخيانة» لأنه حضر الاجتماع من غير أن يخبر أحدا من رفاقه.", &["الخيانة"]),
            ],
        );
    }
}
