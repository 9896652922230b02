//! Figures that count something, and hours.

use super::{Read, Sign};
use crate::lexicon::{Indicator, Match};
use crate::text::{Sentence, Token, flag, gap};

const FIGURE: Indicator = Indicator::of("named.figure");
const TIME: Indicator = Indicator::of("named.time");
const PLACE: Indicator = Indicator::of("named.place");

/// How far before an item of a list the one before it is looked for, tokens.
const LONGEST_ITEM: u32 = 150;

impl Read<'_> {
    /// Numbers that count something, and hours that no pack marks.
    pub fn numbers(&self) -> impl Iterator<Item = Sign> {
        let is_number = |&token: &u32| self.is(token, flag::NUMBER);
        (self.sentence.start..self.sentence.end).filter(is_number).filter_map(|token| {
            let indicator = match self.is(token, flag::HOUR) {
                true if self.is_hour(token) => TIME,
                false if self.counts_something(token) => FIGURE,
                _ => return None,
            };
            Some(Sign { indicator, start: token, end: token + 1, by_author: false })
        })
    }

    /// Whether digits with a colon are an hour, rather than a score, a proportion or the running time of a film (00:52, or a row
    /// of them), and stand outside of what packs mark.
    fn is_hour(&self, token: u32) -> bool {
        let digits = self.scan.folded(&self.scan.tokens[token as usize]);
        let follows = |at: u32| self.gap(at) & gap::BREAKS_PHRASE == 0;
        let is_hour = |at: u32| self.is(at, flag::HOUR);
        let is_in_row = (token > 0 && follows(token) && is_hour(token - 1)) || (follows(token + 1) && is_hour(token + 1));
        matches!(digits.len(), 3 | 4) && !digits.starts_with(b"00") && !is_in_row && !self.stands_in_date(token, 0)
    }

    /// No years, no days of a date, no numbers that are names.
    fn counts_something(&self, token: u32) -> bool {
        let at = &self.scan.tokens[token as usize];
        let digits = self.scan.folded(at);
        if !is_count(digits)
            || self.is_part_of_code(token)
            || self.names_something(token)
            || self.is_footnote(token)
            || self.is_item(token)
        {
            return false;
        }
        // Folding leaves separators and 's out: 2,019 is no year, 1.5 no day, 80's a decade.
        let written = (at.chars.end - at.chars.start) as usize;
        let is_plain = written == digits.len();
        let is_year = is_plain && (is_year(digits) || (is_early_year(digits) && self.ends_phrase(token)));
        let is_decade = written == digits.len() + 2 && is_decade(digits);
        let is_padded = is_plain && digits[0] == b'0';
        if is_year || is_decade || is_padded || self.stands_in(PLACE, token, 0) {
            return false;
        }
        // The day may stand just outside of what the pack marks: 14 ‹May 1955›, 26 and ‹27 January›.
        let is_day = is_plain && is_day(digits);
        let joins = |t: &Token| [b"and", "و".as_bytes()].contains(&self.scan.folded(t));
        let is_first_day = is_day && self.scan.tokens.get(token as usize + 1).is_some_and(joins);
        let is_in_date = self.stands_in_date(token, u32::from(is_day)) || (is_first_day && self.stands_in_date(token + 2, 0));
        !is_in_date
    }

    fn stands_in_date(&self, token: u32, around: u32) -> bool {
        self.stands_in(TIME, token, around)
    }

    /// Whether a token stands in what packs mark as evidence of an indicator, or so many tokens from it.
    fn stands_in(&self, indicator: Indicator, token: u32, around: u32) -> bool {
        let is_of = |m: &&Match| self.index.groups[m.group as usize].indicator == indicator;
        self.matches.iter().filter(is_of).any(|found| found.start < token + 1 + around && token < found.end + around)
    }

    /// Whether a hyphen, a stroke or a full stop ties a number to the token before it (COVID-19, 9/11, BA.2), hyphens to two
    /// behind it (704-358-5059) or to a name (1-Keller), or a stroke to another number.
    fn is_part_of_code(&self, token: u32) -> bool {
        let has = |sign: u16, at: u32| self.gap(at) & (sign | gap::SPACE | gap::NEWLINE) == sign;
        (self.hangs_on(token) && !self.is_behind_clitic(token))
            || (self.hangs_on(token + 1) && (self.is(token + 1, flag::CAPITAL) || self.hangs_on(token + 2)))
            || (token > 0 && (has(gap::STROKE, token) || has(gap::STOP, token)))
            || (has(gap::STROKE, token + 1) && self.is(token + 1, flag::NUMBER))
    }

    /// Whether a number is the name of what stands before it (page 12, pages 12-15, Apollo 11), or stands
    /// alone or in a row of numbers (a calendar).
    fn names_something(&self, token: u32) -> bool {
        let Sentence { start, end, .. } = self.sentence;
        let goes_on = |at: u32| self.is(at, flag::NUMBER) && self.gap(at) & (gap::BREAKS_PHRASE & !gap::PERCENT) == 0;
        let is_row = |first: u32| self.is(first, flag::NUMBER) && goes_on(first + 1) && goes_on(first + 2);
        let is_alone = end - start == 1;
        if token == start || is_alone {
            return is_alone || is_row(token);
        }
        let is_in_row = (token.saturating_sub(2).max(start)..=token).any(is_row);
        // Not in the headline of an article that writes All Words Like Names.
        let is_behind_name = self.gap(token) == gap::SPACE
            && token - 1 > start
            && self.is(token - 1, flag::CAPITAL)
            && !self.is(token - 2, flag::CAPITAL);
        let is_behind_address = self.scan.tokens[token as usize - 1].is(flag::ADDRESS);
        is_behind_address
            || is_in_row
            || (is_behind_name && self.ends_phrase(token))
            || self.forms.membership(token - 1).is_numbered
    }

    /// Whether a number counts the items of a list: "(9) The mayor", "2017 2. Some", "12. Some" not far behind an "11."
    fn is_item(&self, token: u32) -> bool {
        let Sentence { start, end, .. } = self.sentence;
        if token == start {
            return self.gap(token + 1) & gap::OTHER != 0 && self.is(token + 1, flag::CAPITAL);
        }
        let is_numeral = |at: u32| self.is(at, flag::NUMBER) && self.gap(at + 1) & gap::STOP != 0;
        let value = |at: u32| std::str::from_utf8(self.scan.folded(&self.scan.tokens[at as usize])).ok()?.parse::<u32>().ok();
        let goes_on = || token + 1 < end || (self.is(token - 1, flag::NUMBER) && self.gap(token) & gap::BREAKS_PHRASE == 0);
        let counts_on = || {
            let before = value(token).and_then(|number| number.checked_sub(1));
            before.is_some() && (token.saturating_sub(LONGEST_ITEM)..token).any(|at| is_numeral(at) && value(at) == before)
        };
        is_numeral(token) && (goes_on() || counts_on())
    }

    /// Whether no word of the same phrase follows.
    fn ends_phrase(&self, token: u32) -> bool {
        token + 1 == self.sentence.end || self.gap(token + 1) & gap::BREAKS_PHRASE != 0
    }

    /// Whether a number stands alone in square brackets.
    fn is_footnote(&self, token: u32) -> bool {
        self.gap(token) & self.gap(token + 1) & gap::SQUARE != 0
    }

    /// Whether a number is written on to an Arabic particle: و15.
    fn is_behind_clitic(&self, token: u32) -> bool {
        let before = &self.scan.tokens[token as usize - 1];
        let is_particle = before.is(flag::ARABIC) && before.chars.end - before.chars.start <= 3;
        is_particle && before.bytes.end == self.scan.tokens[token as usize].bytes.start
    }

    /// Whether there is such a token and a bit of [`flag`] is set.
    fn is(&self, token: u32, flag: u8) -> bool {
        self.scan.tokens.get(token as usize).is_some_and(|t| t.is(flag))
    }

    /// What stands before a token, or behind the last.
    fn gap(&self, token: u32) -> u16 {
        self.scan.tokens.get(token as usize).map_or(self.scan.tail, |t| t.gap)
    }

    /// Whether a token hangs on one before it, by a hyphen or by nothing.
    fn hangs_on(&self, token: u32) -> bool {
        let parts = gap::BREAKS_PHRASE | gap::SPACE | gap::NEWLINE | gap::QUOTE_OPEN;
        token > 0 && (token as usize) < self.scan.tokens.len() && self.gap(token) & parts == 0
    }
}

/// Whether a token is a number, with a short unit at most: 800, 40km; and no code, no rank (20th), no decade (1930s), no
/// team (the 49ers), no byte that an address escapes (%2F).
fn is_count(token: &[u8]) -> bool {
    const UNIT: usize = 12;
    let (number, unit) = token.split_at(token.iter().position(|b| !b.is_ascii_digit()).unwrap_or(token.len()));
    let is_decade = unit == b"s" && is_decade(number);
    let is_rank = matches!(unit, b"st" | b"nd" | b"rd" | b"th" | b"ers");
    let is_escape = matches!(token, [b'2'..=b'5', b'a' | b'c'..=b'f']);
    !number.is_empty() && unit.len() <= UNIT && !unit.iter().any(u8::is_ascii_digit) && !is_rank && !is_decade && !is_escape
}

/// Whether digits are a year rather than a count: 1700–2099, written without a separator.
fn is_year(digits: &[u8]) -> bool {
    matches!(digits, [b'1', b'7'..=b'9', b'0'..=b'9', b'0'..=b'9'] | [b'2', b'0', b'0'..=b'9', b'0'..=b'9'])
}

/// Whether digits may be a year before those: 1000–1699.
fn is_early_year(digits: &[u8]) -> bool {
    matches!(digits, [b'1', b'0'..=b'6', b'0'..=b'9', b'0'..=b'9'])
}

/// Whether digits with an s behind them are a decade: 1930s, 80s.
fn is_decade(digits: &[u8]) -> bool {
    is_year(digits) || matches!(digits, [b'2'..=b'9', b'0'])
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
                ("The Report 01/02/18: since 9/11 the 12 ports spent 3/4 of it by the end of the 80's and '90s.", &["12"]),
                ("On Friday the paper [15] wrote of 14 ships, of pp. 12-15 and of 1-Keller, 2-Haddad.", &["14"]),
                ("They saw Apollo 11, two Category 4 storms, a Boeing 737, and 3,325 birds.", &["3,325"]),
                ("They met in May 2017 2. Some 30 left.", &["30"]),
                ("11. The sauce 12. Some fish 13. bread for 40.", &["40"]),
                ("Text size 50% 75% 100% 125% of it, and 40% more.", &["40"]),
                (
                    "(9) Perhaps BA.4.6 spread, as in 1552, to the 49ers; by 0956 some 1500 of them in 5µm gauze sat at 123 Keller St. in town.",
                    &["1500", "5µm"],
                ),
                ("وأصيب 15 شخصا و20 طفلا بفيروس كوفيد-19 وحدد الـ 13 من شهر إبريل موعدا.", &["15", "20"]),
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
                ("Storm at the pier 00:52 and goals in the cup 01:34 02:50 for the town of Harbour.", &[]),
                ("Watch the whole talk with the mayor of the town of Harbour below: 00:00", &[]),
                ("They met at 16:45 in the old town hall and left the place in the rain.", &["16:45"]),
                ("وبدأ العرض الساعة 10:45 مساء وحضره عدد كبير من سكان الحي القديم في المدينة.", &["10:45 مساء"]),
            ],
        );
    }
}
