//! The tab with the grid of recommendations.

pub mod cell;
pub mod filter;
pub mod grid;
pub mod heights;

pub use grid::Grid;
