//! A proposal in short, for the command line and for JSON.

use super::decode::Cleaned;
use super::names::ProposedName;
use super::proposal::{DateSource, Level, Proposal, ProposedChoice, ProposedRow, Status};
use super::understood::TableReading;
use chrono::NaiveDate;
use serde::Serialize;
use std::fmt;

/// How many items of one kind there are, by how they stand to the plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// In the document.
    pub found: usize,
    /// As in the plan.
    pub same: usize,
    /// New.
    pub added: usize,
    /// Other words than the plan's.
    pub differs: usize,
}

impl Counts {
    fn of(items: impl Iterator<Item = Status>) -> Self {
        let mut counts = Self::default();
        for status in items {
            counts.found += 1;
            match status {
                Status::Same => counts.same += 1,
                Status::Added => counts.added += 1,
                Status::Differs => counts.differs += 1,
            }
        }
        counts
    }
}

/// A proposal in short.
#[derive(Debug, Clone, Serialize)]
pub struct Summary {
    /// The document.
    pub name: String,
    /// Its encoding.
    pub encoding: &'static str,
    /// What was cleaned out of it.
    pub cleaned: Cleaned,
    /// The date of its positions.
    pub as_at: Option<NaiveDate>,
    /// Where that date is from.
    pub as_at_source: DateSource,
    /// The place of its words, where the document states it.
    pub as_at_place: String,
    /// Recommendations.
    pub recommendations: Counts,
    /// Positions.
    pub positions: Counts,
    /// Actions, those of responsibilities too.
    pub actions: Counts,
    /// Key responsibilities.
    pub responsibilities: Counts,
    /// Timescales.
    pub timescales: Counts,
    /// Fields of the summary sheet.
    pub paper: Counts,
    /// Evidence, once for each recommendation it stands behind.
    pub evidence: Counts,
    /// Cells that the plan has no field for, kept beside their rows.
    pub remarks: Counts,
    /// Names that are almost another's; kept as written.
    pub names: Vec<AlmostName>,
    /// Words that may be actions and are not decided.
    pub candidates: usize,
    /// Questions left open, the candidates among them.
    pub open: Vec<Open>,
    /// Each recommendation in a line.
    pub rows: Vec<Line>,
    /// What else to know.
    pub notes: Vec<Told>,
    /// How each table was read.
    pub tables: Vec<TableReading>,
}

/// One recommendation in short.
#[derive(Debug, Clone, Serialize)]
pub struct Line {
    /// The line it begins on.
    pub line: usize,
    /// That line in words: "line 12", "Actions, row 12".
    pub place: String,
    /// Its number.
    pub reference: String,
    /// How it stands to the plan.
    pub status: Status,
    /// In words: what is added, what differs, what was joined.
    pub text: String,
}

/// A name that is almost another's.
#[derive(Debug, Clone, Serialize)]
pub struct AlmostName {
    /// Where it stands first.
    pub place: String,
    /// The name.
    #[serde(flatten)]
    pub name: ProposedName,
}

/// One thing to know.
#[derive(Debug, Clone, Serialize)]
pub struct Told {
    /// The line, 0 for the whole document.
    pub line: usize,
    /// That line in words; nothing for the whole document.
    pub place: String,
    /// What there is to know.
    pub text: String,
    /// How much it matters.
    pub level: Level,
}

/// One question that is left open.
#[derive(Debug, Clone, Serialize)]
pub struct Open {
    /// The line it stands on.
    pub line: usize,
    /// That line in words.
    pub place: String,
    /// What sort of question.
    pub kind: String,
    /// Where it stands.
    pub heading: String,
    /// The words in question.
    pub text: String,
}

impl Proposal {
    /// The proposal in short.
    #[must_use]
    pub fn summary(&self) -> Summary {
        let timescales = self.responsibilities.iter().flat_map(|row| &row.timescales);
        let candidates = self.candidates.iter().filter(|choice| choice.is_open());
        Summary {
            name: self.name.clone(),
            encoding: self.encoding,
            cleaned: self.cleaned,
            as_at: self.as_at,
            as_at_source: self.as_at_source.clone(),
            as_at_place: match &self.as_at_source {
                DateSource::Document { line, .. } => self.place(*line),
                DateSource::Given | DateSource::None => String::new(),
            },
            recommendations: Counts::of(self.rows.iter().map(|row| row.status)),
            positions: Counts::of(self.rows.iter().filter_map(|row| row.position.as_ref()).map(|row| row.status)),
            actions: Counts::of(self.all_actions().map(|row| row.status)),
            responsibilities: Counts::of(self.responsibilities.iter().map(|row| row.status)),
            timescales: Counts::of(timescales.map(|row| row.status)),
            paper: Counts::of(self.paper.iter().map(|row| row.status)),
            evidence: Counts::of(self.rows.iter().flat_map(|row| &row.evidence).map(|row| row.status)),
            remarks: Counts::of(self.all_remarks().map(|row| row.status)),
            names: self
                .names
                .iter()
                .map(|name| AlmostName { place: self.place(name.line), name: name.clone() })
                .collect(),
            candidates: candidates.count(),
            open: self.open(),
            rows: self.rows.iter().map(|row| self.line(row)).collect(),
            notes: self.remarks(),
            tables: self.tables.clone(),
        }
    }

    fn remarks(&self) -> Vec<Told> {
        let remark = |note: &super::Note| Told {
            line: note.line,
            place: if note.line == 0 { String::new() } else { self.place(note.line) },
            text: note.text.clone(),
            level: note.level,
        };
        self.notes.iter().map(remark).collect()
    }

    fn open(&self) -> Vec<Open> {
        let question = |choice: &ProposedChoice| Open {
            line: choice.line,
            place: self.place(choice.line),
            kind: choice.row.kind.word().to_owned(),
            heading: choice.heading.clone(),
            text: choice.row.text.clone(),
        };
        let asked = self.candidates.iter().chain(&self.choices).filter(|choice| choice.is_open()).map(question);
        let fields = self.fields().filter(|field| field.is_open()).map(|field| Open {
            line: field.line,
            place: self.place(field.line),
            kind: "differs".to_owned(),
            heading: crate::model::intent::field_name(field.field),
            text: field.theirs.clone(),
        });
        let positions = self.rows.iter().filter_map(|row| {
            let position = row.position.as_ref().filter(|position| position.is_open())?;
            Some(Open {
                line: position.line,
                place: self.place(position.line),
                kind: "differs".to_owned(),
                heading: format!("position on {}", row.row.reference),
                text: position.row.text.clone(),
            })
        });
        asked.chain(fields).chain(positions).collect()
    }

    /// A recommendation in a line: "new, position, 2 actions; joined over a page break at line 12".
    fn line(&self, row: &ProposedRow) -> Line {
        let mut parts: Vec<String> = Vec::new();
        let word = |status: Status, what: String| match status {
            Status::Same => format!("{what} as before"),
            Status::Added => format!("new {what}"),
            Status::Differs => format!("{what} differs"),
        };
        if let Some(position) = &row.position {
            parts.push(word(position.status, "position".to_owned()));
        }
        for status in [Status::Added, Status::Same, Status::Differs] {
            let count = row.actions.iter().filter(|action| action.status == status).count();
            if count > 0 {
                parts.push(word(
                    status,
                    format!("action{}", if count == 1 { String::new() } else { format!("s ({count})") }),
                ));
            }
        }
        let evidence = row.evidence.iter().filter(|evidence| evidence.status == Status::Added).count();
        parts.extend((evidence > 0).then(|| format!("new evidence ({evidence})")));
        for field in row.fields.iter().filter(|field| field.status != Status::Same) {
            parts.push(word(field.status, crate::model::intent::field_name(field.field)));
        }
        let wording = match row.wording {
            super::Wording::Published => "",
            super::Wording::Shortened => "published text shortened",
            super::Wording::Local => "own wording",
            super::Wording::Missing => "text from the catalogue",
            super::Wording::NotInCatalogue => "not in the catalogue",
        };
        parts.extend((!wording.is_empty()).then(|| wording.to_owned()));
        if !row.joins.is_empty() {
            parts.push(format!("joined over a page break at {}", self.places.all(&row.joins)));
        }
        let (line, reference) = (row.line, row.row.reference.clone());
        Line { line, place: self.place(line), reference, status: row.status, text: parts.join(", ") }
    }
}

/// What the question for a position's date is called.
const UNDATED: &str = "undated position";

impl fmt::Display for Summary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let date = match (&self.as_at, &self.as_at_source) {
            (Some(date), DateSource::Document { .. }) => format!("as at {date} ({})", self.as_at_place),
            (Some(date), _) => format!("as at {date} (given)"),
            (None, _) => "undated".to_owned(),
        };
        writeln!(f, "{}: {date}, {}", self.name, self.encoding)?;
        for (name, counts) in [
            ("recommendations", self.recommendations),
            ("positions", self.positions),
            ("responsibilities", self.responsibilities),
            ("actions", self.actions),
            ("timescales", self.timescales),
            ("summary sheet fields", self.paper),
            ("evidence items", self.evidence),
            ("cells kept beside their rows", self.remarks),
        ] {
            if counts.found > 0 {
                let Counts { found, same, added, differs } = counts;
                writeln!(f, "  {found} {name}: {added} new, {same} as before, {differs} differ")?;
            }
        }
        for row in &self.rows {
            writeln!(f, "  {}: {} {}", row.place, row.reference, row.text)?;
        }
        let undated = self.open.iter().filter(|open| open.kind == UNDATED).count();
        if undated > 0 {
            let positions = if undated == 1 { "1 position has".into() } else { format!("{undated} positions have") };
            writeln!(f, "  {positions} no date: the document states none, and none was given")?;
        }
        for open in self.open.iter().filter(|open| open.kind != UNDATED) {
            let heading = if open.heading.is_empty() { String::new() } else { format!(" ({})", open.heading) };
            writeln!(f, "  {}: open, {}{heading}: {}", open.place, open.kind, open.text.replace('\n', " / "))?;
        }
        for name in &self.names {
            let AlmostName { place, name: ProposedName { field, written, instead, .. } } = name;
            writeln!(f, "  {place}: {field} \"{written}\" is almost \"{instead}\"; kept as written")?;
        }
        for note in &self.notes {
            match note.place.as_str() {
                "" => writeln!(f, "  {}", note.text)?,
                place => writeln!(f, "  {place}: {}", note.text)?,
            }
        }
        Ok(())
    }
}
