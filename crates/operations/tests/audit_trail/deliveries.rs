//! What is delivered, and when.

use db::on_both_engines;
use db::testing::Engine;

use crate::place::{HOUR, MINUTE, Place, event, home, registry};

on_both_engines!(
    records_leave_in_log_files_and_digest_files_name_them,
    an_hour_without_events_has_a_digest_file_too,
    registries_have_files_keys_and_chains_of_their_own,
    a_call_under_way_is_delivered_with_its_end,
    a_call_that_takes_long_is_delivered_again_with_its_end,
);

async fn records_leave_in_log_files_and_digest_files_name_them(engine: Engine) {
    let place = Place::new(engine).await;
    for number in 1..=3 {
        place.keep(&home(), number).await;
        place.pass(MINUTE).await;
    }
    let ids: Vec<String> =
        place.delivered("trail", &home()).into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, [1, 2, 3].map(|number| event(number).to_string()));
    assert_eq!(place.files("trail").len(), 3, "no digest file yet");

    place.pass(HOUR).await;
    let files = place.files("trail");
    let digests: Vec<&String> = files.iter().filter(|key| key.contains("-Digest/")).collect();
    let [digest] = digests[..] else { panic!("{files:?}") };
    let said = place.said("trail", digest);
    assert_eq!(said["digestS3Bucket"], "logs");
    assert_eq!(said["digestS3Object"], format!("some/prefix/{digest}"));
    assert_eq!(said["digestStartTime"], "2027-01-15T08:00:00Z");
    assert_eq!(said["digestEndTime"], "2027-01-15T09:00:00Z");
    assert_eq!(said["oldestEventTime"], "2027-01-15T08:00:00Z");
    assert_eq!(said["newestEventTime"], "2027-01-15T08:02:00Z");
    assert!(said["previousDigestSignature"].is_null(), "{said}");
    assert_eq!(said["logFiles"].as_array().unwrap().len(), 3);

    let checked = place.verified("trail").await;
    assert_eq!(checked.problems, []);
    assert_eq!((checked.valid_digests, checked.valid_logs, checked.unnamed_logs), (1, 3, 0));
}

async fn an_hour_without_events_has_a_digest_file_too(engine: Engine) {
    let place = Place::new(engine).await;
    place.keep(&home(), 1).await;
    for _ in 0..4 {
        place.pass(HOUR).await;
    }
    place.keep(&home(), 2).await;
    place.pass(MINUTE).await;
    let checked = place.verified("trail").await;
    assert_eq!(checked.problems, []);
    assert_eq!((checked.valid_digests, checked.valid_logs, checked.unnamed_logs), (4, 1, 1));
    assert!(checked.beginnings.is_empty());
}

async fn registries_have_files_keys_and_chains_of_their_own(engine: Engine) {
    let place = Place::new(engine).await;
    let others = [registry("222222222222", "us-east-1"), registry("123456789012", "eu-west-1")];
    for of in others.iter().chain([&home()]) {
        place.keep(of, 1).await;
    }
    place.pass(MINUTE).await;
    place.pass(HOUR).await;
    let mut fingerprints = std::collections::BTreeSet::new();
    for of in others.iter().chain([&home()]) {
        assert_eq!(place.delivered("trail", of).len(), 1, "{of:?}");
        let now = names::Timestamp::from_micros(i64::MAX);
        let keys = place.world.operations().list_public_keys(of, now).await.unwrap();
        fingerprints.extend(keys.into_iter().map(|key| key.fingerprint));
    }
    assert_eq!(fingerprints.len(), 3);
    let checked = place.verified("trail").await;
    assert_eq!(checked.problems, []);
    assert_eq!((checked.valid_digests, checked.valid_logs), (3, 3));
}

async fn a_call_under_way_is_delivered_with_its_end(engine: Engine) {
    let place = Place::new(engine).await;
    let operations = place.world.operations();
    operations.begin_call_records(vec![place.record(&home(), 1, "begun")]).await.unwrap();
    place.pass(MINUTE).await;
    assert_eq!(place.delivered("trail", &home()), []);
    operations.end_call_records(vec![place.record(&home(), 1, "ended")]).await.unwrap();
    place.pass(MINUTE).await;
    let ended = (event(1).to_string(), "ended".to_owned());
    assert_eq!(place.delivered("trail", &home()), [ended]);
}

async fn a_call_that_takes_long_is_delivered_again_with_its_end(engine: Engine) {
    let place = Place::new(engine).await;
    let operations = place.world.operations();
    operations.begin_call_records(vec![place.record(&home(), 1, "begun")]).await.unwrap();
    place.pass(6 * MINUTE).await;
    operations.end_call_records(vec![place.record(&home(), 1, "ended")]).await.unwrap();
    place.pass(MINUTE).await;
    let told = |text: &str| (event(1).to_string(), text.to_owned());
    assert_eq!(place.delivered("trail", &home()), [told("begun"), told("ended")]);
}
