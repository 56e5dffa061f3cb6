//! Setting the disk to work while more is written, so that the sync at the end finds little left.

use std::fs::File;
use std::io;
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::JoinHandle;

/// How much is written between two syncs: as in Longshore.
const WRITE_BACK_BYTES: u64 = 32 << 20;

/// Syncs a file on another thread, again and again.
pub(super) struct WriteBack<'a> {
    file: &'a File,
    fresh_bytes: u64,
    thread: Option<(SyncSender<()>, JoinHandle<io::Result<()>>)>,
}

impl<'a> WriteBack<'a> {
    /// Of a short file nothing is synced early, and no thread is started.
    pub(super) fn of(file: &'a File) -> Self {
        Self { file, fresh_bytes: 0, thread: None }
    }

    /// Notes that so much was written.
    pub(super) fn note(&mut self, bytes: u64) -> io::Result<()> {
        self.fresh_bytes += bytes;
        if self.fresh_bytes < WRITE_BACK_BYTES {
            return Ok(());
        }
        self.fresh_bytes = 0;
        if self.thread.is_none() {
            let (wake, woken) = sync_channel(1);
            let file = self.file.try_clone()?;
            let thread =
                std::thread::spawn(move || woken.iter().try_for_each(|()| file.sync_data()));
            self.thread = Some((wake, thread));
        }
        if let Some((wake, _)) = &self.thread {
            // If it is still busy, the sync that waits for it takes these bytes too.
            let _ = wake.try_send(());
        }
        Ok(())
    }

    /// Waits until everything is durable.
    pub(super) fn finish(self) -> io::Result<()> {
        if let Some((wake, thread)) = self.thread {
            drop(wake);
            thread.join().expect("a sync does not panic")?;
        }
        self.file.sync_data()
    }
}
