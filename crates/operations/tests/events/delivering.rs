//! From an event to its targets: at least once, in order, and none for the sake of another.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use db::on_both_engines;
use db::testing::Engine;
use names::{EventRuleName, EventRuleState, Timestamp};
use operations::{EventSender, HearsAll, NewEventRule, NewEventTarget, Outlets, Parcel, Unsent};
use serde_json::{Value, json};
use tokio::sync::Notify;

use crate::house::{DAY, House, id};

on_both_engines!(
    every_event_arrives_at_every_target_in_order,
    what_follows_a_failure_waits_with_it_and_the_rest_does_not,
    a_target_that_cannot_be_reached_holds_up_no_other,
    what_is_refused_is_a_dead_letter_until_it_is_sent_again,
    what_fails_for_a_day_is_given_up,
    kept_events_are_replayed_with_their_ids,
    events_of_another_account_do_not_go_to_ones_own_target,
    rules_send_what_they_match_as_they_say,
    what_a_rule_sends_is_tried_as_often_as_it_says,
    every_event_arrives_in_order_however_often_delivery_is_killed,
);

/// What a target does.
#[derive(Clone)]
enum Does {
    Takes,
    Answers(Unsent),
    /// It answers so after a while.
    Slowly(Duration, Unsent),
}

/// Targets that write down what they get.
#[derive(Default)]
pub(crate) struct Inboxes {
    does: Mutex<HashMap<String, Does>>,
    got: Mutex<Vec<(String, String)>>,
    /// After this many parcels the sender is killed, within one.
    kill_after: Mutex<Option<u32>>,
    killed: Notify,
}

#[async_trait]
impl EventSender for Inboxes {
    async fn send(&self, parcel: &Parcel<'_>) -> Result<(), Unsent> {
        let does = self.does.lock().unwrap().get(parcel.outlet).cloned().unwrap_or(Does::Takes);
        let outcome = match does {
            Does::Takes => Ok(()),
            Does::Answers(why) => Err(why),
            Does::Slowly(time, why) => {
                tokio::time::sleep(time).await;
                Err(why)
            }
        };
        let got = if outcome.is_ok() { parcel.body.to_owned() } else { "nothing".to_owned() };
        self.got.lock().unwrap().push((parcel.outlet.to_owned(), got));
        let is_killed = match &mut *self.kill_after.lock().unwrap() {
            Some(0) => true,
            Some(left) => {
                *left -= 1;
                false
            }
            None => false,
        };
        if is_killed {
            self.killed.notify_one();
            std::future::pending::<()>().await;
        }
        outcome
    }
}

impl Inboxes {
    fn let_it(&self, outlet: &str, does: Does) {
        self.does.lock().unwrap().insert(outlet.to_owned(), does);
    }

    /// What a target got, in its order.
    fn of(&self, outlet: &str) -> Vec<String> {
        let got = self.got.lock().unwrap();
        let its = got.iter().filter(|(to, body)| to == outlet && body != "nothing");
        its.map(|(_, body)| body.clone()).collect()
    }

    fn forget(&self) {
        self.got.lock().unwrap().clear();
    }
}

/// A registry whose events go to these targets.
async fn listening(engine: Engine, outlets: &[&str]) -> (House, Arc<Inboxes>) {
    with_places(engine, outlets, &[]).await
}

/// The same, with further places that get what rules send there.
async fn with_places(engine: Engine, outlets: &[&str], places: &[&str]) -> (House, Arc<Inboxes>) {
    let (mut house, inboxes) = (House::new(engine).await, Arc::<Inboxes>::default());
    let hears = |outlet: &&str| HearsAll {
        outlet: (*outlet).to_owned(),
        account: outlet.split_once('/').map(|(account, _)| account.parse().unwrap()),
    };
    let hear_all = outlets.iter().map(hears).collect();
    let names = outlets.iter().chain(places).map(|outlet| (*outlet).to_owned()).collect();
    house.world.outlets =
        Outlets { sender: inboxes.clone(), names, hear_all, linger: Duration::ZERO };
    house.world.restart();
    (house, inboxes)
}

impl House {
    /// Delivers what is due.
    async fn deliver(&self) {
        self.world.operations().wake_event_delivery().await.unwrap();
        self.world.run_due().await;
    }
}

/// What is told of each image, in order.
fn by_image(lines: &[String]) -> BTreeMap<String, Vec<String>> {
    let mut told = BTreeMap::<String, Vec<String>>::new();
    for line in lines {
        let event: serde_json::Value = serde_json::from_str(line).unwrap();
        let image = event["detail"]["image-digest"].as_str().unwrap().to_owned();
        let lines = told.entry(image).or_default();
        if !lines.contains(line) {
            lines.push(line.clone());
        }
    }
    told
}

async fn every_event_arrives_at_every_target_in_order(engine: Engine) {
    let (mut house, inboxes) = listening(engine, &["one", "two"]).await;
    for number in 0..15 {
        house.image(&[&format!("v{number}"), &format!("w{number}")]).await;
    }
    for number in 0..15 {
        house.delete(vec![id(&format!("v{number}"))]).await;
    }
    house.deliver().await;
    let lines = house.lines().await;
    assert_eq!(lines.len(), 45);
    for outlet in ["one", "two"] {
        let got = inboxes.of(outlet);
        assert_eq!(got.len(), lines.len(), "{outlet}: each once");
        assert_eq!(by_image(&got), by_image(&lines), "{outlet}");
    }
    inboxes.forget();
    house.deliver().await;
    assert_eq!(inboxes.of("one"), Vec::<String>::new(), "nothing comes twice");
    assert_eq!(house.world.operations().delivered_events(), 90);
}

async fn what_follows_a_failure_waits_with_it_and_the_rest_does_not(engine: Engine) {
    let (mut house, inboxes) = listening(engine, &["one", "two"]).await;
    inboxes.let_it("one", Does::Answers(Unsent::Later("503".to_owned())));
    house.image(&["v1"]).await;
    house.deliver().await;
    house.delete(vec![id("v1")]).await;
    house.deliver().await;
    assert_eq!(inboxes.of("one"), Vec::<String>::new());
    assert_eq!(inboxes.of("two"), house.lines().await, "the other has both");
    inboxes.let_it("one", Does::Takes);
    let other = house.image(&["other"]).await;
    house.world.clock.set(Timestamp::from_seconds(2));
    house.deliver().await;
    house.world.clock.forward(DAY / 24);
    house.deliver().await;
    let got = inboxes.of("one");
    let lines = house.lines().await;
    assert!(lines[2].contains(other.as_str()));
    assert_eq!(by_image(&got), by_image(&lines), "in order per image");
    let failed = house.world.operations().failed_event_deliveries();
    assert!(failed["all/one"].tries >= 1 && failed["all/one"].dead == 0, "{failed:?}");
}

async fn a_target_that_cannot_be_reached_holds_up_no_other(engine: Engine) {
    let (mut house, inboxes) = listening(engine, &["dead", "well"]).await;
    let gone = Unsent::Unreachable("no answer in time".to_owned());
    inboxes.let_it("dead", Does::Slowly(Duration::from_millis(700), gone));
    for number in 0..40 {
        house.image(&[&format!("v{number}")]).await;
    }
    let operations = house.world.operations();
    operations.wake_event_delivery().await.unwrap();
    let run = house.world.run_due();
    let _ = tokio::time::timeout(Duration::from_secs(2), run).await;
    let got = inboxes.got.lock().unwrap().clone();
    let first_failure = got.iter().position(|(to, _)| to == "dead").unwrap();
    let before = got[..first_failure].iter().filter(|(to, _)| to == "well").count();
    assert_eq!(before, 40, "the other had all of them before the first failure");
    let tried = got.iter().filter(|(to, _)| to == "dead").count();
    assert!(tried <= 64, "it is left alone: {tried} tries");
}

async fn what_is_refused_is_a_dead_letter_until_it_is_sent_again(engine: Engine) {
    let (mut house, inboxes) = listening(engine, &["one"]).await;
    let refused = Unsent::Refused("it answered 400 Bad Request".to_owned());
    inboxes.let_it("one", Does::Answers(refused));
    house.image(&["v1"]).await;
    house.deliver().await;
    let home = house.web.registry.clone();
    let operations = house.world.operations();
    let dead = operations.list_dead_letters(&home, 0, 10).await.unwrap();
    assert_eq!(dead.len(), 1);
    assert_eq!(dead[0].last_error.as_deref(), Some("it answered 400 Bad Request"));
    assert_eq!((dead[0].attempts, dead[0].target.as_str()), (1, "all/one"));
    let mut other = home.clone();
    other.account = "210987654321".parse().unwrap();
    assert_eq!(operations.list_dead_letters(&other, 0, 10).await.unwrap(), []);
    let id = dead[0].id;
    let of_another = operations.redrive_dead_letters(&other, vec![id]).await.unwrap();
    assert_eq!(of_another, Vec::<i64>::new());
    inboxes.let_it("one", Does::Takes);
    house.deliver().await;
    assert_eq!(inboxes.of("one"), Vec::<String>::new(), "it is not tried by itself");
    let operations = house.world.operations();
    let redriven = operations.redrive_dead_letters(&home, vec![id, id + 1]).await.unwrap();
    assert_eq!(redriven, [id]);
    house.deliver().await;
    assert_eq!(inboxes.of("one"), house.lines().await);
    let operations = house.world.operations();
    assert_eq!(operations.list_dead_letters(&home, 0, 10).await.unwrap(), []);
}

async fn what_fails_for_a_day_is_given_up(engine: Engine) {
    let (mut house, inboxes) = listening(engine, &["one"]).await;
    inboxes.let_it("one", Does::Answers(Unsent::Later("503".to_owned())));
    house.image(&["v1"]).await;
    for _ in 0..26 {
        house.deliver().await;
        house.world.clock.forward(DAY / 24);
    }
    let home = house.web.registry.clone();
    let dead = house.world.operations().list_dead_letters(&home, 0, 10).await.unwrap();
    assert_eq!(dead.len(), 1);
    assert!((20..=25).contains(&dead[0].attempts), "{} tries", dead[0].attempts);
    // With their time, dead letters are forgotten.
    house.world.operations().begin_forgetting_events().await.unwrap();
    house.world.clock.forward(DAY * 9);
    house.world.run_due().await;
    let dead = house.world.operations().list_dead_letters(&home, 0, 10).await.unwrap();
    assert_eq!(dead, []);
}

async fn kept_events_are_replayed_with_their_ids(engine: Engine) {
    let (mut house, inboxes) = listening(engine, &["one"]).await;
    for number in 0..5 {
        house.image(&[&format!("v{number}")]).await;
    }
    house.deliver().await;
    let lines = house.lines().await;
    inboxes.forget();
    let span = (Timestamp::from_seconds(2), Timestamp::from_seconds(4));
    let home = house.web.registry.clone();
    let replayed = house.world.operations().replay_events(&home, span, None).await.unwrap();
    assert_eq!(replayed, (3, None));
    house.deliver().await;
    assert_eq!(by_image(&inboxes.of("one")), by_image(&lines[1..4]));
}

async fn events_of_another_account_do_not_go_to_ones_own_target(engine: Engine) {
    let (mut house, inboxes) =
        listening(engine, &["123456789012/mine", "210987654321/other"]).await;
    house.image(&["v1"]).await;
    house.deliver().await;
    assert_eq!(inboxes.of("123456789012/mine").len(), 1);
    assert_eq!(inboxes.of("210987654321/other"), Vec::<String>::new());
}

/// A rule of this pattern with one target.
async fn put_rule(house: &House, name: &str, pattern: &Value, arn: &str, parameters: Value) {
    let (operations, registry) = (house.world.operations(), &house.web.registry);
    let name = EventRuleName::parse(name).unwrap();
    let rule = NewEventRule {
        name: name.clone(),
        pattern: pattern.to_string(),
        state: EventRuleState::Enabled,
        description: None,
        role: None,
    };
    operations.put_rule(registry, rule).await.unwrap();
    let Value::Object(parameters) = parameters else { panic!("not an object") };
    let target = NewEventTarget { id: "only".to_owned(), arn: arn.to_owned(), parameters };
    operations.put_targets(registry, &name, vec![target]).await.unwrap();
}

const QUEUE: &str = "arn:aws:sqs:us-east-1:123456789012:queue";

async fn rules_send_what_they_match_as_they_say(engine: Engine) {
    let places = ["ci", "123456789012/ci", "queue"];
    let (mut house, inboxes) = with_places(engine, &["all"], &places).await;
    let place = "arn:aws:events:us-east-1:123456789012:api-destination/ci/1";
    let of = |action: &str| json!({ "detail": { "action-type": [action] } });
    let said = json!({ "InputTransformer": {
        "InputPathsMap": { "tag": "$.detail.image-tag" },
        "InputTemplate": r#"{"built":<tag>,"by":"<aws.events.rule-name>"}"#,
    }});
    put_rule(&house, "pushed", &of("PUSH"), place, said).await;
    put_rule(&house, "deleted", &of("DELETE"), QUEUE, json!({})).await;
    house.image(&["v1"]).await;
    house.delete(vec![id("v1")]).await;
    house.deliver().await;
    let all = inboxes.of("all");
    assert_eq!(all.len(), 2, "{all:?}");
    let own = inboxes.of("123456789012/ci");
    assert_eq!(own, [r#"{"built":"v1","by":"pushed"}"#], "the account's own place comes first");
    assert_eq!(inboxes.of("ci"), Vec::<String>::new());
    assert_eq!(inboxes.of("queue"), all[1..], "a deletion is sent as it is");

    let (operations, registry) = (house.world.operations(), &house.web.registry);
    operations.disable_rule(registry, &EventRuleName::parse("pushed").unwrap()).await.unwrap();
    house.image(&["v2"]).await;
    house.deliver().await;
    assert_eq!((inboxes.of("all").len(), inboxes.of("123456789012/ci").len()), (3, 1), "disabled");
}

async fn what_a_rule_sends_is_tried_as_often_as_it_says(engine: Engine) {
    let (mut house, inboxes) = with_places(engine, &[], &["queue"]).await;
    inboxes.let_it("queue", Does::Answers(Unsent::Later("busy".to_owned())));
    let once = json!({ "RetryPolicy": { "MaximumRetryAttempts": 1 } });
    put_rule(&house, "once", &json!({ "source": ["aws.ecr"] }), QUEUE, once).await;
    house.image(&["v1"]).await;
    let list = async |house: &House| {
        let operations = house.world.operations();
        operations.list_dead_letters(&house.web.registry, 0, 10).await.unwrap()
    };
    house.deliver().await;
    assert!(list(&house).await.is_empty(), "it is tried once more");
    house.world.clock.forward(Duration::from_mins(1));
    house.deliver().await;
    let dead = list(&house).await;
    assert_eq!(dead.len(), 1);
    assert_eq!(dead[0].target, "rule/123456789012/us-east-1/once/only");
}

/// Seeds of the sample: the sequence is longer with LONGSHORE_SEEDS.
const SEEDS: u64 = 12;

async fn every_event_arrives_in_order_however_often_delivery_is_killed(engine: Engine) {
    #[expect(clippy::disallowed_methods, reason = "for runs by hand")]
    let seeds = std::env::var("LONGSHORE_SEEDS").ok().and_then(|text| text.parse().ok());
    let (mut house, inboxes) = listening(engine, &["one", "two"]).await;
    for seed in 0..seeds.unwrap_or(SEEDS) {
        let mut random = Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) + 1);
        for number in 0..3 + random.below(5) {
            let tag = format!("s{seed}-{number}");
            house.image(&[&tag, &format!("{tag}-b")]).await;
            if random.below(2) == 0 {
                house.delete(vec![id(&tag)]).await;
            }
        }
        house.world.operations().wake_event_delivery().await.unwrap();
        *inboxes.kill_after.lock().unwrap() = Some(u32::try_from(random.below(20)).unwrap());
        tokio::select! {
            _ = house.world.run_due() => {}
            () = inboxes.killed.notified() => {}
        }
        *inboxes.kill_after.lock().unwrap() = None;
        house.world.restart();
        house.world.operations().take_over_jobs().await.unwrap();
    }
    house.deliver().await;
    let lines = house.lines().await;
    for outlet in ["one", "two"] {
        assert_eq!(by_image(&inboxes.of(outlet)), by_image(&lines), "{outlet}");
    }
}

/// Numbers from a seed.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % bound
    }
}
