//! What is changed in the folder is named.

use std::fs;
use std::path::{Path, PathBuf};

use db::on_both_engines;
use db::testing::Engine;

use crate::place::{HOUR, Place, home};

on_both_engines!(what_is_changed_is_named);

struct Files {
    root: PathBuf,
    logs: Vec<String>,
    digests: Vec<String>,
}

impl Files {
    fn path(&self, key: &str) -> PathBuf {
        self.root.join(key)
    }
}

/// Puts the text of one file in the place of another's.
fn replace(path: &Path, by: &Path) {
    fs::copy(by, path).unwrap();
}

/// What is done to the files.
type Change = fn(&Files);

#[expect(clippy::disallowed_methods, reason = "a test acts behind the store's back")]
async fn what_is_changed_is_named(engine: Engine) {
    let place = Place::new(engine).await;
    for number in 1..=4 {
        place.keep(&home(), number).await;
        place.pass(HOUR).await;
    }
    let root = place.folder("trail");
    let (digests, logs) =
        place.files("trail").into_iter().partition(|key: &String| key.contains("-Digest/"));
    let files = Files { root: root.clone(), logs, digests };
    assert_eq!((files.logs.len(), files.digests.len()), (4, 4));
    let until = place.status(&home()).await;
    let kept = place.world.folder.path().join("kept");
    copy(&root, &kept);
    #[rustfmt::skip]
    let cases: [(Change, &[&str]); 10] = [
        (|_| (), &[]),
        (|it| replace(&it.path(&it.logs[1]), &it.path(&it.logs[2])), &["Log file", "hash value doesn't match"]),
        (|it| fs::remove_file(it.path(&it.logs[1])).unwrap(), &["Log file", "not found"]),
        (|it| fs::write(it.path(&it.logs[1]), b"no gzip").unwrap(), &["Log file", "invalid format"]),
        (|it| fs::remove_file(it.path(&it.digests[1])).unwrap(), &["Digest file", "not found"]),
        (|it| fs::write(it.path(&it.digests[1]), b"no gzip").unwrap(), &["Digest file", "invalid format"]),
        (|it| replace(&it.path(&it.digests[1]), &it.path(&it.digests[2])), &["Digest file", "has been moved"]),
        (|it| fs::write(it.path(&format!("{}.signature", it.digests[1])),
            br#"{"signature":"00ff","signature-algorithm":"SHA256withRSA"}"#).unwrap(), &["Digest file", "signature verification failed"]),
        (|it| fs::remove_file(it.path(&format!("{}.signature", it.digests[3]))).unwrap(), &["Digest file", "its signature is not beside it"]),
        (|it| {
            fs::remove_file(it.path(&it.digests[3])).unwrap();
            fs::remove_file(it.path(&it.logs[3])).unwrap();
        }, &["Digest file", "the newest are missing"]),
    ];
    for (change, named) in cases {
        fs::remove_dir_all(&root).unwrap();
        copy(&kept, &root);
        change(&files);
        let checked = place.verified_until("trail", until).await;
        let told: Vec<String> = checked.problems.iter().map(ToString::to_string).collect();
        match named {
            [] => assert_eq!(told, [""; 0]),
            words => {
                let is_named = told.iter().any(|it| words.iter().all(|word| it.contains(word)));
                assert!(is_named, "{words:?} is not among {told:?}");
            }
        }
    }
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
