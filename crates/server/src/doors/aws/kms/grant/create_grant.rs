//! CreateGrant.

use iam::SoughtGrant;
use identity::Caller;
use kms::{KmsRefusal, MadeGrant, NewGrant};
use names::GrantOperation;
use policy::GrantConstraint;
use wire::aws::WireRefusal;
use wire::aws::kms::{CreateGrantRequest, CreateGrantResponse, GrantConstraints};

use super::grant_of::{of_client, one_of};
use crate::doors::aws::call::{Call, Context};
use crate::doors::aws::failure::Refused;
use crate::doors::aws::kms::on_key::{OnKey, null, on_key};
use crate::doors::aws::kms::read::{dry_run, encryption_context};
use crate::guard::RequestKeys;

pub(in crate::doors::aws) struct CreateGrant;

impl Call for CreateGrant {
    type Input = CreateGrantRequest;
    type Target = OnKey;
    type Output = CreateGrantResponse;

    fn target(caller: &Caller, input: &Self::Input) -> Result<Self::Target, WireRefusal> {
        // What makes no sense is refused after the caller was judged.
        let operations = operations(&input.operations).unwrap_or_default();
        let constraints = read_constraints(input.constraints.clone()).unwrap_or_default();
        let (constraint, _) = constraints;
        Ok(on_key(caller, &input.key_id)?.making(SoughtGrant { operations, constraint }))
    }

    fn request_keys(input: &Self::Input) -> RequestKeys {
        let constraint = input.constraints.as_ref().and_then(|constraints| {
            let equals = constraints.encryption_context_equals.as_ref();
            let subset = constraints.encryption_context_subset.as_ref();
            let equals = equals.map(|_| "EncryptionContextEquals");
            equals.or_else(|| subset.map(|_| "EncryptionContextSubset"))
        });
        let grantee = input.grantee_principal.as_ref().or(input.grantee_service_principal.as_ref());
        let retiree = input.retiring_principal.as_ref();
        let retiree = retiree.or(input.retiring_service_principal.as_ref());
        of_client()
            .with_maybe("kms:GrantConstraintType", constraint)
            .with_maybe("kms:GranteePrincipal", grantee)
            .with_maybe("kms:RetiringPrincipal", retiree)
            .with_many("kms:GrantOperations", input.operations.iter().map(|it| it.as_str()))
    }

    async fn act(
        context: &Context<'_>,
        target: Self::Target,
        input: Self::Input,
    ) -> Result<Self::Output, Refused> {
        let CreateGrantRequest {
            key_id: _,
            grantee_principal,
            retiring_principal,
            operations: words,
            constraints,
            grant_tokens,
            name,
            dry_run: is_tried,
            grantee_service_principal,
            retiring_service_principal,
        } = input;
        let kms = &context.doors.kms;
        kms.require_grant_tokens(&grant_tokens.unwrap_or_default()).await?;
        let is_for_service = grantee_service_principal.is_some();
        let grantee = one_of(grantee_principal, grantee_service_principal, "GranteePrincipal")?;
        let retiree = one_of(retiring_principal, retiring_service_principal, "RetiringPrincipal")?;
        let (constraint, source_arn) = read_constraints(constraints)?;
        if is_for_service && (source_arn.is_none() || retiree.is_none()) {
            let text = "GranteeServicePrincipal requires the constraint SourceArn, and a retiring principal.";
            return Err(KmsRefusal::Validation(text.to_owned()).into());
        }
        let new = NewGrant {
            key: target.arn()?,
            issuer: context.caller.account().clone(),
            name,
            grantee: grantee.ok_or_else(|| null("granteePrincipal"))?,
            retiree,
            operations: operations(&words)?,
            constraint,
            source_arn,
        };
        let MadeGrant { id, token } = kms.create_grant(new, dry_run(is_tried)).await?;
        Ok(CreateGrantResponse { grant_token: Some(token), grant_id: Some(id.to_string()) })
    }
}

fn operations(words: &[wire::aws::kms::GrantOperation]) -> Result<Vec<GrantOperation>, KmsRefusal> {
    let read = |word: &str| {
        word.parse().map_err(|_| {
            KmsRefusal::Unsupported(format!("The grant operation {word} is not supported."))
        })
    };
    words.iter().map(|word| read(word.as_str())).collect()
}

/// For which encryption contexts the grant is, and in the name of which resource.
fn read_constraints(
    constraints: Option<GrantConstraints>,
) -> Result<(GrantConstraint, Option<String>), KmsRefusal> {
    let Some(constraints) = constraints else { return Ok((GrantConstraint::Any, None)) };
    let GrantConstraints {
        encryption_context_subset: subset,
        encryption_context_equals: equals,
        source_arn,
    } = constraints;
    for pairs in [&subset, &equals].into_iter().flatten() {
        encryption_context(Some(pairs.clone()))?;
    }
    let constraint = match (subset, equals) {
        (None, None) => GrantConstraint::Any,
        (Some(subset), None) => GrantConstraint::Subset(subset),
        (None, Some(equals)) => GrantConstraint::Equals(equals),
        (Some(_), Some(_)) => {
            let text = "Specify EncryptionContextSubset or EncryptionContextEquals, but not both.";
            return Err(KmsRefusal::Validation(text.to_owned()));
        }
    };
    Ok((constraint, source_arn))
}
