//! The repository of a push, created from a template if it is not there.

use names::RepositoryArn;
use operations::{Refusal, RepositoryRefusal};

use super::asked::Asked;
use super::failure::Refused;
use crate::doors::aws::{NotCreated, Push, create_on_push};
use crate::reached::Reached;

impl From<NotCreated> for Refused {
    fn from(not_created: NotCreated) -> Self {
        match not_created {
            NotCreated::Denied(denied) => Self::Denied(denied),
            NotCreated::Failed(failure) => failure.into(),
        }
    }
}

impl Asked {
    /// What was done; or `None` if it found no repository and there is one now, so that it is to be
    /// done again.
    pub(super) async fn unless_created<T>(
        &self,
        arn: &RepositoryArn,
        outcome: Result<T, Refused>,
    ) -> Result<Option<T>, Refused> {
        let refused = match outcome {
            Ok(done) => return Ok(Some(done)),
            Err(refused) => refused,
        };
        let is_missing = matches!(
            &refused,
            Refused::Verb(Refusal::Repository(RepositoryRefusal::NotFound(missing))) if missing == arn
        );
        if is_missing && self.create(arn).await? { Ok(None) } else { Err(refused) }
    }

    async fn create(&self, arn: &RepositoryArn) -> Result<bool, Refused> {
        Ok(create_on_push(&self.as_push(), arn).await?)
    }

    /// The request, as one that may create its repository.
    pub(super) fn as_push(&self) -> Push<'_> {
        Push {
            doors: &self.doors,
            caller: &self.caller,
            from: &self.from,
            reached: Reached::of(&self.parts),
            request: format!("{} {}", self.parts.method, self.parts.uri),
        }
    }
}
