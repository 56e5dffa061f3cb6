//! TLS: with a certificate from files, or with one that is made at the first start and kept.

use std::fs::DirBuilder;
use std::net::IpAddr;
use std::os::unix::fs::DirBuilderExt as _;
use std::path::Path;
use std::sync::Arc;

use keys::secret_file::{self, SecretFileError};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::pem::PemObject;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

use crate::config::{Config, Tls};
use crate::start::{StartError, chain};

/// The TLS acceptor, if TLS is on.
pub(crate) fn acceptor(config: &Config) -> Result<Option<TlsAcceptor>, StartError> {
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
        .map_err(|error| explain(&error.to_string()))?
        .with_no_client_auth()
        .with_single_cert(chain, key)
        .map_err(|error| explain(&format!("the certificate and the key do not match: {error}")))?;
    // Clients open a connection for each layer; over HTTP/2 they would share one, and with it one
    // core.
    server.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Some(TlsAcceptor::from(Arc::new(server))))
}

fn parse_chain(path: &Path, pem: &[u8]) -> Result<Vec<CertificateDer<'static>>, StartError> {
    let holds_none = |why: &str| explain(&format!("{} holds no certificate{why}", path.display()));
    let chain: Vec<_> = CertificateDer::pem_slice_iter(pem)
        .collect::<Result<_, _>>()
        .map_err(|error| holds_none(&format!(": {error}")))?;
    if chain.is_empty() { Err(holds_none(" in PEM")) } else { Ok(chain) }
}

fn parse_key(path: &Path, pem: &[u8]) -> Result<PrivateKeyDer<'static>, StartError> {
    PrivateKeyDer::from_pem_slice(pem)
        .map_err(|error| explain(&format!("{} holds no private key: {error}", path.display())))
}

fn explain(why: &str) -> StartError {
    StartError(format!("cannot set up TLS: {why}"))
}

#[expect(clippy::disallowed_methods, reason = "what the configuration names, and certificates")]
fn read(path: &Path) -> Result<Vec<u8>, StartError> {
    std::fs::read(path).map_err(|error| explain(&format!("{}: {error}", path.display())))
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
        tracing::warn!(error = chain(&error), "cannot write the certificate file for clients");
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

fn self_made(config: &Config, path: &Path) -> Result<Vec<u8>, StartError> {
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
                    .map_err(|error| explain(&format!("{}: {error}", folder.display())))?;
            }
            secret_file::create(path, &pem).map_err(|error| explain(&error.to_string()))?;
            Ok(pem)
        }
        Err(error) => Err(explain(&error.to_string())),
    }
}

fn make(config: &Config) -> Result<Vec<u8>, StartError> {
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
    let made = rcgen::generate_simple_self_signed(names)
        .map_err(|error| explain(&format!("cannot make a certificate: {error}")))?;
    Ok(format!("{}{}", made.cert.pem(), made.signing_key.serialize_pem()).into_bytes())
}
