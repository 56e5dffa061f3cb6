//! Ranges that begin, end and cross where a segment does.

use crate::support::{BOTH, Fixture, content, range};
use names::ByteRange;

const SEGMENT: u64 = 65_536;

/// Ranges around one boundary between segments.
fn ranges_at(boundary: u64, size: u64) -> Vec<(u64, u64)> {
    let before = boundary.saturating_sub(1);
    let around = [
        (before, boundary),
        (boundary, boundary + 1),
        (before, boundary + 1),
        (boundary.saturating_sub(2), boundary + 2),
        (boundary, boundary + SEGMENT),
        (before, boundary + SEGMENT + 1),
        (boundary + 1, boundary + SEGMENT - 1),
        (0, boundary),
        (boundary, size),
        (before, size),
    ];
    around.map(|(start, end)| (start, end.min(size))).into_iter().filter(|(a, b)| a < b).collect()
}

#[tokio::test]
async fn ranges_at_every_boundary_of_a_segment_are_that_part_of_the_content() {
    // Four segments are read at once, or five if the last one is empty.
    let sizes = [1, SEGMENT - 1, SEGMENT, SEGMENT + 1, 4 * SEGMENT, 5 * SEGMENT, 9 * SEGMENT + 77];
    let mut asked = 0;
    for suite in BOTH {
        for size in sizes {
            let bytes = content(usize::try_from(size).unwrap());
            let fixture = Fixture::new();
            let receipt = fixture.store(suite, &bytes).await;
            for boundary in (0..=size + SEGMENT).step_by(65_536) {
                for (start, end) in ranges_at(boundary, size) {
                    let got = fixture.read(receipt.object(), suite, range(start, end, size)).await;
                    let [from, to] = [start, end].map(|at| usize::try_from(at).unwrap());
                    let case = format!("{suite:?}: {start}..{end} of {size}");
                    assert!(got.expect(&case) == bytes[from..to], "{case}");
                    asked += 1;
                }
            }
        }
    }
    assert!(asked > 400, "{asked} ranges");
}

#[tokio::test]
async fn nothing_is_read_of_nothing_and_its_last_segment_is_authenticated_all_the_same() {
    for suite in BOTH {
        let fixture = Fixture::new();
        let object = fixture.store(suite, b"").await.object().clone();
        assert_eq!(fixture.read(&object, suite, ByteRange::whole(0)).await.unwrap(), b"");
    }
    let fixture = Fixture::new();
    let object = fixture.store(crate::support::Suite::Sealed, b"").await.object().clone();
    fixture.edit(&object, |file| file[120 + 81] ^= 1);
    let read = fixture.read(&object, crate::support::Suite::Sealed, ByteRange::whole(0)).await;
    assert!(matches!(read, Err(blobs::StoreError::Corrupt { .. })), "its tag was changed");
}
