//! What an attacker who can write to a place of backups, but has no keyring, can make the registry
//! believe: nothing.

use std::fmt::Write as _;
use std::io::Write as _;

use blobs::{DocumentKind, NewObject, Protection};
use db::testing::Engine;
use db::{Cell, Db, Piece, Table, on_both_engines};
use flate2::Compression;
use flate2::write::GzEncoder;
use names::{Algorithm, Digest, ObjectKey, WrappedKey};
use operations::IfUnsealed;
use operations::backup::{BackupId, BackupPlace, back_up, find, list, names, restore};
use operations::migrate::{MoveError, Outcome, Progress};

use crate::backups::{backed_up, restored};
use crate::fixture::{Wanted, World};
use crate::house::{AGES, Other, busy_world, bytes, keyring, place, push_layer, put_image, view};

on_both_engines!(
    a_backup_that_was_altered_in_any_way_is_refused_by_name,
    nothing_of_a_backup_can_be_read_without_the_keyring,
    forged_files_do_not_have_good_backups_removed_or_left_incomplete,
    an_unsealed_backup_is_taken_only_if_the_operator_says_so,
    objects_that_are_not_those_of_the_rows_are_refused,
);

/// A world whose state changed between its two backups.
pub(crate) async fn two_backups(
    engine: Engine,
    place: &BackupPlace,
) -> (World, Vec<Digest>, [String; 2]) {
    let (world, layers) = busy_world(engine).await;
    let (first, _) = backed_up(&world, place).await;
    let layer = push_layer(&world, "web", &bytes(8, 5_000)).await;
    put_image(&world, "web", &Wanted { layers: vec![layer], ..Wanted::default() }, &["v1"]).await;
    world.clock.forward(AGES);
    world.run_due().await;
    let (second, _) = backed_up(&world, place).await;
    (world, layers, [first, second])
}

pub(crate) async fn read(place: &BackupPlace, kind: DocumentKind, name: &str) -> Vec<u8> {
    place.documents.read(kind, name).await.unwrap().unwrap()
}

pub(crate) async fn put(place: &BackupPlace, kind: DocumentKind, name: &str, bytes: &[u8]) {
    place.documents.put(kind, name, bytes.to_vec()).await.unwrap();
}

/// Tries to restore a backup into an empty place; says why that is refused.
async fn refusal(place: &BackupPlace, id: &str, world: &World, engine: Engine) -> String {
    let other = Other::on(engine, world);
    let manifest = match find(place, &keyring(world), Some(id)).await {
        Ok(manifest) => manifest,
        Err(refused) => return refused.to_string(),
    };
    let (refuse, progress) = (IfUnsealed::Refuse, Progress::default());
    let done = restore(place, &manifest, refuse, &other.operations, &progress).await;
    let refused = done.expect_err("what was altered is refused").to_string();
    let unfinished = operations::migrate::require_complete(other.db()).await;
    assert!(
        unfinished.is_err() || other.is_empty().await,
        "no server starts on what is half there: {refused}"
    );
    refused
}

/// The same bytes with one bit changed.
fn flipped(bytes: &[u8], at: usize) -> Vec<u8> {
    let mut altered = bytes.to_vec();
    altered[at] ^= 0x10;
    altered
}

async fn a_backup_that_was_altered_in_any_way_is_refused_by_name(engine: Engine) {
    let folder = tempfile::tempdir().unwrap();
    let (place, _) = place(&folder);
    let (world, layers, [first, second]) = two_backups(engine, &place).await;
    let wanted = view(world.operations(), &layers).await;

    let manifests = [
        read(&place, DocumentKind::Manifest, &first).await,
        read(&place, DocumentKind::Manifest, &second).await,
    ];
    let whole = &manifests[1];
    let cases = [
        ("rolled back: the older backup under the newer name", manifests[0].clone()),
        ("altered in its middle", flipped(whole, whole.len() / 2)),
        ("altered in its salt", flipped(whole, 20)),
        ("cut", whole[..whole.len() - 1].to_vec()),
        ("lengthened", [&whole[..], b" "].concat()),
        ("emptied of its seal", b"{}\n".to_vec()),
    ];
    for (what, bytes) in cases {
        put(&place, DocumentKind::Manifest, &second, &bytes).await;
        let refused = refusal(&place, &second, &world, engine).await;
        assert!(refused.contains(&format!("backups/{second}: ")), "{what}: {refused}");
        // Another backup is not given instead.
        let newest = find(&place, &keyring(&world), None).await;
        assert!(newest.is_err(), "{what}");
    }
    put(&place, DocumentKind::Manifest, &second, whole).await;

    every_file_of_rows_is_checked(&place, &second, &world, engine).await;

    let other = restored(&place, &second, &world, engine).await;
    assert_eq!(view(&other.operations, &layers).await, wanted, "put back, it is what it was");
}

/// Alters every file of rows of a backup, in turn; puts each in the place of the next; and takes
/// one away.
async fn every_file_of_rows_is_checked(
    place: &BackupPlace,
    backup: &str,
    world: &World,
    engine: Engine,
) {
    let files = files_of(place, backup, world).await;
    for (at, (_, name)) in files.iter().enumerate() {
        let kept = read(place, DocumentKind::Rows, name).await;
        let (_, other) = &files[(at + 1) % files.len()];
        let others = read(place, DocumentKind::Rows, other).await;
        let cases = [
            ("altered", flipped(&kept, kept.len() - 20)),
            ("cut", kept[..kept.len() - 1].to_vec()),
            ("exchanged", others),
            ("unsealed", b"\x1f\x8b".to_vec()),
        ];
        for (what, bytes) in cases.iter().take(if at == 0 { 4 } else { 1 }) {
            put(place, DocumentKind::Rows, name, bytes).await;
            let refused = refusal(place, backup, world, engine).await;
            assert!(refused.contains(&format!("rows/{name}: ")), "{what}: {refused}");
        }
        put(place, DocumentKind::Rows, name, &kept).await;
    }
    let (_, gone) = &files[0];
    let kept = read(place, DocumentKind::Rows, gone).await;
    place.documents.delete(DocumentKind::Rows, gone).await.unwrap();
    let refused = refusal(place, backup, world, engine).await;
    assert!(refused.contains(&format!("rows/{gone}: it is missing")), "{refused}");
    put(place, DocumentKind::Rows, gone, &kept).await;
}

/// The files of a backup that the other backups do not have, with their tables: what its name
/// stands for.
async fn files_of(place: &BackupPlace, id: &str, world: &World) -> Vec<(String, String)> {
    let manifest = find(place, &keyring(world), Some(id)).await.unwrap();
    let json = serde_json::to_value(&manifest).unwrap();
    let mut files = Vec::new();
    for table in json["tables"].as_array().unwrap() {
        for file in table["files"].as_array().unwrap() {
            let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
            files.push((text(&table["table"]), text(file)));
        }
    }
    assert!(files.len() > 5, "{files:?}");
    files
}

async fn nothing_of_a_backup_can_be_read_without_the_keyring(engine: Engine) {
    let folder = tempfile::tempdir().unwrap();
    let (place, _) = place(&folder);
    let (world, ..) = two_backups(engine, &place).await;
    for kind in [DocumentKind::Manifest, DocumentKind::Rows] {
        for name in place.documents.list(kind).await.unwrap() {
            let bytes = read(&place, kind, &name).await;
            assert!(bytes.starts_with(b"LSBACKUP\x02"), "{kind:?} {name}");
            assert_ne!(Digest::sha256(&bytes).hex(), name, "a name tells nothing of the content");
            for word in [&b"table"[..], b"repository", b"\x1f\x8b\x08"] {
                assert!(!bytes.windows(word.len()).any(|part| part == word), "{kind:?} {name}");
            }
        }
    }
    let stranger = Other::with_keyring_of_its_own(engine, &world);
    let refused = find(&place, stranger.operations.keyring(), None).await.unwrap_err();
    let wanted = &keyring(&world).root_ids()[0];
    assert!(
        matches!(&refused, MoveError::BackupOfOtherKeyring { wanted: root, .. } if root == wanted)
    );
}

async fn forged_files_do_not_have_good_backups_removed_or_left_incomplete(engine: Engine) {
    let folder = tempfile::tempdir().unwrap();
    let (place, _) = place(&folder);
    let (world, layers, [first, second]) = two_backups(engine, &place).await;
    let progress = Progress::default();

    // Names of the future, over good content and over none, are not backups to be kept in their
    // stead.
    let good = read(&place, DocumentKind::Manifest, &second).await;
    for (forged, bytes) in [("99991231T235959Z", &good[..]), ("99991231T235958Z", b"{}\n")] {
        put(&place, DocumentKind::Manifest, forged, bytes).await;
        let made = back_up(world.operations(), &place, Some(1), &progress).await.unwrap();
        world.clock.forward(std::time::Duration::from_secs(1));
        let refused = made.pruned.unwrap_err().to_string();
        assert!(refused.contains(&format!("backups/{forged}: ")), "{refused}");
        assert!(refused.contains("old backups were not removed"), "{refused}");
        let there = names(&place).await.unwrap();
        for id in [&first, &second] {
            assert!(there.contains(&BackupId::parse(id).unwrap()), "{id} was removed");
        }
        let listed = list(&place, &keyring(&world)).await.unwrap();
        let refused: Vec<_> = listed.iter().filter(|listed| listed.manifest.is_err()).collect();
        assert_eq!(refused.len(), 1);
        assert_eq!(refused[0].id.as_str(), forged);
        place.documents.delete(DocumentKind::Manifest, forged).await.unwrap();
    }
    // Files that are no backups are not touched.
    put(&place, DocumentKind::Manifest, "notes.txt", b"mine").await;

    // A note that the objects of some rows are there is believed from ourselves alone.
    let layer = push_layer(&world, "web", &bytes(9, 70_000)).await;
    put_image(&world, "web", &Wanted { layers: vec![layer], ..Wanted::default() }, &["v9"]).await;
    let wanted = view(world.operations(), &layers).await;
    let rows = place.documents.list(DocumentKind::Rows).await.unwrap();
    back_up(world.operations(), &place, None, &progress).await.unwrap();
    for name in place.documents.list(DocumentKind::Rows).await.unwrap() {
        if !rows.contains(&name) {
            put(&place, DocumentKind::Progress, &name, b"compared\n").await;
        }
    }
    let mut after = None;
    while let Some(object) = place.blobs.list(after, 1).await.unwrap().pop() {
        place.blobs.delete(&object).await.unwrap();
        after = Some(object);
    }
    for id in names(&place).await.unwrap() {
        place.documents.delete(DocumentKind::Manifest, id.as_str()).await.unwrap();
    }
    world.clock.forward(std::time::Duration::from_secs(5));
    let (id, copied) = backed_up(&world, &place).await;
    assert!(copied > 800_000, "all objects were copied again: {copied}");
    let other = restored(&place, &id, &world, engine).await;
    assert_eq!(view(&other.operations, &layers).await, wanted);
    assert_eq!(read(&place, DocumentKind::Manifest, "notes.txt").await, b"mine");
}

fn json_of(cell: &Cell) -> serde_json::Value {
    use base64::Engine as _;
    match cell {
        Cell::Null => serde_json::Value::Null,
        Cell::Int(number) => (*number).into(),
        Cell::Text(text) => text.as_str().into(),
        Cell::Bytes(bytes) => {
            serde_json::json!({ "b": base64::prelude::BASE64_STANDARD.encode(bytes) })
        }
    }
}

/// A file of rows as the version before wrote it.
fn unsealed_rows(table: &Table, rows: &[Vec<Cell>]) -> (String, Vec<u8>) {
    let mut text = serde_json::json!({ "table": table.name, "columns": table.columns }).to_string();
    for row in rows {
        let row: serde_json::Value = row.iter().map(json_of).collect();
        write!(text, "\n{row}").unwrap();
    }
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(text.as_bytes()).unwrap();
    let bytes = gzip.finish().unwrap();
    (Digest::sha256(&bytes).hex().to_owned(), bytes)
}

/// Puts a backup of the version before in the place of what is there, over the same objects.
async fn leave_unsealed(world: &World, place: &BackupPlace, id: &str) {
    let sealed = find(place, &keyring(world), None).await.unwrap();
    for kind in [DocumentKind::Manifest, DocumentKind::Rows] {
        for name in place.documents.list(kind).await.unwrap() {
            place.documents.delete(kind, &name).await.unwrap();
        }
    }
    let (mut snapshot, mut tables) = (world.db().snapshot().unwrap(), Vec::new());
    let mut files = Vec::new();
    while let Some(piece) = snapshot.next().await.unwrap() {
        match piece {
            Piece::Rows { table, mut rows } => {
                if table.name == "job" {
                    let at = table.position("name").unwrap();
                    let stays = ["abandon_upload", "delete_object"];
                    rows.retain(|row| !row[at].as_text().is_some_and(|name| stays.contains(&name)));
                }
                let (name, bytes) = unsealed_rows(table, &rows);
                put(place, DocumentKind::Rows, &name, &bytes).await;
                files.push(name);
            }
            Piece::End { table, last_generated } => {
                let files = std::mem::take(&mut files);
                tables.push(serde_json::json!({
                    "table": table.name, "last_generated": last_generated, "files": files,
                }));
            }
        }
    }
    let keyring = keyring(world);
    let line = serde_json::json!({
        "format": 1, "id": id, "version": "0.1.0", "schema": Db::schema(),
        "begun_at": 0, "completed_at": 0, "root_keys": keyring.root_ids(),
        "probe": keyring.seal("backup", id, id.as_bytes()), "tables": tables,
        "rows_digest": sealed.rows_digest, "rows": sealed.rows, "objects": sealed.objects,
        "bytes": sealed.bytes, "awaited": [],
    })
    .to_string();
    let hash = Digest::sha256(line.as_bytes());
    let text = format!("{line}\n{}\n", hash.hex());
    put(place, DocumentKind::Manifest, id, text.as_bytes()).await;
}

async fn an_unsealed_backup_is_taken_only_if_the_operator_says_so(engine: Engine) {
    let folder = tempfile::tempdir().unwrap();
    let (place, _) = place(&folder);
    let (world, layers, _) = two_backups(engine, &place).await;
    let wanted = view(world.operations(), &layers).await;
    let old = "20200101T000000Z";
    leave_unsealed(&world, &place, old).await;

    let refused = refusal(&place, old, &world, engine).await;
    assert!(refused.starts_with(&format!("backups/{old} is not sealed: ")), "{refused}");
    assert!(refused.contains("--accept-unsealed"), "{refused}");
    let manifest = find(&place, &keyring(&world), None).await.unwrap();
    let stranger = Other::with_keyring_of_its_own(engine, &world);
    let (accept, progress) = (IfUnsealed::Accept, Progress::default());
    let refused = restore(&place, &manifest, accept, &stranger.operations, &progress).await;
    assert!(matches!(refused, Err(MoveError::OtherKeyring { .. })), "{refused:?}");
    let other = Other::on(engine, &world);
    let done = restore(&place, &manifest, accept, &other.operations, &progress).await;
    assert_eq!(done.unwrap(), Outcome::Completed);
    assert_eq!(view(&other.operations, &layers).await, wanted);

    // The next backup builds on nothing of it, and it goes before any that is sealed: whatever it
    // calls itself.
    let (id, _) = backed_up(&world, &place).await;
    let future = "99991231T235959Z";
    let bytes = read(&place, DocumentKind::Manifest, old).await;
    let line = String::from_utf8(bytes).unwrap().lines().next().unwrap().replace(old, future);
    let hash = Digest::sha256(line.as_bytes());
    let text = format!("{line}\n{}\n", hash.hex());
    put(&place, DocumentKind::Manifest, future, text.as_bytes()).await;
    let made = back_up(world.operations(), &place, Some(2), &progress).await.unwrap();
    let removed: Vec<_> =
        made.pruned.unwrap().backups.iter().map(|id| id.as_str().to_owned()).collect();
    assert_eq!(removed, [old, future]);
    for id in [id.as_str(), made.manifest.id.as_str()] {
        restored(&place, id, &world, engine).await;
    }
}

/// Puts an unsealed object there, with a description that its maker chose.
async fn forge(place: &BackupPlace, object: &ObjectKey, content: &[u8], description: &[u8]) {
    place.blobs.delete(object).await.unwrap();
    let (protection, wrapped) = (Protection::Storage, WrappedKey::from_bytes(&[]));
    let new = NewObject { object: object.clone(), protection, wrapped };
    let mut upload = place.blobs.begin(new, Algorithm::Sha256).unwrap();
    upload.append(content.to_vec().into()).await.unwrap();
    upload.commit(&Digest::sha256(content), description).await.unwrap();
}

async fn objects_that_are_not_those_of_the_rows_are_refused(engine: Engine) {
    let folder = tempfile::tempdir().unwrap();
    let (place, _) = place(&folder);
    let (world, _, [_, second]) = two_backups(engine, &place).await;
    let objects: Vec<ObjectKey> = place.blobs.list(None, 1_000).await.unwrap();
    let mut tried = 0;
    for object in &objects {
        let stored = place.blobs.inspect(object).await.unwrap();
        assert!(stored.sealed, "{object}");
        let root = std::path::Path::new("objects").join(&object.as_str()[..2]);
        let path = folder.path().join(root).join(object.as_str());
        let kept = take_copy(&path);
        let description = br#"{"kind":"image","account":"000000000000","region":"us-east-1","repository":"web","media_type":"a/b","tag":"v1","pushed_at":0,"recorded_at":9000000000000000}"#;
        forge(&place, object, b"of another maker", description).await;
        let other = Other::on(engine, &world);
        let manifest = find(&place, &keyring(&world), Some(&second)).await.unwrap();
        let (refuse, progress) = (IfUnsealed::Refuse, Progress::default());
        let done = restore(&place, &manifest, refuse, &other.operations, &progress).await;
        // Objects of the first backup alone are not looked at.
        if let Err(refused) = done {
            let refused = refused.to_string();
            assert!(refused.contains(&format!("object {object} ")), "{refused}");
            tried += 1;
        }
        put_back(&path, &kept);
    }
    assert!(tried > 6, "{tried} of {} objects", objects.len());
    restored(&place, &second, &world, engine).await;
}

#[expect(clippy::disallowed_methods, reason = "a test acts behind the store's back")]
fn take_copy(object: &std::path::Path) -> Vec<u8> {
    std::fs::read(object).unwrap()
}

#[expect(clippy::disallowed_methods, reason = "a test acts behind the store's back")]
fn put_back(object: &std::path::Path, copy: &[u8]) {
    std::fs::write(object, copy).unwrap();
}
