//! The one thread that owns the plan's file. Requests go in, events come out, in order.

mod merge;
mod messages;
mod sharing;
mod signals;
mod underneath;

pub use messages::{Event, NotOpened, OpenFor, Opened, Refusal, Request};
pub use sharing::Copying;
pub use underneath::Rescued;

use super::story::RowHistory;
use super::{Folders, Trouble, WholePlan};
use crate::model::{Edit, EditError};
use crate::store::backup::{self, BackupReason};
use crate::store::{
    Access, Away, Entry, EntryKind, HistoryOf, PlanFile, Presence, Stamp, StoreError, Wanted, presence,
};
use chrono::{DateTime, NaiveDate, Utc};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

pub(super) use merge::told as merge_told;

/// Called after every event, so that the window looks.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// A handle on the file's thread; dropping it closes the file.
pub struct Worker {
    requests: Sender<Request>,
    events: Receiver<Event>,
    thread: Option<std::thread::JoinHandle<()>>,
    /// A look was asked for and not answered yet.
    looking: Arc<AtomicBool>,
}

impl Worker {
    /// Starts the thread.
    #[must_use]
    pub fn start(folders: Folders, who: String, wake: Wake) -> Self {
        let (requests, inbox) = channel();
        let (outbox, events) = channel();
        let looking = Arc::<AtomicBool>::default();
        let owner = Owner {
            file: None,
            claim: None,
            backed_up: None,
            away: None,
            also: None,
            folders,
            who,
            outbox,
            wake,
            looking: Arc::clone(&looking),
        };
        let thread = std::thread::Builder::new().name("plan file".into()).spawn(move || owner.run(&inbox)).ok();
        Self { requests, events, thread, looking }
    }

    /// Asks for something; the answer comes as an event. Does nothing once the thread has ended.
    pub fn send(&self, request: Request) {
        if self.requests.send(request).is_err() {
            log::error!("the plan file's thread has ended");
        }
    }

    /// Asks for a look at the file, unless one is still under way: a share that does not answer is not
    /// asked a hundred times.
    pub fn look(&self) {
        if !self.looking.swap(true, Ordering::Relaxed) {
            self.send(Request::Look);
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

impl Worker {
    /// Leaves a thread alone that does not answer. It ends as soon as the system lets go of it; what was
    /// asked of it and it has not begun is not done.
    pub fn abandon(mut self) {
        drop(self.thread.take());
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
    /// What was last said of a file that is not to be had.
    away: Option<Away>,
    /// Who else was said to have the plan open.
    also: Option<Presence>,
    folders: Folders,
    who: String,
    outbox: Sender<Event>,
    wake: Wake,
    looking: Arc<AtomicBool>,
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

    /// Says something before the answer itself.
    fn tell(&self, event: Event) {
        // the window is gone: nobody is left to be told
        self.outbox.send(event).ok();
        (self.wake)();
    }

    fn answer(&mut self, request: Request) -> Option<Event> {
        let writes = matches!(
            request,
            Request::Commit { .. }
                | Request::Take(_)
                | Request::TakeWholePlan(_)
                | Request::Merge(_)
                | Request::Undo
                | Request::Redo
        );
        if writes && self.not_yet() {
            return Some(Event::NotYet);
        }
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
            Request::ChangedSince(day) => Some(self.with_file(|file| {
                file.changes_since(super::changed::start_of(day)).map(|changes| Event::ChangedSince(day, changes))
            })),
            Request::Story(row, most) => Some(self.with_file(|file| {
                file.story(row, most).map(|(entries, more)| Event::Story(Box::new(RowHistory { row, entries, more })))
            })),
            Request::GoneTargets(of) => Some(self.with_file(|file| file.gone_targets(of).map(Event::GoneTargets))),
            Request::Deletions => Some(self.with_file(|file| file.deletions().map(Event::Deletions))),
            Request::Check => Some(self.with_file(|file| file.check().map(Event::Checked))),
            Request::Look => {
                self.looking.store(false, Ordering::Relaxed);
                self.look();
                None
            }
            Request::LookAgain => {
                self.away = None;
                self.look_and_say();
                None
            }
            Request::Reload => Some(self.with_file(|file| Ok(Event::Underneath(Box::new(file.read_again()?))))),
            Request::GoOnIn(path) => Some(self.go_on_in(&path)),
            Request::Rescue { to, plan } => Some(self.rescue(&to, &plan)),
            Request::CopyTo(path) => Some(self.copy_to(&path)),
            Request::PreviewShare(asked) => Some(self.preview_share(&asked)),
            Request::Share(copying) => Some(self.share(&copying)),
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
        match first_read(file) {
            Ok((file, opened)) => {
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
    fn claim(&mut self, path: &Path, wanted: OpenFor) -> Result<(), Presence> {
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
        let Some(file) = &mut self.file else {
            return Event::Refused { edit, trouble: no_plan(), why: Refusal::Never };
        };
        let done = backup_before(file, &backups, kind, self.backed_up, now).and_then(|day| {
            self.backed_up = day;
            let entry = file.commit(&edit, &Stamp { who: &who, at: now, kind })?;
            Ok((entry, file.reversible()?))
        });
        match done {
            Ok((entry, reversible)) => Event::Committed(entry, reversible),
            Err(StoreError::Underneath { .. }) => self.seen_too_late(),
            Err(error) => {
                let why = match &error {
                    StoreError::Changed(EditError::Stale { .. }) => Refusal::Stale,
                    error if error.refused() => Refusal::Never,
                    _ => Refusal::Later,
                };
                Event::Refused { edit, trouble: in_words(&error, file.path()), why }
            }
        }
    }

    fn reverse(
        &mut self,
        how: impl FnOnce(&mut PlanFile, &Stamp<'_>) -> Result<Option<Entry>, StoreError>,
        kind: EntryKind,
    ) -> Event {
        let Some(file) = &mut self.file else { return Event::NotReversed(no_plan(), None) };
        let stamp = Stamp { who: &self.who, at: Utc::now(), kind };
        match how(file, &stamp).and_then(|entry| Ok((entry, file.reversible()?))) {
            Ok((entry, reversible)) => Event::Reversed(entry, reversible),
            Err(StoreError::Underneath { .. }) => self.seen_too_late(),
            Err(error) => {
                let trouble = in_words(&error, file.path());
                let differs = if let StoreError::Changed(error) = error { Some(Box::new(error)) } else { None };
                Event::NotReversed(trouble, differs)
            }
        }
    }

    fn with_file(&mut self, ask: impl FnOnce(&mut PlanFile) -> Result<Event, StoreError>) -> Event {
        match &mut self.file {
            Some(file) => ask(file).unwrap_or_else(|error| Event::Failed(in_words(&error, file.path()))),
            None => Event::Failed(no_plan()),
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
        self.away = None;
        self.also = None;
    }
}

/// Reads a file that was just opened; from then on nothing is written on top of what was not read.
fn first_read(mut file: PlanFile) -> Result<(PlanFile, Opened), StoreError> {
    file.watch();
    let now = file.read_again()?;
    let (path, access) = (file.path().to_path_buf(), *file.access());
    let manifest = file.manifest().cloned();
    let counts = if manifest.is_some() { file.shared_counts()? } else { Vec::new() };
    let theirs = Vec::new();
    let opened = Opened { path, plan: now.plan, access, reversible: now.reversible, theirs, manifest, counts };
    Ok((file, opened))
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
