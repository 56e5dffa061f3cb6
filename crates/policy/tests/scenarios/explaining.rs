//! Explanations of decisions.

use policy::{
    Context, Effect, Layer, LayerOutcome, Policies, Reason, Request, SourceKind, Subject, Verdict,
    explain,
};

use crate::asking::{OURS, WEB, account, alice, attached};

#[test]
fn an_explanation_has_every_policy_and_every_statement_that_is_about_the_request() {
    let identity = [
        attached(
            SourceKind::UserInline,
            r#"{"Effect":"Allow","Action":"ecr:Get*","Resource":"*"}"#,
        ),
        attached(
            SourceKind::GroupInline,
            r#"{"Effect":"Allow","Action":"*","Resource":"*","Condition":{"StringEquals":{"aws:RequestTag/a":"b"}}},
               {"Sid":"Push","Effect":"Allow","Action":"ecr:Put*","Resource":"arn:aws:ecr:*:*:repository/${aws:PrincipalTag/team, 'team'}/*"}"#,
        ),
    ];
    let boundary = attached(
        SourceKind::CustomerManaged,
        r#"{"Effect":"Allow","Action":"sts:*","Resource":"*"}"#,
    );
    let (alice, owner, mut context) = (alice(OURS), account(OURS), Context::new());
    context.set("aws:username", "alice");
    let request = Request {
        subject: Subject::Principal(&alice),
        action: "ecr:PutImage",
        resource: WEB,
        resource_account: &owner,
        context: &context,
    };
    let policies =
        Policies { identity: &identity, boundary: Some(&boundary), ..Policies::default() };
    let explanation = explain(&request, &policies);

    assert_eq!(explanation.decision.reason, Reason::NothingAllowsIn(Layer::Boundary));
    assert_eq!(
        explanation.layers,
        [
            LayerOutcome { layer: Layer::Identity, verdict: Verdict::Allowed },
            LayerOutcome { layer: Layer::Boundary, verdict: Verdict::ImplicitDeny },
        ]
    );
    let looked_at: Vec<_> =
        explanation.looked_at.iter().map(|policy| (policy.source, policy.verdict)).collect();
    assert_eq!(
        looked_at,
        [
            (SourceKind::UserInline, Verdict::ImplicitDeny),
            (SourceKind::GroupInline, Verdict::Allowed),
            (SourceKind::CustomerManaged, Verdict::ImplicitDeny),
        ]
    );
    let [matched] = &explanation.matched[..] else { panic!("one statement") };
    assert_eq!(matched.effect, Effect::Allow);
    assert_eq!((matched.statement.index, matched.statement.sid.as_deref()), (1, Some("Push")));
    assert_eq!(matched.statement.span.start.line, 2);
    assert_eq!(explanation.missing_context, ["aws:RequestTag/a", "aws:PrincipalTag/team"]);
}

#[test]
fn the_statement_that_decided_is_named() {
    let identity = [
        attached(
            SourceKind::UserInline,
            r#"{"Sid":"One","Effect":"Allow","Action":"*","Resource":"*"}"#,
        ),
        attached(
            SourceKind::AwsManaged,
            r#"{"Sid":"Two","Effect":"Allow","Action":"*","Resource":"*"},{"Sid":"Three","Effect":"Deny","Action":"ecr:Put*","Resource":"*"}"#,
        ),
    ];
    let (alice, owner, context) = (alice(OURS), account(OURS), Context::new());
    let mut request = Request {
        subject: Subject::Principal(&alice),
        action: "ecr:PutImage",
        resource: WEB,
        resource_account: &owner,
        context: &context,
    };
    let policies = Policies { identity: &identity, ..Policies::default() };
    let denied = explain(&request, &policies);
    let deciding = denied.decision.deciding.unwrap();
    assert_eq!((deciding.source, deciding.index), (SourceKind::AwsManaged, 1));
    assert_eq!(deciding.sid.as_deref(), Some("Three"));
    assert_eq!(denied.matched.len(), 3, "all are told of, though one decided");
    assert_eq!(denied.layers[0].verdict, Verdict::ExplicitDeny);

    request.action = "ecr:GetAuthorizationToken";
    request.resource = "*";
    let allowed = explain(&request, &policies).decision;
    assert_eq!(allowed.verdict.as_str(), "allowed");
    assert_eq!(allowed.deciding.unwrap().sid.as_deref(), Some("One"));
}
