//! Docker, with its own daemon.

use std::time::{Duration, Instant};

use black_box::{Docker, Invocation, REGION, Server};

use crate::{debian, podman::Podman};

fn start(test: &str, server: &Server) -> Option<Docker> {
    Some(Docker::start(test, server.scratch("docker"))?.reaching(server.port()))
}

fn login(docker: &Docker, server: &Server, password: &str) -> Invocation {
    docker
        .docker(["login", "--username", "AWS", "--password-stdin", &server.registry()])
        .input(password)
}

#[test]
fn docker_pushes_a_debian_that_docker_and_podman_pull_and_run() {
    let test = "docker_pushes_a_debian_that_docker_and_podman_pull_and_run";
    let server = Server::start();
    let Some(docker) = start(test, &server) else { return };
    let image = server.create_repository("team/debian") + ":stable";
    docker.docker(["import", &debian::tarball().display().to_string(), &image]).succeeds();
    login(&docker, &server, server.password()).succeeds();
    docker.docker(["push", &image]).succeeds();

    docker.docker(["rmi", &image]).succeeds();
    docker.docker(["pull", &image]).succeeds();
    let printed = docker
        .docker(["run", "--rm", "--network", "none", &image, "cat", "/etc/debian_version"])
        .succeeds();
    assert_eq!(printed, debian::version(docker.folder()));

    let podman = Podman::new(&server);
    podman.log_in(&server);
    podman.podman(["pull", &image]).succeeds();
    podman.runs_debian(test, &image, &printed);
}

/// Every Debian has a shell.
const PACKAGE: &str = "dash";

#[test]
fn a_debian_that_docker_pushed_is_found_to_have_the_vulnerable_package_that_is_in_it() {
    let test = "a_debian_that_docker_pushed_is_found_to_have_the_vulnerable_package_that_is_in_it";
    let server = Server::start();
    let Some(docker) = start(test, &server) else { return };
    let version = debian::version(docker.folder());
    let release = version.trim().split('.').next().expect("a release has a number").to_owned();
    let record = serde_json::json!({
        "id": "DEBIAN-CVE-2024-9999",
        "affected": [{
            "package": { "ecosystem": format!("Debian:{release}"), "name": PACKAGE },
            "ranges": [{ "type": "ECOSYSTEM", "events": [{ "introduced": "0" }, { "fixed": "99:1-1" }] }],
            "ecosystem_specific": { "urgency": "high" },
        }],
    });
    let file = server.scratch("advisories").join("record.json");
    std::fs::write(&file, record.to_string()).expect("a scratch file is writable");
    server.longshore(["advisories", "import", &file.display().to_string()]).succeeds();
    let repository = server.create_repository("scanned");
    let on_push = ["ecr", "put-image-scanning-configuration", "--repository-name", "scanned"];
    server.aws(on_push).args(["--image-scanning-configuration", "scanOnPush=true"]).succeeds();
    let image = format!("{repository}:v1");
    docker.docker(["import", &debian::tarball().display().to_string(), &image]).succeeds();
    login(&docker, &server, server.password()).succeeds();
    docker.docker(["push", &image]).succeeds();
    let named = ["--repository-name", "scanned", "--image-id", "imageTag=v1"];
    server.aws(["ecr", "wait", "image-scan-complete"]).args(named).succeeds();
    let found = server.aws(["ecr", "describe-image-scan-findings"]).args(named).args([
        "--query",
        "imageScanFindings.findings[].[name, severity, attributes[?key=='package_name'].value | [0]]",
        "--output",
        "text",
    ]);
    assert_eq!(found.succeeds(), format!("CVE-2024-9999\tHIGH\t{PACKAGE}"));
    let why = server.longshore(["why", "vulnerable", "scanned:v1", "CVE-2024-9999"]).succeeds();
    assert!(why.contains(&format!("package        {PACKAGE}\n")), "{why}");
}

#[test]
fn docker_sees_the_same_digest_as_the_aws_api() {
    let test = "docker_sees_the_same_digest_as_the_aws_api";
    let server = Server::start();
    let Some(docker) = start(test, &server) else { return };
    let repository = server.create_repository("small");
    let image = format!("{repository}:v1");
    let empty = [0; 1024];
    docker.docker(["import", "-", &image]).input(empty).succeeds();
    login(&docker, &server, server.password()).succeeds();
    docker.docker(["push", &image]).succeeds();

    let described = server
        .aws(["ecr", "describe-images", "--repository-name", "small"])
        .args(["--image-ids", "imageTag=v1", "--output", "text"])
        .args(["--query", "imageDetails[0].imageDigest"])
        .succeeds();
    let pushed =
        docker.docker(["inspect", "--format", "{{index .RepoDigests 0}}", &image]).succeeds();
    assert_eq!(pushed, format!("{repository}@{described}"));

    docker.docker(["rmi", &image]).succeeds();
    docker.docker(["pull", &format!("{repository}@{described}")]).succeeds();
}

#[test]
fn docker_is_told_why_it_may_not() {
    let test = "docker_is_told_why_it_may_not";
    let server = Server::start();
    let Some(docker) = start(test, &server) else { return };
    let registry = server.registry();
    let repository = server.create_repository("web");

    let refused = login(&docker, &server, "not the password").fails();
    assert!(refused.contains("401") || refused.contains("unauthorized"), "{refused}");

    login(&docker, &server, server.password()).succeeds();
    let missing = docker.docker(["pull", &format!("{repository}:absent")]).fails();
    assert!(missing.contains("not found") || missing.contains("manifest unknown"), "{missing}");

    let nowhere = format!("{registry}/nowhere:v1");
    docker.docker(["import", "-", &nowhere]).input([0; 1024]).succeeds();
    let unknown = docker.docker(["push", &nowhere]).fails();
    let reason = "The repository with name 'nowhere' does not exist in the registry with id";
    assert!(unknown.contains(reason), "{unknown}");
}

/// What ECR's grants are constrained to, for the repository `secret`.
const OF_SECRET: &str =
    "EncryptionContextSubset={aws:ecr:arn=arn:aws:ecr:us-east-1:123456789012:repository/secret}";

#[test]
fn docker_is_refused_a_repository_whose_key_is_taken_away() {
    let test = "docker_is_refused_a_repository_whose_key_is_taken_away";
    let server = Server::start();
    let Some(docker) = start(test, &server) else { return };
    let kms = |operation: &str, arguments: &[&str]| {
        let told = server.aws(["kms", operation]).args(arguments.iter().copied()).succeeds();
        server.await_agreement();
        told
    };
    let only_id = ["--query", "KeyMetadata.KeyId", "--output", "text"];
    let key = kms("create-key", &only_id);
    let encryption = format!("encryptionType=KMS,kmsKey={key}");
    server
        .aws(["ecr", "create-repository", "--repository-name", "secret"])
        .args(["--encryption-configuration", &encryption])
        .succeeds();
    let image = format!("{}/secret:v1", server.registry());
    docker.docker(["import", "-", &image]).input([0; 1024]).succeeds();
    login(&docker, &server, server.password()).succeeds();
    docker.docker(["push", &image]).succeeds();
    docker.docker(["rmi", &image]).succeeds();
    docker.docker(["pull", &image]).succeeds();

    kms("disable-key", &["--key-id", &key]);
    let another = format!("{}/secret:v2", server.registry());
    docker.docker(["import", "-", &another]).input([0; 2048]).succeeds();
    let refused = docker.docker(["push", &another]).fails();
    assert!(refused.contains("is disabled"), "{refused}");
    docker.docker(["rmi", &image]).succeeds();
    let is_refused = |because: &str| {
        let refused = docker.docker(["pull", &image]).fails();
        assert!(refused.contains("denied") && refused.contains(because), "{refused}");
    };
    is_refused("is disabled");

    kms("enable-key", &["--key-id", &key]);
    docker.docker(["pull", &image]).succeeds();
    docker.docker(["push", &another]).succeeds();

    kms("rotate-key-on-demand", &["--key-id", &key]);
    docker.docker(["rmi", &image]).succeeds();
    docker.docker(["pull", &image]).succeeds();
    let rotated = format!("{}/secret:v3", server.registry());
    docker.docker(["import", "-", &rotated]).input([0; 3072]).succeeds();
    docker.docker(["push", &rotated]).succeeds();

    let only_ids = ["--query", "Grants[].GrantId", "--output", "text"];
    let grants = kms("list-grants", &[&["--key-id", &*key][..], &only_ids].concat());
    assert_eq!(grants.split_whitespace().count(), 2, "{grants}");
    for grant in grants.split_whitespace() {
        kms("revoke-grant", &["--key-id", &key, "--grant-id", grant]);
    }
    is_refused("because no grant allows");
    let grantee = format!("ecr.{REGION}.amazonaws.com");
    let named = ["--key-id", &key, "--grantee-principal", &grantee];
    let like_ecrs = ["--operations", "Decrypt", "GenerateDataKey", "--constraints", OF_SECRET];
    kms("create-grant", &[&named[..], &like_ecrs].concat());
    docker.docker(["pull", &image]).succeeds();

    kms("schedule-key-deletion", &["--key-id", &key, "--pending-window-in-days", "7"]);
    is_refused("is pending deletion");
    kms("cancel-key-deletion", &["--key-id", &key]);
    is_refused("is disabled");
    kms("enable-key", &["--key-id", &key]);
    docker.docker(["pull", &image]).succeeds();
    docker.docker(["push", &rotated]).succeeds();
}

#[test]
fn docker_is_refused_an_archived_image_and_pulls_it_once_restored() {
    const PATIENCE: Duration = Duration::from_secs(30);
    let test = "docker_is_refused_an_archived_image_and_pulls_it_once_restored";
    let server = Server::start();
    let Some(docker) = start(test, &server) else { return };
    let image = server.create_repository("cold") + ":v1";
    docker.docker(["import", "-", &image]).input([0; 1024]).succeeds();
    login(&docker, &server, server.password()).succeeds();
    docker.docker(["push", &image]).succeeds();
    docker.docker(["rmi", &image]).succeeds();
    let move_to = |class: &str| {
        server
            .aws(["ecr", "update-image-storage-class", "--repository-name", "cold"])
            .args(["--image-id", "imageTag=v1", "--target-storage-class", class])
            .succeeds()
    };
    move_to("ARCHIVE");
    let refused = docker.docker(["pull", &image]).fails();
    assert!(refused.contains("not found") || refused.contains("manifest unknown"), "{refused}");
    move_to("STANDARD");
    let status = || {
        server
            .aws(["ecr", "describe-images", "--repository-name", "cold"])
            .args(["--image-ids", "imageTag=v1", "--output", "text"])
            .args(["--query", "imageDetails[0].imageStatus"])
            .succeeds()
    };
    let began = Instant::now();
    while status() != "ACTIVE" {
        assert!(began.elapsed() < PATIENCE, "it is not restored");
    }
    docker.docker(["pull", &image]).succeeds();
}
