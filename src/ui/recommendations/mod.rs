//! The tab with the grid of recommendations.

mod bar;
pub mod cell;
mod columns;
mod empty;
mod facets;
pub mod filter;
pub mod grid;
mod header;
pub mod heights;
mod links;
pub mod moving;
mod viewing;
mod views;

pub use bar::show as bar;
pub use grid::Grid;
