//! What an attacker with write access to the store can try: single bits, cuts, swaps and replays.
//! Each ends with an error that names the object, and no byte of another content is read.

use crate::support::{BOTH, Fixture, Suite, content, protection, range};
use blobs::{NewObject, Protection, StoreError};
use bytes::Bytes;
use names::{Algorithm, ByteRange, Digest, ObjectKey};

const SEGMENT: usize = 65_536;
const HEADER: usize = 120 + 81;
const STEP: usize = SEGMENT + 16;
const FOOTER: usize = 1024;

fn assert_corrupt(result: Result<impl Sized, StoreError>, object: &ObjectKey, because: &str) {
    match result {
        Err(StoreError::Corrupt { object: named, .. }) => assert_eq!(&named, object, "{because}"),
        Err(other) => panic!("{because}: {other}"),
        Ok(_) => panic!("{because}: it was read"),
    }
}

/// Stores content under one object key and one data key, as often as it is called.
async fn store_again(fixture: &Fixture, new: &NewObject, bytes: &[u8]) -> Vec<u8> {
    fixture.blobs.delete(&new.object).await.unwrap();
    let mut upload = fixture.blobs.begin(new.clone(), Algorithm::Sha256).unwrap();
    upload.append(Bytes::copy_from_slice(bytes)).await.unwrap();
    upload.commit(&Digest::sha256(bytes), b"").await.unwrap();
    fixture.file(&new.object)
}

#[tokio::test]
async fn every_flipped_bit_of_a_small_object_is_detected() {
    let (fixture, bytes) = (Fixture::new(), content(50));
    let object = fixture.store(Suite::Sealed, &bytes).await.object().clone();
    let length = fixture.file(&object).len();
    assert_eq!(length, HEADER + 50 + 16 + FOOTER);
    for bit in 0..length * 8 {
        let (at, mask) = (bit / 8, 1 << (bit % 8));
        let case = format!("bit {bit}, of byte {at}");
        fixture.flip(&object, at, mask);
        let verified = fixture.blobs.verify(&object, &protection(Suite::Sealed, 7)).await;
        assert_corrupt(verified, &object, &case);
        let read = fixture.read_whole(&object, Suite::Sealed, 50).await;
        if at < length - FOOTER {
            assert_corrupt(read, &object, &case);
        } else {
            // A reader of content knows its size and needs no footer.
            assert_eq!(read.expect(&case), bytes, "{case}");
            let stored = fixture.blobs.inspect(&object).await;
            let footer = stored.and_then(|stored| stored.footer(&protection(Suite::Sealed, 7)));
            assert_corrupt(footer, &object, &case);
        }
        fixture.flip(&object, at, mask);
    }
    fixture.blobs.verify(&object, &protection(Suite::Sealed, 7)).await.unwrap();
}

#[tokio::test]
async fn every_flipped_bit_of_a_small_object_that_the_store_protects_shows_when_it_is_verified() {
    let (fixture, bytes) = (Fixture::new(), content(50));
    let object = fixture.store(Suite::Storage, &bytes).await.object().clone();
    for bit in 0..fixture.file(&object).len() * 8 {
        fixture.flip(&object, bit / 8, 1 << (bit % 8));
        let verified = fixture.blobs.verify(&object, &Protection::Storage).await;
        assert_corrupt(verified, &object, &format!("bit {bit}"));
        fixture.flip(&object, bit / 8, 1 << (bit % 8));
    }
    fixture.blobs.verify(&object, &Protection::Storage).await.unwrap();
}

#[tokio::test]
async fn no_two_segments_can_change_places_or_stand_in_for_each_other() {
    let (fixture, bytes) = (Fixture::new(), content(4 * SEGMENT + 9));
    let object = fixture.store(Suite::Sealed, &bytes).await.object().clone();
    let file = fixture.file(&object);
    let segment = |index: usize| HEADER + index * STEP..HEADER + (index + 1) * STEP;
    for one in 0..4 {
        for other in (0..4).filter(|other| *other != one) {
            for both in [true, false] {
                fixture.edit(&object, |now| {
                    now.clone_from(&file);
                    now[segment(one)].copy_from_slice(&file[segment(other)]);
                    if both {
                        now[segment(other)].copy_from_slice(&file[segment(one)]);
                    }
                });
                let case = format!("{other} in the place of {one}, both: {both}");
                let read = fixture.read_whole(&object, Suite::Sealed, bytes.len()).await;
                assert_corrupt(read, &object, &case);
                let within = range((one * SEGMENT) as u64, (one * SEGMENT) as u64 + 1, 262_153);
                assert_corrupt(fixture.read(&object, Suite::Sealed, within).await, &object, &case);
            }
        }
    }
}

#[tokio::test]
async fn a_file_that_is_cut_anywhere_is_refused_also_by_a_row_that_was_cut_with_it() {
    let (fixture, bytes) = (Fixture::new(), content(3 * SEGMENT + 500));
    let size = bytes.len();
    for suite in BOTH {
        let step = if suite == Suite::Sealed { STEP } else { SEGMENT };
        let header = if suite == Suite::Sealed { HEADER } else { 120 };
        let object = fixture.store(suite, &bytes).await.object().clone();
        let file = fixture.file(&object);
        let boundaries = (0..=3).map(|index| header + index * step);
        let inside = [header / 2, header + 1, header + step - 1, header + step + 77];
        let ends = [file.len() - FOOTER, file.len() - FOOTER / 2, file.len() - 1];
        for cut in boundaries.chain(inside).chain(ends) {
            fixture.edit(&object, |now| *now = file[..cut].to_vec());
            let case = format!("{suite:?}: cut at {cut} of {}", file.len());
            for asked in [range(0, 1, size as u64), ByteRange::whole(size as u64)] {
                assert_corrupt(fixture.read(&object, suite, asked).await, &object, &case);
            }
            let verified = fixture.blobs.verify(&object, &protection(suite, 7)).await;
            assert_corrupt(verified, &object, &case);
        }
    }
    // The footer follows the cut, and the size fits: only the last segment shows it.
    let object = fixture.store(Suite::Sealed, &bytes).await.object().clone();
    let file = fixture.file(&object);
    let cuts = (1..=3).map(|index| (index * SEGMENT, HEADER + index * STEP));
    for (content_left, cut) in cuts {
        for tag in [&file[HEADER + SEGMENT..HEADER + STEP], &[0; 16][..]] {
            let footer = &file[file.len() - FOOTER..];
            fixture.edit(&object, |now| *now = [&file[..cut], tag, footer].concat());
            let case = format!("{content_left} bytes are left");
            let read = fixture.read_whole(&object, Suite::Sealed, content_left).await;
            assert_corrupt(read, &object, &case);
            let verified = fixture.blobs.verify(&object, &protection(Suite::Sealed, 7)).await;
            assert_corrupt(verified, &object, &case);
        }
    }
}

#[tokio::test]
async fn no_part_of_an_older_version_of_an_object_fits_into_a_newer_one() {
    let fixture = Fixture::new();
    let new = fixture.new_object(Suite::Sealed, 7);
    let bytes = content(2 * SEGMENT + 50);
    // The same content, object key and data key: each file still has keys of its own.
    let older = store_again(&fixture, &new, &bytes).await;
    let newer = store_again(&fixture, &new, &bytes).await;
    assert_eq!(older.len(), newer.len());
    let body = newer.len() - FOOTER;
    let parts = [
        ("the header", 0..HEADER),
        ("the salt", 24..56),
        ("the nonce prefix", 17..24),
        ("the first segment", HEADER..HEADER + STEP),
        ("the second segment", HEADER + STEP..HEADER + 2 * STEP),
        ("the last segment", HEADER + 2 * STEP..body),
        ("all segments", HEADER..body),
        ("everything but the header", HEADER..newer.len()),
        ("the footer", body..newer.len()),
    ];
    for (what, part) in parts {
        fixture.edit(&new.object, |now| {
            now.clone_from(&newer);
            now[part.clone()].copy_from_slice(&older[part.clone()]);
        });
        let verified = fixture.blobs.verify(&new.object, &new.protection).await;
        assert_corrupt(verified, &new.object, what);
        if what != "the footer" {
            let read = fixture.read_whole(&new.object, Suite::Sealed, bytes.len()).await;
            assert_corrupt(read, &new.object, what);
        }
    }
}

#[tokio::test]
async fn neither_header_nor_body_of_another_object_fits() {
    let (fixture, bytes) = (Fixture::new(), content(SEGMENT + 50));
    for suite in BOTH {
        // One data key for both, which never happens.
        let object = fixture.store(suite, &bytes).await.object().clone();
        let other = fixture.store(suite, &content(SEGMENT + 51)[1..]).await.object().clone();
        let (file, foreign) = (fixture.file(&object), fixture.file(&other));
        let header = if suite == Suite::Sealed { HEADER } else { 120 };
        let cases = [
            ("its header", [&foreign[..header], &file[header..]].concat()),
            ("all but its header", [&file[..header], &foreign[header..]].concat()),
            (
                "its footer",
                [&file[..file.len() - FOOTER], &foreign[file.len() - FOOTER..]].concat(),
            ),
            ("the whole file", foreign.clone()),
        ];
        for (what, forged) in cases {
            fixture.edit(&object, |now| *now = forged);
            let verified = fixture.blobs.verify(&object, &protection(suite, 7)).await;
            assert_corrupt(verified, &object, &format!("{suite:?}: {what}"));
            if what != "its footer" && suite == Suite::Sealed {
                let read = fixture.read_whole(&object, suite, bytes.len()).await;
                assert_corrupt(read, &object, what);
            }
        }
    }
}
