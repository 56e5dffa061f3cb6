//! An OpenID Connect issuer: discovery and keys over TLS on a port of this machine, and tokens.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa::{self, KeySize, PublicKeyComponents};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _, RsaKeyPair,
};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio_rustls::rustls::crypto::aws_lc_rs::default_provider;
use tokio_rustls::rustls::pki_types::PrivateKeyDer;
use tokio_rustls::rustls::{ServerConfig, ServerConnection, StreamOwned};

/// What an issuer does wrong. Each is an issuer of its own, at a path of this name.
pub(crate) const FAULTS: [&str; 6] = ["slow", "huge", "moved", "other", "gone", "junk"];

/// Longer than the server waits.
const SLOW: Duration = Duration::from_secs(8);

/// More than the server takes.
const HUGE_BYTES: usize = 300 * 1024;

pub(crate) struct Issuer {
    url: String,
    folder: TempDir,
    pub(crate) rsa: EncodingKey,
    pub(crate) ec: EncodingKey,
    asked: Arc<AtomicUsize>,
}

fn spell(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// An RSA key, and its public half as keys are published.
pub(crate) fn rsa_key(kid: &str) -> (EncodingKey, Value) {
    let pair = rsa::KeyPair::generate(KeySize::Rsa2048).expect("a key can be made");
    let der = AsDer::<Pkcs8V1Der<'_>>::as_der(&pair).expect("a key can be written");
    let body = STANDARD.encode(der.as_ref());
    let pem = format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n");
    let pair = RsaKeyPair::from_pkcs8(der.as_ref()).expect("it was just made");
    let PublicKeyComponents { n, e } = PublicKeyComponents::<Vec<u8>>::from(pair.public_key());
    let jwk = json!({"kty": "RSA", "kid": kid, "use": "sig", "alg": "RS256", "n": spell(&n), "e": spell(&e)});
    (EncodingKey::from_rsa_pem(pem.as_bytes()).expect("it was just made"), jwk)
}

fn ec_key(kid: &str) -> (EncodingKey, Value) {
    let how = &ECDSA_P256_SHA256_FIXED_SIGNING;
    let pkcs8 = EcdsaKeyPair::generate_pkcs8(how, &SystemRandom::new()).expect("a key can be made");
    let pair = EcdsaKeyPair::from_pkcs8(how, pkcs8.as_ref()).expect("it was just made");
    let (x, y) = pair.public_key().as_ref()[1..].split_at(32);
    let jwk = json!({"kty": "EC", "kid": kid, "crv": "P-256", "x": spell(x), "y": spell(y)});
    (EncodingKey::from_ec_der(pkcs8.as_ref()), jwk)
}

impl Issuer {
    pub(crate) fn start() -> Self {
        let folder = TempDir::with_prefix("issuer-").expect("a temporary folder can be made");
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()])
            .expect("a certificate can be made");
        std::fs::write(folder.path().join("ca.pem"), made.cert.pem())
            .expect("a file can be written");
        let key = PrivateKeyDer::Pkcs8(made.signing_key.serialize_der().into());
        let tls = ServerConfig::builder_with_provider(Arc::new(default_provider()))
            .with_safe_default_protocol_versions()
            .expect("the provider knows them")
            .with_no_client_auth()
            .with_single_cert(vec![made.cert.der().clone()], key)
            .expect("they belong together");
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let port = listener.local_addr().expect("it is bound").port();
        let url = format!("https://localhost:{port}");
        let ((rsa, rsa_jwk), (ec, ec_jwk)) = (rsa_key("r"), ec_key("e"));
        let keys = json!({"keys": [rsa_jwk, ec_jwk]});
        let asked = Arc::new(AtomicUsize::new(0));
        let (tls, base, count) = (Arc::new(tls), url.clone(), asked.clone());
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (tls, base, keys, count) =
                    (tls.clone(), base.clone(), keys.clone(), count.clone());
                thread::spawn(move || {
                    count.fetch_add(1, Ordering::SeqCst);
                    serve(stream, tls, &base, &keys)
                });
            }
        });
        Self { url, folder, rsa, ec, asked }
    }

    /// The URL of the issuer, or of one of those that do something wrong.
    pub(crate) fn url(&self, fault: Option<&str>) -> String {
        fault.map_or_else(|| self.url.clone(), |fault| format!("{}/{fault}", self.url))
    }

    /// The authority that vouches for it.
    pub(crate) fn ca(&self) -> PathBuf {
        let folder: &Path = self.folder.path();
        folder.join("ca.pem")
    }

    /// How many requests there were.
    pub(crate) fn asked(&self) -> usize {
        self.asked.load(Ordering::SeqCst)
    }
}

/// A token.
pub(crate) fn sign(algorithm: Algorithm, kid: &str, key: &EncodingKey, claims: &Value) -> String {
    let header = Header { kid: Some(kid.to_owned()), ..Header::new(algorithm) };
    jsonwebtoken::encode(&header, claims, key).expect("claims can be signed")
}

/// Answers one request. A client that goes away is none of our business.
fn serve(stream: TcpStream, tls: Arc<ServerConfig>, base: &str, keys: &Value) -> Option<()> {
    let mut stream = StreamOwned::new(ServerConnection::new(tls).ok()?, stream);
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).ok()?;
    let path = head.split(' ').nth(1)?;
    let (status, body) = answer(path, base, keys);
    let length = body.len();
    let location = format!("{base}/.well-known/openid-configuration");
    let head = format!(
        "HTTP/1.1 {status} X\r\ncontent-length: {length}\r\nlocation: {location}\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(&[head.as_bytes(), body.as_bytes()].concat()).ok()?;
    stream.conn.send_close_notify();
    stream.flush().ok()
}

fn answer(path: &str, base: &str, keys: &Value) -> (u16, String) {
    let fault = FAULTS.into_iter().find(|fault| path.starts_with(&format!("/{fault}/")));
    let own = fault.map_or_else(|| base.to_owned(), |fault| format!("{base}/{fault}"));
    let discovery =
        |issuer: &str| json!({"issuer": issuer, "jwks_uri": format!("{own}/keys")}).to_string();
    let is_discovery = path.ends_with("/.well-known/openid-configuration");
    match (fault, is_discovery) {
        (Some("moved"), true) => (302, String::new()),
        (Some("gone"), true) => (404, String::new()),
        (Some("other"), true) => (200, discovery(base)),
        (_, true) => (200, discovery(&own)),
        (Some("slow"), false) => {
            thread::sleep(SLOW);
            (200, keys.to_string())
        }
        (Some("huge"), false) => (200, format!("{keys}{}", " ".repeat(HUGE_BYTES))),
        (Some("junk"), false) => (200, "<html>".to_owned()),
        (_, false) => (200, keys.to_string()),
    }
}
