use std::time::Duration;

use db::on_both_engines;
use db::testing::Engine;
use names::{Digest, Reference};
use operations::fsck::{self, Depth, Rebuilt};
use operations::{IfUnsealed, MountSource, Mounted, UPLOAD_LIFE};

use crate::fixture::{Wanted, World, parse, puller, repository};
use crate::house::{bytes, lose_rows, push_layer, put_image, view, world_with_repositories};

on_both_engines!(
    a_rebuild_brings_back_everything_that_was_pushed,
    of_two_records_of_a_tag_the_newest_wins,
);

/// Pushes images of every shape, and lets time pass between them. Returns three layers: two that
/// images need, and one that none does.
async fn push_everything(world: &World) -> [Digest; 3] {
    let big = push_layer(world, "web", &bytes(1, 700_000)).await;
    let small = push_layer(world, "web", &bytes(2, 10)).await;
    let lonely = push_layer(world, "web", &bytes(3, 70_000)).await;
    let wanted = Wanted { layers: vec![big.clone(), small.clone()], ..Wanted::default() };
    let first = put_image(world, "web", &wanted, &["v1", "latest"]).await;
    world.clock.forward(Duration::from_secs(5));
    let wanted = Wanted { layers: vec![small.clone()], salt: 1, ..Wanted::default() };
    let second = put_image(world, "web", &wanted, &["v2"]).await;
    world.run_due().await;
    world.clock.forward(Duration::from_secs(5));
    // The tag moves, and leaves `first` with one tag less; `second` is left with none.
    put_image(world, "web", &wanted, &["latest"]).await;
    let third = Wanted { subject: Some(first.digest.clone()), salt: 2, ..Wanted::default() };
    put_image(world, "web", &third, &["v2"]).await;
    world.clock.forward(Duration::from_secs(5));
    let children = vec![first.digest.clone(), second.digest.clone()];
    let index = Wanted { children, ..Wanted::default() };
    put_image(world, "web", &index, &["all"]).await;
    world.clock.forward(Duration::from_secs(1));
    put_image(world, "web", &Wanted { salt: 3, ..Wanted::default() }, &[]).await;
    let source = MountSource::From(repository("web").repository);
    let api = repository("team/api");
    let mounted = world.operations().mount_blob(&api, &big.0, source).await.unwrap();
    assert_eq!(mounted, Mounted::Yes);
    let wanted = Wanted { layers: vec![big.clone()], salt: 4, ..Wanted::default() };
    put_image(world, "team/api", &wanted, &["v1"]).await;
    world.run_due().await;
    assert_eq!(world.findings(Depth::Digests).await, []);
    [big.0, small.0, lonely.0]
}

async fn a_rebuild_brings_back_everything_that_was_pushed(engine: Engine) {
    let mut world = world_with_repositories(engine, &["web", "team/api", "empty"]).await;
    let layers = push_everything(&world).await;
    let before = (view(&world, "web", &layers).await, view(&world, "team/api", &layers[..1]).await);
    lose_rows(&mut world);
    assert!(!world.findings(Depth::Objects).await.is_empty(), "every object is unknown now");

    let mut skipped = Vec::new();
    let mut note = |object: &names::ObjectKey, why: &str| skipped.push(format!("{object}: {why}"));
    let made =
        fsck::rebuild(world.operations(), IfUnsealed::Refuse, &parse, &mut note).await.unwrap();
    assert_eq!(skipped, Vec::<String>::new());
    let expected = Rebuilt { repositories: 2, layers: 3, images: 6, tags: 5, skipped: 0 };
    assert_eq!(made, expected, "all but the empty repository");
    let after = (view(&world, "web", &layers).await, view(&world, "team/api", &layers[..1]).await);
    assert_eq!(after, before);
    assert_eq!(world.findings(Depth::Digests).await, []);

    let again = fsck::rebuild(world.operations(), IfUnsealed::Refuse, &parse, &mut |_, _| {})
        .await
        .unwrap();
    assert_eq!(again, Rebuilt::default(), "a second rebuild finds nothing to do");
    // What was not needed before the loss goes as it would have gone.
    world.clock.forward(UPLOAD_LIFE * 2);
    world.run_due().await;
    world.clock.forward(UPLOAD_LIFE);
    world.run_due().await;
    assert_eq!(world.read_blob(&repository("web"), &layers[2]).await, None);
    assert_eq!(world.findings(Depth::Digests).await, []);
}

async fn of_two_records_of_a_tag_the_newest_wins(engine: Engine) {
    let mut world = world_with_repositories(engine, &["web"]).await;
    let old = put_image(&world, "web", &Wanted { salt: 1, ..Wanted::default() }, &["v1"]).await;
    world.run_due().await;
    world.clock.forward(Duration::from_secs(1));
    let new = put_image(&world, "web", &Wanted { salt: 2, ..Wanted::default() }, &["v1"]).await;
    // Only the new record is written: the old one's object is not deleted yet when the rows are
    // lost.
    let records = jobs_of_records(&world).await;
    assert!(records > 0);
    lose_rows(&mut world);
    let made = fsck::rebuild(world.operations(), IfUnsealed::Refuse, &parse, &mut |_, _| {})
        .await
        .unwrap();
    assert_eq!((made.images, made.tags), (2, 1));
    let tag = Reference::parse("v1").unwrap();
    let pulled = world.operations().pull_image(&repository("web"), &tag, &puller()).await.unwrap();
    assert_eq!(pulled.digest, new.digest);
    world.run_due().await;
    assert_eq!(world.findings(Depth::Digests).await, []);
    let still = Reference::Digest(old.digest);
    world
        .operations()
        .pull_image(&repository("web"), &still, &puller())
        .await
        .expect("it is there, untagged");
}

/// Runs the jobs that write records, and no others.
async fn jobs_of_records(world: &World) -> usize {
    let mut ran = 0;
    while let Ok(some @ 1..) = world.run_lane(jobs::Lane::Records).await {
        ran += some;
    }
    ran
}
