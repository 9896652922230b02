//! Scores by day, week, month or year.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::interval::Z;
use super::sums::Moments;

/// Sums of a day, by head.
pub(super) type ByDay = BTreeMap<Date, [Moments; 2]>;

/// Length of the periods of a timeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// One day.
    Day,
    /// Monday to Sunday.
    Week,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
}

/// Scores of a period.
#[derive(Clone, Debug, PartialEq)]
pub struct Period {
    /// Its first day.
    pub start: Date,
    /// Number of texts.
    pub n: u64,
    /// Mean score with its 95 % interval, by head; the interval for two texts and more.
    pub heads: [(f64, Option<(f64, f64)>); 2],
}

/// Most periods that one timeline has, as long as years allow it.
const MOST: usize = 62;

/// Days gathered into periods that are as short as keeps them to [`MOST`]; periods without a text are left out.
pub(super) fn periods(days: &ByDay) -> Option<(Step, Vec<Period>)> {
    let (first, last) = (days.keys().next()?, days.keys().next_back()?);
    let length = usize::try_from((*last - *first).get_days()).unwrap_or(usize::MAX) + 1;
    let step = match length {
        n if n <= MOST => Step::Day,
        n if n <= MOST * 7 => Step::Week,
        n if n <= MOST * 30 => Step::Month,
        _ => Step::Year,
    };
    let mut sums = ByDay::new();
    for (day, heads) in days {
        let sum = sums.entry(start(*day, step)).or_default();
        sum.iter_mut().zip(heads).for_each(|(a, b)| a.merge(b));
    }
    let periods = sums.into_iter().map(|(start, heads)| Period {
        start,
        n: heads[0].n,
        heads: heads.map(|m| (m.mean(), mean_interval(&m))),
    });
    Some((step, periods.collect()))
}

fn start(day: Date, step: Step) -> Date {
    let back = i64::from(day.weekday().to_monday_zero_offset());
    let days = match step {
        Step::Day => 0,
        Step::Week => back,
        Step::Month => i64::from(day.day()) - 1,
        Step::Year => i64::from(day.day_of_year()) - 1,
    };
    day.checked_sub(jiff::Span::new().days(days)).unwrap_or(day)
}

/// The 95 % interval of a mean by its own articles alone.
pub(super) fn mean_interval(moments: &Moments) -> Option<(f64, f64)> {
    let freedom = moments.n.checked_sub(1).filter(|f| *f > 0)?;
    let error = (moments.deviation() / freedom as f64 / moments.n as f64).sqrt();
    let factor = if freedom < 1000 { super::interval::student(freedom) } else { Z };
    Some(((moments.mean() - factor * error).max(0.0), (moments.mean() + factor * error).min(1.0)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn periods_fit_the_span() {
        let cases = [
            (vec![date(2026, 1, 1), date(2026, 2, 1)], Step::Day, vec![(date(2026, 1, 1), 1), (date(2026, 2, 1), 1)]),
            // 2026-01-01 is a Thursday.
            (
                vec![date(2026, 1, 1), date(2026, 1, 4), date(2026, 5, 4)],
                Step::Week,
                vec![(date(2025, 12, 29), 2), (date(2026, 5, 4), 1)],
            ),
            (vec![date(2024, 2, 29), date(2026, 5, 4)], Step::Month, vec![(date(2024, 2, 1), 1), (date(2026, 5, 1), 1)]),
            (vec![date(1900, 12, 31), date(2026, 5, 4)], Step::Year, vec![(date(1900, 1, 1), 1), (date(2026, 1, 1), 1)]),
        ];
        for (days, step, wanted) in cases {
            let mut sums = ByDay::new();
            for day in &days {
                sums.entry(*day).or_default().iter_mut().for_each(|m| m.add(0.5));
            }
            let (found, periods) = periods(&sums).unwrap();
            let periods: Vec<_> = periods.iter().map(|p| (p.start, p.n)).collect();
            assert_eq!((found, periods), (step, wanted), "{days:?}");
        }
        assert!(periods(&ByDay::new()).is_none());
    }
}
