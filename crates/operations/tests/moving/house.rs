//! A registry with some of everything, and places to move to.

use std::sync::Arc;
use std::time::Duration;

use blobs::testing::{Call, Faults, FaultyStore};
use blobs::{Blobs, Documents, LocalDocuments, LocalStore};
use db::testing::{Engine, Rows};
use db::{Db, DbError};
use jobs::{Lane, Runner};
use keys::Keyring;
use names::{Digest, ImageTag, Reference, RepositoryArn};
use operations::backup::BackupPlace;
use operations::fsck::{self, Depth};
use operations::{AtRest, Chunk, IfSame, Operations, PutImage, RepositorySettings, UPLOAD_LIFE};
use tempfile::TempDir;

use crate::fixture::{Wanted, World, body, manifest, parse, puller, pusher, repository};

fn chunk(bytes: &[u8]) -> Chunk {
    Chunk { first_byte: None, length: Some(bytes.len() as u64), expected: None, body: body(bytes) }
}

/// Bytes that differ by seed.
pub(crate) fn bytes(seed: u8, length: usize) -> Vec<u8> {
    (0..=250_u8).cycle().take(length).map(|byte| byte.wrapping_add(seed.wrapping_mul(31))).collect()
}

pub(crate) async fn push_layer(world: &World, name: &str, content: &[u8]) -> (Digest, u64) {
    let digest = Digest::sha256(content);
    let pushed = world.operations().upload_layer(&repository(name), &digest, chunk(content)).await;
    pushed.expect("it is taken in");
    (digest, content.len() as u64)
}

pub(crate) async fn put_image(world: &World, name: &str, wanted: &Wanted, tags: &[&str]) -> Digest {
    let manifest = manifest(wanted);
    let digest = manifest.digest.clone();
    let tags = tags.iter().map(|tag| ImageTag::parse(tag).unwrap()).collect();
    let put = PutImage { manifest, tags, if_same: IfSame::Accept };
    world.operations().put_image(&repository(name), put, &pusher()).await.expect("it is taken in");
    digest
}

/// Images of several sizes, one deleted, a layer that waits for its review, records written and
/// awaited, and an upload that has not ended. The layers of `web`, all of which must be there
/// again.
pub(crate) async fn busy_world(engine: Engine) -> (World, Vec<Digest>) {
    let world = World::new(engine);
    for name in ["web", "team/api"] {
        let settings = RepositorySettings::default();
        world.operations().create_repository(&repository(name), settings).await.unwrap();
    }
    let mut layers = Vec::new();
    for (seed, length) in [(1, 700_000), (2, 10), (3, 0), (4, 65_536)] {
        layers.push(push_layer(&world, "web", &bytes(seed, length)).await);
    }
    let wanted = Wanted { layers: layers.clone(), ..Wanted::default() };
    put_image(&world, "web", &wanted, &["v1", "latest"]).await;
    let other = push_layer(&world, "team/api", &bytes(5, 100_000)).await;
    let gone = Wanted { layers: vec![other], ..Wanted::default() };
    put_image(&world, "team/api", &gone, &["old"]).await;
    world.run_due().await;
    let old = Reference::Tag(ImageTag::parse("old").unwrap());
    world.operations().delete_manifest(&repository("team/api"), &old, &pusher()).await.unwrap();
    put_image(&world, "web", &Wanted { salt: 9, ..wanted }, &["v2"]).await;
    let arn = repository("web");
    let upload = world.operations().initiate_layer_upload(&arn).await.unwrap();
    let door = operations::Door::Oci;
    let begun = chunk(&bytes(7, 300_000));
    world.operations().append_to_upload(&arn, &upload, begun, door).await.unwrap();
    (world, layers.into_iter().map(|(digest, _)| digest).collect())
}

/// Another installation: its rows are on either engine, its store fails when told to.
pub(crate) struct Other {
    folder: TempDir,
    rows: Rows,
    db: Db,
    pub(crate) operations: Arc<Operations>,
    pub(crate) faults: Faults,
}

/// SQLite, and PostgreSQL if it can be had.
pub(crate) fn engines() -> Vec<Engine> {
    [Some(Engine::Sqlite), Engine::postgres("what moves")].into_iter().flatten().collect()
}

/// The kinds of calls to a store that fail: each on SQLite; on PostgreSQL, where a run takes ten
/// times as long and the calls are the same ones, two.
pub(crate) fn faulty_calls(engine: Engine) -> &'static [Call] {
    match engine {
        Engine::Sqlite => {
            &[Call::Create, Call::Write, Call::Commit, Call::Open, Call::Read, Call::List]
        }
        Engine::Postgres(_) => &[Call::Write, Call::Commit],
    }
}

/// Which call fails, one in each run: each on SQLite; on PostgreSQL every seventh.
pub(crate) fn nth_calls(engine: Engine) -> impl Iterator<Item = usize> {
    let step = match engine {
        Engine::Sqlite => 1,
        Engine::Postgres(_) => 7,
    };
    (1..).step_by(step)
}

impl Other {
    fn new(engine: Engine, keyring: Keyring, world: &World) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let rows = engine.rows(folder.path());
        let (db, operations, faults) = open(&folder, &rows, keyring, world);
        Self { folder, rows, db, operations, faults }
    }

    /// One with the world's keyring.
    pub(crate) fn on(engine: Engine, world: &World) -> Self {
        Self::new(engine, keyring(world), world)
    }

    pub(crate) fn keeping_deleted(engine: Engine, world: &World, keep: Duration) -> Self {
        let Self { folder, rows, db, operations, faults } = Self::on(engine, world);
        let operations = Arc::into_inner(operations).unwrap().keeping_deleted(keep);
        Self { folder, rows, db, operations: Arc::new(operations), faults }
    }

    /// Runs every job that is due.
    pub(crate) async fn run_due(&self, world: &World) {
        let runner =
            |lane| Runner::new(lane, self.db.clone(), self.operations.clone(), world.clock.clone());
        let runners: Vec<_> = Lane::ALL.into_iter().map(runner).collect();
        loop {
            let mut ran = 0;
            for runner in &runners {
                ran += runner.run_due().await.unwrap();
            }
            if ran == 0 {
                return;
            }
        }
    }

    /// How many objects its store has.
    pub(crate) fn objects(&self) -> usize {
        count(&self.folder.path().join("objects/objects"))
    }

    pub(crate) fn with_keyring_of_its_own(engine: Engine, world: &World) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let keyring = Keyring::open_or_create(&folder.path().join("keyring")).unwrap();
        Self::new(engine, keyring, world)
    }

    /// As another process would find it.
    pub(crate) fn reopen(self, world: &World) -> Self {
        let Self { folder, rows, db, operations, faults: _ } = self;
        drop((db, operations));
        let (db, operations, faults) = open(&folder, &rows, keyring(world), world);
        Self { folder, rows, db, operations, faults }
    }

    /// Everything that a check finds: of each byte, too.
    pub(crate) async fn findings(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut report = |finding: fsck::Finding| found.push(finding.to_string());
        fsck::check(&self.operations, Depth::Digests, &parse, &mut report).await.unwrap();
        found
    }

    /// Is nothing there yet?
    pub(crate) async fn is_empty(&self) -> bool {
        let is_empty = |tx: &mut db::Tx<'_>| Ok::<_, DbError>(tx.find_occupied_table()?.is_none());
        self.db.read(is_empty).await.unwrap()
    }

    pub(crate) fn db(&self) -> &Db {
        &self.db
    }
}

fn open(
    folder: &TempDir,
    rows: &Rows,
    keyring: Keyring,
    world: &World,
) -> (Db, Arc<Operations>, Faults) {
    let store = open_store(&folder.path().join("objects"));
    let (store, faults) = FaultyStore::new(Arc::new(store));
    let db = rows.open();
    let (blobs, clock) = (Blobs::new(Arc::new(store)), world.clock.clone());
    let operations = Operations::new(db.clone(), blobs, Arc::new(keyring), clock, AtRest::Sealed)
        .under_keys_of(world.keys.clone());
    (db, Arc::new(operations), faults)
}

/// What is dropped holds on to the store for the moment that its last call takes.
fn open_store(folder: &std::path::Path) -> LocalStore {
    for _ in 0..5_000 {
        match LocalStore::open(folder) {
            Err(blobs::StoreError::InUse { .. }) => std::thread::sleep(Duration::from_millis(1)),
            opened => return opened.unwrap(),
        }
    }
    panic!("another process or request still uses {}", folder.display());
}

pub(crate) fn keyring(world: &World) -> Keyring {
    Keyring::open_or_create(&world.folder.path().join("keyring")).unwrap()
}

/// A place for backups that fails when told to.
pub(crate) fn place(folder: &TempDir) -> (BackupPlace, Faults) {
    let (store, faults) = FaultyStore::new(Arc::new(open_store(folder.path())));
    let documents = Documents::new(Arc::new(LocalDocuments::new(folder.path())));
    (BackupPlace { documents, blobs: Blobs::new(Arc::new(store)) }, faults)
}

/// Everything that a client can see of `web`.
pub(crate) async fn view(operations: &Operations, layers: &[Digest]) -> Vec<String> {
    let arn = repository("web");
    let mut seen = Vec::new();
    for tag in operations.list_tags(&arn, String::new(), 100).await.unwrap() {
        let image =
            operations.pull_image(&arn, &Reference::Tag(tag.clone()), &puller()).await.unwrap();
        seen.push(format!("tag {tag} -> {}", String::from_utf8(image.manifest).unwrap()));
    }
    for layer in layers {
        seen.push(format!("layer {layer} {:?}", read_layer(operations, &arn, layer).await));
    }
    seen
}

async fn read_layer(
    operations: &Operations,
    arn: &RepositoryArn,
    layer: &Digest,
) -> Option<Digest> {
    let blob = operations.find_blob(arn, layer).await.ok()??;
    let range = names::ByteRange::whole(blob.size_bytes());
    let mut reader = operations.open_blob(&blob, range).await.unwrap();
    let mut bytes = Vec::new();
    while let Some(chunk) = reader.next().await {
        bytes.extend_from_slice(&chunk.unwrap());
    }
    Some(Digest::sha256(&bytes))
}

/// The names of the jobs that are queued there, each once.
pub(crate) async fn jobs(db: &Db) -> Vec<&'static str> {
    const NAMES: [&str; 4] =
        ["abandon_upload", "delete_object", "record_image", "review_repository_blob"];
    let mut snapshot = db.snapshot().unwrap();
    let mut found = Vec::new();
    while let Some(piece) = snapshot.next().await.unwrap() {
        if let db::Piece::Rows { table, rows } = piece
            && table.name == "job"
        {
            let at = table.position("name").unwrap();
            let is_there = |name: &&str| rows.iter().any(|row| row[at].as_text() == Some(name));
            found.extend(NAMES.into_iter().filter(is_there));
        }
    }
    found
}

pub(crate) async fn uploads(db: &Db) -> usize {
    let listed: Result<_, DbError> = db.read(|tx| Ok(tx.list_all_uploads(None, 100)?.len())).await;
    listed.unwrap()
}

/// Longer than anything waits.
pub(crate) const AGES: Duration = UPLOAD_LIFE.saturating_mul(4);

/// How many objects a world's store has.
pub(crate) fn objects(world: &World) -> usize {
    count(&world.folder.path().join("objects/objects"))
}

fn count(folder: &std::path::Path) -> usize {
    let folders = std::fs::read_dir(folder).unwrap();
    folders.map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap().count()).sum()
}
