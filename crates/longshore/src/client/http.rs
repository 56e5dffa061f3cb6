//! One request over one connection, HTTP/1.1. No redirect, no retry.

use std::error::Error;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use names::error_chain;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::rustls::pki_types::ServerName;

use super::proxy::connect_through;
use super::{ClientFailure, Endpoint, Settings};

/// Detects an unreachable server, as opposed to a slow one, before docker's user loses patience.
const CONNECT_PATIENCE: Duration = Duration::from_secs(10);

/// kubelet gives its plugins a minute. A later answer is useless.
const ANSWER_PATIENCE: Duration = Duration::from_secs(40);

/// The largest answer is a decision with all the policies it consulted: about 60, of 10 KiB each.
const ANSWER_BYTES_MAX: usize = 4 << 20;

/// An answer.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
}

/// Sends a request to the endpoint.
pub(super) async fn send(
    endpoint: &Endpoint,
    settings: &Settings,
    request: Request<Full<Bytes>>,
) -> Result<Answer, ClientFailure> {
    let unreachable =
        |why: String| ClientFailure::Unreachable { endpoint: endpoint.to_string(), why };
    let stream = tokio::time::timeout(CONNECT_PATIENCE, connect(endpoint, settings))
        .await
        .map_err(|_| unreachable(format!("no connection within {CONNECT_PATIENCE:?}")))?
        .map_err(|error| unreachable(error_chain(&error)))?;
    let exchange = async {
        if !endpoint.is_tls {
            return exchange(stream, request)
                .await
                .map_err(|error| unreachable(error_chain(&*error)));
        }
        let name = ServerName::try_from(endpoint.host.clone())
            .map_err(|_| unreachable(format!("{:?} is not a host name", endpoint.host)))?;
        let stream = settings.trust.connector()?.connect(name, stream).await;
        let stream = stream.map_err(|error| unreachable(untrusted(error_chain(&error))))?;
        exchange(stream, request).await.map_err(|error| unreachable(error_chain(&*error)))
    };
    tokio::time::timeout(ANSWER_PATIENCE, exchange)
        .await
        .map_err(|_| unreachable(format!("no answer within {ANSWER_PATIENCE:?}")))?
}

/// Adds what to do about an untrusted certificate.
fn untrusted(why: String) -> String {
    if why.contains("invalid peer certificate") {
        format!("{why}; set AWS_CA_BUNDLE to the file of its certificate authority")
    } else {
        why
    }
}

/// A connection to the server, directly or through a proxy.
async fn connect(endpoint: &Endpoint, settings: &Settings) -> std::io::Result<TcpStream> {
    let Some(proxy) = settings.proxy.find(endpoint) else {
        return TcpStream::connect((endpoint.host.as_str(), endpoint.port)).await;
    };
    let mut stream = TcpStream::connect((proxy.host.as_str(), proxy.port)).await?;
    connect_through(&mut stream, endpoint).await?;
    Ok(stream)
}

/// Sends one request over a connection and reads the answer.
pub(super) async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Send + Unpin + 'static,
    request: Request<Full<Bytes>>,
) -> Result<Answer, Box<dyn Error + Send + Sync>> {
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    // An error of the connection also fails the exchange, which reports it.
    let drive = async {
        let _ = connection.await;
        std::future::pending::<std::convert::Infallible>().await
    };
    let ask = async {
        let (head, body) = sender.send_request(request).await?.into_parts();
        let body = Limited::new(body, ANSWER_BYTES_MAX).collect().await?.to_bytes();
        Ok(Answer { status: head.status, headers: head.headers, body })
    };
    tokio::select! {
        answer = ask => answer,
        never = drive => match never {},
    }
}
