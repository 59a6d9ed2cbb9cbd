//! The verb that charts one column of values.

use super::arguments::Chart;
use super::output::Output;
use super::{DONE, Stop, USAGE};
use crate::import::series::{self, SeriesFile};
use crate::model::text::count;
use crate::model::xmr::{Options, XmrError};
use crate::report::xmr::{self, Told};
use std::io::Read as _;

pub(super) fn xmr(asked: &Chart, output: &mut Output) -> Result<u8, Stop> {
    let (name, bytes) = source(asked)?;
    let file = series::read(&name, &bytes).map_err(|error| Stop::refused(error.to_string(), ""))?;
    let options = Options { screen: !asked.no_screen, counts: file.counts, ..Options::default() };
    let places: Vec<usize> = asked.rebase.iter().map(|number| number.saturating_sub(1)).collect();
    let chart = file.series.chart_from(&places, &options).map_err(|error| match error {
        XmrError::Rebase { .. } => Stop { status: USAGE, what: error.to_string(), remedy: String::new() },
        _ => Stop::refused(format!("{error}: {}", file.name), ""),
    })?;
    let title = if file.heading.is_empty() { &file.name } else { &file.heading };
    let notes = notes(&file);
    let told = Told { title, percent: file.percent, notes: &notes };
    output.result(
        || xmr::json(&file.series, &chart, &options, &told),
        || xmr::words(&file.series, &chart, &options, &told),
    );
    Ok(DONE)
}

/// A file, or with `-` standard input, so that another program's output can be charted.
fn source(asked: &Chart) -> Result<(String, Vec<u8>), Stop> {
    let path = &asked.file;
    if path.as_os_str() == "-" {
        let mut bytes = Vec::new();
        let read = std::io::stdin().lock().read_to_end(&mut bytes);
        read.map_err(|error| Stop::failed(format!("standard input could not be read ({error})"), ""))?;
        return Ok(("standard input".to_owned(), bytes));
    }
    let bytes = std::fs::read(path).map_err(|error| {
        let what = format!("the values could not be read ({error}): {}", path.display());
        Stop::failed(what, "Look whether the file is there and not locked by another program.")
    })?;
    Ok((path.file_name().unwrap_or_default().to_string_lossy().into_owned(), bytes))
}

/// What was noticed in reading the values.
fn notes(file: &SeriesFile) -> Vec<String> {
    let mut notes = Vec::new();
    if file.sorted {
        notes.push("The rows stood in another order than that of their dates; they are charted by date".to_owned());
    }
    if !file.blank.is_empty() {
        let rows: Vec<String> = file.blank.iter().take(12).map(|blank| blank.row.to_string()).collect();
        let more = if file.blank.len() > rows.len() { " and more" } else { "" };
        notes.push(format!(
            "No value in {} ({}{more}): neither a point nor a zero",
            count(file.blank.len(), "row"),
            rows.join(", ")
        ));
    }
    notes
}
