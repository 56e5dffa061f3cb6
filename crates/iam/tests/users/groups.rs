//! Groups hold users.

use db::on_both_engines;
use db::testing::Engine;
use iam::Page;
use names::IamPath;

use crate::house::{account, group, path, told, user, whole, world};

on_both_engines!(
    a_group_holds_users_and_is_deleted_when_it_is_empty,
    a_user_is_in_ten_groups_at_most,
);

async fn a_group_holds_users_and_is_deleted_when_it_is_empty(engine: Engine) {
    let world = world(engine, &["alice", "bob"]).await;
    let iam = &world.iam;
    let (home, devs) = (account(), group("devs"));
    let missing = iam.add_user_to_group(&home, &devs, &user("alice")).await;
    assert_eq!(told(missing), "The group with name devs cannot be found.");
    let made = iam.create_group(&home, devs.clone(), path("/eng/")).await.unwrap();
    assert_eq!(made.arn(), "arn:aws:iam::123456789012:group/eng/devs");
    for name in ["alice", "bob", "alice"] {
        iam.add_user_to_group(&home, &devs, &user(name)).await.unwrap();
    }
    let (_, members) = iam.get_group(&home, &devs, whole()).await.unwrap();
    assert_eq!(members.len(), 2, "a user is in a group once");
    let first = Page { after: None, limit: 1 };
    let (_, page) = iam.get_group(&home, &devs, first).await.unwrap();
    let after = Page { after: Some(page[0].identity.id.to_string()), limit: 9 };
    let (_, rest) = iam.get_group(&home, &devs, after).await.unwrap();
    assert_eq!([page, rest].concat(), members);
    let delete = || iam.delete_group(&home, &devs);
    assert_eq!(told(delete().await), "Cannot delete entity, must remove users from group first.");
    for name in ["alice", "bob"] {
        iam.remove_user_from_group(&home, &devs, &user(name)).await.unwrap();
    }
    let gone = iam.remove_user_from_group(&home, &devs, &user("bob")).await;
    assert_eq!(told(gone), "The user with name bob cannot be found.");
    let renamed = iam.update_group(&home, &devs, None, Some(group("ops"))).await;
    renamed.unwrap();
    assert_eq!(told(delete().await), "The group with name devs cannot be found.");
    iam.delete_group(&home, &group("OPS")).await.unwrap();
    assert_eq!(iam.list_groups(&home, "/".to_owned(), whole()).await.unwrap(), []);
}

async fn a_user_is_in_ten_groups_at_most(engine: Engine) {
    let world = world(engine, &["alice"]).await;
    let iam = &world.iam;
    let join = async |number: usize| {
        let name = group(&format!("g{number:02}"));
        iam.create_group(&account(), name.clone(), IamPath::root()).await.unwrap();
        iam.add_user_to_group(&account(), &name, &user("alice")).await
    };
    for number in 0..10 {
        join(number).await.unwrap();
    }
    assert_eq!(told(join(10).await), "Cannot exceed quota for GroupsPerUser: 10");
    let groups = iam.list_groups_for_user(&account(), &user("alice"), whole()).await;
    assert_eq!(groups.unwrap().len(), 10, "the eleventh left no trace");
}
