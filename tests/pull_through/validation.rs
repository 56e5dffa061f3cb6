//! ValidatePullThroughCacheRule: the upstream registry is called, and says what it says.

use black_box::Server;
use serde_json::{Value, json};

use crate::credentials::{SECRET, put_secret, server_with, value};
use crate::own_registry::{FIRST, OwnRegistry, SECOND, USER};
use crate::upstream::{Fault, Upstream};

/// What the AWS CLI is told: whether the rule is valid, and why not.
fn validated(server: &Server) -> (bool, String) {
    let call = ["ecr", "validate-pull-through-cache-rule", "--ecr-repository-prefix", "hub"];
    let told: Value = serde_json::from_str(&server.aws(call).succeeds()).expect("JSON");
    assert_eq!(told["ecrRepositoryPrefix"], "hub", "{told}");
    let failure = told["failure"].as_str().unwrap_or_default().to_owned();
    (told["isValid"].as_bool().expect("a verdict"), failure)
}

#[test]
fn a_rule_is_valid_while_its_user_is_let_in() {
    let Some(mut registry) = OwnRegistry::start("a_rule_is_valid_while_its_user_is_let_in") else {
        return;
    };
    let server = server_with(&registry.url(), &value(USER, FIRST), &[]);
    let is_valid = (true, String::new());
    assert_eq!(validated(&server), is_valid);
    registry.changes_password();
    let (is_now, failure) = validated(&server);
    assert!(!is_now && failure.starts_with("The authentication to the upstream"), "{failure}");
    put_secret(&server, &value(USER, SECOND));
    assert_eq!(validated(&server), is_valid);
    put_secret(&server, "no JSON");
    let (is_now, failure) = validated(&server);
    assert!(!is_now && failure.contains("username and accessToken"), "{failure}");
    let delete = ["secretsmanager", "delete-secret", "--secret-id", SECRET];
    server.aws(delete).succeeds();
    let (is_now, failure) = validated(&server);
    assert!(!is_now && failure.contains("was not found"), "{failure}");
}

#[test]
fn a_token_that_was_given_before_is_no_proof() {
    let upstream = Upstream::start();
    upstream.lets_in("me", "t");
    let server = server_with(&upstream.url(), &value("me", "t"), &[]);
    assert_eq!(validated(&server), (true, String::new()));
    upstream.lets_no_one_in();
    let (is_valid, failure) = validated(&server);
    assert!(!is_valid && failure.starts_with("The authentication to the upstream"), "{failure}");
}

#[test]
fn registries_that_fail_make_a_rule_invalid() {
    let upstream = Upstream::start();
    let server = crate::server(&upstream, &[]);
    assert_eq!(validated(&server), (true, String::new()), "anyone is let in");
    let says = |status, lines: &str| Fault::Says(status, lines.to_owned(), String::new());
    let host = upstream.url().replace("http://", "");
    let away = format!("The upstream registry '{host}' is unavailable. Try again later.");
    let busy = format!("The upstream registry '{host}' has received too many requests.");
    let denied = "The authentication to the upstream registry failed.".to_owned();
    #[rustfmt::skip]
    let cases = [
        (says(500, ""),                     &away,   "it fails"),
        (says(404, ""),                     &away,   "it is no registry"),
        (says(401, ""),                     &denied, "it does not say what it wants"),
        (says(403, ""),                     &denied, "it lets no one in"),
        (says(429, "retry-after: 1\r\n"),   &busy,   "it is busy"),
    ];
    for (fault, expected, because) in cases {
        upstream.is_well();
        upstream.does(" /v2/", fault);
        let (is_valid, failure) = validated(&server);
        assert!(!is_valid && failure.starts_with(expected), "{because}: {failure}");
    }
    std::thread::sleep(std::time::Duration::from_secs(1));
    upstream.goes_down();
    assert_eq!(validated(&server), (false, away));
    upstream.is_well();
    assert_eq!(validated(&server), (true, String::new()));
    let missing = json!({ "ecrRepositoryPrefix": "other" });
    let root = black_box::AccessKey::root();
    let call = "ValidatePullThroughCacheRule";
    let answer = black_box::call(&server.registry(), &root, call, &missing);
    assert_eq!(answer.json()["__type"], "PullThroughCacheRuleNotFoundException");
}
