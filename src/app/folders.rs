//! Where the program keeps what is not in a plan: settings, the log, backups.

use std::path::PathBuf;

/// The program's own folders in the user's profile.
#[derive(Debug, Clone)]
pub struct Folders {
    /// Settings: small, may roam with the profile.
    pub config: PathBuf,
    /// Backups and the log: stay on this machine.
    pub data: PathBuf,
}

impl Folders {
    /// The system's folders for programs, or below `RECAP_HOME` where that is set (IT departments
    /// and tests). Falls back to the working folder on a machine that has no home folder.
    #[must_use]
    pub fn of_this_user() -> Self {
        if let Some(home) = std::env::var_os("RECAP_HOME").filter(|home| !home.is_empty()) {
            return Self::under(&PathBuf::from(home));
        }
        match directories::ProjectDirs::from("", "", "Recap") {
            Some(dirs) => Self { config: dirs.config_dir().to_path_buf(), data: dirs.data_local_dir().to_path_buf() },
            None => Self::under(&PathBuf::from(".recap")),
        }
    }

    /// Both below one folder.
    #[must_use]
    pub fn under(home: &std::path::Path) -> Self {
        Self { config: home.join("config"), data: home.join("data") }
    }

    /// Where backups of plans are kept.
    #[must_use]
    pub fn backups(&self) -> PathBuf {
        self.data.join("backups")
    }

    /// The file that settings are kept in.
    #[must_use]
    pub fn settings(&self) -> PathBuf {
        self.config.join("settings.json")
    }

    /// The log. It holds what the program did and what failed, never words from a plan.
    #[must_use]
    pub fn log(&self) -> PathBuf {
        self.data.join("recap.log")
    }
}
