//! Paths and queries of S3 at the trail's bucket: a key is of the account that it begins with, or
//! of none.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|input: (&str, &str)| {
    let (path, query) = input;
    if let Some((key, Some(account))) = server::fuzzing::trail_read(path, query) {
        assert!(key.starts_with(&format!("AWSLogs/{account}")), "{key} is not of {account}");
        assert_eq!(account.len(), 12);
    }
});
