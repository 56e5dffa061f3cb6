//! Users are created, found, listed, renamed, tagged and deleted.

use db::on_both_engines;
use db::testing::Engine;
use iam::{NewUser, Page, Tagged};
use names::{IamPath, PolicyArn};

use crate::house::{
    account, group, made_key, names, new_user, of, other_account, pairs, path, told, user, whole,
    world,
};

on_both_engines!(
    of_two_who_create_one_name_at_once_one_wins,
    a_user_is_found_in_whatever_case_and_shown_as_it_was_spelled,
    users_are_listed_in_pages_by_name_and_by_path,
    a_renamed_user_stays_who_it_is,
    a_user_is_deleted_when_it_has_nothing_any_more,
    tags_are_fifty_and_their_keys_differ_by_more_than_case,
    a_boundary_is_a_policy_that_there_is,
);

async fn of_two_who_create_one_name_at_once_one_wins(engine: Engine) {
    let world = world(engine, &[]).await;
    let iam = &world.iam;
    let home = account();
    let (upper, lower) = tokio::join!(
        iam.create_user(&home, new_user("Alice")),
        iam.create_user(&home, new_user("alice"))
    );
    assert!(upper.is_ok() != lower.is_ok());
    let refused = if upper.is_ok() { lower } else { upper };
    let refused = told(refused);
    assert!(refused.starts_with("User with name ") && refused.ends_with(" already exists."));
    let (first, second) = tokio::join!(
        iam.create_group(&home, group("devs"), IamPath::root()),
        iam.create_group(&home, group("Devs"), IamPath::root())
    );
    assert!(first.is_ok() != second.is_ok());
    let other = world.iam.create_account(&other_account()).await;
    other.unwrap();
    iam.create_user(&other_account(), new_user("alice")).await.unwrap();
}

async fn a_user_is_found_in_whatever_case_and_shown_as_it_was_spelled(engine: Engine) {
    let world = world(engine, &[]).await;
    let iam = &world.iam;
    let tags = pairs(&[("Team", "a"), ("cost-center", "7")]);
    let new = NewUser { path: path("/division/"), tags: tags.clone(), ..new_user("Alice") };
    let made = iam.create_user(&account(), new).await.unwrap();
    let found = iam.get_user(&account(), &user("ALICE")).await.unwrap();
    assert_eq!(found.user, made.user);
    assert_eq!(found.user.identity.arn(), "arn:aws:iam::123456789012:user/division/Alice");
    assert_eq!(found.tags, [tags[1].clone(), tags[0].clone()]);
    assert_eq!(
        told(iam.get_user(&account(), &user("bob")).await),
        "The user with name bob cannot be found."
    );
    assert_eq!(
        told(iam.get_user(&other_account(), &user("alice")).await),
        "The user with name alice cannot be found."
    );
}

async fn users_are_listed_in_pages_by_name_and_by_path(engine: Engine) {
    let world = world(engine, &["Bob", "alice", "Dave"]).await;
    let iam = &world.iam;
    let carol = NewUser { path: path("/x/y/"), ..new_user("carol") };
    iam.create_user(&account(), carol).await.unwrap();
    assert_eq!(names(iam, "/", whole()).await, ["alice", "Bob", "carol", "Dave"]);
    let page = Page { after: Some("alice".to_owned()), limit: 2 };
    assert_eq!(names(iam, "/", page).await, ["Bob", "carol"]);
    #[rustfmt::skip]
    let cases = [
        ("/x/",   1, "its folder"),
        ("/x/y/", 1, "the whole path"),
        ("/x",    1, "a prefix is text"),
        ("/X/",   0, "paths differ in case"),
        ("/%/",   0, "nothing stands for anything"),
    ];
    for (prefix, count, because) in cases {
        assert_eq!(names(iam, prefix, whole()).await.len(), count, "{prefix}: {because}");
    }
}

async fn a_renamed_user_stays_who_it_is(engine: Engine) {
    let world = world(engine, &["alice", "bob"]).await;
    let iam = &world.iam;
    let id = iam.get_user(&account(), &user("alice")).await.unwrap().user.identity.id;
    let key = made_key(iam, of("alice")).await.key.id;
    let rename =
        async |to: &str| iam.update_user(&account(), &user("alice"), None, Some(user(to))).await;
    assert_eq!(told(rename("BOB").await), "User with name BOB already exists.");
    iam.update_user(&account(), &user("alice"), Some(path("/staff/")), Some(user("ALICE")))
        .await
        .unwrap();
    let known = iam.find_known_key(&key).await.unwrap().unwrap();
    assert_eq!(known.principal.arn(), "arn:aws:iam::123456789012:user/staff/ALICE");
    rename("carol").await.unwrap();
    let carol = iam.get_user(&account(), &user("carol")).await.unwrap().user.identity;
    assert_eq!((carol.id, carol.path), (id, path("/staff/")));
    assert_eq!(told(rename("eve").await), "The user with name alice cannot be found.");
}

async fn a_user_is_deleted_when_it_has_nothing_any_more(engine: Engine) {
    let world = world(engine, &["alice"]).await;
    let iam = &world.iam;
    let (home, alice) = (account(), user("alice"));
    iam.create_group(&home, group("devs"), IamPath::root()).await.unwrap();
    iam.add_user_to_group(&home, &group("devs"), &alice).await.unwrap();
    iam.tag_entity(&home, Tagged::User(alice.clone()), pairs(&[("a", "b")])).await.unwrap();
    let key = made_key(iam, of("alice")).await.key.id;
    let delete = || iam.delete_user(&home, &alice);
    assert_eq!(told(delete().await), "Cannot delete entity, must delete access keys first.");
    iam.delete_access_key(&home, of("alice"), key).await.unwrap();
    assert_eq!(told(delete().await), "Cannot delete entity, must remove users from group first.");
    iam.remove_user_from_group(&home, &group("devs"), &alice).await.unwrap();
    delete().await.unwrap();
    assert_eq!(told(delete().await), "The user with name alice cannot be found.");
    let again = iam.create_user(&home, new_user("alice")).await.unwrap();
    assert_eq!(again.tags, [], "a new user of an old name has nothing of it");
    assert_eq!(world.db.integrity_check().await.unwrap(), [] as [String; 0]);
}

async fn tags_are_fifty_and_their_keys_differ_by_more_than_case(engine: Engine) {
    let world = world(engine, &["alice"]).await;
    let iam = &world.iam;
    let (home, tagged) = (account(), Tagged::User(user("alice")));
    let tag = |tags: &[(&str, &str)]| iam.tag_entity(&home, tagged.clone(), pairs(tags));
    tag(&[("Team", "a"), ("b", "")]).await.unwrap();
    tag(&[("team", "c")]).await.unwrap();
    let listed = async || iam.list_entity_tags(&home, tagged.clone(), whole()).await.unwrap();
    assert_eq!(listed().await, pairs(&[("b", ""), ("team", "c")]), "the last spelling counts");
    #[rustfmt::skip]
    let cases: &[(&[(&str, &str)], &str)] = &[
        (&[("k", "1"), ("K", "2")], "Duplicate tag keys found. Please note that Tag keys are case insensitive."),
        (&[("Aws:x", "1")],         "Tag keys that begin with aws: are reserved."),
    ];
    for (tags, words) in cases {
        assert_eq!(told(tag(tags).await), *words);
    }
    let many: Vec<_> = (0..48).map(|number| (format!("k{number}"), String::new())).collect();
    iam.tag_entity(&home, tagged.clone(), many).await.unwrap();
    assert_eq!(
        told(tag(&[("one-more", "")]).await),
        "The number of tags has reached the maximum limit."
    );
    iam.untag_entity(&home, tagged.clone(), vec!["TEAM".to_owned(), "no".to_owned()])
        .await
        .unwrap();
    tag(&[("one-more", "")]).await.unwrap();
    assert_eq!(listed().await.len(), 50);
}

async fn a_boundary_is_a_policy_that_there_is(engine: Engine) {
    let world = world(engine, &[]).await;
    let iam = &world.iam;
    let bounded = async |name: &str, arn: &str| {
        let new = NewUser { boundary: Some(PolicyArn::parse(arn).unwrap()), ..new_user(name) };
        iam.create_user(&account(), new).await
    };
    let own = "arn:aws:iam::123456789012:policy/none";
    assert_eq!(
        told(bounded("alice", own).await),
        "Scope ARN: arn:aws:iam::123456789012:policy/none does not exist or is not attachable."
    );
    let managed = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly";
    let made = bounded("alice", managed).await.unwrap();
    assert_eq!(made.user.boundary.as_ref().map(PolicyArn::as_str), Some(managed));
}
