use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

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

    /// The body, piece by piece, within these limits: the deadline of the request was for the head.
    pub fn into_body(self, limits: BodyLimits) -> AnswerBody {
        let Self { body, line, .. } = self;
        AnswerBody { body, line, limits, received_bytes: 0 }
    }

    /// The whole body, which may have this many bytes, by the deadline of the request.
    pub async fn whole(mut self, bytes_max: usize) -> Result<Bytes, RemoteError> {
        let body = Limited::new(self.body, bytes_max);
        let read = async { body.collect().await.map_err(RemoteError::BadBody) };
        let read = timeout_at(self.deadline, self.line.drive(read)).await;
        read.map_err(|_| RemoteError::Late)?.map(Collected::to_bytes)
    }
}

/// How much of a body is taken, and how long it may last.
#[derive(Debug, Clone, Copy)]
pub struct BodyLimits {
    /// Its bytes.
    pub bytes_max: u64,
    /// The time without a byte.
    pub silence_max: Duration,
    /// When it must have ended.
    pub deadline: Instant,
}

/// A body that is read piece by piece. Dropping it ends the connection.
pub struct AnswerBody {
    body: Incoming,
    line: Line,
    limits: BodyLimits,
    received_bytes: u64,
}

impl AnswerBody {
    /// The next piece; `None` at the end.
    pub async fn next(&mut self) -> Result<Option<Bytes>, RemoteError> {
        let Self { body, line, limits, received_bytes } = self;
        let deadline = limits.deadline.min(Instant::now() + limits.silence_max);
        loop {
            let frame = async { body.frame().await.transpose().map_err(RemoteError::broken) };
            let frame = timeout_at(deadline, line.drive(frame)).await;
            let Some(frame) = frame.map_err(|_| RemoteError::Late)?? else { return Ok(None) };
            let Ok(piece) = frame.into_data() else { continue };
            if piece.is_empty() {
                continue;
            }
            *received_bytes += piece.len() as u64;
            if *received_bytes > limits.bytes_max {
                return Err(RemoteError::BadBody("the body is longer than its limit".into()));
            }
            return Ok(Some(piece));
        }
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

    /// Whether the connection has not ended.
    pub(crate) fn is_open(&self) -> bool {
        self.0.is_some()
    }

    /// Ends the connection.
    pub(crate) fn close(&mut self) {
        self.0 = None;
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
