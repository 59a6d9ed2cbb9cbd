//! What is done with the rows that are selected in the grid, and with what is copied and pasted there.

use super::clipboard::Told;
use super::dialogs::Dialog;
use super::dialogs::bulk::{Bulk, What};
use super::timeline::{Ask, Asking};
use super::{App, Tab};
use crate::app::{Clip, Notice, PasteAt};
use crate::model::text::count;
use crate::model::view::Column;
use crate::model::{Id, intent};
use crate::report::{Options, clipboard};
use std::collections::BTreeSet;
use std::sync::Arc;

impl App {
    /// The recommendations that a command is about, in the grid's order: those selected together, else the cursor's.
    #[must_use]
    pub fn chosen_rows(&self) -> Vec<Id> {
        self.grid.chosen(self.selected)
    }

    /// Selects rows together, with the cursor in one of them.
    pub(super) fn mark(&mut self, rows: BTreeSet<Id>, cursor: Option<Id>) {
        if cursor != self.selected {
            self.select(cursor);
        }
        // one row with the cursor in it is no selection of several
        let alone = rows.len() == 1 && rows.iter().next().copied() == cursor;
        self.grid.marked = if alone { BTreeSet::new() } else { rows };
    }

    /// Asks what shall be set for all of the selected rows.
    pub(super) fn ask_bulk(&mut self, what: What) {
        let rows = self.chosen_rows();
        let Some(open) = self.session.open.as_ref().filter(|open| open.editable() && !rows.is_empty()) else { return };
        let actions = intent::actions_of_all(&open.plan, &open.index, &rows);
        let of = format!("{} of {}", count(actions.len(), "action"), count(rows.len(), "recommendation"));
        let bare = rows.iter().filter(|row| open.index.actions(&open.plan, **row).is_empty()).count();
        let note = match bare {
            0 => String::new(),
            1 => "1 of them has no action".to_owned(),
            bare => format!("{bare} of them have no action"),
        };
        let as_at = open.as_at;
        let ask = match what {
            What::Owner => Ask::Owner(actions.clone()),
            What::Due => Ask::Revise(intent::due_rows(&open.plan, &actions)),
            What::Theme | What::State | What::Link => {
                self.session.flush(true);
                self.dialog = Some(Dialog::Bulk(Box::new(Bulk::new(what, rows, actions))));
                return;
            }
        };
        if actions.is_empty() {
            let text = format!("{} no action yet", if rows.len() == 1 { "It has" } else { "They have" });
            self.session.notices.push(Notice::note(text, "Link one action to all of them, or add one in the editor."));
            return;
        }
        self.session.flush(true);
        let title = if what == What::Owner { format!("Owner of {of}") } else { format!("New due of {of}") };
        self.dialog = Some(Dialog::Ask(Box::new(Asking::new(ask, String::new(), as_at).told(title, note))));
    }

    /// Adds a recommendation like each of the selected ones, and selects the new ones.
    pub(super) fn duplicate_rows(&mut self) {
        self.session.flush(true);
        let rows = self.chosen_rows();
        let Some(open) = &self.session.open else { return };
        let (edit, made) = intent::duplicate(&open.plan, &open.index, &rows, open.as_at, Id::random());
        if !edit.is_empty() {
            self.session.edit(edit);
            self.mark_when_there = made;
        }
    }

    /// Rows that were made are selected as soon as the plan has them; where rows went, the cursor's comes into view.
    pub(super) fn follow_made(&mut self) {
        let Some(open) = &self.session.open else { return };
        if let Some((gone, show)) = self.show_when_gone
            && !open.plan.recommendations.contains_key(&gone)
        {
            self.show_when_gone = None;
            self.grid.scroll_to(show);
        }
        let Some(first) = self.mark_when_there.first().copied() else { return };
        if open.plan.recommendations.contains_key(&first) {
            let made: BTreeSet<Id> = std::mem::take(&mut self.mark_when_there).into_iter().collect();
            self.select(Some(first));
            self.mark(made, Some(first));
        }
    }

    /// Takes the selected recommendations out of the plan.
    pub(super) fn delete_rows(&mut self) {
        self.session.flush(true);
        let rows = self.chosen_rows();
        let Some(open) = &self.session.open else { return };
        let edit = intent::delete_recommendations(&open.plan, &rows);
        if edit.is_empty() {
            return;
        }
        // the cursor goes to what comes up in their place
        let next = rows.last().and_then(|last| self.grid.step(Some(*last), 1)).filter(|next| !rows.contains(next));
        let back = || rows.first().and_then(|first| self.grid.step(Some(*first), -1)).filter(|row| !rows.contains(row));
        let cursor = next.or_else(back);
        let what = match rows.as_slice() {
            [_] => edit.label.replacen("Delete recommendation", "Recommendation", 1) + " is in the bin",
            _ => format!("{} are in the bin", count(rows.len(), "recommendation")),
        };
        self.session.edit(edit);
        self.select(cursor);
        self.show_when_gone = rows.first().copied().zip(cursor);
        self.session.notices.push(Notice::done(
            format!("{what}; Ctrl+Z brings it back")
                .replace("are in the bin; Ctrl+Z brings it", "are in the bin; Ctrl+Z brings them"),
        ));
    }

    /// Copies the cursor's cell, or the selected rows with the columns that are shown.
    pub(super) fn copy_rows(&mut self, cut: bool) {
        self.session.flush(true);
        let rows = self.chosen_rows();
        let Some(open) = self.session.open.as_ref().filter(|_| !rows.is_empty()) else { return };
        let (plan, index) = (Arc::clone(&open.plan), Arc::clone(&open.index));
        let options = Options { as_at: open.as_at, compact: false, alarm_days: None, generated: self.session.now() };
        let columns = self.grid.columns.clone();
        let several = !self.grid.marked.is_empty();
        let column = self.grid.cursor_column();
        let what = match (several, rows.first().and_then(|id| plan.recommendations.get(id))) {
            (false, Some(row)) => format!("Copied: {} of {}", column.name().to_lowercase(), row.reference),
            _ => format!("Copied: {}", count(rows.len(), "recommendation")),
        };
        let what = if cut { format!("{what}. Nothing was cut out: Ctrl+Delete takes rows to the bin") } else { what };
        let make = move || match rows.as_slice() {
            [row] if !several => clipboard::cell(&plan, &index, *row, column, &options),
            rows => clipboard::rows(&plan, &index, rows, &columns, &options),
        };
        self.clipboard.copy(what, Box::new(make));
    }

    /// Asks for what is on the clipboard, to put it where the cursor is; `text` is what is known of it.
    pub(super) fn paste_here(&mut self, text: String) {
        if !self.circumstances().editable {
            let hint = "Save a copy of it, or open your own, to paste into it.";
            self.session.notices.push(Notice::note("This plan can only be read", hint));
            return;
        }
        self.paste_at_cursor = self.tab == Tab::Recommendations;
        self.clipboard.ask(text);
    }

    /// Takes in what the clipboard has to say.
    pub(super) fn hear_clipboard(&mut self) {
        while let Some(told) = self.clipboard.told() {
            match told {
                Told::Copied(what) => self.session.notices.push(Notice::done(what)),
                Told::Trouble(trouble) => self.session.notices.push(trouble.into()),
                Told::Pasted(clip) => self.pasted(clip),
            }
        }
    }

    fn pasted(&mut self, clip: Clip) {
        let rows = self.grid.from_cursor(self.selected);
        let at = self.grid.columns.iter().position(|column| *column == self.grid.cursor_column()).unwrap_or(0);
        let columns: Vec<Column> = self.grid.columns[at.min(self.grid.columns.len())..].to_vec();
        let at = (self.paste_at_cursor && !rows.is_empty()).then_some(PasteAt { rows, columns });
        self.session.paste(clip, at);
    }
}
