//! Putting themes and recommendations in order, and adding some: what the grid's keys and drags and the dialog of
//! themes ask for.

use super::App;
use super::dialogs::{Dialog, add::Add};
use crate::app::Notice;
use crate::model::intent::{self, Place, Step};
use crate::model::view::GroupKey;
use crate::model::{Edit, Id, Plan, Value};
use std::borrow::Cow;

/// What is put where.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrange {
    /// A recommendation was dragged somewhere; the others that are selected with it come along.
    Drop {
        /// The one that was dragged.
        dragged: Id,
        /// Where it was let go.
        place: Place,
    },
    /// A theme before another, or to the end.
    Theme {
        /// Which.
        id: Id,
        /// Before which.
        before: Option<Id>,
    },
    /// A theme one place further.
    NudgeTheme(Id, Step),
    /// A recommendation that is on its way into the plan is shown and selected once it is there.
    Show(Id),
}

/// A row that is shown once the plan has changed.
#[derive(Debug, Clone, Copy)]
pub struct Follow {
    /// The row.
    row: Id,
    /// The plan's revision before the change.
    since: u64,
    /// It is selected, too.
    select: bool,
}

impl App {
    /// The plan as it will be when what is on its way has arrived: the next of several quick steps starts there.
    fn plan_to_be(&self) -> Option<Cow<'_, Plan>> {
        let open = self.session.open.as_ref()?;
        let mut plan = Cow::Borrowed(&*open.plan);
        for edit in open.waiting_edits() {
            // one that no longer fits is told elsewhere
            let _fits = edit.apply(plan.to_mut());
        }
        Some(plan)
    }

    /// Moves the chosen recommendations one place.
    pub(super) fn nudge(&mut self, step: Step) {
        let chosen = self.chosen_rows();
        if self.says_why_fixed() {
            return;
        }
        let Some(plan) = self.plan_to_be() else { return };
        if let (Some(edit), Some(first)) = (intent::nudge_recommendations(&plan, &chosen, step), chosen.first()) {
            self.moved(edit, *first);
        }
    }

    /// Puts something in its place.
    pub(super) fn arrange(&mut self, what: Arrange) {
        let Some(plan) = self.plan_to_be() else { return };
        match what {
            Arrange::Theme { id, before } => {
                let edit = intent::move_theme(&plan, id, before);
                self.session.edit(edit);
            }
            Arrange::NudgeTheme(id, step) => {
                if let Some(edit) = intent::nudge_theme(&plan, id, step) {
                    self.session.edit(edit);
                }
            }
            Arrange::Show(row) => self.follow(row, true),
            Arrange::Drop { dragged, place } => {
                let chosen = self.chosen_rows();
                let chosen = if chosen.contains(&dragged) { chosen } else { vec![dragged] };
                let edit = intent::put_recommendations(&plan, &chosen, place);
                if !self.says_why_fixed() {
                    self.moved(edit, dragged);
                }
            }
        }
    }

    /// Says why nothing can be moved as the grid is looked at, if so.
    fn says_why_fixed(&mut self) -> bool {
        let why = self.grid.why_fixed();
        if let Some(why) = why {
            let text = "Recommendations are moved in the plan's own order";
            self.session.notices.retain(|notice| notice.text != text);
            self.session.notices.push(Notice::note(text, why));
        }
        why.is_some()
    }

    fn moved(&mut self, edit: Edit, shown: Id) {
        // what went into a folded theme is seen there
        for change in edit.changes.iter().filter(|change| change.field == "theme") {
            let theme = match &change.after {
                Value::Text(id) => id.parse().ok(),
                _ => None,
            };
            self.grid.closed.remove(&GroupKey::Theme(theme));
        }
        self.follow(shown, false);
        self.session.edit(edit);
    }

    fn follow(&mut self, row: Id, select: bool) {
        let since = self.session.open.as_ref().map_or(0, |open| open.revision);
        self.follow = Some(Follow { row, since, select });
    }

    /// Brings a row into view that was moved or added, once the plan has it so.
    pub(super) fn follow_moved(&mut self) {
        let (Some(follow), Some(open)) = (self.follow, &self.session.open) else { return };
        if open.revision == follow.since || !open.plan.recommendations.contains_key(&follow.row) {
            return;
        }
        self.follow = None;
        if follow.select {
            self.go_to(follow.row);
        } else {
            self.grid.scroll_to(follow.row);
        }
    }

    /// Opens the list of themes.
    pub(super) fn open_themes(&mut self) {
        self.session.flush(true);
        self.dialog = Some(Dialog::Themes(Box::default()));
    }

    /// Asks what to add; one of our own would stand beside the selected one.
    pub(super) fn open_add(&mut self) {
        let theme = self.session.open.as_ref().and_then(|open| {
            let row = open.plan.recommendations.get(&self.selected?)?;
            open.plan.themes.get(&row.theme?)
        });
        let add = Add::under(theme.map_or("", |theme| &theme.title));
        self.dialog = Some(Dialog::Add(add));
    }
}
