//! A file of events, one a line. Those that wait at the same time are synced together.

use std::fs::OpenOptions;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::mem;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use operations::Unsent;
use tokio::sync::{Mutex as AsyncMutex, oneshot};

/// The file. It is opened each time, so that it can be moved away.
pub(super) struct FileOutlet {
    path: PathBuf,
    waiting: Mutex<Vec<Waiting>>,
    turn: AsyncMutex<()>,
}

struct Waiting {
    line: String,
    written: oneshot::Sender<Result<(), String>>,
}

impl FileOutlet {
    pub(super) fn new(path: PathBuf) -> Self {
        Self { path, waiting: Mutex::default(), turn: AsyncMutex::default() }
    }

    /// Appends a line. It is synced when this returns.
    pub(super) async fn append(&self, line: &str) -> Result<(), Unsent> {
        let (written, outcome) = oneshot::channel();
        self.waiting().push(Waiting { line: line.to_owned(), written });
        {
            let _turn = self.turn.lock().await;
            let batch = mem::take(&mut *self.waiting());
            if !batch.is_empty() {
                self.write(batch).await;
            }
        }
        let failed = |why: String| Unsent::Unreachable(why);
        outcome.await.map_err(|_| failed("the write was stopped".to_owned()))?.map_err(failed)
    }

    async fn write(&self, batch: Vec<Waiting>) {
        let path = self.path.clone();
        let lines: String = batch.iter().flat_map(|one| [one.line.as_str(), "\n"]).collect();
        let outcome = tokio::task::spawn_blocking(move || append(&path, &lines)).await;
        let outcome = match outcome {
            Ok(Ok(())) => Ok(()),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err("the write was stopped".to_owned()),
        };
        for Waiting { written, .. } in batch {
            // One whose request was dropped is sent again.
            let _ = written.send(outcome.clone());
        }
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, Vec<Waiting>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Appends whole lines: first ends one that a crash cut off, then writes, then syncs.
fn append(path: &Path, lines: &str) -> io::Result<()> {
    let mut file =
        OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(path)?;
    if file.seek(SeekFrom::End(0))? > 0 {
        let mut last = [0];
        file.seek(SeekFrom::End(-1))?;
        file.read_exact(&mut last)?;
        if last != *b"\n" {
            file.write_all(b"\n")?;
        }
    }
    file.write_all(lines.as_bytes())?;
    file.sync_data()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    #[expect(clippy::disallowed_methods, reason = "the test reads what was written")]
    async fn lines_are_whole_and_a_cut_one_is_ended() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("events.jsonl");
        std::fs::write(&path, "cut").unwrap();
        let outlet = FileOutlet::new(path.clone());
        let together = ["one", "two", "three"].map(|line| outlet.append(line));
        for outcome in futures_util::future::join_all(together).await {
            outcome.unwrap();
        }
        outlet.append("four").await.unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "cut\none\ntwo\nthree\nfour\n");
        std::fs::rename(&path, folder.path().join("moved")).unwrap();
        outlet.append("five").await.unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "five\n");
        let nowhere = FileOutlet::new(folder.path().join("no/such/folder"));
        assert!(matches!(nowhere.append("six").await, Err(Unsent::Unreachable(_))));
    }
}
