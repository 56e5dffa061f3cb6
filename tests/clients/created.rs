//! Clients that push to a repository that is not there: a template creates it.

use black_box::{Docker, Server};
use serde_json::{Value, json};

use crate::crane::Crane;
use crate::oras::Oras;

/// Enough for ECR: a policy has a hundred characters at least.
const LIFECYCLE: &str = r#"{"rules":[{"rulePriority":1,"description":"Keep the ten newest images","selection":{"tagStatus":"any","countType":"imageCountMoreThan","countNumber":10},"action":{"type":"expire"}}]}"#;

/// A server with a template for all repositories under `team`.
fn server() -> Server {
    let server = Server::start();
    server.call(
        "CreateRepositoryCreationTemplate",
        &json!({
            "prefix": "team",
            "appliedFor": ["CREATE_ON_PUSH"],
            "imageTagMutability": "IMMUTABLE",
            "lifecyclePolicy": LIFECYCLE,
        }),
    );
    server
}

fn assert_created(server: &Server, name: &str) {
    let input = json!({ "repositoryNames": [name] });
    let described = server.call("DescribeRepositories", &input);
    assert_eq!(described["repositories"][0]["imageTagMutability"], "IMMUTABLE", "{described}");
    let policy = server.call("GetLifecyclePolicy", &json!({ "repositoryName": name }));
    let text = policy["lifecyclePolicyText"].as_str().expect("a policy has a text");
    let meaning = |text: &str| serde_json::from_str::<Value>(text).expect("a policy is JSON");
    assert_eq!(meaning(text), meaning(LIFECYCLE));
}

#[test]
fn docker_pushes_to_a_repository_that_a_template_creates() {
    let test = "docker_pushes_to_a_repository_that_a_template_creates";
    let server = server();
    let Some(docker) = Docker::start(test, server.scratch("docker")) else { return };
    let docker = docker.reaching(server.port());
    let registry = server.registry();
    docker
        .docker(["login", "--username", "AWS", "--password-stdin", &registry])
        .input(server.password())
        .succeeds();
    let image = format!("{registry}/team/made/by-docker:v1");
    docker.docker(["import", "-", &image]).input([0; 1024]).succeeds();
    docker.docker(["push", &image]).succeeds();
    docker.docker(["rmi", &image]).succeeds();
    docker.docker(["pull", &image]).succeeds();
    assert_created(&server, "team/made/by-docker");

    docker.docker(["import", "-", &image]).input([0; 2048]).succeeds();
    let frozen = docker.docker(["push", &image]).fails();
    assert!(frozen.contains("immutable"), "{frozen}");

    let outside = format!("{registry}/outside/made:v1");
    docker.docker(["import", "-", &outside]).input([0; 1024]).succeeds();
    let missing = docker.docker(["push", &outside]).fails();
    let reason = "The repository with name 'outside/made' does not exist in the registry with id";
    assert!(missing.contains(reason), "{missing}");
}

#[test]
fn crane_pushes_to_a_repository_that_a_template_creates() {
    let server = server();
    let crane = Crane::new(&server);
    let image = format!("{}/team/by-crane:v1", server.registry());
    let digest = crane.push_small(&image, "made by crane");
    assert_eq!(crane.crane(["digest", &image]).succeeds(), digest);
    assert_created(&server, "team/by-crane");
    let copy = format!("{}/team/copied/by-crane:v1", server.registry());
    crane.crane(["copy", &image, &copy]).succeeds();
    assert_eq!(crane.crane(["digest", &copy]).succeeds(), digest);
    assert_created(&server, "team/copied/by-crane");
}

#[test]
fn oras_pushes_to_a_repository_that_a_template_creates() {
    let server = server();
    let oras = Oras::new(&server);
    oras.write("notes.txt", "made by oras");
    let artifact = format!("{}/team/by-oras:v1", server.registry());
    oras.oras(["push", "--plain-http", &artifact, "notes.txt:text/plain"]).succeeds();
    oras.oras(["pull", "--plain-http", "--output", "pulled", &artifact]).succeeds();
    assert_created(&server, "team/by-oras");
}
