//! The tab with the grid of recommendations.

pub mod cell;
pub mod filter;
pub mod grid;
pub mod heights;
pub mod moving;

pub use grid::Grid;
