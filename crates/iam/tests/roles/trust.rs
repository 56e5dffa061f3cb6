use db::on_both_engines;
use db::testing::Engine;
use names::{RoleName, UserName};

use crate::house::{House, PULL, TRUST, first, policy_name, role_name, sentence};
use iam::PolicyHolder;

on_both_engines!(
    a_trust_policy_names_people_who_are_there,
    a_later_user_of_the_same_name_is_not_the_one_who_was_named,
    roles_are_found_without_regard_to_case_and_listed_in_order,
    a_role_goes_when_it_holds_nothing,
    malformed_trust_policies_are_refused_in_awss_words,
);

fn trusting(principal: &str) -> String {
    format!(
        r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"AWS":"{principal}"}},"Action":"sts:AssumeRole"}}]}}"#
    )
}

const ALICE: &str = "arn:aws:iam::123456789012:user/alice";
const ROOT: &str = "arn:aws:iam::123456789012:root";

async fn shown(house: &House, name: &str) -> String {
    let found = house.iam().get_role(&house.account, role_name(name)).await.unwrap();
    found.role.trust_policy
}

async fn a_trust_policy_names_people_who_are_there(engine: Engine) {
    let house = House::new(engine).await;
    house.user("alice").await;
    house.role("taken", TRUST).await.unwrap();
    let invalid = |principal: &str| format!("Invalid principal in policy: \"AWS\":\"{principal}\"");
    #[rustfmt::skip]
    let cases = [
        (ALICE,                                              true,  "alice is there"),
        ("arn:aws:iam::123456789012:user/bob",               false, "bob is not"),
        ("arn:aws:iam::123456789012:user/team/alice",        false, "alice is filed elsewhere"),
        ("arn:aws:iam::123456789012:role/team/taken",        true,  "so is the role"),
        ("arn:aws:iam::123456789012:role/taken",             false, "but not there"),
        (ROOT,                                               true,  "the account is"),
        ("123456789012",                                     true,  "by its number too, and is shown as its root"),
        ("arn:aws:iam::999999999999:user/bob",               true,  "nothing is known of other places"),
        ("AIDAAAAAAAAAAAAAAAAAA",                            false, "no user has this id"),
    ];
    for (at, (principal, accepted, because)) in cases.into_iter().enumerate() {
        let made = house.role(&format!("role-{at}"), &trusting(principal)).await;
        if accepted {
            let document = made.unwrap().role.trust_policy;
            let shown = if principal == "123456789012" { ROOT } else { principal };
            assert_eq!(document, trusting(shown), "{because}");
        } else {
            assert_eq!(sentence(made), invalid(principal), "{because}");
        }
    }
}

async fn a_later_user_of_the_same_name_is_not_the_one_who_was_named(engine: Engine) {
    let house = House::new(engine).await;
    house.user("alice").await;
    house.role("ci", &trusting(ALICE)).await.unwrap();
    assert_eq!(shown(&house, "ci").await, trusting(ALICE));

    let alice = UserName::parse("alice").unwrap();
    house.iam().delete_user(&house.account, &alice).await.unwrap();
    let orphaned = shown(&house, "ci").await;
    assert!(orphaned.contains(r#"{"AWS":"AIDA"#), "{orphaned}");

    house.user("alice").await;
    assert_eq!(shown(&house, "ci").await, orphaned, "the new alice is not the old one");
    let orphaned = orphaned.parse().unwrap();
    let again =
        house.iam().update_assume_role_policy(&house.account, role_name("ci"), orphaned).await;
    assert!(sentence(again).starts_with("Invalid principal in policy: \"AWS\":\"AIDA"));
}

async fn roles_are_found_without_regard_to_case_and_listed_in_order(engine: Engine) {
    let house = House::new(engine).await;
    for name in ["Beta", "alpha", "gamma"] {
        house.role(name, TRUST).await.unwrap();
    }
    assert_eq!(sentence(house.role("ALPHA", TRUST).await), "Role with name ALPHA already exists.");
    let found = house.iam().get_role(&house.account, role_name("beta")).await.unwrap();
    assert_eq!(found.role.identity.arn(), "arn:aws:iam::123456789012:role/team/Beta");
    let listed = house.iam().list_roles(&house.account, "/team".to_owned(), first(2)).await;
    let names: Vec<_> =
        listed.unwrap().rows.iter().map(|r| r.role.identity.name.to_string()).collect();
    assert_eq!(names, ["alpha", "Beta"]);
    let elsewhere = house.iam().list_roles(&house.account, "/x/".to_owned(), first(9)).await;
    assert!(elsewhere.unwrap().rows.is_empty());
}

async fn a_role_goes_when_it_holds_nothing(engine: Engine) {
    let house = House::new(engine).await;
    let (iam, account) = (house.iam(), &house.account);
    house.role("ci", TRUST).await.unwrap();
    let holder = PolicyHolder::Role(role_name("ci"));
    let delete = async |name: &str| iam.delete_role(account, role_name(name)).await;

    let pull = policy_name("pull");
    iam.put_inline_policy(account, holder.clone(), pull.clone(), PULL.parse().unwrap())
        .await
        .unwrap();
    assert_eq!(sentence(delete("ci").await), "Cannot delete entity, must delete policies first.");
    iam.delete_inline_policy(account, holder.clone(), pull).await.unwrap();

    let arn = house.policy("pull", PULL).await.unwrap();
    iam.attach_policy(account, holder.clone(), arn.clone()).await.unwrap();
    assert_eq!(
        sentence(delete("ci").await),
        "Cannot delete entity, must detach all policies first."
    );
    iam.detach_policy(account, holder, arn).await.unwrap();

    delete("ci").await.unwrap();
    assert_eq!(sentence(delete("ci").await), "The role with name ci cannot be found.");
}

async fn malformed_trust_policies_are_refused_in_awss_words(engine: Engine) {
    let house = House::new(engine).await;
    #[rustfmt::skip]
    let cases = [
        ("{",   "Syntax errors in policy.", "not JSON"),
        (PULL,  "", "an identity policy trusts no one"),
    ];
    for (document, words, because) in cases {
        let refused = document.parse::<policy::TrustPolicy>().unwrap_err().to_string();
        assert!(refused.contains(words) && !refused.is_empty(), "{because}: {refused}");
    }
    let long = trusting(&"1".repeat(12))
        .replace("Statement", &format!(r#"Id":"{}","Statement"#, "a".repeat(2_048)));
    let refused = sentence(house.role("ci", &long).await);
    assert_eq!(refused, "Cannot exceed quota for ACLSizePerRole: 2048");
    assert!(RoleName::parse("ci").is_ok());
}
