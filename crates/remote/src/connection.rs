use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode, Uri};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::client::conn::http1::SendRequest;
use tokio::time::{Instant, timeout_at};

use crate::answer::Line;
use crate::client::addressed;
use crate::{Client, RemoteError};

/// A connection that is kept for further requests to the same host, one after the other.
pub struct Connection {
    sender: SendRequest<Full<Bytes>>,
    line: Line,
}

/// The answer to a request over a [`Connection`].
#[derive(Debug)]
pub struct Exchanged {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: HeaderMap,
    /// Its body, if it came whole and was not too long.
    pub body: Result<Bytes, RemoteError>,
}

impl Client {
    /// Connects to the host of a URL, by the deadline.
    pub async fn connect(&self, url: &Uri, deadline: Instant) -> Result<Connection, RemoteError> {
        let opened = timeout_at(deadline, self.open_line(url)).await;
        let (sender, line) = opened.map_err(|_| RemoteError::Late)??;
        Ok(Connection { sender, line })
    }
}

impl Connection {
    /// Whether it may take another request. Its host may have closed it all the same.
    pub fn is_open(&self) -> bool {
        self.line.is_open() && !self.sender.is_closed()
    }

    /// Sends a request, and reads the answer, whose body may have this many bytes, by the deadline.
    /// If this fails, or is dropped before its end, the connection must not be used again.
    pub async fn exchange(
        &mut self,
        request: Request<Bytes>,
        bytes_max: usize,
        deadline: Instant,
    ) -> Result<Exchanged, RemoteError> {
        let request = addressed(request)?.map(Full::new);
        let Self { sender, line } = self;
        let asked = async {
            sender.ready().await.map_err(RemoteError::broken)?;
            sender.send_request(request).await.map_err(RemoteError::broken)
        };
        let answer = timeout_at(deadline, line.drive(asked)).await;
        let (head, body) = answer.map_err(|_| RemoteError::Late)??.into_parts();
        let read = async {
            let body = Limited::new(body, bytes_max);
            body.collect().await.map(http_body_util::Collected::to_bytes)
        };
        let read = async { read.await.map_err(RemoteError::BadBody) };
        let body = match timeout_at(deadline, line.drive(read)).await {
            Ok(body) => body,
            Err(_) => Err(RemoteError::Late),
        };
        if body.is_err() {
            line.close();
        }
        Ok(Exchanged { status: head.status, headers: head.headers, body })
    }
}
