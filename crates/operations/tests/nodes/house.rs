//! Nodes over one database and one store.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use blobs::{Blobs, BucketConfig, BucketStore, LocalStore, ObjectStore};
use bytes::Bytes;
use db::Db;
use jobs::{Lane, Runner};
use keys::Keyring;
use names::{ByteRange, Digest, MediaType, MovedThrough, Principal, RepositoryArn, UploadId};
use operations::fsck::{self, Depth, Finding, Severity};
use operations::{
    AtRest, BlobRef, Body, Chunk, Completion, Door, Failure, GRACE, IfSame, LEASE, Mover, NewLayer,
    Operations, PushedManifest, PutImage, Refusal, RepositorySettings, UPLOAD_LIFE, UploadRefusal,
};
use stand_ins::{Database, HandClock, Postgres, S3Server, SkewedClock, or_skipped};
use tempfile::TempDir;
use tokio::runtime::Handle;
use tokio::task::JoinHandle;

use crate::gate::{Gate, GatedStore};

/// What the nodes share.
pub(crate) struct House {
    pub(crate) name: &'static str,
    folder: TempDir,
    rows: Rows,
    bytes: Store,
    keyring: Arc<Keyring>,
    clock: Arc<HandClock>,
}

enum Rows {
    Sqlite(Db),
    Postgres(Database),
}

enum Store {
    Folder(Arc<LocalStore>),
    Bucket(S3Server),
}

/// One node.
pub(crate) struct Node {
    pub(crate) operations: Arc<Operations>,
    pub(crate) gate: Gate,
    pub(crate) clock: Arc<SkewedClock>,
    pub(crate) blobs: Blobs,
    runners: Arc<Vec<Runner>>,
}

impl House {
    /// Every house that can be had here: rows in either engine, bytes in a folder and in a bucket.
    pub(crate) fn all() -> Vec<Self> {
        [Some(Self::embedded()), Self::cluster()].into_iter().flatten().collect()
    }

    /// SQLite and a folder.
    pub(crate) fn embedded() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let rows = Rows::Sqlite(Db::open(&folder.path().join("registry.sqlite")).unwrap());
        let store = LocalStore::open(&folder.path().join("objects")).unwrap();
        Self::over("SQLite and a folder", folder, rows, Store::Folder(Arc::new(store)))
    }

    /// PostgreSQL and a bucket.
    pub(crate) fn cluster() -> Option<Self> {
        let rows = Rows::Postgres(Postgres::shared()?.database());
        let bytes = Store::Bucket(or_skipped("nodes over a bucket", S3Server::start())?);
        Some(Self::over("PostgreSQL and a bucket", tempfile::tempdir().unwrap(), rows, bytes))
    }

    fn over(name: &'static str, folder: TempDir, rows: Rows, bytes: Store) -> Self {
        let keyring = Arc::new(keyring(folder.path()));
        Self { name, folder, rows, bytes, keyring, clock: Arc::default() }
    }

    pub(crate) fn is_cluster(&self) -> bool {
        matches!(self.bytes, Store::Bucket(_))
    }

    /// Another node.
    pub(crate) fn node(&self) -> Node {
        assert!(self.folder.path().exists());
        let db = match &self.rows {
            Rows::Sqlite(db) => db.clone(),
            Rows::Postgres(database) => Db::connect(&database.url(), 2).unwrap(),
        };
        let store: Arc<dyn ObjectStore> = match &self.bytes {
            Store::Folder(store) => store.clone(),
            Store::Bucket(server) => Arc::new(bucket_of(server)),
        };
        let gate = Gate::default();
        let blobs = Blobs::new(Arc::new(GatedStore::new(store, &gate)));
        let clock = Arc::new(SkewedClock::beside(self.clock.clone()));
        let keyring = self.keyring.clone();
        let (rows, bytes) = (db.clone(), blobs.clone());
        let operations = Operations::new(rows, bytes, keyring, clock.clone(), AtRest::Sealed);
        let operations =
            Arc::new(operations.reading_manifests(|bytes, _| Some(manifest_of(bytes))));
        let runner = |lane| Runner::new(lane, db.clone(), operations.clone(), clock.clone());
        let runners = Arc::new(Lane::ALL.into_iter().map(runner).collect());
        Node { operations, gate, clock, blobs, runners }
    }

    pub(crate) fn nodes<const N: usize>(&self) -> [Node; N] {
        std::array::from_fn(|_| self.node())
    }

    pub(crate) fn forward(&self, time: Duration) {
        self.clock.forward(time);
    }

    /// Waits long enough for everything unneeded to be given back.
    pub(crate) async fn give_everything_back(&self, node: &Node) {
        for _ in 0..4 {
            self.forward(LEASE + UPLOAD_LIFE + GRACE);
            node.run_due().await;
        }
    }

    /// Is there nothing left, not even a part of an upload?
    pub(crate) async fn assert_empty(&self, node: &Node, story: &str) {
        let keys = node.blobs.list(None, 100).await.unwrap();
        assert!(keys.is_empty(), "{}: {story}: objects stay: {keys:?}", self.name);
        if let Store::Bucket(server) = &self.bytes {
            let files = server.files();
            assert!(files.is_empty(), "{}: {story}: files stay: {files:?}", self.name);
        }
    }
}

impl Node {
    /// Runs every job that is due.
    pub(crate) async fn run_due(&self) {
        loop {
            let mut ran = 0;
            for runner in self.runners.iter() {
                ran += runner.run_due().await.unwrap();
            }
            if ran == 0 {
                return;
            }
        }
    }

    /// Runs jobs of one lane that are due. Returns how many.
    pub(crate) async fn run_lane(&self, lane: Lane) -> usize {
        let runner = self.runners.iter().find(|runner| runner.lane() == lane);
        runner.expect("each lane has one").run_due().await.unwrap()
    }

    /// Runs every job that is due but those of scans.
    pub(crate) async fn run_due_but_scans(&self) {
        for lane in Lane::ALL.into_iter().filter(|lane| *lane != Lane::Scanning) {
            while self.run_lane(lane).await > 0 {}
        }
    }

    pub(crate) async fn make_repository(&self, name: &str) -> RepositoryArn {
        self.make_repository_with(name, RepositorySettings::default()).await
    }

    pub(crate) async fn make_repository_with(
        &self,
        name: &str,
        settings: RepositorySettings,
    ) -> RepositoryArn {
        let text = format!("arn:aws:ecr:us-east-1:123456789012:repository/{name}");
        let arn = RepositoryArn::parse(&text).unwrap();
        self.operations.create_repository(&arn, settings).await.unwrap();
        arn
    }

    pub(crate) async fn begin(&self, arn: &RepositoryArn) -> UploadId {
        self.operations.initiate_layer_upload(arn).await.unwrap()
    }

    /// Appends a chunk that belongs at `first_byte`; says how far the upload is then.
    pub(crate) async fn append(
        &self,
        arn: &RepositoryArn,
        id: &UploadId,
        first_byte: usize,
        bytes: &[u8],
    ) -> Result<u64, Failure> {
        let chunk = chunk(first_byte, bytes);
        let appended = self.operations.append_to_upload(arn, id, chunk, Door::Oci).await;
        appended.map(|progress| progress.received_bytes)
    }

    pub(crate) async fn complete(
        &self,
        arn: &RepositoryArn,
        id: &UploadId,
        rest: Option<Chunk>,
        digest: &Digest,
    ) -> Result<NewLayer, Failure> {
        let completion =
            Completion { digest: digest.clone(), rest, door: Door::Oci, may_see_layers: true };
        self.operations.complete_layer_upload(arn, id, completion).await
    }

    /// Does what a client does that has the whole content, and knows only the upload's id: asks how
    /// far it is, sends the rest, and completes; or begins anew if there is no such upload.
    pub(crate) async fn finish_push(&self, arn: &RepositoryArn, id: &UploadId, content: &[u8]) {
        self.finish_push_of(arn, id, content, &Digest::sha256(content)).await;
    }

    /// The same with content whose digest is known.
    pub(crate) async fn finish_push_of(
        &self,
        arn: &RepositoryArn,
        id: &UploadId,
        content: &[u8],
        digest: &Digest,
    ) {
        let (id, at) = match self.operations.find_upload(arn, id).await {
            Ok(at) => (id.clone(), usize::try_from(at).unwrap()),
            Err(Failure::Refused(Refusal::Upload(UploadRefusal::NotFound { .. }))) => {
                (self.begin(arn).await, 0)
            }
            Err(other) => panic!("{other:?}"),
        };
        self.complete(arn, &id, Some(chunk(at, &content[at..])), digest).await.unwrap();
    }

    /// The bytes of a layer as a pull gets them; `None` if the repository does not have it.
    pub(crate) async fn read(&self, arn: &RepositoryArn, digest: &Digest) -> Option<Vec<u8>> {
        let blob = self.operations.find_blob(arn, digest).await.unwrap()?;
        let range = ByteRange::whole(blob.size_bytes());
        let mut reader = self.operations.open_blob(&blob, range).await.unwrap();
        let mut bytes = Vec::new();
        while let Some(chunk) = reader.next().await {
            bytes.extend_from_slice(&chunk.unwrap());
        }
        Some(bytes)
    }

    /// Puts an image of one layer.
    pub(crate) async fn put_image(
        &self,
        arn: &RepositoryArn,
        layer: &[u8],
    ) -> Result<Digest, Failure> {
        let manifest = manifest(layer);
        let digest = manifest.digest.clone();
        let put = PutImage { manifest, tags: Vec::new(), if_same: IfSame::Accept };
        self.operations.put_image(arn, put, &pusher(arn)).await.map(|()| digest)
    }

    /// A check, to the last byte, finds nothing wrong.
    pub(crate) async fn assert_clean(&self, story: &str) {
        let mut found = self.findings().await;
        found.retain(|finding| finding.severity() == Severity::Error);
        assert!(found.is_empty(), "{story}: {found:#?}");
    }

    /// A check, to the last byte, finds nothing at all.
    pub(crate) async fn assert_spotless(&self, story: &str) {
        let found = self.findings().await;
        assert!(found.is_empty(), "{story}: {found:#?}");
    }

    async fn findings(&self) -> Vec<Finding> {
        let mut found = Vec::new();
        let mut report = |finding| found.push(finding);
        let parse = |bytes: &[u8], _: &MediaType| Some(manifest_of(bytes));
        fsck::check(&self.operations, Depth::Digests, &parse, &mut report).await.unwrap();
        found
    }
}

pub(crate) fn keyring(folder: &Path) -> Keyring {
    Keyring::open_or_create(&folder.join("keyring")).unwrap()
}

/// What a node has of a server's bucket.
fn bucket_of(server: &S3Server) -> BucketStore {
    let variable = |name: &str| S3Server::variable(server.port, name);
    let config = BucketConfig::parse(&S3Server::address("nodes"), variable).unwrap();
    BucketStore::new(&config, Handle::current()).unwrap()
}

/// A request, or a run of jobs, beside the test.
#[expect(clippy::disallowed_methods, reason = "a test waits for what it starts")]
pub(crate) fn start<T: Send + 'static>(
    work: impl Future<Output = T> + Send + 'static,
) -> JoinHandle<T> {
    tokio::spawn(work)
}

/// So much less.
pub(crate) fn less(time: Duration, by: Duration) -> Duration {
    time.checked_sub(by).unwrap()
}

/// A chunk that says where it belongs.
pub(crate) fn chunk(first_byte: usize, bytes: &[u8]) -> Chunk {
    let first_byte = Some(first_byte as u64);
    Chunk { first_byte, length: None, expected: None, body: body(bytes) }
}

/// A body that comes in pieces.
pub(crate) fn body(bytes: &[u8]) -> Body {
    let pieces: Vec<_> = bytes.chunks(1 << 20).map(|p| Ok(Bytes::copy_from_slice(p))).collect();
    Box::pin(futures_util::stream::iter(pieces))
}

/// Bytes that look random, the same for the same seed.
pub(crate) fn content(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1;
    // A plain loop: iterators that are not optimised took a sixth of this suite's time.
    let mut bytes = Vec::with_capacity(length + 8);
    while bytes.len() < length {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        bytes.extend_from_slice(&state.to_le_bytes());
    }
    bytes.truncate(length);
    bytes
}

/// A caller that moves tags, of the account of a repository.
pub(crate) fn pusher(arn: &RepositoryArn) -> Mover {
    let principal = Principal::Root { account: arn.registry.account.clone() };
    Mover { principal, through: MovedThrough::OciApi }
}

/// A manifest of one layer: its digest and its size.
fn manifest(layer: &[u8]) -> PushedManifest {
    let digest = Digest::sha256(layer);
    manifest_of(format!("{} {}", digest.as_str(), layer.len()).as_bytes())
}

/// Reads a manifest in a notation of our own: the digest and the size of a layer. A digest and a
/// size before it are those of the configuration of an image that runs.
pub(crate) fn manifest_of(bytes: &[u8]) -> PushedManifest {
    let media_type = |text: &str| MediaType::parse(text).unwrap();
    let words: Vec<&str> = std::str::from_utf8(bytes).unwrap().split(' ').collect();
    let runs = words.len() > 2;
    let blob = |words: &[&str]| BlobRef {
        digest: Digest::parse(words[0]).unwrap(),
        size_bytes: words[1].parse().unwrap(),
        media_type: media_type(LAYER),
        required: true,
    };
    PushedManifest {
        bytes: Bytes::copy_from_slice(bytes),
        digest: Digest::sha256(bytes),
        media_type: media_type("application/vnd.oci.image.manifest.v1+json"),
        artifact_type: None,
        config_media_type: runs.then(|| media_type(CONFIG)),
        blobs: words.chunks(2).map(blob).collect(),
        children: Vec::new(),
        subject: None,
        annotations: None,
    }
}

const CONFIG: &str = "application/vnd.oci.image.config.v1+json";
const LAYER: &str = "application/vnd.oci.image.layer.v1.tar";
