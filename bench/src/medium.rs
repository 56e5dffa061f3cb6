//! Where servers keep what they hold while they are measured: on the disk or in memory.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde::Serialize;

/// Linux keeps the files of this folder in memory.
const MEMORY: &str = "/dev/shm";

const FOLDER_PREFIX: &str = "longshore-bench-";

/// What must stay free of the machine's memory, for the servers themselves and for the system.
const LEFT_FREE_BYTES: u64 = 2 << 30;

/// A disk, or memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Medium {
    Disk,
    Memory,
}

/// The folder of all servers.
pub(crate) struct Ground {
    pub(crate) medium: Medium,
    pub(crate) folder: PathBuf,
}

impl Ground {
    /// In `out` on the disk, or a folder in memory that is removed when this is dropped.
    pub(crate) fn prepare(medium: Medium, out: &Path) -> Result<Self> {
        if medium == Medium::Disk {
            let folder = out.join("servers");
            fs::create_dir_all(&folder)?;
            return Ok(Self { medium, folder });
        }
        remove_what_is_left()?;
        let folder = Path::new(MEMORY).join(format!("{FOLDER_PREFIX}{}", std::process::id()));
        fs::create_dir(&folder).with_context(|| folder.display().to_string())?;
        Ok(Self { medium, folder })
    }

    /// Refuses work for which memory has too little room.
    pub(crate) fn require_room(&self, work: &str, needed_bytes: u64) -> Result<()> {
        if self.medium == Medium::Disk {
            return Ok(());
        }
        let folder = rustix::fs::statvfs(&self.folder)?;
        let free = (folder.f_bavail * folder.f_frsize).min(available_bytes()?);
        ensure_room(work, needed_bytes, free)
    }
}

impl Drop for Ground {
    fn drop(&mut self) {
        if self.medium == Medium::Memory
            && let Err(error) = fs::remove_dir_all(&self.folder)
        {
            eprintln!("{} could not be removed: {error}", self.folder.display());
        }
    }
}

impl Medium {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Disk => "on disk",
            Self::Memory => "on memory",
        }
    }
}

fn ensure_room(work: &str, needed_bytes: u64, free_bytes: u64) -> Result<()> {
    let gigabytes = |bytes: u64| bytes as f64 / 1e9;
    ensure!(
        needed_bytes.saturating_add(LEFT_FREE_BYTES) <= free_bytes,
        "--on-memory: {work} needs {:.1} GB of memory in {MEMORY} and {:.1} GB beside it, and \
         {:.1} GB are free; choose fewer servers or other work (--servers, --only), or --quick",
        gigabytes(needed_bytes),
        gigabytes(LEFT_FREE_BYTES),
        gigabytes(free_bytes),
    );
    Ok(())
}

/// Memory that programs can still have.
fn available_bytes() -> Result<u64> {
    let text = fs::read_to_string("/proc/meminfo")?;
    let line = text.lines().find_map(|line| line.strip_prefix("MemAvailable:"));
    let kibibytes = line.and_then(|rest| rest.trim().strip_suffix(" kB")?.parse::<u64>().ok());
    Ok(kibibytes.context("no MemAvailable in /proc/meminfo")? * 1024)
}

/// Removes the folders of runs that were killed.
fn remove_what_is_left() -> Result<()> {
    for entry in fs::read_dir(MEMORY).with_context(|| format!("no {MEMORY} on this machine"))? {
        let entry = entry?;
        let name = entry.file_name();
        let process = name.to_str().and_then(|name| name.strip_prefix(FOLDER_PREFIX));
        if process.is_some_and(|process| !Path::new("/proc").join(process).exists()) {
            fs::remove_dir_all(entry.path())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_does_not_fit_into_memory_is_refused() {
        #[rustfmt::skip]
        let cases = [
            // needed    free      fits   because
            (1_u64 << 30, 4_u64 << 30, true,  "with room to spare"),
            (2 << 30,     4 << 30,     true,  "exactly"),
            (3 << 30,     4 << 30,     false, "the rest is for the servers themselves"),
            (u64::MAX,    4 << 30,     false, "more than can be counted"),
        ];
        for (needed, free, fits, because) in cases {
            assert_eq!(ensure_room("work", needed, free).is_ok(), fits, "{because}");
        }
        let refusal = ensure_room("pull_large", 12_000_000_000, 8_000_000_000).unwrap_err();
        assert!(refusal.to_string().contains("pull_large needs 12.0 GB"), "{refusal}");
        assert!(refusal.to_string().contains("8.0 GB are free"), "{refusal}");
    }

    #[test]
    fn the_folder_in_memory_goes_with_the_run() {
        let ground = Ground::prepare(Medium::Memory, Path::new("unused")).unwrap();
        let folder = ground.folder.clone();
        fs::write(folder.join("bytes"), b"bytes").unwrap();
        assert!(folder.starts_with(MEMORY));
        drop(ground);
        assert!(!folder.exists());
    }
}
