//! Which policies apply, and in which order: AWS's evaluation.

use names::Principal;
use policy::Layer::{Boundary, Identity, Resource, Session, Trust};
use policy::{
    Attached, Context, Decision, Document, Policies, Reason, Request, SourceKind, Subject, Verdict,
    evaluate,
};

use crate::asking::{
    OURS, ROLE_CI, THEIRS, WEB, account, alice, attached, ci, guest, guest_of_root, push, root,
};

/// What one layer says of pushing. `None` where a layer is absent, which is not the same as one
/// that says nothing.
#[derive(Debug, Clone, Copy)]
enum Says {
    Allow,
    Deny,
    Nothing,
    Absent,
}
use Says::{Absent, Allow, Deny, Nothing};

impl Says {
    fn statement(self) -> Option<&'static str> {
        match self {
            Self::Allow => Some(r#"{"Effect":"Allow","Action":"ecr:PutImage","Resource":"*"}"#),
            Self::Deny => Some(
                r#"{"Effect":"Deny","Action":"ecr:PutImage","Resource":"*"},{"Effect":"Allow","Action":"*","Resource":"*"}"#,
            ),
            Self::Nothing => Some(r#"{"Effect":"Allow","Action":"ecr:ListImages","Resource":"*"}"#),
            Self::Absent => None,
        }
    }

    fn attached(self, source: SourceKind) -> Vec<Attached> {
        self.statement().map(|statement| attached(source, statement)).into_iter().collect()
    }
}

/// The principals of a repository policy that allows pushing.
fn names(principal: &str) -> Vec<Attached> {
    let statement =
        format!(r#"{{"Effect":"Allow","Principal":{principal},"Action":"ecr:PutImage"}}"#);
    vec![attached(SourceKind::Repository, &statement)]
}

/// Identity, boundary, session.
type Account = (Says, Says, Says);

fn decide(
    subject: &Principal,
    (identity, boundary, session): Account,
    resource: &[Attached],
) -> Reason {
    let identity = identity.attached(SourceKind::UserInline);
    let boundary = boundary.attached(SourceKind::CustomerManaged);
    let is_session = session.statement().is_some();
    let session = session.attached(SourceKind::SessionInline);
    let policies = Policies {
        identity: &identity,
        boundary: boundary.first(),
        session: is_session.then_some(&session),
        scopes: &[],
        resource,
        trust: None,
        key: None,
    };
    push(Subject::Principal(subject), &policies).reason
}

#[test]
fn in_its_own_account_a_principal_needs_what_its_policies_give() {
    let (alice, ci) = (alice(OURS), ci(OURS));
    #[rustfmt::skip]
    let cases = [
        (&alice, (Absent,  Absent,  Absent),  Reason::NothingAllowsIn(Identity), "no policy allows anything"),
        (&alice, (Nothing, Absent,  Absent),  Reason::NothingAllowsIn(Identity), "something else is allowed"),
        (&alice, (Allow,   Absent,  Absent),  Reason::AllowedBy(Identity),       "allowed"),
        (&alice, (Deny,    Absent,  Absent),  Reason::DeniedBy(Identity),        "a deny wins"),
        (&alice, (Allow,   Allow,   Absent),  Reason::AllowedBy(Identity),       "the boundary agrees"),
        (&alice, (Allow,   Nothing, Absent),  Reason::NothingAllowsIn(Boundary), "the boundary does not"),
        (&alice, (Allow,   Deny,    Absent),  Reason::DeniedBy(Boundary),        "the boundary denies"),
        (&alice, (Nothing, Allow,   Absent),  Reason::NothingAllowsIn(Identity), "a boundary gives nothing"),
        (&ci,    (Allow,   Absent,  Allow),   Reason::AllowedBy(Identity),       "the session agrees"),
        (&ci,    (Allow,   Absent,  Nothing), Reason::NothingAllowsIn(Session),  "the session does not"),
        (&ci,    (Allow,   Absent,  Deny),    Reason::DeniedBy(Session),         "the session denies"),
        (&ci,    (Nothing, Absent,  Allow),   Reason::NothingAllowsIn(Identity), "a session gives nothing"),
        (&ci,    (Allow,   Allow,   Allow),   Reason::AllowedBy(Identity),       "all agree"),
        (&ci,    (Allow,   Nothing, Allow),   Reason::NothingAllowsIn(Boundary), "all must agree"),
        (&ci,    (Allow,   Allow,   Nothing), Reason::NothingAllowsIn(Session),  "all must agree"),
    ];
    for (subject, account, reason, because) in cases {
        assert_eq!(decide(subject, account, &[]), reason, "{account:?}: {because}");
    }
}

#[test]
fn in_its_own_account_a_principal_that_is_named_needs_nothing_else() {
    const ALICE: &str = r#"{"AWS":"arn:aws:iam::123456789012:user/team/alice"}"#;
    const ROLE: &str = r#"{"AWS":"arn:aws:iam::123456789012:role/team/ci"}"#;
    const RUN: &str = r#"{"AWS":"arn:aws:sts::123456789012:assumed-role/ci/run-1"}"#;
    const ACCOUNT: &str = r#"{"AWS":"123456789012"}"#;
    let (alice, ci) = (alice(OURS), ci(OURS));
    #[rustfmt::skip]
    let cases = [
        (&alice, ALICE,   (Absent,  Absent,  Absent),  Reason::AllowedBy(Resource),       "named"),
        (&alice, ALICE,   (Nothing, Nothing, Absent),  Reason::AllowedBy(Resource),       "a boundary that says nothing does not limit"),
        (&alice, ALICE,   (Deny,    Absent,  Absent),  Reason::DeniedBy(Identity),        "a deny wins"),
        (&alice, ALICE,   (Absent,  Deny,    Absent),  Reason::DeniedBy(Boundary),        "a deny wins"),
        (&alice, r#""*""#, (Absent, Nothing, Absent),  Reason::AllowedBy(Resource),       "everyone is named"),
        (&alice, ACCOUNT, (Absent,  Absent,  Absent),  Reason::NothingAllowsIn(Identity), "the account leaves it to its policies"),
        (&alice, ACCOUNT, (Allow,   Absent,  Absent),  Reason::AllowedBy(Identity),       "which allow"),
        (&alice, ACCOUNT, (Allow,   Nothing, Absent),  Reason::NothingAllowsIn(Boundary), "and are limited"),
        (&ci,    RUN,     (Absent,  Nothing, Nothing), Reason::AllowedBy(Resource),       "the session is named"),
        (&ci,    ROLE,    (Absent,  Absent,  Absent),  Reason::AllowedBy(Resource),       "the role is named"),
        (&ci,    ROLE,    (Absent,  Nothing, Absent),  Reason::NothingAllowsIn(Boundary), "which its boundary limits"),
        (&ci,    ROLE,    (Absent,  Absent,  Nothing), Reason::NothingAllowsIn(Session),  "and its session"),
        (&ci,    ROLE,    (Absent,  Allow,   Allow),   Reason::AllowedBy(Resource),       "if they do not agree"),
        (&ci,    ROLE,    (Absent,  Absent,  Deny),    Reason::DeniedBy(Session),         "a deny wins"),
    ];
    for (subject, principal, account, reason, because) in cases {
        let decided = decide(subject, account, &names(principal));
        assert_eq!(decided, reason, "{principal} {account:?}: {because}");
    }
}

#[test]
fn across_accounts_both_sides_must_allow() {
    const ALICE: &str = r#"{"AWS":"arn:aws:iam::210987654321:user/team/alice"}"#;
    const ACCOUNT: &str = r#"{"AWS":"210987654321"}"#;
    const OTHER: &str = r#"{"AWS":"111111111111"}"#;
    let (alice, ci, root) = (alice(THEIRS), ci(THEIRS), root(THEIRS));
    #[rustfmt::skip]
    let cases = [
        (&alice, OTHER,    (Allow,  Absent,  Absent),  Reason::NothingAllowsIn(Resource), "the owner must allow"),
        (&alice, OTHER,    (Absent, Absent,  Absent),  Reason::NothingAllowsIn(Resource), "the owner must allow"),
        (&alice, ALICE,    (Absent, Absent,  Absent),  Reason::NothingAllowsIn(Identity), "her account must too, though she is named"),
        (&alice, ALICE,    (Allow,  Absent,  Absent),  Reason::AllowedBy(Resource),       "both do"),
        (&alice, ALICE,    (Allow,  Nothing, Absent),  Reason::NothingAllowsIn(Boundary), "her boundary limits, though she is named"),
        (&alice, ACCOUNT,  (Allow,  Absent,  Absent),  Reason::AllowedBy(Resource),       "her account is enough for the owner"),
        (&alice, ACCOUNT,  (Absent, Absent,  Absent),  Reason::NothingAllowsIn(Identity), "not for her account"),
        (&alice, r#""*""#, (Allow,  Absent,  Absent),  Reason::AllowedBy(Resource),       "everyone"),
        (&alice, r#""*""#, (Absent, Absent,  Absent),  Reason::NothingAllowsIn(Identity), "everyone whose account allows"),
        (&alice, ACCOUNT,  (Deny,   Absent,  Absent),  Reason::DeniedBy(Identity),        "a deny wins"),
        (&ci,    ACCOUNT,  (Allow,  Absent,  Nothing), Reason::NothingAllowsIn(Session),  "the session limits"),
        (&ci,    ACCOUNT,  (Allow,  Absent,  Allow),   Reason::AllowedBy(Resource),       "all agree"),
        (&root,  ACCOUNT,  (Absent, Absent,  Absent),  Reason::AllowedBy(Resource),       "root needs no policy of its own"),
        (&root,  OTHER,    (Absent, Absent,  Absent),  Reason::NothingAllowsIn(Resource), "but the owner's"),
    ];
    for (subject, principal, account, reason, because) in cases {
        let decided = decide(subject, account, &names(principal));
        assert_eq!(decided, reason, "{principal} {account:?}: {because}");
    }
    assert_eq!(
        decide(&alice, (Allow, Absent, Absent), &[]),
        Reason::NothingAllowsIn(Resource),
        "without a repository policy only the owner"
    );
}

#[test]
fn the_owning_account_may_unless_it_is_denied() {
    let root = root(OURS);
    assert_eq!(decide(&root, (Absent, Absent, Absent), &[]), Reason::Root);
    let deny = r#"{"Effect":"Deny","Principal":"*","Action":"ecr:*"}"#;
    let deny = [attached(SourceKind::Repository, deny)];
    assert_eq!(decide(&root, (Absent, Absent, Absent), &deny), Reason::DeniedBy(Resource));
}

#[test]
fn a_federated_user_may_what_both_its_voucher_and_its_session_policy_allow() {
    let (guest, of_root) = (guest(OURS), guest_of_root(OURS));
    #[rustfmt::skip]
    let cases = [
        (&guest,   (Allow,   Absent,  Absent),  Reason::NothingAllowsIn(Session),  "no session policy, no rights"),
        (&guest,   (Allow,   Absent,  Allow),   Reason::AllowedBy(Identity),       "both"),
        (&guest,   (Nothing, Absent,  Allow),   Reason::NothingAllowsIn(Identity), "the voucher may not"),
        (&guest,   (Allow,   Nothing, Allow),   Reason::NothingAllowsIn(Boundary), "the voucher's boundary"),
        (&guest,   (Allow,   Absent,  Nothing), Reason::NothingAllowsIn(Session),  "the session does not"),
        (&of_root, (Absent,  Absent,  Allow),   Reason::Root,                      "root may everything"),
        (&of_root, (Absent,  Absent,  Nothing), Reason::NothingAllowsIn(Session),  "the session does not"),
        (&of_root, (Absent,  Absent,  Absent),  Reason::NothingAllowsIn(Session),  "no session policy, no rights"),
        (&of_root, (Absent,  Absent,  Deny),    Reason::DeniedBy(Session),         "a deny wins"),
    ];
    for (subject, account, reason, because) in cases {
        assert_eq!(decide(subject, account, &[]), reason, "{subject:?} {account:?}: {because}");
    }
}

#[test]
fn a_deny_anywhere_wins() {
    let allow_all = r#"{"Effect":"Allow","Principal":"*","Action":"*"}"#;
    let deny_all = r#"{"Effect":"Deny","Principal":"*","Action":"ecr:*"}"#;
    let (alice, allow) = (alice(OURS), attached(SourceKind::Repository, allow_all));
    let deny = attached(SourceKind::Registry, &deny_all.replace('}', r#","Resource":"*"}"#));
    for resource in [[allow.clone(), deny.clone()], [deny, allow]] {
        let reason = decide(&alice, (Allow, Absent, Absent), &resource);
        assert_eq!(reason, Reason::DeniedBy(Resource));
    }
    let broken = Attached {
        document: std::sync::Arc::new(Document::deny_all()),
        ..attached(SourceKind::Repository, allow_all)
    };
    let reason = decide(&alice, (Allow, Absent, Absent), &[broken]);
    assert_eq!(reason, Reason::DeniedBy(Resource), "what cannot be read denies");
}

#[test]
fn an_identity_policy_on_a_resource_lets_no_one_in() {
    let misplaced = Allow.attached(SourceKind::UserInline);
    let reason = decide(&alice(THEIRS), (Allow, Absent, Absent), &misplaced);
    assert_eq!(reason, Reason::NothingAllowsIn(Resource));
}

/// May they play the role?
fn assume(subject: Subject<'_>, trust: &str, account_side: Account) -> Decision {
    let (identity, boundary, session) = account_side;
    let all = |says: Says, source| match says {
        Allow => vec![attached(source, r#"{"Effect":"Allow","Action":"sts:*","Resource":"*"}"#)],
        _ => says.attached(source),
    };
    let identity = all(identity, SourceKind::UserInline);
    let boundary = all(boundary, SourceKind::CustomerManaged);
    let is_session = session.statement().is_some();
    let session = all(session, SourceKind::SessionInline);
    let trust = attached(SourceKind::RoleTrust, trust);
    let policies = Policies {
        identity: &identity,
        boundary: boundary.first(),
        session: is_session.then_some(&session),
        scopes: &[],
        resource: &[],
        trust: Some(&trust),
        key: None,
    };
    let (owner, context) = (account(OURS), Context::new());
    let action = match subject {
        Subject::WebIdentity { .. } => "sts:AssumeRoleWithWebIdentity",
        _ => "sts:AssumeRole",
    };
    let request =
        Request { subject, action, resource: ROLE_CI, resource_account: &owner, context: &context };
    evaluate(&request, &policies)
}

fn trusts(principal: &str) -> String {
    format!(
        r#"{{"Effect":"Allow","Principal":{principal},"Action":["sts:AssumeRole","sts:AssumeRoleWithWebIdentity"]}}"#
    )
}

#[test]
fn a_role_is_played_by_whom_its_trust_policy_names() {
    const ALICE: &str = r#"{"AWS":"arn:aws:iam::123456789012:user/team/alice"}"#;
    const ACCOUNT: &str = r#"{"AWS":"123456789012"}"#;
    const THEIR_ACCOUNT: &str = r#"{"AWS":"210987654321"}"#;
    const THEIR_ALICE: &str = r#"{"AWS":"arn:aws:iam::210987654321:user/team/alice"}"#;
    const ROLE: &str = r#"{"AWS":"arn:aws:iam::123456789012:role/team/ci"}"#;
    let (ours, theirs, root, ci) = (alice(OURS), alice(THEIRS), root(OURS), ci(OURS));
    #[rustfmt::skip]
    let cases = [
        (&ours,   ALICE,         (Absent, Absent,  Absent),  Reason::AllowedBy(Trust),          "named"),
        (&ours,   THEIR_ALICE,   (Allow,  Absent,  Absent),  Reason::NothingAllowsIn(Trust),    "her own policy is not enough"),
        (&ours,   ACCOUNT,       (Absent, Absent,  Absent),  Reason::NothingAllowsIn(Identity), "the account leaves it to its policies"),
        (&ours,   ACCOUNT,       (Allow,  Absent,  Absent),  Reason::AllowedBy(Identity),       "which allow"),
        (&ours,   ALICE,         (Deny,   Absent,  Absent),  Reason::AllowedBy(Trust),          "that deny is about something else"),
        (&theirs, THEIR_ALICE,   (Absent, Absent,  Absent),  Reason::NothingAllowsIn(Identity), "her account must agree"),
        (&theirs, THEIR_ALICE,   (Allow,  Absent,  Absent),  Reason::AllowedBy(Trust),          "it does"),
        (&theirs, THEIR_ACCOUNT, (Allow,  Absent,  Absent),  Reason::AllowedBy(Trust),          "her account is trusted"),
        (&theirs, THEIR_ACCOUNT, (Allow,  Nothing, Absent),  Reason::NothingAllowsIn(Boundary), "her boundary limits"),
        (&theirs, ACCOUNT,       (Allow,  Absent,  Absent),  Reason::NothingAllowsIn(Trust),    "her account is not trusted"),
        (&root,   ALICE,         (Absent, Absent,  Absent),  Reason::NothingAllowsIn(Trust),    "root is not alice"),
        (&root,   ACCOUNT,       (Absent, Absent,  Absent),  Reason::Root,                      "root is the account"),
        (&ci,     ROLE,          (Absent, Absent,  Absent),  Reason::AllowedBy(Trust),          "a role that trusts itself"),
        (&ci,     ROLE,          (Absent, Absent,  Nothing), Reason::NothingAllowsIn(Session),  "the session limits"),
    ];
    for (subject, principal, account, reason, because) in cases {
        let decision = assume(Subject::Principal(subject), &trusts(principal), account);
        assert_eq!(decision.reason, reason, "{principal} {account:?}: {because}");
    }
}

#[test]
fn a_role_is_played_by_the_users_of_a_provider_that_it_names() {
    const PROVIDER: &str = "arn:aws:iam::123456789012:oidc-provider/x.org";
    let user = Subject::WebIdentity { provider: PROVIDER, user: "u" };
    let named = trusts(&format!(r#"{{"Federated":"{PROVIDER}"}}"#));
    let denied = format!(
        r#"{named},{{"Effect":"Deny","Principal":"*","Action":"sts:AssumeRoleWithWebIdentity"}}"#
    );
    #[rustfmt::skip]
    let cases = [
        (named.clone(),                        Reason::AllowedBy(Trust),       "named"),
        (trusts(r#""*""#),                     Reason::NothingAllowsIn(Trust), "everyone is not a provider"),
        (trusts(r#"{"AWS":"123456789012"}"#),  Reason::NothingAllowsIn(Trust), "an account is not a provider"),
        (denied,                               Reason::DeniedBy(Trust),        "a deny wins"),
    ];
    for (trust, reason, because) in cases {
        let decision = assume(user, &trust, (Absent, Absent, Absent));
        assert_eq!(decision.reason, reason, "{trust}: {because}");
    }
}

/// AWS's sentence about a principal that wants to push.
fn sentence(subject: &Principal, account_side: Account, resource: &[Attached]) -> String {
    let (identity, boundary, session) = account_side;
    let identity = identity.attached(SourceKind::UserInline);
    let boundary = boundary.attached(SourceKind::CustomerManaged);
    let is_session = session.statement().is_some();
    let session = session.attached(SourceKind::SessionInline);
    let policies = Policies {
        identity: &identity,
        boundary: boundary.first(),
        session: is_session.then_some(&session),
        scopes: &[],
        resource,
        trust: None,
        key: None,
    };
    let (owner, context) = (account(OURS), Context::new());
    let request = Request {
        subject: Subject::Principal(subject),
        action: "ecr:PutImage",
        resource: WEB,
        resource_account: &owner,
        context: &context,
    };
    let decision = evaluate(&request, &policies);
    assert_ne!(decision.verdict, Verdict::Allowed);
    decision.sentence(&request)
}

#[test]
fn refusals_are_in_aws_s_words() {
    let deny = r#"{"Effect":"Deny","Principal":"*","Action":"*"}"#;
    let deny = [attached(SourceKind::Repository, deny)];
    let (alice, ci, theirs) = (alice(OURS), ci(OURS), alice(THEIRS));
    #[rustfmt::skip]
    let cases = [
        (&alice,  (Absent, Absent,  Absent),  &[][..], "because no identity-based policy allows the ecr:PutImage action"),
        (&alice,  (Allow,  Nothing, Absent),  &[][..], "because no permissions boundary allows the ecr:PutImage action"),
        (&ci,     (Allow,  Absent,  Nothing), &[][..], "because no session policy allows the ecr:PutImage action"),
        (&theirs, (Allow,  Absent,  Absent),  &[][..], "because no resource-based policy allows the ecr:PutImage action"),
        (&alice,  (Deny,   Absent,  Absent),  &[][..], "with an explicit deny in an identity-based policy"),
        (&alice,  (Allow,  Deny,    Absent),  &[][..], "with an explicit deny in a permissions boundary"),
        (&ci,     (Allow,  Absent,  Deny),    &[][..], "with an explicit deny in a session policy"),
        (&alice,  (Allow,  Absent,  Absent),  &deny,   "with an explicit deny in a resource-based policy"),
    ];
    for (subject, account, resource, clause) in cases {
        let expected = format!(
            "User: {} is not authorized to perform: ecr:PutImage on resource: {WEB} {clause}",
            subject.arn()
        );
        assert_eq!(sentence(subject, account, resource), expected);
    }
}

#[test]
fn who_is_not_trusted_is_told_so() {
    let (alice, owner, context) = (alice(OURS), account(OURS), Context::new());
    let decision = |subject, trust: &str| assume(subject, trust, (Allow, Absent, Absent));
    let request = |subject, action| Request {
        subject,
        action,
        resource: ROLE_CI,
        resource_account: &owner,
        context: &context,
    };
    let user = Subject::Principal(&alice);
    let trust = trusts(r#"{"AWS":"111111111111"}"#);
    assert_eq!(
        decision(user, &trust).sentence(&request(user, "sts:AssumeRole")),
        "User: arn:aws:iam::123456789012:user/team/alice is not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::123456789012:role/team/ci"
    );
    let web = Subject::WebIdentity { provider: "p", user: "u" };
    assert_eq!(
        decision(web, &trust).sentence(&request(web, "sts:AssumeRoleWithWebIdentity")),
        "Not authorized to perform sts:AssumeRoleWithWebIdentity"
    );
}
