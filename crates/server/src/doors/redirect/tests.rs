//! Layers in the bucket of a real S3 server, requested as the doors do, and fetched without any
//! credential.

#![expect(clippy::disallowed_methods, reason = "a clock of the test's own")]

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use blobs::{Blobs, BucketConfig, BucketStore};
use bytes::Bytes;
use db::Db;
use http::header::{CONTENT_LENGTH, CONTENT_RANGE, HeaderName, IF_NONE_MATCH, LOCATION, RANGE};
use http::{HeaderMap, HeaderValue, Method, Response, StatusCode};
use keys::Keyring;
use names::{Digest, RepositoryArn, Timestamp};
use operations::{AtRest, Chunk, Completion, Door, Operations, RepositorySettings};
use stand_ins::{HandClock, S3Server, or_skipped};

use super::*;
use crate::doors::blob_answer::{self, BlobAnswer, Wanted};
use crate::metrics::{Metrics, StorageFigures};

struct World {
    operations: Operations,
    metrics: Metrics,
    clock: Arc<HandClock>,
    arn: RepositoryArn,
    _folder: tempfile::TempDir,
    _server: S3Server,
}

impl World {
    /// `None`, and says so, if there is no S3 server here.
    async fn start(test: &str, at_rest: AtRest) -> Option<Self> {
        let server = or_skipped(test, S3Server::start())?;
        let variable = |name: &str| S3Server::variable(server.port, name);
        let config = BucketConfig::parse(&S3Server::address("registry"), variable).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let store = BucketStore::new(&config, tokio::runtime::Handle::current()).unwrap();
        let keyring = Keyring::open_or_create(&folder.path().join("keyring")).unwrap();
        let (db, keyring) = (Db::open(&folder.path().join("rows")).unwrap(), Arc::new(keyring));
        let clock = Arc::new(HandClock::at(at(0)));
        let blobs = Blobs::new(Arc::new(store));
        let operations = Operations::new(db, blobs, keyring, clock.clone(), at_rest);
        let arn = RepositoryArn::parse("arn:aws:ecr:us-east-1:123456789012:repository/web");
        let arn = arn.unwrap();
        operations.create_repository(&arn, RepositorySettings::default()).await.unwrap();
        let metrics = Metrics::new(Vec::new(), Box::new(no_figures));
        Some(Self { operations, metrics, clock, arn, _folder: folder, _server: server })
    }

    /// As Docker does: all of it in one request, and then a request that ends the upload.
    async fn push(&self, content: &[u8]) -> Digest {
        let (arn, digest) = (&self.arn, Digest::sha256(content));
        let id = self.operations.initiate_layer_upload(arn).await.unwrap();
        let bytes = Ok(Bytes::copy_from_slice(content));
        let body = Box::pin(futures_util::stream::once(async { bytes }));
        let chunk = Chunk { first_byte: None, length: None, expected: None, body };
        self.operations.append_to_upload(arn, &id, chunk, Door::Oci).await.unwrap();
        let completion = Completion {
            digest: digest.clone(),
            rest: None,
            door: Door::Oci,
            may_see_layers: true,
        };
        self.operations.complete_layer_upload(arn, &id, completion).await.unwrap();
        digest
    }

    async fn ask(
        &self,
        method: Method,
        digest: &Digest,
        redirects: Redirects,
        headers: &[(HeaderName, String)],
    ) -> Response<Body> {
        let one = |(name, value): &(HeaderName, String)| {
            (name.clone(), HeaderValue::from_str(value).unwrap())
        };
        let headers: HeaderMap = headers.iter().map(one).collect();
        let wanted = Wanted { method: &method, headers: &headers, redirects };
        let blob = self.operations.find_blob(&self.arn, digest).await.unwrap().unwrap();
        let answer =
            blob_answer::answer(&self.operations, &self.metrics, wanted, digest, &blob).await;
        match answer.unwrap() {
            BlobAnswer::Sent(response) => response,
            BlobAnswer::OutOfRange(size) => panic!("the layer has {size} bytes"),
        }
    }

    async fn get(&self, digest: &Digest, headers: &[(HeaderName, String)]) -> Response<Body> {
        self.ask(Method::GET, digest, Redirects::Auto, headers).await
    }
}

fn no_figures() -> StorageFigures {
    StorageFigures {
        database_bytes: 0,
        disk: None,
        reclaimed_bytes: 0,
        reclaimed_objects: 0,
        expired_images: 0,
        corrupt_reads: 0,
        cache_pulls: Vec::new(),
        stored: None,
        undelivered_audit: None,
        events: None,
        external_kms: None,
    }
}

/// So many seconds after now, by the system's clock, which the store goes by.
fn at(seconds: i64) -> Timestamp {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    Timestamp::from_seconds(i64::try_from(since.as_secs()).unwrap() + seconds)
}

fn content(length: usize) -> Vec<u8> {
    (0..length).map(|at| u8::try_from(at % 251).unwrap()).collect()
}

fn location(response: &Response<Body>) -> String {
    assert_eq!(response.status(), StatusCode::TEMPORARY_REDIRECT);
    response.headers()[LOCATION].to_str().unwrap().to_owned()
}

/// What a client without any credential gets from the store: the first line and the body.
async fn fetch(address: &str, header: &str) -> (String, Vec<u8>) {
    let (host, path) = address.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let request =
        format!("GET /{path} HTTP/1.1\r\nhost: {host}\r\n{header}connection: close\r\n\r\n");
    let host = host.to_owned();
    let answer = tokio::task::spawn_blocking(move || {
        let mut server = TcpStream::connect(host).unwrap();
        server.write_all(request.as_bytes()).unwrap();
        let mut answer = Vec::new();
        server.read_to_end(&mut answer).unwrap();
        answer
    });
    let answer = answer.await.unwrap();
    let end = answer.windows(4).position(|window| window == b"\r\n\r\n").unwrap();
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    (head.lines().next().unwrap().to_owned(), answer[end + 4..].to_vec())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_layer_is_fetched_from_the_store_itself() {
    let name = "a_layer_is_fetched_from_the_store_itself";
    let Some(world) = World::start(name, AtRest::Storage).await else { return };
    // In one request to the store, in a piece, in parts.
    for length in [70_001, (2 << 20) + 3, (11 << 20) + 3] {
        let content = content(length);
        let digest = world.push(&content).await;
        let answer = world.get(&digest, &[]).await;
        assert_eq!(answer.headers()[CONTENT_LENGTH], "0");
        assert_eq!(answer.headers()["docker-content-digest"], digest.as_str());
        let (status, body) = fetch(&location(&answer), "").await;
        assert_eq!(status, "HTTP/1.1 200 OK");
        assert!(body == content, "{length} bytes, and nothing else");

        let answer = world.get(&digest, &[(RANGE, "bytes=1000-69999".to_owned())]).await;
        let (status, body) = fetch(&location(&answer), "range: bytes=1000-69999\r\n").await;
        assert_eq!(status, "HTTP/1.1 206 Partial Content");
        assert!(body == content[1_000..70_000], "the client asks for its range again");
        assert_eq!(world.metrics.sent_bytes.get(), 0, "nothing went through the node");

        let answer = world.ask(Method::HEAD, &digest, Redirects::Auto, &[]).await;
        assert_eq!(answer.status(), StatusCode::OK, "HEAD is answered here");
        assert_eq!(answer.headers()[CONTENT_LENGTH], length.to_string().as_str());
        let known = [(IF_NONE_MATCH, format!("\"{digest}\""))];
        assert_eq!(world.get(&digest, &known).await.status(), StatusCode::NOT_MODIFIED);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_or_an_operator_can_keep_downloads_here() {
    let name = "a_client_or_an_operator_can_keep_downloads_here";
    let Some(world) = World::start(name, AtRest::Storage).await else { return };
    let digest = world.push(&content(300_000)).await;
    let header = HeaderName::from_static(X_LONGSHORE_REDIRECT);
    let never = [(header.clone(), "Never".to_owned())];
    let ranged = [(header.clone(), "never".to_owned()), (RANGE, "bytes=5-9".to_owned())];
    #[rustfmt::skip]
    let cases = [
        (Redirects::Auto,  &never[..],  StatusCode::OK,              "the client says so"),
        (Redirects::Auto,  &ranged[..], StatusCode::PARTIAL_CONTENT, "and with a range"),
        (Redirects::Never, &[],         StatusCode::OK,              "the operator says so"),
    ];
    for (redirects, headers, status, because) in cases {
        let answer = world.ask(Method::GET, &digest, redirects, headers).await;
        assert_eq!(answer.status(), status, "{because}");
        assert!(matches!(answer.body(), Body::Layer(_)), "{because}");
        assert_eq!(answer.headers().contains_key(CONTENT_RANGE), status != StatusCode::OK);
    }
    assert_eq!(world.get(&digest, &[(header, "yes".to_owned())]).await.status(), 307);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_sealed_goes_through_the_node() {
    let name = "what_is_sealed_goes_through_the_node";
    let Some(world) = World::start(name, AtRest::Sealed).await else { return };
    let digest = world.push(&content(300_000)).await;
    let answer = world.get(&digest, &[]).await;
    assert_eq!(answer.status(), StatusCode::OK);
    assert!(matches!(answer.body(), Body::Layer(_)));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_address_is_dated_by_the_clock_of_the_cluster_and_ends() {
    let name = "an_address_is_dated_by_the_clock_of_the_cluster_and_ends";
    let Some(world) = World::start(name, AtRest::Storage).await else { return };
    let digest = world.push(&content(300_000)).await;
    #[rustfmt::skip]
    let cases = [
        (-(20 * 60 + 5), "HTTP/1.1 403 Forbidden", "it was made longer ago than it lives"),
        (-(19 * 60),     "HTTP/1.1 200 OK",        "a minute is left"),
        (0,              "HTTP/1.1 200 OK",        "it was made now"),
    ];
    for (seconds, expected, because) in cases {
        world.clock.set(at(seconds));
        let address = location(&world.get(&digest, &[]).await);
        assert!(address.contains("X-Amz-Expires=1200&"), "{address}");
        let (status, _) = fetch(&address, "").await;
        assert_eq!(status, expected, "{because}");
    }
}
