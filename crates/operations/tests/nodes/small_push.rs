//! What a small image costs a node over PostgreSQL and S3: how often it waits for either.
//!
//! The image is that of the bench: three layers of 64 KiB, a configuration and a manifest. A client
//! asks for each blob first and then pushes it as Docker does: `POST`, one `PATCH`, an empty `PUT`.

use std::sync::Arc;

use blobs::{Blobs, BucketConfig, BucketStore};
use bytes::Bytes;
use db::Db;
use names::{Digest, ImageTag, RepositoryArn, UploadId};
use operations::{
    AtRest, BlobRef, Completion, Door, IfSame, NewLayer, Operations, PushedManifest, PutImage,
    RepositorySettings,
};
use stand_ins::{Database, HandClock, Postgres, Proxy, S3Server, or_skipped};
use tempfile::TempDir;
use tokio::runtime::Handle;

use crate::house::{chunk, content, keyring, manifest_of, pusher};

const LAYERS: u64 = 3;
const LAYER_BYTES: usize = 64 << 10;
const CONFIG_BYTES: usize = 300;

/// A node whose requests to the database and to the store are counted.
struct Counted {
    operations: Operations,
    db: Db,
    proxy: Proxy,
    web: RepositoryArn,
    _folder: TempDir,
    _rows: Database,
    _bytes: S3Server,
}

/// How often one step waited for the database, and the methods of its requests to the store, in the
/// order of the alphabet: some are sent at once.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Cost {
    waits: u64,
    requests: Vec<String>,
}

impl Counted {
    async fn new() -> Option<Self> {
        let rows = Postgres::shared()?.database();
        let bytes = or_skipped("what a small image costs", S3Server::start())?;
        let (proxy, folder) = (Proxy::before(bytes.port), tempfile::tempdir().unwrap());
        let variable = |name: &str| S3Server::variable(proxy.port, name);
        let config = BucketConfig::parse(&S3Server::address("small"), variable).unwrap();
        let store = BucketStore::new(&config, Handle::current()).unwrap();
        let db = Db::connect(&rows.url(), 1).unwrap();
        let (blobs, keyring) = (Blobs::new(Arc::new(store)), Arc::new(keyring(folder.path())));
        let clock = Arc::new(HandClock::default());
        let operations = Operations::new(db.clone(), blobs, keyring, clock, AtRest::Sealed);
        let web = RepositoryArn::parse("arn:aws:ecr:us-east-1:123456789012:repository/web");
        let web = web.unwrap();
        operations.create_repository(&web, RepositorySettings::default()).await.unwrap();
        Some(Self { operations, db, proxy, web, _folder: folder, _rows: rows, _bytes: bytes })
    }

    async fn step<T>(&self, costs: &mut Vec<Cost>, step: impl Future<Output = T>) -> T {
        let before = self.db.waits();
        self.proxy.take_lines();
        let done = step.await;
        let method = |line: String| line.split(' ').next().unwrap_or_default().to_owned();
        let mut requests: Vec<_> = self.proxy.take_lines().into_iter().map(method).collect();
        requests.sort_unstable();
        costs.push(Cost { waits: self.db.waits() - before, requests });
        done
    }

    async fn append(&self, id: &UploadId, bytes: &[u8]) {
        let appended = self.operations.append_to_upload(&self.web, id, chunk(0, bytes), Door::Oci);
        assert_eq!(appended.await.unwrap().received_bytes, bytes.len() as u64);
    }

    async fn complete(&self, id: &UploadId, digest: &Digest) {
        let completion = Completion {
            digest: digest.clone(),
            rest: None,
            door: Door::Oci,
            may_see_layers: true,
        };
        let completed = self.operations.complete_layer_upload(&self.web, id, completion).await;
        assert_eq!(completed.unwrap(), NewLayer::Yes);
    }

    /// `HEAD`, `POST`, `PATCH`, `PUT`.
    async fn push_blob(&self, bytes: &[u8]) -> Vec<Cost> {
        let (operations, web, digest) = (&self.operations, &self.web, Digest::sha256(bytes));
        let mut costs = Vec::new();
        let held = self.step(&mut costs, operations.head_blob(web, &digest)).await;
        assert!(held.unwrap().is_none());
        let id = self.step(&mut costs, operations.initiate_layer_upload(web)).await.unwrap();
        self.step(&mut costs, self.append(&id, bytes)).await;
        self.step(&mut costs, self.complete(&id, &digest)).await;
        costs
    }

    /// The steps of each blob, the configuration's last, and then that of the manifest.
    async fn push_image(&self, number: u64) -> Vec<Vec<Cost>> {
        let length = |at| if at < LAYERS { LAYER_BYTES } else { CONFIG_BYTES };
        let blobs: Vec<Vec<u8>> =
            (0..=LAYERS).map(|at| content(10 * number + at, length(at))).collect();
        let mut costs = Vec::new();
        for blob in &blobs {
            costs.push(self.push_blob(blob).await);
        }
        let tag = ImageTag::parse(&format!("v{number}")).unwrap();
        let put = PutImage { manifest: manifest(&blobs), tags: vec![tag], if_same: IfSame::Accept };
        let mut of_manifest = Vec::new();
        self.step(&mut of_manifest, self.operations.put_image(&self.web, put, &pusher(&self.web)))
            .await
            .unwrap();
        costs.push(of_manifest);
        costs
    }
}

fn manifest(blobs: &[Vec<u8>]) -> PushedManifest {
    let one = manifest_of(format!("{} 1", Digest::sha256(&blobs[0]).as_str()).as_bytes());
    let media_type = one.media_type.clone();
    let reference = |blob: &Vec<u8>| BlobRef {
        digest: Digest::sha256(blob),
        size_bytes: blob.len() as u64,
        media_type: media_type.clone(),
        required: true,
    };
    let bytes = Bytes::from(blobs.concat());
    let digest = Digest::sha256(&bytes);
    PushedManifest { bytes, digest, blobs: blobs.iter().map(reference).collect(), ..one }
}

/// `--nocapture` shows what was counted.
#[tokio::test(flavor = "multi_thread")]
async fn a_small_image_waits_for_rows_and_bytes_no_more_often_than_it_has_to() {
    let Some(node) = Counted::new().await else { return };
    // Statements are prepared once for each connection.
    for number in 0..3 {
        node.push_image(number).await;
    }
    let costs = node.push_image(3).await;
    assert!(costs[..3].iter().all(|layer| *layer == costs[0]), "each layer costs the same");
    let found = costs[2..].concat();
    #[rustfmt::skip]
    let steps = [
        // step                 waits  requests              what for
        ("HEAD of a layer",       1,   "",                   "the repository and its right"),
        ("POST for a layer",      2,   "",                   "the repository; the upload and its job, with the commit"),
        ("PATCH of a layer",      4,   "",                   "the upload; begin, progress with the bytes, commit"),
        ("PUT of a layer",        7,   "DELETE GET HEAD PUT PUT", "the upload; the repository, the end of the upload, the right, the blob, the new blob, commit; is the key in use, in two requests at once; the claim, the object, the claim's removal"),
        ("HEAD of a config",      1,   "",                   "as of a layer"),
        ("POST for a config",     2,   "",                   "as for a layer"),
        ("PATCH of a config",     4,   "",                   "as of a layer"),
        ("PUT of a config",       7,   "DELETE GET HEAD PUT PUT", "as of a layer"),
        ("PUT of the manifest",   6,   "",                   "the checks, and again in the transaction"),
    ];
    let mut wrong = Vec::new();
    for ((step, waits, requests, what_for), cost) in steps.iter().zip(&found) {
        let line = format!("{step}: {} waits, requests: {}", cost.waits, cost.requests.join(" "));
        println!("{line} ({what_for})");
        if cost.waits > *waits || cost.requests.join(" ") != *requests {
            wrong.push(line);
        }
    }
    let all = costs.concat();
    let waits: u64 = all.iter().map(|cost| cost.waits).sum();
    let requests: usize = all.iter().map(|cost| cost.requests.len()).sum();
    println!("an image: {waits} waits for rows, {requests} requests to the store");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(found.len(), steps.len());
}
