//! Which recommendations an action serves: numbers in one cell.

use super::compare::Compare;
use crate::model::{Action, Entity, FieldValue as _, Id, Link, Recommendation, intent};
use std::collections::BTreeSet;

/// A changed cell of numbers.
pub(super) struct Serves {
    pub(super) action: Id,
    pub(super) names: String,
    /// Where it stands, for what is to be said of it.
    pub(super) place: String,
}

impl Compare<'_> {
    /// Sets the links, once every row is there.
    pub(super) fn links(&mut self) {
        if self.fresh {
            self.known_links();
        }
        for cell in std::mem::take(&mut self.serves) {
            match self.wanted(&cell.names) {
                Ok(wanted) => self.serve(cell.action, &wanted),
                Err(problem) => self.warnings.push(format!("{}: {problem}; the cell was passed over", cell.place)),
            }
        }
    }

    /// The links of a plan that is made anew, whose both ends are in the workbook.
    fn known_links(&mut self) {
        for ((entity, id), known) in &self.book.known {
            let end = |field: &str| known.values.get(field).and_then(|value| Id::from_value(value).ok());
            if *entity != Entity::Link {
                continue;
            }
            if let (Some(recommendation), Some(action)) = (end("recommendation"), end("action"))
                && self.edit.current::<Recommendation>(recommendation).is_some()
                && self.edit.current::<Action>(action).is_some()
            {
                let order = known.values.get("order").map(ToString::to_string).unwrap_or_default();
                self.added.insert((Entity::Link, *id));
                self.edit.put(&Link { id: *id, recommendation, action, order });
            }
        }
    }

    fn wanted(&self, names: &str) -> Result<BTreeSet<Id>, String> {
        let names = names.split([',', ';', '\n']).map(str::trim).filter(|name| !name.is_empty());
        names.map(|name| self.recommendation(name)).collect()
    }

    fn serve(&mut self, action: Id, wanted: &BTreeSet<Id>) {
        let links = self.all::<Link>().into_iter().filter(|link| link.action == action);
        let mut has = BTreeSet::new();
        for link in links {
            if wanted.contains(&link.recommendation) {
                has.insert(link.recommendation);
            } else {
                self.edit.delete::<Link>(link.id);
            }
        }
        for recommendation in wanted.difference(&has) {
            self.added.insert((Entity::Link, Link::id_of(*recommendation, action)));
            intent::put_link(&mut self.edit, *recommendation, action);
        }
    }
}
