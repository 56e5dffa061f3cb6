//! Rules of events and their targets: what is kept, what listens, and from when on.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[expect(dead_code, reason = "the fixture is made for more than this")]
mod fixture;

use std::time::Duration;

use db::on_both_engines;
use db::testing::Engine;
use fixture::{World, repository};
use names::{EventRuleName, EventRuleState, RegistryId};
use operations::{EventRuleRefusal, Failure, NewEventRule, NewEventTarget, Refusal};
use serde_json::{Map, json};

on_both_engines!(
    enabled_rules_with_targets_listen,
    a_restart_forgets_nothing,
    limits_are_eventbridges,
    lists_go_on_where_they_ended,
    registries_share_nothing,
);

fn name(text: &str) -> EventRuleName {
    EventRuleName::parse(text).unwrap()
}

fn rule(text: &str) -> NewEventRule {
    NewEventRule {
        name: name(text),
        pattern: r#"{"source":["aws.ecr"]}"#.to_owned(),
        state: EventRuleState::Enabled,
        description: None,
        role: None,
    }
}

fn target(id: &str) -> NewEventTarget {
    let arn = "arn:aws:sqs:us-east-1:123456789012:pushes".to_owned();
    NewEventTarget { id: id.to_owned(), arn, parameters: Map::new() }
}

/// The rules that listen, each with the ids of its targets.
async fn listening(world: &World, registry: &RegistryId) -> Vec<(String, Vec<String>)> {
    let rules = world.operations().event_rules(registry).await.unwrap();
    let ids = |rule: &operations::ListeningRule| {
        rule.targets.iter().map(|target| target.id.clone()).collect()
    };
    rules.rules.iter().map(|rule| (rule.name.to_string(), ids(rule))).collect()
}

fn refused<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> EventRuleRefusal {
    match outcome {
        Err(Failure::Refused(Refusal::EventRule(refusal))) => refusal,
        other => panic!("not refused: {other:?}"),
    }
}

async fn enabled_rules_with_targets_listen(engine: Engine) {
    let (world, registry) = (World::new(engine), repository("web").registry);
    let operations = world.operations();
    assert_eq!(listening(&world, &registry).await, [], "there is none");
    operations.put_rule(&registry, rule("a")).await.unwrap();
    operations.put_rule(&registry, rule("b")).await.unwrap();
    assert_eq!(listening(&world, &registry).await, [], "without a target, none listens");
    operations.put_targets(&registry, &name("b"), vec![target("2"), target("1")]).await.unwrap();
    operations.put_targets(&registry, &name("a"), vec![target("1")]).await.unwrap();
    let both =
        [("a".to_owned(), vec!["1".to_owned()]), ("b".to_owned(), vec!["1".into(), "2".into()])];
    assert_eq!(listening(&world, &registry).await, both, "at once");
    let rules = operations.event_rules(&registry).await.unwrap();
    assert!(rules.rules[0].pattern.matches(&json!({ "source": "aws.ecr" })));
    assert!(!rules.rules[0].pattern.matches(&json!({ "source": "aws.kms" })));
    assert!(rules.rules[0].arn.ends_with(":rule/a"), "{}", rules.rules[0].arn);

    operations.disable_rule(&registry, &name("a")).await.unwrap();
    assert_eq!(listening(&world, &registry).await, both[1..], "a disabled one does not");
    operations.enable_rule(&registry, &name("a")).await.unwrap();
    assert_eq!(listening(&world, &registry).await, both);
    let two = vec!["1".into(), "x".into()];
    let missing = operations.remove_targets(&registry, &name("b"), two).await.unwrap();
    assert_eq!(missing, ["x"]);
    operations.remove_targets(&registry, &name("b"), vec!["2".into()]).await.unwrap();
    assert_eq!(listening(&world, &registry).await, both[..1]);
    let with_targets = operations.delete_rule(&registry, &name("a")).await;
    assert_eq!(refused(with_targets), EventRuleRefusal::HasTargets);
    operations.delete_rule(&registry, &name("b")).await.unwrap();
    operations.delete_rule(&registry, &name("b")).await.unwrap();
    let gone = operations.describe_rule(&registry, &name("b")).await;
    assert_eq!(refused(gone), EventRuleRefusal::RuleNotFound(name("b")));
}

async fn a_restart_forgets_nothing(engine: Engine) {
    let (mut world, registry) = (World::new(engine), repository("web").registry);
    let disabled = NewEventRule { state: EventRuleState::Disabled, ..rule("a") };
    world.operations().put_rule(&registry, disabled).await.unwrap();
    let put = NewEventRule { description: Some("new".to_owned()), ..rule("a") };
    world.operations().put_rule(&registry, put).await.unwrap();
    let parameters = json!({ "Input": "{\"a\": 1}" }).as_object().unwrap().clone();
    let with_input = NewEventTarget { parameters, ..target("1") };
    world.operations().put_targets(&registry, &name("a"), vec![with_input]).await.unwrap();
    world.restart();
    world.clock.forward(Duration::from_secs(2));
    let found = world.operations().describe_rule(&registry, &name("a")).await.unwrap();
    assert_eq!((found.description.as_deref(), found.state), (Some("new"), EventRuleState::Enabled));
    assert_eq!(listening(&world, &registry).await, [("a".to_owned(), vec!["1".to_owned()])]);
    let targets =
        world.operations().list_targets_by_rule(&registry, &name("a"), None, 10).await.unwrap();
    assert_eq!(targets[0].parameters, r#"{"Input":"{\"a\": 1}"}"#);
}

async fn limits_are_eventbridges(engine: Engine) {
    let (world, registry) = (World::new(engine), repository("web").registry);
    let operations = world.operations();
    for number in 0..300 {
        operations.put_rule(&registry, rule(&format!("r-{number}"))).await.unwrap();
    }
    let one_more = operations.put_rule(&registry, rule("one-more")).await;
    assert_eq!(refused(one_more), EventRuleRefusal::TooMany);
    operations.put_rule(&registry, rule("r-7")).await.unwrap();
    let five = (0..5).map(|number| target(&number.to_string())).collect();
    operations.put_targets(&registry, &name("r-7"), five).await.unwrap();
    let again = operations.put_targets(&registry, &name("r-7"), vec![target("4")]).await;
    again.unwrap();
    let two = vec![target("0"), target("6")];
    let sixth = operations.put_targets(&registry, &name("r-7"), two).await;
    assert_eq!(refused(sixth), EventRuleRefusal::TooMany);
    let nowhere = operations.put_targets(&registry, &name("none"), vec![target("1")]).await;
    assert_eq!(refused(nowhere), EventRuleRefusal::RuleNotFound(name("none")));
    let abroad = NewEventTarget {
        arn: "arn:aws:events:us-east-1:999999999999:api-destination/ci".to_owned(),
        ..target("1")
    };
    let abroad = operations.put_targets(&registry, &name("r-7"), vec![abroad]).await;
    assert!(matches!(refused(abroad), EventRuleRefusal::TargetElsewhere(_)));
}

async fn lists_go_on_where_they_ended(engine: Engine) {
    let (world, registry) = (World::new(engine), repository("web").registry);
    let operations = world.operations();
    for text in ["a-1", "b-1", "b-2", "b-3", "c"] {
        operations.put_rule(&registry, rule(text)).await.unwrap();
        operations.put_targets(&registry, &name(text), vec![target("1")]).await.unwrap();
    }
    let (mut found, mut after) = (Vec::new(), None);
    while let Some(next) = operations.list_rules(&registry, "b-", after, 2).await.unwrap().pop() {
        found.push(next.name.to_string());
        after = Some(next.name.to_string());
    }
    assert_eq!(found, ["b-2", "b-3"], "the last of each page");
    let arn = target("1").arn;
    let after = Some("b-2".to_owned());
    let named = operations.list_rule_names_by_target(&registry, &arn, after, 10).await.unwrap();
    assert_eq!(named, [name("b-3"), name("c")]);
}

async fn registries_share_nothing(engine: Engine) {
    let (world, registry) = (World::new(engine), repository("web").registry);
    let elsewhere =
        RegistryId { region: names::Region::parse("eu-west-1").unwrap(), ..registry.clone() };
    let operations = world.operations();
    operations.put_rule(&registry, rule("a")).await.unwrap();
    operations.put_targets(&registry, &name("a"), vec![target("1")]).await.unwrap();
    assert_eq!(listening(&world, &elsewhere).await, []);
    assert_eq!(operations.list_rules(&elsewhere, "", None, 10).await.unwrap(), []);
    let other = operations.enable_rule(&elsewhere, &name("a")).await;
    assert_eq!(refused(other), EventRuleRefusal::RuleNotFound(name("a")));
}
