//! The log: one JSON object per line, and no secret in it.

use black_box::{
    AccessKey, Client, ROOT_SECRET_KEY, Request, Server, authorization, call, manifest_of,
};
use serde_json::{Value, json};

/// What must be found in no log: everything that opens a door.
fn secrets(server: &Server, download: &str) -> Vec<String> {
    let words = authorization(server.password());
    let signature = download.split_once('?').map_or(download, |(_, query)| query);
    [server.password(), words.trim_start_matches("Basic "), ROOT_SECRET_KEY, signature]
        .map(str::to_owned)
        .into()
}

/// Requests of every kind, good and bad, through both doors.
fn session(server: &Server) -> Vec<String> {
    server.create_repository("web");
    let mut client = server.client();
    let config = client.push_layer("web", b"{}");
    client.put_manifest("web", "v1", &manifest_of(1, &config, &[]));
    client.get("/v2/web/manifests/v1");
    client.get(&format!("/v2/web/blobs/{}", config.digest));
    client.get("/v2/web/manifests/none");
    server.stranger().get("/v2/");
    Client::logged_in(server.address(), "a wrong password").get("/v2/");
    let wrong = AccessKey { secret: "a/wrong/secret/of/another".to_owned(), ..AccessKey::root() };
    call(server.address(), &wrong, "DescribeRegistry", &json!({}));
    let body = json!({ "repositoryName": "web", "layerDigest": config.digest });
    let url = server.call("GetDownloadUrlForLayer", &body)["downloadUrl"].clone();
    let url = url.as_str().expect("a layer has a URL").to_owned();
    let (_, path) =
        url.split_once("://").and_then(|(_, rest)| rest.split_once('/')).expect("a URL");
    assert_eq!(server.stranger().get(&format!("/{path}")).body, b"{}");
    server.stranger().ask(
        Request::new("POST", "/")
            .header("authorization", "AWS4-HMAC-SHA256 a wrong header")
            .body("{}"),
    );
    secrets(server, &url)
        .into_iter()
        .chain(["a wrong password", "a/wrong/secret", "a wrong header"].map(str::to_owned))
        .collect()
}

#[test]
fn no_secret_is_logged_at_any_level() {
    for level in ["info", "debug", "trace"] {
        let mut server = Server::start_with(&["--log", level, "--log-format", "json"]);
        let secrets = session(&server);
        server.terminate();
        server.await_end();
        let log = server.log();
        for secret in secrets {
            let line = log.lines().find(|line| line.contains(&secret));
            assert_eq!(line, None, "{secret} is logged at {level}");
        }
    }
}

#[test]
fn every_line_is_an_object_with_the_documented_fields() {
    let mut server = Server::start_with(&["--log", "debug"]);
    session(&server);
    server.terminate();
    server.await_end();
    let parse = |line: &str| -> Value {
        serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"))
    };
    let lines: Vec<Value> = server.log().lines().map(parse).collect();
    for line in &lines {
        for field in ["timestamp", "level", "message", "target"] {
            assert!(line[field].is_string(), "no {field}: {line}");
        }
    }
    let put = |line: &&Value| line["http.route"] == "oci.put_manifest";
    let put = lines.iter().find(put).expect("a write is logged");
    assert_eq!(put["message"], "answered");
    assert_eq!(put["level"], "INFO");
    assert_eq!(put["http.method"], "PUT");
    assert_eq!(put["http.path"], "/v2/web/manifests/v1");
    assert_eq!(put["http.status"], 201);
    assert!(put["took_ms"].as_f64().is_some_and(|took| took > 0.0), "{put}");
}
