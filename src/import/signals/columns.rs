//! Which row holds the headings, and what each column below it is.

use super::heading::Heading;
use super::private::{self, Private};
use super::providers::KnownProvider;
use super::role::{self, Role};
use super::{Options, SignalsError, date};
use crate::model::Id;
use crate::model::identifiable;
use crate::model::text::fold;
use crate::model::theme_map::ThemeMap;
use crate::model::value::vocabulary;
use serde::{Deserialize, Serialize, Serializer};
use std::collections::BTreeSet;

/// The headings stand in one of so many first rows.
pub(super) const HEADER_WITHIN: usize = 40;
/// How many cells of a column are shown.
const SAMPLES: usize = 5;
/// The most characters of one that are.
const SAMPLE_LENGTH: usize = 60;

vocabulary!(
    /// How it is known what a column holds, the surest first.
    How, "a way to know a column", {
        /// A person said so, for this file.
        Given = "given",
        /// A person said so, for an earlier file with these headings.
        Remembered = "remembered",
        /// Its heading says so.
        Heading = "heading",
        /// Words in its heading say so.
        Part = "part of the heading",
        /// Its heading is spelt almost so.
        Alike = "almost the heading",
        /// What stands in it looks so.
        Content = "content",
        /// It is not.
        Unknown = "not known",
    }
);

impl Serialize for How {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.word())
    }
}

/// A column of a source.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Column {
    /// Its place, from 1.
    pub number: usize,
    /// Its heading, spaces collapsed; "column F" where it has none.
    pub label: String,
    /// What it is read as.
    pub role: Role,
    /// How that is known.
    pub how: How,
    /// Some of what stands in it, cut short; none of a column that is dropped, and no identifier.
    pub samples: Vec<String>,
    /// Why it may say who somebody is; it is dropped, unless `kept`.
    pub private: Option<Private>,
    /// Whether a person chose to keep it though it is dropped otherwise.
    pub kept: bool,
    #[serde(skip)]
    pub(super) rank: usize,
}

impl Column {
    /// Whether anything is taken from it.
    #[must_use]
    pub fn is_read(&self) -> bool {
        self.kept || (self.role != Role::LeftOut && self.private.is_none())
    }
}

/// What a person said of the columns of a file, for the next one with the same headings.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Mapping {
    /// The key of the headings.
    pub header: String,
    /// The role of each column, by its word and in its order. What was kept is not in it: each import
    /// asks anew.
    pub roles: Vec<String>,
}

/// The columns of a table.
#[derive(Debug)]
pub(super) struct Columns {
    /// Which of the rows that were looked at holds the headings.
    pub(super) header: usize,
    pub(super) columns: Vec<Column>,
    pub(super) key: String,
}

impl Columns {
    pub(super) fn mapping(&self) -> Mapping {
        let roles = self.columns.iter().map(|column| column.role.word().to_owned());
        Mapping { header: self.key.clone(), roles: roles.collect() }
    }
}

/// Finds the headings among the first rows, and reads the columns by what stands below. `None` where
/// no row looks like headings.
pub(super) fn find(rows: &[(usize, Vec<String>)], options: &Options) -> Result<Option<Columns>, SignalsError> {
    let Some(header) = header_row(rows, options) else { return Ok(None) };
    let body = rows.get(header + 1..).unwrap_or_default();
    let headings: Vec<Heading> = rows[header].1.iter().map(|cell| Heading::new(cell)).collect();
    let width = body.iter().map(|(_, cells)| cells.len()).max().unwrap_or(0).max(headings.len());
    let key = header_key(&headings);
    let remembered = options.remembered.iter().rev().find(|mapping| mapping.header == key);
    let mut columns: Vec<Column> = (0..width)
        .map(|at| {
            let heading = headings.get(at).cloned().unwrap_or_default();
            let known = remembered.and_then(|mapping| Role::from_word(mapping.roles.get(at)?));
            column(at, &heading, known)
        })
        .collect();
    give(&mut columns, &headings, options)?;
    by_content(&mut columns, body, options);
    drop_private(&mut columns, &headings, body);
    keep(&mut columns, &headings, options)?;
    for (at, column) in columns.iter_mut().enumerate().filter(|(_, column)| column.private.is_none() || column.kept) {
        column.samples = samples(cells(body, at));
    }
    Ok(Some(Columns { header, columns, key }))
}

fn cells(body: &[(usize, Vec<String>)], at: usize) -> impl Iterator<Item = &str> {
    body.iter().filter_map(move |(_, cells)| cells.get(at)).map(String::as_str).filter(|cell| !cell.trim().is_empty())
}

/// The key of a row of headings: by it a mapping is remembered.
fn header_key(headings: &[Heading]) -> String {
    Id::NIL.derive(&headings.iter().map(Heading::key).collect::<Vec<_>>()).to_string()
}

/// The row with the most headings that are known, the first of several.
fn header_row(rows: &[(usize, Vec<String>)], options: &Options) -> Option<usize> {
    let rows = rows.get(..rows.len().min(HEADER_WITHIN))?;
    let filled = |cells: &[String]| cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    let widest = rows.iter().map(|(_, cells)| filled(cells)).max()?;
    let score = |cells: &[String]| {
        let headings: Vec<Heading> = cells.iter().map(|cell| Heading::new(cell)).collect();
        let is_known = |heading: &&Heading| {
            heading.label.len() < 200
                && (role::by_heading(&heading.forms).is_some() || private::by_heading(heading).is_some())
        };
        let known = headings.iter().filter(is_known).count();
        let named = options.map.iter().filter(|(_, name)| headings.iter().any(|heading| is_named(heading, name)));
        let named = named.count() + usize::from(options.remembered.iter().any(|m| m.header == header_key(&headings)));
        // a title that happens to say "complaints" is no row of headings, and a row with a day in it is none
        let like_headings = filled(cells) * 2 >= widest && !cells.iter().any(|cell| is_day(cell));
        let enough = known > 1 || (known == 1 && like_headings) || named > 0;
        if enough { known + named * 10 } else { 0 }
    };
    let scores: Vec<usize> = rows.iter().map(|(_, cells)| score(cells)).collect();
    let best = scores.iter().copied().max().filter(|best| *best > 0)?;
    scores.iter().position(|score| *score == best)
}

fn is_day(cell: &str) -> bool {
    matches!(date::read(cell), date::Said::Day { .. })
}

fn column(at: usize, heading: &Heading, remembered: Option<Role>) -> Column {
    let label = if heading.label.is_empty() { format!("column {}", letters(at)) } else { heading.label.clone() };
    let mut column = Column {
        number: at + 1,
        label,
        role: Role::LeftOut,
        how: How::Unknown,
        samples: Vec::new(),
        private: None,
        kept: false,
        rank: usize::MAX,
    };
    let whole = heading.forms.first().map(std::slice::from_ref).unwrap_or_default();
    let found = role::by_heading(whole).map(|known| (known, How::Heading)).or_else(|| {
        if private::by_heading(heading).is_some() {
            return None;
        }
        let form = role::by_heading(&heading.forms).map(|known| (known, How::Heading));
        let part = || role::by_part(heading).map(|known| (known, How::Part));
        form.or_else(part).or_else(|| role::by_likeness(heading).map(|known| (known, How::Alike)))
    });
    if let Some((known, how)) = found {
        (column.role, column.how, column.rank) = (known.role, how, known.rank);
    }
    if let Some(role) = remembered {
        (column.role, column.how) = (role, How::Remembered);
    }
    column
}

/// The roles that a person gave for this file.
fn give(columns: &mut [Column], headings: &[Heading], options: &Options) -> Result<(), SignalsError> {
    for (role, name) in &options.map {
        let at = named(headings, name)?;
        // what was read as this is so no longer
        for column in columns.iter_mut().filter(|column| column.role == *role && column.how != How::Given) {
            (column.role, column.how) = (Role::LeftOut, How::Unknown);
        }
        if let Some(column) = columns.get_mut(at) {
            (column.role, column.how, column.rank) = (*role, How::Given, 0);
        }
    }
    Ok(())
}

/// Keeps the columns that a person chose.
fn keep(columns: &mut [Column], headings: &[Heading], options: &Options) -> Result<(), SignalsError> {
    for name in &options.keep {
        let at = named(headings, name)?;
        if let Some(column) = columns.get_mut(at) {
            column.kept = column.private.is_some() || column.role == Role::LeftOut;
        }
    }
    Ok(())
}

/// Whether a person's words name a heading: all of it, what stands before its brackets, or in them.
fn is_named(heading: &Heading, name: &str) -> bool {
    let wanted = Heading::new(name);
    !wanted.key().is_empty() && heading.forms.iter().any(|form| form == wanted.key())
}

/// The column that a person's words name; a letter, as over a sheet, is the last resort.
fn named(headings: &[Heading], name: &str) -> Result<usize, SignalsError> {
    let key = Heading::new(name);
    let whole = headings.iter().position(|heading| !key.key().is_empty() && heading.key() == key.key());
    let by_form = || headings.iter().position(|heading| is_named(heading, name));
    let by_letter = || (0..headings.len()).find(|at| letters(*at).eq_ignore_ascii_case(name.trim()));
    whole.or_else(by_form).or_else(by_letter).ok_or_else(|| {
        let mut near: Vec<(f64, &str)> = headings
            .iter()
            .filter(|heading| !heading.label.is_empty())
            .map(|heading| {
                let alike = heading.forms.iter().map(|form| strsim::jaro_winkler(form, key.key()));
                (alike.fold(0.0, f64::max), heading.label.as_str())
            })
            .collect();
        near.sort_by(|a, b| b.0.total_cmp(&a.0));
        let near = near.into_iter().take(3).map(|(_, label)| format!("\"{label}\"")).collect::<Vec<_>>().join(", ");
        SignalsError::NoSuchColumn { column: name.to_owned(), near }
    })
}

/// What columns are that no heading tells, where something is still looked for; and what a heading
/// tells that the content belies.
fn by_content(columns: &mut [Column], body: &[(usize, Vec<String>)], options: &Options) {
    for (at, column) in columns.iter_mut().enumerate() {
        let sure = matches!(column.how, How::Given | How::Remembered);
        let (mut filled, mut digits) = (0usize, 0usize);
        for cell in cells(body, at) {
            filled += 1;
            digits +=
                usize::from(cell.contains(|c: char| c.is_ascii_digit()) || date::read(cell) == date::Said::Nothing);
        }
        // "Closed: Yes"
        if !sure && column.role.is_date() && filled > 0 && digits * 2 < filled {
            (column.role, column.how) =
                (if column.role == Role::Closed { Role::State } else { Role::LeftOut }, How::Content);
        }
    }
    let themes = options.themes();
    let wanted = [Role::Date, Role::Subject, Role::Provider, Role::Reference];
    for role in wanted {
        let has = |roles: &[Role]| columns.iter().any(|column| roles.contains(&column.role));
        let missing = match role {
            Role::Date => !has(&[Role::Date, Role::Received, Role::Happened, Role::Period]),
            Role::Provider => !has(&[Role::Provider, Role::ProviderCode]),
            other => !has(&[other]),
        };
        if !missing || columns.iter().any(|column| column.role.is_number()) {
            continue;
        }
        let found = columns.iter().enumerate().position(|(at, column)| {
            column.role == Role::LeftOut
                && column.how == How::Unknown
                && looks_like(role, body, at, themes, &options.providers)
        });
        if let Some(column) = found.and_then(|at| columns.get_mut(at)) {
            (column.role, column.how) = (role, How::Content);
        }
    }
}

/// Whether most cells of a column look like a role.
fn looks_like(
    role: Role,
    body: &[(usize, Vec<String>)],
    at: usize,
    themes: &ThemeMap,
    known: &[KnownProvider],
) -> bool {
    let mut different = BTreeSet::new();
    let (mut all, mut like) = (0usize, 0usize);
    for cell in cells(body, at) {
        all += 1;
        different.insert(cell);
        like += usize::from(match role {
            Role::Date => matches!(date::read(cell), date::Said::Day { .. }),
            Role::Subject => themes.find(cell).is_some(),
            Role::Provider => known.iter().any(|provider| fold(&provider.name) == fold(cell.trim())),
            _ => {
                let short = cell.len() < 20 && !cell.contains(' ');
                short && cell.contains(|c: char| c.is_ascii_digit()) && date::read(cell) == date::Said::Impossible
            }
        });
    }
    let enough = all > 0 && like * 10 >= all * 8;
    enough && (role != Role::Reference || (different.len() == all && all > 1))
}

/// Marks the columns that may say who somebody is.
fn drop_private(columns: &mut [Column], headings: &[Heading], body: &[(usize, Vec<String>)]) {
    for (at, column) in columns.iter_mut().enumerate() {
        let sure = matches!(column.how, How::Given | How::Remembered);
        let told = match column.role {
            Role::LeftOut => headings.get(at).and_then(private::by_heading),
            _ => None,
        };
        // an organisation may be called after somebody
        let organisation = matches!(column.role, Role::Provider | Role::ProviderCode) || column.role.is_number();
        let seen = || private::by_content(cells(body, at), column.role);
        column.private = told.or_else(|| if organisation { None } else { seen() });
        if sure && column.private == Some(Private::Narrative) {
            column.private = None;
        }
    }
}

/// Some different cells of a column, cut short, none with an identifier in it.
fn samples<'c>(cells: impl Iterator<Item = &'c str>) -> Vec<String> {
    let mut samples: Vec<String> = Vec::new();
    for cell in cells.take(200) {
        let words = cell.split_whitespace().collect::<Vec<_>>().join(" ");
        let mut sample: String = words.chars().take(SAMPLE_LENGTH).collect();
        if sample.len() < words.len() {
            sample.push('…');
        }
        let shown = if identifiable::find(&words).is_empty() { sample } else { "(not shown)".to_owned() };
        if !samples.contains(&shown) {
            samples.push(shown);
        }
        if samples.len() == SAMPLES {
            break;
        }
    }
    samples
}

/// "A", "Z", "AA", as over a sheet.
fn letters(column: usize) -> String {
    let mut name = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        name.insert(0, char::from(b'A' + u8::try_from((rest - 1) % 26).unwrap_or(0)));
        rest = (rest - 1) / 26;
    }
    name
}
