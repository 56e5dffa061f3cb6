use std::future::Future;
use std::pin::Pin;

use bytes::Bytes;
use http::response::Parts;
use http::{HeaderMap, StatusCode};
use http_body_util::{BodyExt as _, Collected, Limited};
use hyper::body::Incoming;
use tokio::time::{Instant, timeout_at};

use crate::RemoteError;

/// The answer of another host, whose body has yet to be read. Dropping it ends the connection.
pub struct Answer {
    head: Parts,
    body: Incoming,
    line: Line,
    deadline: Instant,
}

impl Answer {
    pub(crate) fn new(head: Parts, body: Incoming, line: Line, deadline: Instant) -> Self {
        Self { head, body, line, deadline }
    }

    /// Its status.
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// Its headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// The whole body, which may have this many bytes, by the deadline of the request.
    pub async fn whole(mut self, bytes_max: usize) -> Result<Bytes, RemoteError> {
        let body = Limited::new(self.body, bytes_max);
        let read = async { body.collect().await.map_err(RemoteError::BadBody) };
        let read = timeout_at(self.deadline, self.line.drive(read)).await;
        read.map_err(|_| RemoteError::Late)?.map(Collected::to_bytes)
    }
}

/// The connection beneath an exchange. Bytes move only while the exchange is waited for.
pub(crate) struct Line(Option<Connection>);

type Connection = Pin<Box<dyn Future<Output = Result<(), hyper::Error>> + Send>>;

impl Line {
    pub(crate) fn new(
        connection: impl Future<Output = Result<(), hyper::Error>> + Send + 'static,
    ) -> Self {
        Self(Some(Box::pin(connection)))
    }

    /// Moves bytes until the exchange is over.
    pub(crate) async fn drive<T>(
        &mut self,
        exchange: impl Future<Output = Result<T, RemoteError>>,
    ) -> Result<T, RemoteError> {
        let Some(connection) = &mut self.0 else { return exchange.await };
        tokio::pin!(exchange);
        let ended = tokio::select! {
            biased;
            outcome = &mut exchange => return outcome,
            ended = connection => ended,
        };
        self.0 = None;
        match ended {
            Ok(()) => exchange.await,
            Err(error) => Err(RemoteError::broken(error)),
        }
    }
}
