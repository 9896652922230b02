//! Files that have their name only when they are whole: until then they are called `NAME.partial`.

use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// Writes a file at once. Where that fails, what stood under its name before stays.
///
/// # Errors
/// [`Error::Io`] if it cannot be written or renamed.
pub fn write_whole(path: &Path, content: impl AsRef<[u8]>) -> Result<()> {
    let (target, rename) = destination(path);
    std::fs::write(&target, content).map_err(Error::io(path))?;
    give_name(rename)
}

/// Gives what has been written to a [`destination`] its name.
///
/// # Errors
/// [`Error::Io`] if it cannot be renamed.
pub fn give_name(rename: Option<(PathBuf, PathBuf)>) -> Result<()> {
    rename.map_or(Ok(()), |(from, to)| std::fs::rename(from, &to).map_err(Error::io(to)))
}

/// Where to write what is to end up at `path`, and the renaming that takes. A link is followed; a pipe or a device such as
/// `/dev/null` is written to itself, for renaming would replace it.
pub fn destination(path: &Path) -> (PathBuf, Option<(PathBuf, PathBuf)>) {
    let path = std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    if path.exists() && !path.is_file() {
        return (path, None);
    }
    (partial(&path), Some((partial(&path), path)))
}

fn partial(path: &Path) -> PathBuf {
    let mut name = path.to_owned().into_os_string();
    name.push(".partial");
    name.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_cannot_be_written_leaves_the_one_before() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("model.json");
        write_whole(&path, "old").unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
        std::fs::create_dir(folder.path().join("model.json.partial")).unwrap();
        assert!(write_whole(&path, "new").unwrap_err().to_string().contains("model.json"));
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "old");
    }
}
