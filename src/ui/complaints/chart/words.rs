//! A point of a chart in words.

use crate::model::intelligence::Charted;

/// "Point 3 of 24: May 2013, 14; outside, above: concern".
pub(super) fn point(chart: &Charted, place: usize) -> String {
    let Some(given) = chart.series.points.get(place) else { return String::new() };
    let value = chart.unit.words(given.value);
    let label = match chart.point_words(place) {
        Some(words) => words.trim_start_matches(given.at.as_str()).trim_start().to_owned(),
        None => "common cause".to_owned(),
    };
    format!("Point {} of {}: {}, {value}; {label}", place + 1, chart.series.points.len(), given.at)
}
