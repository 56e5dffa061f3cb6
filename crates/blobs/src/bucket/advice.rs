//! Advice for operators about the errors of an object store.

use std::error::Error as _;

use object_store::Error;
use object_store::client::HttpError;

/// Returns what to do about an error, and whether the store answered. A store that answers with a
/// refusal is not broken.
pub(super) fn advise(error: &Error) -> (&'static str, bool) {
    if let Some(advice) = advise_by_code(error) {
        return (advice, true);
    }
    match error {
        Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => {
            ("check the keys, and the rights that the bucket's policy gives them", true)
        }
        Error::NotFound { .. } | Error::AlreadyExists { .. } | Error::Precondition { .. } => {
            ("nothing is wrong", true)
        }
        Error::NotSupported { .. } | Error::NotImplemented { .. } => {
            ("the store lacks a feature that Longshore needs; use another store", true)
        }
        other if is_refusal(other) => ("see the store's answer", true),
        _ => ("the next request tries again; check the store and the network", false),
    }
}

/// Whether the store answered, so that a retry is useless.
pub(super) fn is_answer(error: &Error) -> bool {
    advise(error).1
}

/// Advice for the error codes of the clouds. No code means different things in two clouds.
const BY_CODE: [(&str, &str); 24] = [
    ("NoSuchBucket", "the bucket does not exist; create it"),
    ("InvalidAccessKeyId", "the store does not know LONGSHORE_S3_ACCESS_KEY_ID"),
    // versitygw's code.
    ("XAdminUserNotFound", "the store does not know LONGSHORE_S3_ACCESS_KEY_ID"),
    (
        "SignatureDoesNotMatch",
        "LONGSHORE_S3_SECRET_ACCESS_KEY does not belong to LONGSHORE_S3_ACCESS_KEY_ID",
    ),
    (
        "AccessDenied",
        "the key lacks a right; it needs s3:GetObject, s3:PutObject, s3:DeleteObject, s3:AbortMultipartUpload and s3:ListBucket, or on Google roles/storage.objectUser",
    ),
    ("RequestTimeTooSkewed", "the clock of this machine or of the store is wrong; set it with NTP"),
    ("AuthorizationHeaderMalformed", "LONGSHORE_S3_REGION is not the bucket's Region"),
    ("PermanentRedirect", "LONGSHORE_S3_REGION is not the bucket's Region"),
    ("IllegalLocationConstraintException", "LONGSHORE_S3_REGION is not the bucket's Region"),
    ("NotImplemented", "the store lacks a feature that Longshore needs; use another store"),
    ("InvalidBucketName", "the store does not accept the bucket's name"),
    // Azure's codes.
    ("ContainerNotFound", "the container does not exist; create it"),
    ("ContainerBeingDeleted", "the container is being deleted; use another, or create it again"),
    ("ContainerDisabled", "the container is disabled; enable it"),
    ("AccountIsDisabled", "the storage account is disabled; enable it"),
    ("AuthenticationFailed", REFUSED_BY_AZURE),
    ("InvalidAuthenticationInfo", REFUSED_BY_AZURE),
    (
        "KeyBasedAuthenticationNotPermitted",
        "the storage account does not accept access keys; allow them in its settings",
    ),
    (
        "AuthorizationFailure",
        "the storage account refuses; check LONGSHORE_AZURE_ACCESS_KEY or LONGSHORE_AZURE_SAS_TOKEN, and the networks that the account allows",
    ),
    ("AuthorizationPermissionMismatch", MAY_NOT_ON_AZURE),
    ("AuthorizationResourceTypeMismatch", MAY_NOT_ON_AZURE),
    ("InsufficientAccountPermissions", MAY_NOT_ON_AZURE),
    ("OutOfRangeInput", "Azure does not accept the name of the account or the container"),
    ("InvalidResourceName", "Azure does not accept the container's name"),
];

const REFUSED_BY_AZURE: &str = "LONGSHORE_AZURE_ACCESS_KEY or LONGSHORE_AZURE_SAS_TOKEN does not belong to LONGSHORE_AZURE_ACCOUNT, the token has expired, or this machine's clock is wrong";
const MAY_NOT_ON_AZURE: &str =
    "the token lacks a right; it needs read, create, write, delete and list (rcwdl)";

/// Finds the advice for the answer's code. The code is in the body, which the library keeps as
/// text.
pub(super) fn advise_by_code(error: &Error) -> Option<&'static str> {
    let mut next: Option<&(dyn std::error::Error + 'static)> = error.source();
    while let Some(one) = next {
        let text = one.to_string();
        if let Some((_, rest)) = text.split_once("<Code>") {
            let code = rest.split('<').next()?;
            return BY_CODE.iter().find(|(known, _)| *known == code).map(|(_, advice)| *advice);
        }
        next = one.source();
    }
    None
}

/// Whether the store answered with a status of 400 to 499. The library says so only in its message.
fn is_refusal(error: &Error) -> bool {
    let mut next: Option<&(dyn std::error::Error + 'static)> = error.source();
    while let Some(one) = next {
        if one.is::<HttpError>() {
            return false;
        }
        if one.to_string().contains("non-2xx status code: 4") {
            return true;
        }
        next = one.source();
    }
    false
}
