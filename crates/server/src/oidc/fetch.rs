use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{ACCEPT, HOST, USER_AGENT};
use http::{Request, StatusCode, Uri};
use http_body_util::{BodyExt as _, Empty, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use identity::web_identity::{
    DISCOVERY_SIZE_BYTES_MAX, JWKS_SIZE_BYTES_MAX, VerificationKeys, jwks_uri,
};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::{Error as PemError, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName};
use tokio_rustls::rustls::{ClientConfig, Error as ProtocolError, RootCertStore};

use super::address::is_public;

/// For finding the keys and fetching them, together. AWS's own callers wait no longer.
const PATIENCE: Duration = Duration::from_secs(5);

/// The limit for one address, so that a dead one leaves time for the next.
const CONNECT_PATIENCE: Duration = Duration::from_secs(2);

/// Addresses of one name that are tried.
const ADDRESSES_MAX: usize = 4;

/// The head of an answer.
const HEAD_SIZE_BYTES_MAX: usize = 32 * 1024;

/// Which addresses may be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// Those of the public internet.
    Public,
    /// Any: the operator's issuers are on its own network.
    Anywhere,
}

/// Fetches keys.
pub(crate) struct Fetcher {
    tls: TlsConnector,
    reach: Reach,
}

/// Why the certificate authorities of identity providers cannot be used.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the sentences say what each case is, and what its fields are")]
pub enum TrustError {
    #[error("cannot set up TLS: {0}")]
    Protocol(ProtocolError),
    #[error("oidc-ca: {}: {why}", path.display())]
    File { path: PathBuf, why: io::Error },
    #[error("oidc-ca: {}: {why}", path.display())]
    Malformed { path: PathBuf, why: PemError },
    #[error("oidc-ca: {}: {why}", path.display())]
    Authority { path: PathBuf, why: ProtocolError },
    #[error("oidc-ca: {}: it holds no certificate in PEM", path.display())]
    Empty { path: PathBuf },
}

/// Why there are no keys. The text is for the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FetchError {
    /// There was no answer in time.
    Unreachable(String),
    /// The answer is malformed.
    Unusable(String),
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (Self::Unreachable(why) | Self::Unusable(why)) = self;
        f.write_str(why)
    }
}

fn unreachable(why: impl fmt::Display) -> FetchError {
    FetchError::Unreachable(why.to_string())
}

fn unusable(why: impl fmt::Display) -> FetchError {
    FetchError::Unusable(why.to_string())
}

impl Fetcher {
    /// Trusts the authorities that the machine trusts, and those in `authorities`, a file in PEM.
    pub(crate) fn new(authorities: Option<&Path>, reach: Reach) -> Result<Self, TrustError> {
        let mut roots = RootCertStore::empty();
        let native = rustls_native_certs::load_native_certs();
        for error in &native.errors {
            tracing::debug!(%error, "cannot read a certificate authority that this machine trusts");
        }
        roots.add_parsable_certificates(native.certs);
        if let Some(path) = authorities {
            for certificate in read(path)? {
                roots
                    .add(certificate)
                    .map_err(|why| TrustError::Authority { path: path.to_owned(), why })?;
            }
        }
        let tls = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .map_err(TrustError::Protocol)?
            .with_root_certificates(roots)
            .with_no_client_auth();
        Ok(Self { tls: TlsConnector::from(Arc::new(tls)), reach })
    }

    /// The keys of an issuer, from the URL that it states.
    pub(crate) async fn keys(&self, issuer: &str) -> Result<VerificationKeys, FetchError> {
        tokio::time::timeout(PATIENCE, self.find_keys(issuer))
            .await
            .map_err(|_| unreachable("no answer in time"))?
    }

    async fn find_keys(&self, issuer: &str) -> Result<VerificationKeys, FetchError> {
        let place = format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'));
        let document = self.get(&place, DISCOVERY_SIZE_BYTES_MAX).await?;
        let place = jwks_uri(&document, issuer).map_err(unusable)?;
        let document = self.get(&place, JWKS_SIZE_BYTES_MAX).await?;
        VerificationKeys::parse(&document).map_err(unusable)
    }

    async fn get(&self, url: &str, size_bytes_max: usize) -> Result<Bytes, FetchError> {
        let uri: Uri = url.parse().map_err(|_| unusable("not a URL"))?;
        let (Some("https"), Some(host)) = (uri.scheme_str(), uri.host()) else {
            return Err(unusable("not a URL that begins with https://"));
        };
        let port = uri.port_u16().unwrap_or(443);
        let name = host.trim_start_matches('[').trim_end_matches(']').to_owned();
        let stream = self.connect(&name, port).await?;
        let server = ServerName::try_from(name).map_err(|_| unusable("not a host name"))?;
        let stream = self.tls.connect(server, stream).await.map_err(unreachable)?;
        let request = Request::get(uri.path_and_query().map_or("/", |path| path.as_str()))
            .header(HOST, uri.authority().map_or(host, |authority| authority.as_str()))
            .header(USER_AGENT, concat!("longshore/", env!("CARGO_PKG_VERSION")))
            .header(ACCEPT, "application/json")
            .body(Empty::<Bytes>::new())
            .map_err(unusable)?;
        let (mut sender, connection) = http1::Builder::new()
            .max_buf_size(HEAD_SIZE_BYTES_MAX)
            .handshake(TokioIo::new(stream))
            .await
            .map_err(unreachable)?;
        let exchange = async {
            let answer = sender.send_request(request).await.map_err(unreachable)?;
            if answer.status() != StatusCode::OK {
                return Err(unusable(format!("answered with {}", answer.status())));
            }
            let body = Limited::new(answer.into_body(), size_bytes_max).collect().await;
            body.map(http_body_util::Collected::to_bytes).map_err(unusable)
        };
        drive(connection, exchange).await
    }

    /// Connects to one of the host's addresses. The address that was checked is the one that is
    /// called, so that the name cannot change its meaning in between.
    async fn connect(&self, host: &str, port: u16) -> Result<TcpStream, FetchError> {
        let found = tokio::net::lookup_host((host, port)).await.map_err(unreachable)?;
        let allowed: Vec<SocketAddr> = found
            .filter(|address| self.reach == Reach::Anywhere || is_public(address.ip()))
            .take(ADDRESSES_MAX)
            .collect();
        let mut last = unusable(format!("{host} has no address that may be called"));
        for address in allowed {
            match tokio::time::timeout(CONNECT_PATIENCE, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(error)) => last = unreachable(error),
                Err(_) => last = unreachable(format!("{address} does not answer")),
            }
        }
        Err(last)
    }
}

/// Moves bytes until the exchange is over.
async fn drive<T>(
    connection: impl Future<Output = Result<(), hyper::Error>>,
    exchange: impl Future<Output = Result<T, FetchError>>,
) -> Result<T, FetchError> {
    tokio::pin!(connection, exchange);
    tokio::select! {
        biased;
        outcome = &mut exchange => outcome,
        ended = &mut connection => match ended {
            Ok(()) => exchange.await,
            Err(error) => Err(unreachable(error)),
        },
    }
}

#[expect(clippy::disallowed_methods, reason = "the file that the configuration names")]
fn read(path: &Path) -> Result<Vec<CertificateDer<'static>>, TrustError> {
    let pem = std::fs::read(path).map_err(|why| TrustError::File { path: path.to_owned(), why })?;
    let found: Vec<_> = CertificateDer::pem_slice_iter(&pem)
        .collect::<Result<_, _>>()
        .map_err(|why| TrustError::Malformed { path: path.to_owned(), why })?;
    if found.is_empty() { Err(TrustError::Empty { path: path.to_owned() }) } else { Ok(found) }
}
