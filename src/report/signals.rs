//! Signals row by row, as an import of signals reads them back: nothing of a row is lost on the way.

use super::sheets::{Cell, Cover, Sheet, write as write_sheets};
use super::{Options, Progress, ReportError, ReportName, complaints};
use crate::model::Id;
use crate::model::Plan;
use crate::model::signal::{Hardness, Held, KEPT_HEADING};
use chrono::NaiveDate;

/// The headings, in the order of [`cells`], with the widths of their columns. The import of signals knows each.
const COLUMNS: [(&str, u16); 22] = [
    ("Reference", 16),
    ("Source", 18),
    ("Provider", 28),
    ("Date received", 18),
    ("Date happened", 18),
    ("Response due", 18),
    ("Date closed", 18),
    ("Month", 10),
    ("Subject", 34),
    ("Service", 20),
    ("Specialty", 20),
    ("Site", 20),
    ("Status", 14),
    ("Outcome", 16),
    ("Grade", 14),
    ("Adverse", 10),
    ("Handling concern", 12),
    ("Learning", 40),
    ("Improvement", 40),
    ("Hard or soft", 10),
    (KEPT_HEADING, 40),
    ("Recap key", 16),
];

fn cells(held: &Held, provider: &dyn Fn(Id) -> String) -> Vec<Cell> {
    let signal = &held.signal;
    let truth = |value: Option<bool>| Cell::text(value.map_or("", |value| if value { "yes" } else { "no" }));
    let usual = signal.source.hardness() == signal.hardness;
    vec![
        Cell::text(&signal.reference),
        Cell::text(signal.source.word()),
        Cell::text(held.provider.map(provider).unwrap_or_default()),
        Cell::date(signal.received),
        Cell::date(signal.happened),
        Cell::date(signal.due),
        Cell::date(signal.closed),
        Cell::text(signal.month.map(|month| month.to_string()).unwrap_or_default()),
        // a line each: a subject may have commas of its own
        Cell::text(signal.subjects.join("\n")),
        Cell::text(&signal.service),
        Cell::text(&signal.specialty),
        Cell::text(&signal.site),
        Cell::text(&signal.state),
        Cell::text(&signal.outcome),
        Cell::text(&signal.grade),
        truth(signal.adverse),
        truth(signal.handling_concern),
        Cell::text(&signal.learning),
        Cell::text(&signal.improvement),
        Cell::text(match signal.hardness {
            _ if usual => "",
            Hardness::Hard => Hardness::Hard.word(),
            Hardness::Soft => Hardness::Soft.word(),
        }),
        Cell::text(&signal.text),
        Cell::text(&signal.key),
    ]
}

/// A sheet of signals.
pub(super) fn sheet(name: &'static str, held: &[Held], provider: &dyn Fn(Id) -> String) -> Sheet {
    let columns = COLUMNS.iter().map(|(title, width)| ((*title).to_owned(), *width)).collect();
    Sheet { name, columns, rows: held.iter().map(|one| cells(one, provider)).collect() }
}

/// Heading and rows as words; days as `YYYY-MM-DD`.
pub(super) fn rows(plan: &Plan, held: &[Held]) -> (Vec<&'static str>, Vec<Vec<String>>) {
    let name = |id| name_of(plan, id);
    let words = |cell: Cell| match cell {
        Cell::Blank => String::new(),
        Cell::Text(text) => text,
        Cell::Number(number) => number.to_string(),
        Cell::Date(date) | Cell::Month(date) => NaiveDate::to_string(&date),
    };
    let rows = held.iter().map(|one| cells(one, &name).into_iter().map(words).collect()).collect();
    (COLUMNS.iter().map(|(title, _)| *title).collect(), rows)
}

fn name_of(plan: &Plan, provider: Id) -> String {
    plan.providers.get(&provider).map(|row| row.name.clone()).unwrap_or_default()
}

/// Writes signals as a workbook with one sheet.
///
/// # Errors
/// When the work is given up, or there are more signals than rows in a sheet of Excel.
pub(super) fn workbook(
    plan: &Plan,
    held: &[Held],
    options: &Options,
    progress: Progress<'_>,
) -> Result<Vec<u8>, ReportError> {
    let info = plan.info();
    let cover = Cover {
        title: ReportName::Signals.title().to_owned(),
        organisation: &info.organisation,
        mark: complaints::INTERNAL,
        generated: options.generated,
    };
    let name = |id| name_of(plan, id);
    write_sheets(&cover, &[sheet("Signals", held, &name)], progress)
}
