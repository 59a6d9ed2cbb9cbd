//! Sort keys for rows that an import adds, some at a time: keys that are counted out stay short, where
//! one after the other they grow.

use crate::model::{Entity, Id, order};
use std::collections::BTreeMap;

/// The sort keys of each list that rows are added to.
#[derive(Default)]
pub(super) struct Keys(BTreeMap<(Entity, Option<Id>), Run>);

/// The next keys of one list.
struct Run {
    ready: std::vec::IntoIter<String>,
    last: String,
    made: usize,
}

impl Keys {
    /// The next key of a list; `last` says what it ends with so far.
    pub(super) fn next(&mut self, entity: Entity, of: Option<Id>, last: impl FnOnce() -> String) -> String {
        let new = || Run { ready: Vec::new().into_iter(), last: last(), made: 4 };
        let run = self.0.entry((entity, of)).or_insert_with(new);
        if run.ready.len() == 0 {
            run.made *= 8;
            run.ready = order::after(&run.last, run.made).into_iter();
        }
        if let Some(key) = run.ready.next() {
            run.last = key;
        }
        run.last.clone()
    }
}
