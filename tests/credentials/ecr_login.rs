//! Amazon's credential helper for ECR, unmodified: it accepts only AWS's names.

use std::fs;
use std::path::PathBuf;

use black_box::{Docker, Invocation, tool};
use serde_json::json;

use crate::credentials;
use crate::named::{API, Named, REGISTRY};

fn helper(named: &Named, word: &str) -> Invocation {
    let home = named.scratch("ecr-login");
    named.signed(Invocation::new(tool("docker-credential-ecr-login"), &home)).args([word])
}

/// `PATH` with the helper.
fn path() -> String {
    let bin: PathBuf = tool("docker-credential-ecr-login");
    crate::path_with(bin.parent().expect("a program lies in a folder"))
}

#[test]
fn ecrs_own_helper_gets_a_password_that_the_registry_takes() {
    let named = Named::start();
    assert_eq!(named.status_of("not the password"), "401");
    let printed = helper(&named, "get").input(format!("{REGISTRY}\n")).succeeds();
    let read = credentials(&printed);
    assert_eq!(read["ServerURL"], REGISTRY, "{printed}");
    assert_eq!(named.status_of(read["Secret"].as_str().unwrap()), "200");
    assert_eq!(named.proxy.asked().iter().filter(|name| *name == API).count(), 1);

    let again = helper(&named, "get").input(format!("https://{REGISTRY}")).succeeds();
    assert_eq!(credentials(&again)["Secret"], read["Secret"], "its cache keeps what we gave");
    let listed = helper(&named, "list").succeeds();
    assert!(listed.contains(&format!("\"https://{REGISTRY}\":\"AWS\"")), "{listed}");
}

#[test]
fn ecrs_own_helper_finds_nothing_without_a_key_that_we_know() {
    let named = Named::start();
    let refused = helper(&named, "get")
        .env("AWS_SECRET_ACCESS_KEY", "another secret")
        .input(format!("{REGISTRY}\n"))
        .run();
    assert!(!refused.succeeded(), "{refused}");
    assert!(refused.stdout.contains("credentials not found in native keychain"), "{refused}");
    let log = fs::read_to_string(named.scratch("ecr-login").join(".ecr/log/ecr-login.log"));
    let log = log.expect("the helper logs why");
    assert!(log.contains("InvalidSignatureException"), "{log}");
}

#[test]
fn docker_pushes_and_pulls_by_awss_names_without_having_logged_in() {
    let test = "docker_pushes_and_pulls_by_awss_names_without_having_logged_in";
    let named = Named::start();
    named
        .signed(Invocation::new(black_box::python("aws"), &named.scratch("aws")))
        .args(["ecr", "create-repository", "--repository-name", "team/web"])
        .env("AWS_CA_BUNDLE", named.ca())
        .succeeds();

    let folder = named.scratch("docker");
    let (proxy, ca) = (named.proxy.url(), named.ca().display().to_string());
    let environment = [("HTTPS_PROXY", proxy.as_str()), ("SSL_CERT_FILE", ca.as_str())];
    let Some(docker) = Docker::start_with(test, folder.clone(), &environment) else { return };
    let docker = docker.reaching(named.proxy.port());
    fs::create_dir_all(folder.join(".docker")).unwrap();
    let config = json!({ "credHelpers": { REGISTRY: "ecr-login" } });
    fs::write(folder.join(".docker/config.json"), config.to_string()).unwrap();
    let run = |args: &[&str]| named.signed(docker.docker(args.iter().copied())).env("PATH", path());

    let image = format!("{REGISTRY}/team/web:v1");
    run(&["import", "-", &image]).input([0; 1024]).succeeds();
    run(&["push", &image]).succeeds();
    run(&["rmi", &image]).succeeds();
    run(&["pull", &image]).succeeds();
    let config = fs::read_to_string(folder.join(".docker/config.json")).unwrap();
    assert!(!config.contains("auths"), "docker keeps no password: {config}");
}
