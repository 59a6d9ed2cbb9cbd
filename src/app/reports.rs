//! Reports on their way from a wish to a file.

use super::job::JobKind;
use crate::report::{Manner, ReportName};
use std::path::PathBuf;

/// A report that was asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// Which.
    pub name: ReportName,
    /// How.
    pub manner: Manner,
    /// Where it is written; `None` for one to be looked at.
    pub to: Option<PathBuf>,
}

impl Asked {
    /// The job that makes it.
    #[must_use]
    pub fn kind(&self) -> JobKind {
        if self.to.is_some() { JobKind::Export } else { JobKind::Print }
    }
}
