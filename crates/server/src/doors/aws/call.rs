//! One call: parsed, judged by the guard, carried out, answered. There is no other way to a
//! handler.

use std::future::Future;
use std::sync::Arc;

use iam::Iam;
use identity::Caller;
use names::{AccountId, RegistryId, RepositoryArn, RepositoryName};
use operations::Operations;
use serde::Serialize;
use wire::aws::check::invalid_parameter;
use wire::aws::json::Input;
use wire::aws::{Operation, WireRefusal};

use super::failure::Refused;
use super::words::Words;
use crate::config::Redirects;
use crate::doors::Doors;
use crate::guard::{Asking, RequestFrom, RequestKeys, Resource};
use crate::reached::Reached;

/// An operation that is implemented.
pub(super) trait Call {
    /// Its input.
    type Input: Input + Send;
    /// Its subject.
    type Target: Target + Send;
    /// The words that it answers with.
    type Output: Serialize;

    /// The subject of the call: as much parsing as the guard needs.
    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal>;

    /// About how long the output is as text, if it can be long.
    fn bytes(_output: &Self::Output) -> usize {
        0
    }

    /// Actions that this input needs beside the operation's own.
    fn further_actions(_input: &Self::Input) -> &'static [&'static str] {
        &[]
    }

    /// The condition keys of the input: `aws:RequestTag/…`, `aws:TagKeys` and the like.
    fn request_keys(_input: &Self::Input) -> RequestKeys {
        RequestKeys::default()
    }

    /// Carries out the call. The guard has allowed it.
    fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> impl Future<Output = Result<Self::Output, Refused>> + Send;
}

/// The subject of a call.
pub(super) trait Target {
    /// Every resource that the caller must have a right to. If there are none, the guard is not
    /// asked.
    fn resources(&self) -> Vec<Resource>;

    /// Looks up what only the rows know, before the guard is asked: an entity's path and tags.
    fn locate(&mut self, _iam: &Iam) -> impl Future<Output = Result<(), Refused>> + Send {
        async { Ok(()) }
    }

    /// Its condition keys, in addition to those of the input.
    fn said(&self, keys: RequestKeys) -> RequestKeys {
        keys
    }
}

impl Target for RepositoryArn {
    fn resources(&self) -> Vec<Resource> {
        vec![Resource::Repository(self.clone())]
    }
}

impl Target for RegistryId {
    fn resources(&self) -> Vec<Resource> {
        vec![Resource::Registry(self.clone())]
    }
}

/// The account as a whole, or nothing in particular in it.
impl Target for AccountId {
    fn resources(&self) -> Vec<Resource> {
        vec![Resource::Account(self.clone())]
    }
}

/// The context of a call.
pub(super) struct Context<'a> {
    pub(super) doors: &'a Arc<Doors>,
    pub(super) caller: &'a Caller,
    /// Where the client reached the server.
    pub(super) reached: &'a Reached,
    /// The facts that every request states.
    pub(super) from: &'a RequestFrom,
    /// Whether the client may be redirected to the object store.
    pub(super) redirects: Redirects,
}

impl Context<'_> {
    pub(super) fn operations(&self) -> &Operations {
        &self.doors.operations
    }

    pub(super) fn iam(&self) -> &Iam {
        self.doors.iam()
    }

    /// The caller at the guard.
    pub(super) fn asking(&self) -> Asking<'_> {
        self.doors.asking(self.caller, self.from)
    }
}

/// Performs a call, from the bytes of its input to the bytes of its output.
pub(super) async fn perform<C: Call>(
    context: &Context<'_>,
    operation: Operation,
    words: &Words<'_>,
) -> Result<Vec<u8>, Refused> {
    let long_work = &context.doors.long_work;
    let input = long_work.run(words.bytes(), || words.read(operation)).await?;
    let (target, input) = admit::<C>(&context.asking(), operation, input).await?;
    let output = C::act(context, target, input).await?;
    let write = || words.write(operation, &output, &context.from.id);
    Ok(long_work.run(C::bytes(&output), write).await)
}

/// Asks the guard.
pub(super) async fn admit<C: Call>(
    asking: &Asking<'_>,
    operation: Operation,
    input: C::Input,
) -> Result<(C::Target, C::Input), Refused> {
    let mut target = C::target(asking.caller, &input)?;
    target.locate(asking.iam()).await?;
    let (resources, keys) = (target.resources(), target.said(C::request_keys(&input)));
    require(asking, operation.action(), &resources, &keys).await?;
    for action in C::further_actions(&input) {
        require(asking, action, &resources, &keys).await?;
    }
    Ok((target, input))
}

/// Asks the guard about each resource.
pub(super) async fn require(
    asking: &Asking<'_>,
    action: &'static str,
    resources: &[Resource],
    keys: &RequestKeys,
) -> Result<(), Refused> {
    for resource in resources {
        asking.authorize(action, resource, keys).await?;
    }
    Ok(())
}

/// The registry that a call is about: the caller's own, unless it names another account.
pub(super) fn registry(
    caller: &Caller,
    registry_id: Option<&str>,
) -> Result<RegistryId, WireRefusal> {
    let account = match registry_id {
        None => caller.account().clone(),
        Some(id) => AccountId::parse(id)
            .map_err(|malformed| invalid_parameter("registryId", &malformed.to_string()))?,
    };
    Ok(RegistryId { account, region: caller.region.clone() })
}

/// The repository that a call is about.
pub(super) fn repository(
    caller: &Caller,
    registry_id: Option<&str>,
    name: &str,
) -> Result<RepositoryArn, WireRefusal> {
    let registry = registry(caller, registry_id)?;
    let repository = RepositoryName::parse(name)
        .map_err(|malformed| invalid_parameter("repositoryName", &malformed.to_string()))?;
    Ok(RepositoryArn { registry, repository })
}

/// The repository that a `resourceArn` names. In another Region there is none that could be meant:
/// the call was signed for this one.
pub(super) fn resource(caller: &Caller, arn: &str) -> Result<RepositoryArn, WireRefusal> {
    RepositoryArn::parse(arn)
        .ok()
        .filter(|arn| arn.registry.region == caller.region)
        .ok_or_else(|| invalid_parameter("resourceArn", "Invalid ARN"))
}
