//! The chart of ratios: a bar for each peer, on a logarithmic scale, as an SVG that needs nothing
//! else and can be read on light and on dark pages.

use std::fmt::Write as _;

use super::ratios::{self, Ratio};
use super::samples::Row;
use crate::medium::Medium;
use crate::peers::Who;

/// The rows that are drawn, in order.
const DRAWN: [&str; 5] =
    ["manifest_by_tag", "pull_small", "push_small", "pull_large", "push_large"];

const WIDTH: f64 = 960.0;
const BARS_FROM: f64 = 300.0;
const BARS_TO: f64 = 860.0;
const TOP: f64 = 116.0;
const BAR: f64 = 24.0;
const HEADING: f64 = 38.0;
const FOOT: f64 = 46.0;

const TICKS: [f64; 12] = [0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0];

const STYLE: &str = r#"  <style>
    text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif; fill: #1f2328; font-size: 14px; }
    .page { fill: #ffffff; stroke: #d0d7de; }
    .title { font-size: 20px; font-weight: 700; }
    .work { font-size: 15px; font-weight: 600; }
    .quiet { fill: #57606a; font-size: 13px; }
    .mid { text-anchor: middle; }
    .end { text-anchor: end; }
    .grid { stroke: #d0d7de; }
    .same { stroke: #57606a; stroke-width: 2; }
    .more { fill: #0b5cad; }
    .less { fill: #bc4c00; }
    .limit { fill: #8c959f; }
    @media (prefers-color-scheme: dark) {
      text { fill: #e6edf3; }
      .page { fill: #0d1117; stroke: #30363d; }
      .quiet { fill: #9da7b1; }
      .grid { stroke: #30363d; }
      .same { stroke: #8b949e; }
      .more { fill: #58a6ff; }
      .less { fill: #f0883e; }
      .limit { fill: #6e7681; }
    }
  </style>
"#;

/// The bars of one kind of work.
pub(super) struct Group {
    title: &'static str,
    bars: Vec<Bar>,
}

struct Bar {
    label: String,
    peer: Who,
    times: f64,
}

/// A place on the logarithmic scale.
struct Scale {
    least: f64,
    most: f64,
}

/// What there is to draw.
pub(super) fn groups(rows: &[Row]) -> Vec<Group> {
    let row = |name: &&str| rows.iter().find(|row| row.series.name == *name);
    let groups = DRAWN.iter().filter_map(row).map(|row| Group {
        title: row.series.title,
        bars: ratios::of_row(row).into_iter().filter(is_drawn).map(Bar::of).collect(),
    });
    groups.filter(|group| !group.bars.is_empty()).collect()
}

/// The embedded server beside everything, one node beside another registry over the same store.
fn is_drawn(ratio: &Ratio) -> bool {
    match ratio.subject {
        Who::Longshore => true,
        Who::LongshoreStorage => ratio.peer == Who::Nginx,
        Who::OneNode => ratio.peer == Who::DockerRegistryS3,
        _ => false,
    }
}

impl Bar {
    fn of(ratio: Ratio) -> Self {
        let Ratio { subject, peer, times } = ratio;
        let label = match subject {
            Who::Longshore => peer.name().to_owned(),
            _ => format!("{}: {}", subject.name(), peer.name()),
        };
        Self { label, peer, times }
    }

    /// Nothing is faster than the limit, so staying below it is no loss.
    fn class(&self) -> &'static str {
        match self.peer {
            Who::Limit => "limit",
            _ if self.times >= 1.0 => "more",
            _ => "less",
        }
    }
}

impl Scale {
    /// Wide enough for all bars and the line of equals.
    fn of(groups: &[Group]) -> Self {
        let all = || groups.iter().flat_map(|group| group.bars.iter().map(|bar| bar.times));
        let least = all().fold(0.5, f64::min);
        let most = all().fold(2.0, f64::max);
        Self { least: least.max(0.01), most: most.min(10_000.0) }
    }

    fn x(&self, times: f64) -> f64 {
        let times = times.clamp(self.least, self.most);
        let share = (times / self.least).log2() / (self.most / self.least).log2();
        BARS_FROM + share * (BARS_TO - BARS_FROM)
    }

    fn ticks(&self) -> impl Iterator<Item = f64> {
        TICKS.into_iter().filter(|tick| (self.least..=self.most).contains(tick))
    }
}

/// The whole picture.
pub(super) fn draw(groups: &[Group], medium: Medium) -> String {
    let bars: usize = groups.iter().map(|group| group.bars.len()).sum();
    let height = TOP + groups.len() as f64 * HEADING + bars as f64 * BAR + FOOT;
    let scale = Scale::of(groups);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" \
         width=\"{WIDTH}\" height=\"{height}\" role=\"img\" aria-labelledby=\"title desc\">\n"
    );
    write_front(&mut svg, groups, medium, height);
    write_grid(&mut svg, &scale, height);
    let mut y = TOP;
    for group in groups {
        element(&mut svg, "work", 32.0, y + 24.0, group.title);
        y += HEADING;
        for bar in &group.bars {
            write_bar(&mut svg, &scale, bar, y);
            y += BAR;
        }
    }
    let foot = "The scale is logarithmic. Medians of one run on one machine; see performance.md.";
    element(&mut svg, "quiet", 32.0, height - 18.0, foot);
    svg.push_str("</svg>\n");
    svg
}

fn write_front(svg: &mut String, groups: &[Group], medium: Medium, height: f64) {
    let title = "How much Longshore does while its peer does one";
    write!(svg, "  <title id=\"title\">{title}</title>\n  <desc id=\"desc\">").expect(MEMORY);
    for group in groups {
        let bars = group.bars.iter().map(|bar| format!("{} {}", text(bar.times), bar.label));
        let bars = bars.collect::<Vec<_>>().join(", ");
        write!(svg, "{}: {}. ", escaped(group.title), escaped(&bars)).expect(MEMORY);
    }
    svg.push_str("</desc>\n");
    svg.push_str(STYLE);
    let (width, inner) = (WIDTH - 1.0, height - 1.0);
    writeln!(
        svg,
        "  <rect class=\"page\" x=\"0.5\" y=\"0.5\" width=\"{width}\" height=\"{inner}\" rx=\"12\"/>"
    )
    .expect(MEMORY);
    element(svg, "title", 32.0, 42.0, title);
    let line = format!(
        "All servers keep their bytes {}. Longshore encrypts and syncs what it acknowledges.",
        medium.name()
    );
    element(svg, "quiet", 32.0, 66.0, &line);
}

fn write_grid(svg: &mut String, scale: &Scale, height: f64) {
    for tick in scale.ticks() {
        let (x, to) = (scale.x(tick), height - FOOT + 6.0);
        let class = if (tick - 1.0).abs() < f64::EPSILON { "same" } else { "grid" };
        writeln!(
            svg,
            "  <line class=\"{class}\" x1=\"{x:.1}\" y1=\"{TOP}\" x2=\"{x:.1}\" y2=\"{to}\"/>"
        )
        .expect(MEMORY);
        element(svg, "quiet mid", x, TOP - 10.0, &format!("{tick} ×"));
    }
}

fn write_bar(svg: &mut String, scale: &Scale, bar: &Bar, y: f64) {
    let (same, end) = (scale.x(1.0), scale.x(bar.times));
    let (from, width) = (same.min(end), (end - same).abs().max(1.0));
    let (class, top, height) = (bar.class(), y + 3.0, BAR - 7.0);
    element(svg, "end", BARS_FROM - 14.0, y + 17.0, &bar.label);
    writeln!(
        svg,
        "  <rect class=\"{class}\" x=\"{from:.1}\" y=\"{top}\" width=\"{width:.1}\" \
         height=\"{height}\" rx=\"2\"/>"
    )
    .expect(MEMORY);
    element(svg, "", same.max(end) + 8.0, y + 17.0, &text(bar.times));
}

fn element(svg: &mut String, class: &str, x: f64, y: f64, text: &str) {
    let text = escaped(text);
    writeln!(svg, "  <text class=\"{class}\" x=\"{x:.1}\" y=\"{y:.1}\">{text}</text>")
        .expect(MEMORY);
}

fn text(times: f64) -> String {
    if times < 10.0 { format!("{times:.2} ×") } else { format!("{times:.0} ×") }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

const MEMORY: &str = "memory takes writes";

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::samples::Median;
    use crate::workloads::{Series, Unit};

    static PUSHES: Series = Series {
        name: "push_large",
        title: "push of <large> layers",
        unit: Unit::BytesPerSecond,
        floors: &[],
    };
    static OTHERS: Series =
        Series { name: "start", title: "start", unit: Unit::Milliseconds, floors: &[] };

    fn row(series: &'static Series) -> Row {
        let values = [
            (Who::Longshore, 8.0),
            (Who::LongshoreStorage, 9.0),
            (Who::DockerRegistry, 0.2),
            (Who::Limit, 10.0),
        ];
        let medians = values.map(|(who, value)| (who, Median::of(value))).into();
        Row { series, medians }
    }

    #[test]
    fn each_ratio_is_a_bar_with_its_text() {
        let groups = groups(&[row(&OTHERS), row(&PUSHES)]);
        let svg = draw(&groups, Medium::Memory);
        let bars: Vec<&str> = svg.lines().filter(|line| line.contains("rx=\"2\"")).collect();
        assert_eq!(bars.len(), 2, "{svg}");
        assert!(bars[0].contains("class=\"more\"") && bars[1].contains("class=\"limit\""));
        for text in [">docker-registry<", ">40 ×<", ">the limit<", ">0.80 ×<", "on memory"] {
            assert!(svg.contains(text), "{text} is missing in {svg}");
        }
        assert!(svg.contains(">push of &lt;large&gt; layers<"), "{svg}");
        assert!(svg.contains("prefers-color-scheme: dark"));
    }

    #[test]
    fn places_follow_the_ratios() {
        let scale = Scale::of(&groups(&[row(&PUSHES)]));
        assert!((scale.x(40.0) - BARS_TO).abs() < 0.1, "the largest reaches the end");
        assert!((scale.x(0.5) - BARS_FROM).abs() < 0.1, "room for what is half as fast");
        let doublings = [scale.x(2.0) - scale.x(1.0), scale.x(20.0) - scale.x(10.0)];
        assert!((doublings[0] - doublings[1]).abs() < 0.1, "equal ratios, equal lengths");
    }

    #[test]
    fn nothing_is_drawn_of_a_run_without_peers() {
        let alone = Row { series: &PUSHES, medians: [(Who::Longshore, Median::of(1.0))].into() };
        assert!(groups(&[alone]).is_empty());
    }
}
