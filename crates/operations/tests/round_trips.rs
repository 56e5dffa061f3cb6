//! The cost of verbs with rows on a server: how often each waits for it, once its statements are
//! prepared.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[expect(dead_code, reason = "the fixture is made for more than this")]
mod fixture;

use std::sync::Arc;
use std::time::Instant;

use blobs::{Blobs, LocalStore};
use db::Db;
use db::testing::Engine;
use fixture::{Wanted, body, manifest, puller, pusher, repository};
use iam::{Asker, Question};
use keys::Keyring;
use names::{AccountId, Digest, ImageId, ImageTag, Principal, Reference, RepositoryArn};
use operations::{Chunk, IfSame, ImageFilter, Operations, PutImage, RepositorySettings, TagStatus};
use policy::Context;
use stand_ins::HandClock;
use tempfile::TempDir;

/// A registry with one repository of one image with three layers and a configuration, over one
/// connection.
struct Place {
    operations: Operations,
    db: Db,
    web: RepositoryArn,
    layers: Vec<(Digest, u64)>,
    _folder: TempDir,
}

impl Place {
    async fn new() -> Option<Self> {
        let Engine::Postgres(server) = Engine::postgres("round trips")? else { return None };
        let folder = tempfile::tempdir().unwrap();
        let db = Db::connect(&server.database().url(), 1).unwrap();
        let store = LocalStore::open(&folder.path().join("objects")).unwrap();
        let keyring = Keyring::open_or_create(&folder.path().join("keyring")).unwrap();
        let (blobs, keyring) = (Blobs::new(Arc::new(store)), Arc::new(keyring));
        let at_rest = operations::AtRest::Sealed;
        // It stands still: what the guard remembers, it believes.
        let clock = Arc::new(HandClock::default());
        let operations = Operations::new(db.clone(), blobs, keyring, clock, at_rest);
        let web = repository("team/web");
        operations.iam().create_account(&web.registry.account).await.unwrap();
        operations.create_repository(&web, RepositorySettings::default()).await.unwrap();
        let mut layers = Vec::new();
        for number in 0..4 {
            let content = format!("layer {number}");
            let (digest, length) = (Digest::sha256(content.as_bytes()), content.len() as u64);
            let bytes = body(content.as_bytes());
            let chunk =
                Chunk { first_byte: None, length: Some(length), expected: None, body: bytes };
            operations.upload_layer(&web, &digest, chunk).await.unwrap();
            layers.push((digest, length));
        }
        Some(Self { operations, db, web, layers, _folder: folder })
    }

    async fn put(&self, salt: u64) {
        let manifest = manifest(&Wanted { layers: self.layers.clone(), salt, ..Wanted::default() });
        let tags = vec![ImageTag::parse(&format!("v{salt}")).unwrap()];
        let put = PutImage { manifest, tags, if_same: IfSame::Accept };
        self.operations.put_image(&self.web, put, &pusher()).await.unwrap();
    }

    async fn delete(&self, salt: u64) {
        let tag = ImageTag::parse(&format!("v{salt}")).unwrap();
        let id = ImageId::Tag(tag);
        let deleted =
            self.operations.batch_delete_image(&self.web, vec![id], &pusher()).await.unwrap();
        assert!(deleted[0].is_ok(), "{deleted:?}");
    }

    async fn may_pull(&self, account: &AccountId) {
        let root = Principal::Root { account: account.clone() };
        let question = Question {
            action: "ecr:BatchGetImage",
            resource: &self.web.to_string(),
            account,
            repository: Some(&self.web),
            registry: Some(&self.web.registry),
            trust: None,
            key: None,
            secret: None,
            context: Context::new(),
        };
        let asker = Asker { principal: &root, session: None };
        assert!(self.operations.iam().decide(&asker, question).await.unwrap().is_allowed());
    }

    /// Waits of one verb, and microseconds, when it has been done before.
    async fn cost(&self, verb: impl AsyncFn(u64)) -> (u64, u128) {
        const TIMES: u64 = 20;
        for number in 0..3 {
            verb(number).await;
        }
        let (before, began) = (self.db.waits(), Instant::now());
        for number in 3..3 + TIMES {
            verb(number).await;
        }
        let micros = began.elapsed().as_micros() / u128::from(TIMES);
        ((self.db.waits() - before).div_ceil(TIMES), micros)
    }
}

#[tokio::test]
async fn verbs_wait_for_the_server_no_more_often_than_they_have_to() {
    let Some(place) = Place::new().await else { return };
    let (operations, web) = (&place.operations, &place.web);
    place.put(1_000).await;
    let tag = Reference::parse("v1000").unwrap();
    let digest = operations.pull_image(web, &tag, &puller()).await.unwrap().digest;
    let by_digest = Reference::Digest(digest);
    let layer = &place.layers[0].0;
    let all = ImageFilter { status: None, tags: TagStatus::Any };
    #[rustfmt::skip]
    let costs = [
        ("the guard",          0, place.cost(async |_| place.may_pull(&web.registry.account).await).await),
        ("a pull by tag",      1, place.cost(async |_| drop(operations.pull_image(web, &tag, &puller()).await.unwrap())).await),
        ("a pull by digest",   1, place.cost(async |_| drop(operations.pull_image(web, &by_digest, &puller()).await.unwrap())).await),
        ("HEAD of a layer",    1, place.cost(async |_| assert!(operations.head_blob(web, layer).await.unwrap().is_some())).await),
        ("GET of a layer",     1, place.cost(async |_| assert!(operations.find_blob(web, layer).await.unwrap().is_some())).await),
        ("a list of tags",     2, place.cost(async |_| drop(operations.list_tags(web, String::new(), 100).await.unwrap())).await),
        ("ListImages",         2, place.cost(async |_| drop(operations.list_images(web, all, None, 100).await.unwrap())).await),
        ("DescribeImages",     3, place.cost(async |_| drop(operations.list_described_images(web, all, None, 100).await.unwrap())).await),
        ("PutImage, new",      6, place.cost(async |number| place.put(number).await).await),
        ("PutImage, the same", 4, place.cost(async |_| place.put(1_000).await).await),
        ("BatchDeleteImage",  11, place.cost(async |number| place.delete(number).await).await),
    ];
    let mut wrong = Vec::new();
    for (verb, most, (waits, micros)) in costs {
        println!("{verb}: {waits} waits, {micros} µs");
        if waits > most {
            wrong.push(format!("{verb} waits {waits} times, and was to wait {most} times"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
