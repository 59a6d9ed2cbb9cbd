//! What a person is told: what happened, what it touched, what to do.

use crate::model::Id;
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

/// Where a message leads: a button under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// What others changed.
    Changes,
    /// What both sides changed, to be decided.
    Decide,
    /// What happened to the file, and what can be done.
    Away,
    /// The changes of one row.
    HistoryOf(Id),
}

impl Way {
    /// What the button says.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Changes => "Show what changed",
            Self::Decide => "Decide…",
            Self::Away => "What can I do?",
            Self::HistoryOf(_) => "Show its history",
        }
    }
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
    /// Where it leads.
    pub way: Option<Way>,
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
        Self { level: Level::Done, text: text.into(), hint: String::new(), path: None, way: None, shown: None }
    }

    /// Something to know.
    #[must_use]
    pub fn note(text: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { level: Level::Note, text: text.into(), hint: hint.into(), path: None, way: None, shown: None }
    }

    /// Something that did not happen.
    #[must_use]
    pub fn problem(text: impl Into<String>, hint: impl Into<String>) -> Self {
        Self { level: Level::Problem, ..Self::note(text, hint) }
    }

    /// The same about a file.
    #[must_use]
    pub fn about(mut self, path: &Path) -> Self {
        self.path = Some(path.to_path_buf());
        self
    }

    /// The same, leading somewhere.
    #[must_use]
    pub fn leading(mut self, way: Way) -> Self {
        self.way = Some(way);
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
        Self {
            level: Level::Problem,
            text: trouble.what,
            hint: trouble.remedy,
            path: trouble.path,
            way: None,
            shown: None,
        }
    }
}
