//! Edits of the views that are kept in the plan.

use crate::model::text::same_words;
use crate::model::view::View;
use crate::model::{Edit, EditBuilder, Id, Plan, SavedView, order};

/// The view of a name, whatever its case and spaces.
#[must_use]
pub fn view_named<'p>(plan: &'p Plan, name: &str) -> Option<&'p SavedView> {
    plan.saved_views_in_order().into_iter().find(|row| same_words(&row.name, name))
}

/// Keeps a view under a name: in place of the one that has it, else as a new one, after the others.
#[must_use]
pub fn save_view(plan: &Plan, new: Id, name: &str, view: &View) -> Edit {
    let name = name.trim();
    let mut edit = EditBuilder::new(plan, format!("Save view “{name}”"));
    let row = match view_named(plan, name) {
        Some(row) => SavedView { definition: view.definition(), ..row.clone() },
        None => {
            let last = plan.saved_views_in_order().last().map_or_else(String::new, |row| row.order.clone());
            let order = order::between(&last, "");
            SavedView { id: new, order, name: name.to_owned(), definition: view.definition() }
        }
    };
    edit.put(&row);
    edit.finish()
}

/// Gives a view another name.
#[must_use]
pub fn rename_view(plan: &Plan, view: Id, name: &str) -> Edit {
    let was = plan.saved_views.get(&view).map_or("", |row| row.name.as_str());
    let mut edit = EditBuilder::new(plan, format!("Rename view “{was}”"));
    edit.update::<SavedView>(view, |row| name.trim().clone_into(&mut row.name));
    edit.finish()
}

/// Deletes a view; the list stays as it is looked at.
#[must_use]
pub fn delete_view(plan: &Plan, view: Id) -> Edit {
    let name = plan.saved_views.get(&view).map_or("", |row| row.name.as_str());
    let mut edit = EditBuilder::new(plan, format!("Delete view “{name}”"));
    edit.delete::<SavedView>(view);
    edit.finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::view::{Column, Group};

    #[test]
    fn a_view_is_saved_overwritten_by_its_name_renamed_deleted_and_each_taken_back() {
        let mut plan = Plan::default();
        let id = |name: &str| Id::NIL.derive(&[name]);
        let mut view = View::default();
        save_view(&plan, id("a"), " For the March meeting ", &view).apply(&mut plan).expect("fits");
        save_view(&plan, id("b"), "By owner", &view).apply(&mut plan).expect("fits");
        view.group = Group::Owner;
        view.columns = vec![Column::Reference, Column::Due];
        let again = save_view(&plan, id("c"), "by OWNER", &view);
        assert_eq!(again.label, "Save view “by OWNER”");
        again.apply(&mut plan).expect("fits");
        let names: Vec<&str> = plan.saved_views_in_order().iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["For the March meeting", "By owner"], "one of a name, in the order they were made");
        let kept = View::read(&plan.saved_views[&id("b")].definition).expect("a view").view;
        assert_eq!(kept, view, "the later one");
        rename_view(&plan, id("b"), "Owners").apply(&mut plan).expect("fits");
        assert!(view_named(&plan, "owners").is_some_and(|row| row.id == id("b")));
        let before = plan.clone();
        let gone = delete_view(&plan, id("b"));
        gone.apply(&mut plan).expect("fits");
        assert_eq!(plan.saved_views.len(), 1);
        gone.inverse("Undo").apply(&mut plan).expect("fits");
        assert_eq!(plan, before, "whole");
    }

    #[test]
    fn saving_what_is_saved_already_changes_nothing() {
        let mut plan = Plan::default();
        save_view(&plan, Id::NIL.derive(&["a"]), "All", &View::default()).apply(&mut plan).expect("fits");
        assert!(save_view(&plan, Id::NIL.derive(&["b"]), "All", &View::default()).is_empty());
    }
}
