//! All integration tests in one binary: one link instead of many.

#![expect(clippy::expect_used, reason = "a test that cannot go on says where and why")]

mod cli;
mod compare;
mod complaints;
mod gaps;
mod import;
mod intelligence;
mod json;
mod kill;
mod layering;
mod merge;
mod office;
mod out;
mod report;
mod session;
mod session_signals;
mod session_two;
mod shapes;
mod share;
mod signals;
mod store;
mod timeline;
#[cfg(feature = "gui")]
mod ui;
#[cfg(feature = "gui")]
mod ui_chart;
