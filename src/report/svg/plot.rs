//! A series by month, drawn.

use super::{BLUE, FAINT, INK};
use crate::report::chart::{END, Place};
use crate::report::html::{escaped, put};
use crate::report::section::{Plot, PlotDot, PlotSign};

const LEFT: f64 = 52.0;
const ACROSS: f64 = 570.0;
const TOP: f64 = 16.0;
const HEIGHT: f64 = 200.0;
const ADVERSE: &str = "#a3181c";
const SECOND: &str = "#425563";
const OPEN: &str = "#50327a";

fn x(place: Place) -> f64 {
    LEFT + f64::from(place) / f64::from(END) * ACROSS
}

fn y(place: Place) -> f64 {
    TOP + HEIGHT - f64::from(place) / f64::from(END) * HEIGHT
}

/// The chart with its description, and below it what a reader must know.
pub(in crate::report) fn plot(page: &mut String, plot: &Plot, number: usize) {
    put(page, format_args!("<figure class=\"plot\">\n<figcaption>{}</figcaption>\n", escaped(&plot.title)));
    put(
        page,
        format_args!(
            "<svg class=\"plot\" viewBox=\"0 0 640 245\" role=\"img\" aria-labelledby=\"plot-{number}-title plot-{number}-words\">\n"
        ),
    );
    put(page, format_args!("<title id=\"plot-{number}-title\">{}</title>\n", escaped(&plot.title)));
    put(page, format_args!("<desc id=\"plot-{number}-words\">{}</desc>\n", escaped(&plot.description)));
    axes(page, plot);
    for line in &plot.lines {
        let dashes = if line.mean { "" } else { " stroke-dasharray=\"6 4\"" };
        let (from, to, at) = (x(line.from), x(line.to), y(line.at));
        put(page, format_args!("<path d=\"M{from:.1} {at:.1}H{to:.1}\" stroke=\"{INK}\"{dashes}/>\n"));
    }
    for run in &plot.runs {
        let points: Vec<(f64, f64)> = run.iter().map(|(across, up)| (x(*across), y(*up))).collect();
        super::line(page, &points, &format!("stroke=\"{SECOND}\" stroke-width=\"1.5\""));
    }
    for each in &plot.dots {
        dot(page, each);
    }
    page.push_str("</svg>\n");
    if !plot.notes.is_empty() {
        put(page, format_args!("<p class=\"quiet\">{}</p>\n", escaped(&plot.notes.join(" "))));
    }
    page.push_str("</figure>\n");
}

fn axes(page: &mut String, plot: &Plot) {
    let bottom = TOP + HEIGHT;
    for (level, words) in &plot.levels {
        let at = y(*level);
        put(page, format_args!("<path d=\"M{LEFT} {at:.1}h{ACROSS}\" stroke=\"{FAINT}\"/>\n"));
        let (right, base) = (LEFT - 7.0, at + 4.0);
        put(page, format_args!("<text x=\"{right}\" y=\"{base:.1}\" text-anchor=\"end\">{}</text>\n", escaped(words)));
    }
    for at in &plot.breaks {
        let at = x(*at);
        put(page, format_args!("<path d=\"M{at:.1} {TOP}V{bottom}\" stroke=\"{INK}\" stroke-dasharray=\"2 2\"/>\n"));
    }
    put(page, format_args!("<path d=\"M{LEFT} {TOP}V{bottom}h{ACROSS}\" stroke=\"{INK}\" fill=\"none\"/>\n"));
    for (at, words) in &plot.months {
        let (at, base) = (x(*at), bottom + 18.0);
        put(page, format_args!("<text x=\"{at:.1}\" y=\"{base}\" text-anchor=\"middle\">{}</text>\n", escaped(words)));
    }
}

fn dot(page: &mut String, dot: &PlotDot) {
    let (x, y) = (x(dot.x), y(dot.y));
    let (path, fill) = match dot.sign {
        PlotSign::Common => ("m-3 0a3 3 0 1 0 6 0a3 3 0 1 0 -6 0z", SECOND),
        PlotSign::Concern => ("m0 -6l6 10h-12z", ADVERSE),
        PlotSign::Improvement => ("m0 -6l6 6l-6 6l-6 -6z", BLUE),
        PlotSign::Neutral => ("m-5 -5h10v10h-10z", OPEN),
    };
    put(page, format_args!("<path d=\"M{x:.1} {y:.1}{path}\" fill=\"{fill}\"/>\n"));
    if !dot.letter.is_empty() {
        let above = y - 9.0;
        put(
            page,
            format_args!(
                "<text x=\"{x:.1}\" y=\"{above:.1}\" text-anchor=\"middle\" font-weight=\"bold\">{}</text>\n",
                dot.letter
            ),
        );
    }
}
