//! Recap.
pub mod model;
