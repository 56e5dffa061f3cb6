//! How much of a shared registry one call may use: of memory, and of the only writer.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[expect(dead_code, reason = "the fixture is made for more than this")]
mod fixture;

use std::sync::mpsc::channel;
use std::time::Duration;

use db::DbError;
use db::testing::Engine;
use fixture::{Wanted, World, manifest, parse, puller, pusher, repository};
use names::{Digest, ImageId, ImageTag, MediaType};
use operations::{
    Failure, IfSame, ImageFailure, ImageFilter, ImageRefusal, PushedManifest, PutImage, Refusal,
    RepositorySettings, TagStatus,
};

const MIB: usize = 1024 * 1024;

async fn world() -> World {
    let world = World::new(Engine::Sqlite);
    let operations = world.operations();
    let web = repository("team/web");
    operations.iam().create_account(&web.registry.account).await.unwrap();
    operations.create_repository(&web, RepositorySettings::default()).await.unwrap();
    world
}

async fn put(world: &World, manifest: PushedManifest) -> Result<Digest, Failure> {
    let digest = manifest.digest.clone();
    let put = PutImage { manifest, tags: Vec::new(), if_same: IfSame::Accept };
    world.operations().put_image(&repository("team/web"), put, &pusher()).await.map(|()| digest)
}

fn by_digest(digest: &Digest) -> ImageId {
    ImageId::Digest(digest.clone())
}

/// An image whose manifest is so long.
fn long(salt: u64, bytes: usize) -> PushedManifest {
    let PushedManifest { bytes: written, media_type, .. } =
        manifest(&Wanted { salt, ..Wanted::default() });
    let padded = [&*written, &*vec![b' '; bytes - written.len()]].concat();
    parse(&padded, &media_type).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_of_images_shows_ten_thousand_tags_at_most() {
    const TAGS_EACH: usize = 1_000;
    let (world, web) = (world().await, repository("team/web"));
    for salt in 0..11 {
        let tag = |number| ImageTag::parse(&format!("t{salt}-{number}")).unwrap();
        let put = PutImage {
            manifest: manifest(&Wanted { salt, ..Wanted::default() }),
            tags: (0..TAGS_EACH).map(tag).collect(),
            if_same: IfSame::Accept,
        };
        world.operations().put_image(&web, put, &pusher()).await.unwrap();
    }
    let page = async |after| {
        let operations = world.operations();
        operations
            .list_described_images(
                &web,
                ImageFilter { status: None, tags: TagStatus::Any },
                after,
                1_000,
            )
            .await
            .unwrap()
    };
    let first = page(None).await;
    assert_eq!((first.rows.len(), first.is_cut), (10, true));
    assert!(first.rows.iter().all(|image| image.tags.len() == TAGS_EACH));
    let rest = page(first.rows.last().map(|described| described.image.key)).await;
    assert_eq!((rest.rows.len(), rest.is_cut), (1, false));
}

fn missing(count: usize) -> Vec<Digest> {
    (0..count).map(|number| Digest::sha256(format!("missing {number}").as_bytes())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_image_that_names_much_that_is_missing_is_refused_without_the_writer() {
    let world = world().await;
    let (release, held) = channel::<()>();
    let db = world.db().clone();
    let wait_for_it = move |_: &mut db::Tx<'_>| {
        assert!(held.recv().is_err(), "it is let go, and nothing is said");
        Ok::<(), DbError>(())
    };
    let writer = db.write(wait_for_it);
    let attempt = async {
        let layers = missing(4_000).into_iter().map(|digest| (digest, 1)).collect();
        let image = manifest(&Wanted { layers, ..Wanted::default() });
        let index = manifest(&Wanted { children: missing(4_000), ..Wanted::default() });
        let wait = Duration::from_secs(20);
        let image = tokio::time::timeout(wait, put(&world, image)).await;
        let index = tokio::time::timeout(wait, put(&world, index)).await;
        drop(release);
        (image, index)
    };
    let (written, (image, index)) = tokio::join!(writer, attempt);
    written.unwrap();
    let refused = |answer: Result<Result<Digest, Failure>, _>| match answer {
        Ok(Err(Failure::Refused(Refusal::Image(refusal)))) => refusal,
        other => panic!("it waits for the writer, or is not refused: {other:?}"),
    };
    let ImageRefusal::LayersNotFound { digests, .. } = refused(image) else { panic!("layers") };
    assert_eq!(digests, missing(4_000), "each once, in its order");
    let ImageRefusal::ReferencedImagesNotFound { digests, .. } = refused(index) else {
        panic!("images")
    };
    assert_eq!(digests, missing(4_000), "each once, in its order");
}

#[tokio::test]
async fn an_index_and_what_it_holds_go_in_any_order() {
    let orders = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];
    for (salt, order) in (0..).zip(orders) {
        let world = world().await;
        let leaf = put(&world, manifest(&Wanted { salt, ..Wanted::default() })).await.unwrap();
        let index = Wanted { children: vec![leaf.clone()], salt, ..Wanted::default() };
        let index = put(&world, manifest(&index)).await.unwrap();
        let outer = Wanted { children: vec![index.clone()], salt, ..Wanted::default() };
        let outer = put(&world, manifest(&outer)).await.unwrap();
        let all = [leaf, index, outer];
        let ids: Vec<_> = order.iter().map(|at| by_digest(&all[*at])).collect();
        let web = repository("team/web");
        let outcomes = world.operations().batch_delete_image(&web, ids, &pusher()).await.unwrap();
        for (outcome, at) in outcomes.into_iter().zip(order) {
            assert_eq!(outcome.unwrap()[0].digest, all[at], "{order:?}");
        }
    }
}

#[tokio::test]
async fn what_an_index_holds_stays_with_it() {
    let world = world().await;
    let leaf = put(&world, manifest(&Wanted::default())).await.unwrap();
    let index =
        |salt| manifest(&Wanted { children: vec![leaf.clone()], salt, ..Wanted::default() });
    let one = put(&world, index(1)).await.unwrap();
    let other = put(&world, index(2)).await.unwrap();
    let web = repository("team/web");
    let ids = vec![by_digest(&leaf), by_digest(&one)];
    let outcomes = world.operations().batch_delete_image(&web, ids, &pusher()).await.unwrap();
    assert_eq!(outcomes[0], Err(ImageFailure::ReferencedByManifestList(vec![other])));
    assert_eq!(outcomes[1].as_ref().unwrap()[0].digest, one);
}

/// An image that one id deletes was there for the other ids that name it, in any order.
#[tokio::test]
async fn an_image_may_be_named_twice_in_one_deletion() {
    let tags = ["v1", "v2"].map(|tag| ImageTag::parse(tag).unwrap());
    let [v1, v2] = tags.clone().map(ImageId::Tag);
    let image = manifest(&Wanted::default());
    let digest = by_digest(&image.digest);
    let both = ImageId::Both { digest: image.digest.clone(), tag: tags[0].clone() };
    let stranger = by_digest(&Digest::sha256(b"never pushed"));
    let orders = [
        [&digest, &v1, &v2],
        [&v1, &digest, &v2],
        [&v1, &v1, &digest],
        [&digest, &digest, &both],
        [&both, &v2, &digest],
    ];
    for ids in orders {
        let world = world().await;
        let put = PutImage {
            manifest: manifest(&Wanted::default()),
            tags: tags.to_vec(),
            if_same: IfSame::Accept,
        };
        let web = repository("team/web");
        world.operations().put_image(&web, put, &pusher()).await.unwrap();
        let mut ids = ids.map(ImageId::clone).to_vec();
        ids.push(stranger.clone());
        let mut outcomes =
            world.operations().batch_delete_image(&web, ids.clone(), &pusher()).await.unwrap();
        assert_eq!(outcomes.pop(), Some(Err(ImageFailure::NotFound)));
        let deleted: Vec<_> = outcomes.into_iter().flat_map(|one| one.expect("named")).collect();
        assert_eq!(deleted.len(), 2, "each tag once: {ids:?}");
    }
}

#[tokio::test]
async fn a_large_batch_is_deleted_whole() {
    let world = world().await;
    let mut ids = Vec::new();
    for salt in 0..3 {
        let image = manifest(&Wanted { salt, ..Wanted::default() });
        let tags = (0..700).map(|at| ImageTag::parse(&format!("v{salt}-{at}")).unwrap()).collect();
        ids.push(by_digest(&image.digest));
        let put = PutImage { manifest: image, tags, if_same: IfSame::Accept };
        world.operations().put_image(&repository("team/web"), put, &pusher()).await.unwrap();
    }
    let web = repository("team/web");
    let outcomes = world.operations().batch_delete_image(&web, ids, &pusher()).await.unwrap();
    let deleted = outcomes.into_iter().map(|outcome| outcome.unwrap().len());
    assert_eq!(deleted.collect::<Vec<_>>(), [700; 3]);
}

#[tokio::test]
async fn manifests_of_one_answer_are_bounded() {
    let world = world().await;
    let mut ids = Vec::new();
    for salt in 0..5 {
        ids.push(by_digest(&put(&world, long(salt, 3 * MIB)).await.unwrap()));
    }
    let web = repository("team/web");
    let images = world.operations().batch_get_image(&web, ids, &puller()).await.unwrap();
    let bytes: usize = images.iter().flatten().map(|image| image.manifest.len()).sum();
    assert_eq!(bytes, 6 * MIB, "as many as fit");
    assert!(images[..2].iter().all(Result::is_ok));
    for image in &images[2..] {
        assert_eq!(image.as_ref().unwrap_err(), &ImageFailure::AnswerIsFull);
    }
}

#[tokio::test]
async fn referrers_come_in_pages_that_a_client_can_read() {
    let world = world().await;
    let subject = put(&world, manifest(&Wanted::default())).await.unwrap();
    let text = |bytes: usize| Some(format!(r#"{{"a":"{}"}}"#, "x".repeat(bytes)));
    for (salt, bytes) in [(1, 2 * MIB), (2, 2 * MIB), (3, 10), (4, 10), (5, 4 * MIB), (6, 10)] {
        let wanted = Wanted { subject: Some(subject.clone()), salt, ..Wanted::default() };
        let signature = PushedManifest { annotations: text(bytes), ..manifest(&wanted) };
        put(&world, signature).await.unwrap();
    }
    let (web, mut after, mut pages) = (repository("team/web"), None, Vec::new());
    loop {
        let page = world
            .operations()
            .list_image_referrers(&web, &subject, Vec::<MediaType>::new(), None, after, 200)
            .await
            .unwrap();
        let bytes = page.referrers.iter().flat_map(|row| &row.annotations).map(String::len);
        assert!(bytes.sum::<usize>() < 4 * MIB);
        pages.push(page.referrers.len());
        after = page.next;
        if after.is_none() {
            break;
        }
    }
    assert_eq!(pages, [1, 3, 1, 1], "one that no page holds is shown without what it says");
}
