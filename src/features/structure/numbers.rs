//! Figures that count something, and hours.

use super::{Read, Sign};
use crate::lexicon::{Indicator, Match};
use crate::text::{Sentence, Token, flag, gap};

const FIGURE: Indicator = Indicator::of("named.figure");
const TIME: Indicator = Indicator::of("named.time");

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
    use crate::features::structure::tests::assert_found;

    #[test]
    fn figures_count_something() {
        assert_found(
            "named.figure",
            &[
                ("The court heard 14 witnesses in 2019 and fined the firm $2,500 on 3 May.", &["14", "2,500"]),
                ("In the 1930s some 300 workers lived here, and rents cost 5s a week until the 1990s.", &["300", "5s"]),
                ("Prices rose by 10.2% on April 29, 1937, and 1500 people lost their jobs then.", &["10.2", "1500"]),
                (
                    "Files 57IydjhZP7 of 2017-02-27 told 2,019 people of 40km of COVID-19 news on the 3rd page.",
                    &["2,019", "40km"],
                ),
                ("Page 12 of chapter 3 lists 40 homes on Route 66; see share?to=%3A%2F for article 9.", &["40"]),
                ("جاء في المادة 12 من القانون وفي الصفحة رقم 7 أن على المالك دفع 300 دينار كل شهر.", &["300"]),
                ("On Dec. 24 and Nov. 8 some 30 callers rang 704-358-5059 for the 20th time.", &["30"]),
                ("Sources: https://example.org/97 97. https://example.org/98 98. They list 12 homes.\n4.", &["12"]),
                ("August: 1 2 3 4 5 6 7 8 are the days on which the 40 shops of the old town stay open until ten.", &["40"]),
                ("ووقعت أحداث يومي 26 و27 يناير بعد أن خرج 500 شخص إلى الشارع في المدينة.", &["500"]),
                ("وقال الوزير إن 840 موظفا نقلوا في 25 يناير 2011 وإن الكلفة بلغت 3.5 مليون.", &["840", "3.5"]),
                ("أقيم الحفل في عام ١٩٩٨ وحضره ١٢ ضيفا من خارج المدينة في يوليو ٢٠٠١.", &["١٢"]),
            ],
        );
    }

    #[test]
    fn hours_are_times() {
        assert_found(
            "named.time",
            &[
                ("The shop opens at 9:30 a.m. on weekdays, and they won 3:2 at home that night in the cup.", &["9:30 a.m"]),
                ("They met at 16:45 in the old town hall and left the place in the rain.", &["16:45"]),
                ("وبدأ العرض الساعة 10:45 مساء وحضره عدد كبير من سكان الحي القديم في المدينة.", &["10:45 مساء"]),
            ],
        );
    }
}
