//! Another copy of a plan, taken over: a copy for editing that comes back, or a plain copy of the file that somebody
//! edited. Read as hostile, held field by field against what both began from, shown, and written as one edit.
//!
//! Nothing is written before [`write()`]; the other file never is.

mod sides;

use crate::model::reconcile::{
    self, Answers, Common, Conflict, Decided, NoBase, Place, Reconciled, Sides, common, reconcile,
};
use crate::model::text::count;
use crate::model::{BadValue, Id, MergeMark, Plan};
use crate::store::{Access, BadRow, Brought, Entry, EntryKind, Foreign, Manifest, PlanFile, Stamp, StoreError};
use chrono::NaiveDate;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

/// A copy that was read and waits to be taken over.
pub struct Returned {
    /// All of it that is rows of a plan.
    pub plan: Arc<Plan>,
    /// What it says of itself, where it is a shared copy.
    pub manifest: Option<Manifest>,
    /// Where it lies.
    pub path: PathBuf,
    /// What somebody added to the file that is none of ours; it was not looked at.
    pub ignored: Vec<String>,
    entries: Vec<(i64, Id)>,
    earlier: Vec<(i64, Id)>,
    file: Mutex<Foreign>,
}

impl std::fmt::Debug for Returned {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Returned").field("path", &self.path).finish_non_exhaustive()
    }
}

/// Why a copy cannot be merged.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// A file could not be read or written, or is none.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// It is another plan.
    #[error("this is another plan ({organisation}), not a copy of yours: {}", path.display())]
    OtherPlan {
        /// Whose.
        organisation: String,
        /// The file.
        path: PathBuf,
    },
    /// There is nothing that both began from.
    #[error("there is nothing that this copy and your plan both began from ({why}): {}", path.display())]
    NoBase {
        /// Why not.
        why: String,
        /// The file.
        path: PathBuf,
    },
    /// One file was changed by something else than Recap.
    #[error("one of the two files was changed by something other than Recap, so what each side changed cannot be told: {}", .0.display())]
    ChangedOutside(PathBuf),
    /// Rows of the copy could not be read: they would look deleted.
    #[error("{} of the copy cannot be read, and would look as if they had been deleted ({first}): {}", rows(*.many), path.display())]
    BadRows {
        /// How many.
        many: usize,
        /// The first of them, and why.
        first: String,
        /// The file.
        path: PathBuf,
    },
    /// A text was written that its field cannot hold.
    #[error("{}: {error}", .place.field.replace('_', " "))]
    Unfit {
        /// Where.
        place: Place,
        /// Why not.
        error: BadValue,
    },
}

fn rows(many: usize) -> String {
    match many {
        0 => "parts".to_owned(),
        1 => "1 row".to_owned(),
        many => format!("{many} rows"),
    }
}

impl Refused {
    /// What to do.
    #[must_use]
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Store(error) => error.remedy(),
            Self::OtherPlan { .. } | Self::NoBase { .. } => {
                "Only copies of one plan can be merged. Compare the two instead (`recap compare`), and take over \
                 what you want word by word."
            }
            Self::ChangedOutside(_) => {
                "Check both files (`recap check`). Compare the two instead (`recap compare`), and take over what you \
                 want word by word."
            }
            Self::BadRows { .. } => {
                "Ask for the file again. What can be read of it can be compared with your plan (`recap compare`)."
            }
            Self::Unfit { .. } => "Write what the field can hold, or keep one of the two.",
        }
    }

    /// Whether the input was refused, rather than out of reach.
    #[must_use]
    pub fn refused(&self) -> bool {
        match self {
            Self::Store(error) => error.refused(),
            _ => true,
        }
    }
}

impl Returned {
    /// Reads a copy. The file stays as it is, and nothing appears beside it.
    ///
    /// # Errors
    /// When it is no plan or out of reach, or when rows of it cannot be read.
    pub fn read(path: &Path) -> Result<Self, Refused> {
        let mut file = Foreign::read(path)?;
        if !file.bad.is_empty() || !file.notes.is_empty() {
            let first = file.bad.first().map(BadRow::to_string).or_else(|| file.notes.first().cloned());
            let (many, first, path) = (file.bad.len(), first.unwrap_or_default(), file.path().to_owned());
            return Err(Refused::BadRows { many, first, path });
        }
        Ok(Self {
            plan: Arc::new(std::mem::take(&mut file.plan)),
            manifest: file.manifest.take(),
            path: file.path().to_owned(),
            ignored: std::mem::take(&mut file.ignored),
            entries: file.history_ids()?,
            earlier: file.earlier_ids()?,
            file: Mutex::new(file),
        })
    }

    /// What the copy is called: by whom it was made for, else by the file's name.
    #[must_use]
    pub fn name(&self) -> String {
        match self.for_whom() {
            Some(name) => format!("the copy for {name}"),
            None => format!("the copy “{}”", self.file_name()),
        }
    }

    /// Whose copy it is: who it was made for, else the file's name.
    #[must_use]
    pub fn whose(&self) -> String {
        self.for_whom().map_or_else(|| self.file_name(), str::to_owned)
    }

    fn for_whom(&self) -> Option<&str> {
        self.manifest.as_ref().map(|manifest| manifest.for_whom.trim()).filter(|name| !name.is_empty())
    }

    fn file_name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }
}

/// Two copies held against what they began from.
#[derive(Debug)]
pub struct Merging {
    /// The plan that is merged into, as it was read.
    pub mine: Arc<Plan>,
    /// The copy that is taken from.
    pub theirs: Arc<Plan>,
    /// What the copy is called, "the copy for NHS Southmoor CCG".
    pub name: String,
    /// What it comes to.
    pub found: Reconciled,
    /// Writing it notes that the copy was taken, though it brings nothing: both sides did the same.
    pub only_noted: bool,
    base: Common,
    mark: MergeMark,
}

impl Merging {
    /// Whether this was made of the same states of both copies, so that answers to the one fit the other.
    #[must_use]
    pub fn is_same_as(&self, other: &Self) -> bool {
        self.found == other.found && self.mark.entry == other.mark.entry
    }

    /// A conflict by its place.
    #[must_use]
    pub fn conflict(&self, place: Place) -> Option<&Conflict> {
        self.found.conflicts.iter().find(|conflict| conflict.place == place)
    }

    /// The edit that the answers come to.
    ///
    /// # Errors
    /// When a field cannot hold what was written for it.
    pub fn decide(&self, answers: &Answers) -> Result<Decided, Refused> {
        let sides = Sides { bases: self.base.bases(), mine: &self.mine, theirs: &self.theirs };
        let told = self.found.told().filter(|change| !answers.unticked.contains(&change.place)).count();
        let ours = |conflict: &&Conflict| *answers.to(conflict.place) != reconcile::Answer::Ours;
        let taken = told + self.found.conflicts.iter().filter(ours).count();
        let label = match self.found.is_empty() {
            true => format!("Note that {} was taken: both said the same", self.name),
            false => format!("Merge {} from {}", count(taken, "change"), self.name),
        };
        reconcile::decide(&sides, &self.found, answers, &self.mark, label)
            .map_err(|(place, error)| Refused::Unfit { place, error })
    }
}

/// Holds a plan against a copy of it that was read. Writes nothing.
///
/// # Errors
/// When it is no copy of this plan, or history does not lead to what both began from.
pub fn look(mine: &PlanFile, theirs: &Returned, today: Option<NaiveDate>) -> Result<Merging, Refused> {
    let path = || theirs.path.clone();
    let plan = mine.read()?;
    let other_plan = |organisation: String| Refused::OtherPlan { organisation, path: path() };
    if plan.id() != theirs.plan.id() {
        return Err(other_plan(theirs.plan.info().organisation));
    }
    let base = {
        let here = sides::Mine::new(mine, &plan)?;
        let file = theirs.file.lock().unwrap_or_else(PoisonError::into_inner);
        common(&here, &sides::Theirs::new(theirs, &file))
    };
    let base = base.map_err(|why| match why {
        NoBase::OtherPlan => other_plan(theirs.plan.info().organisation),
        NoBase::NothingCommon | NoBase::OtherSource => Refused::NoBase { why: why.to_string(), path: path() },
        NoBase::NotAsWritten => Refused::ChangedOutside(path()),
        NoBase::Read(error) => Refused::Store(error),
    })?;
    let found = reconcile(&Sides { bases: base.bases(), mine: &plan, theirs: &theirs.plan });
    let last = theirs.entries.last().map(|(_, id)| *id).unwrap_or_default();
    let mark = reconcile::mark(plan.id(), last, &theirs.whose(), today);
    let (mine, theirs, name) = (Arc::new(plan), Arc::clone(&theirs.plan), theirs.name());
    let mut merging = Merging { mine, theirs, name, found, only_noted: false, base, mark };
    merging.only_noted = merging.found.is_empty() && !merging.decide(&Answers::default())?.edit.is_empty();
    Ok(merging)
}

/// What a merge came to.
#[derive(Debug)]
pub struct Merged {
    /// Its entry in the journal, with the edit for memory to apply.
    pub entry: Entry,
    /// Signals that came over.
    pub brought: Brought,
}

/// Writes a merge, in one transaction; `None` where there is nothing to write.
///
/// # Errors
/// When the plan cannot be written, or changed since it was looked at. Nothing was changed then.
pub fn write(
    mine: &mut PlanFile,
    theirs: &Returned,
    decided: &Decided,
    stamp: &Stamp<'_>,
) -> Result<Option<Merged>, StoreError> {
    if let Access::ReadOnly(reason) = *mine.access() {
        return Err(StoreError::ReadOnly { reason, path: mine.path().to_owned() });
    }
    if decided.edit.is_empty() {
        return Ok(None);
    }
    let stamp = Stamp { kind: EntryKind::Merge, ..*stamp };
    let file = theirs.file.lock().unwrap_or_else(PoisonError::into_inner);
    let done = mine.take_merge(&decided.edit, &decided.batches, &file, &stamp)?;
    Ok(done.map(|(entry, brought)| Merged { entry, brought }))
}
