//! Two clients at once.

use std::sync::Barrier;
use std::thread;

use black_box::{Answer, Client, MANIFEST, Random, Request, digest_of, manifest_of};
use serde_json::json;

use crate::Scene;

/// Times that each race is run: chance decides who wins.
const RACES: u64 = 30;

/// Sends each request from a thread of its own, all at the same moment.
fn at_once(scene: &Scene, requests: Vec<Request>) -> Vec<Answer> {
    let (address, password) = (scene.server.address(), scene.server.password());
    let barrier = Barrier::new(requests.len());
    let send = &|request| {
        let mut client = Client::logged_in(address, password);
        let connected = client.get("/v2/");
        assert_eq!(connected.status, 200);
        barrier.wait();
        client.ask(request)
    };
    thread::scope(|scope| {
        let threads: Vec<_> =
            requests.into_iter().map(|request| scope.spawn(move || send(request))).collect();
        threads.into_iter().map(|thread| thread.join().expect("no client panics")).collect()
    })
}

fn statuses(answers: &[Answer]) -> Vec<u16> {
    let mut statuses: Vec<u16> = answers.iter().map(|answer| answer.status).collect();
    statuses.sort_unstable();
    statuses
}

#[test]
fn of_two_chunks_for_the_same_place_exactly_one_is_taken() {
    let mut scene = Scene::new();
    for race in 0..RACES {
        let upload = scene.client.begin_upload("web");
        let contents = [1, 2].map(|side| Random::new(race * 2 + side).bytes(150_000));
        let patch = |bytes: &Vec<u8>| {
            let patch = Request::new("PATCH", &upload).header("content-range", "0-149999");
            patch.body(bytes.clone())
        };
        let answers = at_once(&scene, contents.iter().map(patch).collect());
        let won = answers.iter().position(|answer| answer.status == 202).expect("one is taken");
        let lost = answers[1 - won].status;
        assert!(lost == 409 || lost == 416, "{:?}", statuses(&answers));
        let target = format!("{upload}?digest={}", digest_of(&contents[won]));
        let put = scene.client.put(&target, "");
        assert_eq!(put.status, 201, "the chunk that was taken is not there: {}", put.text());
    }
}

#[test]
fn of_two_ends_of_an_upload_at_least_one_holds() {
    let mut scene = Scene::new();
    for race in 0..RACES {
        let bytes = Random::new(race).bytes(50_000);
        let upload = scene.client.begin_upload("web");
        assert_eq!(scene.client.patch(&upload, bytes.clone()).status, 202);
        let target = format!("{upload}?digest={}", digest_of(&bytes));
        let answers = at_once(&scene, vec![Request::new("PUT", &target); 2]);
        let ends = statuses(&answers);
        // The second is told that the first is writing, or that its work is done.
        assert!([[201, 201], [201, 409]].contains(&[ends[0], ends[1]]), "{ends:?}");
        for busy in answers.iter().filter(|answer| answer.status == 409) {
            assert!(busy.header("retry-after").is_some(), "{busy:?}");
        }
        let layer = scene.client.get(&format!("/v2/web/blobs/{}", digest_of(&bytes)));
        assert_eq!(digest_of(&layer.body), digest_of(&bytes));
    }
}

#[test]
fn an_upload_that_is_cancelled_while_it_is_finished_is_one_or_the_other() {
    let mut scene = Scene::new();
    for race in 0..RACES {
        let bytes = Random::new(1_000 + race).bytes(50_000);
        let upload = scene.client.begin_upload("web");
        let target = format!("{upload}?digest={}", digest_of(&bytes));
        let finish = Request::new("PUT", &target).body(bytes.clone());
        let answers = at_once(&scene, vec![finish, Request::new("DELETE", &upload)]);
        let (put, cancel) = (answers[0].status, answers[1].status);
        assert!(
            [(201, 404), (201, 409), (404, 204), (409, 204)].contains(&(put, cancel)),
            "{put} {cancel}"
        );
        let layer = scene.client.head(&format!("/v2/web/blobs/{}", digest_of(&bytes))).status;
        assert_eq!(layer, if put == 201 { 200 } else { 404 });
        assert_eq!(scene.client.get(&upload).status, 404);
    }
}

#[test]
fn one_layer_pushed_by_many_at_once_is_there_for_all() {
    let mut scene = Scene::new();
    for race in 0..10 {
        let bytes = Random::new(2_000 + race).bytes(200_000);
        let push = |repository: &str| {
            let target = format!("/v2/{repository}/blobs/uploads/?digest={}", digest_of(&bytes));
            Request::new("POST", &target).body(bytes.clone())
        };
        let repositories = ["web", "web", "other", "team-a/web"];
        let answers = at_once(&scene, repositories.map(push).into());
        assert_eq!(statuses(&answers), [201; 4]);
        for repository in repositories {
            let layer = scene.client.get(&format!("/v2/{repository}/blobs/{}", digest_of(&bytes)));
            assert_eq!(digest_of(&layer.body), digest_of(&bytes));
        }
    }
}

/// Two images for one tag, put at the same moment.
fn race_for_tag(scene: &Scene, repository: &str, race: u64) -> (Vec<Answer>, [String; 2]) {
    let manifests = [1, 2].map(|side| manifest_of(race * 2 + side, &scene.config, &[]));
    let digests = [0, 1].map(|side| digest_of(&manifests[side]));
    let put = |manifest: Vec<u8>| {
        Request::new("PUT", &format!("/v2/{repository}/manifests/tag-{race}"))
            .header("content-type", MANIFEST)
            .body(manifest)
    };
    (at_once(scene, manifests.map(put).into()), digests)
}

#[test]
fn of_two_images_put_under_one_tag_both_are_there_and_one_has_it() {
    let mut scene = Scene::new();
    for race in 1..=RACES {
        let (answers, digests) = race_for_tag(&scene, "web", race);
        assert_eq!(statuses(&answers), [201, 201]);
        let tagged = scene.client.get(&format!("/v2/web/manifests/tag-{race}"));
        assert!(digests.contains(&digest_of(&tagged.body)), "{}", tagged.text());
        for digest in &digests {
            assert_eq!(scene.client.get(&format!("/v2/web/manifests/{digest}")).status, 200);
        }
    }
}

#[test]
fn of_two_images_put_under_one_immutable_tag_exactly_one_is_taken() {
    let mut scene = Scene::new();
    let frozen = json!({ "repositoryName": "frozen", "imageTagMutability": "IMMUTABLE" });
    scene.server.call("CreateRepository", &frozen);
    scene.client.push_layer("frozen", b"{}");
    for race in 1..=RACES {
        let (answers, digests) = race_for_tag(&scene, "frozen", race);
        assert_eq!(statuses(&answers), [201, 400]);
        let won = answers.iter().position(|answer| answer.status == 201).unwrap();
        assert_eq!(answers[1 - won].code(), "TAG_INVALID");
        let tagged = scene.client.get(&format!("/v2/frozen/manifests/tag-{race}"));
        assert_eq!(digest_of(&tagged.body), digests[won]);
        let lost = scene.client.get(&format!("/v2/frozen/manifests/{}", digests[1 - won]));
        assert_eq!(lost.status, 404, "an image was kept whose tag was refused");
    }
}
