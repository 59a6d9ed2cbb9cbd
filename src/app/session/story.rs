//! The story of a recommendation, asked of the file's thread.

use super::Session;
use crate::app::story::RowHistory;
use crate::app::worker::Request;
use crate::model::Id;
use crate::model::story::{GoneTarget, lacking_targets};
use std::collections::BTreeMap;
use std::sync::Arc;

impl Session {
    /// Asks for the history of a recommendation with all that belongs to it, at most so many entries. What is being
    /// typed stays a draft: it is history once it is saved.
    pub fn ask_story(&mut self, row: Id, most: usize) {
        let Some(open) = &mut self.open else { return };
        if !open.story.is_asked(row, open.revision, most) {
            open.story.ask(row, open.revision, most);
            self.worker.send(Request::Story(row, most));
        }
    }

    pub(super) fn story_told(&mut self, history: RowHistory) {
        if let Some(open) = &mut self.open {
            open.story.told(history);
        }
    }

    /// Asks what words pointed at that lead nowhere, once a state of the plan.
    pub(super) fn look_for_gone_targets(&mut self) {
        let Some(open) = &mut self.open else { return };
        let plan = Arc::clone(&open.plan);
        if let Some(lacking) = open.story.look(open.revision, || lacking_targets(&plan)) {
            self.worker.send(Request::GoneTargets(lacking));
        }
    }

    pub(super) fn gone_targets_found(&mut self, gone: BTreeMap<Id, GoneTarget>) {
        if let Some(open) = &mut self.open {
            open.story.found(gone);
        }
    }
}
