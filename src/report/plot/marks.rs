//! What is drawn inside a frame. Each mark takes values, not places; `series` is `s1` to `s4`, or `reference`.

use super::axis::Frame;
use super::svg::Svg;

impl Frame {
    /// A curve through points.
    pub fn curve(&self, svg: &mut Svg, series: &str, points: impl IntoIterator<Item = (f64, f64)>) {
        svg.path(&format!("curve {series}"), points.into_iter().map(|p| self.point(p)), false);
    }

    /// The surface between a lower and an upper bound: `(x, low, high)`, in the order of x.
    pub fn band(&self, svg: &mut Svg, series: &str, bounds: &[(f64, f64, f64)]) {
        let upper = bounds.iter().map(|(x, _, high)| (*x, *high));
        let lower = bounds.iter().rev().map(|(x, low, _)| (*x, *low));
        svg.path(&format!("band {series}"), upper.chain(lower).map(|p| self.point(p)), true);
    }

    /// A bar from `from` to `to` along the horizontal axis, `height` high. `tip` is shown on hover.
    pub fn bar(&self, svg: &mut Svg, series: &str, (from, to): (f64, f64), height: f64, tip: &str) {
        let (a, mut b) = (self.point((from, self.y.domain.0)), self.point((to, height)));
        // A gap, so that neighbours can be told apart.
        b.0 -= (b.0 - a.0).min(1.0);
        svg.rect(&format!("bar {series}"), a, b, tip);
    }

    /// A dot of a radius in units of the plot. `tip` is shown on hover.
    pub fn dot(&self, svg: &mut Svg, series: &str, at: (f64, f64), radius: f64, tip: &str) {
        svg.circle(&format!("dot {series}"), self.point(at), radius, tip);
    }

    /// A line over the whole height of the frame at `x`.
    pub fn line_up(&self, svg: &mut Svg, series: &str, x: f64) {
        svg.line(series, (self.x.at(x), self.y.range.0), (self.x.at(x), self.y.range.1));
    }

    /// The interval of a value along the vertical axis, at `x`.
    pub fn span_up(&self, svg: &mut Svg, series: &str, x: f64, (low, high): (f64, f64)) {
        svg.line(&format!("span {series}"), self.point((x, low)), self.point((x, high)));
    }

    /// The interval of a value along the horizontal axis, at `y`.
    pub fn span_across(&self, svg: &mut Svg, series: &str, (low, high): (f64, f64), y: f64) {
        svg.line(&format!("span {series}"), self.point((low, y)), self.point((high, y)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_stand_where_their_scales_say() {
        let frame = Frame::new((166.0, 154.0), (0.0, 10.0), (0.0, 1.0)); // 100 by 100 inside the margins
        let mut svg = Svg::new((166.0, 154.0), "");
        frame.curve(&mut svg, "s1", [(0.0, 0.0), (10.0, 1.0)]);
        frame.band(&mut svg, "s2", &[(0.0, 0.1, 0.2), (5.0, 0.3, 0.5)]);
        frame.bar(&mut svg, "s3", (0.0, 1.0), 0.5, "half");
        let drawn = svg.finish();
        for part in [
            "<path class=\"curve s1\" d=\"M52 112L152 12\"/>",
            "<path class=\"band s2\" d=\"M52 92L102 62L102 82L52 102Z\"/>",
            "<rect class=\"bar s3\" x=\"52\" y=\"62\" width=\"9\" height=\"50\"><title>half</title></rect>",
        ] {
            assert!(drawn.contains(part), "{part} in {drawn}");
        }
    }
}
