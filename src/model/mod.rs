//! Pure types and rules: what a plan is, how it changes, what follows from it.
//!
//! Nothing here may know SQLite, egui, typst, a file, the clock or a random number (but for
//! [`Id::random`], which the layers above call): what depends on a date is given the date.

pub mod bin;
pub mod calendar;
pub mod catalogue;
pub mod compare;
pub mod delete;
pub mod due;
pub mod edit;
pub mod find;
pub mod gap;
pub mod hold;
mod id;
pub mod identifiable;
pub mod index;
pub mod intelligence;
pub mod intent;
pub mod order;
pub mod paper;
pub mod paste;
pub mod plan;
pub mod printed;
pub mod reconcile;
mod record;
pub mod reference;
pub mod refers;
mod rows;
pub mod signal;
pub mod state;
pub mod story;
pub mod suppression;
pub mod text;
pub mod theme_map;
pub mod timeline;
pub mod triangulation;
pub mod value;
pub mod view;
pub mod workbook;
pub mod xmr;

pub use edit::{Change, EXISTS, Edit, EditBuilder, EditError};
pub use id::{BadId, Id};
pub use index::{EffectiveDue, Index};
pub use plan::{InPlan, Plan, Rows, Visit};
pub use record::Record;
pub use rows::{
    Acceptance, Action, ActionState, Batch, Choice, ChoiceKind, CrossReference, Entity, Evidence, EvidenceLink,
    FindingLink, GapAnswer, Link, MergeMark, NotedFinding, PaperField, PlanInfo, PlanStatus, Position, PositionState,
    Provider, Rebase, Receipt, Recommendation, Remark, Report, Responsibility, Revision, SavedView, Share, SignalTheme,
    StateWord, Subject, Theme, Timescale, Update, Watch, WatchLevel,
};
pub use value::{BadValue, FieldValue, Value};

/// The name of the JSON form of a whole plan, as `report` writes it and `import` reads it.
pub const PLAN_FORMAT: &str = "recap-plan/1";
