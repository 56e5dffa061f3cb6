//! The commands that a new user needs first, besides `serve`.

use black_box::{Invocation, Server, digest_of, manifest_of, python, tool};

#[test]
fn the_printed_environment_lets_the_aws_cli_in() {
    let server = Server::start();
    let aws = python("aws").display().to_string();
    let script =
        format!("eval \"$(cat)\" && {aws} ecr describe-registry --query registryId --output text");
    let exports = server.longshore(["env"]).succeeds();
    let shell = Invocation::new("sh", &server.scratch("shell"));
    assert_eq!(shell.args(["-c", &script]).input(exports).succeeds(), "123456789012");
}

#[test]
fn the_login_command_logs_a_client_in() {
    let server = Server::start();
    let repository = server.create_repository("web");
    let home = server.scratch("crane");
    let list = || Invocation::new(tool("crane"), &home).args(["ls", &repository]);
    let refused = list().fails();
    assert!(refused.contains("UNAUTHORIZED"), "{refused}");

    server
        .longshore(["login", "--client", &format!("{} auth", tool("crane").display())])
        .env("HOME", &home)
        .succeeds();
    assert_eq!(list().succeeds(), "");
}

#[test]
fn the_printed_password_opens_the_oci_door() {
    let server = Server::start();
    let repository = server.create_repository("web");
    let home = server.scratch("crane");
    let crane = |args: &[&str]| Invocation::new(tool("crane"), &home).args(args);
    let password = server.longshore(["login", "--print"]).succeeds();
    crane(&["auth", "login", &server.registry(), "--username", "AWS", "--password-stdin"])
        .input(password)
        .succeeds();
    assert_eq!(crane(&["ls", &repository]).succeeds(), "");
}

#[test]
fn a_tag_is_rolled_back_from_its_history() {
    let server = Server::start();
    server.create_repository("web");
    let mut client = server.client();
    let config = client.push_layer("web", b"{}");
    let mut push = |number| {
        let manifest = manifest_of(number, &config, &[]);
        assert_eq!(client.put_manifest("web", "v1", &manifest).status, 201);
        digest_of(&manifest)
    };
    let (one, two) = (push(1), push(2));
    let longshore = |args: &[&str]| server.longshore(args.iter().copied());
    let pulled = || {
        let mut client = server.client();
        client.head("/v2/web/manifests/v1").header("docker-content-digest").map(str::to_owned)
    };
    let short = |digest: &str| digest["sha256:".len()..][..12].to_owned();

    let history = longshore(&["tags", "history", "web:v1"]).succeeds();
    let lines: Vec<&str> = history.lines().collect();
    assert_eq!(lines.len(), 3, "{history}");
    let told: Vec<&str> = lines[1].split_whitespace().skip(1).collect();
    let (from, to) = (format!("sha256:{}", short(&one)), format!("sha256:{}", short(&two)));
    assert_eq!(told, [&*from, &*to, "OCI", "API", "123456789012:root"], "{history}");

    let said = longshore(&["tags", "rollback", "web:v1"]).succeeds();
    assert!(said.starts_with(&format!("web:v1 names {one} again\n")), "{said}");
    assert_eq!(pulled(), Some(one.clone()));
    longshore(&["tags", "rollback", "web:v1", "--to", &to]).succeeds();
    assert_eq!(pulled(), Some(two.clone()));
    let json = longshore(&["tags", "rollback", "web:v1", "--to", &one, "--json"]).succeeds();
    assert!(json.contains(&format!("\"ToImageDigest\": \"{one}\"")), "{json}");
    assert_eq!(pulled(), Some(one));
    let refused = longshore(&["tags", "history", "web", "--limit", "0"]).fails();
    assert!(refused.contains("invalid value '0'"), "{refused}");
    let all = longshore(&["tags", "history", "web"]).succeeds();
    assert_eq!(all.lines().count(), 6, "{all}");
    assert_eq!(all.matches("rollback").count(), 3, "{all}");
    let refused = longshore(&["tags", "rollback", "web:v2"]).fails();
    assert!(refused.contains("TagVersionNotFoundException"), "{refused}");
}

#[test]
fn a_deleted_image_is_restored_by_its_digest() {
    let server = Server::start_with(&["--undo-days", "7"]);
    server.create_repository("web");
    let mut client = server.client();
    let config = client.push_layer("web", b"{}");
    let manifest = manifest_of(1, &config, &[]);
    assert_eq!(client.put_manifest("web", "v1", &manifest).status, 201);
    let digest = digest_of(&manifest);
    let longshore = |args: &[&str]| server.longshore(args.iter().copied());
    let listed = || longshore(&["restore-image", "--list", "web"]).succeeds();
    assert_eq!(listed(), "no image can be restored");
    assert_eq!(client.delete(&format!("/v2/web/manifests/{digest}")).status, 202);
    assert_eq!(client.head("/v2/web/manifests/v1").status, 404);
    let list = listed();
    assert_eq!(list.lines().count(), 2, "{list}");
    assert!(list.contains(&format!("{digest}  deleted")) && list.ends_with("  v1"), "{list}");
    let image = format!("web@{digest}");
    let refused = longshore(&["restore-image", "web:v1"]).fails();
    assert!(refused.contains("REPOSITORY@DIGEST"), "{refused}");
    let said = longshore(&["restore-image", &image]).succeeds();
    assert_eq!(said, format!("{digest} is restored as v1"));
    assert_eq!(client.head("/v2/web/manifests/v1").status, 200);
    let refused = longshore(&["restore-image", &image]).fails();
    assert!(refused.contains("ImageAlreadyExistsException"), "{refused}");
    assert_eq!(client.delete(&format!("/v2/web/manifests/{digest}")).status, 202);
    let json = longshore(&["restore-image", &image, "--tag", "v2", "--json"]).succeeds();
    assert!(json.contains("\"v2\""), "{json}");
    assert_eq!(client.head("/v2/web/manifests/v2").status, 200);
}
