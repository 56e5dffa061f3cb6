use std::fmt;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use names::{KmsKeyArn, RepositoryArn};

use super::{CustomerKeys, KeyFault};

type Asking = Pin<Box<dyn Future<Output = Result<(), KeyFault>> + Send>>;

/// Watches over a key while bytes of a repository are sent or received.
pub struct KeyWatch {
    keys: Arc<CustomerKeys>,
    key: KmsKeyArn,
    repository: RepositoryArn,
    asking: Option<Asking>,
}

impl KeyWatch {
    /// Over this key, in the name of this repository.
    pub fn new(keys: Arc<CustomerKeys>, key: KmsKeyArn, repository: RepositoryArn) -> Self {
        Self { keys, key, repository, asking: None }
    }

    /// Requires that the repository may still use the key.
    pub async fn require_usable(&mut self) -> Result<(), KeyFault> {
        self.keys.require_usable(&self.key, &self.repository).await
    }

    /// The same, for pollers.
    pub fn poll_usable(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), KeyFault>> {
        if self.asking.is_none() {
            if self.keys.is_known_usable(&self.key, &self.repository) {
                return Poll::Ready(Ok(()));
            }
            let Self { keys, key, repository, asking: _ } = self;
            let (keys, key, repository) = (keys.clone(), key.clone(), repository.clone());
            self.asking =
                Some(Box::pin(async move { keys.require_usable(&key, &repository).await }));
        }
        let Some(asking) = &mut self.asking else { return Poll::Ready(Ok(())) };
        let answer = asking.as_mut().poll(cx);
        if answer.is_ready() {
            self.asking = None;
        }
        answer
    }
}

impl fmt::Debug for KeyWatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("KeyWatch").field("key", &self.key).finish_non_exhaustive()
    }
}
