//! Calls every operation on a KMS key as those whom its policy and its grants let in, and as
//! others. `walk` calls them as callers whose account alone decides.

use identity::Caller;
use wire::aws::Operation;

use super::dispatch::{IMPLEMENTED, admit_only};
use super::failure::Refused;
use super::guarded::input;
use super::words::Words;
use crate::guard::testing::{Gate, root, statement};

const HOME: &str = "111111111111";
const ABROAD: &str = "222222222222";

/// Operations on a key that no other account can do, whatever the key's policy says.
const AT_HOME: &[&str] = &[
    "CancelKeyDeletion",
    "DisableKey",
    "DisableKeyRotation",
    "EnableKey",
    "EnableKeyRotation",
    "GetKeyPolicy",
    "ListKeyPolicies",
    "ListKeyRotations",
    "ListResourceTags",
    "PutKeyPolicy",
    "RotateKeyOnDemand",
    "ScheduleKeyDeletion",
    "TagResource",
    "UntagResource",
    "UpdateKeyDescription",
];

/// The operations of KMS that are about one key, with their inputs about this key.
fn on_key(key: &str) -> impl Iterator<Item = (Operation, String)> {
    let of_kms = Operation::all().filter(|operation| {
        let is_served = IMPLEMENTED.contains(operation);
        let is_about = |member: &wire::aws::schema::Member| member.name == "KeyId";
        let members = operation.spec().input.members;
        let is_on_key = members.iter().any(is_about) || operation.name() == "ReEncrypt";
        // An account's aliases are listed, of one key or of all.
        let is_list = operation.name() == "ListAliases";
        matches!(operation, Operation::Kms(_)) && is_served && is_on_key && !is_list
    });
    of_kms.map(move |operation| {
        let mut input = input(operation.spec().input, HOME);
        for member in ["KeyId", "SourceKeyId"] {
            if let Some(named) = input.get_mut(member) {
                *named = key.into();
            }
        }
        (operation, input.to_string())
    })
}

/// The guard's decision about a call with this input.
async fn refusal_of(
    gate: &Gate,
    caller: &Caller,
    operation: Operation,
    body: &str,
) -> Option<String> {
    let words = Words::Json(body.as_bytes());
    match admit_only(&gate.asking(caller), operation, &words).await.err()? {
        Refused::Denied(denied) => Some(denied.to_string()),
        other => panic!("{}: {other:?}", operation.name()),
    }
}

fn key_policy(effect: &str, principal: &str, action: &str) -> String {
    serde_json::json!({
        "Version": "2012-10-17",
        "Statement": [{
            "Effect": effect,
            "Principal": { "AWS": principal },
            "Action": action,
            "Resource": "*",
        }],
    })
    .to_string()
}

#[tokio::test]
async fn a_key_policy_lets_another_account_in_where_both_sides_agree() {
    let gate = Gate::new().await;
    let user = gate.user(HOME, "alice").await;
    let key = gate.key(ABROAD, None).await;
    let (mut walked, mut at_home) = (0, Vec::new());
    for (operation, body) in on_key(&key.to_string()) {
        let (name, action) = (operation.name(), operation.action());
        gate.put_key_policy(&key, &key_policy("Allow", ABROAD, "kms:*")).await;
        gate.put_policy(&user, &[statement("Allow", &[action], "*")]).await;
        let alone = refusal_of(&gate, &user, operation, &body).await.expect(name);
        let end = format!(" because no resource-based policy allows the {action} action");
        assert!(alone.ends_with(&end), "{name}: {alone}");
        gate.put_key_policy(&key, &key_policy("Allow", HOME, action)).await;
        if refusal_of(&gate, &user, operation, &body).await.is_some() {
            at_home.push(name);
            continue;
        }
        gate.put_policy(&user, &[]).await;
        let foreign = refusal_of(&gate, &user, operation, &body).await.expect(name);
        let end = format!(" because no identity-based policy allows the {action} action");
        assert!(foreign.ends_with(&end), "{name}: {foreign}");
        walked += 1;
    }
    at_home.sort_unstable();
    assert_eq!(at_home, AT_HOME);
    assert!(walked > 12, "{walked} operations are open to other accounts");
}

#[tokio::test]
async fn a_key_policy_decides_whether_its_account_decides() {
    let gate = Gate::new().await;
    let (owner, user) = (root(HOME), gate.user(HOME, "alice").await);
    gate.put_policy(&user, &[statement("Allow", &["kms:*"], "*")]).await;
    let key = gate.key(HOME, None).await;
    let alice = format!("arn:aws:iam::{HOME}:user/alice");
    let mut walked = 0;
    for (operation, body) in on_key(&key.to_string()) {
        let (name, action) = (operation.name(), operation.action());
        let refused = async |caller: &Caller| refusal_of(&gate, caller, operation, &body).await;
        gate.put_key_policy(&key, &key_policy("Allow", HOME, "kms:*")).await;
        assert_eq!((refused(&owner).await, refused(&user).await), (None, None), "{name}");
        gate.put_key_policy(&key, &key_policy("Allow", &alice, action)).await;
        assert_eq!(refused(&user).await, None, "{name}: she is named");
        let denied = refused(&owner).await.expect(name);
        let end = format!(" because no resource-based policy allows the {action} action");
        assert!(denied.ends_with(&end), "{name}: {denied}");
        gate.put_key_policy(&key, &key_policy("Deny", "*", action)).await;
        for caller in [&owner, &user] {
            let denied = refused(caller).await.expect(name);
            let end = " with an explicit deny in a resource-based policy";
            assert!(denied.ends_with(end), "{name}: {denied}");
        }
        walked += 1;
    }
    assert!(walked > 25, "{walked} operations are about a key");
}

#[tokio::test]
async fn a_grant_lets_its_grantee_do_what_it_says_and_nothing_else() {
    let gate = Gate::new().await;
    let user = gate.user(HOME, "alice").await;
    let key = gate.key(ABROAD, None).await;
    let mut open = Vec::new();
    gate.grant(&key, &format!("arn:aws:iam::{HOME}:user/alice"), ABROAD).await;
    for (operation, body) in on_key(&key.to_string()) {
        if refusal_of(&gate, &user, operation, &body).await.is_none() {
            open.push(operation.name());
        }
    }
    assert_eq!(open, ["Decrypt", "DescribeKey", "GenerateDataKey"]);
}

#[tokio::test]
async fn conditions_on_keys_compare_what_the_request_says() {
    let gate = Gate::new().await;
    let user = gate.user(HOME, "alice").await;
    let key = gate.key(HOME, Some("alias/images")).await;
    let encrypt = Operation::Kms(wire::aws::kms::Operation::Encrypt);
    let create_grant = Operation::Kms(wire::aws::kms::Operation::CreateGrant);
    let words = |extra: serde_json::Value| {
        let mut body = serde_json::json!({ "KeyId": "alias/images", "Plaintext": "eA==" });
        body.as_object_mut().unwrap().extend(extra.as_object().unwrap().clone());
        body.to_string()
    };
    let plain = words(serde_json::json!({}));
    let bound = words(serde_json::json!({ "EncryptionContext": { "repository": "web" } }));
    let grant = serde_json::json!({
        "KeyId": key.to_string(),
        "GranteePrincipal": format!("arn:aws:iam::{HOME}:user/alice"),
        "Operations": ["Decrypt", "Encrypt"],
    })
    .to_string();
    #[rustfmt::skip]
    let cases = [
        // operation, input, condition, allowed
        (encrypt, &bound, r#"{"StringEquals":{"kms:EncryptionContext:repository":"web"}}"#, true),
        (encrypt, &bound, r#"{"StringEquals":{"kms:EncryptionContext:repository":"api"}}"#, false),
        (encrypt, &plain, r#"{"StringEquals":{"kms:EncryptionContext:repository":"web"}}"#, false),
        (encrypt, &bound, r#"{"ForAllValues:StringEquals":{"kms:EncryptionContextKeys":["repository"]}}"#, true),
        (encrypt, &plain, r#"{"Null":{"kms:EncryptionContextKeys":"true"}}"#, true),
        (encrypt, &bound, r#"{"Null":{"kms:EncryptionContextKeys":"true"}}"#, false),
        (encrypt, &plain, r#"{"StringEquals":{"kms:CallerAccount":"111111111111"}}"#, true),
        (encrypt, &plain, r#"{"StringEquals":{"kms:CallerAccount":"222222222222"}}"#, false),
        (encrypt, &plain, r#"{"StringEquals":{"kms:ViaService":"ecr.us-east-1.amazonaws.com"}}"#, false),
        (encrypt, &plain, r#"{"StringEquals":{"kms:KeySpec":"SYMMETRIC_DEFAULT","kms:KeyUsage":"ENCRYPT_DECRYPT","kms:KeyOrigin":"AWS_KMS"}}"#, true),
        (encrypt, &plain, r#"{"StringEquals":{"kms:KeySpec":"RSA_2048"}}"#, false),
        (encrypt, &plain, r#"{"StringEquals":{"kms:EncryptionAlgorithm":"SYMMETRIC_DEFAULT"}}"#, true),
        (encrypt, &plain, r#"{"StringEquals":{"kms:RequestAlias":"alias/images"}}"#, true),
        (encrypt, &plain, r#"{"ForAnyValue:StringEquals":{"kms:ResourceAliases":"alias/images"}}"#, true),
        (encrypt, &plain, r#"{"ForAnyValue:StringEquals":{"kms:ResourceAliases":"alias/other"}}"#, false),
        (encrypt, &plain, r#"{"StringEquals":{"aws:ResourceTag/team":"a"}}"#, true),
        (encrypt, &plain, r#"{"StringEquals":{"aws:ResourceTag/team":"b"}}"#, false),
        (create_grant, &grant, r#"{"Bool":{"kms:GrantIsForAWSResource":"true"}}"#, false),
        (create_grant, &grant, r#"{"BoolIfExists":{"kms:GrantIsForAWSResource":"true"}}"#, false),
        (create_grant, &grant, r#"{"ForAllValues:StringEquals":{"kms:GrantOperations":["Decrypt","Encrypt","Sign"]}}"#, true),
        (create_grant, &grant, r#"{"ForAllValues:StringEquals":{"kms:GrantOperations":["Decrypt"]}}"#, false),
        (create_grant, &grant, r#"{"StringEquals":{"kms:GranteePrincipal":"arn:aws:iam::111111111111:user/alice"}}"#, true),
        (create_grant, &grant, r#"{"StringEquals":{"kms:GrantConstraintType":"EncryptionContextSubset"}}"#, false),
    ];
    for (operation, body, condition, expected) in cases {
        let statement = format!(
            r#"{{"Effect":"Allow","Action":"kms:*","Resource":"*","Condition":{condition}}}"#
        );
        gate.put_policy(&user, &[statement]).await;
        let refused = refusal_of(&gate, &user, operation, body).await;
        assert_eq!(refused.is_none(), expected, "{condition} {refused:?}");
    }
}

#[tokio::test]
async fn no_one_learns_from_a_refusal_which_keys_there_are() {
    let gate = Gate::new().await;
    let user = gate.user(HOME, "alice").await;
    let key = gate.key(HOME, Some("alias/images")).await;
    let describe = Operation::Kms(wire::aws::kms::Operation::DescribeKey);
    let told = async |name: &str| {
        let body = serde_json::json!({ "KeyId": name }).to_string();
        refusal_of(&gate, &user, describe, &body).await.expect("she has no right")
    };
    let (there, absent) = (told("alias/images").await, told("alias/absent").await);
    assert_eq!(there.replace("images", "absent"), absent);
    assert!(!there.contains(key.id.as_str()), "{there}");
    let (id, other) = (key.id.as_str(), "1234abcd-12ab-34cd-56ef-1234567890ab");
    assert_eq!(told(id).await.replace(id, other), told(other).await);
}
