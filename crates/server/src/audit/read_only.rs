//! Which operations change nothing, as CloudTrail has it.

use wire::aws::{Operation, Service};

/// How the names of such operations begin.
const READS: [&str; 9] = [
    "BatchCheck",
    "BatchGet",
    "Describe",
    "Explain",
    "Get",
    "List",
    "Lookup",
    "Simulate",
    "Validate",
];

/// Operations of KMS that use a key and leave it as it is.
const USES_OF_KEYS: [&str; 8] =
    ["Decrypt", "DeriveSharedSecret", "Encrypt", "Generate", "ReEncrypt", "Sign", "Verify", "Get"];

/// Whether the operation changes nothing. All of STS is so: a session is no row.
pub(crate) fn is_read_only(operation: Operation) -> bool {
    let name = operation.name();
    let begins = |words: &[&str]| words.iter().any(|word| name.starts_with(word));
    match operation.service() {
        Service::Sts => true,
        Service::Kms => begins(&READS) || begins(&USES_OF_KEYS),
        Service::EventBridge => begins(&READS) || begins(&["Test"]),
        Service::Ecr
        | Service::EcrPublic
        | Service::Iam
        | Service::SecretsManager
        | Service::CloudTrail
        | Service::Longshore => begins(&READS),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_told_apart_as_cloudtrail_does() {
        #[rustfmt::skip]
        let cases = [
            ("PutImage",                    false, "it writes"),
            ("BatchGetImage",               true,  "it reads"),
            ("BatchCheckLayerAvailability", true,  "it reads"),
            ("BatchDeleteImage",            false, "it deletes"),
            ("InitiateLayerUpload",         false, "it begins something"),
            ("StartImageScan",              false, "it starts something"),
            ("GetAuthorizationToken",       true,  "a token is no row"),
            ("AssumeRole",                  true,  "nor is a session"),
            ("CreateAccessKey",             false, "a key is"),
            ("GenerateCredentialReport",    false, "IAM keeps the report"),
            ("SimulateCustomPolicy",        true,  "on paper"),
            ("Decrypt",                     true,  "it uses a key"),
            ("GenerateDataKeyPair",         true,  "it uses a key"),
            ("CreateGrant",                 false, "a grant is a row"),
            ("LookupEvents",                true,  "it reads"),
            ("TestEventPattern",            true,  "on paper"),
            ("PutTargets",                  false, "targets are rows"),
            ("RollBackTag",                 false, "ours writes too"),
        ];
        for (name, expected, because) in cases {
            for operation in Operation::all().filter(|operation| operation.name() == name) {
                assert_eq!(is_read_only(operation), expected, "{name}: {because}");
            }
        }
    }
}
