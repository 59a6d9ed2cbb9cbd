//! The program's state between two frames: the open plan, settings, notices, jobs.

mod changed;
mod comparing;
mod documents;
mod gaps;
mod leaving;
mod merge;
mod pasting;
mod reports;
mod sharing;
mod signals;
mod story;
mod underneath;

pub use documents::{Reading, Waiting};
pub use gaps::Gaps;
pub use leaving::Leaving;
pub use pasting::{BlockWaiting, Clip, PasteAt};
pub use sharing::Sharing;

use super::draft::{self, DraftKey};
use super::job::{Ended, JobKind, Jobs, Outcome};
use super::open_plan::{Pending, Step};
use super::worker::{self, Event, NotOpened, Request, Wake, Worker};
use super::{Folders, MergeWaiting, Notice, OpenPlan, Settings, SignalsWaiting};
use crate::model::signal::Held;
use crate::model::{Edit, Id};
use crate::report::pdf::{Pages, Picture};
use crate::store::backup::Backup;
use crate::store::{Access, Entry, EntryKind, Reversible, Soundness};
use chrono::{DateTime, Local, NaiveDate, Utc};
use documents::Task;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// How often the file is looked at for changes from outside, in seconds.
const LOOK_SECONDS: i64 = 3;

/// Everything the window shows that is not its own.
pub struct Session {
    /// The user's settings; [`Session::save_settings`] writes them.
    pub settings: Settings,
    /// The plan that is open.
    pub open: Option<OpenPlan>,
    /// Messages not yet put away, newest last.
    pub notices: Vec<Notice>,
    /// A plan that could not be opened, and what to offer.
    pub not_opened: Option<NotOpened>,
    /// A document that was read and waits for a decision.
    pub proposal: Option<Waiting>,
    /// A source of signals that was read and waits for a decision.
    pub signals: Option<SignalsWaiting>,
    /// A copy of the plan that was read and waits for a decision.
    pub merging: Option<MergeWaiting>,
    /// Signals that were asked for last, whole; see [`Session::ask_signals`].
    pub asked_signals: Option<Vec<Held>>,
    asked_for: Vec<i64>,
    /// A PDF that was made and waits to be saved or opened.
    pub printed: Option<Arc<Pages>>,
    /// The page of it that was drawn last, with its number from 0.
    pub page: Option<(usize, Picture)>,
    /// A neighbour's plan beside the open one.
    pub comparing: Option<super::Comparing>,
    /// Changes that were asked for, newest first.
    pub history: Option<Vec<Entry>>,
    /// What was changed since a day.
    changed: super::changed::ChangedSince,
    /// The changes that delete rows, newest first, when they were asked for; see [`Session::ask_deletions`].
    pub deletions: Option<Vec<Entry>>,
    /// A block of cells that was pasted and waits for a decision.
    pub block: Option<Box<BlockWaiting>>,
    /// The open plan's backups, when they were asked for.
    pub backups: Option<Vec<Backup>>,
    /// What checking the file found.
    pub checked: Option<Soundness>,
    /// A copy for somebody else, in the making.
    pub sharing: Sharing,
    /// Long work.
    pub jobs: Jobs,
    folders: Folders,
    worker: Worker,
    clock: fn() -> DateTime<Utc>,
    wake: Wake,
    /// When the last step was sent to the file.
    sent_at: DateTime<Utc>,
    /// The thread that had the file was left alone, because it did not answer: the one there is has none.
    without_file: bool,
    opening: Option<PathBuf>,
    looked: DateTime<Utc>,
    /// Import this once the plan is open.
    import_next: Option<PathBuf>,
    /// What waits until the file holds all that was typed.
    tasks: VecDeque<Task>,
    /// Reports that wait until signals are counted.
    reports_waiting: Vec<super::reports::Asked>,
    leaving: Option<(Leaving, DateTime<Utc>)>,
    /// All is saved and the window can close.
    pub quit: bool,
}

impl Session {
    /// A session with no plan open. `wake` is called whenever there is something to take in.
    #[must_use]
    pub fn new(folders: Folders, clock: fn() -> DateTime<Utc>, wake: Wake) -> Self {
        let (settings, told) = Settings::load(&folders.settings());
        let worker = Worker::start(folders.clone(), settings.who(), Arc::clone(&wake));
        let notices = told.map(|text| Notice::note(text, "")).into_iter().collect();
        Self {
            settings,
            open: None,
            notices,
            not_opened: None,
            proposal: None,
            signals: None,
            merging: None,
            asked_for: Vec::new(),
            asked_signals: None,
            printed: None,
            page: None,
            comparing: None,
            history: None,
            changed: super::changed::ChangedSince::default(),
            deletions: None,
            block: None,
            backups: None,
            checked: None,
            sharing: Sharing::default(),
            jobs: Jobs::new(Arc::clone(&wake)),
            wake,
            sent_at: clock(),
            without_file: false,
            folders,
            worker,
            clock,
            opening: None,
            looked: clock(),
            import_next: None,
            tasks: VecDeque::new(),
            reports_waiting: Vec::new(),
            leaving: None,
            quit: false,
        }
    }

    /// The time by the session's clock.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        (self.clock)()
    }

    /// Today where the user is.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.now().with_timezone(&Local).date_naive()
    }

    /// The plan that is being opened, if it takes time.
    #[must_use]
    pub fn opening(&self) -> Option<&Path> {
        self.opening.as_deref()
    }

    /// Takes in what threads have to say, and sends what is due. Call once a frame; the result says
    /// in how many milliseconds to call again if nothing happens before.
    pub fn tick(&mut self) -> Option<u64> {
        while let Some(event) = self.worker.next_event() {
            self.take(event);
        }
        while let Some((kind, result)) = self.jobs.next_ended() {
            self.take_outcome(kind, result);
        }
        self.go_on_with_reports();
        self.look_again();
        self.compare_anew();
        self.look_for_gone_targets();
        self.flush(false);
        self.go_on();
        let now = self.now();
        self.notices.retain_mut(|notice| !notice.is_over(now));
        if self.open.is_some() && (now - self.looked).num_seconds() >= LOOK_SECONDS {
            self.looked = now;
            self.worker.look();
        }
        let open = self.open.as_ref()?;
        Some(if open.drafts.waiting() || self.leaving.is_some() { 250 } else { 3_000 })
    }

    /// Turns drafts into edits, all of them or those at rest, and sends the next edit.
    pub fn flush(&mut self, all: bool) {
        let now = self.now();
        let Some(open) = &mut self.open else { return };
        while open.away.is_none()
            && let Some((key, text)) = open.drafts.next_due(now, all)
        {
            let began = open.drafts.get(key).map(|draft| draft.began.clone()).unwrap_or_default();
            open.drafts.sent(key);
            match draft::edit_of(&open.plan, key, &began, &text) {
                Ok(edit) if edit.is_empty() => open.drafts.saved(key, &text, None),
                Ok(edit) => {
                    open.enqueue(Pending { edit, kind: EntryKind::Edit, draft: Some((key, text)) });
                }
                Err(problem) => open.drafts.failed(key, problem.to_string()),
            }
        }
        self.send_next();
    }

    fn send_next(&mut self) {
        let step = self.open.as_mut().and_then(OpenPlan::take_next);
        if step.is_some() {
            self.sent_at = self.now();
        }
        match step {
            Some(Step::Edit(pending)) => self.worker.send(Request::Commit { edit: pending.edit, kind: pending.kind }),
            Some(Step::Signals(taking)) => self.worker.send(Request::Take(Box::new(taking))),
            Some(Step::WholePlan(whole)) => self.worker.send(Request::TakeWholePlan(Box::new(whole))),
            Some(Step::Merge(merge)) => self.worker.send(Request::Merge(Box::new(merge))),
            Some(Step::Undo) => self.worker.send(Request::Undo),
            Some(Step::Redo) => self.worker.send(Request::Redo),
            None => {}
        }
    }

    /// Begins what waited for the file, once the file holds all that was typed and done.
    fn go_on(&mut self) {
        while !self.open.as_ref().is_some_and(OpenPlan::busy)
            && let Some(task) = self.tasks.pop_front()
        {
            self.start(task);
        }
        self.leave_if_saved();
    }

    /// Whether work waits until the file holds all that was typed and done.
    #[must_use]
    pub fn waits_to_save(&self) -> bool {
        !self.tasks.is_empty()
    }

    /// Does something once the file holds all that was typed and done: memory is what the file is.
    fn when_saved(&mut self, task: Task) {
        self.flush(true);
        self.tasks.push_back(task);
        self.go_on();
    }

    /// Changes the plan. What is being typed goes first, so that nothing overtakes it.
    pub fn edit(&mut self, edit: Edit) {
        self.apply(edit, EntryKind::Edit);
    }

    fn apply(&mut self, edit: Edit, kind: EntryKind) {
        self.flush(true);
        if let Some(open) = &mut self.open {
            open.enqueue(Pending { edit, kind, draft: None });
        }
        self.send_next();
    }

    /// Takes in what a field holds now.
    pub fn typed(&mut self, key: DraftKey, text: String) {
        let now = self.now();
        if let Some(open) = &mut self.open
            && open.editable()
        {
            let plan = Arc::clone(&open.plan);
            open.drafts.typed(&plan, key, text, now);
        }
    }

    /// Takes the last change back, after what is still on its way.
    pub fn undo(&mut self) {
        self.reverse(Step::Undo);
    }

    /// Does again what was taken back.
    pub fn redo(&mut self) {
        self.reverse(Step::Redo);
    }

    fn reverse(&mut self, step: Step) {
        self.flush(true);
        if let Some(open) = &mut self.open {
            open.line_up(step);
        }
        self.send_next();
    }

    /// Asks for the changes of a row, or all.
    pub fn ask_history(&mut self, row: Option<Id>) {
        self.history = None;
        self.worker.send(Request::History(row));
    }

    /// Asks for the changes that delete rows: what the bin is made of.
    pub fn ask_deletions(&mut self) {
        self.flush(true);
        self.deletions = None;
        self.worker.send(Request::Deletions);
    }

    /// Asks whether the file is sound.
    pub fn ask_check(&mut self) {
        self.flush(true);
        self.checked = None;
        self.worker.send(Request::Check);
    }

    /// Asks for the plan's backups.
    pub fn ask_backups(&mut self) {
        self.backups = None;
        self.worker.send(Request::Backups);
    }

    /// Writes a backup to a new file.
    pub fn restore(&mut self, id: &str, to: &Path) {
        self.worker.send(Request::Restore { id: id.to_owned(), to: to.to_path_buf() });
    }

    /// Writes the settings; a failure is told once.
    pub fn save_settings(&mut self) {
        let path = self.folders.settings();
        if let Err(error) = self.settings.save(&path) {
            log::warn!("settings not saved: {error}");
            let text = "The settings could not be saved";
            if !self.notices.iter().any(|notice| notice.text == text) {
                self.notices.push(Notice::note(text, "They hold until you quit.").about(&path));
            }
        }
    }

    fn take_outcome(&mut self, kind: JobKind, result: Result<Outcome, Ended>) {
        match result {
            Ok(Outcome::Proposal(waiting)) => self.proposal = Some(waiting),
            Ok(Outcome::Block(block)) => self.block = Some(block),
            Ok(Outcome::Printed(printed)) => self.printed = Some(printed),
            Ok(Outcome::Page(number, picture)) => self.page = Some((number, picture)),
            Ok(Outcome::Opened) => {}
            Ok(Outcome::Returned(returned)) => self.returned(returned),
            Ok(Outcome::Signals(waiting)) => self.signals_read(*waiting),
            Ok(Outcome::Intelligence(worked_out)) => {
                if let Some(open) = &mut self.open {
                    open.intelligence = Some(worked_out);
                }
            }
            Ok(Outcome::Theirs(theirs)) => self.theirs_read(*theirs),
            Ok(Outcome::Compared(comparison, of)) => self.compared(comparison, of),
            Ok(Outcome::Gaps(gaps)) => self.gaps_found(gaps),
            Ok(Outcome::Exported(path, exported)) => {
                self.notices.push(Notice::done("Saved").about(&path));
                self.notices.extend(exported.notes().into_iter().map(|note| Notice::note(note, "").about(&path)));
            }
            Ok(Outcome::Saved(path)) => self.notices.push(Notice::done("Saved").about(&path)),
            Err(Ended::Failed(trouble)) => self.notices.push(trouble.into()),
            Err(Ended::Cancelled) => log::info!("cancelled: {}", kind.words()),
        }
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Opened(opened) => self.opened(*opened),
            Event::NotOpened(not_opened) => {
                self.opening = None;
                self.import_next = None;
                self.not_opened = Some(not_opened);
            }
            Event::Committed(entry, reversible) => self.committed(entry, reversible),
            Event::Refused { edit, trouble, why } => self.refused(&edit, trouble, why),
            Event::NotYet => self.not_yet(),
            Event::Reversed(entry, reversible) => self.reversed(entry, reversible),
            Event::NotReversed(trouble, differs) => self.not_reversed(trouble, differs.as_deref()),
            Event::Failed(trouble) => self.notices.push(trouble.into()),
            Event::Underneath(underneath) => self.came_underneath(*underneath),
            Event::Away(away) => self.went_away(away),
            Event::Back => self.came_back(),
            Event::AlsoOpen(who) => self.also_open(&who),
            Event::WentOn(opened, how) => self.went_on(*opened, how.as_ref()),
            Event::WholePlanTaken(label, entry, reversible) => {
                self.notices.push(match &entry {
                    Some(_) => Notice::done(label),
                    None => Notice::note("The document changed nothing", "The plan already holds all of it."),
                });
                self.committed(entry, reversible);
            }
            Event::Reconciled(merging) => self.reconciled(merging),
            Event::MergeChanged(merging) => self.merge_changed(merging),
            Event::Merged(merged, reversible) => self.merged(merged.map(|merged| *merged), reversible),
            Event::NotMerged(trouble) => self.not_merged(trouble),
            Event::NotTaken(trouble) => self.not_taken(trouble),
            Event::Compared(rows, compared) => self.signals_compared(&rows, compared),
            Event::Facts(facts) => self.facts_read(*facts),
            Event::Rows(wanted, held) => self.rows_found(*wanted, held),
            Event::Signals(numbers, found) => self.signals_found(&numbers, found),
            Event::History(entries) => self.history = Some(entries),
            Event::ChangedSince(day, changes) => self.changes_found(day, &changes),
            Event::Story(history) => self.story_told(*history),
            Event::GoneTargets(gone) => self.gone_targets_found(gone),
            Event::Deletions(entries) => self.deletions = Some(entries),
            Event::Checked(soundness) => self.checked = Some(soundness),
            Event::Backups(backups) => self.backups = Some(backups),
            Event::SharePreviewed(preview) => self.sharing.preview = Some(preview),
            Event::Shared(shared, reversible) => self.shared(shared, reversible),
            Event::NotShared(trouble) => self.not_shared(trouble),
            Event::Copied(path) => self.notices.push(Notice::done("Saved").about(&path)),
            Event::Closed => {}
        }
    }

    fn opened(&mut self, opened: worker::Opened) {
        self.opening = None;
        self.not_opened = None;
        self.without_file = false;
        let today = self.today();
        let mut open = OpenPlan::new(opened.path, opened.plan, opened.access, opened.reversible, today);
        (open.manifest, open.shared_counts) = (opened.manifest, opened.counts);
        if let Access::ReadOnly(reason) = open.access {
            let text = format!("The plan can only be read: {}", reason.words());
            self.notices.push(Notice::note(text, reason.remedy()).about(&open.path));
        }
        let info = open.plan.info();
        self.reports_waiting.clear();
        self.merging = None;
        // it was read for the plan that was open before
        self.end_comparing();
        self.settings.remember(&open.path, &info.organisation, info.as_at);
        self.open = Some(open);
        self.save_settings();
        if let Some(source) = self.import_next.take() {
            self.import(&source);
        }
    }

    /// What was sent has been answered; the next may go.
    fn arrived(&mut self) -> Option<Step> {
        let step = self.open.as_mut().and_then(|open| open.sent.take());
        self.send_next();
        step
    }

    fn committed(&mut self, entry: Option<Entry>, reversible: Reversible) {
        self.take_in(entry, reversible);
        if let Some(open) = &mut self.open {
            open.problem = None;
            if let Some(Step::Edit(pending)) = open.sent.clone() {
                open.settle_draft(&pending);
            }
        }
        self.taken();
        self.arrived();
    }

    fn reversed(&mut self, entry: Option<Entry>, reversible: Reversible) {
        self.take_in(entry, reversible);
        self.arrived();
    }

    /// Applies to memory what is now in the file.
    fn take_in(&mut self, entry: Option<Entry>, reversible: Reversible) {
        let now = self.now();
        let Some(open) = &mut self.open else { return };
        open.reversible = reversible;
        let Some(entry) = entry else { return };
        open.saved = Some(now);
        if open.apply(&entry.edit).is_err() {
            // memory is not what the file was: the file counts
            self.worker.send(Request::Reload);
        }
    }
}
