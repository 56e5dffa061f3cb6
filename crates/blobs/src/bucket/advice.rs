//! What to do about what a store answers.

use std::error::Error as _;

use object_store::Error;
use object_store::client::HttpError;

/// What to do about an error, and whether the store answered: one that refuses what is wrong is not broken.
pub(super) fn advise(error: &Error) -> (&'static str, bool) {
    if let Some(advice) = advise_by_code(error) {
        return (advice, true);
    }
    match error {
        Error::PermissionDenied { .. } | Error::Unauthenticated { .. } => {
            ("look at the keys, and at what the bucket's policy lets them do", true)
        }
        Error::NotFound { .. } | Error::AlreadyExists { .. } | Error::Precondition { .. } => {
            ("nothing is wrong", true)
        }
        Error::NotSupported { .. } | Error::NotImplemented { .. } => {
            ("the store lacks what is needed; use another", true)
        }
        other if is_refusal(other) => ("look at what the store answered", true),
        _ => ("it is tried again with the next request; look at the store and the network", false),
    }
}

/// Did the store answer, so that asking again is of no use?
pub(super) fn is_answer(error: &Error) -> bool {
    advise(error).1
}

/// What to do about what a cloud has a word for. No two mean different things by one.
const BY_CODE: [(&str, &str); 24] = [
    ("NoSuchBucket", "the bucket is not there; make it"),
    ("InvalidAccessKeyId", "the store does not know LONGSHORE_S3_ACCESS_KEY_ID"),
    // versitygw's word.
    ("XAdminUserNotFound", "the store does not know LONGSHORE_S3_ACCESS_KEY_ID"),
    (
        "SignatureDoesNotMatch",
        "LONGSHORE_S3_SECRET_ACCESS_KEY is not that of LONGSHORE_S3_ACCESS_KEY_ID",
    ),
    (
        "AccessDenied",
        "the key may not; it needs s3:GetObject, s3:PutObject, s3:DeleteObject, s3:AbortMultipartUpload and s3:ListBucket, or on Google roles/storage.objectUser",
    ),
    ("RequestTimeTooSkewed", "this machine's clock or the store's is wrong; set it, by NTP"),
    ("AuthorizationHeaderMalformed", "LONGSHORE_S3_REGION is not the bucket's Region"),
    ("PermanentRedirect", "LONGSHORE_S3_REGION is not the bucket's Region"),
    ("IllegalLocationConstraintException", "LONGSHORE_S3_REGION is not the bucket's Region"),
    ("NotImplemented", "the store lacks what is needed; use another"),
    ("InvalidBucketName", "the store does not take the bucket's name"),
    // Azure's.
    ("ContainerNotFound", "the container is not there; make it"),
    ("ContainerBeingDeleted", "the container is being deleted; use another, or make it again"),
    ("ContainerDisabled", "the container is disabled; ask whoever did that"),
    ("AccountIsDisabled", "the storage account is disabled; ask whoever did that"),
    ("AuthenticationFailed", REFUSED_BY_AZURE),
    ("InvalidAuthenticationInfo", REFUSED_BY_AZURE),
    (
        "KeyBasedAuthenticationNotPermitted",
        "the storage account takes no access keys; allow them there",
    ),
    (
        "AuthorizationFailure",
        "the storage account refuses; look at LONGSHORE_AZURE_ACCESS_KEY or LONGSHORE_AZURE_SAS_TOKEN, and at the networks that the account lets in",
    ),
    ("AuthorizationPermissionMismatch", MAY_NOT_ON_AZURE),
    ("AuthorizationResourceTypeMismatch", MAY_NOT_ON_AZURE),
    ("InsufficientAccountPermissions", MAY_NOT_ON_AZURE),
    ("OutOfRangeInput", "Azure does not take the name of the account or the container"),
    ("InvalidResourceName", "Azure does not take the container's name"),
];

const REFUSED_BY_AZURE: &str = "LONGSHORE_AZURE_ACCESS_KEY or LONGSHORE_AZURE_SAS_TOKEN is not that of LONGSHORE_AZURE_ACCOUNT, the token is over, or this machine's clock is wrong";
const MAY_NOT_ON_AZURE: &str =
    "the token may not; it needs to read, create, write, delete and list (rcwdl)";

/// The code is in the answer's body, which the library keeps as text.
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

/// Did the store answer with a status of 400 to 499? The library tells that in words only.
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
