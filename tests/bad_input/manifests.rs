//! Malformed manifests, and manifests that refer to missing content.

use black_box::{Layer, MANIFEST, Request, digest_of, manifest_of};
use serde_json::{Value, json};

use crate::{Scene, rows};

const INDEX: &str = "application/vnd.oci.image.index.v1+json";

fn put(media_type: &str, body: impl Into<Vec<u8>>) -> Request {
    Request::new("PUT", "/v2/web/manifests/v2").header("content-type", media_type).body(body)
}

#[test]
fn documents_that_are_no_manifests_are_refused() {
    let mut scene = Scene::new();
    let good = manifest_of(2, &scene.config, std::slice::from_ref(&scene.layer));
    let text = String::from_utf8(good.clone()).unwrap();
    let changed = |from: &str, to: &str| {
        assert!(text.contains(from), "{from} is not in {text}");
        put(MANIFEST, text.replace(from, to))
    };
    let digest = scene.layer.digest.clone();
    let named = text.replace("\"annotations\"", "\"config\":{},\"annotations\"");
    let deep = format!("{{\"schemaVersion\":2,\"x\":{}", "[".repeat(1 << 20));
    let media_type_of =
        |media_type: &str, called: &str| put(called, text.replace(MANIFEST, media_type));
    let not_text = [&good[..], b"\xff\xfe"].concat();
    let untyped = text.replace(&format!("\"mediaType\":\"{MANIFEST}\","), "");
    #[rustfmt::skip]
    scene.refuses(rows([
        (put(MANIFEST, ""),                                       405, "UNSUPPORTED", "nothing"),
        (put(MANIFEST, "{"),                                      405, "UNSUPPORTED", "half an object"),
        (put(MANIFEST, "[]"),                                     405, "UNSUPPORTED", "a list"),
        (put(MANIFEST, "null"),                                   405, "UNSUPPORTED", "null"),
        (put(MANIFEST, "\"text\""),                               405, "UNSUPPORTED", "a text"),
        (put(MANIFEST, &text[..text.len() - 1]),                  405, "UNSUPPORTED", "a brace short"),
        (put(MANIFEST, format!("{text}{{}}")),                    405, "UNSUPPORTED", "two documents"),
        (put(MANIFEST, not_text),                                 405, "UNSUPPORTED", "not UTF-8 at its end"),
        (put(MANIFEST, deep),                                     405, "UNSUPPORTED", "a million brackets"),
        (put(MANIFEST, named),                                    405, "UNSUPPORTED", "a name twice"),
        (changed("\"schemaVersion\":2", "\"schemaVersion\":1"),   405, "UNSUPPORTED", "version 1"),
        (changed("\"schemaVersion\":2", "\"schemaVersion\":\"2\""), 405, "UNSUPPORTED", "a version in quotes"),
        (changed("\"size\":7", "\"size\":-7"),                    405, "UNSUPPORTED", "a negative size"),
        (changed("\"size\":7", "\"size\":7.5"),                   405, "UNSUPPORTED", "half a byte"),
        (changed("\"size\":7", "\"size\":1e300"),                 405, "UNSUPPORTED", "a size that no number holds"),
        (changed("\"size\":7", "\"size\":\"7\""),                 405, "UNSUPPORTED", "a size in quotes"),
        (changed(&digest, &digest.to_uppercase()),                405, "UNSUPPORTED", "a digest in upper case"),
        (changed(&digest, "sha256:../../keyring.json"),           405, "UNSUPPORTED", "a path for a digest"),
        (changed("\"layers\"", "\"layer\""),                      405, "UNSUPPORTED", "no layers"),
        (put("text/plain", text.clone()),                         405, "UNSUPPORTED", "called plain text"),
        (put(INDEX, text.clone()),                                405, "UNSUPPORTED", "an image called an index"),
        (media_type_of(INDEX, INDEX),                             405, "UNSUPPORTED", "an image that says it is an index"),
        (media_type_of("text/plain", "text/plain"),               405, "UNSUPPORTED", "a kind that is not kept"),
        (put("", untyped),                                        405, "UNSUPPORTED", "of no kind at all"),
        (put(MANIFEST, vec![b' '; 5 << 20]),                      413, "MANIFEST_INVALID", "5 MiB"),
    ]));
}

#[test]
fn manifests_that_promise_what_is_not_there_are_refused() {
    let mut scene = Scene::new();
    let (config, layer) = (scene.config.clone(), scene.layer.clone());
    let missing = Layer::of(b"never pushed");
    let elsewhere = scene.client.push_layer("other", b"of another repository");
    let lying = Layer { size: layer.size + 1, ..layer.clone() };
    let many: Vec<Layer> = (0..5_000_u32).map(|at| Layer::of(&at.to_be_bytes())).collect();
    let image = |config: &Layer, layers: &[Layer]| put(MANIFEST, manifest_of(3, config, layers));
    let good = manifest_of(4, &config, std::slice::from_ref(&layer));
    let at_digest = |bytes: &[u8], body: Vec<u8>| {
        let target = format!("/v2/web/manifests/{}", digest_of(bytes));
        Request::new("PUT", &target).header("content-type", MANIFEST).body(body)
    };
    let index = |digest: &str| {
        let child: Value = json!({ "mediaType": MANIFEST, "digest": digest, "size": 7 });
        let index = json!({ "schemaVersion": 2, "mediaType": INDEX, "manifests": [child] });
        put(INDEX, index.to_string())
    };
    #[rustfmt::skip]
    scene.refuses(rows([
        (image(&missing, &[]),                            404, "MANIFEST_BLOB_UNKNOWN", "no such configuration"),
        (image(&config, std::slice::from_ref(&missing)),  404, "MANIFEST_BLOB_UNKNOWN", "no such layer"),
        (image(&config, &[layer.clone(), missing]),       404, "MANIFEST_BLOB_UNKNOWN", "one layer of two"),
        (image(&config, &[elsewhere]),                    404, "MANIFEST_BLOB_UNKNOWN", "a layer of another repository"),
        (image(&config, &[lying]),                        400, "MANIFEST_INVALID", "a layer is a byte shorter than it says"),
        (image(&config, &many),                           405, "UNSUPPORTED", "five thousand layers"),
        (index(&digest_of(b"no image")),                  404, "MANIFEST_BLOB_UNKNOWN", "no such image"),
        (index(&layer.digest),                            404, "MANIFEST_BLOB_UNKNOWN", "a layer is no image"),
        (at_digest(b"other", good.clone()),               400, "MANIFEST_INVALID", "another manifest's digest"),
        (at_digest(&good, [&good[..], b"\n"].concat()),   400, "MANIFEST_INVALID", "a line's end too many"),
    ]));
}

#[test]
fn what_images_need_cannot_be_deleted_from_under_them() {
    let mut scene = Scene::new();
    let image = scene.client.get("/v2/web/manifests/v1");
    let digest = image.header("docker-content-digest").unwrap();
    let child = json!({ "mediaType": MANIFEST, "digest": digest, "size": image.body.len() });
    let index = json!({ "schemaVersion": 2, "mediaType": INDEX, "manifests": [child] }).to_string();
    let digest_of_index = digest_of(index.as_bytes());
    let path = format!("/v2/web/manifests/{digest_of_index}");
    let index = Request::new("PUT", &path).header("content-type", INDEX).body(index);
    assert_eq!(scene.client.ask(index).status, 201);
    let layer = format!("/v2/web/blobs/{}", scene.layer.digest);
    let image = format!("/v2/web/manifests/{digest}");
    for (path, because) in
        [(layer, "an image needs the layer"), (image, "an index needs the image")]
    {
        let answer = scene.client.delete(&path);
        assert_eq!((answer.status, answer.code().as_str()), (405, "UNSUPPORTED"), "{because}");
    }
    assert_eq!(scene.client.delete(&path).status, 202);
    scene.is_as_it_was();
}
