//! The parts of the tables: principals, policies, and a question.

use std::sync::Arc;

use names::{
    AccountId, IamPath, IdKind, Principal, RoleIdentity, RoleName, SessionName, UniqueId,
    UserIdentity, UserName, Voucher,
};
use policy::{
    Attached, Context, Decision, Document, DocumentKind, Policies, Request, SourceKind, Subject,
    evaluate,
};

pub(crate) const OURS: &str = "123456789012";
pub(crate) const THEIRS: &str = "210987654321";
pub(crate) const WEB: &str = "arn:aws:ecr:us-east-1:123456789012:repository/team/web";
pub(crate) const ROLE_CI: &str = "arn:aws:iam::123456789012:role/team/ci";

pub(crate) fn account(text: &str) -> AccountId {
    AccountId::parse(text).expect("tests name accounts well")
}

pub(crate) fn root(of: &str) -> Principal {
    Principal::Root { account: account(of) }
}

/// `arn:aws:iam::ACCOUNT:user/team/alice`, `AIDABBBBBBBBBBBBBBBBB`.
pub(crate) fn alice(of: &str) -> Principal {
    Principal::User(identity_of_alice(of))
}

fn identity_of_alice(of: &str) -> UserIdentity {
    UserIdentity {
        account: account(of),
        id: UniqueId::from_random(IdKind::User, [1; 17]),
        path: IamPath::parse("/team/").expect("a path"),
        name: UserName::parse("alice").expect("a name"),
    }
}

/// A session `run-1` of `arn:aws:iam::ACCOUNT:role/team/ci`, `AROACCCCCCCCCCCCCCCCC`.
pub(crate) fn ci(of: &str) -> Principal {
    Principal::AssumedRole {
        role: RoleIdentity {
            account: account(of),
            id: UniqueId::from_random(IdKind::Role, [2; 17]),
            path: IamPath::parse("/team/").expect("a path"),
            name: RoleName::parse("ci").expect("a name"),
        },
        session: SessionName::parse("run-1").expect("a name"),
    }
}

/// Federated user `guest`, for whom alice vouched.
pub(crate) fn guest(of: &str) -> Principal {
    Principal::FederatedUser {
        vouched_by: Voucher::User(identity_of_alice(of)),
        name: SessionName::parse("guest").expect("a name"),
    }
}

/// Federated user `guest`, for whom the account vouched.
pub(crate) fn guest_of_root(of: &str) -> Principal {
    Principal::FederatedUser {
        vouched_by: Voucher::Root { account: account(of) },
        name: SessionName::parse("guest").expect("a name"),
    }
}

/// A document of 2012 with these statements, which are JSON without their outer list.
pub(crate) fn document(kind: DocumentKind, statements: &str) -> Document {
    let text = format!(r#"{{"Version":"2012-10-17","Statement":[{statements}]}}"#);
    match Document::parse(&text, kind) {
        Ok(document) => document,
        Err(malformed) => panic!("{malformed}: {text}"),
    }
}

pub(crate) fn attached(source: SourceKind, statements: &str) -> Attached {
    let kind = match source {
        SourceKind::Repository | SourceKind::Secret => DocumentKind::Repository,
        SourceKind::Registry => DocumentKind::Registry,
        SourceKind::RoleTrust => DocumentKind::Trust,
        SourceKind::Key | SourceKind::Grant => DocumentKind::Key,
        _ => DocumentKind::Identity,
    };
    let document = Arc::new(document(kind, statements));
    Attached { source, name: Arc::from("p"), document }
}

/// May `subject` push to `WEB`?
pub(crate) fn push(subject: Subject<'_>, policies: &Policies<'_>) -> Decision {
    let (owner, context) = (account(OURS), Context::new());
    let request = Request {
        subject,
        action: "ecr:PutImage",
        resource: WEB,
        resource_account: &owner,
        context: &context,
    };
    evaluate(&request, policies)
}

/// Does alice get to push, when this is her only policy?
pub(crate) fn allows(document: Document, context: &Context<'_>) -> bool {
    allows_on(document, WEB, context)
}

pub(crate) fn allows_on(document: Document, resource: &str, context: &Context<'_>) -> bool {
    let (owner, alice) = (account(OURS), alice(OURS));
    let request = Request {
        subject: Subject::Principal(&alice),
        action: "ecr:PutImage",
        resource,
        resource_account: &owner,
        context,
    };
    let source = SourceKind::UserInline;
    let identity = [Attached { source, name: Arc::from("p"), document: Arc::new(document) }];
    let policies = Policies { identity: &identity, ..Policies::default() };
    evaluate(&request, &policies).is_allowed()
}
