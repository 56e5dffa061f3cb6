//! Names, tags and digests that almost fit, and paths that try to lead elsewhere.

use black_box::{MANIFEST, Request};

use crate::{Row, Scene, rows};

/// What can be asked of a repository, with its name in the path.
fn in_repository(name: &str) -> [Request; 5] {
    let request = |method: &str, rest: &str| Request::new(method, &format!("/v2/{name}/{rest}"));
    [
        request("GET", "tags/list"),
        request("GET", "manifests/v1"),
        request("PUT", "manifests/v1").header("content-type", MANIFEST).body("{}"),
        request("DELETE", "manifests/v1"),
        request("POST", "blobs/uploads/"),
    ]
}

#[test]
fn names_that_almost_fit_the_grammar_are_refused_whatever_is_asked() {
    let long = "a".repeat(257);
    #[rustfmt::skip]
    let cases: [(&str, &'static str); 18] = [
        ("w",                "one letter"),
        (&long,              "257 letters"),
        ("Web",              "upper case"),
        ("web-",             "ends in a separator"),
        ("-web",             "begins with one"),
        ("we..b",            "two dots"),
        ("we___b",           "three underscores"),
        ("we._b",            "separators mixed"),
        ("a//b",             "an empty segment"),
        ("/web",             "begins with a slash"),
        ("web/",             "ends in a slash"),
        ("web%2fapi",        "an escaped slash"),
        ("web%2Fapi",        "an escaped slash"),
        ("%77eb",            "an escaped letter"),
        ("web%00",           "a zero byte"),
        ("w%C3%A9b",         "not ASCII"),
        ("web:v1",           "a colon"),
        ("web@v1",           "an at sign"),
    ];
    let mut scene = Scene::new();
    let row = |(name, because): &(&str, &'static str)| {
        in_repository(name).map(|request| Row::from((request, 400, "NAME_INVALID", *because)))
    };
    scene.refuses(cases.iter().flat_map(row).collect());
}

#[test]
fn repositories_that_are_not_there_are_unknown() {
    let longest = "a".repeat(256);
    let mut scene = Scene::new();
    let mut table = Vec::new();
    for name in ["nowhere", "web/api", "team-a", "team-a/web/x", "we__b", "we--b", &longest] {
        for (at, request) in in_repository(name).into_iter().enumerate() {
            // A manifest is read before its repository is looked for.
            let (status, code) = if at == 2 { (405, "UNSUPPORTED") } else { (404, "NAME_UNKNOWN") };
            table.push(Row::from((request, status, code, "no such repository")));
        }
    }
    scene.refuses(table);
}

#[test]
fn dots_and_escapes_in_paths_lead_nowhere() {
    let get = |target: &str| Request::new("GET", target);
    let mut scene = Scene::new();
    let blob = format!("/v2/web/blobs/../blobs/{}", scene.layer.digest);
    #[rustfmt::skip]
    scene.refuses(rows([
        (get("/v2/../v2/web/manifests/v1"),               400, "NAME_INVALID", "dots before a name"),
        (get("/v2/web/../web/manifests/v1"),              400, "NAME_INVALID", "dots in a name"),
        (get("/v2/%2e%2e/web/manifests/v1"),              400, "NAME_INVALID", "escaped dots"),
        (get("/v2/..%2f..%2fetc/manifests/v1"),           400, "NAME_INVALID", "escaped dots and slashes"),
        (get("/v2/./web/manifests/v1"),                   400, "NAME_INVALID", "a dot"),
        (get(&blob),                                      400, "NAME_INVALID", "dots before the kind"),
        (get("/v2/web/manifests/.."),                     400, "TAG_INVALID", "dots for a tag"),
        (get("/v2/web/manifests/%2e%2e"),                 400, "TAG_INVALID", "escaped dots for a tag"),
        (get("/v2/web/manifests/..%2fv1"),                400, "TAG_INVALID", "a path for a tag"),
        (get("/v2/web/manifests/v1%2f..%2fv1"),           400, "TAG_INVALID", "a path for a tag"),
        (get("/v2/web/blobs/..%2f..%2fkeyring.json"),     400, "DIGEST_INVALID", "a path for a digest"),
        (get("/v2/web/blobs/sha256:..%2f..%2fkeyring.json"), 400, "DIGEST_INVALID", "a path in a digest"),
        (get("/v2/web/blobs/uploads/..%2f..%2fv1"),       404, "BLOB_UPLOAD_UNKNOWN", "a path for an upload"),
        (get("/v2/web/blobs/uploads/%00"),                404, "BLOB_UPLOAD_UNKNOWN", "a zero byte for an upload"),
        (get("/v2/web"),                                  404, "UNSUPPORTED", "half a path"),
        (get("/v2/web/manifests"),                        404, "UNSUPPORTED", "half a path"),
        (get("/v2/web/manifests/%ff"),                    404, "UNSUPPORTED", "not text"),
        (get("/v2//"),                                    404, "UNSUPPORTED", "nothing"),
    ]));
}

#[test]
fn tags_and_digests_that_almost_fit_are_refused() {
    let sha = "a".repeat(64);
    let manifest = |method: &str, reference: &str| {
        let target = format!("/v2/web/manifests/{reference}");
        Request::new(method, &target).header("content-type", MANIFEST)
    };
    let blob = |digest: &str| Request::new("GET", &format!("/v2/web/blobs/{digest}"));
    let long = "v".repeat(129);
    let mut scene = Scene::new();
    #[rustfmt::skip]
    scene.refuses(rows([
        (manifest("GET", ".v1"),                             400, "TAG_INVALID", "begins with a dot"),
        (manifest("PUT", "-v1"),                             400, "TAG_INVALID", "begins with a hyphen"),
        (manifest("PUT", &long),                             400, "TAG_INVALID", "129 letters"),
        (manifest("PUT", "v1%20"),                           400, "TAG_INVALID", "a space"),
        (manifest("PUT", "1.0+2"),                           400, "TAG_INVALID", "a plus"),
        (manifest("PUT", "v1?tag=.v2"),                      400, "TAG_INVALID", "a further tag that begins with a dot"),
        (manifest("PUT", "v1?tag=v2&tag="),                  400, "TAG_INVALID", "a further tag without a letter"),
        (manifest("GET", &format!("sha256:{}", &sha[1..])),  400, "TAG_INVALID", "a digit short"),
        (manifest("GET", &format!("sha256:{sha}a")),         400, "TAG_INVALID", "a digit too long"),
        (manifest("GET", &format!("sha256:{}", sha.to_uppercase())), 400, "TAG_INVALID", "upper case"),
        (manifest("GET", &format!("md5:{sha}")),             400, "TAG_INVALID", "a hash that is none"),
        (manifest("GET", &format!("sha512:{sha}")),          400, "TAG_INVALID", "half of a SHA-512"),
        (manifest("GET", &format!("sha256:{sha}")),          404, "MANIFEST_UNKNOWN", "well-formed, and not there"),
        (manifest("GET", "v2"),                              404, "MANIFEST_UNKNOWN", "no such tag"),
        (manifest("DELETE", "v2"),                           404, "MANIFEST_UNKNOWN", "no such tag"),
        (manifest("POST", "v1"),                             405, "UNSUPPORTED", "manifests are put"),
        (blob("latest"),                                     400, "DIGEST_INVALID", "a tag"),
        (blob(&sha),                                         400, "DIGEST_INVALID", "no algorithm"),
        (blob(&format!("sha256:{}g", &sha[1..])),            400, "DIGEST_INVALID", "not hex"),
        (blob(&format!("sha256:{sha}")),                     404, "BLOB_UNKNOWN", "well-formed, and not there"),
    ]));
}
