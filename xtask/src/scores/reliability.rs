//! The reliability plot: for each facet, how often what is said with a probability comes true, as SVG.

use std::fmt::Write as _;

use super::measured::{Bin, MEASURES, Measured};

/// The side of one small plot and the room around it, in pixels.
const SIDE: f64 = 130.0;
const LEFT: f64 = 52.0;
const TOP: f64 = 44.0;
const STEP: (f64, f64) = (190.0, 196.0);
const COLUMNS: usize = 5;
/// Fewer texts in a bin say nothing and are not drawn.
const FEWEST: u64 = 5;

/// Colors by class, for light and for dark surroundings.
const STYLE: &str = "<style>
text{font:11px system-ui,sans-serif;fill:#333}.t{font-weight:600}.f{fill:none;stroke:#999}
.d{stroke:#999;stroke-dasharray:3 3}.s0{stroke:#0b62a3;fill:#0b62a3}.s1{stroke:#b3530a;fill:#b3530a}path{fill:none!important;\
stroke-width:1.5}
@media(prefers-color-scheme:dark){text{fill:#ddd}.f,.d{stroke:#777}.s0{stroke:#6db8f2;fill:#6db8f2}.s1{stroke:#f0a35e;\
fill:#f0a35e}}
</style>\n";

/// The plot of these sets of texts, one line each.
pub(crate) fn draw(sets: &[(&str, &Measured)]) -> String {
    let rows = MEASURES.len().div_ceil(COLUMNS);
    let (width, height) = (STEP.0 * COLUMNS as f64 + 20.0, STEP.1 * rows as f64 + 50.0);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-label=\"Probability said beside the share that came true, by facet\">\n{STYLE}"
    );
    for (index, (name, _)) in sets.iter().enumerate() {
        let x = LEFT + 140.0 * index as f64;
        let _ = writeln!(
            svg,
            "<circle class=\"s{index}\" cx=\"{x}\" cy=\"16\" r=\"4\"/><text x=\"{}\" y=\"20\">{name}</text>",
            x + 9.0
        );
    }
    for (facet, measure) in MEASURES.iter().enumerate() {
        let place = (
            LEFT + STEP.0 * (facet % COLUMNS) as f64,
            TOP + STEP.1 * (facet / COLUMNS) as f64,
        );
        frame(&mut svg, measure.name, place);
        for (index, (_, measured)) in sets.iter().enumerate() {
            let score = &measured.facets[facet];
            line(&mut svg, index, &score.bins, place);
            let _ = writeln!(
                svg,
                "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\">ECE {:.3}</text>",
                place.0 + SIDE - 4.0,
                place.1 + SIDE - 20.0 + 14.0 * index as f64,
                score.ece
            );
        }
    }
    svg + "</svg>\n"
}

/// The frame of one plot with its name, its axes' names and the line of honesty.
fn frame(svg: &mut String, name: &str, (x, y): (f64, f64)) {
    let (right, bottom, middle) = (x + SIDE, y + SIDE, x + SIDE / 2.0);
    let _ = writeln!(
        svg,
        "<text class=\"t\" x=\"{x:.0}\" y=\"{:.0}\">{name}</text>\
         <rect class=\"f\" x=\"{x:.0}\" y=\"{y:.0}\" width=\"{SIDE}\" height=\"{SIDE}\"/>\
         <line class=\"d\" x1=\"{x:.0}\" y1=\"{bottom:.0}\" x2=\"{right:.0}\" y2=\"{y:.0}\"/>",
        y - 6.0
    );
    for (share, words) in [(0.0, "0"), (0.5, "0.5"), (1.0, "1")] {
        let _ = writeln!(
            svg,
            "<text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"middle\">{words}</text>\
             <text x=\"{:.0}\" y=\"{:.0}\" text-anchor=\"end\">{words}</text>",
            x + share * SIDE,
            bottom + 13.0,
            x - 4.0,
            bottom - share * SIDE + 4.0
        );
    }
    let _ = writeln!(
        svg,
        "<text x=\"{middle:.0}\" y=\"{:.0}\" text-anchor=\"middle\">probability said</text>\
         <text transform=\"translate({:.0} {:.0}) rotate(-90)\" text-anchor=\"middle\">share true</text>",
        bottom + 26.0,
        x - 26.0,
        y + SIDE / 2.0
    );
}

/// The bins of one set, joined.
fn line(svg: &mut String, set: usize, bins: &[Bin], (x, y): (f64, f64)) {
    let at = |bin: &Bin| (x + bin.said * SIDE, y + SIDE - bin.true_share * SIDE);
    let drawn: Vec<(f64, f64)> = bins.iter().filter(|bin| bin.count >= FEWEST).map(at).collect();
    let points: Vec<String> = drawn.iter().map(|(x, y)| format!("{x:.1} {y:.1}")).collect();
    if points.is_empty() {
        return;
    }
    let _ = writeln!(svg, "<path class=\"s{set}\" d=\"M{}\"/>", points.join("L"));
    for (x, y) in drawn {
        let _ = writeln!(
            svg,
            "<circle class=\"s{set}\" cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"2.4\"/>"
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rare_bins_are_left_out_and_low_is_below_high() {
        let bin = |count, said, true_share| Bin {
            count,
            said,
            true_share,
        };
        let mut svg = String::new();
        let bins = [bin(9, 0.0, 0.0), bin(4, 0.5, 0.9), bin(9, 1.0, 1.0)];
        line(&mut svg, 1, &bins, (10.0, 20.0));
        assert!(svg.contains("d=\"M10.0 150.0L140.0 20.0\""), "{svg}");
        assert_eq!(svg.matches("<circle").count(), 2);
    }
}
