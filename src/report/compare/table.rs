//! The comparison as a table: a row for each recommendation and for each action, both plans in each row.

use super::{Compared, NOT_SHARED, kind_words, told};
use crate::model::compare::{Kind, Pair, Part, Row, Side, Told};
use crate::model::printed::capital;
use crate::model::{Action, Id};
use crate::report::sheets::{Cell, Cover, Sheet, write};
use crate::report::{Options, Progress, ReportError, ReportName};

/// The columns that name a row.
const NAMES: [(&str, u16); 7] =
    [("Row", 20), ("Report", 14), ("Ref", 9), ("Title", 36), ("Theme", 20), ("Status", 16), ("What differs", 26)];
/// The columns of each side.
const SIDE: [(&str, u16); 10] = [
    ("wording", 30),
    ("answer", 14),
    ("response", 18),
    ("position", 48),
    ("position as at", 14),
    ("state", 14),
    ("action", 40),
    ("owner", 20),
    ("due", 16),
    ("progress", 40),
];

/// The headings, with the two organisations' names, and the rows.
pub(in crate::report) fn rows(of: &Compared<'_>) -> (Vec<String>, Vec<Vec<String>>) {
    let mut rows = Vec::new();
    for row in of.shown() {
        if row.kind != Kind::Alone {
            rows.push(head(of, row));
        }
        rows.extend(row.pairs.iter().map(|pair| action_row(of, row, pair)));
    }
    (columns(of).into_iter().map(|(title, _)| title).collect(), rows)
}

fn columns(of: &Compared<'_>) -> Vec<(String, u16)> {
    let names = NAMES.iter().map(|(title, width)| ((*title).to_owned(), *width));
    let (us, them) = (of.us(), of.them());
    // two organisations of one name would give two columns of one heading
    let (us, them) = if us == them { (format!("{us} (ours)"), format!("{them} (theirs)")) } else { (us, them) };
    let side = |whose: String| SIDE.iter().map(move |(title, width)| (format!("{whose}: {title}"), *width));
    names.chain(side(us)).chain(side(them)).collect()
}

fn names(of: &Compared<'_>, row: &Row, what: &str) -> Vec<String> {
    let (_, title) = row.name(of.mine, of.theirs);
    let find = |side: Side<'_>, id: Option<Id>| {
        let row = side.plan.recommendations.get(&id?)?;
        Some((row.report.clone(), row.reference.clone()))
    };
    let (report, reference) = find(of.mine, row.mine).or_else(|| find(of.theirs, row.theirs)).unwrap_or_default();
    let theme = row.theme(of.mine, of.theirs);
    vec![what.to_owned(), report, reference, title.to_owned(), theme.to_owned()]
}

fn head(of: &Compared<'_>, row: &Row) -> Vec<String> {
    let mut cells = names(of, row, kind_words(row.kind));
    cells.extend([row.status.word().to_owned(), differs(row)]);
    for (side, id) in [(of.mine, row.mine), (of.theirs, row.theirs)] {
        cells.extend(said(side, row.kind, id));
    }
    cells
}

fn differs(row: &Row) -> String {
    let mut words = row.differs.words();
    if !row.not_shared.is_empty() {
        let gap = if words.is_empty() { "" } else { "; " };
        words.push_str(&format!("{gap}not shared: {}", row.not_shared.words()));
    }
    words
}

fn said(side: Side<'_>, kind: Kind, id: Option<Id>) -> Vec<String> {
    let mut cells = vec![String::new(); SIDE.len()];
    let Some(id) = id else { return cells };
    if kind == Kind::Responsibility {
        cells[0] = side.plan.responsibilities.get(&id).map(|row| row.text.clone()).unwrap_or_default();
        cells[8] = match side.timescales(id) {
            Told::NotShared => NOT_SHARED.to_owned(),
            other => other.text().to_owned(),
        };
        return cells;
    }
    for (at, part) in
        [(0, Part::Wording), (1, Part::Acceptance), (2, Part::Response), (3, Part::Position), (5, Part::State)]
    {
        cells[at] = told(side, part, Some(id));
    }
    cells[4] = side.position_day(id).map(|date| date.to_string()).unwrap_or_default();
    cells
}

fn action_row(of: &Compared<'_>, row: &Row, pair: &Pair) -> Vec<String> {
    let what = if pair.joint { "Joint action" } else { "Action" };
    let mut cells = names(of, row, what);
    let status = match (pair.mine, pair.theirs) {
        (Some(_), None) => "only mine",
        (None, _) => "only theirs",
        _ if pair.differs.is_empty() => "same",
        _ => "differs",
    };
    let mut differs = pair.differs.words();
    if pair.elsewhere {
        differs = "stands elsewhere in one plan".to_owned();
    }
    if pair.mine.is_none() || pair.theirs.is_none() {
        differs.clear();
    }
    cells.extend([status.to_owned(), differs]);
    for (side, id, news) in [(of.mine, pair.mine, &[][..]), (of.theirs, pair.theirs, pair.news.as_slice())] {
        cells.extend(action(side, id, news));
    }
    cells
}

fn action(side: Side<'_>, id: Option<Id>, news: &[Id]) -> Vec<String> {
    let mut cells = vec![String::new(); SIDE.len()];
    let Some(action) = id.and_then(|id| side.plan.actions.get(&id)) else { return cells };
    let said = |part: Part, action: &Action| match side.told_of(part, action) {
        Told::NotShared => NOT_SHARED.to_owned(),
        other => other.text().to_owned(),
    };
    cells[5] = capital(&said(Part::Progress, action));
    cells[6].clone_from(&action.text);
    cells[7] = said(Part::Owner, action);
    cells[8] = said(Part::Due, action);
    let notes = news.iter().filter_map(|id| side.plan.updates.get(id));
    let note = notes.map(|row| {
        let date = row.date.map(|date| format!("{date}: ")).unwrap_or_default();
        format!("{date}{}", row.note)
    });
    cells[9] = note.collect::<Vec<_>>().join("\n");
    cells
}

/// The table as a workbook, with a sheet that says what was compared and what is not shown.
///
/// # Errors
/// When the work is given up, or there are more rows than in a sheet of Excel.
pub(in crate::report) fn workbook(
    of: &Compared<'_>,
    options: &Options,
    progress: Progress<'_>,
) -> Result<Vec<u8>, ReportError> {
    let info = of.mine.plan.info();
    let cover = Cover {
        title: format!("{}: {} and {}", ReportName::Compare.title(), of.us(), of.them()),
        organisation: &info.organisation,
        mark: "",
        generated: options.generated,
    };
    let (_, rows) = rows(of);
    let table = Sheet {
        name: "Comparison",
        columns: columns(of),
        rows: rows.into_iter().map(|row| row.into_iter().map(Cell::text).collect()).collect(),
    };
    let filtered = of.filtered();
    let mut about = vec![("Compared".to_owned(), of.sides()), ("Found".to_owned(), of.summary())];
    if !filtered.is_empty() {
        about.push(("Not all is shown".to_owned(), filtered));
    }
    about.extend(of.notes.iter().map(|note| ("To be said".to_owned(), note.clone())));
    let about = Sheet {
        name: "About",
        columns: vec![("What".to_owned(), 20), ("In words".to_owned(), 100)],
        rows: about.into_iter().map(|(what, words)| vec![Cell::text(what), Cell::text(words)]).collect(),
    };
    write(&cover, &[table, about], progress)
}
