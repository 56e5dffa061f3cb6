//! Requests to one host, over connections that are kept.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, StatusCode, Uri};
use operations::Unsent;
use remote::{Client, Connection, Exchanged, RemoteError};
use tokio::time::Instant;

/// For a request with its answer. EventBridge waits as long.
const PATIENCE: Duration = Duration::from_secs(5);

/// Connections that are kept: as many as there are requests at a time.
const KEPT_MAX: usize = 32;

/// Of an answer no more is read.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// One host.
pub(super) struct Post {
    client: Arc<Client>,
    url: Uri,
    kept: Mutex<Vec<Connection>>,
}

impl Post {
    pub(super) fn new(client: Arc<Client>, url: Uri) -> Self {
        Self { client, url, kept: Mutex::default() }
    }

    /// Where requests go.
    pub(super) fn url(&self) -> &Uri {
        &self.url
    }

    /// Sends a request. A kept connection that its host has closed meanwhile is replaced once.
    pub(super) async fn send(&self, request: Request<Bytes>) -> Result<Exchanged, Unsent> {
        let deadline = Instant::now() + PATIENCE;
        if let Some(connection) = self.take_kept() {
            match self.exchange(connection, request.clone(), deadline).await {
                Err(RemoteError::Broken(_)) => {}
                outcome => return outcome.map_err(|error| unsent(&error)),
            }
        }
        let sent = async {
            let connection = self.client.connect(&self.url, deadline).await?;
            self.exchange(connection, request, deadline).await
        };
        sent.await.map_err(|error| unsent(&error))
    }

    async fn exchange(
        &self,
        mut connection: Connection,
        request: Request<Bytes>,
        deadline: Instant,
    ) -> Result<Exchanged, RemoteError> {
        let exchanged = connection.exchange(request, ANSWER_BYTES_MAX, deadline).await?;
        if connection.is_open() {
            let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
            if kept.len() < KEPT_MAX {
                kept.push(connection);
            }
        }
        Ok(exchanged)
    }

    fn take_kept(&self) -> Option<Connection> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.retain(Connection::is_open);
        kept.pop()
    }
}

fn unsent(error: &RemoteError) -> Unsent {
    let why = error.to_string();
    if error.is_unreachable() { Unsent::Unreachable(why) } else { Unsent::Later(why) }
}

/// What an answer says of a parcel. As EventBridge does, it is sent again after an answer that may
/// be another one next time.
pub(super) fn judge(status: StatusCode) -> Result<(), Unsent> {
    if status.is_success() {
        return Ok(());
    }
    let why = if status.is_redirection() {
        format!("it answered {status}, and redirects are not followed")
    } else {
        format!("it answered {status}")
    };
    let may_change =
        status.is_server_error() || [401, 407, 408, 409, 425, 429].contains(&status.as_u16());
    Err(if may_change { Unsent::Later(why) } else { Unsent::Refused(why) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_judged_as_eventbridge_judges_them() {
        #[rustfmt::skip]
        let cases = [
            (200, None,        "taken"),
            (204, None,        "taken without a word"),
            (302, Some(false), "a redirect, perhaps to a machine inside"),
            (400, Some(false), "it will never be right"),
            (401, Some(true),  "credentials may be mended"),
            (404, Some(false), "nothing is there"),
            (409, Some(true),  "not now"),
            (410, Some(false), "nothing is there any more"),
            (429, Some(true),  "too many"),
            (500, Some(true),  "its own fault"),
            (503, Some(true),  "not now"),
        ];
        for (status, again, because) in cases {
            let judged = judge(StatusCode::from_u16(status).unwrap());
            let found = judged.err().map(|why| matches!(why, Unsent::Later(_)));
            assert_eq!(found, again, "{status}: {because}");
        }
    }
}
