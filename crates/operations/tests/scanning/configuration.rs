//! The configuration of a registry, and enhanced scans.

use db::on_both_engines;
use db::testing::Engine;
use names::{RegistryId, ScanFrequency, ScanStatus, ScanType};
use operations::{Failure, Refusal, ScanningConfiguration, ScanningRefusal, ScanningRule};

use crate::fixture::repository;
use crate::house::{DAY, DEBIAN, House, advisory, dpkg, id, layer, of};

on_both_engines!(
    a_configuration_is_put_and_read_and_an_unsound_one_refused,
    enhanced_scans_find_packages_of_languages_and_follow_the_advisories,
    activation_scans_what_was_pushed_lately,
);

pub(crate) fn rule(frequency: ScanFrequency, filters: &[&str]) -> ScanningRule {
    let filters = filters.iter().map(|filter| (*filter).to_owned()).collect();
    ScanningRule { frequency, filters }
}

pub(crate) async fn put(
    house: &House,
    scan_type: ScanType,
    rules: Vec<ScanningRule>,
) -> Result<ScanningConfiguration, Failure> {
    let verb = house.world.operations();
    verb.put_registry_scanning_configuration(&house.web.registry, Some(scan_type), rules).await
}

fn registry(house: &House) -> &RegistryId {
    &house.web.registry
}

async fn a_configuration_is_put_and_read_and_an_unsound_one_refused(engine: Engine) {
    use ScanFrequency::{ContinuousScan, Manual, ScanOnPush};
    let house = House::new(engine).await;
    let get = || house.world.operations().get_registry_scanning_configuration(registry(&house));
    assert_eq!(get().await.unwrap(), ScanningConfiguration::default());
    #[rustfmt::skip]
    let cases = [
        (ScanType::Basic,    vec![rule(ContinuousScan, &["*"])], "Invalid parameter failed to satisfy constraint: 'Invalid scan frequency for scanType BASIC: CONTINUOUS_SCAN'"),
        (ScanType::Enhanced, vec![rule(Manual, &["*"])],         "Invalid parameter failed to satisfy constraint: 'Invalid scan frequency for scanType ENHANCED: MANUAL'"),
        (ScanType::Basic,    vec![rule(ScanOnPush, &["a"]), rule(ScanOnPush, &["b"])], "Invalid input. Contains duplicate scan frequencies: [SCAN_ON_PUSH]"),
    ];
    for (scan_type, rules, text) in cases {
        let Err(Failure::Refused(refusal)) = put(&house, scan_type, rules).await else { panic!() };
        assert_eq!(refusal.to_string(), text);
    }
    let rules = vec![rule(ContinuousScan, &["prod"]), rule(ScanOnPush, &["*"])];
    let sound = put(&house, ScanType::Enhanced, rules).await.unwrap();
    assert_eq!(get().await.unwrap(), sound);
    let names = ["web", "prod", "gone"].map(|name| name.parse().unwrap()).to_vec();
    house.create(&repository("prod"), false).await;
    let verb = house.world.operations();
    let found = verb.batch_get_repository_scanning_configuration(registry(&house), names).await;
    let told: Vec<_> = found
        .unwrap()
        .into_iter()
        .map(|(name, scanning)| (name.to_string(), scanning.and_then(|it| it.applied.frequency)))
        .collect();
    let expected = [
        ("web".to_owned(), Some(ScanOnPush)),
        ("prod".to_owned(), Some(ContinuousScan)),
        ("gone".to_owned(), None),
    ];
    assert_eq!(told, expected);
    let started = house.world.operations().start_image_scan(&house.web, id("v1")).await;
    assert!(matches!(started, Err(Failure::Refused(Refusal::Image(_)))), "no such image first");
}

/// Debian with a package of Python.
fn python() -> Vec<u8> {
    layer(&[
        ("etc/os-release", DEBIAN),
        ("var/lib/dpkg/status", &dpkg(&[("openssl", "3.0.9-1", "openssl")])),
        (
            "usr/local/lib/python3/site-packages/jinja2-2.11.2.dist-info/METADATA",
            "Metadata-Version: 2.1\nName: Jinja2\nVersion: 2.11.2\n\n",
        ),
    ])
}

async fn enhanced_scans_find_packages_of_languages_and_follow_the_advisories(engine: Engine) {
    let mut house = House::new(engine).await;
    house.import(&[advisory(1, "openssl", None, "low")]).await;
    put(&house, ScanType::Enhanced, vec![rule(ScanFrequency::ContinuousScan, &["web"])])
        .await
        .unwrap();
    house.push("v1", &[python()]).await;
    assert_eq!(house.status("v1").await.0, ScanStatus::Pending);
    house.run().await;
    let (status, description) = house.status("v1").await;
    assert_eq!(status, ScanStatus::Active);
    let expected = "Continuous scan is selected for image. There are no advisories for PyPI: import them with `longshore advisories import`.";
    assert_eq!(description, expected);
    house.import(&[of("PyPI", "PYSEC-2021-66", "jinja2", Some("2.11.3"), "")]).await;
    house.run().await;
    let (status, description) = house.status("v1").await;
    assert_eq!(
        (status, &*description),
        (ScanStatus::Active, "Continuous scan is selected for image.")
    );
    let expected =
        ["LOW CVE-2024-1 openssl 3.0.9-1 none", "UNDEFINED PYSEC-2021-66 Jinja2 2.11.2 2.11.3"];
    assert_eq!(house.findings("v1").await, expected);
    let started = house.world.operations().start_image_scan(&house.web, id("v1")).await;
    let Err(Failure::Refused(Refusal::Scanning(refusal))) = started else { panic!() };
    assert_eq!(refusal, ScanningRefusal::FeatureDisabled);
    put(&house, ScanType::Basic, Vec::new()).await.unwrap();
    assert!(house.describe("v1").await.is_err(), "the other type's results are hidden");
    house.world.operations().start_image_scan(&house.web, id("v1")).await.unwrap();
    house.run().await;
    assert_eq!(house.findings("v1").await, ["LOW CVE-2024-1 openssl 3.0.9-1 none"]);
}

async fn activation_scans_what_was_pushed_lately(engine: Engine) {
    let mut house = House::new(engine).await;
    house.import(&[advisory(1, "openssl", None, "low")]).await;
    let off = repository("off");
    house.create(&off, false).await;
    house.push("old", &[python()]).await;
    house.world.clock.forward(10 * DAY);
    house.push("new", &[python()]).await;
    house.push_to(&off, "new", &[python()]).await;
    house.run().await;
    house.world.clock.forward(5 * DAY);
    put(&house, ScanType::Enhanced, vec![rule(ScanFrequency::ScanOnPush, &["web"])]).await.unwrap();
    house.run().await;
    assert_eq!(house.status("new").await.0, ScanStatus::Complete);
    assert!(house.describe("old").await.is_err(), "pushed before the last two weeks");
    let verb = house.world.operations();
    let of_off = verb.describe_image_scan_findings(&off, id("new"), None, 10).await;
    assert!(of_off.is_err(), "no filter takes its repository");
}
