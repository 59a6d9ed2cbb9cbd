//! The tab with the grid of recommendations.

pub mod cell;
pub mod filter;
pub mod grid;
pub mod heights;
mod links;

pub use grid::Grid;
