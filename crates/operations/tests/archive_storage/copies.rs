//! Checks, rebuilds, backups and moves know both places.

use std::sync::Arc;

use blobs::{Blobs, Documents, LocalDocuments, LocalStore};
use db::testing::Engine;
use db::{DbError, on_both_engines};
use jobs::{Lane, Runner};
use keys::Keyring;
use names::ImageStatus;
use operations::backup::{BackupPlace, back_up, find, restore};
use operations::fsck::{self, Depth, Finding, Repaired};
use operations::migrate::{MoveError, Outcome, Progress, migrate};
use operations::{AtRest, IfUnsealed, Operations, Stored};
use tempfile::TempDir;

use crate::fixture::{World, parse};
use crate::house::{House, STANDARD, bytes};

on_both_engines!(
    a_check_sees_what_is_missing_from_the_archive_storage,
    what_an_active_image_needs_is_brought_back_by_a_repair,
    a_rebuild_finds_archived_images,
    backups_and_moves_take_archived_bytes_along,
);

/// One image that is archived, with its bytes, and one that is not.
async fn house(engine: Engine) -> House {
    let house = House::new(engine).await;
    house.push(&house.web, "v1", &[&bytes(1, 5_000)]).await;
    house.push(&house.web, "v2", &[&bytes(2, 100)]).await;
    house.archive(&house.web, "v1").await;
    assert_eq!(house.bytes().await, (100, 5_000));
    house
}

async fn a_check_sees_what_is_missing_from_the_archive_storage(engine: Engine) {
    let house = house(engine).await;
    let archived = house.world.db().read(|tx| tx.find_some_archived_blobs(10)).await.unwrap();
    let folder = house.world.folder.path().join("archive/objects");
    let object = archived[0].object.as_str();
    let path = folder.join(&object[..2]).join(object);
    std::fs::rename(&path, folder.join("ff").join("f".repeat(32))).unwrap();
    let found = house.world.findings(Depth::Objects).await;
    assert!(
        matches!(&found[..], [Finding::ObjectMissing { .. }, Finding::UnknownObject { .. }]),
        "{found:?}"
    );
    let repaired = fsck::repair(house.world.operations(), &found[1]).await.unwrap();
    assert_eq!((repaired, house.archived_objects()), (Repaired::Yes, 0));
}

async fn what_an_active_image_needs_is_brought_back_by_a_repair(engine: Engine) {
    let house = house(engine).await;
    let all = operations::ImageFilter { status: None, tags: operations::TagStatus::Any };
    let list = house.world.operations().list_described_images(&house.web, all, None, 10).await;
    let archived = list.unwrap().rows.into_iter().map(|row| row.image);
    let archived = archived.filter(|image| image.status == ImageStatus::Archived);
    let key = archived.map(|image| image.key).next().unwrap();
    let now = names::Timestamp::from_seconds(1);
    let broken: Result<(), DbError> =
        house.world.db().write(move |tx| tx.activate_image(key, now)).await;
    broken.unwrap();
    let wrong: Result<(), DbError> = house
        .world
        .db()
        .write(|tx| tx.put_total(db::Total::Standard, db::Counted { number: 7, bytes: 7 }))
        .await;
    wrong.unwrap();
    let found = house.world.findings(Depth::Objects).await;
    assert!(
        matches!(&found[..], [Finding::TotalWrong { .. }, Finding::BytesArchived { .. }]),
        "{found:?}"
    );
    for finding in &found {
        assert_eq!(
            fsck::repair(house.world.operations(), finding).await.unwrap(),
            Repaired::Yes,
            "{finding}"
        );
    }
    house.settle().await;
    assert_eq!(house.bytes().await, (5_100, 0));
    house.is_in_order().await;
}

async fn a_rebuild_finds_archived_images(engine: Engine) {
    let mut house = house(engine).await;
    house.world.stop();
    house.world.rows.lose();
    house.world.restart();
    assert!(fsck::rows_are_lost(house.world.operations()).await.unwrap());
    let mut skipped = Vec::new();
    let mut note = |object: &names::ObjectKey, why: &str| skipped.push(format!("{object}: {why}"));
    let (operations, refuse) = (house.world.operations(), IfUnsealed::Refuse);
    let made = fsck::rebuild(operations, refuse, &parse, &mut note).await.unwrap();
    assert_eq!((made.layers, made.images, made.tags), (2, 2, 2));
    assert_eq!(skipped, Vec::<String>::new());
    assert_eq!(house.bytes().await, (100, 5_000));
    assert!(house.can_be_pulled(&house.web, "v2").await);
    assert!(!house.can_be_pulled(&house.web, "v1").await);
    house.is_in_order().await;
    house.update(&house.web, "v1", STANDARD).await;
    house.world.run_due().await;
    assert!(house.can_be_pulled(&house.web, "v1").await);
    house.settle().await;
    house.is_in_order().await;
}

/// Another installation.
struct Other {
    _folder: TempDir,
    db: db::Db,
    operations: Arc<Operations>,
}

fn other(engine: Engine, world: &World, has_archive: bool) -> Other {
    let folder = tempfile::tempdir().unwrap();
    let db = engine.rows(folder.path()).open();
    let store =
        |name: &str| Blobs::new(Arc::new(LocalStore::open(&folder.path().join(name)).unwrap()));
    let keyring = Keyring::open_or_create(&world.folder.path().join("keyring")).unwrap();
    let (blobs, keyring) = (store("objects"), Arc::new(keyring));
    let operations =
        Operations::new(db.clone(), blobs, keyring, world.clock.clone(), AtRest::Sealed);
    let archive = has_archive.then(|| store("archive"));
    let operations = Arc::new(operations.archiving_to(archive));
    Other { _folder: folder, db, operations }
}

impl Other {
    async fn bytes(&self) -> (u64, u64) {
        let Stored { standard_bytes, archive_bytes, .. } = self.operations.stored().await.unwrap();
        (standard_bytes, archive_bytes)
    }

    /// The image that was archived can be restored, and nothing is wrong.
    async fn is_whole(&self, house: &House, wanted: (u64, u64)) {
        assert_eq!(self.bytes().await, wanted);
        let mut found = Vec::new();
        let mut report = |finding: Finding| found.push(finding.to_string());
        fsck::check(&self.operations, Depth::Digests, &parse, &mut report).await.unwrap();
        assert_eq!(found, Vec::<String>::new());
        let id = names::ImageId::Tag(names::ImageTag::parse("v1").unwrap());
        self.operations.update_image_storage_class(&house.web, id, STANDARD).await.unwrap();
        let clock = house.world.clock.clone();
        let runner = Runner::new(Lane::Archiving, self.db.clone(), self.operations.clone(), clock);
        while runner.run_due().await.unwrap() > 0 {}
        assert_eq!(self.bytes().await, TOGETHER);
    }
}

const APART: (u64, u64) = (100, 5_000);
const TOGETHER: (u64, u64) = (5_100, 0);

async fn backups_and_moves_take_archived_bytes_along(engine: Engine) {
    let mut house = house(engine).await;
    let folder = tempfile::tempdir().unwrap();
    let documents = Documents::new(Arc::new(LocalDocuments::new(folder.path())));
    let blobs = Blobs::new(Arc::new(LocalStore::open(folder.path()).unwrap()));
    let place = BackupPlace { documents, blobs };
    back_up(house.world.operations(), &place, None, &Progress::default()).await.unwrap();
    for (has_archive, wanted) in [(true, APART), (false, TOGETHER)] {
        let to = other(engine, &house.world, has_archive);
        let (refuse, progress) = (IfUnsealed::Refuse, Progress::default());
        let manifest = find(&place, to.operations.keyring(), None).await.unwrap();
        let done = restore(&place, &manifest, refuse, &to.operations, &progress).await;
        assert_eq!(done.unwrap(), Outcome::Completed);
        to.is_whole(&house, wanted).await;

        let to = other(engine, &house.world, has_archive);
        let from = house.world.operations();
        let done = migrate(from, &to.operations, &Progress::default()).await;
        assert_eq!(done.unwrap(), Outcome::Completed);
        to.is_whole(&house, wanted).await;
    }
    house.world.restart_with_archive(false);
    let to = other(engine, &house.world, true);
    let refused = migrate(house.world.operations(), &to.operations, &Progress::default()).await;
    assert!(matches!(refused, Err(MoveError::NoArchiveStorage)), "{refused:?}");
    let refused = back_up(house.world.operations(), &place, None, &Progress::default()).await;
    assert!(refused.is_ok(), "an earlier backup has it");
}
