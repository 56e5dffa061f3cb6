//! Registries that share a keyring, and whose backups meet in one place.

use std::time::Duration;

use blobs::DocumentKind;
use db::on_both_engines;
use db::testing::Engine;
use operations::backup::{back_up, find, require_registry};
use operations::migrate::{MoveError, Progress};

use crate::backups::restored;
use crate::forgeries::{put, read, two_backups};
use crate::house::{Other, keyring, place};

on_both_engines!(
    backups_of_two_registries_with_one_keyring_are_told_apart,
    a_backup_of_another_registry_with_the_same_keyring_is_not_restored,
);

async fn backups_of_two_registries_with_one_keyring_are_told_apart(engine: Engine) {
    let folder = tempfile::tempdir().unwrap();
    let (place, _) = place(&folder);
    let (world, _, [_, second]) = two_backups(engine, &place).await;
    // What came out of a backup goes on where it was made.
    let again = restored(&place, &second, &world, engine).await;
    back_up(&again.operations, &place, None, &Progress::default()).await.unwrap();
    let another = Other::on(engine, &world);
    let refused = back_up(&another.operations, &place, Some(1), &Progress::default()).await;
    let refused = refused.unwrap_err().to_string();
    assert!(refused.contains("is a backup of another registry"), "{refused}");
}

async fn a_backup_of_another_registry_with_the_same_keyring_is_not_restored(engine: Engine) {
    let (ours, theirs) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (ours, theirs) = (place(&ours).0, place(&theirs).0);
    let (world, _, [_, newest]) = two_backups(engine, &ours).await;
    let keyring = keyring(&world);
    let good = find(&ours, &keyring, Some(&newest)).await.unwrap();
    require_registry(&ours, &keyring, &good, None).await.expect("all are of one registry");

    world.clock.forward(Duration::from_mins(1));
    let another = Other::on(engine, &world);
    let made = back_up(&another.operations, &theirs, None, &Progress::default()).await.unwrap();
    let id = made.manifest.id.to_string();
    let planted = read(&theirs, DocumentKind::Manifest, &id).await;
    put(&ours, DocumentKind::Manifest, &id, &planted).await;

    let found = find(&ours, &keyring, None).await.unwrap();
    assert_eq!(found.id.to_string(), id, "it is the newest");
    for manifest in [&found, &good] {
        let refused = require_registry(&ours, &keyring, manifest, None).await;
        assert!(matches!(refused, Err(MoveError::TwoRegistries { .. })), "{refused:?}");
    }
    let wanted = Some(good.deployment.as_str());
    let refused = require_registry(&ours, &keyring, &found, wanted).await;
    assert!(matches!(refused, Err(MoveError::NotOfRegistry { .. })), "{refused:?}");
    require_registry(&ours, &keyring, &good, wanted).await.expect("it is named");
}
