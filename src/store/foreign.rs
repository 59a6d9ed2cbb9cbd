//! A neighbour's file, or a copy that came back: hostile until it is read.
//!
//! The file is brought into memory and nothing is ever written to it or beside it (`memory`). What is read is
//! our own columns of our own tables, as far as they are there (`layout`): no view, trigger, virtual table,
//! generated column, CHECK or index of theirs is ever evaluated. Every row is looked at by itself (`rows`), and
//! what would point at nothing is taken out (`parents`); what was not usable is listed, the rest is a plan.
//!
//! A file of an older schema is not taken up the ladder, which would run what its tables were made with: a column
//! that it has not is blank, which is what the ladder's steps say too. A step that says otherwise must be told
//! here; a test holds every schema that there was against the way up.

mod history;
mod layout;
mod memory;
mod parents;
mod rows;

use super::error::{Fault, StoreError};
use super::manifest::{self, Manifest};
use super::schema;
use crate::model::{Entity, Id, Plan};
use layout::Layout;
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// A row that was not usable, or a part of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadRow {
    /// The kind of row, by the name of its table.
    pub table: &'static str,
    /// Its id as it stands there, cut to 60 characters; blank where it has none that can be read.
    pub id: String,
    /// What is wrong with it, in words, and what became of it.
    pub why: String,
}

impl std::fmt::Display for BadRow {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let noun = Entity::from_word(self.table).map_or(self.table, crate::model::intent::noun);
        if self.id.is_empty() {
            write!(f, "{noun} without an id: {}", self.why)
        } else {
            write!(f, "{noun} {}: {}", self.id, self.why)
        }
    }
}

/// Another organisation's plan, or another copy of one's own, as far as it could be used.
pub struct Foreign {
    /// The usable rows. No row of it names a row that is not there.
    pub plan: Plan,
    /// What the file says of itself, where it is a copy that was made for somebody: what it leaves out is not
    /// blank, it was not shared.
    pub manifest: Option<Manifest>,
    /// What was not usable, in the order of the tables.
    pub bad: Vec<BadRow>,
    /// What somebody added to the file, by kind and name: "the trigger boom". Never run, never read.
    pub ignored: Vec<String>,
    /// What is to be said of whole tables: not made as Recap makes them, or not readable to their end.
    pub notes: Vec<String>,
    file: Connection,
    layout: Layout,
    path: PathBuf,
}

impl Foreign {
    /// Reads a file. It stays as it is, and nothing appears beside it.
    ///
    /// # Errors
    /// When it is no plan, newer, empty, cut short or too large, when a change of it is half written, or it is
    /// out of reach: always [`StoreError::Theirs`], whose remedy is for somebody else's file.
    pub fn read(path: &Path) -> Result<Self, StoreError> {
        Self::read_inner(path).map_err(|error| StoreError::Theirs(Box::new(error)))
    }

    fn read_inner(path: &Path) -> Result<Self, StoreError> {
        let (file, path) = memory::bring(path)?;
        let read = || -> Result<(Plan, Vec<BadRow>, Layout), Fault> {
            let mut layout = Layout::of(&file)?;
            let mut bad = Vec::new();
            let mut plan = Plan::default();
            for entity in Entity::ALL {
                entity.visit(rows::ReadUsable { file: &file, layout: &mut layout, plan: &mut plan, bad: &mut bad })?;
            }
            one_plan(&mut plan, &mut bad)?;
            parents::take_out_orphans(&mut plan, &mut bad);
            Ok((plan, bad, layout))
        };
        let (plan, bad, mut layout) = read().map_err(|fault| fault.at(&path))?;
        let manifest = manifest(&file, &mut layout);
        let (ignored, notes) = (std::mem::take(&mut layout.ignored), std::mem::take(&mut layout.notes));
        Ok(Self { plan, manifest, bad, ignored, notes, file, layout, path })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The schema that it is of.
    #[must_use]
    pub fn schema(&self) -> i64 {
        self.layout.version
    }

    /// Whether anything is to be said of how it was read.
    #[must_use]
    pub fn is_clean(&self) -> bool {
        self.bad.is_empty() && self.ignored.is_empty() && self.notes.is_empty()
    }

    /// The file in memory, for the layer's own reading of what is no row of a plan. Ask [`Foreign::has_table`]
    /// first: a table may be anything.
    pub(super) fn connection(&self) -> &Connection {
        &self.file
    }

    /// Whether a table is a plain table with all of these columns, none of them computed.
    pub(super) fn has_table(&self, table: &str, columns: &[&str]) -> bool {
        self.layout.has(&self.file, table, columns)
    }
}

/// What a shared file says of itself. One that cannot be read is said: what is blank in the file may then be what
/// was left out.
fn manifest(file: &Connection, layout: &mut Layout) -> Option<Manifest> {
    if layout.table("manifest").is_none() || !layout.has(file, "manifest", &MANIFEST) {
        return None;
    }
    manifest::read(file).unwrap_or_else(|_| {
        layout.notes.push(
            "what it says of itself as a shared copy cannot be read; what is blank may have been left out".into(),
        );
        None
    })
}

const MANIFEST: [&str; 11] =
    ["id", "origin", "base", "made_by", "made_at", "for_whom", "why", "goes", "left_out", "withheld", "to_edit"];

/// A plan has one row that says whose it is; without one there is nothing to read.
fn one_plan(plan: &mut Plan, bad: &mut Vec<BadRow>) -> Result<(), Fault> {
    let ids: Vec<Id> = plan.infos.keys().copied().collect();
    let [_, more @ ..] = ids.as_slice() else {
        let why = bad.iter().find(|row| row.table == Entity::PlanInfo.word()).map(|row| format!(": {}", row.why));
        return Err(Fault::Damaged(format!("there is no plan in it{}", why.unwrap_or_default())));
    };
    for id in more {
        plan.infos.remove(id);
        bad.push(BadRow {
            table: Entity::PlanInfo.word(),
            id: id.to_string(),
            why: "a plan says of itself only once; the first was taken".into(),
        });
    }
    Ok(())
}

/// The schema that this program knows up to.
const KNOWN: schema::Ladder = schema::LADDER;
