use std::io::{self, Read};
use std::rc::Rc;

use super::decompress::Decompressed;
use super::facts::{FileFacts, LayerFacts, Removal};
use super::meter::{Bounded, Meter, Metered, bound_of};
use super::path::LayerPath;
use super::tar::{Entry, EntryKind, Tar, TarError};
use super::unread::{Part, Unread, Why};
use crate::bounds::{Bound, Bounds, Elapsed};
use crate::files::{BINARY_START_BYTES, Wanted, read_file};

const WHITEOUT: &str = ".wh.";
const OPAQUE: &str = ".wh..wh..opq";
/// Other names that begin so belong to a file system, not to the image.
const WHITEOUT_OF_FILE_SYSTEM: &str = ".wh..wh.";

/// Reads a layer: a tar archive, plain or compressed with gzip or zstd.
///
/// An error is one of the stream. What is wrong with its content is in the facts.
pub fn read_layer(
    stream: impl Read,
    bounds: &Bounds,
    elapsed: Elapsed<'_>,
) -> io::Result<LayerFacts> {
    let meter = Rc::new(Meter::default());
    let source = Decompressed::new(Metered { source: stream, meter: Rc::clone(&meter) });
    let source = source.map_err(|error| meter.take_failure().unwrap_or(error))?;
    let source = Bounded { source, meter: Rc::clone(&meter), bounds, elapsed, bytes_out: 0 };
    let mut tar = Tar::new(source);
    let mut pass = Pass { bounds, facts: LayerFacts::default(), counts: Counts::default() };
    let stopped = pass.read_entries(&mut tar).err();
    if let Some(failure) = meter.take_failure() {
        return Err(failure);
    }
    pass.facts.size_bytes = tar.source().bytes_out;
    let why = stopped.map(|error| match error {
        Stopped::At(bound) => Why::Bound(bound),
        Stopped::In(error) => why(error, &meter),
    });
    Ok(pass.finish(why))
}

/// What stops a pass.
enum Stopped {
    At(Bound),
    In(TarError),
}

impl From<TarError> for Stopped {
    fn from(error: TarError) -> Self {
        Self::In(error)
    }
}

fn why(error: TarError, meter: &Meter) -> Why {
    match error {
        TarError::NotAnArchive => Why::NotAnArchive,
        TarError::CutShort => Why::CutShort,
        TarError::Malformed(what) => Why::malformed(what),
        TarError::Io(error) => match bound_of(&error) {
            Some(bound) => Why::Bound(bound),
            None if meter.has_ended() => Why::CutShort,
            None => Why::malformed(error),
        },
    }
}

#[derive(Default)]
struct Counts {
    entries: u64,
    packages: usize,
    unsafe_paths: u64,
}

struct Pass<'a> {
    bounds: &'a Bounds,
    facts: LayerFacts,
    counts: Counts,
}

impl Pass<'_> {
    fn read_entries(&mut self, tar: &mut Tar<impl Read>) -> Result<(), Stopped> {
        while let Some(entry) = tar.next()? {
            self.counts.entries += 1;
            if self.counts.entries > self.bounds.entries_max {
                return Err(Stopped::At(Bound::Entries));
            }
            match LayerPath::parse(&entry.name) {
                Some(path) => self.take(tar, &entry, path)?,
                None if is_root(&entry.name) => {}
                None => self.counts.unsafe_paths += 1,
            }
        }
        Ok(())
    }

    fn take(
        &mut self,
        tar: &mut Tar<impl Read>,
        entry: &Entry,
        path: LayerPath,
    ) -> Result<(), Stopped> {
        if path.file_name().starts_with(WHITEOUT) {
            self.take_whiteout(&path);
            return Ok(());
        }
        let wanted = Wanted::of(&path);
        // The last entry of a name is the one that is unpacked.
        self.facts.links.remove(&path);
        self.facts.files.remove(&path);
        if entry.kind == EntryKind::Symlink {
            // In place of a folder, it takes away what the folder held; nothing else says so.
            self.facts.removals.push(Removal::Within(path.as_str().to_owned()));
        }
        match (entry.kind, wanted) {
            (EntryKind::File, Some(wanted)) => self.read_file(tar, path, wanted)?,
            (EntryKind::File, None) => self.read_if_binary(tar, entry, path)?,
            (EntryKind::Symlink, Some(wanted)) if wanted.is_of_os() => {
                let target = path.follow(&entry.target);
                self.replace_by_link(path, target);
            }
            (EntryKind::HardLink, Some(wanted)) if wanted.is_of_os() => {
                self.take_hard_link(path, LayerPath::parse(&entry.target));
            }
            (EntryKind::Sparse, Some(_)) => {
                self.facts.unread.push(Unread::file(&path, Why::unsupported("a sparse file")));
                self.put(path, FileFacts::Packages(Vec::new()));
            }
            // Of a package of a language, a link is a second name.
            (EntryKind::Symlink | EntryKind::HardLink | EntryKind::Other, Some(_)) => {
                self.put(path, FileFacts::Packages(Vec::new()));
            }
            (
                EntryKind::Symlink | EntryKind::HardLink | EntryKind::Sparse | EntryKind::Other,
                None,
            ) => {}
        }
        Ok(())
    }

    fn take_whiteout(&mut self, path: &LayerPath) {
        let name = path.file_name();
        if name == OPAQUE {
            self.facts.removals.push(Removal::Within(path.folder().to_owned()));
        } else if !name.starts_with(WHITEOUT_OF_FILE_SYSTEM) {
            let gone = format!("{}/{}", path.folder(), &name[WHITEOUT.len()..]);
            match LayerPath::parse(gone.as_bytes()) {
                // `.wh.` and `.wh..` name the folder that they are in.
                Some(gone) if gone.as_str() != path.folder() => {
                    self.facts.removals.push(Removal::Path(gone));
                }
                Some(_) | None => self.counts.unsafe_paths += 1,
            }
        }
    }

    fn replace_by_link(&mut self, path: LayerPath, target: Option<LayerPath>) {
        match target {
            Some(target) => drop(self.facts.links.insert(path, target)),
            None => self.put(path, FileFacts::Packages(Vec::new())),
        }
    }

    /// A hard link is another name of a file, which comes before it in the archive or is in a layer
    /// below.
    fn take_hard_link(&mut self, path: LayerPath, target: Option<LayerPath>) {
        let same = target.as_ref().and_then(|target| self.facts.files.get(target)).cloned();
        match same {
            Some(same) => self.put(path, same),
            None => self.replace_by_link(path, target),
        }
    }

    fn read_file(
        &mut self,
        tar: &mut Tar<impl Read>,
        path: LayerPath,
        wanted: Wanted,
    ) -> Result<(), Stopped> {
        if tar.content_left() > self.bounds.file_bytes_max {
            self.facts.unread.push(Unread::file(&path, Why::Bound(Bound::FileBytes)));
            self.put(path, FileFacts::Packages(Vec::new()));
            return Ok(());
        }
        let mut content = Vec::new();
        tar.read_content(&mut content)?;
        self.read_content(path, wanted, &content);
        Ok(())
    }

    /// Any file can be a program; its first bytes say so. One that is no program, or names no
    /// packages, still replaces a program of a layer below.
    fn read_if_binary(
        &mut self,
        tar: &mut Tar<impl Read>,
        entry: &Entry,
        path: LayerPath,
    ) -> Result<(), Stopped> {
        let mut content = Vec::new();
        tar.read_start(BINARY_START_BYTES, &mut content)?;
        if !Wanted::is_binary(&content) {
            if entry.is_executable {
                self.put(path, FileFacts::Packages(Vec::new()));
            }
            return Ok(());
        }
        if entry.size > self.bounds.file_bytes_max {
            self.facts.unread.push(Unread::file(&path, Why::Bound(Bound::FileBytes)));
            self.put(path, FileFacts::Packages(Vec::new()));
            return Ok(());
        }
        tar.read_content(&mut content)?;
        self.read_content(path.clone(), Wanted::Binary, &content);
        // Libraries are many, and hardly one names packages.
        if !entry.is_executable && self.facts.files[&path].packages().is_empty() {
            self.facts.files.remove(&path);
        }
        Ok(())
    }

    fn read_content(&mut self, path: LayerPath, wanted: Wanted, content: &[u8]) {
        let read = read_file(wanted, &path, content, self.bounds);
        self.facts.unread.extend(read.problems.into_iter().map(|why| Unread::file(&path, why)));
        self.counts.packages += read.facts.packages().len();
        if self.counts.packages > self.bounds.packages_max {
            self.facts.unread.push(Unread::file(&path, Why::Bound(Bound::Packages)));
            self.counts.packages -= read.facts.packages().len();
            self.put(path, FileFacts::Packages(Vec::new()));
        } else {
            self.put(path, read.facts);
        }
    }

    fn put(&mut self, path: LayerPath, facts: FileFacts) {
        self.facts.files.insert(path, facts);
    }

    fn finish(mut self, stopped: Option<Why>) -> LayerFacts {
        let unsafe_paths = Some(self.counts.unsafe_paths).filter(|count| *count > 0);
        let of_layer = stopped.into_iter().chain(unsafe_paths.map(Why::UnsafePaths));
        self.facts.unread.extend(of_layer.map(|why| Unread { part: Part::Layer, why }));
        self.facts.removals.sort();
        self.facts.removals.dedup();
        self.facts
    }
}

fn is_root(name: &[u8]) -> bool {
    name.iter().all(|byte| matches!(byte, b'/' | b'.')) && !name.windows(2).any(|two| two == b"..")
}
