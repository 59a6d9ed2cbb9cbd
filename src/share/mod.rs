//! Plans that leave and come back: a copy for a neighbour, a neighbour's plan beside one's own, a copy merged.
//!
//! Knows the model and the store; no window, no document, no report. What two plans come to beside each other is
//! worked out in `model`, files are read and written by `store`: here the two meet.

mod copy;
pub mod merge;
mod preview;
mod project;
mod scope;
mod words;

pub use copy::{Contents, Made, Wanted, file_name, make};
pub use preview::{Found, FoundIn, FoundKind};
pub use project::project;
pub use scope::{Part, ROWS_WARNING, Scope, SignalsAs};
pub use words::Counted;
