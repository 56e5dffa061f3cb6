//! Shows progress: on a terminal in one line, elsewhere in a line every few seconds.

use std::fmt::Write as _;
use std::io::{IsTerminal as _, Write as _, stderr};
use std::pin::pin;
use std::time::{Duration, Instant};

use futures_util::future::{Either, select};
use operations::migrate::{Figures, Progress};

/// Often enough to look alive, and no more lines in a log than people read.
const ON_TERMINAL_EVERY: Duration = Duration::from_millis(200);
const IN_LOG_EVERY: Duration = Duration::from_secs(5);

/// Waits for `work` and shows its progress, also at its end.
pub(crate) async fn watched<T>(
    doing: &str,
    progress: &Progress,
    work: impl Future<Output = T>,
) -> T {
    let (begun, on_terminal) = (Instant::now(), stderr().is_terminal());
    let every = if on_terminal { ON_TERMINAL_EVERY } else { IN_LOG_EVERY };
    let mut work = pin!(work);
    loop {
        let ended = match select(work.as_mut(), pin!(tokio::time::sleep(every))).await {
            Either::Left((ended, _)) => Some(ended),
            Either::Right(((), _)) => None,
        };
        let line = line(doing, progress.figures(), begun.elapsed());
        let told = match (on_terminal, ended.is_some()) {
            (false, _) => writeln!(stderr(), "{line}"),
            (true, false) => write!(stderr(), "\r{line}\x1b[K"),
            (true, true) => writeln!(stderr(), "\r{line}\x1b[K"),
        };
        // There is no terminal to write to.
        drop(told);
        if let Some(ended) = ended {
            return ended;
        }
    }
}

/// Tells how many objects could not be checked, and why.
pub(crate) fn tell_unchecked(progress: &Progress) {
    for (why, objects) in progress.unchecked() {
        // There is no terminal to write to.
        drop(writeln!(stderr(), "{}", unchecked_line(&why, objects)));
    }
}

fn unchecked_line(why: &str, objects: u64) -> String {
    format!(
        "not checked: {objects} objects were compared byte for byte with the originals, but not with their digests, because their KMS key cannot be used: {why} \
         Run longshore fsck --digests when it can be used again."
    )
}

fn line(doing: &str, figures: Figures, elapsed: Duration) -> String {
    let Figures { rows, objects, objects_total, bytes, bytes_total, copied_bytes } = figures;
    let mut line = format!("{doing}: {rows} rows");
    if objects_total > 0 {
        let bytes = in_units(bytes, bytes_total);
        // Writing to a string cannot fail.
        let _ = write!(line, "; {objects} of {objects_total} objects, {bytes}");
    }
    let seconds = elapsed.as_secs_f64();
    if copied_bytes > 0 && seconds >= 1.0 {
        #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
        let rate = copied_bytes as f64 / seconds / f64::from(1 << 20);
        let _ = write!(line, "; {rate:.1} MiB/s");
    }
    line
}

/// Both figures in the unit that fits the larger one.
fn in_units(done: u64, total: u64) -> String {
    const UNITS: [&str; 5] = ["bytes", "KiB", "MiB", "GiB", "TiB"];
    let mut at = 0;
    while at + 1 < UNITS.len() && total >> (10 * (at + 1)) > 0 {
        at += 1;
    }
    if at == 0 {
        return format!("{done} of {total} bytes");
    }
    #[expect(clippy::cast_precision_loss, reason = "figures for people")]
    let scaled = |bytes: u64| bytes as f64 / (1_u64 << (10 * at)) as f64;
    format!("{:.1} of {:.1} {}", scaled(done), scaled(total), UNITS[at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_not_checked_is_told() {
        assert_eq!(
            unchecked_line("arn:aws:kms:… is disabled.", 3),
            "not checked: 3 objects were compared byte for byte with the originals, but not with their digests, because their KMS key cannot be used: arn:aws:kms:… is disabled. Run longshore fsck --digests when it can be used again."
        );
    }

    #[test]
    fn how_far_it_is() {
        let figures = |rows, objects, objects_total, bytes, bytes_total, copied_bytes| Figures {
            rows,
            objects,
            objects_total,
            bytes,
            bytes_total,
            copied_bytes,
        };
        let second = Duration::from_secs(2);
        #[rustfmt::skip]
        let cases = [
            (figures(0, 0, 0, 0, 0, 0),                  "moving: 0 rows"),
            (figures(12, 0, 3, 0, 900, 0),               "moving: 12 rows; 0 of 3 objects, 0 of 900 bytes"),
            (figures(12, 1, 3, 1 << 20, 5 << 30, 9 << 20), "moving: 12 rows; 1 of 3 objects, 0.0 of 5.0 GiB; 4.5 MiB/s"),
        ];
        for (figures, wanted) in cases {
            assert_eq!(line("moving", figures, second), wanted);
        }
    }
}
