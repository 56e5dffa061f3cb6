//! Principals whose pulls are not recorded.

use db::on_both_engines;
use db::testing::Engine;
use names::{ImageTag, Principal, Reference};
use operations::{Failure, Refusal, RegistryRefusal};

use crate::fixture::puller;
use crate::place::Place;

on_both_engines!(pulls_of_excluded_principals_are_not_recorded,);

async fn pulls_of_excluded_principals_are_not_recorded(engine: Engine) {
    let mut place = Place::new(engine).await;
    let excluded = puller();
    let Principal::Root { account } = &excluded else { panic!("the fixture pulls as root") };
    let other = Principal::Root { account: account.clone() };
    place.image(&["v1"]).await;
    let operations = place.world.operations();
    let registry = place.web.registry.clone();
    let arn = excluded.principal_arn();
    operations.register_pull_time_update_exclusion(&registry, &arn).await.unwrap();
    let again = operations.register_pull_time_update_exclusion(&registry, &arn).await;
    assert!(matches!(
        again,
        Err(Failure::Refused(Refusal::Registry(RegistryRefusal::ExclusionAlreadyExists(_))))
    ));
    let v1 = Reference::Tag(ImageTag::parse("v1").unwrap());
    let pulled_at = async || {
        operations.record_pulls().await.unwrap();
        operations.find_manifest(&place.web, &v1).await.unwrap().pulled_at
    };
    operations.pull_image(&place.web, &v1, &excluded).await.unwrap();
    assert_eq!(pulled_at().await, None);
    operations.deregister_pull_time_update_exclusion(&registry, &arn).await.unwrap();
    operations.pull_image(&place.web, &v1, &other).await.unwrap();
    assert!(pulled_at().await.is_some());
    for number in 0..100 {
        let arn = format!("arn:aws:iam::{account}:user/{number}");
        operations.register_pull_time_update_exclusion(&registry, &arn).await.unwrap();
    }
    let more = operations.register_pull_time_update_exclusion(&registry, &arn).await;
    assert!(matches!(
        more,
        Err(Failure::Refused(Refusal::Registry(RegistryRefusal::TooManyExclusions { .. })))
    ));
}
