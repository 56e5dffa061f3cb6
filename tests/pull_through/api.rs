//! What the API fetches.

use black_box::{AccessKey, Server};
use serde_json::{Value, json};

use crate::upstream::{Fault, Upstream};
use crate::{is_stored, server, until};

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
