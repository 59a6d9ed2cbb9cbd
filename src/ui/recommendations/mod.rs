//! The tab with the grid of recommendations.

pub mod cell;
pub mod cursor;
pub mod filter;
pub mod grid;
pub mod heights;
mod keys;
pub mod open_cell;

pub use grid::Grid;
