//! Who may use a KMS key: its policy must let in, or let the account let in, or a grant must.

use std::sync::Arc;

use names::Principal;
use policy::Layer::{Boundary, Grant, Identity, Resource, Session};
use policy::{
    Attached, Context, Document, DocumentKind, KeyPolicies, Layer, Malformed, Policies, Reason,
    Request, SourceKind, Subject, Verdict, evaluate, explain,
};

use crate::asking::{OURS, ROLE_CI, THEIRS, account, alice, attached, ci, root};

const KEY: &str = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab";
const ALICE: &str = "arn:aws:iam::123456789012:user/team/alice";

/// A statement of a key policy or a grant.
fn statement(effect: &str, principal: &str) -> String {
    format!(
        r#"{{"Effect":"{effect}","Principal":{principal},"Action":"kms:Decrypt","Resource":"*"}}"#
    )
}

fn lets_in(principal: &str) -> String {
    statement("Allow", &format!(r#"{{"AWS":"{principal}"}}"#))
}

/// The policies of a principal: whether its own allow, whether it has a boundary that does not, and
/// whether its session has a policy that does not.
#[derive(Clone, Copy)]
enum Account {
    Nothing,
    Allows,
    Bounded,
    Narrowed,
}

struct Case<'a> {
    subject: Subject<'a>,
    account: Account,
    key: &'a str,
    grants: &'a [String],
}

fn decide(case: &Case<'_>) -> policy::Decision {
    const ALLOW: &str = r#"{"Effect":"Allow","Action":"kms:*","Resource":"*"}"#;
    const OTHER: &str = r#"{"Effect":"Allow","Action":"ecr:*","Resource":"*"}"#;
    let allow = [attached(SourceKind::UserInline, ALLOW)];
    let other = [attached(SourceKind::CustomerManaged, OTHER)];
    let (identity, boundary, session): (&[Attached], _, Option<&[Attached]>) = match case.account {
        Account::Nothing => (&[], None, None),
        Account::Allows => (&allow, None, None),
        Account::Bounded => (&allow, other.first(), None),
        Account::Narrowed => (&allow, None, Some(&other)),
    };
    let grants = case.grants.iter().map(|grant| attached(SourceKind::Grant, grant)).collect();
    let key = KeyPolicies { policy: attached(SourceKind::Key, case.key), grants };
    let policies = Policies { identity, boundary, session, key: Some(&key), ..Policies::default() };
    let (owner, context) = (account(OURS), Context::new());
    let request = Request {
        subject: case.subject,
        action: "kms:Decrypt",
        resource: KEY,
        resource_account: &owner,
        context: &context,
    };
    let decision = evaluate(&request, &policies);
    assert_eq!(explain(&request, &policies).decision, decision);
    decision
}

fn reason(subject: &Principal, account: Account, key: &str, grants: &[String]) -> Reason {
    decide(&Case { subject: Subject::Principal(subject), account, key, grants }).reason
}

const NO_KEY_POLICY: Reason = Reason::NothingAllowsIn(Resource);

fn by(layer: Layer) -> Reason {
    Reason::AllowedBy(layer)
}

fn not_by(layer: Layer) -> Reason {
    Reason::NothingAllowsIn(layer)
}

#[test]
fn a_key_policy_lets_in_or_lets_the_account_let_in() {
    use Account::{Allows, Bounded, Narrowed, Nothing};
    let (root, alice, ci, foreign) = (root(OURS), alice(OURS), ci(OURS), alice(THEIRS));
    let to_account = &lets_in(OURS);
    let to_alice = &lets_in(ALICE);
    let to_ci = &lets_in(ROLE_CI);
    let to_all = &lets_in("*");
    let to_theirs = &lets_in(THEIRS);
    let to_bob = &lets_in("arn:aws:iam::123456789012:user/bob");
    #[rustfmt::skip]
    let cases = [
        // who      its account  key policy   decision            because
        (&root,     Nothing,     to_account,  Reason::Root,       "the account is named"),
        (&root,     Nothing,     to_bob,      NO_KEY_POLICY,      "not even the root user of the account, if it is not named"),
        (&alice,    Allows,      to_account,  by(Identity),       "the account decides, and allows"),
        (&alice,    Nothing,     to_account,  not_by(Identity),   "the account decides, and allows nothing"),
        (&alice,    Allows,      to_bob,      NO_KEY_POLICY,      "the account is not asked"),
        (&alice,    Nothing,     to_alice,    by(Resource),       "she herself is named"),
        (&alice,    Bounded,     to_alice,    by(Resource),       "she herself is named, beside her boundary"),
        (&alice,    Bounded,     to_account,  not_by(Boundary),   "the account decides, and her boundary limits"),
        (&ci,       Nothing,     to_ci,       by(Resource),       "its role is named"),
        (&ci,       Narrowed,    to_ci,       not_by(Session),    "its role is named, and its session is limited"),
        (&alice,    Nothing,     to_all,      by(Resource),       "everyone is named"),
        (&foreign,  Allows,      to_theirs,   by(Resource),       "both accounts agree"),
        (&foreign,  Nothing,     to_theirs,   not_by(Identity),   "its own account does not agree"),
        (&foreign,  Allows,      to_account,  NO_KEY_POLICY,      "another account is named"),
        (&foreign,  Nothing,     to_all,      not_by(Identity),   "its own account does not agree"),
    ];
    for (subject, account, key, expected, because) in cases {
        assert_eq!(reason(subject, account, key, &[]), expected, "{because}");
    }
}

#[test]
fn a_grant_lets_in_beside_the_key_policy() {
    use Account::{Allows, Narrowed, Nothing};
    let (root, alice, ci, foreign) = (root(OURS), alice(OURS), ci(OURS), alice(THEIRS));
    let foreign_alice = "arn:aws:iam::210987654321:user/team/alice";
    let to_bob = &lets_in("arn:aws:iam::123456789012:user/bob");
    #[rustfmt::skip]
    let cases = [
        // who      its account  grantee         decision            because
        (&alice,    Nothing,     ALICE,          by(Grant),          "she is the grantee"),
        (&foreign,  Nothing,     foreign_alice,  by(Grant),          "a grant needs no other right, in any account"),
        (&ci,       Nothing,     ROLE_CI,        by(Grant),          "its role is the grantee"),
        (&ci,       Narrowed,    ROLE_CI,        NO_KEY_POLICY,      "its session is limited"),
        (&root,     Nothing,     OURS,           by(Grant),          "the account is the grantee"),
        (&alice,    Nothing,     OURS,           NO_KEY_POLICY,      "the account is the grantee, and gave her nothing"),
        (&alice,    Allows,      OURS,           by(Grant),          "the account is the grantee, and gave it to her"),
        (&alice,    Allows,      ROLE_CI,        NO_KEY_POLICY,      "another's grant"),
    ];
    for (subject, account, grantee, expected, because) in cases {
        let grants = [lets_in(grantee)];
        assert_eq!(reason(subject, account, to_bob, &grants), expected, "{because}");
    }
}

#[test]
fn a_deny_wins_over_grants_and_the_account() {
    let alice = alice(OURS);
    let denies = format!("{},{}", lets_in("*"), statement("Deny", r#"{"AWS":"*"}"#));
    for account in [Account::Nothing, Account::Allows] {
        let decision = decide(&Case {
            subject: Subject::Principal(&alice),
            account,
            key: &denies,
            grants: &[lets_in(ALICE)],
        });
        assert_eq!(decision.verdict, Verdict::ExplicitDeny);
        assert_eq!(decision.reason, Reason::DeniedBy(Resource));
    }
}

#[test]
fn a_service_comes_in_by_the_key_policy_or_a_grant() {
    let ecr = Subject::Service("ecr.amazonaws.com");
    let (to_ours, to_ecr) =
        (lets_in(OURS), statement("Allow", r#"{"Service":"ecr.us-east-1.amazonaws.com"}"#));
    #[rustfmt::skip]
    let cases = [
        (&to_ecr,  None,                by(Resource),  "the policy names it"),
        (&to_ours, Some(to_ecr.clone()), by(Grant),     "a grant names it"),
        (&to_ours, None,                NO_KEY_POLICY, "nothing names it"),
    ];
    for (key, grant, expected, because) in cases {
        let grants: Vec<String> = grant.into_iter().collect();
        let case = Case { subject: ecr, account: Account::Nothing, key, grants: &grants };
        assert_eq!(decide(&case).reason, expected, "{because}");
    }
}

#[test]
fn a_key_policy_is_read_strictly() {
    let read = |statement: &str| {
        let text = format!(r#"{{"Version":"2012-10-17","Statement":[{statement}]}}"#);
        Document::parse(&text, DocumentKind::Key).map(Arc::new)
    };
    #[rustfmt::skip]
    let cases = [
        (r#"{"Sid":"Enable IAM User Permissions","Effect":"Allow","Principal":{"AWS":"123456789012"},"Action":"kms:*","Resource":"*"}"#,
            None, "the usual one, with blanks in its id"),
        (r#"{"Effect":"Allow","Action":"kms:*","Resource":"*"}"#,
            Some(Malformed::MissingField("Principal")), "for no one"),
        (r#"{"Effect":"Allow","Principal":"*","Action":"kms:*"}"#,
            Some(Malformed::NoResources), "about nothing"),
        (r#"{"Effect":"Allow","Principal":"*","Resource":"*"}"#,
            Some(Malformed::NoActions), "allowing nothing"),
        (r#"{"Effect":"Allow","Principal":"*","Action":"kms:*","Resource":"*","Conditions":{}}"#,
            Some(Malformed::Syntax), "a word that is not in the grammar"),
    ];
    for (statement, malformed, because) in cases {
        assert_eq!(read(statement).err(), malformed, "{because}");
    }
}
