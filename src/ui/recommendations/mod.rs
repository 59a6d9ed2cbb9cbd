//! The tab with the grid of recommendations.

pub mod bulk_bar;
pub mod cell;
pub mod filter;
pub mod grid;
pub mod heights;
mod select;

pub use grid::Grid;
