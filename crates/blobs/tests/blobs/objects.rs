//! Content reads back unchanged: any size, any chunks, any range, any number of processes in
//! between.

use crate::support::{BOTH, Fixture, Suite, content, drain, protection, range};
use blobs::{CommitError, DESCRIPTION_BYTES_MAX, StoreError};
use bytes::Bytes;
use names::{Algorithm, ByteRange, Digest};
use proptest::prelude::*;

const SEGMENT: usize = 65_536;

/// Sizes around which something changes: segments, batches, what is set aside.
const EDGES: [usize; 7] =
    [0, SEGMENT, 2 * SEGMENT, 3 * SEGMENT, 4 * SEGMENT, 8 * SEGMENT, 12 * SEGMENT];

fn sizes() -> impl Strategy<Value = usize> {
    let around = (proptest::sample::select(&EDGES[..]), -2_isize..=2);
    prop_oneof![around.prop_map(|(edge, by)| edge.saturating_add_signed(by)), 0_usize..13 * SEGMENT,]
}

fn suites() -> impl Strategy<Value = Suite> {
    proptest::sample::select(&BOTH[..])
}

fn run<T>(work: impl Future<Output = T>) -> T {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.build().expect("a runtime").block_on(work)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_range_of_an_object_is_that_range_of_its_content(
        suite in suites(),
        size in sizes(),
        ranges in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 6),
    ) {
        run(async {
            let (fixture, bytes) = (Fixture::new(), content(size));
            let receipt = fixture.store(suite, &bytes).await;
            assert_eq!(receipt.size_bytes(), size as u64);
            assert_eq!(receipt.digest(), &Digest::sha256(&bytes));
            assert!(fixture.read_whole(receipt.object(), suite, size).await.unwrap() == bytes);
            for (one, other) in ranges {
                let (one, other) = (one.index(size + 1), other.index(size + 1));
                let (start, end) = (one.min(other), one.max(other));
                if start < end {
                    let asked = range(start as u64, end as u64, size as u64);
                    let got = fixture.read(receipt.object(), suite, asked).await.unwrap();
                    assert!(got == bytes[start..end], "{start}..{end} of {size}");
                }
            }
        });
    }

    #[test]
    fn chunks_and_parking_make_no_difference(
        suite in suites(),
        size in sizes(),
        cuts in proptest::collection::vec((any::<prop::sample::Index>(), any::<bool>()), 0..8),
    ) {
        run(async {
            let (fixture, bytes) = (Fixture::new(), content(size));
            let mut cuts: Vec<_> =
                cuts.into_iter().map(|(at, park)| (at.index(size + 1), park)).collect();
            cuts.sort_unstable();
            cuts.push((size, true));
            let (mut upload, mut from) = (fixture.begin(suite), 0);
            for (cut, park) in cuts {
                upload.append(Bytes::copy_from_slice(&bytes[from..cut])).await.unwrap();
                from = cut;
                assert_eq!(upload.offset(), cut as u64);
                if park {
                    let parked = upload.park().await.unwrap();
                    assert_eq!(parked.offset(), cut as u64);
                    upload = fixture.resume_ready(suite, &parked).await;
                    assert_eq!(upload.offset(), cut as u64);
                }
            }
            let receipt = upload.commit(&Digest::sha256(&bytes), b"").await.unwrap();
            assert!(fixture.read_whole(receipt.object(), suite, size).await.unwrap() == bytes);
            let protection = protection(suite, 7);
            let footer = fixture.blobs.verify(receipt.object(), &protection).await.unwrap();
            assert_eq!(&footer.digest, receipt.digest());
        });
    }
}

#[tokio::test]
async fn a_file_has_exactly_the_length_that_its_format_says() {
    let fixture = Fixture::new();
    #[rustfmt::skip]
    let cases = [
        // suite          size          body
        (Suite::Sealed,  0,           16),
        (Suite::Sealed,  1,           17),
        (Suite::Sealed,  SEGMENT,     SEGMENT + 32),
        (Suite::Sealed,  SEGMENT + 1, SEGMENT + 33),
        (Suite::Storage, 0,           0),
        (Suite::Storage, SEGMENT,     SEGMENT),
    ];
    for (suite, size, body) in cases {
        let receipt = fixture.store(suite, &content(size)).await;
        let wrapped = if suite == Suite::Sealed { 81 } else { 0 };
        let file = std::fs::metadata(fixture.path(receipt.object())).unwrap().len();
        assert_eq!(file, (120 + wrapped + body + 1024) as u64, "{suite:?} {size}");
    }
}

#[tokio::test]
async fn more_room_than_needed_is_given_back() {
    let fixture = Fixture::new();
    let bytes = content(300_000);
    let mut upload = fixture.begin(Suite::Sealed);
    upload.expect_length(64 << 20);
    upload.append(Bytes::from(bytes.clone())).await.unwrap();
    let receipt = upload.commit(&Digest::sha256(&bytes), b"").await.unwrap();
    let metadata = std::fs::metadata(fixture.path(receipt.object())).unwrap();
    let blocks = std::os::unix::fs::MetadataExt::blocks(&metadata);
    assert!(blocks * 512 < 1 << 20, "{blocks} blocks for 300 kB");
}

#[tokio::test]
async fn content_is_not_in_the_file_unless_the_store_protects_it() {
    let fixture = Fixture::new();
    let bytes = content(100_000);
    for (suite, shows) in [(Suite::Sealed, false), (Suite::Storage, true)] {
        let receipt = fixture.store(suite, &bytes).await;
        let file = fixture.file(receipt.object());
        let seen = file.windows(64).any(|window| window == &bytes[500..564]);
        assert_eq!(seen, shows, "{suite:?}");
    }
}

#[tokio::test]
async fn nothing_of_the_content_is_in_a_parked_upload() {
    let fixture = Fixture::new();
    let bytes = content(70_000);
    let mut upload = fixture.begin(Suite::Sealed);
    upload.append(Bytes::from(bytes.clone())).await.unwrap();
    let row = upload.park().await.unwrap().to_bytes();
    assert!(row.len() < 6_000, "{} bytes for a tail of 4,464", row.len());
    for window in bytes[65_536..].windows(16) {
        assert!(!row.windows(16).any(|seen| seen == window));
    }
}

#[tokio::test]
async fn small_content_touches_no_disk_before_it_is_committed() {
    let fixture = Fixture::new();
    let bytes = content(1000);
    let mut upload = fixture.begin(Suite::Sealed);
    upload.append(Bytes::from(bytes.clone())).await.unwrap();
    let parked = upload.park().await.unwrap();
    assert_eq!(fixture.blobs.list(None, 10).await.unwrap(), []);
    let upload = fixture.resume_ready(Suite::Sealed, &parked).await;
    let receipt = upload.commit(&Digest::sha256(&bytes), b"").await.unwrap();
    assert_eq!(fixture.blobs.list(None, 10).await.unwrap(), [receipt.object().clone()]);
}

#[tokio::test]
async fn a_wrong_digest_is_refused_and_leaves_what_was_parked() {
    for suite in BOTH {
        let fixture = Fixture::new();
        let bytes = content(400_000);
        let mut upload = fixture.begin(suite);
        upload.append(Bytes::from(bytes.clone())).await.unwrap();
        let parked = upload.park().await.unwrap();
        let upload = fixture.resume_ready(suite, &parked).await;
        let refused = upload.commit(&Digest::sha256(b"other"), b"").await.unwrap_err();
        assert!(
            matches!(refused, CommitError::DigestMismatch { computed } if computed == Digest::sha256(&bytes))
        );
        let upload = fixture.resume_ready(suite, &parked).await;
        upload.commit(&Digest::sha256(&bytes), b"").await.unwrap();
    }
}

#[tokio::test]
async fn a_digest_of_another_algorithm_is_compared_before_the_receipt() {
    let fixture = Fixture::new();
    let bytes = content(400_000);
    for (running, asked) in
        [(Algorithm::Sha256, Algorithm::Sha512), (Algorithm::Sha512, Algorithm::Sha256)]
    {
        for right in [true, false] {
            let new = fixture.new_object(Suite::Sealed, 7);
            let object = new.object.clone();
            let mut upload = fixture.blobs.begin(new, running).unwrap();
            upload.append(Bytes::from(bytes.clone())).await.unwrap();
            let truth = Digest::of(asked, &bytes);
            let digest = if right { truth.clone() } else { Digest::of(asked, b"other") };
            let committed = upload.commit(&digest, b"").await;
            if right {
                assert_eq!(committed.unwrap().digest(), &truth);
                let footer = fixture.blobs.verify(&object, &protection(Suite::Sealed, 7)).await;
                assert_eq!(footer.unwrap().digest, truth);
            } else {
                let refused = committed.unwrap_err();
                assert!(
                    matches!(refused, CommitError::DigestMismatch { computed } if computed == truth)
                );
                let gone = fixture.blobs.inspect(&object).await;
                assert!(matches!(gone, Err(StoreError::NotFound(_))));
            }
        }
    }
}

#[tokio::test]
async fn an_object_explains_itself_without_a_database() {
    for suite in BOTH {
        let fixture = Fixture::new();
        let bytes = content(200_000);
        let receipt = fixture.store(suite, &bytes).await;
        let stored = fixture.blobs.inspect(receipt.object()).await.unwrap();
        assert_eq!(stored.size_bytes, 200_000);
        assert_eq!(stored.sealed, suite == Suite::Sealed);
        assert_eq!(stored.wrapped.as_bytes().len(), if stored.sealed { 81 } else { 0 });
        let footer = stored.footer(&protection(suite, 7)).unwrap();
        assert_eq!(footer.digest, Digest::sha256(&bytes));
        assert_eq!(footer.description, b"described");
        assert_eq!(footer.size_bytes, 200_000);
        let verified = fixture.blobs.verify(receipt.object(), &protection(suite, 7)).await;
        assert_eq!(verified.unwrap(), footer);
    }
}

#[tokio::test]
async fn an_unfinished_object_says_so() {
    let fixture = Fixture::new();
    let mut upload = fixture.begin(Suite::Sealed);
    upload.append(Bytes::from(content(400_000))).await.unwrap();
    let object = upload.object().clone();
    drop(upload.park().await.unwrap());
    let refused = fixture.blobs.inspect(&object).await.unwrap_err();
    assert!(matches!(refused, StoreError::Corrupt { .. }), "{refused}");
}

#[tokio::test]
async fn descriptions_have_a_bound() {
    let fixture = Fixture::new();
    let longest = vec![b'd'; DESCRIPTION_BYTES_MAX];
    let receipt =
        fixture.begin(Suite::Sealed).commit(&Digest::sha256(b""), &longest).await.unwrap();
    let stored = fixture.blobs.inspect(receipt.object()).await.unwrap();
    assert_eq!(stored.footer(&protection(Suite::Sealed, 7)).unwrap().description, longest);
    let longer = vec![b'd'; DESCRIPTION_BYTES_MAX + 1];
    let refused = fixture.begin(Suite::Sealed).commit(&Digest::sha256(b""), &longer).await;
    assert!(matches!(refused, Err(CommitError::Store(StoreError::Misused(_)))));
}

#[tokio::test]
async fn a_discarded_upload_and_a_deleted_object_are_gone() {
    let fixture = Fixture::new();
    let mut upload = fixture.begin(Suite::Sealed);
    upload.append(Bytes::from(content(400_000))).await.unwrap();
    upload.discard().await.unwrap();
    let receipt = fixture.store(Suite::Sealed, b"some").await;
    fixture.blobs.delete(receipt.object()).await.unwrap();
    fixture.blobs.delete(receipt.object()).await.unwrap();
    assert_eq!(fixture.blobs.list(None, 10).await.unwrap(), []);
    let missing = fixture.read_whole(receipt.object(), Suite::Sealed, 4).await.unwrap_err();
    assert!(matches!(missing, StoreError::NotFound(_)));
}

#[tokio::test]
async fn a_reader_goes_on_while_its_object_is_deleted() {
    let fixture = Fixture::new();
    let bytes = content(1_000_000);
    let receipt = fixture.store(Suite::Sealed, &bytes).await;
    let whole = ByteRange::whole(1_000_000);
    let protection = protection(Suite::Sealed, 7);
    let reader = fixture.blobs.open(receipt.object(), &protection, whole).await.unwrap();
    fixture.blobs.delete(receipt.object()).await.unwrap();
    assert!(drain(reader).await.unwrap() == bytes);
}

#[tokio::test]
async fn a_dropped_append_can_be_followed_by_another() {
    let fixture = Fixture::new();
    let bytes = content(3_000_000);
    let mut upload = fixture.begin(Suite::Sealed);
    while upload.offset() < bytes.len() as u64 {
        let from = usize::try_from(upload.offset()).unwrap();
        let chunk = Bytes::copy_from_slice(&bytes[from..]);
        // Polled once and dropped: some of it was taken in, and the offset says how much.
        tokio::select! {
            biased;
            result = upload.append(chunk) => result.unwrap(),
            () = std::future::ready(()) => {}
        }
        assert!(upload.offset() >= from as u64);
        tokio::task::yield_now().await;
    }
    let receipt = upload.commit(&Digest::sha256(&bytes), b"").await.unwrap();
    let got = fixture.read_whole(receipt.object(), Suite::Sealed, bytes.len()).await.unwrap();
    assert!(got == bytes);
}
