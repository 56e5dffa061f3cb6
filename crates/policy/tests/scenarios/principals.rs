//! The principals that a policy names, and how well they match the subject.

use policy::Layer::{Identity, Resource};
use policy::{Document, DocumentKind, NamedPrincipal, Policies, Reason, SourceKind, Subject};

use crate::asking::{OURS, THEIRS, account, alice, attached, ci, guest, guest_of_root, push, root};

fn statement(effect: &str, principal: &str) -> String {
    format!(r#"{{"Effect":"{effect}",{principal},"Action":"ecr:*"}}"#)
}

#[test]
fn principals_have_aws_s_grammar() {
    #[rustfmt::skip]
    let cases = [
        (r#""*""#,                                                           "",  "everyone"),
        (r#"{"AWS":"*"}"#,                                                   "",  "everyone"),
        (r#"{"AWS":"123456789012"}"#,                                        "",  "an account"),
        (r#"{"AWS":"arn:aws:iam::123456789012:root"}"#,                      "",  "an account"),
        (r#"{"AWS":"arn:aws:iam::123456789012:user/alice"}"#,                "",  "a user"),
        (r#"{"AWS":"arn:aws:iam::123456789012:user/a/b/alice"}"#,            "",  "a user with a path"),
        (r#"{"AWS":["arn:aws:iam::123456789012:role/ci","123456789012"]}"#,  "",  "a list"),
        (r#"{"AWS":"arn:aws:sts::123456789012:assumed-role/ci/run-1"}"#,     "",  "a session"),
        (r#"{"AWS":"arn:aws:sts::123456789012:federated-user/guest"}"#,      "",  "a federated user"),
        (r#"{"AWS":"AIDABBBBBBBBBBBBBBBBB"}"#,                               "",  "an id"),
        (r#"{"AWS":"123456789012","Service":"lambda.amazonaws.com"}"#,       "",  "several kinds"),
        (r#"{"Federated":"cognito-identity.amazonaws.com"}"#,                "",  "a provider"),
        (r#"{"CanonicalUser":"79a59df900b949e55d96a1e698fbacedfd6e09d98eacf8f8d5218e7cd47ef2be"}"#, "", "S3's way"),
        (r#"{"AWS":"1234"}"#,                                      r#""AWS":"1234""#,  "no account"),
        (r#"{"AWS":"alice"}"#,                                     r#""AWS":"alice""#, "a bare name"),
        (r#"{"AWS":""}"#,                                          r#""AWS":"""#,      "nothing"),
        (r#"{"AWS":"arn:aws:iam::123456789012:user/*"}"#,          r#""AWS":"arn:aws:iam::123456789012:user/*""#, "a wildcard"),
        (r#"{"AWS":"arn:aws:iam::123456789012:user/a*/b"}"#,       r#""AWS":"arn:aws:iam::123456789012:user/a*/b""#, "a wildcard"),
        (r#"{"AWS":"arn:aws:iam::*:root"}"#,                       r#""AWS":"arn:aws:iam::*:root""#, "a wildcard"),
        (r#"{"AWS":"arn:aws:iam::123456789012:user"}"#,            r#""AWS":"arn:aws:iam::123456789012:user""#, "no name"),
        (r#"{"AWS":"arn:aws:iam::123456789012:user/"}"#,           r#""AWS":"arn:aws:iam::123456789012:user/""#, "no name"),
        (r#"{"AWS":"arn:aws:iam::123456789012:group/g"}"#,         r#""AWS":"arn:aws:iam::123456789012:group/g""#, "a group is no principal"),
        (r#"{"AWS":"arn:aws:sts::123456789012:assumed-role/ci"}"#, r#""AWS":"arn:aws:sts::123456789012:assumed-role/ci""#, "no session"),
        (r#"{"AWS":"arn:aws:sts::123456789012:assumed-role/ci/*"}"#, r#""AWS":"arn:aws:sts::123456789012:assumed-role/ci/*""#, "a wildcard"),
        (r#"{"AWS":"arn:aws:s3:::bucket"}"#,                       r#""AWS":"arn:aws:s3:::bucket""#, "not a principal"),
        (r#"{"AWS":"AIDA"}"#,                                      r#""AWS":"AIDA""#,  "no id"),
        (r#"{"AWS":"AGPABBBBBBBBBBBBBBBBB"}"#,                     r#""AWS":"AGPABBBBBBBBBBBBBBBBB""#, "a group's id"),
        (r#"{"Service":"*"}"#,                                     r#""SERVICE":"*""#, "every service"),
        (r#"{"Service":"lambda"}"#,                                r#""SERVICE":"lambda""#, "no domain"),
        (r#"{"Service":"lambda..com"}"#,                           r#""SERVICE":"lambda..com""#, "no domain"),
        (r#"{"Federated":"*"}"#,                                   r#""FEDERATED":"*""#, "every provider"),
        (r#""123456789012""#,                                      r#""STAR":"123456789012""#, "only a star stands alone"),
    ];
    for (principal, refused, because) in cases {
        let text = format!(
            r#"{{"Statement":{}}}"#,
            statement("Allow", &format!(r#""Principal":{principal}"#))
        );
        let words = Document::parse(&text, DocumentKind::Repository)
            .err()
            .map(|malformed| malformed.to_string());
        let expected = Some(format!("Invalid principal in policy: {refused}"));
        assert_eq!(words, expected.filter(|_| !refused.is_empty()), "{principal}: {because}");
    }
    for principal in [r#"{"Aws":"*"}"#, r#"{"AWS":{}}"#, "1", "null", r#"["*"]"#] {
        let text = format!(
            r#"{{"Statement":{}}}"#,
            statement("Allow", &format!(r#""Principal":{principal}"#))
        );
        let refused = Document::parse(&text, DocumentKind::Repository);
        assert_eq!(refused.unwrap_err().to_string(), "Syntax errors in policy.", "{principal}");
    }
}

#[test]
fn a_document_names_its_principals() {
    let principal = r#""Principal":{"AWS":["*","123456789012","arn:aws:iam::123456789012:user/a/alice"],"Service":"lambda.amazonaws.com"}"#;
    let text = format!(r#"{{"Statement":{}}}"#, statement("Allow", principal));
    let document = Document::parse(&text, DocumentKind::Repository).unwrap();
    let named: Vec<_> = document.named_principals().cloned().collect();
    let expected = [
        NamedPrincipal::Everyone,
        NamedPrincipal::Account(account(OURS)),
        NamedPrincipal::User { account: account(OURS), path_and_name: "a/alice".into() },
        NamedPrincipal::Service("lambda.amazonaws.com".into()),
    ];
    assert_eq!(named, expected);
}

/// What a repository policy that allows alone gives a principal without other policies.
fn alone(principal: &str, subject: Subject<'_>) -> Reason {
    let resource = [attached(SourceKind::Repository, &statement("Allow", principal))];
    push(subject, &Policies { resource: &resource, ..Policies::default() }).reason
}

#[test]
fn a_repository_policy_lets_in_whom_it_names() {
    const NAMED: Reason = Reason::AllowedBy(Resource);
    const NOT: Reason = Reason::NothingAllowsIn(Identity);
    let (alice, ci) = (alice(OURS), ci(OURS));
    #[rustfmt::skip]
    let cases = [
        (&alice, r#""Principal":"*""#,                                                    NAMED, "everyone"),
        (&alice, r#""Principal":{"AWS":"*"}"#,                                            NAMED, "everyone"),
        (&alice, r#""Principal":{"AWS":"arn:aws:iam::123456789012:user/team/alice"}"#,    NAMED, "herself"),
        (&alice, r#""Principal":{"AWS":"AIDABBBBBBBBBBBBBBBBB"}"#,                        NAMED, "her id"),
        (&alice, r#""Principal":{"AWS":"AIDACCCCCCCCCCCCCCCCC"}"#,                        NOT,   "another's id"),
        (&alice, r#""Principal":{"AWS":"arn:aws:iam::123456789012:user/alice"}"#,         NOT,   "another path"),
        (&alice, r#""Principal":{"AWS":"arn:aws:iam::123456789012:user/team/alic"}"#,     NOT,   "another name"),
        (&alice, r#""Principal":{"AWS":"arn:aws:iam::123456789012:user/team/Alice"}"#,    NOT,   "another case"),
        (&alice, r#""Principal":{"AWS":"arn:aws:iam::210987654321:user/team/alice"}"#,    NOT,   "another account"),
        (&alice, r#""Principal":{"AWS":"arn:aws:iam::123456789012:role/team/alice"}"#,    NOT,   "a role of her name"),
        (&alice, r#""Principal":{"AWS":"arn:aws:iam::123456789012:root"}"#,               NOT,   "her account leaves it to its policies"),
        (&alice, r#""Principal":{"AWS":"123456789012"}"#,                                 NOT,   "her account leaves it to its policies"),
        (&alice, r#""Principal":{"Service":"lambda.amazonaws.com"}"#,                     NOT,   "a service"),
        (&alice, r#""Principal":{"Federated":"alice"}"#,                                  NOT,   "a provider"),
        (&alice, r#""Principal":{"CanonicalUser":"AIDABBBBBBBBBBBBBBBBB"}"#,              NOT,   "no such principal"),
        (&alice, r#""Principal":{"Service":"x.org","AWS":["111111111111","AIDABBBBBBBBBBBBBBBBB"]}"#, NAMED, "one of many"),
        (&alice, r#""NotPrincipal":{"AWS":"111111111111"}"#,                              NAMED, "all but another account"),
        (&alice, r#""NotPrincipal":{"AWS":"123456789012"}"#,                              NOT,   "all but her account"),
        (&alice, r#""NotPrincipal":{"AWS":"arn:aws:iam::123456789012:user/team/alice"}"#, NOT,   "all but her"),
        (&ci,    r#""Principal":{"AWS":"arn:aws:sts::123456789012:assumed-role/ci/run-1"}"#, NAMED, "the session"),
        (&ci,    r#""Principal":{"AWS":"arn:aws:sts::123456789012:assumed-role/ci/run-2"}"#, NOT,   "another session"),
        (&ci,    r#""Principal":{"AWS":"arn:aws:sts::123456789012:assumed-role/cd/run-1"}"#, NOT,   "another role"),
        (&ci,    r#""Principal":{"AWS":"arn:aws:iam::123456789012:role/team/ci"}"#,       NAMED, "its role"),
        (&ci,    r#""Principal":{"AWS":"AROACCCCCCCCCCCCCCCCC"}"#,                        NAMED, "its role's id"),
        (&ci,    r#""Principal":{"AWS":"AROADDDDDDDDDDDDDDDDD"}"#,                        NOT,   "a role that had the name before"),
        (&ci,    r#""Principal":{"AWS":"arn:aws:iam::123456789012:role/ci"}"#,            NOT,   "another path"),
        (&ci,    r#""Principal":{"AWS":"arn:aws:iam::123456789012:user/team/ci"}"#,       NOT,   "a user of its name"),
    ];
    for (subject, principal, reason, because) in cases {
        assert_eq!(alone(principal, Subject::Principal(subject)), reason, "{principal}: {because}");
    }
}

#[test]
fn a_federated_user_is_named_by_its_own_arn() {
    let (guest, other) = (guest(OURS), guest_of_root(OURS));
    #[rustfmt::skip]
    let cases = [
        (&guest, r#"{"AWS":"arn:aws:sts::123456789012:federated-user/guest"}"#, Reason::AllowedBy(Resource), "itself"),
        (&other, r#"{"AWS":"arn:aws:sts::123456789012:federated-user/guest"}"#, Reason::AllowedBy(Resource), "itself"),
        (&guest, r#"{"AWS":"arn:aws:sts::123456789012:federated-user/host"}"#,  Reason::NothingAllowsIn(Identity), "another"),
        (&guest, r#"{"AWS":"arn:aws:iam::123456789012:user/team/alice"}"#,
         Reason::NothingAllowsIn(policy::Layer::Session), "who vouched may, but the session has no policy"),
        (&other, r#"{"AWS":"arn:aws:iam::123456789012:user/team/alice"}"#,
         Reason::NothingAllowsIn(policy::Layer::Session), "another vouched, and what root may the session may not"),
    ];
    for (subject, principal, reason, because) in cases {
        let principal = format!(r#""Principal":{principal}"#);
        assert_eq!(
            alone(&principal, Subject::Principal(subject)),
            reason,
            "{principal}: {because}"
        );
    }
}

#[test]
fn services_and_strangers_come_in_by_the_resource_s_policy_alone() {
    const IN: Reason = Reason::AllowedBy(Resource);
    const OUT: Reason = Reason::NothingAllowsIn(Resource);
    let lambda = Subject::Service("lambda.amazonaws.com");
    let web = Subject::WebIdentity {
        provider: "arn:aws:iam::123456789012:oidc-provider/x.org",
        user: "u",
    };
    #[rustfmt::skip]
    let cases = [
        (lambda, r#"{"Service":"lambda.amazonaws.com"}"#,                      IN,  "itself"),
        (lambda, r#"{"Service":["codebuild.amazonaws.com","lambda.amazonaws.com"]}"#, IN, "one of two"),
        (lambda, r#"{"Service":"lambda.us-east-1.amazonaws.com"}"#,            IN,  "in the resource's Region"),
        (lambda, r#"{"Service":"lambda.eu-west-1.amazonaws.com"}"#,            OUT, "in another Region"),
        (lambda, r#"{"Service":"codebuild.amazonaws.com"}"#,                   OUT, "another"),
        (lambda, r#"{"Service":"lambda.amazonaws.com.evil.org"}"#,             OUT, "a longer name"),
        (lambda, r#""*""#,                                                     IN,  "everyone"),
        (lambda, r#"{"AWS":"123456789012"}"#,                                  OUT, "a service has no account"),
        (Subject::Anonymous, r#""*""#,                                         IN,  "everyone"),
        (Subject::Anonymous, r#"{"AWS":"123456789012"}"#,                      OUT, "no one in particular"),
        (web, r#"{"Federated":"arn:aws:iam::123456789012:oidc-provider/x.org"}"#, IN, "its provider"),
        (web, r#"{"Federated":"arn:aws:iam::123456789012:oidc-provider/x.or"}"#,  OUT, "a shorter name"),
        (web, r#"{"Federated":"arn:aws:iam::123456789012:oidc-provider/x.org/attacker"}"#, OUT, "a longer name"),
        (web, r#""*""#,                                                        OUT, "a provider must be named"),
        (web, r#"{"AWS":"*"}"#,                                                OUT, "a provider must be named"),
    ];
    for (subject, principal, reason, because) in cases {
        let principal = format!(r#""Principal":{principal}"#);
        assert_eq!(alone(&principal, subject), reason, "{subject:?} {principal}: {because}");
    }
}

#[test]
fn a_deny_holds_for_whom_it_names() {
    let (alice, ci, root, theirs) = (alice(OURS), ci(OURS), root(OURS), ci(THEIRS));
    let web = Subject::WebIdentity {
        provider: "arn:aws:iam::123456789012:oidc-provider/x.org",
        user: "u",
    };
    let person = |principal| Subject::Principal(principal);
    #[rustfmt::skip]
    let cases = [
        (person(&alice), r#""Principal":"*""#,                                                 true,  "everyone"),
        (person(&root),  r#""Principal":"*""#,                                                 true,  "the owner too"),
        (web,            r#""Principal":"*""#,                                                 true,  "a provider's users too"),
        (Subject::Service("lambda.amazonaws.com"), r#""Principal":"*""#,                       true,  "services too"),
        (Subject::Anonymous, r#""Principal":"*""#,                                             true,  "strangers too"),
        (person(&alice), r#""Principal":{"AWS":"123456789012"}"#,                              true,  "everyone of her account"),
        (person(&alice), r#""Principal":{"AWS":"210987654321"}"#,                              false, "another account"),
        (person(&theirs), r#""Principal":{"AWS":"210987654321"}"#,                             true,  "everyone of theirs"),
        (person(&ci),    r#""Principal":{"AWS":"arn:aws:iam::123456789012:role/team/ci"}"#,    true,  "its role"),
        (person(&ci),    r#""NotPrincipal":{"AWS":"arn:aws:iam::123456789012:role/team/ci"}"#, false, "all but sessions of the role"),
        (person(&alice), r#""NotPrincipal":{"AWS":"arn:aws:iam::123456789012:role/team/ci"}"#, true,  "all but sessions of the role"),
        (person(&alice), r#""NotPrincipal":{"AWS":"123456789012"}"#,                           true,  "an account spares its root only"),
        (person(&root),  r#""NotPrincipal":{"AWS":"123456789012"}"#,                           false, "an account spares its root"),
        (person(&alice), r#""NotPrincipal":{"AWS":["123456789012","AIDABBBBBBBBBBBBBBBBB"]}"#, false, "herself, and the account"),
        (Subject::Service("lambda.amazonaws.com"), r#""NotPrincipal":{"Service":"lambda.amazonaws.com"}"#, false, "all but the service"),
    ];
    for (subject, principal, denied, because) in cases {
        let resource = [attached(SourceKind::Repository, &statement("Deny", principal))];
        let decision = push(subject, &Policies { resource: &resource, ..Policies::default() });
        let is_denied = decision.reason == Reason::DeniedBy(Resource);
        assert_eq!(is_denied, denied, "{subject:?} {principal}: {because}");
    }
}
