//! Charts drawn for web pages: inline SVG with a title and a description, nothing fetched. A few rows
//! are a drawing of their own under the same axis, so that a printed page breaks between them.

mod plot;

pub(super) use plot::plot;

use super::chart::{Bar, BurnUp, Chart, END, Place, Point, Rows, Sign, Span, StrokeKind};
use super::html::{escaped, put, shape};
use crate::model::text;

/// The drawing's width; everything below is in the same units.
const WIDTH: f64 = 1000.0;
/// Where the axis begins, and how long it is.
const LEFT: f64 = 352.0;
const LENGTH: f64 = 636.0;
/// The height of the axis' names.
const HEAD: f64 = 58.0;
/// The most rows of one drawing, what a printed page holds.
const ROWS: usize = 14;
const SINGLE: f64 = 22.0;
const DOUBLE: f64 = 36.0;
const INK: &str = "#212b32";
const BLUE: &str = "#005eb8";
const GREEN: &str = "#00571f";
const FAINT: &str = "#c5cdd2";

fn x(place: Place) -> f64 {
    LEFT + f64::from(place) / f64::from(END) * LENGTH
}

/// The chart with the meaning of its signs before it.
pub(super) fn chart(page: &mut String, chart: &Chart) {
    put(page, format_args!("<section>\n<h2>{}</h2>\n<p>", escaped(&chart.title)));
    for state in &chart.states {
        put(page, format_args!("<span class=\"key\">{} {}</span> ", shape(state.mark), escaped(&state.word)));
    }
    page.push_str("</p>\n<p>");
    for sign in &chart.signs {
        let drawn = "<svg class=\"sign\" viewBox=\"-8 -8 16 16\" aria-hidden=\"true\">";
        put(page, format_args!("<span class=\"key\">{drawn}"));
        draw_sign(page, 0.0, 0.0, *sign);
        put(page, format_args!("</svg> {}</span> ", sign.words()));
    }
    put(
        page,
        format_args!(
            "<span class=\"key\">arrow: without an end</span> <span class=\"key\">dotted line: {}</span></p>\n",
            escaped(&chart.as_at_label)
        ),
    );
    put(page, format_args!("<p class=\"quiet\">{}</p>\n", escaped(&chart.description)));
    let parts = chart.groups.iter().flat_map(|group| group.rows.chunks(ROWS).map(move |rows| (group, rows)));
    for (number, (group, rows)) in parts.enumerate() {
        draw(page, chart, group, rows, number);
    }
    page.push_str("</section>\n");
}

/// Some rows of a group under the axis.
fn draw(page: &mut String, chart: &Chart, group: &Rows, rows: &[Bar], number: usize) {
    let height = |row: &Bar| if row.lines.len() > 1 { DOUBLE } else { SINGLE };
    let total = HEAD + rows.iter().map(height).sum::<f64>();
    let title = if group.title.is_empty() { &chart.title } else { &group.title };
    let count = text::count(rows.len(), "row");
    put(page, format_args!("<figure>\n<figcaption>{}</figcaption>\n", escaped(title)));
    put(
        page,
        format_args!(
            "<svg class=\"chart\" viewBox=\"0 0 {WIDTH} {total}\" role=\"img\" aria-labelledby=\"chart-{number}-title chart-{number}-words\">\n"
        ),
    );
    put(page, format_args!("<title id=\"chart-{number}-title\">{}</title>\n", escaped(title)));
    put(
        page,
        format_args!(
            "<desc id=\"chart-{number}-words\">{count} over months, {}. The table says the same in words.</desc>\n",
            escaped(&chart.as_at_label)
        ),
    );
    for (spans, y, weight) in [(&chart.spans, 14.0, "bold"), (&chart.ticks, 31.0, "normal")] {
        for span in spans {
            let middle = (x(span.from) + x(span.to)) / 2.0;
            put(
                page,
                format_args!(
                    "<text x=\"{middle:.1}\" y=\"{y}\" text-anchor=\"middle\" font-weight=\"{weight}\">{}</text>\n",
                    escaped(&span.label)
                ),
            );
        }
    }
    grid(page, chart, total);
    let mut y = HEAD;
    for row in rows {
        draw_row(page, row, y, height(row));
        y += height(row);
    }
    page.push_str("</svg>\n</figure>\n");
}

/// The quarters' lines and that of the chart's date, which is named.
fn grid(page: &mut String, chart: &Chart, total: f64) {
    for span in &chart.spans {
        let at = x(span.from);
        put(page, format_args!("<path d=\"M{at:.1} {HEAD}V{total}\" stroke=\"{FAINT}\"/>\n"));
    }
    let at = x(chart.as_at);
    put(
        page,
        format_args!(
            "<path d=\"M{at:.1} {:.1}V{total}\" stroke=\"{INK}\" stroke-width=\"1.5\" stroke-dasharray=\"2 2\"/>\n",
            HEAD - 8.0
        ),
    );
    let (side, at) = if chart.as_at > END * 3 / 4 { ("end", at - 5.0) } else { ("start", at + 5.0) };
    put(
        page,
        format_args!(
            "<text x=\"{at:.1}\" y=\"{:.1}\" text-anchor=\"{side}\">{}</text>\n",
            HEAD - 8.0,
            escaped(&chart.as_at_label)
        ),
    );
}

fn draw_row(page: &mut String, row: &Bar, top: f64, height: f64) {
    let middle = top + height / 2.0;
    put(page, format_args!("<path d=\"M0 {:.1}H{WIDTH}\" stroke=\"{FAINT}\"/>\n", top + height));
    let state = shape(row.state.mark);
    put(page, format_args!("<text x=\"2\" y=\"{:.1}\">{state}</text>\n", top + 15.0));
    for (line, y) in row.lines.iter().zip([top + 15.0, top + 29.0]) {
        put(page, format_args!("<text x=\"18\" y=\"{y:.1}\">{}</text>\n", escaped(line)));
    }
    for stroke in &row.strokes {
        let (from, to) = (x(stroke.from), x(stroke.to));
        let (colour, more) = match stroke.kind {
            StrokeKind::PutOff => (INK, " stroke-dasharray=\"5 3\""),
            StrokeKind::Work | StrokeKind::Onwards => (BLUE, " stroke-width=\"3\""),
        };
        put(page, format_args!("<path d=\"M{from:.1} {middle:.1}H{to:.1}\" stroke=\"{colour}\"{more}/>\n"));
        if stroke.kind == StrokeKind::Onwards {
            put(page, format_args!("<path d=\"M{:.1} {:.1}l10 5l-10 5z\" fill=\"{BLUE}\"/>\n", to - 2.0, middle - 5.0));
        }
    }
    for (at, sign) in &row.signs {
        draw_sign(page, x(*at), middle, *sign);
    }
    if !row.remark.is_empty() {
        put(
            page,
            format_args!(
                "<text x=\"{:.1}\" y=\"{:.1}\" fill=\"#425563\">{}</text>\n",
                LEFT + 8.0,
                middle + 4.0,
                row.remark
            ),
        );
    }
}

fn draw_sign(page: &mut String, x: f64, y: f64, sign: Sign) {
    let diamond = "m0 -6l6 6l-6 6l-6 -6z";
    let (path, fill, ink) = match sign {
        Sign::Start => ("m-4 -5l8 5l-8 5z", "#ffffff", INK),
        Sign::First => (diamond, "#ffffff", INK),
        Sign::Due => (diamond, INK, INK),
        Sign::Again => ("m-5 0a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z", "#ffffff", INK),
        Sign::Done => {
            put(
                page,
                format_args!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"7\" fill=\"#ffffff\" stroke=\"{GREEN}\"/>"),
            );
            ("m-4 0l3 4l5 -7", "none", GREEN)
        }
    };
    put(
        page,
        format_args!("<path d=\"M{x:.1} {y:.1}{path}\" fill=\"{fill}\" stroke=\"{ink}\" stroke-width=\"1.5\"/>\n"),
    );
}

/// What is due and done, each line named at its end.
pub(super) fn burn_up(page: &mut String, burn: &BurnUp, spans: &[Span]) {
    const HEIGHT: f64 = 200.0;
    const TOP: f64 = 12.0;
    let across = |place: Place| 40.0 + f64::from(place) / f64::from(END) * 520.0;
    let down = |count: usize| TOP + HEIGHT - HEIGHT * count as f64 / burn.most.max(1) as f64;
    put(page, format_args!("<figure>\n<figcaption>{}</figcaption>\n", escaped(&burn.title)));
    page.push_str(
        "<svg class=\"burn\" viewBox=\"0 0 660 240\" role=\"img\" aria-labelledby=\"burn-title burn-words\">\n",
    );
    put(page, format_args!("<title id=\"burn-title\">{}</title>\n", escaped(&burn.title)));
    put(page, format_args!("<desc id=\"burn-words\">{}</desc>\n", escaped(&burn.description)));
    let every = spans.len().div_ceil(6).max(1);
    for (at, span) in spans.iter().enumerate() {
        let left = across(span.from);
        put(page, format_args!("<path d=\"M{left:.1} {TOP}V{:.1}\" stroke=\"{FAINT}\"/>\n", TOP + HEIGHT));
        if at % every == 0 {
            put(
                page,
                format_args!(
                    "<text x=\"{left:.1}\" y=\"{:.1}\">{}</text>\n",
                    TOP + HEIGHT + 16.0,
                    escaped(&span.label)
                ),
            );
        }
    }
    put(page, format_args!("<path d=\"M40 {TOP}V{0:.1}H560\" stroke=\"{INK}\" fill=\"none\"/>\n", TOP + HEIGHT));
    for (count, y) in [(burn.most, TOP + 4.0), (0, TOP + HEIGHT + 4.0)] {
        put(page, format_args!("<text x=\"34\" y=\"{y:.1}\" text-anchor=\"end\">{count}</text>\n"));
    }
    let due: Vec<(f64, f64)> = burn.points.iter().map(|point| (across(point.at), down(point.due))).collect();
    let done = |point: &Point| point.done.map(|(at, count)| (across(at), down(count)));
    let done: Vec<(f64, f64)> = burn.points.iter().filter_map(done).collect();
    line(page, &due, &format!("stroke=\"{INK}\" stroke-width=\"2\" stroke-dasharray=\"6 3\""));
    line(page, &done, &format!("stroke=\"{GREEN}\" stroke-width=\"3\""));
    for (x, y) in &done {
        put(page, format_args!("<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"3.5\" fill=\"{GREEN}\"/>\n"));
    }
    let counts =
        [burn.points.last().map(|point| point.due), burn.points.iter().rev().find_map(|p| p.done.map(|(_, n)| n))];
    let near = matches!((due.last(), done.last()), (Some(a), Some(b)) if (a.0 - b.0).abs() < 100.0 && (a.1 - b.1).abs() < 20.0);
    // on the ground line a name would stand in the axis
    let low = done.last().is_some_and(|(_, y)| *y > TOP + HEIGHT - 16.0);
    let ends = [
        (due.last(), counts[0], "due", if near { -5.0 } else { 4.0 }),
        (done.last(), counts[1], "done", if low { -8.0 } else { 14.0 }),
    ];
    for (end, count, word, dy) in ends {
        if let (Some((x, y)), Some(count)) = (end, count) {
            put(
                page,
                format_args!("<text class=\"named\" x=\"{:.1}\" y=\"{:.1}\">{count} {word}</text>\n", x + 8.0, y + dy),
            );
        }
    }
    page.push_str("</svg>\n</figure>\n");
}

fn line(page: &mut String, points: &[(f64, f64)], looks: &str) {
    let points: Vec<String> = points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
    put(page, format_args!("<polyline points=\"{}\" fill=\"none\" {looks}/>\n", points.join(" ")));
}
