//! Accounts, users, groups, their tags and their keys.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod fixture;

use std::time::Duration;

use fixture::World;
use names::{AccountId, GroupName, IamPath, KeyKind, Principal, Region, UserName};
use operations::{CreatedKey, Failure, KeyHolder, KeyStatus, NewUser, Operations, Page, Refusal};

fn account() -> AccountId {
    AccountId::parse("123456789012").unwrap()
}

fn other_account() -> AccountId {
    AccountId::parse("210987654321").unwrap()
}

fn user(name: &str) -> UserName {
    UserName::parse(name).unwrap()
}

fn group(name: &str) -> GroupName {
    GroupName::parse(name).unwrap()
}

fn path(text: &str) -> IamPath {
    IamPath::parse(text).unwrap()
}

fn new_user(name: &str) -> NewUser {
    NewUser { name: user(name), path: IamPath::root(), boundary: None, tags: Vec::new() }
}

fn whole() -> Page {
    Page { after: None, limit: 1_000 }
}

fn of(name: &str) -> KeyHolder {
    KeyHolder::User(user(name))
}

fn pairs(tags: &[(&str, &str)]) -> Vec<(String, String)> {
    tags.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
}

/// What a client reads when it is refused.
fn told<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> String {
    match outcome.expect_err("it is refused") {
        Failure::Refused(Refusal::Iam(refusal)) => refusal.to_string(),
        other => panic!("{other:?} is no refusal of IAM's"),
    }
}

/// A registry with one account and these users.
async fn world(users: &[&str]) -> World {
    let world = World::new();
    world.operations().create_account(&account()).await.unwrap();
    for name in users {
        world.operations().create_user(&account(), new_user(name)).await.unwrap();
    }
    world
}

async fn names(operations: &Operations, prefix: &str, page: Page) -> Vec<String> {
    let users = operations.list_users(&account(), prefix.to_owned(), page).await.unwrap();
    users.iter().map(|user| user.identity.name.to_string()).collect()
}

async fn made_key(operations: &Operations, holder: KeyHolder) -> CreatedKey {
    operations.create_access_key(&account(), holder).await.unwrap()
}

#[tokio::test]
async fn an_account_is_made_once_and_its_root_key_signs() {
    let world = world(&[]).await;
    let operations = world.operations();
    let made = operations.create_account(&other_account()).await.unwrap();
    assert_eq!(made.access_key_id.len(), 20);
    assert_eq!(KeyKind::account_of(&made.access_key_id), Some(other_account()));
    assert_eq!(made.secret.expose().len(), 40);
    let known = operations.find_known_key(&made.access_key_id).await.unwrap().unwrap();
    assert_eq!(known.principal, Principal::Root { account: other_account() });
    assert_eq!(known.secret.expose(), made.secret.expose());
    assert_eq!(
        told(operations.create_account(&other_account()).await),
        "Account with id 210987654321 already exists."
    );
}

#[tokio::test]
async fn a_closed_account_has_no_principals_and_keeps_its_id() {
    let world = world(&["alice"]).await;
    let operations = world.operations();
    let first = other_account();
    let root = operations.create_account(&first).await.unwrap();
    let key = made_key(operations, of("alice")).await.key.id;
    let epoch = operations.epochs().of_account(&account());
    operations.close_account(&account(), &first).await.unwrap();
    assert_ne!(operations.epochs().of_account(&account()), epoch, "who remembers it looks again");
    assert!(operations.find_known_key(&key).await.unwrap().is_none());
    assert!(operations.find_known_key(&root.access_key_id).await.unwrap().is_some());
    assert_eq!(
        told(operations.close_account(&account(), &first).await),
        "The account with id 123456789012 cannot be found."
    );
    assert_eq!(
        told(operations.create_account(&account()).await),
        "Account with id 123456789012 already exists."
    );
    assert_eq!(
        told(operations.close_account(&first, &first).await),
        "Cannot close the account that the other accounts are managed from."
    );
    let accounts = operations.list_accounts(whole()).await.unwrap();
    let seen: Vec<_> =
        accounts.iter().map(|account| (account.id.as_str(), account.closed_at.is_some())).collect();
    assert_eq!(seen, [("123456789012", true), ("210987654321", false)]);
}

#[tokio::test]
async fn of_two_who_create_one_name_at_once_one_wins() {
    let world = world(&[]).await;
    let operations = world.operations();
    let home = account();
    let (upper, lower) = tokio::join!(
        operations.create_user(&home, new_user("Alice")),
        operations.create_user(&home, new_user("alice"))
    );
    assert!(upper.is_ok() != lower.is_ok());
    let refused = if upper.is_ok() { lower } else { upper };
    let refused = told(refused);
    assert!(refused.starts_with("User with name ") && refused.ends_with(" already exists."));
    let (first, second) = tokio::join!(
        operations.create_group(&home, group("devs"), IamPath::root()),
        operations.create_group(&home, group("Devs"), IamPath::root())
    );
    assert!(first.is_ok() != second.is_ok());
    let other = world.operations().create_account(&other_account()).await;
    other.unwrap();
    operations.create_user(&other_account(), new_user("alice")).await.unwrap();
}

#[tokio::test]
async fn a_user_is_found_in_whatever_case_and_shown_as_it_was_spelled() {
    let world = world(&[]).await;
    let operations = world.operations();
    let tags = pairs(&[("Team", "a"), ("cost-center", "7")]);
    let new = NewUser { path: path("/division/"), tags: tags.clone(), ..new_user("Alice") };
    let made = operations.create_user(&account(), new).await.unwrap();
    let found = operations.get_user(&account(), &user("ALICE")).await.unwrap();
    assert_eq!(found.user, made.user);
    assert_eq!(found.user.identity.arn(), "arn:aws:iam::123456789012:user/division/Alice");
    assert_eq!(found.tags, [tags[1].clone(), tags[0].clone()]);
    assert_eq!(
        told(operations.get_user(&account(), &user("bob")).await),
        "The user with name bob cannot be found."
    );
    assert_eq!(
        told(operations.get_user(&other_account(), &user("alice")).await),
        "The user with name alice cannot be found."
    );
}

#[tokio::test]
async fn users_are_listed_in_pages_by_name_and_by_path() {
    let world = world(&["Bob", "alice", "Dave"]).await;
    let operations = world.operations();
    let carol = NewUser { path: path("/x/y/"), ..new_user("carol") };
    operations.create_user(&account(), carol).await.unwrap();
    assert_eq!(names(operations, "/", whole()).await, ["alice", "Bob", "carol", "Dave"]);
    let page = Page { after: Some("alice".to_owned()), limit: 2 };
    assert_eq!(names(operations, "/", page).await, ["Bob", "carol"]);
    #[rustfmt::skip]
    let cases = [
        ("/x/",   1, "its folder"),
        ("/x/y/", 1, "the whole path"),
        ("/x",    1, "a prefix is text"),
        ("/X/",   0, "paths differ in case"),
        ("/%/",   0, "nothing stands for anything"),
    ];
    for (prefix, count, because) in cases {
        assert_eq!(names(operations, prefix, whole()).await.len(), count, "{prefix}: {because}");
    }
}

#[tokio::test]
async fn a_renamed_user_stays_who_it_is() {
    let world = world(&["alice", "bob"]).await;
    let operations = world.operations();
    let id = operations.get_user(&account(), &user("alice")).await.unwrap().user.identity.id;
    let key = made_key(operations, of("alice")).await.key.id;
    let rename = async |to: &str| {
        operations.update_user(&account(), &user("alice"), None, Some(user(to))).await
    };
    assert_eq!(told(rename("BOB").await), "User with name BOB already exists.");
    operations
        .update_user(&account(), &user("alice"), Some(path("/staff/")), Some(user("ALICE")))
        .await
        .unwrap();
    let known = operations.find_known_key(&key).await.unwrap().unwrap();
    assert_eq!(known.principal.arn(), "arn:aws:iam::123456789012:user/staff/ALICE");
    rename("carol").await.unwrap();
    let carol = operations.get_user(&account(), &user("carol")).await.unwrap().user.identity;
    assert_eq!((carol.id, carol.path), (id, path("/staff/")));
    assert_eq!(told(rename("eve").await), "The user with name alice cannot be found.");
}

#[tokio::test]
async fn a_user_is_deleted_when_it_has_nothing_any_more() {
    let world = world(&["alice"]).await;
    let operations = world.operations();
    let (home, alice) = (account(), user("alice"));
    operations.create_group(&home, group("devs"), IamPath::root()).await.unwrap();
    operations.add_user_to_group(&home, &group("devs"), &alice).await.unwrap();
    operations.tag_user(&home, &alice, pairs(&[("a", "b")])).await.unwrap();
    let key = made_key(operations, of("alice")).await.key.id;
    let delete = || operations.delete_user(&home, &alice);
    assert_eq!(told(delete().await), "Cannot delete entity, must delete access keys first.");
    operations.delete_access_key(&home, of("alice"), key).await.unwrap();
    assert_eq!(told(delete().await), "Cannot delete entity, must remove users from group first.");
    operations.remove_user_from_group(&home, &group("devs"), &alice).await.unwrap();
    delete().await.unwrap();
    assert_eq!(told(delete().await), "The user with name alice cannot be found.");
    let again = operations.create_user(&home, new_user("alice")).await.unwrap();
    assert_eq!(again.tags, [], "a new user of an old name has nothing of it");
    assert_eq!(world.db().integrity_check().unwrap(), [] as [String; 0]);
}

#[tokio::test]
async fn a_group_holds_users_and_is_deleted_when_it_is_empty() {
    let world = world(&["alice", "bob"]).await;
    let operations = world.operations();
    let (home, devs) = (account(), group("devs"));
    let missing = operations.add_user_to_group(&home, &devs, &user("alice")).await;
    assert_eq!(told(missing), "The group with name devs cannot be found.");
    let made = operations.create_group(&home, devs.clone(), path("/eng/")).await.unwrap();
    assert_eq!(made.arn(), "arn:aws:iam::123456789012:group/eng/devs");
    for name in ["alice", "bob", "alice"] {
        operations.add_user_to_group(&home, &devs, &user(name)).await.unwrap();
    }
    let (_, members) = operations.get_group(&home, &devs, whole()).await.unwrap();
    assert_eq!(members.len(), 2, "whoever is in a group is in it once");
    let first = Page { after: None, limit: 1 };
    let (_, page) = operations.get_group(&home, &devs, first).await.unwrap();
    let after = Page { after: Some(page[0].identity.id.to_string()), limit: 9 };
    let (_, rest) = operations.get_group(&home, &devs, after).await.unwrap();
    assert_eq!([page, rest].concat(), members);
    let delete = || operations.delete_group(&home, &devs);
    assert_eq!(told(delete().await), "Cannot delete entity, must remove users from group first.");
    for name in ["alice", "bob"] {
        operations.remove_user_from_group(&home, &devs, &user(name)).await.unwrap();
    }
    let gone = operations.remove_user_from_group(&home, &devs, &user("bob")).await;
    assert_eq!(told(gone), "The user with name bob cannot be found.");
    let renamed = operations.update_group(&home, &devs, None, Some(group("ops"))).await;
    renamed.unwrap();
    assert_eq!(told(delete().await), "The group with name devs cannot be found.");
    operations.delete_group(&home, &group("OPS")).await.unwrap();
    assert_eq!(operations.list_groups(&home, "/".to_owned(), whole()).await.unwrap(), []);
}

#[tokio::test]
async fn a_user_is_in_ten_groups_at_most() {
    let world = world(&["alice"]).await;
    let operations = world.operations();
    let join = async |number: usize| {
        let name = group(&format!("g{number:02}"));
        operations.create_group(&account(), name.clone(), IamPath::root()).await.unwrap();
        operations.add_user_to_group(&account(), &name, &user("alice")).await
    };
    for number in 0..10 {
        join(number).await.unwrap();
    }
    assert_eq!(told(join(10).await), "Cannot exceed quota for GroupsPerUser: 10");
    let groups = operations.list_groups_for_user(&account(), &user("alice"), whole()).await;
    assert_eq!(groups.unwrap().len(), 10, "the eleventh left no trace");
}

#[tokio::test]
async fn a_holder_has_two_keys_at_most() {
    let world = world(&["alice"]).await;
    let operations = world.operations();
    made_key(operations, KeyHolder::Root).await;
    for holder in [of("alice"), KeyHolder::Root] {
        while operations.list_access_keys(&account(), holder.clone(), whole()).await.unwrap().len()
            < 2
        {
            made_key(operations, holder.clone()).await;
        }
        let home = account();
        let (one, two) = tokio::join!(
            operations.create_access_key(&home, holder.clone()),
            operations.create_access_key(&home, holder.clone())
        );
        for refused in [one, two] {
            assert_eq!(told(refused), "Cannot exceed quota for AccessKeysPerUser: 2");
        }
    }
    let nobody = operations.create_access_key(&account(), of("bob")).await;
    assert_eq!(told(nobody), "The user with name bob cannot be found.");
}

#[tokio::test]
async fn a_key_signs_while_it_is_active_and_there() {
    let world = world(&["alice", "bob"]).await;
    let operations = world.operations();
    let CreatedKey { key, secret, user_name: _ } = made_key(operations, of("alice")).await;
    let id = key.id;
    let known = async || operations.find_known_key(&id).await.unwrap();
    assert_eq!(known().await.unwrap().secret.expose(), secret.expose());
    let set = async |holder, status| {
        operations.update_access_key(&account(), holder, id.clone(), status).await
    };
    for holder in [of("bob"), KeyHolder::Root] {
        let foreign = set(holder.clone(), KeyStatus::Inactive).await;
        assert_eq!(told(foreign), format!("The Access Key with id {id} cannot be found."));
        let foreign = operations.delete_access_key(&account(), holder, id.clone()).await;
        assert_eq!(told(foreign), format!("The Access Key with id {id} cannot be found."));
    }
    let before = known().await.unwrap().epoch;
    set(of("alice"), KeyStatus::Inactive).await.unwrap();
    assert!(known().await.is_none());
    set(of("alice"), KeyStatus::Active).await.unwrap();
    assert_ne!(known().await.unwrap().epoch, before, "who remembers it looks again");
    operations.delete_access_key(&account(), of("alice"), id.clone()).await.unwrap();
    assert!(known().await.is_none());
}

#[tokio::test]
async fn the_last_use_of_a_key_is_written_down() {
    let world = world(&["alice"]).await;
    let operations = world.operations();
    let id = made_key(operations, of("alice")).await.key.id;
    let last_use = async || {
        let (key, name) =
            operations.get_access_key_last_used(&account(), id.clone()).await.unwrap();
        assert_eq!(name, Some(user("alice")));
        key.last_use.map(|used| (used.at, used.service))
    };
    assert_eq!(last_use().await, None);
    let region = Region::parse("eu-west-1").unwrap();
    let first = operations_now(&world);
    operations.note_key_use(&id, &region, "ecr");
    assert_eq!(last_use().await, None, "it is kept in memory for a while");
    operations.record_key_uses().await.unwrap();
    assert_eq!(last_use().await, Some((first, "ecr".to_owned())));
    assert!(!Operations::key_use_is_news(Some(first), operations_now(&world)));
    world.clock.forward(Duration::from_mins(1));
    assert!(Operations::key_use_is_news(Some(first), operations_now(&world)));
    let foreign = operations.get_access_key_last_used(&other_account(), id.clone()).await;
    assert_eq!(told(foreign), format!("The Access Key with id {id} cannot be found."));
}

fn operations_now(world: &World) -> names::Timestamp {
    use names::Clock as _;
    world.clock.now()
}

#[tokio::test]
async fn tags_are_fifty_and_their_keys_differ_by_more_than_case() {
    let world = world(&["alice"]).await;
    let operations = world.operations();
    let (home, alice) = (account(), user("alice"));
    let tag = |tags: &[(&str, &str)]| operations.tag_user(&home, &alice, pairs(tags));
    tag(&[("Team", "a"), ("b", "")]).await.unwrap();
    tag(&[("team", "c")]).await.unwrap();
    let listed = async || operations.list_user_tags(&home, &alice, whole()).await.unwrap();
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
    operations.tag_user(&home, &alice, many).await.unwrap();
    assert_eq!(
        told(tag(&[("one-more", "")]).await),
        "The number of tags has reached the maximum limit."
    );
    operations.untag_user(&home, &alice, vec!["TEAM".to_owned(), "no".to_owned()]).await.unwrap();
    tag(&[("one-more", "")]).await.unwrap();
    assert_eq!(listed().await.len(), 50);
}

#[tokio::test]
async fn a_boundary_is_a_policy_that_there_is() {
    let world = world(&[]).await;
    let operations = world.operations();
    let bounded = async |name: &str, arn: &str| {
        let new = NewUser { boundary: Some(arn.to_owned()), ..new_user(name) };
        operations.create_user(&account(), new).await
    };
    let own = "arn:aws:iam::123456789012:policy/none";
    assert_eq!(
        told(bounded("alice", own).await),
        "Scope ARN: arn:aws:iam::123456789012:policy/none does not exist or is not attachable."
    );
    let managed = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly";
    let made = bounded("alice", managed).await.unwrap();
    assert_eq!(made.user.boundary.as_deref(), Some(managed));
}

#[tokio::test]
async fn a_summary_counts() {
    let world = world(&["alice", "bob"]).await;
    let operations = world.operations();
    operations.create_group(&account(), group("devs"), IamPath::root()).await.unwrap();
    let summary = operations.get_account_summary(&account()).await.unwrap();
    assert_eq!((summary.users, summary.groups, summary.root_has_keys), (2, 1, true));
    assert_eq!((summary.roles, summary.policies, summary.providers), (0, 0, 0));
}
