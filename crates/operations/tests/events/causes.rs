//! What is told of each thing that happens to an image.

use db::on_both_engines;
use db::testing::Engine;
use names::{Digest, ImageId, ImageTag, StorageClass, Timestamp};
use operations::{IfSame, PutImage, TagVersion};

use crate::fixture::{Wanted, manifest, puller, pusher};
use crate::house::{DAY, House, id};

on_both_engines!(
    a_push_and_a_deletion_are_told_member_by_member,
    a_tag_that_moves_is_told_as_a_push_and_one_that_stays_is_not,
    a_deletion_is_told_tag_by_tag,
    what_a_policy_expires_is_told_as_a_deletion,
    a_move_between_storage_classes_is_told_and_so_is_that_of_referrers,
    a_rollback_and_a_restore_are_told_as_pushes,
    a_push_that_is_refused_tells_nothing,
    a_repository_that_is_deleted_does_not_tell_of_its_images,
);

fn told(action: &str, digest: &Digest, tag: &str) -> [String; 3] {
    [action.to_owned(), digest.to_string(), tag.to_owned()]
}

/// The text of an event, with `[id]` in the place of its id.
fn golden(line: &str) -> String {
    let event: serde_json::Value = serde_json::from_str(line).unwrap();
    line.replace(event["id"].as_str().unwrap(), "[id]")
}

async fn a_push_and_a_deletion_are_told_member_by_member(engine: Engine) {
    let mut house = House::new(engine).await;
    let (tagged, untagged) = (house.image(&["v1"]).await, house.image(&[]).await);
    house.delete(vec![ImageId::Digest(untagged.clone())]).await;
    let lines: Vec<String> = house.lines().await.iter().map(|line| golden(line)).collect();
    let expected = [
        format!(
            r#"{{"version":"0","id":"[id]","detail-type":"ECR Image Action","source":"aws.ecr","account":"123456789012","time":"1970-01-01T00:00:01Z","region":"us-east-1","resources":[],"detail":{{"result":"SUCCESS","repository-name":"web","image-digest":"{tagged}","action-type":"PUSH","image-tag":"v1"}}}}"#
        ),
        format!(
            r#"{{"version":"0","id":"[id]","detail-type":"ECR Image Action","source":"aws.ecr","account":"123456789012","time":"1970-01-01T00:00:02Z","region":"us-east-1","resources":[],"detail":{{"result":"SUCCESS","repository-name":"web","image-digest":"{untagged}","action-type":"PUSH"}}}}"#
        ),
        format!(
            r#"{{"version":"0","id":"[id]","detail-type":"ECR Image Action","source":"aws.ecr","account":"123456789012","time":"1970-01-01T00:00:02Z","region":"us-east-1","resources":[],"detail":{{"result":"SUCCESS","repository-name":"web","image-digest":"{untagged}","action-type":"DELETE"}}}}"#
        ),
    ];
    assert_eq!(lines, expected);
    let again = house.lines().await;
    assert_eq!(again, house.lines().await, "ids stay");
    let ids: std::collections::BTreeSet<String> =
        house.events().await.iter().map(|event| event["id"].to_string()).collect();
    assert_eq!(ids.len(), 3, "each has its own");
}

async fn a_tag_that_moves_is_told_as_a_push_and_one_that_stays_is_not(engine: Engine) {
    let house = House::new(engine).await;
    let wanted = |salt| Wanted { salt, ..Wanted::default() };
    let one = house.put(wanted(1), &["v1", "latest"]).await;
    let two = house.put(wanted(2), &["v2", "latest"]).await;
    house.put(wanted(2), &["v2"]).await;
    house.put(wanted(1), &[]).await;
    house.put(wanted(1), &["v1", "stable"]).await;
    let expected = [
        told("PUSH", &one, "v1"),
        told("PUSH", &one, "latest"),
        told("PUSH", &two, "v2"),
        told("PUSH", &two, "latest"),
        told("PUSH", &one, "stable"),
    ];
    assert_eq!(house.told().await, expected);
}

async fn a_deletion_is_told_tag_by_tag(engine: Engine) {
    let mut house = House::new(engine).await;
    let digest = house.image(&["v1", "v2", "v3"]).await;
    house.delete(vec![id("v2")]).await;
    house.delete(vec![ImageId::Digest(digest.clone())]).await;
    let deleted: Vec<_> = house.told().await.split_off(3);
    let expected = [
        told("DELETE", &digest, "v2"),
        told("DELETE", &digest, "v1"),
        told("DELETE", &digest, "v3"),
    ];
    assert_eq!(deleted, expected);
}

async fn what_a_policy_expires_is_told_as_a_deletion(engine: Engine) {
    let mut house = House::new(engine).await;
    let mut digests = Vec::new();
    for number in 0..30 {
        digests.push(house.image(&[&format!("v{number}")]).await);
    }
    let policy = r#"{"rules":[{"rulePriority":1,"selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":1},"action":{"type":"expire"}}]}"#;
    house.world.operations().put_lifecycle_policy(&house.web, policy).await.unwrap();
    house.world.clock.forward(DAY);
    house.world.run_due().await;
    let mut deleted = house.told().await.split_off(30);
    deleted.sort();
    let gone = digests[..29].iter().enumerate();
    let mut expected: Vec<_> =
        gone.map(|(number, digest)| told("DELETE", digest, &format!("v{number}"))).collect();
    expected.sort();
    assert_eq!(deleted, expected);
}

async fn a_move_between_storage_classes_is_told_and_so_is_that_of_referrers(engine: Engine) {
    let mut house = House::new(engine).await;
    let digest = house.image(&["v1"]).await;
    let signature = Wanted { subject: Some(digest.clone()), ..Wanted::default() };
    let signature = house.push(signature, &["signature"]).await;
    house.move_to("v1", StorageClass::Archive).await;
    house.world.clock.set(Timestamp::from_micros(7_250_000));
    house.move_to("v1", StorageClass::Standard).await;
    let lines: Vec<String> = house.lines().await[2..].iter().map(|line| golden(line)).collect();
    let event = |kind: &str, time: &str, digest: &Digest, rest: &str| {
        format!(
            r#"{{"version":"0","id":"[id]","detail-type":"{kind}","source":"aws.ecr","account":"123456789012","time":"{time}","region":"us-east-1","resources":[],"detail":{{"result":"SUCCESS","repository-name":"web","image-digest":"{digest}","action-type":"UPDATE_STORAGE_CLASS",{rest}}}}}"#
        )
    };
    let manifest = r#""manifest-media-type":"application/vnd.oci.image.manifest.v1+json""#;
    let archived = format!(r#""target-storage-class":"ARCHIVE",{manifest}"#);
    let restored = format!(
        r#""target-storage-class":"STANDARD",{manifest},"last-activated-at":"1970-01-01T00:00:07.25Z""#
    );
    let expected = [
        event("ECR Image Action", "1970-01-01T00:00:02Z", &digest, &archived),
        event("ECR Referrer Action", "1970-01-01T00:00:02Z", &signature, &archived),
        event("ECR Image Action", "1970-01-01T00:00:07Z", &digest, &restored),
        event("ECR Referrer Action", "1970-01-01T00:00:07Z", &signature, &restored),
    ];
    assert_eq!(lines, expected);
}

async fn a_rollback_and_a_restore_are_told_as_pushes(engine: Engine) {
    let mut house = House::new(engine).await;
    house.world.restart_undoing_within(DAY);
    let (one, two) = (house.image(&["latest"]).await, house.image(&["latest"]).await);
    let latest = ImageTag::parse("latest").unwrap();
    let before = TagVersion::Before;
    let operations = house.world.operations();
    operations.roll_back_tag(&house.web, latest, before, &puller()).await.unwrap();
    house.delete(vec![ImageId::Digest(two.clone())]).await;
    let operations = house.world.operations();
    operations.restore_image(&house.web, &two, None, &puller()).await.unwrap();
    let expected = [
        told("PUSH", &one, "latest"),
        told("PUSH", &two, "latest"),
        told("PUSH", &one, "latest"),
        told("DELETE", &two, ""),
        told("PUSH", &two, ""),
    ];
    assert_eq!(house.told().await, expected);
}

async fn a_push_that_is_refused_tells_nothing(engine: Engine) {
    let house = House::new(engine).await;
    let missing = (Digest::sha256(b"never pushed"), 12);
    let manifest = manifest(&Wanted { layers: vec![missing], ..Wanted::default() });
    let put =
        PutImage { manifest, tags: vec![ImageTag::parse("v1").unwrap()], if_same: IfSame::Refuse };
    let refused = house.world.operations().put_image(&house.web, put, &pusher()).await;
    assert!(refused.is_err());
    assert_eq!(house.lines().await, Vec::<String>::new());
}

async fn a_repository_that_is_deleted_does_not_tell_of_its_images(engine: Engine) {
    let mut house = House::new(engine).await;
    house.image(&["v1"]).await;
    house.world.operations().delete_repository(&house.web, true).await.unwrap();
    house.world.run_due().await;
    assert_eq!(house.lines().await.len(), 1, "the push alone");
}
