//! All integration tests in one binary: one link instead of many.

mod cli;
mod import;
mod json;
mod kill;
mod layering;
mod report;
mod session;
mod store;
#[cfg(feature = "gui")]
mod ui;
