//! Zip archives of advisories: each file keeps its bound, and the archive comes to its end.

#![no_main]

use std::io::Cursor;

use libfuzzer_sys::fuzz_target;
use scan::AdvisoryArchive;

const FILE_BYTES_MAX: u64 = 4096;

fuzz_target!(|bytes: &[u8]| {
    let Ok(mut archive) = AdvisoryArchive::open(Cursor::new(bytes)) else { return };
    let mut files = 0;
    while let Ok(Some((_, file))) = archive.next_file(FILE_BYTES_MAX) {
        assert!(file.len() as u64 <= FILE_BYTES_MAX);
        files += 1;
        // Each has an entry of 46 bytes or more in the directory.
        assert!(files <= bytes.len() / 46);
    }
});
