//! A copy for somebody else: what would go, then the copy.

use super::Session;
use super::documents::Task;
use crate::app::sharing::{self, Asked, Preview, Shared};
use crate::app::worker::Copying;
use crate::app::{Notice, Trouble, Writing};
use crate::model::Id;
use crate::share::Wanted;
use crate::store::Reversible;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// A copy in the making.
#[derive(Debug, Default)]
pub struct Sharing {
    /// What would go, as it was asked for last.
    pub preview: Option<Box<Preview>>,
    /// The copy that was made last.
    pub made: Option<Box<Shared>>,
    /// Why there is no preview.
    pub no_preview: Option<Trouble>,
    /// Why there is no copy.
    pub trouble: Option<Trouble>,
    /// How far the copy is, while it is made.
    pub writing: Option<Arc<Writing>>,
}

impl Session {
    /// Asks what would go; [`Sharing::preview`] is the answer, once the file holds all that was typed.
    pub fn preview_share(&mut self, wanted: Wanted) {
        self.sharing.no_preview = None;
        if let Some(asked) = self.asked_share(wanted, None) {
            self.when_saved(Task::PreviewShare(Box::new(asked)));
        }
    }

    /// Makes the copy, and beside it a page to read if one is wanted; [`Sharing::made`] is the answer.
    pub fn share(&mut self, wanted: Wanted, to: &Path, reading_copy: bool) {
        self.sharing.trouble = None;
        self.sharing.made = None;
        let looked_at = self.sharing.preview.as_ref().map(|preview| preview.base);
        let Some(asked) = self.asked_share(wanted, looked_at) else { return };
        let writing = Arc::new(Writing::default());
        self.sharing.writing = Some(Arc::clone(&writing));
        let reading_copy: Option<PathBuf> = reading_copy.then(|| sharing::page_beside(to));
        let copying = Copying { asked, to: to.to_path_buf(), reading_copy, writing };
        self.when_saved(Task::Share(Box::new(copying)));
    }

    /// Forgets what was looked at and made; a copy that is being made is stopped.
    pub fn leave_share(&mut self) {
        if let Some(writing) = &self.sharing.writing {
            writing.stop();
        }
        self.sharing = Sharing::default();
    }

    fn asked_share(&self, wanted: Wanted, looked_at: Option<Id>) -> Option<Asked> {
        let open = self.open.as_ref()?;
        Some(Asked { wanted, rules: self.settings.rules.at(open.as_at), looked_at })
    }

    pub(super) fn shared(&mut self, shared: Box<Shared>, reversible: Reversible) {
        self.take_in(shared.made.entry.clone(), reversible);
        self.sharing.writing = None;
        self.notices.push(Notice::done("A copy was made and proven").about(&shared.path));
        self.sharing.made = Some(shared);
    }

    pub(super) fn not_shared(&mut self, trouble: Option<Trouble>) {
        if self.sharing.writing.take().is_some() {
            self.sharing.trouble = trouble;
        } else {
            self.sharing.no_preview = trouble;
        }
    }
}
