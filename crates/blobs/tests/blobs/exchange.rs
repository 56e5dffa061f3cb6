//! Objects go both ways between us and another implementation of the format, in Python:
//! `tests/object_format/object_format.py`.

use std::path::{Path, PathBuf};
use std::process::Command;

use names::{Digest, ObjectKey};

use crate::support::{BOTH, Fixture, Suite, content, protection};

const SIZES: [usize; 7] = [0, 1, 65_535, 65_536, 65_537, 4 * 65_536, 300_000];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/object_format")
}

fn script() -> PathBuf {
    folder().join("object_format.py")
}

/// What the script printed; `None` if there is no Python.
fn python(what: &str, arguments: &[&str]) -> Option<String> {
    let mut command = Command::new("python3");
    command.env("PYTHONDONTWRITEBYTECODE", "1").arg(script()).args(arguments);
    let ended = match command.output() {
        Ok(ended) => ended,
        Err(why) => {
            stand_ins::skipped(what, &format!("python3 cannot be run: {why}"));
            return None;
        }
    };
    let complaint = String::from_utf8_lossy(&ended.stderr);
    assert!(ended.status.success(), "{what}: {arguments:?}: {complaint}");
    Some(String::from_utf8(ended.stdout).unwrap())
}

/// The data key of the fixture's objects, as the script wants it.
fn data_key(suite: Suite) -> String {
    if suite == Suite::Sealed { "07".repeat(32) } else { "-".to_owned() }
}

fn text(path: &Path) -> &str {
    path.to_str().expect("the path of a test's folder is text")
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "a test looks behind the store's back")]
async fn the_other_implementation_opens_our_objects() {
    let fixture = Fixture::new();
    let copy = fixture.folder.path().join("content");
    for suite in BOTH {
        for size in SIZES {
            let bytes = content(size);
            let object = fixture.store(suite, &bytes).await.object().clone();
            let (key, path) = (data_key(suite), fixture.path(&object));
            let arguments = ["open", object.as_str(), &key, text(&path), text(&copy)];
            let Some(told) = python("objects of ours, in Python", &arguments) else { return };
            let told: serde_json::Value = serde_json::from_str(&told).unwrap();
            let digest = Digest::sha256(&bytes);
            let expected =
                serde_json::json!({ "digest": digest.as_str(), "description": "described" });
            assert_eq!(told, expected, "{suite:?} {size}");
            assert!(std::fs::read(&copy).unwrap() == bytes, "{suite:?} {size}");
        }
    }
}

#[tokio::test]
#[expect(clippy::disallowed_methods, reason = "a test puts files behind the store's back")]
async fn we_open_the_objects_of_the_other_implementation() {
    let fixture = Fixture::new();
    let source = fixture.folder.path().join("content");
    for suite in BOTH {
        for (number, size) in (1..).zip(SIZES) {
            let bytes = content(size);
            std::fs::write(&source, &bytes).unwrap();
            let object = ObjectKey::from_random([number; 16]);
            let path = fixture.path(&object);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            let (key, wrapped) = match suite {
                Suite::Sealed => (data_key(suite), "07".repeat(81)),
                Suite::Storage => (data_key(suite), String::new()),
            };
            let arguments = ["seal", object.as_str(), &key, &wrapped, text(&source), text(&path)];
            if python("objects of Python, here", &arguments).is_none() {
                return;
            }
            let read = fixture.read_whole(&object, suite, size).await.unwrap();
            assert!(read == bytes, "{suite:?} {size}");
            let footer = fixture.blobs.verify(&object, &protection(suite, 7)).await.unwrap();
            assert_eq!(footer.digest, Digest::sha256(&bytes), "{suite:?} {size}");
            fixture.blobs.delete(&object).await.unwrap();
        }
    }
}

#[test]
fn the_vectors_are_what_the_script_prints() {
    let Some(printed) = python("the vectors of the object format", &["vectors"]) else { return };
    let kept = include_str!("../../../../tests/object_format/vectors.json");
    assert!(printed == kept, "run object_format.py vectors > vectors.json");
}
