//! The order of a recommendation's actions.

use crate::model::intent::row_name;
use crate::model::{Edit, EditBuilder, Entity, Id, Link, Plan, order};

/// Moves an action among those of a recommendation, by so many places (negative: towards the first). What it
/// serves elsewhere keeps its place there.
#[must_use]
pub fn move_action(plan: &Plan, recommendation: Id, action: Id, by: isize) -> Edit {
    let mut links: Vec<&Link> = plan.links.values().filter(|link| link.recommendation == recommendation).collect();
    links.sort_by(|a, b| a.order.cmp(&b.order).then(a.id.cmp(&b.id)));
    let Some(from) = links.iter().position(|link| link.action == action) else { return Edit::default() };
    let to = from.saturating_add_signed(by).min(links.len() - 1);
    if from == to {
        return Edit::default();
    }
    let moved = links.remove(from);
    links.insert(to, moved);
    let name = row_name(plan, Entity::Recommendation, recommendation);
    let mut edit = EditBuilder::new(plan, format!("Order the actions of {name}"));
    let low = if to == 0 { "" } else { links[to - 1].order.as_str() };
    let high = links.get(to + 1).map_or("", |link| link.order.as_str());
    if high.is_empty() || low < high {
        edit.update::<Link>(moved.id, |link| link.order = order::between(low, high));
    } else {
        // two sides made the same key: all get new ones
        for (link, key) in links.iter().zip(order::after("", links.len())) {
            edit.update::<Link>(link.id, |link| link.order = key);
        }
    }
    edit.finish()
}
