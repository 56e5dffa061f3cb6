//! What is under a KMS key moves even while no one may use the key, and is there when it is enabled
//! again.

use std::os::unix::fs::FileExt as _;
use std::path::{Path, PathBuf};

use db::on_both_engines;
use db::testing::Engine;
use names::{Digest, EncryptionKey, KmsKeyArn, KmsKeyId};
use operations::backup::back_up;
use operations::migrate::{Outcome, Progress, migrate};
use operations::{Failure, Refusal, RepositorySettings};
use tempfile::TempDir;

use crate::backups::{backed_up, restored};
use crate::fixture::{Wanted, World, repository};
use crate::house::{Other, bytes, place, push_layer, put_image, view};

on_both_engines!(
    a_disabled_key_holds_up_no_migration,
    a_disabled_key_holds_up_no_backup,
    a_service_that_does_not_answer_holds_up_no_backup,
    a_damaged_copy_is_replaced_without_its_key,
);

/// A repository under a key and one that is not, with a layer of their own each.
async fn world_under_a_key(engine: Engine) -> (World, KmsKeyArn, Vec<Digest>) {
    let world = World::new(engine);
    let key =
        KmsKeyArn { registry: repository("web").registry, id: KmsKeyId::from_random([1; 16]) };
    let settings = RepositorySettings {
        encryption_key: EncryptionKey::from(&key),
        ..RepositorySettings::default()
    };
    world.operations().create_repository(&repository("web"), settings).await.unwrap();
    let settings = RepositorySettings::default();
    world.operations().create_repository(&repository("other"), settings).await.unwrap();
    let secret = push_layer(&world, "web", &bytes(1, 200_000)).await;
    let wanted = Wanted { layers: vec![secret.clone()], ..Wanted::default() };
    put_image(&world, "web", &wanted, &["v1"]).await;
    let open = push_layer(&world, "other", &bytes(2, 3_000)).await;
    put_image(&world, "other", &Wanted { layers: vec![open], ..Wanted::default() }, &["v1"]).await;
    world.run_due().await;
    (world, key, vec![secret.0])
}

/// Why a pull of the layer is refused; `None` if it is not.
async fn refused(other: &Other, layer: &Digest) -> Option<String> {
    let found = other.operations.find_blob(&repository("web"), layer).await;
    match found {
        Ok(_) => None,
        Err(Failure::Refused(Refusal::Encryption(refusal))) => Some(refusal.to_string()),
        Err(failure) => panic!("{failure:?}"),
    }
}

fn disabled(key: &KmsKeyArn) -> String {
    format!("{key} is disabled.")
}

async fn a_disabled_key_holds_up_no_migration(engine: Engine) {
    let (world, key, layers) = world_under_a_key(Engine::Sqlite).await;
    let wanted = view(world.operations(), &layers).await;
    world.keys.set_enabled(&key, false);
    let other = Other::on(engine, &world);
    let progress = Progress::default();
    let moved = migrate(world.operations(), &other.operations, &progress).await;
    assert_eq!(moved.unwrap(), Outcome::Completed);
    assert_eq!(progress.unchecked(), [(disabled(&key), 2)], "the layer, and the record");
    assert_eq!(refused(&other, &layers[0]).await, Some(disabled(&key)));
    world.keys.set_enabled(&key, true);
    assert_eq!(view(&other.operations, &layers).await, wanted);
    assert_eq!(other.findings().await, Vec::<String>::new());
}

async fn a_disabled_key_holds_up_no_backup(engine: Engine) {
    let (world, key, layers) = world_under_a_key(engine).await;
    let wanted = view(world.operations(), &layers).await;
    let folder = tempfile::tempdir().unwrap();
    let (place, _) = place(&folder);
    world.keys.set_enabled(&key, false);
    let (id, copied) = backed_up(&world, &place).await;
    assert!(copied > 203_000, "{copied}");
    world.keys.set_enabled(&key, true);
    let other = restored(&place, &id, &world, engine).await;
    assert_eq!(view(&other.operations, &layers).await, wanted);
}

async fn a_service_that_does_not_answer_holds_up_no_backup(engine: Engine) {
    let (world, _, layers) = world_under_a_key(engine).await;
    let wanted = view(world.operations(), &layers).await;
    let folder = tempfile::tempdir().unwrap();
    let (place, _) = place(&folder);
    world.keys.set_away(true);
    let (id, _) = backed_up(&world, &place).await;
    world.keys.set_away(false);
    let other = restored(&place, &id, &world, engine).await;
    assert_eq!(view(&other.operations, &layers).await, wanted);
}

/// A run that finds the files of an earlier one, whose notes are lost, trusts none of them.
async fn a_damaged_copy_is_replaced_without_its_key(engine: Engine) {
    let (world, key, layers) = world_under_a_key(engine).await;
    let wanted = view(world.operations(), &layers).await;
    let folder = tempfile::tempdir().unwrap();
    world.keys.set_enabled(&key, false);
    backed_up(&world, &place(&folder).0).await;
    keep_objects_alone(&folder);
    let objects = folder.path().join("objects");
    let largest = files(&objects).into_iter().max_by_key(|path| path.metadata().unwrap().len());
    let largest = largest.expect("there are objects");
    let file = std::fs::OpenOptions::new().write(true).open(&largest).unwrap();
    file.write_all_at(b"otherwise", 100_000).unwrap();
    let (place, _) = place(&folder);
    let progress = Progress::default();
    let made = back_up(world.operations(), &place, None, &progress).await.unwrap();
    assert_eq!(progress.unchecked(), [(disabled(&key), 2)]);
    let copied = progress.figures().copied_bytes;
    assert!((200_000..203_000).contains(&copied), "only the damaged one: {copied}");
    world.keys.set_enabled(&key, true);
    let other = restored(&place, made.manifest.id.as_str(), &world, engine).await;
    assert_eq!(view(&other.operations, &layers).await, wanted);
}

fn keep_objects_alone(folder: &TempDir) {
    for entry in std::fs::read_dir(folder.path()).unwrap() {
        let entry = entry.unwrap();
        if entry.file_name() != "objects" && entry.file_type().unwrap().is_dir() {
            std::fs::remove_dir_all(entry.path()).unwrap();
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let folders = std::fs::read_dir(folder).unwrap();
    let files = folders.flat_map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap());
    files.map(|file| file.unwrap().path()).collect()
}
