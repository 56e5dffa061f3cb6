//! The floods: everything that one client can do by itself.

use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::Duration;

use black_box::{
    AccessKey, Announces, Client, Connection, Http2, Kind, MANIFEST, ROOT_ACCESS_KEY, Random,
    Request, Server, digest_of, manifest_of, signed_call,
};
use serde_json::{Value, json};

/// What a head may have of headers that a stranger chooses, with room for the others: the server
/// takes 64 KiB of a head.
const LONG_HEADER: usize = 56 << 10;

/// Where floods come from. The other client has an address of its own.
const SOURCE: &str = "127.0.0.2";

const REPOSITORY: &str = "flooded";

pub(crate) struct Flood {
    pub(crate) name: &'static str,
    /// How many threads it takes.
    pub(crate) clients: usize,
    /// Makes what the flood is about; returns what its clients must know of it.
    pub(crate) prepare: fn(&Server) -> String,
    pub(crate) attack: fn(&Target, usize, &AtomicBool),
}

/// What a flood knows of its server.
pub(crate) struct Target {
    pub(crate) address: String,
    /// The credentials for the OCI door.
    pub(crate) authorization: String,
    pub(crate) prepared: String,
}

#[rustfmt::skip]
pub(crate) const FLOODS: &[Flood] = &[
    Flood { name: "patterns and long headers",        clients: 8, prepare: with_pattern,   attack: send_long_headers },
    Flood { name: "calls that drip, unsigned",        clients: 4, prepare: with_nothing,   attack: drip_calls },
    Flood { name: "bodies of strangers",              clients: 4, prepare: with_nothing,   attack: send_bodies },
    Flood { name: "bodies of strangers over HTTP/2",  clients: 4, prepare: with_nothing,   attack: send_bodies_over_http_2 },
    Flood { name: "idle connections of HTTP/2",       clients: 4, prepare: with_nothing,   attack: idle_over_http_2 },
    Flood { name: "heads that never end",             clients: 4, prepare: with_nothing,   attack: drip_heads },
    Flood { name: "layers that are never read",       clients: 4, prepare: with_layer,     attack: take_no_layer },
    Flood { name: "manifests that are never read",    clients: 4, prepare: with_large_manifest, attack: take_no_manifest },
    Flood { name: "denials",                          clients: 8, prepare: with_nothing,   attack: be_denied },
    Flood { name: "one digest a hundred times",       clients: 4, prepare: with_large_manifest, attack: ask_again_and_again },
    Flood { name: "referrers with long annotations",  clients: 4, prepare: with_referrers, attack: list_referrers },
    Flood { name: "pushes of missing layers",         clients: 8, prepare: with_nothing,   attack: push_what_is_missing },
];

fn goes_on(ended: &AtomicBool) -> bool {
    !ended.load(Ordering::Relaxed)
}

fn rest() {
    thread::sleep(Duration::from_millis(20));
}

impl Target {
    fn connect(&self) -> Option<Connection> {
        Connection::open_from(SOURCE, &self.address).ok()
    }

    fn connect_http_2(&self, window: u32) -> Option<Http2> {
        let connection = Http2::open_from(SOURCE, &self.address, window).ok()?;
        connection.patience(Duration::from_millis(10)).ok()?;
        Some(connection)
    }

    /// Sends the same request again and again, over a connection that is opened again when the
    /// server ends it. What is answered does not matter here.
    fn repeat(&self, request: &Request, ended: &AtomicBool) {
        let request = request.clone().header("authorization", &self.authorization);
        let mut connection = None;
        while goes_on(ended) {
            connection = connection.or_else(|| self.connect());
            let is_over = connection.as_mut().is_none_or(|open| open.ask(&request).is_err());
            if is_over {
                connection = None;
                rest();
            }
        }
    }

    /// Sends the same call again and again, signed.
    fn call(&self, operation: &str, input: &Value, headers: &[(&str, &str)], ended: &AtomicBool) {
        let (key, input) = (AccessKey::root(), input.to_string());
        while goes_on(ended) {
            let call = signed_call(&self.address, &key, operation, &input, Announces::Nothing);
            let call = headers.iter().fold(call, |call, (name, value)| call.header(name, value));
            let done = self.connect().map(|mut connection| connection.ask(&call));
            if !matches!(done, Some(Ok(_))) {
                rest();
            }
        }
    }

    /// A call with an id that others may have seen and a signature that is none.
    fn forged(&self, operation: &str, length: u64) -> Request {
        let key = AccessKey { id: ROOT_ACCESS_KEY.to_owned(), secret: "guessed".to_owned() };
        signed_call(&self.address, &key, operation, "", Announces::Nothing).claiming_length(length)
    }
}

fn with_nothing(server: &Server) -> String {
    server.create_repository(REPOSITORY);
    String::new()
}

fn with_pattern(server: &Server) -> String {
    server.create_repository(REPOSITORY);
    let policy = json!({ "Version": "2012-10-17", "Statement": [{
        "Effect": "Deny",
        "Principal": "*",
        "Action": "ecr:BatchGetImage",
        "Condition": { "StringLike": { "aws:UserAgent": "*a".repeat(4_800) + "b" } },
    }]});
    let input = json!({ "repositoryName": REPOSITORY, "policyText": policy.to_string() });
    server.call("SetRepositoryPolicy", &input);
    String::new()
}

fn send_long_headers(target: &Target, _: usize, ended: &AtomicBool) {
    let path = format!("/v2/{REPOSITORY}/manifests/v1");
    target
        .repeat(&Request::new("GET", &path).header("user-agent", &"a".repeat(LONG_HEADER)), ended);
}

/// Keeps bodies on their way, a byte at a time.
fn drip(target: &Target, requests: &[Request], count: usize, first: &[u8], ended: &AtomicBool) {
    let mut held: Vec<Connection> = Vec::new();
    while goes_on(ended) {
        if held.len() < count
            && let Some(mut connection) = target.connect()
            && connection.send(&requests[held.len() % requests.len()]).is_ok()
            && connection.send_bytes(first).is_ok()
        {
            held.push(connection);
            continue;
        }
        held.retain_mut(|connection| connection.send_bytes(b" ").is_ok());
        rest();
    }
}

fn drip_calls(target: &Target, _: usize, ended: &AtomicBool) {
    let calls =
        [target.forged("UploadLayerPart", 27 << 20), target.forged("DescribeImages", 1 << 20)];
    drip(target, &calls, 100, b"{", ended);
}

fn send_bodies(target: &Target, _: usize, ended: &AtomicBool) {
    let form =
        Request::new("POST", "/").header("content-type", "application/x-www-form-urlencoded");
    let calls = [
        target.forged("UploadLayerPart", 27 << 20),
        target.forged("PutImage", 4 << 20),
        form.claiming_length(1 << 20),
    ];
    drip(target, &calls, 60, &vec![b' '; 900 << 10], ended);
}

fn send_bodies_over_http_2(target: &Target, number: usize, ended: &AtomicBool) {
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let upload = [("content-type", "application/octet-stream")];
    let mut held: Vec<(Http2, u32)> = Vec::new();
    while goes_on(ended) {
        if held.len() < 20
            && let Some(mut connection) = target.connect_http_2(1 << 20)
        {
            for _ in 0..100 {
                let begun = match number % 2 {
                    0 => connection.begin("POST", "/", &form, false),
                    _ => connection.begin("PUT", "/v2/flooded/manifests/v1", &upload, false),
                };
                let Ok(stream) = begun else { break };
                drop(connection.data(stream, &[b' '; 600], false));
            }
            held.push((connection, 0));
            continue;
        }
        held.retain_mut(|(connection, turn)| {
            *turn = (*turn + 1) % 100;
            drop(connection.next_frame());
            connection.data(*turn * 2 + 1, &[b' '; 60], false).is_ok()
        });
        rest();
    }
}

/// Keeps heads on their way, almost as long as they may be.
fn drip_heads(target: &Target, _: usize, ended: &AtomicBool) {
    let begun = format!("GET /v2/ HTTP/1.1\r\nhost: x\r\nx-long: {}", "a".repeat(LONG_HEADER));
    let mut held: Vec<Connection> = Vec::new();
    while goes_on(ended) {
        if held.len() < 120
            && let Some(mut connection) = target.connect()
            && connection.send_bytes(begun.as_bytes()).is_ok()
        {
            held.push(connection);
            continue;
        }
        held.retain_mut(|connection| connection.send_bytes(b"a").is_ok());
        rest();
    }
}

fn idle_over_http_2(target: &Target, number: usize, ended: &AtomicBool) {
    let mut held: Vec<Http2> = Vec::new();
    while goes_on(ended) {
        if held.len() < 120
            && let Some(connection) = target.connect_http_2(1 << 20)
        {
            held.push(connection);
            continue;
        }
        held.retain_mut(|connection| {
            let nag = match number % 2 {
                0 => connection.send(Kind::Ping, 0, 0, &[7; 8]),
                _ => connection.send(Kind::Settings, 0, 0, &[]),
            };
            drop(connection.next_frame());
            nag.is_ok()
        });
    }
}

fn with_layer(server: &Server) -> String {
    server.create_repository(REPOSITORY);
    server.client().push_layer(REPOSITORY, &Random::new(3).bytes(4 << 20)).digest
}

fn take_no_layer(target: &Target, number: usize, ended: &AtomicBool) {
    take_nothing(target, &format!("blobs/{}", target.prepared), number, ended);
}

fn take_no_manifest(target: &Target, number: usize, ended: &AtomicBool) {
    take_nothing(target, &format!("manifests/{}", target.prepared), number, ended);
}

/// Asks for the same thing, over both protocols, on as many connections as it may have, and reads
/// nothing of it.
fn take_nothing(target: &Target, path: &str, number: usize, ended: &AtomicBool) {
    let path = format!("/v2/{REPOSITORY}/{path}");
    let headers = [("authorization", &*target.authorization), ("accept", "*/*")];
    let (mut held, mut untaken) = (Vec::new(), Vec::new());
    while goes_on(ended) {
        if held.len() < 4
            && let Some(mut connection) = target.connect_http_2(u32::from(number.is_multiple_of(2)))
        {
            let begun =
                (0..100).try_for_each(|_| connection.begin("GET", &path, &headers, true).map(drop));
            held.extend(begun.is_ok().then_some(connection));
        }
        if untaken.len() < 20
            && let Some(mut connection) = target.connect()
        {
            let get = headers
                .iter()
                .fold(Request::new("GET", &path), |get, (name, value)| get.header(name, value));
            untaken.extend(connection.send(&get).is_ok().then_some(connection));
        }
        held.retain_mut(|connection| connection.send(Kind::Ping, 0, 0, &[7; 8]).is_ok());
        rest();
    }
}

fn be_denied(target: &Target, number: usize, ended: &AtomicBool) {
    let input = json!({ "registryId": "222222222222", "repositoryName": "theirs" });
    let half = LONG_HEADER / 2;
    let (agent, referer) = ("a".repeat(half), format!("{number}{}", "r".repeat(half)));
    target.call("DescribeImages", &input, &[("user-agent", &agent), ("referer", &referer)], ended);
}

fn with_large_manifest(server: &Server) -> String {
    let layer = {
        server.create_repository(REPOSITORY);
        server.client().push_layer(REPOSITORY, b"{}")
    };
    let mut manifest: Value =
        serde_json::from_slice(&manifest_of(1, &layer, &[])).expect("a manifest is JSON");
    manifest["annotations"] = json!({ "long": "a".repeat(3 << 20) });
    let manifest = manifest.to_string().into_bytes();
    let put = server.client().put_manifest(REPOSITORY, "v1", &manifest);
    assert_eq!(put.status, 201, "{}", put.text());
    digest_of(&manifest)
}

fn ask_again_and_again(target: &Target, _: usize, ended: &AtomicBool) {
    let id = json!({ "imageDigest": target.prepared });
    let input = json!({ "repositoryName": REPOSITORY, "imageIds": vec![id; 100] });
    target.call("BatchGetImage", &input, &[], ended);
}

fn with_referrers(server: &Server) -> String {
    server.create_repository(REPOSITORY);
    let mut client = server.client();
    let layer = client.push_layer(REPOSITORY, b"{}");
    let subject = manifest_of(1, &layer, &[]);
    assert_eq!(client.put_manifest(REPOSITORY, "v1", &subject).status, 201);
    for number in 0..30 {
        put_referrer(&mut client, &layer.digest, &subject, number);
    }
    digest_of(&subject)
}

fn put_referrer(client: &mut Client, config: &str, subject: &[u8], number: usize) {
    let manifest = json!({
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "artifactType": "application/x-flood",
        "config": { "mediaType": "application/vnd.oci.empty.v1+json", "digest": config, "size": 2 },
        "layers": [],
        "subject": { "mediaType": MANIFEST, "digest": digest_of(subject), "size": subject.len() },
        "annotations": { "number": number.to_string(), "long": "a".repeat(1 << 20) },
    });
    let manifest = manifest.to_string().into_bytes();
    let put = client.put_manifest(REPOSITORY, &digest_of(&manifest), &manifest);
    assert_eq!(put.status, 201, "{}", put.text());
}

fn list_referrers(target: &Target, _: usize, ended: &AtomicBool) {
    let path = format!("/v2/{REPOSITORY}/referrers/{}", target.prepared);
    target.repeat(&Request::new("GET", &path), ended);
}

fn push_what_is_missing(target: &Target, number: usize, ended: &AtomicBool) {
    let layer = |n: usize| {
        let digest = digest_of(format!("{number} {n}").as_bytes());
        json!({ "mediaType": "application/vnd.oci.image.layer.v1.tar", "digest": digest, "size": 1 })
    };
    let manifest = json!({
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": layer(4_000),
        "layers": (0..4_000).map(layer).collect::<Vec<_>>(),
    });
    let put = Request::new("PUT", &format!("/v2/{REPOSITORY}/manifests/n{number}"));
    target.repeat(&put.header("content-type", MANIFEST).body(manifest.to_string()), ended);
}
