//! How other registries are read: what they are told, and what they are believed.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use names::{Digest, ImageTag, Reference};
use remote::{
    BodyLimits, Client, LayerRest, Reach, Trust, Upstream, UpstreamAddress, UpstreamClient,
    UpstreamError, UpstreamUser,
};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;
use tokio::time::Instant;

/// What a host answers to the head of a request.
type Answers = fn(head: &str, ports: &[u16]) -> String;

/// Hosts on this machine that answer alike, and what each was asked.
struct Hosts {
    ports: Vec<u16>,
    asked: Arc<Mutex<Vec<(usize, String)>>>,
}

impl Hosts {
    #[expect(clippy::disallowed_methods, reason = "the server of a test ends with its runtime")]
    async fn start(count: usize, answers: Answers) -> Self {
        let (mut listeners, mut ports) = (Vec::new(), Vec::new());
        for _ in 0..count {
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
            ports.push(listener.local_addr().expect("it is bound").port());
            listeners.push(listener);
        }
        let asked = Arc::<Mutex<Vec<_>>>::default();
        for (host, listener) in listeners.into_iter().enumerate() {
            let (ports, asked) = (ports.clone(), asked.clone());
            tokio::spawn(async move {
                loop {
                    let (mut stream, _) = listener.accept().await.expect("a connection");
                    let mut head = Vec::new();
                    while !head.ends_with(b"\r\n\r\n") {
                        head.push(stream.read_u8().await.expect("a whole head"));
                    }
                    let head = String::from_utf8(head).expect("ASCII");
                    let answer = answers(&head, &ports);
                    asked.lock().expect("no thread panicked").push((host, head));
                    drop(stream.write_all(answer.as_bytes()).await);
                    drop(stream.shutdown().await);
                }
            });
        }
        Self { ports, asked }
    }

    fn upstream(&self, user: Option<(&str, &str)>) -> Upstream {
        let address = UpstreamAddress::parse(&format!("http://localhost:{}", self.ports[0]));
        let user = user.map(|(name, password)| UpstreamUser {
            name: name.to_owned(),
            password: password.to_owned(),
        });
        Upstream { address: address.expect("it is one"), user }
    }

    /// The hosts that were asked, the lines of the requests, and what they were authorised by.
    fn asked(&self) -> Vec<(usize, String, String)> {
        let asked = std::mem::take(&mut *self.asked.lock().expect("no thread panicked"));
        let tell = |(host, head): (usize, String)| {
            let line = head.lines().next().unwrap_or_default().replace(" HTTP/1.1", "");
            let authorization = head.lines().find_map(|line| line.strip_prefix("authorization: "));
            (host, line, authorization.unwrap_or_default().to_owned())
        };
        asked.into_iter().map(tell).collect()
    }
}

fn client() -> UpstreamClient {
    UpstreamClient::new(Client::new(Trust::of_machine(), Reach::Anywhere).allowing_plain())
}

fn says(status: u16, lines: &str, body: &str) -> String {
    let length = body.len();
    format!(
        "HTTP/1.1 {status} X\r\n{lines}content-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}

fn soon() -> Instant {
    Instant::now() + Duration::from_secs(10)
}

fn limits() -> BodyLimits {
    BodyLimits { bytes_max: 100, silence_max: Duration::from_secs(5), deadline: soon() }
}

fn latest() -> Reference {
    Reference::Tag(ImageTag::parse("latest").expect("it is one"))
}

#[tokio::test]
async fn a_token_is_asked_for_once_with_the_password_which_the_registry_does_not_see() {
    let hosts = Hosts::start(2, |head, ports| {
        if head.starts_with("GET /token") {
            return says(200, "", r#"{"token":"secret","expires_in":300}"#);
        }
        if head.contains("authorization: Bearer secret") {
            return says(200, "content-type: a/b; charset=utf-8\r\n", "{}");
        }
        let challenge = format!(
            "www-authenticate: Bearer realm=\"http://localhost:{}/token\",service=\"r\",scope=\"repository:other:push\"\r\n",
            ports[1]
        );
        says(401, &challenge, "")
    })
    .await;
    let (client, upstream) = (client(), hosts.upstream(Some(("user", "word"))));
    for _ in 0..2 {
        let manifest =
            client.manifest(&upstream, "a/b", &latest(), soon()).await.expect("it is there");
        assert_eq!((&*manifest.bytes, manifest.media_type.as_deref()), (&b"{}"[..], Some("a/b")));
    }
    let line = "GET /v2/a/b/manifests/latest".to_owned();
    let token = "GET /token?service=r&scope=repository:a/b:pull".to_owned();
    let expected = [
        (0, line.clone(), String::new()),
        (1, token, "Basic dXNlcjp3b3Jk".to_owned()),
        (0, line.clone(), "Bearer secret".to_owned()),
        (0, line, "Bearer secret".to_owned()),
    ];
    assert_eq!(hosts.asked(), expected);
}

#[tokio::test]
async fn a_redirect_to_another_host_takes_no_credentials_along() {
    let hosts = Hosts::start(2, |head, ports| {
        if head.contains("/elsewhere") {
            return says(200, "", "layer");
        }
        if head.contains("authorization: Basic") {
            let location = format!("location: http://localhost:{}/elsewhere\r\n", ports[1]);
            return says(307, &location, "");
        }
        says(401, "www-authenticate: Basic realm=\"x\"\r\n", "")
    })
    .await;
    let (client, digest) = (client(), Digest::sha256(b"layer"));
    let upstream = hosts.upstream(Some(("user", "word")));
    let layer = client.layer(&upstream, ("a", &digest), None, soon(), limits()).await;
    let mut layer = layer.expect("it is there");
    assert_eq!(layer.length, Some(5));
    assert_eq!(layer.body.next().await.expect("it comes").as_deref(), Some(&b"layer"[..]));
    let asked = hosts.asked();
    let authorized: Vec<_> = asked.iter().map(|(host, _, by)| (*host, by.as_str())).collect();
    assert_eq!(authorized, [(0, ""), (0, "Basic dXNlcjp3b3Jk"), (1, "")]);
}

type Expected = fn(&UpstreamError) -> bool;

#[tokio::test]
async fn answers_that_are_refusals() {
    let hosts = Hosts::start(1, |head, ports| {
        let case = head.split('/').nth(2).unwrap_or_default();
        match case {
            "missing" => says(404, "", ""),
            "denied" => says(403, "", ""),
            "unknown" => says(401, "www-authenticate: Negotiate\r\n", ""),
            "failed" => says(500, "", ""),
            "file" => says(302, "location: file:///etc/passwd\r\n", ""),
            "nowhere" => says(302, "", ""),
            "round" => {
                says(302, &format!("location: http://localhost:{}/v2/round/\r\n", ports[0]), "")
            }
            "long" => says(200, "", &"a".repeat(5 << 20)),
            _ => says(429, "retry-after: 7\r\n", ""),
        }
    })
    .await;
    let (client, upstream) = (client(), hosts.upstream(None));
    #[rustfmt::skip]
    let cases: [(&str, Expected, usize); 9] = [
        ("missing", |it| matches!(it, UpstreamError::NotFound),                                1),
        ("denied",  |it| matches!(it, UpstreamError::Denied(_)),                               1),
        ("unknown", |it| matches!(it, UpstreamError::Denied(_)),                               1),
        ("failed",  |it| matches!(it, UpstreamError::Failed(_)),                               1),
        ("file",    |it| matches!(it, UpstreamError::Malformed(_)),                            1),
        ("nowhere", |it| matches!(it, UpstreamError::Malformed(_)),                            1),
        ("round",   |it| matches!(it, UpstreamError::Malformed(_)),                            6),
        ("long",    |it| matches!(it, UpstreamError::Remote(_)),                               1),
        ("busy",    |it| matches!(it, UpstreamError::TooManyRequests(d) if d.as_secs() == 7),  1),
    ];
    for (name, expected, requests) in cases {
        let refused = client.manifest(&upstream, name, &latest(), soon()).await;
        let refused = refused.expect_err(name);
        assert!(expected(&refused), "{name}: {refused:?}");
        assert_eq!(hosts.asked().len(), requests, "{name}");
    }
    let paused = client.manifest(&upstream, "missing", &latest(), soon()).await;
    assert!(matches!(paused, Err(UpstreamError::TooManyRequests(_))), "{paused:?}");
    assert_eq!(hosts.asked(), [], "a registry that was asked too often is left alone");
    let user = hosts.upstream(Some(("user", "word")));
    let missing = client.manifest(&user, "missing", &latest(), soon()).await;
    assert!(matches!(missing, Err(UpstreamError::NotFound)), "it counts users apart: {missing:?}");
}

#[tokio::test]
async fn the_rest_of_a_layer_is_believed_only_if_it_is_the_rest_or_the_whole() {
    let hosts = Hosts::start(1, |head, _| {
        assert!(head.contains("range: bytes=2-4\r\n"), "{head}");
        if head.contains("/whole/") {
            says(200, "", "layer")
        } else if head.contains("/other/") {
            says(206, "content-range: bytes 0-1/5\r\n", "la")
        } else if head.contains("/nowhere/") {
            says(206, "", "yer")
        } else {
            says(206, "content-range: bytes 2-4/5\r\n", "yer")
        }
    })
    .await;
    let (client, upstream, digest) = (client(), hosts.upstream(None), Digest::sha256(b"layer"));
    let rest = LayerRest { first_byte: 2, size_bytes: 5 };
    #[rustfmt::skip]
    let cases = [
        ("rest",    Some(2), "what was asked for"),
        ("whole",   Some(0), "all of it again"),
        ("other",   None,    "another part"),
        ("nowhere", None,    "a part that does not say which"),
    ];
    for (name, first_byte, because) in cases {
        let layer = client.layer(&upstream, (name, &digest), Some(rest), soon(), limits()).await;
        assert_eq!(layer.ok().map(|layer| layer.first_byte), first_byte, "{because}");
    }
}
