//! Rows that a person added in Excel.

use super::compare::{Compare, Place};
use super::{Found, ReadRow, ReadSheet, Taken};
use crate::model::due::Month;
use crate::model::signal::Source;
use crate::model::workbook::{Column, Kind, Sheet};
use crate::model::{
    Entity, FieldValue as _, Id, InPlan, Receipt, Recommendation, Responsibility, Subject, Theme, Value, Visit, intent,
    paper,
};
use std::collections::BTreeMap;

/// The kinds of row that only the program adds.
const FIXED: &[Entity] = &[
    Entity::PlanInfo,
    Entity::Choice,
    Entity::Remark,
    Entity::Report,
    Entity::Revision,
    Entity::StateWord,
    Entity::Batch,
];

/// Whether a row is nothing without what stands in a column: what it hangs on, or what tells it apart.
pub(super) fn hangs_on(entity: Entity, column: &Column) -> bool {
    let row = matches!(
        (entity, column.kind),
        (Entity::Position | Entity::CrossReference, Kind::Recommendation)
            | (Entity::Timescale, Kind::Responsibility)
            | (Entity::Update, Kind::Action)
            | (Entity::WatchLevel | Entity::Receipt | Entity::Rebase, Kind::Provider)
    );
    let word = matches!(
        (entity, column.field),
        (Entity::Receipt, "source" | "month" | "state") | (Entity::Rebase, "source" | "month")
    );
    (row && column.field != "target") || word
}

/// Whether a new row needs what stands in a column.
fn is_needed(entity: Entity, column: &Column) -> bool {
    let named = matches!(
        (entity, column.field),
        (Entity::Action | Entity::Evidence | Entity::Subject, "text")
            | (Entity::Provider, "name")
            | (Entity::SignalTheme, "title")
            | (Entity::WatchLevel, "level")
            | (_, "reference")
    );
    named || hangs_on(entity, column)
}

impl Compare<'_> {
    /// Rows without an id, or copied with the id of another.
    pub(super) fn new_rows(&mut self, sheet: &ReadSheet, rows: &[&ReadRow]) {
        let layout = sheet.layout;
        let mut seen = BTreeMap::new();
        let mut new = Vec::new();
        for row in rows {
            let filled = |(column, cell): &(&Column, &Option<Found>)| {
                !matches!(column.kind, Kind::Computed | Kind::YesNo)
                    && cell.as_ref().is_some_and(|cell| !cell.words().trim().is_empty())
            };
            let Some((first, _)) = layout.columns.iter().zip(&row.cells).find(filled) else { continue };
            let place = Place { layout, row, column: first };
            if FIXED.contains(&layout.entity) {
                self.warn(place, "a row cannot be added on this sheet; it was passed over");
            } else if let Err((column, problem)) = self.has_what_it_needs(layout, row) {
                let place = Place { layout, row, column };
                self.warn(place, &format!("{problem}; the row was passed over"));
            } else if layout.entity == Entity::Recommendation {
                self.recommendation_row(layout, row);
            } else if let Some(id) = self.derived(layout, row) {
                self.derived_row(place, id);
            } else {
                new.push(self.known_by_words(layout, row, &mut seen));
            }
        }
        for new in self.not_yet_there(sheet, new) {
            self.new_row(layout, new.row, new.id);
        }
    }

    fn recommendation_row(&mut self, layout: &'static Sheet, row: &ReadRow) {
        let words = |cell: &Option<Found>| cell.as_ref().map(Found::words).unwrap_or_default();
        let texts: Vec<String> = row.cells.iter().map(words).collect();
        match self.new_recommendation(layout, &texts) {
            // it was taken when the workbook was imported before
            Ok(id) if self.plan.has(Entity::Recommendation, id) => {}
            Ok(id) => self.new_row(layout, row, id),
            Err((column, problem)) => {
                let place = Place { layout, row, column };
                self.warn(place, &format!("{problem}; the row was passed over"));
            }
        }
    }

    /// The id of a row that what it says tells apart.
    fn derived(&mut self, layout: &'static Sheet, row: &ReadRow) -> Option<Id> {
        let plan = self.book.plan;
        let mut value = |field: &str| {
            let at = layout.columns.iter().position(|column| column.field == field)?;
            self.value(&layout.columns[at], row.cells.get(at)?.as_ref()?).ok()
        };
        match layout.entity {
            Entity::Subject => Some(Subject::id_of(plan, &value("text")?.to_string())),
            Entity::Receipt => {
                let provider = Id::from_value(&value("provider")?).ok()?;
                let source = Source::from_value(&value("source")?).ok()?;
                Some(Receipt::id_of(provider, source, Month::from_value(&value("month")?).ok()?))
            }
            _ => None,
        }
    }

    /// Adds a row that what it says tells apart, where there is none like it.
    fn derived_row(&mut self, place: Place<'_>, id: Id) {
        let (layout, row) = (place.layout, place.row);
        if self.added.contains(&(layout.entity, id)) {
            self.warn(place, "another row says this already; the row was passed over");
        } else if !self.plan.has(layout.entity, id) {
            self.new_row(layout, row, id);
        } else {
            // it was taken when the workbook was imported before, unless it says something else
            let plan = self.plan;
            let same = layout.columns.iter().zip(&row.cells).all(|(column, found)| {
                let found = found.as_ref().filter(|found| !found.words().trim().is_empty());
                found.is_none_or(|found| self.value(column, found).ok() == plan.value(layout.entity, id, column.field))
            });
            if !same {
                self.conflicts += 1;
                let noun = intent::noun(layout.entity);
                self.warn(place, &format!("the plan has this {noun} already, and it says otherwise; change it there"));
            }
        }
    }

    fn new_row(&mut self, layout: &'static Sheet, row: &ReadRow, id: Id) {
        self.add(layout.entity, id);
        let words = row.cells.iter().flatten().map(Found::words).find(|words| !words.trim().is_empty());
        self.taken.push(Taken::row(format!("{}, row {}", layout.name, row.number), &words.unwrap_or_default()));
        for (column, found) in layout.columns.iter().zip(&row.cells) {
            if let Some(found) = found.as_ref().filter(|found| !found.words().trim().is_empty())
                && !matches!(column.kind, Kind::Computed)
            {
                self.take(Place { layout, row, column }, id, found);
            }
        }
        self.finish_row(layout, id);
    }

    /// Whether a new row says what it hangs on, or how it is called.
    fn has_what_it_needs(&mut self, layout: &'static Sheet, row: &ReadRow) -> Result<(), (&'static Column, String)> {
        for (column, found) in layout.columns.iter().zip(&row.cells) {
            if is_needed(layout.entity, column) {
                let found = found.clone().unwrap_or(Found::Words(String::new()));
                match self.value(column, &found) {
                    Ok(Value::Null) => return Err((column, "a new row needs it".into())),
                    Ok(_) => {}
                    Err(problem) => return Err((column, problem)),
                }
            }
        }
        Ok(())
    }

    fn new_recommendation(&self, layout: &Sheet, texts: &[String]) -> Result<Id, (&'static Column, String)> {
        let text = |field: &str| {
            let at = layout.columns.iter().position(|column| column.field == field);
            at.and_then(|at| texts.get(at)).map(|text| text.trim().to_owned()).unwrap_or_default()
        };
        let reference = text("reference");
        let report = self.report(&text("report")).map(|report| report.key).unwrap_or_default();
        let id = Recommendation::id_of(self.book.plan, &report, &reference);
        let column = Sheet::of(Entity::Recommendation).and_then(|sheet| sheet.columns.first());
        let has = self.plan.recommendation(&report, &reference).is_some_and(|row| row.id != id)
            || self.book.known.contains_key(&(Entity::Recommendation, id));
        match column {
            Some(column) if has => Err((column, format!("the plan has a recommendation {reference} already"))),
            _ => Ok(id),
        }
    }

    /// What a new row needs and no cell says.
    fn finish_row(&mut self, layout: &Sheet, id: Id) {
        let entity = layout.entity;
        let get = |compare: &Self, field: &'static str| entity.visit(Get { compare, id, field });
        if entity == Entity::Recommendation
            && get(self, "report") == Value::Null
            && let Some(report) = self.report("")
        {
            self.fill(entity, id, "report", &Value::Text(report.key));
        }
        if entity == Entity::PaperField {
            let label = get(self, "label").to_string();
            let key = paper::by_label(&label).map_or_else(|| paper::key_for(&label), |known| known.key.to_owned());
            self.fill(entity, id, "key", &Value::Text(key));
        }
        if entity == Entity::Action && get(self, "text").to_string().starts_with('?') {
            self.fill(entity, id, "tentative", &Value::Int(1));
        }
        if entity.fields().contains(&"order") {
            let parent = match entity {
                Entity::Action | Entity::Timescale => Option::<Id>::from_value(&get(self, "responsibility")),
                _ => Ok(None),
            };
            let order = self.next_order(entity, parent.ok().flatten());
            self.fill(entity, id, "order", &Value::Text(order));
        }
    }

    fn fill(&mut self, entity: Entity, id: Id, field: &str, value: &Value) {
        // a cell of the row may have said it already: then that counts
        self.put(entity, id, field, value).ok();
    }

    /// The sort key after the last of a kind.
    fn next_order(&mut self, entity: Entity, parent: Option<Id>) -> String {
        let plan = self.plan;
        let has_parent = matches!(entity, Entity::Action | Entity::Timescale);
        let last = || {
            let rows = plan.ids(entity).into_iter().filter(|id| {
                let under = plan.value(entity, *id, "responsibility").unwrap_or_default();
                !has_parent || Option::<Id>::from_value(&under).ok().flatten() == parent
            });
            rows.filter_map(|id| plan.value(entity, id, "order")).map(|key| key.to_string()).max().unwrap_or_default()
        };
        self.keys.next(entity, parent, last)
    }

    /// A theme that a cell names and the plan does not have.
    pub(super) fn add_theme(&mut self, title: &str) -> Id {
        let id = self.book.plan.derive(&["theme", title]);
        let order = self.next_order(Entity::Theme, None);
        self.added.insert((Entity::Theme, id));
        self.edit.put(&Theme { id, order, title: title.to_owned() });
        self.named(Entity::Theme, title, id);
        id
    }

    /// A responsibility that a cell names and the plan does not have.
    pub(super) fn add_responsibility(&mut self, text: &str) -> Id {
        let id = self.book.plan.derive(&["responsibility", text]);
        let order = self.next_order(Entity::Responsibility, None);
        self.added.insert((Entity::Responsibility, id));
        self.edit.put(&Responsibility { id, order, text: text.to_owned() });
        self.named(Entity::Responsibility, text, id);
        id
    }
}

/// A field of a row as it stands in the edit.
struct Get<'c, 'a> {
    compare: &'c Compare<'a>,
    id: Id,
    field: &'static str,
}

impl Visit for Get<'_, '_> {
    type Output = Value;

    fn visit<T: InPlan>(self) -> Value {
        self.compare.edit.current::<T>(self.id).and_then(|row| row.get(self.field)).unwrap_or_default()
    }
}
