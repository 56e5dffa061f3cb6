use std::sync::Arc;

use db::on_both_engines;
use db::testing::Engine;
use names::{Digest, Reference};
use operations::IfUnsealed;
use operations::fsck::{self, Depth, Finding};

use crate::fixture::{Wanted, World, parse, puller, repository};
use crate::house::{lose_rows, path_of, put_image, world_with_repositories};

on_both_engines!(what_a_stranger_puts_into_the_store_is_no_record_of_an_image,);

/// Puts an unsealed object into the world's store, with a description that its maker chose.
async fn forge(world: &World, object: &names::ObjectKey, content: &[u8], description: &str) {
    let elsewhere = tempfile::tempdir().unwrap();
    let blobs = blobs::Blobs::new(Arc::new(blobs::LocalStore::open(elsewhere.path()).unwrap()));
    let (protection, wrapped) = (blobs::Protection::Storage, names::WrappedKey::from_bytes(&[]));
    let new = blobs::NewObject { object: object.clone(), protection, wrapped };
    let mut upload = blobs.begin(new, names::Algorithm::Sha256).unwrap();
    upload.append(content.to_vec().into()).await.unwrap();
    upload.commit(&Digest::sha256(content), description.as_bytes()).await.unwrap();
    let name = object.as_str();
    let made = elsewhere.path().join("objects").join(&name[..2]).join(name);
    let shelf = world.folder.path().join("objects/objects").join(&name[..2]);
    std::fs::copy(made, shelf.join(name)).unwrap();
}

fn says(kind: &str, rest: &str) -> String {
    format!(
        r#"{{"kind":"{kind}","account":"123456789012","region":"us-east-1","repository":"web",{rest}}}"#
    )
}

async fn what_a_stranger_puts_into_the_store_is_no_record_of_an_image(engine: Engine) {
    let mut world = world_with_repositories(engine, &["web"]).await;
    let good = put_image(&world, "web", &Wanted { salt: 1, ..Wanted::default() }, &["v1"]).await;
    let other = put_image(&world, "web", &Wanted { salt: 2, ..Wanted::default() }, &[]).await;
    world.run_due().await;
    assert_eq!(world.findings(Depth::Digests).await, []);
    let newest = says(
        "image",
        &format!(
            r#""media_type":"{}","tag":"v1","pushed_at":0,"recorded_at":9000000000000000"#,
            other.media_type
        ),
    );

    // A record that is no longer the one that was written is found while there are rows.
    let records = world.db().read(|tx| tx.list_all_image_records(None, 10)).await;
    let records: Vec<_> = records.map_err(|error: db::DbError| error).unwrap();
    let (.., record) = records.iter().find(|(.., record)| record.tag.is_some()).unwrap();
    let path = path_of(&world, &record.object);
    let kept = take_copy(&path);
    forge(&world, &record.object, &other.bytes, &newest).await;
    let found = world.findings(Depth::Objects).await;
    assert!(
        matches!(&found[..], [Finding::ObjectDamaged { object, .. }] if *object == record.object)
    );
    let wrong_tag = newest.replace("\"v1\"", "\"v2\"");
    forge(&world, &record.object, &good.bytes, &wrong_tag).await;
    let found = world.findings(Depth::Objects).await;
    assert!(found[0].to_string().contains("it says that it is the record of web:v2"), "{found:?}");
    put_back(&path, &kept);

    // Without rows, what is not sealed is not believed: neither an image nor a layer.
    let objects =
        ["0".repeat(32), "1".repeat(32)].map(|key| names::ObjectKey::parse(&key).unwrap());
    forge(&world, &objects[0], &other.bytes, &newest).await;
    forge(&world, &objects[1], b"a layer", &says("layer", r#""key":"default""#)).await;
    lose_rows(&mut world);
    let mut skipped = Vec::new();
    let mut note =
        |object: &names::ObjectKey, why: &str| skipped.push((object.clone(), why.to_owned()));
    let refuse = IfUnsealed::Refuse;
    let made = fsck::rebuild(world.operations(), refuse, &parse, &mut note).await.unwrap();
    assert_eq!((made.images, made.tags, made.layers, made.skipped), (2, 1, 0, 2), "{skipped:?}");
    skipped.sort();
    for ((object, why), forged) in skipped.iter().zip(&objects) {
        assert_eq!(object, forged);
        assert!(why.starts_with("it is not sealed") && why.contains("--accept-unsealed"), "{why}");
    }
    let tag = Reference::parse("v1").unwrap();
    let pulled = world.operations().pull_image(&repository("web"), &tag, &puller()).await.unwrap();
    assert_eq!(pulled.digest, good.digest);
}

#[expect(clippy::disallowed_methods, reason = "a test acts behind the store's back")]
fn take_copy(object: &std::path::Path) -> Vec<u8> {
    std::fs::read(object).unwrap()
}

#[expect(clippy::disallowed_methods, reason = "a test acts behind the store's back")]
fn put_back(object: &std::path::Path, copy: &[u8]) {
    std::fs::write(object, copy).unwrap();
}
