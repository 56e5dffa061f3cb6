use std::net::SocketAddr;
use std::time::Duration;

use bytes::Bytes;
use http::header::{HOST, USER_AGENT};
use http::uri::PathAndQuery;
use http::{HeaderValue, Request, Uri};
use http_body_util::Full;
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::{Instant, timeout, timeout_at};
use tokio_rustls::TlsConnector;
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

/// Whether a connection may do without TLS.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Plain {
    Refused,
    Allowed,
}

/// Calls other hosts, as far as it may reach.
pub struct Client {
    tls: TlsConnector,
    reach: Reach,
    plain: Plain,
}

/// What a connection is made of.
trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<T: AsyncRead + AsyncWrite + Send + Unpin> Stream for T {}

impl Client {
    /// A client that goes where `reach` allows, and believes certificates of `trust`.
    pub fn new(trust: Trust, reach: Reach) -> Self {
        Self { tls: trust.connector(), reach, plain: Plain::Refused }
    }

    /// The same, but URLs may also begin with `http://`: the operator chose them.
    #[must_use]
    pub fn allowing_plain(self) -> Self {
        Self { plain: Plain::Allowed, ..self }
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
        let (mut sender, mut line) = self.open_line(request.uri()).await?;
        let request = addressed(request)?.map(Full::new);
        let asked = async { sender.send_request(request).await.map_err(RemoteError::broken) };
        let (head, body) = line.drive(asked).await?.into_parts();
        Ok(Answer::new(head, body, line, deadline))
    }

    /// Connects to the host of a URL, and begins to speak HTTP with it.
    pub(crate) async fn open_line(
        &self,
        url: &Uri,
    ) -> Result<(SendRequest<Full<Bytes>>, Line), RemoteError> {
        let stream = self.open(url).await?;
        let (sender, connection) = http1::Builder::new()
            .max_buf_size(HEAD_SIZE_BYTES_MAX)
            .handshake(TokioIo::new(stream))
            .await
            .map_err(RemoteError::broken)?;
        Ok((sender, Line::new(connection)))
    }

    async fn open(&self, url: &Uri) -> Result<Box<dyn Stream>, RemoteError> {
        let Host { name, port, is_plain } = host_of(url)?;
        if is_plain && self.plain == Plain::Refused {
            return Err(RemoteError::NotHttps);
        }
        let stream = self.reach_host(&name, port).await?;
        if is_plain {
            return Ok(Box::new(stream));
        }
        let server = ServerName::try_from(name).map_err(|_| RemoteError::NotHostName)?;
        let stream = self.tls.connect(server, stream).await.map_err(RemoteError::broken)?;
        Ok(Box::new(stream))
    }

    /// Connects to one of the host's addresses: to the very address that was checked.
    async fn reach_host(&self, host: &str, port: u16) -> Result<TcpStream, RemoteError> {
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

/// What a URL names.
struct Host {
    /// The host; an address of IPv6 without its brackets.
    name: String,
    port: u16,
    /// Whether it is to be called without TLS.
    is_plain: bool,
}

fn host_of(uri: &Uri) -> Result<Host, RemoteError> {
    let (is_plain, port) = match uri.scheme_str() {
        Some("https") => (false, 443),
        Some("http") => (true, 80),
        Some(_) | None => return Err(RemoteError::NotHttps),
    };
    let host = uri.host().ok_or(RemoteError::NotUrl)?;
    let name = host.trim_start_matches('[').trim_end_matches(']').to_owned();
    Ok(Host { name, port: uri.port_u16().unwrap_or(port), is_plain })
}

/// The request as it is sent to its host: the path alone, and the headers that every request has.
pub(crate) fn addressed(mut request: Request<Bytes>) -> Result<Request<Bytes>, RemoteError> {
    let authority = request.uri().authority().map_or("", |authority| authority.as_str());
    let host = HeaderValue::from_str(authority).map_err(|_| RemoteError::NotUrl)?;
    request.headers_mut().insert(HOST, host);
    request.headers_mut().entry(USER_AGENT).or_insert(AGENT);
    let path = request.uri().path_and_query().cloned();
    *request.uri_mut() = path.unwrap_or_else(|| PathAndQuery::from_static("/")).into();
    Ok(request)
}
