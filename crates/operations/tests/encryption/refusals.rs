//! Without its key nothing of a repository is read or written.

use std::time::Duration;

use bytes::Bytes;
use db::on_both_engines;
use db::testing::Engine;
use futures_util::StreamExt as _;
use names::{ByteRange, Digest, ImageId, ImageTag};
use operations::{
    BillFormat, Chunk, Door, EncryptionRefusal, Failure, ImageFailure, MountSource, Mounted,
};

use crate::fixture::{puller, repository};
use crate::house::{
    bytes, chunk, code, complete, key, pull, push, push_layer, put, read, refused, world,
};

on_both_engines!(
    a_repository_under_a_key_is_pushed_and_pulled,
    without_its_key_everything_is_refused_and_nothing_else_is,
    a_key_that_is_disabled_elsewhere_is_refused_within_two_seconds,
    a_layer_that_is_being_sent_ends_with_its_key,
    an_upload_under_way_ends_with_its_key_and_continues_with_it,
    without_its_grants_a_repository_is_refused_and_another_is_not,
    a_service_that_does_not_answer_is_not_a_refusal_of_the_key,
    a_warm_path_asks_the_service_nothing,
);

const DISABLED: &str = "DisabledException";

async fn a_repository_under_a_key_is_pushed_and_pulled(engine: Engine) {
    let world = world(engine, &[("web", Some(1))]).await;
    for length in [0, 1, 70_000, 1_500_000] {
        let content = bytes(7, length);
        let manifest = push(&world, "web", &content, "v1").await;
        assert_eq!(pull(&world, "web", "v1").await.unwrap(), manifest.bytes);
        let digest = Digest::sha256(&content);
        assert_eq!(read(&world, "web", &digest).await.unwrap(), content, "{length} bytes");
    }
}

async fn without_its_key_everything_is_refused_and_nothing_else_is(engine: Engine) {
    let world = world(engine, &[("web", Some(1)), ("api", Some(2)), ("plain", None)]).await;
    let content = bytes(1, 300_000);
    for name in ["web", "api", "plain"] {
        push(&world, name, &content, "v1").await;
    }
    let (web, digest) = (repository("web"), Digest::sha256(&content));
    let layers = vec![(digest.clone(), content.len() as u64)];
    let operations = world.operations();
    let id = operations.initiate_layer_upload(&web).await.unwrap();

    world.keys.set_enabled(&key(1), false);
    let disabled = Some(DISABLED.to_owned());
    assert_eq!(code(read(&world, "web", &digest).await), disabled);
    assert_eq!(code(pull(&world, "web", "v1").await), disabled);
    assert_eq!(code(push_layer(&world, "web", b"new").await), disabled);
    assert_eq!(code(put(&world, "web", layers, "v2").await), disabled);
    assert_eq!(code(operations.initiate_layer_upload(&web).await), disabled);
    let appended = operations.append_to_upload(&web, &id, chunk(b"new"), Door::Oci).await;
    assert_eq!(code(appended), disabled);
    assert_eq!(code(complete(&world, "web", &id, &digest).await), disabled);
    let source = MountSource::From(repository("plain").repository);
    assert_eq!(code(operations.mount_blob(&web, &digest, source).await), disabled);
    let ids = vec![ImageId::Tag(ImageTag::parse("v1").unwrap())];
    let referrers = operations.list_image_referrers(&web, &digest, Vec::new(), None, None, 10);
    assert_eq!(code(referrers.await.map(drop)), disabled, "annotations are content");
    let bill = operations.get_image_sbom(&web, ids[0].clone(), BillFormat::CycloneDx);
    assert_eq!(code(bill.await.map(drop)), disabled, "paths are content");
    let images = operations.batch_get_image(&web, ids.clone(), &puller()).await.unwrap();
    let [Err(ImageFailure::Key(EncryptionRefusal::Key { code, message, .. }))] = &images[..] else {
        panic!("{images:?}")
    };
    assert_eq!((code.as_str(), message), (DISABLED, &format!("{} is disabled.", key(1))));
    for name in ["api", "plain"] {
        assert_eq!(read(&world, name, &digest).await.unwrap(), content, "{name} has its key");
        pull(&world, name, "v1").await.unwrap();
    }

    world.keys.set_enabled(&key(1), true);
    assert_eq!(read(&world, "web", &digest).await.unwrap(), content);
    assert!(operations.batch_get_image(&web, ids, &puller()).await.unwrap()[0].is_ok());
    operations.append_to_upload(&web, &id, chunk(b"new"), Door::Oci).await.unwrap();
    complete(&world, "web", &id, &Digest::sha256(b"new")).await.unwrap();
    assert_eq!(read(&world, "web", &Digest::sha256(b"new")).await.unwrap(), b"new");
}

async fn a_key_that_is_disabled_elsewhere_is_refused_within_two_seconds(engine: Engine) {
    let world = world(engine, &[("web", Some(1))]).await;
    let content = bytes(2, 1000);
    push(&world, "web", &content, "v1").await;
    let digest = Digest::sha256(&content);
    read(&world, "web", &digest).await.unwrap();
    world.keys.set_enabled_elsewhere(&key(1), false);
    world.clock.forward(Duration::from_millis(1_900));
    assert_eq!(code(read(&world, "web", &digest).await), Some(DISABLED.to_owned()));
    assert_eq!(code(pull(&world, "web", "v1").await), Some(DISABLED.to_owned()));
    world.keys.set_enabled_elsewhere(&key(1), true);
    read(&world, "web", &digest).await.unwrap();
}

async fn a_layer_that_is_being_sent_ends_with_its_key(engine: Engine) {
    let world = world(engine, &[("web", Some(1))]).await;
    let content = bytes(3, 3_000_000);
    push(&world, "web", &content, "v1").await;
    let (web, digest) = (repository("web"), Digest::sha256(&content));
    let found = world.operations().find_blob(&web, &digest).await.unwrap().unwrap();
    let range = ByteRange::whole(found.size_bytes());
    let mut reader = world.operations().open_blob(&found, range).await.unwrap();
    let first = reader.next().await.unwrap().unwrap();
    assert!(!first.is_empty());
    world.keys.set_enabled(&key(1), false);
    assert_eq!(
        code(reader.next().await.unwrap().map_err(Failure::from)),
        Some(DISABLED.to_owned())
    );
    assert!(reader.next().await.is_none(), "it has ended");
    assert_eq!(
        code(world.operations().open_blob(&found, range).await),
        Some(DISABLED.to_owned()),
        "what was found before is not opened either"
    );
}

async fn an_upload_under_way_ends_with_its_key_and_continues_with_it(engine: Engine) {
    let world = world(engine, &[("web", Some(1))]).await;
    let (web, operations) = (repository("web"), world.operations());
    let content = bytes(4, 900_000);
    let id = operations.initiate_layer_upload(&web).await.unwrap();
    operations.append_to_upload(&web, &id, chunk(&content[..300_000]), Door::Oci).await.unwrap();
    let keys = world.keys.clone();
    let pieces: Vec<Bytes> =
        content[300_000..].chunks(100_000).map(Bytes::copy_from_slice).collect();
    let body =
        futures_util::stream::iter(pieces.into_iter().enumerate()).map(move |(at, piece)| {
            if at == 3 {
                keys.set_enabled(&key(1), false);
            }
            Ok(piece)
        });
    let body = Chunk { first_byte: None, length: None, expected: None, body: Box::pin(body) };
    let appended = operations.append_to_upload(&web, &id, body, Door::Oci).await;
    assert_eq!(code(appended), Some(DISABLED.to_owned()));

    world.keys.set_enabled(&key(1), true);
    let received = operations.find_upload(&web, &id).await.unwrap();
    assert_eq!(received, 300_000, "what was acknowledged before");
    let rest = chunk(&content[300_000..]);
    operations.append_to_upload(&web, &id, rest, Door::Oci).await.unwrap();
    let digest = Digest::sha256(&content);
    complete(&world, "web", &id, &digest).await.unwrap();
    assert_eq!(read(&world, "web", &digest).await.unwrap(), content);
}

async fn without_its_grants_a_repository_is_refused_and_another_is_not(engine: Engine) {
    let world = world(engine, &[("web", Some(1)), ("api", Some(1))]).await;
    let content = bytes(5, 1000);
    push(&world, "web", &content, "v1").await;
    push(&world, "api", &content, "v1").await;
    let digest = Digest::sha256(&content);
    read(&world, "web", &digest).await.unwrap();
    world.keys.revoke(&repository("web"));
    let denied = Some("AccessDeniedException".to_owned());
    assert_eq!(code(read(&world, "web", &digest).await), denied);
    assert_eq!(code(push_layer(&world, "web", b"new").await), denied);
    let shared = read(&world, "api", &digest).await.unwrap();
    assert_eq!(shared, content, "it shares the object, and has its own grants");
}

async fn a_service_that_does_not_answer_is_not_a_refusal_of_the_key(engine: Engine) {
    let world = world(engine, &[("web", Some(1))]).await;
    let content = bytes(6, 1000);
    push(&world, "web", &content, "v1").await;
    let digest = Digest::sha256(&content);
    world.keys.set_away(true);
    let outcome = refused(read(&world, "web", &digest).await);
    assert!(matches!(outcome, Some(EncryptionRefusal::Unavailable { .. })), "{outcome:?}");
    world.keys.set_away(false);
    assert_eq!(read(&world, "web", &digest).await.unwrap(), content);
}

async fn a_warm_path_asks_the_service_nothing(engine: Engine) {
    let world = world(engine, &[("web", Some(1)), ("plain", None)]).await;
    let content = bytes(8, 1000);
    push(&world, "web", &content, "v1").await;
    let digest = Digest::sha256(&content);
    let calls = world.keys.calls();
    for _ in 0..20 {
        read(&world, "web", &digest).await.unwrap();
        pull(&world, "web", "v1").await.unwrap();
        let source = MountSource::From(repository("plain").repository);
        let mounted = world.operations().mount_blob(&repository("web"), &digest, source).await;
        assert_eq!(mounted.unwrap(), Mounted::No);
    }
    assert_eq!(world.keys.calls(), calls);
    push(&world, "plain", &content, "v1").await;
    read(&world, "plain", &digest).await.unwrap();
    assert_eq!(world.keys.calls(), calls, "a repository under no KMS key needs none");
}
