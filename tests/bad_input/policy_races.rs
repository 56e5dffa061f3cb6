//! Two callers at once set or preview the lifecycle policy of one repository.

use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use black_box::{AccessKey, Answer, call};
use serde_json::{Value, json};

use crate::Scene;

/// Times that each race is run: chance decides who wins.
const RACES: u64 = 30;

const REPOSITORY: &str = "other";

/// A preview of a repository without images takes a moment.
const PREVIEW_PATIENCE: Duration = Duration::from_mins(1);

/// A policy whose rules all have the same number in them, in ECR's own order of members.
fn policy_of(number: u64) -> String {
    let rule = |priority: u64| {
        format!(
            r#"{{"rulePriority":{priority},"description":"policy {number}","selection":{{"tagStatus":"tagged","tagPatternList":["v{priority}-*"],"countType":"imageCountMoreThan","countNumber":{number}}},"action":{{"type":"expire"}}}}"#
        )
    };
    let rules: Vec<String> = (1..=20).map(rule).collect();
    format!(r#"{{"rules":[{}]}}"#, rules.join(","))
}

/// Makes each call from a thread of its own, all at the same moment.
fn at_once<const N: usize>(scene: &Scene, calls: [(&str, Value); N]) -> [Answer; N] {
    let (address, barrier) = (scene.server.registry(), Barrier::new(N));
    let (address, barrier) = (&address, &barrier);
    thread::scope(|scope| {
        let threads = calls.map(|(operation, input)| {
            let operation = operation.to_owned();
            scope.spawn(move || {
                barrier.wait();
                call(address, &AccessKey::root(), &operation, &input)
            })
        });
        threads.map(|thread| thread.join().expect("no client panics"))
    })
}

fn put(text: &str) -> (&'static str, Value) {
    let input = json!({ "repositoryName": REPOSITORY, "lifecyclePolicyText": text });
    ("PutLifecyclePolicy", input)
}

fn of_repository() -> Value {
    json!({ "repositoryName": REPOSITORY })
}

fn text_of(answer: &Value) -> String {
    answer["lifecyclePolicyText"].as_str().expect("a policy is a text").to_owned()
}

fn code_of(answer: &Answer) -> String {
    answer.json()["__type"].as_str().unwrap_or_default().to_owned()
}

/// The text of a preview, once it is complete.
fn previewed(scene: &Scene) -> String {
    let until = Instant::now() + PREVIEW_PATIENCE;
    loop {
        let preview = scene.server.call("GetLifecyclePolicyPreview", &of_repository());
        if preview["status"] == "COMPLETE" {
            return text_of(&preview);
        }
        assert!(Instant::now() < until, "{preview}");
        thread::sleep(Duration::from_millis(50));
    }
}

#[test]
fn of_two_policies_put_at_once_one_is_there_whole_and_is_what_a_preview_shows() {
    let scene = Scene::new();
    for race in 1..=RACES {
        let texts = [2 * race, 2 * race + 1].map(policy_of);
        let answers = at_once(&scene, [put(&texts[0]), put(&texts[1])]);
        for (answer, text) in answers.iter().zip(&texts) {
            assert_eq!(answer.status, 200, "{}", answer.text());
            let expected = json!({
                "lifecyclePolicyText": text,
                "registryId": "123456789012",
                "repositoryName": REPOSITORY,
            });
            assert_eq!(answer.json(), expected, "each is told its own policy");
        }
        let got = text_of(&scene.server.call("GetLifecyclePolicy", &of_repository()));
        assert!(texts.contains(&got), "a mixture: {got}");
        let started = scene.server.call("StartLifecyclePolicyPreview", &of_repository());
        assert_eq!(text_of(&started), got);
        assert_eq!(previewed(&scene), got);
    }
}

#[test]
fn a_policy_that_is_put_while_another_is_deleted_is_there_or_is_not() {
    let scene = Scene::new();
    for race in 1..=RACES {
        let texts = [2 * race, 2 * race + 1].map(policy_of);
        let [first] = at_once(&scene, [put(&texts[0])]);
        assert_eq!(first.status, 200, "{}", first.text());
        let delete = ("DeleteLifecyclePolicy", of_repository());
        let [put, deleted] = at_once(&scene, [put(&texts[1]), delete]);
        assert_eq!((put.status, text_of(&put.json())), (200, texts[1].clone()));
        assert_eq!(deleted.status, 200, "{}", deleted.text());
        let got = call(
            &scene.server.registry(),
            &AccessKey::root(),
            "GetLifecyclePolicy",
            &of_repository(),
        );
        if text_of(&deleted.json()) == texts[0] {
            assert_eq!(
                (got.status, text_of(&got.json())),
                (200, texts[1].clone()),
                "deleted first"
            );
        } else {
            assert_eq!(text_of(&deleted.json()), texts[1], "deleted last");
            assert_eq!(code_of(&got), "LifecyclePolicyNotFoundException", "{}", got.text());
        }
    }
}

#[test]
fn of_two_previews_started_at_once_each_is_run_or_told_that_one_is() {
    let scene = Scene::new();
    for race in 1..=RACES / 3 {
        let texts = [2 * race, 2 * race + 1].map(policy_of);
        let start = |text: &str| {
            let input = json!({ "repositoryName": REPOSITORY, "lifecyclePolicyText": text });
            ("StartLifecyclePolicyPreview", input)
        };
        let answers = at_once(&scene, [start(&texts[0]), start(&texts[1])]);
        let mut started = Vec::new();
        for (answer, text) in answers.iter().zip(&texts) {
            if answer.status == 200 {
                started.push(text.clone());
            } else {
                assert_eq!(code_of(answer), "LifecyclePolicyPreviewInProgressException");
            }
        }
        assert!(!started.is_empty(), "at least one is started");
        assert!(started.contains(&previewed(&scene)));
    }
}
