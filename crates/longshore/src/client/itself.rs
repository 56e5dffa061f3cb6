//! Fetches a page of a server on this machine, for health checks.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::{Request, StatusCode, header};
use http_body_util::Full;
use names::error_chain;
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::client::danger::{
    HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier,
};
use tokio_rustls::rustls::crypto::{self, CryptoProvider, aws_lc_rs};
use tokio_rustls::rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use tokio_rustls::rustls::{
    ClientConfig, DigitallySignedStruct, Error as TlsError, SignatureScheme,
};

use super::ClientFailure;
use super::http::exchange;

/// Less than docker's limit of five seconds for a check, so that docker logs our error message.
const PATIENCE: Duration = Duration::from_secs(4);

/// A server that listens on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Itself {
    address: SocketAddr,
    is_tls: bool,
}

impl Itself {
    /// The server that listens on `listen`. If it listens on all addresses, we use the loopback
    /// address.
    pub(crate) fn listening_on(listen: SocketAddr, is_tls: bool) -> Result<Self, ClientFailure> {
        let ip = match listen.ip() {
            IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
            IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
            ip => ip,
        };
        if listen.port() == 0 {
            return Err(ClientFailure::Settings(format!(
                "{listen} does not say which port the server uses; choose a port with LONGSHORE_LISTEN"
            )));
        }
        Ok(Self { address: SocketAddr::new(ip, listen.port()), is_tls })
    }

    /// Requests a page. Returns the status and the first line.
    pub(crate) async fn ask(self, page: &str) -> Result<(StatusCode, String), ClientFailure> {
        let scheme = if self.is_tls { "https" } else { "http" };
        let endpoint = format!("{scheme}://{}{page}", self.address);
        let unreachable =
            |why: String| ClientFailure::Unreachable { endpoint: endpoint.clone(), why };
        tokio::time::timeout(PATIENCE, self.exchange(page))
            .await
            .map_err(|_| unreachable(format!("no answer within {PATIENCE:?}")))?
            .map_err(|error| unreachable(error_chain(&*error)))
    }

    async fn exchange(
        self,
        page: &str,
    ) -> Result<(StatusCode, String), Box<dyn std::error::Error + Send + Sync>> {
        let stream = TcpStream::connect(self.address).await?;
        let request = Request::get(page)
            .header(header::HOST, self.address.to_string())
            .body(Full::<Bytes>::default())?;
        let answer = if self.is_tls {
            let name = ServerName::IpAddress(self.address.ip().into());
            exchange(connector().connect(name, stream).await?, request).await?
        } else {
            exchange(stream, request).await?
        };
        let text = String::from_utf8_lossy(&answer.body);
        Ok((answer.status, text.lines().next().unwrap_or_default().to_owned()))
    }
}

fn connector() -> TlsConnector {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider.clone())
        .with_safe_default_protocol_versions()
        .expect("the provider speaks TLS 1.2 and 1.3")
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(AnyName(provider)))
        .with_no_client_auth();
    TlsConnector::from(Arc::new(config))
}

/// Accepts any certificate. The server's certificate is for its public name, but we connect to its
/// address, on the same machine. We send no secret and use only the status of the answer.
#[derive(Debug)]
struct AnyName(Arc<CryptoProvider>);

impl ServerCertVerifier for AnyName {
    fn verify_server_cert(
        &self,
        _end_entity: &CertificateDer<'_>,
        _intermediates: &[CertificateDer<'_>],
        _server_name: &ServerName<'_>,
        _ocsp_response: &[u8],
        _now: UnixTime,
    ) -> Result<ServerCertVerified, TlsError> {
        Ok(ServerCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        let algorithms = &self.0.signature_verification_algorithms;
        crypto::verify_tls12_signature(message, certificate, signature, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, TlsError> {
        let algorithms = &self.0.signature_verification_algorithms;
        crypto::verify_tls13_signature(message, certificate, signature, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_server_is_asked() {
        #[rustfmt::skip]
        let cases = [
            ("0.0.0.0:5050",      Some("127.0.0.1:5050"), "everywhere is also here"),
            ("[::]:443",          Some("[::1]:443"),      "and by IPv6"),
            ("127.0.0.1:8080",    Some("127.0.0.1:8080"), "here alone"),
            ("192.0.2.7:5050",    Some("192.0.2.7:5050"), "at one address of this machine"),
            ("127.0.0.1:0",       None,                   "the chosen port is unknown"),
        ];
        for (listen, expected, because) in cases {
            let asked = Itself::listening_on(listen.parse().unwrap(), false).ok();
            let asked = asked.map(|itself| itself.address.to_string());
            assert_eq!(asked.as_deref(), expected, "{listen}: {because}");
        }
    }
}
