//! Targets of rules: what is refused, and what is sent of an event.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::time::Duration;

use policy::event_target::{Delivered, Destination, EventTarget, RetryPolicy, TargetArn};
use serde_json::{Value, json};

const PLACE: &str = "arn:aws:events:eu-west-1:123456789012:api-destination/ci";

#[test]
fn arns_name_places_of_the_operator() {
    let place = |name: &str| Some(Destination::Place(name.into()));
    let of = |service: &str, name: &str| format!("arn:aws:{service}:eu-west-1:123456789012:{name}");
    #[rustfmt::skip]
    let cases = [
        (of("events", "api-destination/ci"),       place("ci"),                              "a place"),
        (of("events", "api-destination/ci/0a-b"),  place("ci"),                              "with the id that AWS writes"),
        (of("sqs", "pushes.fifo"),                 Some(Destination::Queue("pushes.fifo".into())), "a queue"),
        (of("sns", "pushes"),                      Some(Destination::Topic("pushes".into())), "a topic"),
        (of("events", "event-bus/other"),          Some(Destination::Bus("other".into())),    "a bus"),
        (of("events", "api-destination/"),         None, "no name"),
        (of("events", "api-destination/a/b/c"),    None, "too many parts"),
        (of("events", "api-destination/ü"),        None, "a letter that no name has"),
        (of("events", "rule/a"),                   None, "a rule is no target"),
        (of("lambda", "function:f"),               None, "a function"),
        (of("sqs", "a/b"),                         None, "no queue"),
        ("arn:aws:sqs:eu-west-1:1:q".to_owned(),   None, "no account"),
        ("arn:aws:sqs::123456789012:q".to_owned(), None, "no Region"),
        ("https://example.com".to_owned(),         None, "no ARN"),
        (of("sqs", &"a".repeat(2_000)),            None, "too long"),
    ];
    for (text, expected, because) in cases {
        let read = TargetArn::parse(&text);
        assert_eq!(read.as_ref().ok().map(|arn| arn.destination.clone()), expected, "{because}");
        assert!(read.is_ok_and(|arn| arn.as_str() == text) || expected.is_none());
    }
}

fn read(parameters: &Value) -> Result<EventTarget, String> {
    EventTarget::read("t", PLACE, parameters.as_object().unwrap()).map_err(|bad| bad.to_string())
}

#[test]
fn malformed_parameters_are_refused() {
    let transformer = |paths: Value, template: &str| json!({ "InputTransformer": { "InputPathsMap": paths, "InputTemplate": template } });
    #[rustfmt::skip]
    let cases = [
        (json!({ "Input": "{}", "InputPath": "$" }), "Only one of Input, InputPath, or InputTransformer must be provided for target t."),
        (json!({ "Input": "{" }),                    "JSON syntax error in input for target t."),
        (json!({ "InputPath": "detail" }),           "Invalid InputPath for target t."),
        (transformer(json!({ "a": "b" }), "<a>"),    "Invalid InputPathsMap for target t at key a."),
        (transformer(json!({ "awsx": "$" }), "x"),   "InputPathsMap for target t contains the name awsx: names that begin with AWS are reserved."),
        (transformer(json!({}), "\"<b>\""),          "Invalid InputTemplate for target t : <b> is not defined in InputPathsMap."),
        (json!({ "DeadLetterConfig": { "Arn": PLACE } }), "Parameter arn:aws:events:eu-west-1:123456789012:api-destination/ci is not valid. Reason: Provided Arn is not in correct format."),
    ];
    for (parameters, expected) in cases {
        assert_eq!(read(&parameters).err().as_deref(), Some(expected), "{parameters}");
    }
}

#[test]
fn parameters_are_read() {
    let target = read(&json!({
        "RetryPolicy": { "MaximumRetryAttempts": 3, "MaximumEventAgeInSeconds": 60 },
        "DeadLetterConfig": { "Arn": "arn:aws:sqs:eu-west-1:123456789012:dead" },
        "SqsParameters": { "MessageGroupId": "g" },
        "HttpParameters": { "PathParameterValues": ["p"], "HeaderParameters": { "X-A": "1" } },
        "KinesisParameters": { "PartitionKeyPath": "x" },
    }))
    .unwrap();
    assert_eq!(target.retry, RetryPolicy { attempts_max: 3, age_max: Duration::from_mins(1) });
    assert_eq!(target.dead_letters.unwrap().destination.place(), "dead");
    assert_eq!(target.message_group.as_deref(), Some("g"));
    assert_eq!(target.http.path_values, ["p"]);
    assert_eq!(target.http.headers["X-A"], "1");
    assert!(target.http.query.is_empty());
    let plain = read(&json!({})).unwrap();
    assert_eq!(plain.retry, RetryPolicy { attempts_max: 185, age_max: Duration::from_hours(24) });
}

#[test]
fn bodies_are_made_of_events() {
    let written = r#"{"id":"7","detail":{"tag":"v\"1","n":3,"l":["x","y"],"o":{"a":1}}}"#;
    let transformer = |template: &str| {
        let paths = json!({
            "tag": "$.detail.tag", "n": "$.detail.n", "l": "$.detail.l", "first": "$.detail.l[0]",
            "o": "$.detail.o", "none": "$.detail.none",
        });
        json!({ "InputTransformer": { "InputPathsMap": paths, "InputTemplate": template } })
    };
    #[rustfmt::skip]
    let cases = [
        (json!({}),                                      written,                       "the event as it is"),
        (json!({ "Input": r#"{"run": true}"# }),         r#"{"run": true}"#,            "always the same"),
        (json!({ "InputPath": "$.detail.o" }),           r#"{"a":1}"#,                  "a part"),
        (json!({ "InputPath": "$.detail.none" }),        "null",                        "a part that is not there"),
        (transformer(r#"{"t":<tag>,"n":<n>,"l":<l>}"#),  r#"{"t":"v\"1","n":3,"l":["x","y"]}"#, "values"),
        (transformer(r#""tag <tag>, number <n>""#),      r#""tag v\"1, number 3""#,     "in a string"),
        (transformer(r#"{"o":"<o>"}"#),                  r#"{"o":"{\"a\":1}"}"#,        "an object in a string"),
        (transformer(r#"{"a":<none>,"b":"<none>"}"#),    r#"{"a":null,"b":""}"#,        "what is not there"),
        (transformer(r#""a \" <first>""#),               r#""a \" x""#,                 "an escaped quote is no end"),
        (transformer(r#""\<first\> < <<first>""#),       r#""<first> < <x""#,           "brackets that stand for themselves"),
        (transformer("<aws.events.rule-name> <aws.events.rule-arn>"), r#""r" "arn:r""#, "the rule"),
        (transformer("<aws.events.event.ingestion-time>"), r#""2026-11-30T00:00:00Z""#, "when it came"),
        (transformer("<aws.events.event>"),              r#"{"id":"7"}"#,               "the envelope"),
        (transformer(r#"{"all":"<aws.events.event.json>"}"#), "{\"all\":\"{\\\"detail\\\":", "all of it, in a string"),
    ];
    let event: Value = serde_json::from_str(written).unwrap();
    let delivered = Delivered {
        event: &event,
        rule_arn: "arn:r",
        rule_name: "r",
        ingested_at: "2026-11-30T00:00:00Z",
    };
    for (parameters, expected, because) in cases {
        let body = read(&parameters).unwrap().body(&delivered, written);
        assert!(body.starts_with(expected), "{because}: {body}");
        assert!(body == expected || because.starts_with("all of it"), "{because}: {body}");
    }
}

/// Whatever is in an event, a template of one JSON value stays one.
#[test]
fn values_cannot_leave_their_string() {
    let template = json!({ "InputTransformer": {
        "InputPathsMap": { "v": "$.v" }, "InputTemplate": r#"{"a":"x<v>y","b":<v>}"#,
    }});
    let target = read(&template).unwrap();
    for value in
        [json!("\"}"), json!("\\"), json!("\n\u{0}"), json!({ "\"": "\\\"" }), json!("<v>")]
    {
        let event = json!({ "v": value });
        let delivered = Delivered { event: &event, rule_arn: "", rule_name: "", ingested_at: "" };
        let body: Value = serde_json::from_str(&target.body(&delivered, "")).unwrap();
        assert_eq!(body["b"], value);
        let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        assert_eq!(body["a"], format!("x{text}y"));
    }
}
