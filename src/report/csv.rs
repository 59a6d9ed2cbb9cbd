//! The recommendations, the action plan or the timeline as one table of comma separated values: a row
//! for each action, every row whole, UTF-8 with the mark that Excel wants.
//!
//! Excel takes a cell that begins with `=`, `+`, `-` or `@` for a formula, whoever wrote it. Such a
//! cell gets an apostrophe before it, and whoever exports is told how many; `import` takes it off
//! again. A lone "-" is an answer and no formula: it stays.

use super::compare;
use super::complaints::{self, Told};
use super::listing;
use super::timeline::table;
use super::{Options, ReportError, ReportName, Source, gaps, signals};
use crate::model::printed::{ACTION_PLAN_VALUES, APPENDIX_VALUES};
use crate::model::workbook::Cell;
use crate::model::{Action, Index, Plan, Recommendation, Responsibility, Timescale};

/// What is written.
#[derive(Debug)]
pub struct Csv {
    /// The file.
    pub bytes: Vec<u8>,
    /// How many cells got an apostrophe.
    pub guarded: usize,
}

/// Writes the table of a report on the plan alone.
///
/// # Errors
/// When a row cannot be written, which is a fault of this program.
pub fn write(plan: &Plan, index: &Index, name: ReportName, options: &Options) -> Result<Csv, ReportError> {
    of(&Source::new(plan, index), name, options)
}

/// Writes a report's table: of the complaints report the matrix.
///
/// # Errors
/// When a row cannot be written, which is a fault of this program.
pub(super) fn of(source: &Source<'_>, name: ReportName, options: &Options) -> Result<Csv, ReportError> {
    let (plan, index) = (source.plan, source.index);
    if name == ReportName::Compare {
        let compared = source.compared.as_ref().ok_or(ReportError::NothingCompared)?;
        let (header, rows) = compare::rows(compared);
        return separated(header.iter().map(String::as_str), rows);
    }
    if let Some(listed) = source.listed.filter(|_| name == ReportName::Appendix) {
        let (header, rows) = listing::rows(plan, index, &listed, options);
        return separated(header.into_iter(), rows);
    }
    let (header, rows) = match name {
        ReportName::Complaints => match Told::of(source, options.as_at) {
            Some(told) => complaints::matrix_rows(&told),
            None => (vec!["Complaints and other intelligence"], vec![vec!["This plan has no signals yet".to_owned()]]),
        },
        ReportName::Signals => signals::rows(plan, source.signals.map_or(&[][..], |signals| signals.held)),
        ReportName::Appendix => (APPENDIX_VALUES.to_vec(), appendix(plan, index, options)),
        ReportName::ActionPlan => (ACTION_PLAN_VALUES.to_vec(), action_plan(plan, index, options)),
        ReportName::Timeline => timeline(plan, index, options),
        ReportName::Gaps => gaps::rows(source, options),
        // it has headings of its own, above
        ReportName::Compare => (Vec::new(), Vec::new()),
    };
    separated(header.into_iter(), rows)
}

fn separated<'h>(header: impl Iterator<Item = &'h str>, rows: Vec<Vec<String>>) -> Result<Csv, ReportError> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    let mut guarded = 0;
    let failed = |error: &dyn std::fmt::Display| ReportError::Layout(error.to_string());
    {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(&mut bytes);
        let mut told = 0;
        // an organisation's name may begin as a formula does
        let header = header.map(|title| guard(title.to_owned(), &mut told));
        writer.write_record(header).map_err(|error| failed(&error))?;
        for row in rows {
            let cells = row.into_iter().map(|cell| guard(cell, &mut guarded));
            writer.write_record(cells).map_err(|error| failed(&error))?;
        }
        writer.flush().map_err(|error| failed(&error))?;
    }
    Ok(Csv { bytes, guarded })
}

/// Puts an apostrophe before what Excel would take for a formula.
pub(super) fn guard(cell: String, guarded: &mut usize) -> String {
    if cell == "-" || !cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        return cell;
    }
    *guarded += 1;
    format!("'{cell}")
}

/// A row for each card of the timeline.
fn timeline(plan: &Plan, index: &Index, options: &Options) -> (Vec<&'static str>, Vec<Vec<String>>) {
    let rows = table::rows(plan, index, options.as_at).into_iter();
    let rows = rows.map(|row| row.iter().map(Cell::words).collect()).collect();
    (table::COLUMNS.iter().map(|column| column.title).collect(), rows)
}

fn appendix(plan: &Plan, index: &Index, options: &Options) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for row in index.recommendations.iter().filter_map(|id| plan.recommendations.get(id)) {
        let first = recommendation(plan, index, row, options);
        let actions = index.actions(plan, row.id);
        if actions.is_empty() {
            rows.push(first.iter().cloned().chain(std::iter::repeat_n(String::new(), 6)).collect());
        }
        for action in actions {
            let due = index.due(plan, action).text();
            rows.push(first.iter().cloned().chain(action_cells(plan, index, action, due, options)).collect());
        }
    }
    rows
}

fn recommendation(plan: &Plan, index: &Index, row: &Recommendation, options: &Options) -> Vec<String> {
    let theme = row.theme.and_then(|id| plan.themes.get(&id)).map(|theme| theme.title.clone());
    let current = index.positions_at(plan, row.id, options.as_at);
    let joined = |words: Vec<String>| words.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
    let acceptance = row.acceptance.map(|answer| answer.word().to_owned()).unwrap_or_default();
    vec![
        plan.reference_name(row),
        theme.unwrap_or_default(),
        row.shown_title().to_owned(),
        row.shown_text().to_owned(),
        joined(vec![row.response_status.clone(), row.response.clone()]),
        acceptance,
        row.acceptance_reason.clone(),
        joined(current.iter().map(|position| position.text.clone()).collect()),
        current.iter().find_map(|position| position.as_at).map(|date| date.to_string()).unwrap_or_default(),
        joined(current.iter().filter_map(|position| position.state).map(|state| state.word().to_owned()).collect()),
        joined(index.evidence(plan, row.id).iter().map(|row| row.text.clone()).collect()),
    ]
}

/// Action, owner, partners, timescale, state, overdue.
fn action_cells(plan: &Plan, index: &Index, row: &Action, due: String, options: &Options) -> [String; 6] {
    let overdue = if index.is_overdue(plan, row, options.as_at) { "yes" } else { "no" };
    [row.text.clone(), row.owner.clone(), row.partners.clone(), due, row.state.word().into(), overdue.into()]
}

/// Actions that stand alone come first: below a responsibility, a row without one would be read as
/// the responsibility's.
fn action_plan(plan: &Plan, index: &Index, options: &Options) -> Vec<Vec<String>> {
    let mut rows = Vec::new();
    for action in index.actions_under(plan, None) {
        rows.push(planned(plan, index, "", action, action.due_words.clone(), options));
    }
    for responsibility in plan.responsibilities_in_order() {
        let timescales = index.timescales(plan, responsibility.id);
        unpaired(plan, index, responsibility, &mut rows);
        for action in index.actions_under(plan, Some(responsibility.id)) {
            let paired = timescales.iter().filter(|row| row.action == Some(action.id));
            let words: Vec<&str> = paired.map(|row| row.words.as_str()).collect();
            let due = if action.due_words.is_empty() { words.join("\n") } else { action.due_words.clone() };
            rows.push(planned(plan, index, &responsibility.text, action, due, options));
        }
    }
    rows
}

/// An action's row of the action plan.
fn planned(plan: &Plan, index: &Index, of: &str, row: &Action, due: String, options: &Options) -> Vec<String> {
    let serves: Vec<String> = index.served(plan, row.id).iter().map(|row| plan.reference_name(row)).collect();
    let cells = std::iter::once(of.to_owned()).chain(action_cells(plan, index, row, due, options));
    cells.chain([serves.join(", ")]).collect()
}

/// A row for each timescale that is no action's, and for a responsibility that nothing stands under.
fn unpaired(plan: &Plan, index: &Index, responsibility: &Responsibility, rows: &mut Vec<Vec<String>>) {
    let timescales = index.timescales(plan, responsibility.id);
    let row = |due: &str, state: &str| {
        let cells = [responsibility.text.as_str(), "", "", "", due, state, "", ""];
        cells.map(str::to_owned).to_vec()
    };
    let open = |timescale: &&&Timescale| timescale.action.is_none_or(|id| !plan.actions.contains_key(&id));
    rows.extend(
        timescales.iter().filter(open).map(|timescale| row(&timescale.words, if timescale.done { "done" } else { "" })),
    );
    if timescales.is_empty() && index.actions_under(plan, Some(responsibility.id)).is_empty() {
        rows.push(row("", ""));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_excel_would_run_is_guarded_and_counted_and_a_lone_dash_is_an_answer() {
        let mut guarded = 0;
        let cells = ["=1+1", "+44 20", "-5", "@SUM", "\t=1", "-", "", "None", "0", "a=b"];
        let out: Vec<String> = cells.iter().map(|cell| guard((*cell).to_owned(), &mut guarded)).collect();
        assert_eq!(out, ["'=1+1", "'+44 20", "'-5", "'@SUM", "'\t=1", "-", "", "None", "0", "a=b"]);
        assert_eq!(guarded, 5);
    }
}
