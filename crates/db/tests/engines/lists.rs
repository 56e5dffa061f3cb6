//! Lists continue where they stopped: names are in the order of their bytes, whatever the
//! database's locale.

use db::{DbError, IfTaken, NewImage, NewRepository, RepositoryKey, Tx};
use names::{
    Digest, EncryptionKey, EncryptionType, GrantId, ImageTag, MediaType, ObjectKey, RepositoryName,
    TagMutability, Timestamp, WrappedKey,
};

use crate::house::{House, on_both_engines};
use crate::transactions::registry;

on_both_engines!(names_come_in_the_order_of_their_bytes, values_come_back_as_they_were);

pub(crate) fn now() -> Timestamp {
    Timestamp::from_seconds(1)
}

pub(crate) fn repository(tx: &mut Tx<'_>, name: &str) -> Result<RepositoryKey, DbError> {
    let registry = tx.open_registry(&registry(1), now())?;
    let new = NewRepository {
        name: RepositoryName::parse(name).unwrap(),
        mutability: TagMutability::Mutable,
        exclusion_filters: Vec::new(),
        scan_on_push: true,
        encryption: EncryptionType::Aes256,
        encryption_key: EncryptionKey::default(),
        kms_grants: vec![GrantId::from_random([1; 32]), GrantId::from_random([2; 32])],
    };
    Ok(tx.insert_repository(registry, &new, now())?.expect("the name is free"))
}

pub(crate) fn image(repository: RepositoryKey, manifest: &[u8]) -> NewImage {
    NewImage {
        repository,
        digest: Digest::sha256(manifest),
        media_type: MediaType::parse("application/vnd.oci.image.manifest.v1+json").unwrap(),
        artifact_type: None,
        config_media_type: None,
        size_bytes: 1 << 40,
        subject: None,
        annotations: Some("{\"\u{1f6a2}\":\"\\u0000\"}".to_owned()),
        manifest: manifest.to_vec(),
    }
}

/// A locale would put `_b` before `A`, `a.b` beside `ab`, and upper case beside lower case.
const TAGS: [&str; 9] = ["1.10", "1.9", "A", "B", "_b", "a", "a-b", "a.b", "ab"];

async fn names_come_in_the_order_of_their_bytes(house: &House) {
    let db = house.open();
    let key = db
        .write(|tx| {
            let repository = repository(tx, "web")?;
            let new = image(repository, b"{}");
            let digest = new.digest.clone();
            let image = tx.insert_image(&new, now())?;
            for tag in TAGS.iter().rev() {
                let tag = ImageTag::parse(tag).unwrap();
                tx.point_tag(repository, &tag, (image, &digest), IfTaken::Refuse, None)?;
            }
            Ok::<_, DbError>(repository)
        })
        .await
        .unwrap();
    let mut seen: Vec<String> = Vec::new();
    loop {
        let after = seen.last().cloned().unwrap_or_default();
        let page: Result<_, DbError> = db.read(move |tx| tx.list_tags(key, &after, 2)).await;
        let page = page.unwrap();
        if page.is_empty() {
            break;
        }
        seen.extend(page.into_iter().map(|tag| tag.as_str().to_owned()));
    }
    assert_eq!(seen, TAGS);
    let after: Result<_, DbError> = db
        .read(move |tx| {
            let tags = tx.list_tags(key, "a\0z", 1)?;
            Ok((tags, tx.list_repositories(&registry(1), Some("we\0"), 1)?.len()))
        })
        .await;
    let (tags, repositories) = after.unwrap();
    assert_eq!((tags[0].as_str(), repositories), ("a-b", 1), "a client may ask for any bytes");
}

async fn values_come_back_as_they_were(house: &House) {
    let db = house.open();
    let manifest: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let pushed = manifest.clone();
    let key = db
        .write(move |tx| {
            let repository = repository(tx, "web")?;
            tx.insert_image(&image(repository, &pushed), Timestamp::from_micros(-1))?;
            Ok::<_, DbError>(repository)
        })
        .await
        .unwrap();
    let digest = Digest::sha256(&manifest);
    let found: Result<_, DbError> =
        db.read(move |tx| Ok((tx.find_image(key, &digest)?, tx.pull_image(key, &digest)?))).await;
    let (Some(image), Some(pulled)) = found.unwrap() else { panic!("it is there") };
    assert_eq!(pulled.manifest, manifest);
    assert_eq!(pulled.pulled_at, None);
    assert_eq!((image.size_bytes, image.tag_count), (1 << 40, 0));
    assert_eq!(image.pushed_at, Timestamp::from_micros(-1));
    let known = |object: ObjectKey| {
        let db = db.clone();
        async move {
            let known: Result<_, DbError> = db.read(move |tx| tx.object_is_known(&object)).await;
            known.unwrap()
        }
    };
    let object = ObjectKey::from_random([1; 16]);
    assert!(!known(object.clone()).await);
    let (name, kept) = (image.digest, object.clone());
    let written: Result<_, DbError> = db
        .write(move |tx| {
            let registry = tx.open_registry(&registry(1), now())?;
            let blob = db::NewBlob {
                registry,
                encryption_key: EncryptionKey::default(),
                digest: name.clone(),
                size_bytes: 1,
                object: kept.clone(),
                wrapped_key: WrappedKey::from_bytes(&[0, 255]),
            };
            tx.insert_blob(&blob, now())
        })
        .await;
    written.unwrap();
    assert!(known(object).await);
}
