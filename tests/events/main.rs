//! Events, from a push to a webhook, a file and services with AWS's APIs.

mod hook;
mod services;

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::time::{Duration, Instant};

use black_box::{Server, digest_of, manifest_of};
use hook::{Hook, Says};
use serde_json::{Value, json};
use services::Services;

/// For how long an event may be under way.
const PATIENCE: Duration = Duration::from_secs(20);

/// Waits until there is something.
fn until<T>(what: &str, mut there: impl FnMut() -> Option<T>) -> T {
    let asked = Instant::now();
    loop {
        if let Some(found) = there() {
            return found;
        }
        assert!(asked.elapsed() < PATIENCE, "{what}");
        std::thread::sleep(Duration::from_millis(50));
    }
}

/// A server with the repository `web` whose events all go there.
fn listening(targets: &[(&str, String)], more: &[&str]) -> Server {
    let urls: Vec<String> = targets.iter().map(|(name, url)| format!("{name}={url}")).collect();
    let names: Vec<&str> = targets.iter().map(|(name, _)| *name).collect();
    let (urls, names) = (urls.join(","), names.join(","));
    let arguments = ["--event-target", &urls, "--all-events-to", &names];
    let arguments: Vec<&str> = arguments.into_iter().chain(more.iter().copied()).collect();
    let server = Server::start_with(&arguments);
    server.create_repository("web");
    server
}

/// Pushes an image under a tag. Returns its digest.
fn push(server: &Server, number: u64, tag: &str) -> String {
    let mut client = server.client();
    let config = client.push_layer("web", b"{}");
    let manifest = manifest_of(number, &config, &[]);
    assert_eq!(client.put_manifest("web", tag, &manifest).status, 201);
    digest_of(&manifest)
}

/// What a command of ours prints.
fn longshore(server: &Server, args: &[&str]) -> Value {
    let printed = server.longshore(args.iter().copied()).succeeds();
    serde_json::from_str(&printed).expect("it prints JSON")
}

/// Writes a file that its owner alone can read.
fn write_private(path: &Path, text: &str) {
    let mut options = fs::OpenOptions::new();
    let file = options.write(true).create_new(true).mode(0o600).open(path);
    file.and_then(|mut file| file.write_all(text.as_bytes())).expect("there is room");
}

#[test]
fn a_webhook_gets_signed_events_and_a_file_the_same() {
    let (plain, cloud) = (Hook::start(), Hook::start());
    let folder = tempfile::tempdir().expect("a temporary folder can be made");
    let file = folder.path().join("events.jsonl");
    let secrets = folder.path().join("secrets");
    write_private(&secrets, "hook=whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n");
    let targets = [
        ("hook", plain.url("/events?from=longshore")),
        ("cloud", format!("cloudevents+{}", cloud.url("/"))),
        ("log", format!("file://{}", file.display())),
    ];
    let secrets = secrets.display().to_string();
    let server = listening(&targets, &["--event-secrets", &secrets]);
    let digest = push(&server, 1, "v1");

    let request = until("the webhook gets the push", || plain.requests().into_iter().next());
    assert_eq!(request.line, "POST /events?from=longshore HTTP/1.1");
    assert_eq!(request.header("content-type"), "application/json; charset=utf-8");
    let event: Value = serde_json::from_str(&request.body).expect("the body is JSON");
    assert_eq!(event["detail-type"], "ECR Image Action");
    let detail = json!({
        "result": "SUCCESS", "repository-name": "web", "image-digest": digest,
        "action-type": "PUSH", "image-tag": "v1",
    });
    assert_eq!(event["detail"], detail);
    assert_eq!(request.header("webhook-id"), event["id"]);
    let at: u64 = request.header("webhook-timestamp").parse().expect("it is a number");
    assert!(at > 1_700_000_000);
    assert!(request.is_signed_with("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"), "{request:?}");

    let request = until("CloudEvents get it", || cloud.requests().into_iter().next());
    let other: Value = serde_json::from_str(&request.body).expect("the body is JSON");
    assert_eq!(request.header("content-type"), "application/cloudevents+json; charset=utf-8");
    assert_eq!((&other["id"], &other["data"]), (&event["id"], &event["detail"]));

    let lines =
        until("the file gets it", || fs::read_to_string(&file).ok().filter(|t| !t.is_empty()));
    assert_eq!(lines, format!("{}\n", plain.requests()[0].body));
    let tail =
        server.longshore(["events", "tail", "--since", "1970-01-01T00:00:00Z", "--no-follow"]);
    assert_eq!(tail.succeeds(), lines.trim_end());
}

#[test]
fn targets_that_hang_refuse_or_redirect_hold_up_no_other() {
    let (hangs, redirects, well) = (Hook::saying(Says::Nothing), Hook::start(), Hook::start());
    let inside = Hook::start();
    redirects.say(Says::Redirect(inside.url("/secret")));
    let targets =
        [("hangs", hangs.url("/")), ("redirects", redirects.url("/")), ("well", well.url("/"))];
    let server = listening(&targets, &[]);
    let asked = Instant::now();
    for number in 0..5 {
        push(&server, number, &format!("v{number}"));
    }
    until("the other target gets all", || (well.requests().len() == 5).then_some(()));
    assert!(asked.elapsed() < Duration::from_secs(10), "it took {:?}", asked.elapsed());
    let dead = until("the redirects are dead letters", || {
        let listed = longshore(&server, &["events", "dead-letters", "list"]);
        let letters = listed["DeadLetters"].as_array().expect("a list").clone();
        (letters.len() == 5).then_some(letters)
    });
    let said = "it answered 302 Found, and redirects are not followed";
    assert!(dead.iter().all(|letter| letter["LastError"] == said), "{dead:?}");
    assert!(inside.requests().is_empty(), "nothing followed the redirect");
    redirects.say(Says::Taken);
    let redriven = longshore(&server, &["events", "dead-letters", "redrive", "--all"]);
    assert_eq!(redriven["Redriven"].as_array().map(Vec::len), Some(5));
    // The first five are those that were redirected.
    until("they come again", || (redirects.requests().len() == 10).then_some(()));
    for figure in [
        "longshore_event_dead_letters_total{target=\"all/redirects\"} 5",
        "longshore_event_deliveries_failed_total{target=\"all/hangs\"}",
        "longshore_events_delivered_total 1",
    ] {
        until(figure, || server.client().get("/metrics").text().contains(figure).then_some(()));
    }
}

#[test]
fn what_was_committed_arrives_after_a_kill() {
    let hook = Hook::saying(Says::Status(503));
    let mut server = listening(&[("hook", hook.url("/"))], &[]);
    let mut digests: Vec<String> =
        (0..8).map(|number| push(&server, number, &format!("v{number}"))).collect();
    server.kill();
    server.start_again();
    hook.say(Says::Taken);
    digests.sort();
    until("every event arrives", || {
        let taken = hook.requests();
        let mut got: Vec<String> = taken
            .iter()
            .filter(|request| request.was_taken)
            .map(|request| {
                let event: Value = serde_json::from_str(&request.body).expect("it is JSON");
                event["detail"]["image-digest"].as_str().expect("a digest").to_owned()
            })
            .collect();
        got.sort();
        got.dedup();
        (got == digests).then_some(())
    });
}

#[test]
fn events_are_replayed_with_their_ids() {
    let hook = Hook::start();
    let server = listening(&[("hook", hook.url("/"))], &[]);
    push(&server, 1, "v1");
    let first = until("the push arrives", || hook.requests().into_iter().next());
    let said = server.longshore(["events", "replay", "--since", "1970-01-01T00:00:00Z"]).succeeds();
    assert_eq!(said, r#"{"Replayed":1}"#);
    let again = until("it arrives again", || hook.requests().into_iter().nth(1));
    assert_eq!(first.body, again.body);
}

#[test]
fn services_with_awss_apis_get_events() {
    let Some(mut services) = Services::start("services with AWS's APIs") else { return };
    let queue = services.order(&json!({ "queue": "events" }));
    let in_order = services.order(&json!({ "queue": "events.fifo" }));
    services.order(&json!({ "queue": "told" }));
    let topic = services.order(&json!({ "topic": "told" }));
    let of = |url: &Value| {
        let text = url.as_str().expect("a text").to_owned();
        text.split_once("://").map_or(text.clone(), |(_, rest)| {
            rest.split_once('/').map_or(String::new(), |(_, path)| path.to_owned())
        })
    };
    let targets = [
        ("queue", format!("sqs+{}/{}", services.url(), of(&queue))),
        ("fifo", format!("sqs+{}/{}", services.url(), of(&in_order))),
        ("topic", format!("sns+{}/{}", services.url(), of(&topic))),
        ("bus", format!("events+{}/default", services.url())),
    ];
    let credentials = services.credentials();
    let server = listening(&targets, &["--event-credentials", &credentials]);
    let digest = push(&server, 1, "v1");
    let mut received = |queue: &str| {
        until(&format!("{queue} gets it"), || {
            let bodies = services.order(&json!({ "receive": queue }));
            bodies.as_array().expect("a list").first().cloned()
        })
    };
    let event = |body: &Value| -> Value {
        serde_json::from_str(body.as_str().expect("a text")).expect("it is JSON")
    };
    let bodies = [event(&received("events")), event(&received("events.fifo"))];
    let told = event(&received("told"));
    let message = event(&told["Message"]);
    for body in [&bodies[0], &bodies[1], &message] {
        assert_eq!(body["detail"]["image-digest"], digest, "{body}");
    }
    let entry = until("the bus gets it", || {
        services.order(&json!({ "entries": true })).as_array().expect("a list").first().cloned()
    });
    assert_eq!(entry["DetailType"], "ECR Image Action");
    assert_eq!(event(&entry["Detail"])["image-digest"], digest);
}
