//! Bytes into a file, whole or not at all.

use super::ReportError;
use std::io::{ErrorKind, Write as _};
use std::path::Path;

/// Writes a file under a temporary name beside its place and moves it there: on any fault what was
/// there before stays, and no part of a file is left.
///
/// # Errors
/// When the folder is gone, may not be written or is full, or the file is held by another program.
pub fn save(path: &Path, bytes: &[u8]) -> Result<(), ReportError> {
    // a link stays a link: the file it points to is replaced
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    write_beside(&target, bytes).map_err(|error| refusal(&error, path))
}

fn write_beside(target: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if target.is_dir() {
        return Err(std::io::Error::new(ErrorKind::IsADirectory, "it is a folder"));
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".recap-").suffix(".tmp");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        // as any program's new file; a temporary one would be for this account alone
        let mode = std::fs::metadata(target).map_or(0o666, |data| data.permissions().mode());
        builder.permissions(std::fs::Permissions::from_mode(mode));
    }
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(target).map_err(|error| error.error)?;
    Ok(())
}

fn refusal(error: &std::io::Error, path: &Path) -> ReportError {
    let (reason, path) = (error.to_string(), path.display().to_string());
    match error.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => ReportError::DiskFull(path),
        ErrorKind::NotFound | ErrorKind::NotADirectory => ReportError::NoFolder(path),
        ErrorKind::PermissionDenied
        | ErrorKind::ReadOnlyFilesystem
        | ErrorKind::ResourceBusy
        | ErrorKind::IsADirectory => ReportError::Refused { reason, path },
        _ => ReportError::Unwritten { reason, path },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_whole_and_nothing_else_is_left() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("Appendix.pdf");
        save(&path, b"first").expect("written");
        save(&path, b"second").expect("replaced");
        assert_eq!(std::fs::read(&path).expect("there"), b"second", "the new one");
        assert_eq!(std::fs::read_dir(folder.path()).expect("readable").count(), 1, "no temporary file");
    }

    #[test]
    fn a_fault_is_named_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().expect("a folder");
        let gone = save(&folder.path().join("no such folder/x.pdf"), b"x").expect_err("no folder");
        assert!(matches!(gone, ReportError::NoFolder(_)), "{gone}");
        let taken = save(folder.path(), b"x").expect_err("a folder is no file");
        assert!(matches!(taken, ReportError::Refused { .. }), "{taken}");
        assert_eq!(std::fs::read_dir(folder.path()).expect("readable").count(), 0, "nothing written");
    }
}
