//! A server that is killed while pushes create repositories.

use std::thread;
use std::time::Duration;

use black_box::{Client, Random, Request, Server};
use serde_json::{Value, json};

const ROUNDS: u64 = 12;

/// Pushes that begin in each round.
const PUSHES: usize = 4;

const LIFECYCLE: &str = r#"{"rules":[{"rulePriority":1,"description":"Keep the ten newest images","selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":10},"action":{"type":"expire"}}]}"#;

const POLICY: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"ecr:BatchGetImage"}]}"#;

#[test]
fn a_repository_that_a_push_creates_is_whole_or_not_there() {
    let mut server = Server::start();
    server.call(
        "CreateRepositoryCreationTemplate",
        &json!({
            "prefix": "made",
            "appliedFor": ["CREATE_ON_PUSH"],
            "imageTagMutability": "IMMUTABLE",
            "lifecyclePolicy": LIFECYCLE,
            "repositoryPolicy": POLICY,
        }),
    );
    let password = server.password().to_owned();
    let mut random = Random::new(16);
    for round in 0..ROUNDS {
        let names: Vec<String> = (0..PUSHES).map(|push| format!("made/{round}/{push}")).collect();
        let address = server.address().to_owned();
        let life = Duration::from_micros(random.between(0, 12_000) as u64);
        thread::scope(|scope| {
            for name in &names {
                let mut client = Client::logged_in(&address, &password);
                assert_eq!(client.get("/v2/").status, 200);
                // It may be answered, or be cut off.
                scope.spawn(move || client.try_ask(push(name)).ok());
            }
            thread::sleep(life);
            server.kill();
        });
        server.start_again();
        let mut client = server.client();
        for name in &names {
            assert_whole_or_not_there(&mut client, &server, name);
            assert_eq!(client.ask(push(name)).status, 201);
            assert_whole(&server, name);
        }
    }
}

fn push(name: &str) -> Request {
    let digest = black_box::digest_of(name.as_bytes());
    Request::new("POST", &format!("/v2/{name}/blobs/uploads/?digest={digest}")).body(name)
}

fn assert_whole_or_not_there(client: &mut Client, server: &Server, name: &str) {
    if client.get(&format!("/v2/{name}/tags/list")).status == 200 {
        assert_whole(server, name);
    }
}

fn assert_whole(server: &Server, name: &str) {
    let described = server.call("DescribeRepositories", &json!({ "repositoryNames": [name] }));
    assert_eq!(described["repositories"][0]["imageTagMutability"], "IMMUTABLE", "{described}");
    let named = json!({ "repositoryName": name });
    for (operation, member, expected) in [
        ("GetLifecyclePolicy", "lifecyclePolicyText", LIFECYCLE),
        ("GetRepositoryPolicy", "policyText", POLICY),
    ] {
        let answer = server.call(operation, &named);
        let text = answer[member].as_str().expect("a policy has a text");
        let meaning = |text: &str| serde_json::from_str::<Value>(text).expect("a policy is JSON");
        assert_eq!(meaning(text), meaning(expected), "{operation} of {name}");
    }
}
