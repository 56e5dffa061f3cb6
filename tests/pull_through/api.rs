//! What the API fetches, and what `longshore cache warm` makes of it.

use black_box::{AccessKey, Server};
use serde_json::{Value, json};

use crate::upstream::{Fault, Upstream};
use crate::{is_stored, pulled, server, until};

fn batch(server: &Server, images: &Value) -> Value {
    let input = json!({ "repositoryName": "hub/web", "imageIds": images });
    server.call("BatchGetImage", &input)
}

#[test]
fn a_batch_of_images_is_fetched_as_by_pulls() {
    let upstream = Upstream::start();
    let server = server(&upstream, &["--upstream-check-hours", "0"]);
    let image = upstream.push("web", "v1", 1, &[b"layer"]);
    let missing = black_box::call(
        &server.registry(),
        &AccessKey::root(),
        "BatchGetImage",
        &json!({ "repositoryName": "other/web", "imageIds": [{ "imageTag": "v1" }] }),
    );
    assert_eq!(missing.status, 400, "there is no rule for it: {}", missing.text());

    let images = json!([{ "imageTag": "v1" }, { "imageTag": "v2" }]);
    let found = batch(&server, &images);
    let manifest = String::from_utf8(image.manifest.clone()).expect("it is JSON");
    assert_eq!(found["images"][0]["imageManifest"], manifest, "{found}");
    assert_eq!(found["images"][0]["imageId"]["imageDigest"], image.digest);
    assert_eq!(found["failures"][0]["failureCode"], "ImageNotFound", "{found}");
    assert_eq!(found["failures"][0]["imageId"]["imageTag"], "v2");
    until("the image is stored", || is_stored(&server, "hub/web", "v1"));

    let new = upstream.push("web", "v1", 2, &[b"new"]);
    let found = batch(&server, &json!([{ "imageTag": "v1" }]));
    assert_eq!(found["images"][0]["imageId"]["imageDigest"], new.digest, "the tag has moved");
    let both = json!([{ "imageTag": "v1", "imageDigest": image.digest }]);
    let found = batch(&server, &both);
    assert_eq!(found["failures"][0]["failureCode"], "ImageTagDoesNotMatchDigest", "{found}");

    upstream.does("/manifests/", Fault::Says(403, String::new(), String::new()));
    let found = batch(&server, &images);
    assert_eq!(found["images"][0]["imageId"]["imageDigest"], new.digest, "it is stale: {found}");
    assert_eq!(found["failures"][0]["failureCode"], "UpstreamAccessDenied", "{found}");
}

#[test]
fn a_cache_is_warmed_with_a_list_of_images() {
    let upstream = Upstream::start();
    let server = server(&upstream, &[]);
    let one = upstream.push("web", "one", 1, &[b"one"]);
    let two = upstream.push("team/db", "two", 2, &[b"two"]);
    let list = tempfile::NamedTempFile::new().expect("there is room");
    let text = format!("# what the cluster runs\n\nhub/web@{}\nhub/team/db:two\n", one.digest);
    std::fs::write(list.path(), text).expect("there is room");
    let from = list.path().display().to_string();

    let warmed = server.longshore(["cache", "warm", "hub/web:one", "--from", &from]).succeeds();
    let mut lines: Vec<Value> =
        warmed.lines().map(|line| serde_json::from_str(line).expect("it is JSON")).collect();
    let done: Vec<Value> = lines.iter_mut().map(|line| line["Done"].take()).collect();
    assert_eq!(done, [1, 2, 3], "{warmed}");
    assert!(lines.iter().all(|line| line["Of"] == 3), "{warmed}");
    let digest_of = |image: &str| {
        let line = lines.iter().find(|line| line["Image"] == image);
        line.map(|line| line["ImageDigest"].clone()).unwrap_or_default()
    };
    assert_eq!(digest_of("hub/web:one"), one.digest, "{warmed}");
    assert_eq!(digest_of("hub/team/db:two"), two.digest, "{warmed}");
    upstream.goes_down();
    let mut client = server.client();
    for (path, image) in [("hub/web/manifests/one", &one), ("hub/team/db/manifests/two", &two)] {
        assert_eq!(pulled(&mut client, &format!("/v2/{path}")), (200, image.digest.clone()));
    }
    for image in [("hub/web", &one), ("hub/team/db", &two)] {
        let (name, image) = image;
        let layer = format!("/v2/{name}/blobs/{}", image.layers[0].digest);
        assert_eq!(client.get(&layer).status, 200, "it is here");
    }

    let failed = server.longshore(["cache", "warm", "hub/web:one", "hub/web:none"]).run();
    assert!(!failed.succeeded(), "{failed}");
    assert!(failed.stdout.contains("\"Image\":\"hub/web:one\""), "{failed}");
    assert!(failed.stderr.contains("hub/web:none: "), "{failed}");
}
