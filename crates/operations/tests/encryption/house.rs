//! A world with repositories under keys.

use db::testing::Engine;
use names::{
    ByteRange, Digest, EncryptionKey, ImageTag, KmsKeyArn, KmsKeyId, ObjectKey, Reference,
};
use operations::{
    Chunk, Completion, Door, EncryptionRefusal, Failure, IfSame, NewLayer, PushedManifest,
    PutImage, Refusal, RepositorySettings,
};

use crate::fixture::{Wanted, World, body, manifest, puller, pusher, repository};

/// One of the keys that tests use.
pub(crate) fn key(number: u8) -> KmsKeyArn {
    KmsKeyArn { registry: repository("any").registry, id: KmsKeyId::from_random([number; 16]) }
}

/// A world with a repository for each of these names and keys.
pub(crate) async fn world(engine: Engine, repositories: &[(&str, Option<u8>)]) -> World {
    let world = World::new(engine);
    for (name, number) in repositories {
        create(&world, name, *number).await;
    }
    world
}

pub(crate) async fn create(world: &World, name: &str, number: Option<u8>) {
    let encryption_key = match number {
        Some(number) => EncryptionKey::from(&key(number)),
        None => EncryptionKey::default(),
    };
    let settings = RepositorySettings { encryption_key, ..Default::default() };
    world.operations().create_repository(&repository(name), settings).await.unwrap();
}

pub(crate) fn chunk(bytes: &[u8]) -> Chunk {
    Chunk { first_byte: None, length: Some(bytes.len() as u64), expected: None, body: body(bytes) }
}

/// Bytes that differ by seed.
pub(crate) fn bytes(seed: u8, length: usize) -> Vec<u8> {
    (0..=250_u8).cycle().take(length).map(|byte| byte.wrapping_add(seed.wrapping_mul(31))).collect()
}

/// What a verb refused about a key; anything else that went wrong is a failure of the test.
pub(crate) fn refused<T>(outcome: Result<T, Failure>) -> Option<EncryptionRefusal> {
    match outcome {
        Ok(_) => None,
        Err(Failure::Refused(Refusal::Encryption(refusal))) => Some(refusal),
        Err(failure) => panic!("{failure:?}"),
    }
}

/// The code of KMS's refusal.
pub(crate) fn code<T>(outcome: Result<T, Failure>) -> Option<String> {
    refused(outcome).map(|refusal| match refusal {
        EncryptionRefusal::Key { code, .. } => code,
        other => panic!("{other:?}"),
    })
}

pub(crate) async fn push_layer(
    world: &World,
    name: &str,
    content: &[u8],
) -> Result<Digest, Failure> {
    let digest = Digest::sha256(content);
    let pushed = world.operations().upload_layer(&repository(name), &digest, chunk(content)).await;
    pushed.map(|_| digest)
}

pub(crate) async fn put(
    world: &World,
    name: &str,
    layers: Vec<(Digest, u64)>,
    tag: &str,
) -> Result<PushedManifest, Failure> {
    let manifest = manifest(&Wanted { layers, ..Wanted::default() });
    let tags = vec![ImageTag::parse(tag).unwrap()];
    let put = PutImage { manifest: manifest.clone(), tags, if_same: IfSame::Accept };
    world.operations().put_image(&repository(name), put, &pusher()).await.map(|()| manifest)
}

/// Pushes an image of one layer.
pub(crate) async fn push(world: &World, name: &str, content: &[u8], tag: &str) -> PushedManifest {
    let digest = push_layer(world, name, content).await.unwrap();
    put(world, name, vec![(digest, content.len() as u64)], tag).await.unwrap()
}

pub(crate) async fn pull(world: &World, name: &str, tag: &str) -> Result<Vec<u8>, Failure> {
    let tag = Reference::Tag(ImageTag::parse(tag).unwrap());
    let pulled = world.operations().pull_image(&repository(name), &tag, &puller()).await;
    pulled.map(|image| image.manifest)
}

/// The bytes of a layer as a pull gets them.
pub(crate) async fn read(world: &World, name: &str, digest: &Digest) -> Result<Vec<u8>, Failure> {
    let found = world.operations().find_blob(&repository(name), digest).await?;
    let found = found.expect("the repository has the layer");
    let range = ByteRange::whole(found.size_bytes());
    let mut reader = world.operations().open_blob(&found, range).await?;
    let mut bytes = Vec::new();
    while let Some(chunk) = reader.next().await {
        bytes.extend_from_slice(&chunk?);
    }
    Ok(bytes)
}

/// Ends an upload.
pub(crate) async fn complete(
    world: &World,
    name: &str,
    id: &names::UploadId,
    digest: &Digest,
) -> Result<NewLayer, Failure> {
    let completion =
        Completion { digest: digest.clone(), rest: None, door: Door::Oci, may_see_layers: true };
    world.operations().complete_layer_upload(&repository(name), id, completion).await
}

/// The objects that hold these bytes.
pub(crate) async fn objects_of(world: &World, digest: &Digest) -> Vec<ObjectKey> {
    let blobs = world.db().read(|tx| tx.list_blobs(None, 100)).await.unwrap();
    blobs.into_iter().filter(|blob| blob.digest == *digest).map(|blob| blob.object).collect()
}
