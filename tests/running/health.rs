//! `longshore health`: what a container's health check runs.

use black_box::{Process, bare};
use stand_ins::free_port;

use crate::{Arguments, Place, Variables, address};

/// An address that nothing listens at.
fn free_address() -> String {
    format!("127.0.0.1:{}", free_port())
}

/// Starts a server and holds what `health` says of it with the same settings, before, meanwhile and
/// after.
fn check(arguments: Arguments<'_>, variables: Variables<'_>, scheme: &str) {
    let place = Place::new();
    let health =
        |further: Arguments<'_>| place.run(&[&["health"], further, arguments].concat(), variables);
    let before = health(&[]);
    assert_eq!(before.code(), Some(1), "{before}");
    assert!(before.stderr.contains("cannot reach"), "{before}");

    let mut command = bare();
    command.args(["serve", "--data"]).arg(place.data()).args(arguments);
    command.envs(variables.iter().copied()).current_dir(place.path());
    let mut server = Process::start(command, place.path());
    assert!(server.await_url().starts_with(scheme));
    for (further, said) in [(&[][..], "ok\n"), (&["--ready"], "ready\n")] {
        let ended = health(further);
        assert_eq!((ended.code(), ended.stdout.as_str()), (Some(0), said), "{ended}");
    }
    server.kill();
    assert_eq!(health(&[]).code(), Some(1));
}

#[test]
fn it_finds_the_server_by_the_settings_that_started_it() {
    check(&[], &[("LONGSHORE_LISTEN", &free_address())], "http://");
    check(&["--listen", &free_address()], &[], "http://");
    check(&["--tls-self-made"], &[("LONGSHORE_LISTEN", &free_address())], "https://");
}

#[test]
fn a_server_that_listens_everywhere_is_found_here() {
    let everywhere = format!("0.0.0.0:{}", free_port());
    check(&[], &[("LONGSHORE_LISTEN", &everywhere)], "http://");
}

#[test]
fn a_server_on_its_way_out_is_alive_and_not_ready() {
    let place = Place::new();
    let mut server = place.serve(&["--drain-delay-seconds", "3"], &[]);
    let url = server.await_url();
    let health = |further: Arguments<'_>| {
        place.run(&[&["health", "--listen", address(&url)], further].concat(), &[])
    };
    server.terminate();
    while health(&["--ready"]).succeeded() {}
    let not_ready = health(&["--ready"]);
    assert_eq!((not_ready.code(), not_ready.stdout.as_str()), (Some(1), "draining\n"));
    assert_eq!(health(&[]).code(), Some(0));
}

#[test]
fn an_unknown_port_is_refused() {
    let ended = Place::new().run(&["health", "--listen", "127.0.0.1:0"], &[]);
    assert_eq!(ended.code(), Some(1));
    assert!(ended.stderr.contains("choose a port with LONGSHORE_LISTEN"), "{ended}");
}
