//! The tab with the grid of recommendations.

mod bar;
pub mod bulk_bar;
pub mod cell;
mod columns;
pub mod cursor;
mod empty;
mod facets;
pub mod filter;
pub mod grid;
mod header;
pub mod heights;
mod keys;
mod links;
pub mod moving;
pub mod open_cell;
mod select;
mod tab;
mod viewing;
mod views;

pub use grid::Grid;
pub use tab::ListTab;
