//! The promises of a keyring, seen from outside.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use keys::{
    KeyError, Keyring, KmsSeal, KmsWrapped, NotedRootKey, Passphrase, RootKeyId, Seal,
    SecretFileError,
};
use names::WrappedKey;
use names::{DataKey, KmsKeyArn};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

fn keyring(folder: &Path) -> Keyring {
    Keyring::open_or_create(&folder.join("keyring")).unwrap()
}

/// A new root key that seals from now on, as the rows will say.
fn rotate(ring: &Keyring) -> [RootKeyId; 2] {
    let (old, new) = (ring.current(), ring.add().unwrap());
    ring.settle(&[noted(old, None), noted(new, None)], new).unwrap();
    [old, new]
}

fn noted(id: RootKeyId, handed_down: Option<Vec<u8>>) -> NotedRootKey {
    NotedRootKey { id, handed_down }
}

#[test]
fn a_data_key_comes_back_under_the_same_context_only() {
    let folder = tempfile::tempdir().unwrap();
    let ring = keyring(folder.path());
    let key = ring.data_key();
    let wrapped = ring.wrap("repository web", &key);
    assert_eq!(wrapped.as_bytes().len(), 81);
    assert_eq!(ring.unwrap("repository web", &wrapped).unwrap().expose(), key.expose());
    for other in ["repository we", "repository webb", ""] {
        assert!(matches!(ring.unwrap(other, &wrapped), Err(KeyError::Refused)), "{other:?}");
    }
}

#[test]
fn wrapping_twice_shows_no_likeness() {
    let folder = tempfile::tempdir().unwrap();
    let ring = keyring(folder.path());
    let key = ring.data_key();
    assert_ne!(ring.wrap("c", &key).as_bytes(), ring.wrap("c", &key).as_bytes());
    assert_ne!(ring.data_key().expose(), ring.data_key().expose());
}

#[test]
fn any_flipped_or_missing_byte_of_a_wrapped_key_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let ring = keyring(folder.path());
    let wrapped = ring.wrap("c", &ring.data_key());
    for at in 0..wrapped.as_bytes().len() {
        let mut damaged = wrapped.as_bytes().to_vec();
        damaged[at] ^= 1;
        assert!(ring.unwrap("c", &WrappedKey::from_bytes(&damaged)).is_err(), "flipped {at}");
        let cut = WrappedKey::from_bytes(&wrapped.as_bytes()[..at]);
        assert!(ring.unwrap("c", &cut).is_err(), "cut at {at}");
    }
    let longer = [wrapped.as_bytes(), &[0]].concat();
    assert!(ring.unwrap("c", &WrappedKey::from_bytes(&longer)).is_err());
}

#[test]
fn a_secret_opens_for_its_purpose_and_context_only() {
    let folder = tempfile::tempdir().unwrap();
    let ring = keyring(folder.path());
    let sealed = ring.seal("access key", "AKIA1", b"very secret");
    assert_eq!(sealed.len(), 11 + 49);
    assert_eq!(ring.open("access key", "AKIA1", &sealed).unwrap().as_slice(), b"very secret");
    assert!(ring.open("access key", "AKIA2", &sealed).is_err());
    assert!(ring.open("session", "AKIA1", &sealed).is_err());
    // Purpose and context do not run into each other, and a secret is never a data key.
    assert!(ring.open("access keyA", "KIA1", &sealed).is_err());
    let as_key = ring.seal("data key", "c", &[7; 32]);
    assert!(ring.unwrap("c", &WrappedKey::from_bytes(&as_key)).is_err());
    let empty = ring.seal("p", "c", b"");
    assert!(ring.open("p", "c", &empty).unwrap().is_empty());
}

#[test]
fn a_keyring_is_the_same_after_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let (wrapped, token, key) = {
        let ring = keyring(folder.path());
        let key = ring.data_key();
        (ring.wrap("c", &key), ring.sealing_key("tokens"), key)
    };
    let ring = keyring(folder.path());
    assert_eq!(ring.unwrap("c", &wrapped).unwrap().expose(), key.expose());
    assert_eq!(ring.sealing_key("tokens").expose(), token.expose());
    assert_ne!(ring.sealing_key("pages").expose(), token.expose());
}

#[test]
fn after_a_rotation_old_values_open_and_new_ones_name_the_new_root() {
    let folder = tempfile::tempdir().unwrap();
    let ring = keyring(folder.path());
    let key = ring.data_key();
    let (old, token) = (ring.wrap("c", &key), ring.sealing_key("tokens"));
    rotate(&ring);
    let new = ring.wrap("c", &key);
    assert_ne!(old.as_bytes()[1..5], new.as_bytes()[1..5], "another root's id");
    for ring in [ring, keyring(folder.path())] {
        assert_eq!(ring.unwrap("c", &old).unwrap().expose(), key.expose());
        assert_eq!(ring.unwrap("c", &new).unwrap().expose(), key.expose());
        assert_eq!(ring.sealing_key("tokens").expose(), token.expose(), "tokens go on working");
    }
}

#[test]
fn another_keyrings_values_are_told_apart_from_damaged_ones() {
    let (here, there) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let wrapped = keyring(here.path()).wrap("c", &keyring(here.path()).data_key());
    let refused = keyring(there.path()).unwrap("c", &wrapped).unwrap_err();
    assert!(matches!(refused, KeyError::UnknownRoot { .. }), "{refused}");
}

#[test]
fn an_exposed_or_foreign_keyring_is_refused_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keyring");
    drop(keyring(folder.path()));
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o644)).unwrap();
    let refused = Keyring::open_or_create(&path).unwrap_err();
    assert!(matches!(refused, KeyError::File(SecretFileError::Exposed { mode: 0o644, .. })));

    keys::secret_file::replace(&path, br#"{"version":9}"#).unwrap();
    let refused = Keyring::open_or_create(&path).unwrap_err().to_string();
    assert!(refused.contains("newer version"), "{refused}");
    assert_eq!(keys::secret_file::read(&path).unwrap().as_slice(), br#"{"version":9}"#);
}

#[test]
fn nothing_secret_shows_in_debug_output() {
    let folder = tempfile::tempdir().unwrap();
    let ring = keyring(folder.path());
    let file = keys::secret_file::read(&folder.path().join("keyring")).unwrap();
    let text = String::from_utf8(file.to_vec()).unwrap();
    let secret = text.split('"').find(|word| word.len() == 44).expect("a key in base64");
    assert!(!format!("{ring:?}").contains(&secret[..8]));
    assert!(format!("{ring:?}").contains("RootKey("));
}

#[test]
fn a_fingerprint_is_the_keyrings_the_purposes_and_the_contents_and_outlives_a_rotation() {
    let (folder, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let ring = keyring(folder.path());
    let taken = ring.fingerprint("names", "a", b"rows");
    let others = [
        ring.fingerprint("marks", "a", b"rows"),
        ring.fingerprint("names", "b", b"rows"),
        ring.fingerprint("names", "ar", b"ows"),
        ring.fingerprint("names", "", b"arows"),
        ring.fingerprint("names", "a", b"row"),
        keyring(other.path()).fingerprint("names", "a", b"rows"),
    ];
    assert!(others.iter().all(|other| *other != taken));
    rotate(&ring);
    assert_eq!(ring.fingerprint("names", "a", b"rows"), taken);
    let sealed = ring.seal("p", "c", b"x");
    assert_eq!(keys::root_id_of(&sealed), ring.held().pop());
    assert_eq!(keys::root_id_of(b"plain"), None);
}

#[test]
fn wrapped_keys_of_another_implementation_open() {
    use base64::Engine as _;
    let text = include_str!("../../../tests/object_format/vectors.json");
    let vectors: serde_json::Value = serde_json::from_str(text).unwrap();
    let bytes = |value: &serde_json::Value| hex::decode(value.as_str().unwrap()).unwrap();
    let root = &vectors["root_key"];
    let key = base64::prelude::BASE64_STANDARD.encode(bytes(&root["secret"]));
    let file = serde_json::json!({ "version": 1, "roots": [{ "id": root["id"], "key": key }] });
    let ring = Keyring::parse(&file.to_string()).unwrap();
    let mut opened = 0;
    for object in vectors["objects"].as_array().unwrap() {
        let wrapped = bytes(&object["wrapped"]);
        // The others are empty, or stand for what a key service would have made.
        if wrapped.len() == 81 {
            let context = format!("object:{}", object["object"].as_str().unwrap());
            let wrapped = WrappedKey::from_bytes(&wrapped);
            let key = ring.unwrap(&context, &wrapped).unwrap();
            assert_eq!(key.expose().to_vec(), bytes(&object["data_key"]), "{}", object["name"]);
            assert!(ring.unwrap("object:another", &wrapped).is_err());
            opened += 1;
        }
    }
    assert!(opened > 5, "{opened} keys");
}

#[test]
fn a_root_key_that_was_handed_down_may_be_taken_out() {
    let folder = tempfile::tempdir().unwrap();
    let ring = keyring(folder.path());
    let key = ring.data_key();
    let (wrapped, token) = (ring.wrap("c", &key), ring.sealing_key("tokens"));
    let [old, new] = rotate(&ring);
    let rows = [noted(old, ring.hand_down(old)), noted(new, None)];
    ring.remove(old).unwrap();
    assert_eq!((ring.held(), ring.known()), (vec![new], vec![old, new]));
    assert_eq!(ring.unwrap("c", &wrapped).unwrap().expose(), key.expose(), "this process knows it");

    let after = keyring(folder.path());
    let refused = after.unwrap("c", &wrapped).unwrap_err();
    assert!(matches!(refused, KeyError::UnknownRoot { .. }), "it is not in the file: {refused}");
    after.settle(&rows, new).unwrap();
    assert_eq!(after.unwrap("c", &wrapped).unwrap().expose(), key.expose());
    assert_eq!(after.sealing_key("tokens").expose(), token.expose(), "tokens go on working");
    assert_eq!(after.held(), [new]);

    let stranger = keyring(tempfile::tempdir().unwrap().path());
    let refused = stranger.settle(&rows, new).unwrap_err();
    assert!(matches!(refused, KeyError::UnknownRoot { .. }), "{refused}");
}

#[test]
fn root_keys_are_handed_down_through_several_rotations() {
    let folder = tempfile::tempdir().unwrap();
    let ring = keyring(folder.path());
    let sealed = ring.seal("p", "c", b"x");
    let [first, second] = rotate(&ring);
    let first_down = ring.hand_down(first);
    let third = ring.add().unwrap();
    let rows = [noted(first, first_down), noted(second, None), noted(third, None)];
    ring.settle(&rows, third).unwrap();
    let rows = [rows[0].clone(), noted(second, ring.hand_down(second)), noted(third, None)];
    for old in [first, second] {
        ring.remove(old).unwrap();
    }
    let after = keyring(folder.path());
    after.settle(&rows, third).unwrap();
    assert_eq!(after.known(), [first, second, third], "the first one is under the second");
    assert_eq!(after.open("p", "c", &sealed).unwrap().as_slice(), b"x");
    let swapped = [noted(second, rows[0].handed_down.clone()), noted(third, None)];
    after.settle(&swapped, third).unwrap();
    let other = keyring(folder.path());
    other.settle(&swapped, third).unwrap();
    assert_eq!(other.known(), [third], "a secret opens as that of its own root key alone");
}

#[test]
fn a_keyring_under_a_passphrase_needs_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keyring");
    let sealed = keyring(folder.path()).seal("p", "c", b"x");
    let words = Seal::Passphrase(Passphrase::new("correct horse battery staple"));
    let plain = keys::secret_file::read(&path).unwrap();
    drop(Keyring::open_or_create_under(&path, Some(&words)).unwrap());
    assert_ne!(keys::secret_file::read(&path).unwrap(), plain, "a plain file is sealed");

    let ring = Keyring::open_or_create_under(&path, Some(&words)).unwrap();
    assert_eq!(ring.open("p", "c", &sealed).unwrap().as_slice(), b"x");
    let refused = Keyring::open_or_create(&path).unwrap_err();
    assert!(matches!(refused, KeyError::PassphraseMissing), "{refused}");
    let passphrase = Passphrase::new("correct horse battery");
    let wrong = Seal::Passphrase(passphrase.clone());
    let refused = Keyring::open_or_create_under(&path, Some(&wrong)).unwrap_err();
    assert!(refused.to_string().contains("the passphrase is wrong"), "{refused}");
    assert!(!format!("{ring:?} {words:?}").contains("horse"));

    let exported = ring.export(&passphrase).unwrap();
    let text = std::str::from_utf8(&exported).unwrap();
    let handed = Keyring::parse_under(text, Some(&wrong)).unwrap();
    assert!(handed.stands_in_for(&ring) && ring.stands_in_for(&handed));
    assert!(matches!(handed.add(), Err(KeyError::Handed)));
}

#[test]
fn a_keyring_under_a_kms_key_needs_its_data_key() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keyring");
    let sealed = keyring(folder.path()).seal("p", "c", b"x");
    let arn = "arn:aws:kms:eu-west-1:210987654321:key/1234abcd-12ab-34cd-56ef-1234567890ab";
    let under = |data_key: u8| {
        let wrapped = KmsWrapped { key: KmsKeyArn::parse(arn).unwrap(), ciphertext: vec![5; 9] };
        Seal::Kms(KmsSeal { wrapped, data_key: DataKey::from_bytes([data_key; 32]) })
    };
    drop(Keyring::open_or_create_under(&path, Some(&under(1))).unwrap());
    let text = keys::secret_file::read(&path).unwrap();
    assert_eq!(KmsWrapped::in_text(&text).unwrap().key.to_string(), arn, "a plain file is sealed");

    let ring = Keyring::open_or_create_under(&path, Some(&under(1))).unwrap();
    assert_eq!(ring.open("p", "c", &sealed).unwrap().as_slice(), b"x");
    let added = ring.add().unwrap();
    let again = Keyring::open_handed(&path, Some(&under(1))).unwrap();
    assert!(again.knows(added), "what is added is sealed, too");
    let words = Seal::Passphrase(Passphrase::new("correct horse battery"));
    for without in [None, Some(&words)] {
        let refused = Keyring::open_or_create_under(&path, without).unwrap_err();
        assert!(matches!(&refused, KeyError::KmsMissing { key } if key == arn), "{refused}");
    }
    assert!(Keyring::open_or_create_under(&path, Some(&under(2))).is_err(), "another data key");
}
