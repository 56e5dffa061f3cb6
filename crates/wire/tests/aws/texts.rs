//! The messages for refused inputs, word for word.

use serde_json::{Value, json};
use wire::aws::check::check;
use wire::aws::{Operation, Service};

fn refusal(operation: Operation, input: &Value) -> Option<(&'static str, String)> {
    let refusal = check(input, operation.spec().input).err()?;
    Some((refusal.kind().name, refusal.message().to_owned()))
}

fn ecr(name: &str) -> Operation {
    Service::Ecr.operation(name).expect("an operation of ECR")
}

fn public(name: &str) -> Operation {
    Service::EcrPublic.operation(name).expect("an operation of ECR Public")
}

/// Checks that each input breaks the constraint at the path.
fn constraints(cases: &[(Operation, Value, &str, &str)]) {
    for (operation, input, path, constraint) in cases {
        let text =
            format!("Invalid parameter at '{path}' failed to satisfy constraint: '{constraint}'");
        let expected = Some(("InvalidParameterException", text));
        assert_eq!(refusal(*operation, input), expected, "{} {input}", operation.name());
    }
}

const NAME_EXPRESSION: &str = "must satisfy regular expression \
     '(?:[a-z0-9]+(?:[._-][a-z0-9]+)*/)*[a-z0-9]+(?:[._-][a-z0-9]+)*'";

#[test]
fn observed_texts_are_met_to_the_letter() {
    let ids: Vec<Value> = (0..101).map(|_| json!({"imageTag": "a"})).collect();
    let frozen = json!({"repositoryName": "web", "imageTagMutability": "FROZEN"});
    #[rustfmt::skip]
    let cases = [
        (ecr("CreateRepository"), json!({"repositoryName": "Web"}), "repositoryName", NAME_EXPRESSION),
        (ecr("ListImages"), json!({"registryId": "12345", "repositoryName": "web"}), "registryId",
            "must satisfy regular expression [0-9]{12}"),
        (ecr("BatchGetImage"), json!({"repositoryName": "web", "imageIds": ids}), "imageIds",
            "Member must have length less than or equal to 100"),
        (ecr("PutLifecyclePolicy"), json!({"repositoryName": "web", "lifecyclePolicyText": ""}),
            "lifecyclePolicyText", "Member must have length greater than or equal to 100"),
        (ecr("ListImages"), json!({"repositoryName": "web", "maxResults": 1001}), "maxResults",
            "Member must have value less than or equal to 1000"),
        (ecr("CreateRepository"), frozen, "imageTagMutability",
            "Member must satisfy enum value set: \
             [IMMUTABLE, MUTABLE, MUTABLE_WITH_EXCLUSION, IMMUTABLE_WITH_EXCLUSION]"),
        (ecr("CreateRepositoryCreationTemplate"), json!({"prefix": "a", "appliedFor": ["PUSH"]}),
            "appliedFor.1.member",
            "Member must satisfy enum value set: [REPLICATION, PULL_THROUGH_CACHE, CREATE_ON_PUSH]"),
    ];
    constraints(&cases);
}

#[test]
fn a_complaint_names_the_first_member_that_is_wrong() {
    let tagged = |tag: &str| json!({"repositoryName": "web", "imageIds": [{}, {"imageTag": tag}]});
    #[rustfmt::skip]
    let cases = [
        (ecr("ListImages"), json!({}), "repositoryName", "Member must not be null"),
        (ecr("ListImages"), json!({"repositoryName": null}), "repositoryName", "Member must not be null"),
        // The order of the model, not of the text: registryId stands before repositoryName.
        (ecr("ListImages"), json!({"repositoryName": "W", "registryId": "x"}), "registryId",
            "must satisfy regular expression [0-9]{12}"),
        // Length before expression.
        (ecr("CreateRepository"), json!({"repositoryName": "W"}), "repositoryName",
            "Member must have length greater than or equal to 2"),
        (ecr("BatchGetImage"), tagged(""), "imageIds.2.member.imageTag",
            "Member must have length greater than or equal to 1"),
        (ecr("BatchGetImage"), json!({"repositoryName": "web", "imageIds": [null]}),
            "imageIds.1.member", "Member must not be null"),
        (ecr("TagResource"), json!({"resourceArn": "arn", "tags": [{"Key": "k"}]}),
            "tags.1.member.Value", "Member must not be null"),
        (ecr("ListImageReferrers"), json!({"repositoryName": "web", "subjectId": {}}),
            "subjectId.imageDigest", "Member must not be null"),
        (ecr("UploadLayerPart"), json!({
            "repositoryName": "web", "uploadId": "1", "partFirstByte": 0, "partLastByte": 0,
            "layerPartBlob": ""}), "uploadId", "must satisfy regular expression '[0-9a-fA-F]{8}-\
            [0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}'"),
        (public("CreateRepository"), json!({"repositoryName": "a--b"}), "repositoryName", NAME_EXPRESSION),
    ];
    constraints(&cases);
}

#[test]
fn a_value_of_another_type_is_not_coerced() {
    let named = |name: Value| json!({"repositoryName": name});
    let limited = |limit: Value| json!({"repositoryName": "web", "maxResults": limit});
    let part = |first: Value, blob: Value| json!({"partFirstByte": first, "layerPartBlob": blob});
    #[rustfmt::skip]
    let cases = [
        (ecr("ListImages"), named(json!(1)), "NUMBER_VALUE can not be converted to a String"),
        (ecr("ListImages"), named(json!(true)), "TRUE_VALUE can not be converted to a String"),
        (ecr("ListImages"), named(json!(["web"])), "Start of list found where not expected"),
        (ecr("ListImages"), named(json!({})), "Start of structure or map found where not expected."),
        (ecr("ListImages"), limited(json!("1")), "STRING_VALUE can not be converted to an Integer"),
        (ecr("ListImages"), limited(json!(1.0)), "NUMBER_VALUE can not be converted to an Integer"),
        (ecr("ListImages"), limited(json!(1.5)), "NUMBER_VALUE can not be converted to an Integer"),
        (ecr("ListImages"), limited(json!(1_i64 << 31)), "NUMBER_VALUE can not be converted to an Integer"),
        (ecr("ListImages"), limited(json!(false)), "FALSE_VALUE can not be converted to an Integer"),
        (ecr("UploadLayerPart"), part(json!(u64::MAX), json!("")), "NUMBER_VALUE can not be converted to a Long"),
        (ecr("UploadLayerPart"), part(json!("0"), json!("")), "STRING_VALUE can not be converted to a Long"),
        (ecr("UploadLayerPart"), part(json!(0), json!("AAA")), "STRING_VALUE can not be converted to a Blob"),
        (ecr("UploadLayerPart"), part(json!(0), json!("-_==")), "STRING_VALUE can not be converted to a Blob"),
        (ecr("DeleteRepository"), json!({"force": "true"}), "STRING_VALUE can not be converted to a Boolean"),
        (ecr("DeleteRepository"), json!({"force": 1}), "NUMBER_VALUE can not be converted to a Boolean"),
        (ecr("BatchGetImage"), json!({"imageIds": "a"}), "Unexpected field type"),
        (ecr("BatchGetImage"), json!({"imageIds": {}}), "Start of structure or map found where not expected."),
        (ecr("BatchGetImage"), json!({"imageIds": ["a"]}), "Unexpected field type"),
        (ecr("BatchGetImage"), json!({"imageIds": [[]]}), "Start of list found where not expected"),
        (ecr("ListImages"), json!([]), "Start of list found where not expected"),
        (ecr("ListImages"), json!("web"), "Unexpected field type"),
        (ecr("ListImages"), json!(null), "Unexpected field type"),
        // Types come before constraints, wherever they stand.
        (ecr("ListImages"), json!({"registryId": "x", "maxResults": "x"}), "STRING_VALUE can not be converted to an Integer"),
    ];
    for (operation, input, text) in cases {
        let expected = Some(("SerializationException", text.to_owned()));
        assert_eq!(refusal(operation, &input), expected, "{} {input}", operation.name());
    }
}

#[test]
fn what_the_model_allows_passes() {
    let emoji = "\u{1f600}".repeat(300);
    #[rustfmt::skip]
    let cases = [
        // operation                input                                             because
        (ecr("CreateRepository"),   json!({"repositoryName": "a--b__c/d.e"}),         "the current expression rules"),
        (ecr("ListImages"),         json!({"repositoryName": "web", "future": [1]}),  "unknown members are ignored"),
        (ecr("ListImages"),         json!({"repositoryName": "web", "filter": null}), "null is absent"),
        (ecr("GetRegistryPolicy"),  json!({}),                                        "nothing is required"),
        (ecr("BatchGetImage"),      json!({"repositoryName": "web", "imageIds": [{"imageTag": emoji}]}),
            "length counts characters, not bytes"),
        (ecr("CreateRepositoryCreationTemplate"), json!({"prefix": "ROOT", "appliedFor": [],
            "encryptionConfiguration": {"encryptionType": "KMS", "kmsKey": ""}}), "an expression may allow nothing"),
        (public("CreateRepository"), json!({"repositoryName": "a/b-c"}),              "the older expression rules"),
    ];
    for (operation, input, because) in cases {
        assert_eq!(refusal(operation, &input), None, "{} {because}", operation.name());
    }
}

#[test]
fn few_operations_are_allowed_by_an_action_of_another_name() {
    let renamed =
        Operation::all().filter(|operation| !operation.action().ends_with(operation.name()));
    let renamed: Vec<_> = renamed.map(|operation| (operation.name(), operation.action())).collect();
    let expected = [
        ("ListImageReferrers", "ecr:BatchGetImage"),
        ("ReEncrypt", "kms:ReEncryptFrom"),
        ("DescribeRekey", "ecr:DescribeRepositories"),
        ("ExplainPull", "ecr:DescribeImageScanFindings"),
        ("ExplainVulnerability", "ecr:DescribeImageScanFindings"),
        ("GetImageSbom", "ecr:DescribeImageScanFindings"),
        ("ListDeletedImages", "ecr:DescribeImages"),
        ("ListTagHistory", "ecr:DescribeImages"),
        ("RestoreImage", "ecr:PutImage"),
        ("RollBackTag", "ecr:PutImage"),
    ];
    assert_eq!(renamed, expected);
}
