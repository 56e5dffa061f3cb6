//! `Range` headers: whatever is requested, the sent range lies within the content.

#![no_main]

use libfuzzer_sys::fuzz_target;
use names::RangeRequest;

fuzz_target!(|input: (u64, &str)| {
    let (total, header) = input;
    if let Ok(Some(asked)) = RangeRequest::parse(header)
        && let Some(range) = asked.within(total)
    {
        assert!(range.start() < range.end() && range.end() <= total);
        assert_eq!(range.length(), range.end() - range.start());
    }
});
