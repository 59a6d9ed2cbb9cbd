//! A file that appears under its name whole or not at all, and never over another.

use super::error::Fault;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::Duration;
use tempfile::TempPath;

const PREFIX: &str = ".recap-";
const SUFFIX: &str = ".tmp";

/// A file being made beside where it will stand. Dropped before [`NewFile::place`], it leaves nothing.
pub(super) struct NewFile {
    making: TempPath,
    target: PathBuf,
}

impl NewFile {
    /// Begins a file that will have this name.
    pub(super) fn at(target: &Path) -> Result<Self, Fault> {
        let target = std::path::absolute(target)?;
        if target.symlink_metadata().is_ok() {
            return Err(Fault::Exists);
        }
        let folder = target.parent().unwrap_or(&target);
        sweep(folder);
        let mut builder = tempfile::Builder::new();
        builder.prefix(PREFIX).suffix(SUFFIX);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt as _;
            // as any new file, by the person's umask: a plan on a share is for colleagues too
            builder.permissions(std::fs::Permissions::from_mode(0o666));
        }
        let making = builder.tempfile_in(folder).map_err(|error| match error.kind() {
            ErrorKind::NotFound => Fault::NoFolder(folder.to_owned()),
            _ => Fault::Io(error),
        })?;
        let making = making.into_temp_path();
        Ok(Self { making, target })
    }

    /// Where it stands meanwhile; empty at first.
    pub(super) fn path(&self) -> &Path {
        &self.making
    }

    /// Gives it its name, unless something has taken that meanwhile.
    pub(super) fn place(self) -> Result<(), Fault> {
        let Err(error) = self.making.persist_noclobber(&self.target) else { return sync_folder(&self.target) };
        if error.error.kind() == ErrorKind::AlreadyExists || self.target.symlink_metadata().is_ok() {
            return Err(Fault::Exists);
        }
        // shares that know no hard links cannot give a name only if it is free; it was, just now
        error.path.persist(&self.target).map_err(|error| Fault::Io(error.error))?;
        sync_folder(&self.target)
    }
}

/// Takes away what a program that was killed left half made; what is younger may still be worked on.
fn sweep(folder: &Path) {
    const OLD: Duration = Duration::from_hours(24);
    let ours = |name: &std::ffi::OsStr| name.to_str().is_some_and(|n| n.starts_with(PREFIX) && n.ends_with(SUFFIX));
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten().filter(|entry| ours(&entry.file_name())) {
        let age = entry.metadata().and_then(|file| file.modified()).map(|at| at.elapsed().unwrap_or_default());
        if age.is_ok_and(|age| age > OLD) {
            std::fs::remove_file(entry.path()).ok();
        }
    }
}

/// On Unix a new name is on disk only when its folder is.
fn sync_folder(target: &Path) -> Result<(), Fault> {
    #[cfg(unix)]
    if let Some(folder) = target.parent()
        && let Ok(folder) = std::fs::File::open(folder)
    {
        // some shares refuse this, and have no more to give
        folder.sync_all().ok();
    }
    #[cfg(not(unix))]
    let _ = target;
    Ok(())
}
