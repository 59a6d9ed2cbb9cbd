//! Small parts that several views are made of.

pub mod buttons;
pub mod chip;
pub mod differ;
pub mod field;
pub mod links;
pub mod menus;
pub mod pill;
pub mod seen;
pub mod shape;
pub mod sides;
pub mod writing;

pub use buttons::{command_button, icon_button, link_button, primary_button};
pub use chip::{chip, drop_down};
pub use differ::{Show, differing};
pub use field::{choice_field, date_field, text_field};
pub use pill::{Badge, pill};
pub use seen::seen;
pub use shape::{Shape, draw_shape};
