//! The first start, and the files that it creates.

use std::fs;
use std::net::TcpListener;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::time::Duration;

use black_box::{
    Client, Invocation, Process, ROOT_ACCESS_KEY, ROOT_SECRET_KEY, Server, bare, call, longshore,
    skipped,
};
use serde_json::json;

use crate::{ACCOUNT, Place, Variables, access_key, address};

const ID: &str = "LONGSHORE_ROOT_ACCESS_KEY_ID";
const SECRET: &str = "LONGSHORE_ROOT_SECRET_ACCESS_KEY";

#[test]
fn with_nothing_set_the_defaults_hold() {
    if let Err(error) = TcpListener::bind("127.0.0.1:5050") {
        return skipped("the default port", &error.to_string());
    }
    let place = Place::new();
    let mut command = bare();
    command.arg("serve").current_dir(place.path());
    let mut server = Process::start(command, place.path());
    assert_eq!(server.await_url(), "http://127.0.0.1:5050");

    let exports = place.run(&["env"], &[]);
    assert!(
        exports.stdout.contains("export AWS_ENDPOINT_URL='http://localhost:5050'"),
        "{exports}"
    );
    assert!(exports.stdout.contains("export AWS_REGION='us-east-1'"), "{exports}");
    let path = place.path().join("longshore-data/root-access-key-123456789012.json");
    let written = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
    let input = json!({ "repositoryName": "web" });
    let made = call("localhost:5050", &access_key(&written), "CreateRepository", &input).json();
    let repository = &made["repository"];
    assert_eq!(repository["repositoryArn"], "arn:aws:ecr:us-east-1:123456789012:repository/web");
    assert_eq!(repository["repositoryUri"], "localhost:5050/web");
    end(&mut server);
    for step in ["longshore env", "longshore login", "docker push localhost:5050/"] {
        assert!(server.stderr().contains(step), "{step} is not explained: {}", server.stderr());
    }
}

/// Ends a server, so that it has said all that it says.
fn end(server: &mut Process) {
    server.terminate();
    let ended = server.await_end(Duration::from_secs(20));
    assert!(ended.is_some_and(|status| status.success()), "{ended:?}");
}

#[test]
fn standard_output_holds_the_one_line_that_says_ready() {
    let server = Server::start();
    assert_eq!(server.stranger().get("/readyz").status, 200);
    assert_eq!(server.stdout(), format!("listening on http://{}\n", server.address()));
}

#[test]
fn a_second_process_on_the_same_folder_is_refused_and_the_first_goes_on() {
    let server = Server::start();
    let data = server.data().display().to_string();
    let place = Place::new();
    let said = place.refused(&["--data", &data], &[]);
    assert!(said.contains(&data) && said.contains("in use by another longshore process"), "{said}");
    server.create_repository("still-here");
    assert_eq!(server.client().get("/v2/still-here/tags/list").status, 200);
}

#[test]
fn a_taken_address_is_refused_by_its_name() {
    let server = Server::start();
    let data = ["--data", "data"];
    let ended =
        Place::new().run(&[&["serve", "--listen", server.address()], &data[..]].concat(), &[]);
    assert!(!ended.succeeded(), "{ended}");
    assert!(ended.stderr.contains(&format!("cannot listen on {}", server.address())), "{ended}");
}

#[test]
fn secrets_are_readable_by_their_owner_alone() {
    let place = Place::new();
    place.serve(&["--tls-self-made"], &[]).await_url();
    let secrets = ["root-access-key-123456789012.json", "keyring.json", "tls-self-made.pem"];
    for name in secrets {
        let mode = fs::metadata(place.data().join(name)).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600, "{name}");
    }
}

#[test]
fn the_root_key_is_made_once_and_kept() {
    let place = Place::new();
    place.serve(&[], &[]).await_url();
    let first = access_key(&place.root_key(ACCOUNT));
    let mut again = place.serve(&[], &[]);
    let url = again.await_url();
    assert_eq!(access_key(&place.root_key(ACCOUNT)), first);
    assert_eq!(call(address(&url), &first, "DescribeRegistry", &json!({})).status, 200);
}

#[test]
fn the_environment_chooses_another_root_key_and_the_old_one_dies() {
    let place = Place::new();
    let mut first = place.serve(&[], &[]);
    first.await_url();
    let old = access_key(&place.root_key(ACCOUNT));
    let old_token = place.run(&["login", "--print", "--data", "data"], &[]).stdout;
    drop(first);

    let mut server = place.serve(&[], &[(ID, ROOT_ACCESS_KEY), (SECRET, ROOT_SECRET_KEY)]);
    let url = server.await_url();
    let chosen = access_key(&place.root_key(ACCOUNT));
    assert_eq!((chosen.id.as_str(), chosen.secret.as_str()), (ROOT_ACCESS_KEY, ROOT_SECRET_KEY));
    let status = |key| call(address(&url), key, "DescribeRegistry", &json!({})).status;
    assert_eq!((status(&chosen), status(&old)), (200, 400));
    let mut docker = Client::logged_in(address(&url), old_token.trim());
    assert_eq!(docker.get("/v2/").status, 401);
}

#[test]
fn half_a_root_key_and_odd_ones_are_refused() {
    let long = "a".repeat(129);
    #[rustfmt::skip]
    let cases: &[(Variables<'_>, &str, &str)] = &[
        (&[(ID, ROOT_ACCESS_KEY)],                           "or neither",      "no secret"),
        (&[(SECRET, ROOT_SECRET_KEY)],                       "or neither",      "no id"),
        (&[(ID, "short"), (SECRET, ROOT_SECRET_KEY)],        ID,                "too short an id"),
        (&[(ID, &long), (SECRET, ROOT_SECRET_KEY)],          ID,                "too long an id"),
        (&[(ID, "AKIA/EXAMPLE/KEY/01"), (SECRET, ROOT_SECRET_KEY)], ID,         "a slash would break the credential scope"),
        (&[(ID, ROOT_ACCESS_KEY), (SECRET, "short")],        SECRET,            "too short a secret"),
        (&[(ID, ROOT_ACCESS_KEY), (SECRET, "a secret with spaces in it")], SECRET, "spaces"),
        (&[(ID, ""), (SECRET, "")],                          ID,                "empty is set"),
    ];
    for (variables, named, because) in cases {
        let place = Place::new();
        let said = place.refused(&["--data", "data"], variables);
        assert!(said.contains(named), "{because}: {said}");
        assert!(!place.data().exists(), "{because}: a refused start left a data folder");
        for (_, value) in
            variables.iter().filter(|(name, value)| *name == SECRET && !value.is_empty())
        {
            assert!(!said.contains(value), "{because}: the secret is printed: {said}");
        }
    }
}

#[test]
fn the_printed_commands_work_in_a_shell_whatever_the_folder_is_called() {
    for name in ["plain", "two words", "it's", "a \"b\" $HOME `c` \\d"] {
        let place = Place::new();
        let data = place.path().join(name);
        let mut command = Process::serve(&data);
        command.args(["--log-format", "text"]);
        let mut server = Process::start(command, place.path());
        server.await_url();
        end(&mut server);
        let bin = place.path().join("bin");
        fs::create_dir(&bin).unwrap();
        symlink(longshore(), bin.join("longshore")).unwrap();
        let told = server.stderr();
        let eval = told.lines().find(|line| line.trim().starts_with("eval ")).expect("it is told");
        let script =
            format!("PATH={}:$PATH\n{eval}\nprintf %s \"$AWS_SECRET_ACCESS_KEY\"", bin.display());
        let secret = Invocation::new("sh", place.path()).args(["-euc", &script]).succeeds();
        let path = data.join("root-access-key-123456789012.json");
        let written = serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        assert_eq!(secret, access_key(&written).secret, "{name}: {eval}");
    }
}
