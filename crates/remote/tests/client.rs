//! What a client does, against a server on this machine.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, StatusCode};
use remote::{Client, Reach, RemoteError, Trust};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::time::Instant;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// A server that gives every request this answer, and says what it was asked.
struct Host {
    port: u16,
    authority: tempfile::NamedTempFile,
    asked: tokio::sync::mpsc::UnboundedReceiver<String>,
}

impl Host {
    #[expect(clippy::disallowed_methods, reason = "the server of a test ends with its runtime")]
    async fn start(answer: &'static str) -> Self {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]).unwrap();
        let authority = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(authority.path(), made.cert.pem()).unwrap();
        let chain = vec![CertificateDer::from_pem_slice(made.cert.pem().as_bytes()).unwrap()];
        let key = made.signing_key.serialize_pem();
        let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap();
        let provider = Arc::new(aws_lc_rs::default_provider());
        let config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, key)
            .unwrap();
        let tls = TlsAcceptor::from(Arc::new(config));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let (told, asked) = tokio::sync::mpsc::unbounded_channel();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                let Ok(mut stream) = tls.accept(stream).await else { continue };
                let mut head = Vec::new();
                while !head.ends_with(b"\r\n\r\n") {
                    head.push(stream.read_u8().await.unwrap());
                }
                told.send(String::from_utf8(head).unwrap()).unwrap();
                stream.write_all(answer.as_bytes()).await.unwrap();
                if answer.is_empty() {
                    tokio::time::sleep(Duration::from_mins(1)).await;
                }
                stream.shutdown().await.unwrap();
            }
        });
        Self { port, authority, asked }
    }

    fn trusted(&self) -> Trust {
        Trust::of_machine().and_those_in(self.authority.path()).unwrap()
    }

    fn request(&self, path: &str) -> Request<Bytes> {
        get(&format!("https://localhost:{}{path}", self.port))
    }
}

fn get(url: &str) -> Request<Bytes> {
    Request::get(url).body(Bytes::new()).unwrap()
}

fn soon() -> Instant {
    Instant::now() + Duration::from_secs(20)
}

const HELLO: &str = "HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nhello";

#[tokio::test]
async fn a_trusted_host_is_asked_once_and_its_answer_is_read() {
    let mut host = Host::start(HELLO).await;
    let client = Client::new(host.trusted(), Reach::Anywhere);
    let answer = client.send(host.request("/a?b=c"), soon()).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["content-length"], "5");
    assert_eq!(answer.whole(5).await.unwrap(), "hello");
    let asked = host.asked.recv().await.unwrap();
    assert!(asked.starts_with("GET /a?b=c HTTP/1.1\r\n"), "{asked}");
    assert!(asked.contains(&format!("\r\nhost: localhost:{}\r\n", host.port)), "{asked}");
    assert!(asked.contains("\r\nuser-agent: longshore/"), "{asked}");
    assert!(host.asked.try_recv().is_err(), "one request is one request");
}

#[tokio::test]
async fn addresses_inside_are_out_of_reach_by_any_name() {
    let mut host = Host::start(HELLO).await;
    let client = Client::new(host.trusted(), Reach::Public);
    for name in
        ["localhost", "127.0.0.1", "[::1]", "[::ffff:127.0.0.1]", "10.1.2.3", "169.254.169.254"]
    {
        let asked = client.send(get(&format!("https://{name}:{}/", host.port)), soon()).await;
        let refused = asked.err().unwrap();
        assert!(matches!(refused, RemoteError::OutOfReach { .. }), "{name}: {refused}");
        assert!(!refused.is_unreachable(), "{name}: trying again will not help");
    }
    assert!(host.asked.try_recv().is_err(), "nothing arrived");
}

#[tokio::test]
async fn a_host_without_a_trusted_certificate_is_told_nothing() {
    let mut host = Host::start(HELLO).await;
    let client = Client::new(Trust::of_machine(), Reach::Anywhere);
    let refused = client.send(host.request("/secret"), soon()).await.err().unwrap();
    assert!(matches!(refused, RemoteError::Broken(_)), "{refused}");
    assert!(host.asked.try_recv().is_err());
}

#[tokio::test]
async fn only_urls_with_tls_are_called() {
    let client = Client::new(Trust::of_machine(), Reach::Anywhere);
    for url in ["http://localhost/", "/path", "localhost:443"] {
        let refused = client.send(get(url), soon()).await.err().unwrap();
        assert!(matches!(refused, RemoteError::NotHttps), "{url}: {refused}");
    }
}

#[tokio::test]
async fn a_redirect_is_an_answer_like_any_other() {
    let mut host = Host::start(
        "HTTP/1.1 302 Found\r\nlocation: https://localhost/\r\ncontent-length: 0\r\n\r\n",
    )
    .await;
    let client = Client::new(host.trusted(), Reach::Anywhere);
    let answer = client.send(host.request("/"), soon()).await.unwrap();
    assert_eq!(answer.status(), StatusCode::FOUND);
    assert!(host.asked.recv().await.is_some());
    assert!(host.asked.try_recv().is_err(), "it is not followed");
}

#[tokio::test]
async fn a_body_has_a_limit_whether_its_length_is_announced_or_not() {
    let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n";
    for answer in [HELLO, chunked, "HTTP/1.1 200 OK\r\nconnection: close\r\n\r\nhello"] {
        let host = Host::start(answer).await;
        let client = Client::new(host.trusted(), Reach::Anywhere);
        let read = client.send(host.request("/"), soon()).await.unwrap().whole(5).await;
        assert_eq!(read.unwrap(), "hello", "{answer}");
        let read = client.send(host.request("/"), soon()).await.unwrap().whole(4).await;
        assert!(matches!(read, Err(RemoteError::BadBody(_))), "{answer}");
    }
}

#[tokio::test]
async fn a_host_that_says_nothing_is_left_at_the_deadline() {
    for answer in ["", "HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\nhello"] {
        let host = Host::start(answer).await;
        let client = Client::new(host.trusted(), Reach::Anywhere);
        let deadline = Instant::now() + Duration::from_millis(500);
        let failed = match client.send(host.request("/"), deadline).await {
            Ok(answer) => answer.whole(100).await.err().unwrap(),
            Err(error) => error,
        };
        match failed {
            RemoteError::Late => assert!(answer.is_empty()),
            RemoteError::BadBody(_) => assert!(!answer.is_empty(), "it broke off"),
            other => panic!("{other}"),
        }
    }
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test writes what an operator would")]
fn files_of_authorities_that_cannot_be_used() {
    use remote::TrustError::{Empty, File, Malformed};
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("ca.pem");
    let trust = |path: &Path| Trust::of_machine().and_those_in(path).map(drop);
    assert!(matches!(trust(&path), Err(File(_))), "it is not there");
    std::fs::write(&path, "a letter").unwrap();
    assert!(matches!(trust(&path), Err(Empty)), "no PEM");
    std::fs::write(&path, "-----BEGIN CERTIFICATE-----\n%%%\n-----END CERTIFICATE-----\n").unwrap();
    assert!(matches!(trust(&path), Err(Malformed(_))), "broken PEM");
}
