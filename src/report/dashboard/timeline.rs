//! Both mean scores over time.

use jiff::civil::Date;

use super::words::{Words, count, fill, number, percent, percent_in};
use crate::model::Head;
use crate::report::plot::{Axis, Frame, Svg};
use crate::sources::{Period, Step};

const SIZE: (f64, f64) = (500.0, 320.0);
/// Part of the frame's height that the bars of counts take at most.
const COUNTS: f64 = 0.22;
/// About how many days are written along the axis.
const TICKS: usize = 4;

/// The plot and its numbers.
pub struct Timeline {
    pub note: String,
    pub plot: String,
    /// Name of a period.
    pub step: String,
    /// Period, number of texts, both scores.
    pub rows: Vec<(String, String, [String; 2])>,
}

impl Timeline {
    pub fn of(step: Step, periods: &[Period], w: &Words) -> Timeline {
        let name = match step {
            Step::Day => &w.day,
            Step::Week => &w.week,
            Step::Month => &w.month,
            Step::Year => &w.year,
        };
        let rows = periods.iter().map(|period| {
            let scores = period
                .heads
                .map(|(mean, interval)| number(&interval.map_or_else(|| percent(mean), |interval| percent_in(mean, interval))));
            (number(&written(period.start, step)), number(&count(period.n)), scores)
        });
        let (rows, plot) = (rows.collect(), draw(step, periods, w));
        Timeline { note: fill(&w.time, &[("step", name)]), plot, step: name.clone(), rows }
    }
}

fn draw(step: Step, periods: &[Period], w: &Words) -> String {
    let Some((origin, last)) = periods.first().zip(periods.last()).map(|(f, l)| (f.start, l.start)) else {
        return String::new();
    };
    let days = |date: Date| f64::from((date - origin).get_days());
    let length = match step {
        Step::Day => 1.0,
        Step::Week => 7.0,
        Step::Month => 30.0,
        Step::Year => 365.0,
    };
    let frame = Frame::new(SIZE, (0.0, days(last) + length), (0.0, 1.0));
    let gaps = [("first", &*written(origin, step)), ("last", &*written(last, step))];
    let mut svg = Svg::new(SIZE, &fill(&w.time_alt, &gaps));
    let every = periods.len().div_ceil(TICKS).max(1);
    let middle = |period: &Period| days(period.start) + length / 2.0;
    let ticks = periods.iter().step_by(every).map(|p| (middle(p), written(p.start, step)));
    let x = Axis { title: "", ticks: ticks.collect() };
    frame.draw(&mut svg, &x, &Axis::percent(&w.distribution_axis));
    let most = periods.iter().map(|p| p.n).max().unwrap_or(1).max(1) as f64;
    for period in periods {
        let from = days(period.start);
        let tip = format!("{}: {}", written(period.start, step), count(period.n));
        frame.bar(&mut svg, "count", (from, from + length), COUNTS * period.n as f64 / most, &tip);
    }
    for head in Head::ALL {
        let (at, series) = (head as usize, ["s1", "s2"][head as usize]);
        let bounds = periods.iter().filter_map(|p| p.heads[at].1.map(|(low, high)| (middle(p), low, high)));
        frame.band(&mut svg, series, &bounds.collect::<Vec<_>>());
        frame.curve(&mut svg, series, periods.iter().map(|p| (middle(p), p.heads[at].0)));
        for period in periods {
            let mean = period.heads[at].0;
            let tip = format!("{}, {}: {}", written(period.start, step), w.head(head), percent(mean));
            frame.dot(&mut svg, series, (middle(period), mean), 2.5, &tip);
        }
    }
    svg.finish()
}

/// A period by its first day, its month or its year.
fn written(start: Date, step: Step) -> String {
    let date = start.to_string();
    match step {
        Step::Day | Step::Week => date,
        Step::Month => date[..7].to_owned(),
        Step::Year => date[..4].to_owned(),
    }
}
