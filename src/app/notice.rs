//! What a person is told: what happened, what it touched, what to do.

use chrono::{DateTime, Utc};
use std::path::{Path, PathBuf};

/// How much it matters, by consequence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Something was done.
    Done,
    /// Something to know, or to settle later.
    Note,
    /// Something did not happen; nothing is lost.
    Problem,
}

/// One message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How much it matters.
    pub level: Level,
    /// What happened, to what.
    pub text: String,
    /// What to do; may be blank.
    pub hint: String,
    /// The file it is about, shown last.
    pub path: Option<PathBuf>,
    /// When it was first on screen.
    pub(super) shown: Option<DateTime<Utc>>,
}

/// Something that was done is told for so long, in seconds; what needs a person stays.
const DONE_SECONDS: i64 = 8;

impl Notice {
    /// Whether it has been on screen long enough; called at every look.
    pub(super) fn is_over(&mut self, now: DateTime<Utc>) -> bool {
        let shown = *self.shown.get_or_insert(now);
        self.level == Level::Done && (now - shown).num_seconds() >= DONE_SECONDS
    }

    /// Something was done.
    #[must_use]
    pub fn done(text: impl Into<String>) -> Self {
        Self { level: Level::Done, text: text.into(), hint: String::new(), path: None, shown: None }
    }

    /// Something to know.
    #[must_use]
    pub fn note(text: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { level: Level::Note, text: text.into(), hint: hint.into(), path: None, shown: None }
    }

    /// The same about a file.
    #[must_use]
    pub fn about(mut self, path: &Path) -> Self {
        self.path = Some(path.to_path_buf());
        self
    }
}

/// Something that failed, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What happened, to what.
    pub what: String,
    /// What to do.
    pub remedy: String,
    /// The file it touched.
    pub path: Option<PathBuf>,
}

impl Trouble {
    /// Puts an error in words.
    #[must_use]
    pub fn new(what: impl Into<String>, remedy: impl Into<String>) -> Self {
        Self { what: what.into(), remedy: remedy.into(), path: None }
    }

    /// The same about a file.
    #[must_use]
    pub fn about(mut self, path: &Path) -> Self {
        self.path = Some(path.to_path_buf());
        self
    }
}

impl From<Trouble> for Notice {
    fn from(trouble: Trouble) -> Self {
        Self { level: Level::Problem, text: trouble.what, hint: trouble.remedy, path: trouble.path, shown: None }
    }
}
