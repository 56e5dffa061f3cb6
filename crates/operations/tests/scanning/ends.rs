//! How scans end that cannot find anything.

use db::on_both_engines;
use db::testing::Engine;
use names::{ImageTag, ScanStatus, StorageClass};
use operations::{Failure, IfSame, PutImage, Refusal, ScanningRefusal};

use crate::fixture::{Wanted, manifest, pusher};
use crate::house::{DAY, DEBIAN, House, advisory, debian, dpkg, id, layer, of};

on_both_engines!(
    an_image_that_cannot_be_read_is_not_called_clean,
    what_is_no_image_is_not_scanned,
    an_image_of_a_repository_that_scans_by_hand_waits,
    an_archived_image_is_not_scanned,
);

async fn an_image_that_cannot_be_read_is_not_called_clean(engine: Engine) {
    let mut house = House::new(engine).await;
    house.import(&[advisory(1, "openssl", None, "high")]).await;
    house.import(&[of("PyPI", "PYSEC-2024-1", "jinja2", Some("3"), "")]).await;
    let whole = debian();
    let garbled = layer(&[("etc/os-release", DEBIAN), ("var/lib/dpkg/status", "\u{0}\u{1}")]);
    let scratch = layer(&[("app", "hello")]);
    let jar = layer(&[
        ("etc/os-release", DEBIAN),
        ("var/lib/dpkg/status", &dpkg(&[("bash", "5", "bash")])),
        ("app/a.jar", "this is no archive"),
    ]);
    let unsupported =
        "UnsupportedImageError: The operating system and/or package manager are not supported.";
    #[rustfmt::skip]
    let cases = [
        // tag       layers                             status                description contains
        ("cut",      vec![whole[..900].to_vec()],       ScanStatus::Failed,   "ends too early"),
        ("noise",    vec![b"noise".repeat(500)],        ScanStatus::Failed,   "not an archive"),
        ("scratch",  vec![scratch],                     ScanStatus::Failed,   unsupported),
        ("garbled",  vec![garbled],                     ScanStatus::Failed,   ""),
        ("jar",      vec![jar],                         ScanStatus::Complete, "app/a.jar"),
        ("empty",    vec![],                            ScanStatus::Failed,   unsupported),
    ];
    for (tag, layers, status, contains) in cases {
        house.push(tag, &layers).await;
        house.run().await;
        let (ended, description) = house.status(tag).await;
        assert_eq!(ended, status, "{tag}: {description}");
        assert!(description.contains(contains), "{tag}: {description}");
        let has_counts = house.counts(tag).await.is_some();
        assert_eq!(has_counts, status == ScanStatus::Complete, "{tag}");
    }
}

async fn what_is_no_image_is_not_scanned(engine: Engine) {
    let mut house = House::new(engine).await;
    let child = house.push("v1", &[debian()]).await;
    let index = manifest(&Wanted { children: vec![child], ..Wanted::default() });
    let tags = vec![ImageTag::parse("all").unwrap()];
    let put = PutImage { manifest: index, tags, if_same: IfSame::Refuse };
    house.world.operations().put_image(&house.web, put, &pusher()).await.unwrap();
    house.run().await;
    let described = house.describe("all").await;
    let Err(Failure::Refused(Refusal::Scanning(refusal))) = described else { panic!() };
    assert!(matches!(refusal, ScanningRefusal::ScanNotFound { .. }));
    let started = house.world.operations().start_image_scan(&house.web, id("all")).await;
    let Err(Failure::Refused(Refusal::Scanning(refusal))) = started else { panic!() };
    assert!(matches!(refusal, ScanningRefusal::UnsupportedImageType { .. }));
}

async fn an_image_of_a_repository_that_scans_by_hand_waits(engine: Engine) {
    let mut house = House::new(engine).await;
    house.import(&[advisory(1, "openssl", None, "high")]).await;
    let verb = house.world.operations();
    verb.put_image_scanning_configuration(&house.web, false).await.unwrap();
    house.push("v1", &[debian()]).await;
    house.run().await;
    let described = house.describe("v1").await;
    assert!(matches!(described, Err(Failure::Refused(Refusal::Scanning(_)))));
    assert_eq!(house.counts("v1").await, None);
    house.world.operations().start_image_scan(&house.web, id("v1")).await.unwrap();
    house.run().await;
    assert_eq!(house.findings("v1").await.len(), 1);
}

async fn an_archived_image_is_not_scanned(engine: Engine) {
    let mut house = House::new(engine).await;
    house.import(&[advisory(1, "openssl", None, "high")]).await;
    house.push("v1", &[debian()]).await;
    house.run().await;
    let move_to =
        |target| house.world.operations().update_image_storage_class(&house.web, id("v1"), target);
    move_to(StorageClass::Archive).await.unwrap();
    assert_eq!(house.status("v1").await.0, ScanStatus::ImageArchived);
    assert_eq!(house.counts("v1").await, None);
    house.world.clock.forward(DAY);
    let started = house.world.operations().start_image_scan(&house.web, id("v1")).await;
    let Err(Failure::Refused(Refusal::Scanning(refusal))) = started else { panic!() };
    assert!(matches!(refusal, ScanningRefusal::ImageArchived { .. }));
    house.push("v2", &[debian()]).await;
    let move_to =
        |target| house.world.operations().update_image_storage_class(&house.web, id("v2"), target);
    move_to(StorageClass::Archive).await.unwrap();
    house.run().await;
    move_to(StorageClass::Standard).await.unwrap();
    house.run().await;
    assert_eq!(house.status("v2").await.0, ScanStatus::Complete, "its scan went on");
}
