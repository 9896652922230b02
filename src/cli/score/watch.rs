//! A folder that texts arrive in: each is handed on once it has stopped growing.
//!
//! The folder is read anew at intervals rather than through the system's notices, which shared and mounted folders do not give.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::error::{Error, Result};

/// Time between two looks at the folder. A file that is the same in two looks is taken for whole.
pub const INTERVAL: Duration = Duration::from_millis(300);
/// Endings of files that other programs are still writing, and of results lying beside the texts.
const NOT_TEXTS: [&str; 8] = ["crdownload", "csv", "download", "json", "jsonl", "part", "partial", "tmp"];

/// Length and time of a file: what changes when it is written again.
type Version = (u64, SystemTime);

/// What has been seen of a folder.
pub struct Watched<'f> {
    folder: &'f Path,
    files: HashMap<PathBuf, Seen>,
}

struct Seen {
    version: Version,
    handed_on: bool,
}

impl<'f> Watched<'f> {
    /// A folder of which nothing has been seen.
    pub fn new(folder: &'f Path) -> Watched<'f> {
        Watched { folder, files: HashMap::new() }
    }

    /// Looks again. Returns the texts that have not changed since the last look and were not handed on as they are now, oldest first.
    ///
    /// # Errors
    /// [`Error::Io`] if the folder cannot be read, so also when it is gone.
    pub fn look(&mut self) -> Result<Vec<PathBuf>> {
        let mut present = HashMap::new();
        let mut ready = Vec::new();
        for entry in std::fs::read_dir(self.folder).map_err(Error::io(self.folder))? {
            let path = entry.map_err(Error::io(self.folder))?.path();
            // A file that went away meanwhile is no error.
            let Some(version) = text_version(&path) else { continue };
            let before = self.files.get(&path).filter(|seen| seen.version == version);
            let handed_on = before.is_some_and(|seen| seen.handed_on);
            if before.is_some() && !handed_on {
                ready.push((version.1, path.clone()));
            }
            present.insert(path, Seen { version, handed_on: before.is_some() });
        }
        self.files = present;
        ready.sort();
        Ok(ready.into_iter().map(|(_, path)| path).collect())
    }
}

/// The version of a file that may be a text: not hidden, not half-written, no table.
fn text_version(path: &Path) -> Option<Version> {
    let hidden = path.file_name()?.as_encoded_bytes().starts_with(b".");
    let ending = path.extension().map(|e| e.to_string_lossy().to_ascii_lowercase());
    if hidden || ending.is_some_and(|e| NOT_TEXTS.contains(&e.as_str())) {
        return None;
    }
    let about = std::fs::metadata(path).ok().filter(std::fs::Metadata::is_file)?;
    Some((about.len(), about.modified().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_handed_on_once_they_stop_growing_and_again_when_they_change() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        let mut watched = Watched::new(folder.path());
        let mut look = || -> Vec<String> {
            let name = |path: PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
            watched.look().unwrap().into_iter().map(name).collect()
        };
        let none: [&str; 0] = [];
        write("a.txt", "one");
        for name in [".hidden.txt", "b.txt.part", "scores.csv", "b.TMP"] {
            write(name, "not a text");
        }
        std::fs::create_dir(folder.path().join("folder")).unwrap();
        assert_eq!(look(), none);
        write("a.txt", "one two");
        assert_eq!(look(), none, "it grew");
        assert_eq!(look(), ["a.txt"]);
        assert_eq!(look(), none, "once");
        write("a.txt", "one two three");
        assert_eq!(look(), none);
        assert_eq!(look(), ["a.txt"], "it changed");
        std::fs::remove_file(folder.path().join("a.txt")).unwrap();
        assert_eq!(look(), none);
        write("a.txt", "one two three");
        assert_eq!((look(), look()), (vec![], vec!["a.txt".to_owned()]), "another file of that name");
    }

    #[test]
    fn a_folder_that_is_gone_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let gone = folder.path().join("gone");
        let error = Watched::new(&gone).look().unwrap_err();
        assert!(error.to_string().contains("gone"), "{error}");
    }
}
