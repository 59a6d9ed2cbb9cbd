//! The window: draws what it is given and sends what is asked. The only layer that names egui.
//!
//! [`App`] owns the [`Session`](crate::app::Session) and the views' own state. A view gets a
//! [`context::Ctx`] that it cannot change the plan through, and its own state; what it wants it
//! sends as a [`context::Wish`], and `run` does it after the frame. Nothing here waits: no SQL, no
//! file and no typst on this thread.

pub mod action_plan;
pub mod bars;
pub mod clipboard;
mod compare;
pub mod complaints;
pub mod context;
pub mod dialogs;
pub mod editor;
pub mod files;
pub mod find;
pub mod gaps;
pub mod recommendations;
mod rows;
mod run;
pub mod start;
pub mod theme;
pub mod themes;
pub mod timeline;
pub mod widgets;
mod window;

pub use window::{App, Tab};
