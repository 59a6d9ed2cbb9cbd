//! The gaps of the open plan, looked for on a thread of its own whenever the plan or the date changes.

use super::Session;
use crate::app::job::{JobKind, Outcome};
use crate::app::theirs::withheld;
use crate::model::gap::{self, Asked};
use chrono::NaiveDate;
use std::sync::Arc;

/// What a careful reader would ask of a plan as it was at a revision, as at a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Gaps {
    /// The gaps with their answers, in the order of the grid.
    pub all: Vec<Asked>,
    /// How many of them are open.
    pub open: usize,
    /// The revision of the plan and the date.
    of: (u64, NaiveDate),
}

impl Session {
    /// The gaps of the open plan. What is not up to date is given as long as the newer is looked for; `None` before
    /// anything was found. Call it every frame: it asks for what is missing, once a change.
    pub fn gaps(&mut self) -> Option<Arc<Gaps>> {
        let open = self.open.as_mut()?;
        let wanted = (open.revision, open.as_at);
        if open.gaps_of != Some(wanted) {
            open.gaps_of = Some(wanted);
            let (plan, index) = (Arc::clone(&open.plan), Arc::clone(&open.index));
            let withheld = withheld(open.manifest.as_ref());
            self.jobs.start(JobKind::Gaps, move |_| {
                let all = gap::asked(&plan, &index, wanted.1, &withheld);
                Ok(Outcome::Gaps(Arc::new(Gaps { open: gap::open(&all), all, of: wanted })))
            });
        }
        open.gaps.clone()
    }

    /// Takes in what was found, unless the plan was another.
    pub(super) fn gaps_found(&mut self, gaps: Arc<Gaps>) {
        if let Some(open) = &mut self.open
            && open.gaps_of == Some(gaps.of)
        {
            open.gaps = Some(gaps);
        }
    }
}

impl Gaps {
    /// Whether they are those of the plan as it is now.
    #[must_use]
    pub fn is_of(&self, revision: u64, as_at: NaiveDate) -> bool {
        self.of == (revision, as_at)
    }
}
