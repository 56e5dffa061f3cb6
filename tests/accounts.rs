//! `longshore account` and `longshore why`, run against a server as its administrator does.

use black_box::{AccessKey, Invocation, Server, call, longshore, manifest_of};
use serde_json::{Value, json};

const NEW: &str = "111122223333";
const FIRST: &str = "123456789012";

fn json_of(printed: &str) -> Value {
    serde_json::from_str(printed).unwrap_or_else(|error| panic!("{error}: {printed}"))
}

/// The accounts and what they are.
fn states(server: &Server) -> Vec<(String, String)> {
    let listed = json_of(&server.longshore(["account", "list"]).succeeds());
    let listed = listed["Accounts"].as_array().expect("accounts are listed");
    let text = |account: &Value, key: &str| account[key].as_str().expect("it is text").to_owned();
    listed.iter().map(|account| (text(account, "AccountId"), text(account, "State"))).collect()
}

#[test]
fn an_account_is_created_used_listed_and_closed() {
    let server = Server::start();
    let ended = server.longshore(["account", "create", NEW]).run();
    assert!(ended.succeeded() && ended.stderr.is_empty(), "{ended}");
    let made = json_of(&ended.stdout);
    let key = AccessKey {
        id: made["AccessKeyId"].as_str().expect("there is an id").to_owned(),
        secret: made["SecretAccessKey"].as_str().expect("there is a secret").to_owned(),
    };
    let expected =
        json!({ "AccountId": NEW, "AccessKeyId": key.id, "SecretAccessKey": key.secret });
    assert_eq!(made, expected, "{ended}");
    let describe = || call(&server.registry(), &key, "DescribeRegistry", &json!({}));
    assert_eq!(describe().json()["registryId"], NEW);

    let again = server.longshore(["account", "create", NEW]).fails();
    assert!(again.contains("AccountAlreadyExistsException"), "{again}");
    let pair = |id: &str, state: &str| (id.to_owned(), state.to_owned());
    assert_eq!(states(&server), [pair(NEW, "ACTIVE"), pair(FIRST, "ACTIVE")]);

    server.longshore(["account", "close", NEW]).succeeds();
    assert_eq!(states(&server), [pair(NEW, "CLOSED"), pair(FIRST, "ACTIVE")]);
    server.await_agreement();
    let closed = describe();
    assert_eq!(closed.status, 400, "{}", closed.text());
}

#[test]
fn the_key_may_come_from_the_environment_but_only_the_first_roots_will_do() {
    let server = Server::start();
    let account = |args: &[&str]| {
        let run = Invocation::new(longshore(), &server.scratch("admin")).args(["account"]);
        server.signed(run.args(args))
    };
    let made = json_of(&account(&["create", NEW]).succeeds());
    let word = |name: &str| made[name].as_str().expect("it is text").to_owned();
    let refused = account(&["list"])
        .env("AWS_ACCESS_KEY_ID", word("AccessKeyId"))
        .env("AWS_SECRET_ACCESS_KEY", word("SecretAccessKey"))
        .fails();
    assert!(refused.contains("AccessDeniedException"), "{refused}");
    let malformed = account(&["create", "1234"]).fails();
    assert!(malformed.contains("12 digits"), "{malformed}");
    let nowhere = account(&["list"]).env("AWS_ENDPOINT_URL", "http://127.0.0.1:1").fails();
    assert!(nowhere.contains("cannot reach"), "{nowhere}");
}

/// Runs `why`; returns its exit code and what it printed.
fn why<'a>(server: &Server, args: impl IntoIterator<Item = &'a str>) -> (Option<i32>, String) {
    let args: Vec<&str> = args.into_iter().collect();
    let ended = server.run_why(|| server.longshore(["why"]).args(args.clone()).run());
    let code = ended.code();
    (code, ended.stdout + &ended.stderr)
}

#[test]
fn why_tells_whether_and_why() {
    let server = Server::start();
    server.create_repository("web");
    server.aws(["iam", "create-user", "--user-name", "kim"]).succeeds();
    let key = server.aws(["iam", "create-access-key", "--user-name", "kim"]).succeeds();
    let key = json_of(&key);
    let word = |name: &str| key["AccessKey"][name].as_str().expect("it is text").to_owned();
    let kim = AccessKey { id: word("AccessKeyId"), secret: word("SecretAccessKey") };
    let user = "arn:aws:iam::123456789012:user/kim";
    let repository = "arn:aws:ecr:us-east-1:123456789012:repository/web";
    let asked = ["--principal", user, "--action", "ecr:ListImages", "--resource", repository];

    let (code, told) = why(&server, asked);
    assert_eq!(code, Some(1), "{told}");
    let sentence = format!(
        "User: {user} is not authorized to perform: ecr:ListImages on resource: {repository}"
    );
    for part in [sentence.as_str(), "verdict     denied", user, repository] {
        assert!(told.contains(part), "{part} is not in\n{told}");
    }

    let input = json!({ "repositoryName": "web" });
    let denied = call(&server.registry(), &kim, "ListImages", &input);
    assert_eq!(denied.status, 400, "{}", denied.text());
    let id = denied.header("x-amzn-requestid").expect("each answer has an id").to_owned();
    let (code, told) = why(&server, [id.as_str()]);
    assert_eq!(code, Some(1), "{told}");
    for part in [id.as_str(), sentence.as_str(), "ecr:ListImages"] {
        assert!(told.contains(part), "{part} is not in\n{told}");
    }

    let policy = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryReadOnly";
    server
        .aws(["iam", "attach-user-policy", "--user-name", "kim", "--policy-arn", policy])
        .succeeds();
    server.await_agreement();
    let (code, told) = why(&server, asked);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains(policy), "the policy that allows it is not named\n{told}");
    let (code, told) = why(&server, asked.into_iter().chain(["--json"]));
    assert_eq!((code, &json_of(&told)["Verdict"]), (Some(0), &json!("ALLOWED")), "{told}");
}

#[test]
fn why_tells_what_keeps_an_image_and_what_takes_it() {
    let server = Server::start();
    server.create_repository("web");
    let mut client = server.client();
    let config = client.push_layer("web", b"{}");
    for (number, tag) in (0..).zip(["v1", "v2"]) {
        let put = client.put_manifest("web", tag, &manifest_of(number, &config, &[]));
        assert_eq!(put.status, 201, "{}", put.text());
    }
    let (code, told) = why(&server, ["kept", "web", "v1"]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("because     the repository has no lifecycle policy"), "{told}");
    let policy = json!({ "rules": [{
        "rulePriority": 1,
        "description": "Keep the newest image of the repository",
        "selection": { "tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1 },
        "action": { "type": "expire" },
    }] });
    let put = json!({ "repositoryName": "web", "lifecyclePolicyText": policy.to_string() });
    server.call("PutLifecyclePolicy", &put);
    let (code, told) = why(&server, ["kept", "web", "v2"]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("rule 1 keeps the newest image, and it is number 1"), "{told}");
    let (code, told) = why(&server, ["kept", "web", "v1", "--json"]);
    assert_eq!((code, &json_of(&told)["Image"]["Verdict"]), (Some(1), &json!("DUE")), "{told}");
    let (code, told) = why(&server, ["expired", "web", "v1"]);
    assert_eq!(code, Some(1), "{told}");
    let (code, told) = why(&server, ["expired", "web", "v3"]);
    assert_eq!(code, Some(1), "{told}");
    assert!(told.contains("no lifecycle policy expired it"), "{told}");
}

#[test]
fn why_tells_apart_what_is_denied_and_what_it_cannot_find_out() {
    let server = Server::start();
    let missing = "arn:aws:iam::123456789012:user/nobody";
    let other = "arn:aws:iam::222222222222:user/kim";
    let root = "arn:aws:iam::123456789012:root";
    #[rustfmt::skip]
    let cases: [(&[&str], &str); 8] = [
        (&["no-such-request"],                                                          "DecisionNotFoundException"),
        (&["--principal", missing, "--action", "ecr:ListImages", "--resource", "*"],     "PrincipalNotFoundException"),
        (&["--principal", other, "--action", "ecr:ListImages", "--resource", "*"],      "ask with a key of the account 222222222222"),
        (&["--principal", "kim", "--action", "ecr:ListImages", "--resource", "*"],      "The principal must be an ARN"),
        (&["--principal", root, "--action", "ecr:PutImage", "--resource", "web"],       "The resource must be an ARN"),
        (&["--principal", root, "--action", "ecr:PuttImage", "--resource", "*"],        "There is no action ecr:PuttImage"),
        (&["--principal", missing],                                                      "--action"),
        (&["--principal", missing, "--action", "a:b", "--resource", "*", "--context", "x"], "expected KEY=VALUE"),
    ];
    for (args, expected) in cases {
        let (code, told) = why(&server, args.iter().copied());
        assert_eq!(code, Some(2), "{told}");
        assert!(told.contains(expected), "{expected} is not in\n{told}");
    }
}
