use std::time::Duration;

use db::on_both_engines;
use db::testing::Engine;
use iam::{AssumeRole, Failure, Refusal, SessionLimits, StsRefusal};
use names::{SessionName, SessionOrigin};
use policy::Context;
use serde_json::{Value, json};

use crate::fixture::World;
use crate::house::{ABROAD, HOME, long_term, statement, tagged, user_arn, wanted};

on_both_engines!(
    a_role_is_played_by_whom_it_trusts,
    conditions_of_a_trust_policy_are_held_against_the_request,
    a_session_policy_is_read_before_anything_else,
);

async fn a_role_is_played_by_whom_it_trusts(engine: Engine) {
    let world = World::with_two_accounts(engine).await;
    let play = json!("sts:AssumeRole");
    let alice = world.user(HOME, "trusted").await;
    let bob = world.user(HOME, "bob").await;
    let carol = world.user(ABROAD, "carol").await;
    let dave = world.user(ABROAD, "dave").await;
    let any = format!("arn:aws:iam::{HOME}:role/*");
    world.allow(HOME, "bob", &play, &any).await;
    world.allow(ABROAD, "carol", &play, &any).await;
    world.role("named", &statement(&user_arn(HOME, "trusted"), &play)).await;
    world.role("delegated", &statement(&json!({"AWS": HOME}), &play)).await;
    world.role("abroad", &statement(&json!({"AWS": ABROAD}), &play)).await;
    world.role("carols", &statement(&user_arn(ABROAD, "carol"), &play)).await;
    #[rustfmt::skip]
    let cases = [
        (&alice, "named",     true,  "the trust policy names the user"),
        (&bob,   "named",     false, "the trust policy names another, whatever his own policies say"),
        (&bob,   "delegated", true,  "the role trusts the account, and the account trusts him"),
        (&alice, "delegated", false, "the role trusts the account, which has said nothing of this user"),
        (&carol, "abroad",    true,  "both accounts agree"),
        (&dave,  "abroad",    false, "her own account has said nothing"),
        (&carol, "carols",    true,  "named, and allowed at home"),
        (&carol, "named",     false, "the role's account has said nothing"),
        (&bob,   "missing",   false, "there is no such role"),
    ];
    for (principal, role, plays, because) in cases {
        let granted = world.assume(&long_term(principal), wanted(role)).await;
        assert_eq!(granted.is_ok(), plays, "{role}: {because}: {granted:?}");
        if let Err(text) = granted {
            let user = principal.arn();
            let expected = format!(
                "User: {user} is not authorized to perform: sts:AssumeRole on resource: \
                 arn:aws:iam::{HOME}:role/{role}"
            );
            assert_eq!(text, expected, "{because}");
        }
    }
    let grant = world.assume(&long_term(&alice), wanted("named")).await.unwrap();
    assert_eq!(grant.principal.arn(), format!("arn:aws:sts::{HOME}:assumed-role/named/run-1"));
    assert_eq!(grant.session.ends_at, grant.session.issued_at.plus(Duration::from_hours(1)));
    assert_eq!(grant.session.origin, SessionOrigin::AssumeRole);
}

async fn conditions_of_a_trust_policy_are_held_against_the_request(engine: Engine) {
    let world = World::with_two_accounts(engine).await;
    let alice = world.user(HOME, "trusted").await;
    let with = |actions: Value, condition: Value| json!([{"Effect": "Allow", "Principal": user_arn(HOME, "trusted"), "Action": actions, "Condition": condition}]);
    let external = json!({"StringEquals": {"sts:ExternalId": "secret-7"}});
    world.role("external", &with(json!("sts:AssumeRole"), external)).await;
    let named = json!({"StringEquals": {"sts:RoleSessionName": "run-1"}});
    world.role("session", &with(json!("sts:AssumeRole"), named)).await;
    let both = json!(["sts:AssumeRole", "sts:TagSession"]);
    let red = json!({"StringEquals": {"aws:RequestTag/team": "red"}});
    world.role("red", &with(both, red)).await;
    world.role("plain", &statement(&user_arn(HOME, "trusted"), &json!("sts:AssumeRole"))).await;
    let identity = json!(["sts:AssumeRole", "sts:SetSourceIdentity"]);
    world.role("sourced", &statement(&user_arn(HOME, "trusted"), &identity)).await;
    let external_id =
        |id: &str| AssumeRole { external_id: Some(id.to_owned()), ..wanted("external") };
    let named =
        |name| AssumeRole { session_name: SessionName::parse(name).unwrap(), ..wanted("session") };
    let tags = |role, value| AssumeRole { limits: tagged("team", value), ..wanted(role) };
    let source = |role| AssumeRole { source_identity: Some("ann".to_owned()), ..wanted(role) };
    #[rustfmt::skip]
    let cases = [
        (external_id("secret-7"),  true,  "the external id agreed on"),
        (external_id("secret-8"),  false, "another"),
        (wanted("external"),       false, "none"),
        (named("run-1"),           true,  "the session name asked for"),
        (named("run-2"),           false, "another"),
        (tags("red", "red"),       true,  "the tag asked for"),
        (tags("red", "blue"),      false, "another value"),
        (wanted("red"),            false, "no tag"),
        (tags("plain", "red"),     false, "the role's sessions must not be tagged"),
        (wanted("plain"),          true,  "without tags"),
        (source("sourced"),        true,  "naming who it really is is allowed"),
        (source("plain"),          false, "and here it is not"),
    ];
    for (wanted, plays, because) in cases {
        let granted = world.assume(&long_term(&alice), wanted).await;
        assert_eq!(granted.is_ok(), plays, "{because}: {granted:?}");
    }
}

async fn a_session_policy_is_read_before_anything_else(engine: Engine) {
    let world = World::with_two_accounts(engine).await;
    let alice = world.user(HOME, "trusted").await;
    world.role("named", &statement(&user_arn(HOME, "trusted"), &json!("sts:AssumeRole"))).await;
    let limits = SessionLimits { policy: Some("{".to_owned()), ..SessionLimits::default() };
    let wish = AssumeRole { limits, ..wanted("named") };
    let refused =
        world.iam.assume_role(&long_term(&alice), &Context::new(), wish).await.unwrap_err();
    let Failure::Refused(Refusal::Sts(StsRefusal::MalformedPolicyDocument(_))) = refused else {
        panic!("{refused:?}");
    };
}
