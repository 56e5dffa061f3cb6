//! What every [`ObjectStore`] must do, as checks that panic. Wrappers run them too.

use std::sync::Arc;

use names::ObjectKey;

use crate::{Apart, Expected, ObjectStore, ObjectWriter, Reopened, StoreError};

type Store = Arc<dyn ObjectStore>;

/// Runs every check, each on a new, empty store.
pub fn all(make: impl Fn() -> Store) {
    let checks: &[fn(&dyn ObjectStore)] = &[
        what_is_committed_reads_back_at_any_place,
        a_file_whose_ends_may_be_apart_reads_back_whole,
        an_object_of_nothing_is_an_object,
        what_is_put_whole_reads_back,
        a_key_in_use_is_not_put_to,
        a_read_past_the_end_fails,
        what_is_at_hand_is_never_wrong,
        a_key_is_used_once,
        a_key_is_in_use_from_its_first_writer_to_its_removal,
        what_is_not_there_is_not_found,
        deleting_twice_is_deleting_once,
        objects_are_deleted_together_whatever_became_of_them,
        objects_are_deleted_together_whatever_became_of_them,
        a_discarded_object_is_gone,
        a_parked_object_goes_on_where_it_stopped,
        a_parked_object_can_be_parked_again_with_nothing_added,
        an_object_that_went_on_after_it_was_parked_is_torn,
        a_committed_object_is_torn_for_those_who_parked_it,
        a_torn_object_still_holds_what_was_parked,
        an_object_has_one_writer,
        a_damaged_state_is_refused,
        keys_are_listed_in_order_and_in_pages,
    ];
    for check in checks {
        check(&*make());
    }
}

fn key(number: u8) -> ObjectKey {
    // Spread over the space of keys, in the order of the numbers.
    ObjectKey::from_random([number; 16])
}

fn content(length: usize) -> Vec<u8> {
    (0..length).map(|at| u8::try_from(at % 251).expect("less than 251")).collect()
}

fn create(store: &dyn ObjectStore, object: &ObjectKey) -> Box<dyn ObjectWriter> {
    store.create(object, Expected::default()).expect("a new key can be created")
}

fn append(writer: &mut Box<dyn ObjectWriter>, bytes: &[u8]) {
    writer.append(bytes).expect("bytes can be appended");
}

fn store_whole(store: &dyn ObjectStore, object: &ObjectKey, bytes: &[u8]) {
    let mut writer = create(store, object);
    append(&mut writer, bytes);
    writer.commit().expect("an object can be committed");
}

fn park_after(store: &dyn ObjectStore, object: &ObjectKey, bytes: &[u8]) -> Vec<u8> {
    let mut writer = create(store, object);
    append(&mut writer, bytes);
    writer.park().expect("an object can be parked")
}

fn reopen(store: &dyn ObjectStore, object: &ObjectKey, state: &[u8]) -> Box<dyn ObjectWriter> {
    match store.reopen(object, state).expect("a parked object can be reopened") {
        Reopened::Ready(writer) => writer,
        Reopened::Torn => panic!("an object that was left alone is not torn"),
    }
}

fn read(store: &dyn ObjectStore, object: &ObjectKey) -> Vec<u8> {
    let mut reader = store.open(object).expect("a committed object can be opened");
    let mut bytes = vec![0; usize::try_from(reader.length()).expect("a small object")];
    reader.read_at(0, &mut bytes).expect("a committed object can be read");
    bytes
}

fn assert_not_found(result: &Result<impl Sized, StoreError>, object: &ObjectKey) {
    let found = matches!(result, Err(StoreError::NotFound(missing)) if missing == object);
    assert!(found, "an object that is not there is NotFound, by its key");
}

fn what_is_committed_reads_back_at_any_place(store: &dyn ObjectStore) {
    let bytes = content(300_000);
    let expected = Expected { length: Some(300_000), apart: None };
    let mut writer = store.create(&key(1), expected).expect("a new key can be created");
    for part in bytes.chunks(70_001) {
        append(&mut writer, part);
    }
    writer.commit().expect("an object can be committed");
    assert!(read(store, &key(1)) == bytes, "all of it");
    let mut reader = store.open(&key(1)).expect("a committed object can be opened");
    for (at, length) in [(0, 1), (299_999, 1), (65_535, 2), (100_000, 200_000), (300_000, 0)] {
        let mut part = vec![0; length];
        reader.read_at(at as u64, &mut part).expect("a part can be read");
        assert!(part == bytes[at..at + length], "{length} bytes at {at}");
    }
}

fn a_file_whose_ends_may_be_apart_reads_back_whole(store: &dyn ObjectStore) {
    let bytes = content(150_000);
    let expected = Expected { length: None, apart: Some(Apart { front: 120, back: 1024 }) };
    let mut writer = store.create(&key(1), expected).expect("a new key can be created");
    append(&mut writer, &bytes[..100]);
    append(&mut writer, &bytes[100..90_000]);
    let state = writer.park().expect("an object can be parked");
    let mut writer = reopen(store, &key(1), &state);
    append(&mut writer, &bytes[90_000..]);
    writer.commit().expect("a parked object can be committed");
    assert!(read(store, &key(1)) == bytes, "all of it");
    let mut reader = store.open(&key(1)).expect("a committed object can be opened");
    for (at, length) in [(0, 1), (100, 40), (119, 2), (148_970, 20), (148_976, 1024), (149_999, 1)]
    {
        let mut part = vec![0; length];
        reader.read_at(at as u64, &mut part).expect("a part can be read");
        assert!(part == bytes[at..at + length], "{length} bytes at {at}");
    }
    assert!(reader.read_at(149_999, &mut [0; 2]).is_err(), "half of it is there");
    let mut writer = store.create(&key(2), expected).expect("a new key can be created");
    append(&mut writer, &bytes[..1144]);
    writer.commit().expect("an object without content can be committed");
    assert!(read(store, &key(2)) == bytes[..1144], "nothing but its ends");
}

fn an_object_of_nothing_is_an_object(store: &dyn ObjectStore) {
    create(store, &key(1)).commit().expect("nothing can be committed");
    assert_eq!(store.open(&key(1)).expect("it can be opened").length(), 0);
}

fn what_is_put_whole_reads_back(store: &dyn ObjectStore) {
    let ends = [None, Some(Apart { front: 120, back: 1024 })];
    for (at, apart) in (0..).zip(ends) {
        for (number, length) in [(2 * at, 2_000), (2 * at + 1, 200_000)] {
            let (object, bytes) = (key(number), content(length));
            store.put(&object, bytes.clone(), apart).expect("a new key can be put to");
            assert!(read(store, &object) == bytes, "{length} bytes, ends {apart:?}");
            assert!(store.is_used(&object).expect("a key can be looked for"));
        }
    }
}

fn a_key_in_use_is_not_put_to(store: &dyn ObjectStore) {
    let put = |number, bytes: &[u8]| store.put(&key(number), bytes.to_vec(), None);
    let is_taken = |again: &Result<(), StoreError>, number| matches!(again, Err(StoreError::Exists(taken)) if *taken == key(number));
    put(1, b"first").expect("a new key can be put to");
    store_whole(store, &key(2), b"first");
    for number in [1, 2] {
        assert!(is_taken(&put(number, b"second"), number), "an object is there");
        assert!(read(store, &key(number)) == b"first", "and is not touched");
    }
    let mut writer = create(store, &key(3));
    append(&mut writer, b"some");
    drop(writer);
    let state = park_after(store, &key(4), b"some");
    for number in [3, 4] {
        assert!(is_taken(&put(number, b"second"), number), "it was begun");
    }
    drop(reopen(store, &key(4), &state));
}

fn a_read_past_the_end_fails(store: &dyn ObjectStore) {
    store_whole(store, &key(1), b"ten bytes!");
    let mut reader = store.open(&key(1)).expect("a committed object can be opened");
    assert!(reader.read_at(5, &mut [0; 6]).is_err(), "half of it is there");
    assert!(reader.read_at(11, &mut [0; 1]).is_err(), "none of it is there");
}

fn what_is_at_hand_is_never_wrong(store: &dyn ObjectStore) {
    let bytes = content(100_000);
    store_whole(store, &key(1), &bytes);
    let mut reader = store.open(&key(1)).expect("a committed object can be opened");
    let mut part = vec![0; 50_000];
    let count = reader.read_ready(60_000, &mut part).expect("reading ahead does not fail");
    assert!(count <= 40_000, "not past the end");
    assert!(part[..count] == bytes[60_000..60_000 + count], "what came is right");
}

fn a_key_is_used_once(store: &dyn ObjectStore) {
    store_whole(store, &key(1), b"first");
    let again = store.create(&key(1), Expected::default());
    assert!(matches!(again, Err(StoreError::Exists(taken)) if taken == key(1)));
    assert!(read(store, &key(1)) == b"first", "and is not touched");
}

fn a_key_is_in_use_from_its_first_writer_to_its_removal(store: &dyn ObjectStore) {
    let is_used = |number| store.is_used(&key(number)).expect("a key can be looked for");
    assert!(!is_used(1) && !is_used(2));
    let mut writer = create(store, &key(1));
    append(&mut writer, b"some");
    assert!(is_used(1), "while it is written");
    drop(writer);
    assert!(is_used(1), "when its writer is gone");
    assert!(matches!(store.create(&key(1), Expected::default()), Err(StoreError::Exists(_))));
    store_whole(store, &key(2), b"some");
    assert!(is_used(2), "when it is committed");
    for number in [1, 2] {
        store.delete(&key(number)).expect("an object can be deleted");
        assert!(!is_used(number), "no longer");
    }
}

fn what_is_not_there_is_not_found(store: &dyn ObjectStore) {
    assert_not_found(&store.open(&key(1)), &key(1));
    let state = park_after(store, &key(2), b"some");
    assert_not_found(&store.reopen(&key(1), &state), &key(1));
    assert_not_found(&store.salvage(&key(1), &state), &key(1));
}

fn deleting_twice_is_deleting_once(store: &dyn ObjectStore) {
    store_whole(store, &key(1), b"some");
    store_whole(store, &key(2), b"others");
    for _ in 0..2 {
        store.delete(&key(1)).expect("an object can be deleted, there or not");
        assert_not_found(&store.open(&key(1)), &key(1));
    }
    assert!(read(store, &key(2)) == b"others");
}

fn objects_are_deleted_together_whatever_became_of_them(store: &dyn ObjectStore) {
    store_whole(store, &key(1), b"some");
    store_whole(store, &key(2), b"more");
    let mut writer = create(store, &key(3));
    append(&mut writer, b"begun");
    drop(writer);
    park_after(store, &key(4), b"parked");
    store_whole(store, &key(6), b"others");
    let objects = [1, 2, 3, 4, 5].map(key);
    for _ in 0..2 {
        store.delete_each(&objects).expect("objects can be deleted, there or not");
        for object in &objects {
            assert!(!store.is_used(object).expect("a key can be looked for"), "{object}");
        }
    }
    store.delete_each(&[]).expect("nothing can be deleted");
    assert!(read(store, &key(6)) == b"others");
}

fn a_discarded_object_is_gone(store: &dyn ObjectStore) {
    let mut writer = create(store, &key(1));
    append(&mut writer, b"some");
    writer.discard().expect("an object can be discarded");
    assert_not_found(&store.open(&key(1)), &key(1));
    let state = park_after(store, &key(2), b"some");
    reopen(store, &key(2), &state).discard().expect("a parked object can be discarded");
    assert_not_found(&store.reopen(&key(2), &state), &key(2));
}

fn a_parked_object_goes_on_where_it_stopped(store: &dyn ObjectStore) {
    let bytes = content(200_000);
    let mut state = park_after(store, &key(1), &bytes[..1]);
    for part in bytes[1..].chunks(66_000) {
        let mut writer = reopen(store, &key(1), &state);
        append(&mut writer, part);
        state = writer.park().expect("an object can be parked again");
    }
    reopen(store, &key(1), &state).commit().expect("a parked object can be committed");
    assert!(read(store, &key(1)) == bytes);
}

fn a_parked_object_can_be_parked_again_with_nothing_added(store: &dyn ObjectStore) {
    let first = park_after(store, &key(1), b"some");
    let second = reopen(store, &key(1), &first).park().expect("an object can be parked again");
    for state in [first, second] {
        drop(reopen(store, &key(1), &state));
    }
}

fn an_object_that_went_on_after_it_was_parked_is_torn(store: &dyn ObjectStore) {
    let old = park_after(store, &key(1), b"some");
    let mut writer = reopen(store, &key(1), &old);
    append(&mut writer, b" more");
    let new = writer.park().expect("an object can be parked again");
    assert!(matches!(store.reopen(&key(1), &old), Ok(Reopened::Torn)));
    drop(reopen(store, &key(1), &new));
    let mut writer = reopen(store, &key(1), &new);
    append(&mut writer, b", dropped");
    drop(writer);
    assert!(matches!(store.reopen(&key(1), &new), Ok(Reopened::Torn)));
}

fn a_committed_object_is_torn_for_those_who_parked_it(store: &dyn ObjectStore) {
    let state = park_after(store, &key(1), b"some");
    let mut writer = reopen(store, &key(1), &state);
    append(&mut writer, b" more");
    writer.commit().expect("a parked object can be committed");
    assert!(matches!(store.reopen(&key(1), &state), Ok(Reopened::Torn)));
    assert!(read(store, &key(1)) == b"some more");
}

fn a_torn_object_still_holds_what_was_parked(store: &dyn ObjectStore) {
    let bytes = content(100_000);
    let state = park_after(store, &key(1), &bytes);
    let mut writer = reopen(store, &key(1), &state);
    append(&mut writer, b"and more");
    drop(writer);
    let mut reader = store.salvage(&key(1), &state).expect("a torn object can be read");
    let mut prefix = vec![0; bytes.len()];
    reader.read_at(0, &mut prefix).expect("what was parked is there");
    assert!(prefix == bytes);
}

fn an_object_has_one_writer(store: &dyn ObjectStore) {
    let state = park_after(store, &key(1), b"some");
    let writer = reopen(store, &key(1), &state);
    let second = store.reopen(&key(1), &state);
    assert!(matches!(second, Err(StoreError::Busy(busy)) if busy == key(1)));
    drop(writer);
    drop(reopen(store, &key(1), &state));
}

fn a_damaged_state_is_refused(store: &dyn ObjectStore) {
    let state = park_after(store, &key(1), b"some");
    let longer = [&state[..], &[0]].concat();
    for damaged in [&[][..], &state[..state.len() - 1], &longer] {
        assert!(store.reopen(&key(1), damaged).is_err());
    }
}

fn keys_are_listed_in_order_and_in_pages(store: &dyn ObjectStore) {
    let keys: Vec<ObjectKey> = [0, 1, 2, 0x10, 0x7f, 0xfe, 0xff].map(key).into();
    for object in keys.iter().rev() {
        store_whole(store, object, b"some");
    }
    let listed = store.list(None, 100).expect("keys can be listed");
    assert_eq!(listed, keys);
    let mut after = None;
    let mut paged = Vec::new();
    loop {
        let page = store.list(after.as_ref(), 2).expect("keys can be listed");
        assert!(page.len() <= 2, "a page has a bound");
        let Some(last) = page.last() else { break };
        after = Some(last.clone());
        paged.extend(page);
    }
    assert_eq!(paged, keys);
    assert_eq!(store.list(None, 0).expect("keys can be listed"), []);
}
