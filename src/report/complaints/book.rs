//! The report as a workbook: coverage, findings, matrix, series, timeliness, the rule; and the signals themselves in
//! one for internal use.

use super::coverage::Came;
use super::numbers::AnswersShown;
use super::{INTERNAL, Told, findings, matrix, rule, timeliness};
use crate::model::Plan;
use crate::model::intelligence::{ThemeKey, upper_first};
use crate::model::suppression::Shown;
use crate::model::triangulation::Cell as Matrix;
use crate::report::sheets::{Cell, Cover, Sheet, write as write_sheets};
use crate::report::triangulation::coverage;
use crate::report::{Options, Progress, ReportError, ReportName, signals};

/// Writes the workbook.
///
/// # Errors
/// When the work is given up, or there are more signals than rows in a sheet of Excel.
pub(in crate::report) fn write(
    told: &Told<'_>,
    options: &Options,
    progress: Progress<'_>,
) -> Result<Vec<u8>, ReportError> {
    let info = told.plan.info();
    let cover = Cover {
        title: format!("{}, {}", ReportName::Complaints.title(), told.period()),
        organisation: &info.organisation,
        mark: if told.internal { INTERNAL } else { "" },
        generated: options.generated,
    };
    let mut sheets = vec![came(told), found(told), cells(told), series(told), answers(told), rules(told)];
    if told.internal {
        let name = |provider| told.name(provider).to_owned();
        sheets.push(signals::sheet("Rows", told.held, &name));
    }
    write_sheets(&cover, &sheets, progress)
}

/// The workbook that says that there is nothing to report on.
///
/// # Errors
/// When the work is given up.
pub(in crate::report) fn empty(plan: &Plan, options: &Options, progress: Progress<'_>) -> Result<Vec<u8>, ReportError> {
    let info = plan.info();
    let cover = Cover {
        title: ReportName::Complaints.title().to_owned(),
        organisation: &info.organisation,
        mark: "",
        generated: options.generated,
    };
    let rows = vec![vec![Cell::text("This plan has no signals yet")]];
    let sheet = Sheet { name: "Coverage", columns: columns(&[("Complaints and other intelligence", 60)]), rows };
    write_sheets(&cover, &[sheet], progress)
}

fn columns(of: &[(&str, u16)]) -> Vec<(String, u16)> {
    of.iter().map(|(title, width)| ((*title).to_owned(), *width)).collect()
}

fn number(count: usize) -> Cell {
    Cell::Number(count as f64)
}

fn came(told: &Told<'_>) -> Sheet {
    let mut rows = Vec::new();
    for provider in &told.picture.providers {
        for source in &told.picture.sources {
            let came = Came::of(told, provider.provider.id, *source);
            rows.push(vec![
                Cell::text(&provider.provider.name),
                Cell::text(source.word()),
                number(came.months),
                number(came.received),
                number(came.late),
                number(came.expected),
                number(came.never),
                number(came.not_applicable),
                Cell::text(upper_first(&came.words().join(", "))),
            ]);
        }
    }
    let columns = columns(&[
        ("Provider", 30),
        ("Source", 22),
        ("Months", 9),
        ("Received", 10),
        ("Late", 9),
        ("Expected", 10),
        ("Never asked", 10),
        ("Not applicable", 11),
        ("In words", 40),
    ]);
    Sheet { name: "Coverage", columns, rows }
}

fn found(told: &Told<'_>) -> Sheet {
    let mut all: Vec<_> = told.picture.providers.iter().flat_map(|provider| provider.findings()).collect();
    all.sort_by_key(|found| found.verdict());
    let rows = all.into_iter().map(|found| {
        let sources: Vec<&str> = found.sources().iter().map(|source| source.word()).collect();
        let noted = findings::noted(told, found.provider, found.theme.id());
        let judged: Vec<&str> =
            noted.iter().map(|row| row.judgement.as_str()).filter(|text| !text.is_empty()).collect();
        let done = noted.iter().flat_map(|row| super::doing::linked(told, row.id));
        let done: Vec<String> = done.map(|block| block.text()).collect();
        vec![
            Cell::text(told.name(found.provider)),
            Cell::text(told.of.theme_title(found.theme)),
            Cell::text(found.from.to_string()),
            Cell::text(found.to.to_string()),
            Cell::text(found.verdict().word()),
            Cell::text(sources.join(", ")),
            Cell::text(found.words()),
            Cell::text(judged.join("\n")),
            Cell::text(done.join("\n")),
        ]
    });
    let columns = columns(&[
        ("Provider", 30),
        ("Theme", 26),
        ("From", 9),
        ("To", 9),
        ("Verdict", 15),
        ("Sources", 24),
        ("What the sources say", 60),
        ("What we make of it", 40),
        ("What is done about it", 50),
    ]);
    Sheet { name: "Findings", columns, rows: rows.collect() }
}

/// A number as it is published, or the word that stands for it.
fn as_shown(text: String) -> Cell {
    text.parse::<u64>().map_or(Cell::Text(text), |number| Cell::Number(number as f64))
}

fn cells(told: &Told<'_>) -> Sheet {
    let mut rows = Vec::new();
    for provider in &told.picture.providers {
        for row in matrix::rows(told, provider) {
            let found = row.found.as_ref().filter(|found| found.theme != ThemeKey::All);
            for cell in &row.cells {
                let unit = cell.scoring.map_or(cell.unit.word(), |rule| rule.word());
                let part = match cell.cell {
                    Matrix::Data { part: true, .. } => {
                        format!("{} of {} months", cell.covered.received, cell.covered.of)
                    }
                    _ => String::new(),
                };
                rows.push(vec![
                    Cell::text(&provider.provider.name),
                    Cell::text(told.of.theme_title(row.theme)),
                    Cell::text(cell.source.word()),
                    as_shown(told.numbers.words(cell)),
                    Cell::text(if cell.value.is_some() { unit } else { "" }),
                    Cell::text(matrix::said(cell)),
                    Cell::text(coverage(cell)),
                    Cell::text(part),
                    Cell::text(found.map_or("", |found| found.verdict().word())),
                ]);
            }
        }
    }
    let columns = columns(&[
        ("Provider", 30),
        ("Theme", 28),
        ("Source", 22),
        ("Number", 12),
        ("Unit", 13),
        ("What it says", 15),
        ("Received", 16),
        ("In part", 14),
        ("Sources together", 17),
    ]);
    Sheet { name: "Matrix", columns, rows }
}

/// A row for each month of a series that is drawn; one in words for each other.
fn series(told: &Told<'_>) -> Sheet {
    let mut rows = Vec::new();
    for one in &told.series {
        let chart = &one.chart;
        let unit = chart.scoring.map_or(chart.unit.word(), |rule| rule.word());
        let begin = [Cell::text(&chart.provider_name), Cell::text(&chart.title), Cell::text(chart.source.word())];
        let Some(values) = &one.values else {
            let mut row = begin.to_vec();
            row.extend(vec![Cell::Blank; 7]);
            row.push(Cell::text([one.description.join(" "), one.notes.join(" ")].join(" ")));
            rows.push(row);
            continue;
        };
        for (place, value) in values.iter().enumerate() {
            let (Some(given), Some(point)) = (chart.series.points.get(place), chart.xmr.points.get(place)) else {
                continue;
            };
            let group = chart.xmr.groups.iter().position(|group| group.range.contains(&place));
            let levels = group.and_then(|group| one.levels.get(group)).copied().unwrap_or_default();
            let level = |level: Option<f64>| level.map_or(Cell::text("below 8"), Cell::Number);
            let limits =
                group.and_then(|group| chart.xmr.groups.get(group)).is_some_and(|group| group.limits.is_some());
            let limit = |value: Option<f64>| if limits { level(value) } else { Cell::Blank };
            let mut row = begin.to_vec();
            row.extend([
                given.month.map_or(Cell::Blank, |month| Cell::Month(month.first_day())),
                Cell::Number(*value),
                Cell::text(unit),
                Cell::text(point.label.word()),
                level(levels.mean),
                limit(levels.lower),
                limit(levels.upper),
                if place == 0 { Cell::text(one.notes.join(" ")) } else { Cell::Blank },
            ]);
            rows.push(row);
        }
        for month in &chart.missing {
            let mut row = begin.to_vec();
            row.extend([Cell::Month(month.first_day()), Cell::text("no data")]);
            rows.push(row);
        }
    }
    let columns = columns(&[
        ("Provider", 30),
        ("Series", 36),
        ("Source", 20),
        ("Month", 16),
        ("Value", 9),
        ("Unit", 12),
        ("Label", 15),
        ("Mean", 9),
        ("Lower limit", 9),
        ("Upper limit", 9),
        ("In words", 70),
    ]);
    Sheet { name: "Series", columns, rows }
}

fn answers(told: &Told<'_>) -> Sheet {
    type Of = fn(&AnswersShown) -> Shown;
    const COUNTS: [(&str, Of); 14] = [
        ("Received", |shown| shown.received),
        ("Closed in time", |shown| shown.in_time),
        ("Closed late", |shown| shown.late),
        ("Closed, no date to judge by", |shown| shown.unjudged),
        ("Open, in time", |shown| shown.open),
        ("Open and late", |shown| shown.open_late),
        ("Open, no date to judge by", |shown| shown.open_undated),
        ("Upheld", |shown| shown.upheld),
        ("Upheld in part", |shown| shown.partly),
        ("Not upheld", |shown| shown.not_upheld),
        ("Closed, outcome not said", |shown| shown.unsaid),
        ("Say what was learnt", |shown| shown.learning),
        ("Say what was made better", |shown| shown.improvement),
        ("Handling gives concern", |shown| shown.handling),
    ];
    let rows = timeliness::lines(told).into_iter().map(|line| {
        let mut row = vec![Cell::text(line.name.clone())];
        row.extend(COUNTS.iter().map(|(_, of)| as_shown(of(line.shown).text())));
        let hidden = |none: bool| if none { Cell::Blank } else { Cell::text(Shown::Hidden.text()) };
        let percent = line.percent_in_time(told.internal);
        row.push(percent.map_or_else(|| hidden(line.answered.judged == 0), Cell::Number));
        row.push(line.median().map_or_else(|| hidden(line.answered.days.is_empty()), Cell::Number));
        row
    });
    let mut columns = vec![("Provider".to_owned(), 30)];
    columns.extend(COUNTS.iter().map(|(title, _)| ((*title).to_owned(), 13)));
    columns.extend([("Share in time, %".to_owned(), 12), ("Median working days".to_owned(), 12)]);
    Sheet { name: "Timeliness", columns, rows: rows.collect() }
}

fn rules(told: &Told<'_>) -> Sheet {
    let part = |name: &str, lines: Vec<String>| -> Vec<Vec<Cell>> {
        lines.into_iter().map(|line| vec![Cell::text(name), Cell::Text(line)]).collect()
    };
    let mut rows = part("For whom", if told.internal { vec![INTERNAL.to_owned()] } else { Vec::new() });
    rows.extend(part("The rule", rule::lines(told)));
    rows.extend(part("Small numbers", rule::small(told)));
    Sheet { name: "Rule", columns: columns(&[("Part", 18), ("In words", 120)]), rows }
}
