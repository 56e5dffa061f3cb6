//! Equal layers of which one is damaged, and a change of keys.

use db::on_both_engines;
use db::testing::Engine;
use names::{Digest, RekeyStage, Timestamp};
use operations::fsck::Depth;

use crate::house::{bytes, objects_of, push, read, world};
use crate::rekeying::{progress, rekey, settle};

on_both_engines!(a_damaged_layer_under_the_new_key_is_replaced);

async fn a_damaged_layer_under_the_new_key_is_replaced(engine: Engine) {
    let world = world(engine, &[("web", Some(1)), ("api", Some(2))]).await;
    let content = bytes(1, 1000);
    let digest = Digest::sha256(&content);
    push(&world, "api", &content, "v1").await;
    let damaged = objects_of(&world, &digest).await.remove(0);
    let noted = move |tx: &mut db::Tx<'_>| tx.note_damage(&damaged, Timestamp::from_micros(1));
    assert_eq!(world.db().write(noted).await.unwrap(), Some(digest.clone()));
    push(&world, "web", &content, "v1").await;
    rekey(&world, "web", Some(2)).await;
    settle(&world).await;
    assert_eq!(progress(&world, "web").await.stage, RekeyStage::Done);
    let blobs = world.db().read(|tx| tx.list_blobs(None, 100)).await.unwrap();
    assert!(blobs.iter().all(|blob| blob.damaged_at.is_none()), "{blobs:?}");
    for name in ["web", "api"] {
        assert_eq!(read(&world, name, &digest).await.unwrap(), content, "{name}");
    }
    assert_eq!(world.findings(Depth::Digests).await, []);
}
