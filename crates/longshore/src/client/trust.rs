use std::path::PathBuf;
use std::sync::Arc;

use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::{ClientConfig, RootCertStore};

use super::ClientFailure;

/// Which certificate authorities are trusted.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Trust {
    /// A file that replaces the system's trust store: `AWS_CA_BUNDLE`, as for `aws`.
    pub(crate) bundle: Option<PathBuf>,
    /// An additional certificate to trust, if the file exists: the server's own, in its data
    /// folder.
    pub(crate) besides: Option<PathBuf>,
}

impl Trust {
    /// The TLS settings of connections. Files are read here, so that a call without TLS reads none.
    pub(crate) fn connector(&self) -> Result<TlsConnector, ClientFailure> {
        let mut roots = RootCertStore::empty();
        match &self.bundle {
            Some(bundle) => add(&mut roots, bundle)?,
            // Unreadable parts of the system's store are not trusted. The handshake then fails.
            None => {
                roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
            }
        }
        if let Some(besides) = self.besides.as_ref().filter(|file| file.exists()) {
            add(&mut roots, besides)?;
        }
        let provider = Arc::new(aws_lc_rs::default_provider());
        let mut config = ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .expect("the provider speaks TLS 1.2 and 1.3")
            .with_root_certificates(roots)
            .with_no_client_auth();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        Ok(TlsConnector::from(Arc::new(config)))
    }
}

/// Adds every certificate of a PEM file, which must hold at least one.
fn add(roots: &mut RootCertStore, file: &std::path::Path) -> Result<(), ClientFailure> {
    let refuse = |why: &dyn std::fmt::Display| {
        ClientFailure::Settings(format!("the certificates in {}: {why}", file.display()))
    };
    let certificates = CertificateDer::pem_file_iter(file).map_err(|error| refuse(&error))?;
    let mut there_are_some = false;
    for certificate in certificates {
        let certificate = certificate.map_err(|error| refuse(&error))?;
        roots.add(certificate).map_err(|error| refuse(&error))?;
        there_are_some = true;
    }
    if there_are_some {
        Ok(())
    } else {
        Err(refuse(&"the file holds no certificate in PEM format"))
    }
}
