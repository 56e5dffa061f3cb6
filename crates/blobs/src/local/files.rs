use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use super::names::sync_folder;
use crate::StoreError;
use crate::files::{FileMetadata, FileStore, too_long};

/// Files in a folder, for other programs to read. Metadata is not kept.
#[derive(Debug)]
pub struct LocalFiles {
    root: PathBuf,
}

impl LocalFiles {
    /// Files under `root`, which is made if it is not there. Only its owner and its group read it.
    pub fn open(root: &Path) -> Result<Self, StoreError> {
        make_folder(root)?;
        Ok(Self { root: root.to_owned() })
    }

    /// Files under a folder that is there, to be read.
    pub fn at(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }
}

impl FileStore for LocalFiles {
    /// First the bytes under another name, synced; then the name, and the folder's sync.
    fn put(&self, key: &str, bytes: &[u8], _metadata: &FileMetadata) -> Result<(), StoreError> {
        let failed = |source| StoreError::from_io("write a file", source);
        let path = self.root.join(key);
        let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
            return Err(StoreError::Misused("a key names a file"));
        };
        make_folder(folder)?;
        let draft = folder.join(format!(".{}", name.display()));
        let mut options = OpenOptions::new();
        let mut file = options
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o640)
            .open(&draft)
            .map_err(failed)?;
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)?;
        std::fs::rename(&draft, &path).map_err(failed)?;
        sync_folder(folder)
    }

    fn read(&self, key: &str, bytes_max: u64) -> Result<Option<Vec<u8>>, StoreError> {
        let failed = |source| StoreError::from_io("read a file", source);
        let file = match File::open(self.root.join(key)) {
            Err(error) if is_missing(&error) => return Ok(None),
            opened => opened.map_err(failed)?,
        };
        if !file.metadata().map_err(failed)?.is_file() {
            return Ok(None);
        }
        let mut bytes = Vec::new();
        file.take(bytes_max + 1).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() as u64 > bytes_max {
            return Err(too_long(key, bytes_max));
        }
        Ok(Some(bytes))
    }

    fn list(&self, folder: &str, after: &str, limit: usize) -> Result<Vec<String>, StoreError> {
        let mut found = Vec::new();
        self.walk(folder, after, limit, DEPTH_MAX, &mut found)
            .map_err(|source| StoreError::from_io("list files", source))?;
        Ok(found)
    }
}

/// Deeper than any key that we write.
const DEPTH_MAX: u32 = 64;

impl LocalFiles {
    /// Adds the keys below a folder, in order. Folders that end before `after` are not opened.
    fn walk(
        &self,
        folder: &str,
        after: &str,
        limit: usize,
        depth: u32,
        found: &mut Vec<String>,
    ) -> io::Result<()> {
        let entries = match std::fs::read_dir(self.root.join(folder)) {
            Err(error) if is_missing(&error) => return Ok(()),
            opened => opened?,
        };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry?;
            let Ok(name) = entry.file_name().into_string() else { continue };
            if name.starts_with('.') {
                continue;
            }
            // With its slash, a folder is where a bucket would list its keys.
            let slash = if entry.file_type()?.is_dir() { "/" } else { "" };
            names.push(format!("{folder}/{name}{slash}"));
        }
        names.sort_unstable();
        for key in names {
            if found.len() >= limit {
                break;
            }
            let is_behind = key.as_str() > after;
            if let Some(inner) = key.strip_suffix('/') {
                if depth > 0 && (is_behind || after.starts_with(&key)) {
                    self.walk(inner, after, limit, depth - 1, found)?;
                }
            } else if is_behind {
                found.push(key);
            }
        }
        Ok(())
    }
}

/// A folder, and those that it is in. The names of those that are made are durable.
fn make_folder(folder: &Path) -> Result<(), StoreError> {
    if folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        make_folder(parent)?;
    }
    match DirBuilder::new().mode(0o750).create(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        made => {
            made.map_err(|source| StoreError::from_io("make a folder", source))?;
            match folder.parent() {
                Some(parent) if !parent.as_os_str().is_empty() => sync_folder(parent),
                _ => Ok(()),
            }
        }
    }
}

fn is_missing(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}
