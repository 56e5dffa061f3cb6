use std::fs::{DirBuilder, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _};
use std::path::{Path, PathBuf};

use super::key::Place;
use super::names::sync_folder;
use crate::StoreError;
use crate::documents::{DocumentKind, DocumentStore, too_long};

/// Documents in a folder, beside objects.
#[derive(Debug)]
pub struct LocalDocuments {
    root: PathBuf,
}

impl LocalDocuments {
    /// Documents under `root`. Its folders are made when something is put there.
    pub fn new(root: &Path) -> Self {
        Self { root: root.to_owned() }
    }

    fn path(&self, kind: DocumentKind, name: &str) -> PathBuf {
        Place::Document(kind, name).path(&self.root)
    }
}

impl DocumentStore for LocalDocuments {
    /// First the bytes under another name, synced; then the name, and the folder's sync.
    fn put(&self, kind: DocumentKind, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let failed = |source| StoreError::from_io("write a document", source);
        let folder = Place::Documents(kind).path(&self.root);
        if !folder.is_dir() {
            DirBuilder::new().recursive(true).mode(0o700).create(&folder).map_err(failed)?;
            sync_folder(&self.root)?;
        }
        let (draft, path) = (self.path(kind, &format!(".{name}")), self.path(kind, name));
        let mut options = OpenOptions::new();
        let mut file = options
            .write(true)
            .create(true)
            .truncate(true)
            .mode(0o600)
            .open(&draft)
            .map_err(failed)?;
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)?;
        std::fs::rename(&draft, &path).map_err(failed)?;
        sync_folder(&folder)
    }

    fn read(&self, kind: DocumentKind, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let failed = |source| StoreError::from_io("read a document", source);
        let file = match File::open(self.path(kind, name)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            opened => opened.map_err(failed)?,
        };
        let mut bytes = Vec::new();
        file.take(kind.bytes_max() + 1).read_to_end(&mut bytes).map_err(failed)?;
        if bytes.len() as u64 > kind.bytes_max() {
            return Err(too_long(kind, name));
        }
        Ok(Some(bytes))
    }

    fn list(&self, kind: DocumentKind) -> Result<Vec<String>, StoreError> {
        let failed = |source| StoreError::from_io("list documents", source);
        let entries = match std::fs::read_dir(Place::Documents(kind).path(&self.root)) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            opened => opened.map_err(failed)?,
        };
        let mut names = Vec::new();
        for entry in entries {
            let name = entry.map_err(failed)?.file_name();
            names.extend(name.into_string().ok().filter(|name| !name.starts_with('.')));
        }
        names.sort_unstable();
        Ok(names)
    }

    fn delete(&self, kind: DocumentKind, name: &str) -> Result<(), StoreError> {
        match rustix::fs::unlink(self.path(kind, name)) {
            Ok(()) => sync_folder(&Place::Documents(kind).path(&self.root)),
            Err(rustix::io::Errno::NOENT) => Ok(()),
            Err(source) => Err(StoreError::from_io("remove a document", source)),
        }
    }
}
