//! TLS: with a certificate from files, or with one that is made at the first start and kept.

use std::fs::DirBuilder;
use std::io;
use std::net::IpAddr;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use keys::secret_file::{self, SecretFileError};
use names::error_chain;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::{Error as PemError, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::rustls::{Error as ProtocolError, ServerConfig};

use crate::config::{Config, Tls};

/// Why TLS cannot be set up.
#[derive(Debug, thiserror::Error)]
#[expect(missing_docs, reason = "the sentences say what each case is, and what its fields are")]
pub enum TlsError {
    #[error("cannot set up TLS: {0}")]
    Protocol(ProtocolError),
    #[error("cannot set up TLS: the certificate and the key do not match: {0}")]
    Mismatch(ProtocolError),
    #[error("cannot set up TLS: {} holds no certificate: {why}", path.display())]
    MalformedCertificate { path: PathBuf, why: PemError },
    #[error("cannot set up TLS: {} holds no certificate in PEM", path.display())]
    NoCertificate { path: PathBuf },
    #[error("cannot set up TLS: {} holds no private key: {why}", path.display())]
    NoKey { path: PathBuf, why: PemError },
    #[error("cannot set up TLS: {}: {why}", path.display())]
    File { path: PathBuf, why: io::Error },
    #[error("cannot set up TLS: {0}")]
    Kept(SecretFileError),
    #[error("cannot set up TLS: cannot make a certificate: {0}")]
    NotMade(rcgen::Error),
}

/// The TLS acceptor, if TLS is on.
pub(crate) fn acceptor(config: &Config) -> Result<Option<TlsAcceptor>, TlsError> {
    let (chain, key) = match &config.tls {
        Tls::Off => return Ok(None),
        Tls::Files { certificate, key } => {
            (parse_chain(certificate, &read(certificate)?)?, parse_key(key, &read(key)?)?)
        }
        Tls::SelfMade => {
            let path = config.storage.data.join(SELF_MADE);
            let pem = self_made(config, &path)?;
            hand_out(&config.storage.data.join(SELF_MADE_CERTIFICATE), &pem);
            (parse_chain(&path, &pem)?, parse_key(&path, &pem)?)
        }
    };
    let mut server = ServerConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(TlsError::Protocol)?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(TlsError::Mismatch)?;
    // Clients open a connection for each layer; over HTTP/2 they would share one, and with it one
    // core.
    server.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Some(TlsAcceptor::from(Arc::new(server))))
}

fn parse_chain(path: &Path, pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, TlsError> {
    let path = || path.to_owned();
    let chain: Vec<_> = CertificateDer::pem_slice_iter(pem)
        .collect::<Result<_, _>>()
        .map_err(|why| TlsError::MalformedCertificate { path: path(), why })?;
    if chain.is_empty() { Err(TlsError::NoCertificate { path: path() }) } else { Ok(chain) }
}

fn parse_key(path: &Path, pem: &[u8]) -> Result<PrivateKeyDer<'static>, TlsError> {
    PrivateKeyDer::from_pem_slice(pem).map_err(|why| TlsError::NoKey { path: path.to_owned(), why })
}

#[expect(clippy::disallowed_methods, reason = "what the configuration names, and certificates")]
fn read(path: &Path) -> Result<Vec<u8>, TlsError> {
    std::fs::read(path).map_err(|why| TlsError::File { path: path.to_owned(), why })
}

/// The file in the data folder that holds the certificate, and after it the key.
pub const SELF_MADE: &str = "tls-self-made.pem";

/// The file beside it that holds only the certificate, for clients.
pub const SELF_MADE_CERTIFICATE: &str = "tls-self-made-certificate.pem";

/// Writes the certificate without its key to a separate file. The server works without that file.
fn hand_out(path: &Path, pem: &[u8]) {
    let certificates = certificates_of(&String::from_utf8_lossy(pem));
    if read(path).is_ok_and(|kept| kept == certificates.as_bytes()) {
        return;
    }
    if let Err(error) = secret_file::replace(path, certificates.as_bytes()) {
        tracing::warn!(
            error = error_chain(&error),
            "cannot write the certificate file for clients"
        );
    }
}

/// The certificates of PEM text, and nothing else.
fn certificates_of(pem: &str) -> String {
    let mut certificates = String::new();
    let mut is_inside = false;
    for line in pem.lines() {
        is_inside |= line == "-----BEGIN CERTIFICATE-----";
        if is_inside {
            certificates.push_str(line);
            certificates.push('\n');
        }
        is_inside &= line != "-----END CERTIFICATE-----";
    }
    certificates
}

fn self_made(config: &Config, path: &Path) -> Result<Vec<u8>, TlsError> {
    match secret_file::read(path) {
        Ok(pem) => Ok(pem.to_vec()),
        Err(SecretFileError::NotFound { .. }) => {
            let pem = make(config)?;
            if let Some(folder) = path.parent() {
                // Rows and layers may both be elsewhere.
                DirBuilder::new()
                    .recursive(true)
                    .mode(0o700)
                    .create(folder)
                    .map_err(|why| TlsError::File { path: folder.to_owned(), why })?;
            }
            secret_file::create(path, &pem).map_err(TlsError::Kept)?;
            Ok(pem)
        }
        Err(error) => Err(TlsError::Kept(error)),
    }
}

fn make(config: &Config) -> Result<Vec<u8>, TlsError> {
    let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()];
    let address: IpAddr = config.listen.ip();
    if !address.is_unspecified() && !address.is_loopback() {
        names.push(address.to_string());
    }
    if let Some(domain) = &config.domain {
        let region = &config.region;
        names.push(format!("*.dkr.ecr.{region}.{domain}"));
        names.push(format!("*.dkr-ecr.{region}.{domain}"));
        names.push(format!("api.ecr.{region}.{domain}"));
        names.push(domain.clone());
    }
    let made = rcgen::generate_simple_self_signed(names).map_err(TlsError::NotMade)?;
    Ok(format!("{}{}", made.cert.pem(), made.signing_key.serialize_pem()).into_bytes())
}
