//! What a workbook changes in a plan: every cell against what was written and against what the plan
//! says now.

use super::lookup::Lookup;
use super::new_rows::hangs_on;
use super::taken::Taken;
use super::value::short;
use super::{Found, OwnWorkbook, ReadRow, ReadSheet, links, tally};
use crate::import::keys::Keys;
use crate::model::workbook::{self, Column, Kind, Sheet};
use crate::model::{
    BadValue, Edit, EditBuilder, Entity, FieldValue as _, Id, InPlan, Index, Plan, Position, PositionState, Record,
    Value, Visit, delete, intent,
};
use std::collections::{BTreeMap, BTreeSet};

/// What a workbook comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// The change it makes; empty if nobody changed anything in it.
    pub edit: Edit,
    /// Rows that are gone from it.
    pub missing: Vec<Missing>,
    /// What of it was not taken, each with its place.
    pub warnings: Vec<String>,
    /// How many of those are cells that the plan and the workbook changed differently.
    pub conflicts: usize,
    /// What of it is taken, cell by cell, for a person to look at before it is.
    pub taken: Vec<Taken>,
}

/// A row that the workbook had when it was made and has no more.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Missing {
    /// Its kind.
    pub entity: Entity,
    /// Its id.
    pub id: Id,
    /// How a person knows it: "action “Agree the extract”".
    pub name: String,
    /// Whether the plan changed it since.
    pub changed: bool,
}

impl Changes {
    /// Whether something is left for a person to settle.
    #[must_use]
    pub fn is_open(&self) -> bool {
        self.conflicts > 0 || !self.missing.is_empty()
    }
}

/// A workbook on its way to an edit.
pub(super) struct Compare<'a> {
    pub(super) book: &'a OwnWorkbook,
    pub(super) plan: &'a Plan,
    pub(super) index: Index,
    pub(super) edit: EditBuilder<'a>,
    pub(super) warnings: Vec<String>,
    pub(super) conflicts: usize,
    pub(super) taken: Vec<Taken>,
    /// The whole plan is made anew: every row of the workbook is taken.
    pub(super) fresh: bool,
    /// Rows that the edit adds.
    pub(super) added: BTreeSet<(Entity, Id)>,
    /// What was set, so that two cells that mean one field are known.
    set: BTreeMap<(Entity, Id, &'static str), Value>,
    /// What actions shall serve and evidence stand behind: settled when all rows are there.
    pub(super) serves: Vec<links::Serves>,
    /// The sort keys of rows that are added.
    pub(super) keys: Keys,
    /// Rows by what cells call them.
    pub(super) lookup: Lookup,
}

pub(super) fn compare(book: &OwnWorkbook, plan: &Plan, remove: &BTreeSet<(Entity, Id)>, fresh: bool) -> Changes {
    let mut compare = Compare {
        book,
        plan,
        index: Index::of(plan),
        edit: EditBuilder::new(plan, ""),
        warnings: book.warnings.clone(),
        conflicts: 0,
        taken: Vec::new(),
        fresh,
        added: BTreeSet::new(),
        set: BTreeMap::new(),
        serves: Vec::new(),
        keys: Keys::default(),
        lookup: Lookup::default(),
    };
    // what others hang on comes first
    for entity in Entity::ALL {
        for sheet in book.sheets.iter().filter(|sheet| sheet.layout.entity == *entity) {
            compare.sheet(sheet);
        }
    }
    compare.links();
    let mut missing = if fresh { Vec::new() } else { compare.missing() };
    for row in missing.iter().filter(|row| remove.contains(&(row.entity, row.id))) {
        delete::row(&mut compare.edit, row.entity, row.id);
    }
    missing.retain(|row| !remove.contains(&(row.entity, row.id)));
    intent::keep_readings(&mut compare.edit);
    let Compare { edit, warnings, conflicts, taken, .. } = compare;
    let mut edit = edit.finish();
    edit.label = format!("Import {}: {}", book.name, tally(&edit).join("; "));
    Changes { edit, missing, warnings, conflicts, taken }
}

/// The cell that something is said of.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) layout: &'static Sheet,
    pub(super) row: &'a ReadRow,
    pub(super) column: &'static Column,
}

impl Place<'_> {
    pub(super) fn words(self) -> String {
        format!("{}, row {}, {}", self.layout.name, self.row.number, self.column.title)
    }
}

impl Compare<'_> {
    pub(super) fn warn(&mut self, place: Place<'_>, problem: &str) {
        self.warnings.push(format!("{}: {problem}", place.words()));
    }

    /// The rows of a kind as they stand in the edit so far.
    pub(super) fn all<T: InPlan>(&self) -> Vec<T> {
        let of_kind = |(entity, id): &(Entity, Id)| (*entity == T::ENTITY).then_some(*id);
        let added = self.added.range((T::ENTITY, Id::NIL)..).map_while(of_kind);
        let ids = self.plan.ids(T::ENTITY).into_iter().chain(added);
        ids.filter_map(|id| self.edit.current::<T>(id)).collect()
    }

    fn sheet(&mut self, sheet: &ReadSheet) {
        let entity = sheet.layout.entity;
        let originals = self.originals(sheet);
        let mut new = Vec::new();
        for row in &sheet.rows {
            let id = row.id.filter(|id| self.fresh || self.is_known(entity, *id));
            match id {
                Some(id) if originals.get(&id) == Some(&row.number) => self.row(sheet.layout, row, id),
                _ => new.push(row),
            }
        }
        self.new_rows(sheet, &new);
    }

    fn is_known(&self, entity: Entity, id: Id) -> bool {
        self.plan.has(entity, id) || self.book.known.contains_key(&(entity, id))
    }

    /// The row of each id: where several carry one, the one that was changed least. The others were
    /// copied from it to make new ones.
    fn originals(&self, sheet: &ReadSheet) -> BTreeMap<Id, u32> {
        let changed = |row: &ReadRow, id: Id| {
            let cells = sheet.layout.columns.iter().zip(&row.cells);
            let changed = cells.filter(|(column, cell)| {
                let words = cell.as_ref().map(Found::words);
                let is_changed = |words: String| self.book.is_changed(sheet.layout.entity, id, column.field, &words);
                words.and_then(is_changed) == Some(true)
            });
            changed.count()
        };
        let mut originals: BTreeMap<Id, (usize, u32)> = BTreeMap::new();
        for row in &sheet.rows {
            if let Some(id) = row.id {
                let this = (changed(row, id), row.number);
                originals.entry(id).and_modify(|best| *best = this.min(*best)).or_insert(this);
            }
        }
        originals.into_iter().map(|(id, (_, number))| (id, number)).collect()
    }

    /// A row that the workbook was made with.
    fn row(&mut self, layout: &'static Sheet, row: &ReadRow, id: Id) {
        if self.fresh {
            self.add_known(layout.entity, id);
        } else if !self.plan.has(layout.entity, id) {
            self.gone_from_plan(layout, row, id);
            return;
        }
        for (column, found) in layout.columns.iter().zip(&row.cells) {
            if let Some(found) = found {
                let place = Place { layout, row, column };
                if self.fresh { self.fresh_cell(place, id, found) } else { self.cell(place, id, found) }
            }
        }
    }

    /// A row that the plan deleted since: changes of it are told, and not taken.
    fn gone_from_plan(&mut self, layout: &'static Sheet, row: &ReadRow, id: Id) {
        let mut changed = layout.columns.iter().zip(&row.cells).filter(|(column, found)| {
            let words = found.as_ref().map(Found::words);
            words.is_some_and(|words| self.book.is_changed(layout.entity, id, column.field, &words) == Some(true))
        });
        if let Some((column, _)) = changed.next() {
            self.conflicts += 1;
            let problem = "the plan's row was deleted since the workbook was made; its changes are not taken";
            self.warn(Place { layout, row, column }, problem);
        }
    }

    /// A row of a plan that is made anew, with what stands in no cell.
    fn add_known(&mut self, entity: Entity, id: Id) {
        self.add(entity, id);
        let values = self.book.known.get(&(entity, id)).map(|known| known.values.clone()).unwrap_or_default();
        for (field, value) in values {
            let known = entity.fields().iter().copied().find(|name| *name == field);
            let fits =
                known.is_some_and(|field| entity.visit(Set { edit: &mut self.edit, id, field, value: &value }).is_ok());
            if !fits {
                self.warnings.push(format!("The hidden sheet's {field} of a {entity} is damaged and was passed over"));
            }
        }
    }

    pub(super) fn add(&mut self, entity: Entity, id: Id) {
        self.added.insert((entity, id));
        entity.visit(Add { edit: &mut self.edit, id });
    }

    fn fresh_cell(&mut self, place: Place<'_>, id: Id, found: &Found) {
        let (entity, column) = (place.layout.entity, place.column);
        let changed = self.book.is_changed(entity, id, column.field, &found.words()) != Some(false);
        // what is another row's name was said by its id, unless a person changed it
        if column.kind.is_plain() || (changed && !matches!(column.kind, Kind::Position | Kind::Computed)) {
            self.take(place, id, found);
        }
    }

    /// A cell of a row that plan and workbook have.
    fn cell(&mut self, place: Place<'_>, id: Id, found: &Found) {
        let (entity, column, words) = (place.layout.entity, place.column, found.words());
        let changed = self.book.is_changed(entity, id, column.field, &words);
        if changed == Some(false) {
            return;
        }
        let now = workbook::cell(self.plan, &self.index, self.book.as_at, column, entity, id).words();
        if words == now {
            return;
        }
        let moved = self.book.is_changed(entity, id, column.field, &now) != Some(false);
        if matches!(column.kind, Kind::Computed) {
            let problem = "this is worked out by Recap, not read back; change what it comes from";
            self.warn(place, problem);
        } else if moved {
            self.conflicts += 1;
            let problem = format!(
                "the plan says \"{}\" since the workbook was made, the workbook \"{}\"; the plan's stays",
                short(&now),
                short(&words)
            );
            self.warn(place, &problem);
        } else if self.take(place, id, found) {
            self.taken.push(Taken::cell(place.words(), &now, &words));
        }
    }

    /// Takes a cell over; whether it holds what its column can.
    pub(super) fn take(&mut self, place: Place<'_>, id: Id, found: &Found) -> bool {
        let (entity, column) = (place.layout.entity, place.column);
        let value = match self.value(column, found) {
            Ok(value) => value,
            Err(problem) => {
                self.warn(place, &format!("{problem}; the cell was passed over"));
                return false;
            }
        };
        if value == Value::Null && hangs_on(entity, column) {
            self.warn(place, "a row of this sheet needs it; the cell was passed over");
            return false;
        }
        let taken = match column.kind {
            Kind::Serves => {
                let names = found.words();
                self.serves.push(links::Serves { entity, row: id, names, place: place.words() });
                Ok(())
            }
            Kind::Position => self.position(place, id, &value),
            _ => self.put(entity, id, column.field, &value),
        };
        if let Err(error) = &taken {
            self.warn(place, &format!("{error}; the cell was passed over"));
        }
        taken.is_ok()
    }

    /// Sets a field; the second of two cells that mean the same field is refused.
    pub(super) fn put(&mut self, entity: Entity, id: Id, field: &str, value: &Value) -> Result<(), BadValue> {
        let Some(field) = entity.fields().iter().copied().find(|name| *name == field) else {
            return Err(BadValue { found: field.to_owned(), wanted: "a field of this row" });
        };
        if self.set.get(&(entity, id, field)).is_some_and(|earlier| earlier != value) {
            let found = value.to_string().chars().take(60).collect();
            return Err(BadValue { found, wanted: "what another cell of the workbook says of the same" });
        }
        entity.visit(Set { edit: &mut self.edit, id, field, value })?;
        self.set.insert((entity, id, field), value.clone());
        Ok(())
    }

    /// The position as at the workbook's date: one of an earlier date is history, and gets a successor.
    fn position(&mut self, place: Place<'_>, recommendation: Id, value: &Value) -> Result<(), BadValue> {
        let as_at = self.book.as_at;
        let current = self.index.positions_at(self.plan, recommendation, as_at);
        if current.len() > 1 {
            let wanted = "for one of several positions of that day: change it on the sheet Positions";
            return Err(BadValue { found: short(&value.to_string()), wanted });
        }
        let value = match place.column.field {
            "position_state" => Option::<PositionState>::from_value(value)?.to_value(),
            _ => value.clone(),
        };
        let field = if place.column.field == "position_state" { "state" } else { "text" };
        let id = match current.first() {
            Some(position) if position.as_at.is_none_or(|date| date == as_at) => position.id,
            earlier => {
                let id = recommendation.derive(&["position", &as_at.to_value().to_string(), &self.book.made]);
                if self.edit.current::<Position>(id).is_none() {
                    self.added.insert((Entity::Position, id));
                    let (text, state) = earlier.map(|row| (row.text.clone(), row.state)).unwrap_or_default();
                    self.edit.put(&Position { id, recommendation, as_at: Some(as_at), text, state });
                }
                id
            }
        };
        self.put(Entity::Position, id, field, &value)
    }

    /// Rows that the workbook was made with, that the plan has, and that are gone from their sheet.
    fn missing(&self) -> Vec<Missing> {
        let mut missing = Vec::new();
        for sheet in &self.book.sheets {
            let layout = sheet.layout;
            let here: BTreeSet<Id> = sheet.rows.iter().filter_map(|row| row.id).collect();
            for id in workbook::rows(self.plan, &self.index, layout.entity) {
                let Some(known) = self.book.known.get(&(layout.entity, id)) else { continue };
                if here.contains(&id) || layout.entity == Entity::PlanInfo {
                    continue;
                }
                let cell = |column: &Column| {
                    workbook::cell(self.plan, &self.index, self.book.as_at, column, layout.entity, id).words()
                };
                let changed = layout.columns.iter().filter(|column| column.kind.is_plain()).any(|column| {
                    known.marks.get(column.field).is_some_and(|(mark, _)| *mark != workbook::mark(&cell(column)))
                });
                let first = layout.columns.iter().map(cell).find(|words| !words.is_empty()).unwrap_or_default();
                let name = match layout.entity {
                    Entity::Recommendation | Entity::Position => intent::row_name(self.plan, layout.entity, id),
                    entity => format!("{} “{}”", intent::noun(entity), short(&first)),
                };
                missing.push(Missing { entity: layout.entity, id, name, changed });
            }
        }
        missing
    }
}

/// Adds a row with nothing filled.
struct Add<'e, 'p> {
    edit: &'e mut EditBuilder<'p>,
    id: Id,
}

impl Visit for Add<'_, '_> {
    type Output = ();

    fn visit<T: InPlan>(self) {
        if self.edit.current::<T>(self.id).is_none() {
            self.edit.put(&T::blank(self.id));
        }
    }
}

/// Sets one field of a row.
struct Set<'e, 'p> {
    edit: &'e mut EditBuilder<'p>,
    id: Id,
    field: &'static str,
    value: &'e Value,
}

impl Visit for Set<'_, '_> {
    type Output = Result<(), BadValue>;

    fn visit<T: InPlan>(self) -> Self::Output {
        let mut row = self.edit.current::<T>(self.id).unwrap_or_else(|| T::blank(self.id));
        Record::set(&mut row, self.field, self.value)?;
        self.edit.put(&row);
        Ok(())
    }
}
