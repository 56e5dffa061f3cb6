use serde::Serialize;

/// The error codes of distribution-spec 1.1, "Error codes".
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are the specification's")]
pub enum ErrorCode {
    BlobUnknown,
    BlobUploadInvalid,
    BlobUploadUnknown,
    DigestInvalid,
    ManifestBlobUnknown,
    ManifestInvalid,
    ManifestUnknown,
    NameInvalid,
    NameUnknown,
    SizeInvalid,
    TagInvalid,
    Unauthorized,
    Denied,
    Unsupported,
    TooManyRequests,
    Unknown,
}

impl ErrorCode {
    /// The code in its wire spelling.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BlobUnknown => "BLOB_UNKNOWN",
            Self::BlobUploadInvalid => "BLOB_UPLOAD_INVALID",
            Self::BlobUploadUnknown => "BLOB_UPLOAD_UNKNOWN",
            Self::DigestInvalid => "DIGEST_INVALID",
            Self::ManifestBlobUnknown => "MANIFEST_BLOB_UNKNOWN",
            Self::ManifestInvalid => "MANIFEST_INVALID",
            Self::ManifestUnknown => "MANIFEST_UNKNOWN",
            Self::NameInvalid => "NAME_INVALID",
            Self::NameUnknown => "NAME_UNKNOWN",
            Self::SizeInvalid => "SIZE_INVALID",
            Self::TagInvalid => "TAG_INVALID",
            Self::Unauthorized => "UNAUTHORIZED",
            Self::Denied => "DENIED",
            Self::Unsupported => "UNSUPPORTED",
            Self::TooManyRequests => "TOOMANYREQUESTS",
            // Not in the specification, which has no word for a fault of the registry.
            Self::Unknown => "UNKNOWN",
        }
    }
}

#[derive(Serialize)]
struct Body<'a> {
    errors: [Entry<'a>; 1],
}

#[derive(Serialize)]
struct Entry<'a> {
    code: &'static str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    detail: Option<Detail<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Detail<'a> {
    request_id: &'a str,
}

/// `{"errors":[{"code":…,"message":…}]}`, as ECR writes it: without `detail`.
pub fn error_body(code: ErrorCode, message: &str) -> Vec<u8> {
    write(Entry { code: code.as_str(), message, detail: None })
}

/// The same, with the id that explains the request: `detail.requestId`.
pub fn error_body_of_request(code: ErrorCode, message: &str, request_id: &str) -> Vec<u8> {
    write(Entry { code: code.as_str(), message, detail: Some(Detail { request_id }) })
}

fn write(entry: Entry<'_>) -> Vec<u8> {
    serde_json::to_vec(&Body { errors: [entry] }).expect("strings are JSON")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_has_a_code_and_a_message() {
        let body = error_body(ErrorCode::NameUnknown, "no \"web\" here");
        assert_eq!(
            String::from_utf8(body).unwrap(),
            r#"{"errors":[{"code":"NAME_UNKNOWN","message":"no \"web\" here"}]}"#
        );
        let body = error_body_of_request(ErrorCode::Denied, "no", "id");
        assert_eq!(
            String::from_utf8(body).unwrap(),
            r#"{"errors":[{"code":"DENIED","message":"no","detail":{"requestId":"id"}}]}"#
        );
    }
}
