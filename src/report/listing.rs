//! The appendix as a list shows it: its rows in its order, under its headings, in its columns. The paper says which rows
//! it holds, so that nobody takes a part for the whole.

use super::appendix;
use super::paper::{Block, Column, Group, Paper, Row, Run};
use super::sheets::{Cell, Cover, Sheet, write};
use super::{Options, Progress, ReportError, ReportName, status};
use crate::model::printed;
use crate::model::state::{Shown, StateWords};
use crate::model::view::{self, GroupKey, List, Look};
use crate::model::{Action, Index, Plan, Recommendation};

/// What is looked at, and what that shows.
#[derive(Debug, Clone, Copy)]
pub struct Listed<'a> {
    /// What is looked at.
    pub look: &'a Look,
    /// What it shows of the plan.
    pub list: &'a List,
}

impl Listed<'_> {
    /// The columns beside the number: one at least.
    fn columns(&self) -> Vec<view::Column> {
        let beside = |column: &view::Column| *column != view::Column::Reference;
        let columns: Vec<_> = self.look.view.columns.iter().copied().filter(beside).collect();
        if columns.is_empty() { vec![view::Column::Recommendation] } else { columns }
    }

    /// Which rows these are and how they stand; blank where they are all as the plan has them.
    fn words(&self, plan: &Plan) -> String {
        let words = self.look.view.words(plan, self.list);
        match (self.look.name.as_str(), words.as_str()) {
            ("", words) => words.to_owned(),
            (name, "") => format!("View: {name}."),
            (name, words) => format!("View: {name}. {words}"),
        }
    }
}

/// How wide a column is beside others; the appendix's four as they are there.
fn share(column: view::Column) -> u16 {
    use view::Column as C;
    match column {
        C::Reference => 6,
        C::Recommendation => 26,
        C::Response => 20,
        C::Position | C::Actions => 27,
        C::State | C::Report | C::Due => 11,
        C::Theme | C::Answer | C::Owners => 14,
        C::Evidence => 18,
    }
}

/// Columns whose shares are hundredths of the width.
fn paper_columns(columns: &[view::Column]) -> Vec<Column> {
    let all: u16 = columns.iter().map(|column| share(*column)).sum();
    let each = |column: &view::Column| Column { title: column.name(), share: (share(*column) * 100 / all).max(1) };
    columns.iter().map(each).collect()
}

pub(super) fn build(plan: &Plan, index: &Index, listed: &Listed<'_>, options: &Options) -> Paper {
    let columns = listed.columns();
    let words = StateWords::of(plan);
    let mut groups = Vec::new();
    for group in listed.list.groups.iter().filter(|group| !group.rows.is_empty()) {
        let rows = group.rows.iter().filter_map(|id| plan.recommendations.get(id));
        let rows = rows.map(|row| Row {
            reference: plan.reference_name(row),
            title: row.shown_title().to_owned(),
            cells: columns.iter().map(|column| cell(plan, index, &words, row, *column, &columns, options)).collect(),
        });
        let titled = listed.list.has_headings;
        // a theme's heading stands as in the whole appendix
        let label = if titled && !matches!(group.key, GroupKey::Theme(_)) { group.key.kind() } else { "" };
        let title = if titled { group.key.title(plan) } else { String::new() };
        groups.push(Group { label, title, rows: rows.collect(), ..Group::default() });
    }
    let said = listed.words(plan);
    Paper {
        subtitle: "Recommendations, current position and actions".into(),
        summary: if said.is_empty() { Vec::new() } else { vec![Block::paragraph(vec![Run::Strong(said)])] },
        columns: paper_columns(&columns),
        groups,
        empty: "No recommendation is as this list asks.",
        ..appendix::front(plan, ReportName::Appendix, options)
    }
}

/// A cell. What has a column of its own is not said in the column of positions again.
fn cell(
    plan: &Plan,
    index: &Index,
    words: &StateWords,
    row: &Recommendation,
    column: view::Column,
    columns: &[view::Column],
    options: &Options,
) -> Vec<Block> {
    let has = |column| columns.contains(&column);
    let plain = |text: &str| Block::of(text).collect::<Vec<_>>();
    match column {
        view::Column::Reference => plain(&row.reference),
        view::Column::Recommendation => appendix::wording(row),
        view::Column::Response => appendix::response(row),
        view::Column::Position => {
            let mut cell = if has(view::Column::Answer) { Vec::new() } else { appendix::answer(row) };
            let after_reasons = !cell.is_empty() && !row.acceptance_reason.is_empty();
            cell.extend(appendix::positions(plan, index, row, options, after_reasons));
            if !has(view::Column::Evidence) {
                cell.extend(appendix::evidence_of(plan, index, row, options));
            }
            cell
        }
        view::Column::Actions => appendix::actions(plan, index, words, row, options),
        view::Column::Theme => plain(&theme(plan, row)),
        view::Column::Report => plain(&report(plan, row)),
        view::Column::Answer => answer(row),
        view::Column::State => {
            let now = index.positions_at(plan, row.id, options.as_at);
            let states = now.iter().filter_map(|position| position.state);
            states.map(|state| Block::paragraph(vec![Run::State(status::position(state))])).collect()
        }
        view::Column::Owners => plain(&view::owners_of(plan, index, row.id).join("\n")),
        view::Column::Due => plain(&view::next_due(plan, index, row.id).map(|(_, due)| due).unwrap_or_default()),
        view::Column::Evidence => appendix::evidence_of(plan, index, row, options),
    }
}

/// The answer where its column says what it is.
fn answer(row: &Recommendation) -> Vec<Block> {
    let word = row.acceptance.map(|answer| vec![Run::Strong(printed::capital(answer.word()))]);
    let day = row.acceptance_date.map(|day| vec![Run::Quiet(printed::day(day))]);
    let lines = word.into_iter().chain(day).map(Block::paragraph);
    lines.chain(Block::of(&row.acceptance_reason)).collect()
}

fn theme(plan: &Plan, row: &Recommendation) -> String {
    row.theme.and_then(|id| plan.themes.get(&id)).map(|theme| theme.title.clone()).unwrap_or_default()
}

fn report(plan: &Plan, row: &Recommendation) -> String {
    let report = plan.reports.values().find(|report| report.key == row.report);
    report.map_or_else(|| row.report.clone(), |report| report.short_title.clone())
}

/// The list as a table: its headings' column where it has headings that no column says, then the number, then its
/// columns; a row for each recommendation, under each of its headings.
pub(super) fn rows(
    plan: &Plan,
    index: &Index,
    listed: &Listed<'_>,
    options: &Options,
) -> (Vec<&'static str>, Vec<Vec<String>>) {
    let columns = listed.columns();
    let kind = listed.list.groups.first().map_or("", |group| group.key.kind());
    let heading = listed.list.has_headings && columns.iter().all(|column| column.name() != kind);
    let mut header = Vec::new();
    header.extend(heading.then_some(kind));
    header.push("No.");
    for column in &columns {
        if *column == view::Column::Recommendation {
            header.push("Title");
        }
        header.push(column.name());
    }
    let words = StateWords::of(plan);
    let mut rows = Vec::new();
    for group in &listed.list.groups {
        for row in group.rows.iter().filter_map(|id| plan.recommendations.get(id)) {
            let mut cells = Vec::with_capacity(header.len());
            cells.extend(heading.then(|| group.key.title(plan)));
            cells.push(plan.reference_name(row));
            for column in &columns {
                if *column == view::Column::Recommendation {
                    cells.push(row.shown_title().to_owned());
                }
                cells.push(value(plan, index, &words, row, *column, options));
            }
            rows.push(cells);
        }
    }
    (header, rows)
}

/// A cell of the table.
fn value(
    plan: &Plan,
    index: &Index,
    words: &StateWords,
    row: &Recommendation,
    column: view::Column,
    options: &Options,
) -> String {
    let lines = |parts: Vec<String>| parts.into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n");
    let now = || index.positions_at(plan, row.id, options.as_at);
    match column {
        view::Column::Reference => row.reference.clone(),
        view::Column::Recommendation => row.shown_text().to_owned(),
        view::Column::Response => lines(vec![row.response_status.clone(), row.response.clone()]),
        view::Column::Position => lines(now().iter().map(|position| position.text.clone()).collect()),
        view::Column::Actions => {
            let actions = index.actions(plan, row.id).into_iter();
            lines(actions.map(|action| action_words(plan, index, words, action, options)).collect())
        }
        view::Column::Theme => theme(plan, row),
        view::Column::Report => report(plan, row),
        view::Column::Answer => {
            let word = row.acceptance.map(|answer| printed::capital(answer.word())).unwrap_or_default();
            let day = row.acceptance_date.map(printed::day).unwrap_or_default();
            lines(vec![word, day, row.acceptance_reason.clone()])
        }
        view::Column::State => lines(
            now().iter().filter_map(|position| position.state).map(|state| printed::capital(state.word())).collect(),
        ),
        view::Column::Owners => view::owners_of(plan, index, row.id).join("\n"),
        view::Column::Due => view::next_due(plan, index, row.id).map(|(_, due)| due).unwrap_or_default(),
        view::Column::Evidence => lines(index.evidence(plan, row.id).iter().map(|row| row.text.clone()).collect()),
    }
}

/// "Agree the extract (in progress · Head of contracting · July 2013)".
fn action_words(plan: &Plan, index: &Index, words: &StateWords, row: &Action, options: &Options) -> String {
    let late = index.is_overdue(plan, row, options.as_at);
    let state = words.word(Shown::of(row.state).tentative(row.tentative).overdue(late)).to_owned();
    let parts = [state, status::owner(row), index.due(plan, row).text()];
    let told: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{} ({})", row.text, told.join(printed::DOT))
}

/// The list as a workbook: the table, and a sheet that says what it is of.
pub(super) fn workbook(
    plan: &Plan,
    index: &Index,
    listed: &Listed<'_>,
    options: &Options,
    progress: Progress<'_>,
) -> Result<Vec<u8>, ReportError> {
    let info = plan.info();
    let title = format!("{} – {}", info.organisation, info.title);
    let cover = Cover { title, organisation: &info.organisation, mark: "", generated: options.generated };
    let (header, rows) = rows(plan, index, listed, options);
    let width = |title: &str| match title {
        "No." => 10,
        "Recommendation" | "Current position" | "Actions" => 45,
        "Government response" | "Evidence" => 30,
        _ => 20,
    };
    let table = Sheet {
        name: "Recommendations",
        columns: header.into_iter().map(|title| (title.to_owned(), width(title))).collect(),
        rows: rows.into_iter().map(|row| row.into_iter().map(Cell::text).collect()).collect(),
    };
    let said = listed.words(plan);
    let mut about = vec![
        ("Plan".to_owned(), cover.title.clone()),
        ("Position as at".to_owned(), printed::day(options.as_at)),
        ("Rows".to_owned(), listed.look.view.how_many(listed.list)),
    ];
    if !said.is_empty() {
        about.push(("What it shows".to_owned(), said));
    }
    let about = Sheet {
        name: "About",
        columns: vec![("What".to_owned(), 20), ("In words".to_owned(), 100)],
        rows: about.into_iter().map(|(what, words)| vec![Cell::text(what), Cell::text(words)]).collect(),
    };
    write(&cover, &[table, about], progress)
}
