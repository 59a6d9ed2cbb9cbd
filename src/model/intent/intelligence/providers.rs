//! Edits of the organisations that a CCG commissions from.

use super::order_before;
use crate::model::text::same_words;
use crate::model::{Edit, EditBuilder, Entity, Id, Plan, Provider, delete, order};

/// Adds a provider after the last.
#[must_use]
pub fn add_provider(plan: &Plan, provider: Provider) -> Edit {
    let mut edit = EditBuilder::new(plan, format!("Add the provider {}", provider.name.trim()));
    put_provider(&mut edit, provider);
    edit.finish()
}

/// Puts a provider into an edit, after the last unless it has a place.
pub fn put_provider(edit: &mut EditBuilder<'_>, mut provider: Provider) {
    if provider.order.is_empty() {
        let held = edit.plan().providers.values().map(|row| row.order.clone());
        let added = edit.added::<Provider>().into_iter().map(|row| row.order);
        provider.order = order::between(&held.chain(added).max().unwrap_or_default(), "");
    }
    provider.name = provider.name.trim().to_owned();
    edit.put(&provider);
}

/// Gives a provider another name. Sources will go on using the old one, so it stays as an alias.
#[must_use]
pub fn rename_provider(plan: &Plan, id: Id, name: &str) -> Edit {
    let before = name_of(plan, id);
    let mut edit = EditBuilder::new(plan, format!("Rename the provider {before}"));
    edit.update::<Provider>(id, |row| name.trim().clone_into(&mut row.name));
    put_alias(&mut edit, id, &before);
    edit.finish()
}

/// Moves a provider before another, or to the end.
#[must_use]
pub fn move_provider(plan: &Plan, id: Id, before: Option<Id>) -> Edit {
    let mut edit = EditBuilder::new(plan, format!("Move the provider {}", name_of(plan, id)));
    let rows: Vec<(Id, String)> = plan.providers_in_order().iter().map(|row| (row.id, row.order.clone())).collect();
    let order = order_before(&rows, id, before);
    edit.update::<Provider>(id, |row| row.order = order);
    edit.finish()
}

/// Deletes a provider with its receipts, levels of watch and re-basings. Its signals stay, and are of nobody.
#[must_use]
pub fn delete_provider(plan: &Plan, id: Id) -> Edit {
    let mut edit = EditBuilder::new(plan, format!("Delete the provider {}", name_of(plan, id)));
    delete::row(&mut edit, Entity::Provider, id);
    edit.finish()
}

/// Remembers another name that sources use for a provider.
#[must_use]
pub fn add_alias(plan: &Plan, provider: Id, alias: &str) -> Edit {
    let mut edit = EditBuilder::new(plan, format!("Know {} as \"{}\"", name_of(plan, provider), alias.trim()));
    put_alias(&mut edit, provider, alias);
    edit.finish()
}

/// Puts an alias into an edit; one that the provider is known by already changes nothing.
pub fn put_alias(edit: &mut EditBuilder<'_>, provider: Id, alias: &str) {
    // a line each: a line break within a name would make two of it
    let alias = alias.split_whitespace().collect::<Vec<_>>().join(" ");
    edit.update::<Provider>(provider, |row| {
        let known = same_words(&row.name, &alias) || row.aliases.lines().any(|line| same_words(line, &alias));
        if known || alias.is_empty() {
            return;
        }
        if !row.aliases.is_empty() {
            row.aliases.push('\n');
        }
        row.aliases.push_str(&alias);
    });
}

pub(super) fn name_of(plan: &Plan, id: Id) -> String {
    plan.providers.get(&id).map(|row| row.name.clone()).unwrap_or_default()
}
