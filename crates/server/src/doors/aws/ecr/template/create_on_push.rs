//! Creates the repository that a push did not find, if a template says so, and that of an image
//! which comes from an upstream registry.
//!
//! # Invariants
//! * The caller needs `ecr:CreateRepository` on the repository.
//! * If the template names a role, ECR acts in it: the role must trust `ecr.amazonaws.com`, and
//!   have the right to everything that the template sets. Without a role, a template can set
//!   neither resource tags nor a KMS key.
//! * Nothing is created unless everything is allowed.
//!
//! # Who calls
//! The OCI door, when a push begins and its repository is not there, or a pull has fetched a
//! manifest for it.
//!
//! # On a crash
//! There is no repository, or one with all that the template says.

use std::sync::Arc;

use iam::{StsRefusal, WantedRole};
use identity::{AccessKeyId, Caller};
use names::{
    AppliedFor, EncryptionKey, EncryptionType, ExclusionFilter, KeyKind, RepositoryArn,
    SessionName, TemplatePrefix, Uuid,
};
use operations::{
    CreationTemplate, EncryptionRefusal, Failure, Fault, Refusal, RepositoryRefusal,
    TemplateRefusal, TemplateSettings,
};
use serde_json::{Value, json};
use wire::aws::ecr::CreateRepositoryResponse;

use super::settings::SERVICE;
use crate::audit::{Call, CallError, Door, Identity, Recording, Subject, Told, tell};
use crate::config::Redirects;
use crate::doors::Doors;
use crate::doors::aws::call::Context;
use crate::doors::aws::ecr::repository::{find_allowed_key, write_mode};
use crate::doors::aws::ecr::written;
use crate::doors::aws::failure::{self, Refused};
use crate::guard::{AccessDenied, NotAllowed, RequestFrom, RequestKeys, Resource};
use crate::reached::Reached;

/// A push that found no repository, or a pull that fills one.
pub(in crate::doors) struct Push<'a> {
    pub(in crate::doors) doors: &'a Arc<Doors>,
    pub(in crate::doors) caller: &'a Caller,
    pub(in crate::doors) from: &'a RequestFrom,
    pub(in crate::doors) reached: &'a Reached,
    /// Its method and path.
    pub(in crate::doors) request: String,
}

/// Why a repository is not created although there is a template for it, or an image not fetched
/// although there is a rule for it.
#[derive(Debug)]
pub(in crate::doors) enum NotCreated {
    /// A denial of the guard.
    Denied(AccessDenied),
    /// A refusal of a verb, or a fault.
    Failed(Failure),
}

impl From<NotAllowed> for NotCreated {
    fn from(not_allowed: NotAllowed) -> Self {
        match not_allowed {
            NotAllowed::Denied(denied) => Self::Denied(denied),
            NotAllowed::Failed(failure) => Self::Failed(failure.into()),
        }
    }
}

impl<F: Into<Failure>> From<F> for NotCreated {
    fn from(failure: F) -> Self {
        Self::Failed(failure.into())
    }
}

/// The session's name of the role that a template names.
const SESSION: &str = "ecr-repository-creation-template";

/// Creates the repository, if there is a template for it. Returns whether there is: another push
/// may have been faster.
pub(in crate::doors) async fn create_on_push(
    push: &Push<'_>,
    arn: &RepositoryArn,
) -> Result<bool, NotCreated> {
    let operations = &push.doors.operations;
    let found = operations.find_template_for(arn, AppliedFor::CreateOnPush).await?;
    let Some(CreationTemplate { prefix, settings, .. }) = found else { return Ok(false) };
    create_with(push, arn, prefix, settings).await?;
    Ok(true)
}

/// Creates the repository of an image that comes from an upstream registry, if it is not there: as
/// the template says that is for it, or as CreateRepository does by default.
pub(in crate::doors) async fn create_for_cache(
    push: &Push<'_>,
    arn: &RepositoryArn,
) -> Result<(), NotCreated> {
    let operations = &push.doors.operations;
    let found = operations.find_template_for(arn, AppliedFor::PullThroughCache).await?;
    match found {
        Some(CreationTemplate { prefix, settings, .. }) => {
            create_with(push, arn, prefix, settings).await
        }
        None => create_with(push, arn, TemplatePrefix::root(), TemplateSettings::default()).await,
    }
}

async fn create_with(
    push: &Push<'_>,
    arn: &RepositoryArn,
    prefix: TemplatePrefix,
    settings: TemplateSettings,
) -> Result<(), NotCreated> {
    let resource = Resource::Repository(arn.clone());
    let asking = push.doors.asking(push.caller, push.from);
    asking.authorize("ecr:CreateRepository", &resource, &RequestKeys::default()).await?;
    let creator = match &settings.custom_role {
        Some(role) => {
            let creator = play(push, arn, role).await?;
            require_rights(push, &creator, arn, &settings).await?;
            creator
        }
        None if settings.tags.is_empty() && settings.encryption == EncryptionType::Aes256 => {
            push.caller.clone()
        }
        None => {
            return Err(TemplateRefusal::RoleNeeded { prefix, repository: arn.clone() }.into());
        }
    };
    let context = context(push, &creator);
    let key = encryption_key(&context, arn, &settings).await?;
    create(push, &context, arn, &settings, key).await?;
    Ok(())
}

/// ECR in the role of a template.
async fn play(push: &Push<'_>, arn: &RepositoryArn, role: &str) -> Result<Caller, NotCreated> {
    let not_assumed =
        || TemplateRefusal::RoleNotAssumed { role: role.to_owned(), repository: arn.clone() };
    let wanted = WantedRole::parse(role).ok_or_else(not_assumed)?;
    let session = SessionName::parse(SESSION).map_err(|_| not_assumed())?;
    let keys = RequestKeys::default()
        .with("aws:SourceAccount", arn.registry.account.as_str())
        .with("aws:SourceArn", arn.to_string());
    let asking = push.doors.asking(push.caller, push.from);
    let grant = push
        .doors
        .iam()
        .assume_role_for_service(
            SERVICE,
            &asking.context(&keys),
            (&wanted, session),
            &arn.registry.region,
        )
        .await;
    let grant = match grant.map_err(Failure::from) {
        Err(Failure::Refused(Refusal::Sts(StsRefusal::RoleDenied(denied)))) => {
            tracing::info!(role, sentence = denied.sentence, "a template's role is denied to ECR");
            return Err(not_assumed().into());
        }
        other => other?,
    };
    let id = KeyKind::Temporary.access_key_id(&arn.registry.account, keys::random());
    let access_key_id = AccessKeyId::parse(&id)
        .map_err(|malformed| Failure::Fault(Fault::Broken(malformed.into())))?;
    Ok(Caller {
        principal: grant.principal,
        access_key_id,
        region: arn.registry.region.clone(),
        session: Some(Arc::new(grant.session)),
    })
}

/// Requires that the role may do everything that the template says, except for the key.
async fn require_rights(
    push: &Push<'_>,
    creator: &Caller,
    arn: &RepositoryArn,
    settings: &TemplateSettings,
) -> Result<(), NotCreated> {
    let asking = push.doors.asking(creator, push.from);
    let resource = Resource::Repository(arn.clone());
    let tags = settings.tags.iter().map(|(key, value)| (key, value));
    let keys = RequestKeys::default().tags(tags);
    let actions = [
        ("ecr:CreateRepository", true),
        ("ecr:TagResource", !settings.tags.is_empty()),
        ("ecr:SetRepositoryPolicy", settings.repository_policy.is_some()),
        ("ecr:PutLifecyclePolicy", settings.lifecycle_policy.is_some()),
    ];
    for (action, is_needed) in actions {
        if is_needed {
            asking.authorize(action, &resource, &keys).await?;
        }
    }
    Ok(())
}

fn context<'a>(push: &'a Push<'a>, creator: &'a Caller) -> Context<'a> {
    Context {
        doors: push.doors,
        caller: creator,
        reached: push.reached,
        from: push.from,
        redirects: Redirects::Never,
    }
}

/// The key of the repository, if its creator may let ECR use it.
async fn encryption_key(
    context: &Context<'_>,
    arn: &RepositoryArn,
    settings: &TemplateSettings,
) -> Result<EncryptionKey, NotCreated> {
    if settings.encryption == EncryptionType::Aes256 {
        return Ok(EncryptionKey::default());
    }
    let named = settings.kms_key.as_ref().map(ToString::to_string);
    match find_allowed_key(context, arn, named.as_deref()).await {
        Ok(key) => Ok(EncryptionKey::from(&key)),
        Err(Refused::Denied(denied)) => Err(NotCreated::Denied(denied)),
        Err(Refused::Told(told)) => {
            let (code, message) = (told.kind().name.to_owned(), told.message().to_owned());
            Err(EncryptionRefusal::Key { key: settings.kms_key.clone(), code, message }.into())
        }
        Err(Refused::Verb(refusal)) => Err(Failure::Refused(refusal).into()),
        Err(Refused::Fault(fault)) => Err(Failure::Fault(fault).into()),
        Err(Refused::Signature(_)) => {
            let why = "a key was asked for with a signature";
            Err(Failure::Fault(Fault::Broken(why.into())).into())
        }
    }
}

/// Creates it, with a record as if the creator had called CreateRepository.
async fn create(
    push: &Push<'_>,
    context: &Context<'_>,
    arn: &RepositoryArn,
    settings: &TemplateSettings,
    key: EncryptionKey,
) -> Result<(), Failure> {
    let mut recording = Recording::of(push.doors, || call(push, context.caller, arn, settings));
    recording.begin().await?;
    let created = push.doors.operations.create_from_template(arn, settings, key).await;
    let error = match &created {
        Ok(Some(created)) => {
            let repository = Some(written::repository(context, arn, created));
            let answer = serde_json::to_value(CreateRepositoryResponse { repository });
            if let (Some(call), Ok(answer)) = (recording.call(), answer) {
                call.answer = tell(&answer);
            }
            None
        }
        Ok(None) => Some(error(&RepositoryRefusal::AlreadyExists(arn.clone()).into())),
        Err(Failure::Refused(refusal)) => Some(error(refusal)),
        Err(Failure::Fault(_)) => Some(CallError {
            code: "ServerException".to_owned(),
            message: String::new(),
            is_denial: false,
        }),
    };
    recording.end(error).await?;
    created.map(drop)
}

fn error(refusal: &Refusal) -> CallError {
    let told = failure::tell(refusal);
    let (code, message) = (told.kind().name.to_owned(), told.message().to_owned());
    CallError { code, message, is_denial: false }
}

fn call(
    push: &Push<'_>,
    creator: &Caller,
    arn: &RepositoryArn,
    settings: &TemplateSettings,
) -> Call {
    Call {
        identity: Identity::Caller(creator.clone()),
        from: push.from.clone(),
        door: Door::Registry(push.request.clone()),
        source: SERVICE,
        name: "CreateRepository",
        read_only: false,
        subjects: vec![Subject { arn: arn.to_string(), account: arn.registry.account.clone() }],
        parameters: tell(&parameters(arn, settings)),
        answer: Told::default(),
        error: None,
        ids: [keys::random(), keys::random()].map(Uuid::from_random),
    }
}

/// What CreateRepository would have been asked.
fn parameters(arn: &RepositoryArn, settings: &TemplateSettings) -> Value {
    let tag = |(key, value): &(String, String)| json!({ "key": key, "value": value });
    let filter = |it: &ExclusionFilter| json!({ "filterType": "WILDCARD", "filter": it.as_str() });
    let some = |list: Vec<Value>| (!list.is_empty()).then_some(list);
    json!({
        "registryId": written::registry_id(arn),
        "repositoryName": written::repository_name(arn),
        "imageTagMutability": write_mode(settings.mutability),
        "imageTagMutabilityExclusionFilters":
            some(settings.exclusion_filters.iter().map(filter).collect()),
        "encryptionConfiguration": {
            "encryptionType": settings.encryption.as_str(),
            "kmsKey": settings.kms_key.as_ref().map(ToString::to_string),
        },
        "tags": some(settings.tags.iter().map(tag).collect()),
    })
}
