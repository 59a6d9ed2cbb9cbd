//! The one thread that owns the plan's file. Requests go in, events come out, in order.

mod merge;
mod signals;

use super::merging::Merge;
use super::reports::Asked;
use super::signals::Taking;
use super::{Folders, Trouble, WholePlan};
use crate::import::signals::Rows;
use crate::model::signal::{Facts, Held};
use crate::model::{Edit, Id, Plan};
use crate::share::merge::{Merged, Merging, Returned};
use crate::store::backup::{self, Backup, BackupReason};
use crate::store::{
    Access, Compared, Entry, EntryKind, HistoryOf, PlanFile, Reversible, Soundness, Stamp, StoreError, Wanted, presence,
};
use chrono::{DateTime, NaiveDate, Utc};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

pub(super) use merge::told as merge_told;

/// Called after every event, so that the window looks.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// What a plan is opened for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OpenFor {
    /// To change it, if nobody else has it.
    Editing,
    /// The same, though somebody's name is on it: they have left.
    EditingAllTheSame,
    /// To read only.
    Reading,
}

/// What the window asks of the file's thread.
#[derive(Debug)]
pub enum Request {
    /// Make a new plan file and open it.
    Create {
        /// Where; must not exist.
        path: PathBuf,
        /// What it begins with.
        first: Box<WholePlan>,
    },
    /// Open a plan file.
    Open {
        /// Where.
        path: PathBuf,
        /// To change it, or to read only.
        wanted: OpenFor,
    },
    /// Write an edit.
    Commit {
        /// The edit.
        edit: Edit,
        /// A person's, or an import's.
        kind: EntryKind,
    },
    /// Write a batch of signals with its edit.
    Take(Box<Taking>),
    /// Write another plan's rows and signals.
    TakeWholePlan(Box<WholePlan>),
    /// Hold a copy against the plan.
    Reconcile(Arc<Returned>),
    /// Take a copy over as it was decided.
    Merge(Box<Merge>),
    /// Write the plan with its signals as JSON.
    ExportJson(PathBuf),
    /// Say what of signals is new, changed or known already.
    Compare(Arc<Rows>),
    /// Read all signals as far as they are counted.
    Facts,
    /// Read signals whole, by their rows in the file.
    Signals(Vec<i64>),
    /// Read the signals that a report shows, whole: some, or all of the view's provider.
    Rows(Box<Asked>, Option<Vec<i64>>),
    /// Take the last change back.
    Undo,
    /// Do it again.
    Redo,
    /// List changes, newest first: of a row, or all.
    History(Option<Id>),
    /// Look whether the file is sound.
    Check,
    /// Look whether somebody else changed the file.
    Look,
    /// Read the plan anew.
    Reload,
    /// Write the plan as one sound file elsewhere.
    CopyTo(PathBuf),
    /// List this plan's backups.
    Backups,
    /// Write a backup to a new file.
    Restore {
        /// Which.
        id: String,
        /// Where; must not exist.
        to: PathBuf,
    },
    /// Close the file.
    Close,
}

/// A plan that was opened.
#[derive(Debug)]
pub struct Opened {
    /// Where it lies.
    pub path: PathBuf,
    /// All of it.
    pub plan: Plan,
    /// Whether it can be changed, and why not.
    pub access: Access,
    /// What can be taken back.
    pub reversible: Reversible,
}

/// Why a plan was not opened.
#[derive(Debug)]
pub struct NotOpened {
    /// Where it lies.
    pub path: PathBuf,
    /// In words.
    pub trouble: Trouble,
    /// Somebody has it: reading only, or trying again, are to be offered.
    pub taken: bool,
}

/// What the file's thread answers.
#[derive(Debug)]
pub enum Event {
    /// A plan is open.
    Opened(Box<Opened>),
    /// It is not.
    NotOpened(NotOpened),
    /// An edit is in the file; what memory has to apply. `None`: there was nothing to write.
    Committed(Option<Entry>, Reversible),
    /// An edit is not in the file.
    Refused {
        /// The edit.
        edit: Edit,
        /// Why not.
        trouble: Trouble,
        /// The same edit may succeed later: a full disk, a share that is away.
        again: bool,
    },
    /// Another plan's rows and signals are in the file: what it is called, and what memory has to apply.
    WholePlanTaken(String, Option<Entry>, Reversible),
    /// A batch of signals is not in the file; without trouble the person stopped it.
    NotTaken(Option<Trouble>),
    /// What a copy comes to beside the plan.
    Reconciled(Arc<Merging>),
    /// The copy was not merged: it comes to something else now than what was shown.
    MergeChanged(Arc<Merging>),
    /// A copy was taken over; `None`: there was nothing to take.
    Merged(Option<Box<Merged>>, Reversible),
    /// A copy cannot be merged, or could not be written.
    NotMerged(Trouble),
    /// What of signals is new, changed or known already.
    Compared(Arc<Rows>, Compared),
    /// All signals as far as they are counted.
    Facts(Box<Facts>),
    /// Signals whole, by the rows that were asked for.
    Signals(Vec<i64>, Vec<Held>),
    /// The signals that a report shows.
    Rows(Box<Asked>, Vec<Held>),
    /// Undo or redo did this; `None`: there was nothing to do.
    Reversed(Option<Entry>, Reversible),
    /// Undo or redo failed.
    NotReversed(Trouble),
    /// Somebody else changed the file: this is what it holds now.
    Reloaded(Box<Plan>, Reversible),
    /// Changes, newest first.
    History(Vec<Entry>),
    /// The file was checked.
    Checked(Soundness),
    /// The plan stands at this place, too.
    Copied(PathBuf),
    /// This plan's backups, newest first.
    Backups(Vec<Backup>),
    /// Something else failed.
    Failed(Trouble),
    /// The file is closed.
    Closed,
}

/// A handle on the file's thread; dropping it closes the file.
pub struct Worker {
    requests: Sender<Request>,
    events: Receiver<Event>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Worker {
    /// Starts the thread.
    #[must_use]
    pub fn start(folders: Folders, who: String, wake: Wake) -> Self {
        let (requests, inbox) = channel();
        let (outbox, events) = channel();
        let owner = Owner { file: None, claim: None, backed_up: None, folders, who, outbox, wake };
        let thread = std::thread::Builder::new().name("plan file".into()).spawn(move || owner.run(&inbox)).ok();
        Self { requests, events, thread }
    }

    /// Asks for something; the answer comes as an event. Does nothing once the thread has ended.
    pub fn send(&self, request: Request) {
        if self.requests.send(request).is_err() {
            log::error!("the plan file's thread has ended");
        }
    }

    /// The next answer, if there is one.
    #[must_use]
    pub fn next_event(&self) -> Option<Event> {
        self.events.try_recv().ok()
    }

    /// Waits for the next answer, for tests and for closing.
    #[must_use]
    pub fn wait(&self, at_most: Duration) -> Option<Event> {
        self.events.recv_timeout(at_most).ok()
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        let (gone, _) = channel();
        drop(std::mem::replace(&mut self.requests, gone));
        // the thread finishes what was asked of it: nothing that was sent is lost
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            log::error!("the plan file's thread ended badly");
        }
    }
}

/// What lives on the thread.
struct Owner {
    file: Option<PlanFile>,
    claim: Option<presence::Claim>,
    /// The day that the open plan last had a backup on.
    backed_up: Option<NaiveDate>,
    folders: Folders,
    who: String,
    outbox: Sender<Event>,
    wake: Wake,
}

impl Owner {
    fn run(mut self, inbox: &Receiver<Request>) {
        while let Ok(request) = inbox.recv() {
            let event = self.answer(request);
            if let Some(event) = event {
                if self.outbox.send(event).is_err() {
                    break;
                }
                (self.wake)();
            }
        }
        self.close();
    }

    fn answer(&mut self, request: Request) -> Option<Event> {
        match request {
            Request::Create { path, first } => Some(self.create(&path, &first)),
            Request::Open { path, wanted } => Some(self.open(&path, wanted)),
            Request::Commit { edit, kind } => Some(self.commit(edit, kind)),
            Request::Take(taking) => Some(self.take(&taking)),
            Request::TakeWholePlan(whole) => Some(self.take_whole_plan(&whole)),
            Request::Reconcile(returned) => Some(self.reconcile(&returned)),
            Request::Merge(wanted) => Some(self.merge(&wanted)),
            Request::ExportJson(to) => Some(self.export_json(to)),
            Request::Compare(rows) => Some(self.compare(&rows)),
            Request::Facts => Some(self.with_file(|file| Ok(Event::Facts(Box::new(file.facts()?))))),
            Request::Signals(numbers) => {
                Some(self.with_file(|file| file.signals(&numbers).map(|found| Event::Signals(numbers, found))))
            }
            Request::Rows(wanted, numbers) => Some(self.with_file(|file| {
                let held = match numbers {
                    Some(numbers) => file.signals(&numbers),
                    None => file.held_signals(),
                };
                held.map(|held| Event::Rows(wanted, held))
            })),
            Request::Undo => Some(self.reverse(PlanFile::undo, EntryKind::Undo)),
            Request::Redo => Some(self.reverse(PlanFile::redo, EntryKind::Redo)),
            Request::History(row) => {
                Some(self.with_file(|file| {
                    file.history(&HistoryOf { row, field: None, limit: Some(500) }).map(Event::History)
                }))
            }
            Request::Check => Some(self.with_file(|file| file.check().map(Event::Checked))),
            Request::Look => self.look(),
            Request::Reload => Some(self.with_file(reload)),
            Request::CopyTo(path) => Some(self.copy_to(&path)),
            Request::Backups => Some(self.backups()),
            Request::Restore { id, to } => Some(self.restore(&id, &to)),
            Request::Close => {
                self.close();
                Some(Event::Closed)
            }
        }
    }

    fn create(&mut self, path: &Path, first: &WholePlan) -> Event {
        self.close();
        let stamp = Stamp { who: &self.who, at: Utc::now(), kind: EntryKind::Edit };
        match PlanFile::create_with(path, first.edit_with_batch(), &first.incoming(), &stamp) {
            Ok(file) => {
                file.close();
                self.open(path, OpenFor::Editing)
            }
            Err(error) => not_opened(path, &error),
        }
    }

    fn open(&mut self, path: &Path, wanted: OpenFor) -> Event {
        self.close();
        let backups = self.folders.backups();
        let file = match wanted {
            OpenFor::Reading => PlanFile::open_to_read(path, &backups, Utc::now()),
            _ => PlanFile::open(path, Wanted::Write { backups: &backups, now: Utc::now() }),
        };
        let file = match file {
            Ok(file) => file,
            Err(error) => return not_opened(path, &error),
        };
        if *file.access() == Access::Write
            && let Err(taken) = self.claim(path, wanted)
        {
            let remedy =
                "Open it to read only, try again later, or open it all the same if you know that they have left.";
            let trouble = Trouble::new(format!("This plan is open already: {taken}"), remedy).about(path);
            return Event::NotOpened(NotOpened { path: path.into(), trouble, taken: true });
        }
        let opened = file.read().and_then(|plan| {
            Ok(Opened { path: path.into(), plan, access: *file.access(), reversible: file.reversible()? })
        });
        match opened {
            Ok(opened) => {
                self.file = Some(file);
                Event::Opened(Box::new(opened))
            }
            Err(error) => {
                self.claim = None;
                not_opened(path, &error)
            }
        }
    }

    /// Says beside the plan that it is open here.
    fn claim(&mut self, path: &Path, wanted: OpenFor) -> Result<(), presence::Presence> {
        let machine = gethostname::gethostname().to_string_lossy().into_owned();
        let claim = if wanted == OpenFor::EditingAllTheSame {
            presence::take_over(path, &self.who, &machine, Utc::now())
        } else {
            presence::claim(path, &self.who, &machine, Utc::now())?
        };
        self.claim = Some(claim);
        Ok(())
    }

    fn commit(&mut self, edit: Edit, kind: EntryKind) -> Event {
        let now = Utc::now();
        let who = self.who.clone();
        let backups = self.folders.backups();
        let refused = |edit, error: &StoreError, path: &Path| Event::Refused {
            edit,
            trouble: in_words(error, path),
            again: !error.refused(),
        };
        let Some(file) = &mut self.file else { return Event::Refused { edit, trouble: no_plan(), again: false } };
        match backup_before(file, &backups, kind, self.backed_up, now) {
            Ok(day) => self.backed_up = day,
            Err(error) => return refused(edit, &error, file.path()),
        }
        let stamp = Stamp { who: &who, at: now, kind };
        let done = file.commit(&edit, &stamp).and_then(|entry| Ok((entry, file.reversible()?)));
        match done {
            Ok((entry, reversible)) => Event::Committed(entry, reversible),
            Err(error) => refused(edit, &error, file.path()),
        }
    }

    fn reverse(
        &mut self,
        how: impl FnOnce(&mut PlanFile, &Stamp<'_>) -> Result<Option<Entry>, StoreError>,
        kind: EntryKind,
    ) -> Event {
        let Some(file) = &mut self.file else { return Event::NotReversed(no_plan()) };
        let stamp = Stamp { who: &self.who, at: Utc::now(), kind };
        match how(file, &stamp).and_then(|entry| Ok((entry, file.reversible()?))) {
            Ok((entry, reversible)) => Event::Reversed(entry, reversible),
            Err(error) => Event::NotReversed(in_words(&error, file.path())),
        }
    }

    fn with_file(&mut self, ask: impl FnOnce(&mut PlanFile) -> Result<Event, StoreError>) -> Event {
        match &mut self.file {
            Some(file) => ask(file).unwrap_or_else(|error| Event::Failed(in_words(&error, file.path()))),
            None => Event::Failed(no_plan()),
        }
    }

    /// Quiet unless something changed: a share that is away for a moment is no news.
    fn look(&mut self) -> Option<Event> {
        let file = self.file.as_mut()?;
        match file.changed_outside() {
            Ok(true) => Some(self.with_file(reload)),
            Ok(false) => None,
            Err(error) => {
                log::warn!("could not look whether the plan file changed; refused: {}", error.refused());
                None
            }
        }
    }

    fn copy_to(&mut self, to: &Path) -> Event {
        let to = to.to_path_buf();
        self.with_file(|file| file.copy_to(&to).map(|()| Event::Copied(to)))
    }

    fn backups(&mut self) -> Event {
        let folder = self.folders.backups();
        self.with_file(|file| Ok(Event::Backups(backup::list(&folder, Some(file.plan_id())))))
    }

    fn restore(&mut self, id: &str, to: &Path) -> Event {
        let found = backup::list(&self.folders.backups(), None).into_iter().find(|backup| backup.id == id);
        let Some(found) = found else {
            return Event::Failed(Trouble::new("That backup is no longer there", "Choose another from the list."));
        };
        match backup::restore(&found, to) {
            Ok(()) => Event::Copied(to.to_path_buf()),
            Err(error) => Event::Failed(in_words(&error, to)),
        }
    }

    fn close(&mut self) {
        if let Some(file) = self.file.take() {
            file.close();
        }
        self.claim = None;
        self.backed_up = None;
    }
}

fn reload(file: &mut PlanFile) -> Result<Event, StoreError> {
    Ok(Event::Reloaded(Box::new(file.read()?), file.reversible()?))
}

/// Before an import, and before the first change of a day, the plan as it is goes to the backups.
/// Gives the day that it last went there on.
fn backup_before(
    file: &PlanFile,
    folder: &Path,
    kind: EntryKind,
    last: Option<NaiveDate>,
    now: DateTime<Utc>,
) -> Result<Option<NaiveDate>, StoreError> {
    let today = Some(now.date_naive());
    let reason = match kind {
        EntryKind::Import => Some(BackupReason::Import),
        EntryKind::Merge => Some(BackupReason::Merge),
        _ => None,
    };
    if let Some(reason) = reason {
        return backup::make(file, folder, reason, now).map(|_| today);
    }
    if last == today {
        return Ok(last);
    }
    let newest = backup::list(folder, Some(file.plan_id())).first().map(|last| last.made.date_naive());
    if newest != today
        && let Err(error) = backup::make(file, folder, BackupReason::Day, now)
    {
        // typing goes on without it: the file itself is sound
        log::warn!("no backup of the day; refused: {}", error.refused());
    }
    Ok(today)
}

/// A store's error as a person is told it.
#[must_use]
pub fn in_words(error: &StoreError, path: &Path) -> Trouble {
    Trouble::new(error.to_string(), error.remedy()).about(path)
}

fn not_opened(path: &Path, error: &StoreError) -> Event {
    Event::NotOpened(NotOpened { path: path.into(), trouble: in_words(error, path), taken: false })
}

fn no_plan() -> Trouble {
    Trouble::new("No plan is open", "Open a plan first.")
}
