//! A text with a NUL byte, which PostgreSQL cannot store, is refused by the verb that gets it, or
//! found nowhere: never a fault, and the same on both engines. Inputs of IAM and STS are refused
//! earlier, by `wire`, whatever the member.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[expect(dead_code, reason = "the fixture is made for more than this")]
mod fixture;

use db::on_both_engines;
use db::testing::Engine;
use fixture::{Wanted, World, manifest, pusher, repository};
use iam::{Asker, StsRefusal};
use names::{Digest, Principal};
use operations::{Failure, IfSame, LockOut, PutImage, Refusal, RepositorySettings};
use policy::Context;

on_both_engines!(
    a_zero_byte_is_refused_where_it_would_be_kept,
    a_zero_byte_is_found_nowhere,
    an_escaped_zero_byte_is_as_good_as_any_escape,
);

async fn world(engine: Engine) -> World {
    let world = World::new(engine);
    let web = repository("web");
    world.operations().iam().create_account(&web.registry.account).await.unwrap();
    world.operations().create_repository(&web, RepositorySettings::default()).await.unwrap();
    world
}

/// The refusal; a fault is what must not be.
fn refused<T: std::fmt::Debug>(outcome: Result<T, Failure>, what: &str) -> Refusal {
    match outcome {
        Err(Failure::Refused(refusal)) => refusal,
        other => panic!("{what}: {other:?}"),
    }
}

fn pairs(key: &str, value: &str) -> Vec<(String, String)> {
    vec![(key.to_owned(), value.to_owned())]
}

fn policy(statement: &str) -> String {
    format!(r#"{{"Version":"2012-10-17","Statement":[{statement}]}}"#)
}

const EVERYONE: &str = r#"{"Sid":"SID","Effect":"Allow","Principal":"*","Action":"ecr:*"}"#;

async fn a_zero_byte_is_refused_where_it_would_be_kept(engine: Engine) {
    let world = world(engine).await;
    let (operations, web, other) = (world.operations(), repository("web"), repository("other"));
    let root = Principal::Root { account: web.registry.account.clone() };
    let asker = Asker { principal: &root, session: None };
    let torn = policy(&EVERYONE.replace("SID", "S\0D"));
    let tagged = |tags| RepositorySettings { tags, ..RepositorySettings::default() };
    let set = operations.set_repository_policy(&asker, Context::new(), &web, &torn, LockOut::Meant);
    let registry = &web.registry;
    #[rustfmt::skip]
    let cases = [
        ("the key of a tag",      refused(operations.tag_resource(&web, pairs("a\0b", "")).await, "key"), "Repository(InvalidTag"),
        ("the value of a tag",    refused(operations.tag_resource(&web, pairs("a", "\0")).await, "value"), "Repository(InvalidTag"),
        ("a tag to be removed",   refused(operations.untag_resource(&web, vec!["\0".to_owned()]).await, "untag"), "Repository(InvalidTag"),
        ("a new one's tag",       refused(operations.create_repository(&other, tagged(pairs("a\0", "b"))).await, "create"), "Repository(InvalidTag"),
        ("a repository's policy", refused(set.await, "policy"), "InvalidParameter"),
        ("a registry's policy",   refused(operations.put_registry_policy(registry, &torn).await, "registry"), "InvalidParameter"),
        ("a setting",             refused(operations.put_account_setting(registry, "BLOB_MOUNTING", "ENABLED\0").await, "setting"), "InvalidParameter"),
        ("a setting's name",      refused(operations.put_account_setting(registry, "BLOB\0", "ENABLED").await, "name"), "InvalidParameter"),
    ];
    for (what, refusal, expected) in cases {
        assert!(format!("{refusal:?}").starts_with(expected), "{what}: {refusal:?}");
    }
}

async fn a_zero_byte_is_found_nowhere(engine: Engine) {
    let world = world(engine).await;
    let (operations, web) = (world.operations(), repository("web"));
    let unknown =
        operations.iam().require_trusted_issuer(&web.registry.account, "https://a\0b").await;
    let refusal = refused(unknown.map_err(Failure::from), "an issuer");
    assert!(matches!(refusal, Refusal::Sts(StsRefusal::InvalidIdentityToken(_))), "{refusal:?}");
    assert_eq!(operations.list_tags(&web, "v\0".to_owned(), 10).await.unwrap(), []);
    let after = Some("we\0".to_owned());
    assert_eq!(operations.list_repositories(&web.registry, after, 10).await.unwrap().len(), 1);
}

async fn an_escaped_zero_byte_is_as_good_as_any_escape(engine: Engine) {
    let world = world(engine).await;
    let (operations, web) = (world.operations(), repository("web"));
    let root = Principal::Root { account: web.registry.account.clone() };
    let asker = Asker { principal: &root, session: None };
    // Decoded it names no user; as written it has no zero byte.
    let unknown = r#"{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:user/a\u0000"},"Action":"ecr:*"}"#;
    let text = policy(unknown);
    let set = operations.set_repository_policy(&asker, Context::new(), &web, &text, LockOut::Meant);
    refused(set.await, "a policy that names no user");
    let annotated = operations::PushedManifest {
        annotations: Some(r#"{"note":"a\u0000b"}"#.to_owned()),
        subject: Some(Digest::sha256(b"subject")),
        ..manifest(&Wanted::default())
    };
    let put = PutImage { manifest: annotated, tags: Vec::new(), if_same: IfSame::Accept };
    operations.put_image(&web, put, &pusher()).await.unwrap();
    let subject = Digest::sha256(b"subject");
    let page =
        operations.list_image_referrers(&web, &subject, Vec::new(), None, None, 10).await.unwrap();
    assert_eq!(page.referrers[0].annotations.as_deref(), Some(r#"{"note":"a\u0000b"}"#));
}
