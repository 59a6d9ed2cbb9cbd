//! A plan that was written as JSON, read into a plan as one edit.
//!
//! Into an empty plan it is taken over whole, with its id. Into a filled one rows are matched by id,
//! then recommendations by report and reference, themes by title, providers by name and reports by key;
//! nothing is deleted, and the same file read twice changes nothing. Of a row that was not matched by its id
//! (the file is another plan's) only blank fields are filled; what differs stays and is listed.
//! Signals and measures are no rows of a plan: they are handed over beside the edit.

mod arrange;
mod intelligence;
mod kept;
mod lines;
mod looking;
mod node;
mod rows;
mod sharing;

use crate::model::signal::{Held, MeasureFact};
use crate::model::{EXISTS, Edit, EditBuilder, Entity, Id, InPlan, PLAN_FORMAT, Plan, Value};
use arrange::{Placed, arrange};
use node::Node;
use std::collections::{BTreeSet, HashMap};

/// What a file comes to.
#[derive(Debug, Clone, PartialEq)]
pub struct JsonImport {
    /// The change it makes; empty if the plan holds all of it already.
    pub edit: Edit,
    /// What was passed over, each with its place in the file.
    pub warnings: Vec<String>,
    /// The file's signals in its order, with the providers that the plan has after the edit.
    pub signals: Vec<Held>,
    /// The file's measures, likewise.
    pub measures: Vec<MeasureFact>,
}

impl JsonImport {
    /// How many rows of each kind are added and changed, in the order of the kinds.
    #[must_use]
    pub fn counts(&self) -> Vec<(Entity, usize, usize)> {
        let rows = self.edit.rows();
        let added: BTreeSet<_> =
            self.edit.changes.iter().filter(|c| c.field == EXISTS).map(|c| (c.entity, c.row)).collect();
        let of = |kind| move |row: &&(Entity, Id)| row.0 == kind;
        let count =
            |kind| (kind, added.iter().filter(of(kind)).count(), rows.difference(&added).filter(of(kind)).count());
        Entity::ALL.iter().map(|kind| count(*kind)).filter(|(_, added, changed)| added + changed > 0).collect()
    }
}

/// A file that cannot be read as a plan.
#[derive(Debug, thiserror::Error)]
pub enum JsonError {
    /// Not JSON at all; the message has line and column.
    #[error("the file is not JSON: {0}")]
    Syntax(#[from] serde_json::Error),
    /// JSON, but not a plan of a format this program knows.
    #[error("the file is no plan that this program can read: its \"format\" is \"{0}\" and should be \"recap-plan/1\"")]
    Format(String),
    /// A value that a plan cannot hold.
    #[error("{path}: {problem}")]
    Wrong {
        /// Where it stands, `actions[3].due.month`.
        path: String,
        /// What is wrong with it.
        problem: String,
    },
}

/// Reads a file into a plan; see the module's own words for what is matched with what.
///
/// # Errors
/// When the text is not JSON, not a plan of a known format, or has a value that a plan cannot hold.
pub fn read(text: &str, into: &Plan) -> Result<JsonImport, JsonError> {
    let file = lines::File::parse(text.trim_start_matches('\u{feff}'))?;
    let root = Node::root(&file.rest);
    let format = root.text("format").unwrap_or_default();
    if format != PLAN_FORMAT {
        return Err(JsonError::Format(format.chars().take(60).collect()));
    }
    let mut reader = Reader::new(into, &root)?;
    reader.plan_info(&root)?;
    reader.paper(&root)?;
    reader.reports(&root)?;
    reader.themes(&root)?;
    reader.recommendations(&root)?;
    reader.responsibilities(&root)?;
    reader.actions(&root)?;
    reader.timescales(&root)?;
    reader.links(&root)?;
    reader.cross_references(&root)?;
    reader.choices(&root)?;
    reader.evidence(&root)?;
    reader.remarks(&root)?;
    reader.state_words(&root)?;
    reader.providers(&root)?;
    reader.signal_themes(&root)?;
    reader.receipts(&root)?;
    reader.batches(&root)?;
    reader.findings(&root)?;
    reader.watch_levels(&root)?;
    reader.rebases(&root)?;
    reader.shares(&root)?;
    reader.merge_marks(&root)?;
    reader.saved_views(&root)?;
    reader.gap_answers(&root)?;
    reader.rest(&root);
    let (signals, measures) = reader.lines(file.lines)?;
    Ok(JsonImport { edit: reader.edit.finish(), warnings: reader.warnings, signals, measures })
}

/// What is known while a file is read.
struct Reader<'p> {
    plan: &'p Plan,
    edit: EditBuilder<'p>,
    warnings: Vec<String>,
    /// The id that the plan has afterwards.
    id: Id,
    /// The id of the file's plan.
    theirs: Id,
    /// Whether the file is this plan's own, or the plan is empty and becomes it.
    own: bool,
    /// Rows that go by another id here than in the file.
    here: HashMap<Id, Id>,
    /// Rows the file had so far.
    seen: BTreeSet<(Entity, Id)>,
}

impl<'p> Reader<'p> {
    fn new(plan: &'p Plan, root: &Node<'_>) -> Result<Self, JsonError> {
        let info = root.object("plan")?.ok_or_else(|| root.wrong("plan", "the file does not say whose plan it is"))?;
        let id = info.id("id")?.ok_or_else(|| info.wrong("id", "this should be the plan's id"))?;
        let empty = Entity::ALL.iter().all(|kind| *kind == Entity::PlanInfo || plan.ids(*kind).is_empty());
        let own = empty || id == plan.id();
        let edit = EditBuilder::new(plan, format!("Import the plan of {}", info.text("organisation")?));
        let (here, seen) = (HashMap::new(), BTreeSet::new());
        let here_id = if own { id } else { plan.id() };
        Ok(Self { plan, edit, warnings: Vec::new(), id: here_id, theirs: id, own, here, seen })
    }

    /// The id by which a row of the file goes in the plan.
    fn here(&self, id: Id) -> Id {
        self.here.get(&id).copied().unwrap_or(id)
    }

    fn has<T: InPlan>(&self, id: Id) -> bool {
        self.edit.current::<T>(id).is_some()
    }

    /// A row's own id, or where it has none the one that `parts` lead to.
    fn own_id(&self, node: &Node<'_>, parent: Id, parts: &[&str]) -> Result<Id, JsonError> {
        Ok(node.id("id")?.unwrap_or_else(|| parent.derive(parts)))
    }

    /// The row to fill from the file: as the plan has it, or blank.
    fn start<T: InPlan>(&mut self, node: &Node<'_>, id: Id) -> Result<T, JsonError> {
        if !self.seen.insert((T::ENTITY, id)) {
            return Err(node.wrong("id", format!("this {} stands twice in the file", T::ENTITY)));
        }
        Ok(self.edit.current(id).unwrap_or_else(|| T::blank(id)))
    }

    /// Puts a row that was matched by something else than its id: what the plan has filled, stays.
    fn put_matched<T: InPlan>(&mut self, node: &Node<'_>, mut row: T) {
        if let Some(ours) = self.plan.row::<T>(row.id()) {
            for field in T::FIELDS {
                let (mine, theirs) = (ours.get(field), row.get(field));
                if mine != theirs && mine != Some(T::ENTITY.blank(field)) {
                    let problem = "it differs from this plan's, which stays";
                    self.warnings.push(node.wrong(field, problem).to_string());
                    let kept = row.set(field, &mine.unwrap_or_default());
                    debug_assert!(kept.is_ok(), "a row takes back what it held");
                }
            }
        }
        self.edit.put(&row);
    }

    /// Gives rows the sort keys that put them in the file's order; `all` are the plan's rows among
    /// which they stand, as they are ordered now.
    fn place<T: InPlan + 'p>(&mut self, wanted: &[Id], all: impl IntoIterator<Item = &'p T>) {
        let listed: BTreeSet<Id> = wanted.iter().copied().collect();
        let rest: Vec<Id> = all.into_iter().map(|row| row.id()).filter(|id| !listed.contains(id)).collect();
        let placed = |ids: &[Id]| ids.iter().filter_map(|id| self.placed::<T>(*id)).collect::<Vec<_>>();
        for (id, key) in arrange(&placed(wanted), &placed(&rest)) {
            self.edit.update::<T>(id, |row| {
                let set = row.set("order", &Value::Text(key));
                debug_assert!(set.is_ok(), "only rows with a place are placed");
            });
        }
    }

    fn placed<T: InPlan>(&self, id: Id) -> Option<Placed> {
        let row = self.edit.current::<T>(id)?;
        let text = |field: &str| row.get(field).unwrap_or_default().to_string();
        let key = self.plan.row::<T>(id).is_some().then(|| text("order"));
        Some(Placed { id, key, tie: text("reference") })
    }
}
