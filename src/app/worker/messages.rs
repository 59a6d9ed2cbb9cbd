//! What the window asks of the file's thread, and what that answers.

use super::sharing::Copying;
use super::underneath::Rescued;
use crate::app::merging::Merge;
use crate::app::reports::Asked;
use crate::app::signals::Taking;
use crate::app::story::RowHistory;
use crate::app::{Trouble, WholePlan, sharing};
use crate::import::signals::Rows;
use crate::model::signal::{Facts, Held};
use crate::model::story::GoneTarget;
use crate::model::{Change, Edit, EditError, Id, Plan};
use crate::share::merge::{Merged, Merging, Returned};
use crate::store::backup::Backup;
use crate::store::{
    Access, Away, Compared, Entry, EntryKind, Manifest, Presence, Reversible, SharedCount, Soundness, Underneath,
};
use chrono::NaiveDate;
use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

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
    /// Say what was changed on a day or later.
    ChangedSince(NaiveDate),
    /// Tell a recommendation's story from the journal: at most so many entries.
    Story(Id, usize),
    /// Say what cross-references pointed at that lead nowhere now.
    GoneTargets(BTreeSet<Id>),
    /// List the changes that delete rows, newest first.
    Deletions,
    /// Look whether the file is sound.
    Check,
    /// Look whether somebody else changed the file, and whether it is still there.
    Look,
    /// Look again, and say it even if it was said before.
    LookAgain,
    /// Read the plan anew.
    Reload,
    /// Go on in the file that has this name now: what is not saved is held against it.
    GoOnIn(PathBuf),
    /// Save a plan whose file is not to be had under another name, and go on there.
    Rescue {
        /// Where; must not exist.
        to: PathBuf,
        /// The plan as memory has it.
        plan: Arc<Plan>,
    },
    /// Write the plan as one sound file elsewhere.
    CopyTo(PathBuf),
    /// Say what would go into a copy for somebody else.
    PreviewShare(Box<sharing::Asked>),
    /// Make that copy.
    Share(Box<Copying>),
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
    /// What others did to it since the file that this one goes on from was last read, oldest first.
    pub theirs: Vec<Entry>,
    /// What it is, where it is a copy that somebody shared.
    pub manifest: Option<Manifest>,
    /// Signals of such a copy as counts.
    pub counts: Vec<SharedCount>,
}

/// Why an edit is not in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// The same edit may succeed later: a full disk, a locked file.
    Later,
    /// It started from something else than the file holds.
    Stale,
    /// It cannot be written.
    Never,
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
        /// What that means for it.
        why: Refusal,
    },
    /// Nothing was written yet: what was sent stays in line.
    NotYet,
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
    /// Undo or redo failed; with what differs, where that is why.
    NotReversed(Trouble, Option<Box<EditError>>),
    /// Others changed the plan: what they did, and what it holds now.
    Underneath(Box<Underneath>),
    /// The file is not to be had. Said once.
    Away(Away),
    /// It is there again, the same.
    Back,
    /// Somebody else opened the plan for editing, too.
    AlsoOpen(Presence),
    /// Work goes on in this file; for a plan that was saved under another name, how.
    WentOn(Box<Opened>, Option<Rescued>),
    /// Changes, newest first.
    History(Vec<Entry>),
    /// What was changed on that day or later, as far as it was not changed back.
    ChangedSince(NaiveDate, Vec<Change>),
    /// A recommendation's story.
    Story(Box<RowHistory>),
    /// What cross-references pointed at.
    GoneTargets(BTreeMap<Id, GoneTarget>),
    /// The changes that delete rows, newest first.
    Deletions(Vec<Entry>),
    /// The file was checked.
    Checked(Soundness),
    /// The plan stands at this place, too.
    Copied(PathBuf),
    /// What would go into a copy.
    SharePreviewed(Box<sharing::Preview>),
    /// A copy was made and logged.
    Shared(Box<sharing::Shared>, Reversible),
    /// There is no preview, or no copy; without trouble the person stopped it.
    NotShared(Option<Trouble>),
    /// This plan's backups, newest first.
    Backups(Vec<Backup>),
    /// Something else failed.
    Failed(Trouble),
    /// The file is closed.
    Closed,
}
