use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::crypto::aws_lc_rs;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::pki_types::pem::{Error as PemError, PemObject};
use tokio_rustls::rustls::{ClientConfig, Error as TlsError, RootCertStore};

/// The certificate authorities that are trusted.
#[derive(Debug, Clone)]
pub struct Trust(RootCertStore);

/// Why a file of certificate authorities cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TrustError {
    /// It cannot be read.
    #[error("{0}")]
    File(io::Error),
    /// It is not PEM.
    #[error("{0}")]
    Malformed(PemError),
    /// A certificate in it is not an authority's.
    #[error("{0}")]
    Authority(TlsError),
    /// It is PEM of other things.
    #[error("it holds no certificate in PEM")]
    Empty,
}

/// Which file of certificate authorities cannot be used, and why.
#[derive(Debug, thiserror::Error)]
#[error("{}: {why}", path.display())]
pub struct TrustFileError {
    path: PathBuf,
    why: TrustError,
}

impl Trust {
    /// The authorities that this machine trusts, as they were when this was first asked.
    pub fn of_machine() -> Self {
        static MACHINE: LazyLock<Trust> = LazyLock::new(Trust::read_machine);
        MACHINE.clone()
    }

    /// The same, and those in a file in PEM if there is one.
    pub fn of_machine_and(file: Option<&Path>) -> Result<Self, TrustFileError> {
        let Some(path) = file else { return Ok(Self::of_machine()) };
        let trusted = Self::of_machine().and_those_in(path);
        trusted.map_err(|why| TrustFileError { path: path.to_owned(), why })
    }

    fn read_machine() -> Self {
        let mut roots = RootCertStore::empty();
        let native = rustls_native_certs::load_native_certs();
        for error in &native.errors {
            tracing::debug!(%error, "cannot read a certificate authority that this machine trusts");
        }
        roots.add_parsable_certificates(native.certs);
        Self(roots)
    }

    /// Also those in a file in PEM.
    #[expect(clippy::disallowed_methods, reason = "the file that the operator names")]
    pub fn and_those_in(mut self, path: &Path) -> Result<Self, TrustError> {
        let pem = std::fs::read(path).map_err(TrustError::File)?;
        let found: Vec<_> = CertificateDer::pem_slice_iter(&pem)
            .collect::<Result<_, _>>()
            .map_err(TrustError::Malformed)?;
        if found.is_empty() {
            return Err(TrustError::Empty);
        }
        for certificate in found {
            self.0.add(certificate).map_err(TrustError::Authority)?;
        }
        Ok(self)
    }

    pub(crate) fn connector(self) -> TlsConnector {
        let config = ClientConfig::builder_with_provider(Arc::new(aws_lc_rs::default_provider()))
            .with_safe_default_protocol_versions()
            .expect("the provider speaks TLS 1.2 and 1.3")
            .with_root_certificates(self.0)
            .with_no_client_auth();
        TlsConnector::from(Arc::new(config))
    }
}
