//! The open plan in memory, and its changes on their way to the file.

use super::conflict::Parked;
use super::draft::{self, DraftKey, Drafts, HeldDrafts};
use super::merging::Merge;
use super::others::Others;
use super::signals::Taking;
use super::story::Story;
use super::{Gaps, WholePlan};
use crate::model::intelligence::{Intelligence, Rules};
use crate::model::signal::Facts;
use crate::model::state::StateWords;
use crate::model::{Edit, EditError, Entity, Index, Plan};
use crate::store::{Access, Away, EntryKind, Manifest, Reversible, SharedCount};
use chrono::{DateTime, NaiveDate, Utc};
use std::collections::{BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

/// An edit that has not reached the file.
#[derive(Debug, Clone)]
pub struct Pending {
    /// What changes.
    pub edit: Edit,
    /// Whose it is.
    pub kind: EntryKind,
    /// The draft it came from, with the text it was made of.
    pub draft: Option<(DraftKey, String)>,
}

impl Pending {
    /// Something that a person did.
    #[must_use]
    pub fn done(edit: Edit) -> Self {
        Self { edit, kind: EntryKind::Edit, draft: None }
    }
}

/// One step on its way to the file. Steps are sent one by one, so that none overtakes another.
#[derive(Debug, Clone)]
pub(super) enum Step {
    /// A change.
    Edit(Pending),
    /// A batch of signals, with the change that makes it count.
    Signals(Taking),
    /// Another plan's rows and signals.
    WholePlan(WholePlan),
    /// Another copy of the plan, as it was decided.
    Merge(Merge),
    /// Take the last change back.
    Undo,
    /// Do it again.
    Redo,
}

impl Step {
    /// Whether writing it may take a while.
    pub(super) fn is_long(&self) -> bool {
        match self {
            Self::Signals(_) | Self::WholePlan(_) | Self::Merge(_) => true,
            Self::Edit(pending) => pending.kind != EntryKind::Edit,
            Self::Undo | Self::Redo => false,
        }
    }

    fn edit(&self) -> Option<&Edit> {
        match self {
            Self::Edit(pending) => Some(&pending.edit),
            Self::Signals(taking) => Some(&taking.edit),
            // it is held against the file, and shown again where that changed
            Self::WholePlan(_) | Self::Merge(_) | Self::Undo | Self::Redo => None,
        }
    }
}

/// A number that no state of a plan had before: views keep what they worked out by it, and another
/// plan must never be taken for the one that was open.
fn next_revision() -> u64 {
    static LAST: AtomicU64 = AtomicU64::new(0);
    LAST.fetch_add(1, Ordering::Relaxed) + 1
}

/// The plan that is open.
pub struct OpenPlan {
    /// Where it lies.
    pub path: PathBuf,
    /// All of it, as the file has it.
    pub plan: Arc<Plan>,
    /// Its rows by what they belong to.
    pub index: Arc<Index>,
    /// What the plan calls states.
    pub state_words: StateWords,
    /// Another number for every state of every plan that this program holds.
    pub revision: u64,
    /// Whether it can be changed, and why not.
    pub access: Access,
    /// What it is, where it is a copy that somebody shared.
    pub manifest: Option<Manifest>,
    /// Signals of such a copy as counts.
    pub shared_counts: Vec<SharedCount>,
    /// What everything is judged against: state of the view, not of the plan.
    pub as_at: NaiveDate,
    /// The date where the plan has none of its own.
    today: NaiveDate,
    /// What is being typed.
    pub drafts: Drafts,
    /// What can be taken back.
    pub reversible: Reversible,
    /// When the file last took a change of this session.
    pub saved: Option<DateTime<Utc>>,
    /// Why the last change did not reach the file.
    pub(super) problem: Option<String>,
    /// Changes that the file could not take and that were not typed: a retry sends them again.
    pub(super) kept: Vec<Pending>,
    /// What was done here and waits for a person, because others changed it too.
    pub(super) parked: Vec<Parked>,
    pub(super) parked_so_far: u64,
    /// What others changed since the plan was opened here.
    pub others: Others,
    /// What the journal told of a recommendation, and of targets that went.
    pub story: Story,
    /// Why the file is not to be had, if it is not: nothing is sent to it meanwhile.
    pub away: Option<Away>,
    pub(super) sent: Option<Step>,
    queue: VecDeque<Step>,
    /// All signals as far as they are counted, once somebody looked at them.
    pub(super) facts: Option<Arc<Facts>>,
    /// Whether the file was asked for them as it is now.
    pub(super) facts_asked: bool,
    /// What all sources say together, and what it was worked out from.
    pub(super) intelligence: Option<Arc<Intelligence>>,
    pub(super) intelligence_of: Option<(u64, usize, Rules)>,
    /// What a careful reader would ask, once that was looked for; see [`super::Session::gaps`].
    pub gaps: Option<Arc<Gaps>>,
    /// The revision and date that gaps were asked for last.
    pub(super) gaps_of: Option<(u64, NaiveDate)>,
}

impl OpenPlan {
    /// A plan that was just opened, judged as at its own date or else `today`.
    #[must_use]
    pub fn new(path: PathBuf, plan: Plan, access: Access, reversible: Reversible, today: NaiveDate) -> Self {
        Self {
            path,
            as_at: plan.info().as_at.unwrap_or(today),
            today,
            index: Arc::new(Index::of(&plan)),
            state_words: StateWords::of(&plan),
            plan: Arc::new(plan),
            revision: next_revision(),
            access,
            manifest: None,
            shared_counts: Vec::new(),
            drafts: Drafts::default(),
            reversible,
            saved: None,
            problem: None,
            kept: Vec::new(),
            parked: Vec::new(),
            parked_so_far: 0,
            others: Others::default(),
            story: Story::default(),
            away: None,
            sent: None,
            queue: VecDeque::new(),
            facts: None,
            facts_asked: false,
            intelligence: None,
            intelligence_of: None,
            gaps: None,
            gaps_of: None,
        }
    }

    /// Whether it can be changed.
    #[must_use]
    pub fn editable(&self) -> bool {
        self.access == Access::Write
    }

    /// Whether everything typed and done is in the file.
    #[must_use]
    pub fn all_saved(&self) -> bool {
        self.unsaved() == 0
    }

    /// How many things typed and done are not in the file.
    #[must_use]
    pub fn unsaved(&self) -> usize {
        let counts = |step: &&Step| match step {
            Step::Edit(Pending { draft: Some((key, _)), .. }) => self.drafts.get(*key).is_none(),
            _ => true,
        };
        let steps = self.sent.iter().chain(&self.queue).filter(counts).count();
        self.drafts.len() + steps + self.kept.len() + self.parked.len()
    }

    /// What was done, was not typed, and is not in the file.
    pub fn waiting_edits(&self) -> impl Iterator<Item = &Edit> {
        let lined_up = self.sent.iter().chain(&self.queue).filter_map(|step| match step {
            Step::Edit(pending) if pending.draft.is_none() => Some(&pending.edit),
            Step::Signals(taking) => Some(&taking.edit),
            Step::WholePlan(whole) => Some(&whole.edit),
            Step::Edit(_) | Step::Merge(_) | Step::Undo | Step::Redo => None,
        });
        let held = self.kept.iter().chain(self.parked.iter().map(|parked| &parked.pending));
        lined_up.chain(held.map(|pending| &pending.edit))
    }

    /// Why something done is not in the file, if that is so.
    #[must_use]
    pub fn not_saved(&self) -> Option<&str> {
        self.problem.as_deref().filter(|_| !self.all_saved())
    }

    /// Why things are not in the file: of the last change, and of what stands in fields.
    pub fn problems(&self) -> impl Iterator<Item = &str> {
        let told: BTreeSet<&str> = self.not_saved().into_iter().chain(self.drafts.problems()).collect();
        told.into_iter()
    }

    /// Whether something is still on its way and may yet arrive.
    #[must_use]
    pub fn busy(&self) -> bool {
        let on_its_way = self.sent.is_some() || !self.queue.is_empty() || self.drafts.waiting();
        // nothing arrives while the file is away
        on_its_way && self.away.is_none()
    }

    /// Puts an edit in line; one that changes nothing is not worth it.
    pub fn enqueue(&mut self, pending: Pending) {
        if !pending.edit.is_empty() {
            self.line_up(Step::Edit(pending));
        }
    }

    /// Puts a step in line.
    pub(super) fn line_up(&mut self, step: Step) {
        if self.editable() {
            self.queue.push_back(step);
        }
    }

    /// The next step to send, if none is under way.
    pub(super) fn take_next(&mut self) -> Option<Step> {
        if self.sent.is_some() || self.away.is_some() {
            return None;
        }
        while let Some(step) = self.queue.pop_front() {
            match step {
                Step::Edit(pending) if pending.edit.is_empty() => self.settle_draft(&pending),
                step => {
                    self.sent = Some(step.clone());
                    return Some(step);
                }
            }
        }
        None
    }

    /// Puts what the file could not take in line again.
    pub(super) fn retry(&mut self) {
        self.problem = None;
        self.drafts.retry();
        for pending in std::mem::take(&mut self.kept) {
            self.enqueue(pending);
        }
    }

    /// Applies to memory what the file now holds.
    ///
    /// # Errors
    /// When memory is not what the file was: the plan must then be read anew.
    pub(super) fn apply(&mut self, edit: &Edit) -> Result<(), EditError> {
        let was = self.plan.info().as_at.unwrap_or(self.today);
        let before = (!self.drafts.is_empty()).then(|| Arc::clone(&self.plan));
        edit.apply(Arc::make_mut(&mut self.plan))?;
        if let Some(before) = before {
            self.drafts.follow(&before, &self.plan);
        }
        if self.as_at == was {
            // nobody chose another date to look from: it follows the plan's own
            self.as_at = self.plan.info().as_at.unwrap_or(self.today);
        }
        self.worked_out();
        let waiting = self.queue.iter_mut().filter_map(|step| match step {
            Step::Edit(pending) => Some(&mut pending.edit),
            Step::Signals(taking) => Some(&mut taking.edit),
            // it is held against the file, and what no longer fits is refused
            Step::WholePlan(_) | Step::Merge(_) | Step::Undo | Step::Redo => None,
        });
        for waiting in waiting.chain(self.kept.iter_mut().map(|pending| &mut pending.edit)) {
            *waiting = std::mem::take(waiting).rebased_on(edit);
        }
        if edit.changes.iter().any(|change| change.entity == Entity::Batch) {
            self.facts_asked = false;
        }
        Ok(())
    }

    /// Takes in a plan that others changed, and holds against it what was typed and done here. What both
    /// changed differently waits for a person; the rest goes on its way. Gives what became of drafts.
    pub(super) fn replace(&mut self, plan: Plan) -> HeldDrafts {
        let before = std::mem::replace(&mut self.plan, Arc::new(plan));
        let own_date = |plan: &Plan| plan.info().as_at.unwrap_or(self.today);
        if self.as_at == own_date(&before) {
            self.as_at = own_date(&self.plan);
        }
        if before.batches != self.plan.batches {
            self.facts_asked = false;
        }
        self.worked_out();
        let held = self.drafts.hold(&before, &self.plan);
        for step in std::mem::take(&mut self.queue) {
            if let Some(step) = self.hold_step(step) {
                self.queue.push_back(step);
            }
        }
        for pending in std::mem::take(&mut self.kept) {
            let pending = self.held(pending);
            self.kept.extend(pending);
        }
        self.hold_parked();
        held
    }

    /// A step that never reached the file goes first again, as far as it fits the plan as it is now. Gives
    /// whether it is any other than it was.
    pub(super) fn put_back(&mut self, step: Step) -> bool {
        let was = step.edit().cloned();
        let now = self.hold_step(step);
        let other = now.as_ref().and_then(Step::edit) != was.as_ref();
        if let Some(step) = now {
            self.queue.push_front(step);
        }
        other
    }

    /// Takes the first step out of line.
    pub(super) fn take_first(&mut self) -> Option<Step> {
        self.queue.pop_front()
    }

    /// Takes over what was typed and done and is not saved from the plan that this one goes on from. It has
    /// to be held against what this one holds: see [`OpenPlan::replace`].
    pub(super) fn go_on_from(&mut self, old: Self) {
        let Self { plan, drafts, kept, parked, parked_so_far, others, queue, sent, as_at, .. } = old;
        (self.plan, self.drafts, self.kept, self.others, self.as_at) = (plan, drafts, kept, others, as_at);
        (self.parked, self.parked_so_far) = (parked, parked_so_far);
        self.queue = sent.into_iter().chain(queue).collect();
        self.drafts.retry();
    }

    fn hold_step(&mut self, step: Step) -> Option<Step> {
        match step {
            Step::Edit(Pending { draft: Some((key, text)), kind, .. }) => {
                // made anew from what it began from; one that waits for a person or was taken back goes no further
                let draft = self.drafts.get(key).filter(|draft| draft.asks.is_none())?;
                match draft::edit_of(&self.plan, key, &draft.began, &text) {
                    Ok(edit) => Some(Step::Edit(Pending { edit, kind, draft: Some((key, text)) })),
                    Err(problem) => {
                        self.drafts.failed(key, problem.to_string());
                        None
                    }
                }
            }
            Step::Edit(pending) => self.held(pending).map(Step::Edit),
            // a batch is held against the file when it is written; so is a plan
            step => Some(step),
        }
    }

    /// Works out anew what follows from the plan.
    fn worked_out(&mut self) {
        self.index = Arc::new(Index::of(&self.plan));
        self.state_words = StateWords::of(&self.plan);
        self.revision = next_revision();
    }

    /// Today, as it was when the plan was opened.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.today
    }

    /// The draft behind an edit that has arrived is done with.
    pub(super) fn settle_draft(&mut self, pending: &Pending) {
        if let Some((key, text)) = &pending.draft {
            let row = pending.edit.changes.iter().find(|change| change.field == "text").map(|change| change.row);
            self.drafts.saved(*key, text, row);
        }
    }
}
