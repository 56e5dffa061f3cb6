//! What runs, previews and restores tell, and who hears it.

use std::collections::BTreeMap;
use std::time::Duration;

use db::on_both_engines;
use db::testing::Engine;
use jobs::Lane;
use names::{Digest, RegistryId, StorageClass};
use operations::EventFilter;
use serde_json::{Value, json};

use crate::fixture::Wanted;
use crate::place::{ALWAYS, DAY, MINUTE, Place};

on_both_engines!(
    a_run_tells_what_it_did_and_one_that_did_nothing_tells_that,
    ten_images_are_told_in_an_event_and_a_hundred_tags_of_each,
    a_run_that_is_killed_between_its_steps_tells_of_each_image_once,
    a_job_that_is_killed_after_its_run_tells_nothing_twice,
    a_preview_is_told_once_with_its_numbers,
    the_end_of_a_restore_is_told,
    records_are_found_by_what_they_say_in_their_own_registry_alone,
    records_are_forgotten_after_their_time,
    without_audit_nothing_is_written_down,
);

const RUN: &str = "PolicyExecutionEvent";

impl Place {
    async fn told(&self, name: &str) -> Vec<Value> {
        self.events(EventFilter::Name(name.to_owned())).await
    }

    /// Lets the next run come, and ends it.
    async fn run_tomorrow(&self) {
        self.world.clock.forward(DAY + MINUTE);
        self.world.run_due().await;
    }
}

fn actions(event: &Value) -> &Vec<Value> {
    event["serviceEventDetails"]["lifecycleEventImageActions"].as_array().unwrap()
}

/// How often each image is told.
fn told_digests(events: &[Value]) -> BTreeMap<String, usize> {
    let mut told = BTreeMap::new();
    for action in events.iter().flat_map(actions) {
        let digest = action["lifecycleEventImage"]["digest"].as_str().unwrap().to_owned();
        *told.entry(digest).or_insert(0) += 1;
    }
    told
}

/// The record of a run that expired this image, with what differs from run to run.
fn record(event: &Value, old: &Digest, policy: &str) -> Value {
    let account = "123456789012";
    let arn = "arn:aws:ecr:us-east-1:123456789012:repository/web";
    json!({
        "eventVersion": "1.11",
        "userIdentity": { "accountId": account, "invokedBy": "AWS Internal" },
        "eventTime": event["eventTime"],
        "eventSource": "ecr.amazonaws.com",
        "eventName": RUN,
        "awsRegion": "us-east-1",
        "sourceIPAddress": "AWS Internal",
        "userAgent": "AWS Internal",
        "requestParameters": null,
        "responseElements": null,
        "additionalEventData": { "imagesEvaluated": 2, "imagesTaken": 1 },
        "eventID": event["eventID"],
        "readOnly": true,
        "resources": [{ "accountId": account, "type": "AWS::ECR::Repository", "ARN": arn }],
        "eventType": "AwsServiceEvent",
        "managementEvent": true,
        "recipientAccountId": account,
        "serviceEventDetails": {
            "repositoryName": "web",
            "lifecycleEventPolicy": {
                "lifecycleEventRules": [{
                    "rulePriority": 1,
                    "lifecycleEventSelection": {
                        "tagStatus": "Any", "tagPrefixList": [], "tagPatternList": [],
                        "countType": "Image count more than", "countNumber": 1,
                    },
                    "action": "expire",
                }],
                "lastEvaluatedAt": 0,
                "policyVersion": 1,
                "policyId": policy,
            },
            "lifecycleEventImageActions": [{
                "lifecycleEventImage": {
                    "digest": old.as_str(), "tagStatus": "Tagged", "tagList": ["v1", "v2"],
                    "pushedAt": actions(event)[0]["lifecycleEventImage"]["pushedAt"],
                },
                "rulePriority": 1,
            }],
            "lifecycleEventFailureDetails": [],
        },
        "eventCategory": "Management",
    })
}

async fn a_run_tells_what_it_did_and_one_that_did_nothing_tells_that(engine: Engine) {
    let mut place = Place::new(engine).await;
    let (old, _) = (place.image(&["v2", "v1"]).await, place.image(&[]).await);
    place.put_policy(&["any newest 1"]).await;
    place.run_tomorrow().await;
    let events = place.told(RUN).await;
    let [event] = &events[..] else { panic!("one run, one event: {events:?}") };
    let operations = place.world.operations();
    let policy = operations.get_lifecycle_policy(&place.web).await.unwrap();
    let details = &event["serviceEventDetails"];
    assert_eq!(actions(event)[0]["lifecycleEventImage"]["digest"], old.as_str());
    let expected = record(event, &old, policy.id.as_str());
    assert_eq!(event, &expected);
    assert!(details["lifecycleEventImageActions"][0]["lifecycleEventImage"]["pushedAt"].is_i64());
    assert!(event["eventTime"].as_str().unwrap().ends_with('Z'));

    place.run_tomorrow().await;
    let events = place.told(RUN).await;
    let [_, nothing] = &events[..] else { panic!("a day later: {events:?}") };
    assert_eq!(actions(nothing), &Vec::<Value>::new());
    let at = policy.last_evaluated_at.unwrap().as_micros() / 1_000;
    let written = &nothing["serviceEventDetails"]["lifecycleEventPolicy"];
    assert_eq!(written["lastEvaluatedAt"], at, "the run before");
    assert_eq!(nothing["additionalEventData"], json!({ "imagesEvaluated": 1, "imagesTaken": 0 }));

    place.put_policy(&["any newest 2"]).await;
    place.run_tomorrow().await;
    let written = place.told(RUN).await[2]["serviceEventDetails"]["lifecycleEventPolicy"].clone();
    let (version, id) = (&written["policyVersion"], &written["policyId"]);
    assert_eq!((version, id), (&json!(2), &json!(policy.id.as_str())), "the same, put again");
    assert_eq!(written["lastEvaluatedAt"], 0);
}

async fn ten_images_are_told_in_an_event_and_a_hundred_tags_of_each(engine: Engine) {
    let mut place = Place::new(engine).await;
    let tags: Vec<String> = (0..101).map(|tag| format!("v{tag}")).collect();
    let tags: Vec<&str> = tags.iter().map(String::as_str).collect();
    place.image(&tags).await;
    for _ in 0..24 {
        place.image(&[]).await;
    }
    place.put_policy(&["any days 1"]).await;
    place.run_tomorrow().await;
    assert_eq!(place.images().await, [], "it takes everything");
    let events = place.told(RUN).await;
    let images: Vec<usize> = events.iter().map(|event| actions(event).len()).collect();
    assert_eq!(images, [1, 10, 10, 4]);
    assert!(told_digests(&events).values().all(|times| *times == 1));
    let everything = json!({ "imagesEvaluated": 25, "imagesTaken": 25 });
    assert!(events.iter().all(|event| event["additionalEventData"] == everything));
    let tagged = events.iter().flat_map(actions);
    let listed = tagged.map(|action| &action["lifecycleEventImage"]["tagList"]);
    let longest = listed.map(|tags| tags.as_array().unwrap().len()).max();
    assert_eq!(longest, Some(100));
}

async fn a_run_that_is_killed_between_its_steps_tells_of_each_image_once(engine: Engine) {
    const IMAGES: usize = 700;
    let mut place = Place::new(engine).await;
    for _ in 0..IMAGES {
        place.image(&[]).await;
    }
    place.put_policy(&["untagged days 1"]).await;
    place.world.clock.forward(2 * DAY);
    // Each time another commit fails: of those that claim the job, of a step, of the end.
    let mut stops = 0;
    for nth in 1..12 {
        let before = place.images().await.len();
        place.world.db().faults().fail_commit(nth);
        let _ = place.world.run_lane(Lane::Lifecycle).await;
        place.world.db().faults().clear();
        let left = place.images().await.len();
        stops += usize::from(left > 0 && left < before);
        let told = told_digests(&place.told(RUN).await);
        assert_eq!(told.len(), IMAGES - left, "what is gone is told, and nothing else");
        assert!(told.values().all(|times| *times == 1), "commit {nth}");
        // A failed job is tried again after a while.
        place.world.clock.forward(Duration::from_hours(1));
    }
    assert!(stops > 0, "it was stopped in the middle");
    place.world.run_due().await;
    assert_eq!(place.images().await, []);
    let told = told_digests(&place.told(RUN).await);
    assert_eq!((told.len(), told.values().max()), (IMAGES, Some(&1)));
    place.is_in_order().await;
}

async fn a_job_that_is_killed_after_its_run_tells_nothing_twice(engine: Engine) {
    for nth in 1..8 {
        let mut place = Place::new(engine).await;
        place.image(&[]).await;
        place.put_policy(&["any newest 1"]).await;
        place.world.clock.forward(11 * MINUTE);
        place.world.db().faults().fail_commit(nth);
        let _ = place.world.run_lane(Lane::Lifecycle).await;
        place.world.db().faults().clear();
        for _ in 0..3 {
            place.world.clock.forward(Duration::from_hours(1));
            place.world.run_due().await;
        }
        assert_eq!(place.told(RUN).await.len(), 1, "commit {nth} fails");
        place.run_tomorrow().await;
        assert_eq!(place.told(RUN).await.len(), 2, "and the next day has its own");
    }
}

async fn a_preview_is_told_once_with_its_numbers(engine: Engine) {
    let mut place = Place::new(engine).await;
    for _ in 0..12 {
        place.image(&[]).await;
    }
    place.start_preview(&["any newest 1"]).await.unwrap();
    place.world.run_due().await;
    place.world.run_due().await;
    let events = place.told("DryRunEvent").await;
    assert_eq!(events.iter().map(|event| actions(event).len()).collect::<Vec<_>>(), [10, 1]);
    let numbers = json!({ "imagesEvaluated": 12, "imagesTaken": 11 });
    for event in &events {
        assert_eq!(event["additionalEventData"], numbers);
        let policy = &event["serviceEventDetails"]["lifecycleEventPolicy"];
        assert_eq!(policy["policyId"], Value::Null, "it is not the repository's own");
    }
    assert_eq!(place.images().await.len(), 12, "nothing was done");
    assert_eq!(place.told(RUN).await, Vec::<Value>::new());

    place.put_policy(&["any newest 20"]).await;
    let own = place.world.operations().start_lifecycle_policy_preview(&place.web, None);
    own.await.unwrap();
    place.world.run_due().await;
    let events = place.told("DryRunEvent").await;
    assert_eq!(events.len(), 3, "one without images");
    assert_eq!(actions(&events[2]), &Vec::<Value>::new());
    let policy = &events[2]["serviceEventDetails"]["lifecycleEventPolicy"];
    assert_eq!(policy["policyVersion"], 1);
}

async fn the_end_of_a_restore_is_told(engine: Engine) {
    let mut place = Place::new(engine).await;
    let digest = place.image(&["v1"]).await;
    let referrer = Wanted { subject: Some(digest.clone()), ..Wanted::default() };
    let referrer = place.push(referrer, &["signature"]).await;
    place.move_to("v1", StorageClass::Archive).await;
    place.world.run_due().await;
    assert_eq!(place.told("ImageActivationEvent").await, Vec::<Value>::new());
    place.move_to("v1", StorageClass::Standard).await;
    place.world.run_due().await;
    let events = place.told("ImageActivationEvent").await;
    let details: Vec<&Value> = events.iter().map(|event| &event["serviceEventDetails"]).collect();
    let restored = |digest: &Digest| {
        json!({
            "repositoryName": "web", "imageDigest": digest.as_str(),
            "targetStorageClass": "STANDARD", "result": "SUCCESS", "imageStatus": "ACTIVE",
        })
    };
    assert_eq!(details, [&restored(&digest), &restored(&referrer)]);
}

async fn records_are_found_by_what_they_say_in_their_own_registry_alone(engine: Engine) {
    let mut place = Place::new(engine).await;
    place.image(&[]).await;
    place.put_policy(&["any newest 1"]).await;
    place.start_preview(&["any newest 1"]).await.unwrap();
    place.run_tomorrow().await;
    let all = place.events(EventFilter::All).await;
    assert_eq!(all.len(), 2);
    let text = |text: &str| text.to_owned();
    let id = all[0]["eventID"].as_str().unwrap();
    #[rustfmt::skip]
    let cases = [
        (EventFilter::Id(text(id)),                               1, "its id"),
        (EventFilter::Id(text("nothing")),                        0, "no id"),
        (EventFilter::Name(text(RUN)),                            1, "its name"),
        (EventFilter::Name(text("policyexecutionevent")),         0, "letters count"),
        (EventFilter::ResourceName(place.web.to_string()),        2, "the repository's ARN"),
        (EventFilter::ResourceName(text("web")),                  2, "its name"),
        (EventFilter::ResourceName(text("we")),                   0, "a part of its name"),
        (EventFilter::ResourceType(text("AWS::ECR::Repository")), 2, "a type"),
        (EventFilter::ResourceType(text("AWS::S3::Bucket")),      0, "another"),
        (EventFilter::Source(text("ecr.amazonaws.com")),          2, "the service"),
        (EventFilter::Source(text("kms.amazonaws.com")),          0, "another"),
        (EventFilter::ReadOnly(true),                             2, "as CloudTrail says of events of the service"),
        (EventFilter::ReadOnly(false),                            0, "none"),
        (EventFilter::UserName(text("alice")),                    0, "no user did it"),
        (EventFilter::AccessKey(text("AKIAIOSFODNN7EXAMPLE")),    0, "with no key"),
    ];
    for (filter, expected, because) in cases {
        assert_eq!(place.events(filter.clone()).await.len(), expected, "{filter:?}: {because}");
    }
    let home = &place.web.registry;
    let others = [
        RegistryId { account: "210987654321".parse().unwrap(), region: home.region.clone() },
        RegistryId { account: home.account.clone(), region: "eu-west-1".parse().unwrap() },
    ];
    for other in others {
        for filter in
            [EventFilter::All, EventFilter::Id(text(id)), EventFilter::ResourceName(text("web"))]
        {
            let found = place.world.operations().lookup_events(&other, filter, ALWAYS, None, 50);
            assert_eq!(found.await.unwrap().events, [], "{other:?}");
        }
    }
}

async fn records_are_forgotten_after_their_time(engine: Engine) {
    let mut place = Place::new(engine).await;
    for _ in 0..2 {
        place.world.operations().begin_forgetting_audit_records().await.unwrap();
    }
    place.image(&[]).await;
    place.start_preview(&["any newest 1"]).await.unwrap();
    place.world.run_due().await;
    for (days, left) in [(0, 1), (89, 1), (2, 0), (1, 0)] {
        place.world.clock.forward(days * DAY);
        place.world.run_due().await;
        assert_eq!(place.events(EventFilter::All).await.len(), left, "after {days} days more");
    }
    // The rows are gone, too: with a longer time they would be seen again.
    place.world.keep_audit = 1_000 * DAY;
    place.world.restart();
    assert_eq!(place.events(EventFilter::All).await, Vec::<Value>::new());
    let jobs = place.world.operations().list_jobs(None, 0, 10).await.unwrap();
    let jobs = jobs.iter().filter(|job| job.job.name == "forget_audit_records").count();
    assert_eq!(jobs, 1);
}

async fn without_audit_nothing_is_written_down(engine: Engine) {
    let mut place = Place::new(engine).await;
    place.world.keep_audit = Duration::ZERO;
    place.world.restart();
    place.image(&[]).await;
    place.put_policy(&["any newest 1"]).await;
    place.run_tomorrow().await;
    place.world.keep_audit = 10 * DAY;
    place.world.restart();
    assert_eq!(place.events(EventFilter::All).await, Vec::<Value>::new());
}
