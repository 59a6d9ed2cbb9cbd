//! Where a gap leads: the row it stands at, and the field that settles it.

use crate::app::DraftKey;
use crate::model::gap::{Gap, Rule};
use crate::model::{Entity, Id};
use crate::ui::editor::Lead;
use crate::ui::{App, Tab};
use chrono::NaiveDate;

/// The field that settles a gap; `None` where none does alone.
pub(super) fn field(gap: &Gap, as_at: NaiveDate) -> Option<DraftKey> {
    let action = |field| DraftKey::Field(Entity::Action, gap.row, field);
    match gap.rule {
        Rule::NoDecision | Rule::NoEvidence => None,
        Rule::NoOwner => Some(action("owner")),
        Rule::NoDue | Rule::DueNotRead => Some(action("due_words")),
        Rule::Tentative => Some(action("text")),
        Rule::OldEvidence => gap.other.map(|(_, id)| DraftKey::Field(Entity::Evidence, id, "valid_until")),
        Rule::NoAction
        | Rule::Promise
        | Rule::Unlinked
        | Rule::Need
        | Rule::NoPosition
        | Rule::Reference
        | Rule::Repeated
        | Rule::Yearly => Some(DraftKey::Position(gap.row, as_at)),
    }
}

/// What the button says that leads to that field.
pub(super) fn words(gap: &Gap) -> &'static str {
    match gap.rule {
        Rule::NoOwner => "Name the owner",
        Rule::NoDue | Rule::DueNotRead => "Write the due",
        Rule::Tentative => "Go to the action",
        Rule::OldEvidence => "Go to the evidence",
        _ => "Go to the position",
    }
}

impl App {
    /// Opens the gaps, or closes them where they are in view.
    pub(in crate::ui) fn toggle_gaps(&mut self) {
        if self.gaps_in_view() {
            self.gaps.shown = false;
        } else {
            self.gaps.open();
            self.beside_gaps();
        }
    }

    /// Whether the gaps are open beside what is shown.
    pub(in crate::ui) fn gaps_in_view(&self) -> bool {
        self.gaps.shown && matches!(self.tab, Tab::Recommendations | Tab::ActionPlan)
    }

    /// Goes so many gaps on or back.
    pub(in crate::ui) fn step_gap(&mut self, by: isize) {
        self.gaps.step(by);
        self.beside_gaps();
    }

    fn beside_gaps(&mut self) {
        if !self.gaps_in_view() {
            self.tab = Tab::Recommendations;
        }
    }

    /// Shows the row that a gap stands at, with what it is about opened. An action that serves no recommendation is
    /// shown on the action plan.
    pub(in crate::ui) fn show_gap(&mut self, gap: &Gap) {
        let at = match gap.entity {
            Entity::Action => self.serves_first(gap.row),
            _ => Some(gap.row),
        };
        let Some(at) = at else {
            self.session.flush(true);
            self.tab = Tab::ActionPlan;
            self.action_plan.lead_to(gap.row);
            return;
        };
        self.select(Some(at));
        let lead = match (gap.entity, gap.other) {
            (Entity::Action, _) => Lead::Action(gap.row),
            (_, Some((Entity::Evidence, id))) => Lead::Evidence(id),
            _ => Lead::Details,
        };
        self.editor.get_or_insert_default().follow(lead);
    }

    fn serves_first(&self, action: Id) -> Option<Id> {
        let open = self.session.open.as_ref()?;
        open.index.served(&open.plan, action).first().map(|row| row.id)
    }
}
