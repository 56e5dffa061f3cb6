use std::time::Duration;

use db::on_both_engines;
use db::testing::Engine;
use iam::{AssumeRole, FederationToken, SessionLimits};
use names::{KeyKind, Principal, RoleName, SessionName, SessionOrigin, Voucher};
use serde_json::json;

use crate::fixture::World;
use crate::house::{
    ABROAD, HOME, account, long_term, sentence, session_name, statement, tagged, user_arn, wanted,
    within,
};

on_both_engines!(
    sessions_last_as_long_as_the_role_allows,
    a_chain_hands_on_tags_and_who_it_really_is,
    some_may_not_ask,
    a_federated_user_is_vouched_for,
    a_principal_that_is_gone_is_not_found,
    keys_tell_their_account,
);

async fn sessions_last_as_long_as_the_role_allows(engine: Engine) {
    let world = World::with_two_accounts(engine).await;
    let alice = world.user(HOME, "trusted").await;
    world.role("first", &statement(&user_arn(HOME, "trusted"), &json!("sts:AssumeRole"))).await;
    let role = json!({"AWS": format!("arn:aws:iam::{HOME}:role/first")});
    world.role("second", &statement(&role, &json!("sts:AssumeRole"))).await;
    let lasting = |role, seconds| AssumeRole { duration_seconds: Some(seconds), ..wanted(role) };
    let first = world.assume(&long_term(&alice), lasting("first", 7_200)).await.unwrap();
    assert_eq!(first.session.ends_at, first.session.issued_at.plus(Duration::from_hours(2)));
    let long = world.assume(&long_term(&alice), lasting("first", 7_201)).await.unwrap_err();
    assert_eq!(
        long,
        "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
    );
    let second = world.assume(&within(&first), lasting("second", 3_600)).await.unwrap();
    assert_eq!(second.session.origin, SessionOrigin::RoleChaining);
    let chained = world.assume(&within(&first), lasting("second", 3_601)).await.unwrap_err();
    assert!(
        chained.contains("1 hour session limit for roles assumed by role chaining"),
        "{chained}"
    );
}

async fn a_chain_hands_on_tags_and_who_it_really_is(engine: Engine) {
    let world = World::with_two_accounts(engine).await;
    let alice = world.user(HOME, "trusted").await;
    let all = json!(["sts:AssumeRole", "sts:TagSession", "sts:SetSourceIdentity"]);
    world.role("first", &statement(&user_arn(HOME, "trusted"), &all)).await;
    let role = json!({"AWS": format!("arn:aws:iam::{HOME}:role/first")});
    world.role("second", &statement(&role, &all)).await;
    let source_identity = Some("ann".to_owned());
    let wish = AssumeRole { limits: tagged("team", "red"), source_identity, ..wanted("first") };
    let first = world.assume(&long_term(&alice), wish).await.unwrap();
    let second = world.assume(&within(&first), wanted("second")).await.unwrap();
    assert_eq!(second.session.tags, first.session.tags);
    assert_eq!(second.session.transitive_tag_keys, ["team"]);
    assert_eq!(second.session.source_identity.as_deref(), Some("ann"));
    let wish = AssumeRole { source_identity: Some("bob".to_owned()), ..wanted("second") };
    assert!(world.assume(&within(&first), wish).await.is_err(), "once set it stays");
    let wish = AssumeRole { limits: tagged("Team", "blue"), ..wanted("second") };
    assert!(world.assume(&within(&first), wish).await.is_err(), "transitive tags stay");
}

async fn some_may_not_ask(engine: Engine) {
    let world = World::with_two_accounts(engine).await;
    let alice = world.user(HOME, "trusted").await;
    let root = Principal::Root { account: account(HOME) };
    let all = statement(&json!({"AWS": "*"}), &json!("sts:AssumeRole"));
    world.role("open", &all).await;
    let denied = world.assume(&long_term(&root), wanted("open")).await.unwrap_err();
    assert_eq!(denied, "Roles may not be assumed by root accounts.");
    let session = world.iam.get_session_token(&long_term(&alice), None).unwrap();
    assert!(world.assume(&within(&session), wanted("open")).await.is_ok(), "a user's own session");
    let name = session_name();
    let limits = SessionLimits::default();
    let wish = FederationToken { name, limits, duration_seconds: None };
    let federated = world.iam.get_federation_token(&long_term(&alice), wish.clone()).unwrap();
    assert!(world.assume(&within(&federated), wanted("open")).await.is_err(), "a federated user");
    let role = world.assume(&long_term(&alice), wanted("open")).await.unwrap();
    for grant in [&session, &federated, &role] {
        let again = world.iam.get_session_token(&within(grant), None).unwrap_err();
        assert_eq!(sentence(&again), "Cannot call GetSessionToken with session credentials");
        let again = world.iam.get_federation_token(&within(grant), wish.clone()).unwrap_err();
        assert_eq!(sentence(&again), "Cannot call GetFederationToken with session credentials");
    }
}

async fn a_federated_user_is_vouched_for(engine: Engine) {
    let world = World::with_two_accounts(engine).await;
    let alice = world.user(HOME, "trusted").await;
    let wish = FederationToken {
        name: SessionName::parse("bob").unwrap(),
        limits: SessionLimits::default(),
        duration_seconds: Some(900),
    };
    let grant = world.iam.get_federation_token(&long_term(&alice), wish).unwrap();
    assert_eq!(grant.principal.arn(), format!("arn:aws:sts::{HOME}:federated-user/bob"));
    assert_eq!(grant.session.ends_at, grant.session.issued_at.plus(Duration::from_mins(15)));
    let Principal::FederatedUser { vouched_by: Voucher::User(user), .. } = &grant.principal else {
        panic!("{:?}", grant.principal);
    };
    assert_eq!(user.name.as_str(), "trusted");
}

async fn a_principal_that_is_gone_is_not_found(engine: Engine) {
    let world = World::with_two_accounts(engine).await;
    let alice = world.user(HOME, "trusted").await;
    let carol = world.user(ABROAD, "carol").await;
    world.role("named", &statement(&user_arn(HOME, "trusted"), &json!("sts:AssumeRole"))).await;
    let role = world.assume(&long_term(&alice), wanted("named")).await.unwrap().principal;
    let iam = &world.iam;
    for principal in [&alice, &carol, &role] {
        let found = iam.find_principal(&principal.id()).await.unwrap();
        assert_eq!(found.as_ref(), Some(principal));
    }
    iam.delete_role(&account(HOME), RoleName::parse("named").unwrap()).await.unwrap();
    assert_eq!(iam.find_principal(&role.id()).await.unwrap(), None, "the role is deleted");
    world.role("named", &statement(&user_arn(HOME, "trusted"), &json!("sts:AssumeRole"))).await;
    let found = iam.find_principal(&role.id()).await.unwrap();
    assert_eq!(found, None, "another role has its name now");
    iam.close_account(&account(ABROAD), &account(HOME)).await.unwrap();
    assert_eq!(iam.find_principal(&carol.id()).await.unwrap(), None, "the account is closed");
}

async fn keys_tell_their_account(engine: Engine) {
    let world = World::with_two_accounts(engine).await;
    for kind in [KeyKind::LongTerm, KeyKind::Temporary] {
        let id = kind.access_key_id(&account(ABROAD), [7; 10]);
        let found = world.iam.get_access_key_info(&id).await.unwrap();
        assert_eq!(found, account(ABROAD));
    }
    assert!(world.iam.get_access_key_info("unknown-key").await.is_err());
}
