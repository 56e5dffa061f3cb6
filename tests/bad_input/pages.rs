//! Pages: malformed lengths, and tokens that were forged, altered, or made for another list.

use black_box::{AccessKey, Request, call, manifest_of};
use serde_json::{Value, json};

use crate::{Scene, rows};

#[test]
fn page_lengths_that_are_none_are_refused() {
    let get = |target: &str| Request::new("GET", target);
    let mut scene = Scene::new();
    #[rustfmt::skip]
    scene.refuses(rows([
        (get("/v2/web/tags/list?n=-1"),         405, "UNSUPPORTED", "fewer than none"),
        (get("/v2/web/tags/list?n=ten"),        405, "UNSUPPORTED", "a word"),
        (get("/v2/web/tags/list?n=1.5"),        405, "UNSUPPORTED", "a half"),
        (get("/v2/_catalog?n=-1"),              405, "UNSUPPORTED", "fewer than none"),
    ]));
}

#[test]
fn any_last_entry_is_a_place_to_go_on_from() {
    let mut scene = Scene::new();
    #[rustfmt::skip]
    let cases = [
        ("/v2/web/tags/list?last=v0",                     Some("v1"), "a tag that is not there"),
        ("/v2/web/tags/list?last=v1",                     None,       "the last tag"),
        ("/v2/web/tags/list?last=%00%ff%27%3B--",         Some("v1"), "no tag at all"),
        ("/v2/web/tags/list?n=99999999999999999999",      Some("v1"), "all and more"),
    ];
    for (target, first, because) in cases {
        let page = scene.client.get(target);
        assert_eq!(page.status, 200, "{because}: {}", page.text());
        assert_eq!(page.json()["tags"][0].as_str(), first, "{because}");
    }
}

#[test]
fn page_tokens_that_are_not_ours_are_refused() {
    let mut scene = Scene::new();
    let second = manifest_of(2, &scene.config, &[]);
    assert_eq!(scene.client.put_manifest("web", "v2", &second).status, 201);
    let list = |operation: &str, input: &Value| {
        call(scene.server.address(), &AccessKey::root(), operation, input)
    };
    let images = |token: &str, repository: &str| {
        let input = json!({ "repositoryName": repository, "maxResults": 1, "nextToken": token });
        list("ListImages", &input)
    };
    let first = list("ListImages", &json!({ "repositoryName": "web", "maxResults": 1 })).json();
    let ours = first["nextToken"].as_str().expect("there is a second page").to_owned();
    let repositories = list("DescribeRepositories", &json!({ "maxResults": 1 })).json();
    let anothers = repositories["nextToken"].as_str().expect("there is a second page").to_owned();
    let bent = |at: usize| {
        let mut bytes = ours.clone().into_bytes();
        bytes[at] = if bytes[at] == b'A' { b'B' } else { b'A' };
        String::from_utf8(bytes).unwrap()
    };
    #[rustfmt::skip]
    let cases = [
        ("forged",                       "web",   "no token"),
        (&"A".repeat(5_000),             "web",   "a long one"),
        ("../../keyring.json",           "web",   "a path"),
        (&ours[..ours.len() - 4],        "web",   "cut"),
        (&format!("{ours}AAAA"),         "web",   "lengthened"),
        (&bent(0),                       "web",   "bent at its beginning"),
        (&bent(ours.len() / 2),          "web",   "bent in its middle"),
        (&anothers,                      "web",   "of another list"),
        (&ours,                          "other", "of another repository"),
    ];
    for (token, repository, because) in cases {
        let answer = images(token, repository);
        let kind = answer.json()["__type"].as_str().unwrap_or_default().to_owned();
        assert_eq!(
            (answer.status, &*kind),
            (400, "InvalidParameterException"),
            "{because}: {}",
            answer.text()
        );
    }

    // An empty one says nothing: it is the first page.
    assert_eq!(images("", "web").json()["imageIds"], first["imageIds"]);

    // Stale: what it pointed behind is gone, and the list continues nevertheless.
    let pointed = first["imageIds"][0]["imageDigest"].as_str().unwrap();
    assert_eq!(scene.client.delete(&format!("/v2/web/manifests/{pointed}")).status, 202);
    let rest = images(&ours, "web").json();
    assert_eq!(rest["imageIds"].as_array().map(Vec::len), Some(1), "{rest}");
    assert_ne!(rest["imageIds"][0]["imageDigest"], pointed);
}
