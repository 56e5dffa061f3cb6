//! A world with repositories, and acts behind its back.

use db::testing::Engine;
use names::{Digest, ImageTag, Reference};
use operations::{Chunk, IfSame, PushedManifest, PutImage, RepositorySettings};

use crate::fixture::{Wanted, World, body, manifest, puller, pusher, repository};

/// A chunk that tells the truth.
pub(crate) fn chunk(bytes: &[u8]) -> Chunk {
    Chunk { first_byte: None, length: Some(bytes.len() as u64), expected: None, body: body(bytes) }
}

/// Puts a manifest under these tags.
pub(crate) fn put(manifest: &PushedManifest, tags: &[&str]) -> PutImage {
    let tags = tags.iter().map(|tag| ImageTag::parse(tag).expect("a tag")).collect();
    PutImage { manifest: manifest.clone(), tags, if_same: IfSame::Accept }
}

/// Bytes that differ by seed; some small, some of several segments.
pub(crate) fn bytes(seed: u8, length: usize) -> Vec<u8> {
    (0..=250_u8).cycle().take(length).map(|byte| byte.wrapping_add(seed.wrapping_mul(31))).collect()
}

pub(crate) async fn push_layer(world: &World, name: &str, content: &[u8]) -> (Digest, u64) {
    let digest = Digest::sha256(content);
    let pushed = world.operations().upload_layer(&repository(name), &digest, chunk(content)).await;
    pushed.expect("it is taken in");
    (digest, content.len() as u64)
}

pub(crate) async fn put_image(
    world: &World,
    name: &str,
    wanted: &Wanted,
    tags: &[&str],
) -> PushedManifest {
    let manifest = manifest(wanted);
    let done =
        world.operations().put_image(&repository(name), put(&manifest, tags), &pusher()).await;
    done.expect("it is taken in");
    manifest
}

pub(crate) async fn world_with_repositories(engine: Engine, names: &[&str]) -> World {
    let world = World::new(engine);
    for name in names {
        let settings = RepositorySettings::default();
        world.operations().create_repository(&repository(name), settings).await.unwrap();
    }
    world
}

/// Everything that a client can see of a repository.
pub(crate) async fn view(world: &World, name: &str, layers: &[Digest]) -> Vec<String> {
    let (operations, arn) = (world.operations(), repository(name));
    let mut seen = Vec::new();
    for tag in operations.list_tags(&arn, String::new(), 100).await.unwrap() {
        let image =
            operations.pull_image(&arn, &Reference::Tag(tag.clone()), &puller()).await.unwrap();
        seen.push(format!("tag {tag} -> {}", String::from_utf8(image.manifest).unwrap()));
    }
    let filter = operations::ImageFilter { status: None, tags: operations::TagStatus::Any };
    for found in operations.list_described_images(&arn, filter, None, 100).await.unwrap().rows {
        let (image, tags) = (found.image, found.tags);
        seen.push(format!(
            "image {} {} {} {:?} {} {tags:?}",
            image.digest,
            image.media_type,
            image.size_bytes,
            image.subject,
            image.pushed_at.as_micros(),
        ));
    }
    for layer in layers {
        let content = world.read_blob(&arn, layer).await;
        seen.push(format!("layer {layer} {:?}", content.map(|bytes| Digest::sha256(&bytes))));
    }
    seen
}

/// Everything but the store goes.
pub(crate) fn lose_rows(world: &mut World) {
    world.stop();
    world.rows.lose();
    world.restart();
}

/// The one object of the store that holds this many bytes of plaintext.
pub(crate) async fn object_of(world: &World, digest: &Digest) -> names::ObjectKey {
    let digest = digest.clone();
    let blobs = world.db().read(|tx| tx.list_blobs(None, 100)).await.unwrap();
    blobs.into_iter().find(|blob| blob.digest == digest).expect("it has a row").object
}

pub(crate) fn path_of(world: &World, object: &names::ObjectKey) -> std::path::PathBuf {
    fn find(folder: &std::path::Path, name: &str) -> Option<std::path::PathBuf> {
        std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).find_map(|path| {
            if path.is_dir() { find(&path, name) } else { path.ends_with(name).then_some(path) }
        })
    }
    find(world.folder.path(), object.as_str()).expect("it is in the store")
}
