//! The limits of a decision's cost, whatever the policies and the request.

use std::sync::Arc;

use policy::{
    Attached, Context, DECISION_STEPS_MAX, Decision, DocumentKind, Policies, Reason, Request,
    SourceKind, Subject, Verdict, Work, evaluate, explain,
};

use crate::asking::{OURS, WEB, account, alice, attached, document, root};

/// How many values a statement of these tests has, and how often it is attached: the work is done
/// if, and only if, each value costs a step.
const VALUES: usize = 300;
const OFTEN: usize = 2_000;

fn ask<T>(
    identity: &[Attached],
    context: &Context<'_>,
    resource: &str,
    put: impl FnOnce(&Request<'_>, &Policies<'_>) -> T,
) -> T {
    let (owner, alice) = (account(OURS), alice(OURS));
    let request = Request {
        subject: Subject::Principal(&alice),
        action: "ecr:PutImage",
        resource,
        resource_account: &owner,
        context,
    };
    put(&request, &Policies { identity, ..Policies::default() })
}

fn decide(identity: &[Attached], context: &Context<'_>) -> Decision {
    ask(identity, context, WEB, evaluate)
}

/// Never holds, and is looked at last: no statement of the tests ends a decision.
const NEVER: &str = r#""Null":{"x:text":"true"}"#;

/// A context of long values.
fn context(text: &str) -> Context<'_> {
    let mut context = Context::new();
    context.set("x:text", text);
    context.set("x:arn", text);
    context.set("x:bool", true);
    context.set("x:number", 5_i64);
    context.set("x:date", "2026-01-01T00:00:00Z");
    context.set("x:binary", "QmluYXJ5");
    context.set("x:address", "192.0.2.1");
    context.set_many("x:many", ["a"; 100]);
    context
}

fn list(value: &str) -> String {
    let values = vec![format!("\"{value}\""); VALUES];
    format!("[{}]", values.join(","))
}

#[test]
fn every_matcher_counts_its_steps() {
    let text = "a".repeat(500);
    let context = context(&text);
    let condition = |operator: &str, key: &str, value: &str| {
        let values = list(value);
        let condition = format!(r#""{operator}":{{"{key}":{values}}}"#);
        format!(r#""Action":"*","Resource":"*","Condition":{{{condition},{NEVER}}}"#)
    };
    let plain = |body: String| format!(r#"{body},"Condition":{{{NEVER}}}"#);
    #[rustfmt::skip]
    let bodies = [
        plain(format!(r#""Action":{},"Resource":"*""#, list("ecr:Get*"))),
        plain(format!(r#""NotAction":{},"Resource":"*""#, list("ecr:?et*x"))),
        plain(format!(r#""Action":{},"Resource":"*""#, list("s3:GetObject"))),
        plain(format!(r#""Action":"*","Resource":{}"#, list("arn:aws:s3:::x"))),
        plain(format!(r#""Action":"*","Resource":{}"#, list("arn:aws:ecr:*:*:repository/*x*x"))),
        plain(format!(r#""Action":"*","NotResource":{}"#, list("arn:aws:ecr:*:*:repository/?x"))),
        plain(format!(r#""Action":"*","Resource":{}"#, list("arn:aws:ecr:*:*:*/${x:text}*"))),
        condition("StringEquals", "x:text", "a"),
        condition("StringNotEquals", "x:text", "a"),
        condition("StringEquals", "x:text", "${x:text}a"),
        condition("StringEqualsIgnoreCase", "x:text", "A"),
        condition("StringNotEqualsIgnoreCase", "x:text", "${x:text}A"),
        condition("StringLike", "x:text", "*a?b"),
        condition("StringNotLike", "x:text", "*aab*"),
        condition("StringLikeIfExists", "x:text", "${x:text}?"),
        condition("ForAllValues:StringLike", "x:many", "b*"),
        condition("ForAnyValue:StringEquals", "x:many", "b"),
        condition("NumericEquals", "x:number", "7"),
        condition("NumericLessThan", "x:number", "1"),
        condition("DateEquals", "x:date", "2020-01-01"),
        condition("DateGreaterThan", "x:date", "2030-01-01"),
        condition("Bool", "x:bool", "false"),
        condition("Bool", "x:bool", "${x:text}"),
        condition("BinaryEquals", "x:binary", "QQ=="),
        condition("IpAddress", "x:address", "198.51.100.0/24"),
        condition("NotIpAddress", "x:address", "198.51.100.0/24"),
        condition("ArnEquals", "x:arn", "arn:aws:ecr:*:*:x"),
        condition("ArnLike", "x:arn", "arn:aws:ecr:*:*:${x:text}"),
        condition("ArnNotLike", "x:arn", "arn:*?:*:*:*:*"),
    ];
    for body in bodies {
        for effect in ["Allow", "Deny"] {
            let statement = format!(r#"{{"Effect":"{effect}",{body}}}"#);
            let often = vec![attached(SourceKind::UserInline, &statement); OFTEN];
            let reason = decide(&often, &context).reason;
            assert!(matches!(reason, Reason::TooMuchWork(_)), "{reason:?}: {body}");
        }
    }
}

#[test]
fn principals_count_their_steps() {
    let (owner, context, alice) = (account(OURS), Context::new(), alice(OURS));
    let request = Request {
        subject: Subject::Principal(&alice),
        action: "ecr:PutImage",
        resource: WEB,
        resource_account: &owner,
        context: &context,
    };
    let names = list("arn:aws:iam::123456789012:user/bob");
    let statement =
        format!(r#"{{"Effect":"Deny","Principal":{{"AWS":{names}}},"Action":"ecr:*"}}"#);
    let resource = vec![attached(SourceKind::Repository, &statement); OFTEN];
    let policies = Policies { resource: &resource, ..Policies::default() };
    let reason = evaluate(&request, &policies).reason;
    assert!(matches!(reason, Reason::TooMuchWork(_)), "{reason:?}");
}

#[test]
fn what_takes_too_much_work_is_denied_and_says_where() {
    let everything = r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#;
    let evil = format!(
        r#"{{"Sid":"Evil","Effect":"Allow","Action":"*","Resource":"*",
            "Condition":{{"StringLike":{{"x:text":"*{}?b*"}}}}}}"#,
        "a".repeat(9_000)
    );
    let repository = evil.replace(r#""Resource":"*","#, r#""Principal":"*","#);
    let text = "a".repeat(100_000);
    let context = context(&text);
    let (owner, root) = (account(OURS), root(OURS));
    let request = Request {
        subject: Subject::Principal(&root),
        action: "ecr:PutImage",
        resource: WEB,
        resource_account: &owner,
        context: &context,
    };
    let identity = [attached(SourceKind::UserInline, everything)];
    let resource = [attached(SourceKind::Repository, &repository)];
    let policies = Policies { identity: &identity, resource: &resource, ..Policies::default() };
    let explanation = explain(&request, &policies);
    let decision = &explanation.decision;
    assert_eq!(decision.reason, Reason::TooMuchWork(policy::Layer::Resource));
    assert_eq!(decision.verdict, Verdict::ExplicitDeny, "nothing else can allow it");
    assert_eq!(decision.deciding.as_ref().and_then(|at| at.sid.as_deref()), Some("Evil"));
    assert!(explanation.is_cut);
    assert_eq!(
        decision.sentence(&request),
        format!(
            "User: arn:aws:iam::123456789012:root is not authorized to perform: ecr:PutImage on \
             resource: {WEB} because the resource-based policy takes more than \
             {DECISION_STEPS_MAX} steps to evaluate"
        )
    );
}

/// Ten policies of the user's own and ten groups with ten each, all as long as IAM allows.
#[test]
fn policies_that_reach_iam_s_quotas_are_decided() {
    let statement = |at: usize| {
        format!(
            r#"{{"Effect":"Allow","Action":["ecr:BatchGetImage","ecr:PutImage"],
                "Resource":"arn:aws:ecr:*:123456789012:repository/team-{at}/*/web",
                "Condition":{{"StringLike":{{"aws:UserAgent":"aws-cli/*-{at}"}}}}}}"#
        )
    };
    let statements: Vec<String> = (0..30).map(statement).collect();
    let text = statements.join(",");
    assert!(policy::size(&text) > 5_000, "{}", policy::size(&text));
    let document = Arc::new(document(DocumentKind::Identity, &text));
    let one = Attached { source: SourceKind::CustomerManaged, name: "p".into(), document };
    let mut context = Context::new();
    context
        .set("aws:UserAgent", "aws-cli/2.31.0 md/awscrt#0.27.6 ua/2.1 os/linux#6.8 md/arch#x86_64");
    let everything =
        attached(SourceKind::UserInline, r#"{"Effect":"Allow","Action":"*","Resource":"*"}"#);
    let all: Vec<Attached> = std::iter::repeat_n(one, 110).chain([everything]).collect();
    for resource in [WEB, "arn:aws:ecr:us-east-1:123456789012:repository/team-29/a/b/c/web"] {
        let decision = ask(&all, &context, resource, evaluate);
        assert!(decision.is_allowed(), "{resource}: {:?}", decision.reason);
    }
}

#[test]
fn what_has_a_say_is_found_within_the_work_or_kept_unread() {
    let evil = format!(
        r#"{{"Effect":"Allow","Action":"*","Resource":"arn:aws:ecr:*:*:*{}?b*"}}"#,
        "a".repeat(5_000)
    );
    let evil = attached(SourceKind::UserInline, &evil);
    let resource = format!("arn:aws:ecr:us-east-1:123456789012:{}", "a".repeat(20_000));
    let (enough, little) = (Work::of(usize::MAX), Work::of(1_000));
    assert!(evil.about("ecr:PutImage", &resource, &enough).is_none(), "it says nothing about it");
    assert!(evil.about("ecr:PutImage", &resource, &little).is_some(), "that is not known here");
    assert!(little.is_done());
}
