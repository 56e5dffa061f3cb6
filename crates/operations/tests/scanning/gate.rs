//! The pull gate: which images may not be pulled, and why.

use db::on_both_engines;
use db::testing::Engine;
use names::{Digest, ImageTag, MediaType, Reference, ScanStatus, Timestamp};
use operations::{
    Excuse, Failure, GateException, IfSame, ImageFailure, PullDecision, PullGate, PullGateRefusal,
    PutImage, Refusal, Severity, UnscannedImages, VexDocuments,
};

use crate::fixture::{Wanted, manifest, puller, pusher, repository};
use crate::house::{DAY, House, advisory, debian, dpkg, id, layer};

on_both_engines!(
    an_image_is_held_back_at_both_doors_and_let_go_with_the_gate,
    a_changed_advisory_opens_and_closes_the_gate,
    what_the_gate_excuses_passes,
    an_exception_ends_by_itself,
    an_image_that_was_not_scanned_passes_only_if_the_gate_says_so,
    a_gate_is_about_some_repositories,
    documents_of_vex_excuse_if_the_gate_accepts_them,
);

fn gate(severity: Severity) -> PullGate {
    PullGate {
        severity,
        only_fixable: false,
        grace_days: 0,
        unscanned: UnscannedImages::Allow,
        repositories: Vec::new(),
        exceptions: Vec::new(),
        vex: VexDocuments::Ignore,
    }
}

async fn put(house: &House, gate: PullGate) {
    house.world.operations().put_pull_gate(&house.web.registry, gate).await.unwrap();
}

/// Pulls at the OCI door; the reason if the gate holds the image back.
async fn pull(house: &House, tag: &str) -> Result<(), String> {
    let reference = Reference::Tag(ImageTag::parse(tag).unwrap());
    let pulled = house.world.operations().pull_image(&house.web, &reference, &puller()).await;
    match pulled {
        Ok(_) => Ok(()),
        Err(Failure::Refused(Refusal::PullGate(PullGateRefusal::HeldBack { why, .. }))) => Err(why),
        Err(other) => panic!("{other:?}"),
    }
}

/// The same at the AWS door.
async fn get(house: &House, tag: &str) -> Result<(), String> {
    let puller = puller();
    let batch = house.world.operations().batch_get_image(&house.web, vec![id(tag)], &puller);
    match batch.await.unwrap().remove(0) {
        Ok(_) => Ok(()),
        Err(ImageFailure::HeldBack(why)) => Err(why),
        Err(other) => panic!("{other:?}"),
    }
}

async fn explain(house: &House, tag: &str) -> (PullDecision, Option<String>) {
    let explained = house.world.operations().explain_pull(&house.web, id(tag)).await.unwrap();
    (explained.decision, explained.why)
}

/// A registry with an image that has a vulnerability of openssl.
async fn house(engine: Engine, fixed: Option<&str>) -> House {
    let mut house = House::new(engine).await;
    house.import(&[advisory(1, "openssl", fixed, "high")]).await;
    house.push("v1", &[debian()]).await;
    house.run().await;
    house
}

async fn an_image_is_held_back_at_both_doors_and_let_go_with_the_gate(engine: Engine) {
    let house = house(engine, Some("3.0.11-1")).await;
    assert_eq!(pull(&house, "v1").await, Ok(()), "there is no gate");
    assert!(matches!(explain(&house, "v1").await, (PullDecision::NotGated(_), None)));
    let verb = house.world.operations();
    assert_eq!(verb.get_pull_gate(&house.web.registry).await.unwrap(), None);
    verb.delete_pull_gate(&house.web.registry).await.unwrap();
    put(&house, gate(Severity::High)).await;
    assert_eq!(verb.get_pull_gate(&house.web.registry).await.unwrap(), Some(gate(Severity::High)));
    let why = "it has 1 vulnerability of severity HIGH or above \
        (HIGH CVE-2024-1 in openssl 3.0.9-1, fixed in 3.0.11-1)";
    for _ in 0..2 {
        // The second time from memory.
        assert_eq!(pull(&house, "v1").await, Err(why.to_owned()));
        assert_eq!(get(&house, "v1").await, Err(why.to_owned()));
    }
    let (decision, told) = explain(&house, "v1").await;
    assert_eq!(told.as_deref(), Some(why));
    let PullDecision::Judged(judgement) = decision else { panic!("{decision:?}") };
    assert_eq!((judgement.counts.len(), judgement.excused.len()), (1, 0));
    put(&house, gate(Severity::Critical)).await;
    assert_eq!(pull(&house, "v1").await, Ok(()), "it is not that severe");
    put(&house, gate(Severity::Low)).await;
    assert!(get(&house, "v1").await.is_err(), "another gate at the same moment");
    verb.delete_pull_gate(&house.web.registry).await.unwrap();
    assert_eq!((pull(&house, "v1").await, get(&house, "v1").await), (Ok(()), Ok(())));
    put(&house, gate(Severity::Critical)).await;
    assert_eq!(pull(&house, "v1").await, Ok(()), "what was decided before counts no more");
}

async fn a_changed_advisory_opens_and_closes_the_gate(engine: Engine) {
    let house = house(engine, None).await;
    put(&house, gate(Severity::High)).await;
    assert!(pull(&house, "v1").await.is_err());
    let first = advisory(1, "openssl", Some("3.0.8"), "high").replace("2024-05-01", "2024-06-01");
    house.import(&[first]).await;
    house.run().await;
    assert_eq!(pull(&house, "v1").await, Ok(()), "its version is without it");
    house.import(&[advisory(2, "openssl", None, "high")]).await;
    house.world.clock.forward(DAY);
    house.run().await;
    assert!(pull(&house, "v1").await.unwrap_err().contains("CVE-2024-2"));
}

async fn what_the_gate_excuses_passes(engine: Engine) {
    let house = house(engine, None).await;
    put(&house, PullGate { only_fixable: true, ..gate(Severity::High) }).await;
    assert_eq!(pull(&house, "v1").await, Ok(()));
    let (PullDecision::Judged(judgement), None) = explain(&house, "v1").await else { panic!() };
    assert_eq!(judgement.excused[0].1, Excuse::NotFixable);
    put(&house, PullGate { grace_days: 2, ..gate(Severity::High) }).await;
    assert_eq!(pull(&house, "v1").await, Ok(()), "it is new");
    house.world.clock.forward(DAY);
    assert_eq!(pull(&house, "v1").await, Ok(()), "it has a day left");
    house.world.clock.forward(DAY);
    assert!(pull(&house, "v1").await.is_err(), "the grace is over, and the decision with it");
}

fn exception(house: &House, days: u32) -> GateException {
    GateException {
        vulnerability: "CVE-2024-1".to_owned(),
        package: Some("openssl".to_owned()),
        repository: None,
        reason: "not reached".to_owned(),
        ends_at: now(house).plus(DAY * days),
    }
}

fn now(house: &House) -> Timestamp {
    names::Clock::now(&*house.world.clock)
}

async fn an_exception_ends_by_itself(engine: Engine) {
    let house = house(engine, None).await;
    let exceptions = vec![exception(&house, 3)];
    put(&house, PullGate { exceptions, ..gate(Severity::High) }).await;
    assert_eq!(pull(&house, "v1").await, Ok(()));
    let (PullDecision::Judged(judgement), None) = explain(&house, "v1").await else { panic!() };
    let ends_at = now(&house).plus(DAY * 3);
    let expected = Excuse::Exception { reason: "not reached".to_owned(), ends_at };
    assert_eq!(judgement.excused[0].1, expected);
    house.world.clock.forward(DAY * 3);
    assert!(pull(&house, "v1").await.is_err(), "also where the decision was kept");
}

async fn an_image_that_was_not_scanned_passes_only_if_the_gate_says_so(engine: Engine) {
    let mut house = House::new(engine).await;
    house.import(&[advisory(1, "bash", None, "high")]).await;
    put(&house, gate(Severity::Low)).await;
    house.push("v1", &[debian()]).await;
    assert_eq!(pull(&house, "v1").await, Ok(()));
    put(&house, PullGate { unscanned: UnscannedImages::Refuse, ..gate(Severity::Low) }).await;
    let why = pull(&house, "v1").await.unwrap_err();
    assert_eq!(why, "there are no findings yet of its scan, which is IN_PROGRESS");
    house.run().await;
    assert_eq!(pull(&house, "v1").await, Ok(()), "nothing was found");
    let unknown = layer(&[("app", "hello")]);
    house.push("v2", &[unknown]).await;
    house.run().await;
    assert_eq!(house.status("v2").await.0, ScanStatus::Failed);
    assert!(pull(&house, "v2").await.unwrap_err().ends_with("FAILED"));
    let quiet = repository("quiet");
    house.create(&quiet, false).await;
    let status = dpkg(&[("zlib1g", "1", "zlib")]);
    house.push_to(&quiet, "v1", &[layer(&[("var/lib/dpkg/status", &status)])]).await;
    house.web = quiet;
    assert_eq!(pull(&house, "v1").await.unwrap_err(), "it was not scanned");
}

async fn a_gate_is_about_some_repositories(engine: Engine) {
    let house = house(engine, None).await;
    let of = |filter: &str| PullGate {
        repositories: vec!["other".to_owned(), filter.to_owned()],
        ..gate(Severity::High)
    };
    put(&house, of("prod/*")).await;
    assert_eq!(pull(&house, "v1").await, Ok(()));
    assert!(matches!(explain(&house, "v1").await, (PullDecision::NotGated(_), None)));
    put(&house, of("we*")).await;
    assert!(pull(&house, "v1").await.is_err());
}

/// Attaches a document of OpenVEX to an image.
async fn attach_vex(house: &House, image: &Digest, day: u64, status: &str) {
    let document = format!(
        r#"{{"@context":"https://openvex.dev/ns/v0.2.0","timestamp":"2024-01-{day:02}T00:00:00Z",
        "statements":[{{"vulnerability":{{"name":"CVE-2024-1"}},"status":"{status}"}}]}}"#
    );
    let layer = house.push_layer(&house.web, document.as_bytes()).await;
    let (layers, subject) = (vec![layer], Some(image.clone()));
    let mut manifest = manifest(&Wanted { layers, subject, salt: day, ..Wanted::default() });
    manifest.artifact_type = Some(MediaType::parse("application/vnd.openvex+json").unwrap());
    let put = PutImage { manifest, tags: Vec::new(), if_same: IfSame::Refuse };
    house.world.operations().put_image(&house.web, put, &pusher()).await.unwrap();
}

async fn documents_of_vex_excuse_if_the_gate_accepts_them(engine: Engine) {
    let house = house(engine, None).await;
    let image = house.describe("v1").await.unwrap().image.digest;
    put(&house, gate(Severity::High)).await;
    attach_vex(&house, &image, 2, "not_affected").await;
    assert!(pull(&house, "v1").await.is_err(), "all who push could say so");
    put(&house, PullGate { vex: VexDocuments::Accept, ..gate(Severity::High) }).await;
    assert_eq!(pull(&house, "v1").await, Ok(()));
    let (PullDecision::Judged(judgement), None) = explain(&house, "v1").await else { panic!() };
    assert_eq!(judgement.excused[0].1, Excuse::Vex("not affected".to_owned()));
    attach_vex(&house, &image, 1, "affected").await;
    assert_eq!(pull(&house, "v1").await, Ok(()), "that was said before");
    attach_vex(&house, &image, 3, "under_investigation").await;
    assert!(pull(&house, "v1").await.is_err(), "it was taken back");
}
