//! What stands beside advisories: the CVE List, NVD, KEV, EPSS. A score that is read is in range.

#![no_main]

use libfuzzer_sys::fuzz_target;
use scan::{parse_cve, parse_epss, parse_kev, parse_nvd};

fuzz_target!(|bytes: &[u8]| {
    if let Ok(cve) = parse_cve(bytes) {
        for vector in [cve.scores.cna, cve.scores.cisa, cve.scores.nvd].into_iter().flatten() {
            assert!(vector.score_tenths() <= 100);
            assert_eq!(vector.as_str().parse(), Ok(vector.clone()));
        }
    }
    for cve in parse_nvd(bytes).unwrap_or_default() {
        assert!(cve.scores.nvd.is_none_or(|vector| vector.score_tenths() <= 100));
    }
    if let Ok(exploited) = parse_kev(bytes) {
        assert!(!exploited.ids.is_empty());
    }
    let epss = parse_epss(&String::from_utf8_lossy(bytes));
    for (_, epss) in epss.map(|epss| epss.scores).unwrap_or_default() {
        assert!(epss.probability_millionths <= 1_000_000);
        assert!(epss.percentile_millionths <= 1_000_000);
    }
});
