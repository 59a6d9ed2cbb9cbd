//! The matrix as rows: a row for each provider, theme and source.

use super::{INTERNAL, Told, matrix};
use crate::model::intelligence::ThemeKey;
use crate::report::triangulation::coverage;

/// The headings.
const TITLES: [&str; 10] =
    ["Provider", "Theme", "Source", "From", "To", "Number", "Unit", "What it says", "Received", "Sources together"];

/// Heading and rows.
pub(in crate::report) fn rows(told: &Told<'_>) -> (Vec<&'static str>, Vec<Vec<String>>) {
    let mut titles = TITLES.to_vec();
    if told.internal {
        titles.push("For whom");
    }
    let mut rows = Vec::new();
    for provider in &told.picture.providers {
        for row in matrix::rows(told, provider) {
            let found = row.found.as_ref().filter(|found| found.theme != ThemeKey::All);
            let together = found.map_or("", |found| found.verdict().word());
            for cell in &row.cells {
                let unit =
                    if cell.value.is_some() { cell.scoring.map_or(cell.unit.word(), |rule| rule.word()) } else { "" };
                let mut line: Vec<String> = [
                    provider.provider.name.as_str(),
                    told.of.theme_title(row.theme),
                    cell.source.word(),
                    &told.view.from.to_string(),
                    &told.view.to.to_string(),
                    &told.numbers.words(cell),
                    unit,
                    matrix::said(cell),
                    coverage(cell),
                    together,
                ]
                .map(str::to_owned)
                .to_vec();
                if told.internal {
                    line.push(INTERNAL.to_owned());
                }
                rows.push(line);
            }
        }
    }
    (titles, rows)
}
