use db::on_both_engines;
use db::testing::Engine;
use iam::{AuthorizationDetail, DetailKind, NewOidcProvider, Page, PolicyHolder, Tagged};
use names::{IamPath, InstanceProfileName};

use crate::house::{House, PULL, TRUST, first, policy_arn, policy_name, role_name, sentence};

on_both_engines!(
    an_instance_profile_has_one_role,
    an_identity_provider_is_trusted_once,
    what_has_tags_can_lose_them,
    an_accounts_rights_are_read_page_by_page,
);

async fn an_instance_profile_has_one_role(engine: Engine) {
    let house = House::new(engine).await;
    let (iam, account) = (house.iam(), &house.account);
    let node = || InstanceProfileName::parse("node").unwrap();
    house.role("ci", TRUST).await.unwrap();
    let tags = vec![("team".to_owned(), "a".to_owned())];
    let made = iam.create_instance_profile(account, IamPath::root(), node(), tags).await;
    assert_eq!(made.unwrap().profile.arn(), "arn:aws:iam::123456789012:instance-profile/node");
    let add = async || iam.add_role_to_instance_profile(account, node(), role_name("ci")).await;
    add().await.unwrap();
    assert_eq!(
        sentence(add().await),
        "Cannot exceed quota for InstanceSessionsPerInstanceProfile: 1"
    );
    let words = "Cannot delete entity, must remove roles from instance profile first.";
    assert_eq!(sentence(iam.delete_role(account, role_name("ci")).await), words);
    assert_eq!(sentence(iam.delete_instance_profile(account, node()).await), words);
    let found = iam.list_instance_profiles_for_role(account, role_name("ci"), first(9)).await;
    let found = found.unwrap().rows;
    assert_eq!(found[0].role.as_ref().unwrap().role.identity.name, role_name("ci"));
    assert_eq!(found[0].tags, [("team".to_owned(), "a".to_owned())]);
    iam.remove_role_from_instance_profile(account, node(), role_name("ci")).await.unwrap();
    iam.delete_instance_profile(account, node()).await.unwrap();
    let gone = iam.get_instance_profile(account, node()).await;
    assert_eq!(sentence(gone), "Instance Profile node cannot be found.");
}

fn github() -> NewOidcProvider {
    NewOidcProvider {
        url: "https://token.actions.githubusercontent.com".to_owned(),
        clients: vec!["sts.amazonaws.com".to_owned()],
        thumbprints: vec!["6938fd4d98bab03faadb97b34396831e3780aea1".to_owned()],
        tags: vec![("team".to_owned(), "ci".to_owned())],
    }
}

async fn an_identity_provider_is_trusted_once(engine: Engine) {
    let house = House::new(engine).await;
    let (iam, account) = (house.iam(), &house.account);
    let arn = iam.create_open_id_connect_provider(account, github()).await.unwrap();
    let expected = "arn:aws:iam::123456789012:oidc-provider/token.actions.githubusercontent.com";
    assert_eq!(arn, expected);
    let again = iam.create_open_id_connect_provider(account, github()).await;
    assert_eq!(
        sentence(again),
        "Provider with url https://token.actions.githubusercontent.com already exists."
    );
    let client = || "other".to_owned();
    let add = iam.add_client_id_to_open_id_connect_provider(account, arn.clone(), client());
    add.await.unwrap();
    let many = (0..99).map(|at| format!("client-{at:02}"));
    let mut refused = None;
    for client in many {
        let added = iam.add_client_id_to_open_id_connect_provider(account, arn.clone(), client);
        refused = added.await.err().or(refused);
    }
    assert_eq!(
        sentence(Err::<(), _>(refused.unwrap())),
        "Cannot exceed quota for ClientIdsPerOpenIdConnectProvider: 100"
    );
    let remove = iam.remove_client_id_from_open_id_connect_provider(account, arn.clone(), client());
    remove.await.unwrap();
    let found = iam.get_open_id_connect_provider(account, arn.clone()).await.unwrap();
    assert_eq!(found.clients.len(), 99);
    assert_eq!(found.tags, [("team".to_owned(), "ci".to_owned())]);
    iam.delete_open_id_connect_provider(account, arn.clone()).await.unwrap();
    let gone = iam.get_open_id_connect_provider(account, arn.clone()).await;
    assert_eq!(sentence(gone), format!("OpenIDConnect Provider not found for arn {arn}"));
}

async fn what_has_tags_can_lose_them(engine: Engine) {
    let house = House::new(engine).await;
    let (iam, account) = (house.iam(), &house.account);
    house.role("ci", TRUST).await.unwrap();
    let arn = house.policy("pull", PULL).await.unwrap();
    for tagged in [Tagged::Role(role_name("ci")), Tagged::Policy(arn)] {
        let pair = |key: &str, value: &str| (key.to_owned(), value.to_owned());
        let tags = vec![pair("Team", "a"), pair("stage", "dev")];
        iam.tag_entity(account, tagged.clone(), tags).await.unwrap();
        let tags = vec![pair("team", "b")];
        iam.tag_entity(account, tagged.clone(), tags).await.unwrap();
        let listed = iam.list_entity_tags(account, tagged.clone(), first(10)).await;
        assert_eq!(listed.unwrap(), [pair("stage", "dev"), pair("team", "b")]);
        let keys = vec!["TEAM".to_owned(), "missing".to_owned()];
        iam.untag_entity(account, tagged.clone(), keys).await.unwrap();
        let listed = iam.list_entity_tags(account, tagged, first(10)).await;
        assert_eq!(listed.unwrap(), [pair("stage", "dev")]);
    }
}

async fn an_accounts_rights_are_read_page_by_page(engine: Engine) {
    let house = House::new(engine).await;
    let (iam, account) = (house.iam(), &house.account);
    house.user("alice").await;
    house.user("bob").await;
    house.role("ci", TRUST).await.unwrap();
    house.policy("pull", PULL).await.unwrap();
    let ci = PolicyHolder::Role(role_name("ci"));
    let read_only = policy_arn("arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly");
    iam.attach_policy(account, ci.clone(), read_only).await.unwrap();
    iam.put_inline_policy(account, ci, policy_name("own"), PULL.parse().unwrap()).await.unwrap();
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let page = Page { after: after.clone(), limit: 2 };
        let kinds = DetailKind::ALL.to_vec();
        let found = iam.get_account_authorization_details(account, kinds, page).await;
        let found = found.unwrap().rows;
        after = found.last().map(AuthorizationDetail::position);
        seen.extend(found.iter().map(AuthorizationDetail::position));
        if found.len() < 2 {
            break;
        }
    }
    assert_eq!(seen, ["aalice", "abob", "cci", "dpull", "eamazonec2containerregistryreadonly"]);
    let roles = vec![DetailKind::Role];
    let found = iam.get_account_authorization_details(account, roles, first(9)).await.unwrap();
    let [AuthorizationDetail::Role { policies, .. }] = found.rows.as_slice() else {
        panic!("there is one role: {found:?}")
    };
    assert_eq!((policies.inline.len(), policies.attached.len()), (1, 1));
}
