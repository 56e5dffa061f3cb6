//! What stands beside advisories: the CVE List, NVD, KEV, EPSS. A score that is read is in range.

#![no_main]

use libfuzzer_sys::fuzz_target;
use scan::{parse_cve, parse_epss, parse_kev, parse_nvd};

fuzz_target!(|bytes: &[u8]| {
    if let Ok((_, scores)) = parse_cve(bytes) {
        for vector in [scores.cna, scores.cisa, scores.nvd].into_iter().flatten() {
            assert!(vector.score_tenths() <= 100);
            assert_eq!(vector.as_str().parse(), Ok(vector.clone()));
        }
    }
    for (_, vector) in parse_nvd(bytes).unwrap_or_default() {
        assert!(vector.score_tenths() <= 100);
    }
    let _ = parse_kev(bytes);
    for (_, epss) in parse_epss(&String::from_utf8_lossy(bytes)).unwrap_or_default() {
        assert!(epss.probability_millionths <= 1_000_000);
        assert!(epss.percentile_millionths <= 1_000_000);
    }
});
