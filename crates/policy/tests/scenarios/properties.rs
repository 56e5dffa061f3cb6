//! Properties of all policies and requests.

use std::sync::Arc;

use policy::{
    Attached, Context, Document, DocumentKind, Policies, Request, SourceKind, Subject, Verdict,
    evaluate, explain,
};
use proptest::prelude::*;
use proptest::sample::select;

use crate::asking::{OURS, THEIRS, account, alice, ci, root};

/// A statement without its effect and principals, of a small language, so that many of them are
/// about the request.
fn body() -> impl Strategy<Value = String> {
    let action = select(vec!["*", "ecr:*", "ecr:Put*", "ecr:PutImage", "ecr:Get*", "sts:*"]);
    let resource = select(vec![
        "*",
        "arn:aws:ecr:*:*:repository/*",
        "arn:aws:ecr:*:*:repository/team/*",
        "arn:aws:ecr:*:*:repository/${aws:PrincipalTag/team}/*",
        "arn:aws:ecr:*:*:repository/${aws:PrincipalTag/none}*",
        "arn:aws:ecr:*:*:repository/other",
    ]);
    let condition = select(vec![
        "{}",
        r#"{"StringEquals":{"x:k":"a"}}"#,
        r#"{"StringNotEquals":{"x:k":"a"}}"#,
        r#"{"StringNotEquals":{"x:k":"${x:none}"}}"#,
        r#"{"NumericLessThan":{"x:k":5}}"#,
        r#"{"ForAllValues:StringEquals":{"x:many":["a","b"]}}"#,
        r#"{"Null":{"x:k":"true"}}"#,
        r#"{"StringLikeIfExists":{"x:k":"a*"}}"#,
    ]);
    let not = select(vec!["", "Not"]);
    (action, resource, condition, not.clone(), not).prop_map(
        |(action, resource, condition, na, nr)| {
            format!(
                r#""{na}Action":"{action}","{nr}Resource":"{resource}","Condition":{condition}"#
            )
        },
    )
}

fn principal() -> impl Strategy<Value = &'static str> {
    select(vec![
        r#""*""#,
        r#"{"AWS":"123456789012"}"#,
        r#"{"AWS":"210987654321"}"#,
        r#"{"AWS":"arn:aws:iam::123456789012:user/team/alice"}"#,
        r#"{"AWS":"arn:aws:iam::123456789012:role/team/ci"}"#,
        r#"{"AWS":"arn:aws:sts::210987654321:assumed-role/ci/run-1"}"#,
        r#"{"Service":"lambda.amazonaws.com"}"#,
    ])
}

fn effect() -> impl Strategy<Value = &'static str> {
    select(vec!["Allow", "Allow", "Deny"])
}

/// For an identity: no principal. For a resource: one.
fn identity_statement() -> impl Strategy<Value = String> {
    (effect(), body()).prop_map(|(effect, body)| format!(r#"{{"Effect":"{effect}",{body}}}"#))
}

fn resource_statement() -> impl Strategy<Value = String> {
    (effect(), principal(), body()).prop_map(|(effect, principal, body)| {
        format!(r#"{{"Effect":"{effect}","Principal":{principal},{body}}}"#)
    })
}

/// The statements of every layer: identity, boundary, session, resource. A scope is a statement of
/// its own.
#[derive(Debug, Clone)]
struct Layers {
    identity: Vec<String>,
    boundary: Option<Vec<String>>,
    session: Option<Vec<String>>,
    scopes: Vec<String>,
    resource: Vec<String>,
}

fn layers() -> impl Strategy<Value = Layers> {
    let some = || proptest::collection::vec(identity_statement(), 1..4);
    let resource = proptest::collection::vec(resource_statement(), 0..4);
    let optional = || proptest::option::weighted(0.3, some());
    let scopes = proptest::collection::vec(identity_statement(), 0..3);
    (some(), optional(), optional(), scopes, resource).prop_map(
        |(identity, boundary, session, scopes, resource)| Layers {
            identity,
            boundary,
            session,
            scopes,
            resource,
        },
    )
}

fn attach(source: SourceKind, statements: &[String]) -> Vec<Attached> {
    let kind = match source {
        SourceKind::Repository => DocumentKind::Repository,
        _ => DocumentKind::Identity,
    };
    let read = |statement: &String| {
        let text = format!(r#"{{"Version":"2012-10-17","Statement":{statement}}}"#);
        let document = Document::parse(&text, kind).expect("the language has only good statements");
        Attached { source, name: Arc::from("p"), document: Arc::new(document) }
    };
    statements.iter().map(read).collect()
}

const SUBJECTS: usize = 6;

/// Is each of the subjects allowed to push, and what does an explanation say?
fn decide(layers: &Layers, value: Option<&str>) -> Vec<Verdict> {
    let identity = attach(SourceKind::UserInline, &layers.identity);
    // One policy of many statements would be the same: a boundary is one document.
    let boundary = layers.boundary.as_ref().map(|statements| {
        let text = format!(r#"{{"Version":"2012-10-17","Statement":[{}]}}"#, statements.join(","));
        let document = Document::parse(&text, DocumentKind::Identity).expect("good statements");
        Attached {
            source: SourceKind::CustomerManaged,
            name: Arc::from("b"),
            document: Arc::new(document),
        }
    });
    let session =
        layers.session.as_ref().map(|statements| attach(SourceKind::SessionInline, statements));
    let resource = attach(SourceKind::Repository, &layers.resource);
    let policies = Policies {
        identity: &identity,
        boundary: boundary.as_ref(),
        session: session.as_deref(),
        scopes: &attach(SourceKind::SessionInline, &layers.scopes),
        resource: &resource,
        trust: None,
        key: None,
    };
    let mut context = Context::new();
    context.set("aws:PrincipalTag/team", "team");
    context.set_many("x:many", ["a"]);
    if let Some(value) = value {
        context.set("x:k", value);
    }
    let people = [alice(OURS), alice(THEIRS), ci(OURS), ci(THEIRS), root(OURS)];
    let subjects = people.iter().map(Subject::Principal);
    let owner = account(OURS);
    let verdicts: Vec<_> = subjects
        .chain([Subject::Service("lambda.amazonaws.com")])
        .map(|subject| {
            let request = Request {
                subject,
                action: "ecr:PutImage",
                resource: "arn:aws:ecr:us-east-1:123456789012:repository/team/web",
                resource_account: &owner,
                context: &context,
            };
            let decision = evaluate(&request, &policies);
            let explained = explain(&request, &policies);
            assert_eq!(decision, explained.decision);
            decision.verdict
        })
        .collect();
    assert_eq!(verdicts.len(), SUBJECTS);
    verdicts
}

fn value() -> impl Strategy<Value = Option<&'static str>> {
    select(vec![None, Some("a"), Some("b"), Some("3"), Some("9")])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn a_deny_of_everything_overrides_whatever_allows(layers in layers(), value in value()) {
        let mut with_deny = layers.clone();
        with_deny.resource.push(r#"{"Effect":"Deny","Principal":"*","Action":"*","Resource":"*"}"#.to_owned());
        for verdict in decide(&with_deny, value) {
            prop_assert_eq!(verdict, Verdict::ExplicitDeny);
        }
    }

    #[test]
    fn another_deny_never_widens(
        layers in layers(), value in value(), body in body(), principal in principal(),
    ) {
        let before = decide(&layers, value);
        let mut more = layers.clone();
        more.resource.push(format!(r#"{{"Effect":"Deny","Principal":{principal},{body}}}"#));
        more.identity.push(format!(r#"{{"Effect":"Deny",{body}}}"#));
        for (before, after) in before.into_iter().zip(decide(&more, value)) {
            prop_assert!(before == Verdict::Allowed || after != Verdict::Allowed);
        }
    }

    #[test]
    fn another_allow_never_narrows(
        layers in layers(), value in value(), body in body(), principal in principal(),
    ) {
        let before = decide(&layers, value);
        let mut more = layers.clone();
        more.resource.push(format!(r#"{{"Effect":"Allow","Principal":{principal},{body}}}"#));
        let allow = format!(r#"{{"Effect":"Allow",{body}}}"#);
        more.identity.push(allow.clone());
        more.boundary.iter_mut().chain(&mut more.session).for_each(|layer| layer.push(allow.clone()));
        for (before, after) in before.into_iter().zip(decide(&more, value)) {
            prop_assert!(before != Verdict::Allowed || after == Verdict::Allowed);
        }
    }

    #[test]
    fn the_order_of_policies_and_statements_does_not_matter(layers in layers(), value in value()) {
        let before = decide(&layers, value);
        let mut turned = layers.clone();
        turned.identity.reverse();
        turned.resource.reverse();
        turned.boundary.iter_mut().chain(&mut turned.session).for_each(|layer| layer.reverse());
        prop_assert_eq!(before, decide(&turned, value));
    }

    #[test]
    fn a_limit_never_widens(layers in layers(), value in value(), limit in identity_statement()) {
        let mut without = layers.clone();
        (without.boundary, without.session, without.scopes) = (None, None, Vec::new());
        let mut with = without.clone();
        with.boundary = Some(vec![limit.clone()]);
        with.session = Some(vec![limit]);
        for (without, with) in decide(&without, value).into_iter().zip(decide(&with, value)) {
            prop_assert!(without == Verdict::Allowed || with != Verdict::Allowed);
        }
    }

    /// Unlike the limits of a session, which a resource that names it goes past.
    #[test]
    fn what_a_session_was_narrowed_to_holds_for_every_principal_and_every_allow(
        layers in layers(), value in value(), scope in identity_statement(),
    ) {
        let before = decide(&layers, value);
        let with = |scope: &str| {
            let mut narrower = layers.clone();
            narrower.scopes.push(scope.to_owned());
            decide(&narrower, value)
        };
        for (before, after) in before.iter().zip(with(&scope)) {
            prop_assert!(*before == Verdict::Allowed || after != Verdict::Allowed);
        }
        prop_assert_eq!(before, with(r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#));
        for after in with(r#"{"Effect":"Allow","NotAction":"ecr:PutImage","Resource":"*"}"#) {
            prop_assert_ne!(after, Verdict::Allowed);
        }
    }

    #[test]
    fn whatever_is_read_is_read_without_panic(text in "[{}\\[\\]\":,a-zA-Z$*? 0-9\\\\]{0,64}") {
        for kind in [DocumentKind::Identity, DocumentKind::Trust, DocumentKind::Repository, DocumentKind::Registry] {
            let _ = Document::parse(&text, kind);
        }
    }
}
