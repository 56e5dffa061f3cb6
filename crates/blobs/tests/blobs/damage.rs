//! No damage to a file makes a reader see a byte that was not written.

use crate::support::{BOTH, Fixture, Suite, content, protection, range};
use blobs::{ParkedUpload, Protection, StoreError};
use bytes::Bytes;
use names::{ByteRange, DataKey, ObjectKey};

const SEGMENT: usize = 65_536;
const HEADER: usize = 120 + 81;
const STEP: usize = SEGMENT + 16;

fn assert_corrupt(result: Result<impl Sized, StoreError>, object: &ObjectKey, because: &str) {
    match result {
        Err(StoreError::Corrupt { object: named, .. }) => assert_eq!(&named, object, "{because}"),
        Err(other) => panic!("{because}: {other}"),
        Ok(_) => panic!("{because}: it was read"),
    }
}

#[tokio::test]
async fn every_flipped_byte_of_a_small_object_is_noticed() {
    let (fixture, bytes) = (Fixture::new(), content(50));
    for suite in BOTH {
        let receipt = fixture.store(suite, &bytes).await;
        let object = receipt.object();
        let length = std::fs::metadata(fixture.path(object)).unwrap().len();
        for at in 0..usize::try_from(length).unwrap() {
            fixture.edit(object, |file| file[at] ^= 0x10);
            let verified = fixture.blobs.verify(object, &protection(suite, 7)).await;
            assert_corrupt(verified, object, &format!("{suite:?} byte {at}"));
            fixture.edit(object, |file| file[at] ^= 0x10);
        }
        fixture.blobs.verify(object, &protection(suite, 7)).await.unwrap();
    }
}

#[tokio::test]
async fn a_flipped_byte_ends_a_read_at_its_segment() {
    let (fixture, bytes) = (Fixture::new(), content(5 * SEGMENT + 100));
    let size = bytes.len() as u64;
    let receipt = fixture.store(Suite::Sealed, &bytes).await;
    let object = receipt.object();
    let segments = [0, 1, 3, 4, 5];
    for segment in segments {
        let at = HEADER + segment * STEP;
        for at in [at, at + 77, at + (if segment == 5 { 100 } else { SEGMENT }) + 15] {
            fixture.edit(object, |file| file[at] ^= 1);
            let whole = fixture.read(object, Suite::Sealed, ByteRange::whole(size)).await;
            let expected = (HEADER + segment * STEP) as u64;
            assert!(
                matches!(whole, Err(StoreError::Corrupt { offset, .. }) if offset == expected),
                "byte {at}"
            );
            let first_of = |segment: usize| (segment * SEGMENT) as u64;
            let within = range(first_of(segment) + 5, first_of(segment) + 6, size);
            let got = fixture.read(object, Suite::Sealed, within).await;
            assert_corrupt(got, object, "a range in that segment");
            let other = usize::from(segment == 0);
            let beside = range(first_of(other), first_of(other + 1), size);
            let got = fixture.read(object, Suite::Sealed, beside).await.unwrap();
            assert!(got == bytes[other * SEGMENT..(other + 1) * SEGMENT], "the one beside it");
            fixture.edit(object, |file| file[at] ^= 1);
        }
    }
    assert!(fixture.read_whole(object, Suite::Sealed, bytes.len()).await.unwrap() == bytes);
}

#[tokio::test]
async fn a_file_of_another_length_is_refused_even_for_a_range_at_its_start() {
    let (fixture, bytes) = (Fixture::new(), content(3 * SEGMENT));
    let size = bytes.len() as u64;
    for suite in BOTH {
        #[expect(clippy::type_complexity, reason = "a table of changes")]
        let cases: [(&str, Box<dyn Fn(&mut Vec<u8>)>); 7] = [
            ("a byte is missing", Box::new(|file| file.truncate(file.len() - 1))),
            ("a byte too many", Box::new(|file| file.push(0))),
            ("the footer is missing", Box::new(|file| file.truncate(file.len() - 1024))),
            ("two footers", Box::new(|file| file.extend_from_within(file.len() - 1024..))),
            ("a segment is missing", Box::new(|file| drop(file.drain(HEADER..HEADER + STEP)))),
            ("a header alone", Box::new(|file| file.truncate(HEADER))),
            ("nothing", Box::new(Vec::clear)),
        ];
        for (because, change) in cases {
            let receipt = fixture.store(suite, &bytes).await;
            fixture.edit(receipt.object(), |file| change(file));
            for asked in [range(0, 1, size), range(size - 1, size, size), ByteRange::whole(size)] {
                let got = fixture.read(receipt.object(), suite, asked).await;
                assert_corrupt(got, receipt.object(), because);
            }
        }
    }
}

#[tokio::test]
async fn a_size_that_is_not_the_objects_is_refused() {
    let (fixture, bytes) = (Fixture::new(), content(SEGMENT + 5));
    for suite in BOTH {
        let receipt = fixture.store(suite, &bytes).await;
        for size in [0, 5, SEGMENT, SEGMENT + 4, SEGMENT + 6, 2 * SEGMENT + 5] {
            let got = fixture.read_whole(receipt.object(), suite, size).await;
            assert_corrupt(got, receipt.object(), &format!("{size} bytes"));
        }
    }
    let got = fixture.read_whole(&ObjectKey::from_random([0; 16]), Suite::Sealed, usize::MAX).await;
    assert!(matches!(got, Err(StoreError::Misused(_))));
}

#[tokio::test]
async fn segments_cannot_change_places() {
    let (fixture, bytes) = (Fixture::new(), content(4 * SEGMENT));
    let receipt = fixture.store(Suite::Sealed, &bytes).await;
    let object = receipt.object();
    fixture.edit(object, |file| {
        let (first, second) = file[HEADER..HEADER + 2 * STEP].split_at_mut(STEP);
        first.swap_with_slice(second);
    });
    assert_corrupt(fixture.read_whole(object, Suite::Sealed, bytes.len()).await, object, "swapped");
    let third = range(2 * SEGMENT as u64, 3 * SEGMENT as u64, bytes.len() as u64);
    assert!(
        fixture.read(object, Suite::Sealed, third).await.unwrap()
            == bytes[2 * SEGMENT..3 * SEGMENT]
    );
}

#[tokio::test]
async fn files_cannot_change_places() {
    let (fixture, bytes) = (Fixture::new(), content(1000));
    for suite in BOTH {
        // One data key for both, which never happens: the header tells them apart all the same.
        let (one, other) = (fixture.store(suite, &bytes).await, fixture.store(suite, &bytes).await);
        let foreign = fixture.file(other.object());
        fixture.edit(one.object(), |file| *file = foreign);
        let got = fixture.read_whole(one.object(), suite, 1000).await;
        assert_corrupt(got, one.object(), "another object's file");
    }
}

#[tokio::test]
async fn segments_of_two_objects_under_one_data_key_cannot_be_mixed() {
    let (fixture, bytes) = (Fixture::new(), content(SEGMENT));
    let one = fixture.store(Suite::Sealed, &bytes).await;
    let other = fixture.store(Suite::Sealed, &bytes).await;
    let foreign = fixture.file(other.object());
    fixture.edit(one.object(), |file| {
        file[HEADER..HEADER + STEP].copy_from_slice(&foreign[HEADER..HEADER + STEP]);
    });
    let got = fixture.read_whole(one.object(), Suite::Sealed, SEGMENT).await;
    assert_corrupt(got, one.object(), "the same content, the same key, another object");
}

#[tokio::test]
async fn a_wrong_key_or_no_key_reads_nothing() {
    let fixture = Fixture::new();
    let sealed = fixture.store(Suite::Sealed, b"some").await;
    let plain = fixture.store(Suite::Storage, b"some").await;
    let wrong = Protection::Sealed(DataKey::from_bytes([8; 32]));
    let cases = [
        (&sealed, &wrong, "another key"),
        (&sealed, &Protection::Storage, "a sealed object read as a plain one"),
        (&plain, &wrong, "a plain object put in a sealed one's place"),
    ];
    for (receipt, protection, because) in cases {
        let got = fixture.blobs.open(receipt.object(), protection, ByteRange::whole(4)).await;
        assert_corrupt(got, receipt.object(), because);
        let stored = fixture.blobs.inspect(receipt.object()).await.unwrap();
        assert_corrupt(stored.footer(protection), receipt.object(), because);
    }
}

#[tokio::test]
async fn a_parked_upload_that_was_tampered_with_is_refused() {
    let fixture = Fixture::new();
    for suite in BOTH {
        let mut upload = fixture.begin(suite);
        upload.append(Bytes::from(content(SEGMENT + 20))).await.unwrap();
        let row = upload.park().await.unwrap().to_bytes();
        for at in 0..row.len() {
            let mut damaged = row.clone();
            damaged[at] ^= 1;
            let resumed = match ParkedUpload::from_bytes(&damaged) {
                Ok(parked) => fixture.blobs.resume(parked, &protection(suite, 7)).await,
                Err(refused) => Err(refused),
            };
            assert!(matches!(resumed, Err(StoreError::BadParked(_))), "{suite:?} byte {at}");
            let cut = ParkedUpload::from_bytes(&row[..at]);
            if let Ok(parked) = cut {
                let resumed = fixture.blobs.resume(parked, &protection(suite, 7)).await;
                assert!(matches!(resumed, Err(StoreError::BadParked(_))), "{suite:?} cut {at}");
            }
        }
        let parked = ParkedUpload::from_bytes(&row).unwrap();
        let wrong = Protection::Sealed(DataKey::from_bytes([8; 32]));
        let resumed = fixture.blobs.resume(parked, &wrong).await;
        assert!(matches!(resumed, Err(StoreError::BadParked(_))));
    }
}
