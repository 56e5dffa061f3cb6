//! The repository and registry policies of ECR's guide, and common ones.

use std::net::IpAddr;

use policy::Layer::{Identity, Resource};
use policy::{Attached, Context, Policies, Reason, Request, SourceKind, Subject, evaluate};

use crate::asking::{OURS, THEIRS, WEB, account, alice, attached, ci, root};

fn decide(
    subject: Subject<'_>,
    action: &str,
    identity: &[Attached],
    resource: &[Attached],
    context: &Context<'_>,
) -> Reason {
    let owner = account(OURS);
    let request = Request { subject, action, resource: WEB, resource_account: &owner, context };
    evaluate(&request, &Policies { identity, resource, ..Policies::default() }).reason
}

fn repository(statements: &str) -> [Attached; 1] {
    [attached(SourceKind::Repository, statements)]
}

fn everything() -> [Attached; 1] {
    [attached(SourceKind::UserInline, r#"{"Effect":"Allow","Action":"ecr:*","Resource":"*"}"#)]
}

#[test]
fn two_users_push_and_pull() {
    let policy = repository(
        r#"{"Sid":"AllowPushPull","Effect":"Allow",
            "Principal":{"AWS":["arn:aws:iam::123456789012:user/team/alice","arn:aws:iam::123456789012:user/bob"]},
            "Action":["ecr:BatchGetImage","ecr:BatchCheckLayerAvailability","ecr:CompleteLayerUpload","ecr:GetDownloadUrlForLayer","ecr:InitiateLayerUpload","ecr:PutImage","ecr:UploadLayerPart"]}"#,
    );
    let (alice, ci, context) = (alice(OURS), ci(OURS), Context::new());
    let ask = |subject, action| decide(Subject::Principal(subject), action, &[], &policy, &context);
    assert_eq!(ask(&alice, "ecr:PutImage"), Reason::AllowedBy(Resource));
    assert_eq!(ask(&alice, "ecr:DeleteRepository"), Reason::NothingAllowsIn(Identity));
    assert_eq!(ask(&ci, "ecr:PutImage"), Reason::NothingAllowsIn(Identity));
}

#[test]
fn another_account_may_push() {
    let policy = repository(
        r#"{"Sid":"AllowCrossAccountPush","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::210987654321:root"},
            "Action":["ecr:InitiateLayerUpload","ecr:PutImage"]}"#,
    );
    let (theirs, context) = (alice(THEIRS), Context::new());
    let ask = |identity: &[Attached], action| {
        decide(Subject::Principal(&theirs), action, identity, &policy, &context)
    };
    assert_eq!(ask(&everything(), "ecr:PutImage"), Reason::AllowedBy(Resource));
    assert_eq!(ask(&everything(), "ecr:BatchGetImage"), Reason::NothingAllowsIn(Resource));
    assert_eq!(ask(&[], "ecr:PutImage"), Reason::NothingAllowsIn(Identity));
}

#[test]
fn a_deny_to_everyone_denies_the_owner_too() {
    let policy = repository(
        r#"{"Sid":"DenyPull","Effect":"Deny","Principal":"*","Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"]}"#,
    );
    let (root, context) = (root(OURS), Context::new());
    let ask = |action| decide(Subject::Principal(&root), action, &[], &policy, &context);
    assert_eq!(ask("ecr:BatchGetImage"), Reason::DeniedBy(Resource));
    assert_eq!(ask("ecr:SetRepositoryPolicy"), Reason::Root);
}

#[test]
fn only_from_some_addresses() {
    let policy = repository(
        r#"{"Effect":"Deny","Principal":"*","Action":"ecr:*",
            "Condition":{"NotIpAddress":{"aws:SourceIp":"54.240.143.0/24"}}}"#,
    );
    let alice = alice(OURS);
    let ask = |address: Option<&str>| {
        let mut context = Context::new();
        if let Some(address) = address {
            context.set("aws:SourceIp", address.parse::<IpAddr>().expect("an address"));
        }
        decide(Subject::Principal(&alice), "ecr:PutImage", &everything(), &policy, &context)
    };
    assert_eq!(ask(Some("54.240.143.7")), Reason::AllowedBy(Identity));
    assert_eq!(ask(Some("192.0.2.1")), Reason::DeniedBy(Resource));
    assert_eq!(ask(None), Reason::DeniedBy(Resource), "from nowhere is not from there");
}

#[test]
fn lambda_pulls_for_functions_of_an_account() {
    let policy = repository(
        r#"{"Sid":"CrossAccountPermission","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::210987654321:root"},
            "Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"]},
           {"Sid":"LambdaECRImageCrossAccountRetrievalPolicy","Effect":"Allow","Principal":{"Service":"lambda.amazonaws.com"},
            "Action":["ecr:BatchGetImage","ecr:GetDownloadUrlForLayer"],
            "Condition":{"StringLike":{"aws:sourceARN":"arn:aws:lambda:*:210987654321:function:*"}}}"#,
    );
    let ask = |action, source: Option<&str>| {
        let mut context = Context::new();
        if let Some(source) = source {
            context.set("aws:SourceArn", source.to_owned());
        }
        decide(Subject::Service("lambda.amazonaws.com"), action, &[], &policy, &context)
    };
    let theirs = Some("arn:aws:lambda:us-east-1:210987654321:function:f");
    let others = Some("arn:aws:lambda:us-east-1:111111111111:function:f");
    assert_eq!(ask("ecr:BatchGetImage", theirs), Reason::AllowedBy(Resource));
    assert_eq!(ask("ecr:PutImage", theirs), Reason::NothingAllowsIn(Resource));
    assert_eq!(ask("ecr:BatchGetImage", others), Reason::NothingAllowsIn(Resource));
    assert_eq!(ask("ecr:BatchGetImage", None), Reason::NothingAllowsIn(Resource));
}

#[test]
fn codebuild_pulls_for_one_project() {
    let policy = repository(
        r#"{"Effect":"Allow","Principal":{"Service":"codebuild.amazonaws.com"},"Action":["ecr:BatchGetImage"],
            "Condition":{"ArnLike":{"aws:SourceArn":"arn:aws:codebuild:us-east-1:123456789012:project/web"},
                         "StringEquals":{"aws:SourceAccount":"123456789012"}}}"#,
    );
    let ask = |project: &str, account: &str| {
        let mut context = Context::new();
        let arn = format!("arn:aws:codebuild:us-east-1:123456789012:project/{project}");
        context.set("aws:SourceArn", arn);
        context.set("aws:SourceAccount", account.to_owned());
        let codebuild = Subject::Service("codebuild.amazonaws.com");
        decide(codebuild, "ecr:BatchGetImage", &[], &policy, &context)
    };
    assert_eq!(ask("web", OURS), Reason::AllowedBy(Resource));
    assert_eq!(ask("other", OURS), Reason::NothingAllowsIn(Resource));
    assert_eq!(ask("web", THEIRS), Reason::NothingAllowsIn(Resource));
}

#[test]
fn tags_decide() {
    let identity = [attached(
        SourceKind::UserInline,
        r#"{"Effect":"Allow","Action":["ecr:CreateRepository","ecr:TagResource"],"Resource":"*",
            "Condition":{"StringEquals":{"aws:RequestTag/environment":"dev"},
                         "ForAllValues:StringEquals":{"aws:TagKeys":["environment"]}}},
           {"Effect":"Allow","Action":"ecr:PutImage","Resource":"*"},
           {"Effect":"Deny","Action":"ecr:*","Resource":"*","Condition":{"StringEquals":{"ecr:ResourceTag/environment":"prod"}}}"#,
    )];
    let alice = alice(OURS);
    let ask = |action, tags: &[(&str, &str)], resource: Option<&str>| {
        let mut context = Context::new();
        context.set_many("aws:TagKeys", tags.iter().map(|(key, _)| (*key).to_owned()));
        for (key, value) in tags {
            context.set(format!("aws:RequestTag/{key}"), (*value).to_owned());
        }
        if let Some(environment) = resource {
            context.set("ecr:ResourceTag/environment", environment.to_owned());
        }
        decide(Subject::Principal(&alice), action, &identity, &[], &context)
    };
    let (yes, no) = (Reason::AllowedBy(Identity), Reason::NothingAllowsIn(Identity));
    #[rustfmt::skip]
    let cases = [
        ("ecr:CreateRepository", &[("environment", "dev")][..],              None, yes, "the tag"),
        ("ecr:CreateRepository", &[("environment", "prod")],                 None, no,  "another value"),
        ("ecr:CreateRepository", &[],                                        None, no,  "no tag"),
        ("ecr:CreateRepository", &[("environment", "dev"), ("cost", "1")],   None, no,  "another tag besides"),
        ("ecr:PutImage",         &[],                         Some("dev"),   yes, "a repository for it"),
        ("ecr:PutImage",         &[],                         None,          yes, "a repository without tags"),
        ("ecr:PutImage",         &[],                         Some("prod"),
         Reason::DeniedBy(Identity), "a repository that is out of bounds"),
    ];
    for (action, tags, resource, reason, because) in cases {
        assert_eq!(ask(action, tags, resource), reason, "{action} {tags:?}: {because}");
    }
}

#[test]
fn a_registry_policy_allows_beside_the_repository_s() {
    let registry = [attached(
        SourceKind::Registry,
        r#"{"Sid":"Replication","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::210987654321:root"},
            "Action":["ecr:CreateRepository","ecr:ReplicateImage"],"Resource":"arn:aws:ecr:us-east-1:123456789012:repository/team/*"},
           {"Sid":"Other","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::210987654321:root"},
            "Action":"ecr:BatchGetImage","Resource":"arn:aws:ecr:us-east-1:123456789012:repository/prod-*"}"#,
    )];
    let (theirs, context) = (alice(THEIRS), Context::new());
    let ask = |action, resource: &[Attached]| {
        decide(Subject::Principal(&theirs), action, &everything(), resource, &context)
    };
    assert_eq!(ask("ecr:ReplicateImage", &registry), Reason::AllowedBy(Resource));
    assert_eq!(ask("ecr:BatchGetImage", &registry), Reason::NothingAllowsIn(Resource));
    let both = [
        registry[0].clone(),
        attached(
            SourceKind::Repository,
            r#"{"Effect":"Allow","Principal":"*","Action":"ecr:BatchGetImage"}"#,
        ),
    ];
    assert_eq!(ask("ecr:BatchGetImage", &both), Reason::AllowedBy(Resource));
}
