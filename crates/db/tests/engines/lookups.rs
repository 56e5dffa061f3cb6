//! A look-up sees everything acknowledged before, even on a shared connection.

use db::{Db, DbError, IfTaken, PulledImage, RepositoryBlob, Upload};
use names::{Digest, ImageTag, RegistryId, RepositoryArn, RepositoryName, UploadId};

use crate::house::{House, on_both_engines};
use crate::lists::{image, now, repository};
use crate::transactions::registry;

on_both_engines!(
    a_lookup_sees_what_was_acknowledged,
    a_lookup_that_fails_harms_no_later_one,
    a_lookup_of_what_is_not_there_finds_nothing,
);

fn web() -> RepositoryArn {
    let registry: RegistryId = registry(1);
    RepositoryArn { registry, repository: RepositoryName::parse("web").unwrap() }
}

fn latest() -> ImageTag {
    ImageTag::parse("latest").unwrap()
}

/// Points the tag to an image of its own.
async fn move_tag(db: &Db, manifest: String) -> Result<Digest, DbError> {
    db.write(move |tx| {
        let found = tx.find_repository(&web().registry, &web().repository)?;
        let key = found.map_or_else(|| repository(tx, "web"), |found| Ok(found.key))?;
        let new = image(key, manifest.as_bytes());
        let digest = new.digest.clone();
        let image = tx.insert_image(&new, now())?;
        tx.point_tag(key, &latest(), (image, &digest), IfTaken::Move, None)?;
        Ok(digest)
    })
    .await
}

async fn pulled(db: &Db) -> Result<Option<Digest>, DbError> {
    let found = db.look_up(&PulledImage::by_tag(&web(), &latest())).await?;
    Ok(found.map(|(_, image)| image.digest))
}

async fn a_lookup_sees_what_was_acknowledged(house: &House) {
    let (db, other) = (house.open(), house.try_open().ok());
    assert_eq!(pulled(&db).await.unwrap(), None);
    for number in 0..30 {
        let moved = move_tag(&db, format!("{{\"number\":{number}}}")).await.unwrap();
        for db in [Some(&db), other.as_ref()].into_iter().flatten() {
            assert_eq!(pulled(db).await.unwrap(), Some(moved.clone()), "{number}");
        }
        let all = (0..20).map(|_| pulled(&db));
        for found in futures_util::future::join_all(all).await {
            assert_eq!(found.unwrap(), Some(moved.clone()), "{number}, asked at once");
        }
        let by_digest = db.look_up(&PulledImage::by_digest(&web(), &moved)).await.unwrap();
        assert_eq!(by_digest.unwrap().1.digest, moved);
    }
}

async fn a_lookup_that_fails_harms_no_later_one(house: &House) {
    let db = house.open();
    let moved = move_tag(&db, "{}".to_owned()).await.unwrap();
    for _ in 0..3 {
        assert_eq!(pulled(&db).await.unwrap(), Some(moved.clone()));
        house.alter("ALTER TABLE image_tag RENAME TO elsewhere");
        for _ in 0..5 {
            let failed = pulled(&db).await;
            assert!(matches!(failed, Err(DbError::Engine { .. })), "{failed:?}");
        }
        house.alter("ALTER TABLE elsewhere RENAME TO image_tag");
        for _ in 0..5 {
            assert_eq!(pulled(&db).await.unwrap(), Some(moved.clone()));
        }
    }
}

async fn a_lookup_of_what_is_not_there_finds_nothing(house: &House) {
    let db = house.open();
    move_tag(&db, "{}".to_owned()).await.unwrap();
    let nowhere = RepositoryArn { repository: RepositoryName::parse("no").unwrap(), ..web() };
    let digest = Digest::sha256(b"nothing");
    let id = UploadId::from_random([1; 16]);
    for (arn, is_there) in [(web(), true), (nowhere, false)] {
        assert!(db.look_up(&PulledImage::by_digest(&arn, &digest)).await.unwrap().is_none());
        assert!(db.look_up(&Upload::by_id(&arn, &id)).await.unwrap().is_none());
        let found = db.look_up(&RepositoryBlob::by_digest(&arn, &digest)).await.unwrap();
        assert_eq!(found.is_some(), is_there, "the repository is told without the blob");
        assert!(found.is_none_or(|found| found.blob.is_none()));
    }
}
