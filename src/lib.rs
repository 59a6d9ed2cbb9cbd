//! Recap.

pub mod app;
pub mod cli;
pub mod import;
pub mod model;
pub mod report;
pub mod store;
#[cfg(feature = "gui")]
pub mod ui;
