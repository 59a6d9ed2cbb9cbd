//! A chart of one series in words and as JSON, for whoever wants to check the arithmetic.

use crate::model::text::count;
use crate::model::xmr::{
    Group, Label, Limits, Observation, Options, Point, SCREEN, SMALL_BELOW, Series, Side, TRIAL_BELOW, Xmr,
};
use serde_json::{Value, json};

/// What is told of a chart, beside the chart.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// What the values are called; blank for nothing.
    pub title: &'a str,
    /// Whether they are percentages.
    pub percent: bool,
    /// What was noticed in reading them.
    pub notes: &'a [String],
}

/// The chart as JSON: its points with their labels, and each group's lines; those of the last group stand at
/// the top too.
#[must_use]
pub fn json(series: &Series, chart: &Xmr, options: &Options, told: &Told<'_>) -> Value {
    let points: Vec<Value> = series.points.iter().zip(&chart.points).zip(1..).map(point).collect();
    let groups: Vec<Value> = chart.groups.iter().map(lines).collect();
    let mut value = json!({
        "name": told.title,
        "unit": told.percent.then_some("%"),
        "screened": chart.screened,
        "shift": options.shift,
        "trend": options.trend,
        "points": points,
        "groups": groups,
        "missing": series.missing.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "notes": notes(series, chart, options, told),
    });
    if let (Some(all), Some(now)) = (value.as_object_mut(), chart.now().map(lines)) {
        let lines = now.as_object().cloned().unwrap_or_default();
        all.extend(lines.into_iter().filter(|(key, _)| key != "from" && key != "to"));
    }
    value
}

fn point(((given, point), number): ((&Observation, &Point), usize)) -> Value {
    json!({
        "n": number,
        "at": given.at,
        "month": given.month.map(|month| month.to_string()),
        "value": point.value,
        "label": point.label.word(),
        "side": point.side.word(),
    })
}

fn lines(group: &Group) -> Value {
    let line = |of: fn(&Limits) -> f64| group.limits.as_ref().map(of);
    json!({
        "from": group.range.start + 1,
        "to": group.range.end,
        "mean": group.mean,
        "lower": line(|limits| limits.lower),
        "upper": line(|limits| limits.upper),
        "near_lower": line(|limits| limits.near_lower),
        "near_upper": line(|limits| limits.near_upper),
        "amr": group.amr,
        "left_out": group.left_out,
        "trial": group.trial,
        "small": group.small,
    })
}

/// The chart in plain words, for a terminal.
#[must_use]
pub fn words(series: &Series, chart: &Xmr, options: &Options, told: &Told<'_>) -> String {
    let unit = if told.percent { "%" } else { "" };
    let ends = match (series.points.first(), series.points.last()) {
        (Some(first), Some(last)) if !first.at.is_empty() => format!(", {} to {}", first.at, last.at),
        _ => String::new(),
    };
    let title = if told.title.is_empty() { String::new() } else { format!("{}: ", told.title) };
    let mut out = vec![format!("{title}{}{ends}", count(series.points.len(), "point"))];
    for group in &chart.groups {
        if chart.groups.len() > 1 {
            out.push(String::new());
        }
        out.push(group_words(group, chart.groups.len() > 1, unit));
        out.extend(point_lines(series, chart, group, unit));
    }
    let notes = notes(series, chart, options, told);
    if !notes.is_empty() {
        out.push(String::new());
        out.extend(notes.iter().map(|note| format!("- {note}")));
    }
    out.join("\n")
}

fn group_words(group: &Group, several: bool, unit: &str) -> String {
    let which =
        if several { format!("Points {} to {}: m", group.range.start + 1, group.range.end) } else { "M".into() };
    let mean = number(group.mean);
    match (group.limits, group.amr) {
        (Some(limits), Some(amr)) => format!(
            "{which}ean {mean}{unit}, limits {}{unit} to {}{unit}, average moving range {}",
            number(limits.lower),
            number(limits.upper),
            number(amr)
        ),
        _ => format!("{which}ean {mean}{unit}; one point has no limits"),
    }
}

fn point_lines(series: &Series, chart: &Xmr, group: &Group, unit: &str) -> Vec<String> {
    let places = group.range.clone();
    let value = |place: usize| format!("{}{unit}", number(chart.points[place].value));
    let width = |texts: &mut dyn Iterator<Item = usize>| texts.max().unwrap_or(0);
    let at_width = width(&mut series.points.iter().map(|point| point.at.chars().count()));
    let value_width = width(&mut (0..chart.points.len()).map(|place| value(place).chars().count()));
    let number_width = chart.points.len().to_string().len();
    let line = |place: usize| {
        let point = &chart.points[place];
        let at = &series.points[place].at;
        let gap = if at_width == 0 { "" } else { "  " };
        let (number, value, label) = (place + 1, value(place), label(point));
        format!("{number:>number_width$}{gap}{at:<at_width$}  {value:>value_width$}  {label}")
    };
    places.map(line).collect()
}

fn label(point: &Point) -> String {
    let way = match (point.label, point.toward) {
        (Label::Trend, Side::Above) => ", rising",
        (Label::Trend, _) => ", falling",
        _ => "",
    };
    match point.side.word() {
        _ if point.label == Label::CommonCause => point.label.word().to_owned(),
        Some(side) => format!("{}, {side}{way}", point.label.word()),
        None => format!("{}{way}", point.label.word()),
    }
}

/// A number to two places, without noughts that say nothing.
fn number(number: f64) -> String {
    let text = format!("{number:.2}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// What a reader of the chart must know: how it was worked out, and how far it can be trusted.
#[must_use]
pub fn notes(series: &Series, chart: &Xmr, options: &Options, told: &Told<'_>) -> Vec<String> {
    let mut notes = told.notes.to_vec();
    let left_out: usize = chart.groups.iter().map(|group| group.left_out).sum();
    let ranges: usize = chart.groups.iter().map(|group| group.range.len() - 1).sum();
    notes.push(if chart.screened {
        format!(
            "Screened: moving ranges of {SCREEN} times the average or more are left out of the limits, {left_out} of {ranges} here. Making Data Count's workbook does not screen; --no-screen gives its limits"
        )
    } else {
        "Not screened: every moving range counts for the limits, as in Making Data Count's workbook".to_owned()
    });
    notes.push(format!(
        "A shift is {} points on one side of the mean, a trend {} that rise or fall",
        options.shift, options.trend
    ));
    let some = |is: fn(&Group) -> bool| {
        let groups: Vec<String> = chart.groups.iter().filter(|group| is(group)).map(from_to).collect();
        (!groups.is_empty())
            .then(|| if chart.groups.len() > 1 { format!(" (points {})", groups.join(", ")) } else { String::new() })
    };
    if let Some(which) = some(|group| group.trial) {
        notes.push(format!(
            "Trial limits{which}: they rest on fewer than {TRIAL_BELOW} points and will move with the next ones"
        ));
    }
    if let Some(which) = some(|group| group.small) {
        notes.push(format!("Small counts{which}: the mean is below {SMALL_BELOW}. Such a chart sees too much or too little: read the cases, or chart a longer period"));
    }
    if let Some(which) = some(Group::is_flat) {
        notes.push(format!("The limits have no width{which}: most points are alike, and screening left the other ranges out. Every point off the mean is outside, which says nothing; try --no-screen"));
    }
    if !series.missing.is_empty() {
        let months: Vec<String> = series.missing.iter().take(12).map(|month| month.label()).collect();
        let more = if series.missing.len() > months.len() { " and more" } else { "" };
        notes.push(format!(
            "No data for {} ({}{more}): neither zeros nor points, and runs go across",
            count(series.missing.len(), "month"),
            months.join(", ")
        ));
    }
    notes
}

fn from_to(group: &Group) -> String {
    format!("{} to {}", group.range.start + 1, group.range.end)
}
