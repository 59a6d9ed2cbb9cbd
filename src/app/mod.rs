//! The open plan without a screen: what a window needs to know and do, and nothing that draws.
//!
//! [`Session`] holds the plan in memory and sends every change to the one thread that owns the
//! file ([`worker`]); long work runs as [`job`]s. Nothing here may name egui, rusqlite or typst, and
//! nothing here waits for a disk: answers come back as events that [`Session::tick`] takes in.

pub mod away;
pub mod begin;
pub mod bullets;
pub mod changed;
pub mod command;
pub mod conflict;
pub mod draft;
pub mod folders;
pub mod job;
pub mod merging;
pub mod notice;
pub mod open_plan;
pub mod others;
pub mod reports;
pub mod session;
pub mod settings;
pub mod sharing;
pub mod signals;
pub mod story;
pub mod theirs;
pub mod whole_plan;
pub mod worker;

pub use command::Command;
pub use conflict::{Conflict, ConflictKey, Decision};
pub use draft::{DraftKey, Drafts};
pub use folders::Folders;
pub use merging::MergeWaiting;
pub use notice::{Level, Notice, Trouble, Way};
pub use open_plan::OpenPlan;
pub use session::{BlockWaiting, Clip, Gaps, PasteAt, Reading, Session, Waiting};
pub use settings::{RuleSettings, Settings};
pub use signals::{SignalsWaiting, Writing};
pub use theirs::{Comparing, Theirs};
pub use whole_plan::WholePlan;
