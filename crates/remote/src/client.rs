use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use http::header::{HOST, USER_AGENT};
use http::uri::PathAndQuery;
use http::{HeaderValue, Request, Uri};
use http_body_util::Full;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;
use tokio_rustls::rustls::pki_types::ServerName;

use crate::address::is_public;
use crate::answer::{Answer, Line};
use crate::{RemoteError, Trust};

/// The limit for one address, so that a dead one leaves time for the next.
const CONNECT_PATIENCE: Duration = Duration::from_secs(2);

/// Addresses of one name that are tried.
const ADDRESSES_MAX: usize = 4;

/// The head of an answer.
const HEAD_SIZE_BYTES_MAX: usize = 32 * 1024;

const AGENT: HeaderValue =
    HeaderValue::from_static(concat!("longshore/", env!("CARGO_PKG_VERSION")));

/// Which addresses may be called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Those of the public internet.
    Public,
    /// Any: the operator's hosts are on its own network.
    Anywhere,
}

/// Calls other hosts, as far as it may reach.
pub struct Client {
    tls: TlsConnector,
    reach: Reach,
}

impl Client {
    /// A client that goes where `reach` allows, and believes certificates of `trust`.
    pub fn new(trust: Trust, reach: Reach) -> Self {
        Self { tls: trust.connector(), reach }
    }

    /// Sends a request to the host of its URL, once, over a connection of its own. The head of the
    /// answer, and later its body, must be there by the deadline.
    pub async fn send(
        &self,
        request: Request<Bytes>,
        deadline: Instant,
    ) -> Result<Answer, RemoteError> {
        let answer = timeout_at(deadline, self.exchange(request, deadline)).await;
        answer.map_err(|_| RemoteError::Late)?
    }

    async fn exchange(
        &self,
        request: Request<Bytes>,
        deadline: Instant,
    ) -> Result<Answer, RemoteError> {
        let (name, port) = host_of(request.uri())?;
        let stream = self.open(name, port).await?;
        let (mut sender, connection) = http1::Builder::new()
            .max_buf_size(HEAD_SIZE_BYTES_MAX)
            .handshake(TokioIo::new(stream))
            .await
            .map_err(RemoteError::broken)?;
        let request = addressed(request)?.map(Full::new);
        let mut line = Line::new(connection);
        let asked = async { sender.send_request(request).await.map_err(RemoteError::broken) };
        let (head, body) = line.drive(asked).await?.into_parts();
        Ok(Answer::new(head, body, line, deadline))
    }

    async fn open(&self, name: String, port: u16) -> Result<TlsStream<TcpStream>, RemoteError> {
        let stream = self.connect(&name, port).await?;
        let server = ServerName::try_from(name).map_err(|_| RemoteError::NotHostName)?;
        self.tls.connect(server, stream).await.map_err(RemoteError::broken)
    }

    /// Connects to one of the host's addresses: to the very address that was checked.
    async fn connect(&self, host: &str, port: u16) -> Result<TcpStream, RemoteError> {
        let found = tokio::net::lookup_host((host, port)).await.map_err(RemoteError::broken)?;
        let allowed: Vec<SocketAddr> = found
            .filter(|address| self.reach == Reach::Anywhere || is_public(address.ip()))
            .take(ADDRESSES_MAX)
            .collect();
        let mut last = RemoteError::OutOfReach { host: host.to_owned() };
        for address in allowed {
            match timeout(CONNECT_PATIENCE, TcpStream::connect(address)).await {
                Ok(Ok(stream)) => return Ok(stream),
                Ok(Err(error)) => last = RemoteError::broken(error),
                Err(_) => last = RemoteError::Silent { address },
            }
        }
        Err(last)
    }
}

/// The host and the port that a URL names; an address of IPv6 without its brackets.
fn host_of(uri: &Uri) -> Result<(String, u16), RemoteError> {
    let (Some("https"), Some(host)) = (uri.scheme_str(), uri.host()) else {
        return Err(RemoteError::NotHttps);
    };
    let name = host.trim_start_matches('[').trim_end_matches(']').to_owned();
    Ok((name, uri.port_u16().unwrap_or(443)))
}

/// The request as it is sent to its host: the path alone, and the headers that every request has.
fn addressed(mut request: Request<Bytes>) -> Result<Request<Bytes>, RemoteError> {
    let authority = request.uri().authority().map_or("", |authority| authority.as_str());
    let host = HeaderValue::from_str(authority).map_err(|_| RemoteError::NotUrl)?;
    request.headers_mut().insert(HOST, host);
    request.headers_mut().entry(USER_AGENT).or_insert(AGENT);
    let path = request.uri().path_and_query().cloned();
    *request.uri_mut() = path.unwrap_or_else(|| PathAndQuery::from_static("/")).into();
    Ok(request)
}
