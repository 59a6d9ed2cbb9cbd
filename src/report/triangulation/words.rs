//! The same in words.

use super::told_rows;
use crate::model::intelligence::{Intelligence, View, periods, upper_first};
use crate::model::triangulation::Verdict;
use std::fmt::Write as _;

/// The verdicts that say something adverse: each is told by itself, the others by their themes.
const TOLD: [Verdict; 2] = [Verdict::Corroborated, Verdict::SingleSource];

/// The findings of a view, provider by provider, then the matrix in lines.
#[must_use]
pub fn words(of: &Intelligence, view: &View) -> String {
    let picture = of.picture(view);
    let mut text = format!("{}\n", upper_first(&periods::words(view.from, view.to)));
    if picture.providers.is_empty() {
        text.push_str("The plan has no providers yet: import signals, or add providers in the window\n");
    }
    for provider in told_rows(&picture) {
        let _ = writeln!(text, "\n{}", provider.provider.name);
        if let Some(watch) = provider.provider.watch {
            let _ = writeln!(text, "  Watched: {watch}");
        }
        for found in provider.findings().into_iter().filter(|found| TOLD.contains(&found.verdict())) {
            let title = of.theme_title(found.theme);
            let _ = writeln!(text, "  {title}: {}. {}", found.verdict().word(), found.words());
        }
        for verdict in Verdict::ALL.into_iter().filter(|verdict| !TOLD.contains(verdict)) {
            let with = provider.findings().into_iter().filter(|found| found.verdict() == verdict);
            let themes: Vec<&str> = with.map(|found| of.theme_title(found.theme)).collect();
            if !themes.is_empty() {
                let _ = writeln!(text, "  {}: {}", upper_first(verdict.word()), themes.join("; "));
            }
        }
        for row in &provider.rows {
            let cells: Vec<String> = row
                .cells
                .iter()
                .map(|cell| {
                    let signal = match cell.signal() {
                        Some(signal @ ("adverse" | "moved" | "better")) => format!(" ({signal})"),
                        _ => String::new(),
                    };
                    format!("{} {}{signal}", cell.source, cell.shown())
                })
                .collect();
            let _ = writeln!(text, "    {}: {}", of.theme_title(row.theme), cells.join(", "));
        }
    }
    text.push('\n');
    for rule in of.rules().words() {
        let _ = writeln!(text, "{rule}");
    }
    text
}
