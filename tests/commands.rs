//! The commands that a new user needs first, besides `serve`.

use black_box::{Invocation, Server, python, tool};

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
