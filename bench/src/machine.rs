//! What the machine itself can do, to read the numbers by.

use std::fs::{self, File};
use std::io::Write;
use std::path::Path;
use std::time::Instant;

use anyhow::Result;

/// Enough to leave the disk's own memory behind, little enough to be over soon.
const PROBE_BYTES: usize = 512 * 1024 * 1024;
const WRITE_BYTES: usize = 1024 * 1024;

/// One line: processors, memory, and how fast the disk under `folder` accepts durable bytes.
pub(crate) fn describe(folder: &Path) -> Result<String> {
    let cores = std::thread::available_parallelism()?;
    let processor = first_field("/proc/cpuinfo", "model name").unwrap_or_default();
    let memory = first_field("/proc/meminfo", "MemTotal").unwrap_or_default();
    let disk = durable_bytes_per_second(folder)? / 1e9;
    Ok(format!(
        "{cores} × {processor}, {memory} of memory, a disk that takes {disk:.2} GB/s with fdatasync"
    ))
}

fn first_field(path: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(path).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}

fn durable_bytes_per_second(folder: &Path) -> Result<f64> {
    let path = folder.join("disk-probe");
    let bytes = vec![0xa5; WRITE_BYTES];
    let begun = Instant::now();
    let mut file = File::create(&path)?;
    for _ in 0..PROBE_BYTES / WRITE_BYTES {
        file.write_all(&bytes)?;
    }
    file.sync_data()?;
    let seconds = begun.elapsed().as_secs_f64();
    fs::remove_file(&path)?;
    Ok(PROBE_BYTES as f64 / seconds)
}
